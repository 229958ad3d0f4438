//! Tell other organisations of the node about an incident of one's own.

use std::collections::BTreeSet;

use model::{Caller, Happening, IncidentId, Instant, LinkId, OrganisationId};
use policy::{Action, Scope, permit};
use store::{IncidentLink, LinkState, LinkWords, Tx};

use super::{checked, notify, own_name, read_links::links_view};
use crate::{
    Service, chance,
    error::{Error, Result},
    idempotency::Repeat,
    view::{IncidentLinks, TellOthers},
};

/// So many organisations one incident may be told to.
const MOST: usize = 50;

impl Service {
    /// Tells each of `input.organisations` about the incident, and answers with all its links. They
    /// read the note, the name of the caller's organisation and the instant, nothing of the record.
    /// A repeat with the same `key` tells nobody twice.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the incident; [`Error::Invalid`] for an organisation that is not there,
    /// is the caller's own or was told already, or for the note.
    pub async fn tell_others(
        &self,
        caller: &Caller,
        id: IncidentId,
        input: TellOthers,
        key: Option<&str>,
    ) -> Result<IncidentLinks> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let note = checked("note", &input.note)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let repeat = Repeat::of((caller, &scope), "tell_others", key, &(id, &input))?;
        tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        if repeat.answer::<IncidentId>(&mut tx).await?.is_none() {
            let others = self.tellable(&mut tx, (caller, &scope), id, &input.organisations).await?;
            let name = own_name(&mut tx, caller).await?;
            for other in others {
                let link = told(id, other, note, now);
                tx.insert_link(&scope, &link).await?;
                self.happened(&mut tx, caller, Happening::OtherTold { link: link.id, incident: id }).await?;
                let subject = format!("{name} tells you about an incident that may concern you");
                let text = "Read what it says, then open an incident of your own for it, link one that you \
                            have, or say why it does not concern you. Your own clocks may be running."
                    .to_owned();
                notify(&mut tx, other, (subject, text), (link.id, &link)).await?;
            }
            repeat.remember(&mut tx, &id, now).await?;
        }
        let links = tx.links_of(&scope, id).await?;
        let view = links_view(&mut tx, caller, links).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// The organisations that can be told, each once.
    async fn tellable(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        incident: IncidentId,
        wanted: &[OrganisationId],
    ) -> Result<BTreeSet<OrganisationId>> {
        let refuse = |rule: &str, message: String| Err(Error::invalid("organisations", rule, message));
        let links = tx.links_of(scope, incident).await?;
        let others: BTreeSet<OrganisationId> = wanted.iter().copied().collect();
        if others.is_empty() || links.len() + others.len() > MOST {
            return refuse("length", format!("one incident is told to 1 to {MOST} organisations"));
        }
        if others.contains(&caller.organisation) {
            return refuse("another", "tell another organisation than your own".to_owned());
        }
        let stands = |link: &&IncidentLink| matches!(link.state, LinkState::Told | LinkState::Linked);
        if links.iter().filter(stands).any(|link| others.contains(&link.other)) {
            return refuse("told_already", "one of these organisations was told already".to_owned());
        }
        let directory = permit(caller, Action::ReadDirectory)?;
        for other in &others {
            if tx.organisation(&directory, *other).await?.is_none() {
                return refuse("known", "one of these organisations is not on this node".to_owned());
            }
        }
        Ok(others)
    }
}

fn told(incident: IncidentId, other: OrganisationId, note: &str, now: Instant) -> IncidentLink {
    IncidentLink {
        id: LinkId::new(now, chance::for_id()),
        told_by_us: true,
        other,
        own_incident: Some(incident),
        state: LinkState::Told,
        revision: 1,
        at: now,
        changed_at: now,
        words: LinkWords { note: note.to_owned(), answer: None },
    }
}
