//! Alerts to STIX and back: nothing is lost, what was changed in STIX counts, and every bundle is a valid one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use formats::{
    Json, Limits, Member, Profile, Severity,
    idmef::{Alert, Options, check, from_stix, from_stix_value, read, read_value, to_stix, to_stix_bundle},
    stix,
};
use proptest::prelude::*;

use crate::{
    corpus::{outcome, pinned},
    files, property, samples, shared,
};

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
    let by_schema = stix::Options { profile: Profile::Schema, ..stix::Options::default() };
    assert!(stix::check_bytes(bundle.as_bytes(), &by_schema).is_valid(), "{bundle}");
    let back = from_stix(bundle.as_bytes(), &Limits::default());
    assert_eq!(back.items.len(), alerts.len(), "{bundle}");
    // Other tools sort members and write numbers anew.
    let passed_on = serde_json::from_str::<serde_json::Value>(&bundle).unwrap().to_string();
    assert_eq!(from_stix(passed_on.as_bytes(), &Limits::default()), back, "{bundle}");
    if alerts.iter().all(|alert| check(&alert.to_json(), &Options::default()).is_valid()) {
        // What reading the alert carried is carried again.
        let lost: Vec<_> =
            back.losses.iter().filter(|loss| !loss.why.contains("carried as it came")).collect();
        assert!(lost.is_empty(), "{lost:#?}\n{bundle}");
    }
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

fn own_corpus(end: &str) -> Vec<PathBuf> {
    let found = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/idmef/stix"), end);
    assert!(!found.is_empty());
    found
}

#[test]
fn alerts_of_our_corpus_become_these_bundles() {
    for path in own_corpus(".alert.json") {
        let reading = read(&fs::read(&path).unwrap(), &Limits::default());
        pinned(&path, "bundle", &format!("{:#}\n", to_stix_bundle(&reading.items)));
        there_and_back(&reading.items);
    }
}

#[test]
fn bundles_of_others_become_these_alerts() {
    for path in own_corpus(".foreign.json") {
        let bytes = fs::read(&path).unwrap();
        let report = stix::check_bytes(&bytes, &stix::Options::default());
        assert!(report.is_valid(), "{}: {:#?}", path.display(), report.findings);
        let reading = from_stix(&bytes, &Limits::default());
        for alert in &reading.items {
            let report = check(&alert.to_json(), &Options::default());
            assert!(report.is_valid(), "{}: {:#?}", path.display(), report.findings);
        }
        there_and_back(&reading.items);
        pinned(&path, "outcome", &outcome(&reading));
    }
}

#[test]
fn bundles_of_the_samples_become_valid_alerts() {
    let Some(folder) = shared("samples/stix2.1") else { return };
    let mut count = 0;
    for path in files(&folder, ".json") {
        let reading = from_stix(&fs::read(&path).unwrap(), &Limits::default());
        for alert in &reading.items {
            let report = check(&alert.to_json(), &Options::default());
            assert!(report.is_valid(), "{}: {:#?}", path.display(), report.findings);
        }
        assert!(!reading.losses.is_empty(), "{}", path.display());
        there_and_back(&reading.items);
        count += reading.items.len();
    }
    assert_eq!(count, 10);
}

/// The alert of the corpus as a bundle in which one text was replaced by another, read again.
fn edited(name: &str, from: &str, to: &str) -> (Alert, Vec<String>) {
    let path = own_corpus(&format!("/{name}.alert.json")).remove(0);
    let alerts = read(&fs::read(path).unwrap(), &Limits::default()).items;
    let bundle = to_stix_bundle(&alerts).to_string();
    assert_eq!(bundle.matches(from).count(), 1, "{from} in {bundle}");
    let reading = from_stix(bundle.replace(from, to).as_bytes(), &Limits::default());
    assert_eq!(reading.items.len(), 1);
    let losses = reading.losses.iter().map(|loss| format!("{}: {}", loss.what, loss.why)).collect();
    (reading.items[0].clone(), losses)
}

