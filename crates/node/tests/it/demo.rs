//! The demonstration: seeded once, kept, and believable.

use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::Request;

use crate::{
    report::Browser,
    support::{Serving, binary, finish},
};

fn demo(folder: &std::path::Path) -> Serving {
    let mut command = binary();
    command.args(["demo", "--port", "0", "--data"]).arg(folder.join("demo"));
    Serving::start(command)
}

#[test]
fn the_demo_has_an_hour_to_go_and_keeps_what_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let node = demo(folder.path());
    let (hospital, title) = {
        let mut reporter = Browser::new(&node);
        reporter.sign_in("claire.hoffmann@hva.example.eu", "bell-tower-hospital");
        let duties = reporter.send(Request::get("/api/reporting/v1/duties")).expect(200);
        let first = &duties["duties"][0];
        let left = left(&duties["now"], &first["duty"]["due"]["at"]);
        assert!((50..=70).contains(&(left.as_secs() / 60)), "about an hour to go, got {left:?}");
        let incidents = reporter.send(Request::get("/api/reporting/v1/incidents")).expect(200);
        (incidents.clone(), first["incident_title"].clone())
    };
    assert!(title.as_str().unwrap().len() > 10, "{title}");
    the_desk_has_mail(&node);
    assert_eq!(node.terminate(), Some(0));

    let before = Instant::now();
    let node = demo(folder.path());
    assert!(before.elapsed() < Duration::from_secs(5), "a second start is quick");
    let mut reporter = Browser::new(&node);
    reporter.sign_in("claire.hoffmann@hva.example.eu", "bell-tower-hospital");
    let again = reporter.send(Request::get("/api/reporting/v1/incidents")).expect(200);
    assert_eq!(again["incidents"][0]["id"], hospital["incidents"][0]["id"]);
    the_printed_configuration_works(folder.path());
}

fn left(now: &Value, due: &Value) -> Duration {
    let read = |value: &Value| value.as_str().unwrap().parse::<model::Instant>().unwrap();
    read(due).since(read(now))
}

fn the_desk_has_mail(node: &Serving) {
    let mut officer = Browser::new(node);
    officer.sign_in("luc.schmit@csirt.example.eu", "bell-tower-csirt");
    let inbox = officer.send(Request::get("/api/authority/v1/inbox")).expect(200);
    let rows = inbox["rows"].as_array().unwrap();
    assert!(rows.len() >= 2, "{inbox:#}");
    assert!(rows.iter().any(|row| row["unread"] == true), "{inbox:#}");
    assert!(rows.iter().any(|row| row["state"] == "answered"), "{inbox:#}");
}

fn the_printed_configuration_works(folder: &std::path::Path) {
    let mut command = binary();
    command.arg("--config").arg(folder.join("demo/beffroi.toml")).args(["--json", "key", "list"]);
    let run = finish(command, b"");
    assert_eq!(run.code, 0, "{run:?}");
    let keys: Value = serde_json::from_str(&run.out).unwrap();
    assert!(keys["keys"].as_array().unwrap().len() >= 4, "{keys:#}");
}

#[test]
fn a_busy_port_is_named_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = binary();
    command.args(["demo", "--port", &other.local_addr().unwrap().port().to_string(), "--data"]);
    command.arg(folder.path().join("demo"));
    let run = finish(command, b"");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("--port"), "{run:?}");
    assert!(!folder.path().join("demo").exists());
}
