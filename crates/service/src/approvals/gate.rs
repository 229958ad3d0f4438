//! What stands in the way of every filing.

use model::{
    ApprovalId, ApprovalState, Caller, DutyKey, FilingId, Happening, IncidentId, Instant, OrganisationId,
};
use policy::Scope;
use store::{ApprovalRequest, KeptChain, Tx};

use super::tell;
use crate::{
    Service,
    error::{Error, Result},
    incidents::situation::Situation,
    view::FileStage,
};

/// What lets a filing pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// No chain covers the stage.
    Free,
    /// A complete approval of exactly this.
    Approved(ApprovalId),
    /// Nothing: an emergency. The mark is written beside it.
    Emergency,
}

/// The chain that covers the filings of `key` of `incident`: the incident's own, else the organisation's.
pub(super) async fn chain_for(
    tx: &mut Tx,
    scope: &Scope,
    incident: IncidentId,
    key: &DutyKey,
) -> Result<Option<KeptChain>> {
    Ok(chain_of(tx, scope, incident).await?.filter(|kept| kept.chain.covers(key)))
}

/// The chain of `incident`: its own, else the organisation's.
pub(super) async fn chain_of(tx: &mut Tx, scope: &Scope, incident: IncidentId) -> Result<Option<KeptChain>> {
    match tx.approval_chain(scope, Some(incident)).await? {
        Some(own) => Ok(Some(own)),
        None => Ok(tx.approval_chain(scope, None).await?),
    }
}

/// Lets a filing pass whose content, recipients, marks and reason of lateness are approved to the letter.
/// `digest` is that of the stage as it stands for all its recipients. The incident is held by the caller: what
/// passes here is what is filed.
///
/// # Errors
/// [`Error::Refused`] with what is wanted first.
pub(crate) async fn gate(
    tx: &mut Tx,
    scope: &Scope,
    (incident, key): (IncidentId, &DutyKey),
    digest: &str,
    input: &FileStage,
) -> Result<Pass> {
    if chain_for(tx, scope, incident, key).await?.is_none() {
        return Ok(Pass::Free);
    }
    let requests = tx.approvals_of(scope, incident).await?;
    let of_stage = || requests.iter().filter(|request| request.duty == *key);
    let Some(approved) = of_stage().find(|request| request.state == ApprovalState::Approved) else {
        return Err(Error::Refused(why_not(of_stage().next())));
    };
    if approved.frozen.digest != digest {
        return Err(Error::Refused(
            "what would be filed is no longer what was approved: ask for approval again".to_owned(),
        ));
    }
    let reason = input.late_reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some() && reason != approved.frozen.late_reason.as_deref() {
        return Err(Error::Refused(
            "the reason for the delay is part of what is filed, and this one was not approved: ask for approval \
             again with the reason"
                .to_owned(),
        ));
    }
    let spent = tx.approval_uses(scope, approved.id).await?;
    let again = |recipient: &OrganisationId| spent.iter().any(|(used, _)| used == recipient);
    if std::iter::once(&input.recipient).chain(&input.also).any(again) {
        return Err(Error::Refused(
            "this approval was used for that recipient already: a further filing needs an approval of its own"
                .to_owned(),
        ));
    }
    Ok(Pass::Approved(approved.id))
}

fn why_not(last: Option<&ApprovalRequest>) -> String {
    let why = match last.map(|request| request.state) {
        Some(ApprovalState::Pending) => "the approval of this filing is asked for and not complete yet",
        Some(ApprovalState::Returned) => {
            "this filing was sent back: mend what the remark says and ask for approval again"
        }
        Some(ApprovalState::Withdrawn) => {
            "the approval of this filing no longer stands, since its content was changed or it was taken back: ask \
             for approval again"
        }
        Some(ApprovalState::Filed | ApprovalState::Approved) => {
            "a further filing of this stage needs an approval of its own: ask for it first"
        }
        None => "the approval chain of your organisation wants this filing approved: ask for approval first",
    };
    why.to_owned()
}

