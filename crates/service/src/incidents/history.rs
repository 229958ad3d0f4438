//! Who answered what, when.

use model::{Caller, IncidentId};
use policy::{Action, permit};

use store::Change;

use super::{
    filed_elsewhere::{self, ELSEWHERE},
    mark_incident::MARKING,
    migrate_incident::RULES,
};
use crate::{
    Service,
    error::{Error, Result},
    filings::groups::title_of,
    preservation::HOLD,
    view::{AnswerChange, History},
};

impl Service {
    /// Every change of the record, newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn history(&self, caller: &Caller, id: IncidentId) -> Result<History> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let changes = tx.incident_changes(&scope, id, 0).await?;
        Ok(History {
            changes: changes.into_iter().rev().flat_map(|change| self.answer_changes(change)).collect(),
        })
    }

    fn answer_changes(&self, change: Change) -> Vec<AnswerChange> {
        let Change { revision, at, by, fields } = change;
        fields
            .into_iter()
            .map(|changed| AnswerChange {
                label: self.label_of(&changed.field),
                revision,
                at,
                by: by.clone(),
                field: changed.field,
                before: changed.before,
                after: changed.after,
                reason: changed.reason,
            })
            .collect()
    }

    /// The question, or which marking was changed.
    fn label_of(&self, field: &str) -> String {
        if let Some(pack) = field.strip_prefix(RULES) {
            let law = self.library.pack(pack).map_or_else(|| pack.to_owned(), |pack| pack.law.law.clone());
            return format!("The version of the rules of {law}");
        }
        if let Some(duty) = field.strip_prefix(ELSEWHERE) {
            return filed_elsewhere::label(&self.library, duty);
        }
        if field.starts_with(HOLD) {
            return "Preservation hold".to_owned();
        }
        match field.strip_prefix(MARKING) {
            Some("") => "How the report is marked".to_owned(),
            Some(group) if group.starts_with('.') => {
                let title = title_of(&self.library, group.trim_start_matches('.'));
                format!("How {title:?} is marked")
            }
            Some(_) | None => self.library.vocabularies().label(field),
        }
    }
}
