//! The law on breaches of personal data: its form against the draft template of the authorities, its
//! judgement, its receivers, its worked examples.

use model::{DutyKey, DutyState, OrganisationRole, Role, RoleScope};
use regime::{
    DirectoryEntry, FieldView, Screen, Submission, content, duties, form, form_at, missing_to_file,
    pack::{FormField, Obligation},
};
use serde_json::{Value, json};

use crate::{at, case, library, library_files, shared, skipped};

const FIRST: &str = "authority_notification";
const LAST: &str = "complete_notification";

fn key(stage: &str) -> DutyKey {
    format!("gdpr.notification.{stage}").parse().unwrap()
}

/// The questions of the law with the numbers that each of them bears; "116 / 121" is one in two places.
fn numbered(fields: &[(String, FormField)]) -> Vec<(u32, &str, &FormField)> {
    let numbers = |field: &FormField| field.all_numbers().cloned().collect::<Vec<_>>();
    let mut found = vec![];
    for (form, field) in fields {
        for number in numbers(field) {
            found.extend(number.split(" / ").map(|one| (one.parse().unwrap(), form.as_str(), field)));
        }
    }
    found
}

fn fields() -> Vec<(String, FormField)> {
    let library = library();
    let forms = &library.pack("gdpr").unwrap().forms;
    forms.iter().flat_map(|(name, form)| form.fields().map(|field| (name.clone(), field.clone()))).collect()
}

fn template() -> Option<Value> {
    shared("gdpr/edpb_template_v1.0_draft.schema.json").map(|bytes| serde_json::from_slice(&bytes).unwrap())
}

