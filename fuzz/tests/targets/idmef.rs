//! Alerts from strangers: reading never stops, what is valid comes out as it came in, and what we write is
//! read again without a loss.

use bolero::check;
use formats::{
    Limits, Profile, Splitter, idea,
    idmef::{Options, Path, check as judge, check_bytes, read},
    parse, sniff,
};
use fuzz::{Dice, Tally, json as wild, quick};
use serde_json::Value;

/// The documents to begin with.
fn seeds() -> Vec<Value> {
    let full = include_str!("../../../corpus/idmef/valid/full.json");
    let older = include_str!("../../../corpus/idmef/older/v203.json");
    let concerto = include_str!("../../../corpus/idmef/older/concerto.json");
    let event = include_str!("../../../corpus/idmef/idea/scan.json");
    let mail = include_str!("../../../corpus/idmef/idea/mail.json");
    [full, older, concerto, event, mail].map(|text| serde_json::from_str(text).unwrap()).to_vec()
}

#[test]
fn alerts() {
    let seeds = seeds();
    let tally = Tally::new("idmef::alerts");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let mut valid = false;
        assert!(
            quick(|| {
                valid = check_bytes(&text, &Options::default()).is_valid();
                let _also = check_bytes(&text, &Options { profile: Profile::Schema, ..Options::default() });
                let reading = read(&text, &Limits::default());
                for alert in &reading.items {
                    let written = alert.to_string();
                    let again = read(written.as_bytes(), &Limits::default());
                    assert_eq!(again.items[0].to_string(), written, "what is written is read the same again");
                    if valid {
                        assert!(
                            judge(&alert.to_json(), &Options::default()).is_valid(),
                            "a valid alert stays valid"
                        );
                    }
                }
            }),
            "an alert takes longer than a second"
        );
        tally.count(valid);
    });
}

#[test]
fn events_of_idea() {
    let seeds = seeds();
    let tally = Tally::new("idmef::events_of_idea");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let reading = idea::read(&text, &Limits::default());
        tally.count(!reading.items.is_empty());
        for alert in &reading.items {
            assert!(parse(alert.to_string().as_bytes(), &Limits { depth: 128, ..Limits::default() }).is_ok());
        }
    });
}

/// Our parser and another agree on every text; a stream is cut the same whatever the parts it comes in.
#[test]
fn json_and_streams() {
    let seeds = seeds();
    let tally = Tally::new("idmef::json_and_streams");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let _format = sniff(&text);
        let limits = Limits { depth: 128, ..Limits::default() };
        let own = parse(&text, &limits);
        tally.count(own.is_ok());
        match (&own, serde_json::from_slice::<Value>(&text)) {
            (Ok(own), Ok(other)) => {
                assert_eq!(serde_json::from_str::<Value>(&own.to_string()).unwrap(), other)
            }
            (Ok(_), Err(error)) => {
                let told = error.to_string();
                assert!(
                    told.contains("out of range") || told.contains("recursion") || text.starts_with(b"\xef"),
                    "{told}"
                );
            }
            (Err(fault), Ok(_)) => {
                assert!(fault.what.contains("nested"), "{fault}")
            }
            (Err(_), Err(_)) => {}
        }
        let cut = |size: usize| {
            let mut splitter = Splitter::new(&Limits::default());
            let mut pieces = Vec::new();
            for part in text.chunks(size) {
                splitter.push(part);
                pieces.extend(splitter.by_ref());
            }
            splitter.finish();
            pieces.extend(splitter);
            pieces
        };
        assert_eq!(cut(1 + dice.below(9)), cut(text.len().max(1)));
    });
}

#[test]
fn paths() {
    let tally = Tally::new("idmef::paths");
    let beginnings = [
        "Source",
        "Target(1)",
        "Analyzer",
        "Port(0)",
        "Alert",
        "ext-Category",
        "Priority",
        ".",
        "(",
        ")",
        "0",
        "IP",
    ];
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let mut text = String::new();
        for _ in 0..1 + dice.below(4) {
            text += dice.pick(&beginnings).copied().unwrap_or_default();
            if dice.one_in(2) {
                text.push('.');
            }
        }
        if dice.one_in(4) {
            text = wild::any_text(&mut dice);
        }
        let path = Path::parse(&text);
        tally.count(path.is_ok());
        if let Ok(path) = path {
            assert_eq!(
                Path::parse(&path.to_string()).unwrap(),
                path,
                "the normal form leads to the same place"
            );
        }
    });
}
