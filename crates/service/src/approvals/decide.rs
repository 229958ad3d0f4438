//! Approve a request, or send it back.

use model::{
    ApprovalId, ApprovalState, ApprovalVerdict, Caller, DomainEvent, EventId, Happening, Instant,
    OrganisationId,
    approval::{Hindrance, Outcome, Person, standing, turn},
};
use policy::{Action, Denied, Scope, for_node, permit};
use store::{ApprovalAct, ApprovalEntry, ApprovalRequest, Tx, UserState};

use super::{gate::withdraw, tell};
use crate::{
    Service, chance,
    error::{Error, Result},
    idempotency::Repeat,
    incidents::{project::project_duties, situation::Situation},
    inform::person,
    said::{LONGEST, said, said_if_any},
    view::{ApprovalView, DecideApproval},
};

/// The refusal of something that was changed since it was asked for.
const CHANGED: &str = "what would be filed was changed since this was asked for, so there is nothing to approve any \
                       more: a new request will come when it is asked for again";

impl Service {
    /// Decides on a request. A person counts once; whoever asked for it or edited it last does not count where
    /// the chain wants different people. What was changed since is withdrawn instead. A repeat with the same
    /// `idempotency` key decides nothing twice.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a request in whose chain the caller's organisation has no seat;
    /// [`Error::Refused`] when it is not the caller's turn or the request is decided.
    pub async fn decide_approval(
        &self,
        caller: &Caller,
        id: ApprovalId,
        input: DecideApproval,
        idempotency: Option<&str>,
    ) -> Result<ApprovalView> {
        let mut tx = self.store.write().await?;
        let (scope, request) = held(&mut tx, caller, id).await?;
        let user = person(caller).ok_or(Denied(Action::DecideApprovals))?;
        let repeat = Repeat::of((caller, &scope), "decide_approval", idempotency, &(id, &input))?;
        if repeat.answer::<ApprovalId>(&mut tx).await?.is_some() {
            drop(tx);
            return self.approval(caller, id).await;
        }
        let remark = remark_of(&input)?;
        let now = self.clock.now();
        let decider = decider(&mut tx, caller, user).await?;
        let entries = tx.approval_entries(&scope, id).await?;
        let before = tell::decisions(&entries);
        let (chain, opening) = (&request.frozen.chain, &request.frozen.opening);
        let step = turn((chain, opening), &before, &decider, now);
        let step = match (step, request.state) {
            (Ok(step), ApprovalState::Pending) => step,
            (Err(Hindrance::NotInChain), _) => return Err(Error::Refused(Hindrance::NotInChain.to_string())),
            (_, ApprovalState::Withdrawn) => return Err(Error::Refused(CHANGED.to_owned())),
            (Err(hindrance), _) => return Err(Error::Refused(hindrance.to_string())),
            (Ok(_), _) => return Err(Error::Refused(Hindrance::Over.to_string())),
        };
        if !self.still_stands(&mut tx, caller, &request, now).await? {
            tx.commit().await?;
            return Err(Error::Refused(CHANGED.to_owned()));
        }
        let entry = ApprovalEntry {
            id: ApprovalId::new(now, chance::for_id()),
            request: id,
            at: now,
            organisation: caller.organisation,
            by: caller.actor(),
            act: ApprovalAct::Decided { step, verdict: input.verdict },
            text: remark,
        };
        tx.insert_approval_entry(&scope, &entry).await?;
        let entries = [entries, vec![entry]].concat();
        let state = match standing(chain, opening, &tell::decisions(&entries)).outcome {
            Outcome::Pending => ApprovalState::Pending,
            Outcome::Complete => ApprovalState::Approved,
            Outcome::Returned => ApprovalState::Returned,
        };
        self.settle_approval(&mut tx, caller, (&request, &entries), (input.verdict, state)).await?;
        repeat.remember(&mut tx, &id, now).await?;
        tx.commit().await?;
        if state == ApprovalState::Approved && chain.file_when_approved {
            self.file_approved(request.organisation, id).await?;
        }
        self.approval(caller, id).await
    }

