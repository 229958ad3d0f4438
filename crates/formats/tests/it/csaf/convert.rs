//! Advisories to STIX 2.1 and to CVE records.

use std::{fs, path::PathBuf};

use formats::{
    Json, Limits, Loss, Severity,
    csaf::{self, Advisory},
    stix,
};

use super::{own, pinned};
use crate::{files, shared};

fn advisories(paths: &[PathBuf]) -> Vec<(PathBuf, Advisory)> {
    let limits = csaf::Options::default().limits;
    paths
        .iter()
        .flat_map(|path| {
            let reading = csaf::read(&fs::read(path).unwrap(), &limits);
            reading.items.into_iter().map(|advisory| (path.clone(), advisory))
        })
        .collect()
}

/// All advisories at hand: our own, right and wrong, and the examples of the standard.
fn all() -> Vec<(PathBuf, Advisory)> {
    let mut paths = [own("valid"), own("faulty")].concat();
    if let Some(folder) = shared("standards/csaf/samples") {
        paths.extend(files(&folder, ".json"));
    }
    let found = advisories(&paths);
    assert!(found.len() > 100);
    found
}

fn outcome(items: &[Json<'_>], losses: &[Loss]) -> String {
    let mut text: String = items.iter().map(|item| format!("{item:#}\n")).collect();
    for loss in losses {
        text += &format!("- {} {}: {}\n", loss.pointer, loss.what, loss.why);
    }
    text
}

#[test]
fn what_is_read_is_written_the_same() {
    for (path, advisory) in all() {
        let came: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let written: serde_json::Value = serde_json::from_str(&advisory.to_string()).unwrap();
        assert_eq!(came, written, "{}", path.display());
    }
}

#[test]
fn lists_and_lines_of_advisories_are_read_and_what_is_none_is_named() {
    let one = fs::read_to_string(own("valid").first().unwrap()).unwrap();
    let compact = csaf::read(one.as_bytes(), &Limits::default()).items[0].to_string();
    let stream = format!("{compact}\n{{\"document\":\n{compact}\n7\n{{\"a\":1}}\n");
    let reading = csaf::read(stream.as_bytes(), &Limits::default());
    assert_eq!(reading.items.len(), 2);
    let places: Vec<&str> = reading.losses.iter().map(|loss| loss.pointer.as_str()).collect();
    assert_eq!(places, ["/1", "/3", "/4"]);
    assert_eq!(csaf::read(format!("[{compact},{compact}]").as_bytes(), &Limits::default()).items.len(), 2);
}

#[test]
fn bundles_of_valid_advisories_are_valid_stix() {
    let mut bundles = 0;
    for (path, advisory) in all() {
        let reading = csaf::to_stix(&advisory);
        let bundle = reading.items[0].to_string();
        assert_eq!(bundle, csaf::to_stix(&advisory).items[0].to_string(), "{}", path.display());
        if path.to_string_lossy().contains("/faulty/") {
            continue;
        }
        let report = stix::check_bytes(bundle.as_bytes(), &stix::Options::default());
        // Identifiers follow from the advisory, nobody has hashed what its links lead to, and of a product that
        // has a vulnerability the standard says nothing better than that both are related.
        let meant = ["stix.103.uuid-check", "stix.202.relationship-types", "stix.302.extref-hashes"];
        let is_bad =
            |found: &&formats::Finding| found.severity >= Severity::Warning && !meant.contains(&found.rule);
        let bad: Vec<_> = report.findings.iter().filter(is_bad).collect();
        assert!(bad.is_empty(), "{}: {bad:#?}", path.display());
        bundles += 1;
    }
    assert!(bundles >= 13, "{bundles}");
}

const ASSIGNER: csaf::Assigner<'_> =
    csaf::Assigner { organisation: "5868d6ea-0c2e-4f3b-9a5a-0c7d7a2f6b11", short_name: Some("beispiel") };

#[test]
fn records_of_valid_advisories_are_valid_cve_records() {
    let Some(schema) = shared("standards/csaf/cve/cve_5.1_published_cna_container.schema.json") else {
        return;
    };
    let schema: serde_json::Value = serde_json::from_slice(&fs::read(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut records = 0;
    for (path, advisory) in all() {
        let reading = csaf::to_cve(&advisory, &ASSIGNER);
        if path.to_string_lossy().contains("/faulty/") {
            continue;
        }
        for record in &reading.items {
            let record: serde_json::Value = serde_json::from_str(&record.to_string()).unwrap();
            let container = serde_json::json!({"cnaContainer": record["containers"]["cna"]});
            let errors: Vec<String> = validator
                .iter_errors(&container)
                .map(|error| format!("{} {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{}: {errors:#?} {container:#}", path.display());
            records += 1;
        }
    }
    assert!(records >= 13, "{records}");
}

/// Whatever is wrong in an advisory, others can read the bundle.
#[test]
fn bundles_of_faulty_advisories_have_no_error_either() {
    let text = r#"{"document":{"lang":"english (UK)","publisher":{"name":"P","namespace":"not an address"},
        "tracking":{"id":"A-1","aliases":["CVE-2026-12345","A-0"]},
        "references":[{"category":"self"},{"category":"external","summary":"See","url":"www example"}]},
        "product_tree":{"full_product_names":[{"name":"","product_id":""}],
            "branches":[{"category":"product_name","name":"","product":{"name":"P","product_id":"P"}}]},
        "vulnerabilities":[{"cve":"","title":""},{"cve":"CVE-soon","ids":[{"system_name":"cve","text":"later"},{"text":"7"}]}]}"#;
    let mut advisories = all();
    let spoilt = csaf::read(text.as_bytes(), &Limits::default()).items.remove(0);
    let reading = csaf::to_stix(&spoilt);
    let bundle = reading.items[0].to_string();
    for said in [
        r#""name":"an advisory without a title""#,
        r#"{"source_name":"cve","description":"csaf-alias","external_id":"CVE-2026-12345"}"#,
        r#"{"source_name":"csaf-alias","external_id":"A-0"}"#,
        r#"{"source_name":"external","description":"See www example"}"#,
        r#"{"source_name":"publisher","description":"not an address"}"#,
        r#"{"source_name":"external","description":"cve","external_id":"CVE-soon"}"#,
    ] {
        assert!(bundle.contains(said), "{said} in {bundle}");
    }
    assert!(reading.losses.iter().any(|loss| loss.pointer == "/document/lang"));
    advisories.push((PathBuf::from("spoilt"), spoilt));
    for (path, advisory) in advisories {
        let bundle = csaf::to_stix(&advisory).items[0].to_string();
        let report = stix::check_bytes(bundle.as_bytes(), &stix::Options::default());
        assert!(report.is_valid(), "{}: {:#?}", path.display(), report.findings);
    }
}

#[test]
fn our_own_advisories_become_these_bundles_and_records() {
    for name in ["full-2.0", "full-2.1", "vex"] {
        let (path, advisory) = advisories(&own("valid"))
            .into_iter()
            .find(|(path, _)| path.ends_with(format!("{name}.json")))
            .unwrap();
        let reading = csaf::to_stix(&advisory);
        let beside = path.parent().unwrap().parent().unwrap().join("convert").join(format!("{name}.json"));
        pinned(&beside, "stix", &outcome(&reading.items, &reading.losses));
        let reading = csaf::to_cve(&advisory, &ASSIGNER);
        pinned(&beside, "cve", &outcome(&reading.items, &reading.losses));
    }
}
