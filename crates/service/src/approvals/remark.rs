//! Ask and answer about a request, and take it back.

use model::{ApprovalId, ApprovalState, Caller};
use policy::{Action, for_node, permit};
use store::{ApprovalAct, ApprovalEntry};

use super::{
    decide::{held, seen},
    gate::withdraw,
    tell,
};
use crate::{
    Service, chance,
    error::{Error, Result},
    idempotency::Repeat,
    incidents::{project::project_duties, situation::Situation},
    said::{LONGEST, said},
    view::{ApprovalView, RemarkApproval},
};

impl Service {
    /// Says something about a request; everybody in its chain reads it. A repeat with the same `idempotency`
    /// key says nothing twice.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for an empty or overlong text; [`Error::Denied`] for those who
    /// only read.
    pub async fn remark_approval(
        &self,
        caller: &Caller,
        id: ApprovalId,
        input: RemarkApproval,
        idempotency: Option<&str>,
    ) -> Result<ApprovalView> {
        let mut tx = self.store.write().await?;
        let (scope, request) = held(&mut tx, caller, id).await?;
        if !may_speak(caller) {
            return Err(policy::Denied(Action::DecideApprovals).into());
        }
        let text = said("text", &input.text, 1..=LONGEST)?;
        let repeat = Repeat::of((caller, &scope), "remark_approval", idempotency, &(id, &input))?;
        if repeat.answer::<ApprovalId>(&mut tx).await?.is_none() {
            let now = self.clock.now();
            let entry = ApprovalEntry {
                id: ApprovalId::new(now, chance::for_id()),
                request: id,
                at: now,
                organisation: caller.organisation,
                by: caller.actor(),
                act: ApprovalAct::Remarked,
                text: Some(text),
            };
            tx.insert_approval_entry(&scope, &entry).await?;
            tell::remarked(&mut tx, &request, (&caller.name, entry.id), now).await?;
            repeat.remember(&mut tx, &id, now).await?;
            tx.commit().await?;
        }
        self.approval(caller, id).await
    }

    /// Takes a request back that still stands.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Refused`] when it no longer stands.
    pub async fn withdraw_approval(&self, caller: &Caller, id: ApprovalId) -> Result<ApprovalView> {
        let scope = permit(caller, Action::FileStage)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let (_, request) = held(&mut tx, caller, id).await?;
        if request.organisation != caller.organisation {
            return Err(Error::NotFound("request for approval"));
        }
        if !withdraw(&mut tx, &scope, &request, now).await? {
            return Err(Error::Refused(
                "this request no longer stands: there is nothing to take back".to_owned(),
            ));
        }
        let entry = ApprovalEntry {
            id: ApprovalId::new(now, chance::for_id()),
            request: id,
            at: now,
            organisation: caller.organisation,
            by: caller.actor(),
            act: ApprovalAct::Withdrew,
            text: None,
        };
        tx.insert_approval_entry(&scope, &entry).await?;
        self.note_withdrawn(&mut tx, (Some(caller), caller.organisation), &request).await?;
        tell::withdrawn(&mut tx, &request, Some(&caller.name), now).await?;
        if let Some(incident) = tx.incident(&scope, request.incident).await? {
            let situation = Situation::read(&mut tx, &scope, incident).await?;
            let duties = situation.duties(&self.laws(&situation.incident), now);
            project_duties(&mut tx, &scope, &situation.incident, &duties, (Some(&caller.actor()), now))
                .await?;
        }
        tx.commit().await?;
        self.approval(caller, id).await
    }

    /// Notes that somebody whose decision counts has looked at a request that still waits.
    pub(super) async fn note_look(&self, caller: &Caller, id: ApprovalId) -> Result<()> {
        let mut tx = self.store.write().await?;
        let (scope, request) = seen(&mut tx, caller, id).await?;
        tx.hold_incident(&for_node(request.organisation), request.incident).await?;
        let now = self.clock.now();
        let entry = ApprovalEntry {
            id: ApprovalId::new(now, chance::for_id()),
            request: id,
            at: now,
            organisation: caller.organisation,
            by: caller.actor(),
            act: ApprovalAct::Looked,
            text: None,
        };
        if tx.insert_approval_entry(&scope, &entry).await? {
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Whether the caller may say something: those who ask and those who decide, persons and machines.
pub(super) fn may_speak(caller: &Caller) -> bool {
    permit(caller, Action::DecideApprovals).is_ok()
        || permit(caller, Action::FileStage).is_ok()
        || permit(caller, Action::KeepApprovalChain).is_ok()
}

/// Whether a request in this state can be taken back.
pub(super) fn may_be_taken_back(caller: &Caller, state: ApprovalState) -> bool {
    let standing = [ApprovalState::Pending, ApprovalState::Approved].contains(&state);
    standing && permit(caller, Action::FileStage).is_ok()
}
