use std::collections::{BTreeMap, BTreeSet};

use model::{
    Actor, ClientId, Instant, MatchKind, Subject, Taxonomy, TaxonomyHead, TaxonomyVersion, TermId, TermMatch,
};
use serde_json::json;

use super::*;
use crate::{
    Vocabularies,
    vocabulary::{FieldFile, List},
};

fn vocabularies() -> Vocabularies {
    let mut vocabularies = Vocabularies::default();
    let lists = [
        r#"format = "beffroi-list/1"
           id = "kinds"
           version = "1"
           source = "own"
           licence = "CC0-1.0"
           open = true
           groups = [{ id = "theft", label = "Theft" }, { id = "other", label = "Other" }]
           values = [{ id = "bell", label = "Of a bell", group = "theft" }, { id = "other", label = "Other" }]"#,
        r#"format = "beffroi-list/1"
           id = "fixed"
           version = "1"
           source = "a law"
           licence = "facts"
           values = [{ id = "yes", label = "Yes" }]"#,
    ];
    for list in lists {
        vocabularies.add_list(toml::from_str::<List>(list).unwrap());
    }
    let fields: FieldFile = toml::from_str(
        r#"format = "beffroi-fields/1"
           version = "1"
           groups = [{ id = "all", label = "All" }]
           fields = [
             { id = "kind", kind = "choice", label = "Kind", group = "all", vocabulary = "kinds" },
             { id = "kinds", kind = "choices", label = "Kinds", group = "all", vocabulary = "kinds" },
             { id = "classes", kind = "choices", label = "Classes", group = "all", vocabulary = "kinds#groups" },
             { id = "fixed", kind = "choice", label = "Fixed", group = "all", vocabulary = "fixed" },
           ]"#,
    )
    .unwrap();
    assert!(vocabularies.add_fields(fields).is_empty());
    assert_eq!(vocabularies.problems(), []);
    vocabularies
}

fn id(number: u8) -> TermId {
    TermId::new(Instant::MIN, [number; 10])
}

fn head(namespace: &str) -> TaxonomyEdit {
    TaxonomyEdit::Describe {
        head: TaxonomyHead {
            namespace: namespace.to_owned(),
            title: "Ours".to_owned(),
            ..TaxonomyHead::default()
        },
    }
}

fn add(number: u8, (list, below, slug): (&str, &str, &str)) -> TaxonomyEdit {
    TaxonomyEdit::Add {
        id: Some(id(number)),
        list: list.to_owned(),
        below: below.to_owned(),
        slug: slug.to_owned(),
        label: BTreeMap::from([("en".to_owned(), format!("The {slug}"))]),
        help: BTreeMap::new(),
        matches: vec![],
    }
}

/// The next version, with what it changed.
fn make(stands: &Taxonomy, edits: &[TaxonomyEdit], used: &[TermId]) -> Result<TaxonomyVersion, Vec<String>> {
    let used: BTreeSet<TermId> = used.iter().copied().collect();
    let lines = |problems: Vec<crate::Problem>| {
        problems
            .into_iter()
            .map(|problem| format!("{}: {}", problem.pointer, problem.rule))
            .collect::<Vec<String>>()
    };
    let changes = change(&vocabularies(), stands, edits, &used).map_err(lines)?;
    let subject = Subject::Client(ClientId::new(Instant::MIN, [0; 10]));
    let by = Actor { subject, name: "Ada".to_owned() };
    Ok(TaxonomyVersion { version: stands.version + 1, at: Instant::MIN, by, changes })
}

fn begun() -> Taxonomy {
    let edits = [
        head("cert-x"),
        add(1, ("kinds", "bell", "church")),
        add(2, ("kinds", "bell", "ship")),
        add(3, ("kinds#groups", "theft", "by-night")),
    ];
    Taxonomy::default().after(&make(&Taxonomy::default(), &edits, &[]).unwrap())
}

