//! Whatever comes in: nothing panics, nothing is lost, and what was written is read the same.

use formats::{
    Json, Limits, Member, Profile,
    cacao::{
        DigestReading, Options, Signature, TrustList, check_bytes, from_misp, from_stix, read, read_value,
        signing_input, strip_secrets, to_course_of_action, to_dot, to_mermaid, to_misp_object, verify,
    },
    parse,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::meaning;

const FULL: &str = include_str!("../../../../../corpus/cacao/valid/full.json");

/// Values of every kind, some of which mean something elsewhere in a playbook.
const ODD: [&str; 22] = [
    "null",
    "true",
    "7",
    "-0",
    "1e400",
    "1.50",
    "18446744073709551616",
    "\"\"",
    "\"x\\u0000\\u202e\\\"\"",
    "\"__state__:value\"",
    "\"end--7b1f0c52-4d0a-4f7e-9c3b-5a2e8d6f1003\"",
    "\"2026-02-31T00:00:00.000Z\"",
    "\"parallel\"",
    "\"marking-iep\"",
    "[]",
    "{}",
    "[\"a\",1]",
    "[[]]",
    "[{\"type\":\"jss\",\"signature\":{\"signature\":{}}}]",
    "{\"a\":{\"type\":\"end\"}}",
    "{\"password\":\"x\",\"token\":[\"y\"]}",
    "{\"__x__\":{\"type\":\"string\",\"value\":null}}",
];

/// Replaces the value at the place of this number, counted through the whole document.
fn replace(value: &mut Json<'static>, left: &mut usize, with: &Json<'static>) -> bool {
    let inner: Vec<&mut Json<'static>> = match value {
        Json::List(items) => items.iter_mut().collect(),
        Json::Object(members) => members.iter_mut().map(|member| &mut member.value).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => Vec::new(),
    };
    for value in inner {
        if *left == 0 {
            *value = with.clone();
            return true;
        }
        *left -= 1;
        if replace(value, left, with) {
            return true;
        }
    }
    false
}

/// The full playbook with up to three values replaced and a member of one's own.
fn spoilt() -> impl Strategy<Value = Json<'static>> {
    let changes = vec((0_usize..520, select(&ODD[..])), 0..4);
    (changes, "[a-z_]{1,12}", select(&ODD[..])).prop_map(|(changes, name, odd)| {
        let value = |text: &str| parse(text.as_bytes(), &Limits::default()).unwrap().into_owned();
        let mut document = value(FULL);
        for (place, odd) in changes {
            let mut left = place;
            replace(&mut document, &mut left, &value(odd));
        }
        if let Json::Object(members) = &mut document
            && !members.iter().any(|member| member.name == name)
        {
            members.push(Member { name: name.into(), value: value(odd) });
        }
        document
    })
}

/// Numbers that no double holds have no value for other software; their digits are compared instead.
fn as_meant(document: &Json<'_>) -> serde_json::Value {
    meaning(&document.to_string().replace("1e400", "\"1e400\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_playbook_comes_out_as_it_came_in(document in spoilt()) {
        let reading = read_value(document.clone());
        prop_assert_eq!(as_meant(&document), as_meant(&reading.items[0].to_json()));
        let written = reading.items[0].to_string();
        prop_assert_eq!(&read(written.as_bytes(), &Limits::default()).items, &reading.items);
    }

    #[test]
    fn a_spoilt_playbook_stops_nothing(document in spoilt()) {
        let text = document.to_string();
        for profile in [Profile::Text, Profile::Schema] {
            let report = check_bytes(text.as_bytes(), &Options { profile, now_ms: Some(0), ..Options::default() });
            prop_assert!(report.findings.iter().all(|found| !found.message.is_empty() && !found.source.is_empty()));
        }
        let playbook = read_value(document.clone()).items.remove(0);
        let (stripped, losses) = strip_secrets(&playbook);
        prop_assert!(losses.is_empty() == (stripped == playbook));
        prop_assert_eq!(strip_secrets(&stripped).1, Vec::new());
        prop_assert!(to_dot(&playbook).lines().count() >= 4 && to_mermaid(&playbook).starts_with("flowchart"));
        let _verdicts = verify(&document, &TrustList::default(), None);
        let _input = signing_input(&document, &Signature::default(), DigestReading::CanonicalBytes);
    }

    /// Embedded whole, whatever it says, as long as it is a playbook.
    #[test]
    fn a_spoilt_playbook_travels_unchanged(document in spoilt()) {
        let playbook = read_value(document).items.remove(0);
        if playbook.object_type.as_deref() != Some("playbook") {
            return Ok(());
        }
        if let Ok(object) = to_course_of_action(&playbook) {
            prop_assert_eq!(&from_stix(&object, &Limits::default()).items, &vec![playbook.clone()]);
        }
        if let Ok(object) = to_misp_object(&playbook) {
            prop_assert_eq!(&from_misp(&object, &Limits::default()).items, &vec![playbook.clone()]);
        }
    }

    #[test]
    fn bytes_out_of_nowhere_make_nothing_stop(bytes in vec(any::<u8>(), 0..200)) {
        let _report = check_bytes(&bytes, &Options::default());
        let _reading = read(&bytes, &Limits::default());
    }
}

/// Workflows that are knotted on purpose take as long as they have ways, not longer.
#[test]
fn knotted_workflows_are_judged_in_good_time() {
    let uuid = |number: usize| format!("7b1f0c52-4d0a-4f7e-9c3b-{number:012x}");
    let count = 3_000;
    let mut chain = String::new();
    let mut fan = String::new();
    for number in 0..count {
        // Each branches into the next, and all of them meet in one end.
        let next = uuid((number + 1) % count);
        chain += &format!(
            r#""if-condition--{}":{{"type":"if-condition","condition":"x","on_true":"if-condition--{next}","on_false":"end--{1}","on_completion":"end--{1}"}},"#,
            uuid(number),
            uuid(count),
        );
        fan += &format!(r#""if-condition--{}","#, uuid(number));
    }
    let text = format!(
        r#"{{"type":"playbook","workflow_start":"start--{0}","workflow":{{{chain}"start--{0}":{{"type":"start","on_completion":"parallel--{0}"}},"parallel--{0}":{{"type":"parallel","next_steps":[{fan}"x"],"on_completion":"end--{0}"}},"end--{0}":{{"type":"end"}}}}}}"#,
        uuid(count)
    );
    let report = check_bytes(text.as_bytes(), &Options::default());
    assert!(report.unlisted > count && !report.is_valid());
}

/// The same member many times over: the last counts, each other is named, and no one waits.
#[test]
fn a_member_that_stands_there_a_hundred_thousand_times_is_read() {
    let text = format!(r#"{{"type":"playbook"{}}}"#, r#","name":"x""#.repeat(100_000));
    let reading = read(text.as_bytes(), &Limits::default());
    assert_eq!(reading.items[0].name.as_deref(), Some("x"));
    assert_eq!(reading.losses.len(), 99_999);
}
