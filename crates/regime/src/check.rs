//! What is wrong with an answer, alone and in view of the others.

use model::Instant;
use serde_json::Value;

use crate::{
    Case, Library, Problem, Vocabularies,
    value::{Known, escaped, known},
    vocabulary::Field,
};

/// Whether a value is an answer to a field: type, range, vocabulary.
///
/// # Errors
/// The [`Problem`], with a pointer `/FIELD` into the answers; an unknown field is one too.
pub fn check_answer(library: &Library, field: &str, value: &Value) -> Result<(), Problem> {
    let Some(known_field) = library.vocabularies().field(field) else {
        let field: String = field.chars().take(64).collect();
        return Err(Problem {
            pointer: format!("/{}", escaped(&field)),
            rule: "unknown_field".to_owned(),
            message: format!("{field:?} is no field of the incident record; the schema lists them"),
            field,
        });
    };
    known(library.vocabularies(), known_field, value).map(|_| ())
}

/// What cannot be believed: awareness before occurrence, an instant in the future, more users affected
/// than there are. Answers of a wrong shape are not repeated here.
#[must_use]
pub fn plausibility(library: &Library, case: &Case, now: Instant) -> Vec<Problem> {
    let vocabularies = library.vocabularies();
    let facts = Facts { vocabularies, case };
    vocabularies.incident_fields().filter_map(|field| implausible(&facts, field, now)).collect()
}

struct Facts<'a> {
    vocabularies: &'a Vocabularies,
    case: &'a Case,
}

impl Facts<'_> {
    fn known(&self, name: &str) -> Option<Known> {
        let field = self.vocabularies.field(name)?;
        let source = if field.is_of_entity() { &self.case.entity } else { &self.case.facts };
        known(self.vocabularies, field, source.get(name)?).ok()
    }

    fn instant(&self, name: &str) -> Option<Instant> {
        match self.known(name)? {
            Known::Instant(at) => Some(at),
            _ => None,
        }
    }
}

fn implausible(facts: &Facts<'_>, field: &Field, now: Instant) -> Option<Problem> {
    let found = facts.known(&field.id)?;
    let problem = |rule: &str, message: String| {
        Some(Problem {
            field: field.id.clone(),
            pointer: format!("/{}", escaped(&field.id)),
            rule: rule.to_owned(),
            message,
        })
    };
    let label = &field.label;
    match found {
        Known::Instant(at) => {
            if field.plausible.past && at > now {
                return problem("in_the_future", format!("{} ({label}) lies in the future: {at}", field.id));
            }
            let earlier = field
                .plausible
                .not_before
                .iter()
                .find(|other| facts.instant(other).is_some_and(|other| at < other))?;
            let other = facts.vocabularies.label(earlier);
            problem("out_of_order", format!("{} ({label}) is earlier than {earlier} ({other})", field.id))
        }
        Known::Number(interval) => {
            let other = field.plausible.not_above.as_ref()?;
            let Some(Known::Number(most)) = facts.known(other) else { return None };
            let over = interval.low.zip(most.high).is_some_and(|(low, high)| low.at > high.at);
            let name = facts.vocabularies.label(other);
            if over {
                problem("more_than_all", format!("{} ({label}) is greater than {other} ({name})", field.id))
            } else {
                None
            }
        }
        Known::Choice(id) => {
            let heading = field.plausible.under.as_ref()?;
            let Some(Known::Choice(chosen)) = facts.known(heading) else { return None };
            let group = facts.vocabularies.value(field, &id)?.group.as_ref()?;
            let name = facts.vocabularies.label(heading);
            if *group == chosen {
                return None;
            }
            problem("other_heading", format!("{} ({label}) does not belong to {heading} ({name})", field.id))
        }
        Known::Text(_)
        | Known::Boolean(_)
        | Known::Choices(_)
        | Known::Money(..)
        | Known::Duration(_)
        | Known::Records(_) => None,
    }
}
