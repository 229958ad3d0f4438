//! `beffroi key`: the master key and the published keys.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use crate::{
    config::Config,
    master_key, open,
    output::{Outcome, Output, table},
};

/// The master key and the published keys.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Write a fresh master key to a file that only this account can read.
    Generate {
        /// The file; an existing one is never overwritten.
        file: PathBuf,
    },
    /// List the published signing keys; with --json this is the trust file of `beffroi verify`.
    List,
}

impl Key {
    /// Does it.
    ///
    /// # Errors
    /// A key file that exists already; a node that cannot be opened.
    pub async fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        match self {
            Self::Generate { file } => generate(&file, config, output),
            Self::List => list(config, output).await,
        }
    }
}

fn generate(file: &std::path::Path, config: &Config, output: Output) -> anyhow::Result<Outcome> {
    master_key::refuse_beside_data(file, config.database.folder().as_deref())?;
    let key = master_key::generate(file)?;
    output.print(&json!({ "file": file, "key": key.id() }), |_| {
        format!(
            "master key {} is in {}; keep a copy off this machine: without it nobody can read the data",
            key.id(),
            file.display()
        )
    })?;
    Ok(Outcome::Fine)
}

async fn list(config: &Config, output: Output) -> anyhow::Result<Outcome> {
    let trusted = open::service(config).await?.trusted_keys().await?;
    output.print(&trusted, |trusted| {
        let rows: Vec<Vec<String>> = trusted
            .keys
            .iter()
            .map(|key| {
                let state = match (key.revoked_at, key.valid_until) {
                    (Some(at), _) => format!("revoked {at}"),
                    (None, Some(at)) => format!("until {at}"),
                    (None, None) => "valid".to_owned(),
                };
                vec![key.name.clone(), state, key.fingerprint.clone()]
            })
            .collect();
        table(&["organisation", "state", "fingerprint"], &rows)
    })?;
    Ok(Outcome::Fine)
}
