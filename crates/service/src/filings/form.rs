//! The form of one stage, as the server decides it.

use model::{Caller, DutyKey, IncidentId};
use policy::{Action, permit};
use regime::{FormView, Screen};

use crate::{
    Service,
    error::{Error, Result},
    incidents::situation::Situation,
    taxonomy::chosen::offer_terms,
};

impl Service {
    /// The form of `duty` for the incident, on the first or the full screen.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the incident or the duty.
    pub async fn form(
        &self,
        caller: &Caller,
        id: IncidentId,
        duty: &DutyKey,
        (screen, language): (Screen, &str),
    ) -> Result<FormView> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let now = self.clock.now();
        let laws = self.laws(&situation.incident);
        let form = regime::form_at(&laws, &situation.case, duty, (screen, language), now);
        let mut form = form.ok_or(Error::NotFound("duty"))?;
        offer_terms(&mut tx, &scope, (&laws, &situation.incident.answers), &mut form).await?;
        Ok(form)
    }
}
