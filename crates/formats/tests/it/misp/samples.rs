//! Events as servers wrote them.

use std::{collections::BTreeMap, fs, path::PathBuf};

use formats::{
    Limits, Profile, Severity,
    misp::{Options, check_bytes, read},
};
use serde_json::Value;

use crate::{files, shared};

/// The real events, without what another converter made of them.
pub fn events() -> Vec<PathBuf> {
    let Some(folder) = shared("samples/misp/events") else { return Vec::new() };
    let found: Vec<_> = files(&folder, ".misp.json")
        .into_iter()
        .filter(|path| !path.to_string_lossy().ends_with(".back.misp.json"))
        .collect();
    assert_eq!(found.len(), 35);
    found
}

#[test]
fn events_of_real_servers_come_out_as_they_came_in() {
    for path in events() {
        let bytes = fs::read(&path).unwrap();
        let reading = read(&bytes, &Limits::default());
        assert_eq!(
            (reading.items.len(), reading.losses.as_slice()),
            (1, [].as_slice()),
            "{}",
            path.display()
        );
        let came: Value = serde_json::from_slice(&bytes).unwrap();
        for written in [reading.items[0].to_string(), format!("{:#}", reading.items[0])] {
            assert_eq!(came, serde_json::from_str::<Value>(&written).unwrap(), "{}", path.display());
        }
    }
}

#[test]
fn what_servers_answer_is_read() {
    let Some(folder) = shared("samples/misp/wire") else { return };
    let count = |name: &str| {
        let recorded: Value = serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap();
        let body =
            recorded.get("response").or_else(|| recorded.get("answer")).cloned().unwrap_or(recorded.clone());
        let body = body.get("body").cloned().unwrap_or(body);
        let bytes = body.as_str().map_or_else(|| body.to_string(), str::to_owned);
        read(bytes.as_bytes(), &Limits::default()).items.len()
    };
    assert_eq!(count("events-view.json"), 1);
    assert_eq!(count("events-view-for-pull.json"), 1);
    assert!(count("attributes-restSearch.json") >= 1);
}

#[test]
fn findings_on_real_events_are_those_that_their_makers_left() {
    let mut rules: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let paths = events();
    for path in &paths {
        let report = check_bytes(
            &fs::read(path).unwrap(),
            &Options { limits: Limits { findings: 100_000, ..Limits::default() }, ..Options::default() },
        );
        for found in &report.findings {
            let weight = if found.severity == Severity::Error { "error" } else { "warning" };
            *rules.entry((weight, found.rule)).or_default() += 1;
        }
    }
    if !paths.is_empty() {
        // One event has words where its UUIDs should be; all others are as servers take them.
        assert_eq!(
            format!("{rules:?}"),
            r#"{("error", "misp.member.missing"): 1, ("error", "misp.uuid"): 1}"#
        );
    }
}

#[test]
fn the_schema_profile_says_what_the_published_schema_says() {
    let Some(path) = shared("standards/misp/format/core-format-pymisp-schema-lax.json") else { return };
    let schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let judge = jsonschema::options().with_draft(jsonschema::Draft::Draft4).build(&schema).unwrap();
    let options = Options { profile: Profile::Schema, ..Options::default() };
    let odd = ["null", "true", "7", "\"x\"", "[]", "{}", "[7]", "[{\"name\":7}]", "{\"name\":7}"];
    let mut spoilt = 0;
    for path in events() {
        let bytes = fs::read(&path).unwrap();
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(check_bytes(&bytes, &options).is_valid(), judge.is_valid(&document), "{}", path.display());
        if bytes.len() > 20_000 {
            continue;
        }
        for (place, value) in places(&document).iter().zip(odd.iter().cycle()) {
            let mut other = document.clone();
            *other.pointer_mut(place).unwrap() = serde_json::from_str(value).unwrap();
            let text = other.to_string();
            assert_eq!(
                check_bytes(text.as_bytes(), &options).is_valid(),
                judge.is_valid(&other),
                "{place} {value} {}",
                path.display()
            );
            spoilt += 1;
        }
    }
    println!("{spoilt} events with something spoilt");
}

/// Pointers to the values of a document, the first of long lists.
pub fn places(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => {
            items.iter().take(2).enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (name, value) in inner {
        found.extend(places(value).into_iter().map(|place| format!("/{name}{place}")));
    }
    found
}
