//! The pack for Regulation (EU) 2022/2554: its forms and numbers against independent readings of the technical
//! standards.

use std::collections::{BTreeMap, BTreeSet};

use regime::{
    Pack, Screen, form,
    pack::{Bound, Comparison, Condition, FormField, Literal, Obligation, Test},
};
use serde_json::{Value, json};

use crate::{by_number, case, library, shared, skipped};

/// The stages of the template, as the table of fields names them.
const STAGES: [(&str, &str); 3] =
    [("initial", "initial_notification"), ("intermediate", "intermediate_report"), ("final", "final_report")];

/// Fields whose condition is that there is such an answer at all: "if applicable", "if available", "if other
/// information exists".
const IF_THERE_IS_ONE: [&str; 4] = ["2.10", "3.1", "3.8", "4.3"];

/// Whether an answer is compulsory only under a condition.
fn is_conditional(field: &FormField) -> bool {
    field.when.is_some() || field.required_if.is_some()
}

#[test]
fn each_of_the_76_fields_stands_once_with_the_obligation_of_each_stage() {
    let Some(file) = shared("dora/its_2025_302_fields.json") else {
        return skipped("each_of_the_76_fields_stands_once_with_the_obligation_of_each_stage");
    };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let library = library();
    let pack = library.pack("dora").unwrap();
    let ours = by_number(pack, "report");
    let theirs = file["major_incident_fields"].as_array().unwrap();
    let numbers: BTreeSet<&str> = theirs.iter().map(|field| field["field"].as_str().unwrap()).collect();
    assert_eq!(ours.keys().map(String::as_str).collect::<BTreeSet<_>>(), numbers);
    assert_eq!((numbers.len(), theirs.len()), (76, 76));
    for field in theirs {
        let number = field["field"].as_str().unwrap();
        let asked = ours[number];
        for (column, stage) in STAGES {
            let said = field[column].as_str().unwrap();
            let how = asked.obligation(stage);
            let fits = match (said, how) {
                ("No", None) => true,
                // Facts of a threshold are asked from the beginning, and need not be answered.
                ("No", Some(how)) => how != Obligation::Required,
                ("Yes", Some(Obligation::Required)) => asked.when.is_none() || number == "4.3",
                ("Yes", _) => false,
                (_, Some(Obligation::Required)) => is_conditional(asked),
                (_, Some(Obligation::IfAvailable)) => {
                    asked.required_if.is_some() || IF_THERE_IS_ONE.contains(&number)
                }
                (_, _) => false,
            };
            assert!(fits, "{number} at {stage}: the law says {said:?}, the form {how:?}");
            if number != "3.1" && said != "No" {
                let updated = asked.obligation("updated_intermediate_report");
                assert!(
                    stage != "intermediate_report" || updated == how,
                    "{number}: an update asks the same"
                );
            }
        }
    }
    let required: BTreeSet<&str> = ours
        .iter()
        .filter(|(_, field)| field.obligation("reclassification") == Some(Obligation::Required))
        .map(|(number, _)| number.as_str())
        .collect();
    assert!(required.contains("1.1") && required.contains("2.10") && !required.contains("3.4"));
}

#[test]
fn each_of_the_20_fields_on_threats_stands_once_with_its_obligation() {
    let Some(file) = shared("dora/its_2025_302_fields.json") else {
        return skipped("each_of_the_20_fields_on_threats_stands_once_with_its_obligation");
    };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let library = library();
    let ours = by_number(library.pack("dora").unwrap(), "threat");
    let theirs = file["significant_cyber_threat_fields"].as_array().unwrap();
    assert_eq!((ours.len(), theirs.len()), (20, 20));
    for field in theirs {
        let number = field["field"].as_str().unwrap();
        let asked = ours[number];
        let said = field["mandatory"].as_str().unwrap();
        let how = asked.obligation("threat_notification").unwrap();
        let fits = match said {
            "Yes" => how == Obligation::Required && !is_conditional(asked),
            // "Yes, if available" and the like.
            _ => is_conditional(asked) || how == Obligation::IfAvailable,
        };
        assert!(fits, "{number}: the law says {said:?}, the form {how:?}");
    }
}

