//! Checking and converting alerts of others: no node, no database.

use serde_json::{Value, json};

use crate::support::{Ground, binary, finish};

fn alert() -> Value {
    json!({
        "Version": "2.D.V08", "ID": "5f0c7a52-3c4d-1e8b-9a10-000000000001",
        "CreateTime": "2026-03-06T15:02:11Z", "Analyzer": {"Name": "eu.example.probe"},
    })
}

#[test]
fn an_alert_is_valid_or_told_how_to_mend_it() {
    let ground = Ground::new("");
    let fine = ground.write("fine.json", alert().to_string().as_bytes());
    let answer = ground.json(&["validate", fine.to_str().unwrap()]);
    assert_eq!(answer["valid"], true);
    assert_eq!((&answer["format"], &answer["version"]), (&json!("idmefv2"), &json!("2.D.V08")));
    assert_eq!(answer["findings"], json!([]));

    let mut wrong = alert();
    wrong["Category"] = json!(["Malware.Ransomeware"]);
    let wrong = ground.write("wrong.json", wrong.to_string().as_bytes());
    let run = ground.run(&["validate", wrong.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.out.contains("/Category/0") && run.out.contains("did you mean Malware.Ransomware?"),
        "{}",
        run.out
    );
}

#[test]
fn text_and_schema_differ_and_warnings_count_when_asked() {
    let ground = Ground::new("");
    let mut odd = alert();
    odd["EndTime"] = json!("2026-03-06T15:00:00");
    let file = ground.write("odd.json", odd.to_string().as_bytes());
    let file = file.to_str().unwrap();
    assert_eq!(ground.run(&["validate", file]).code, 1);
    assert_eq!(ground.run(&["validate", "--profile", "schema", file]).code, 0);
    let mut odd = alert();
    odd["Category"] = json!([]);
    let file = ground.write("odd.json", odd.to_string().as_bytes());
    let file = file.to_str().unwrap();
    assert_eq!(ground.run(&["validate", file]).code, 0);
    assert_eq!(ground.run(&["validate", "--strict", file]).code, 1);
    assert_eq!(ground.run(&["validate", "--format", "idmefv2:2.D.V07", file]).code, 1);
}

#[test]
fn a_stream_is_checked_line_by_line_from_the_standard_input() {
    let mut lines = format!("{}\n", alert()).repeat(2_000);
    lines += "{\"broken\": \n";
    lines += &format!("{}\n", alert());
    let mut command = binary();
    command.args(["--json", "validate", "-"]);
    let run = finish(command, lines.as_bytes());
    assert_eq!(run.code, 1, "{run:?}");
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&answer["documents"], &answer["invalid"]), (&json!(2_002), &json!(1)));
    assert_eq!(answer["findings"][0]["pointer"], "/2000");
}

#[test]
fn an_older_alert_is_brought_to_today_with_its_losses() {
    let ground = Ground::new("");
    let mut old = alert();
    old["Version"] = json!("2.D.V04");
    old["Category"] = json!(["Recon.Scanning"]);
    old["Vector"] = json!([{"Category": ["Drone"], "GeoRadius": 3}]);
    let file = ground.write("old.json", old.to_string().as_bytes());
    let run = ground.run(&["--json", "convert", "--to", "idmefv2", file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run:?}");
    let new: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(new["Category"], json!(["Recon.Network"]));
    let losses: Value = serde_json::from_str(&run.err).unwrap();
    let places: Vec<&str> =
        losses["losses"].as_array().unwrap().iter().map(|loss| loss["pointer"].as_str().unwrap()).collect();
    assert!(places.contains(&"/Category") && places.contains(&"/Vector/0"), "{places:?}");
    let mut command = binary();
    command.args(["validate", "-"]);
    assert_eq!(finish(command, run.out.as_bytes()).code, 0);
}

#[test]
fn what_is_something_else_is_said_to_be_so() {
    let ground = Ground::new("");
    for (content, word) in [
        ("{\"type\":\"bundle\",\"objects\":[]}", "stix2.1"),
        ("hello", "no format that this program knows"),
        ("", "no format"),
    ] {
        let file = ground.write("other", content.as_bytes());
        let run = ground.run(&["validate", file.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(word), "{run:?}");
    }
    assert_eq!(ground.run(&["validate", "/nowhere.json"]).code, 2);
    assert_eq!(ground.run(&["validate", "--format", "xml", "/nowhere.json"]).code, 2);
    assert_eq!(ground.run(&["convert", "--to", "xml", "/nowhere.json"]).code, 2);
}
