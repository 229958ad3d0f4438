//! Taxonomies: what we write is read by a reader of others, and published files are taken as they are.

use std::{collections::BTreeSet, fs};

use formats::{
    Json, Limits, Severity,
    taxonomy::{
        Predicate, Scheme, Term, Words, check, check_bytes, json_ld, machine_tags, read, turtle, uuid_of,
    },
};
use oxttl::TurtleParser;
use proptest::prelude::*;

fn words(pairs: &[(&str, &str)]) -> Words {
    pairs.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect()
}

fn uuid(number: u8) -> String {
    format!("0195d2a4-5c00-7000-8000-0000000000{number:02x}")
}

/// One live term in two languages, mapped to others, and a retired one that leads to it.
fn scheme() -> Scheme {
    let live = Term {
        uuid: uuid(1),
        value: "bulletproof".to_owned(),
        label: words(&[("en", "C2 at a \"bulletproof\" hoster"), ("fr", "Hébergeur \\ complice")]),
        help: words(&[("en", "First line.\nSecond\tline.\r\u{7f}")]),
        broader: vec![uuid_of("rsit:malicious-code=\"c2-server\"")],
        matches: vec![
            ("exactMatch", "https://example.org/terms#c2".to_owned()),
            ("closeMatch", "rsit:malicious-code=\"c2-server\"".to_owned()),
        ],
        notes: vec!["Since version 1.".to_owned()],
        retired: None,
    };
    let retired = Term {
        uuid: uuid(2),
        value: "old".to_owned(),
        label: words(&[("fr", "Ancien")]),
        broader: vec![uuid_of("rsit:malicious-code=\"c2-server\"")],
        notes: vec!["Retired since version 2.".to_owned()],
        retired: Some(Some(uuid(1))),
        ..Term::default()
    };
    let below = Term {
        value: "rsit.c2-server".to_owned(),
        label: words(&[("en", "rsit: C2 Server")]),
        ..Term::default()
    };
    Scheme {
        uuid: uuid(9),
        namespace: "cert-x".to_owned(),
        version: 2,
        version_words: "2".to_owned(),
        title: words(&[("en", "Terms of CERT X")]),
        description: words(&[("en", "Ours.")]),
        source: None,
        licence: None,
        predicates: vec![Predicate { term: below, own: false, values: vec![live, retired] }],
    }
}

/// The statements of a Turtle document, by a reader of others.
fn statements(text: &str) -> BTreeSet<String> {
    TurtleParser::new().for_slice(text.as_bytes()).map(|triple| triple.unwrap().to_string()).collect()
}

/// The statements of our JSON-LD, whose context only shortens names.
fn of_json_ld(document: &Json<'_>) -> BTreeSet<String> {
    let value: serde_json::Value = serde_json::from_str(&document.to_string()).unwrap();
    let prefixes = value["@context"].as_object().unwrap();
    let full = |name: &str| {
        let (prefix, rest) = name.split_once(':').unwrap();
        format!("<{}{rest}>", prefixes[prefix].as_str().unwrap())
    };
    let mut found = BTreeSet::new();
    for node in value["@graph"].as_array().unwrap() {
        let subject = format!("<{}>", node["@id"].as_str().unwrap());
        let class = full(node["@type"].as_str().unwrap());
        found.insert(format!("{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {class}"));
        for (name, values) in node.as_object().unwrap().iter().filter(|(name, _)| !name.starts_with('@')) {
            for value in values.as_array().unwrap() {
                let object = if let Some(id) = value.get("@id") {
                    format!("<{}>", id.as_str().unwrap())
                } else if let Some(language) = value.get("@language") {
                    let text = oxttl_literal(value["@value"].as_str().unwrap());
                    format!("{text}@{}", language.as_str().unwrap().to_lowercase())
                } else if value.is_boolean() {
                    "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>".to_owned()
                } else {
                    oxttl_literal(value.as_str().unwrap())
                };
                found.insert(format!("{subject} {} {object}", full(name)));
            }
        }
    }
    found
}