    /// Moves the request to where the decisions have brought it, and tells those who have to know.
    async fn settle_approval(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        (request, entries): (&ApprovalRequest, &[ApprovalEntry]),
        (verdict, state): (ApprovalVerdict, ApprovalState),
    ) -> Result<()> {
        let now = self.clock.now();
        let owner = for_node(request.organisation);
        if state == ApprovalState::Pending {
            tell::asked(tx, request, entries, now).await?;
        } else {
            tx.set_approval_state(&owner, request.id, (ApprovalState::Pending, state), now).await?;
            self.project_owner(tx, caller, request, now).await?;
        }
        tell::decided(tx, request, (&caller.name, verdict, state), now).await?;
        let happening = Happening::ApprovalDecided { approval: request.id, verdict, state };
        tx.append_event(&event(caller, request.organisation, happening, now)).await?;
        Ok(())
    }

    /// Whether what is asked to be approved is still what would be filed; if not, it is withdrawn.
    async fn still_stands(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        request: &ApprovalRequest,
        now: Instant,
    ) -> Result<bool> {
        let owner = for_node(request.organisation);
        let incident = tx.incident(&owner, request.incident).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(tx, &owner, incident).await?;
        if !self.is_changed(request, &situation, now)? {
            return Ok(true);
        }
        withdraw(tx, &owner, request, now).await?;
        self.note_withdrawn(tx, (None, request.organisation), request).await?;
        tell::withdrawn(tx, request, None, now).await?;
        self.project_owner(tx, caller, request, now).await?;
        Ok(false)
    }

    /// The owner's duties stand differently now: its projection is brought up to date by the node.
    async fn project_owner(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        request: &ApprovalRequest,
        now: Instant,
    ) -> Result<()> {
        let owner = for_node(request.organisation);
        let Some(incident) = tx.incident(&owner, request.incident).await? else { return Ok(()) };
        let situation = Situation::read(tx, &owner, incident).await?;
        let duties = situation.duties(&self.laws(&situation.incident), now);
        project_duties(tx, &owner, &situation.incident, &duties, (Some(&caller.actor()), now)).await
    }
}

fn remark_of(input: &DecideApproval) -> Result<Option<String>> {
    match input.verdict {
        ApprovalVerdict::Approved => said_if_any("remark", input.remark.as_deref(), LONGEST),
        ApprovalVerdict::Returned => {
            said("remark", input.remark.as_deref().unwrap_or_default(), 1..=LONGEST).map(Some)
        }
    }
}

/// The event of somebody's act in the audit of the organisation whose filing it is.
fn event(caller: &Caller, owner: OrganisationId, happening: Happening, at: Instant) -> DomainEvent {
    DomainEvent {
        id: EventId::new(at, chance::for_id()),
        at,
        organisation: Some(owner),
        by: Some(caller.actor()),
        happening,
    }
}

/// The scopes in which a caller may look for a request: by the seat of an approver, by the own organisation.
///
/// # Errors
/// [`Error::Denied`] when neither is theirs.
pub(super) fn scopes(caller: &Caller) -> Result<Vec<Scope>> {
    let seat = permit(caller, Action::DecideApprovals);
    let own = permit(caller, Action::ReadApprovals);
    match (seat, own) {
        (Err(_), Err(denied)) => Err(denied.into()),
        (seat, own) => Ok(seat.into_iter().chain(own).collect()),
    }
}

/// A request that the caller sees, and the scope in which they see it.
pub(super) async fn seen(tx: &mut Tx, caller: &Caller, id: ApprovalId) -> Result<(Scope, ApprovalRequest)> {
    for scope in scopes(caller)? {
        if let Some(request) = tx.approval(&scope, id).await? {
            return Ok((scope, request));
        }
    }
    Err(Error::NotFound("request for approval"))
}

/// As [`seen`], with the incident held: who decides, edits and files takes turns.
pub(super) async fn held(tx: &mut Tx, caller: &Caller, id: ApprovalId) -> Result<(Scope, ApprovalRequest)> {
    let (_, request) = seen(tx, caller, id).await?;
    tx.hold_incident(&for_node(request.organisation), request.incident).await?;
    seen(tx, caller, id).await
}

/// The caller with the functions of this moment: whoever lost one since they signed in cannot use it.
pub(super) async fn decider(tx: &mut Tx, caller: &Caller, user: model::UserId) -> Result<Person> {
    let stands = tx.user(&for_node(caller.organisation), user).await?;
    let stands = stands.filter(|user| user.state != UserState::Disabled);
    let functions = stands.ok_or(Error::NotSignedIn)?.functions;
    Ok(Person { user, organisation: caller.organisation, functions })
}
