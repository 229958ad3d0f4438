//! The numbers of Implementing Regulation (EU) 2024/2690 in the pack, against an independent reading of it.

use std::collections::BTreeMap;

use regime::{
    Pack,
    pack::{Bound, Comparison, Condition, Literal, Test},
};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::{library, shared, skipped};

/// What a criterion compares: field, operator, numbers.
fn numbers(pack: &Pack, condition: &Condition) -> Vec<(String, String)> {
    let mut found = vec![];
    condition.visit(&mut |part| {
        if let Test::Rule(name) = &part.test {
            found.extend(numbers(pack, &pack.law.rules[name]));
        }
        let Test::Fact(field, comparison) = &part.test else { return };
        let text = match comparison {
            Comparison::MoreThan(Bound::Number(number)) => format!("> {number}"),
            Comparison::LessThan(Bound::Number(number)) => format!("< {number}"),
            Comparison::From(Bound::Number(number)) => format!(">= {number}"),
            Comparison::UpTo(Bound::Share(share)) => format!("<= {}%", share.percent),
            Comparison::ExceedsLowerOf(amount, share) => {
                format!("> {amount} or {}% of {}", share.percent, share.of)
            }
            Comparison::HasAny(values) => values.join(" "),
            Comparison::Is(Literal::Boolean(flag)) => flag.to_string(),
            other => format!("{other:?}"),
        };
        found.push((field.clone(), text));
    });
    found
}

/// The criteria of the pack by identifier; those of a type by type and identifier.
fn criteria(pack: &Pack) -> BTreeMap<(String, String), Vec<(String, String)>> {
    let mut found = BTreeMap::new();
    pack.law.rules["general_criteria"].visit(&mut |part| {
        if let Some(id) = &part.id {
            found.insert((String::new(), id.clone()), numbers(pack, part));
        }
    });
    for alternative in pack.law.rules["criteria_of_the_type"].parts() {
        let [kind, rule] = alternative.parts() else { panic!("a type and its criteria") };
        let (Test::Fact(_, Comparison::HasAny(types)), Test::Rule(rule)) = (&kind.test, &rule.test) else {
            panic!("a type and its criteria")
        };
        for name in types {
            pack.law.rules[rule].visit(&mut |part| {
                if let Some(id) = &part.id {
                    found.insert((name.clone(), id.clone()), numbers(pack, part));
                }
            });
        }
    }
    found
}

/// What a criterion of the independent reading must look like in the pack.
fn expected(criterion: &Value) -> Vec<(String, String)> {
    let number = |key: &str| criterion[key].to_string();
    let pair = |field: &str, text: String| (field.to_owned(), text);
    let seconds = |key: &str| Decimal::from(criterion[key].as_u64().unwrap() * 60).to_string();
    let ica = || pair("affected_properties", "integrity confidentiality authenticity".into());
    let users = |field: &str| {
        let users = criterion.get("users_union")?;
        Some(pair(field, format!("> {users} or {}% of entity.users_union", number("percent_users_union"))))
    };
    let more =
        |field: &str, key: &str| criterion.get(key).map(|_| pair(field, format!("> {}", seconds(key))));
    let yes = |field: &str| vec![pair(field, "true".into())];
    let loss = |criterion: &Value| {
        format!(
            "> {} or {}% of entity.turnover_eur",
            criterion["gt_eur"], criterion["gt_percent_turnover_prev_year"]
        )
    };
    match criterion["kind"].as_str().unwrap() {
        "financial_loss_direct" => vec![pair("financial_loss", loss(criterion))],
        "exfiltration_of_trade_secrets" => yes("trade_secrets_exfiltrated"),
        "death_of_natural_person" => yes("death"),
        "considerable_damage_to_health_of_natural_person" => yes("health_damage"),
        "successful_suspectedly_malicious_unauthorised_access" => {
            [yes("unauthorised_access"), yes("suspected_malicious"), yes("severe_disruption_possible")]
                .concat()
        }
        "recurring" => vec![
            pair("recurrences", format!(">= {}", criterion["condition"]["occurrences_at_least"])),
            pair("recurring_same_cause", "true".into()),
            pair("recurring_loss", "> 500000 or 5% of entity.turnover_eur".into()),
        ],
        "complete_unavailability" => {
            let length =
                more("outage_duration", "gt_minutes").unwrap_or(pair("outage_duration", "> 0".into()));
            [length].into_iter().chain(users("users_affected")).collect()
        }
        "limited_availability" => {
            let length =
                more("limited_duration", "for_gt_minutes").unwrap_or(pair("limited_duration", "> 0".into()));
            [length].into_iter().chain(users("users_affected")).collect()
        }
        "average_response_time" => {
            let average = pair("response_time_average", format!("> {}", number("gt_seconds")));
            [average].into_iter().chain(more("slow_response_duration", "for_gt_minutes")).collect()
        }
        "unavailability_cumulative_per_calendar_week" => {
            more("outage_week_total", "gt_minutes").into_iter().collect()
        }
        "data_compromised_suspectedly_malicious" => vec![pair("suspected_malicious", "true".into()), ica()],
        "physical_access_compromised" => yes("physical_access_compromised"),
        "data_compromised" if criterion.get("except").is_some() => vec![
            ica(),
            pair("domains_incorrect", "< 1000".into()),
            pair("domains_incorrect", "<= 1%".into()),
            pair("misconfiguration", "true".into()),
        ],
        "data_compromised" => [ica()].into_iter().chain(users("users_data_affected")).collect(),
        other => panic!("unknown kind {other}"),
    }
}

#[test]
fn every_number_of_the_implementing_regulation_is_in_the_pack() {
    let Some(file) = shared("nis/impl_reg_2024_2690_significance.json") else {
        return skipped("every_number_of_the_implementing_regulation_is_in_the_pack");
    };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let library = library();
    let pack = library.pack("nis2").unwrap();
    let ours = criteria(pack);
    let mut theirs = BTreeMap::new();
    for criterion in file["general"].as_array().unwrap() {
        let id = criterion["id"].as_str().unwrap();
        if id != "3.1.g" {
            theirs.insert((String::new(), id.to_owned()), expected(criterion));
        }
    }
    for (kind, criteria) in file["entity_specific"].as_object().unwrap() {
        for criterion in criteria.as_array().unwrap() {
            theirs.insert((kind.clone(), criterion["id"].as_str().unwrap().to_owned()), expected(criterion));
        }
    }
    assert_eq!(ours.len(), 49);
    assert_eq!(ours, theirs);

    let listed = &pack.law.rules["listed_type"];
    let Test::Fact(_, Comparison::HasAny(types)) = &listed.test else { panic!("a list of types") };
    let applies: Vec<&str> =
        file["applies_to"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(*types, applies);
}
