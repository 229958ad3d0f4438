//! Bringing the tables up to date: forward only, each step once, all replicas in turn.

use crate::{
    error::{Error, Result},
    statement::sql,
    store::Tx,
};

/// One step. Where the databases must differ, the two texts differ.
pub struct Migration {
    /// Counts from 1.
    pub version: i64,
    /// The file name without its ending.
    pub name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migration {
    ($version:literal, $name:literal) => {{
        const TEXT: &str = include_str!(concat!("../../../migrations/", $name, ".sql"));
        Migration { version: $version, name: $name, sqlite: TEXT, postgres: TEXT }
    }};
}

/// The steps in order. An applied step is never edited: a change is a new step.
pub const MIGRATIONS: &[Migration] = &[
    migration!(1, "0001_house"),
    migration!(2, "0002_work"),
    migration!(3, "0003_accounts"),
    migration!(4, "0004_approvals"),
    migration!(5, "0005_record"),
    migration!(6, "0006_paper"),
    migration!(7, "0007_desks"),
    migration!(8, "0008_police"),
    migration!(9, "0009_taxonomy"),
    migration!(10, "0010_received"),
];

/// The version of this program.
fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

/// The version of the tables; 0 when there are none.
pub async fn version(tx: &mut Tx) -> Result<i64> {
    if !tx.connection.has_table("schema_version").await? {
        return Ok(0);
    }
    let row = tx.row(sql("SELECT MAX(version) AS version FROM schema_version")).await?;
    let version = row.map(|row| row.get::<Option<i64>>("version")).transpose()?.flatten().unwrap_or(0);
    if version > newest() { Err(newer(version)) } else { Ok(version) }
}

/// Applies what is missing, in the transaction at hand.
pub async fn run(tx: &mut Tx) -> Result<()> {
    tx.run(sql(
        "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
    ))
    .await?;
    let present = version(tx).await?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > present) {
        let script = match tx.connection {
            crate::dialect::Connection::Sqlite(_) => migration.sqlite,
            crate::dialect::Connection::Postgres(_) => migration.postgres,
        };
        tx.connection.run_script(script).await?;
        tx.run(
            sql("INSERT INTO schema_version (version, name) VALUES ($1, $2)")
                .bind(migration.version)
                .bind(migration.name),
        )
        .await?;
        tracing::info!(
            version = migration.version,
            name = migration.name,
            "the tables were brought up to date"
        );
    }
    Ok(())
}

/// Whether the tables are exactly those of this program.
pub async fn check(tx: &mut Tx) -> Result<()> {
    let present = version(tx).await?;
    if present == newest() {
        return Ok(());
    }
    Err(Error::Schema(format!(
        "the tables stand at version {present}, this program wants {}; run `beffroi migrate`",
        newest()
    )))
}

fn newer(version: i64) -> Error {
    Error::Schema(format!(
        "the tables stand at version {version}, made by a newer program; this one knows up to {}: \
         start the newer program, or restore the backup made before the upgrade",
        newest()
    ))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_file_of_the_folder_is_a_step_and_steps_count_from_one() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
        let files: BTreeSet<String> = fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".sql").map(str::to_owned))
            .map(|name| name.trim_end_matches(".sqlite").trim_end_matches(".postgres").to_owned())
            .collect();
        let steps: BTreeSet<String> = MIGRATIONS.iter().map(|step| step.name.to_owned()).collect();
        assert_eq!(files, steps);
        for (step, version) in MIGRATIONS.iter().zip(1..) {
            assert_eq!(step.version, version);
            assert!(step.name.starts_with(&format!("{version:04}_")), "{}", step.name);
        }
    }
}
