//! The profile `schema` against the published schema itself: the same verdict on samples and on samples with
//! something spoilt.
//!
//! All 51 files of the schema declare a version of JSON Schema that does not know `unevaluatedProperties`;
//! taken at its word the schema closes nothing, taken for a newer version throughout it refuses every
//! command. As whoever measured the samples, we read the outermost file as the newer version, the others as
//! they declare.

use std::fs;

use formats::{
    Profile,
    cacao::{Options, check_bytes},
};
use serde_json::{Value, json};

use crate::{files, shared};

const BASE: &str = "https://raw.githubusercontent.com/oasis-open/cacao-json-schemas/main/schemas/";

fn odd_values() -> Vec<Value> {
    let uuid = "fc1b842d-a17a-4aa1-aa60-d7614ae78296";
    vec![
        json!(""),
        json!("x"),
        json!("manual"),
        json!("2026-02-31T12:00:00Z"),
        json!("2026-02-03T12:00:60.12345Z"),
        json!("2026-02-03T12:00:00+00:00"),
        json!("2026-02-03T24:00:00Z"),
        json!("2026-02-03T12:00:00.Z"),
        json!(format!("playbook--{uuid}")),
        json!(format!("extension-definition--{uuid}")),
        json!(format!("a-b--{uuid}")),
        json!(format!("ab--{uuid}")),
        json!(format!("re-start--{uuid}")),
        json!(format!("Start--{uuid}")),
        json!("action--fc1b842d-a17a-6aa1-aa60-d7614ae78296"),
        json!("TLP:GREEN"),
        json!("europe"),
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.0),
        json!(1.5),
        json!(100),
        json!(101),
        json!([]),
        json!({}),
        json!(["x"]),
        json!([{}]),
        json!([1]),
        json!({"type": "x"}),
        json!({"name": "x"}),
        json!({"x": "y"}),
        json!({format!("extension-definition--{uuid}"): {}}),
        json!({format!("extension-definition--{uuid}"): 1}),
        json!({format!("end--{uuid}"): {"type": "end"}}),
        json!({format!("end--{uuid}"): {"type": "start"}}),
        json!({format!("group--{uuid}"): {"type": "group", "name": "x", "own": 1}}),
        json!({"__x__": {"type": "string", "value": null, "own": 1}}),
        json!({"x": {"type": "string"}}),
        json!([format!("playbook--{uuid}")]),
    ]
}

/// Every place in a document but addresses: their patterns are not imitated.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter().filter(|(name, _)| *name != "address") {
                places(member, format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, format!("{at}/{index}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found.push(at);
}

#[test]
fn the_profile_schema_says_what_the_published_schema_says() {
    let Some(folder) = shared("standards/cacao2.0/schemas") else { return };
    let Some(samples) = shared("samples/cacao2.0") else { return };
    let mut registry = jsonschema::Registry::new();
    let mut outermost = Value::Null;
    for path in files(&folder, ".json") {
        let schema: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        assert_eq!(schema["$id"], format!("{BASE}{name}"));
        if name == "playbook.json" {
            outermost = schema;
            continue;
        }
        registry = registry.add(format!("{BASE}{name}"), schema).unwrap();
    }
    outermost["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    let registry = registry.prepare().unwrap();
    let validator = jsonschema::options()
        .with_registry(&registry)
        .should_validate_formats(false)
        .build(&outermost)
        .unwrap();

    let odd = odd_values();
    let mut compared = 0;
    for (number, path) in files(&samples, ".json").iter().enumerate() {
        if path.ends_with("cases.json") {
            continue;
        }
        let seed: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        compare(&validator, &seed);
        // What is invalid already shows nothing when it is spoilt once more.
        if !path.to_string_lossy().contains("/valid/") {
            continue;
        }
        let mut all = Vec::new();
        places(&seed, String::new(), &mut all);
        for (at, place) in all.iter().enumerate().filter(|(_, place)| !place.is_empty()) {
            for value in odd.iter().skip((at + number) % 14).step_by(14) {
                let mut spoilt = seed.clone();
                *spoilt.pointer_mut(place).unwrap() = value.clone();
                compare(&validator, &spoilt);
                compared += 1;
            }
            if (at + number) % 3 != 0 {
                continue;
            }
            let (parent, name) = place.rsplit_once('/').unwrap();
            let mut without = seed.clone();
            if let Some(Value::Object(members)) = without.pointer_mut(parent) {
                let value = members.remove(name).unwrap();
                compare(&validator, &without);
                // Another name, here and there one of the standard.
                let other = ["own", "on_success", "__x__", "x--1", "command_b64"][at % 5];
                if let Some(Value::Object(members)) = without.pointer_mut(parent) {
                    members.insert(other.to_owned(), value);
                }
                compare(&validator, &without);
            }
        }
    }
    assert!(compared > 2_000, "{compared}");
}

fn compare(validator: &jsonschema::Validator, document: &Value) {
    let options = Options { profile: Profile::Schema, ..Options::default() };
    let report = check_bytes(document.to_string().as_bytes(), &options);
    let theirs = validator.is_valid(document);
    assert_eq!(
        report.is_valid(),
        theirs,
        "we find {:#?}, they find {:#?}\n{document}",
        report.findings,
        validator
            .iter_errors(document)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect::<Vec<_>>()
    );
}
