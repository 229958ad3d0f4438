//! The house itself: settings, tables, keys, full disks.

use std::collections::BTreeSet;

use policy::for_node;
use store::{CLEAR_COLUMNS, Error, Options, SEALED_COLUMNS, Store};
use vault::{Holder, MasterKey};

use crate::{
    bench::{Bench, master, on_both},
    sample::{self, at},
};

on_both!(
    what_is_acknowledged_is_durable,
    the_tables_are_made_once,
    a_newer_schema_is_refused,
    a_wrong_master_key_is_named,
    another_replica_opens_what_this_one_made,
    a_dropped_transaction_has_not_happened,
    a_holder_gets_one_key,
    every_column_is_listed,
    a_reading_transaction_cannot_write,
);

async fn what_is_acknowledged_is_durable(bench: Bench) {
    let mut tx = bench.write().await;
    let settings = tx.durability().await.unwrap();
    let is = |name: &str, value: &str| {
        assert!(settings.contains(&(name.to_owned(), value.to_owned())), "{name}={value} in {settings:?}");
    };
    match bench.store.kind() {
        "sqlite" => {
            is("journal_mode", "wal");
            is("synchronous", "2");
            is("foreign_keys", "1");
            is("secure_delete", "1");
            is("busy_timeout", "10000");
        }
        _ => {
            is("synchronous_commit", "on");
            is("fsync", "on");
        }
    }
}

async fn the_tables_are_made_once(bench: Bench) {
    bench.store.ready().await.unwrap();
    bench.store.migrate(at(1)).await.unwrap();
    let replica = bench.replica().await;
    replica.migrate(at(2)).await.unwrap();
    replica.ready().await.unwrap();
    assert_eq!(bench.read().await.organisations(&bench.hospital()).await.unwrap().len(), 3);
}

async fn a_newer_schema_is_refused(bench: Bench) {
    bench.run_raw("INSERT INTO schema_version (version, name) VALUES (999, 'tomorrow')", None).await;
    let refused = bench.store.ready().await.unwrap_err().to_string();
    assert!(refused.contains("999") && refused.contains("newer program"), "{refused}");
    assert!(matches!(bench.store.migrate(at(1)).await, Err(Error::Schema(_))));
    assert!(matches!(Store::open(&bench.options, master()).await, Err(Error::Schema(_))));
}

async fn a_wrong_master_key_is_named(bench: Bench) {
    let other = MasterKey::from_bytes(*b"another master key, 32 bytes lon");
    let (right, wrong) = (master().id().to_owned(), other.id().to_owned());
    let refused = Store::open(&bench.options, other).await.unwrap_err();
    assert!(matches!(refused, Error::MasterKey(_)), "{refused}");
    let words = refused.to_string();
    assert!(
        words.contains("does not open this data") && words.contains(&right) && words.contains(&wrong),
        "{words}"
    );
}

async fn another_replica_opens_what_this_one_made(bench: Bench) {
    let replica = bench.replica().await;
    let bakery = model::Organisation {
        id: model::OrganisationId::new(at(5), sample::chance(77)),
        name: "Bakery".to_owned(),
        ..sample::cloud()
    };
    let incident = sample::incident(50, bakery.id, "the oven is offline");
    let mut tx = bench.write().await;
    tx.insert_organisation(&bakery, at(5)).await.unwrap();
    let change = sample::change(&incident, None, "the oven is offline");
    tx.insert_incident(&for_node(bakery.id), &incident, &change).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = replica.write().await.unwrap();
    assert_eq!(tx.incident(&for_node(bakery.id), incident.id).await.unwrap(), Some(incident));
    let second = sample::incident(51, bakery.id, "the shop too");
    let change = sample::change(&second, None, "the shop too");
    tx.insert_incident(&for_node(bakery.id), &second, &change).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.read().await.incident(&for_node(bakery.id), second.id).await.unwrap(), Some(second));
    replica.close().await;
}

async fn a_dropped_transaction_has_not_happened(bench: Bench) {
    let incident = sample::incident(50, bench.hospital.id, "half a thought");
    let mut tx = bench.write().await;
    let change = sample::change(&incident, None, "half a thought");
    tx.insert_incident(&bench.hospital(), &incident, &change).await.unwrap();
    assert!(tx.incident(&bench.hospital(), incident.id).await.unwrap().is_some());
    drop(tx);
    assert!(bench.read().await.incident(&bench.hospital(), incident.id).await.unwrap().is_none());
}

async fn a_holder_gets_one_key(bench: Bench) {
    let holder = Holder::Organisation(model::OrganisationId::new(at(1), sample::chance(500)));
    let mut tx = bench.write().await;
    tx.ensure_holder(holder, at(1)).await.unwrap();
    tx.ensure_holder(holder, at(2)).await.unwrap();
    tx.commit().await.unwrap();
    let replica = bench.replica().await;
    let mut tx = replica.write().await.unwrap();
    tx.ensure_holder(holder, at(3)).await.unwrap();
    tx.commit().await.unwrap();
    // Node, three organisations, and this one.
    assert_eq!(bench.count("holder_key").await, 5);
}

