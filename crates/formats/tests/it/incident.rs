//! Incident records to STIX and back: nothing is lost, what was changed in STIX counts, and every bundle is
//! a valid one.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use formats::{
    Json, Limits, Member, Reading,
    incident::{Record, duties, from_stix, from_stix_value, to_stix},
    parse, stix,
    stix::regulatory::{Duty, State},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{corpus::pinned, files, shared};

fn read(text: &str) -> Json<'static> {
    parse(text.as_bytes(), &Limits::default()).unwrap().into_owned()
}

/// The same whatever the order of members; digits of numbers count.
fn sorted(value: Json<'_>) -> Json<'_> {
    match value {
        Json::List(items) => Json::List(items.into_iter().map(sorted).collect()),
        Json::Object(members) => {
            let all: BTreeMap<_, _> =
                members.into_iter().map(|member| (member.name, sorted(member.value))).collect();
            Json::Object(all.into_iter().map(|(name, value)| Member { name, value }).collect())
        }
        other => other,
    }
}

fn bundle_of(record: &Json<'_>, duties: &[Duty]) -> String {
    let mut reading = to_stix(record, duties);
    assert_eq!((reading.items.len(), reading.losses.as_slice()), (1, [].as_slice()));
    let bundle = reading.items.remove(0).to_string();
    if let Some(folder) = std::env::var_os("BEFFROI_KEEP_BUNDLES") {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        bundle.hash(&mut hasher);
        fs::write(Path::new(&folder).join(format!("{:x}.json", hasher.finish())), &bundle).unwrap();
    }
    bundle
}

/// The bundle is valid, and bytes of it give record and duties back.
fn there_and_back(record: &Json<'_>, duties: &[Duty]) -> String {
    let bundle = bundle_of(record, duties);
    let report = stix::check_bytes(bundle.as_bytes(), &stix::Options::default());
    assert!(report.is_valid(), "{:#?}\n{bundle}", report.findings);
    let reading = from_stix(bundle.as_bytes(), &Limits::default());
    assert_eq!(reading.losses, [], "{bundle}");
    assert_eq!(reading.items.len(), 1);
    assert_eq!(
        sorted(reading.items[0].record.clone()).to_string(),
        sorted(record.clone()).to_string(),
        "{bundle}"
    );
    assert_eq!(reading.items[0].duties, duties);
    // Other tools sort members and write anew.
    let rewritten = sorted(read(&bundle)).to_string();
    let rewritten = serde_json::from_str::<Value>(&rewritten).unwrap().to_string();
    let again = from_stix(rewritten.as_bytes(), &Limits::default());
    assert_eq!(again.losses, [], "{rewritten}");
    assert_eq!(sorted(again.items[0].record.clone()), sorted(record.clone()));
    bundle
}

fn own_corpus(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/incident").join(folder);
    let found = files(&root, ".json");
    assert!(!found.is_empty());
    found
}

fn own_record(name: &str) -> Json<'static> {
    let paths = own_corpus("record");
    read(&fs::read_to_string(paths.iter().find(|path| path.ends_with(name)).unwrap()).unwrap())
}

fn some_duties() -> Vec<Duty> {
    let mut filed = Duty::new("Lantern Act", "first_word", State::Filed);
    filed.track = Some("darkness".to_owned());
    filed.filed = Some("2026-05-15T18:00:00Z".to_owned());
    filed.due = Some("2026-05-16T12:30:00Z".to_owned());
    vec![filed, Duty::new("Bell Act", "account", State::Undecided)]
}

#[test]
fn records_of_the_corpus_become_pinned_bundles_and_come_back() {
    for path in own_corpus("record") {
        let record = read(&fs::read_to_string(&path).unwrap());
        let bundle = there_and_back(&record, &some_duties());
        pinned(&path, "bundle", &format!("{:#}\n", read(&bundle)));
        there_and_back(&record, &[]);
    }
}

/// One record per line, then the losses.
fn outcome(reading: &Reading<Record>) -> String {
    let mut text: String = reading.items.iter().map(|item| format!("{:#}\n", item.record)).collect();
    for item in &reading.items {
        text += &format!("{} duties\n", item.duties.len());
    }
    for loss in &reading.losses {
        text += &format!("- {} {}: {}\n", loss.pointer, loss.what, loss.why);
    }
    text
}

