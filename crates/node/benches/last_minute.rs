//! Five hundred reports in the last minute before their deadline: does each get its receipt in time?
//!
//! `cargo xtask bench last_minute [-- --filings N --only sqlite|postgres]`: the real binary over HTTP, one
//! node on SQLite, two replicas on PostgreSQL. The incidents stand ready; a minute before they are due all
//! filings are sent at the same moment, a connection each. Every receipt is fetched and verified afterwards.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot go on says so and ends")]

mod serving;

use std::{
    net::SocketAddr,
    path::Path,
    sync::Barrier,
    time::{Duration, Instant},
};

use model::{Function, Instant as Moment, OrganisationId, ReceiptDocument};
use serde_json::{Value, json};
use service::{Clock, NewClient, Service};
use serving::{KEY, Node};
use store::{Options, Store};
use testkit::{Request, World};
use vault::MasterKey;

/// The first stage of the law that the hospitals report under.
const DUTY: &str = "nis2-lu.mandatory.early_warning";
/// How long before the deadline all of them file.
const BEFORE: Duration = Duration::from_secs(60);
/// The period of the stage.
const PERIOD: Duration = Duration::from_secs(24 * 3600);
/// So many requests open incidents at the same time.
const OPENING: usize = 8;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let option = |name: &str| words.iter().skip_while(|word| *word != name).nth(1).cloned();
    let filings = option("--filings").map_or(500, |text| text.parse().expect("a number of filings"));
    let only = option("--only");
    let wants = |database: &str| only.as_ref().is_none_or(|only| only == database);
    // Beside the build, which lies on a disk; the usual temporary folder may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if wants("sqlite") {
        let file = folder.path().join("beffroi.sqlite");
        let house = runtime.block_on(House::build(&Options::sqlite(&file)));
        house.rush(folder.path(), &format!("sqlite:{}", file.display()), (1, filings));
    }
    if wants("postgres")
        && let Some(url) = runtime.block_on(testkit::fresh_database("the last minute"))
    {
        let house = runtime.block_on(House::build(&Options::postgres(&url)));
        house.rush(folder.path(), &url, (2, filings));
    }
}

/// Who files to whom.
struct House {
    secrets: Vec<String>,
    recipient: OrganisationId,
    kind: &'static str,
}

/// A stage that stands ready.
struct Ready<'a> {
    secret: &'a str,
    incident: String,
    revision: i64,
}

/// How one filing went.
struct Went {
    took: Duration,
    filing: String,
}

impl House {
    async fn build(options: &Options) -> Self {
        let clock = Clock::System;
        let store =
            Store::open(options, MasterKey::read(KEY).expect("a key")).await.expect("the store opens");
        store.migrate(clock.now()).await.expect("the tables are made");
        let service = Service::new(store, testkit::library(), clock);
        let world = World::enter(&service).await;
        let mut secrets = Vec::new();
        for place in [&world.hospital, &world.clinic] {
            let client = NewClient {
                organisation: place.id,
                name: "a machine".to_owned(),
                functions: vec![Function::Reporter],
                valid_days: 1,
            };
            secrets.push(service.create_client(client).await.expect("the client is made").secret);
        }
        let kind = service.store().kind();
        service.store().close().await;
        Self { secrets, recipient: world.authority.id, kind }
    }

    fn rush(&self, folder: &Path, url: &str, (nodes, filings): (usize, usize)) {
        let configuration = serving::configuration(folder, url);
        let nodes: Vec<Node> = (0..nodes).map(|_| Node::start(&configuration, "/readyz")).collect();
        let addresses: Vec<SocketAddr> = nodes.iter().map(|node| node.address).collect();
        // Room to open all of them, then the last minute.
        let opening = Duration::from_millis(30 * filings as u64) + Duration::from_secs(2);
        let due = Clock::System.now().plus(opening + BEFORE);
        let ready = self.open_all(&addresses, filings, due.minus(PERIOD));
        let left = due.since(Clock::System.now()).saturating_sub(BEFORE);
        std::thread::sleep(left);
        let whole = Instant::now();
        let mut went = file_all(&addresses, &ready, self.recipient);
        let whole = whole.elapsed();
        let received = self.receipts(&addresses, &went);
        let in_time = received.iter().filter(|at| **at <= due).count();
        went.sort_by_key(|went| went.took);
        let took = |share: usize| went.get((went.len() * share).div_ceil(100) - 1).map(|went| went.took);
        println!(
            "\n{} on {} node(s): {} filings sent at once, {in_time} verified receipts dated before the deadline; \
             the last after {whole:.1?}; median {:.1?}, 99th percentile {:.1?}; {:.0} in a second",
            self.kind,
            nodes.len(),
            went.len(),
            took(50).unwrap_or_default(),
            took(99).unwrap_or_default(),
            went.len() as f64 / whole.as_secs_f64(),
        );
        for node in &nodes {
            println!("started in {:.0?}; resident memory afterwards: {}", node.started, node.memory());
        }
        assert_eq!(in_time, filings, "a receipt came too late");
    }

