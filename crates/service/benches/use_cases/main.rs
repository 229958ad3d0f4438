//! How long the use cases take on a database that has lived: answers saved and the form given back, pages,
//! filings side by side. Prints the median and the slowest hundredth, per database.
//!
//! `cargo xtask bench use_cases [-- --incidents N --operations N --only sqlite|postgres --folder DIR]`.
//! The data file lies in DIR, beside the build when not said: a folder in memory shows what is not the disk.
//! Numbers from a machine that does something else at the same time are worth nothing.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot go on says so and ends")]

mod desk;
mod file;
mod home;
mod measure;
mod save;

use std::time::{Duration, Instant};

use service::Service;
use store::Options;
use testkit::LivedIn;
use vault::MasterKey;

/// What is to be measured.
struct Size {
    incidents: u64,
    operations: usize,
    only: Option<String>,
    folder: String,
}

impl Size {
    fn read(words: impl Iterator<Item = String>) -> Self {
        // Beside the build, which lies on a disk; the usual temporary folder may be memory.
        let folder = env!("CARGO_TARGET_TMPDIR").to_owned();
        let mut size = Self { incidents: 100_000, operations: 2000, only: None, folder };
        let mut words = words.filter(|word| word != "--bench");
        while let Some(word) = words.next() {
            let value = words.next().unwrap_or_default();
            match word.as_str() {
                "--incidents" => size.incidents = value.parse().expect("--incidents takes a number"),
                "--operations" => size.operations = value.parse().expect("--operations takes a number"),
                "--only" => size.only = Some(value),
                "--folder" => size.folder = value,
                other => {
                    panic!("no option {other}: see the head of crates/service/benches/use_cases/main.rs")
                }
            }
        }
        size
    }

    fn wants(&self, database: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only == database)
    }
}

#[tokio::main]
async fn main() {
    let size = Size::read(std::env::args().skip(1));
    if size.wants("sqlite") {
        let folder = tempfile::tempdir_in(&size.folder).expect("a folder on the disk");
        run(Options::sqlite(folder.path().join("beffroi.sqlite")), &size).await;
    }
    if size.wants("postgres")
        && let Some(url) = testkit::fresh_database("the use cases").await
    {
        run(Options::postgres(url), &size).await;
    }
}

async fn run(options: Options, size: &Size) {
    let begun = Instant::now();
    let node = LivedIn::make(&options, MasterKey::generate(), size.incidents).await;
    let store = node.service.store();
    while node.service.chain_audit().await.expect("the audit is chained") > 0 {}
    println!("\n{}: {} incidents loaded in {:.0?}", store.kind(), size.incidents, begun.elapsed());
    let durability = store.read().await.expect("a transaction").durability().await.expect("the settings");
    let settings: Vec<String> = durability.iter().map(|(name, value)| format!("{name}={value}")).collect();
    println!("{}", settings.join(" "));
    let worker = tokio::spawn(work(node.service.clone()));
    save::measure(&node, size.operations).await;
    home::measure(&node, size.operations / 10).await;
    file::measure(&node).await;
    desk::measure(&node, size.operations / 2).await;
    worker.abort();
    store.close().await;
}

/// What a node does beside its requests, as often as it does it.
async fn work(service: Service) {
    let mut rounds = tokio::time::interval(Duration::from_millis(500));
    loop {
        rounds.tick().await;
        service.chain_audit().await.expect("the audit is chained");
    }
}
