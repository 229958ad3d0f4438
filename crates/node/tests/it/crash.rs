//! Bad ends: two hundred `kill -9` under load, and aborts around the commit. Every receipt that a client
//! holds is there afterwards, and no request is carried out twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use testkit::{Answer, Request};

use crate::{
    report::{client, enter_organisations, file, open},
    support::Ground,
};

/// What the clients know.
pub struct Ledger {
    secret: String,
    recipient: String,
    /// Idempotency key to the filing whose receipt the client holds.
    held: Mutex<BTreeMap<String, String>>,
    /// Keys whose answer never came.
    unanswered: Mutex<BTreeSet<String>>,
    next: AtomicU64,
    answered: AtomicU64,
}

impl Ledger {
    pub fn new(ground: &Ground) -> Self {
        let (hospital, recipient) = enter_organisations(ground);
        Self {
            secret: client(ground, &hospital, "reporter"),
            recipient,
            held: Mutex::default(),
            unanswered: Mutex::default(),
            next: AtomicU64::new(0),
            answered: AtomicU64::new(0),
        }
    }

    /// Waits until `more` reports were answered, two seconds at most.
    pub fn wait_for(&self, more: u64) {
        let wanted = self.answered.load(Ordering::Relaxed) + more;
        for _ in 0..1000 {
            if self.answered.load(Ordering::Relaxed) >= wanted {
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// One client: repeats what was never answered, then goes on with new incidents, until told to stop or
    /// the node is gone.
    pub fn work(&self, address: SocketAddr, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            let repeated = self.unanswered.lock().unwrap().pop_first();
            let key =
                repeated.unwrap_or_else(|| format!("key-{}", self.next.fetch_add(1, Ordering::Relaxed)));
            if self.report(address, &key).is_err() {
                self.unanswered.lock().unwrap().insert(key);
                return;
            }
        }
    }

    /// Repeats everything that was never answered, then looks whether all of it stands once.
    pub fn settle(&self, address: SocketAddr) {
        while let Some(key) = { self.unanswered.lock().unwrap().pop_first() } {
            self.report(address, &key).unwrap();
        }
        self.check(address);
    }

    /// How many receipts the clients hold.
    pub fn held(&self) -> usize {
        self.held.lock().unwrap().len()
    }

    /// Opens and files under `key`; the same key leads to the same incident and the same filing.
    fn report(&self, address: SocketAddr, key: &str) -> std::io::Result<()> {
        let incident = made(open(address, &self.secret, key)?)?;
        let id = incident["id"].as_str().unwrap();
        let revision = incident["revision"].as_i64().unwrap();
        let filed = made(file(address, &self.secret, (id, revision), &self.recipient, key)?)?;
        let filing = filed["filing"].as_str().unwrap().to_owned();
        let before = self.held.lock().unwrap().insert(key.to_owned(), filing.clone());
        assert!(before.is_none_or(|before| before == filing), "one key, one filing");
        self.answered.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Every receipt that a client holds is there; no key led to two incidents or to two filings.
    pub fn check(&self, address: SocketAddr) {
        let get = |path: &str| Request::get(path).bearer(&self.secret).send(address).unwrap().expect(200);
        let held = self.held.lock().unwrap();
        let mut incidents = BTreeSet::new();
        for filing in held.values() {
            let receipt = get(&format!("/api/v1/filings/{filing}/receipt"));
            assert_eq!(receipt["receipt"]["filing"], *filing);
            let view = get(&format!("/api/reporting/v1/filings/{filing}"));
            assert_eq!(view["versions"].as_array().unwrap().len(), 1, "filed twice: {view:#}");
            incidents.insert(view["incident"].as_str().unwrap().to_owned());
        }
        assert_eq!(incidents.len(), held.len(), "one key, one incident");
        assert_eq!(self.incidents(address), incidents, "and no incident besides");
    }

    /// Every incident of the organisation, page by page.
    fn incidents(&self, address: SocketAddr) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut path = "/api/reporting/v1/incidents?limit=100".to_owned();
        loop {
            let page = Request::get(&path).bearer(&self.secret).send(address).unwrap().expect(200);
            let rows = page["incidents"].as_array().unwrap();
            found.extend(rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { return found };
            path = format!("/api/reporting/v1/incidents?limit=100&after={next}");
        }
    }
}

/// What was made; "busy, come again" is no answer yet.
fn made(answer: Answer) -> std::io::Result<Value> {
    if answer.status == 503 {
        assert!(answer.header("retry-after").is_some(), "{answer:?}");
        return Err(std::io::ErrorKind::WouldBlock.into());
    }
    Ok(answer.expect(201))
}

/// A row of numbers that looks like chance and is the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Kills the node `rounds` times, each time somewhere after the first few reports of the round.
fn kill_under_load(ground: &Ground, rounds: u32) {
    let ledger = Ledger::new(ground);
    let mut dice = Dice(2022_2555);
    for _ in 0..rounds {
        let node = ground.serve();
        let (address, stop) = (node.address, AtomicBool::new(false));
        std::thread::scope(|clients| {
            for _ in 0..3 {
                clients.spawn(|| ledger.work(address, &stop));
            }
            ledger.wait_for(dice.below(4));
            std::thread::sleep(Duration::from_micros(dice.below(40_000)));
            node.kill();
            stop.store(true, Ordering::Relaxed);
        });
    }
    let node = ground.serve();
    ledger.settle(node.address);
    let held = ledger.held();
    eprintln!("{rounds} kills, {held} receipts held, {} keys given", ledger.next.load(Ordering::Relaxed));
    assert!(held as u32 > rounds / 4, "there was too little load to prove anything: {held}");
    assert_eq!(node.terminate(), Some(0));
    let doctor = ground.json(&["doctor"]);
    assert!(doctor["checks"].as_array().unwrap().iter().all(|check| check["state"] != "error"), "{doctor:#}");
}

#[test]
fn two_hundred_kills_lose_no_receipt_on_sqlite() {
    kill_under_load(&Ground::new("").ready(), 200);
}

#[tokio::test]
async fn kills_lose_no_receipt_on_postgresql() {
    if let Some(url) = testkit::fresh_database("kill -9 under load").await {
        kill_under_load(&Ground::with_database(&url, "").ready(), 40);
    }
}

/// Aborts at `point` while filing; then what the client finds when it repeats its request.
fn abort_at(point: &str) -> usize {
    let mut ground = Ground::new("").ready();
    let ledger = Ledger::new(&ground);
    ground.environment("BEFFROI_FAIL_POINT", point);
    let node = ground.serve();
    let incident = open(node.address, &ledger.secret, "key").unwrap().expect(201);
    let (id, revision) = (incident["id"].as_str().unwrap(), incident["revision"].as_i64().unwrap());
    let lost = file(node.address, &ledger.secret, (id, revision), &ledger.recipient, "key");
    assert!(lost.is_err(), "the node went away in the middle: {lost:?}");
    assert_eq!(node.ended(), None, "by a signal");

    ground.environment("BEFFROI_FAIL_POINT", "");
    let node = ground.serve();
    let sent = Request::get("/api/reporting/v1/filings").bearer(&ledger.secret).send(node.address).unwrap();
    let there = sent.expect(200)["filings"].as_array().unwrap().len();
    ledger.report(node.address, "key").unwrap();
    ledger.check(node.address);

    there
}

#[test]
fn an_abort_before_the_commit_leaves_nothing_and_the_repeat_files() {
    let there = abort_at("file_stage.before_commit");
    assert_eq!(there, 0);
}

#[test]
fn an_abort_between_commit_and_answer_leaves_one_filing_and_the_repeat_finds_it() {
    let there = abort_at("file_stage.after_commit");
    assert_eq!(there, 1);
}
