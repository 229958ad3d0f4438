//! The duty finder on this repository's laws.

use std::collections::{BTreeMap, BTreeSet};

use model::{DutyState, Instant};
use regime::{
    Case, Library, duties, example_cases,
    finder::{Difference, Purpose, assumptions, clock_in_words, differences, next_question},
};
use serde_json::{Value, json};

use crate::{at, case, library, library_files, read};

/// What somebody knows who is asked.
type World = BTreeMap<String, Value>;

/// Puts an answer where it belongs.
fn tell(case: &mut Case, field: &str, value: Value) {
    let facts = if field.starts_with("entity.") { &mut case.entity } else { &mut case.facts };
    facts.insert(field.to_owned(), value);
}

/// Asks until no question is left: the questions, and what is known in the end.
fn walk(
    library: &Library,
    (mut case, world): (Case, &World),
    now: Instant,
    next: impl Fn(&Case, &BTreeSet<String>) -> Option<String>,
) -> (Vec<String>, Case) {
    let (mut asked, mut unknown) = (vec![], BTreeSet::new());
    while let Some(field) = next(&case, &unknown) {
        assert!(!asked.contains(&field), "{field} is asked twice");
        assert!(library.vocabularies().field(&field).is_some());
        match world.get(&field) {
            Some(value) => tell(&mut case, &field, value.clone()),
            None => _ = unknown.insert(field.clone()),
        }
        asked.push(field);
        assert!(now > Instant::MIN && asked.len() < 200, "it does not end: {asked:?}");
    }
    (asked, case)
}

fn ours(library: &Library, now: Instant) -> impl Fn(&Case, &BTreeSet<String>) -> Option<String> {
    move |case, unknown| {
        let found = duties(library, case, &[], now);
        let question = next_question(library, case, (&found, unknown), now)?;
        (question.purpose == Purpose::Decide).then_some(question.field.field)
    }
}

/// Every fact that an open duty names, in the order of the vocabulary.
fn naive(library: &Library, now: Instant) -> impl Fn(&Case, &BTreeSet<String>) -> Option<String> {
    move |case, unknown| {
        let found = duties(library, case, &[], now);
        let open = found
            .iter()
            .filter(|duty| duty.state == DutyState::Undecided && !duty.voluntary && !duty.on_request);
        let missing: BTreeSet<&str> =
            open.flat_map(|duty| &duty.missing).map(|missing| missing.field.as_str()).collect();
        let known = |id: &str| case.facts.contains_key(id) || case.entity.contains_key(id);
        let mut fields = library.vocabularies().fields().map(|field| field.id.as_str());
        fields.find(|id| missing.contains(id) && !unknown.contains(*id) && !known(id)).map(str::to_owned)
    }
}

/// How every duty that must be fulfilled stands: owed, not owed, or open.
fn verdicts(library: &Library, case: &Case, now: Instant) -> Vec<(String, Option<bool>)> {
    let owed = |state| match state {
        DutyState::Undecided => None,
        DutyState::NotApplicable | DutyState::Displaced => Some(false),
        _ => Some(true),
    };
    let found = duties(library, case, &[], now);
    let counts = found.into_iter().filter(|duty| !duty.voluntary && !duty.on_request);
    counts.map(|duty| (duty.key.to_string(), owed(duty.state))).collect()
}

