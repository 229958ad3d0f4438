//! Stories of financial entities that a case file cannot tell.

use std::collections::{BTreeMap, BTreeSet};

use model::{DutyState, OrganisationRole, Role, RoleScope};
use regime::{
    DirectoryEntry, Duty, Screen, Verdict, duties, form,
    pack::{Condition, Test},
};
use serde_json::{Value, json};

use crate::{at, case, library};

fn authority(id: u8, name: &str, role: Role, country: &str) -> DirectoryEntry {
    DirectoryEntry {
        organisation: format!("01890a5d-ac96-774b-bcce-b302099a80{id:02}").parse().unwrap(),
        name: name.into(),
        zone: "Europe/Luxembourg".into(),
        roles: vec![OrganisationRole {
            role,
            scope: RoleScope { country: Some(country.parse().unwrap()), ..RoleScope::default() },
        }],
    }
}

fn bank() -> Value {
    json!({
        "entity.sector": "banking", "entity.type": ["credit_institution"], "entity.class": "essential",
        "entity.financial_entity": true, "entity.size": "large", "entity.name": "Banque de la Sûre S.A.",
    })
}

/// A bank whose cloud provider fails: payments and online accounts are down for three hours in two States.
fn failure_of_the_provider() -> Value {
    json!({
        "aware_at": "2026-05-12T08:00:00Z", "classified_major_at": "2026-05-12T10:00:00Z",
        "aware_significant_at": "2026-05-12T08:30:00Z", "significance_decision": "significant",
        "critical_functions_affected": true, "had_downtime": true, "service_downtime": 10_800,
        "downtime_critical": true, "affected_countries": ["LU", "BE"],
    })
}

#[test]
fn a_bank_hit_through_its_provider_reports_to_its_supervisor_only() {
    let library = library();
    let directory = [
        authority(1, "CSIRT", Role::Csirt, "LU"),
        authority(2, "Financial Supervision", Role::FinancialAuthority, "LU"),
        authority(3, "Supervisor of Belgium", Role::FinancialAuthority, "BE"),
    ];
    let case = case(bank(), failure_of_the_provider());
    let all = duties(&library, &case, &directory, at("2026-05-12T11:00:00Z"));
    let of = |pack: &str| -> Vec<&Duty> { all.iter().filter(|duty| duty.key.pack == pack).collect() };
    let initial = of("dora").into_iter().find(|duty| duty.key.stage == "initial_notification").unwrap();
    assert_eq!(initial.state, DutyState::Due);
    assert_eq!(initial.due.as_ref().unwrap().entity_time, "Tuesday 12 May 2026, 16:00 (Europe/Luxembourg)");
    let receivers: Vec<&str> = initial
        .recipients
        .iter()
        .flat_map(|recipient| &recipient.organisations)
        .map(|organisation| organisation.name.as_str())
        .collect();
    assert_eq!(receivers, ["Financial Supervision"]);
    for duty in of("nis2-lu") {
        assert_eq!(duty.state, DutyState::Displaced, "{}", duty.key);
        assert!(duty.due.is_none() && duty.missing.is_empty());
    }
    let why = &of("nis2-lu")[0].reasons;
    let displaced = why.parts.iter().find(|part| part.rule.contains("DORA")).unwrap();
    assert_eq!(
        (displaced.rule.as_str(), displaced.article.as_deref()),
        (
            "not: DORA takes the place of NIS2 (Luxembourg)",
            Some("Art. 4; Regulation (EU) 2022/2554, Art. 1(2)")
        )
    );
}

#[test]
fn its_provider_reports_under_the_other_law() {
    let library = library();
    let provider = json!({
        "entity.sector": "digital_infrastructure", "entity.type": ["cloud_computing_service_provider"],
        "entity.class": "essential",
    });
    let facts = json!({
        "aware_at": "2026-05-12T06:00:00Z", "aware_significant_at": "2026-05-12T06:40:00Z",
        "outage_duration": 10_800,
    });
    let case = case(provider, facts);
    let all = duties(&library, &case, &[], at("2026-05-12T11:00:00Z"));
    let state = |key: &str| all.iter().find(|duty| duty.key == key.parse().unwrap()).unwrap();
    assert_eq!(state("nis2-lu.mandatory.early_warning").state, DutyState::Due);
    let dora = state("dora.major_incident.initial_notification");
    assert_eq!(dora.state, DutyState::NotApplicable);
    let length = serde_json::to_string(&dora.reasons).unwrap().len();
    assert!(length < 1200, "a law that plainly does not apply says so in a few words: {length}");
}

#[test]
fn the_type_of_submission_follows_from_the_stage() {
    let library = library();
    let case = case(bank(), failure_of_the_provider());
    for (track, stage, said) in [
        ("major_incident", "initial_notification", "initial_notification"),
        ("major_incident", "updated_intermediate_report", "intermediate_report"),
        ("major_incident", "final_report", "final_report"),
        ("reclassified", "reclassification", "reclassified_as_non_major"),
    ] {
        let key = format!("dora.{track}.{stage}").parse().unwrap();
        let view = form(&library, &case, &key, Screen::Full, "en").unwrap();
        let mut fields = view.sections.iter().flat_map(|section| &section.fields);
        let field = fields.find(|field| field.number.as_deref() == Some("1.1")).unwrap();
        assert_eq!(field.value, Some(json!(said)));
        let name = fields.find(|field| field.number.as_deref() == Some("1.2")).unwrap();
        assert_eq!(name.value, Some(json!("Banque de la Sûre S.A.")));
    }
}

