//! What the recipient will see: the answers of a stage by field group, in values and in words.

use std::collections::BTreeMap;

use model::{DutyKey, FiledAnswer};
use serde_json::Value;

use crate::{
    Case, Library,
    clock::{self, local_words},
    evaluate::words,
    form::asked,
    value::{Known, known},
    vocabulary::Field,
};

/// The answers of the stage as they would be filed: field group to field to answer. Questions without an
/// answer are left out, unless the stage asks for them: then "unknown yet" is said. Whether an answer is an
/// estimate is known to the record, not here; it comes out as `false`.
#[must_use]
pub fn content(
    library: &Library,
    case: &Case,
    key: &DutyKey,
    language: &str,
) -> BTreeMap<String, BTreeMap<String, FiledAnswer>> {
    let mut groups: BTreeMap<String, BTreeMap<String, FiledAnswer>> = BTreeMap::new();
    for field in asked(library, case, key, language) {
        if field.value.is_none() && field.basis == crate::Basis::Voluntary {
            continue;
        }
        let text = match &field.value {
            Some(value) => value_text(library, &field.field, value, &case.zone),
            None => "unknown yet".to_owned(),
        };
        let answer = FiledAnswer { label: field.label, value: field.value, text, estimated: false };
        groups.entry(field.group).or_default().insert(field.field, answer);
    }
    groups
}

/// A value in words, as people read it; instants in the zone given.
#[must_use]
pub fn value_text(library: &Library, field: &str, value: &Value, zone: &str) -> String {
    match library.vocabularies().field(field) {
        Some(field) => text(library, field, value, zone),
        None => value.to_string(),
    }
}

fn text(library: &Library, field: &Field, value: &Value, zone: &str) -> String {
    let vocabularies = library.vocabularies();
    let label =
        |id: &String| vocabularies.value(field, id).map_or_else(|| id.clone(), |value| value.label.clone());
    let Ok(known) = known(vocabularies, field, value) else { return value.to_string() };
    match known {
        Known::Text(text) => text,
        Known::Boolean(true) => "Yes".to_owned(),
        Known::Boolean(false) => "No".to_owned(),
        Known::Choice(id) => label(&id),
        Known::Choices(ids) if ids.is_empty() => "None".to_owned(),
        Known::Choices(ids) => ids.iter().map(label).collect::<Vec<_>>().join(", "),
        Known::Number(interval) | Known::Duration(interval) => {
            words::interval(field.kind, field.unit.as_deref(), &interval)
        }
        Known::Money(interval, currency) => {
            words::interval(crate::FieldKind::Money, None, &interval).replace("EUR", &currency)
        }
        Known::Instant(at) => match clock::zone(zone) {
            Ok(zone) => local_words(at, &zone),
            Err(_) => at.to_string(),
        },
        Known::Records(rows) => rows
            .iter()
            .map(|row| {
                let cells = field.columns.iter().filter_map(|column| {
                    Some(format!("{}: {}", column.label, text(library, column, row.get(&column.id)?, zone)))
                });
                cells.collect::<Vec<_>>().join("; ")
            })
            .collect::<Vec<_>>()
            .join("\n"),
    }
}