    fn open_all(&self, addresses: &[SocketAddr], filings: usize, aware: Moment) -> Vec<Ready<'_>> {
        let share = filings.div_ceil(OPENING);
        std::thread::scope(|scope| {
            let openers: Vec<_> = (0..OPENING)
                .map(|opener| {
                    let range = opener * share..((opener + 1) * share).min(filings);
                    scope.spawn(move || {
                        range.map(|number| self.open(addresses, number, aware)).collect::<Vec<_>>()
                    })
                })
                .collect();
            openers.into_iter().flat_map(|opener| opener.join().expect("incidents are opened")).collect()
        })
    }

    fn open(&self, addresses: &[SocketAddr], number: usize, aware: Moment) -> Ready<'_> {
        let secret = pick(&self.secrets, number);
        let answers = json!({
            "title": { "value": format!("Ransomware on file server {number}") },
            "aware_significant_at": { "value": aware },
            "significance_decision": { "value": "significant" },
            "significance_reason": { "value": "The wards work on paper; operations are postponed." },
            "suspected_malicious": { "value": true },
            "cross_border": { "value": false },
        });
        let request = Request::post("/api/reporting/v1/incidents").bearer(secret);
        let opened = request.json(&json!({ "answers": answers })).send(*pick(addresses, number));
        let opened = opened.expect("an answer").expect(201);
        Ready {
            secret,
            incident: text(&opened, "id"),
            revision: opened.get("revision").and_then(Value::as_i64).expect("a revision"),
        }
    }

    /// When each filing was received, as its verified receipt says.
    fn receipts(&self, addresses: &[SocketAddr], went: &[Went]) -> Vec<Moment> {
        let keys =
            Request::get("/api/v1/keys").bearer(pick::<String>(&self.secrets, 0)).send(*pick(addresses, 0));
        let keys = vault::read_trust(&keys.expect("an answer").body).expect("the published keys");
        went.iter()
            .enumerate()
            .map(|(number, went)| {
                // From another replica than the one that filed.
                let address = *pick(addresses, number + 1);
                let path = format!("/api/v1/filings/{}/receipt", went.filing);
                let answers =
                    self.secrets.iter().map(|secret| Request::get(&path).bearer(secret).send(address));
                let receipt = answers.flatten().find(|answer| answer.status == 200).expect("the receipt");
                let verdict = vault::verify(&receipt.body, &keys);
                assert!(verdict.intact && verdict.trusted, "{verdict:?}");
                let document: ReceiptDocument = serde_json::from_slice(&receipt.body).expect("a receipt");
                document.receipt.received_at
            })
            .collect()
    }
}

/// Files all of them at the same moment, a connection each; busy nodes are asked again, as a client would.
fn file_all(addresses: &[SocketAddr], ready: &[Ready<'_>], recipient: OrganisationId) -> Vec<Went> {
    let start = Barrier::new(ready.len());
    std::thread::scope(|scope| {
        let filers: Vec<_> = ready
            .iter()
            .enumerate()
            .map(|(number, ready)| {
                let (start, address) = (&start, *pick(addresses, number));
                scope.spawn(move || {
                    start.wait();
                    file(address, ready, recipient)
                })
            })
            .collect();
        filers.into_iter().map(|filer| filer.join().expect("a stage is filed")).collect()
    })
}

fn file(address: SocketAddr, ready: &Ready<'_>, recipient: OrganisationId) -> Went {
    let begun = Instant::now();
    let path = format!("/api/reporting/v1/incidents/{}/duties/{DUTY}/file", ready.incident);
    let request = Request::post(&path)
        .bearer(ready.secret)
        .header("idempotency-key", &ready.incident)
        .json(&json!({ "base_revision": ready.revision, "recipient": recipient }));
    while begun.elapsed() < BEFORE {
        match request.send(address) {
            Ok(answer) if answer.status == 201 => {
                return Went { took: begun.elapsed(), filing: text(&answer.json(), "filing") };
            }
            Ok(answer) if answer.status == 503 => std::thread::sleep(Duration::from_millis(500)),
            Ok(answer) => panic!("{}: {}", answer.status, answer.text()),
            // The queue of the listener was full: nobody took the connection.
            Err(_) => std::thread::sleep(Duration::from_millis(200)),
        }
    }
    panic!("no receipt within {BEFORE:?}");
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).expect("a text").to_owned()
}

fn pick<T>(all: &[T], number: usize) -> &T {
    all.get(number % all.len()).expect("not empty")
}
