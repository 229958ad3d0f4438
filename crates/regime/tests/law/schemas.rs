//! The published schemas are fresh, and what we ship satisfies them.

use serde_json::{Value, json};

use crate::{add_files, library, library_files, root};

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::validator_for(schema).unwrap()
}

#[test]
fn every_pack_satisfies_the_schema_of_packs() {
    let validator = validator(&regime::pack_schema());
    let mut files = library_files();
    add_files(&mut files, &root().join("crates/regime/tests/fictitious-law"), "regimes");
    let mut seen = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("/pack.toml")) {
        let pack: toml::Table = toml::from_str(std::str::from_utf8(bytes).unwrap()).unwrap();
        let document = serde_json::to_value(pack).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{path} {}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        seen += 1;
    }
    assert_eq!(seen, library().packs().len() + 1);
}

#[test]
fn the_schema_of_packs_refuses_what_the_reader_refuses() {
    let validator = validator(&regime::pack_schema());
    let good = json!({
        "format": "beffroi-pack/1", "id": "law", "law": "Law", "kind": "agreement", "version": "2026-01-01",
        "valid_from": "2026-01-01", "sources": [], "tracks": [], "retention": { "source": "none" },
    });
    assert!(validator.is_valid(&good));
    for (key, value) in [
        ("clok", json!(1)),
        ("kind", json!("habit")),
        ("rules", json!({ "a": { "field": "b", "is": true, "more_than": 3 } })),
        ("rules", json!({ "a": { "all": [], "any": [] } })),
        ("tracks", json!([{ "id": "a" }])),
        ("recipients", json!({ "a": [{ "first_of": ["king"], "article": "1" }] })),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        assert!(!validator.is_valid(&bad), "{bad}");
    }
}

#[test]
fn the_schema_of_incident_records_takes_answers_and_refuses_nonsense() {
    let library = library();
    let schema = regime::schema(&library);
    let validator = validator(&schema);
    let answers = json!({
        "title": "Ransomware on two file servers", "suspected_malicious": null, "cross_border": false,
        "financial_loss": { "min": 100000, "max": 250000, "currency": "EUR" }, "outage_duration": 5400,
        "users_affected": { "min": 5, "max": 9 }, "incident_class": "malicious-code", "affected_countries": ["LU", "BE"],
        "indicators": [{ "kind": "domain", "value": "example.org" }], "occurred_at": "2026-03-06T15:30:00Z",
    });
    assert!(validator.is_valid(&answers));
    for (field, value) in answers.as_object().unwrap() {
        if !value.is_null() {
            regime::check_answer(&library, field, value).unwrap();
        }
    }
    for (field, value) in [
        ("colour", json!("red")),
        ("title", json!(3)),
        ("outage_duration", json!(1.5)),
        ("users_affected", json!(-1)),
        ("users_affected", json!({ "min": 3 })),
        ("financial_loss", json!(5)),
        ("financial_loss", json!({ "amount": 5, "currency": "euro" })),
        ("incident_class", json!("magic")),
        ("affected_countries", json!("LU")),
        ("indicators", json!([{ "kind": "domain" }])),
        ("indicators", json!([{ "kind": "domain", "value": "x", "colour": "red" }])),
    ] {
        assert!(!validator.is_valid(&json!({ field: value })), "{field}: {value}");
        assert!(regime::check_answer(&library, field, &value).is_err(), "{field}: {value}");
    }
    for (field, value) in
        [("occurred_at", json!("99999-01-01T00:00:00Z")), ("users_affected", json!({ "min": 9, "max": 5 }))]
    {
        assert!(regime::check_answer(&library, field, &value).is_err(), "{field}: {value}");
    }
}

#[test]
fn the_schema_of_packs_knows_every_role() {
    let schema = regime::pack_schema();
    let names: Vec<&str> =
        schema["$defs"]["role"]["enum"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(names, model::Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>());
}
