//! Read what was told, by us and to us.

use model::{Caller, IncidentId, Role};
use policy::{Action, permit};
use store::{IncidentLink, Tx};

use crate::{
    Service,
    accounts::me::brief_of,
    error::{Error, Result},
    view::{IncidentLinkView, IncidentLinks, LinkState, OrganisationBrief},
};

impl Service {
    /// The links of an incident.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn incident_links(&self, caller: &Caller, id: IncidentId) -> Result<IncidentLinks> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let links = tx.links_of(&scope, id).await?;
        links_view(&mut tx, caller, links).await
    }

    /// What other organisations told the caller's and it has not answered.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn links_waiting(&self, caller: &Caller) -> Result<IncidentLinks> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        let links = tx.links_waiting(&scope).await?;
        links_view(&mut tx, caller, links).await
    }
}

/// The links with the names of the other organisations.
pub(super) async fn links_view(
    tx: &mut Tx,
    caller: &Caller,
    links: Vec<IncidentLink>,
) -> Result<IncidentLinks> {
    let mut views = Vec::with_capacity(links.len());
    for link in links {
        views.push(link_view(tx, caller, link).await?);
    }
    Ok(IncidentLinks { links: views })
}

/// One link with the name of the other organisation.
pub(super) async fn link_view(tx: &mut Tx, caller: &Caller, link: IncidentLink) -> Result<IncidentLinkView> {
    let directory = permit(caller, Action::ReadDirectory)?;
    let other = tx.organisation(&directory, link.other).await?;
    Ok(IncidentLinkView {
        id: link.id,
        name: other.map(|other| other.name).unwrap_or_default(),
        told_by_us: link.told_by_us,
        incident: link.own_incident,
        state: match link.state {
            store::LinkState::Told => LinkState::Told,
            store::LinkState::Linked => LinkState::Linked,
            store::LinkState::Declined => LinkState::Declined,
            store::LinkState::Ended => LinkState::Ended,
        },
        note: link.words.note,
        answer: link.words.answer,
        at: link.at,
        changed_at: link.changed_at,
    })
}

/// So few letters of a name find nothing: nobody lists the organisations of a node.
const FEWEST_LETTERS: usize = 3;
/// So many organisations one search names.
const MOST_FOUND: usize = 10;

impl Service {
    /// The organisations of this node, besides the caller's, whose name holds `name`: at least three letters,
    /// at most ten answers.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn find_others(&self, caller: &Caller, name: &str) -> Result<Vec<OrganisationBrief>> {
        permit(caller, Action::WriteIncidents)?;
        let directory = permit(caller, Action::ReadDirectory)?;
        let wanted = name.trim().to_lowercase();
        if wanted.chars().count() < FEWEST_LETTERS {
            return Ok(Vec::new());
        }
        let mut tx = self.store.read().await?;
        let all = tx.organisations_holding(&directory, Role::ALL).await?;
        let found = all.into_iter().filter(|one| one.id != caller.organisation);
        let found = found.filter(|one| one.name.to_lowercase().contains(&wanted));
        Ok(found.take(MOST_FOUND).map(brief_of).collect())
    }
}