/// A text as the reader prints it.
fn oxttl_literal(text: &str) -> String {
    let line =
        format!("<urn:a> <urn:b> {} .", serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007F"));
    let read = statements(&line).pop_first().unwrap();
    read.strip_prefix("<urn:a> <urn:b> ").unwrap().to_owned()
}

#[test]
fn turtle_and_json_ld_say_the_same_to_a_reader_of_others() {
    let scheme = scheme();
    let turtle = statements(&turtle(&scheme));
    assert_eq!(turtle, of_json_ld(&json_ld(&scheme)));
    let skos = "http://www.w3.org/2004/02/skos/core#";
    let (own, below) = (uuid(1), uuid_of("rsit:malicious-code=\"c2-server\""));
    let said = [
        format!("<urn:uuid:{own}> <{skos}broader> <urn:uuid:{below}>"),
        format!("<urn:uuid:{own}> <{skos}prefLabel> \"Hébergeur \\\\ complice\"@fr"),
        format!("<urn:uuid:{own}> <{skos}exactMatch> <https://example.org/terms#c2>"),
        format!("<urn:uuid:{own}> <{skos}closeMatch> <urn:uuid:{below}>"),
        format!("<urn:uuid:{own}> <{skos}topConceptOf> <urn:uuid:{}>", uuid(9)),
        format!("<urn:uuid:{}> <http://purl.org/dc/terms/isReplacedBy> <urn:uuid:{own}>", uuid(2)),
    ];
    for one in said {
        assert!(turtle.contains(&one), "{one}\nin\n{turtle:#?}");
    }
}

#[test]
fn a_file_of_ours_is_one_that_misp_takes() {
    let document = machine_tags(&scheme());
    let report = check(&document, &Limits::default());
    assert_eq!(report.findings, []);
    let reading = read(document.to_string().as_bytes(), &Limits::default());
    assert_eq!(reading.losses, []);
    let back = &reading.items[0].predicates[0];
    assert_eq!(back.entry.value, "rsit.c2-server");
    let tags: Vec<_> = back.values.iter().map(|entry| (entry.value.as_str(), entry.uuid.clone())).collect();
    assert_eq!(tags, [("bulletproof", Some(uuid(1))), ("old", Some(uuid(2)))]);
    assert_eq!(back.values[1].description.as_deref(), Some("Retired since version 2."));
}

#[test]
fn what_misp_does_not_take_is_named() {
    let document = r##"{
        "namespace": "cert x", "version": "2", "predicates": [
            {"value": "a", "expanded": "A", "uuid": "08b7755b-fdd3-5137-be82-2eb93f3b1cf1"},
            {"value": "a", "expanded": "A", "uuid": "08b7755b-fdd3-5137-be82-2eb93f3b1cf1", "colour": "red"},
            {"expanded": "B", "numerical_value": "5"}, {"value": "c"}
        ],
        "values": [{"predicate": "b", "entry": [{"value": "x=\"y", "expanded": 5}], "colour": "#ffffff"}]
    }"##;
    let report = check_bytes(document.as_bytes(), &Limits::default());
    let lines: Vec<_> = report
        .findings
        .iter()
        .map(|finding| format!("{:?} {} {}", finding.severity, finding.rule, finding.pointer))
        .collect();
    let expected = [
        "Error taxonomy.namespace /namespace",
        "Error taxonomy.required /description",
        "Error taxonomy.version /version",
        "Error taxonomy.twice /predicates/1/value",
        "Error taxonomy.uuid-twice /predicates/1/uuid",
        "Error taxonomy.colour /predicates/1/colour",
        "Error taxonomy.required /predicates/2/value",
        "Error taxonomy.number /predicates/2/numerical_value",
        "Note taxonomy.words /predicates/3",
        "Warning taxonomy.unknown /values/0/colour",
        "Error taxonomy.predicate /values/0/predicate",
        "Error taxonomy.value /values/0/entry/0/value",
        "Error taxonomy.text /values/0/entry/0/expanded",
    ];
    assert_eq!(lines, expected);
    assert!(!check_bytes(b"[]", &Limits::default()).is_valid());
    assert!(!check_bytes(b"{", &Limits::default()).is_valid());
}

#[test]
fn published_files_are_taken_and_have_the_uuids_that_follow_from_their_tags() {
    for file in [
        "standards/rsit/misp_rsit_machinetag.json",
        "standards/europol/common-taxonomy.machinetag.json",
        "standards/europol/europol-event.machinetag.json",
        "standards/nis/PAP.machinetag.json",
        "standards/nis/nis2.machinetag.json",
        "standards/nis/tlp.machinetag.json",
    ] {
        let Some(path) = crate::shared(file) else { return };
        let bytes = fs::read(path).unwrap();
        let report = check_bytes(&bytes, &Limits::default());
        let heavy: Vec<_> =
            report.findings.iter().filter(|finding| finding.severity != Severity::Note).collect();
        assert!(heavy.is_empty(), "{file}: {heavy:?}");
        let reading = read(&bytes, &Limits::default());
        let entries =
            reading.items[0].predicates.iter().flat_map(|one| one.values.iter().chain([&one.entry]));
        let (mut all, mut others) = (0, 0);
        for entry in entries {
            all += 1;
            others += usize::from(entry.uuid.is_some());
        }
        assert!(all >= 5, "{file}");
        assert_eq!(others, 0, "{file}: a UUID that does not follow from its tag");
    }
}

proptest! {
    #[test]
    fn any_text_is_valid_turtle(label in ".{1,40}", help in ".{0,40}", to in "[a-z/é]{1,10}(#[a-zé]{0,3})?") {
        let mut scheme = scheme();
        let term = &mut scheme.predicates[0].values[0];
        term.label = words(&[("en", &label)]);
        term.help = words(&[("de-LU", &help)]);
        term.matches = vec![("relatedMatch", format!("https://example.org/{to}"))];
        prop_assert_eq!(statements(&turtle(&scheme)), of_json_ld(&json_ld(&scheme)));
    }

    #[test]
    fn reading_never_fails_whole(text in "\\PC{0,200}") {
        let _reading = read(text.as_bytes(), &Limits::default());
        let _report = check_bytes(text.as_bytes(), &Limits::default());
    }
}
