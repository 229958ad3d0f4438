//! The profile `schema` against the published schemas themselves: the same verdict on samples and on
//! samples with something spoilt, for every version.

use std::fs;

use formats::{
    Limits, Profile,
    idmef::{Options, Version, check_bytes},
};
use serde_json::{Value, json};

use crate::{files, shared};

const SCHEMAS: [(Version, &str); 9] = [
    (Version::V203, "idmefv2-secef-2.0.3"),
    (Version::V02, "idmefv2-draft-02"),
    (Version::V03, "idmefv2-draft-03"),
    (Version::V04, "idmefv2-draft-04"),
    (Version::V05, "idmefv2-draft-05"),
    (Version::V06, "idmefv2-draft-06"),
    (Version::V07, "idmefv2-draft-07"),
    (Version::V08, "idmefv2-draft-08"),
    (Version::V09Dev, "idmefv2-draft-09-Dev"),
];

/// Values at the edges of the patterns.
fn odd_values() -> Vec<Value> {
    let texts = [
        "",
        "x",
        "2026-02-31T12:00:00",
        "2026-05-15t12:00:00z",
        "2026-00-00T00:00:60+23:59",
        "10.0.0.0/8",
        "010.001.01.1",
        "1:2:3:4:5:6:192.0.2.1",
        "::ffff:192.0.2.1",
        "::ffff:0:192.0.2.1",
        "::ffff:00000:192.0.2.1",
        "fe80::1%eth0",
        "fe80:::%1",
        "1::2:3:4:5:6:7:8",
        "1::8",
        "::",
        "1:2:3:4::1.2.3.4",
        "1:2:3:4:5::1.2.3.4",
        "::1.2.3.04",
        "::1.2.3.004",
        "a:b",
        "US 2NY",
        "FR PAR",
        "FRPAR",
        "+45.4642, +9.1900",
        "45.,9.",
        "48",
        "1,2,3,4",
        "1,  2",
        "sha256:ab",
        "sha256:abc",
        "a_b:ab",
        "text/plain",
        "text/plain; charset=\"u\\t f\"",
        "text/plain;",
        "a-b",
        "a--b",
        "tcp",
        "High",
        "Incident",
        "Cyber",
        "9F1C4A6D-8E1B-4F9A-9D3E-3A1D2C7F7B01",
        "urn:uuid:9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01",
        "Malware.Worm",
        "Recon.Scanning",
        "NIDS",
    ];
    let mut values: Vec<Value> = texts.iter().flat_map(|text| [json!(text), json!([text])]).collect();
    values.extend([
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1),
        json!(70000),
        json!(0.5),
        json!(1.3),
        json!([]),
        json!({}),
        json!([0]),
        json!([22, 70000]),
        json!(["22"]),
        json!([{}]),
        json!([[]]),
        json!({"a": 1}),
        json!([null]),
        json!([0.5]),
    ]);
    values
}

/// Every place in a document.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
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

/// An alert that has every member of every version, the starting point for spoiling.
fn full() -> Value {
    let text = fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/idmef/valid/full.json"),
    );
    serde_json::from_str(&text.unwrap()).unwrap()
}

#[test]
fn the_profile_schema_says_what_the_published_schemas_say() {
    let Some(folder) = shared("standards/idmefv2/schema") else { return };
    let Some(samples) = shared("samples/idmefv2/draft-examples") else { return };
    let mut seeds = vec![full()];
    for path in files(&samples, ".json") {
        seeds.push(serde_json::from_slice(&fs::read(path).unwrap()).unwrap());
    }
    let odd = odd_values();
    let mut compared = 0;
    for (version, file) in SCHEMAS {
        let schema = |file: &str| -> Value {
            serde_json::from_slice(&fs::read(folder.join(format!("{file}.schema.json"))).unwrap()).unwrap()
        };
        let today = schema("idmefv2-draft-08")["definitions"]["mediatypeType"].clone();
        let mut schema = schema(file);
        if version == Version::V203 {
            // Its pattern of media types is no regular expression outside of JavaScript.
            schema["definitions"]["mediaTypeType"] = today;
        }
        let validator = jsonschema::options().should_validate_formats(false).build(&schema).unwrap();
        for (number, seed) in seeds.iter().enumerate().filter(|(number, _)| number % 4 == 0) {
            let mut seed = seed.clone();
            seed["Version"] = json!(version.text());
            compare(version, &validator, &seed);
            let seed = pruned(version, seed);
            compare(version, &validator, &seed);
            let mut all = Vec::new();
            places(&seed, String::new(), &mut all);
            // Every odd value meets every kind of place, but not each place in each version.
            for (at, place) in all.iter().filter(|place| !place.is_empty()).enumerate() {
                let step = if number == 0 { 7 } else { 61 };
                for value in odd.iter().skip((at + version as usize) % step).step_by(step) {
                    let mut spoilt = seed.clone();
                    *spoilt.pointer_mut(place).unwrap() = value.clone();
                    compare(version, &validator, &spoilt);
                    compared += 1;
                }
                let mut without = seed.clone();
                let (parent, name) = place.rsplit_once('/').unwrap();
                if let Some(Value::Object(members)) = without.pointer_mut(parent) {
                    members.remove(name);
                    compare(version, &validator, &without);
                }
            }
        }
    }
    assert!(compared > 20_000, "{compared}");
}

fn judge(version: Version, document: &Value) -> formats::Report {
    let options = Options { profile: Profile::Schema, version: Some(version), limits: Limits::default() };
    check_bytes(document.to_string().as_bytes(), &options)
}

/// The document without what this version does not have: spoiling what is broken already shows nothing.
fn pruned(version: Version, mut document: Value) -> Value {
    for _ in 0..100 {
        let report = judge(version, &document);
        let Some(found) = report.findings.last() else { break };
        let (parent, name) = found.pointer.rsplit_once('/').unwrap_or_default();
        match document.pointer_mut(parent) {
            Some(Value::Object(members)) if found.rule != "idmef.member.missing" => {
                members.remove(name);
            }
            Some(Value::Array(items)) => {
                items.remove(name.parse().unwrap());
            }
            Some(_) | None => break,
        }
    }
    document
}

fn compare(version: Version, validator: &jsonschema::Validator, document: &Value) {
    let report = judge(version, document);
    let theirs: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{} {error}", error.instance_path())).collect();
    assert_eq!(
        report.is_valid(),
        theirs.is_empty(),
        "{}: we find {:#?}, they find {theirs:#?}\n{document}",
        version.text(),
        report.findings
    );
}
