//! How quickly the node starts on data that is there, and how much memory it then holds.
//!
//! `cargo xtask bench start [-- --incidents N --only sqlite|postgres]`: the real binary, from its start to
//! the first answer of `/healthz` and of `/readyz`, and what the system says of its resident memory.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot go on says so and ends")]

mod serving;

use std::{
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use serving::{KEY, Node};
use store::Options;
use testkit::{LivedIn, Request};
use vault::MasterKey;

/// How often the node is started.
const STARTS: usize = 20;
/// After so long a node counts as idle.
const IDLE_AFTER: Duration = Duration::from_secs(10);
/// So many requests make a node that has worked.
const REQUESTS: usize = 500;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let option = |name: &str| words.iter().skip_while(|word| *word != name).nth(1).cloned();
    let incidents =
        option("--incidents").map_or(100_000, |text| text.parse().expect("a number of incidents"));
    let only = option("--only");
    let wants = |database: &str| only.as_ref().is_none_or(|only| only == database);
    // Beside the build, which lies on a disk; the usual temporary folder may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if wants("sqlite") {
        let file = folder.path().join("beffroi.sqlite");
        let secret = runtime.block_on(load(Options::sqlite(&file), incidents));
        measure(folder.path(), &format!("sqlite:{}", file.display()), &secret);
    }
    if wants("postgres")
        && let Some(url) = runtime.block_on(testkit::fresh_database("the start of the node"))
    {
        let secret = runtime.block_on(load(Options::postgres(&url), incidents));
        measure(folder.path(), &url, &secret);
    }
}

/// Loads the incidents; the secret of a machine client of the first organisation.
async fn load(options: Options, incidents: u64) -> String {
    let begun = Instant::now();
    let node = LivedIn::make(&options, MasterKey::read(KEY).expect("a key"), incidents).await;
    let reporter = &node.reporters.first().expect("somebody reports").caller;
    let client = service::NewClient {
        organisation: reporter.organisation,
        name: "a machine".to_owned(),
        functions: reporter.functions.clone(),
        valid_days: 1,
    };
    let secret = node.service.create_client(client).await.expect("the client is made").secret;
    // What the worker would have done long ago.
    while node.service.chain_audit().await.expect("the audit is chained") > 0 {}
    node.service.store().close().await;
    println!("\n{}: {incidents} incidents loaded in {:.0?}", node.service.store().kind(), begun.elapsed());
    secret
}

fn measure(folder: &Path, url: &str, secret: &str) {
    let configuration = serving::configuration(folder, url);
    for path in ["/healthz", "/readyz"] {
        let mut starts: Vec<Duration> =
            (0..STARTS).map(|_| Node::start(&configuration, path).started).collect();
        starts.sort_unstable();
        let median = starts.get(STARTS / 2).copied().unwrap_or_default();
        let most = starts.last().copied().unwrap_or_default();
        println!("start until {path} answers: median {median:.0?}, most {most:.0?}, of {STARTS}");
    }
    let node = Node::start(&configuration, "/readyz");
    sleep(IDLE_AFTER);
    println!("resident memory, idle for {IDLE_AFTER:?}: {}", node.memory());
    for _ in 0..REQUESTS {
        let request = Request::get("/api/reporting/v1/duties").bearer(secret);
        request.send(node.address).expect("an answer").expect(200);
    }
    sleep(IDLE_AFTER);
    println!("resident memory, idle after {REQUESTS} requests for the home page: {}", node.memory());
}
