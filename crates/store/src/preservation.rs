//! Preservation holds: while one stands, nothing of its incident is erased.

use model::{Actor, HoldId, IncidentId, Instant, OrganisationId};
use policy::Scope;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    sealed::{Spot, holder_uuid},
    statement::{Row, Statement, assembled, sql},
    store::{Tx, own, own_or},
};

/// Who wanted a hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoldOrigin {
    /// The organisation itself.
    Own,
    /// An authority that asked for it.
    Asked {
        /// The authority.
        by: String,
        /// Its file number, where it named one.
        reference: Option<String>,
    },
}

/// A hold that was prolonged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldExtension {
    /// When that was decided.
    pub at: Instant,
    /// By whom.
    pub by: Actor,
    /// Why.
    pub reason: String,
    /// Until when it stood before; none where it had no end.
    pub before: Option<Instant>,
}

/// The end of a hold before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldLift {
    /// By whom.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

/// What is said of a hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldWords {
    /// Who wanted it.
    pub origin: HoldOrigin,
    /// On what legal basis.
    pub basis: String,
    /// What is preserved.
    pub what: String,
    /// Who entered it.
    pub by: Actor,
    /// How often it was prolonged, in order.
    pub extensions: Vec<HoldExtension>,
    /// Who lifted it.
    pub lift: Option<HoldLift>,
}

/// A preservation hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreservationHold {
    /// The identifier.
    pub id: HoldId,
    /// Whose.
    pub organisation: OrganisationId,
    /// On which incident.
    pub incident: IncidentId,
    /// Counts its changes, from 1.
    pub revision: i64,
    /// From when.
    pub placed_at: Instant,
    /// The first instant at which it no longer stands; none: until it is lifted.
    pub ends_at: Option<Instant>,
    /// When it was lifted.
    pub lifted_at: Option<Instant>,
    /// What is said of it.
    pub words: HoldWords,
}

impl PreservationHold {
    /// Whether it stands at `now`.
    #[must_use]
    pub fn stands(&self, now: Instant) -> bool {
        self.lifted_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }
}

fn spot(id: HoldId, owner: OrganisationId) -> Spot {
    Spot::document("preservation_hold", id.uuid(), owner.into())
}

const SELECT: &str =
    "SELECT h.id, h.organisation, h.incident, h.revision, h.placed_at, h.ends_at, h.lifted_at,
       h.document, k.key_id, k.wrapped
  FROM preservation_hold h
  JOIN data_key k ON k.place_table = 'preservation_hold' AND k.place_row = h.id
   AND k.place_column = 'document' AND k.revision = h.revision AND k.holder = $1";

impl Tx {
    /// Places a hold on an incident of the scope's organisation.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open its incidents.
    pub async fn insert_hold(&mut self, scope: &Scope, hold: &PreservationHold) -> Result<()> {
        let organisation = own_or(scope, "the incidents of this organisation")?;
        let place = spot(hold.id, organisation).at(hold.revision);
        let document = self.seal(place, &[organisation.into()], &hold.words).await?;
        self.run(
            sql("INSERT INTO preservation_hold
                   (organisation, id, incident, revision, placed_at, ends_at, lifted_at, document)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(organisation)
            .bind(hold.id)
            .bind(hold.incident)
            .bind(hold.revision)
            .bind(hold.placed_at)
            .bind(hold.ends_at)
            .bind(hold.lifted_at)
            .bind(document),
        )
        .await
        .map(drop)
    }

    /// The holds on an incident of the scope's organisation, newest first, those that ended too.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when one does not open.
    pub async fn holds(&mut self, scope: &Scope, incident: IncidentId) -> Result<Vec<PreservationHold>> {
        let Some(organisation) = own(scope) else { return Ok(Vec::new()) };
        let text = format!(
            "{SELECT} WHERE h.organisation = $2 AND h.incident = $3 ORDER BY h.placed_at DESC, h.id DESC"
        );
        let question =
            assembled(text).bind(holder_uuid(organisation.into())).bind(organisation).bind(incident);
        self.holds_where(question).await
    }

    /// The holds of every organisation that nobody lifted and that end between `from` and `until`: for the
    /// node's clock, which tells each within its own organisation.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when they cannot be read.
    pub async fn holds_ending(
        &mut self,
        (from, until): (Instant, Instant),
        most: u32,
    ) -> Result<Vec<(OrganisationId, IncidentId, HoldId)>> {
        let question = sql("SELECT organisation, incident, id FROM preservation_hold
                             WHERE ends_at >= $1 AND ends_at <= $2 AND lifted_at IS NULL
                             ORDER BY ends_at, id LIMIT $3");
        let rows = self.rows(question.bind(from).bind(until).bind(i64::from(most))).await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.id("organisation", OrganisationId::from_uuid)?,
                    row.id("incident", IncidentId::from_uuid)?,
                    row.id("id", HoldId::from_uuid)?,
                ))
            })
            .collect()
    }

    /// Writes the next revision of a hold of the scope's organisation; false when somebody else was quicker.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open its incidents.
    pub async fn update_hold(&mut self, scope: &Scope, hold: &PreservationHold) -> Result<bool> {
        let organisation = own_or(scope, "the incidents of this organisation")?;
        let next = hold.revision + 1;
        let held = sql("UPDATE preservation_hold SET revision = $1, ends_at = $2, lifted_at = $3
                         WHERE organisation = $4 AND id = $5 AND revision = $6");
        let held = held
            .bind(next)
            .bind(hold.ends_at)
            .bind(hold.lifted_at)
            .bind(organisation)
            .bind(hold.id)
            .bind(hold.revision);
        if self.run(held).await? == 0 {
            return Ok(false);
        }
        let place = spot(hold.id, organisation).at(next);
        let document = self.reseal(place, &[organisation.into()], &hold.words).await?;
        let statement = sql("UPDATE preservation_hold SET document = $1 WHERE organisation = $2 AND id = $3");
        self.run(statement.bind(document).bind(organisation).bind(hold.id)).await?;
        Ok(true)
    }

    async fn holds_where(&mut self, question: Statement) -> Result<Vec<PreservationHold>> {
        let mut holds = Vec::new();
        for row in self.rows(question).await? {
            holds.push(self.open_hold(&row).await?);
        }
        Ok(holds)
    }

    async fn open_hold(&mut self, row: &Row) -> Result<PreservationHold> {
        let id = row.id("id", HoldId::from_uuid)?;
        let organisation = row.id("organisation", OrganisationId::from_uuid)?;
        let revision = row.get("revision")?;
        Ok(PreservationHold {
            id,
            organisation,
            incident: row.id("incident", IncidentId::from_uuid)?,
            revision,
            placed_at: row.instant("placed_at")?,
            ends_at: row.maybe_instant("ends_at")?,
            lifted_at: row.maybe_instant("lifted_at")?,
            words: self.open(row, spot(id, organisation).at(revision), organisation.into()).await?,
        })
    }
}
