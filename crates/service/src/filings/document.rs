//! The documents of a filing, for either side of it.

use model::{Caller, FilingDocument, FilingId, ReceiptDocument};
use policy::{Action, Scope, permit};
use store::Tx;

use crate::{
    Service,
    error::{Error, Result},
};

impl Service {
    /// The receipt of a filing that the caller's organisation sent or received.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn receipt(&self, caller: &Caller, id: FilingId) -> Result<ReceiptDocument> {
        let mut tx = self.store.read().await?;
        for scope in sides(caller)? {
            if let Some(receipt) = tx.receipt(&scope, id).await? {
                return Ok(receipt);
            }
        }
        Err(Error::NotFound("receipt"))
    }

    /// The signed document of a filing that the caller's organisation sent or received.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn filing_document(&self, caller: &Caller, id: FilingId) -> Result<FilingDocument> {
        let mut tx = self.store.read().await?;
        for scope in sides(caller)? {
            if let Some(document) = document(&mut tx, &scope, id).await? {
                return Ok(document);
            }
        }
        Err(Error::NotFound("filing"))
    }
}

async fn document(tx: &mut Tx, scope: &Scope, id: FilingId) -> Result<Option<FilingDocument>> {
    Ok(tx.filing(scope, id).await?.map(|filing| filing.document))
}

/// The scopes in which the caller may look for a filing: as its sender, as its recipient.
pub(crate) fn sides(caller: &Caller) -> Result<Vec<Scope>> {
    let sent = permit(caller, Action::ReadSentFilings);
    let received = permit(caller, Action::ReadReceivedFilings);
    match (sent, received) {
        (Err(denied), Err(_)) => Err(denied.into()),
        (sent, received) => Ok(sent.into_iter().chain(received).collect()),
    }
}
