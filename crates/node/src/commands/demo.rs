//! `beffroi demo`: a node with example organisations and cases on this machine.

use std::{
    io::Write,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use model::Instant;
use service::Clock;
use vault::MasterKey;

use crate::{
    config::{Config, Database},
    demonstration::{self, Script},
    laws, log, master_key, open,
    output::{Outcome, table},
    serving, worker,
};

/// Start a node with example organisations and cases on this machine.
#[derive(Debug, Args)]
pub struct Demo {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Where its data is kept between starts; the key lies beside it, in DIR.key.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub data: PathBuf,
    /// Forget what was done in the demo and begin again, with deadlines counted from now.
    #[arg(long)]
    pub fresh: bool,
}

/// In the data folder: makes other commands work on the demo, and marks the folder as one of ours.
const CONFIGURATION: &str = "beffroi.toml";
const DATABASE: &str = "beffroi.sqlite";

impl Demo {
    /// Seeds on the first start, then serves until told to stop.
    ///
    /// # Errors
    /// A busy port, a folder that is something else, or whatever keeps a node from starting.
    pub async fn run(self, mut config: Config) -> anyhow::Result<Outcome> {
        "warn".clone_into(&mut config.log.level);
        log::start(&config.log)?;
        let listener = serving::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)))?;
        config.listen.address = listener.local_addr()?;
        config.database = Database::file(&self.data.join(DATABASE));
        config.keys.master_key_file = key_file(&self.data)?;
        if self.fresh {
            forget(&self.data)?;
        }
        let script = Script::read()?;
        if !self.data.exists() {
            self.seed(&config, &script).await?;
        }
        let service = open::service(&config).await.with_context(|| {
            format!(
                "the demo in {} cannot be opened; `beffroi demo --fresh` begins again",
                self.data.display()
            )
        })?;
        self.greet(&config, &script)?;
        let work = worker::start(&service, config.mail.post(config.public_address())?);
        serving::serve(&config, listener, service, work).await?;
        Ok(Outcome::Fine)
    }

    /// Seeds beside the place and moves the whole there at the end: an interrupted first start leaves no half.
    async fn seed(&self, config: &Config, script: &Script) -> anyhow::Result<()> {
        let half = with_ending(&self.data, "half")?;
        if half.exists() {
            std::fs::remove_dir_all(&half)?;
        }
        open::private_folder(&half)?;
        let key = key(&config.keys.master_key_file)?;
        let library = laws::library(&config.regimes)?;
        let start = whole_minute(Clock::System.now())?;
        demonstration::seed(&half.join(DATABASE), key, library, script, start)
            .await
            .context("the demonstration could not be entered")?;
        std::fs::write(half.join(CONFIGURATION), configuration(&config.keys.master_key_file)?)?;
        std::fs::rename(&half, &self.data).context("cannot move the demonstration to its place")
    }

    fn greet(&self, config: &Config, script: &Script) -> anyhow::Result<()> {
        let rows: Vec<Vec<String>> = script
            .people
            .iter()
            .map(|person| {
                let organisation = script.organisations.get(&person.organisation);
                let organisation = organisation.map_or_else(String::new, |one| one.name.clone());
                vec![
                    person.mail.clone(),
                    person.password.clone(),
                    format!("{}, {}", person.name, person.post),
                    organisation,
                ]
            })
            .collect();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nBeffroi demo: {}\n", config.public_address())?;
        writeln!(out, "{}", table(&["sign in with", "password", "as", "of"], &rows))?;
        let library = laws::library(&config.regimes)?;
        let asked = demonstration::questions(script, &library, Clock::System.now())?;
        let rows: Vec<Vec<String>> = asked
            .into_iter()
            .map(|(incident, asked)| {
                let laws: Vec<&str> = asked.per_law.keys().map(String::as_str).collect();
                let (once, apart) = (asked.asked_once.to_string(), asked.separate_forms.to_string());
                vec![incident, laws.join(", "), once, apart]
            })
            .collect();
        writeln!(
            out,
            "{}",
            table(&["incident", "laws that ask", "questions, each once", "in separate forms"], &rows)
        )?;
        let command = format!("beffroi --config {}", self.data.join(CONFIGURATION).display());
        writeln!(out, "Keys to verify receipts with:  {command} key list --json > keys.json")?;
        writeln!(out, "Begin again:                   beffroi demo --fresh")?;
        writeln!(out, "Stop:                          Ctrl-C (what you did is kept)")?;
        Ok(out.flush()?)
    }
}

/// Deletes the data of an earlier demo, and only that.
fn forget(data: &Path) -> anyhow::Result<()> {
    if !data.exists() {
        return Ok(());
    }
    if !data.join(CONFIGURATION).is_file() || !data.join(DATABASE).is_file() {
        bail!(
            "{} does not look like the data of a demo; it is not deleted, choose another --data",
            data.display()
        );
    }
    std::fs::remove_dir_all(data).with_context(|| format!("cannot delete {}", data.display()))
}

fn key_file(data: &Path) -> anyhow::Result<PathBuf> {
    with_ending(data, "key")
}

fn with_ending(data: &Path, ending: &str) -> anyhow::Result<PathBuf> {
    let name = data.file_name().with_context(|| format!("--data {} names no folder", data.display()))?;
    Ok(data.with_file_name(format!("{}.{ending}", name.to_string_lossy())))
}

fn key(file: &Path) -> anyhow::Result<MasterKey> {
    if file.exists() {
        return MasterKey::read(&std::fs::read_to_string(file)?)
            .with_context(|| format!("in the key file {} of the demo", file.display()));
    }
    master_key::generate(file)
}

fn configuration(key: &Path) -> anyhow::Result<String> {
    let key = std::path::absolute(key)?;
    let table = toml::Table::from_iter([
        ("database".to_owned(), toml::Value::Table(one("url", format!("sqlite:{DATABASE}")))),
        ("keys".to_owned(), toml::Value::Table(one("master_key_file", key.display().to_string()))),
    ]);
    Ok(format!("# The demonstration, for other commands: beffroi --config THIS-FILE ...\n\n{table}"))
}

fn one(name: &str, value: String) -> toml::Table {
    toml::Table::from_iter([(name.to_owned(), toml::Value::String(value))])
}

/// Deadlines of the demonstration fall on whole minutes, which is easier to read.
fn whole_minute(now: Instant) -> anyhow::Result<Instant> {
    const MINUTE: i64 = 60_000_000;
    Ok(Instant::from_micros(now.micros() / MINUTE * MINUTE)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_demo_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("thesis");
        std::fs::create_dir(&data).unwrap();
        std::fs::write(data.join("chapter-1.txt"), "years of work").unwrap();
        assert!(forget(&data).unwrap_err().to_string().contains("not deleted"));
        assert!(data.join("chapter-1.txt").exists());
        std::fs::write(data.join(CONFIGURATION), "").unwrap();
        std::fs::write(data.join(DATABASE), "").unwrap();
        forget(&data).unwrap();
        assert!(!data.exists());
    }

    #[test]
    fn the_key_lies_beside_the_data_not_in_it() {
        let data = Path::new("data/demo");
        let key = key_file(data).unwrap();
        assert_eq!(key, Path::new("data/demo.key"));
        master_key::refuse_beside_data(&key, Some(data)).unwrap();
    }
}
