//! Our own report: any stage of any law as one document, readable without our vocabularies.

use serde_json::{Value, json};

use super::Report;
use crate::{Library, clock::local_words, visibility::stage_of};

/// The format name of a report.
pub const REPORT_FORMAT: &str = "beffroi-report/1";

/// The report as JSON (`docs/report.schema.json`): the answers in the order of the form, each with its
/// question, its value and its value in words.
#[must_use]
pub fn report_of(library: &Library, report: &Report) -> Value {
    let Heading { law, stage, article, pack_version } = heading(library, report);
    let fields: Vec<Value> = report
        .in_order(library)
        .into_iter()
        .map(|(group, field, answer)| {
            json!({
                "field": field, "group": group, "number": answer.number, "article": answer.article,
                "label": answer.label, "value": answer.value, "text": answer.text, "estimated": answer.estimated,
            })
        })
        .collect();
    json!({
        "format": REPORT_FORMAT, "law": law, "duty": report.duty.to_string(), "stage": stage, "article": article,
        "pack_version": pack_version, "filing": report.filing, "tlp": report.marks.report.tlp,
        "pap": report.marks.report.pap, "fields": fields,
    })
}

/// What the report is of, in words.
pub(super) struct Heading {
    pub law: String,
    pub stage: String,
    pub article: String,
    pub pack_version: Option<String>,
}

pub(super) fn heading(library: &Library, report: &Report) -> Heading {
    match stage_of(library, &report.duty) {
        Some((pack, stage)) => Heading {
            law: pack.law.law.clone(),
            stage: pack.text("en", &format!("stage-{}", stage.id)),
            article: stage.article.clone(),
            pack_version: Some(pack.version()),
        },
        None => Heading {
            law: report.duty.pack.clone(),
            stage: report.duty.stage.clone(),
            article: String::new(),
            pack_version: None,
        },
    }
}

/// An instant in UTC, in words.
pub(super) fn in_utc(at: model::Instant) -> String {
    local_words(at, &jiff::tz::TimeZone::UTC)
}

/// The JSON Schema (draft 2020-12) of a report.
#[must_use]
pub fn report_schema() -> Value {
    serde_json::from_str(include_str!("../../../../docs/report.schema.json")).unwrap_or(Value::Null)
}
