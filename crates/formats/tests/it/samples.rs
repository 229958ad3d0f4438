//! The samples of others: conformance cases, validator examples, connectors, Concerto.

use std::{collections::BTreeMap, fs, path::Path};

use formats::{
    Json, Limits, Profile, Severity,
    idmef::{Options, Version, check, check_bytes, read, read_value},
    parse,
};

use crate::{files, shared};

pub fn json(path: &Path) -> Json<'static> {
    parse(&fs::read(path).unwrap(), &Limits::default()).unwrap().into_owned()
}

fn verdict(document: &Json<'_>, profile: Profile) -> &'static str {
    let report = check(document, &Options { profile, version: Some(Version::V08), ..Options::default() });
    match report.worst() {
        Some(Severity::Error) => "invalid",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) | None => "valid",
    }
}

#[test]
fn all_conformance_cases_give_both_verdicts() {
    let Some(path) = shared("samples/idmefv2/conformance/draft-08-cases.json") else { return };
    let cases = json(&path);
    let cases = cases.as_list().unwrap();
    assert_eq!(cases.len(), 72);
    let mut wrong = Vec::new();
    for case in cases {
        let text = |name: &str| case.get(name).unwrap().as_text().unwrap();
        let document = case.get("document").unwrap();
        let by_text = verdict(document, Profile::Text);
        let by_schema = verdict(document, Profile::Schema);
        if by_text != text("strict_verdict") || by_schema != text("published_schema_08_verdict") {
            let report = check(document, &Options::default());
            wrong.push(format!("{}: {by_text} and {by_schema}, {:#?}", text("id"), report.findings));
        }
    }
    assert!(wrong.is_empty(), "{} of 72 differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_examples_of_the_validator_pass_under_their_own_version() {
    let Some(folder) = shared("samples/idmefv2/draft-examples") else { return };
    let mut count = 0;
    for path in files(&folder, ".json") {
        if path.to_string_lossy().contains("appendix") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for profile in [Profile::Schema, Profile::Text] {
            let report = check_bytes(&bytes, &Options { profile, ..Options::default() });
            let errors: Vec<_> =
                report.findings.iter().filter(|found| found.severity == Severity::Error).collect();
            assert!(report.is_valid(), "{} {profile:?}: {errors:#?}", path.display());
        }
        count += 1;
    }
    assert_eq!(count, 28);
}

/// What the examples become; the examples of the text itself are broken, and read all the same.
#[test]
fn every_example_is_read_and_is_valid_as_draft_08() {
    let Some(folder) = shared("samples/idmefv2/draft-examples") else { return };
    for path in files(&folder, ".json") {
        let reading = read(&fs::read(&path).unwrap(), &Limits::default());
        assert_eq!(reading.items.len(), 1, "{}", path.display());
        let report = check(&reading.items[0].to_json(), &Options::default());
        let errors: Vec<_> =
            report.findings.iter().filter(|found| found.severity == Severity::Error).collect();
        // The examples printed in the text hold shortened Base64, which nobody can mend.
        let printed = path.to_string_lossy().contains("appendix")
            && errors.iter().all(|found| found.rule == "idmef.content.base64");
        assert!(printed || errors.is_empty(), "{}: {errors:#?}\n{:#?}", path.display(), reading.losses);
    }
    let broken = folder.join("draft-08-appendix-b/B4-combined-incident.malformed.txt");
    assert!(!read(&fs::read(broken).unwrap(), &Limits::default()).losses.is_empty());
}

/// The connectors declare draft 04; we find what was measured against its schema, and read them all.
#[test]
fn alerts_of_the_connectors_are_read_and_judged_as_measured() {
    let Some(folder) = shared("samples/idmefv2/connectors") else { return };
    let mut judged = BTreeMap::new();
    for path in files(&folder, ".input-output.json") {
        let product = path.file_name().unwrap().to_string_lossy().split('.').next().unwrap().to_owned();
        for sample in json(&path).as_list().unwrap() {
            let Some(output) = sample.get("output") else { continue };
            let expected = sample.get("schema_errors_against_2.D.V04").unwrap().as_list().unwrap().len();
            // Placeholders stand where identifiers, times and addresses were generated.
            let text = output
                .to_string()
                .replace("<generated UUID>", "9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01")
                .replace("<local IP of the connector host>", "192.0.2.1");
            let text = replaced_placeholders(&text);
            let options = Options { profile: Profile::Schema, ..Options::default() };
            let report = check_bytes(text.as_bytes(), &options);
            *judged.entry(product.clone()).or_insert(0) += 1;
            assert_eq!(report.is_valid(), expected == 0, "{product}: {:#?}\n{text}", report.findings);
            let reading = read(text.as_bytes(), &Limits::default());
            let report = check(&reading.items[0].to_json(), &Options::default());
            assert!(report.is_valid(), "{product}: {:#?}\n{}", report.findings, reading.items[0]);
        }
    }
    assert!(judged.len() >= 8, "{judged:?}");
}

/// `<time of conversion>` and its like become a time.
fn replaced_placeholders(text: &str) -> String {
    let mut parts = text.split("\"<");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once(">\"").map_or(part, |(_, rest)| rest);
        whole.push_str("\"2026-01-01T00:00:00Z\"");
        whole.push_str(rest);
    }
    whole
}

#[test]
fn what_concerto_writes_is_read() {
    let Some(path) = shared("samples/idmefv2/concerto/example_idmefv2.json") else { return };
    let reading = read(&fs::read(path).unwrap(), &Limits::default());
    let alert = &reading.items[0];
    assert_eq!(alert.priority.unwrap().text(), "Low");
    assert_eq!(alert.status[0].text(), "Incident");
    assert_eq!(alert.analyzer.as_ref().unwrap().category[1].text(), "PHY.FR-CAM");
    let report = check(&alert.to_json(), &Options::default());
    assert!(report.is_valid(), "{:#?}", report.findings);
}

#[test]
fn the_exercises_with_errors_are_refused() {
    let Some(path) = shared("samples/idmefv2/validator-exercises-with-errors.json") else { return };
    for exercise in json(&path).as_list().unwrap() {
        let document = exercise.get("json").unwrap();
        assert!(!check(document, &Options::default()).is_valid());
        assert_eq!(read_value(document.clone()).items.len(), 1);
    }
}

/// No text, number or name of a sample is lost in silence: each stands in what is written, or in a loss.
#[test]
fn no_value_of_a_sample_is_lost_in_silence() {
    let Some(folder) = shared("samples/idmefv2") else { return };
    let mut documents = Vec::new();
    for path in files(&folder, ".json") {
        collect(&json(&path), &mut documents);
    }
    assert!(documents.len() > 120, "{}", documents.len());
    for document in documents {
        crate::property::nothing_is_lost(&document);
    }
}

/// Everything that looks like an alert, however deep.
pub fn collect(value: &Json<'static>, found: &mut Vec<Json<'static>>) {
    if value.get("Analyzer").is_some() {
        found.push(value.clone());
        return;
    }
    for item in value.as_list().unwrap_or_default() {
        collect(item, found);
    }
    for member in value.as_object().unwrap_or_default() {
        collect(&member.value, found);
    }
}
