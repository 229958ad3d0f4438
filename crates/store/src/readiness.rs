//! What an organisation has prepared for the police: its checklist, the changes of it, and who is to look again.

use model::{Instant, OrganisationId};
use policy::Scope;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::Result,
    sealed::{Spot, holder_uuid},
    statement::sql,
    store::{Tx, accounts, accounts_or},
};

/// A checklist as it is to be kept, with the change that led to it.
pub struct KeptReadiness<'a, D, C> {
    /// The whole checklist.
    pub document: &'a D,
    /// What was changed.
    pub change: &'a C,
    /// When the next point is to be looked at again.
    pub next_review: Option<Instant>,
}

fn spot(organisation: OrganisationId, revision: i64) -> Spot {
    Spot::document("readiness", organisation.uuid(), organisation.into()).at(revision)
}

fn change_spot(organisation: OrganisationId, revision: i64) -> Spot {
    Spot::document("readiness_change", organisation.uuid(), organisation.into()).at(revision)
}

impl Tx {
    /// The checklist of the scope's organisation with its revision, once something was entered.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when it does not open.
    pub async fn readiness<T: DeserializeOwned>(&mut self, scope: &Scope) -> Result<Option<(i64, T)>> {
        let Some(organisation) = accounts(scope) else { return Ok(None) };
        let row = self
            .row(
                sql("SELECT r.revision, r.document, k.key_id, k.wrapped FROM readiness r
                       JOIN data_key k ON k.place_table = 'readiness' AND k.place_row = r.organisation
                        AND k.place_column = 'document' AND k.revision = r.revision AND k.holder = $1
                      WHERE r.organisation = $2")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let revision = row.get("revision")?;
        let document = self.open(&row, spot(organisation, revision), organisation.into()).await?;
        Ok(Some((revision, document)))
    }

    /// Puts a checklist in the place of the one at revision `seen`, 0 when there was none. False when
    /// somebody else was quicker.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open the organisation.
    pub async fn save_readiness<D: Serialize, C: Serialize>(
        &mut self,
        scope: &Scope,
        seen: i64,
        kept: &KeptReadiness<'_, D, C>,
        at: Instant,
    ) -> Result<bool> {
        let organisation = accounts_or(scope, "the readiness of this organisation")?;
        let next = seen + 1;
        let place = spot(organisation, next);
        let sealed = self.seal_only(place, &[organisation.into()], kept.document).await?;
        let written = self
            .run(
                sql("INSERT INTO readiness (organisation, revision, updated_at, next_review, document)
                     VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (organisation) DO UPDATE
                        SET revision = excluded.revision, updated_at = excluded.updated_at,
                            next_review = excluded.next_review, document = excluded.document
                      WHERE readiness.revision = $6")
                .bind(organisation)
                .bind(next)
                .bind(at)
                .bind(kept.next_review)
                .bind(sealed.bytes)
                .bind(seen),
            )
            .await?;
        if written == 0 {
            return Ok(false);
        }
        self.drop_keys_before(place).await?;
        self.keep_keys(&[(place, sealed.keys)]).await?;
        let change = self.seal(change_spot(organisation, next), &[organisation.into()], kept.change).await?;
        self.run(
            sql(
                "INSERT INTO readiness_change (organisation, revision, at, document) VALUES ($1, $2, $3, $4)",
            )
            .bind(organisation)
            .bind(next)
            .bind(at)
            .bind(change),
        )
        .await?;
        Ok(true)
    }

    /// The changes of the checklist of the scope's organisation, newest first.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when one does not open.
    pub async fn readiness_changes<T: DeserializeOwned>(
        &mut self,
        scope: &Scope,
        most: u32,
    ) -> Result<Vec<T>> {
        let Some(organisation) = accounts(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT c.revision, c.document, k.key_id, k.wrapped FROM readiness_change c
                       JOIN data_key k ON k.place_table = 'readiness_change' AND k.place_row = c.organisation
                        AND k.place_column = 'document' AND k.revision = c.revision AND k.holder = $1
                      WHERE c.organisation = $2 ORDER BY c.revision DESC LIMIT $3")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation)
                .bind(i64::from(most)),
            )
            .await?;
        let mut changes = Vec::new();
        for row in rows {
            let place = change_spot(organisation, row.get("revision")?);
            changes.push(self.open(&row, place, organisation.into()).await?);
        }
        Ok(changes)
    }

    /// The organisations that are to look at a point again by `now`: for the node's clock, which tells each
    /// within itself.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when they cannot be read.
    pub async fn reviews_come(&mut self, now: Instant, most: u32) -> Result<Vec<OrganisationId>> {
        let question = sql("SELECT organisation FROM readiness WHERE next_review <= $1
                             ORDER BY next_review, organisation LIMIT $2");
        let rows = self.rows(question.bind(now).bind(i64::from(most))).await?;
        rows.iter().map(|row| row.id("organisation", OrganisationId::from_uuid)).collect()
    }

    /// Says when the next point of the scope's organisation is to be looked at again.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open the organisation.
    pub async fn set_next_review(&mut self, scope: &Scope, next: Option<Instant>) -> Result<()> {
        let organisation = accounts_or(scope, "the readiness of this organisation")?;
        let statement = sql("UPDATE readiness SET next_review = $1 WHERE organisation = $2");
        self.run(statement.bind(next).bind(organisation)).await.map(drop)
    }
}
