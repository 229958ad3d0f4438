//! Approval chains, and requests for approval.
//!
//! The frozen copy of a request is sealed for the organisation whose filing it is and for the others in its
//! chain; a scope of seats finds the requests in whose chain the organisation sits, and nothing else of them.

use model::{
    ApprovalChain, ApprovalId, ApprovalState, DutyKey, IncidentId, Instant, OrganisationId,
    approval::{FrozenChange, FrozenRequest},
};
use policy::{Scope, ScopeKind};
use uuid::Uuid;
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, Statement, assembled, sql},
    store::Tx,
};

/// A chain as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptChain {
    /// The identifier of this version.
    pub id: ApprovalId,
    /// The incident for which it stands in the place of the organisation's.
    pub incident: Option<IncidentId>,
    /// When it was set.
    pub at: Instant,
    /// The chain.
    pub chain: ApprovalChain,
}

/// A request for approval.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalRequest {
    /// The identifier.
    pub id: ApprovalId,
    /// Whose filing it is.
    pub organisation: OrganisationId,
    /// Of which incident.
    pub incident: IncidentId,
    /// Which stage.
    pub duty: DutyKey,
    /// Counts the requests of the stage, from 1.
    pub version: u32,
    /// How far it is.
    pub state: ApprovalState,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When its state last changed.
    pub changed_at: Instant,
    /// The frozen copy, with the chain.
    pub frozen: FrozenRequest,
}

/// The organisation whose own chains and requests the scope opens.
pub(crate) fn owner(scope: &Scope) -> Option<OrganisationId> {
    match scope.kind() {
        ScopeKind::Own | ScopeKind::Approvals | ScopeKind::Node => Some(scope.organisation()),
        ScopeKind::Received
        | ScopeKind::Directory
        | ScopeKind::Accounts
        | ScopeKind::Registrations
        | ScopeKind::ApprovalSeats => None,
    }
}

pub(crate) fn owner_or(scope: &Scope, what: &'static str) -> Result<OrganisationId> {
    owner(scope).ok_or(Error::OutOfScope(what))
}

/// Which requests `r` the scope opens, `$2` being its organisation.
pub(crate) fn opened(scope: &Scope) -> &'static str {
    if owner(scope).is_some() {
        return "r.organisation = $2";
    }
    match scope.kind() {
        ScopeKind::ApprovalSeats => {
            "EXISTS (SELECT 1 FROM approval_seat s WHERE s.organisation = $2 AND s.request = r.id)"
        }
        ScopeKind::Own
        | ScopeKind::Approvals
        | ScopeKind::Node
        | ScopeKind::Received
        | ScopeKind::Directory
        | ScopeKind::Accounts
        | ScopeKind::Registrations => "1 = 0",
    }
}

pub(crate) fn spot(table: &'static str, id: ApprovalId, owner: OrganisationId) -> Spot {
    Spot::document(table, id.uuid(), owner.into())
}

pub(crate) fn incident_uuid(incident: Option<IncidentId>) -> Uuid {
    incident.map_or(Uuid::nil(), IncidentId::uuid)
}

const REQUEST: &str = "SELECT r.id, r.organisation, r.incident, r.pack, r.track, r.stage, r.version, r.state,
       r.asked_at, r.changed_at, r.document, k.key_id, k.wrapped
  FROM approval_request r
  JOIN data_key k ON k.place_table = 'approval_request' AND k.place_row = r.id
   AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1";