#[test]
fn terms_come_below_official_values_and_have_tags() {
    let taxonomy = begun();
    let tags: Vec<_> = taxonomy.terms.iter().map(|term| taxonomy.tag(term)).collect();
    insta::assert_snapshot!(tags.join("\n"), @r#"
    cert-x:kinds.bell="church"
    cert-x:kinds.bell="ship"
    cert-x:kinds.groups.theft="by-night"
    "#);
    for term in &taxonomy.terms {
        let place = place_of_predicate(&vocabularies(), &term.predicate()).unwrap();
        assert_eq!(place, (term.list.clone(), term.below.clone()), "the predicate says where it stands");
        assert_eq!(term.since, 1);
    }
}

#[test]
fn what_a_rule_forbids_changes_nothing() {
    let unheard = make(&Taxonomy::default(), &[add(1, ("kinds", "bell", "church"))], &[]);
    assert_eq!(unheard.unwrap_err(), ["/changes: namespace"]);
    let mut wrong = vec![head("kinds"), head("tlp"), head("Cert X"), head("x")];
    wrong.extend([
        add(4, ("kinds", "gong", "a")),
        add(5, ("fixed", "yes", "a")),
        add(6, ("nothing", "yes", "a")),
        add(7, ("kinds", "bell", "Not A Slug")),
        add(8, ("kinds#groups", "other", "church")),
        add(1, ("kinds", "bell", "again")),
        TaxonomyEdit::Retire { term: id(9), replaced_by: None },
        TaxonomyEdit::Retire { term: id(1), replaced_by: Some(id(1)) },
    ]);
    insta::assert_snapshot!(make(&begun(), &wrong, &[]).unwrap_err().join("\n"), @"
    /changes/0/head/namespace: reserved
    /changes/1/head/namespace: reserved
    /changes/2/head/namespace: namespace
    /changes/3/head/namespace: namespace
    /changes/4/below: official_value
    /changes/5/list: closed_list
    /changes/6/list: known_list
    /changes/7/slug: slug
    /changes/8/slug: taken
    /changes/9/id: taken
    /changes/10/term: known_term
    /changes/11/replaced_by: known_term
    ");
    let match_to = |to: &str| TermMatch { kind: MatchKind::Close, to: to.to_owned() };
    let words = TaxonomyEdit::Change {
        term: id(1),
        list: "kinds".to_owned(),
        below: "bell".to_owned(),
        label: BTreeMap::from([("English".to_owned(), "x".to_owned()), ("fr".to_owned(), " ".to_owned())]),
        help: BTreeMap::from([("en".to_owned(), "a\u{202e}b".to_owned())]),
        matches: vec![
            match_to("rsit:intrusions=\"system-compromise\""),
            match_to("https://example.org/a b"),
            match_to("javascript:alert(1)"),
            match_to("urn:example:a"),
            match_to("ms-caro-malware:malware-type=\"Trojan\""),
            match_to("x:y=\"z"),
        ],
    };
    insta::assert_snapshot!(make(&begun(), &[words], &[]).unwrap_err().join("\n"), @"
    /changes/0/label: language
    /changes/0/label/fr: required
    /changes/0/help/en: control_character
    /changes/0/matches/1/to: address_or_tag
    /changes/0/matches/2/to: address_or_tag
    /changes/0/matches/5/to: address_or_tag
    ");
}

#[test]
fn a_term_in_use_cannot_vanish() {
    let used = [id(1)];
    let begun = begun();
    let refused = make(&begun, &[TaxonomyEdit::Delete { term: id(1) }, head("other-name")], &used);
    assert_eq!(refused.unwrap_err(), ["/changes/0/term: in_use", "/changes/1/head/namespace: in_use"]);
    let retire = TaxonomyEdit::Retire { term: id(1), replaced_by: Some(id(2)) };
    let next = begun.clone().after(&make(&begun, &[retire], &used).unwrap());
    let retired = next.term(id(1)).unwrap().retired.clone().unwrap();
    assert_eq!((retired.since, retired.replaced_by), (2, Some(id(2))));
    let named = make(&next, &[TaxonomyEdit::Delete { term: id(2) }], &used);
    assert_eq!(named.unwrap_err(), ["/changes/0/term: named"], "a retired term leads to it");
    let deleted = next.clone().after(&make(&next, &[TaxonomyEdit::Delete { term: id(3) }], &used).unwrap());
    assert!(deleted.term(id(3)).is_none(), "nothing used it");
    let again = next.clone().after(&make(&next, &[TaxonomyEdit::Restore { term: id(1) }], &used).unwrap());
    assert_eq!(again.term(id(1)).unwrap().retired, None);
}

#[test]
fn an_answer_takes_terms_below_its_value() {
    let (vocabularies, taxonomy) = (vocabularies(), begun());
    let choose = |field: &str, value: serde_json::Value, wanted: &[TermId], before: &[model::ChosenTerm]| {
        terms_of_answer((&vocabularies, &taxonomy), (field, Some(&value)), wanted, before)
            .map(|terms| terms.into_iter().map(|term| term.tag).collect::<Vec<_>>())
            .map_err(|problem| format!("{}: {}", problem.pointer, problem.rule))
    };
    assert_eq!(choose("kind", json!("bell"), &[id(1)], &[]).unwrap(), ["cert-x:kinds.bell=\"church\""]);
    assert_eq!(choose("kinds", json!(["bell", "other"]), &[id(1), id(2), id(1)], &[]).unwrap().len(), 2);
    let wrong = [
        choose("kind", json!("bell"), &[id(1), id(2)], &[]),
        choose("kind", json!("other"), &[id(1)], &[]),
        choose("kind", json!("bell"), &[id(3)], &[]),
        choose("classes", json!(["theft"]), &[id(1)], &[]),
        choose("fixed", json!("yes"), &[id(1)], &[]),
        choose("kind", json!("bell"), &[id(99)], &[]),
    ];
    let wrong: Vec<_> = wrong.into_iter().map(Result::unwrap_err).collect();
    insta::assert_snapshot!(wrong.join("\n"), @"
    /kind/terms: one_of_several
    /kind/terms: below_the_value
    /kind/terms: known_term
    /classes/terms: known_term
    /fixed/terms: closed_list
    /kind/terms: known_term
    ");
}

#[test]
fn a_retired_term_stays_where_it_was_chosen() {
    let (vocabularies, begun) = (vocabularies(), begun());
    let bell = json!("bell");
    let chosen = terms_of_answer((&vocabularies, &begun), ("kind", Some(&bell)), &[id(1)], &[]).unwrap();
    let edits = [TaxonomyEdit::Retire { term: id(1), replaced_by: None }];
    let next = begun.clone().after(&make(&begun, &edits, &[id(1)]).unwrap());
    let anew = terms_of_answer((&vocabularies, &next), ("kind", Some(&bell)), &[id(1)], &[]);
    assert_eq!(anew.unwrap_err().rule, "retired_term");
    let stands = terms_of_answer((&vocabularies, &next), ("kind", Some(&bell)), &[id(1)], &chosen).unwrap();
    assert_eq!(stands, chosen, "as it was chosen");
    assert_eq!(kept(Some(&bell), &chosen), chosen);
    assert_eq!(kept(Some(&json!("other")), &chosen), [], "another value is chosen");
    assert_eq!(kept(None, &chosen), []);
}

#[test]
fn an_address_is_one_that_every_reader_takes() {
    let label = BTreeMap::from([("en".to_owned(), "x".to_owned())]);
    let mapped = |to: &str| {
        let matches = vec![TermMatch { kind: MatchKind::Exact, to: to.to_owned() }];
        let (list, below) = ("kinds".to_owned(), "bell".to_owned());
        let edit = TaxonomyEdit::Change {
            term: id(1),
            list,
            below,
            label: label.clone(),
            help: BTreeMap::new(),
            matches,
        };
        make(&begun(), &[edit], &[]).is_ok()
    };
    for good in [
        "https://example.org/terms#c2",
        "http://example.org:8080/a?b=c%20d",
        "https://exämple.org/é",
        "urn:uuid:0195d2a4-5c00-7000-8000-000000000001",
        "tlp:red",
    ] {
        assert!(mapped(good), "{good}");
    }
    for bad in [
        "https://example.org/a#b#c",
        "https://example.org/%zz",
        "https:///a",
        "https://host:port/",
        "https://ada:secret@example.org/",
        "https://example.org/[a]",
        "urn:x",
        "ftp://example.org/a",
    ] {
        assert!(!mapped(bad), "{bad}");
    }
}
