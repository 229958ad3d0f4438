//! Ask for the approval of a stage.

use model::{
    ApprovalId, ApprovalState, Caller, DutyKey, Happening, IncidentId, Instant, Party, Subject, UserId,
    approval::{FrozenRequest, Opening, fulfillable},
};
use policy::{Action, Scope, permit};
use store::{ApprovalRequest, KeptChain, Tx};

use super::{
    cast::Cast,
    freeze::{digest, frozen_copies, since_last_filing},
    gate::{chain_for, withdraw},
    tell,
};
use crate::{
    Service, chance,
    error::{Error, Result},
    filings::prepare::Prepared,
    idempotency::Repeat,
    incidents::{project::project_duties, situation::Situation},
    inform::person,
    said::{LONGEST, said_if_any},
    view::{ApprovalView, AskApproval},
};

/// The field of the vocabulary that says why a filing is late.
const LATE_REASON: &str = "late_reason";

impl Service {
    /// Asks for the approval of the stage `key`, for all its recipients: what each would get is frozen. A
    /// request of the same stage that stands is withdrawn. A repeat with the same `idempotency` key asks
    /// nothing twice.
    ///
    /// # Errors
    /// [`Error::Refused`] when no approval is wanted or nobody could give it; [`Error::Invalid`] for what is
    /// missing or wrong; [`Error::Conflict`] when the record has changed since the caller's preview.
    pub async fn ask_approval(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        input: AskApproval,
        idempotency: Option<&str>,
    ) -> Result<ApprovalView> {
        let scope = permit(caller, Action::FileStage)?;
        let mut tx = self.store.write().await?;
        let repeat = Repeat::of((caller, &scope), "ask_approval", idempotency, &(id, key, &input))?;
        let incident = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        if let Some(request) = repeat.answer(&mut tx).await? {
            drop(tx);
            return self.approval(caller, request).await;
        }
        if incident.revision != input.base_revision {
            return Err(Error::Conflict { revision: incident.revision, conflicts: vec![] });
        }
        let now = self.clock.now();
        let mut situation = Situation::read(&mut tx, &scope, incident).await?;
        let prepared = Prepared::of(&self.laws(&situation.incident), &situation, key, now)?;
        let kept = chain_for(&mut tx, &scope, id, key).await?;
        let kept = kept.ok_or_else(|| {
            Error::Refused("no approval is wanted for this stage: it can be filed as it is".to_owned())
        })?;
        let late_reason = askable(&prepared, &input)?;
        let request = self
            .frozen(&mut tx, (caller, &scope), (&situation, &prepared, kept), (&input, late_reason))
            .await?;
        let changes =
            since_last_filing(&mut tx, &scope, &self.library, (id, key, &request.frozen.copies)).await?;
        tx.insert_approval(&scope, &request, &changes).await?;
        situation.in_approval.insert(key.clone());
        let asked = Happening::ApprovalAsked { approval: request.id, incident: id, duty: key.clone() };
        self.happened(&mut tx, caller, asked).await?;
        let duties = situation.duties(&self.laws(&situation.incident), now);
        project_duties(&mut tx, &scope, &situation.incident, &duties, (Some(&caller.actor()), now)).await?;
        tell::asked(&mut tx, &request, &[], now).await?;
        repeat.remember(&mut tx, &request.id, now).await?;
        tx.commit().await?;
        self.approval(caller, request.id).await
    }

