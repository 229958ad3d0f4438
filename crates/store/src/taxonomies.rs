//! The own terms of organisations: the taxonomy as it stands, its versions, and which records ever used a term.

use std::collections::BTreeMap;

use model::{IncidentId, Instant, OrganisationId, Taxonomy, TaxonomyVersion, TermId};
use policy::{Scope, ScopeKind};

use crate::{
    error::Result,
    sealed::{Spot, holder_uuid},
    statement::{Row, assembled, sql},
    store::{Tx, accounts, accounts_or, own_or},
};

fn spot(organisation: OrganisationId, version: i64) -> Spot {
    Spot::document("taxonomy", organisation.uuid(), organisation.into()).at(version)
}

fn version_spot(organisation: OrganisationId, version: i64) -> Spot {
    Spot::document("taxonomy_version", organisation.uuid(), organisation.into()).at(version)
}

/// A taxonomy with the key of its keeper joined.
const SELECT: &str = "SELECT t.organisation, t.version, t.document, k.key_id, k.wrapped
  FROM taxonomy t
  JOIN data_key k ON k.place_table = 'taxonomy' AND k.place_row = t.organisation
   AND k.place_column = 'document' AND k.revision = t.version AND k.holder = $1
 WHERE t.organisation = $2";

impl Tx {
    /// The taxonomy of the scope's organisation as it stands.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when it does not open.
    pub async fn taxonomy(&mut self, scope: &Scope) -> Result<Option<Taxonomy>> {
        let Some(organisation) = accounts(scope) else { return Ok(None) };
        self.taxonomy_where(organisation, "1 = 1").await
    }

    /// As [`Self::taxonomy`], held until this transaction ends: a term is not deleted while a record takes it.
    ///
    /// # Errors
    /// [`crate::Error::Busy`] when another holds it for too long; [`crate::Error::Sealed`] when it does not open.
    pub async fn hold_taxonomy(&mut self, scope: &Scope) -> Result<Option<Taxonomy>> {
        let Some(organisation) = accounts(scope) else { return Ok(None) };
        // A write that changes nothing is a lock that both databases understand.
        let statement = sql("UPDATE taxonomy SET version = version WHERE organisation = $1");
        self.run(statement.bind(organisation)).await?;
        self.taxonomy_where(organisation, "1 = 1").await
    }

    /// The taxonomy of any organisation that published it.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when it does not open.
    pub async fn published_taxonomy(
        &mut self,
        scope: &Scope,
        organisation: OrganisationId,
    ) -> Result<Option<Taxonomy>> {
        if !matches!(scope.kind(), ScopeKind::Directory | ScopeKind::Node) {
            return Ok(None);
        }
        self.taxonomy_where(organisation, "t.published = TRUE").await
    }

    async fn taxonomy_where(
        &mut self,
        organisation: OrganisationId,
        condition: &str,
    ) -> Result<Option<Taxonomy>> {
        let statement = assembled(format!("{SELECT} AND {condition}"));
        let row = self.row(statement.bind(holder_uuid(organisation.into())).bind(organisation)).await?;
        let Some(row) = row else { return Ok(None) };
        let version = row.get("version")?;
        self.open(&row, spot(organisation, version), organisation.into()).await.map(Some)
    }

    /// Whether another organisation than the scope's has this namespace.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open the organisation.
    pub async fn namespace_taken(&mut self, scope: &Scope, namespace: &str) -> Result<bool> {
        let organisation = accounts_or(scope, "the own terms of this organisation")?;
        let token = self.token("taxonomy.namespace", namespace)?;
        let statement = sql("SELECT organisation FROM taxonomy WHERE namespace = $1 AND organisation <> $2");
        Ok(self.row(statement.bind(token).bind(organisation)).await?.is_some())
    }

