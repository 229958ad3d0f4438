//! The PDF of each filing, as it was typeset when it was filed. Both sides hold it: a later version
//! of the program may typeset otherwise, and the receipt names these bytes.

use model::{FilingId, OrganisationId};
use policy::Scope;

use crate::{
    error::{Error, Result},
    sealed::Spot,
    statement::{assembled, sql},
    store::{SIDES, Tx, own, side},
};

fn spot(filer: OrganisationId, filing: FilingId) -> Spot {
    Spot::document("paper", filing.uuid(), filer.into())
}

impl Tx {
    /// Keeps the paper of a filing of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when another organisation filed, [`Error::Taken`] when there is a paper
    /// already.
    pub async fn insert_paper(&mut self, scope: &Scope, filing: FilingId, pdf: &[u8]) -> Result<()> {
        let sides = self.sides(scope, filing).await?.ok_or(Error::OutOfScope("this filing"))?;
        if own(scope) != Some(sides.filer) {
            return Err(Error::OutOfScope("the filings of this organisation"));
        }
        let spot = spot(sides.filer, filing);
        let sealed = self.seal_bytes(spot, &sides.holders(), pdf).await?;
        self.keep_keys(&[(spot, sealed.keys)]).await?;
        self.run(
            sql("INSERT INTO paper (organisation, filing, recipient, document) VALUES ($1, $2, $3, $4)")
                .bind(sides.filer)
                .bind(filing)
                .bind(sides.recipient)
                .bind(sealed.bytes),
        )
        .await
        .map(drop)
    }

    /// The paper of a filing that the scope opens; filings from before there were papers have none.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn paper(&mut self, scope: &Scope, filing: FilingId) -> Result<Option<Vec<u8>>> {
        let text = format!(
            "SELECT f.organisation, f.document, k.key_id, k.wrapped FROM paper f
               JOIN data_key k ON k.place_table = 'paper' AND k.place_row = f.filing
                AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
              WHERE {} AND f.filing = $3",
            side(scope, SIDES)
        );
        let reader = scope.organisation();
        let Some(row) = self.row(assembled(text).bind(reader).bind(reader).bind(filing)).await? else {
            return Ok(None);
        };
        let filer = row.id("organisation", OrganisationId::from_uuid)?;
        let pdf = self.open_bytes(&row, spot(filer, filing), reader.into()).await?;
        Ok(Some(pdf.to_vec()))
    }
}
