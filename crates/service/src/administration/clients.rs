//! The machine clients of an organisation, as its administrators keep them.

use model::{Caller, ClientId, Function, Happening, Subject};
use policy::{Action, permit};

use crate::{
    Service,
    accounts::{NewClient, client},
    error::{Error, Result},
    view::{MachineClient, MachineClients, MadeClient, MakeClient},
};

/// What a machine can do. It approves nothing and keeps nobody's accounts: people do.
const FUNCTIONS: [Function; 3] = [Function::Reporter, Function::Officer, Function::Auditor];

impl Service {
    /// The machine clients of the caller's organisation.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn machine_clients(&self, caller: &Caller) -> Result<MachineClients> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        let mut tx = self.store.read().await?;
        let clients = tx.clients(&scope).await?.into_iter().map(|client| MachineClient {
            id: client.id,
            name: client.name,
            functions: client.functions,
            created_at: client.created_at,
            expires_at: client.expires_at,
            revoked_at: client.revoked_at,
            last_used_at: client.last_used_at,
        });
        Ok(MachineClients { clients: clients.collect(), functions: FUNCTIONS.to_vec() })
    }

    /// Makes a machine client; its secret is shown this once.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub async fn make_machine_client(&self, caller: &Caller, new: MakeClient) -> Result<MadeClient> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        // A machine that makes machines would outlive whoever made it.
        let Subject::User(maker) = caller.subject else {
            return Err(policy::Denied(Action::AdministerOrganisation).into());
        };
        if let Some(function) = new.functions.iter().find(|function| !FUNCTIONS.contains(function)) {
            let words = format!("a machine cannot be {}; give that function to a person", function.name());
            return Err(Error::invalid("functions", "not_to_give", words));
        }
        let new = NewClient {
            organisation: caller.organisation,
            name: new.name,
            functions: new.functions,
            valid_days: new.valid_days,
        };
        let (client, made) = client::prepared(new, Some(maker), self.clock.now())?;
        let mut tx = self.store.write().await?;
        tx.insert_client(&scope, &client, &made.secret).await?;
        self.happened(&mut tx, caller, Happening::ClientCreated).await?;
        tx.commit().await?;
        Ok(MadeClient { client: made.client, secret: made.secret, expires_at: made.expires_at })
    }

    /// Revokes a machine client at once and for good.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn revoke_machine_client(&self, caller: &Caller, id: ClientId) -> Result<MachineClients> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        let mut tx = self.store.write().await?;
        if tx.revoke_client(&scope, id, self.clock.now()).await? {
            self.happened(&mut tx, caller, Happening::ClientRevoked).await?;
            tx.commit().await?;
        } else if !tx.clients(&scope).await?.iter().any(|client| client.id == id) {
            return Err(Error::NotFound("client"));
        }
        self.machine_clients(caller).await
    }
}
