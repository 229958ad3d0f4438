//! What was done and said about a request for approval, where it was used, and filings that left without.

use model::{
    Actor, ApprovalId, ApprovalVerdict, DutyKey, FilingId, IncidentId, Instant, OrganisationId, Subject,
};
use policy::Scope;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::Holder;

use crate::{
    approvals::{incident_uuid, opened, owner, owner_or, spot},
    error::{Error, Result},
    sealed::holder_uuid,
    statement::{assembled, sql},
    store::Tx,
};

/// What somebody did with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApprovalAct {
    /// Opened it for the first time.
    Looked,
    /// Decided, at a step of the chain.
    Decided {
        /// The step, from 0.
        step: usize,
        /// What.
        verdict: ApprovalVerdict,
    },
    /// Asked or answered.
    Remarked,
    /// Took it back, or changed what was frozen.
    Withdrew,
}

impl ApprovalAct {
    const fn name(&self) -> &'static str {
        match self {
            Self::Looked => "looked",
            Self::Decided { verdict: ApprovalVerdict::Approved, .. } => "approved",
            Self::Decided { verdict: ApprovalVerdict::Returned, .. } => "returned",
            Self::Remarked => "remarked",
            Self::Withdrew => "withdrew",
        }
    }

    fn read(name: &str, step: Option<usize>) -> Result<Self> {
        let decided = |verdict| step.map(|step| Self::Decided { step, verdict });
        let act = match name {
            "looked" => Some(Self::Looked),
            "approved" => decided(ApprovalVerdict::Approved),
            "returned" => decided(ApprovalVerdict::Returned),
            "remarked" => Some(Self::Remarked),
            "withdrew" => Some(Self::Withdrew),
            _ => None,
        };
        act.ok_or_else(|| Error::Damaged(format!("approval_entry.kind holds {name:?}")))
    }
}

/// One line of what was done and said about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalEntry {
    /// The identifier.
    pub id: ApprovalId,
    /// The request.
    pub request: ApprovalId,
    /// When.
    pub at: Instant,
    /// For which organisation the actor acted.
    pub organisation: OrganisationId,
    /// Who.
    pub by: Actor,
    /// What.
    pub act: ApprovalAct,
    /// The words.
    pub text: Option<String>,
}

/// A filing that left without the approval that its chain asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalOverride {
    /// The identifier.
    pub id: ApprovalId,
    /// The incident.
    pub incident: IncidentId,
    /// The filing.
    pub filing: FilingId,
    /// Which stage.
    pub duty: DutyKey,
    /// When.
    pub at: Instant,
    /// Who did it.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

#[derive(Serialize, Deserialize)]
struct EntryDocument {
    organisation: OrganisationId,
    by: Actor,
    step: Option<usize>,
    text: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct OverrideDocument {
    by: Actor,
    reason: String,
}

impl Tx {
    /// Writes down what somebody of the scope's organisation did with a request that the scope opens; false
    /// when it was a look and they had looked before.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no such request, or another organisation acts.
    pub async fn insert_approval_entry(&mut self, scope: &Scope, entry: &ApprovalEntry) -> Result<bool> {
        let text =
            format!("SELECT r.organisation FROM approval_request r WHERE r.id = $1 AND {}", opened(scope));
        let row = self.row(assembled(text).bind(entry.request).bind(scope.organisation())).await?;
        let row = row.ok_or(Error::OutOfScope("this request for approval"))?;
        if entry.organisation != scope.organisation() {
            return Err(Error::OutOfScope("what another organisation says"));
        }
        let organisation = row.id("organisation", OrganisationId::from_uuid)?;
        let seats = self
            .rows(sql("SELECT organisation FROM approval_seat WHERE request = $1").bind(entry.request))
            .await?;
        let mut holders = Vec::with_capacity(seats.len());
        for seat in seats {
            holders.push(Holder::from(seat.id("organisation", OrganisationId::from_uuid)?));
        }
        let step = match entry.act {
            ApprovalAct::Decided { step, .. } => Some(step),
            ApprovalAct::Looked | ApprovalAct::Remarked | ApprovalAct::Withdrew => None,
        };
        let document = EntryDocument {
            organisation: entry.organisation,
            by: entry.by.clone(),
            step,
            text: entry.text.clone(),
        };
        let place = spot("approval_entry", entry.id, organisation);
        let sealed = self.seal_only(place, &holders, &document).await?;
        let inserted = self
            .run(
                sql("INSERT INTO approval_entry (organisation, id, request, kind, subject, at, document)
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING")
                .bind(organisation)
                .bind(entry.id)
                .bind(entry.request)
                .bind(entry.act.name())
                .bind(subject_uuid(entry.by.subject))
                .bind(entry.at)
                .bind(sealed.bytes),
            )
            .await?;
        if inserted == 0 {
            return Ok(false);
        }
        self.keep_keys(&[(place, sealed.keys)]).await?;
        Ok(true)
    }

    /// What was done and said about a request that the scope opens, oldest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a line does not open.
    pub async fn approval_entries(&mut self, scope: &Scope, id: ApprovalId) -> Result<Vec<ApprovalEntry>> {
        let text = format!(
            "SELECT e.id, e.organisation, e.kind, e.at, e.document, k.key_id, k.wrapped
               FROM approval_entry e
               JOIN approval_request r ON r.id = e.request
               JOIN data_key k ON k.place_table = 'approval_entry' AND k.place_row = e.id
                AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
              WHERE e.request = $3 AND {} ORDER BY e.at, e.id",
            opened(scope)
        );
        let reader = scope.organisation();
        let statement = assembled(text).bind(holder_uuid(reader.into())).bind(reader).bind(id);
        let rows = self.rows(statement).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let entry = row.id("id", ApprovalId::from_uuid)?;
            let owner = row.id("organisation", OrganisationId::from_uuid)?;
            let place = spot("approval_entry", entry, owner);
            let document: EntryDocument = self.open(&row, place, reader.into()).await?;
            entries.push(ApprovalEntry {
                id: entry,
                request: id,
                at: row.instant("at")?,
                organisation: document.organisation,
                by: document.by,
                act: ApprovalAct::read(&row.get::<String>("kind")?, document.step)?,
                text: document.text,
            });
        }
        Ok(entries)
    }

