//! The profile `schema` against the published schemas of STIX 2.1 themselves: the same verdict on samples
//! and on samples with something spoilt.

use std::{collections::BTreeMap, fs, path::Path};

use formats::{
    Profile, Severity,
    stix::{Options, check_bytes},
};
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::{files, shared};

/// A validator per type, as the reference validator chooses its schema.
struct Schemas(BTreeMap<String, Validator>);

impl Schemas {
    fn read(folder: &Path) -> Self {
        let mut schemas = BTreeMap::new();
        let mut registry = Registry::new();
        for path in files(folder, ".json") {
            let schema: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            registry = registry.add(schema["$id"].as_str().unwrap(), schema.clone()).unwrap();
            schemas.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), schema);
        }
        let registry = registry.prepare().unwrap();
        let validator = |schema: &Value| {
            jsonschema::options()
                .with_registry(&registry)
                .should_validate_formats(true)
                .build(schema)
                .unwrap()
        };
        Self(schemas.iter().map(|(name, schema)| (name.clone(), validator(schema))).collect())
    }

    fn accept(&self, object: &Value) -> bool {
        let kind = object["type"].as_str().unwrap_or_default();
        let own = !matches!(kind, "core" | "bundle" | "extension" | "dictionary");
        let schema = self.0.get(kind).filter(|_| own).unwrap_or_else(|| self.0.get("core").unwrap());
        schema.is_valid(object)
    }
}

fn ours(object: &Value) -> (bool, String) {
    let text = object.to_string();
    let report = check_bytes(text.as_bytes(), &Options { profile: Profile::Schema, ..Options::default() });
    let errors = report.findings.iter().filter(|found| found.severity == Severity::Error);
    let errors: Vec<String> =
        errors.map(|found| format!("{} {} {}", found.pointer, found.rule, found.message)).collect();
    (report.is_valid(), errors.join("\n  "))
}

/// Values at the edges of the patterns.
fn odd_values() -> Vec<Value> {
    let texts = [
        "",
        "x",
        "x y",
        "2026-02-31T12:00:00Z",
        "2026-02-31T12:00:00.000Z",
        "2026-05-15T12:00:60.1234Z",
        "2026-13-15T12:00:00.000Z",
        "2026-05-15T12:00:00+00:00",
        "tool--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01",
        "marking-definition--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01",
        "tool--9f1c4a6d-8e1b-6f9a-9d3e-3a1d2c7f7b01",
        "Tool--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01",
        "AQ==",
        "AR==",
        "A",
        "0f",
        "0F1",
        "https://example.org/a?b=c#d",
        "urn:x:y",
        "http://a b",
        "10.0.0.1/8",
        "10.0.0.1/08",
        "1.2.3.4",
        "::1",
        "::1/129",
        "d2:fb:49:24:37:18",
        "D2:FB:49:24:37:18",
        "HKEY_LOCAL_MACHINE\\x",
        "uses",
        "Uses",
        "en",
        "fra",
        "2.1",
        "2.2",
        "agree",
        "property-extension",
        "text/plain",
        "application/x-nothing",
        "SOCK_RAW",
        "CVE-2026-00001",
    ];
    let mut values: Vec<Value> = texts.iter().flat_map(|text| [json!(text), json!([text])]).collect();
    values.extend([
        json!(null), json!(true), json!(false), json!(-1), json!(0), json!(1), json!(5.0), json!(0.5), json!(70000),
        json!([]), json!({}), json!({"a": 1}), json!({"MD5": "x"}), json!({"SHA-256": "ab"}), json!([{}]), json!([null]),
        json!({"x y": "z"}), json!({"ab": "cd"}), json!([{"source_name": "cve"}]), json!([{"source_name": "x", "url": "http://x/"}]),
        json!([{"selectors": ["name"], "marking_ref": "marking-definition--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01"}]),
        json!({"extension-definition--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01": {"extension_type": "new-sdo"}}),
        json!({"extension-definition--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01": {"a": 1}}),
        json!({"ntfs-ext": {}}), json!({"ntfs-ext": {"sid": "x"}}), json!({"x-ext": {"abc": []}}),
    ]);
    values
}

#[test]
fn the_profile_schema_says_what_the_schemas_say() {
    let Some(folder) = shared("standards/stix2.1/json-schemas") else { return };
    let Some(cases) = shared("samples/stix2.1/validator-cases.json") else { return };
    let schemas = Schemas::read(&folder);
    let cases: Value = serde_json::from_slice(&fs::read(cases).unwrap()).unwrap();
    let mut fullest: BTreeMap<String, Value> = BTreeMap::new();
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut compared = 0_usize;
    let mut compare = |object: &Value, what: &str| {
        compared += 1;
        let expected = schemas.accept(object);
        let (valid, errors) = ours(object);
        if valid != expected {
            let place = format!("{} {what}", object["type"].as_str().unwrap_or_default());
            wrong
                .entry(place)
                .or_default()
                .push(format!("schema {expected}, ours {valid}: {errors}\n  {object}"));
        }
    };
    for case in cases.as_array().unwrap() {
        let object = &case["instance"];
        // The validator of these tests takes a mail address with a name before it, unlike that of the schemas.
        if object["type"] == "bundle" || object["value"] == "John Doe <jdoe@example.com>" {
            continue;
        }
        compare(object, "as it came");
        let kind = object["type"].as_str().unwrap_or_default().to_owned();
        let members = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
        let best = fullest.entry(kind).or_insert(Value::Null);
        if case["valid"] == true && members(object) > members(best) {
            *best = object.clone();
        }
    }
    for object in fullest.values().filter(|object| object.is_object()) {
        for property in object.as_object().unwrap().keys() {
            if property == "type" {
                continue;
            }
            let mut spoilt = object.clone();
            for value in odd_values() {
                spoilt[property] = value;
                compare(&spoilt, property);
            }
            spoilt.as_object_mut().unwrap().remove(property);
            compare(&spoilt, &format!("without {property}"));
        }
    }
    let listed: Vec<String> =
        wrong.iter().map(|(place, all)| format!("{place}: {} times, as {}", all.len(), all[0])).collect();
    assert!(compared > 10_000, "{compared}");
    assert!(wrong.is_empty(), "{} places of {compared} differ:\n{}", wrong.len(), listed.join("\n"));
}