#[test]
fn incidents_of_others_become_drafts_with_losses() {
    for path in own_corpus("foreign") {
        let reading = from_stix(&fs::read(&path).unwrap(), &Limits::default());
        assert!(!reading.items.is_empty());
        for item in &reading.items {
            there_and_back(&item.record, &item.duties);
        }
        pinned(&path, "outcome", &outcome(&reading));
    }
}

#[test]
fn published_examples_of_incidents_become_drafts() {
    let Some(folder) = shared("samples/stix2.1") else { return };
    let (mut incidents, mut losses) = (0, 0);
    for path in files(&folder, ".json") {
        let bytes = fs::read(&path).unwrap();
        if !String::from_utf8_lossy(&bytes).contains("\"incident\"") {
            continue;
        }
        let reading = from_stix(&bytes, &Limits::default());
        losses += reading.losses.len();
        for item in &reading.items {
            there_and_back(&item.record, &item.duties);
            incidents += 1;
        }
    }
    println!("{incidents} incidents, {losses} losses");
    assert!(incidents >= 1 && losses >= 1);
}

/// Each incident of the demo with all that was answered in the end, in both forms.
fn demo_records() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/incidents");
    let mut incidents: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for path in files(&folder, ".toml") {
        let demo: toml::Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for step in demo["step"].as_array().unwrap() {
            let act = step["act"].as_table().unwrap();
            let name = step["incident"].as_str().unwrap().to_owned();
            let taken_up = act.get("take_up").and_then(|take_up| take_up.get("open"));
            for answers in [act.get("open"), act.get("answer"), taken_up].into_iter().flatten() {
                let answers = answers.as_table().unwrap().iter();
                let answers =
                    answers.map(|(field, answer)| (field.clone(), serde_json::to_value(answer).unwrap()));
                incidents.entry(name.clone()).or_default().extend(answers);
            }
        }
    }
    assert!(incidents.len() >= 5);
    incidents.into_values().flat_map(|answers| both_forms(&answers)).collect()
}

/// `{estimated = …}`, `{unknown = true}` and `{ago = …}` of the demo as answers.
fn both_forms(answers: &BTreeMap<String, Value>) -> [Value; 2] {
    let mut facts = serde_json::Map::new();
    let mut record = serde_json::Map::new();
    for (at, (field, answer)) in answers.iter().enumerate() {
        let estimated = answer.get("estimated");
        let mut value = estimated.unwrap_or(answer).clone();
        if value.get("ago").is_some() {
            value = json!(format!("2026-05-15T{:02}:30:00Z", at % 24));
        }
        let mut entry = json!({
            "estimated": estimated.is_some(), "by": {"subject": {"user": "0198c000-0000-7000-8000-000000000002"}, "name": "Ann"},
            "at": "2026-05-15T12:40:00Z", "how": "typed", "revision": at + 1,
        });
        if value.get("unknown").is_none() {
            facts.insert(field.clone(), value.clone());
            entry["value"] = value;
        }
        record.insert(field.clone(), entry);
    }
    [
        json!({"country": "LU", "zone": "Europe/Luxembourg", "entity": {"name": "Example", "sector": "health"},
               "facts": facts, "events": {}}),
        json!({"id": "0198c000-0000-7000-8000-000000000001", "organisation": "0198c000-0000-7000-8000-000000000003",
               "revision": 9, "created_at": "2026-05-15T12:30:00Z", "updated_at": "2026-05-15T13:30:00.25Z",
               "created_by": {"subject": {"user": "0198c000-0000-7000-8000-000000000002"}, "name": "Ann"},
               "answers": record, "marks": {"revision": 0}, "packs": {}}),
    ]
}

#[test]
fn the_incidents_of_the_demo_come_back() {
    for record in demo_records() {
        there_and_back(&read(&record.to_string()), &some_duties());
    }
}

