//! Which own terms an answer may carry.

use model::{ChosenTerm, Taxonomy, Term, TermId};
use serde_json::Value;

use crate::{FieldKind, Problem, Vocabularies, value::escaped, vocabulary::Field};

/// The own terms of an answer to `field` with `value`: those asked for, and as they were chosen where the answer
/// before had them. A retired term is taken only where it stands already.
///
/// # Errors
/// A field that takes no own terms, a term that does not stand below a chosen value, two of them below one
/// choice, one that is unknown or retired.
pub fn terms_of_answer(
    (vocabularies, taxonomy): (&Vocabularies, &Taxonomy),
    (field, value): (&str, Option<&Value>),
    wanted: &[TermId],
    before: &[ChosenTerm],
) -> Result<Vec<ChosenTerm>, Problem> {
    let wrong = |rule: &str, message: String| Problem {
        field: field.to_owned(),
        pointer: format!("/{}/terms", escaped(field)),
        rule: rule.to_owned(),
        message,
    };
    if wanted.is_empty() {
        return Ok(vec![]);
    }
    let known = vocabularies.field(field).filter(|known| takes_terms(vocabularies, known));
    let Some(known) = known else {
        return Err(wrong("closed_list", format!("{field:?} takes no own terms: give its value only")));
    };
    if known.kind == FieldKind::Choice && wanted.len() > 1 {
        return Err(wrong("one_of_several", format!("{field:?} takes one own term")));
    }
    let chosen = chosen_values(value);
    let mut terms: Vec<ChosenTerm> = Vec::with_capacity(wanted.len());
    for id in wanted {
        let term = match before.iter().find(|term| term.term == *id) {
            Some(term) => term.clone(),
            None => {
                let found = taxonomy.term(*id).filter(|term| known.vocabulary.as_ref() == Some(&term.list));
                let term = found.ok_or_else(|| wrong("known_term", unknown(field)))?;
                if term.retired.is_some() {
                    return Err(wrong("retired_term", format!("the term {:?} is retired", term.slug)));
                }
                as_chosen(taxonomy, term)
            }
        };
        if !chosen.contains(&term.below.as_str()) {
            let message = format!("{:?} stands below {:?}, which is not chosen", term.tag, term.below);
            return Err(wrong("below_the_value", message));
        }
        if !terms.iter().any(|other| other.term == term.term) {
            terms.push(term);
        }
    }
    Ok(terms)
}

fn unknown(field: &str) -> String {
    format!("no own term of your organisation for {field:?} has this identifier")
}

/// The terms of an answer that still stand below a chosen value: what a save that says nothing of terms keeps.
#[must_use]
pub fn kept(value: Option<&Value>, before: &[ChosenTerm]) -> Vec<ChosenTerm> {
    let chosen = chosen_values(value);
    before.iter().filter(|term| chosen.contains(&term.below.as_str())).cloned().collect()
}

/// Whether a field takes own terms: one of a list that is open.
pub(super) fn takes_terms(vocabularies: &Vocabularies, field: &Field) -> bool {
    let list = field.vocabulary.as_ref().and_then(|name| vocabularies.referenced(name));
    !field.is_of_entity() && list.is_some_and(|(list, _)| list.open)
}

fn chosen_values(value: Option<&Value>) -> Vec<&str> {
    let list = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    value.and_then(Value::as_str).into_iter().chain(list).collect()
}

fn as_chosen(taxonomy: &Taxonomy, term: &Term) -> ChosenTerm {
    ChosenTerm {
        term: term.id,
        tag: taxonomy.tag(term),
        below: term.below.clone(),
        label: term.label.clone(),
        version: taxonomy.version,
    }
}
