//! `beffroi audit`: the audit chain.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Subcommand;
use service::{Service, verify_audit};
use store::{AuditHead, Store, verify_chain};

use crate::{
    config::Config,
    open,
    output::{Outcome, Output, Unreadable, read_large},
};

/// How many rows are followed at once.
const PAGE: u32 = 1000;

/// The audit chain.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Print the chain, one sealed row per line.
    Export,
    /// Prove that an export is whole, without a node.
    Verify {
        /// The export; `-` reads the standard input.
        file: PathBuf,
    },
}

impl Audit {
    /// Does it.
    ///
    /// # Errors
    /// A node that cannot be opened, an export that cannot be read.
    pub async fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        match self {
            Self::Export => export(&open::service(config).await?).await,
            Self::Verify { file } => verify(&file, output),
        }
    }
}

async fn export(service: &Service) -> anyhow::Result<Outcome> {
    while service.chain_audit().await? > 0 {}
    let lines = service.audit_export().await?;
    std::io::stdout().write_all(&lines).context("cannot write to the standard output")?;
    Ok(Outcome::Fine)
}

fn verify(file: &Path, output: Output) -> anyhow::Result<Outcome> {
    let verdict = verify_audit(&read_large(file)?);
    if let (0, Some(finding)) = (verdict.rows, &verdict.finding) {
        return Err(Unreadable(format!("{}: {finding}", file.display())).into());
    }
    output.print(&verdict, |verdict| match (&verdict.finding, &verdict.head) {
        (Some(finding), _) => format!("broken: {finding}"),
        (None, Some(head)) => format!("whole: {} rows, head {head}", verdict.rows),
        (None, None) => format!("whole: {} rows", verdict.rows),
    })?;
    Ok(if verdict.intact { Outcome::Fine } else { Outcome::Found })
}

/// Follows the chain of the database itself, page by page; what was found, in words.
///
/// # Errors
/// The first row that does not fit.
pub async fn verified(store: &Store) -> anyhow::Result<String> {
    let mut head = AuditHead::START;
    loop {
        let rows = store.read().await?.export_audit(head.seq, PAGE).await?;
        if rows.is_empty() {
            return Ok(format!("{} rows, none changed", head.seq));
        }
        head = verify_chain(head, &rows)?;
    }
}