/// What somebody changed in a STIX object counts, whatever our extension remembers.
#[test]
fn what_was_changed_in_stix_counts() {
    let incident = |from: &str, to: &str| {
        let (alert, losses) = edited("incident", from, to);
        assert_eq!(losses, [""; 0], "{from}");
        alert
    };
    let alert = incident(r#""value":"203.0.113.9""#, r#""value":"203.0.113.10""#);
    assert_eq!(alert.source[0].ip.as_ref().unwrap().as_str(), "203.0.113.10");
    assert_eq!(alert.source[0].hostname.as_deref(), Some("Mail.Example.ORG"), "written as it was");
    let alert = incident(r#""value":"mail.example.org""#, r#""value":"mx.example.org""#);
    assert_eq!(alert.source[0].hostname.as_deref(), Some("mx.example.org"));
    let alert = incident("Files encrypted on the backup server", "Two servers");
    assert_eq!(alert.description.as_deref(), Some("Two servers"));
    let alert = incident("Confirmed by the night shift.", "Denied.");
    assert_eq!(alert.note.as_deref(), Some("Denied."));
    let alert = incident(r#""determination":"confirmed""#, r#""determination":"false-positive""#);
    assert_eq!(format!("{:?}", alert.status), "[FalsePositive, Open]");
    let alert = incident(r#""criticality":90"#, r#""criticality":25"#);
    assert_eq!(alert.priority.unwrap().text(), "Low");
    let alert = incident(r#""confidence":85"#, r#""confidence":7"#);
    assert_eq!(alert.confidence.as_deref(), Some("0.07"));
    let alert = incident(
        r#""first_observed":"2026-03-06T15:01:00.5Z""#,
        r#""first_observed":"2026-03-06T14:00:00Z""#,
    );
    assert_eq!(alert.start_time.unwrap().as_str(), "2026-03-06T14:00:00Z");
    assert_eq!(alert.create_time.unwrap().as_str(), "2026-03-06T16:02:11+01:00", "written as it was");
    let alert = incident(r#""Malware.Ransomware"],"confidence""#, r#""Malware.Worm","seen"],"confidence""#);
    assert_eq!(format!("{:?}", alert.category), "[Malware.Worm]");
    assert_eq!(alert.alt_category, ["ATT&CK:T1486", "TLP:AMBER", "seen"]);
}

#[test]
fn what_was_changed_in_other_objects_counts_too() {
    let incident = |from: &str, to: &str| edited("incident", from, to).0;
    let alert = incident(r#""dst_port":2222"#, r#""dst_port":2223"#);
    assert_eq!(alert.target[0].port, [22, 2223]);
    assert_eq!(alert.source[0].protocol[0].as_str(), "TCP");
    let alert = incident(r#""latitude":49.5167"#, r#""latitude":49.6"#);
    let analyzer = alert.analyzer.unwrap();
    assert_eq!(analyzer.geo_location.unwrap().as_str(), "49.6,6.1");
    assert_eq!(analyzer.un_location.unwrap().as_str(), "LU LUX");
    let alert = incident(r#""name":"siem""#, r#""name":"soc""#);
    assert_eq!(alert.analyzer.unwrap().name.as_deref(), Some("soc"));
    let alert = incident(r#""sectors":["technology","infrastructure"]"#, r#""sectors":["energy"]"#);
    assert_eq!(format!("{:?}", alert.entity_sector), "[Energy.Other]");
    let alert = incident(r#""payload_bin":"aGVsbG8gd29ybGQK""#, r#""payload_bin":"aGVsbG8K""#);
    assert_eq!(alert.attachment[0].content.as_deref(), Some("aGVsbG8K"));
    let alert = incident(r#""external_id":"RT#4711""#, r#""external_id":"RT#4712""#);
    assert_eq!(alert.alt_names, ["RT#4712"]);
    let alert = incident(r#""name":"ATT&CK:T1486""#, r#""name":"T1490""#);
    assert_eq!(alert.alt_category[0], "T1486", "its reference still says so");
}

#[test]
fn alerts_that_name_each_other_are_related_in_one_bundle() {
    let alert = |id: &str, more: &str| {
        let text = format!(
            r#"{{"Version":"2.D.V08","ID":"{id}","CreateTime":"2026-05-15T12:30:00Z","Category":["Safety.Fire"],
               "Analyzer":{{"Name":"probe"}}{more}}}"#
        );
        read(text.as_bytes(), &Limits::default()).items.remove(0)
    };
    let one = alert("5f0c7a52-3c4d-1e8b-9a10-000000000301", "");
    let related = r#","CorrelID":["5F0C7A52-3c4d-1e8b-9a10-000000000301"]"#;
    let other = alert("5f0c7a52-3c4d-1e8b-9a10-000000000302", related);
    let bundle = to_stix_bundle(&[one.clone(), other.clone()]);
    assert_eq!(bundle.to_string().matches(r#""relationship_type":"derived-from""#).count(), 1);
    assert_eq!(to_stix(&other).to_string().matches("derived-from").count(), 0);
    there_and_back(&[one, other]);
}

/// A document in which many refer to the same large object does not make more of it than the limits allow.
#[test]
fn repetition_is_bounded() {
    let large = "x".repeat(10_000);
    let mut objects = vec![format!(
        r#"{{"type":"identity","id":"identity--5f0c7a52-3c4d-4e8b-9a10-000000000001","name":"{large}"}}"#
    )];
    for index in 0..500 {
        objects.push(format!(
            r#"{{"type":"sighting","id":"sighting--5f0c7a52-3c4d-4e8b-9a10-{index:012}","created":"2026-05-15T12:30:00.000Z",
               "where_sighted_refs":["identity--5f0c7a52-3c4d-4e8b-9a10-000000000001"]}}"#
        ));
    }
    let text = format!(r#"{{"type":"bundle","objects":[{}]}}"#, objects.join(","));
    let reading = from_stix(text.as_bytes(), &Limits { bytes: text.len(), ..Limits::default() });
    assert_eq!(reading.items.len(), 500);
    let written: usize = reading.items.iter().map(|alert| alert.to_string().len()).sum();
    assert!(written < 5 * text.len(), "{written} from {}", text.len());
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

    /// Somebody else's bundle, and ours, spoilt in some places: no panic, and what comes of it travels on.
    #[test]
    fn spoilt_bundles_are_read(
        which in 0_usize..4,
        spots in proptest::collection::vec((0_usize..250, 0_usize..13), 1..6),
    ) {
        let (alerts, others) = (own_corpus(".alert.json"), own_corpus(".foreign.json"));
        let mut bundle = match others.get(which) {
            Some(path) => samples::json(path),
            None => to_stix_bundle(&read(&fs::read(&alerts[1]).unwrap(), &Limits::default()).items),
        };
        for (spot, how) in spots {
            spoil(&mut bundle, &mut spot.clone(), how);
        }
        let reading = from_stix_value(&bundle, &Limits::default());
        there_and_back(&reading.items);
    }

    #[test]
    fn bytes_out_of_nowhere_make_nothing_stop(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _reading = from_stix(&bytes, &Limits::default());
    }
}

/// What an alert carries along without being of its draft makes no bundle invalid.
#[test]
fn a_negative_size_travels_and_is_no_size_of_a_file() {
    let text = r#"{"Version":"2.D.V08","ID":"9f1c4a6d-8e1b-1f9a-9d3e-3a1d2c7f7b01","CreateTime":"2026-05-15T12:30:00Z",
        "Analyzer":{"Name":"a"},"Attachment":[{"Name":"pcap","FileName":"a.pcap","Size":-9223372036854775808}]}"#;
    let alerts = read(text.as_bytes(), &Limits::default()).items;
    let bundle = to_stix_bundle(&alerts);
    let report = stix::check(&bundle, &stix::Options::default());
    assert!(report.is_valid(), "{:?}", report.findings);
    let back = from_stix_value(&bundle, &Limits::default());
    assert_eq!(back.items[0].to_string(), alerts[0].to_string());
}
