//! Erase a record: when no hold stands and no law wants it any more.

use model::{Caller, Happening, IncidentId};
use policy::{Action, permit};

use super::LONGEST;
use crate::{
    Service,
    error::{Error, Result},
    incidents::situation::Situation,
    said::said,
    view::GiveReason,
};

impl Service {
    /// Erases a record of the caller's organisation with its history: its keys are deleted, and what is left cannot
    /// be read by anybody. What was filed of it stays with both sides, and so do receipts and the audit.
    ///
    /// # Errors
    /// [`Error::Denied`] for a machine; [`Error::NotFound`]; [`Error::Refused`] naming each hold that stands,
    /// each law that wants it kept, and each stage that is still owed.
    pub async fn erase_incident(&self, caller: &Caller, id: IncidentId, why: GiveReason) -> Result<()> {
        let scope = permit(caller, Action::EraseIncidents)?;
        said("reason", &why.reason, 1..=LONGEST)?;
        let mut tx = self.store.write().await?;
        let incident = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let obstacles = self.preservation_of(&mut tx, &scope, &situation).await?.obstacles;
        if !obstacles.is_empty() {
            return Err(Error::Refused(format!("it cannot be erased: {}", obstacles.join("; "))));
        }
        tx.erase_incident(&scope, id).await?;
        self.happened(&mut tx, caller, Happening::IncidentErased { incident: id }).await?;
        Ok(tx.commit().await?)
    }
}
