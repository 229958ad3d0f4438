//! Our own corpus of STIX.

use std::fs;

use formats::{
    Limits, Severity,
    stix::{Options, check_bytes, read, write},
};

use crate::corpus::{corpus, findings, pinned, unmet};

fn found(bytes: &[u8]) -> String {
    findings(|profile| check_bytes(bytes, &Options { profile, ..Options::default() }))
}

#[test]
fn each_fault_is_found_in_its_place() {
    for path in corpus("stix/faulty") {
        pinned(&path, "findings", &found(&fs::read(&path).unwrap()));
    }
}

#[test]
fn every_rule_has_its_file() {
    let met: String = corpus("stix/faulty").iter().map(|path| found(&fs::read(path).unwrap())).collect();
    let mut missing = unmet("src/stix", "stix.", &met);
    // Those of patterns are met in corpus/stix/patterns.
    missing.retain(|rule| !rule.starts_with("stix.pattern."));
    assert_eq!(missing, [""; 0], "rules without a file in corpus/stix/faulty");
}

#[test]
fn valid_bundles_are_valid_and_their_objects_come_out_as_they_came_in() {
    for path in corpus("stix/valid") {
        let bytes = fs::read(&path).unwrap();
        let report = check_bytes(&bytes, &Options::default());
        assert!(report.worst() < Some(Severity::Warning), "{}: {:#?}", path.display(), report.findings);
        let reading = read(&bytes, &Limits::default());
        assert_eq!(reading.losses, [], "{}", path.display());
        let came: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let id = came["id"].as_str().unwrap();
        let written: serde_json::Value = serde_json::from_slice(&write(id, &reading.items)).unwrap();
        assert_eq!(came, written, "{}", path.display());
    }
}
