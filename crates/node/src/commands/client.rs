//! `beffroi client`: machine clients.

use anyhow::Context;
use clap::{Args, Subcommand};
use model::{ClientId, Function};
use serde_json::json;
use service::{NewClient, Service};

use crate::{
    commands::org,
    output::{Outcome, Output, in_full, table},
};

/// Machine clients.
#[derive(Debug, Subcommand)]
pub enum Client {
    /// Make a client: prints its secret, this once.
    Create(Create),
    /// List the clients of an organisation.
    List {
        /// The organisation: its identifier or its whole name.
        #[arg(long)]
        org: String,
    },
    /// Revoke a client, at once and for good.
    Revoke {
        /// The organisation: its identifier or its whole name.
        #[arg(long)]
        org: String,
        /// The client's identifier.
        client: ClientId,
    },
}

/// Make a client.
#[derive(Debug, Args)]
pub struct Create {
    /// The organisation: its identifier or its whole name.
    #[arg(long)]
    pub org: String,
    /// What the client is for, as histories show it.
    #[arg(long)]
    pub name: String,
    /// What the client does: reporter, officer or auditor; may be repeated.
    #[arg(long = "function", required = true)]
    pub functions: Vec<Function>,
    /// For how many days it is valid.
    #[arg(long, default_value_t = 365)]
    pub days: u32,
}

impl Client {
    /// Does it.
    ///
    /// # Errors
    /// What the use case refuses.
    pub async fn run(self, service: &Service, output: Output) -> anyhow::Result<Outcome> {
        match self {
            Self::Create(create) => create.run(service, output).await,
            Self::List { org } => list(service, &org, output).await,
            Self::Revoke { org, client } => {
                let organisation = org::find(service, &org).await?.id;
                service
                    .revoke_client(organisation, client)
                    .await
                    .map_err(in_full)
                    .context("the client was not revoked")?;
                output.print(&json!({ "client": client, "revoked": true }), |_| {
                    format!("{client} is revoked")
                })?;
                Ok(Outcome::Fine)
            }
        }
    }
}

impl Create {
    async fn run(self, service: &Service, output: Output) -> anyhow::Result<Outcome> {
        let organisation = org::find(service, &self.org).await?.id;
        let new =
            NewClient { organisation, name: self.name, functions: self.functions, valid_days: self.days };
        let made = service.create_client(new).await.map_err(in_full).context("the client was not made")?;
        let answer = json!({ "client": made.client, "secret": made.secret, "expires_at": made.expires_at });
        output.print(&answer, |_| {
            format!(
                "client {}, valid until {}\nsecret, shown this once: {}",
                made.client, made.expires_at, made.secret
            )
        })?;
        Ok(Outcome::Fine)
    }
}

async fn list(service: &Service, wanted: &str, output: Output) -> anyhow::Result<Outcome> {
    let organisation = org::find(service, wanted).await?;
    let clients = service.clients(organisation.id).await?;
    let listed: Vec<_> = clients
        .iter()
        .map(|client| {
            json!({
                "id": client.id,
                "name": client.name,
                "functions": client.functions,
                "expires_at": client.expires_at,
                "revoked_at": client.revoked_at,
            })
        })
        .collect();
    output.print(&json!({ "clients": listed }), |_| {
        let rows: Vec<Vec<String>> = clients
            .iter()
            .map(|client| {
                let functions: Vec<&str> = client.functions.iter().map(|function| function.name()).collect();
                let state = match (client.revoked_at, client.expires_at) {
                    (Some(at), _) => format!("revoked {at}"),
                    (None, Some(at)) => format!("until {at}"),
                    (None, None) => "valid".to_owned(),
                };
                vec![client.name.clone(), functions.join(" "), state, client.id.to_string()]
            })
            .collect();
        table(&["name", "functions", "state", "id"], &rows)
    })?;
    Ok(Outcome::Fine)
}
