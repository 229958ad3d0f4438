//! Who answered what, when.

use model::{Caller, IncidentId};
use policy::{Action, permit};

use store::Change;

use crate::{
    Service,
    error::{Error, Result},
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
                revision,
                at,
                by: by.clone(),
                label: self.library.vocabularies().label(&changed.field),
                field: changed.field,
                before: changed.before,
                after: changed.after,
            })
            .collect()
    }
}
