//! Machine clients: random 256-bit secrets, never a person's password.

use std::time::Duration;

use model::{Caller, ClientId, Function, Happening, Instant, OrganisationId, Subject, UserId};
use policy::for_node;
use store::Client;

use crate::{
    Service, chance,
    error::{Error, Result},
};

/// A use is noted once within so long: a busy client does not write with each call.
pub(super) const NOTED: Duration = Duration::from_secs(300);

/// A machine client to be made.
pub struct NewClient {
    /// For which organisation.
    pub organisation: OrganisationId,
    /// What it is, 1 to 200 characters.
    pub name: String,
    /// What it may do; at least one.
    pub functions: Vec<Function>,
    /// How long its secret is good for, 1 to 1,096 days.
    pub valid_days: u32,
}

/// The secret, shown once.
pub struct ClientSecret {
    /// The client.
    pub client: ClientId,
    /// To be sent as `Authorization: Bearer`.
    pub secret: String,
    /// Until when.
    pub expires_at: Instant,
}

/// A client in a list.
pub struct ClientSummary {
    /// The client.
    pub id: ClientId,
    /// What it is.
    pub name: String,
    /// What it may do.
    pub functions: Vec<Function>,
    /// Until when.
    pub expires_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// When it last called, to within five minutes.
    pub last_used_at: Option<Instant>,
}

impl Service {
    /// Makes a machine client and its secret.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field; [`Error::NotFound`] for the organisation.
    pub async fn create_client(&self, new: NewClient) -> Result<ClientSecret> {
        let (client, made) = prepared(new, None, self.clock.now())?;
        let mut tx = self.store.write().await?;
        let scope = for_node(client.organisation);
        tx.organisation(&scope, client.organisation).await?.ok_or(Error::NotFound("organisation"))?;
        tx.insert_client(&scope, &client, &made.secret).await?;
        self.node_did(&mut tx, Some(client.organisation), Happening::ClientCreated).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Who is behind a client's `secret`.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when it never was, has ended or was revoked.
    pub async fn client(&self, secret: &str) -> Result<Caller> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let (caller, last_used_at) = tx.client_by_secret(secret, now).await?.ok_or(Error::NotSignedIn)?;
        drop(tx);
        if let Subject::Client(id) = caller.subject
            && last_used_at.is_none_or(|at| now.since(at) >= NOTED)
        {
            self.note_client_use(id, now).await;
        }
        Ok(caller)
    }

    /// Notes that a client called. A busy database loses the note, never the call.
    async fn note_client_use(&self, id: ClientId, now: Instant) {
        let noted: Result<()> = async {
            let mut tx = self.store.write().await?;
            tx.note_client_use(id, now).await?;
            Ok(tx.commit().await?)
        }
        .await;
        if let Err(error) = noted {
            tracing::debug!(client = %id, %error, "the last use of a client was not noted");
        }
    }

    /// Revokes a client of `organisation` at once and for good.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn revoke_client(&self, organisation: OrganisationId, client: ClientId) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        if !tx.revoke_client(&for_node(organisation), client, now).await? {
            return Err(Error::NotFound("client"));
        }
        self.node_did(&mut tx, Some(organisation), Happening::ClientRevoked).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The clients of an organisation.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn clients(&self, organisation: OrganisationId) -> Result<Vec<ClientSummary>> {
        let mut tx = self.store.read().await?;
        let clients = tx.clients(&for_node(organisation)).await?;
        Ok(clients
            .into_iter()
            .map(|client| ClientSummary {
                id: client.id,
                name: client.name,
                functions: client.functions,
                expires_at: client.expires_at,
                revoked_at: client.revoked_at,
                created_at: client.created_at,
                last_used_at: client.last_used_at,
            })
            .collect())
    }
}

/// A client with its secret, as it will be entered, when what is wanted of it can be.
pub(crate) fn prepared(
    new: NewClient,
    made_by: Option<UserId>,
    now: Instant,
) -> Result<(Client, ClientSecret)> {
    if !(1..=200).contains(&new.name.trim().chars().count()) {
        return Err(Error::invalid("name", "length", "a client's name has 1 to 200 characters"));
    }
    if !(1..=1096).contains(&new.valid_days) {
        return Err(Error::invalid("valid_days", "range", "a client's secret is good for 1 to 1,096 days"));
    }
    if new.functions.is_empty() {
        return Err(Error::invalid("functions", "count", "a client has at least one function"));
    }
    let expires_at = now.plus(Duration::from_secs(u64::from(new.valid_days) * 86_400));
    let made =
        ClientSecret { client: ClientId::new(now, chance::for_id()), secret: chance::secret(), expires_at };
    let client = Client {
        id: made.client,
        organisation: new.organisation,
        name: new.name.trim().to_owned(),
        functions: new.functions,
        created_at: now,
        expires_at: Some(expires_at),
        revoked_at: None,
        last_used_at: None,
        made_by,
    };
    Ok((client, made))
}
