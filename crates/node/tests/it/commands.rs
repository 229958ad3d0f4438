//! Commands that need no node: duties, verify, regimes, the manual.

use std::path::PathBuf;

use serde_json::{Value, json};
use testkit::skipped;

use crate::support::{Ground, binary, finish};

/// An incident of a cloud provider whose numbers decide.
fn incident() -> Value {
    json!({
        "country": "LU",
        "zone": "Europe/Luxembourg",
        "entity": { "sector": "digital_infrastructure", "type": ["cloud_computing_service_provider"], "class": "essential" },
        "facts": { "outage_duration": 3120 },
        "events": { "aware_significant": "2026-03-06T15:30:00Z" },
    })
}

fn duty<'a>(answer: &'a Value, stage: &str) -> &'a Value {
    let duties = answer["duties"].as_array().unwrap();
    duties.iter().find(|duty| duty["key"].as_str().unwrap().ends_with(stage)).unwrap()
}

#[test]
fn duties_of_a_file_are_due_to_the_minute() {
    let ground = Ground::new("");
    let file = ground.write("incident.json", incident().to_string().as_bytes());
    let answer = ground.json(&["duties", file.to_str().unwrap(), "--at", "2026-03-06T18:00:00Z"]);
    let warning = duty(&answer, "nis2.mandatory.early_warning");
    assert_eq!(warning["state"], "due");
    assert_eq!(warning["due"]["at"], "2026-03-07T15:30:00Z");
    let answer = ground.json(&["duties", file.to_str().unwrap(), "--at", "2026-03-07T15:31:00Z"]);
    assert_eq!(duty(&answer, "nis2.mandatory.early_warning")["state"], "late");
}

#[test]
fn the_question_that_decides_most_is_told_with_the_duties() {
    let ground = Ground::new("");
    let mut asked = vec![];
    let mut known = json!({"country": "LU", "zone": "Europe/Luxembourg", "entity": {}, "facts": {}});
    for _ in 0..3 {
        let file = ground.write("incident.json", known.to_string().as_bytes());
        let answer =
            ground.json(&["duties", "--next", file.to_str().unwrap(), "--at", "2026-03-06T18:00:00Z"]);
        let field = answer["next"]["field"]["field"].as_str().unwrap().to_owned();
        // What is not known is not asked again.
        assert!(!asked.contains(&field), "{field} is asked twice");
        let place = if field.starts_with("entity.") { "entity" } else { "facts" };
        known[place][&field] = Value::Null;
        asked.push(field);
    }
    assert_eq!(asked[0], "entity.type");
}

#[test]
fn duties_are_read_from_the_standard_input_and_told_in_words() {
    let mut command = binary();
    command.args(["duties", "-", "--at", "2026-03-06T18:00:00Z"]);
    let run = finish(command, incident().to_string().as_bytes());
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("Saturday 7 March 2026, 16:30 (Europe/Luxembourg)"), "{}", run.out);
}

