//! The database server goes away under load, as in a power cut, and comes back: the node says "come again",
//! takes up its work by itself, and every receipt that a client holds is there.

use std::{
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
};

use testkit::Request;

use crate::{crash::Ledger, support::Ground};

/// How often the server is restarted.
const RESTARTS: u32 = 5;

#[test]
fn a_database_that_is_restarted_under_load_loses_nothing() {
    let server = std::env::var("TEST_RESTARTED_POSTGRES_URL");
    let (Ok(url), Ok(script)) = (server, std::env::var("TEST_RESTART_POSTGRES")) else {
        return testkit::skipped("PostgreSQL restarted under load: TEST_RESTARTED_POSTGRES_URL is not set");
    };
    let ground = Ground::with_database(&url, "").ready();
    let ledger = Ledger::new(&ground);
    let nodes = [ground.serve(), ground.serve()];
    let stop = AtomicBool::new(false);
    std::thread::scope(|clients| {
        for client in 0..6 {
            let (ledger, stop, address) = (&ledger, &stop, nodes[client % 2].address);
            clients.spawn(move || {
                // Asked to come again, or cut off: then a client comes again.
                while !stop.load(Ordering::Relaxed) {
                    ledger.work(address, stop);
                }
            });
        }
        for _ in 0..RESTARTS {
            ledger.wait_for(5);
            assert!(Command::new("sh").arg(&script).status().unwrap().success(), "the server comes back");
        }
        ledger.wait_for(5);
        stop.store(true, Ordering::Relaxed);
    });
    ledger.settle(nodes[0].address);
    let held = ledger.held();
    eprintln!("{RESTARTS} restarts, {held} receipts held");
    assert!(held >= 10, "there was too little load to prove anything: {held}");
    for node in nodes {
        assert_eq!(Request::get("/readyz").send(node.address).unwrap().status, 200);
        assert_eq!(node.terminate(), Some(0));
    }
}
