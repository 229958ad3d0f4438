//! `beffroi serve`: run the node.

use std::net::SocketAddr;

use clap::Args;
use serde_json::json;

use crate::{
    config::{Config, refuse_plain},
    log, open,
    output::{Outcome, Output, Unreadable},
    serving,
};

/// Run the node.
#[derive(Debug, Args)]
pub struct Serve {
    /// Listen here instead of listen.address.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
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
        let service = open::service(&config).await?;
        let address = served_address(&config);
        tracing::info!(database = %config.database.words(), "the node serves {address}");
        output.print(&json!({ "address": address }), |_| format!("the node serves {address}"))?;
        serving::serve(&config, listener, service).await?;
        tracing::info!("the node has stopped");
        Ok(Outcome::Fine)
    }
}

fn served_address(config: &Config) -> String {
    let scheme = if config.tls.is_given() { "https" } else { "http" };
    format!("{scheme}://{}", config.listen.address)
}
