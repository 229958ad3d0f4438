//! How quickly the node starts on data that is there, and how much memory it then holds.
//!
//! `cargo xtask bench start [-- --incidents N --only sqlite|postgres]`: the real binary, from its start to
//! the first answer of `/healthz` and of `/readyz`, and what the system says of its resident memory.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot go on says so and ends")]

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use store::Options;
use testkit::{LivedIn, Request};
use vault::MasterKey;

/// How often the node is started.
const STARTS: usize = 20;
/// After so long a node counts as idle.
const IDLE_AFTER: Duration = Duration::from_secs(10);
/// So many requests make a node that has worked.
const REQUESTS: usize = 500;
/// The master key of the measured data: 32 bytes in hexadecimal.
const KEY: &str = "5b0c1f9e27d84a63f1705ec2889ab34d0e6d72c5413f98ab60e7d2194c8f35a6";

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
    let configuration = folder.join("beffroi.toml");
    let text =
        format!("[listen]\naddress = '127.0.0.1:0'\n[database]\nurl = {url:?}\n[log]\nlevel = 'warn'\n");
    std::fs::write(&configuration, text).expect("the configuration is written");
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

/// A node that serves; killed when dropped.
struct Node {
    child: Child,
    address: SocketAddr,
    started: Duration,
}

impl Node {
    fn start(configuration: &Path, path: &str) -> Self {
        let begun = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_beffroi"))
            .arg("--config")
            .arg(configuration)
            .args(["--json", "serve"])
            .env("BEFFROI_MASTER_KEY", KEY)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the node starts");
        let mut said = String::new();
        let out = child.stdout.take().expect("its output");
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            said += &line;
            if line.contains("://") {
                break;
            }
        }
        let address = said.split_once("://").and_then(|(_, rest)| rest.split_once('"'));
        let address = address.and_then(|(address, _)| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("the node says no address: {said}"));
        while Request::get(path).send(address).map_or(0, |answer| answer.status) != 200 {
            assert!(begun.elapsed() < Duration::from_secs(30), "{path} does not answer");
            sleep(Duration::from_millis(1));
        }
        Self { child, address, started: begun.elapsed() }
    }

    /// The resident memory now and at its height, as Linux tells it.
    fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kept = |line: &&str| line.starts_with("VmRSS") || line.starts_with("VmHWM");
        let lines: Vec<String> = status
            .lines()
            .filter(kept)
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if lines.is_empty() { "not told by this system".to_owned() } else { lines.join(", ") }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
