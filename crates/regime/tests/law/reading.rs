//! Reading a library: every problem at once, each with file, key and rule; and what the format must bear.

use std::collections::BTreeMap;

use model::DutyState;
use regime::{Library, duties, pack::Obligation};
use serde_json::json;

use crate::{at, case, library_files, read};

fn with(changes: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let mut files = library_files();
    for (path, text) in changes {
        files.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    files
}

fn problems(changes: &[(&str, &str)]) -> Vec<String> {
    Library::read(&with(changes)).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn every_problem_is_named_with_file_key_and_rule() {
    let pack = r#"
format = "beffroi-pack/1"
id = "other"
law = "Law"
kind = "agreement"
version = "2026-01-01"
valid_from = "2026-01-01"
sources = []
retention = { source = "none" }
recipients = { desk = [{ first_of = ["csirt"], article = "1" }] }

[rules]
round = { rule = "about" }
about = { rule = "round" }
colour = { field = "colour", is = true }
kind = { field = "title", more_than = 3 }
value = { field = "report_kind", is = "rumour" }
record = { field = "title", answered = true }

[[tracks]]
id = "track"
applies = { rule = "missing" }
stages = [{ id = "stage", article = "1", form = "nothing", recipients = "nobody", clock = { from = "sunrise", hours = 1 } }]
"#;
    insta::assert_snapshot!(problems(&[("regimes/law/pack.toml", pack), ("regimes/law/text/en.ftl", "pack = Law\n")]).join("\n"), @r#"regimes/law/pack.toml: id: must be the name of the folder, "law", got "other""#);
    let pack = pack.replace("\"other\"", "\"law\"");
    insta::assert_snapshot!(problems(&[("regimes/law/pack.toml", &pack), ("regimes/law/text/en.ftl", "pack = Law\n")]).join("\n"), @r#"
    regimes/law/pack.toml: rules.about: refers to itself; break the circle
    regimes/law/pack.toml: rules.colour: "colour" is no field of the vocabularies and no event of this pack
    regimes/law/pack.toml: rules.kind: "title" cannot be compared like that; its kind is text
    regimes/law/pack.toml: rules.record: answered is about the record, not about the world; only forms and stages may ask it
    regimes/law/pack.toml: rules.round: refers to itself; break the circle
    regimes/law/pack.toml: rules.value: "rumour" is no value of "report_kind"
    regimes/law/pack.toml: tracks.track.applies: rule "missing" is not defined in [rules]
    regimes/law/pack.toml: tracks.track.stages.stage: recipients "nobody" are not defined in [recipients]
    regimes/law/pack.toml: tracks.track.stages.stage: form "nothing" does not exist; it would be forms/nothing.toml
    regimes/law/pack.toml: tracks.track.stages.stage: the clock counts from sunrise, which is no event of a field and no stage
    regimes/law/text/en.ftl: rule-about: this text is missing
    regimes/law/text/en.ftl: rule-colour: this text is missing
    regimes/law/text/en.ftl: rule-kind: this text is missing
    regimes/law/text/en.ftl: rule-record: this text is missing
    regimes/law/text/en.ftl: rule-round: this text is missing
    regimes/law/text/en.ftl: rule-value: this text is missing
    regimes/law/text/en.ftl: track-track: this text is missing
    regimes/law/text/en.ftl: stage-stage: this text is missing
    "#);
}

#[test]
fn unknown_keys_are_errors() {
    let files = library_files();
    let pack = String::from_utf8(files["regimes/nis2/pack.toml"].clone()).unwrap();
    let form = String::from_utf8(files["regimes/nis2/forms/report.toml"].clone()).unwrap();
    insta::assert_snapshot!(
        problems(&[
            ("regimes/nis2/pack.toml", &pack.replace("valid_from =", "valid_form =")),
            ("regimes/nis2/forms/report.toml", &form.replacen("first = true", "frist = true", 1)),
            ("vocabularies/marking.toml", "format = 3"),
            ("regimes/nis2/text/en.ftl", "pack = { $x }\n"),
        ])
        .join("\n"), @r#"
    vocabularies/marking.toml: line 1, format: invalid type: integer `3`, expected a string
    vocabularies/incident-fields.toml: tlp: a choice has values, and nothing else has: give vocabulary or choices
    regimes/nis2/forms/report.toml: line 9, frist: unknown field `frist`, expected one of `field`, `number`, `numbers`, `basis`, `article`, `first`, `required`, `if_available`, `optional`, `carried_over`, `when`, `required_if`, `values`, `without`, `value_when`, `fixed`, `required_columns`, `max_length`
    regimes/nis2/pack.toml: line 9, valid_form: unknown field `valid_form`, expected one of `format`, `id`, `law`, `kind`, `version`, `erratum`, `valid_from`, `valid_until`, `status`, `confidence`, `checked`, `languages`, `channels`, `sources`, `countries`, `changes`, `rules`, `displaced_by`, `recipients`, `copies`, `tracks`, `authority`, `retention`, `visibility`
    regimes/nis2/text/en.ftl: pack: a text of a pack has no placeables; write it out
    "#);
}

/// A national profile in a folder: it changes one length, adds a receiver, removes a stage.
#[test]
fn a_national_profile_is_a_patch_over_a_pack() {
    let profile = r#"
id = "nis2-nl"
law = "Cbw"
kind = "profile"
changes = "nis2"
countries = ["NL"]
version = "2026-07-01"
valid_from = "2026-01-01"

[recipients]
desk = [
  { first_of = ["csirt"], article = "s. 1" },
  { first_of = ["competent_authority"], article = "s. 1" },
]

[[tracks]]
id = "mandatory"
stages = [
  { id = "early_warning", clock = { from = "aware_significant", hours = 12 } },
  { id = "intermediate_report", remove = true },
]
"#;
    let texts = "pack = Cyber security act\n";
    let library =
        read(&with(&[("regimes/nis2-nl/pack.toml", profile), ("regimes/nis2-nl/text/en.ftl", texts)]));
    let mut case = case(
        json!({ "entity.class": "essential", "entity.type": "healthcare_provider" }),
        json!({ "significance_decision": "significant", "aware_significant_at": "2026-03-06T15:30:00Z" }),
    );
    let found = |case: &regime::Case| -> Vec<regime::Duty> {
        let all = duties(&library, case, &[], at("2026-03-06T16:00:00Z"));
        all.into_iter().filter(|duty| duty.key.pack.starts_with("nis2")).collect()
    };
    assert!(found(&case).iter().all(|duty| duty.key.pack == "nis2"));
    assert!(found(&case)[0].note.is_some());
    case.country = "NL".parse().unwrap();
    let there = found(&case);
    assert!(there.iter().all(|duty| duty.key.pack == "nis2-nl" && duty.note.is_none()));
    assert_eq!(there[0].due.as_ref().unwrap().at, at("2026-03-07T03:30:00Z"));
    assert_eq!((there[0].recipients.len(), there[0].title.as_str()), (2, "Early warning"));
    assert!(!there.iter().any(|duty| duty.key.stage == "intermediate_report"));
}

const PROFILE: &str = r#"
id = "nis2-nl"
law = "Cbw"
kind = "profile"
changes = "nis2"
countries = ["NL"]
version = "2026-07-01"
valid_from = "2026-05-01"
confidence = "medium"

[[channels]]
recipients = "desk"
kind = "portal"
name = "The portal"
languages = ["nl"]
words = "channel-portal"

[[tracks]]
id = "mandatory"
stages = [{ id = "early_warning", clock = { from = "aware_significant", hours = 12 }, unsure = "perhaps" }]
"#;

/// The packs that speak of a significant incident in the Netherlands, and what they say of the early warning.
fn early(
    library: &Library,
    opened: Option<&str>,
    now: &str,
    simulated: &[&str],
) -> Vec<(String, Option<String>)> {
    let mut case = case(
        json!({ "entity.class": "essential", "entity.type": "healthcare_provider" }),
        json!({ "significance_decision": "significant", "aware_significant_at": "2026-03-06T15:30:00Z" }),
    );
    case.country = "NL".parse().unwrap();
    case.opened = opened.map(at);
    case.simulated = simulated.iter().map(ToString::to_string).collect();
    let all = duties(library, &case, &[], at(now));
    let early =
        all.into_iter().filter(|duty| duty.key.stage == "early_warning" && duty.key.track == "mandatory");
    early.map(|duty| (duty.key.pack, duty.note)).collect()
}

#[test]
fn a_profile_speaks_from_its_first_day_for_what_is_opened_then_and_says_how_sure_it_is() {
    let texts = "pack = Act\nperhaps = The length is disputed.\nchannel-portal = By day only.\nnote-profile = Both receive.\n";
    let library =
        read(&with(&[("regimes/nis2-nl/pack.toml", PROFILE), ("regimes/nis2-nl/text/en.ftl", texts)]));
    let packs =
        |found: Vec<(String, Option<String>)>| found.into_iter().map(|(pack, _)| pack).collect::<Vec<_>>();
    assert_eq!(packs(early(&library, None, "2026-04-30T23:00:00Z", &[])), ["nis2"]);
    assert_eq!(packs(early(&library, None, "2026-05-01T00:00:00Z", &[])), ["nis2-nl"]);
    assert_eq!(
        packs(early(&library, Some("2026-04-30T12:00:00Z"), "2026-06-01T00:00:00Z", &[])),
        ["nis2"],
        "a running case stays under the law it was opened under"
    );
    let simulated = early(&library, None, "2026-04-30T23:00:00Z", &["nis2-nl"]);
    insta::assert_snapshot!(simulated[0].1.as_ref().unwrap(), @"Simulated: this law is not in force. The length is disputed. Both receive. These national rules were read about, not in the act itself: confirm them before you rely on a difference.");
}

#[test]
fn a_bill_speaks_only_where_it_is_simulated_and_then_before_the_law_in_force() {
    let texts = "pack = Act\nperhaps = Perhaps.\nchannel-portal = By day only.\n";
    let bill = PROFILE.replace("nis2-nl", "bill").replace("valid_from", "status = \"proposed\"\nvalid_from");
    let library = read(&with(&[
        ("regimes/nis2-nl/pack.toml", PROFILE),
        ("regimes/nis2-nl/text/en.ftl", texts),
        ("regimes/bill/pack.toml", &bill),
        ("regimes/bill/text/en.ftl", texts),
    ]));
    let pack = |simulated: &[&str]| early(&library, None, "2026-06-01T00:00:00Z", simulated)[0].0.clone();
    assert_eq!(pack(&[]), "nis2-nl");
    assert_eq!(pack(&["bill"]), "bill");
    assert_eq!(early(&library, None, "2026-06-01T00:00:00Z", &["bill"]).len(), 1);
}

#[test]
fn what_says_how_far_a_pack_can_be_relied_on_has_its_texts() {
    let broken = PROFILE
        .replace("valid_from", "status = \"not_transposed\"\nvalid_from")
        .replace("\"nl\"]", "\"Dutch\"]")
        .replace("recipients = \"desk\"", "recipients = \"nobody\"");
    insta::assert_snapshot!(problems(&[("regimes/nis2-nl/pack.toml", &broken), ("regimes/nis2-nl/text/en.ftl", "pack = Act\n")]).join("\n"), @r#"
    regimes/nis2-nl/pack.toml: status: text "note-not-in-force" is missing from text/en.ftl
    regimes/nis2-nl/pack.toml: languages: "Dutch" is no code of ISO 639-1, two small letters
    regimes/nis2-nl/pack.toml: channels, The portal: recipients "nobody" are not defined in [recipients]
    regimes/nis2-nl/pack.toml: channels, The portal: text "channel-portal" is missing from text/en.ftl
    regimes/nis2-nl/pack.toml: tracks.mandatory.stages.early_warning: text "perhaps" is missing from text/en.ftl
    "#);
}

/// The pieces that the largest law in sight needs: two of several thresholds, an earliest-of clock with a
/// weekend rule and its exclusion, re-anchoring, obligations by stage, conditions, value sets by stage.
#[test]
fn the_format_bears_the_largest_law_in_sight() {
    let pack = r#"
format = "beffroi-pack/1"
id = "finance"
law = "Finance"
kind = "regulation"
version = "2025-01-17"
valid_from = "2025-01-17"
sources = []
retention = { source = "none" }
recipients = { supervisor = [{ first_of = ["financial_authority"], article = "Art. 46" }] }

[rules.major]
all = [
  { field = "critical_services", is = true, article = "Art. 6" },
  { any = [
    { all = [ { field = "unauthorised_access", is = true }, { field = "suspected_malicious", is = true } ], article = "Art. 9(5)(b)" },
    { at_least = 2, of = [
      { any = [ { field = "customers_affected", more_than = 100000 }, { field = "customers_affected", more_than = { percent = 10, of = "entity.clients" } } ] },
      { any = [ { field = "outage_duration", more_than = "2 hours" }, { field = "limited_duration", more_than = "24 hours" } ] },
      { field = "financial_loss", more_than = 100000 },
    ] },
  ] },
]

[rules.no_weekend]
field = "entity.type"
has_any = ["credit_institution", "central_counterparty", "trading_venue_operator"]

[[tracks]]
id = "major"
applies = { rule = "major" }

[[tracks.stages]]
id = "initial"
article = "Art. 5(1)(a)"
form = "incident"
recipients = "supervisor"

[tracks.stages.clock]
if_later = { event = "classified_major", than = { from = "aware", hours = 24 } }
then = { from = "classified_major", hours = 4 }
otherwise = { earliest_of = [ { from = "classified_major", hours = 4 }, { from = "aware", hours = 24 } ] }
roll = { to = "next_working_day_noon", unless = "no_weekend" }

[[tracks.stages]]
id = "intermediate"
article = "Art. 5(1)(b)"
form = "incident"
recipients = "supervisor"
clock = { submitted = "initial", hours = 72, roll = { to = "next_working_day_noon", unless = "no_weekend" } }

[[tracks.stages]]
id = "final"
article = "Art. 5(1)(c)"
form = "incident"
recipients = "supervisor"
clock = { submitted = "intermediate", which = "latest", months = 1, roll = { to = "next_working_day_noon" } }
"#;
    let fields = r#"
format = "beffroi-fields/1"
version = "1"
fields = [
  { id = "classified_at", kind = "instant", group = "timeline", label = "When it was classified", event = { id = "classified_major", words = "classification" } },
  { id = "critical_services", kind = "boolean", group = "affected", label = "Critical services affected" },
  { id = "customers_affected", kind = "integer", group = "impact", label = "Customers affected" },
  { id = "entity.clients", kind = "integer", group = "entity", label = "Clients" },
]
"#;
    let form = r#"
format = "beffroi-form/1"
[[sections]]
id = "one"
fields = [
  { field = "summary", number = "2.4", basis = "law", required = ["all"], max_length = 300 },
  { field = "customers_affected", number = "3.4", basis = "law", required = ["intermediate", "final"] },
  { field = "recovered_at", number = "3.3", basis = "law", when = { field = "outage_duration", answered = true }, required = ["intermediate", "final"] },
  { field = "root_cause", number = "4.1", basis = "law", required = ["final"], values = { final = ["malicious_action", "human_error"] } },
]
"#;
    let texts = "pack = Finance\nrule-major = Major\nrule-no_weekend = No weekend\ntrack-major = Major\nstage-initial = Initial\nstage-intermediate = Intermediate\nstage-final = Final\nsection-one = One\n";
    let library = read(&with(&[
        ("regimes/finance/pack.toml", pack),
        ("regimes/finance/fields.toml", fields),
        ("regimes/finance/forms/incident.toml", form),
        ("regimes/finance/text/en.ftl", texts),
    ]));
    let finance = library.pack("finance").unwrap();
    let obligation = |field: &str, stage: &str| {
        finance.forms["incident"].fields().find(|asked| asked.field == field).unwrap().obligation(stage)
    };
    assert_eq!(obligation("customers_affected", "initial"), None);
    assert_eq!(obligation("customers_affected", "final"), Some(Obligation::Required));
    let mut case = case(
        json!({ "entity.type": ["other"], "entity.clients": 1000 }),
        json!({
            "critical_services": true, "customers_affected": 101, "financial_loss": { "amount": 100001, "currency": "EUR" },
            "aware_at": "2026-05-15T20:00:00Z", "classified_at": "2026-05-16T06:00:00Z",
        }),
    );
    let initial = |case: &regime::Case| {
        let all = duties(&library, case, &[], at("2026-05-16T07:00:00Z"));
        let duty = all.into_iter().find(|duty| duty.key.pack == "finance").unwrap();
        (duty.state, duty.due.unwrap().at)
    };
    assert_eq!(initial(&case), (DutyState::Due, at("2026-05-18T10:00:00Z")));
    case.entity.insert("entity.type".into(), json!(["credit_institution"]));
    assert_eq!(initial(&case), (DutyState::Due, at("2026-05-16T10:00:00Z")));
}
