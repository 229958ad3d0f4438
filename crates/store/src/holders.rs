//! The keys of holders, wrapped by the master key.

use model::{Instant, KeyId};
use uuid::Uuid;
use vault::{Holder, WrappedHolderKey, create_holder_key, random};

use crate::{
    dialect::Election,
    error::{Error, Result},
    sealed::holder_uuid,
    statement::{Row, sql},
    store::Tx,
};

impl Tx {
    /// Makes the key of a holder unless it has one. Every organisation gets its own when it is
    /// inserted, the node when the tables are made.
    ///
    /// # Errors
    /// [`Error::MasterKey`] when the master key does not open the key that is there.
    pub async fn ensure_holder(&mut self, holder: Holder, at: Instant) -> Result<()> {
        self.connection.elect(Election::HolderKey).await?;
        if self.unlock_holder(holder).await? {
            return Ok(());
        }
        let wrapped = create_holder_key(&self.master, holder, KeyId::new(at, random()))
            .map_err(|source| Error::Sealed { place: "holder_key.wrapped".to_owned(), source })?;
        self.run(
            sql("INSERT INTO holder_key (id, organisation, master_key_id, wrapped, created_at)
                 VALUES ($1, $2, $3, $4, $5)")
            .bind(wrapped.id)
            .bind(holder_uuid(holder))
            .bind(wrapped.master_key_id.as_str())
            .bind(wrapped.bytes.clone())
            .bind(at),
        )
        .await?;
        self.keyring.unlock(&self.master, &wrapped)?;
        Ok(())
    }

    /// Unlocks the keys of one holder; whether it has any.
    pub(crate) async fn unlock_holder(&mut self, holder: Holder) -> Result<bool> {
        let rows = self
            .rows(
                sql("SELECT id, organisation, master_key_id, wrapped FROM holder_key
                     WHERE organisation = $1 ORDER BY created_at, id")
                .bind(holder_uuid(holder)),
            )
            .await?;
        self.unlock_rows(&rows)?;
        Ok(!rows.is_empty())
    }

    /// Unlocks every holder key.
    pub(crate) async fn unlock_all(&mut self) -> Result<()> {
        let rows = self
            .rows(sql(
                "SELECT id, organisation, master_key_id, wrapped FROM holder_key ORDER BY created_at, id",
            ))
            .await?;
        self.unlock_rows(&rows)
    }

    fn unlock_rows(&self, rows: &[Row]) -> Result<()> {
        for row in rows {
            self.keyring.unlock(&self.master, &wrapped(row)?)?;
        }
        Ok(())
    }
}

fn wrapped(row: &Row) -> Result<WrappedHolderKey> {
    let organisation: Uuid = row.get("organisation")?;
    let holder = if organisation.is_nil() {
        Holder::Node
    } else {
        Holder::Organisation(model::OrganisationId::from_uuid(organisation))
    };
    Ok(WrappedHolderKey {
        id: row.id("id", KeyId::from_uuid)?,
        holder,
        master_key_id: row.get("master_key_id")?,
        bytes: row.get("wrapped")?,
    })
}