    /// Notes that a filing of the scope's organisation used an approval.
    ///
    /// # Errors
    /// [`Error::Taken`] when the approval was used for this recipient already.
    pub async fn use_approval(
        &mut self,
        scope: &Scope,
        id: ApprovalId,
        (recipient, filing): (OrganisationId, FilingId),
    ) -> Result<()> {
        let organisation = owner_or(scope, "the approvals of this organisation")?;
        self.run(
            sql(
                "INSERT INTO approval_use (organisation, request, recipient, filing) VALUES ($1, $2, $3, $4)",
            )
            .bind(organisation)
            .bind(id)
            .bind(recipient)
            .bind(filing),
        )
        .await
        .map(drop)
    }

    /// The recipients for which an approval of the scope's organisation was used.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn approval_uses(
        &mut self,
        scope: &Scope,
        id: ApprovalId,
    ) -> Result<Vec<(OrganisationId, FilingId)>> {
        let Some(organisation) = owner(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT recipient, filing FROM approval_use WHERE organisation = $1 AND request = $2
                     ORDER BY filing")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok((row.id("recipient", OrganisationId::from_uuid)?, row.id("filing", FilingId::from_uuid)?))
            })
            .collect()
    }

    /// Keeps the mark of a filing of the scope's organisation that left without approval. Nothing removes it.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no approvals.
    pub async fn insert_override(&mut self, scope: &Scope, mark: &ApprovalOverride) -> Result<()> {
        let organisation = owner_or(scope, "the approvals of this organisation")?;
        let place = spot("approval_override", mark.id, organisation);
        let document = OverrideDocument { by: mark.by.clone(), reason: mark.reason.clone() };
        let document = self.seal(place, &[organisation.into()], &document).await?;
        self.run(
            sql("INSERT INTO approval_override
                   (organisation, id, incident, filing, pack, track, stage, at, document)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
            .bind(organisation)
            .bind(mark.id)
            .bind(mark.incident)
            .bind(mark.filing)
            .bind(mark.duty.pack.as_str())
            .bind(mark.duty.track.as_str())
            .bind(mark.duty.stage.as_str())
            .bind(mark.at)
            .bind(document),
        )
        .await
        .map(drop)
    }

    /// The filings of the scope's organisation that left without approval, of one incident or of all,
    /// newest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a mark does not open.
    pub async fn overrides(
        &mut self,
        scope: &Scope,
        incident: Option<IncidentId>,
    ) -> Result<Vec<ApprovalOverride>> {
        let Some(organisation) = owner(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT o.id, o.incident, o.filing, o.pack, o.track, o.stage, o.at, o.document,
                            k.key_id, k.wrapped
                       FROM approval_override o
                       JOIN data_key k ON k.place_table = 'approval_override' AND k.place_row = o.id
                        AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
                      WHERE o.organisation = $2 AND ($3 OR o.incident = $4) ORDER BY o.at DESC, o.id DESC")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation)
                .bind(incident.is_none())
                .bind(incident_uuid(incident)),
            )
            .await?;
        let mut marks = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id("id", ApprovalId::from_uuid)?;
            let place = spot("approval_override", id, organisation);
            let document: OverrideDocument = self.open(&row, place, organisation.into()).await?;
            marks.push(ApprovalOverride {
                id,
                incident: row.id("incident", IncidentId::from_uuid)?,
                filing: row.id("filing", FilingId::from_uuid)?,
                duty: row.duty()?,
                at: row.instant("at")?,
                by: document.by,
                reason: document.reason,
            });
        }
        Ok(marks)
    }
}

const fn subject_uuid(subject: Subject) -> Uuid {
    match subject {
        Subject::User(user) => user.uuid(),
        Subject::Client(client) => client.uuid(),
    }
}
