//! Incident records: the current document, and every change that led to it.

use model::{Actor, Answer, Incident, IncidentId, Instant, OrganisationId};
use policy::Scope;
use serde::{Deserialize, Serialize};
use vault::{Holder, WrappedDataKey};

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, assembled, list, sql},
    store::{Tx, own, own_or},
};

/// One field that a change touched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field of the vocabulary `incident-fields`.
    pub field: String,
    /// The answer before; absent when there was none.
    pub before: Option<Answer>,
    /// The answer after; absent when it was cleared.
    pub after: Option<Answer>,
    /// Why, where the field starts a clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One change of an incident record.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The revision that it made.
    pub revision: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub by: Actor,
    /// What.
    pub fields: Vec<FieldChange>,
}

#[derive(Serialize, Deserialize)]
struct ChangeDocument {
    by: Actor,
    fields: Vec<FieldChange>,
}

/// A line of the list of incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentRow {
    /// The record.
    pub incident: Incident,
    /// How many duties are open.
    pub open_duties: i64,
    /// The next deadline among them.
    pub next_due: Option<Instant>,
}

/// Which incidents of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IncidentFilter {
    /// All.
    #[default]
    All,
    /// With an open duty and none past its instant at that time.
    Open(Instant),
    /// With an open duty past its instant at that time.
    Late(Instant),
    /// With nothing left to file.
    Done,
}

pub(crate) fn spot(organisation: OrganisationId, id: IncidentId) -> Spot {
    Spot::document("incident", id.uuid(), organisation.into())
}

fn change_spot(organisation: OrganisationId, id: IncidentId, revision: i64) -> Spot {
    Spot::document("incident_change", id.uuid(), organisation.into()).at(revision)
}

const SELECT: &str = "SELECT i.id, i.revision, i.open_duties, i.next_due, i.document, k.key_id, k.wrapped
  FROM incident i
  JOIN data_key k ON k.place_table = 'incident' AND k.place_row = i.id
   AND k.place_column = 'document' AND k.revision = i.revision AND k.holder = $1";

