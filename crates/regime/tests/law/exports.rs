//! Reports in the formats of others, and back.

use std::collections::BTreeSet;

use model::{DutyKey, Marking, Role, Tlp};
use proptest::prelude::*;
use regime::{
    Case, FieldKind, FieldView, Library, Screen,
    export::{
        AnnualFiling, AnnualRows, Export, Imported, Report, ReportHead, annual_sheet, csv_of, csv_of_sheets,
        export_named, exports_of, import, json_of, mail_of, report_of, report_schema, sheet_csv, sheet_of,
    },
    form,
};
use serde_json::{Map, Value, json};

use crate::{
    case,
    dora_stories::{known_in_the_end, whole_bank},
    gdpr::every_answer,
    library, shared, skipped,
};

const DORA_STAGES: [&str; 5] = [
    "major_incident.initial_notification",
    "major_incident.intermediate_report",
    "major_incident.updated_intermediate_report",
    "major_incident.final_report",
    "reclassified.reclassification",
];

fn key(text: &str) -> DutyKey {
    text.parse().unwrap()
}

fn named<'a>(library: &'a Library, name: &str) -> &'a Export {
    export_named(library, name).unwrap().1
}

/// The schema as draft 2020-12 reads it: that draft calls `dependencies` `dependentSchemas`, and does not look at the
/// older name.
fn validator(mut schema: Value) -> jsonschema::Validator {
    fn renamed(value: &mut Value) {
        match value {
            Value::Object(members) => {
                if let Some(dependencies) = members.remove("dependencies") {
                    members.insert("dependentSchemas".to_owned(), dependencies);
                }
                members.values_mut().for_each(renamed);
            }
            Value::Array(items) => items.iter_mut().for_each(renamed),
            _ => {}
        }
    }
    renamed(&mut schema);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!("urn:test:schema");
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn errors(validator: &jsonschema::Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn report(library: &Library, case: &Case, stage: &str, to: Role) -> Report {
    Report::of_case(library, case, &key(stage), to)
}

fn dora_case() -> Case {
    let mut facts = known_in_the_end();
    facts["never_major"] = json!(true);
    facts["other_information"] = json!("Less was hit than thought.");
    case(whole_bank(), facts)
}

#[test]
fn each_stage_of_a_whole_record_is_valid_json_of_the_supervisors() {
    let name = "each_stage_of_a_whole_record_is_valid_json_of_the_supervisors";
    let Some(schema) = shared("dora/dora_ir_v1.2.1.schema.json") else { return skipped(name) };
    let validator = validator(serde_json::from_slice(&schema).unwrap());
    let (library, case) = (library(), dora_case());
    let export = named(&library, "dora");
    for stage in DORA_STAGES {
        let stage = format!("dora.{stage}");
        assert!(exports_of(&library, &key(&stage)).iter().any(|export| export.id == "dora"), "{stage}");
        let view = form(&library, &case, &key(&stage), Screen::Full, "en").unwrap();
        assert!(view.ready, "{stage}: {:?} {:?}", view.missing, view.problems);
        let out = json_of(&library, export, &report(&library, &case, &stage, Role::FinancialAuthority));
        assert_eq!(out.errors, vec![], "{stage}");
        assert_eq!(errors(&validator, &out.result), Vec::<String>::new(), "{stage}: {:#}", out.result);
    }
    // The rules of stages are looked at: a final report without its causes is refused.
    let stage = "dora.major_incident.final_report";
    let mut last =
        json_of(&library, export, &report(&library, &case, stage, Role::FinancialAuthority)).result;
    assert_eq!(last["incident"]["incidentDuration"], "00:03:30");
    assert_eq!(last["incident"]["grossAmountIndirectDirectCosts"], json!(64));
    assert_eq!(last["incident"]["incidentDiscovery"], "monitoring_systems");
    assert_eq!(
        last["affectedEntity"],
        json!([{ "affectedEntityType": ["credit_institution"], "entityType": "AFFECTED_ENTITY" }])
    );
    assert_eq!(last["primaryContact"]["phone"], "+35226000001");
    let criteria = last["incident"]["classificationTypes"].as_array().unwrap();
    assert_eq!(criteria.len(), 3);
    assert_eq!(criteria[1]["countryCodeMaterialityThresholds"], json!(["LU", "BE"]));
    assert_eq!(criteria[0]["economicImpactMaterialityThreshold"], "Not reached.");
    last["incident"].as_object_mut().unwrap().remove("rootCauseHLClassification");
    assert!(!validator.is_valid(&last));
}

#[test]
fn every_value_that_the_supervisors_know_is_one_of_ours_and_the_other_way_round() {
    let name = "every_value_that_the_supervisors_know_is_one_of_ours_and_the_other_way_round";
    let Some(schema) = shared("dora/dora_ir_v1.2.1.schema.json") else { return skipped(name) };
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let library = library();
    let export = named(&library, "dora");
    let (mut compared, defs) = (0, &schema["$defs"]);
    let at = |root: &Value, path: &str| -> Value {
        let mut here = root.clone();
        for name in path.split('.') {
            here = here["properties"][name].clone();
            if let Some(name) = here["$ref"].as_str() {
                here = defs[name.rsplit('/').next().unwrap()].clone();
            }
        }
        here
    };
    let lists =
        export.lists.iter().flat_map(|list| list.entries.iter().map(move |entry| (list.to.as_str(), entry)));
    for (list, entry) in export.entries.iter().map(|entry| ("", entry)).chain(lists) {
        let root = match list {
            "" => schema.clone(),
            "affectedEntity" => defs["Entity"].clone(),
            _ => defs["ClassificationType"].clone(),
        };
        let here = at(&root, &entry.to);
        assert!(here.is_object(), "{} stands nowhere in the schema", entry.to);
        let theirs = [&here["enum"], &here["items"]["enum"]].into_iter().find_map(Value::as_array);
        let Some(theirs) = theirs.filter(|_| !entry.values.is_empty()) else { continue };
        let ours: BTreeSet<&str> = entry.values.values().map(|value| value.as_str().unwrap()).collect();
        let theirs: BTreeSet<&str> = theirs.iter().map(|value| value.as_str().unwrap()).collect();
        assert_eq!(ours, theirs, "{}", entry.to);
        compared += 1;
    }
    assert_eq!(compared, 16);
}

#[test]
fn what_the_format_does_not_take_is_said_and_left_out() {
    let library = library();
    let mut facts = known_in_the_end();
    facts["reporting_currency"] = json!("USD");
    facts["affected_countries"] = json!(["LU", "outside_eea"]);
    facts["incident_duration"] = json!({ "min": 60, "max": 3601 });
    facts["other_authorities"] = json!(["supervisor", "csirt"]);
    facts["contacts"] = json!([
        { "name": "Anne", "email": "anne@example.com", "telephone": "+352 26 00 00 01" },
        { "name": "Bob", "email": "bob@example.com", "telephone": "+49 (0)30 1234" },
    ]);
    facts["description"] = Value::Null;
    let case = case(whole_bank(), facts);
    let report = report(&library, &case, "dora.major_incident.final_report", Role::FinancialAuthority);
    let out = json_of(&library, named(&library, "dora"), &report);
    let said = |problems: &[regime::Problem]| -> BTreeSet<(String, String)> {
        problems.iter().map(|problem| (problem.field.clone(), problem.rule.clone())).collect()
    };
    let (errors, losses) = (said(&out.errors), said(&out.losses));
    for (field, rule) in
        [("reporting_currency", "not_taken"), ("costs_losses", "other_currency"), ("description", "needed")]
    {
        assert!(errors.contains(&(field.into(), rule.into())), "{field}: {errors:?}");
    }
    for (field, rule) in [
        ("affected_countries", "no_value"),
        ("incident_duration", "range"),
        ("incident_duration", "rounded"),
        ("other_authorities", "no_value"),
        ("contacts", "one_row"),
        ("service_clients", "no_place"),
    ] {
        assert!(losses.contains(&(field.into(), rule.into())), "{field} {rule}: {losses:?}");
    }
    assert_eq!(out.result["incident"]["incidentDuration"], "00:01:01");
    assert!(out.result.get("reportCurrency").is_none());
}

#[test]
fn a_complete_breach_is_valid_json_of_the_template_of_the_authorities() {
    let name = "a_complete_breach_is_valid_json_of_the_template_of_the_authorities";
    let Some(schema) = shared("gdpr/edpb_template_v1.0_draft.schema.json") else { return skipped(name) };
    let mut schema: Value = serde_json::from_slice(&schema).unwrap();
    // Field 95 is a description; the transcription calls it a date.
    schema["properties"]["field_95"].as_object_mut().unwrap().remove("format");
    let validator = validator(schema);
    let library = library();
    let mut facts = every_answer();
    facts["records_basis"] = json!("approximate");
    facts["records_affected"] = json!(480_000);
    let entity = json!({ "entity.name": "Banque de la Sûre S.A." });
    let export = named(&library, "edpb");
    for stage in ["authority_notification", "complete_notification"] {
        let stage = format!("gdpr.notification.{stage}");
        let report =
            report(&library, &case(entity.clone(), facts.clone()), &stage, Role::DataProtectionAuthority);
        let out = json_of(&library, export, &report);
        assert_eq!(out.errors, vec![], "{stage}");
        assert_eq!(errors(&validator, &out.result), Vec::<String>::new(), "{:#}", out.result);
        assert_eq!(out.result["field_29"], "not applicable");
        assert_eq!(out.result["field_40"], "Nuage Moselle S.A.");
        assert_eq!(out.result["field_120"], "b");
        assert!(
            out.losses
                .iter()
                .any(|loss| (loss.field.as_str(), loss.rule.as_str()) == ("data_categories", "one_value"))
        );
    }
    facts["breach_risk"] = json!("to_be_assessed");
    let report = report(
        &library,
        &case(entity, facts),
        "gdpr.notification.authority_notification",
        Role::DataProtectionAuthority,
    );
    let out = json_of(&library, export, &report);
    assert!(out.errors.iter().any(|error| error.pointer == "/field_89"), "it must not read as: unlikely");
}

#[test]
fn the_sheet_has_the_fields_of_the_platform_in_its_order_with_its_limits() {
    let library = library();
    let export = named(&library, "cra-sheet");
    let facts = json!({
        "product_concerned": true, "product_vulnerability": true, "title": "Hole in the gate", "product_name": "Gate 5",
        "product_version": "5.0 to 5.3", "aware_at": "2026-10-01T08:00:30Z", "measures_taken": "x".repeat(2001),
        "product_type": "important", "product_class": "class_1", "support_ended": false, "product_countries": ["LU", "FR"],
        "product_notification_type": "vulnerability",
    });
    let case =
        case(json!({ "entity.name": "Fabrique S.A.", "entity.product_roles": ["manufacturer"] }), facts);
    let stage = "cra.actively_exploited_vulnerability.vulnerability_notification";
    let report = report(&library, &case, stage, Role::CoordinatorCsirt);
    let out = sheet_of(&library, export, &report);
    let numbers: Vec<&str> = out.result.iter().map(|row| row.number.as_str()).collect();
    let wanted: Vec<String> =
        (1..=18).map(|n| n.to_string()).chain((19..=30).map(|n| format!("v{n}"))).collect();
    assert_eq!(numbers, wanted);
    let row = |number: &str| out.result.iter().find(|row| row.number == number).unwrap();
    assert_eq!((row("1").text.as_str(), row("2").limit), ("Vulnerability", Some(255)));
    assert_eq!(row("5").text, "Luxembourg, France");
    assert_eq!(row("8").text, "Important product with digital elements");
    assert_eq!((row("11").text.as_str(), row("v26").text.as_str()), ("No", "2026-10-01 08:00"));
    assert_eq!((row("16").length, row("16").too_long, row("3").text.as_str()), (2001, true, ""));
    assert!(row("v21").required && !row("v22").required);
    assert!(out.errors.iter().any(|error| error.rule == "too_long" && error.field == "measures_taken"));
    let table = sheet_csv(&out.result);
    assert_eq!(table.lines().count(), 31);
    if let Some(known) = shared("cra/srp_fields_v1.3.json") {
        let known: Value = serde_json::from_slice(&known).unwrap();
        let all = known["fields"].as_array().unwrap();
        assert_eq!(export.entries.len(), all.len());
        for (entry, field) in export.entries.iter().zip(all) {
            assert_eq!(
                (entry.to.as_str(), entry.label.as_deref()),
                (field["field"].as_str().unwrap(), field["label"].as_str())
            );
            assert_eq!(
                entry.limit.map(|limit| json!(limit)).as_ref(),
                field.get("max_chars"),
                "{}",
                entry.to
            );
        }
    } else {
        skipped("the_sheet_has_the_fields_of_the_platform_in_its_order_with_its_limits");
    }
}

#[test]
fn every_stage_of_every_law_is_a_report_a_table_and_a_mail() {
    let library = library();
    let validator = jsonschema::validator_for(&report_schema()).unwrap();
    let case = dora_case();
    let mut seen = 0;
    for pack in library.packs() {
        for (track, stage) in pack.stages().filter(|(_, stage)| stage.form.is_some()) {
            let key: DutyKey = format!("{}.{}.{}", pack.id(), track.id, stage.id).parse().unwrap();
            let roles = pack.law.recipients.get(&stage.recipients).into_iter().flatten();
            let Some(to) = roles.flat_map(|rule| rule.first_of.clone()).next() else { continue };
            let report = Report::of_case(&library, &case, &key, to);
            let document = report_of(&library, &report);
            assert_eq!(errors(&validator, &document), Vec::<String>::new(), "{key}");
            assert_eq!(document["fields"].as_array().unwrap().len(), report.answers().count());
            assert!(mail_of(&library, &report).starts_with("Subject: "));
            assert!(csv_of(&library, &report).starts_with("duty,law,stage,field,"));
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn a_mail_reads_like_a_letter() {
    let (library, case) = (library(), dora_case());
    let report =
        report(&library, &case, "dora.major_incident.initial_notification", Role::FinancialAuthority);
    let mail = mail_of(&library, &report);
    assert!(mail.contains("Draft, not filed\r\n"), "{mail}");
    assert!(mail.contains("2.1 Your own reference: BDS-2026-0017\r\n"), "{mail}");
    assert!(!mail.replace("\r\n", "").contains('\n'));
}

#[test]
fn each_answer_leaves_with_the_marking_of_its_group() {
    let (library, case) = (library(), dora_case());
    let mut report =
        report(&library, &case, "dora.major_incident.initial_notification", Role::FinancialAuthority);
    let group = report.groups.iter().find(|(_, answers)| answers.contains_key("own_reference")).unwrap().0;
    let red = Marking { tlp: Some(Tlp::Red), pap: None };
    report.marks.report = Marking { tlp: Some(Tlp::Amber), pap: None };
    report.marks.groups.insert(group.clone(), red);

    let mail = mail_of(&library, &report);
    let title = library.vocabularies().group_label(group);
    let heading = format!("{title}\r\n{}\r\nTLP:RED\r\n", "-".repeat(title.chars().count()));
    assert!(mail.contains("not filed\r\nTLP:RED\r\n") && mail.contains(&heading), "{mail}");
    let table = csv_of(&library, &report);
    let row = |field: &str| table.lines().find(|line| line.contains(&format!(",{field},"))).unwrap();
    assert!(row("own_reference").ends_with(",TLP:RED,,") && row("submission_type").ends_with(",TLP:AMBER,,"));
    let document = report_of(&library, &report);
    assert_eq!(document["tlp"], json!("TLP:RED"), "the whole is as narrow as its narrowest part");
}

#[test]
fn what_is_too_much_is_said() {
    let library = library();
    let long = format!("field,value\r\n{}", "title,x\r\n".repeat(10_001));
    let refused = import(&library, None, long.as_bytes()).unwrap_err();
    assert!(refused.to_string().contains("more than 10000 rows"), "{refused}");
    let wrong = format!("field,value\r\n{}", "users_affected,many\r\n".repeat(1_500));
    let back = import(&library, None, wrong.as_bytes()).unwrap();
    assert_eq!(back.problems.len(), 1_001);
    assert_eq!(back.problems.last().unwrap().message, "and 500 more like these");
}

#[test]
fn an_estimate_comes_back_as_one() {
    let (library, case) = (library(), dora_case());
    let report = report(&library, &case, "dora.major_incident.final_report", Role::FinancialAuthority);
    let mut document = report_of(&library, &report);
    let fields = document["fields"].as_array_mut().unwrap();
    let costs = fields.iter_mut().find(|field| field["field"] == "costs_losses").unwrap();
    costs["estimated"] = json!(true);
    let back = import(&library, None, document.to_string().as_bytes()).unwrap();
    assert_eq!(back.estimated, BTreeSet::from(["costs_losses".to_owned()]));
}

#[test]
fn a_table_does_not_carry_formulas_into_a_spreadsheet() {
    let library = library();
    let mut facts = known_in_the_end();
    for (field, text) in [
        ("title", "=HYPERLINK(\"x\")"),
        ("description", "'quoted, \"twice\"\nand more"),
        ("own_reference", "-1"),
    ] {
        facts[field] = json!(text);
    }
    let case = case(whole_bank(), facts.clone());
    let report =
        report(&library, &case, "dora.major_incident.initial_notification", Role::FinancialAuthority);
    let table = csv_of(&library, &report);
    assert!(!table.contains(",=") && !table.contains(",\"=") && !table.contains(",-1,"));
    let back = import(&library, None, table.as_bytes()).unwrap();
    for field in ["title", "description", "own_reference"] {
        assert_eq!(back.answers.get(field), facts.get(field), "{field}");
    }
    let semicolons = "field;value\r\ntitle;\"a;b\"\r\nusers_affected;many\r\ncolour;red\r\n";
    let back = import(&library, None, semicolons.as_bytes()).unwrap();
    assert_eq!(back.answers["title"], "a;b");
    let pointers: Vec<&str> = back.problems.iter().map(|problem| problem.pointer.as_str()).collect();
    assert_eq!(pointers, ["/3/value", "/4/value"]);
}

#[test]
fn a_report_filed_elsewhere_becomes_a_draft_with_a_problem_for_each_field() {
    let (library, case) = (library(), dora_case());
    let report = report(&library, &case, "dora.major_incident.final_report", Role::FinancialAuthority);
    let mut document = json_of(&library, named(&library, "dora"), &report).result;
    let back = import(&library, None, document.to_string().as_bytes()).unwrap();
    assert_eq!(back.problems, vec![]);
    assert_eq!(back.losses, vec![]);
    assert_eq!(back.duty, Some(key("dora.major_incident.final_report")));
    assert_eq!(back.entity["entity.lei"], "5299BANQUESURE000040");
    assert_eq!(back.answers["criteria_met"], json!(["duration", "geography", "critical_services"]));
    assert_eq!(back.answers["had_downtime"], true);
    assert!(!back.answers.contains_key("submission_type"));
    document["incident"]["incidentDuration"] = json!("three hours");
    document["incident"]["incidentDiscovery"] = json!("by chance");
    document["incident"]["colour"] = json!("red");
    document["primaryContact"]["email"] = json!("nobody");
    document["incident"]["classificationTypes"][0]["classificationCriterion"] = json!("weather");
    document["reportCurrency"] = Value::Null;
    let back = import(&library, Some("dora"), document.to_string().as_bytes()).unwrap();
    let found: BTreeSet<(&str, &str)> =
        back.problems.iter().map(|problem| (problem.pointer.as_str(), problem.field.as_str())).collect();
    for wanted in [
        ("/incident/incidentDuration", "incident_duration"),
        ("/incident/incidentDiscovery", "discovery"),
        ("/incident/classificationTypes/0/classificationCriterion", "criteria_met"),
        ("/incident/grossAmountIndirectDirectCosts", "costs_losses"),
        ("/primaryContact/email", "contacts"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?}: {found:?}");
    }
    assert_eq!(
        back.losses.iter().map(|loss| loss.pointer.as_str()).collect::<Vec<_>>(),
        ["/incident/colour"]
    );
    assert!(import(&library, None, b"{\"a\": 1}").is_err());
    assert!(import(&library, None, b"nothing of the kind").is_err());
}

/// Any value of a field, as long as the text of a telephone is its digits.
fn any_value(field: &FieldView) -> BoxedStrategy<Value> {
    let ids: Vec<String> = field.choices.iter().map(|choice| choice.id.clone()).collect();
    let most = field.max_length.unwrap_or(255).min(60);
    match field.kind {
        FieldKind::Text if field.format.is_some() => match field.field.as_str() {
            name if name.ends_with("email") => Just(json!("a.b@example.org")).boxed(),
            name if name.ends_with("telephone") => "[+][1-9][0-9]{8,12}".prop_map(|text| json!(text)).boxed(),
            "lei" => Just(json!("5299BANQUESURE000040")).boxed(),
            _ => Just(json!("EUR")).boxed(),
        },
        FieldKind::Text | FieldKind::LongText => {
            proptest::string::string_regex(&format!("[=+'\"a-zA-Zéß;,. \n-]{{1,{most}}}"))
                .unwrap()
                .prop_map(|text| json!(text))
                .boxed()
        }
        FieldKind::Boolean => any::<bool>().prop_map(|flag| json!(flag)).boxed(),
        FieldKind::Choice => prop::sample::select(ids).prop_map(|id| json!(id)).boxed(),
        FieldKind::Choices => {
            let all = ids.len();
            prop::sample::subsequence(ids, 1..=all).prop_map(|ids| json!(ids)).boxed()
        }
        FieldKind::Integer => (0..1_000_000u32).prop_map(|number| json!(number)).boxed(),
        FieldKind::Decimal => (0..=1000u32).prop_map(in_tenths).boxed(),
        FieldKind::Money => {
            (0..1_000_000u32).prop_map(|amount| json!({ "amount": amount, "currency": "EUR" })).boxed()
        }
        FieldKind::Instant => (1_700_000_000i64..1_800_000_000).prop_map(|at| json!(instant(at))).boxed(),
        FieldKind::Duration => (0..1_000_000u32).prop_map(|minutes| json!(minutes * 60)).boxed(),
        FieldKind::Records => {
            let columns: Vec<BoxedStrategy<(String, Value)>> = field
                .columns
                .iter()
                .map(|column| {
                    let name = column.field.clone();
                    any_value(column).prop_map(move |value| (name.clone(), value)).boxed()
                })
                .collect();
            columns.prop_map(|cells| json!([cells.into_iter().collect::<Map<String, Value>>()])).boxed()
        }
    }
}

fn in_tenths(tenths: u32) -> Value {
    if tenths.is_multiple_of(10) { json!(tenths / 10) } else { json!(f64::from(tenths) / 10.0) }
}

fn instant(seconds: i64) -> String {
    model::Instant::from_micros(seconds * 1_000_000).unwrap().to_string()
}

fn any_facts(library: &Library) -> BoxedStrategy<Map<String, Value>> {
    let case = dora_case();
    let view = form(library, &case, &key("dora.major_incident.final_report"), Screen::Full, "en").unwrap();
    let fields: Vec<BoxedStrategy<Option<(String, Value)>>> = view
        .sections
        .iter()
        .flat_map(|section| &section.fields)
        .filter(|field| !field.read_only)
        .map(|field| {
            let name = field.field.clone();
            prop::option::weighted(0.8, any_value(field).prop_map(move |value| (name.clone(), value))).boxed()
        })
        .collect();
    fields.prop_map(|fields| fields.into_iter().flatten().collect()).boxed()
}

/// The answers that came back, against those that went out without a remark.
fn compare(report: &Report, noted: &BTreeSet<String>, back: &Imported) -> Result<usize, TestCaseError> {
    let mut compared = 0;
    for (field, _) in report.answers().filter(|(field, _)| !noted.contains(*field)) {
        let Some(value) = report.value(field) else { continue };
        let here = if field.starts_with("entity.") { &back.entity } else { &back.answers };
        prop_assert_eq!(here.get(field), Some(value), "{}", field);
        compared += 1;
    }
    Ok(compared)
}

#[test]
fn what_goes_out_comes_back() {
    let library = library();
    let export = named(&library, "dora");
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let (least, strategy) = (std::cell::Cell::new(usize::MAX), any_facts(&library));
    runner
        .run(&strategy, |facts| {
            let mut facts = facts;
            facts.insert("reporting_currency".to_owned(), json!("EUR"));
            let case = case(whole_bank(), Value::Object(facts));
            let report = Report::of_case(
                &library,
                &case,
                &key("dora.major_incident.final_report"),
                Role::FinancialAuthority,
            );
            let out = json_of(&library, export, &report);
            let mut noted: BTreeSet<String> =
                out.losses.iter().chain(&out.errors).map(|problem| problem.field.clone()).collect();
            // Tables in words are read back as words; the stage says the type of submission.
            noted.extend(["third_parties", "indicators", "submission_type"].map(str::to_owned));
            let back = import(&library, None, out.result.to_string().as_bytes()).unwrap();
            prop_assert_eq!(&back.losses, &vec![]);
            least.set(least.get().min(compare(&report, &noted, &back)?));
            let fixed: BTreeSet<String> = ["submission_type".to_owned()].into();
            let back = import(&library, None, report_of(&library, &report).to_string().as_bytes()).unwrap();
            prop_assert_eq!(&back.problems, &vec![]);
            compare(&report, &fixed, &back)?;
            let back = import(&library, None, csv_of(&library, &report).as_bytes()).unwrap();
            prop_assert_eq!(&back.problems, &vec![]);
            compare(&report, &fixed, &back)?;
            Ok(())
        })
        .unwrap();
    assert!(least.get() > 12, "{} answers were compared", least.get());
}

#[test]
fn a_mapping_that_names_what_is_not_there_is_refused_with_its_place() {
    let mut files = crate::library_files();
    let path = "regimes/gdpr/exports/edpb.toml";
    let good = String::from_utf8(files[path].clone()).unwrap();
    for (from, to, wanted) in [
        ("from = \"withdrawal_reason\"", "from = \"mood\"", "field_5: \"mood\" is no field"),
        ("private = \"a\", ", "", "says nothing of the value \"private\" of controller_sector"),
        ("private = \"a\"", "secret = \"a\"", "controller_sector has no value \"secret\""),
        ("write = \"date\"", "write = \"thousands\"", "Thousands does not fit"),
        ("other_parties.name", "other_parties.colour", "other_parties has no column \"colour\""),
        ("\"withdrawal\"]", "\"party\"]", "\"party\" is no stage of this pack"),
        ("has = \"none\"", "has = \"few\"", "few"),
        ("needed = true", "neded = true", "neded"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        files.insert(path.to_owned(), bad.into_bytes());
        let problems = Library::read(&files).unwrap_err();
        let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(
            text.iter().any(|line| line.starts_with(path) && line.contains(wanted)),
            "{wanted}: {text:?}"
        );
    }
}

#[test]
fn a_year_is_one_row_for_each_incident_and_law() {
    let (library, case) = (library(), dora_case());
    let filing = |incident: &str, stage: &str, at: &str, late: bool| {
        let report = report(&library, &case, stage, Role::FinancialAuthority);
        let head = ReportHead {
            reference: "R".into(),
            version: 1,
            filed_at: crate::at(at),
            from: "Bank".into(),
            to: "Supervision".into(),
        };
        let report = Report { filing: Some(head), ..report };
        AnnualFiling { incident: incident.into(), report, sector: Some("banking".into()), late }
    };
    let filings = [
        filing("b", "dora.major_incident.final_report", "2026-06-10T08:00:00Z", true),
        filing("b", "dora.major_incident.initial_notification", "2026-05-12T11:00:00Z", false),
        filing("a", "dora.major_incident.initial_notification", "2026-07-01T08:00:00Z", false),
    ];
    let table = |filings: Vec<AnnualFiling>| {
        let mut rows = AnnualRows::default();
        filings.into_iter().for_each(|filing| rows.add(&library, filing));
        csv_of_sheets(&[annual_sheet(&library, &rows.rows(&library))])
    };
    let backwards = table(filings.iter().rev().cloned().collect());
    let table = table(filings.to_vec());
    assert_eq!(table, backwards, "whatever the order in which they are read");
    let lines: Vec<&str> = table.lines().collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    incident,law,stages,filings,voluntary,sector,notification_type,class,severity,cause,malicious,cross_border,countries,users,duration_seconds,occurred_at,detected_at,resolved_at,hours_to_detect,hours_to_report,hours_to_resolve,first_filed_at,on_time
    b,DORA,initial_notification final_report,2,no,banking,incident,system_failure external_event,,system_failure external_event,,,LU BE,42000,10800,2026-05-12T07:30:00Z,2026-05-12T08:00:00Z,2026-05-12T11:00:00Z,0.5,3.0,3.0,2026-05-12T11:00:00Z,no
    a,DORA,initial_notification,1,no,banking,incident,system_failure external_event,,,,,LU BE,42000,10800,,2026-05-12T08:00:00Z,,,1200.0,,2026-07-01T08:00:00Z,yes
    ");
    assert_eq!(annual_sheet(&library, &[]).rows.len(), 1, "the titles of its columns");
    let unknown: Vec<&str> = library.annual_columns().unknown(library.vocabularies()).collect();
    assert_eq!(unknown, [""; 0], "with all our laws each column has its fields");
}