#[test]
fn input_that_cannot_be_read_is_named_and_ends_with_two() {
    let ground = Ground::new("");
    let mut wrong = incident();
    wrong["facts"]["outage_duration"] = json!("long");
    for (content, word) in [
        (b"{".to_vec(), "country"),
        (wrong.to_string().into_bytes(), "outage_duration"),
        (vec![0xff; 100], "country"),
        ("[".repeat(100_000).into_bytes(), "country"),
    ] {
        let file = ground.write("incident.json", &content);
        let run = ground.run(&["duties", file.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(word), "{run:?}");
    }
    assert_eq!(ground.run(&["duties", "/nowhere.json"]).code, 2);
    assert_eq!(ground.run(&["duties"]).code, 2);
    assert_eq!(ground.run(&["duties", "--strict", "x"]).code, 2);
}

#[test]
fn worked_deadlines_agree() {
    let Some(vectors) = shared("standards/law/deadline_vectors.json") else { return };
    let ground = Ground::new("");
    let report = ground.json(&["duties", "--vectors", vectors.to_str().unwrap()]);
    assert!(report["checked"].as_u64().unwrap() >= 7, "{report:#}");
    assert_eq!(report["differences"], json!([]));
    if report["no_pack"].as_u64().unwrap() > 0 {
        assert_eq!(ground.run(&["duties", "--vectors", vectors.to_str().unwrap(), "--strict"]).code, 1);
    }
}

/// A file of the material shared between the builders of Beffroi, which a clone does not have.
fn shared(name: &str) -> Option<PathBuf> {
    let path = testkit::root().join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    skipped(&format!("worked deadlines: {name} of the shared material is not here"));
    None
}

#[test]
fn a_law_is_listed_shown_checked_and_compared() {
    let ground = Ground::new("");
    let law = testkit::invented_law();
    let law = law.to_str().unwrap();
    let list = |arguments: &[&str]| ground.json(arguments)["regimes"].as_array().unwrap().len();
    assert_eq!(list(&["regime", "list", "--regimes", law]), list(&["regime", "list"]) + 1);
    ground.fine(&["regime", "check", law]);

    let known = ground.json(&["regime", "list"])["regimes"][0]["id"].as_str().unwrap().to_owned();
    assert!(ground.fine(&["regime", "show", &known]).contains("pack.toml"));
    assert_eq!(ground.run(&["regime", "show", "no-such-law"]).code, 2);
    assert_eq!(ground.fine(&["regime", "diff", &known, &known]), "");

    let copy = ground.path("newer").join(&known);
    std::fs::create_dir_all(&copy).unwrap();
    let text =
        std::fs::read_to_string(testkit::root().join("regimes").join(&known).join("pack.toml")).unwrap();
    std::fs::write(copy.join("pack.toml"), text.replacen("erratum = 0", "erratum = 1", 1)).unwrap();
    let diff = ground.run(&["--json", "regime", "diff", &known, copy.to_str().unwrap()]);
    assert_eq!(diff.code, 1);
    let changes: Value = serde_json::from_str(&diff.out).unwrap();
    let of_pack: Vec<&Value> = changes["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["key"] == "pack.toml: erratum")
        .collect();
    assert_eq!(of_pack, [&json!({ "key": "pack.toml: erratum", "before": "0", "after": "1" })]);

    std::fs::write(copy.join("pack.toml"), text.replacen("kind =", "kinds =", 1)).unwrap();
    let wrong = ground.run(&["regime", "check", ground.path("newer").to_str().unwrap()]);
    assert_eq!(wrong.code, 1, "{wrong:?}");
    assert!(wrong.out.contains("pack.toml") && wrong.out.contains("kinds"), "{wrong:?}");
}

#[test]
fn the_manual_is_printed() {
    let ground = Ground::new("");
    let manual = ground.fine(&["config"]);
    assert!(manual.contains("[listen]") && manual.contains("master_key_file"));
    let copy = ground.write("copy.toml", manual.as_bytes());
    let mut command = binary();
    command.arg("--config").arg(copy).args(["regime", "list"]);
    assert_eq!(finish(command, b"").code, 0, "the manual is a configuration");
}

#[test]
fn a_session_of_the_command_line_administers_organisations_and_clients() {
    let ground = Ground::new("").ready();
    let create = ["org", "create", "--name", "Ferry", "--country", "LU", "--zone", "Europe/Luxembourg"];
    ground.fine(&[&create[..], &["--role", "reporting_entity"]].concat());
    let changed = ground.json(&[
        "org",
        "role",
        "Ferry",
        "--add",
        "managed_provider:country=LU",
        "--set",
        "entity.sector=transport",
    ]);
    assert_eq!(changed["roles"].as_array().unwrap().len(), 2);
    assert_eq!(changed["profile"]["entity.sector"], "transport");
    let (_, complaint) = ground.refused(&["org", "role", "Ferry", "--set", "entity.sector=ferries"]);
    assert!(complaint.contains("entity.sector"), "{complaint}");
    let (_, complaint) = ground.refused(&["org", "role", "Fairy", "--add", "csirt"]);
    assert!(complaint.contains("beffroi org list"), "{complaint}");
    assert_eq!(ground.run(&[&create[..], &["--role", "cert"]].concat()).code, 2);

    let client =
        ground.json(&["client", "create", "--org", "Ferry", "--name", "SIEM", "--function", "reporter"]);
    let id = client["client"].as_str().unwrap();
    assert_eq!(client["secret"].as_str().unwrap().len(), 43);
    ground.fine(&["client", "revoke", "--org", "Ferry", id]);
    let clients = ground.json(&["client", "list", "--org", "Ferry"]);
    assert!(clients["clients"][0]["revoked_at"].is_string(), "{clients:#}");
    ground.fine(&[
        "user",
        "invite",
        "--org",
        "Ferry",
        "--name",
        "Ida",
        "--mail",
        "ida@ferry.example.eu",
        "--function",
        "reporter",
    ]);
    let users = ground.json(&["user", "list", "--org", "Ferry"]);
    assert_eq!(users["users"][0]["state"], "invited");
    let (_, complaint) = ground.refused(&[
        "user",
        "invite",
        "--org",
        "Ferry",
        "--name",
        "Ida",
        "--mail",
        "IDA@ferry.example.eu",
        "--function",
        "reporter",
    ]);
    assert!(complaint.contains("already has an account"), "{complaint}");
}

#[test]
fn official_lists_go_out_as_taxonomies_and_files_of_others_are_checked() {
    let ground = Ground::new("");
    let tags = ground.fine(&["taxonomy", "export", "--to", "misp", "--list", "rsit"]);
    let file = ground.write("machinetag.json", tags.as_bytes());
    let verdict = ground.json(&["taxonomy", "check", file.to_str().unwrap()]);
    assert_eq!((&verdict["valid"], &verdict["findings"]), (&json!(true), &json!([])));
    assert!(
        ground.fine(&["taxonomy", "export", "--to", "skos", "--list", "rsit"]).starts_with("@prefix skos:")
    );

    let own = "format = \"beffroi-list/1\"\nid = \"bells\"\nversion = \"7\"\nsource = \"own\"\nlicence = \"CC0-1.0\"\n\
               values = [{ id = \"great\", label = \"Great bell\" }]\n";
    let list = ground.write("bells.toml", own.as_bytes());
    let list = list.to_str().unwrap();
    let tags: Value =
        serde_json::from_str(&ground.fine(&["taxonomy", "export", "--to", "misp", "--list", "bells", list]))
            .unwrap();
    assert_eq!((&tags["version"], &tags["predicates"][0]["expanded"]), (&json!(7), &json!("Great bell")));
    let folder = ground.path("out");
    let written =
        ground.json(&["taxonomy", "export", "--to", "misp", "--into", folder.to_str().unwrap(), list]);
    assert!(written["written"].as_array().unwrap().len() > 10);
    assert!(folder.join("bells/machinetag.json").is_file());

    assert_eq!(ground.run(&["taxonomy", "export", "--to", "misp", "--list", "no-such-list"]).code, 2);
    let wrong = ground.write("wrong.json", br#"{"namespace": "a b"}"#);
    assert_eq!(ground.run(&["taxonomy", "check", wrong.to_str().unwrap()]).code, 1);
}
