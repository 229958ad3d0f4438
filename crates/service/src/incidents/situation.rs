//! Everything the law wants to know about one incident, read in one transaction.

use std::sync::Arc;

use model::{Incident, Instant, Organisation, OrganisationId, Role};
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
}

/// What every incident of an organisation shares.
pub(crate) struct Surroundings {
    organisation: Organisation,
    directory: Arc<[DirectoryEntry]>,
}

impl Surroundings {
    /// Reads what the incidents of `organisation`, which lies in `scope`, share.
    pub(crate) async fn read(tx: &mut Tx, scope: &Scope, organisation: OrganisationId) -> Result<Self> {
        let organisation =
            tx.organisation(scope, organisation).await?.ok_or(Error::NotFound("organisation"))?;
        Ok(Self { organisation, directory: directory(tx, scope).await?.into() })
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
        Ok(Self { case, incident, directory: Arc::clone(&surroundings.directory) })
    }

    /// Every duty at `now`, least time left first.
    pub(crate) fn duties(&self, library: &Library, now: Instant) -> Vec<Duty> {
        regime::duties(library, &self.case, &self.directory, now)
    }
}

/// The organisations of this node that hold a role of an authority.
pub(crate) async fn directory(tx: &mut Tx, scope: &Scope) -> Result<Vec<DirectoryEntry>> {
    let authorities: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.is_authority()).collect();
    Ok(directory_of(&tx.organisations_holding(scope, &authorities).await?))
}

async fn submissions(tx: &mut Tx, scope: &Scope, incident: &Incident) -> Result<Vec<Submission>> {
    let filings = tx.filing_marks(scope, incident.id).await?;
    Ok(filings
        .into_iter()
        .map(|filing| Submission {
            acknowledged: filing.state != FilingState::Filed,
            duty: filing.duty,
            at: filing.filed_at,
        })
        .collect())
}

async fn requests(tx: &mut Tx, scope: &Scope, incident: &Incident) -> Result<Vec<Request>> {
    let requests = tx.requests(scope, incident.id).await?;
    Ok(requests
        .into_iter()
        .map(|request| Request { duty: request.duty, at: request.at, due: request.due_at })
        .collect())
}
