//! Answer what another organisation told: with an incident of one's own, or with a reason why not.

use model::{Caller, Happening, LinkId};
use policy::{Action, Scope, permit};
use store::{IncidentLink, LinkState, LinkWords, Tx};

use super::{checked, notify, own_name, read_links::link_view};
use crate::{
    Service,
    error::{Error, Result},
    view::{AcceptLink, EndLink, IncidentLinkView},
};

impl Service {
    /// Links an own incident to what one was told: the one that is named, or a new one that begins
    /// with `accept.open`, its own awareness instant and its own laws. A repeat is no harm: it answers
    /// with the incident that is linked.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the link or the incident; [`Error::Refused`] when it was answered
    /// otherwise; [`Error::Invalid`] for the answers of a new incident.
    pub async fn accept_link(
        &self,
        caller: &Caller,
        id: LinkId,
        accept: AcceptLink,
    ) -> Result<IncidentLinkView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let link = told_to_us(&mut tx, &scope, id).await?;
        if link.state == LinkState::Linked {
            return link_view(&mut tx, caller, link).await;
        }
        still_waits(&link)?;
        let incident = match accept.incident {
            Some(incident) => {
                tx.hold_incident(&scope, incident).await?.ok_or(Error::NotFound("incident"))?;
                incident
            }
            None => self.open_within(&mut tx, (caller, &scope), &accept.open, now).await?.id,
        };
        let next = IncidentLink {
            own_incident: Some(incident),
            state: LinkState::Linked,
            revision: link.revision + 1,
            changed_at: now,
            ..link
        };
        let said = "keeps an incident of its own for what you told it";
        self.change(tx, (caller, &scope), next, said).await
    }

    /// Says why what one was told does not concern one.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Refused`] when it was answered otherwise; [`Error::Invalid`].
    pub async fn decline_link(&self, caller: &Caller, id: LinkId, end: EndLink) -> Result<IncidentLinkView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let reason = checked("reason", &end.reason)?;
        let mut tx = self.store.write().await?;
        let link = told_to_us(&mut tx, &scope, id).await?;
        still_waits(&link)?;
        let next = self.answered(link, LinkState::Declined, reason);
        self.change(tx, (caller, &scope), next, "says that what you told it does not concern it").await
    }

    /// Takes a link back, from either side; both incidents stay as they are.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Refused`] when there is nothing to take back; [`Error::Invalid`].
    pub async fn end_link(&self, caller: &Caller, id: LinkId, end: EndLink) -> Result<IncidentLinkView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let reason = checked("reason", &end.reason)?;
        let mut tx = self.store.write().await?;
        let link = tx.link(&scope, id).await?.ok_or(Error::NotFound("link"))?;
        let stands = match link.state {
            LinkState::Linked => true,
            LinkState::Told => link.told_by_us,
            LinkState::Declined | LinkState::Ended => false,
        };
        if !stands {
            return Err(Error::Refused("there is no link that could be taken back".to_owned()));
        }
        let next = self.answered(link, LinkState::Ended, reason);
        self.change(tx, (caller, &scope), next, "took back the link between an incident of yours and its own")
            .await
    }

    fn answered(&self, link: IncidentLink, state: LinkState, reason: &str) -> IncidentLink {
        IncidentLink {
            state,
            revision: link.revision + 1,
            changed_at: self.clock.now(),
            words: LinkWords { answer: Some(reason.to_owned()), ..link.words },
            ..link
        }
    }

    /// Keeps the change, tells the other side, and answers with the link.
    async fn change(
        &self,
        mut tx: Tx,
        (caller, scope): (&Caller, &Scope),
        link: IncidentLink,
        said: &str,
    ) -> Result<IncidentLinkView> {
        if !tx.change_link(scope, &link).await? {
            return Err(Error::Busy);
        }
        let happening = match (link.state, link.own_incident) {
            (LinkState::Linked, Some(incident)) => Happening::IncidentLinked { link: link.id, incident },
            (LinkState::Declined, _) => Happening::LinkDeclined { link: link.id },
            (LinkState::Told | LinkState::Linked | LinkState::Ended, _) => {
                Happening::LinkEnded { link: link.id }
            }
        };
        self.happened(&mut tx, caller, happening).await?;
        let subject = format!("{} {said}", own_name(&mut tx, caller).await?);
        let text = "Each side keeps its own record, its own clocks and its own filings.".to_owned();
        notify(&mut tx, link.other, (subject, text), (link.id, &link)).await?;
        let view = link_view(&mut tx, caller, link).await?;
        tx.commit().await?;
        Ok(view)
    }
}

/// A link by which the other organisation told the caller's.
async fn told_to_us(tx: &mut Tx, scope: &Scope, id: LinkId) -> Result<IncidentLink> {
    let link = tx.link(scope, id).await?.filter(|link| !link.told_by_us);
    link.ok_or(Error::NotFound("link"))
}

fn still_waits(link: &IncidentLink) -> Result<()> {
    match link.state {
        LinkState::Told => Ok(()),
        LinkState::Linked | LinkState::Declined | LinkState::Ended => {
            Err(Error::Refused("this was answered or taken back already".to_owned()))
        }
    }
}
