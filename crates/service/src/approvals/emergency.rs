//! File in an emergency without a complete approval: possible where the chain lets, and never unseen.

use model::{ApprovalId, ApprovalState, Caller, DutyKey, FilingId, Happening, IncidentId};
use policy::{Action, Denied, Scope, permit};
use store::{ApprovalOverride, Tx};

use super::{
    decide::decider,
    gate::{Pass, chain_for, gate},
    tell,
};
use crate::{
    Service, chance,
    error::{Error, Result},
    filings::file_stage::{Act, Leave},
    incidents::situation::Situation,
    inform::person,
    said::{LONGEST, said},
    view::{FileStage, Filed, OverrideStage},
};

/// The shortest reason, in characters: a full stop explains nothing to those who read it in a year.
const SHORTEST_REASON: usize = 10;

impl Service {
    /// Files a stage without the approval that its chain wants, with a reason. Leaves a mark that nothing
    /// removes, and tells all approvers and administrators. A repeat with the same `idempotency` key files
    /// nothing new.
    ///
    /// # Errors
    /// [`Error::Refused`] when no approval is wanted, when it is there, or when the chain does not let the
    /// caller; else as for a filing.
    pub async fn override_stage(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        input: OverrideStage,
        idempotency: Option<&str>,
    ) -> Result<Filed> {
        let scope = permit(caller, Action::OverrideApproval)?;
        let reason = said("reason", &input.reason, SHORTEST_REASON..=LONGEST)?;
        let base_revision = match input.base_revision {
            Some(revision) => revision,
            None => self.asked_revision(&scope, (id, key)).await?,
        };
        let OverrideStage { recipient, also, late_reason, .. } = input;
        let input = FileStage { base_revision, recipient, also, late_reason };
        let act = Act { input, idempotency, leave: Leave::Emergency(reason) };
        self.file_with(caller, &scope, (id, key), act).await
    }

    /// The revision of the record, when what would be filed is still what somebody asked to approve.
    async fn asked_revision(&self, scope: &Scope, (id, key): (IncidentId, &DutyKey)) -> Result<i64> {
        let mut tx = self.store.read().await?;
        let incident = tx.incident(scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let revision = incident.revision;
        let situation = Situation::read(&mut tx, scope, incident).await?;
        let requests = tx.approvals_of(scope, id).await?;
        let asked =
            requests.iter().find(|request| request.duty == *key && request.state == ApprovalState::Pending);
        match asked {
            Some(request) if !self.is_changed(request, &situation, self.clock.now())? => Ok(revision),
            Some(_) | None => Err(Error::invalid(
                "base_revision",
                "seen",
                "no request for approval shows what would be filed now: look at the preview and name its revision",
            )),
        }
    }
}

/// Lets an emergency pass that the chain lets.
///
/// # Errors
/// [`Error::Refused`] with the reason.
pub(crate) async fn emergency(
    tx: &mut Tx,
    (caller, scope): (&Caller, &Scope),
    (incident, key): (IncidentId, &DutyKey),
    digest: &str,
    input: &FileStage,
) -> Result<Pass> {
    let Some(kept) = chain_for(tx, scope, incident, key).await? else {
        return Err(Error::Refused("no approval is wanted for this stage: file it as usual".to_owned()));
    };
    let user = person(caller).ok_or(Denied(Action::OverrideApproval))?;
    let functions = decider(tx, caller, user).await?.functions;
    if !kept.chain.emergency.lets(&functions) {
        return Err(Error::Refused(
            "the approval chain of your organisation does not let you file without approval".to_owned(),
        ));
    }
    match gate(tx, scope, (incident, key), digest, input).await {
        Ok(_) => Err(Error::Refused("this filing is approved: file it as usual".to_owned())),
        Err(Error::Refused(_)) => Ok(Pass::Emergency),
        Err(error) => Err(error),
    }
}

impl Service {
    /// Writes the mark of a filing that left without approval, and tells those who should have approved.
    pub(crate) async fn mark_override(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        (incident, key): (IncidentId, &DutyKey),
        (reason, filings): (&str, &[FilingId]),
    ) -> Result<()> {
        let now = self.clock.now();
        for filing in filings {
            let mark = ApprovalOverride {
                id: ApprovalId::new(now, chance::for_id()),
                incident,
                filing: *filing,
                duty: key.clone(),
                at: now,
                by: caller.actor(),
                reason: reason.to_owned(),
            };
            tx.insert_override(scope, &mark).await?;
            let happening = Happening::ApprovalOverridden { incident, filing: *filing, duty: key.clone() };
            self.happened(tx, caller, happening).await?;
            let title = self.override_view(mark).title;
            tell::overridden(tx, caller.organisation, (&title, &caller.name, *filing), now).await?;
        }
        Ok(())
    }
}
