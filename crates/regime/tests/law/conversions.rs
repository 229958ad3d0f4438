//! What follows from other answers is proposed, never answered; and where the same word means different
//! things, nothing is proposed at all.

use std::collections::BTreeSet;

use model::{DutyKey, Role};
use proptest::prelude::*;
use regime::{Case, FieldView, Library, Screen, Submission, check_answer, content, form, questions};
use serde_json::{Value, json};

use crate::{at, case, library, library_files};

fn stages(library: &Library) -> Vec<DutyKey> {
    let with_form = library.packs().iter().flat_map(|pack| {
        pack.stages()
            .filter(|(_, stage)| stage.form.is_some())
            .map(|(track, stage)| format!("{}.{}.{}", pack.id(), track.id, stage.id))
    });
    with_form.map(|key| key.parse().unwrap()).collect()
}

fn questions_of(library: &Library, case: &Case, key: &DutyKey) -> Vec<FieldView> {
    let view = form(library, case, key, Screen::Full, "en").unwrap();
    view.sections.into_iter().flat_map(|section| section.fields).collect()
}

fn proposed(facts: &Value, key: &str, field: &str) -> Option<Value> {
    let (library, case) = (library(), case(json!({ "entity.size": "medium" }), facts.clone()));
    let asked = questions_of(&library, &case, &key.parse().unwrap());
    asked.into_iter().find(|view| view.field == field).unwrap().proposed.map(|proposal| proposal.value)
}

/// Each offence with its article in the directive, and the answer from which it follows.
#[test]
fn an_offence_is_proposed_with_its_article_and_what_points_to_it() {
    let facts = json!({ "suspected_malicious": true, "incident_type": "ddos" });
    let (library, case) = (library(), case(json!({}), facts));
    let asked = questions_of(&library, &case, &"criminal-2013-40.complaint.complaint".parse().unwrap());
    let proposal = asked.into_iter().find(|view| view.field == "offences").unwrap().proposed.unwrap();
    let because = serde_json::to_value(&proposal.because).unwrap();
    assert_eq!(proposal.because.len(), 1, "{because}");
    assert_eq!(proposal.because[0].text, "Illegal system interference");
    assert!(proposal.because[0].article.as_ref().unwrap().starts_with("Directive 2013/40/EU, Art. 4"));
    let words = because.to_string();
    assert!(words.contains("compared") && !words.contains("\"no\"") && !words.contains("unknown"), "{words}");
}

const BREACH: &str = "gdpr.notification.authority_notification";
const FINAL: &str = "dora.major_incident.final_report";

#[test]
fn the_cause_follows_from_who_and_with_what_intent() {
    let cause = |actor: Value, malicious: Value| {
        proposed(&json!({ "breach_actor": actor, "suspected_malicious": malicious }), BREACH, "breach_cause")
    };
    assert_eq!(cause(json!("external"), json!(true)), Some(json!("external_malicious")));
    assert_eq!(cause(json!("external"), json!(false)), Some(json!("external_accidental")));
    assert_eq!(cause(json!("internal"), json!(true)), Some(json!("internal_malicious")));
    assert_eq!(cause(json!("internal"), json!(false)), Some(json!("internal_accidental")));
    assert_eq!(cause(json!("internal"), json!(null)), None, "the intent is not known");
}

#[test]
fn the_detailed_root_causes_of_one_law_tell_the_cause_for_another() {
    let cause = |causes: Value, detail: Value| {
        let facts = json!({ "root_causes": causes, "root_causes_detailed": detail });
        proposed(&facts, "nis2.mandatory.final_report", "root_cause")
    };
    assert_eq!(
        cause(json!(["external_event"]), json!(["external_third_party"])),
        Some(json!("third_party_failure"))
    );
    assert_eq!(
        cause(json!(["external_event"]), json!(["external_nature"])),
        Some(json!("natural_phenomenon"))
    );
    assert_eq!(cause(json!(["external_event"]), json!(null)), None, "which event is not known");
    assert_eq!(
        cause(json!(["system_failure", "malicious_actions"]), json!(null)),
        Some(json!("malicious_action"))
    );
    assert_eq!(cause(json!(["human_error"]), json!(null)), Some(json!("human_error")));
}

