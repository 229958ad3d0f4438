//! A report as the fields of a portal, to copy one by one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Entry, Export, Exported, Report, Writing,
    outgoing::plain,
    write::{Writer, case_of},
};
use crate::{Library, pack::Obligation, visibility::stage_of};

/// One field of a portal, in the order of the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetRow {
    /// The number of the field there.
    pub number: String,
    /// The label of the field there.
    pub label: String,
    /// Our field.
    pub field: String,
    /// What to write there; empty where nothing is known.
    pub text: String,
    /// Its length in characters.
    pub length: usize,
    /// The most characters that the portal takes.
    pub limit: Option<usize>,
    /// Whether it is longer than that.
    pub too_long: bool,
    /// Whether this stage cannot be filed without it.
    pub required: bool,
}

/// The fields of the portal with what the report says, whether or not there is an answer. What is too long is
/// an error.
#[must_use]
pub fn sheet_of(library: &Library, export: &Export, report: &Report) -> Exported<Vec<SheetRow>> {
    let case = case_of(report);
    let mut writer = Writer::new(library, report, case.as_ref());
    let mut rows = vec![];
    for entry in export.entries.iter().filter(|entry| entry.holds_at(&report.duty.track, &report.duty.stage))
    {
        if writer.holds(entry) {
            rows.push(row(&mut writer, entry));
        }
    }
    let mut exported = writer.finish(rows);
    let too_long = exported.result.iter().filter(|row| row.too_long).map(|row| {
        let limit = row.limit.unwrap_or_default();
        let message =
            format!("{} ({}) has {} characters; the portal takes {limit}", row.number, row.label, row.length);
        super::trouble(&row.field, &format!("/{}", row.number), "too_long", message)
    });
    let too_long: Vec<_> = too_long.collect();
    exported.errors.extend(too_long);
    exported
}

fn row(writer: &mut Writer<'_>, entry: &Entry) -> SheetRow {
    let field = entry.source().map_or("", |(field, _)| field).to_owned();
    let written = writer.value(entry, &format!("/{}", entry.to));
    let in_words = entry.values.is_empty() && matches!(entry.write, None | Some(Writing::Words));
    let words = || writer.report.answer(&field).map(|answer| answer.text.clone());
    let text = match (&entry.constant, written) {
        (Some(constant), _) => plain(constant),
        (None, Some(_)) if in_words => words().unwrap_or_default(),
        (None, Some(value)) => in_one_line(&value),
        (None, None) => writer.absent(entry).as_ref().map_or_else(String::new, plain),
    };
    let length = text.chars().count();
    SheetRow {
        number: entry.to.clone(),
        label: entry.label.clone().unwrap_or_default(),
        required: is_required(writer, &field),
        field,
        length,
        limit: entry.limit,
        too_long: entry.limit.is_some_and(|limit| length > limit),
        text,
    }
}

fn in_one_line(value: &serde_json::Value) -> String {
    match value.as_array() {
        Some(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        None => plain(value),
    }
}

fn is_required(writer: &Writer<'_>, field: &str) -> bool {
    let Some((pack, stage)) = stage_of(writer.library, &writer.report.duty) else { return false };
    let form = stage.form.as_ref().and_then(|form| pack.forms.get(form));
    let asked = form.and_then(|form| form.fields().find(|asked| asked.field == field));
    asked.is_some_and(|asked| asked.obligation(&stage.id) == Some(Obligation::Required))
}
