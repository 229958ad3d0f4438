//! Read one incident with its duties.

use model::{Caller, IncidentId};
use policy::{Action, permit};

use super::{situation::Situation, view::incident_view};
use crate::{
    Service,
    error::{Error, Result},
    view::IncidentView,
};

impl Service {
    /// The record of `id` with its duties as they stand now.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn incident(&self, caller: &Caller, id: IncidentId) -> Result<IncidentView> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        Ok(incident_view(&self.laws(&situation.incident), &situation, self.clock.now()))
    }
}