/// Letters and digits of a text, in small letters.
fn bare(text: &str) -> String {
    text.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// Values that stand in common lists, under words that fit every law.
const COMMON: [(&str, &[&str]); 4] = [
    (
        "2.7",
        &[
            "it_security",
            "staff",
            "audit",
            "external_audit",
            "customer",
            "financial_counterpart",
            "supplier",
            "attacker",
            "monitoring",
            "authority",
            "other",
        ],
    ),
    ("3.13", &["media", "complaints", "regulatory", "clients_lost"]),
    ("3.20", &["availability", "authenticity", "integrity", "confidentiality"]),
    ("3.31", &["police", "csirt", "data_protection", "cybersecurity_agency", "none", "other"]),
];

#[test]
fn the_values_to_choose_are_those_of_the_law_in_its_order() {
    let Some(file) = shared("dora/its_2025_302_fields.json") else {
        return skipped("the_values_to_choose_are_those_of_the_law_in_its_order");
    };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let library = library();
    let everything = json!({
        "submitter_differs": true, "origin_third_party": true, "had_downtime": true, "transactions_hit": true,
        "incident_duration": 100_000, "affected_countries": ["LU", "BE"], "reputational_effects": ["media"],
        "incident_types": ["cybersecurity", "other"], "threat_techniques": ["other"],
        "root_causes_detailed": ["process_operations"], "infrastructure_affected": "yes",
    });
    let case = case(json!({ "entity.type": ["credit_institution"] }), everything);
    let key = "dora.major_incident.final_report".parse().unwrap();
    let view = form(&library, &case, &key, Screen::Full, "en").unwrap();
    let shown = view.sections.iter().flat_map(|section| &section.fields);
    let shown: BTreeMap<_, _> = shown.filter_map(|field| Some((field.number.clone()?, field))).collect();
    let mut seen = 0;
    for field in file["major_incident_fields"].as_array().unwrap() {
        let (number, Some(values)) = (field["field"].as_str().unwrap(), field["enum"].as_array()) else {
            continue;
        };
        let choices = &shown[number].choices;
        assert_eq!(choices.len(), values.len(), "{number}");
        seen += 1;
        if let Some((_, ids)) = COMMON.iter().find(|(common, _)| *common == number) {
            assert_eq!(choices.iter().map(|choice| choice.id.as_str()).collect::<Vec<_>>(), *ids, "{number}");
            continue;
        }
        for (choice, value) in choices.iter().zip(values) {
            let value = value.as_str().unwrap();
            // Detailed causes carry their heading; types of entities are said in other words, by the same id.
            let value = bare(value.split_once(':').map_or(value, |(_, detail)| detail));
            let said = [bare(&choice.label), bare(&choice.id)];
            let fits = said.iter().any(|said| *said == value || value.ends_with(said.as_str()))
                || said[1].starts_with(value.get(..12).unwrap_or(&value));
            assert!(fits, "{number}: {value} is not {:?}", choice.label);
        }
    }
    assert_eq!(seen, 17);
}

/// What a threshold compares: field, operator, number.
fn numbers(pack: &Pack, condition: &Condition) -> Vec<String> {
    let mut found = vec![];
    condition.visit(&mut |part| {
        if let Test::Rule(name) = &part.test {
            found.extend(numbers(pack, &pack.law.rules[name]));
        }
        let Test::Fact(field, comparison) = &part.test else { return };
        found.push(match comparison {
            Comparison::MoreThan(Bound::Number(number)) => format!("{field} > {number}"),
            Comparison::MoreThan(Bound::Share(share)) => {
                format!("{field} > {}% of {}", share.percent, share.of)
            }
            Comparison::From(Bound::Number(number)) => format!("{field} >= {number}"),
            Comparison::HasAny(values) => format!("{field} has {}", values.join(" or ")),
            Comparison::Is(Literal::Boolean(flag)) => format!("{field} is {flag}"),
            other => format!("{field} {other:?}"),
        });
    });
    found
}

#[test]
fn every_threshold_of_the_classification_is_in_the_pack() {
    let Some(file) = shared("dora/rts_2024_1772_thresholds.json") else {
        return skipped("every_threshold_of_the_classification_is_in_the_pack");
    };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let library = library();
    let pack = library.pack("dora").unwrap();
    let rules = &pack.law.rules;
    let mut ours = BTreeMap::new();
    for rule in rules.values() {
        rule.visit(&mut |part| {
            if let Some(id) = &part.id {
                ours.insert(id.clone(), numbers(pack, part));
            }
        });
    }
    let mut expect =
        |id: &str, wanted: &[String]| assert_eq!(ours.remove(id).unwrap_or_default(), wanted, "{id}");
    let thresholds = &file["thresholds"];
    let clients = thresholds["clients_counterparts_transactions"]["any"].as_array().unwrap();
    let share = |part: &str, limit: &Value, whole: &str| format!("{part} > {limit}% of {whole}");
    let hit = || "transactions_hit is true".to_owned();
    let [a, b, c, d, e, f] = clients.as_slice() else { panic!("six ways") };
    expect("9.1.a", &[share("clients_affected", &a["affected_clients_percent_gt"], "service_clients")]);
    expect("9.1.b", &[format!("clients_affected > {}", b["affected_clients_gt"])]);
    expect(
        "9.1.c",
        &[share("counterparts_affected", &c["affected_counterparts_percent_gt"], "service_counterparts")],
    );
    let limit = &d["affected_transactions_percent_of_daily_average_number_gt"];
    expect("9.1.d", &[hit(), share("transactions_affected", limit, "daily_transactions")]);
    let limit = &e["affected_transactions_percent_of_daily_average_value_gt"];
    expect("9.1.e", &[hit(), share("transactions_value", limit, "daily_transactions_value")]);
    expect(
        "9.1.f",
        &[format!("relevant_clients_affected is {}", f["relevant_clients_or_counterparts_affected"])],
    );
    let effects = ["media", "complaints", "regulatory", "clients_lost"];
    assert_eq!(thresholds["reputational_impact"]["any"].as_array().unwrap().len(), effects.len());
    for (letter, effect) in ["a", "b", "c", "d"].iter().zip(effects) {
        expect(&format!("9.2.{letter}"), &[format!("reputational_effects has {effect}")]);
    }
    let times = &thresholds["duration_and_downtime"]["any"];
    let seconds = |hours: &Value| hours.as_u64().unwrap() * 3600;
    expect("9.3.a", &[format!("incident_duration > {}", seconds(&times[0]["duration_hours_gt"]))]);
    let downtime = format!("service_downtime > {}", seconds(&times[1]["downtime_hours_gt"]));
    expect("9.3.b", &["had_downtime is true".into(), downtime, "downtime_critical is true".into()]);
    let states = &thresholds["geographical_spread"]["member_states_impacted_gte"];
    expect("9.4", &[format!("affected_countries >= {states}")]);
    let properties: Vec<&str> = thresholds["data_losses"]["any"][0]["any_impact_on"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let adverse = [
        format!("affected_properties has {}", properties.join(" or ")),
        "data_adverse_impact is true".to_owned(),
    ];
    let access = ["unauthorised_access is true".to_owned(), "suspected_malicious is true".to_owned()];
    expect("9.5.a", &adverse);
    expect("9.5.b", &[&access[..], &adverse, &["data_loss_possible is true".to_owned()]].concat());
    let costs = &thresholds["economic_impact"]["gross_costs_and_losses_eur_gt"];
    expect("9.6", &[format!("costs_losses > {costs}")]);
    expect("9.6.likely", &["costs_likely_over is true".to_owned()]);
    expect("6.a", &["critical_functions_affected is true".to_owned()]);
    expect("6.b", &["supervised_services_affected is true".to_owned()]);
    expect("6.c", &access);
    assert_eq!(ours, BTreeMap::new(), "nothing else is a criterion");

    let alone = rules["major_alone"].parts();
    assert!(matches!(&alone[0].test, Test::Rule(rule) if rule == "critical_services"));
    let [intrusion, two] = alone[1].parts() else { panic!("an intrusion, or two thresholds") };
    assert!(matches!(&intrusion.test, Test::Rule(rule) if rule == "data_losses_by_intrusion"));
    let wanted = &file["major_if"]["all"][1]["any"][1];
    let Test::AtLeast(least, of) = &two.test else { panic!("so many thresholds") };
    assert_eq!(json!(least), wanted["at_least"]);
    let of: Vec<&str> = of
        .iter()
        .map(|part| match &part.test {
            Test::Rule(rule) => rule.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(json!(of), wanted["of_criteria"]);
    let recurring = numbers(pack, &rules["major_recurring"]);
    assert!(recurring.contains(&format!("recurrences >= {}", file["recurring"]["occurrences_at_least"])));
}

#[test]
fn every_number_of_a_leaf_stands_with_its_article() {
    let library = library();
    let pack = library.pack("dora").unwrap();
    for (name, rule) in &pack.law.rules {
        assert!(rule.article.is_some() || rule.parts().iter().all(|part| part.article.is_some()), "{name}");
        rule.visit(&mut |part| assert!(part.id.is_none() || part.article.is_some(), "{name}: {:?}", part.id));
    }
}
