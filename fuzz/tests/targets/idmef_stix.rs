//! Alerts to STIX and back: every bundle that we write is a valid one and gives the alerts back; whatever the
//! bundle of others, its alerts can be written and read.

use bolero::check;
use formats::{
    Json, Limits, Member, Profile,
    idmef::{Alert, Options, check as judge, from_stix, read, to_stix_bundle},
    stix,
};
use fuzz::{Dice, Tally, json as wild, quick};
use serde_json::Value;

/// The alerts to begin with.
const ALERTS: [&str; 7] = [
    include_str!("../../../corpus/idmef/valid/full.json"),
    include_str!("../../../corpus/idmef/valid/minimal.json"),
    include_str!("../../../corpus/idmef/valid/forecast.json"),
    include_str!("../../../corpus/idmef/stix/incident.alert.json"),
    include_str!("../../../corpus/idmef/stix/login.alert.json"),
    include_str!("../../../corpus/idmef/stix/odd.alert.json"),
    include_str!("../../../corpus/idmef/stix/sighting.alert.json"),
];

/// The bundles of others to begin with.
const BUNDLES: [&str; 3] = [
    include_str!("../../../corpus/idmef/stix/incident.foreign.json"),
    include_str!("../../../corpus/idmef/stix/observed.foreign.json"),
    include_str!("../../../corpus/idmef/stix/sighting.foreign.json"),
];

/// The same whatever the order of members; digits of numbers count.
fn sorted(value: Json<'_>) -> Json<'_> {
    match value {
        Json::List(items) => Json::List(items.into_iter().map(sorted).collect()),
        Json::Object(members) => {
            let mut members: Vec<Member<'_>> = members
                .into_iter()
                .map(|member| Member { name: member.name, value: sorted(member.value) })
                .collect();
            members.sort_by(|one, other| one.name.cmp(&other.name));
            Json::Object(members)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => value,
    }
}

fn is_valid(alert: &Alert) -> bool {
    judge(&alert.to_json(), &Options::default()).is_valid()
}

/// The bundle of these alerts is valid and gives them back.
fn there_and_back(alerts: &[Alert]) {
    let bundle = to_stix_bundle(alerts).to_string();
    for profile in [Profile::Text, Profile::Schema] {
        let report = stix::check_bytes(bundle.as_bytes(), &stix::Options { profile, ..Default::default() });
        assert!(report.is_valid(), "{:#?}\n{bundle}", report.findings);
    }
    let back = from_stix(bundle.as_bytes(), &Limits::default());
    let json = |alerts: &[Alert]| -> Vec<String> {
        alerts.iter().map(|alert| sorted(alert.to_json()).to_string()).collect()
    };
    assert_eq!(json(&back.items), json(alerts), "{:#?}\n{bundle}", back.losses);
}

#[test]
fn alerts_there_and_back() {
    let seeds = ALERTS.map(|text| serde_json::from_str(text).unwrap());
    let tally = Tally::new("idmef_stix::alerts_there_and_back");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let alerts = read(&text, &Limits::default()).items;
        tally.count(!alerts.is_empty() && alerts.iter().all(is_valid));
        assert!(quick(|| there_and_back(&alerts)), "a bundle takes longer than a second");
    });
}

#[test]
fn bundles_of_others() {
    let own = ALERTS.map(|text| to_stix_bundle(&read(text.as_bytes(), &Limits::default()).items).to_string());
    let seeds: Vec<Value> = own
        .iter()
        .map(String::as_str)
        .chain(BUNDLES)
        .map(|text| serde_json::from_str(text).unwrap())
        .collect();
    let tally = Tally::new("idmef_stix::bundles_of_others");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let mut reading = from_stix(&[], &Limits::default());
        assert!(
            quick(|| reading = from_stix(&text, &Limits::default())),
            "reading a bundle takes longer than a second"
        );
        tally.count(!reading.items.is_empty());
        for alert in &reading.items {
            let again = read(alert.to_string().as_bytes(), &Limits::default());
            // What is wrong in the extension stays so in the alert; reading it anew mends what it can.
            if is_valid(alert) {
                assert_eq!(again.items[0].to_string(), alert.to_string(), "a valid alert reads the same");
            }
            let twice = read(again.items[0].to_string().as_bytes(), &Limits::default());
            assert_eq!(twice.items, again.items, "what is written is read the same again");
            there_and_back(std::slice::from_ref(alert));
        }
    });
}
