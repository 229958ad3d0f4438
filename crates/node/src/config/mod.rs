//! The configuration: one structure per subject, defaults from the embedded manual.

mod database;
mod listen;
mod mail;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde::Deserialize;
use vault::Publisher;

pub use database::Database;
pub use listen::{Listen, Tls, refuse_plain};
pub use mail::Mail;

/// The commented default file: the manual.
pub const MANUAL: &str = include_str!("../../config.default.toml");

/// Everything a node is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where it serves.
    pub listen: Listen,
    /// Its certificate.
    #[serde(default)]
    pub tls: Tls,
    /// Where its rows are.
    pub database: Database,
    /// Where its master key is.
    pub keys: Keys,
    /// Laws beyond those in the program.
    pub regimes: Regimes,
    /// By which server it sends mail.
    #[serde(default)]
    pub mail: Mail,
    /// What it writes down.
    pub log: Log,
}

/// Where the master key is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The file that holds it.
    pub master_key_file: PathBuf,
}

/// Laws beyond those in the program.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regimes {
    /// Folders with packs.
    pub folders: Vec<PathBuf>,
    /// Whose packs are trusted.
    pub publishers: Vec<Publisher>,
    /// Whether packs in the folders must be signed by one of them.
    pub require_signed: bool,
}

/// What the node writes down.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Level or directives.
    pub level: String,
    /// For people or for machines.
    pub format: LogFormat,
}

/// For whom the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object per line.
    Json,
}

impl Config {
    /// The configuration in `file`, over the defaults; the defaults alone without a file.
    ///
    /// # Errors
    /// An unreadable file, a key that does not exist, a value that does not fit: each named.
    pub fn read(file: Option<&Path>) -> anyhow::Result<Self> {
        let Some(file) = file else {
            return Self::parse("", Path::new("")).context("the default configuration");
        };
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read the configuration {}", file.display()))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).with_context(|| format!("in the configuration {}", file.display()))
    }

    fn parse(text: &str, folder: &Path) -> anyhow::Result<Self> {
        let mut whole: toml::Table = toml::from_str(MANUAL).context("the manual is no TOML")?;
        let given: toml::Table = toml::from_str(text)?;
        merge(&mut whole, given);
        let mut config: Self = whole.try_into()?;
        config.resolve(folder);
        config.check()?;
        Ok(config)
    }

    fn resolve(&mut self, folder: &Path) {
        self.database.resolve(folder);
        self.tls.resolve(folder);
        self.mail.resolve(folder);
        self.keys.master_key_file = folder.join(&self.keys.master_key_file);
        for path in &mut self.regimes.folders {
            *path = folder.join(&*path);
        }
    }

    fn check(&self) -> anyhow::Result<()> {
        self.tls.check()?;
        self.database.check()?;
        self.mail.check()?;
        if let Some(publisher) = self.regimes.publishers.iter().find(|one| one.fingerprint().is_none()) {
            return Err(anyhow!(
                "regimes.publishers: the public_key of {:?} is not 32 bytes in base64url without padding, as \
                 `beffroi regime key new` prints it",
                publisher.name
            ));
        }
        if self.log.level.trim().is_empty() {
            return Err(anyhow!("log.level is empty; write error, warn, info, debug or trace"));
        }
        Ok(())
    }

    /// The address for links, without a slash at the end.
    #[must_use]
    pub fn public_address(&self) -> String {
        let scheme = if self.tls.is_given() { "https" } else { "http" };
        self.listen
            .public_address
            .clone()
            .unwrap_or_else(|| format!("{scheme}://{}", self.listen.address))
            .trim_end_matches('/')
            .to_owned()
    }
}

fn merge(whole: &mut toml::Table, given: toml::Table) {
    for (key, value) in given {
        match (whole.get_mut(&key), value) {
            (Some(toml::Value::Table(there)), toml::Value::Table(new)) => merge(there, new),
            (_, value) => {
                whole.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<Config> {
        Config::parse(text, Path::new("/etc/beffroi"))
    }

    #[test]
    fn the_manual_is_a_configuration() {
        let config = Config::read(None).unwrap();
        assert_eq!(config.listen.address.to_string(), "127.0.0.1:8080");
        assert_eq!(config.keys.master_key_file, Path::new("beffroi.key"));
        assert_eq!(config.public_address(), "http://127.0.0.1:8080");
    }

    #[test]
    fn every_commented_setting_of_the_manual_is_one() {
        let open: String = MANUAL
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.contains(" = \"") && !rest.starts_with("url") => format!("{rest}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let config = read(&open).unwrap();
        assert_eq!(config.public_address(), "https://beffroi.example.eu");
        assert!(config.tls.is_given());
    }

    #[test]
    fn relative_paths_start_at_the_file() {
        let config = read("[regimes]\nfolders = ['laws', '/srv/laws']").unwrap();
        assert_eq!(config.regimes.folders, [Path::new("/etc/beffroi/laws"), Path::new("/srv/laws")]);
        assert_eq!(config.database.folder().unwrap(), Path::new("/etc/beffroi/beffroi-data"));
    }

    #[test]
    fn mistakes_are_named() {
        let text = |toml: &str| format!("{:#}", read(toml).unwrap_err());
        assert!(text("[listen]\nadress = 1").contains("adress"), "{}", text("[listen]\nadress = 1"));
        assert!(text("[listen]\naddress = 'everywhere'").contains("address"));
        assert!(text("[tls]\ncertificate = 'x.pem'").contains("private_key"));
        assert!(text("[database]\nurl = 'mysql://x'").contains("sqlite:"));
        assert!(
            text("[regimes]\npublishers = [{ name = 'Office', public_key = 'x' }]")
                .contains("regime key new")
        );
        assert!(text("[loging]\nlevel = 'info'").contains("loging"));
    }
}
