//! What happened when, in UTC and where it happened.

use model::Instant;
use serde_json::{Value, json};

use super::{cell, rows, spec::Statement};
use crate::{
    Library, Vocabularies,
    clock::zone,
    export::{Report, line},
    vocabulary::Field,
};

/// A statement that something happened at an instant.
pub(super) struct Moment {
    at: Instant,
    until: Option<Instant>,
    /// The name of the zone in which `local` stands.
    zone: String,
    clock_offset: String,
    what: String,
    source: String,
    field: String,
}

/// Every statement in the order of time; those without a known instant are left out.
pub(super) fn moments(
    library: &Library,
    statements: &[Statement],
    report: &Report,
    own_zone: &str,
) -> Vec<Moment> {
    let vocabularies = library.vocabularies();
    let mut moments = Vec::new();
    for statement in statements {
        match &statement.at {
            None => moments.extend(alone(vocabularies, statement, report, own_zone)),
            Some(at) => {
                let field = vocabularies.field(&statement.field);
                for row in rows(report, &statement.field) {
                    let Some(at) = instant(&cell(row, Some(at))) else { continue };
                    let of = |column: &Option<String>| cell(row, column.as_deref());
                    let named = of(&statement.zone);
                    let what = statement
                        .what
                        .iter()
                        .filter_map(|column| words(library, field?, column, row.get(column)?, own_zone));
                    moments.push(Moment {
                        at,
                        until: instant(&of(&statement.until)),
                        zone: if zone(&named).is_ok() { named } else { own_zone.to_owned() },
                        clock_offset: of(&statement.clock_offset),
                        what: what.collect::<Vec<_>>().join("; "),
                        source: of(&statement.source),
                        field: statement.field.clone(),
                    });
                }
            }
        }
    }
    moments.sort_by_key(|moment| moment.at);
    moments
}

fn alone(
    vocabularies: &Vocabularies,
    statement: &Statement,
    report: &Report,
    own_zone: &str,
) -> Option<Moment> {
    let at = instant(report.value(&statement.field)?.as_str()?)?;
    Some(Moment {
        at,
        until: None,
        zone: own_zone.to_owned(),
        clock_offset: String::new(),
        what: vocabularies.label(&statement.field),
        source: "the report".to_owned(),
        field: statement.field.clone(),
    })
}

/// A cell in words: the label of a choice, the text itself.
fn words(library: &Library, field: &Field, column: &str, value: &Value, zone: &str) -> Option<String> {
    let column = field.columns.iter().find(|known| known.id == column)?;
    let text = crate::content::column_text(library, column, value, zone);
    (!text.is_empty()).then_some(text)
}

fn instant(text: &str) -> Option<Instant> {
    text.parse().ok()
}

/// An instant as RFC 3339 with the offset of the zone.
fn local(at: Instant, name: &str) -> String {
    let Ok(zone) = zone(name) else { return at.to_string() };
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

const HEAD: [&str; 9] =
    ["utc", "local", "zone", "until_utc", "until_local", "clock_fast_by_seconds", "what", "source", "field"];

/// The timeline as a table.
pub(super) fn table(moments: &[Moment]) -> String {
    let mut out = line(&HEAD);
    for moment in moments {
        let until = moment.until.map(|until| (until.to_string(), local(until, &moment.zone)));
        let (until, until_local) = until.unwrap_or_default();
        out.push_str(&line(&[
            &moment.at.to_string(),
            &local(moment.at, &moment.zone),
            &moment.zone,
            &until,
            &until_local,
            &moment.clock_offset,
            &moment.what,
            &moment.source,
            &moment.field,
        ]));
    }
    out
}

/// The timeline as JSON.
pub(super) fn document(moments: &[Moment]) -> Value {
    let all: Vec<Value> = moments
        .iter()
        .map(|moment| {
            json!({
                "utc": moment.at, "local": local(moment.at, &moment.zone), "zone": moment.zone,
                "until_utc": moment.until, "until_local": moment.until.map(|until| local(until, &moment.zone)),
                "clock_fast_by_seconds": moment.clock_offset, "what": moment.what, "source": moment.source,
                "field": moment.field,
            })
        })
        .collect();
    json!({ "format": "beffroi-timeline/1", "moments": all })
}
