//! What the recipient will see: the answers of a stage by field group, in values and in words.

use std::collections::BTreeMap;

use model::{DutyKey, FiledAnswer, Role};
use serde_json::Value;

use crate::{
    Case, FieldView, Library,
    clock::{self, local_words},
    evaluate::words,
    form::asked,
    value::{Known, known},
    visibility::{holding, is_filed, may_see, stage_of},
    vocabulary::Field,
};

/// The answers of the stage as they would be filed to a recipient in the role `to`: field group to field to
/// answer. Only what that role may see at that stage is there. Questions without an answer are left out,
/// unless the stage asks for them: then "unknown yet" is said. Whether an answer is an estimate, and what it
/// was before, is known to the record, not here.
#[must_use]
pub fn content(
    library: &Library,
    case: &Case,
    key: &DutyKey,
    language: &str,
    to: Role,
) -> BTreeMap<String, BTreeMap<String, FiledAnswer>> {
    let mut groups: BTreeMap<String, BTreeMap<String, FiledAnswer>> = BTreeMap::new();
    let Some((pack, stage)) = stage_of(library, key) else { return groups };
    let holds = holding(library, pack, case, &key.track);
    let seen = |field: &FieldView| may_see(pack, stage, (&field.field, &field.group), to, &holds);
    let asked = asked(library, case, key, language);
    for field in asked.into_iter().filter(is_filed).filter(seen) {
        let text = match &field.value {
            Some(value) => value_text(library, &field.field, value, &case.zone),
            None => "unknown yet".to_owned(),
        };
        let (number, article) = (number_of(&field), field.article);
        let answer = FiledAnswer {
            label: field.label,
            value: field.value,
            text,
            number,
            article,
            ..FiledAnswer::default()
        };
        groups.entry(field.group).or_default().insert(field.field, answer);
    }
    groups
}

/// Where the law asks a question of a stage: the number in its own form, and the article.
#[must_use]
pub fn place_of(library: &Library, key: &DutyKey, field: &str) -> (Option<String>, Option<String>) {
    let Some((pack, stage)) = stage_of(library, key) else { return (None, None) };
    let form = stage.form.as_ref().and_then(|form| pack.forms.get(form));
    let asked = form.and_then(|form| form.fields().find(|asked| asked.field == field));
    asked.map_or((None, None), |asked| (asked.number.clone(), asked.article.clone()))
}

/// The number in the law's own form; of a table the numbers of its columns.
fn number_of(field: &FieldView) -> Option<String> {
    let columns = field.columns.iter().filter_map(|column| column.number.as_deref());
    let numbers: Vec<&str> = field.number.as_deref().into_iter().chain(columns).collect();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}

/// A value in words, as people read it; instants in the zone given.
#[must_use]
pub fn value_text(library: &Library, field: &str, value: &Value, zone: &str) -> String {
    match library.vocabularies().field(field) {
        Some(field) => text(library, field, value, zone),
        None => value.to_string(),
    }
}

/// A cell of a table in words.
pub(crate) fn column_text(library: &Library, column: &Field, value: &Value, zone: &str) -> String {
    if value.is_null() { String::new() } else { text(library, column, value, zone) }
}

/// A list of records as a table in words: the titles of the columns, and a row of texts for each record.
/// Nothing for fields of another kind, and for a value that is no such list.
#[must_use]
pub fn records_text(
    library: &Library,
    field: &str,
    value: &Value,
    zone: &str,
) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let vocabularies = library.vocabularies();
    let field = vocabularies.field(field)?;
    let Ok(Known::Records(rows)) = known(vocabularies, field, value) else { return None };
    let titles = field.columns.iter().map(|column| column.label.clone()).collect();
    let cell = |column: &Field, value: Option<&Value>| {
        value.map_or_else(String::new, |value| text(library, column, value, zone))
    };
    let rows =
        rows.iter().map(|row| field.columns.iter().map(|column| cell(column, row.get(&column.id))).collect());
    Some((titles, rows.collect()))
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
