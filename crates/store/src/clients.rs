//! Machine clients: 256-bit secrets of which only a keyed hash is kept.

use std::collections::BTreeMap;

use model::{Caller, ClientId, Function, Instant, OrganisationId, Subject, UserId};
use policy::Scope;
use serde::{Deserialize, Serialize};
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, assembled, places, sql},
    store::{Tx, accounts, accounts_or},
};

/// A machine client of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The identifier.
    pub id: ClientId,
    /// For which organisation it calls.
    pub organisation: OrganisationId,
    /// How histories name it.
    pub name: String,
    /// What it may do.
    pub functions: Vec<Function>,
    /// When it was made.
    pub created_at: Instant,
    /// Until when its secret is good.
    pub expires_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// When it last called, to within a few minutes.
    pub last_used_at: Option<Instant>,
    /// Who made it, and so has seen its secret; absent when the command line did.
    pub made_by: Option<UserId>,
}

#[derive(Serialize, Deserialize)]
struct Profile {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made_by: Option<UserId>,
}

fn spot(id: ClientId) -> Spot {
    Spot::document("client", id.uuid(), Holder::Node)
}

const SELECT: &str = "SELECT c.id, c.organisation, c.created_at, c.expires_at, c.revoked_at,
       c.last_used_at, c.document,
       k.key_id, k.wrapped
  FROM client c
  JOIN data_key k ON k.place_table = 'client' AND k.place_row = c.id
   AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1";

impl Tx {
    /// Enters a machine client of the scope's organisation with its secret.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] for another organisation.
    pub async fn insert_client(&mut self, scope: &Scope, client: &Client, secret: &str) -> Result<()> {
        if accounts(scope) != Some(client.organisation) {
            return Err(Error::OutOfScope("the clients of this organisation"));
        }
        let profile = Profile { name: client.name.clone(), made_by: client.made_by };
        let document = self.seal(spot(client.id), &[Holder::Node], &profile).await?;
        let secret = self.token("client.secret", secret)?;
        self.run(
            sql("INSERT INTO client (id, organisation, secret, created_at, expires_at, revoked_at, document)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(client.id)
            .bind(client.organisation)
            .bind(secret)
            .bind(client.created_at)
            .bind(client.expires_at)
            .bind(client.revoked_at)
            .bind(document),
        )
        .await?;
        if client.functions.is_empty() {
            return Ok(());
        }
        let text = format!(
            "INSERT INTO client_function (client_id, function) VALUES {} ON CONFLICT DO NOTHING",
            places(client.functions.len(), 2)
        );
        let statement = client
            .functions
            .iter()
            .fold(assembled(text), |statement, function| statement.bind(client.id).bind(function.name()));
        self.run(statement).await.map(drop)
    }

    /// The machine clients of the scope's organisation, oldest first, also the ended ones.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a record does not open.
    pub async fn clients(&mut self, scope: &Scope) -> Result<Vec<Client>> {
        let Some(organisation) = accounts(scope) else { return Ok(Vec::new()) };
        let mut functions = self.client_functions(organisation).await?;
        let text = format!("{SELECT} WHERE c.organisation = $2 ORDER BY c.id");
        let rows = self.rows(assembled(text).bind(holder_uuid(Holder::Node)).bind(organisation)).await?;
        let mut clients = Vec::with_capacity(rows.len());
        for row in rows {
            let mut client = self.open_client(&row).await?;
            client.functions = functions.remove(&client.id).unwrap_or_default();
            clients.push(client);
        }
        Ok(clients)
    }

    /// Ends a machine client of the scope's organisation; false when it had ended before.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no clients.
    pub async fn revoke_client(&mut self, scope: &Scope, id: ClientId, at: Instant) -> Result<bool> {
        let organisation = accounts_or(scope, "the clients of this organisation")?;
        let statement = sql("UPDATE client SET revoked_at = $1
                             WHERE id = $2 AND organisation = $3 AND revoked_at IS NULL");
        Ok(self.run(statement.bind(at).bind(id).bind(organisation)).await? > 0)
    }

    /// The caller behind a secret that is good at `now`, and when it last called: nobody's scope,
    /// since nobody is known yet.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the record does not open.
    pub async fn client_by_secret(
        &mut self,
        secret: &str,
        now: Instant,
    ) -> Result<Option<(Caller, Option<Instant>)>> {
        let text = format!(
            "{SELECT} JOIN organisation o ON o.id = c.organisation AND o.state = 'active'
              WHERE c.secret = $2 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $3)"
        );
        let secret = self.token("client.secret", secret)?;
        let statement = assembled(text).bind(holder_uuid(Holder::Node)).bind(secret).bind(now);
        let Some(row) = self.row(statement).await? else { return Ok(None) };
        let client = self.open_client(&row).await?;
        let functions =
            self.client_functions(client.organisation).await?.remove(&client.id).unwrap_or_default();
        let caller = Caller {
            subject: Subject::Client(client.id),
            name: client.name,
            organisation: client.organisation,
            roles: self.roles_of(client.organisation).await?,
            functions,
        };
        Ok(Some((caller, client.last_used_at)))
    }

    /// Notes that a machine client called.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn note_client_use(&mut self, id: ClientId, at: Instant) -> Result<()> {
        self.run(sql("UPDATE client SET last_used_at = $1 WHERE id = $2").bind(at).bind(id)).await.map(drop)
    }

    async fn open_client(&mut self, row: &Row) -> Result<Client> {
        let id = row.id("id", ClientId::from_uuid)?;
        let profile: Profile = self.open(row, spot(id), Holder::Node).await?;
        Ok(Client {
            id,
            organisation: row.id("organisation", OrganisationId::from_uuid)?,
            name: profile.name,
            functions: Vec::new(),
            created_at: row.instant("created_at")?,
            expires_at: row.maybe_instant("expires_at")?,
            revoked_at: row.maybe_instant("revoked_at")?,
            last_used_at: row.maybe_instant("last_used_at")?,
            made_by: profile.made_by,
        })
    }

    async fn client_functions(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<BTreeMap<ClientId, Vec<Function>>> {
        let rows = self
            .rows(
                sql("SELECT f.client_id, f.function FROM client_function f
                       JOIN client c ON c.id = f.client_id
                      WHERE c.organisation = $1 ORDER BY f.client_id, f.function")
                .bind(organisation),
            )
            .await?;
        let mut functions: BTreeMap<ClientId, Vec<Function>> = BTreeMap::new();
        for row in rows {
            functions
                .entry(row.id("client_id", ClientId::from_uuid)?)
                .or_default()
                .push(row.word("function")?);
        }
        Ok(functions)
    }
}