#[test]
fn a_share_has_one_decimal_and_of_a_range_it_is_a_range() {
    let share = |of: Value, base: Value| {
        proposed(
            &json!({ "clients_affected": of, "service_clients": base }),
            FINAL,
            "clients_affected_percent",
        )
    };
    assert_eq!(share(json!(1), json!(3)), Some(json!(33.3)));
    assert_eq!(share(json!(125), json!(100_000)), Some(json!(0.1)));
    assert_eq!(share(json!(150), json!(100_000)), Some(json!(0.2)), "half goes up");
    assert_eq!(share(json!({ "min": 10, "max": 20 }), json!(200)), Some(json!({ "min": 5, "max": 10 })));
    assert_eq!(share(json!(10), json!(0)), None, "of none there is no share");
    assert_eq!(share(json!(10), json!(null)), None);
}

#[test]
fn other_authorities_are_those_to_whom_it_was_filed_under_other_laws() {
    let library = library();
    let mut case = case(json!({}), json!({}));
    let told = |case: &Case| {
        let asked = questions_of(&library, case, &FINAL.parse().unwrap());
        let field = asked.into_iter().find(|view| view.field == "other_authorities").unwrap();
        field.proposed.map(|proposal| (proposal.value, proposal.text))
    };
    let mut file = |key: &str| {
        let duty = key.parse().unwrap();
        case.submissions.push(Submission {
            duty,
            at: at("2026-03-28T09:00:00Z"),
            acknowledged: false,
            corrects: false,
        });
        told(&case)
    };
    assert_eq!(file("dora.major_incident.initial_notification"), None, "the own law is no other");
    assert_eq!(file(BREACH), Some((json!(["data_protection"]), "Data protection authority".to_owned())));
    let both = file("nis2.mandatory.early_warning").unwrap();
    assert_eq!(both.0, json!(["csirt", "data_protection"]));
}

#[test]
fn nothing_proposed_is_filed_and_nothing_follows_from_what_is_only_proposed() {
    let library = library();
    let case = case(
        json!({}),
        json!({ "breach_actor": "external", "suspected_malicious": true, "aware_at": "2026-03-06T15:30:00Z" }),
    );
    let key: DutyKey = BREACH.parse().unwrap();
    let asked = questions_of(&library, &case, &key);
    let proposals: Vec<&FieldView> = asked.iter().filter(|view| view.proposed.is_some()).collect();
    let names: Vec<&str> = proposals.iter().map(|view| view.field.as_str()).collect();
    assert_eq!(names, ["aware_breach_at", "breach_cause"]);
    let first = proposals[0].proposed.as_ref().unwrap();
    assert_eq!(
        (first.rule.as_str(), first.from.as_slice()),
        ("awareness-of-the-breach", ["aware_at".to_owned()].as_slice())
    );
    let filed = content(&library, &case, &key, "en", Role::DataProtectionAuthority);
    for view in &proposals {
        assert_eq!(filed[&view.group][&view.field].text, "unknown yet", "{}", view.field);
        assert!(view.value.is_none());
    }
    let missing = regime::missing_to_file(&library, &case, &key);
    assert!(missing.iter().any(|missing| missing.field == "breach_cause"));
}

/// Impact in countries, availability of a product, places where people live: the same type, different facts.
const LISTS_OF_COUNTRIES: &[&str] = &[
    "affected_countries",
    "product_countries",
    "people_by_country",
    "establishment_countries",
    "notified_authority_countries",
    "coordinator_country",
    "supplied_countries",
    "essential_service_countries",
    "system_places",
];

