//! Sealing documents into columns and opening them again.
//!
//! A sealed column holds bytes; the wrapped data keys stand in `data_key`, one row per holder.
//! A query joins the row of its reader as `k`, so that what the reader holds no key for is not
//! found, and an erased document is gone from every list.

use model::KeyId;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use vault::{Holder, Place, SealError, Sealed, WrappedDataKey};
use zeroize::Zeroizing;

use crate::{
    error::{Error, Result},
    statement::{Row, Statement, assembled, places, rows_at_once, sql},
    store::Tx,
};

/// A sealed column of one row at one revision.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
    pub owner: Holder,
    pub revision: i64,
}

impl Spot {
    /// The column `document` of a row that never changes.
    pub fn document(table: &'static str, row: Uuid, owner: Holder) -> Self {
        Self { table, column: "document", row, owner, revision: 0 }
    }

    /// The same at another revision.
    pub fn at(self, revision: i64) -> Self {
        Self { revision, ..self }
    }

    /// Another column of the same row.
    pub fn column(self, column: &'static str) -> Self {
        Self { column, ..self }
    }

    fn place(&self) -> Place<'static> {
        Place::new(self.table, self.row, self.column, self.owner, self.revision)
    }

    fn name(&self) -> String {
        format!("{}.{}", self.table, self.column)
    }

    fn refused(&self, source: SealError) -> Error {
        Error::Sealed { place: self.name(), source }
    }

    fn unreadable(&self, source: serde_json::Error) -> Error {
        Error::Document { place: self.name(), source }
    }
}

/// A holder as a column keeps it: the nil UUID is the node.
pub fn holder_uuid(holder: Holder) -> Uuid {
    holder.organisation().map_or(Uuid::nil(), model::OrganisationId::uuid)
}

impl Tx {
    /// Seals a document for `holders`, keeps its wrapped keys, and answers the bytes for the column.
    pub(crate) async fn seal(
        &mut self,
        spot: Spot,
        holders: &[Holder],
        document: &impl Serialize,
    ) -> Result<Vec<u8>> {
        let sealed = self.seal_only(spot, holders, document).await?;
        self.keep_keys(&[(spot, sealed.keys)]).await?;
        Ok(sealed.bytes)
    }

    /// As [`Self::seal`], for the next revision: the keys of the revision before are deleted.
    pub(crate) async fn reseal(
        &mut self,
        spot: Spot,
        holders: &[Holder],
        document: &impl Serialize,
    ) -> Result<Vec<u8>> {
        self.drop_keys_before(spot).await?;
        self.seal(spot, holders, document).await
    }