impl Tx {
    /// Sets the chain of the scope's organisation, or of one of its incidents, in the place of the one that
    /// stood there.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no chains.
    pub async fn set_approval_chain(&mut self, scope: &Scope, kept: &KeptChain) -> Result<()> {
        let organisation = owner_or(scope, "the approval chains of this organisation")?;
        self.remove_approval_chain(scope, kept.incident).await?;
        let spot = spot("approval_chain", kept.id, organisation);
        let document = self.seal(spot, &[organisation.into()], &kept.chain).await?;
        self.run(
            sql("INSERT INTO approval_chain (organisation, incident, id, updated_at, document)
                 VALUES ($1, $2, $3, $4, $5)")
            .bind(organisation)
            .bind(incident_uuid(kept.incident))
            .bind(kept.id)
            .bind(kept.at)
            .bind(document),
        )
        .await
        .map(drop)
    }

    /// Takes a chain of the scope's organisation away; false when there was none.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no chains.
    pub async fn remove_approval_chain(
        &mut self,
        scope: &Scope,
        incident: Option<IncidentId>,
    ) -> Result<bool> {
        let organisation = owner_or(scope, "the approval chains of this organisation")?;
        let row = self
            .row(
                sql("SELECT id FROM approval_chain WHERE organisation = $1 AND incident = $2")
                    .bind(organisation)
                    .bind(incident_uuid(incident)),
            )
            .await?;
        let Some(row) = row else { return Ok(false) };
        let id = row.id("id", ApprovalId::from_uuid)?;
        self.erase(spot("approval_chain", id, organisation)).await?;
        self.run(sql("DELETE FROM approval_chain WHERE id = $1").bind(id)).await?;
        Ok(true)
    }

    /// The chain of the scope's organisation, or of one of its incidents.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn approval_chain(
        &mut self,
        scope: &Scope,
        incident: Option<IncidentId>,
    ) -> Result<Option<KeptChain>> {
        let Some(organisation) = owner(scope) else { return Ok(None) };
        let row = self
            .row(
                sql("SELECT c.id, c.updated_at, c.document, k.key_id, k.wrapped FROM approval_chain c
                       JOIN data_key k ON k.place_table = 'approval_chain' AND k.place_row = c.id
                        AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
                      WHERE c.organisation = $2 AND c.incident = $3")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation)
                .bind(incident_uuid(incident)),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id = row.id("id", ApprovalId::from_uuid)?;
        let chain = self.open(&row, spot("approval_chain", id, organisation), organisation.into()).await?;
        Ok(Some(KeptChain { id, incident, at: row.instant("updated_at")?, chain }))
    }

    /// Keeps a request of the scope's organisation, with what changed against the filing before, which no
    /// other organisation sees. Each organisation in the chain holds the frozen copy from then on.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when another organisation asks, [`Error::Taken`] when the version is taken.
    pub async fn insert_approval(
        &mut self,
        scope: &Scope,
        request: &ApprovalRequest,
        changes: &[FrozenChange],
    ) -> Result<()> {
        if owner(scope) != Some(request.organisation) {
            return Err(Error::OutOfScope("the approvals of this organisation"));
        }
        let mut seats: Vec<OrganisationId> = request.frozen.chain.others().collect();
        seats.push(request.organisation);
        seats.sort_unstable();
        seats.dedup();
        let holders: Vec<Holder> = seats.iter().map(|seat| (*seat).into()).collect();
        let place = spot("approval_request", request.id, request.organisation);
        let document = self.seal(place, &holders, &request.frozen).await?;
        let aside = self.seal(place.column("aside"), &[request.organisation.into()], &changes).await?;
        self.run(
            sql("INSERT INTO approval_request (organisation, id, incident, pack, track, stage, version,
                                               state, files_itself, asked_at, changed_at, document, aside)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
            .bind(request.organisation)
            .bind(request.id)
            .bind(request.incident)
            .bind(request.duty.pack.as_str())
            .bind(request.duty.track.as_str())
            .bind(request.duty.stage.as_str())
            .bind(i64::from(request.version))
            .bind(request.state.name())
            .bind(request.frozen.chain.file_when_approved)
            .bind(request.asked_at)
            .bind(request.changed_at)
            .bind(document)
            .bind(aside),
        )
        .await?;
        for seat in seats {
            let statement = sql("INSERT INTO approval_seat (organisation, request) VALUES ($1, $2)");
            self.run(statement.bind(seat).bind(request.id)).await?;
        }
        Ok(())
    }

    /// One request that the scope opens.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn approval(&mut self, scope: &Scope, id: ApprovalId) -> Result<Option<ApprovalRequest>> {
        Ok(self.approvals_where(scope, "r.id = $3", |s| s.bind(id)).await?.pop())
    }

    /// The requests that the scope opens, newest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn approvals(&mut self, scope: &Scope, limit: u32) -> Result<Vec<ApprovalRequest>> {
        let condition = "1 = 1 ORDER BY r.asked_at DESC, r.id DESC LIMIT $3";
        self.approvals_where(scope, condition, |s| s.bind(i64::from(limit))).await
    }

