//! The signing keys of organisations: the public part for everybody, the seed sealed for its organisation.

use model::{Instant, KeyId, OrganisationId};
use policy::{Scope, ScopeKind};
use vault::{Holder, PublishedKey, SigningKey};

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, sql},
    store::{Tx, own, own_or},
};

fn public(id: KeyId) -> Spot {
    Spot::document("signing_key", id.uuid(), Holder::Node)
}

fn private(id: KeyId, organisation: OrganisationId) -> Spot {
    Spot::document("signing_key", id.uuid(), organisation.into()).column("private_key")
}

impl Tx {
    /// Keeps a signing key of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] for another organisation.
    pub async fn insert_signing_key(
        &mut self,
        scope: &Scope,
        key: &SigningKey,
        published: &PublishedKey,
    ) -> Result<()> {
        let organisation = published.organisation;
        if own(scope) != Some(organisation) {
            return Err(Error::OutOfScope("the signing keys of this organisation"));
        }
        let document = self.seal(public(key.id()), &[Holder::Node], published).await?;
        let spot = private(key.id(), organisation);
        let seed = self.seal_bytes(spot, &[organisation.into()], key.seed().as_slice()).await?;
        self.keep_keys(&[(spot, seed.keys)]).await?;
        self.run(
            sql("INSERT INTO signing_key (id, organisation, valid_from, valid_until, revoked_at, document, private_key)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(key.id())
            .bind(organisation)
            .bind(published.valid_from)
            .bind(published.valid_until)
            .bind(published.revoked_at)
            .bind(document)
            .bind(seed.bytes),
        )
        .await
        .map(drop)
    }

    /// The key by which the scope's organisation signs at `at`: the latest that is valid and not revoked.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open, [`Error::Damaged`] when it is no key.
    pub async fn signing_key(&mut self, scope: &Scope, at: Instant) -> Result<Option<SigningKey>> {
        let organisation = match scope.kind() {
            ScopeKind::Own | ScopeKind::Received | ScopeKind::Node => scope.organisation(),
            ScopeKind::Directory
            | ScopeKind::Accounts
            | ScopeKind::Registrations
            | ScopeKind::Approvals
            | ScopeKind::ApprovalSeats => return Ok(None),
        };
        let row = self
            .row(
                sql("SELECT s.id, s.private_key, k.key_id, k.wrapped FROM signing_key s
                       JOIN data_key k ON k.place_table = 'signing_key' AND k.place_row = s.id
                        AND k.place_column = 'private_key' AND k.revision = 0 AND k.holder = $1
                      WHERE s.organisation = $2 AND s.valid_from <= $3 AND s.revoked_at IS NULL
                        AND (s.valid_until IS NULL OR s.valid_until > $3)
                      ORDER BY s.valid_from DESC, s.id DESC LIMIT 1")
                .bind(organisation)
                .bind(organisation)
                .bind(at),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id = row.id("id", KeyId::from_uuid)?;
        let seed = self.open_bytes(&row, private(id, organisation), organisation.into()).await?;
        let key = SigningKey::from_seed(id, &seed);
        key.map(Some).map_err(|error| Error::Damaged(format!("signing_key.private_key: {error}")))
    }

    /// Every published key of this node with its validity, also the ended ones: old receipts want them.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn published_keys(&mut self, _scope: &Scope) -> Result<Vec<PublishedKey>> {
        let rows = self
            .rows(
                sql("SELECT s.id, s.valid_until, s.revoked_at, s.document, k.key_id, k.wrapped FROM signing_key s
                       JOIN data_key k ON k.place_table = 'signing_key' AND k.place_row = s.id
                        AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
                      ORDER BY s.id")
                .bind(holder_uuid(Holder::Node)),
            )
            .await?;
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            keys.push(self.open_published(&row).await?);
        }
        Ok(keys)
    }

    async fn open_published(&mut self, row: &Row) -> Result<PublishedKey> {
        let spot = public(row.id("id", KeyId::from_uuid)?);
        let key: PublishedKey = self.open(row, spot, Holder::Node).await?;
        Ok(PublishedKey {
            valid_until: row.maybe_instant("valid_until")?,
            revoked_at: row.maybe_instant("revoked_at")?,
            ..key
        })
    }

    /// Lets a signing key of the scope's organisation end at `until`; false when there is none.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no keys.
    pub async fn end_signing_key(&mut self, scope: &Scope, id: KeyId, until: Instant) -> Result<bool> {
        let organisation = own_or(scope, "the signing keys of this organisation")?;
        let statement = sql("UPDATE signing_key SET valid_until = $1 WHERE id = $2 AND organisation = $3");
        Ok(self.run(statement.bind(until).bind(id).bind(organisation)).await? > 0)
    }

    /// Revokes a signing key of the scope's organisation; false when it was revoked before. The
    /// seed is erased: nothing can be signed by it any more.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no keys.
    pub async fn revoke_signing_key(&mut self, scope: &Scope, id: KeyId, at: Instant) -> Result<bool> {
        let organisation = own_or(scope, "the signing keys of this organisation")?;
        let statement = sql("UPDATE signing_key SET revoked_at = $1
                             WHERE id = $2 AND organisation = $3 AND revoked_at IS NULL");
        let revoked = self.run(statement.bind(at).bind(id).bind(organisation)).await? > 0;
        if revoked {
            self.erase(private(id, organisation)).await?;
        }
        Ok(revoked)
    }
}
