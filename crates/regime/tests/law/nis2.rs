//! The pack for Directive (EU) 2022/2555.

use model::{DutyState, OrganisationRole, Role, RoleScope};
use regime::{DirectoryEntry, Screen, duties, form};
use serde_json::json;

use crate::{at, case, library, shared, skipped};

#[test]
fn the_library_of_the_repository_reads() {
    let library = library();
    assert!(library.packs().iter().any(|pack| pack.id() == "nis2"));
    assert!(library.vocabularies().incident_fields().count() >= 60);
}

#[test]
fn the_worked_deadlines_hold() {
    let Some(file) = shared("law/deadline_vectors.json") else { return skipped("the_worked_deadlines_hold") };
    let library = library();
    let report = regime::vectors(&library, &file).unwrap();
    assert_eq!(report.differences, Vec::<String>::new());
    let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let has_pack = |vector: &&serde_json::Value| {
        let name = vector.get("profile").unwrap_or(&vector["pack"]);
        library.pack(name.as_str().unwrap()).is_some()
    };
    assert_eq!(report.checked, vectors.iter().filter(has_pack).count());
    assert_eq!((report.checked, report.no_pack), (27, 0));
}

#[test]
fn a_hospital_decides_and_the_clock_runs() {
    let library = library();
    let mut case = case(
        json!({ "entity.sector": "health", "entity.type": "healthcare_provider", "entity.size": "large", "entity.class": "essential" }),
        json!({ "aware_significant_at": "2026-03-06T15:30:00Z" }),
    );
    let early = |case: &regime::Case| {
        duties(&library, case, &[], at("2026-03-06T20:00:00Z"))
            .into_iter()
            .find(|duty| duty.key.to_string() == "nis2.mandatory.early_warning")
            .unwrap()
    };
    let duty = early(&case);
    assert_eq!(duty.state, DutyState::Undecided);
    assert_eq!(
        duty.missing.iter().map(|missing| missing.field.as_str()).collect::<Vec<_>>(),
        ["significance_decision"]
    );
    case.facts.insert("significance_decision".into(), json!("significant"));
    let duty = early(&case);
    assert_eq!(duty.state, DutyState::Due);
    assert_eq!(duty.due.as_ref().unwrap().entity_time, "Saturday 7 March 2026, 16:30 (Europe/Luxembourg)");
}

#[test]
fn the_worked_examples_hold() {
    let files = crate::library_files();
    let examples = regime::examples(&library(), &files);
    let problems: Vec<String> = examples.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(examples.cases > 400);
}

/// Who receives: a directory with a CSIRT for one State and a competent authority for another.
fn directory() -> Vec<DirectoryEntry> {
    let entry = |id: u8, name: &str, role: Role, country: &str, sector: Option<&str>| DirectoryEntry {
        organisation: format!("01890a5d-ac96-774b-bcce-b302099a80{id:02}").parse().unwrap(),
        name: name.into(),
        zone: "Europe/Athens".into(),
        roles: vec![OrganisationRole {
            role,
            scope: RoleScope {
                regime: Some("nis2".into()),
                sector: sector.map(str::to_owned),
                country: Some(country.parse().unwrap()),
                entity_class: None,
                desk: None,
            },
        }],
    };
    vec![
        entry(1, "CSIRT of Luxembourg", Role::Csirt, "LU", None),
        entry(2, "Authority of Luxembourg", Role::CompetentAuthority, "LU", None),
        entry(3, "Energy authority of Portugal", Role::CompetentAuthority, "PT", Some("energy")),
        entry(4, "Health authority of Portugal", Role::CompetentAuthority, "PT", Some("health")),
    ]
}

#[test]
fn the_csirt_receives_or_where_there_is_none_the_authority_of_the_sector() {
    let library = library();
    let mut case = case(json!({ "entity.class": "essential", "entity.sector": "health" }), json!({}));
    let receivers = |case: &regime::Case| -> Vec<String> {
        let duties = duties(&library, case, &directory(), at("2026-03-06T20:00:00Z"));
        let early =
            duties.iter().find(|duty| duty.key.to_string() == "nis2.mandatory.early_warning").unwrap();
        early
            .recipients
            .iter()
            .flat_map(|recipient| &recipient.organisations)
            .map(|found| found.name.clone())
            .collect()
    };
    assert_eq!(receivers(&case), ["CSIRT of Luxembourg"]);
    case.country = "PT".parse().unwrap();
    assert_eq!(receivers(&case), ["Health authority of Portugal"]);
    case.country = "MT".parse().unwrap();
    assert_eq!(receivers(&case), Vec::<String>::new());
}

#[test]
fn an_early_warning_takes_six_answers_at_most() {
    let library = library();
    let key = "nis2.mandatory.early_warning".parse().unwrap();
    for (kind, first_screen) in [("healthcare_provider", 26), ("cloud_computing_service_provider", 38)] {
        let mut case = case(json!({ "entity.class": "essential", "entity.type": kind }), json!({}));
        let view = form(&library, &case, &key, Screen::First, "en").unwrap();
        let kinds: Vec<_> = view.sections[0].fields.iter().filter(|field| field.visible).collect();
        assert!(kinds.len() <= 6);
        let shown =
            view.sections.iter().flat_map(|section| &section.fields).filter(|field| field.visible).count();
        assert!(shown <= first_screen, "{kind}: {shown}");
        for (field, value) in [
            ("title", json!("Ransomware on the file servers")),
            ("aware_significant_at", json!("2026-03-06T15:30:00Z")),
            ("significance_decision", json!("significant")),
            ("significance_reason", json!("Two clinics cannot admit patients.")),
            ("suspected_malicious", json!(null)),
            ("cross_border", json!(null)),
        ] {
            case.facts.insert(field.into(), value);
        }
        let view = form(&library, &case, &key, Screen::Full, "en").unwrap();
        assert!(view.ready, "{:?} {:?}", view.missing, view.problems);
    }
}

