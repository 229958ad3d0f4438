//! The command line: what `beffroi --help` shows.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands::{
    audit, client, convert, demo, duties, job, key, mail, match_pattern, org, playbook, regime, serve,
    taxonomy, user, validate, verify, worker,
};

/// Report cyber incidents once, to the right authority, in time, with proof.
#[derive(Debug, Parser)]
#[command(name = "beffroi", version, about, max_term_width = 110)]
pub struct Arguments {
    /// The configuration file; `beffroi config` prints the manual.
    #[arg(long, global = true, env = "BEFFROI_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A folder with more laws, beside those of the configuration; may be repeated.
    #[arg(long, global = true, value_name = "DIR")]
    pub regimes: Vec<PathBuf>,
    /// Print JSON for machines.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a node with example organisations and cases on this machine.
    Demo(demo::Demo),
    /// Run the node.
    Serve(serve::Serve),
    /// Do the work beside the requests: reminders, mail, the audit chain.
    Worker(worker::Worker),
    /// Bring the database to the schema of this program.
    Migrate,
    /// Check configuration, database, keys, clock and audit chain.
    Doctor,
    /// Print the commented default configuration.
    Config,
    /// Say which duties an incident brings, why and until when.
    Duties(duties::Duties),
    /// Check a receipt, a filing or the signatures of a playbook without a node.
    Verify(verify::Verify),
    /// Check documents against their standard: IDMEFv2, STIX 2.1, MISP, CACAO 2.0, CSAF.
    Validate(validate::Validate),
    /// Bring documents from one format to another, with every loss named.
    Convert(convert::Convert),
    /// Look for STIX patterns in observed data.
    Match(match_pattern::MatchPattern),
    /// Sign CACAO playbooks, and sign what others signed.
    #[command(subcommand)]
    Playbook(playbook::PlaybookCommand),
    /// The laws.
    #[command(subcommand)]
    Regime(regime::Regime),
    /// Taxonomies as files for others: machine tags of MISP, SKOS.
    #[command(subcommand)]
    Taxonomy(taxonomy::Taxonomy),
    /// Organisations and the directory of recipients.
    #[command(subcommand)]
    Org(org::Org),
    /// People with an account.
    #[command(subcommand)]
    User(user::User),
    /// Machine clients.
    #[command(subcommand)]
    Client(client::Client),
    /// The master key and the published keys.
    #[command(subcommand)]
    Key(key::Key),
    /// The work that waits, and what was put aside.
    #[command(subcommand)]
    Job(job::Job),
    /// The mail server.
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// The audit chain.
    #[command(subcommand)]
    Audit(audit::Audit),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
