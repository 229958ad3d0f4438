//! Where the rows of the node are.

use std::path::{Path, PathBuf};

use anyhow::bail;
use serde::Deserialize;

/// Where the rows are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:` and a path, or `postgres://` and what follows.
    pub url: String,
    /// Connections that read at the same time.
    pub connections: u32,
}

impl Database {
    /// A file at `path`.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self { url: format!("sqlite:{}", path.display()), connections: 8 }
    }

    /// The database file, when it is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.url.strip_prefix("sqlite:").map(Path::new)
    }

    /// The data folder: the folder of the database file, when it is one.
    #[must_use]
    pub fn folder(&self) -> Option<PathBuf> {
        self.path().map(|path| path.parent().unwrap_or(Path::new("")).to_owned())
    }

    /// The database in words, without a password.
    #[must_use]
    pub fn words(&self) -> String {
        match self.url.split_once("://") {
            Some((scheme, rest)) => {
                format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_account, place)| place))
            }
            None => self.url.clone(),
        }
    }

    pub(super) fn resolve(&mut self, folder: &Path) {
        let resolved = self.path().map(|path| format!("sqlite:{}", folder.join(path).display()));
        if let Some(url) = resolved {
            self.url = url;
        }
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if !known.iter().any(|scheme| self.url.starts_with(scheme)) {
            bail!(
                "database.url begins with \"sqlite:\" (and a path) or \"postgres://\", got {:?}",
                self.words()
            );
        }
        if !(1..=200).contains(&self.connections) {
            bail!("database.connections lies between 1 and 200, got {}", self.connections);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let database =
            Database { url: "postgres://beffroi:s3cret@db.example.eu/beffroi".to_owned(), connections: 8 };
        assert_eq!(database.words(), "postgres://db.example.eu/beffroi");
        assert_eq!(database.folder(), None);
    }
}
