//! Events of MISP from strangers: nothing stops, what is written reads the same, an event goes to STIX and
//! comes back as it was, and a feed is what its files say.

use bolero::check;
use formats::{
    Limits, Profile,
    misp::{self, Options},
    parse, stix,
};
use fuzz::{Dice, Tally, json as wild, quick};
use serde_json::Value;

/// The documents to begin with.
fn seeds() -> Vec<Value> {
    [
        include_str!("../../../corpus/misp/valid/full.json"),
        include_str!("../../../corpus/misp/valid/small.json"),
        include_str!("../../../corpus/misp/valid/sharing-group.json"),
        include_str!("../../../corpus/misp/valid/old-server-numbers.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap())
    .to_vec()
}

#[test]
fn events() {
    let seeds = seeds();
    let tally = Tally::new("misp::events");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let limits = Limits::default();
        assert!(
            quick(|| {
                for profile in [Profile::Text, Profile::Schema] {
                    let _report = misp::check_bytes(&text, &Options { profile, limits });
                }
                let reading = misp::read(&text, &limits);
                for event in &reading.items {
                    let written = event.to_string();
                    let again = misp::read(written.as_bytes(), &Limits { depth: 128, ..limits });
                    assert_eq!(again.items[0].to_string(), written, "what is written is read the same again");
                }
            }),
            "an event takes longer than a second"
        );
        tally.count(!misp::read(&text, &limits).items.is_empty());
    });
}

#[test]
fn events_through_stix() {
    let seeds = seeds();
    let tally = Tally::new("misp::events_through_stix");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let reading = misp::read(&text, &Limits::default());
        tally.count(!reading.items.is_empty());
        for event in &reading.items {
            let bundle = misp::to_stix(event);
            let back = misp::from_stix(&bundle);
            assert_eq!(back.items.len(), 1);
            // The order of members means nothing, and one that stands twice counts once.
            let value = |event: &misp::Event<'_>| serde_json::from_str::<Value>(&event.to_string()).unwrap();
            assert_eq!(value(&back.items[0]), value(event), "an event comes back as it was");
            let report = stix::check(&bundle, &stix::Options::default());
            assert!(report.is_valid(), "{:?}\n{bundle}", report.findings);
        }
    });
}

#[test]
fn bundles_of_others() {
    let foreign = [
        include_str!("../../../corpus/misp/foreign/indicators.json"),
        include_str!("../../../corpus/misp/foreign/observables.json"),
        include_str!("../../../corpus/misp/foreign/parts.json"),
        include_str!("../../../corpus/misp/foreign/access-markings.json"),
        include_str!("../../../corpus/misp/foreign/labelled.json"),
    ]
    .map(str::to_owned);
    let seeds: Vec<Value> = seeds()
        .iter()
        .flat_map(|event| {
            let text = event.to_string();
            let reading = misp::read(text.as_bytes(), &Limits::default());
            reading.items.iter().map(|event| misp::to_stix(event).to_string()).collect::<Vec<_>>()
        })
        .chain(foreign)
        .map(|text| serde_json::from_str(&text).unwrap())
        .collect();
    let tally = Tally::new("misp::bundles_of_others");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let Ok(bundle) = parse(&text, &Limits::default()) else { return tally.count(false) };
        tally.count(true);
        for event in &misp::from_stix(&bundle).items {
            let written = event.to_string();
            assert!(parse(written.as_bytes(), &Limits { depth: 128, ..Limits::default() }).is_ok());
        }
    });
}