impl Tx {
    /// Keeps a new incident of the scope's organisation with its first change.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] for another organisation, [`Error::Taken`] when the identifier is taken.
    pub async fn insert_incident(
        &mut self,
        scope: &Scope,
        incident: &Incident,
        change: &Change,
    ) -> Result<()> {
        if own(scope) != Some(incident.organisation) {
            return Err(Error::OutOfScope("the incidents of this organisation"));
        }
        let spot = spot(incident.organisation, incident.id).at(incident.revision);
        let sealed = self.seal_only(spot, &[incident.organisation.into()], incident).await?;
        self.run(
            sql("INSERT INTO incident
                   (organisation, id, revision, created_at, updated_at, open_duties, next_due, document)
                 VALUES ($1, $2, $3, $4, $5, 0, NULL, $6)")
            .bind(incident.organisation)
            .bind(incident.id)
            .bind(incident.revision)
            .bind(incident.created_at)
            .bind(incident.updated_at)
            .bind(sealed.bytes),
        )
        .await?;
        self.insert_change(incident, change, (spot, sealed.keys)).await
    }

    /// Replaces an incident of the scope's organisation, when it still stands at
    /// `expected_revision`; false when somebody else was quicker, and then nothing was changed.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] for another organisation.
    pub async fn update_incident(
        &mut self,
        scope: &Scope,
        incident: &Incident,
        expected_revision: i64,
        change: &Change,
    ) -> Result<bool> {
        if own(scope) != Some(incident.organisation) {
            return Err(Error::OutOfScope("the incidents of this organisation"));
        }
        let spot = spot(incident.organisation, incident.id).at(incident.revision);
        let sealed = self.seal_only(spot, &[incident.organisation.into()], incident).await?;
        let changed = self
            .run(
                sql("UPDATE incident SET revision = $1, updated_at = $2, document = $3
                     WHERE organisation = $4 AND id = $5 AND revision = $6")
                .bind(incident.revision)
                .bind(incident.updated_at)
                .bind(sealed.bytes)
                .bind(incident.organisation)
                .bind(incident.id)
                .bind(expected_revision),
            )
            .await?;
        if changed == 0 {
            return Ok(false);
        }
        self.drop_keys_before(spot).await?;
        self.insert_change(incident, change, (spot, sealed.keys)).await?;
        Ok(true)
    }

    /// Keeps a change; its keys and those of the record in one statement.
    async fn insert_change(
        &mut self,
        incident: &Incident,
        change: &Change,
        record: (Spot, Vec<WrappedDataKey>),
    ) -> Result<()> {
        let spot = change_spot(incident.organisation, incident.id, change.revision);
        let document = ChangeDocument { by: change.by.clone(), fields: change.fields.clone() };
        let sealed = self.seal_only(spot, &[incident.organisation.into()], &document).await?;
        self.keep_keys(&[record, (spot, sealed.keys)]).await?;
        self.run(
            sql("INSERT INTO incident_change (organisation, incident, revision, at, document)
                 VALUES ($1, $2, $3, $4, $5)")
            .bind(incident.organisation)
            .bind(incident.id)
            .bind(change.revision)
            .bind(change.at)
            .bind(sealed.bytes),
        )
        .await
        .map(drop)
    }

    /// One incident of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the record does not open.
    pub async fn incident(&mut self, scope: &Scope, id: IncidentId) -> Result<Option<Incident>> {
        Ok(self.incidents_by_id(scope, &[id]).await?.pop().map(|row| row.incident))
    }

    /// Several incidents of the scope's organisation in one query, newest first; what is not
    /// there is left out.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a record does not open.
    pub async fn incidents_by_id(&mut self, scope: &Scope, ids: &[IncidentId]) -> Result<Vec<IncidentRow>> {
        let Some(organisation) = own(scope) else { return Ok(Vec::new()) };
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "{SELECT} WHERE i.organisation = $2 AND i.id IN ({}) ORDER BY i.id DESC",
            list(3, ids.len())
        );
        let statement = assembled(text).bind(organisation).bind(organisation).bind_all(ids.iter().copied());
        let rows = self.rows(statement).await?;
        self.open_incidents(organisation, rows).await
    }

    /// A page of the incidents of the scope's organisation, newest first, after the one with
    /// which the page before ended.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a record does not open.
    pub async fn incidents(
        &mut self,
        scope: &Scope,
        filter: IncidentFilter,
        after: Option<IncidentId>,
        limit: u32,
    ) -> Result<Vec<IncidentRow>> {
        let Some(organisation) = own(scope) else { return Ok(Vec::new()) };
        let (condition, now) = match filter {
            IncidentFilter::All => ("", None),
            IncidentFilter::Open(now) => {
                (" AND i.open_duties > 0 AND (i.next_due IS NULL OR i.next_due > $5)", Some(now))
            }
            IncidentFilter::Late(now) => (" AND i.open_duties > 0 AND i.next_due <= $5", Some(now)),
            IncidentFilter::Done => (" AND i.open_duties = 0", None),
        };
        let text = format!(
            "{SELECT} WHERE i.organisation = $2 AND i.id < $3{condition} ORDER BY i.id DESC LIMIT $4"
        );
        let statement = assembled(text)
            .bind(organisation)
            .bind(organisation)
            .bind(after.map_or(uuid::Uuid::max(), IncidentId::uuid))
            .bind(i64::from(limit));
        let statement = match now {
            Some(now) => statement.bind(now),
            None => statement,
        };
        let rows = self.rows(statement).await?;
        self.open_incidents(organisation, rows).await
    }

    async fn open_incidents(
        &mut self,
        organisation: OrganisationId,
        rows: Vec<Row>,
    ) -> Result<Vec<IncidentRow>> {
        let mut incidents = Vec::with_capacity(rows.len());
        for row in rows {
            let spot = spot(organisation, row.id("id", IncidentId::from_uuid)?).at(row.get("revision")?);
            incidents.push(IncidentRow {
                incident: self.open(&row, spot, organisation.into()).await?,
                open_duties: row.get("open_duties")?,
                next_due: row.maybe_instant("next_due")?,
            });
        }
        Ok(incidents)
    }

    /// The changes of an incident after a revision, oldest first: 0 gives the whole history.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a change does not open.
    pub async fn incident_changes(
        &mut self,
        scope: &Scope,
        incident: IncidentId,
        after_revision: i64,
    ) -> Result<Vec<Change>> {
        let Some(organisation) = own(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT c.revision, c.at, c.document, k.key_id, k.wrapped FROM incident_change c
                       JOIN data_key k ON k.place_table = 'incident_change' AND k.place_row = c.incident
                        AND k.place_column = 'document' AND k.revision = c.revision AND k.holder = $1
                      WHERE c.organisation = $2 AND c.incident = $3 AND c.revision > $4 ORDER BY c.revision")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation)
                .bind(incident)
                .bind(after_revision),
            )
            .await?;
        let mut changes = Vec::with_capacity(rows.len());
        for row in rows {
            let revision = row.get("revision")?;
            let spot = change_spot(organisation, incident, revision);
            let document: ChangeDocument = self.open(&row, spot, Holder::from(organisation)).await?;
            changes.push(Change {
                revision,
                at: row.instant("at")?,
                by: document.by,
                fields: document.fields,
            });
        }
        Ok(changes)
    }

    /// Erases an incident of the scope's organisation with its history: the wrapped keys are
    /// deleted, and without them the bytes are noise. What was filed of it stays with those who hold it.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such incident in the organisation.
    pub async fn erase_incident(&mut self, scope: &Scope, id: IncidentId) -> Result<()> {
        let organisation = own_or(scope, "the incidents of this organisation")?;
        let found = sql("SELECT 1 AS one FROM incident WHERE organisation = $1 AND id = $2");
        let found = self.row(found.bind(organisation).bind(id)).await?;
        found.ok_or(Error::OutOfScope("this incident"))?;
        self.run(
            sql("DELETE FROM duty_index WHERE organisation = $1 AND incident = $2")
                .bind(organisation)
                .bind(id),
        )
        .await?;
        self.erase(change_spot(organisation, id, 0)).await?;
        self.erase(spot(organisation, id)).await.map(drop)
    }
}
