//! Alerts to STIX and back: nothing is lost, what was changed in STIX counts, and every bundle is a valid one.

use std::{fs, path::Path};

use formats::{
    Json, Limits, Member, Severity,
    idmef::{Alert, from_stix, read, read_value, to_stix_bundle},
    stix,
};
use proptest::prelude::*;

use crate::{files, property, samples, shared};

/// The same whatever the order of members; digits of numbers count.
fn sorted(value: Json<'_>) -> Json<'_> {
    match value {
        Json::List(items) => Json::List(items.into_iter().map(sorted).collect()),
        Json::Object(members) => {
            let last: std::collections::BTreeMap<_, _> =
                members.into_iter().map(|member| (member.name, sorted(member.value))).collect();
            Json::Object(last.into_iter().map(|(name, value)| Member { name, value }).collect())
        }
        other => other,
    }
}

/// The members that differ.
fn difference(again: &Json<'_>, alert: &Json<'_>) -> String {
    let members = [again, alert].into_iter().flat_map(|value| value.as_object().unwrap_or_default());
    let odd = members.filter(|member| again.get(&member.name) != alert.get(&member.name));
    odd.map(|member| format!("{}: {}\n", member.name, member.value)).collect()
}

/// The rules whose warnings no alert can avoid: identifiers that follow from the alert are not random,
/// references to the web have no hash, not every flow has both its ports, and names of protocols and media
/// types are those of the alert.
const UNAVOIDABLE: [&str; 5] = [
    "stix.103.uuid-check",
    "stix.302.extref-hashes",
    "stix.301.network-traffic-ports",
    "stix.272.protocols",
    "stix.271.mime-type",
];

/// The bundle is valid, and bytes of it give the alerts back.
fn there_and_back(alerts: &[Alert]) {
    let bundle = to_stix_bundle(alerts).to_string();
    if let Some(folder) = std::env::var_os("BEFFROI_KEEP_BUNDLES") {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        bundle.hash(&mut hasher);
        fs::write(Path::new(&folder).join(format!("{:x}.json", hasher.finish())), &bundle).unwrap();
    }
    let report = stix::check_bytes(bundle.as_bytes(), &stix::Options::default());
    let odd: Vec<_> = report
        .findings
        .iter()
        .filter(|found| found.severity > Severity::Note && !UNAVOIDABLE.contains(&found.rule))
        .collect();
    assert!(odd.is_empty() && report.is_valid(), "{odd:#?}\n{bundle}");
    let back = from_stix(bundle.as_bytes(), &Limits::default());
    assert_eq!(back.items.len(), alerts.len(), "{bundle}");
    for (alert, again) in alerts.iter().zip(&back.items) {
        let (again, alert) = (sorted(again.to_json()), sorted(alert.to_json()));
        assert_eq!(again, alert, "{}\n{:#?}\n{bundle}", difference(&again, &alert), back.losses);
    }
}

fn samples() -> Vec<Json<'static>> {
    let Some(folder) = shared("samples/idmefv2") else { return Vec::new() };
    let mut documents = Vec::new();
    for path in files(&folder, ".json") {
        samples::collect(&samples::json(&path), &mut documents);
    }
    assert!(documents.len() > 120, "{}", documents.len());
    documents
}

#[test]
fn all_samples_go_there_and_come_back() {
    for document in samples() {
        there_and_back(&read_value(document).items);
    }
}

#[test]
fn our_corpus_goes_there_and_comes_back() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/idmef");
    let mut count = 0;
    for folder in ["valid", "older", "faulty"] {
        for path in files(&corpus.join(folder), ".json") {
            let reading = read(&fs::read(&path).unwrap(), &Limits::default());
            there_and_back(&reading.items);
            for alert in reading.items {
                there_and_back(&[alert]);
                count += 1;
            }
        }
    }
    assert!(count > 80, "{count}");
}

/// An alert that has every attribute once.
fn full() -> Json<'static> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/idmef");
    samples::json(&corpus.join("valid/full.json"))
}

/// Changes the value with this number, counted through the document.
fn spoil(value: &mut Json<'static>, left: &mut usize, how: usize) {
    if *left == 0 {
        *left = usize::MAX;
        *value = match how {
            0 => Json::Null,
            1 => Json::List(Vec::new()),
            2 => Json::object([]),
            3 => Json::text(""),
            4 => Json::Number("1.50".into()),
            5 => Json::Number("1e400".into()),
            6 => Json::List(vec![value.clone(), value.clone()]),
            7 => Json::object([("odd_members", value.clone()), ("ü", Json::Bool(true))]),
            8 => Json::text("TLP:AMBER"),
            9 => Json::text("2026-05-15T14:30:00.5+02:00"),
            10 => Json::text("MITRE ATT&CK T1110.001"),
            _ => Json::text("192.0.2.77"),
        };
        return;
    }
    *left -= 1;
    match value {
        Json::List(items) => items.iter_mut().for_each(|item| spoil(item, left, how)),
        Json::Object(members) => {
            if how == 12 && *left < members.len() && *left > 0 {
                members.remove(*left);
                *left = usize::MAX;
                return;
            }
            members.iter_mut().for_each(|member| spoil(&mut member.value, left, how));
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_alert_goes_there_and_comes_back(text in property::alert()) {
        there_and_back(&read(text.as_bytes(), &Limits::default()).items);
    }

    /// Whatever is odd in an alert, it comes back; also when the bundle holds others.
    #[test]
    fn what_is_odd_comes_back_too(
        spots in proptest::collection::vec((0_usize..150, 0_usize..13), 0..6),
        other in property::alert(),
    ) {
        let mut document = full();
        for (spot, how) in spots {
            spoil(&mut document, &mut spot.clone(), how);
        }
        if document.as_object().is_some() {
            let mut alerts = read_value(document).items;
            there_and_back(&alerts);
            alerts.extend(read(other.as_bytes(), &Limits::default()).items);
            alerts.push(alerts[0].clone());
            there_and_back(&alerts);
        }
    }

    #[test]
    fn bytes_out_of_nowhere_make_nothing_stop(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _reading = from_stix(&bytes, &Limits::default());
    }
}
