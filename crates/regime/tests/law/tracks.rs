//! Tracks that share names of stages, filings that count for several stages, and tracks that are taken back.

use std::collections::BTreeMap;

use model::DutyState;
use regime::{Duty, Library, Submission, duties};
use serde_json::json;

use crate::{at, case, library_files, read};

/// A law with two ways that use the same names, and a stage that takes one of them back.
const PACK: &str = r#"
format = "beffroi-pack/1"
id = "law"
law = "Law"
kind = "agreement"
version = "2026-01-01"
valid_from = "2026-01-01"
sources = []
retention = { source = "none" }
recipients = { desk = [{ first_of = ["csirt"], article = "1" }] }

[[tracks]]
id = "loss"
applies = { always = true }
withdrawn_by = { stage = "mistake", article = "9", revived_by = "aware" }
stages = [
  { id = "first", article = "2", recipients = "desk", clock = { from = "aware", hours = 24 } },
  { id = "second", article = "3", recipients = "desk", clock = { submitted = "first", days = 2 }, covers = { stages = ["first"], article = "4" } },
]

[[tracks]]
id = "theft"
applies = { always = true }
stages = [
  { id = "first", article = "5", recipients = "desk", clock = { from = "aware", hours = 12 } },
  { id = "second", article = "6", recipients = "desk", applies = { field = "submitted.first", is = true }, clock = { submitted = "first", days = 5 } },
]

[[tracks]]
id = "mistakes"
applies = { field = "ongoing", is = false }
stages = [{ id = "mistake", article = "9", recipients = "desk" }]
"#;

const TEXT: &str = "pack = Law\ntrack-loss = Loss\ntrack-theft = Theft\ntrack-mistakes = Mistake\n\
    stage-first = First\nstage-second = Second\nstage-mistake = Mistake\n";

fn files(pack: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = library_files();
    files.retain(|path, _| !path.starts_with("regimes/") || path.ends_with("fields.toml"));
    files.insert("regimes/law/pack.toml".into(), pack.as_bytes().to_vec());
    files.insert("regimes/law/text/en.ftl".into(), TEXT.as_bytes().to_vec());
    files
}

/// The duties after these filings: duty, instant, whether it corrects.
fn after(facts: serde_json::Value, filed: &[(&str, &str, bool)]) -> BTreeMap<String, Duty> {
    let library = read(&files(PACK));
    let mut case = case(json!({}), facts);
    case.submissions = filed
        .iter()
        .map(|(duty, instant, corrects)| Submission {
            duty: format!("law.{duty}").parse().unwrap(),
            at: at(instant),
            acknowledged: false,
            corrects: *corrects,
        })
        .collect();
    let all = duties(&library, &case, &[], at("2026-05-12T12:00:00Z"));
    all.into_iter().map(|duty| (format!("{}.{}", duty.key.track, duty.key.stage), duty)).collect()
}

fn due(duty: &Duty) -> Option<model::Instant> {
    duty.due.as_ref().map(|due| due.at)
}

#[test]
fn a_track_counts_from_its_own_filings_only() {
    let all = after(json!({}), &[("loss.first", "2026-05-12T10:00:00Z", false)]);
    assert_eq!(due(&all["loss.second"]), Some(at("2026-05-14T10:00:00Z")));
    assert_eq!((due(&all["theft.second"]), all["theft.second"].state), (None, DutyState::NotApplicable));
    assert_eq!((all["loss.first"].state, all["theft.first"].state), (DutyState::Filed, DutyState::Due));
    let all = after(json!({}), &[("theft.first", "2026-05-12T11:00:00Z", false)]);
    assert_eq!(due(&all["theft.second"]), Some(at("2026-05-17T11:00:00Z")));
    assert_eq!(due(&all["loss.second"]), None);
    assert_eq!(all["loss.second"].missing[0].field, "submitted.first");
}