#[test]
fn the_initial_notification_is_short() {
    let library = library();
    let case = case(bank(), json!({ "aware_at": "2026-05-12T08:00:00Z" }));
    let key = "dora.major_incident.initial_notification".parse().unwrap();
    let first = form(&library, &case, &key, Screen::First, "en").unwrap();
    let shown =
        first.sections.iter().flat_map(|section| &section.fields).filter(|field| field.visible).count();
    assert!(shown <= 35, "{shown}");
    let full = form(&library, &case, &key, Screen::Full, "en").unwrap();
    let required: Vec<&str> = full
        .sections
        .iter()
        .flat_map(|section| &section.fields)
        .filter(|field| field.required)
        .filter_map(|field| field.number.as_deref())
        .collect();
    assert_eq!(
        required,
        [
            "1.1", "2.1", "2.2", "2.3", "2.4", "2.5", "2.7", "2.9", "1.2", "1.3", "1.4", "1.10", "1.11",
            "1.12", "1.15"
        ]
    );
}

#[test]
fn a_count_of_states_and_a_share_in_another_currency_decide() {
    let library = library();
    let pack = library.pack("dora").unwrap();
    let verdict = |rule: &str, facts: Value| {
        let condition = Condition { test: Test::Rule(rule.to_owned()), ..Condition::always() };
        regime::evaluate(&library, pack, &condition, &case(bank(), facts)).verdict
    };
    for (states, wanted) in
        [(json!([]), Verdict::No), (json!(["LU"]), Verdict::No), (json!(["LU", "BE"]), Verdict::Yes)]
    {
        assert_eq!(verdict("geographical_spread", json!({ "affected_countries": states })), wanted);
    }
    assert_eq!(verdict("geographical_spread", json!({})), Verdict::Unknown);
    let value = |amount: u32, currency: &str| {
        json!({
            "clients_affected": 0, "service_clients": 10, "counterparts_affected": 0, "service_counterparts": 10,
            "relevant_clients_affected": false, "transactions_hit": true, "transactions_affected": 0,
            "daily_transactions": 100, "transactions_value": { "amount": amount, "currency": currency },
            "daily_transactions_value": { "amount": 1000, "currency": "PLN" },
        })
    };
    let rule = "clients_counterparts_transactions";
    assert_eq!(verdict(rule, value(100, "PLN")), Verdict::No);
    assert_eq!(verdict(rule, value(101, "PLN")), Verdict::Yes);
    assert_eq!(verdict(rule, value(101, "EUR")), Verdict::Unknown);
}

/// What the bank knows a month later. Texts stand for themselves.
fn known_in_the_end() -> Value {
    let mut facts = failure_of_the_provider();
    let more = json!({
        "own_reference": "BDS-2026-0017", "description": "The provider's storage failed; online accounts were down.",
        "criteria_met": ["duration", "geography", "critical_services"], "discovery": "monitoring",
        "origin_third_party": true, "continuity_activated": true, "reporting_currency": "EUR",
        "third_parties": [{ "name": "Nuage Moselle S.A.", "part": "service_provider", "code": "LEI 5299NUAGEMOSELLE0015" }],
        "contacts": [{ "name": "Anne Weber", "part": "primary", "email": "anne.weber@example.com", "telephone": "+352 26 00 00 01" }],
        "second_contact_name": "Duty team", "second_contact_email": "duty@example.com",
        "second_contact_telephone": "+352 26 00 00 02",
    });
    let later = json!({
        "occurred_at": "2026-05-12T07:30:00Z", "ongoing": false, "recovered_at": "2026-05-12T11:00:00Z",
        "clients_affected": 42_000, "service_clients": 300_000, "clients_affected_percent": 14,
        "counterparts_affected": 0, "service_counterparts": 40, "counterparts_affected_percent": 0,
        "relevant_clients_affected": false, "transactions_hit": false,
        "figures_basis": ["clients_actual", "counterparts_none", "transactions_none"],
        "client_interests_affected": "no", "reputational_effects": [], "incident_duration": 12_600,
        "duration_basis": "actual", "impact_kinds_abroad": ["clients"],
        "cross_border_description": "Clients of the branch in Belgium.", "affected_properties": [],
        "affected_services": "Online accounts and payments.", "incident_types": ["system_failure", "external_event"],
        "business_processes": "Account information; credit transfers.", "infrastructure_affected": "yes",
        "affected_systems": "Storage of the provider.", "other_authorities": ["none"], "temporary_measures": true,
        "measures_taken": "Second site, from 10:40.",
    });
    let last = json!({
        "root_causes": ["system_failure", "external_event"],
        "root_causes_detailed": ["system_capacity", "external_third_party"],
        "root_cause_description": "Two controllers failed at once.", "lessons": "A second provider from September.",
        "root_cause_addressed_at": "2026-05-20T10:00:00Z", "handled_at": "2026-05-12T11:00:00Z",
        "resolution_date_difference": "It does not differ.", "resolution_risk_posed": false,
        "resolvability_affected": false, "economic_impact_details": "Not reached.",
        "costs_losses": { "amount": 64_000, "currency": "EUR" },
        "financial_recoveries": { "amount": 0, "currency": "EUR" }, "recurrences": 1,
    });
    for part in [more, later, last] {
        facts.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    }
    facts
}

