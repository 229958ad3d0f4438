//! `beffroi worker`: the work beside the requests, without serving anybody.

use clap::Args;
use serde_json::json;

use crate::{
    config::Config,
    log, open,
    output::{Outcome, Output},
    serving, worker,
};

/// Do the work beside the requests: reminders, mail, the audit chain. Nobody is served.
#[derive(Debug, Args)]
pub struct Worker {}

impl Worker {
    /// Works until told to stop.
    ///
    /// # Errors
    /// What keeps the worker from starting, each with its remedy.
    pub async fn run(self, config: Config, output: Output) -> anyhow::Result<Outcome> {
        log::start(&config.log)?;
        let post = config.mail.post(config.public_address())?;
        let service = open::service(&config).await?;
        service.ready().await?;
        tracing::info!(database = %config.database.words(), "the worker works");
        output.print(&json!({ "working": true }), |_| "the worker works".to_owned())?;
        let store = service.store().clone();
        let work = worker::start(&service, post);
        let told = serving::told_to_stop().await;
        tracing::info!("told to stop by {told}");
        drop(work);
        store.close().await;
        Ok(Outcome::Fine)
    }
}
