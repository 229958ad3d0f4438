//! One incident at a time: whoever changes a record, its filings or its duties holds it first.

use model::{Incident, IncidentId};
use policy::Scope;

use crate::{
    error::Result,
    statement::sql,
    store::{Tx, own},
};

impl Tx {
    /// One incident of the scope's organisation, held until this transaction ends: whoever else
    /// holds it waits, so that nothing read of it or around it changes underneath.
    ///
    /// # Errors
    /// [`crate::Error::Busy`] when another holds it for too long; [`crate::Error::Sealed`] when it
    /// does not open.
    pub async fn hold_incident(&mut self, scope: &Scope, id: IncidentId) -> Result<Option<Incident>> {
        let Some(organisation) = own(scope) else { return Ok(None) };
        // A write that changes nothing is a lock that both databases understand.
        let statement = sql("UPDATE incident SET revision = revision WHERE organisation = $1 AND id = $2");
        self.run(statement.bind(organisation).bind(id)).await?;
        self.incident(scope, id).await
    }
}
