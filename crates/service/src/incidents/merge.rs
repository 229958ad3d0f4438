//! Two people at one record: answers to different fields merge, answers to the same field are
//! shown to whoever came second, and nothing is overwritten unseen.

use std::collections::BTreeMap;

use model::{Actor, Answer, AnswerSource, ChosenTerm, Incident, Instant};
use regime::{Library, Problem};
use store::{Change, FieldChange};

use crate::view::{AnswerIn, Conflict, SaveAnswers};

/// What came of a save: the next record with its changes, or the fields that two people changed.
#[derive(Debug)]
pub(crate) enum Merge {
    /// Nothing differs from what stands.
    Unchanged,
    /// The next revision.
    Saved(Box<Incident>, Change),
    /// Fields changed by somebody else since the caller looked.
    Conflicts(Vec<Conflict>),
}

/// Who writes, and when.
pub(crate) struct Pen<'a> {
    /// The writer.
    pub by: &'a Actor,
    /// The instant.
    pub at: Instant,
    /// The own terms that each answer is to carry, by field.
    pub terms: &'a BTreeMap<String, Vec<ChosenTerm>>,
}

impl Pen<'_> {
    fn terms_of(&self, field: &str) -> &[ChosenTerm] {
        self.terms.get(field).map_or(&[], Vec::as_slice)
    }
}

/// Lays `save` over `incident`.
pub(crate) fn merge(incident: &Incident, save: &SaveAnswers, pen: &Pen<'_>) -> Merge {
    let wanted = wanted_changes(incident, save, pen);
    if wanted.is_empty() {
        return Merge::Unchanged;
    }
    let conflicts: Vec<Conflict> = wanted
        .iter()
        .filter(|(field, _)| changed_since(incident, field, save.base_revision))
        .map(|(field, yours)| Conflict {
            field: (*field).to_owned(),
            yours: yours.cloned(),
            theirs: incident.answers.get(*field).cloned(),
        })
        .collect();
    if !conflicts.is_empty() {
        return Merge::Conflicts(conflicts);
    }
    let mut next = Incident { revision: incident.revision + 1, updated_at: pen.at, ..incident.clone() };
    let fields = wanted.into_iter().map(|(field, answer)| apply(&mut next, field, answer, pen)).collect();
    let change = Change { revision: next.revision, at: pen.at, by: pen.by.clone(), fields };
    Merge::Saved(Box::new(next), change)
}

/// The fields that really change, each with its new answer or `None` to clear it.
fn wanted_changes<'a>(
    incident: &Incident,
    save: &'a SaveAnswers,
    pen: &Pen<'_>,
) -> BTreeMap<&'a str, Option<&'a AnswerIn>> {
    let given = save.answers.iter().map(|(field, answer)| (field.as_str(), Some(answer)));
    let cleared = save.clear.iter().map(|field| (field.as_str(), None));
    let really = |field: &str, answer| differs(incident.answers.get(field), answer, pen.terms_of(field));
    cleared.chain(given).filter(|(field, answer)| really(field, *answer)).collect()
}

fn differs(stands: Option<&Answer>, wanted: Option<&AnswerIn>, terms: &[ChosenTerm]) -> bool {
    match (stands, wanted) {
        (None, None) => false,
        (Some(stands), Some(wanted)) => {
            stands.value != wanted.value || stands.estimated != wanted.estimated || stands.terms != terms
        }
        (None, Some(_)) | (Some(_), None) => true,
    }
}

/// Whether somebody changed `field` after `revision`. A cleared field leaves a mark in
/// `incident.cleared`, so that clearing is seen too.
fn changed_since(incident: &Incident, field: &str, revision: i64) -> bool {
    let answered = incident.answers.get(field).map(|answer| answer.revision);
    let cleared = incident.cleared.get(field).copied();
    answered.max(cleared).is_some_and(|changed| changed > revision)
}

fn apply(next: &mut Incident, field: &str, wanted: Option<&AnswerIn>, pen: &Pen<'_>) -> FieldChange {
    let after = wanted.map(|answer| Answer {
        value: answer.value.clone(),
        terms: pen.terms_of(field).to_vec(),
        estimated: answer.estimated,
        by: pen.by.clone(),
        at: pen.at,
        how: answer.how.unwrap_or(AnswerSource::Typed),
        revision: next.revision,
    });
    let before = match &after {
        Some(answer) => {
            next.cleared.remove(field);
            next.answers.insert(field.to_owned(), answer.clone())
        }
        None => {
            next.cleared.insert(field.to_owned(), next.revision);
            next.answers.remove(field)
        }
    };
    FieldChange { field: field.to_owned(), before, after, reason: None }
}

/// So many problems are looked for: what is wrong a hundred times was not written by a person.
const MOST_PROBLEMS: usize = 100;

/// Checks each value, and each cleared field, against the vocabulary.
pub(crate) fn check(library: &Library, save: &SaveAnswers) -> Vec<Problem> {
    let answers = save.answers.iter().filter_map(|(field, answer)| {
        let problem = unknown_field(library, field)
            .or_else(|| regime::check_answer(library, field, answer.value.as_ref()?).err());
        problem.map(|problem| Problem { pointer: place_of(field, &problem), ..problem })
    });
    let cleared = save.clear.iter().enumerate().filter_map(|(at, field)| {
        let problem = unknown_field(library, field).or_else(|| contradiction(save, field));
        problem.map(|problem| Problem { pointer: format!("/clear/{at}"), ..problem })
    });
    answers.chain(cleared).take(MOST_PROBLEMS).collect()
}

/// Where a problem of a value stands in the request: vocabularies point from the field on.
fn place_of(field: &str, problem: &Problem) -> String {
    let field = format!("/{}", escape(field));
    match problem.pointer.strip_prefix(&field) {
        Some(rest) => format!("/answers{field}/value{rest}"),
        None => format!("/answers{field}"),
    }
}

fn unknown_field(library: &Library, field: &str) -> Option<Problem> {
    let message = format!("there is no field {field:?}; the fields are listed in /api/schemas/incident.json");
    let known = library.vocabularies().field(field).is_some_and(|known| !known.is_of_entity());
    (!known).then(|| Problem {
        field: field.to_owned(),
        pointer: String::new(),
        rule: "unknown_field".to_owned(),
        message,
    })
}

fn contradiction(save: &SaveAnswers, field: &str) -> Option<Problem> {
    save.answers.contains_key(field).then(|| Problem {
        field: field.to_owned(),
        pointer: String::new(),
        rule: "answered_or_cleared".to_owned(),
        message: format!("{field:?} is answered and cleared in one save: do one of the two"),
    })
}

/// A field name as a token of a JSON pointer (RFC 6901 section 3).
pub(crate) fn escape(field: &str) -> String {
    field.replace('~', "~0").replace('/', "~1")
}
