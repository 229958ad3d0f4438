//! What holds of any event.

use formats::{
    Limits,
    misp::{Event, Options, categories, check_bytes, default_category, feed, read, types},
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

fn uuid() -> impl Strategy<Value = String> {
    "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}"
}

/// A number as servers of every age write it.
fn number(most: i64) -> impl Strategy<Value = Value> {
    (0..=most, any::<bool>())
        .prop_map(|(number, quoted)| if quoted { json!(number.to_string()) } else { json!(number) })
}

fn tag() -> impl Strategy<Value = Value> {
    ("[a-z]{2,6}(:[a-z-]{2,6}(=\"[^\"]{0,8}\")?)?", option::of("#[0-9a-f]{6}"), any::<bool>())
        .prop_map(|(name, colour, local)| json!({"name": name, "colour": colour, "local": local}))
}

fn attribute() -> impl Strategy<Value = Value> {
    let kinds: Vec<&str> = types().collect();
    (
        (uuid(), select(kinds), "\\PC{1,20}", option::of("\\PC{0,20}")),
        (any::<bool>(), number(2_000_000_000), number(5), vec(tag(), 0..3)),
    )
        .prop_map(|((uuid, kind, value, comment), (to_ids, timestamp, distribution, tags))| {
            json!({"uuid": uuid, "type": kind, "category": default_category(kind), "value": value, "comment": comment,
                   "to_ids": to_ids, "timestamp": timestamp, "distribution": distribution, "Tag": tags})
        })
}

/// An event with attributes of any type, objects of any name, members that nobody knows.
pub fn event() -> impl Strategy<Value = Value> {
    let names = ["file", "domain-ip", "email", "url", "person", "ip-port", "process", "never-heard-of"];
    let object = (uuid(), select(names.to_vec()), vec((attribute(), "[a-z-]{2,8}"), 0..4)).prop_map(
        |(uuid, name, attributes)| {
            let attributes: Vec<Value> = attributes
                .into_iter()
                .map(|(mut attribute, relation)| {
                    attribute["object_relation"] = relation.into();
                    attribute
                })
                .collect();
            json!({"uuid": uuid, "name": name, "meta-category": "misc", "Attribute": attributes})
        },
    );
    let head = (uuid(), "\\PC{0,30}", number(2_000_000_000), number(3), number(4), any::<bool>());
    (head, vec(attribute(), 0..5), vec(object, 0..3), vec(tag(), 0..3), option::of(uuid())).prop_map(
        |((uuid, info, timestamp, distribution, threat, published), attributes, objects, tags, creator)| {
            let mut event = json!({"uuid": uuid, "info": info, "date": "2026-05-15", "timestamp": timestamp,
                "distribution": distribution, "threat_level_id": threat, "published": published, "Attribute": attributes,
                "Object": objects, "Tag": tags, "x_unknown": [1.50, null, {"a": []}]});
            if let Some(uuid) = creator {
                event["Orgc"] = json!({"uuid": uuid, "name": "Exemple"});
            }
            event
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn an_event_comes_out_as_it_came_in(event in event(), wrapped in any::<bool>()) {
        let document = json!({"Event": event});
        let text = if wrapped { document.to_string() } else { document["Event"].to_string() };
        let reading = read(text.as_bytes(), &Limits::default());
        prop_assert_eq!(reading.losses.len(), 0);
        prop_assert_eq!(serde_json::from_str::<Value>(&reading.items[0].to_string()).unwrap(), document);
    }

    #[test]
    fn a_feed_that_we_build_fits_together(mut events in vec(event(), 0..3)) {
        // Files are read in the order of their names.
        events.sort_by_key(|event| event["uuid"].to_string());
        let texts: Vec<String> = events.iter().map(Value::to_string).collect();
        let events: Vec<Event<'_>> = texts.iter().flat_map(|text| read(text.as_bytes(), &Limits::default()).items).collect();
        let (files, _) = feed::build(&events, feed::Options::default());
        let report = feed::check(&files, &Limits::default());
        prop_assert_eq!(&report.findings, &[]);
        let again: Vec<Event<'_>> = feed::read(&files, &Limits::default()).items;
        let (twice, losses) = feed::build(&again, feed::Options::default());
        prop_assert_eq!((twice, losses.len()), (files, 0));
    }

    #[test]
    fn bytes_out_of_nowhere_make_nothing_stop(bytes in vec(any::<u8>(), 0..200)) {
        let _report = check_bytes(&bytes, &Options::default());
        let _reading = read(&bytes, &Limits::default());
        let files = feed::Files::from([("manifest.json".to_owned(), bytes.clone()), ("hashes.csv".to_owned(), bytes)]);
        let _report = feed::check(&files, &Limits::default());
    }
}

#[test]
fn every_pair_of_the_table_passes() {
    let mut pairs = 0;
    for (category, kinds) in categories() {
        for kind in kinds {
            let text =
                json!({"uuid": "9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01", "info": "x", "date": "2026-05-15",
                "Attribute": [{"type": kind, "category": category, "value": "x"}]})
                .to_string();
            let report = check_bytes(text.as_bytes(), &Options::default());
            assert!(
                report.findings.iter().all(|found| found.rule == "misp.attribute.value"),
                "{:?}",
                report.findings
            );
            pairs += 1;
        }
    }
    assert_eq!(pairs, 486);
}