#[test]
fn a_correction_starts_no_clock_anew() {
    let first = ("loss.first", "2026-05-12T10:00:00Z", false);
    let all = after(json!({}), &[("loss.first", "2026-05-12T11:00:00Z", true), first]);
    assert_eq!(due(&all["loss.second"]), Some(at("2026-05-14T10:00:00Z")));
    assert_eq!(all["loss.first"].submissions.len(), 2, "both versions are shown");
}

#[test]
fn one_filing_counts_for_the_earlier_stage_unless_that_was_filed_before() {
    let second = ("loss.second", "2026-05-12T11:00:00Z", false);
    let all = after(json!({ "aware_at": "2026-05-12T08:00:00Z" }), &[second]);
    assert_eq!((all["loss.first"].state, all["loss.second"].state), (DutyState::Filed, DutyState::Filed));
    assert_eq!(all["loss.first"].submissions, [at("2026-05-12T11:00:00Z")]);
    assert!(!all["loss.first"].due.as_ref().unwrap().late);
    let late = after(json!({ "aware_at": "2026-05-11T08:00:00Z" }), &[second]);
    assert!(late["loss.first"].due.as_ref().unwrap().late, "it counts from when it was filed");
    let all = after(json!({}), &[second, ("loss.first", "2026-05-12T09:00:00Z", false)]);
    assert_eq!(all["loss.first"].submissions, [at("2026-05-12T09:00:00Z")]);
}

#[test]
fn a_track_that_was_taken_back_says_by_what_and_may_begin_anew() {
    let filed =
        [("loss.first", "2026-05-12T09:00:00Z", false), ("mistakes.mistake", "2026-05-12T10:00:00Z", false)];
    let all = after(json!({ "ongoing": false }), &filed);
    assert_eq!(all["loss.first"].state, DutyState::Filed);
    let second = &all["loss.second"];
    assert_eq!((second.state, &second.due), (DutyState::Withdrawn, &None));
    assert_eq!(all["theft.first"].state, DutyState::Due, "the other way stands");
    insta::assert_snapshot!(
        second.reasons.parts.iter().map(|part| format!("{} ({}): {}", part.rule, part.article.as_deref().unwrap_or_default(), part.compared.as_deref().unwrap_or_default())).collect::<Vec<_>>().join("\n"),
        @"not taken back by: Mistake (9): filed Tuesday 12 May 2026, 12:00 (Europe/Luxembourg)"
    );
    let anew = after(json!({ "ongoing": false, "aware_at": "2026-05-12T11:00:00Z" }), &filed);
    assert_eq!(anew["loss.first"].state, DutyState::Due);
    assert_eq!(due(&anew["loss.first"]), Some(at("2026-05-13T11:00:00Z")));
    assert_eq!(anew["loss.first"].submissions, []);
}

#[test]
fn what_names_no_single_stage_is_refused() {
    let broken = PACK
        .replace("stage = \"mistake\"", "stage = \"misstep\"")
        .replace("revived_by = \"aware\"", "revived_by = \"sunrise\"")
        .replace("stages = [\"first\"]", "stages = [\"third\"]")
        .replace("field = \"ongoing\", is = false", "field = \"submitted.first\", is = true")
        .replace("{ id = \"second\", article = \"6\"", "{ id = \"first\", article = \"6\"");
    let problems = Library::read(&files(&broken)).unwrap_err();
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    regimes/law/pack.toml: tracks.loss.withdrawn_by: "misstep" is no stage of this pack
    regimes/law/pack.toml: tracks.loss.withdrawn_by: "sunrise" is no event of a field
    regimes/law/pack.toml: tracks.loss.stages.second.covers: "third" is no earlier stage of the same track
    regimes/law/pack.toml: tracks.theft.stages.first: another stage of this track has that name; events of it would be ambiguous
    regimes/law/pack.toml: tracks.mistakes.applies: "first" is a stage of several tracks (loss, theft); only they can name it
    "#);
}
