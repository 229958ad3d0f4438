//! Everything the law wants to know about one incident, read in one transaction.

use std::{collections::BTreeSet, sync::Arc};

use model::{DutyKey, DutyState, Incident, IncidentId, Instant, Organisation, OrganisationId, Role};
use policy::Scope;
use regime::{Case, DirectoryEntry, Duty, Library, Request, Submission};
use store::{FilingState, Tx};

use crate::{
    case::{case_of, directory_of},
    error::{Error, Result},
};

/// An incident, its entity, its filings, and who could receive more.
pub(crate) struct Situation {
    /// The record.
    pub incident: Incident,
    /// What `regime` decides on.
    pub case: Case,
    /// Organisations that can receive.
    pub directory: Arc<[DirectoryEntry]>,
    /// The stages that wait for an approval.
    pub in_approval: BTreeSet<DutyKey>,
}

/// What every incident of an organisation shares.
pub(crate) struct Surroundings {
    organisation: Organisation,
    directory: Arc<[DirectoryEntry]>,
    in_approval: Vec<(IncidentId, DutyKey)>,
}

impl Surroundings {
    /// Reads what the incidents of `organisation`, which lies in `scope`, share.
    pub(crate) async fn read(tx: &mut Tx, scope: &Scope, organisation: OrganisationId) -> Result<Self> {
        let organisation =
            tx.organisation(scope, organisation).await?.ok_or(Error::NotFound("organisation"))?;
        let in_approval = tx.stages_in_approval(scope).await?;
        Ok(Self { organisation, directory: directory(tx, scope).await?.into(), in_approval })
    }

    /// The case of an incident, without what was filed and asked for.
    pub(crate) fn bare_case(&self, incident: &Incident) -> Case {
        case_of(incident, &self.organisation, vec![], vec![])
    }
}

impl Situation {
    /// Reads around `incident`, which lies in `scope`.
    pub(crate) async fn read(tx: &mut Tx, scope: &Scope, incident: Incident) -> Result<Self> {
        let surroundings = Surroundings::read(tx, scope, incident.organisation).await?;
        Self::within(tx, scope, incident, &surroundings).await
    }

    /// As [`Self::read`], when the surroundings are read already.
    pub(crate) async fn within(
        tx: &mut Tx,
        scope: &Scope,
        incident: Incident,
        surroundings: &Surroundings,
    ) -> Result<Self> {
        let submissions = submissions(tx, scope, &incident).await?;
        let requests = requests(tx, scope, &incident).await?;
        let case = case_of(&incident, &surroundings.organisation, submissions, requests);
        let waits = surroundings.in_approval.iter().filter(|(of, _)| *of == incident.id);
        let in_approval = waits.map(|(_, duty)| duty.clone()).collect();
        Ok(Self { case, incident, directory: Arc::clone(&surroundings.directory), in_approval })
    }

    /// Every duty at `now`, in the order of the laws.
    pub(crate) fn duties(&self, library: &Library, now: Instant) -> Vec<Duty> {
        let mut duties = regime::duties(library, &self.case, &self.directory, now);
        for duty in duties.iter_mut().filter(|duty| self.in_approval.contains(&duty.key)) {
            // What is late stays late, whoever it waits for.
            if matches!(duty.state, DutyState::Due | DutyState::Drafted) {
                duty.state = DutyState::InApproval;
            }
        }
        duties
    }
}

/// The organisations of this node that hold a role of an authority.
pub(crate) async fn directory(tx: &mut Tx, scope: &Scope) -> Result<Vec<DirectoryEntry>> {
    let authorities: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.is_authority()).collect();
    Ok(directory_of(&tx.organisations_holding(scope, &authorities).await?))
}

/// What was filed, each act once: a stage that went to several recipients at one instant was filed once,
/// and is acknowledged when all of them did so. Beside what was filed here stands what the record says was filed
/// elsewhere; nobody acknowledges that.
async fn submissions(tx: &mut Tx, scope: &Scope, incident: &Incident) -> Result<Vec<Submission>> {
    let mut submissions: Vec<Submission> = Vec::new();
    for filing in tx.filing_marks(scope, incident.id).await? {
        if filing.for_information {
            continue;
        }
        let acknowledged = filing.state != FilingState::Filed;
        let corrects = filing.version > 1;
        let same =
            submissions.iter_mut().find(|other| other.duty == filing.duty && other.at == filing.filed_at);
        match same {
            Some(act) => {
                act.acknowledged &= acknowledged;
                act.corrects &= corrects;
            }
            None => {
                let (duty, at) = (filing.duty, filing.filed_at);
                submissions.push(Submission { duty, at, acknowledged, corrects });
            }
        }
    }
    for filed in &incident.elsewhere {
        let (duty, at) = (filed.duty.clone(), filed.at);
        submissions.push(Submission { duty, at, acknowledged: false, corrects: false });
    }
    if !incident.elsewhere.is_empty() {
        submissions.sort_by_key(|submission| submission.at);
        let mut before = BTreeSet::new();
        for submission in &mut submissions {
            submission.corrects |= !before.insert(submission.duty.clone());
        }
    }
    Ok(submissions)
}

async fn requests(tx: &mut Tx, scope: &Scope, incident: &Incident) -> Result<Vec<Request>> {
    let requests = tx.requests(scope, incident.id).await?;
    Ok(requests
        .into_iter()
        .map(|request| Request { duty: request.duty, at: request.at, due: request.due_at })
        .collect())
}
