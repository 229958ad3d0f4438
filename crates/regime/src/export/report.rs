//! Our own report: any stage of any law as one document, readable without our vocabularies.

use model::DutyKey;
use serde_json::{Value, json};

use super::Report;
use crate::{Library, clock::local_words, visibility::stage_of};

/// The format name of a report.
pub const REPORT_FORMAT: &str = "beffroi-report/1";

/// The report as JSON (`docs/report.schema.json`): the answers in the order of the form, each with its
/// question, its value and its value in words.
#[must_use]
pub fn report_of(library: &Library, report: &Report) -> Value {
    let Heading { law, stage, article, pack_version } = heading(library, &report.duty);
    let fields: Vec<Value> = report
        .in_order(library)
        .into_iter()
        .map(|(group, field, answer)| {
            let marking = report.marking_of(group);
            let mut said = json!({
                "field": field, "group": group, "number": answer.number, "article": answer.article,
                "label": answer.label, "value": answer.value, "text": answer.text, "estimated": answer.estimated,
                "tlp": marking.tlp, "pap": marking.pap,
            });
            if let Some(said) = said.as_object_mut().filter(|_| !answer.terms.is_empty()) {
                said.insert("terms".to_owned(), json!(answer.terms));
            }
            said
        })
        .collect();
    let whole = report.marking();
    json!({
        "format": REPORT_FORMAT, "law": law, "duty": report.duty.to_string(), "stage": stage, "article": article,
        "pack_version": pack_version, "filing": report.filing, "tlp": whole.tlp, "pap": whole.pap,
        "fields": fields,
    })
}

/// How people call a law and its stage.
pub struct Heading {
    /// The short name of the law.
    pub law: String,
    /// The name of the stage.
    pub stage: String,
    /// Where the law asks for it.
    pub article: String,
    /// The version of the pack; absent when it is no longer loaded.
    pub pack_version: Option<String>,
}

/// The words for a duty; its own when its pack is no longer loaded.
#[must_use]
pub fn heading(library: &Library, duty: &DutyKey) -> Heading {
    match stage_of(library, duty) {
        Some((pack, stage)) => Heading {
            law: pack.law.law.clone(),
            stage: pack.text("en", &format!("stage-{}", stage.id)),
            article: stage.article.clone(),
            pack_version: Some(pack.version()),
        },
        None => Heading {
            law: duty.pack.clone(),
            stage: duty.stage.clone(),
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
