//! From an empty folder to a receipt that is verified without the node.

use serde_json::{Value, json};
use testkit::Request;

use crate::{
    report::{Browser, EARLY_WARNING, answers, enter_organisations},
    support::Ground,
};

const PASSWORD: &str = "an evening by the river";

#[test]
fn a_report_goes_from_an_empty_folder_to_a_verified_receipt_on_sqlite() {
    report(Ground::new("").ready());
}

#[tokio::test]
async fn a_report_goes_from_an_empty_folder_to_a_verified_receipt_on_postgresql() {
    if let Some(url) = testkit::fresh_database("from nothing to a verified receipt").await {
        report(Ground::with_database(&url, "").ready());
    }
}

fn report(ground: Ground) {
    let (hospital, csirt) = enter_organisations(&ground);
    let ada = invite(&ground, &hospital, "Ada", "ada@hospital.example.eu", &["administrator", "reporter"]);
    let grace = invite(&ground, "CSIRT", "Grace", "grace@csirt.example.eu", &["officer"]);

    let node = ground.serve();
    let (filing, receipt) = {
        let mut reporter = Browser::new(&node);
        reporter.accept(&ada, "ada@hospital.example.eu", PASSWORD);
        let filing = file_early_warning(&mut reporter, &csirt);

        let mut officer = Browser::new(&node);
        officer.accept(&grace, "grace@csirt.example.eu", PASSWORD);
        handle(&mut officer, &filing);

        let seen = reporter.send(Request::get(&format!("/api/reporting/v1/filings/{filing}"))).expect(200);
        assert_eq!(seen["state"], "answered");
        assert_eq!(seen["reads"][0]["by"], "Grace");
        let receipt = reporter.send(Request::get(&format!("/api/v1/filings/{filing}/receipt")));
        let at_the_desk = officer.send(Request::get(&format!("/api/v1/filings/{filing}/receipt")));
        assert_eq!(receipt.expect(200), at_the_desk.expect(200), "both hold the same receipt");
        (filing, receipt.body)
    };
    assert_eq!(node.terminate(), Some(0), "SIGTERM ends the node in order");
    verify(&ground, &filing, &receipt);
    audit(&ground);
}

fn invite(ground: &Ground, organisation: &str, name: &str, mail: &str, functions: &[&str]) -> String {
    let mut arguments = vec!["user", "invite", "--org", organisation, "--name", name, "--mail", mail];
    for function in functions {
        arguments.extend(["--function", function]);
    }
    ground.json(&arguments)["link"].as_str().unwrap().to_owned()
}

fn file_early_warning(reporter: &mut Browser<'_>, csirt: &str) -> String {
    let opened = reporter.send(
        Request::post("/api/reporting/v1/incidents")
            .header("idempotency-key", "open-1")
            .json(&json!({ "answers": answers() })),
    );
    let incident = opened.expect(201);
    let path =
        format!("/api/reporting/v1/incidents/{}/duties/{EARLY_WARNING}", incident["id"].as_str().unwrap());
    let preview = reporter.send(Request::get(&format!("{path}/preview"))).expect(200);
    assert_eq!(preview["ready"], true, "{preview:#}");
    assert_eq!(preview["to"][0]["organisation"]["name"], "CSIRT");
    let filed = reporter.send(
        Request::post(&format!("{path}/file"))
            .header("idempotency-key", "file-1")
            .json(&json!({ "base_revision": incident["revision"], "recipient": csirt })),
    );
    filed.expect(201)["filing"].as_str().unwrap().to_owned()
}

fn handle(officer: &mut Browser<'_>, filing: &str) {
    let inbox = officer.send(Request::get("/api/authority/v1/inbox")).expect(200);
    assert_eq!(inbox["rows"][0]["filing"], filing);
    assert_eq!(inbox["rows"][0]["unread"], true);
    let path = format!("/api/authority/v1/filings/{filing}");
    officer.send(Request::get(&path)).expect(200);
    let acknowledged =
        officer.send(Request::post(&format!("{path}/acknowledge")).json(&json!({}))).expect(200);
    assert_eq!(acknowledged["state"], "acknowledged");
    let respond = json!({ "text": "Isolate the file servers; we call at six." });
    let answered = officer.send(Request::post(&format!("{path}/respond")).json(&respond)).expect(200);
    assert_eq!(answered["state"], "answered");
}

fn verify(ground: &Ground, filing: &str, receipt: &[u8]) {
    let file = ground.write("receipt.json", receipt);
    let file = file.to_str().unwrap();
    let keys = ground.write("keys.json", ground.fine(&["--json", "key", "list"]).as_bytes());
    let keys = keys.to_str().unwrap();

    let verdict = ground.json(&["verify", "--trust", keys, file]);
    assert_eq!((&verdict["intact"], &verdict["trusted"]), (&json!(true), &json!(true)), "{verdict:#}");
    assert_eq!(verdict["signer"]["name"], "CSIRT");

    let alone = ground.run(&["verify", file]);
    assert_eq!(alone.code, 1, "{alone:?}");
    assert!(alone.out.contains("intact, signer unknown"), "{alone:?}");

    let mut changed: Value = serde_json::from_slice(receipt).unwrap();
    assert_eq!(changed["receipt"]["filing"], filing);
    changed["receipt"]["received_at"] = json!("2020-01-01T00:00:00Z");
    let changed = ground.write("changed.json", changed.to_string().as_bytes());
    let refused = ground.run(&["verify", "--trust", keys, changed.to_str().unwrap()]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.out.contains("not intact"), "{refused:?}");

    let nonsense = ground.write("nonsense.json", b"{\"hello\": 1}");
    assert_eq!(ground.run(&["verify", "--trust", keys, nonsense.to_str().unwrap()]).code, 2);
}

fn audit(ground: &Ground) {
    let export = ground.fine(&["audit", "export"]);
    let whole = ground.write("audit.ndjson", export.as_bytes());
    let proved = ground.json(&["audit", "verify", whole.to_str().unwrap()]);
    assert_eq!(proved["intact"], true, "{proved:#}");
    assert!(proved["rows"].as_u64().unwrap() > 10, "{proved:#}");

    let mut lines: Vec<&str> = export.lines().collect();
    lines.remove(lines.len() / 2);
    let cut = ground.write("cut.ndjson", lines.join("\n").as_bytes());
    assert_eq!(ground.run(&["audit", "verify", cut.to_str().unwrap()]).code, 1, "a missing row is found");

    let nonsense = ground.write("nonsense.ndjson", b"no row at all");
    assert_eq!(ground.run(&["audit", "verify", nonsense.to_str().unwrap()]).code, 2);

    let doctor = ground.json(&["doctor"]);
    let states: Vec<&Value> =
        doctor["checks"].as_array().unwrap().iter().map(|check| &check["state"]).collect();
    assert!(states.iter().all(|state| **state == "fine"), "{doctor:#}");
}