/// Notes what a filing used; once everybody has it the request is done. What else was asked for the stage no
/// longer waits.
pub(crate) async fn used(
    tx: &mut Tx,
    scope: &Scope,
    (incident, key): (IncidentId, &DutyKey),
    (pass, filings): (Pass, &[(OrganisationId, FilingId)]),
    now: Instant,
) -> Result<()> {
    let approved = match pass {
        Pass::Approved(request) => Some(request),
        Pass::Free | Pass::Emergency => None,
    };
    let requests = tx.approvals_of(scope, incident).await?;
    for request in requests.into_iter().filter(|request| request.duty == *key) {
        if Some(request.id) == approved {
            for (recipient, filing) in filings {
                tx.use_approval(scope, request.id, (*recipient, *filing)).await?;
            }
            if tx.approval_uses(scope, request.id).await?.len() >= request.frozen.copies.len() {
                let done = (ApprovalState::Approved, ApprovalState::Filed);
                tx.set_approval_state(scope, request.id, done, now).await?;
            }
        } else {
            withdraw(tx, scope, &request, now).await?;
        }
    }
    Ok(())
}

/// Withdraws a request that still stands; whether it did.
pub(super) async fn withdraw(
    tx: &mut Tx,
    scope: &Scope,
    request: &ApprovalRequest,
    now: Instant,
) -> Result<bool> {
    let standing = [ApprovalState::Pending, ApprovalState::Approved].contains(&request.state);
    let change = (request.state, ApprovalState::Withdrawn);
    Ok(standing && tx.set_approval_state(scope, request.id, change, now).await?)
}

impl Service {
    /// Withdraws what was asked or approved of the incident and is no longer what would be filed. Called in the
    /// transaction of every change of the record, with the record as it stands after it; the stages that no
    /// longer wait for approval are taken out of `situation`.
    pub(crate) async fn withdraw_changed(
        &self,
        tx: &mut Tx,
        (caller, scope): (Option<&Caller>, &Scope),
        situation: &mut Situation,
        now: Instant,
    ) -> Result<()> {
        for request in tx.approvals_of(scope, situation.incident.id).await? {
            if !self.is_changed(&request, situation, now)? || !withdraw(tx, scope, &request, now).await? {
                continue;
            }
            situation.in_approval.remove(&request.duty);
            self.note_withdrawn(tx, (caller, scope.organisation()), &request).await?;
            tell::withdrawn(tx, &request, caller.map(|caller| caller.name.as_str()), now).await?;
        }
        Ok(())
    }

    /// Whether a standing request is no longer what would be filed.
    pub(super) fn is_changed(
        &self,
        request: &ApprovalRequest,
        situation: &Situation,
        now: Instant,
    ) -> Result<bool> {
        if ![ApprovalState::Pending, ApprovalState::Approved].contains(&request.state) {
            return Ok(false);
        }
        match crate::filings::prepare::Prepared::of(
            &self.laws(&situation.incident),
            situation,
            &request.duty,
            now,
        ) {
            Ok(prepared) => Ok(super::digest(&prepared)? != request.frozen.digest),
            // The law no longer knows the stage: nothing can be filed any more.
            Err(Error::NotFound(_)) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Writes the event of a withdrawal into the audit of the organisation whose filing it is.
    pub(super) async fn note_withdrawn(
        &self,
        tx: &mut Tx,
        (caller, organisation): (Option<&Caller>, OrganisationId),
        request: &ApprovalRequest,
    ) -> Result<()> {
        let happening = Happening::ApprovalWithdrawn {
            approval: request.id,
            incident: request.incident,
            duty: request.duty.clone(),
        };
        match caller {
            Some(caller) => self.happened(tx, caller, happening).await,
            None => self.node_did(tx, Some(organisation), happening).await,
        }
    }
}