#[test]
fn a_whole_record_can_be_filed_at_every_stage_with_the_numbers_of_the_template() {
    let library = library();
    let mut entity = bank();
    entity["entity.lei"] = json!("5299BANQUESURE000040");
    entity["entity.group_member"] = json!(false);
    let case = case(entity, known_in_the_end());
    let problems = regime::plausibility(&library, &case, at("2026-06-12T08:00:00Z"));
    assert_eq!(
        problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
    let filed = |stage: &str| -> BTreeSet<String> {
        let key = format!("dora.major_incident.{stage}").parse().unwrap();
        let view = form(&library, &case, &key, Screen::Full, "en").unwrap();
        assert!(view.ready, "{stage}: {:?} {:?}", view.missing, view.problems);
        let content = regime::content(&library, &case, &key, "en", Role::FinancialAuthority);
        let mut answers = content.values().flat_map(BTreeMap::values);
        let numbers = answers.by_ref().filter_map(|answer| answer.number.clone()).collect();
        assert!(
            content
                .values()
                .flat_map(BTreeMap::values)
                .all(|answer| answer.article.is_some() || answer.number.is_none())
        );
        numbers
    };
    let (initial, last) = (filed("initial_notification"), filed("final_report"));
    assert_eq!(filed("intermediate_report"), filed("updated_intermediate_report"));
    assert!(initial.is_subset(&last));
    for number in ["1.2", "2.5", "2.8", "4.1", "4.14"] {
        assert_eq!(
            (last.contains(number), initial.contains(number)),
            (true, !number.starts_with('4')),
            "{number}"
        );
    }
    for number in ["1.5", "1.13", "3.9", "3.14", "3.25", "3.35", "4.3", "4.15"] {
        assert!(!last.contains(number), "{number} is asked only in some cases");
    }
}

#[test]
fn a_supervisor_may_ask_for_an_update() {
    let library = library();
    let asked: Vec<&str> = library
        .pack("dora")
        .unwrap()
        .stages()
        .filter(|(_, stage)| stage.may_be_requested())
        .map(|(_, stage)| stage.id.as_str())
        .collect();
    assert_eq!(
        asked,
        ["updated_intermediate_report", "individual_report", "others_updated_intermediate_report"]
    );
}

/// The facts of the cases that stand below, at and above each threshold.
fn threshold_cases() -> Vec<Value> {
    let file =
        String::from_utf8(crate::library_files()["regimes/dora/cases/classification.toml"].clone()).unwrap();
    let file: toml::Table = toml::from_str(&file).unwrap();
    let mut all = vec![];
    for one in file["cases"].as_array().unwrap() {
        let mut facts = file["facts"].as_table().unwrap().clone();
        facts.extend(one.get("facts").and_then(toml::Value::as_table).cloned().unwrap_or_default());
        all.push(serde_json::to_value(facts).unwrap());
    }
    all
}

#[test]
fn the_criteria_proposed_are_those_whose_rules_hold() {
    let library = library();
    let pack = library.pack("dora").unwrap();
    let key = "dora.major_incident.initial_notification".parse().unwrap();
    let rules = [
        ("clients", "clients_counterparts_transactions"),
        ("reputation", "reputational_impact"),
        ("duration", "duration_and_downtime"),
        ("geography", "geographical_spread"),
        ("data", "data_losses"),
        ("critical_services", "critical_services"),
        ("economic", "economic_impact"),
    ];
    let cases = threshold_cases();
    assert!(cases.len() >= 60);
    let mut proposals = 0;
    for facts in cases {
        let case = case(bank(), facts.clone());
        let holds = |rule: &str| {
            let condition = Condition { test: Test::Rule(rule.to_owned()), ..Condition::always() };
            regime::evaluate(&library, pack, &condition, &case).verdict == Verdict::Yes
        };
        let met: Vec<&str> = rules.iter().filter(|(_, rule)| holds(rule)).map(|(value, _)| *value).collect();
        let view = form(&library, &case, &key, Screen::Full, "en").unwrap();
        let mut fields = view.sections.into_iter().flat_map(|section| section.fields);
        let proposed = fields.find(|field| field.field == "criteria_met").unwrap().proposed;
        let proposed = proposed.map_or_else(|| json!([]), |proposal| proposal.value);
        assert_eq!(proposed, json!(met), "{facts}");
        proposals += met.len();
    }
    assert!(proposals > 40);
}