    /// The requests of an incident that the scope opens, newest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn approvals_of(
        &mut self,
        scope: &Scope,
        incident: IncidentId,
    ) -> Result<Vec<ApprovalRequest>> {
        let condition = "r.incident = $3 ORDER BY r.asked_at DESC, r.id DESC";
        self.approvals_where(scope, condition, |s| s.bind(incident)).await
    }

    async fn approvals_where(
        &mut self,
        scope: &Scope,
        condition: &str,
        bind: impl FnOnce(Statement) -> Statement,
    ) -> Result<Vec<ApprovalRequest>> {
        let reader = scope.organisation();
        let text = format!("{REQUEST} WHERE {} AND {condition}", opened(scope));
        let rows = self.rows(bind(assembled(text).bind(holder_uuid(reader.into())).bind(reader))).await?;
        let mut requests = Vec::with_capacity(rows.len());
        for row in rows {
            requests.push(self.open_approval(&row, reader).await?);
        }
        Ok(requests)
    }

    async fn open_approval(&mut self, row: &Row, reader: OrganisationId) -> Result<ApprovalRequest> {
        let id = row.id("id", ApprovalId::from_uuid)?;
        let organisation = row.id("organisation", OrganisationId::from_uuid)?;
        let version: i64 = row.get("version")?;
        Ok(ApprovalRequest {
            id,
            organisation,
            incident: row.id("incident", IncidentId::from_uuid)?,
            duty: row.duty()?,
            version: u32::try_from(version)
                .map_err(|_| Error::Damaged(format!("approval_request.version holds {version}")))?,
            state: row.word("state")?,
            asked_at: row.instant("asked_at")?,
            changed_at: row.instant("changed_at")?,
            frozen: self.open(row, spot("approval_request", id, organisation), reader.into()).await?,
        })
    }

    /// What changed against the filing before when a request of the scope's organisation was frozen.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn approval_changes(&mut self, scope: &Scope, id: ApprovalId) -> Result<Vec<FrozenChange>> {
        let Some(organisation) = owner(scope) else { return Ok(Vec::new()) };
        let row = self
            .row(
                sql("SELECT r.aside, k.key_id, k.wrapped FROM approval_request r
                       JOIN data_key k ON k.place_table = 'approval_request' AND k.place_row = r.id
                        AND k.place_column = 'aside' AND k.revision = 0 AND k.holder = $1
                      WHERE r.organisation = $2 AND r.id = $3")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation)
                .bind(id),
            )
            .await?;
        let Some(row) = row else { return Ok(Vec::new()) };
        let place = spot("approval_request", id, organisation).column("aside");
        self.open(&row, place, organisation.into()).await
    }

    /// Moves a request of the scope's organisation from one state to another; false when it is not in that
    /// state, and then nothing is changed.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no requests.
    pub async fn set_approval_state(
        &mut self,
        scope: &Scope,
        id: ApprovalId,
        (from, to): (ApprovalState, ApprovalState),
        at: Instant,
    ) -> Result<bool> {
        let organisation = owner_or(scope, "the approvals of this organisation")?;
        let statement = sql("UPDATE approval_request SET state = $1, changed_at = $2
                             WHERE organisation = $3 AND id = $4 AND state = $5")
        .bind(to.name())
        .bind(at)
        .bind(organisation)
        .bind(id)
        .bind(from.name());
        Ok(self.run(statement).await? > 0)
    }

    /// The stages of the scope's organisation that wait for an approval.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn stages_in_approval(&mut self, scope: &Scope) -> Result<Vec<(IncidentId, DutyKey)>> {
        let Some(organisation) = owner(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT incident, pack, track, stage FROM approval_request
                     WHERE organisation = $1 AND state = 'pending'")
                .bind(organisation),
            )
            .await?;
        rows.iter().map(|row| Ok((row.id("incident", IncidentId::from_uuid)?, row.duty()?))).collect()
    }

    /// Requests of any organisation that wait for somebody, or that are approved and file themselves, longest
    /// waiting first: the node's own rounds name each by its own scope.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn approvals_to_look_after(&mut self, limit: u32) -> Result<Vec<(OrganisationId, ApprovalId)>> {
        let rows = self
            .rows(
                sql("SELECT organisation, id FROM approval_request
                     WHERE state = 'pending' OR (state = 'approved' AND files_itself = TRUE)
                     ORDER BY asked_at, id LIMIT $1")
                .bind(i64::from(limit)),
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok((row.id("organisation", OrganisationId::from_uuid)?, row.id("id", ApprovalId::from_uuid)?))
            })
            .collect()
    }
}