/// A country as an answer to one of these questions.
fn named(field: &str, country: &str) -> Value {
    match field {
        "people_by_country" => json!([{ "country": country, "people": 7 }]),
        "system_places" => json!([{ "system": "the mail server", "country": country }]),
        "coordinator_country" => json!(country),
        _ => json!([country]),
    }
}

#[test]
fn an_answer_to_one_list_of_countries_never_appears_in_another() {
    let library = library();
    let all: BTreeSet<&str> = LISTS_OF_COUNTRIES.iter().copied().collect();
    let kept: BTreeSet<&str> =
        library.never_converted().iter().flat_map(|never| &never.fields).map(String::as_str).collect();
    assert_eq!(all, kept, "the file of rules names each of them");
    for field in LISTS_OF_COUNTRIES {
        // Malta, so that no other answer can be the source of the word.
        let mut facts =
            json!({ "cross_border": true, "cross_border_processing": "yes", "personal_data": true });
        facts[*field] = named(field, "MT");
        check_answer(&library, field, &facts[*field]).unwrap();
        let case = case(json!({}), facts);
        for key in stages(&library) {
            for view in questions_of(&library, &case, &key).iter().filter(|view| view.field != *field) {
                let said = json!([view.value, view.proposed]).to_string();
                assert!(!said.contains("\"MT\""), "{key}: {field} appears in {}: {said}", view.field);
            }
            for role in Role::ALL {
                for answers in content(&library, &case, &key, "en", *role).into_values() {
                    for (other, answer) in answers.into_iter().filter(|(other, _)| other != field) {
                        assert!(
                            !json!(answer).to_string().contains("Malta"),
                            "{key}: {field} appears in {other}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_rule_that_mixes_up_countries_is_refused_even_in_two_steps() {
    let rules = |text: &str| {
        let mut files = library_files();
        let text = format!("format = \"beffroi-conversions/1\"\n{text}");
        files.insert("regimes/lanterns/conversions.toml".to_owned(), text.into_bytes());
        let problems = Library::read(&files).unwrap_err();
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let direct = "[[conversions]]\nid = \"x\"\nto = \"product_countries\"\nwords = \"w\"\nsame_as = \"affected_countries\"\n";
    assert!(
        rules(direct)
            .contains("the rules lead from \"affected_countries\" to \"product_countries\", which never may")
    );
    let two_steps = "[[conversions]]\nid = \"x\"\nto = \"severity\"\nwords = \"w\"\ncases = [{ when = { field = \"affected_countries\", has = \"LU\" }, value = \"minor\" }]\n\
                     [[conversions]]\nid = \"y\"\nto = \"product_countries\"\nwords = \"w\"\ncases = [{ when = { field = \"severity\", is = \"minor\" }, value = \"LU\" }]\n";
    assert!(rules(two_steps).contains("the rules lead from \"affected_countries\" to \"product_countries\""));
    insta::assert_snapshot!(rules(
        "[[conversions]]\nid = \"a\"\nto = \"colour\"\nwords = \"w\"\nsame_as = \"title\"\n\
         [[conversions]]\nid = \"b\"\nto = \"severity\"\nwords = \"w\"\nsame_as = \"title\"\n\
         [[conversions]]\nid = \"c\"\nto = \"severity\"\nwords = \"w\"\n\
         [[conversions]]\nid = \"c\"\nto = \"severity\"\nwords = \"w\"\ncases = [{ when = { field = \"severity\", is = \"grave\" }, value = \"mild\" }]\n\
         [[conversions]]\nid = \"d\"\nto = \"severity\"\nwords = \"w\"\ncases = [{ when = { rule = \"in_scope\" }, value = \"minor\" }]\n"
    ), @r#"
    regimes/lanterns/conversions.toml: a: to names "colour", which is no field
    regimes/lanterns/conversions.toml: b: "severity" has another shape
    regimes/lanterns/conversions.toml: c: a rule has exactly one of cases, percent, same_as, told
    regimes/lanterns/conversions.toml: c: another rule has that name
    regimes/lanterns/conversions.toml: c: it reads the field that it proposes for
    regimes/lanterns/conversions.toml: c: "grave" is no value of "severity"
    regimes/lanterns/conversions.toml: c: "mild" is no value of "severity"
    regimes/lanterns/conversions.toml: d: it belongs to no law and cannot ask a rule of one
    "#);
}

#[test]
fn what_several_laws_ask_is_asked_once() {
    let library = library();
    let case = case(
        json!({ "entity.name": "Banque de la Sûre S.A.", "entity.sector": "banking", "entity.financial_entity": true }),
        json!({ "personal_data": true, "processing_role": ["controller"] }),
    );
    let keys: Vec<DutyKey> = [
        "dora.major_incident.initial_notification",
        "dora.major_incident.final_report",
        BREACH,
        "nis2.mandatory.early_warning",
    ]
    .iter()
    .map(|key| key.parse().unwrap())
    .collect();
    let counted = questions(&library, &keys, &case);
    assert_eq!(counted.per_law.keys().collect::<Vec<_>>(), ["DORA", "GDPR", "NIS2"]);
    assert_eq!(counted.separate_forms, counted.per_law.values().sum::<usize>());
    assert!(counted.asked_once + 20 < counted.separate_forms, "{counted:?}");
    let one = questions(&library, &keys[2..3], &case);
    assert!(one.asked_once <= one.separate_forms && one.per_law.len() == 1);
    assert_eq!(questions(&library, &[], &case), regime::Questions::default());
}

/// A random record over the fields that conversions read.
fn record() -> impl Strategy<Value = Value> {
    let pick = |values: Vec<Value>| prop_oneof![1 => Just(Value::Null), 2 => prop::sample::select(values)];
    let flag = || pick(vec![json!(true), json!(false)]);
    let number = || pick(vec![json!(0), json!(7), json!(1000), json!({ "min": 3, "max": 900 })]);
    (
        (flag(), flag(), pick(vec![json!("internal"), json!("external")])),
        pick(vec![json!([]), json!(["integrity"]), json!(["availability", "confidentiality"])]),
        pick(vec![json!("staff"), json!("supplier"), json!("attacker"), json!("other")]),
        pick(vec![json!(["external_event"]), json!(["human_error", "malicious_actions"])]),
        (number(), number(), number()),
        pick(vec![json!("high"), json!("risk"), json!("unlikely")]),
    )
        .prop_map(|((malicious, ongoing, actor), properties, discovery, causes, numbers, risk)| {
            json!({
                "suspected_malicious": malicious, "ongoing": ongoing, "breach_actor": actor,
                "affected_properties": properties, "discovery": discovery, "root_causes": causes,
                "clients_affected": numbers.0, "service_clients": numbers.1, "users_data_affected": numbers.2,
                "breach_risk": risk, "aware_at": "2026-03-06T15:30:00Z",
            })
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proposed_is_an_answer_that_the_stage_takes_and_names_its_sources(facts in record()) {
        let library = library();
        let case = case(json!({ "entity.size": "large" }), facts);
        for key in [BREACH, FINAL, "nis2.mandatory.final_report"] {
            let key: DutyKey = key.parse().unwrap();
            for view in questions_of(&library, &case, &key) {
                let Some(proposal) = view.proposed else { continue };
                prop_assert!(view.value.is_none() && view.visible && !view.read_only);
                prop_assert!(check_answer(&library, &view.field, &proposal.value).is_ok(), "{}", view.field);
                prop_assert!(!proposal.from.is_empty());
                for source in &proposal.from {
                    let known = case.facts.get(source).or_else(|| case.entity.get(source));
                    prop_assert!(known.is_some_and(|value| !value.is_null()), "{source}");
                }
                let mut accepted = case.clone();
                accepted.facts.insert(view.field.clone(), proposal.value);
                let after = questions_of(&library, &accepted, &key).into_iter().find(|one| one.field == view.field).unwrap();
                prop_assert!(after.proposed.is_none() && after.problems.is_empty(), "{:?}", after.problems);
            }
        }
    }
}