    /// Deletes the keys of the revisions before this one.
    pub(crate) async fn drop_keys_before(&mut self, spot: Spot) -> Result<()> {
        self.run(
            sql("DELETE FROM data_key
                 WHERE place_table = $1 AND place_row = $2 AND place_column = $3 AND revision < $4")
            .bind(spot.table)
            .bind(spot.row)
            .bind(spot.column)
            .bind(spot.revision),
        )
        .await
        .map(drop)
    }

    /// Seals without keeping the keys, for a bulk load that keeps many at once.
    pub(crate) async fn seal_only(
        &mut self,
        spot: Spot,
        holders: &[Holder],
        document: &impl Serialize,
    ) -> Result<Sealed> {
        let plain = Zeroizing::new(serde_json::to_vec(document).map_err(|error| spot.unreadable(error))?);
        self.seal_bytes(spot, holders, &plain).await
    }

    /// As [`Self::seal_only`], for bytes that are no JSON.
    pub(crate) async fn seal_bytes(
        &mut self,
        spot: Spot,
        holders: &[Holder],
        plain: &[u8],
    ) -> Result<Sealed> {
        for holder in
            holders.iter().filter(|holder| !self.keyring.holds(**holder)).copied().collect::<Vec<_>>()
        {
            self.unlock_holder(holder).await?;
        }
        self.keyring.seal(&spot.place(), holders, plain).map_err(|error| spot.refused(error))
    }

    /// Keeps wrapped keys, many in one statement.
    pub(crate) async fn keep_keys(&mut self, keys: &[(Spot, Vec<WrappedDataKey>)]) -> Result<()> {
        let all: Vec<(&Spot, &WrappedDataKey)> =
            keys.iter().flat_map(|(spot, keys)| keys.iter().map(move |key| (spot, key))).collect();
        for chunk in all.chunks(rows_at_once(7)) {
            let text = format!(
                "INSERT INTO data_key (place_table, place_row, place_column, revision, holder, key_id, wrapped)
                 VALUES {}",
                places(chunk.len(), 7)
            );
            let statement = chunk.iter().fold(assembled(text), |statement, (spot, key)| {
                statement
                    .bind(spot.table)
                    .bind(spot.row)
                    .bind(spot.column)
                    .bind(spot.revision)
                    .bind(holder_uuid(key.holder))
                    .bind(key.key_id)
                    .bind(key.bytes.clone())
            });
            self.run(statement).await?;
        }
        Ok(())
    }

    /// Opens the sealed column of a row for `reader`. The row carries the column, and of the
    /// joined `data_key k` the columns `key_id` and `wrapped`.
    pub(crate) async fn open<T: DeserializeOwned>(
        &mut self,
        row: &Row,
        spot: Spot,
        reader: Holder,
    ) -> Result<T> {
        let plain = self.open_bytes(row, spot, reader).await?;
        serde_json::from_slice(&plain).map_err(|error| spot.unreadable(error))
    }

    /// As [`Self::open`], for bytes that are no JSON.
    pub(crate) async fn open_bytes(
        &mut self,
        row: &Row,
        spot: Spot,
        reader: Holder,
    ) -> Result<Zeroizing<Vec<u8>>> {
        let wrapped = WrappedDataKey {
            holder: reader,
            key_id: row.id("key_id", KeyId::from_uuid)?,
            bytes: row.get("wrapped")?,
        };
        let bytes: Vec<u8> = row.get(spot.column)?;
        let place = spot.place();
        let plain = match self.keyring.open(&place, reader, &bytes, &wrapped) {
            // Another replica may have made the key since this one started.
            Err(SealError::UnknownKey(_)) => {
                self.unlock_holder(reader).await?;
                self.keyring.open(&place, reader, &bytes, &wrapped)
            }
            answer => answer,
        };
        plain.map_err(|error| spot.refused(error))
    }

    /// Lets `to` read a document that `from` can read, without encrypting it again. Nothing
    /// happens when `to` can already.
    pub(crate) async fn grant(&mut self, spot: Spot, from: Holder, to: Holder) -> Result<bool> {
        let keys = self.rows(keys_of(spot).bind(holder_uuid(from)).bind(holder_uuid(to))).await?;
        let mut source = None;
        for row in keys {
            let holder: Uuid = row.get("holder")?;
            if holder == holder_uuid(to) {
                return Ok(true);
            }
            source = Some(WrappedDataKey {
                holder: from,
                key_id: row.id("key_id", KeyId::from_uuid)?,
                bytes: row.get("wrapped")?,
            });
        }
        let Some(source) = source else { return Ok(false) };
        for holder in [from, to] {
            if !self.keyring.holds(holder) {
                self.unlock_holder(holder).await?;
            }
        }
        let key = self.keyring.add_holder(&spot.place(), &source, to).map_err(|error| spot.refused(error))?;
        self.keep_keys(&[(spot, vec![key])]).await?;
        Ok(true)
    }

    /// Erases a sealed column for everybody, at every revision: its wrapped keys are deleted,
    /// and without them the bytes are noise. The number of keys that were deleted.
    pub(crate) async fn erase(&mut self, spot: Spot) -> Result<u64> {
        self.run(
            sql("DELETE FROM data_key WHERE place_table = $1 AND place_row = $2 AND place_column = $3")
                .bind(spot.table)
                .bind(spot.row)
                .bind(spot.column),
        )
        .await
    }

    /// The blind token of an exact value, under the node's key.
    pub(crate) fn token(&self, field: &'static str, value: &str) -> Result<[u8; 32]> {
        self.keyring
            .token(Holder::Node, field, value)
            .map_err(|source| Error::Sealed { place: field.to_owned(), source })
    }
}

fn keys_of(spot: Spot) -> Statement {
    sql("SELECT holder, key_id, wrapped FROM data_key
         WHERE place_table = $1 AND place_row = $2 AND place_column = $3 AND revision = $4
           AND (holder = $5 OR holder = $6)")
    .bind(spot.table)
    .bind(spot.row)
    .bind(spot.column)
    .bind(spot.revision)
}