#[test]
fn each_stage_asks_more_and_the_final_report_asks_everything() {
    let library = library();
    let case =
        case(json!({ "entity.class": "essential", "entity.type": ["healthcare_provider"] }), json!({}));
    let required = |stage: &str| -> Vec<String> {
        let key = format!("nis2.mandatory.{stage}").parse().unwrap();
        let missing = form(&library, &case, &key, Screen::Full, "en").unwrap().missing;
        missing.into_iter().map(|missing| missing.field).collect()
    };
    let always = ["title", "aware_significant_at", "significance_decision", "significance_reason"];
    assert_eq!(required("early_warning"), always);
    assert_eq!(
        required("incident_notification")[4..],
        [
            "significance_criteria",
            "summary",
            "detected_at",
            "affected_services",
            "severity",
            "impact_description",
            "contacts",
            "entity.name",
            "entity.sector"
        ]
    );
    assert_eq!(
        required("final_report")[4..],
        [
            "significance_criteria",
            "description",
            "occurred_at",
            "detected_at",
            "handled_at",
            "affected_services",
            "severity",
            "impact_description",
            "root_cause",
            "root_cause_description",
            "measures_taken",
            "contacts",
            "entity.name",
            "entity.sector"
        ]
    );
}

#[test]
fn the_authority_answers_within_a_day_where_possible() {
    let library = library();
    let mut case = case(json!({ "entity.class": "essential" }), json!({ "suspected_malicious": true }));
    let states = |case: &regime::Case, now: &str| -> Vec<(String, DutyState)> {
        let duties = regime::authority_duties(&library, case, &directory(), at(now));
        let told = ["response", "crime_guidance", "inform_states"];
        let own =
            duties.into_iter().filter(|duty| duty.key.pack == "nis2" && told.contains(&&*duty.key.stage));
        own.map(|duty| (duty.key.to_string(), duty.state)).collect()
    };
    let named = |states: [DutyState; 3]| -> Vec<(String, DutyState)> {
        let names =
            ["response", "crime_guidance", "inform_states"].map(|name| format!("nis2.authority.{name}"));
        names.into_iter().zip(states).collect()
    };
    use DutyState::{Due, Filed, Late, NotApplicable, Undecided};
    assert_eq!(states(&case, "2026-03-07T10:00:00Z"), named([NotApplicable; 3]));
    case.submissions.push(regime::Submission {
        duty: "nis2.mandatory.early_warning".parse().unwrap(),
        at: at("2026-03-07T09:00:00Z"),
        acknowledged: false,
        corrects: false,
    });
    assert_eq!(states(&case, "2026-03-07T10:00:00Z"), named([Due, Due, Undecided]));
    assert_eq!(states(&case, "2026-03-08T09:00:01Z"), named([Late, Due, Undecided]));
    case.submissions.push(regime::Submission {
        duty: "nis2.authority.response".parse().unwrap(),
        at: at("2026-03-07T12:00:00Z"),
        acknowledged: false,
        corrects: false,
    });
    assert_eq!(states(&case, "2026-03-09T09:00:00Z")[0].1, Filed);
}

#[test]
fn what_cannot_be_believed_is_said() {
    let library = library();
    let case = case(
        json!({ "entity.users_union": 100 }),
        json!({
            "occurred_at": "2026-03-06T15:00:00Z", "aware_at": "2026-03-06T14:00:00Z", "detected_at": "2027-01-01T00:00:00Z",
            "users_affected": 101, "incident_class": "fraud", "incident_type": "ddos",
        }),
    );
    let problems = regime::plausibility(&library, &case, at("2026-03-06T20:00:00Z"));
    let found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.field.as_str(), problem.rule.as_str())).collect();
    assert_eq!(
        found,
        [
            ("detected_at", "in_the_future"),
            ("aware_at", "out_of_order"),
            ("incident_type", "other_heading"),
            ("users_affected", "more_than_all"),
        ]
    );
}

#[test]
fn a_case_reads_from_json() {
    let case = regime::case_from_json(
        br#"{"country": "LU", "zone": "Europe/Luxembourg", "entity": {"type": "healthcare_provider"}, "events": {"aware_at": "2026-03-06T15:30:00Z"}}"#,
    )
    .unwrap();
    assert_eq!(case.entity["entity.type"], json!("healthcare_provider"));
    assert!(regime::check_answer(&library(), "entity.type", &case.entity["entity.type"]).is_ok());
    assert_eq!(case.facts["aware_at"], json!("2026-03-06T15:30:00Z"));
    assert_eq!(regime::case_from_json(br#"{"country": "lux"}"#).unwrap_err()[0].rule, "wrong_shape");
}