    /// Puts the next version of the taxonomy of the scope's organisation in place of the one before it; false
    /// when somebody else was quicker.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open the organisation; [`crate::Error::Taken`] for a namespace
    /// that another organisation has.
    pub async fn set_taxonomy(
        &mut self,
        scope: &Scope,
        taxonomy: &Taxonomy,
        made: &TaxonomyVersion,
    ) -> Result<bool> {
        let organisation = accounts_or(scope, "the own terms of this organisation")?;
        let version = i64::from(taxonomy.version);
        let place = spot(organisation, version);
        let sealed = self.seal_only(place, &[organisation.into()], taxonomy).await?;
        let namespace = self.token("taxonomy.namespace", &taxonomy.head.namespace)?;
        let written = self
            .run(
                sql(
                    "INSERT INTO taxonomy (organisation, namespace, version, published, updated_at, document)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (organisation) DO UPDATE
                        SET namespace = excluded.namespace, version = excluded.version,
                            published = excluded.published, updated_at = excluded.updated_at,
                            document = excluded.document
                      WHERE taxonomy.version = $7",
                )
                .bind(organisation)
                .bind(namespace)
                .bind(version)
                .bind(taxonomy.head.published)
                .bind(made.at)
                .bind(sealed.bytes)
                .bind(version - 1),
            )
            .await?;
        if written == 0 {
            return Ok(false);
        }
        self.drop_keys_before(place).await?;
        self.keep_keys(&[(place, sealed.keys)]).await?;
        let document = self.seal(version_spot(organisation, version), &[organisation.into()], made).await?;
        self.run(
            sql("INSERT INTO taxonomy_version (organisation, version, at, document) VALUES ($1, $2, $3, $4)")
                .bind(organisation)
                .bind(version)
                .bind(made.at)
                .bind(document),
        )
        .await?;
        Ok(true)
    }

    /// The versions of the taxonomy of the scope's organisation up to `until`, oldest first.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when one does not open.
    pub async fn taxonomy_versions(&mut self, scope: &Scope, until: u32) -> Result<Vec<TaxonomyVersion>> {
        let Some(organisation) = accounts(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT v.version, v.document, k.key_id, k.wrapped FROM taxonomy_version v
                       JOIN data_key k ON k.place_table = 'taxonomy_version' AND k.place_row = v.organisation
                        AND k.place_column = 'document' AND k.revision = v.version AND k.holder = $1
                      WHERE v.organisation = $2 AND v.version <= $3 ORDER BY v.version")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation)
                .bind(i64::from(until)),
            )
            .await?;
        let mut versions = Vec::with_capacity(rows.len());
        for row in rows {
            let place = version_spot(organisation, row.get("version")?);
            versions.push(self.open(&row, place, organisation.into()).await?);
        }
        Ok(versions)
    }

    /// Remembers for ever that a record of the scope's organisation used these terms; again is no harm.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope opens no incident of an organisation.
    pub async fn use_terms(
        &mut self,
        scope: &Scope,
        incident: IncidentId,
        terms: &[TermId],
        at: Instant,
    ) -> Result<()> {
        let organisation = own_or(scope, "the records of this organisation")?;
        for term in terms {
            self.run(
                sql("INSERT INTO taxonomy_use (organisation, term, incident, at) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (organisation, term, incident) DO NOTHING")
                .bind(organisation)
                .bind(*term)
                .bind(incident)
                .bind(at),
            )
            .await?;
        }
        Ok(())
    }

    /// In how many records each term of the scope's organisation was ever used; terms that none used are not
    /// there.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when they cannot be counted.
    pub async fn term_uses(&mut self, scope: &Scope) -> Result<BTreeMap<TermId, u32>> {
        let Some(organisation) = accounts(scope) else { return Ok(BTreeMap::new()) };
        let statement =
            sql("SELECT term, COUNT(*) AS uses FROM taxonomy_use WHERE organisation = $1 GROUP BY term");
        let rows = self.rows(statement.bind(organisation)).await?;
        let count = |row: &Row| {
            let uses: i64 = row.get("uses")?;
            Ok((row.id("term", TermId::from_uuid)?, u32::try_from(uses).unwrap_or(u32::MAX)))
        };
        rows.iter().map(count).collect()
    }
}
