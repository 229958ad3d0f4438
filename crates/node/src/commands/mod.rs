//! The subcommands, one file each.

pub mod audit;
pub mod client;
pub mod convert;
pub mod demo;
pub mod doctor;
pub mod duties;
pub mod job;
pub mod key;
pub mod mail;
pub mod match_pattern;
pub mod org;
pub mod playbook;
pub mod regime;
pub mod serve;
mod stream;
pub mod taxonomy;
pub mod user;
pub mod validate;
pub mod verify;
pub mod worker;

use anyhow::Context;

use crate::{
    cli::{Arguments, Command},
    config::{Config, MANUAL},
    open,
    output::{Outcome, Output, Unreadable},
};

/// Does what the command line says.
///
/// # Errors
/// What kept the command from its work.
pub async fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let output = if arguments.json { Output::Json } else { Output::Words };
    let mut config = Config::read(arguments.config.as_deref())
        .context(Unreadable("the configuration cannot be used".to_owned()))?;
    config.regimes.folders.extend(arguments.regimes);
    match arguments.command {
        Command::Demo(demo) => demo.run(config).await,
        Command::Serve(serve) => serve.run(config, output).await,
        Command::Worker(worker) => worker.run(config, output).await,
        Command::Job(job) => job.run(&open::service(&config).await?, output).await,
        Command::Mail(mail) => mail.run(&config, output).await,
        Command::Migrate => migrate(&config, output).await,
        Command::Doctor => doctor::run(&config, output).await,
        Command::Config => {
            output.print(&MANUAL, |manual| (*manual).to_owned())?;
            Ok(Outcome::Fine)
        }
        Command::Duties(duties) => duties.run(&config, output),
        Command::Verify(verify) => verify.run(&config, output),
        Command::Validate(validate) => validate.run(output),
        Command::Convert(convert) => convert.run(&config, output),
        Command::Playbook(playbook) => playbook.run(output),
        Command::Match(wanted) => wanted.run(output),
        Command::Regime(regime) => regime.run(&config, output),
        Command::Taxonomy(taxonomy) => taxonomy.run(&config.regimes, output),
        Command::Org(org) => org.run(&open::service(&config).await?, output).await,
        Command::User(user) => user.run(&config, output).await,
        Command::Client(client) => client.run(&open::service(&config).await?, output).await,
        Command::Key(key) => key.run(&config, output).await,
        Command::Audit(audit) => audit.run(&config, output).await,
    }
}

async fn migrate(config: &Config, output: Output) -> anyhow::Result<Outcome> {
    let store = open::migrated(config).await?;
    store.close().await;
    let database = config.database.words();
    output.print(&serde_json::json!({ "database": database, "migrated": true }), |_| {
        format!("{database} has the tables of this program")
    })?;
    Ok(Outcome::Fine)
}
