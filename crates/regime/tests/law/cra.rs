//! The pack for Regulation (EU) 2024/2847 against the table of fields of the platform.

use std::collections::BTreeSet;

use regime::pack::{FormField, Obligation};
use serde_json::Value;

use crate::{by_number, library, shared, skipped};

/// The forms with what the table calls what they report, and the second of their stages.
const FORMS: [(&str, &str, &str); 2] = [
    ("vulnerability", "actively_exploited_vulnerability", "vulnerability_notification"),
    ("incident", "severe_incident", "incident_notification"),
];

#[test]
fn each_of_the_39_fields_stands_once_in_its_form_with_the_obligation_of_each_stage() {
    let Some(file) = shared("cra/srp_fields_v1.3.json") else {
        return skipped("each_of_the_39_fields_stands_once_in_its_form_with_the_obligation_of_each_stage");
    };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let theirs = file["fields"].as_array().unwrap();
    assert_eq!(theirs.len(), 39);
    let library = library();
    let pack = library.pack("cra").unwrap();
    for (form, reports, notification) in FORMS {
        let ours = by_number(pack, form);
        let wanted = |field: &&Value| field["applies_to"] == "both" || field["applies_to"] == reports;
        let wanted: Vec<&Value> = theirs.iter().filter(wanted).collect();
        let numbers: BTreeSet<&str> = wanted.iter().map(|field| field["field"].as_str().unwrap()).collect();
        assert_eq!(ours.keys().map(String::as_str).collect::<BTreeSet<_>>(), numbers, "{form}");
        let stages = [
            ("early_warning_24h", "early_warning"),
            ("notification_72h", notification),
            ("final_report", "final_report"),
        ];
        for field in wanted {
            let number = field["field"].as_str().unwrap();
            let asked = ours[number];
            for (column, stage) in stages {
                let said = field[column].as_str().unwrap();
                let how = asked.obligation(stage);
                assert!(fits(said, how, asked), "{form} {number} at {stage}: {said:?}, ours {how:?}");
            }
            let most = field.get("max_chars").and_then(Value::as_u64);
            let known = library.vocabularies().field(&asked.field).unwrap();
            let length = asked.max_length.or(known.max_length).map(u64::from);
            let chosen = !library.vocabularies().values(known).is_empty();
            let short = most.is_none_or(|most| length.is_some_and(|length| length <= most));
            assert!(chosen || short, "{form} {number}: {length:?}, at most {most:?}");
            let values = field.get("enum").and_then(Value::as_array).map_or(0, Vec::len);
            assert!(values == 0 || takes_as_many(asked, values), "{form} {number} has {values} values");
        }
    }
}

/// Whether a form asks as the table says.
fn fits(said: &str, how: Option<Obligation>, asked: &FormField) -> bool {
    match said {
        "required" => how == Some(Obligation::Required),
        "carried_or_updated" => how == Some(Obligation::CarriedOver),
        "required_if_available" => how == Some(Obligation::IfAvailable),
        // A reason is wanted once the exceptional circumstances that it is for are marked.
        "optional" => how == Some(Obligation::Optional) || asked.when.is_some(),
        "n/a" => how.is_none(),
        other => panic!("the table has a word that is not known here: {other}"),
    }
}

/// Whether a question has at least as many values as the platform: kinds of yes and no are a boolean.
fn takes_as_many(asked: &FormField, values: usize) -> bool {
    let library = library();
    let field = library.vocabularies().field(&asked.field).unwrap();
    let own = library.vocabularies().values(field).len();
    own >= values || (values <= 3 && own == 0)
}

#[test]
fn questions_stand_in_the_order_of_the_platform() {
    let library = library();
    let pack = library.pack("cra").unwrap();
    for (form, _, _) in FORMS {
        let order: Vec<u32> = pack.forms[form]
            .fields()
            .filter_map(|asked| asked.number.as_ref()?.trim_start_matches(['v', 'i']).parse().ok())
            .collect();
        assert!(order.is_sorted(), "{form}: {order:?}");
        assert!(order.len() > 25);
    }
}
