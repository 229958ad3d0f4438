//! `beffroi serve`: run the node.

use std::net::SocketAddr;

use clap::Args;
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    config::{Config, refuse_plain},
    log, open,
    output::{Outcome, Output, Unreadable},
    serving, worker,
};

/// Run the node.
#[derive(Debug, Args)]
pub struct Serve {
    /// Listen here instead of listen.address.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// Only serve; other replicas, or `beffroi worker`, do the work beside the requests.
    #[arg(long)]
    pub no_worker: bool,
}

impl Serve {
    /// Prints the address and serves until told to stop.
    ///
    /// # Errors
    /// What keeps the node from starting, each with its remedy.
    pub async fn run(self, mut config: Config, output: Output) -> anyhow::Result<Outcome> {
        config.listen.address = self.listen.unwrap_or(config.listen.address);
        refuse_plain(&config.listen, &config.tls).map_err(|error| Unreadable(error.to_string()))?;
        log::start(&config.log)?;
        let listener = serving::bind(config.listen.address)?;
        config.listen.address = listener.local_addr()?;
        let post = config.mail.post(config.public_address())?;
        let service = open::service(&config).await?;
        let address = served_address(&config);
        tracing::info!(database = %config.database.words(), "the node serves {address}");
        output.print(&json!({ "address": address }), |_| format!("the node serves {address}"))?;
        let work = if self.no_worker { JoinSet::new() } else { worker::start(&service, post) };
        serving::serve(&config, listener, service, work).await?;
        tracing::info!("the node has stopped");
        Ok(Outcome::Fine)
    }
}

fn served_address(config: &Config) -> String {
    let scheme = if config.tls.is_given() { "https" } else { "http" };
    format!("{scheme}://{}", config.listen.address)
}
