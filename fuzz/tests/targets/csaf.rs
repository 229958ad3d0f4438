//! Advisories from strangers: reading never stops, the same bytes are always judged and converted the same,
//! and the bundle of any advisory is a valid one.

use bolero::check;
use formats::{
    Profile,
    csaf::{Assigner, Options, Version, check_bytes, read, to_cve, to_stix},
    stix,
};
use fuzz::{Dice, Tally, json as wild, quick};
use serde_json::Value;

/// The documents to begin with.
fn seeds() -> Vec<Value> {
    [
        include_str!("../../../corpus/csaf/valid/full-2.0.json"),
        include_str!("../../../corpus/csaf/valid/full-2.1.json"),
        include_str!("../../../corpus/csaf/valid/vex.json"),
        include_str!("../../../corpus/csaf/valid/small-2.1.json"),
        include_str!("../../../corpus/csaf/valid/incident-response.json"),
        include_str!("../../../corpus/csaf/valid/informational.json"),
        include_str!("../../../corpus/csaf/valid/withdrawn.json"),
        include_str!("../../../corpus/csaf/valid/superseded.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap())
    .to_vec()
}

const ASSIGNER: Assigner<'_> =
    Assigner { organisation: "5868d6ea-0c2e-4f3b-9a5a-0c7d7a2f6b11", short_name: Some("beispiel") };

#[test]
fn advisories() {
    let seeds = seeds();
    let tally = Tally::new("csaf::advisories");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let mut is_valid = false;
        assert!(
            quick(|| {
                is_valid = check_bytes(&text, &Options::default()).is_valid();
                for profile in [Profile::Text, Profile::Schema] {
                    for version in [Version::V20, Version::V21] {
                        let options = Options { profile, version: Some(version), ..Options::default() };
                        let _report = check_bytes(&text, &options);
                    }
                }
            }),
            "an advisory takes longer than a second"
        );
        tally.count(is_valid);
        assert_eq!(check_bytes(&text, &Options::default()), check_bytes(&text, &Options::default()));
    });
}

#[test]
fn bundles_and_records() {
    let seeds = seeds();
    let tally = Tally::new("csaf::bundles_and_records");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let limits = Options::default().limits;
        let mut reading = read(&text, &limits);
        assert!(
            quick(|| {
                reading = read(&text, &limits);
                for advisory in &reading.items {
                    let _also = (to_stix(advisory), to_cve(advisory, &ASSIGNER));
                }
            }),
            "converting an advisory takes longer than a second"
        );
        let is_valid = check_bytes(&text, &Options::default()).is_valid();
        tally.count(is_valid);
        for advisory in &reading.items {
            let again = read(advisory.to_string().as_bytes(), &limits);
            assert_eq!(again.items, std::slice::from_ref(advisory), "what is written reads the same");
            let (bundle, records) = (to_stix(advisory), to_cve(advisory, &ASSIGNER));
            assert_eq!(bundle, to_stix(advisory), "the same advisory is the same bundle");
            assert_eq!(records, to_cve(advisory, &ASSIGNER), "and has the same records");
            let told = bundle.losses.iter().chain(&records.losses);
            assert!(told.into_iter().all(|loss| !loss.why.is_empty()));
            for profile in [Profile::Text, Profile::Schema] {
                let options = stix::Options { profile, ..Default::default() };
                let report = stix::check_bytes(bundle.items[0].to_string().as_bytes(), &options);
                assert!(report.is_valid(), "{:#?}\n{}", report.findings, bundle.items[0]);
            }
        }
    });
}
