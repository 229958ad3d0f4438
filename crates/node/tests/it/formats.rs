//! Checking, converting and matching documents of others: no node, no database.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Ground, binary, finish};

/// A document of our own corpus.
fn corpus(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(path)
}

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
        ("{\"Format\":\"IDEA0\"}", "idea"),
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

fn indicator(pattern: &str) -> Value {
    json!({
        "type": "indicator", "spec_version": "2.1", "id": "indicator--5f0c7a52-3c4d-4e8b-9a10-000000000001",
        "created": "2026-03-06T15:02:11.000Z", "modified": "2026-03-06T15:02:11.000Z",
        "name": "n", "description": "d", "pattern": pattern, "pattern_type": "stix",
        "valid_from": "2026-03-06T15:02:11Z",
    })
}

fn bundle(objects: &[Value]) -> Value {
    json!({"type": "bundle", "id": "bundle--5f0c7a52-3c4d-4e8b-9a10-000000000002", "objects": objects})
}

#[test]
fn a_bundle_is_checked_object_by_object() {
    let ground = Ground::new("");
    let wrong = indicator("[file:size = ]");
    let file =
        ground.write("bundle.json", bundle(&[indicator("[url:value = 'x']"), wrong]).to_string().as_bytes());
    let run = ground.run(&["--json", "validate", file.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{run:?}");
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&answer["format"], &answer["documents"], &answer["invalid"]),
        (&json!("stix2.1"), &json!(2), &json!(1))
    );
    let found: Vec<&str> =
        answer["findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert!(found.contains(&"stix.pattern.syntax") && found.contains(&"stix.203.duplicate-ids"), "{found:?}");
    let run = ground.run(&["--json", "validate", "--without", "stix.203", file.to_str().unwrap()]);
    assert!(!run.out.contains("duplicate-ids"), "{run:?}");
    let run = ground.run(&["validate", "--profile", "schema", file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_pattern_is_looked_for_in_what_was_observed() {
    let ground = Ground::new("");
    let address = json!({"type": "ipv4-addr", "id": "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4", "value": "198.51.100.3"});
    let seen = json!({
        "type": "observed-data", "spec_version": "2.1", "id": "observed-data--5f0c7a52-3c4d-4e8b-9a10-000000000003",
        "created": "2026-03-06T15:02:11.000Z", "modified": "2026-03-06T15:02:11.000Z",
        "first_observed": "2026-03-06T15:02:11Z", "last_observed": "2026-03-06T15:02:11Z", "number_observed": 1,
        "object_refs": [address["id"]],
    });
    let file = ground.write("seen.json", bundle(&[seen.clone(), address]).to_string().as_bytes());
    let file = file.to_str().unwrap();
    let answer = ground.json(&["match", "--pattern", "[ipv4-addr:value ISSUBSET '198.51.100.0/24']", file]);
    assert_eq!(answer, json!({"matched": true, "bindings": [seen["id"]]}));
    let answer = ground.json(&["match", "--pattern", "[ipv4-addr:value = '192.0.2.1']", file]);
    assert_eq!(answer, json!({"matched": false, "bindings": []}));
    for wrong in ["ipv4-addr:value = 'x'", "[ipv4-addr:value = '192.0.2.1' AND url:value = 'x']"] {
        let run = ground.run(&["match", "--pattern", wrong, file]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains("column"), "{run:?}");
    }
    let sigma = json!({"type": "indicator", "id": "indicator--2", "pattern_type": "sigma", "pattern": "x"});
    let many = bundle(&[indicator("[ipv4-addr:value = '198.51.100.3']"), sigma]);
    let many = ground.write("many.json", many.to_string().as_bytes());
    let answer = ground.json(&["match", "--indicators", many.to_str().unwrap(), file]);
    assert_eq!(answer["hits"][0]["bindings"], json!([seen["id"]]));
    assert_eq!(answer["refused"][0]["why"], "it is a pattern of sigma");
}

#[test]
fn an_alert_goes_to_stix_and_back_unchanged_from_pipe_to_pipe() {
    let convert = |to: &str, input: &str| {
        let mut command = binary();
        command.args(["convert", "--to", to, "-"]);
        let run = finish(command, input.as_bytes());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        run.out
    };
    let mut whole = alert();
    whole["Category"] = json!(["Malware.Ransomware"]);
    whole["Source"] =
        json!([{"ID": "5f0c7a52-3c4d-1e8b-9a10-000000000009", "IP": "198.51.100.3", "Note": "a note"}]);
    let there = convert("stix2.1", &whole.to_string());
    assert!(there.contains("\"type\": \"bundle\""), "{there}");
    let back: Value = serde_json::from_str(&convert("idmefv2", &there)).unwrap();
    assert_eq!(back, whole);
}

#[test]
fn the_signature_of_a_playbook_is_verified_against_keys_in_pem() {
    let ground = Ground::new("");
    let file = corpus("cacao/valid/full.json");
    let (path, playbook) = (file.to_str().unwrap(), std::fs::read_to_string(&file).unwrap());
    let alone = ground.run(&["verify", path]);
    assert_eq!(alone.code, 1, "{alone:?}");
    assert!(alone.out.starts_with("intact, signer unknown"), "{}", alone.out);

    let document: Value = serde_json::from_str(&playbook).unwrap();
    let key = document["signatures"][0]["public_key"].as_str().unwrap();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n");
    let pem = ground.write("csirt.pem", pem.as_bytes());
    let pem = pem.to_str().unwrap();
    let verdict = ground.json(&["verify", "--trust", pem, path]);
    assert_eq!((&verdict["intact"], &verdict["trusted"]), (&json!(true), &json!(true)), "{verdict:#}");
    assert_eq!((&verdict["signer"], &verdict["findings"]), (&json!("csirt"), &json!([])));

    let changed = playbook.replacen("CSIRT of", "CSlRT of", 1);
    let changed = ground.write("changed.json", changed.as_bytes());
    let refused = ground.run(&["verify", "--trust", pem, changed.to_str().unwrap()]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.out.contains("signature-broken"), "{}", refused.out);

    let unsigned = corpus("cacao/valid/minimal.json");
    let run = ground.run(&["verify", "--trust", pem, unsigned.to_str().unwrap()]);
    assert!(run.code == 1 && run.out.contains("no-signature"), "{run:?}");
    let nonsense = ground.write("nonsense.pem", b"-----BEGIN NOTHING-----\n-----END NOTHING-----\n");
    let run = ground.run(&["verify", "--trust", nonsense.to_str().unwrap(), path]);
    assert!(run.code == 2 && run.err.contains("neither a CERTIFICATE nor a PUBLIC KEY"), "{run:?}");
}

/// A key of this test, of nobody else.
const CURVE_KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggbkLo2LRdAWV6Exr\n\
    bjKh9TfwcB+l3jhIPQaVtAIusZahRANCAAR1oYTaZ1ib7n6XTkb12hCjlsQdqm53\n\
    pvyemeGs4cupqGJz8wHh4CmZoMePFhDB/1pgm/Ek2ogYmnwIVZ48ULfc\n\
    -----END PRIVATE KEY-----\n";

#[test]
fn a_playbook_is_signed_and_countersigned_from_the_command_line() {
    let ground = Ground::new("");
    ground.fine(&["regime", "key", "new", "csirt.key", "--name", "CSIRT of the Coast"]);
    ground.write("authority.pem", CURVE_KEY.as_bytes());
    for (key, public) in [("csirt.key", "csirt.pem"), ("authority.pem", "authority.pub.pem")] {
        let pem = ground.fine(&["playbook", "public-key", key]);
        ground.write(public, pem.as_bytes());
    }
    let file = corpus("cacao/valid/minimal.json");
    let signed = ground.fine(&["playbook", "sign", "--key", "csirt.key", file.to_str().unwrap()]);
    ground.write("signed.json", signed.as_bytes());
    let id = serde_json::from_str::<Value>(&signed).unwrap()["signatures"][0]["id"].clone();
    let over =
        ["playbook", "sign", "--key", "authority.pem", "signed.json", "--countersign", id.as_str().unwrap()];
    let (code, refused) = ground.refused(&over);
    assert!(code == 2 && refused.contains("--signee"), "{refused}");
    let both = ground.fine(&[&over[..], &["--signee", "The Authority"]].concat());
    ground.write("both.json", both.as_bytes());
    assert_eq!(ground.run(&["validate", "both.json"]).code, 0);

    let verdict =
        ground.json(&["verify", "--trust", "csirt.pem", "--trust", "authority.pub.pem", "both.json"]);
    assert_eq!((&verdict["trusted"], &verdict["findings"]), (&json!(true), &json!([])), "{verdict:#}");
    let signature = &verdict["signatures"][0];
    assert_eq!(
        (&signature["signee"], &signature["signed"]),
        (&json!("CSIRT of the Coast"), &json!("hex_digest"))
    );
    let over = &signature["countersignature"];
    assert_eq!((&over["algorithm"], &over["trusted"]), (&json!("ES256"), &json!("authority.pub")));

    let invalid = both.replace("\"spec_version\": \"cacao-2.0\"", "\"spec_version\": \"cacao-9\"");
    assert_ne!(invalid, both);
    ground.write("invalid.json", invalid.as_bytes());
    let (code, refused) = ground.refused(&["playbook", "sign", "--key", "csirt.key", "invalid.json"]);
    assert!(code == 2 && refused.contains("/spec_version"), "{refused}");
    let (code, refused) = ground.refused(&["playbook", "sign", "--key", "csirt.pem", "signed.json"]);
    assert!(code == 2 && refused.contains("csirt.pem") && !refused.contains("MC"), "{refused}");
}