#[test]
fn each_of_the_hundred_fields_stands_in_one_form_with_its_obligation() {
    let Some(template) = template() else {
        return skipped("each_of_the_hundred_fields_stands_in_one_form_with_its_obligation");
    };
    let mandatory: Vec<&str> =
        template["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let (fields, mut counts) = (fields(), [0, 0, 0]);
    let all = numbered(&fields);
    let properties = template["properties"].as_object().unwrap();
    assert_eq!((properties.len(), all.len()), (100, 100));
    for (name, property) in properties {
        let number: u32 = name.strip_prefix("field_").unwrap().parse().unwrap();
        let mine: Vec<_> = all.iter().filter(|(known, ..)| *known == number).collect();
        assert_eq!(mine.len(), 1, "{name} {}", property["title"]);
        let (_, form, field) = mine[0];
        assert_eq!(*form, "notification", "{name}");
        let (said, first, last) =
            (property["x-required-if"].as_str(), field.obligation(FIRST), field.obligation(LAST));
        let conditional =
            field.when.is_some() || field.field == "late_reason" || field.field == "withdrawal_reason";
        let visible_if = property["x-visible-if"].as_str().unwrap_or_default();
        if mandatory.contains(&name.as_str()) {
            counts[0] += 1;
            assert_eq!(last, Some(Obligation::Required), "{name} {}", property["title"]);
            let certain =
                first == Some(Obligation::Required) || (first.is_some() && field.required_if.is_some());
            assert!(certain, "{name}: a first notification that is complete must answer it too");
            // The template hides 31, 39 to 41 and 73 behind what it says of their neighbours.
            if conditional {
                let neighbours = [31, 41, 73].contains(&number);
                assert!(visible_if.contains("nly") || neighbours || number == 73, "{name}: {visible_if}");
            }
        } else if let Some(said) = said {
            counts[1] += 1;
            let available = ["if applicable", "if 41a"].contains(&said);
            if available {
                assert_eq!(last, Some(Obligation::IfAvailable), "{name}: {said}");
            } else if field.field == "withdrawal_reason" {
                assert_eq!((first, field.obligation("withdrawal")), (None, Some(Obligation::Required)));
            } else {
                assert!(conditional, "{name}: {said}");
                assert_eq!((first, last), (Some(Obligation::Required), Some(Obligation::Required)), "{name}");
            }
        } else {
            counts[2] += 1;
            assert_eq!((first, last), (Some(Obligation::Optional), Some(Obligation::Optional)), "{name}");
        }
    }
    assert_eq!(counts, [42, 46, 12]);
}

#[test]
fn the_values_to_choose_are_as_many_as_those_of_the_template() {
    let Some(template) = template() else {
        return skipped("the_values_to_choose_are_as_many_as_those_of_the_template");
    };
    let (library, fields, mut compared) = (library(), fields(), 0);
    for (number, _, asked) in numbered(&fields) {
        let options = &template["properties"][format!("field_{number}")]["x-options"];
        let Some(options) = options.as_object() else { continue };
        let field = library.vocabularies().field(&asked.field).unwrap();
        // Its authorities are ours by country; its yes, no, unknown are ours by yes, no and no answer; the
        // transcription runs two options of 89 and of 97 together; of other parties it lists only yes and no.
        let ours = library.vocabularies().values(field).len();
        let expected = match number {
            38 | 109 => 0,
            110 | 118 | 123 => continue,
            89 => 4,
            97 => 6,
            _ => options.len(),
        };
        assert_eq!(ours, expected, "{number}: {}", field.label);
        compared += 1;
    }
    assert_eq!(compared, 37);
}

fn asked(stage: &str, facts: &Value) -> Vec<FieldView> {
    let view = form(
        &library(),
        &case(json!({ "entity.name": "Banque de la Sûre S.A." }), facts.clone()),
        &key(stage),
        Screen::Full,
        "en",
    );
    view.unwrap().sections.into_iter().flat_map(|section| section.fields).collect()
}

#[test]
fn what_is_still_to_be_found_out_may_stand_only_in_an_incomplete_notification() {
    let open = [
        ("breach_when", "to_be_determined"),
        ("breach_confidentiality", "to_be_determined"),
        ("breach_unintelligible", "to_be_determined"),
        ("breach_incident", "to_be_determined"),
        ("breach_cause", "to_be_determined"),
        ("subject_categories", "not_yet_known"),
        ("subjects_basis", "to_be_determined"),
        ("data_categories", "not_yet_known"),
        ("records_basis", "to_be_determined"),
        ("consequences_confidentiality", "under_assessment"),
        ("subject_impact", "to_be_determined"),
        ("subject_impact_severity", "to_be_determined"),
        ("breach_risk", "to_be_assessed"),
        ("communication_status", "undecided"),
    ];
    let facts = |completeness: &str| {
        let mut facts =
            json!({ "breach_kind": ["confidentiality"], "notification_completeness": completeness });
        for (field, value) in open {
            let list =
                ["subject_categories", "data_categories", "consequences_confidentiality", "subject_impact"];
            facts[field] = if list.contains(&field) { json!([value]) } else { json!(value) };
        }
        facts
    };
    let refused = |stage: &str, completeness: &str| -> Vec<String> {
        let asked = asked(stage, &facts(completeness));
        let problems = asked.iter().flat_map(|field| &field.problems);
        problems.filter(|problem| problem.rule == "not_at_this_stage").map(|one| one.field.clone()).collect()
    };
    assert_eq!(refused(FIRST, "incomplete"), Vec::<String>::new());
    let mut all: Vec<&str> = open.iter().map(|(field, _)| *field).collect();
    all.sort_unstable();
    for (stage, completeness) in [(FIRST, "complete"), (LAST, "incomplete")] {
        let mut refused = refused(stage, completeness);
        refused.sort_unstable();
        assert_eq!(refused, all, "{stage}");
    }
}

#[test]
fn the_stage_itself_says_what_kind_of_notification_it_is() {
    for (stage, kind, completeness) in [
        ("notification.authority_notification", "new", None),
        ("notification.complete_notification", "follow_up", Some("complete")),
        ("phases.follow_up", "follow_up", Some("incomplete")),
        ("phases.withdrawal", "follow_up", Some("withdraw")),
    ] {
        let case = case(json!({}), json!({}));
        let key = format!("gdpr.{stage}").parse().unwrap();
        let filed = content(&library(), &case, &key, "en", Role::DataProtectionAuthority)
            .remove("breach_nature")
            .unwrap();
        assert_eq!(filed["notification_type"].value, Some(json!(kind)), "{stage}");
        assert_eq!(filed["notification_type"].number.as_deref(), Some("3"));
        let said = filed["notification_completeness"].value.clone();
        assert_eq!(said, completeness.map(|value| json!(value)), "{stage}");
    }
}

#[test]
fn a_late_notification_must_say_why_and_one_in_time_is_not_asked() {
    let library = library();
    let case = case(
        json!({}),
        json!({ "aware_at": "2026-03-27T11:00:00Z", "aware_breach_at": "2026-03-27T11:00:00Z", "personal_data": true,
                "processing_role": ["controller"], "breach_risk": "risk" }),
    );
    let reason = |now: &str, case: &regime::Case| -> (bool, bool) {
        let view = form_at(&library, case, &key(FIRST), (Screen::Full, "en"), at(now)).unwrap();
        let missing = view.missing.iter().any(|missing| missing.field == "late_reason");
        let fields = view.sections.into_iter().flat_map(|section| section.fields);
        let field = fields.into_iter().find(|field| field.field == "late_reason").unwrap();
        (field.visible, missing)
    };
    let (number, article) = regime::place_of(&library, &key(FIRST), "late_reason");
    assert_eq!((number.as_deref(), article.as_deref()), (Some("49"), Some("Art. 33(1)")));
    assert_eq!(reason("2026-03-30T11:00:00Z", &case), (false, false));
    assert_eq!(reason("2026-03-30T11:01:00Z", &case), (true, true));
    let mut filed = case;
    let in_time =
        Submission { duty: key(FIRST), at: at("2026-03-29T11:00:00Z"), acknowledged: false, corrects: false };
    filed.submissions.push(in_time);
    assert_eq!(reason("2026-03-30T11:01:00Z", &filed), (false, false), "what was filed in time is not late");
}

fn authority(name: &str, country: &str, last: u8) -> DirectoryEntry {
    let scope = RoleScope { country: Some(country.parse().unwrap()), ..RoleScope::default() };
    DirectoryEntry {
        organisation: format!("01890a5d-ac96-774b-bcce-b302099a80{last:02x}").parse().unwrap(),
        name: name.to_owned(),
        zone: "Europe/Luxembourg".to_owned(),
        roles: vec![OrganisationRole { role: Role::DataProtectionAuthority, scope }],
    }
}

#[test]
fn across_borders_the_lead_authority_receives_and_outside_the_union_each_that_is_named() {
    let library = library();
    let directory = [
        authority("Commission of Luxembourg", "LU", 1),
        authority("Commission of Ireland", "IE", 2),
        authority("Commission of Spain", "ES", 3),
    ];
    let receivers = |more: Value| -> Vec<String> {
        let mut facts =
            json!({ "personal_data": true, "processing_role": ["controller"], "breach_risk": "risk" });
        facts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let case = case(json!({}), facts);
        let duties = duties(&library, &case, &directory, at("2026-03-28T09:00:00Z"));
        let duty = duties.into_iter().find(|duty| duty.key == key(FIRST)).unwrap();
        assert_eq!(duty.state, DutyState::Due);
        let organisations = duty.recipients.into_iter().flat_map(|recipient| recipient.organisations);
        organisations.map(|organisation| organisation.name).collect()
    };
    assert_eq!(receivers(json!({})), ["Commission of Luxembourg"]);
    assert_eq!(receivers(json!({ "cross_border_processing": "unknown" })), ["Commission of Luxembourg"]);
    assert_eq!(receivers(json!({ "cross_border_processing": "yes" })), ["Commission of Luxembourg"]);
    let lead = json!({ "cross_border_processing": "yes", "lead_authority_country": "IE" });
    assert_eq!(receivers(lead), ["Commission of Ireland"]);
    let outside = json!({ "controller_in_eea": false, "notified_authority_countries": ["IE", "ES"] });
    assert_eq!(receivers(outside), ["Commission of Ireland", "Commission of Spain"]);
}

#[test]
fn what_is_missing_to_file_is_what_the_form_says() {
    let library = library();
    for facts in [
        json!({}),
        json!({ "breach_kind": ["confidentiality", "availability"], "notification_completeness": "complete" }),
        json!({ "controller_in_eea": false, "other_parties_involved": true, "communication_status": "done" }),
    ] {
        let case = case(json!({ "entity.name": "Banque de la Sûre S.A." }), facts);
        for pack in library.packs() {
            for (track, stage) in pack.stages() {
                let key: DutyKey = format!("{}.{}.{}", pack.id(), track.id, stage.id).parse().unwrap();
                let drawn = form(&library, &case, &key, Screen::Full, "en").map(|view| view.missing);
                assert_eq!(missing_to_file(&library, &case, &key), drawn.unwrap_or_default(), "{key}");
            }
        }
    }
}

/// A breach of which everything is known that the law asks.
pub fn every_answer() -> Value {
    serde_json::from_str(r#"{
        "personal_data": true, "processing_role": ["controller"], "aware_at": "2026-03-27T11:00:00Z",
        "aware_breach_at": "2026-03-27T11:00:00Z", "breach_kind": ["confidentiality"], "breach_risk": "high",
        "breach_risk_reason": "Account data of many customers.", "notification_completeness": "complete",
        "controller_contact": "1, rue de la Sûre, Luxembourg", "reporter_name": "Claire Weber",
        "reporter_contact": "+352 00 00 02", "reporter_function": "dpo", "other_parties_involved": true,
        "other_parties": [{ "part": "processor", "name": "Nuage Moselle S.A.", "contact": "+352 00 00 03" }],
        "breach_when": "ongoing", "occurred_at": "2026-03-26T22:00:00Z", "breach_discovery": "processor",
        "breach_discovery_description": "The provider called.", "breach_told_at": "2026-03-27T11:00:00Z",
        "breach_confidentiality": "likely", "breach_unintelligible": "unprotected", "breach_incident": "intrusion",
        "breach_cause": "external_malicious", "description": "An intruder read the data base of accounts.",
        "affected_systems": "Data base of accounts, Luxembourg", "subject_categories": ["customers"],
        "subject_description": "Customers with an account", "subjects_basis": "approximate", "subjects_affected": 120000,
        "data_categories": ["basic", "financial"], "data_description": "Names and balances", "records_basis": "undeterminable",
        "measures_in_place": ["access_levels"], "measures_in_place_description": "Roles",
        "consequences_confidentiality": ["misused"], "subject_impact": ["fraud"], "subject_impact_severity": "severe",
        "measures_taken": "Access closed", "prevention_measures": ["logical_access"], "lessons": "Second factor",
        "communication_status": "planned", "communication_planned_at": "2026-04-01T08:00:00Z",
        "cross_border_processing": "no"
    }"#)
    .unwrap()
}

#[test]
fn a_record_with_every_answer_can_be_filed_complete() {
    let (library, facts) = (library(), every_answer());
    for (field, value) in facts.as_object().unwrap() {
        regime::check_answer(&library, field, value).unwrap();
    }
    let case = case(json!({ "entity.name": "Banque de la Sûre S.A." }), facts);
    let view = form(&library, &case, &key(FIRST), Screen::Full, "en").unwrap();
    assert_eq!((view.missing, view.problems), (vec![], vec![]));
    assert!(view.ready);
    let filed = content(&library, &case, &key(FIRST), "en", Role::DataProtectionAuthority);
    let parties = &filed["breach_parties"]["other_parties"];
    assert_eq!(parties.number.as_deref(), Some("39, 40, 41"));
    assert_eq!(filed["entity"]["entity.name"].text, "Banque de la Sûre S.A.");
    assert!(content(&library, &case, &key(FIRST), "en", Role::Csirt).is_empty());
}

#[test]
fn its_worked_examples_hold() {
    let files = library_files();
    let examples = regime::examples(&library(), &files);
    let problems: Vec<String> = examples.problems.iter().map(ToString::to_string).collect();
    let mine: Vec<&String> = problems.iter().filter(|problem| problem.contains("regimes/gdpr/")).collect();
    assert!(mine.is_empty(), "{}", mine.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"));
    let own = std::str::from_utf8(&files["regimes/gdpr/cases/duties.toml"]).unwrap();
    assert!(own.matches("[[cases]]").count() >= 40);
}