/// The record of the corpus as a bundle in which one text was replaced by another, read again.
fn edited(name: &str, from: &str, to: &str) -> (Value, Vec<String>) {
    let bundle = bundle_of(&own_record(name), &[]);
    assert_eq!(bundle.matches(from).count(), 1, "{from} in {bundle}");
    let mut reading = from_stix(bundle.replace(from, to).as_bytes(), &Limits::default());
    assert_eq!(reading.items.len(), 1);
    let losses = reading.losses.iter().map(|loss| format!("{}: {}", loss.what, loss.why)).collect();
    (serde_json::from_str(&reading.items.remove(0).record.to_string()).unwrap(), losses)
}

/// What somebody changed in a STIX object counts, whatever our extension remembers; and it is named.
#[test]
fn what_was_changed_in_stix_counts_and_is_named() {
    let case = |from: &str, to: &str, field: &str, what: &str| {
        let (record, losses) = edited("case.json", from, to);
        assert!(losses.len() == 1 && losses[0].contains(what), "{losses:?}");
        record["facts"][field].clone()
    };
    let changed = "and so in the record: it is";
    let title = r#""name":"Ransomware on the file servers of two clinics""#;
    assert_eq!(
        case(
            title,
            r#""name":"Wiper""#,
            "title",
            r#"title: changed in STIX, and so in the record: it is "Wiper" now"#
        ),
        "Wiper"
    );
    assert_eq!(case(r#""individual":450"#, r#""individual":500"#, "users_affected", changed), 500);
    assert_eq!(case(r#""criticality":70"#, r#""criticality":20"#, "severity", changed), "minor");
    assert_eq!(case("3120 seconds", "60 seconds", "outage_duration", changed), 60);
    let loss = case(r#""min_amount":310000"#, r#""min_amount":1000"#, "financial_loss", changed);
    assert_eq!(loss, json!({"min": 1000, "max": 310_000, "currency": "EUR"}));
    assert_eq!(
        case(r#""country":"BE""#, r#""country":"FR""#, "affected_countries", changed),
        json!(["LU", "FR"])
    );
    assert_eq!(case(r#""status":"ongoing""#, r#""status":"occurred""#, "ongoing", changed), false);
    let detected = r#""end_time":"2026-05-15T12:00:00.000Z""#;
    let (record, losses) = edited("case.json", detected, r#""end_time":"2026-05-15T11:00:00Z""#);
    assert_eq!(record["events"]["detected_at"], "2026-05-15T11:00:00Z");
    assert!(losses[0].starts_with(r#"detected_at, before "2026-05-15T14:00:00+02:00""#), "{losses:?}");
    // What people read of a table is not read back: the table stays, and the change is named.
    let rows = case("kind: domain; value: status.example", "nothing", "indicators", "no place for it");
    assert_eq!(rows.as_array().unwrap().len(), 2);
    let (record, _) = edited("case.json", r#""name":"Example Clinics""#, r#""name":"Clinics""#);
    assert_eq!(record["entity"]["name"], "Clinics");
    let (_, losses) = edited("case.json", r#""name":"Measures taken""#, r#""name":"x""#);
    assert_eq!(losses, [r#""x": an incident record has no place for it"#]);
}

#[test]
fn a_changed_answer_came_with_the_bundle() {
    let (record, _) = edited("full.json", r#""content":"Words on entry_point.""#, r#""content":"By mail.""#);
    let answer = &record["answers"]["entry_point"];
    assert_eq!((answer["value"].as_str(), answer["how"].as_str()), (Some("By mail."), Some("imported")));
    assert_eq!((&answer["at"], &answer["by"]["name"]), (&json!("2026-05-15T18:30:00.250Z"), &json!("Ann")));
    let organisation = r#""name":"0198c000-0000-7000-8000-000000000003""#;
    let (record, losses) = edited("full.json", organisation, r#""name":"Us""#);
    assert_eq!(record["organisation"], "0198c000-0000-7000-8000-000000000003", "an identifier is no name");
    assert!(losses[0].contains("the record has no place for it"), "{losses:?}");
    let (record, losses) = edited("full.json", r#""description":"Words on summary.","#, "");
    assert_eq!(record["answers"]["summary"].get("value"), None, "taken away in STIX: not known");
    assert!(losses[0].contains("it is nothing now"), "{losses:?}");
}

/// Who may not see a group of fields sees nothing of it, in whatever place it stands; the rest stays.
#[test]
fn marked_groups_can_be_withheld() {
    let red = stix::marking::Predefined::tlp_2("red").unwrap().id;
    let record = own_record("full.json");
    let bundle = read(&bundle_of(&record, &[]));
    let mut left = Vec::new();
    for object in bundle.get("objects").unwrap().as_list().unwrap() {
        match stix::marking::redact(object, |marking| marking != red) {
            stix::marking::Redacted::Whole(object) | stix::marking::Redacted::Part(object, _) => {
                left.push(object);
            }
            stix::marking::Redacted::Nothing => {}
        }
    }
    let reading = from_stix_value(&Json::List(left.clone()), &Limits::default());
    let rest = reading.items[0].record.get("answers").unwrap();
    assert!(rest.get("entry_point").is_some() && rest.get("users_affected").is_none(), "{rest}");
    let left: String = left.iter().map(Json::to_string).collect();
    let answers: Value = serde_json::from_str(&record.get("answers").unwrap().to_string()).unwrap();
    let table = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/incident-stix.toml")).unwrap();
    let table: toml::Table = toml::from_str(&table).unwrap();
    let rows = table["rows"].as_array().unwrap();
    let of_group = |row: &&toml::Value| row.get("group").and_then(toml::Value::as_str) == Some("impact");
    let secret: Vec<&str> = rows.iter().filter(of_group).map(|row| row["field"].as_str().unwrap()).collect();
    assert!(secret.len() > 20);
    for field in secret {
        assert!(!left.contains(&format!("\"{field}\"")) && !left.contains(&format!("/{field}/")), "{field}");
        if let Some(words) = answers[field]["value"].as_str() {
            assert!(!left.contains(words), "{field}");
        }
    }
    assert!(left.contains("Words on title.") && left.contains("Words on entry_point."));
    assert!(!left.contains("\"impact_category\"") && !left.contains("impact_refs"));
}

/// A group whose fields STIX demands stays in the extension.
#[test]
fn a_marked_title_is_not_the_name_of_the_incident() {
    let record = read(
        r#"{"id":"0198c000-0000-7000-8000-000000000001","answers":{"title":{"value":"Secret"}},
            "marks":{"groups":{"summary":{"tlp":"TLP:RED"}}}}"#,
    );
    let bundle = there_and_back(&record, &[]);
    assert!(
        bundle.contains(r#""name":"Incident""#) && bundle.contains(r#"record.answers.title"#),
        "{bundle}"
    );
}

#[test]
fn duties_as_the_command_line_prints_them_travel_along() {
    let printed = read(
        r#"{"now":"2026-05-15T13:00:00Z","duties":[{"key":"lanterns.darkness.first_word","pack_version":"2025-06-01+0",
        "law":"Lantern Act","title":"First word","article":"s. 4(1)","state":"in_approval","soft":false,
        "due":{"at":"2026-05-15T16:30:00Z","anchor":"it was judged serious","anchor_field":"judged_at",
        "anchor_at":"2026-05-15T12:30:00Z","length":"4 hours","entity_time":"","authority_time":null,"late":false,
        "provisional":false,"steps":[]},"recipients":[{"role":"csirt","why":"","organisations":[{"id":"x","name":"Lantern Office"}]}],
        "missing":[],"reasons":{},"note":null,"submissions":[],"on_request":false,"voluntary":false},{"key":"odd"}]}"#,
    );
    let reading = duties(&printed);
    assert_eq!((reading.items.len(), reading.losses.len()), (1, 1));
    let duty = &reading.items[0];
    assert_eq!((duty.stage.as_str(), duty.state), ("first_word", State::InApproval));
    assert_eq!(
        (duty.authority.as_deref(), duty.anchor.as_deref()),
        (Some("Lantern Office"), Some("judged_at"))
    );
    there_and_back(&read(r#"{"facts":{"title":"Dark"}}"#), &reading.items);
}

#[test]
fn what_is_no_record_gives_no_bundle_and_doubled_names_are_named() {
    assert_eq!(to_stix(&read("[1]"), &[]).items.len(), 0);
    let reading = to_stix(&read(r#"{"facts":{"title":"a","title":"b"}}"#), &[]);
    assert_eq!((reading.items.len(), reading.losses[0].pointer.as_str()), (1, "/facts/title"));
    assert_eq!(from_stix(b"{", &Limits::default()).losses.len(), 1);
    let same = read(r#"{"facts":{"title":"a"},"country":"LU"}"#);
    assert_eq!(bundle_of(&same, &[]), bundle_of(&same, &[]), "no clock, no chance");
}

/// A value as the vocabulary has it, or as nobody has it.
fn value() -> impl Strategy<Value = Value> {
    let words = prop_oneof![
        Just("TLP:AMBER"),
        Just("significant"),
        Just("intrusions"),
        Just("large"),
        Just("LU"),
        Just(""),
        Just("2026-05-15T14:30:00.5+02:00"),
        Just("2026-05-15T14:30:00Z"),
        Just("9 seconds"),
        Just("ü\n\u{0}"),
        Just("availability"),
        Just("Incident"),
        Just("unknown"),
        Just("incident"),
    ];
    let number = prop_oneof![
        Just(json!(0)),
        Just(json!(450)),
        Just(json!(-3)),
        Just(json!(2.5)),
        Just(json!(1e300)),
        Just(json!(9_223_372_036_854_775_807_i64)),
        any::<u32>().prop_map(|number| json!(number)),
    ];
    let single = prop_oneof![
        words.prop_map(|word| json!(word)),
        number.clone(),
        any::<bool>().prop_map(|truth| json!(truth)),
        Just(Value::Null),
    ];
    prop_oneof![
        4 => single.clone(),
        1 => proptest::collection::vec(single.clone(), 0..4).prop_map(Value::Array),
        1 => (number.clone(), number.clone()).prop_map(|(min, max)| json!({"min": min, "max": max})),
        1 => number.clone().prop_map(|amount| json!({"amount": amount, "currency": "EUR"})),
        1 => (number.clone(), number).prop_map(|(min, max)| json!({"min": min, "max": max, "currency": "EUR"})),
        1 => proptest::collection::vec(single.prop_map(|cell| json!({"kind": "ip", "value": cell})), 0..3).prop_map(Value::Array),
    ]
}

fn fields() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabularies/incident-fields.toml");
    let vocabulary: toml::Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let fields = vocabulary["fields"].as_array().unwrap();
    let more = ["clients_affected", "A.field/of ~nobody", "occurred", "x"].map(str::to_owned);
    fields.iter().map(|field| field["id"].as_str().unwrap().to_owned()).chain(more).collect()
}

/// A record in one of the forms.
fn record() -> impl Strategy<Value = Value> {
    let answers = proptest::collection::btree_map(
        proptest::sample::select(fields()),
        (proptest::option::of(value()), any::<bool>(), 0_i64..9),
        0..40,
    );
    let level = || {
        proptest::option::of(prop_oneof![Just("TLP:RED"), Just("TLP:AMBER"), Just("TLP:CLEAR"), Just("?")])
    };
    let groups = prop_oneof![Just("impact"), Just("summary"), Just("handling"), Just("clients")];
    (answers, level(), proptest::collection::btree_map(groups, level(), 0..3), any::<bool>()).prop_map(
        |(answers, tlp, groups, is_case)| {
            if is_case {
                let facts: BTreeMap<_, _> = answers.into_iter().filter_map(|(field, (value, ..))| Some((field, value?))).collect();
                let (events, facts): (BTreeMap<_, _>, BTreeMap<_, _>) =
                    facts.into_iter().partition(|(field, _)| field.len() % 5 == 0);
                return json!({"facts": facts, "events": events, "entity": {"sector": tlp, "entity.name": "x"}, "country": "LU"});
            }
            let answers: BTreeMap<_, _> = answers
                .into_iter()
                .map(|(field, (value, estimated, revision))| {
                    let mut answer = json!({"estimated": estimated, "by": {"subject": "s", "name": ""}, "how": "typed", "revision": revision});
                    if let Some(value) = value {
                        answer["value"] = value;
                    }
                    (field, answer)
                })
                .collect();
            let groups: BTreeMap<_, _> = groups.into_iter().map(|(group, tlp)| (group, json!({"tlp": tlp, "pap": "PAP:RED"}))).collect();
            json!({"id": "0198c000-0000-7000-8000-000000000001", "answers": answers, "created_at": "2026-05-15T12:30:00.123456Z",
                   "updated_at": "2026-05-14T12:30:00.000Z", "marks": {"report": {"tlp": tlp}, "groups": groups}, "packs": {}})
        },
    )
}

/// Any JSON at all, with names that mean something here.
fn anything() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        Just("answers"),
        Just("facts"),
        Just("events"),
        Just("entity"),
        Just("title"),
        Just("value"),
        Just("marks"),
        Just("report"),
        Just("groups"),
        Just("tlp"),
        Just("id"),
        Just("name"),
        Just("country"),
        Just("a/b~1"),
        Just(""),
        Just("earlier"),
        Just("indicators"),
        Just("updated_at"),
        Just("entity.name"),
        Just("Ü"),
        Just("summary"),
    ];
    value().prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            4 => proptest::collection::btree_map(name.clone().prop_map(str::to_owned), inner.clone(), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    })
}

/// Changes the value with this number, counted through the document.
fn spoil(value: &mut Json<'static>, left: &mut usize, with: &Json<'static>) {
    if *left == 0 {
        *left = usize::MAX;
        *value = with.clone();
        return;
    }
    *left -= 1;
    match value {
        Json::List(items) => items.iter_mut().for_each(|item| spoil(item, left, with)),
        Json::Object(members) => members.iter_mut().for_each(|member| spoil(&mut member.value, left, with)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_record_goes_there_and_comes_back(record in record()) {
        there_and_back(&read(&record.to_string()), &some_duties());
    }

    /// What is no record by the rules, but an object, comes back all the same.
    #[test]
    fn any_object_comes_back(record in anything()) {
        if record.is_object() {
            there_and_back(&read(&record.to_string()), &some_duties());
        }
    }

    /// Our bundles and those of others, spoilt in some places: no panic, and what comes of it travels on.
    #[test]
    fn spoilt_bundles_are_read(
        which in 0_usize..3,
        spots in proptest::collection::vec((0_usize..900, value()), 1..6),
    ) {
        let paths = own_corpus("");
        let mut bundle = read(&fs::read_to_string(&paths[which]).unwrap());
        if bundle.get("type").is_none() {
            bundle = read(&bundle_of(&bundle, &some_duties()));
        }
        for (spot, with) in spots {
            spoil(&mut bundle, &mut spot.clone(), &read(&with.to_string()));
        }
        for item in from_stix_value(&bundle, &Limits::default()).items {
            there_and_back(&item.record, &[]);
        }
    }

    #[test]
    fn bytes_out_of_nowhere_make_nothing_stop(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _reading = from_stix(&bytes, &Limits::default());
    }
}

/// A document in which many incidents refer to the same large object does not make more of it than the
/// limits allow.
#[test]
fn repetition_is_bounded() {
    let large = "x".repeat(10_000);
    let incident = |index: usize| {
        format!(
            r#"{{"type":"incident","id":"incident--5f0c7a52-3c4d-4e8b-9a10-{index:012}","name":"i",
               "created_by_ref":"identity--5f0c7a52-3c4d-4e8b-9a10-000000000001"}}"#
        )
    };
    let mut objects: Vec<String> = (0..500).map(incident).collect();
    objects.push(format!(
        r#"{{"type":"identity","id":"identity--5f0c7a52-3c4d-4e8b-9a10-000000000001","name":"{large}"}}"#
    ));
    let text = format!(r#"{{"type":"bundle","objects":[{}]}}"#, objects.join(","));
    let reading = from_stix(text.as_bytes(), &Limits { bytes: text.len(), ..Limits::default() });
    let written: usize = reading.items.iter().map(|item| item.record.to_string().len()).sum();
    assert!(written <= 2 * text.len() && reading.items.len() > 10, "{written} from {}", text.len());
    assert!(reading.losses.iter().any(|loss| loss.why.contains("limits")));
}
