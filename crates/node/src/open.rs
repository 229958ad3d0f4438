//! From the configuration to a running service: database, keys, laws.

use std::{path::Path, sync::Arc};

use anyhow::{Context, bail};
use service::{Clock, Service};
use store::{Options, Store};

use crate::{
    config::{Config, Database},
    laws, master_key,
};

/// The service on the database of `config`, with the laws of `config`.
///
/// # Errors
/// Laws that cannot be read, no database yet, no or a wrong master key, tables of another program.
pub async fn service(config: &Config) -> anyhow::Result<Service> {
    let library = laws::library(&config.regimes)?;
    let store = store(config).await?;
    Ok(Service::new(store, Arc::new(library), Clock::System))
}

/// The database of `config`, which must be there with the tables of this program.
///
/// # Errors
/// No database yet, no or a wrong master key, tables of another program.
pub async fn store(config: &Config) -> anyhow::Result<Store> {
    if let Some(path) = config.database.path()
        && !path.exists()
    {
        bail!("there is no database {} yet; make it with `beffroi migrate`", path.display());
    }
    let store = connect(config).await?;
    store.ready().await.with_context(|| config.database.words())?;
    Ok(store)
}

/// The database of `config`, made when it is not there, with the tables of this program.
///
/// # Errors
/// No or a wrong master key, tables of a newer program, a folder that cannot be made.
pub async fn migrated(config: &Config) -> anyhow::Result<Store> {
    // The key first: a mistake there is to leave no empty database behind.
    master_key::find(config)?;
    if let Some(folder) = config.database.folder() {
        private_folder(&folder)?;
    }
    let store = connect(config).await?;
    store.migrate(Clock::System.now()).await.with_context(|| config.database.words())?;
    Ok(store)
}

async fn connect(config: &Config) -> anyhow::Result<Store> {
    let key = master_key::find(config)?;
    Store::open(&options(&config.database), key).await.with_context(|| config.database.words())
}

fn options(database: &Database) -> Options {
    match database.path() {
        Some(path) => {
            Options::Sqlite { path: path.to_owned(), readers: database.connections, largest_bytes: None }
        }
        None => Options::Postgres { url: database.url.clone(), connections: database.connections },
    }
}

/// Makes `folder` for the owner only; an existing one is left as it is.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(folder: &Path) -> anyhow::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
}
