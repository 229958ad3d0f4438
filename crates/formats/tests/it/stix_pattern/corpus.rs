//! Our own patterns, with what must come of each.

use std::{fs, path::Path};

use formats::{
    Limits, Profile,
    stix::pattern::{Pattern, Vocabulary},
};
use serde_json::Value;

use super::pattern;
use crate::files;

fn read(name: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/stix/patterns");
    serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
}

fn findings(text: &str, profile: Profile) -> Vec<String> {
    match Pattern::parse(text, &Limits::default()) {
        Err(error) => vec![format!("error {}", error.rule)],
        Ok(pattern) => {
            let findings = pattern.check(&Vocabulary::default(), profile);
            findings
                .into_iter()
                .map(|finding| {
                    assert!(
                        finding.span.end <= text.len() && finding.span.start < finding.span.end,
                        "{text}"
                    );
                    format!("{:?} {}", finding.severity, finding.rule).to_lowercase()
                })
                .collect()
        }
    }
}

#[test]
fn every_pattern_has_its_findings() {
    for case in read("checks.json") {
        let text = case["pattern"].as_str().unwrap();
        for (profile, name) in [(Profile::Text, "text"), (Profile::Schema, "schema")] {
            assert_eq!(Value::from(findings(text, profile)), case[name], "{name}: {text}");
        }
    }
}

#[test]
fn every_rule_has_its_pattern() {
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stix/pattern"), ".rs");
    let code: String = sources.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let found = Value::from(read("checks.json")).to_string();
    let rules = code.split('"').filter(|text| text.starts_with("stix.pattern."));
    let missing: Vec<&str> = rules.filter(|rule| !found.contains(&format!(" {rule}\""))).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_finding_says_how_to_mend() {
    let text = "[file:hashes.MD5 = 'f00' AND file:nmae = 'x']";
    let told: Vec<String> = pattern(text)
        .check(&Vocabulary::default(), Profile::Text)
        .into_iter()
        .map(|finding| format!("{}: {}", &text[finding.span.start..finding.span.end], finding.message))
        .collect();
    assert_eq!(
        told,
        [
            "file:hashes.MD5 = 'f00': \"f00\" is no MD5: that has 32 hexadecimal digits",
            "file:nmae = 'x': file has no property \"nmae\": one of your own begins with x_",
        ]
    );
}

#[test]
fn what_asks_the_same_has_one_normal_form() {
    for case in read("normal.json") {
        let normal = case["normal"].as_str().unwrap();
        assert_eq!(pattern(normal).normal().to_string(), normal);
        for same in case["same"].as_array().unwrap() {
            let same = same.as_str().unwrap();
            assert_eq!(pattern(same).normal().to_string(), normal, "{same}");
        }
    }
}
