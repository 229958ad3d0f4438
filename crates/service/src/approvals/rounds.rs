//! What the node does for approvals by itself: reminding, withdrawing what no longer fits, filing what was
//! approved to be filed at once. Worked out from the facts on each round, so that an outage loses nothing.

use std::time::Duration;

use model::{ApprovalId, ApprovalState, Caller, Instant, OrganisationId, Subject};
use policy::for_node;
use store::{ApprovalRequest, Tx, UserState};

use super::tell;
use crate::{
    Service,
    error::{Error, Result},
    incidents::{project::project_duties, situation::Situation},
    view::FileStage,
};

/// How many requests one round looks after.
const AT_ONCE: u32 = 200;
const HOUR: Duration = Duration::from_secs(3600);

impl Service {
    /// Looks after the requests that wait or that file themselves. Answers how many; calling again is no harm.
    /// A request that cannot be read is logged and does not stop the others.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn look_after_approvals(&self) -> Result<usize> {
        let requests = self.store.read().await?.approvals_to_look_after(AT_ONCE).await?;
        let mut looked_after = 0;
        for (organisation, request) in requests {
            match self.look_after(organisation, request).await {
                Ok(()) => looked_after += 1,
                Err(error) => {
                    tracing::error!(%organisation, %request, %error, "a request for approval is not looked after")
                }
            }
        }
        Ok(looked_after)
    }

    async fn look_after(&self, organisation: OrganisationId, id: ApprovalId) -> Result<()> {
        let owner = for_node(organisation);
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let Some(request) = tx.approval(&owner, id).await? else { return Ok(()) };
        let Some(incident) = tx.hold_incident(&owner, request.incident).await? else { return Ok(()) };
        let mut situation = Situation::read(&mut tx, &owner, incident).await?;
        if self.is_changed(&request, &situation, now)? {
            self.withdraw_changed(&mut tx, (None, &owner), &mut situation, now).await?;
            let duties = situation.duties(&self.laws(&situation.incident), now);
            project_duties(&mut tx, &owner, &situation.incident, &duties, (None, now)).await?;
            return Ok(tx.commit().await?);
        }
        match request.state {
            ApprovalState::Approved => {
                drop(tx);
                self.file_approved(organisation, id).await
            }
            ApprovalState::Pending => {
                if let Some((rung, words)) = rung(&request, now) {
                    let entries = tx.approval_entries(&owner, id).await?;
                    tell::reminded(&mut tx, &request, &entries, (rung, words), now).await?;
                    tx.commit().await?;
                }
                Ok(())
            }
            ApprovalState::Returned | ApprovalState::Withdrawn | ApprovalState::Filed => Ok(()),
        }
    }

    /// Files what was approved to be filed at once, in the name of whoever asked. When it cannot be filed, they
    /// are told why, once; what fails for a moment is tried again in the next round.
    pub(super) async fn file_approved(&self, organisation: OrganisationId, id: ApprovalId) -> Result<()> {
        let owner = for_node(organisation);
        let mut tx = self.store.read().await?;
        let Some(request) = tx.approval(&owner, id).await? else { return Ok(()) };
        if request.state != ApprovalState::Approved || !request.frozen.chain.file_when_approved {
            return Ok(());
        }
        let asker = asker(&mut tx, &request).await?;
        let used = tx.approval_uses(&owner, id).await?;
        let incident = tx.incident(&owner, request.incident).await?;
        drop(tx);
        let recipients = request.frozen.copies.iter().map(|copy| copy.to.organisation);
        let mut wanted = recipients.filter(|one| used.iter().all(|(recipient, _)| recipient != one));
        let (Some(asker), Some(incident), Some(recipient)) = (asker, incident, wanted.next()) else {
            return self.tell_not_filed(&request, "whoever asked for it may not file any more").await;
        };
        let input = FileStage {
            base_revision: incident.revision,
            recipient,
            also: wanted.collect(),
            late_reason: request.frozen.late_reason.clone(),
        };
        let key = format!("approval {id}");
        match self.file_stage(&asker, (request.incident, &request.duty), input, Some(&key)).await {
            Ok(_) | Err(Error::Conflict { .. } | Error::Busy) => Ok(()),
            Err(Error::Refused(why)) => self.tell_not_filed(&request, &why).await,
            Err(error @ (Error::Denied(_) | Error::Invalid(_))) => {
                self.tell_not_filed(&request, &error.to_string()).await
            }
            Err(error) => Err(error),
        }
    }

    async fn tell_not_filed(&self, request: &ApprovalRequest, why: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        tell::not_filed(&mut tx, request, why, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Whoever asked, as they stand now; nobody when it was a machine or the account is closed.
async fn asker(tx: &mut Tx, request: &ApprovalRequest) -> Result<Option<Caller>> {
    let owner = for_node(request.organisation);
    let Some(id) = request.frozen.opening.requester else { return Ok(None) };
    let user = tx.user(&owner, id).await?.filter(|user| user.state != UserState::Disabled);
    let organisation = tx.organisation(&owner, request.organisation).await?;
    let (Some(user), Some(organisation)) = (user, organisation) else { return Ok(None) };
    Ok(Some(Caller {
        subject: Subject::User(user.id),
        name: user.profile.name,
        organisation: organisation.id,
        roles: organisation.roles,
        functions: user.functions,
    }))
}

/// The highest rung of the ladder that is reached, and what it says.
fn rung(request: &ApprovalRequest, now: Instant) -> Option<(&'static str, &'static str)> {
    let ladder = match request.frozen.due_at {
        Some(due) => vec![
            (due, "due", "The deadline has passed and what is to be filed still waits for you."),
            (
                due.minus(HOUR),
                "1 hour",
                "In an hour the deadline passes, and what is to be filed waits for you.",
            ),
            (
                due.minus(HOUR * 4),
                "4 hours",
                "In four hours the deadline passes; what is to be filed waits for you.",
            ),
            (
                due.minus(HOUR * 24),
                "24 hours",
                "Tomorrow the deadline passes; what is to be filed waits for you.",
            ),
        ],
        None => vec![
            (request.asked_at.plus(HOUR * 72), "third day", "It has waited for you for three days."),
            (request.asked_at.plus(HOUR * 24), "next day", "It has waited for you for a day."),
        ],
    };
    let reached = ladder.into_iter().find(|(at, _, _)| *at <= now && *at > request.asked_at);
    reached.map(|(_, rung, words)| (rung, words))
}
