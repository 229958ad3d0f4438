//! What is taken for granted while nobody says otherwise, where another answer would change a duty.

use std::collections::BTreeSet;

use model::Instant;
use serde_json::{Value, json};

use super::what_if::differences;
use crate::{
    Case, Duty, FieldKind, FieldView, Library,
    duties::{duties_under, open::conditions},
    form::question_view,
    pack::{Condition, Pack, Test},
    vocabulary::Field,
};

/// The most values of one assumed fact that are tried.
const MOST: usize = 12;

/// The assumed facts of a case whose other answers would change a duty that must be fulfilled: each as a
/// question, with the assumed value as its answer.
#[must_use]
pub fn assumptions(
    library: &Library,
    case: &Case,
    unknown: &BTreeSet<String>,
    now: Instant,
) -> Vec<FieldView> {
    let packs: Vec<Compared<'_>> = library
        .speaking(case, now)
        .map(|pack| Compared {
            pack,
            names: names(pack),
            duties: duties_under(library, pack, (case, &[]), now),
        })
        .collect();
    let assumed = library.vocabularies().fields().filter(|field| field.assumed.is_some());
    assumed
        .filter(|field| super::can_be_asked(field, case, unknown))
        .filter_map(|field| {
            let value = field.assumed.as_ref().and_then(|value| serde_json::to_value(value).ok())?;
            let matters = others(library, field, &value).into_iter().any(|other| {
                let case = with(case, field, other);
                let mut own = packs.iter().filter(|compared| compared.names.contains(field.id.as_str()));
                own.any(|compared| {
                    let after = duties_under(library, compared.pack, (&case, &[]), now);
                    !differences(&compared.duties, &after).is_empty()
                })
            });
            matters.then(|| FieldView { value: Some(value), ..question_view(library, field) })
        })
        .collect()
}

/// A pack, the fields that its duties rest on, and its duties as things stand.
struct Compared<'a> {
    pack: &'a Pack,
    names: BTreeSet<&'a str>,
    duties: Vec<Duty>,
}

fn names(pack: &Pack) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for condition in conditions(pack) {
        condition.visit(&mut |part: &Condition| {
            if let Test::Fact(name, _) = &part.test {
                names.insert(name.as_str());
            }
        });
    }
    names
}

fn others(library: &Library, field: &Field, assumed: &Value) -> Vec<Value> {
    let values = || library.vocabularies().values(field).iter().take(MOST).map(|value| value.id.as_str());
    let all: Vec<Value> = match field.kind {
        FieldKind::Boolean => vec![json!(true), json!(false)],
        FieldKind::Choice => values().map(|id| json!(id)).collect(),
        FieldKind::Choices => values().map(|id| json!([id])).collect(),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Integer
        | FieldKind::Decimal
        | FieldKind::Money
        | FieldKind::Instant
        | FieldKind::Duration
        | FieldKind::Records => vec![],
    };
    all.into_iter().filter(|value| value != assumed).collect()
}

/// The case with another answer.
fn with(case: &Case, field: &Field, value: Value) -> Case {
    let mut case = case.clone();
    let facts = if field.is_of_entity() { &mut case.entity } else { &mut case.facts };
    facts.insert(field.id.clone(), value);
    case
}