async fn every_column_is_listed(bench: Bench) {
    let present: BTreeSet<(String, String)> =
        bench.read().await.columns().await.unwrap().into_iter().collect();
    let sealed = SEALED_COLUMNS.iter().map(|(table, column)| ((*table).to_owned(), (*column).to_owned()));
    let clear = CLEAR_COLUMNS.iter().map(|clear| (clear.table.to_owned(), clear.column.to_owned()));
    let listed: BTreeSet<(String, String)> = sealed.chain(clear).collect();
    assert_eq!(listed.len(), SEALED_COLUMNS.len() + CLEAR_COLUMNS.len(), "a column is listed twice");
    assert_eq!(present, listed);
    assert!(CLEAR_COLUMNS.iter().all(|clear| clear.reason.len() > 10));
}

async fn a_reading_transaction_cannot_write(bench: Bench) {
    let mut tx = bench.read().await;
    assert!(tx.prune_sessions(at(1)).await.is_err());
}

#[tokio::test]
async fn a_store_without_tables_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Options::sqlite(folder.path().join("new.db")), master()).await.unwrap();
    let words = store.ready().await.unwrap_err().to_string();
    assert!(words.contains("version 0") && words.contains("beffroi migrate"), "{words}");
    assert!(format!("{store:?}").contains("sqlite"));
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere/beffroi.db");
    let words = Store::open(&Options::sqlite(&path), master()).await.unwrap_err().to_string();
    assert!(words.contains("nowhere/beffroi.db"), "{words}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_data_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("beffroi.db");
    let store = Store::open(&Options::sqlite(&path), master()).await.unwrap();
    store.migrate(at(0)).await.unwrap();
    for name in ["beffroi.db", "beffroi.db-wal", "beffroi.db-shm"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.db");
    let options = Options::Sqlite { path: path.clone(), readers: 2, largest_bytes: Some(1_000_000) };
    let store = Store::open(&options, master()).await.unwrap();
    store.migrate(at(0)).await.unwrap();
    let hospital = sample::hospital();
    let scope = for_node(hospital.id);
    let mut tx = store.write().await.unwrap();
    tx.insert_organisation(&hospital, at(0)).await.unwrap();
    tx.commit().await.unwrap();

    let long = "x".repeat(20_000);
    let mut kept = Vec::new();
    let full = loop {
        let n = 100 + kept.len() as u64;
        let incident = sample::incident(n, hospital.id, &long);
        let mut tx = store.write().await.unwrap();
        let change = sample::change(&incident, None, &long);
        let wrote = tx.insert_incident(&scope, &incident, &change).await;
        let wrote = match wrote {
            Ok(()) => tx.commit().await,
            Err(error) => Err(error),
        };
        match wrote {
            Ok(()) => kept.push(incident.id),
            Err(error) => break error,
        }
        assert!(kept.len() < 1000, "the disk never fills");
    };
    assert!(matches!(full, Error::Full), "{full}");
    assert!(kept.len() > 5);
    store.close().await;

    // With room again, everything that was acknowledged is there, and work goes on.
    let store = Store::open(&Options::sqlite(&path), master()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    for id in &kept {
        assert!(tx.incident(&scope, *id).await.unwrap().is_some());
    }
    let incident = sample::incident(5000, hospital.id, &long);
    tx.insert_incident(&scope, &incident, &sample::change(&incident, None, &long)).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_erased_key_is_overwritten_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("beffroi.db");
    let store = Store::open(&Options::sqlite(&path), master()).await.unwrap();
    store.migrate(at(0)).await.unwrap();
    let hospital = sample::hospital();
    let scope = for_node(hospital.id);
    let incident = sample::incident(50, hospital.id, "to be forgotten");
    let mut tx = store.write().await.unwrap();
    tx.insert_organisation(&hospital, at(0)).await.unwrap();
    tx.insert_incident(&scope, &incident, &sample::change(&incident, None, "x")).await.unwrap();
    tx.commit().await.unwrap();
    let url = format!("sqlite://{}", path.display());
    let mut beside = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.unwrap();
    let keys: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT wrapped FROM data_key WHERE place_table IN ('incident', 'incident_change')",
    )
    .fetch_all(&mut beside)
    .await
    .unwrap();
    sqlx::Connection::close(beside).await.unwrap();
    assert_eq!(keys.len(), 2);
    let lies_in_the_file = |key: &[u8]| {
        let bytes = std::fs::read(&path).unwrap();
        bytes.windows(key.len()).any(|window| window == key)
    };
    store.close().await;
    assert!(keys.iter().all(|key| lies_in_the_file(key)), "the keys stand in the file before");

    let store = Store::open(&Options::sqlite(&path), master()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    tx.erase_incident(&scope, incident.id).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    assert!(!keys.iter().any(|key| lies_in_the_file(key)), "an erased key is still in the file");
}

#[tokio::test]
async fn transactions_can_wander_between_threads() {
    crate::bench::on_sqlite(|bench| async move {
        let store = bench.store.clone();
        let scope = bench.csirt();
        let task = tokio::spawn(async move {
            let mut tx = store.read().await?;
            tx.inbox(&scope, &store::InboxFilter::default(), None, 10).await
        });
        assert!(task.await.unwrap().unwrap().filings.is_empty());
    })
    .await;
}
