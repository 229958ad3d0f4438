//! Who one is, and which front ends that gives.

use model::{Caller, Organisation};
use policy::{Action, permit};

use crate::{
    Service,
    error::{Error, Result},
    view::{Me, OrganisationBrief, Portal},
};

impl Service {
    /// The caller as the front ends greet it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the organisation is gone.
    pub async fn me(&self, caller: &Caller, csrf_token: Option<String>) -> Result<Me> {
        let scope = permit(caller, Action::ReadDirectory)?;
        let mut tx = self.store.read().await?;
        let organisation =
            tx.organisation(&scope, caller.organisation).await?.ok_or(Error::NotFound("organisation"))?;
        Ok(Me {
            subject: caller.subject,
            name: caller.name.clone(),
            organisation: brief_of(organisation),
            functions: caller.functions.clone(),
            portals: portals_of(caller),
            csrf_token,
        })
    }
}

/// An authority works at its desk; everyone else reports.
fn portals_of(caller: &Caller) -> Vec<Portal> {
    let desk = permit(caller, Action::ReadReceivedFilings).is_ok().then_some(Portal::Authority);
    let report = permit(caller, Action::ReadIncidents).is_ok().then_some(Portal::Report);
    let approve = permit(caller, Action::DecideApprovals).is_ok().then_some(Portal::Approve);
    let keeps = [Action::AdministerOrganisation, Action::AdministerNode];
    let admin = keeps.iter().any(|action| permit(caller, *action).is_ok()).then_some(Portal::Admin);
    desk.into_iter().chain(report).chain(approve).chain(admin).collect()
}

/// The directory's words for an organisation.
pub(crate) fn brief_of(organisation: Organisation) -> OrganisationBrief {
    OrganisationBrief {
        id: organisation.id,
        name: organisation.name,
        country: organisation.country,
        zone: organisation.zone,
        roles: organisation.roles,
    }
}