#[test]
fn a_hospital_is_led_to_its_duties_in_few_questions() {
    let library = library();
    let now = at("2026-03-06T16:00:00Z");
    let world: World = [
        ("entity.type", json!(["healthcare_provider"])),
        ("entity.sector", json!("health")),
        ("entity.class", json!("essential")),
        ("entity.size", json!("large")),
        ("entity.critical_entity", json!(false)),
        ("significance_decision", json!("significant")),
        ("recipients_affected", json!(false)),
        ("significant_threat", json!(false)),
        ("personal_data", json!(false)),
        ("aware_significant_at", json!("2026-03-06T15:00:00Z")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    let (asked, case) = walk(&library, (case(json!({}), json!({})), &world), now, ours(&library, now));
    println!("{}", asked.join("\n"));
    assert!(asked.len() <= 20, "{} questions: {asked:?}", asked.len());
    let found = duties(&library, &case, &[], now);
    let early = found.iter().find(|duty| duty.key.to_string() == "nis2.mandatory.early_warning").unwrap();
    assert_eq!(early.state, DutyState::Due);
    // Then the instant is asked from which its clock counts.
    let unknown: BTreeSet<String> =
        asked.iter().filter(|field| !world.contains_key(*field)).cloned().collect();
    let question = next_question(&library, &case, (&found, &unknown), now).unwrap();
    assert_eq!((question.field.field.as_str(), question.purpose), ("aware_significant_at", Purpose::Date));
    assert_eq!(
        clock_in_words(&library, &case, &early.key, now).as_deref(),
        Some("24 hours from becoming aware that the incident is significant")
    );
}

#[test]
fn our_order_asks_no_more_than_that_of_the_vocabulary_on_the_worked_examples() {
    let files = library_files();
    let library = read(&files);
    let mut seen = BTreeSet::new();
    let mut cases = example_cases(&library, &files);
    // Examples that differ only in what was filed or asked for are one world.
    cases.retain(|(_, case, _)| seen.insert(format!("{}{:?}{:?}", case.country, case.entity, case.facts)));
    let all = cases.len();
    // A debug build takes seconds for a world; `BEFFROI_WORLDS` says how many, six when not said.
    let wanted = std::env::var("BEFFROI_WORLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(6);
    let every = all.div_ceil(wanted);
    let (mut our_total, mut naive_total, mut worlds) = (0, 0, 0);
    for (name, known, now) in cases.into_iter().step_by(every) {
        let world: World = known.entity.clone().into_iter().chain(known.facts.clone()).collect();
        let empty = Case {
            entity: BTreeMap::new(),
            facts: BTreeMap::new(),
            submissions: vec![],
            requests: vec![],
            ..known
        };
        let (ours, ended) = walk(&library, (empty.clone(), &world), now, ours(&library, now));
        let (naive, whole) = walk(&library, (empty, &world), now, naive(&library, now));
        assert_eq!(verdicts(&library, &ended, now), verdicts(&library, &whole, now), "{name}");
        our_total += ours.len();
        naive_total += naive.len();
        worlds += 1;
    }
    println!(
        "{worlds} of {all} worlds: {:.1} questions in our order, {:.1} in that of the vocabulary",
        our_total as f64 / worlds as f64,
        naive_total as f64 / worlds as f64
    );
    assert!(our_total <= naive_total, "{our_total} questions against {naive_total}");
}

#[test]
fn another_answer_shows_what_it_would_change() {
    let library = library();
    let now = at("2026-03-06T16:00:00Z");
    let hospital = case(
        json!({"entity.sector": "health", "entity.type": ["healthcare_provider"], "entity.class": "essential"}),
        json!({"significance_decision": "significant", "aware_significant_at": "2026-03-06T15:00:00Z"}),
    );
    let changed = |field: &str, value: Value| {
        let mut other = hospital.clone();
        tell(&mut other, field, value);
        let changes =
            differences(&duties(&library, &hospital, &[], now), &duties(&library, &other, &[], now));
        let words = changes.into_iter().filter(|change| change.key.pack == "nis2").map(|change| {
            (change.key.to_string(), change.difference, change.due_after.map(|due| due.to_string()))
        });
        words.collect::<Vec<_>>()
    };
    let early = "nis2.mandatory.early_warning".to_owned();
    let later = changed("aware_significant_at", json!("2026-03-06T15:30:00Z"));
    assert!(later.contains(&(early.clone(), Difference::Moved, Some("2026-03-07T15:30:00Z".to_owned()))));
    let not = changed("significance_decision", json!("not_significant"));
    assert!(not.contains(&(early, Difference::Gone, None)), "{not:?}");
    assert_eq!(changed("title", json!("Another title")), []);
}

#[test]
fn what_is_taken_for_granted_is_told_where_it_matters() {
    let library = library();
    let now = at("2026-03-06T16:00:00Z");
    let bank = case(json!({"entity.sector": "banking"}), json!({}));
    let assumed = assumptions(&library, &bank, &BTreeSet::new(), now);
    let told = |name: &str| assumed.iter().find(|field| field.field == name).map(|field| field.value.clone());
    assert_eq!(told("entity.financial_entity"), Some(Some(json!(false))));
    assert_eq!(told("report_kind"), Some(Some(json!("incident"))));
    assert_eq!(told("tlp"), None);
}
