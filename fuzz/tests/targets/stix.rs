//! Objects and bundles of STIX from strangers: nothing stops, a bundle is judged the same whole and in
//! pieces, and what somebody may not see is gone.

use bolero::check;
use formats::{
    CheckOptions, Checker, Format, Json, Limits, Profile, canonical, parse,
    stix::{self, Options, identifier, marking, regulatory, version},
};
use fuzz::{Dice, Tally, json as wild, quick};
use serde_json::Value;

/// The documents to begin with.
fn seeds() -> Vec<Value> {
    [
        include_str!("../../../corpus/stix/valid/indicator.json"),
        include_str!("../../../corpus/stix/faulty/incident-suite.json"),
        include_str!("../../../corpus/stix/faulty/file-parts.json"),
        include_str!("../../../corpus/stix/faulty/traffic.json"),
        include_str!("../../../corpus/stix/faulty/observed-objects.json"),
        include_str!("../../../corpus/stix/faulty/markings.json"),
        include_str!("../../../corpus/stix/faulty/vocabularies.json"),
        include_str!("../../../corpus/stix/faulty/language-content.json"),
        include_str!("../../../corpus/stix/faulty/addresses.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap())
    .to_vec()
}

/// Rule and place of each finding of a stream of one document, cut into its objects.
fn in_pieces(text: &[u8], profile: Profile) -> Vec<String> {
    let options = CheckOptions { profile, ..CheckOptions::default() };
    let mut checker = Checker::new(Format::Stix, options).unwrap();
    let mut splitter = checker.splitter();
    text.chunks(7).for_each(|part| splitter.push(part));
    splitter.finish();
    let reports = splitter.map(|piece| checker.check(&piece));
    let found = reports.flat_map(|report| report.findings);
    found.map(|finding| format!("{} {}", finding.rule, finding.pointer)).collect()
}

#[test]
fn objects_and_bundles() {
    let seeds = seeds();
    let tally = Tally::new("stix::objects_and_bundles");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let limits = Limits::default();
        let mut whole = Vec::new();
        assert!(
            quick(|| {
                let report = stix::check_bytes(&text, &Options::default());
                whole =
                    report.findings.iter().map(|found| format!("{} {}", found.rule, found.pointer)).collect();
                let _also =
                    stix::check_bytes(&text, &Options { profile: Profile::Schema, ..Options::default() });
            }),
            "a bundle takes longer than a second"
        );
        let Ok(document) = parse(&text, &limits) else { return tally.count(false) };
        tally.count(true);
        // What says that it is a bundle is cut the same; of others the cut comes before the type is known.
        let is_bundle = document.get("type").and_then(Json::as_text) == Some("bundle");
        let doubled = whole.iter().any(|found| found.starts_with("json."));
        if is_bundle && !doubled && whole.len() < 200 {
            let mut cut = in_pieces(&text, Profile::Text);
            cut.sort_unstable();
            whole.sort_unstable();
            assert_eq!(cut, whole, "{}", String::from_utf8_lossy(&text));
        }
    });
}

#[test]
fn heads_markings_and_identifiers() {
    let seeds = seeds();
    let tally = Tally::new("stix::heads_markings_and_identifiers");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let limits = Limits::default();
        let reading = stix::read(&text, &limits);
        tally.count(!reading.items.is_empty());
        let red = marking::Predefined::tlp_1("red").unwrap().id;
        for pair in reading.items.windows(2) {
            let _newer = version::is_newer(&pair[0].head, &pair[1].head);
            let _next = version::may_follow(&pair[0].head, &pair[1].head);
        }
        for object in &reading.items {
            let json = object.json(&limits).unwrap();
            assert_eq!(json.get("type").and_then(Json::as_text), Some(&*object.head.kind));
            let _duties = regulatory::read(&json);
            if let Some(id) = identifier::observable(&json) {
                assert!(identifier::parts(&id).is_some(), "{id}");
            }
            if let Some(text) = canonical(&json) {
                let again = parse(text.as_bytes(), &Limits { depth: 128, ..limits }).unwrap();
                assert_eq!(canonical(&again).as_deref(), Some(&*text), "canonical is canonical");
            }
            if let marking::Redacted::Part(left, gone) = marking::redact(&json, |id| id != red) {
                assert!(gone.iter().all(|selector| marking::select(&left, selector).is_none()));
            }
        }
    });
}