    async fn frozen(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        (situation, prepared, kept): (&Situation, &Prepared, KeptChain),
        (input, late_reason): (&AskApproval, Option<String>),
    ) -> Result<ApprovalRequest> {
        let (id, key, now) = (situation.incident.id, &prepared.duty.key, self.clock.now());
        let directory = permit(caller, Action::ReadDirectory)?;
        let from =
            tx.organisation(&directory, caller.organisation).await?.ok_or(Error::NotFound("organisation"))?;
        let opening = Opening {
            organisation: caller.organisation,
            requester: person(caller),
            editor: last_editor(tx, scope, situation).await?,
            at: now,
        };
        let cast = Cast::of(tx, caller.organisation, &kept.chain).await?;
        can_be_given(&cast, &kept, &opening)?;
        let version = self.supersede(tx, (caller, scope), (id, key), now).await?;
        let copies = frozen_copies(tx, &directory, prepared).await?;
        Ok(ApprovalRequest {
            id: ApprovalId::new(now, chance::for_id()),
            organisation: caller.organisation,
            incident: id,
            duty: key.clone(),
            version,
            state: ApprovalState::Pending,
            asked_at: now,
            changed_at: now,
            frozen: FrozenRequest {
                from: Party { organisation: from.id, name: from.name },
                law: prepared.duty.law.clone(),
                stage_title: prepared.duty.title.clone(),
                article: prepared.duty.article.clone(),
                due_at: prepared.duty.due.as_ref().map(|due| due.at),
                revision: situation.incident.revision,
                by: caller.actor(),
                note: said_if_any("note", input.note.as_deref(), LONGEST)?,
                opening,
                chain: kept.chain,
                copies,
                late_reason,
                digest: digest(prepared)?,
            },
        })
    }

    /// Withdraws what was asked before for the stage; the version of the next request.
    async fn supersede(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        (id, key): (IncidentId, &DutyKey),
        now: Instant,
    ) -> Result<u32> {
        let mut version = 1;
        for request in tx.approvals_of(scope, id).await?.into_iter().filter(|one| one.duty == *key) {
            version = version.max(request.version.saturating_add(1));
            if withdraw(tx, scope, &request, now).await? {
                self.note_withdrawn(tx, (Some(caller), caller.organisation), &request).await?;
                tell::withdrawn(tx, &request, Some(&caller.name), now).await?;
            }
        }
        Ok(version)
    }
}

/// Whether the stage could be filed but for the approval; the reason for the delay, when it is late.
fn askable(prepared: &Prepared, input: &AskApproval) -> Result<Option<String>> {
    if let Some(obstacle) = prepared.obstacle() {
        return Err(Error::Refused(obstacle));
    }
    let complaints = prepared.complaints();
    if !complaints.is_empty() {
        return Err(Error::Invalid(complaints));
    }
    if prepared.copies.is_empty() {
        return Err(Error::Refused("no organisation of this node receives this stage".to_owned()));
    }
    let reason = said_if_any("late_reason", input.late_reason.as_deref(), LONGEST)?;
    let answered =
        prepared.copies.iter().all(|copy| copy.content.values().any(|group| group.contains_key(LATE_REASON)));
    if prepared.late && reason.is_none() && !answered {
        let message = "the deadline has passed: say why, so that the reason is approved too";
        return Err(Error::invalid("late_reason", "required_when_late", message));
    }
    Ok(reason.filter(|_| prepared.late))
}

/// Whether the chain can be fulfilled without those who may not approve their own work.
fn can_be_given(cast: &Cast, kept: &KeptChain, opening: &Opening) -> Result<()> {
    let chain = &kept.chain;
    let barred: Vec<UserId> =
        [opening.requester, opening.editor].into_iter().flatten().filter(|_| chain.distinct).collect();
    let seats = cast.seats(chain, &barred);
    let short = chain
        .steps
        .iter()
        .zip(&seats)
        .find(|(step, (_, people))| u32::try_from(people.len()).unwrap_or(u32::MAX) < step.count);
    if let Some((step, _)) = short {
        return Err(Error::Refused(format!(
            "nobody could complete the step {:?}: it wants {} who neither asked nor edited last. Somebody else has \
             to ask, or the administrator adds people to the step",
            step.name, step.count
        )));
    }
    if !fulfillable(&seats, chain.distinct) {
        return Err(Error::Refused(
            "the steps want more different people than there are: somebody else has to ask, or the administrator \
             adds people to the chain"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Who last changed the record; nobody when it was a machine.
async fn last_editor(tx: &mut Tx, scope: &Scope, situation: &Situation) -> Result<Option<UserId>> {
    let incident = &situation.incident;
    let last = tx.incident_changes(scope, incident.id, incident.revision - 1).await?.pop();
    Ok(last.and_then(|change| match change.by.subject {
        Subject::User(user) => Some(user),
        Subject::Client(_) => None,
    }))
}
