//! Start from a report that was filed elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use model::{AnswerSource, Caller, Instant};
use policy::{Action, permit};
use regime::export::{Imported, import};
use serde_json::Value;

use crate::{
    Service,
    error::{Error, Result},
    view::{AnswerIn, ImportReport, ImportedIncident, OpenIncident},
};

impl Service {
    /// Opens a record with the answers of a report that was filed elsewhere. What is no answer is told and left
    /// out; what the report says of the organisation stays with its profile. A repeat with the same `key` opens
    /// nothing new.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no report, and as [`Service::open_incident`].
    pub async fn import_report(
        &self,
        caller: &Caller,
        report: &ImportReport,
        key: Option<&str>,
    ) -> Result<ImportedIncident> {
        permit(caller, Action::WriteIncidents)?;
        let laws = self.library.on(self.clock.now());
        let read = import(&laws, report.format.as_deref(), report.document.as_bytes());
        let read = read.map_err(|why| Error::invalid("document", "not_a_report", why.to_string()))?;
        let Imported { format, duty, answers, estimated, problems, losses, .. } = read;
        if answers.is_empty() {
            return Err(Error::invalid(
                "document",
                "no_answers",
                "the document answers no question of the record",
            ));
        }
        let taken = answers.keys().cloned().collect();
        let open = opened(answers, &estimated, &format);
        let incident = self.open_incident(caller, open, key).await?;
        Ok(ImportedIncident { incident, format, duty, taken, problems, losses })
    }
}

/// A record to open with what was read. An instant that starts a clock and lies back needs a reason, which the
/// recipients read: that it stood in that report.
fn opened(answers: BTreeMap<String, Value>, estimated: &BTreeSet<String>, format: &str) -> OpenIncident {
    let is_instant = |value: &Value| value.as_str().is_some_and(|text| text.parse::<Instant>().is_ok());
    let instants = answers.iter().filter(|(_, value)| is_instant(value));
    let reasons = instants
        .map(|(field, _)| {
            (field.clone(), format!("Taken over from a report that was filed elsewhere ({format})"))
        })
        .collect();
    let imported = |(field, value): (String, Value)| {
        let estimated = estimated.contains(&field);
        (field, AnswerIn { value: Some(value), terms: None, estimated, how: Some(AnswerSource::Imported) })
    };
    let answers = answers.into_iter().map(imported).collect();
    OpenIncident { answers, reasons }
}
