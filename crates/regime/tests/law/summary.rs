//! The summary that a single point of contact owes: numbers alone.

use model::{Cell, OrganisationRole, Role, RoleScope};
use proptest::prelude::*;
use regime::{
    Library,
    export::{AnnualFiling, csv_of_sheets},
    statistics::Period,
    summary::{
        OwedSummary, Shown, Summary, counted_packs, summaries_owed, summary, summary_schema, summary_sheets,
    },
};
use serde_json::{Value, json};

use crate::{
    library,
    statistics::{filing, rows},
};

const EARLY: &str = "nis2.mandatory.early_warning";
const VOLUNTARY: &str = "nis2.voluntary.voluntary_notification";

fn contact(role: Role, country: &str) -> Vec<OrganisationRole> {
    let scope = RoleScope { country: country.parse().ok(), ..RoleScope::default() };
    vec![OrganisationRole { role, scope }]
}

fn owed(library: &Library) -> OwedSummary {
    owed_at(library, "2026-04-15T00:00:00Z")
}

fn owed_at(library: &Library, now: &str) -> OwedSummary {
    let now = crate::at(now);
    let all = summaries_owed(library, ("LU".parse().unwrap(), &contact(Role::Spoc, "LU")), now, 2);
    assert_eq!(all.len(), 1);
    all.into_iter().next().unwrap()
}

fn made(library: &Library, filings: Vec<AnnualFiling>) -> Summary {
    let period = Period::read("2026-Q1", None).unwrap();
    summary(library, &owed(library), period, &rows(library, filings)).unwrap()
}

fn many(count: usize, name: &str, duty: &str, answers: &Value) -> Vec<AnnualFiling> {
    let one = |at: usize| filing(&format!("{name}{at}"), duty, "2026-02-10T12:00:00Z", answers.clone());
    (0..count).map(one).collect()
}

#[test]
fn the_contact_point_owes_it_each_quarter_and_nobody_else() {
    let library = library();
    let owed = owed(&library);
    assert_eq!((owed.pack.as_str(), owed.article.as_str()), ("nis2", "Art. 23(9)"));
    let periods: Vec<_> = owed
        .periods
        .iter()
        .map(|period| (period.period.as_str(), period.due_at.unwrap().to_string()))
        .collect();
    assert_eq!(
        periods,
        [("2026-Q1", "2026-04-01T00:00:00Z".to_owned()), ("2025-Q4", "2026-01-01T00:00:00Z".to_owned())]
    );
    let now = crate::at("2026-11-25T00:00:00Z");
    for (role, of) in [(Role::Csirt, "LU"), (Role::Spoc, "BE"), (Role::Enisa, "LU")] {
        assert!(
            summaries_owed(&library, ("LU".parse().unwrap(), &contact(role, of)), now, 2).is_empty(),
            "{role} of {of}"
        );
    }
}

#[test]
fn a_profile_owes_what_its_law_owes_and_counts_what_was_filed_under_both() {
    let library = library();
    let owed = owed_at(&library, "2026-11-25T00:00:00Z");
    assert_eq!((owed.pack.as_str(), owed.periods[0].period.as_str()), ("nis2-lu", "2026-Q3"));
    assert_eq!(counted_packs(&library, &owed), ["nis2-lu", "nis2"]);
}

#[test]
fn kinds_are_told_apart_and_small_numbers_are_hidden() {
    let library = library();
    let mut filings = many(7, "a", EARLY, &json!({"root_cause": "system_failure"}));
    filings.extend(many(
        4,
        "b",
        VOLUNTARY,
        &json!({"report_kind": "near_miss", "root_cause": "human_error"}),
    ));
    filings.extend(many(2, "c", VOLUNTARY, &json!({"report_kind": "threat"})));
    let summary = made(&library, filings);
    assert_eq!(summary.total, Shown::Count(13));
    let table = |id: &str| {
        let table = summary.tables.iter().find(|table| table.id == id).unwrap();
        table.lines.iter().map(|line| (line.id.as_str(), line.reports)).collect::<Vec<_>>()
    };
    assert_eq!(
        table("kind"),
        [
            ("significant_incident", Shown::Count(7)),
            ("voluntary_incident", Shown::Count(0)),
            ("near_miss", Shown::HiddenFrom(3)),
            ("threat", Shown::FewerThan(3)),
        ]
    );
    assert_eq!(
        table("month"),
        [("2026-01", Shown::Count(0)), ("2026-02", Shown::Count(13)), ("2026-03", Shown::Count(0))]
    );
    assert_eq!(
        table("cause"),
        [
            ("human_error", Shown::HiddenFrom(3)),
            ("not_told", Shown::FewerThan(3)),
            ("system_failure", Shown::Count(7))
        ]
    );
    let document = serde_json::to_value(&summary).unwrap();
    assert!(jsonschema::validator_for(&summary_schema()).unwrap().is_valid(&document), "{document:#}");
    let sheets = summary_sheets(&summary);
    assert!(sheets[1].rows.contains(&vec![
        "Cyber threats, voluntarily".into(),
        "threat".into(),
        Cell::from("<3")
    ]));
}

#[test]
fn a_quarter_with_two_reports_says_fewer_than_three_and_an_empty_one_none() {
    let library = library();
    let summary = made(&library, many(2, "a", EARLY, &json!({})));
    assert_eq!(summary.total, Shown::FewerThan(3));
    assert!(summary.tables.iter().all(|table| table.withheld && table.lines.is_empty()));
    let none = made(&library, vec![]);
    assert_eq!(none.total, Shown::Count(0));
    assert!(none.tables.iter().all(|table| !table.withheld));
}

#[test]
fn an_incident_counts_once_whoever_received_it() {
    let library = library();
    let mut filings = many(5, "a", EARLY, &json!({}));
    filings.extend(many(5, "a", EARLY, &json!({"cross_border": true})));
    assert_eq!(made(&library, filings).total, Shown::Count(5));
}

/// A text that stands in no vocabulary.
fn secret() -> impl Strategy<Value = String> {
    "zq[a-z0-9]{8}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_of_a_filing_leaves(secret in secret(), count in 1..9_usize) {
        // Every question of the vocabularies is answered with the secret, in each shape that an answer can have.
        static LIBRARY: std::sync::LazyLock<Library> = std::sync::LazyLock::new(library);
        let library = &*LIBRARY;
        let fields = || library.vocabularies().incident_fields().map(|field| field.id.clone());
        let alone: Value = fields().map(|field| (field, json!(secret))).collect::<serde_json::Map<_, _>>().into();
        let listed: Value = fields().map(|field| (field, json!([secret, "LU"]))).collect::<serde_json::Map<_, _>>().into();
        let mut filings = many(count, &secret, EARLY, &alone);
        filings.extend(many(count, &format!("{secret}-l"), VOLUNTARY, &listed));
        for filing in &mut filings {
            filing.sector = Some(secret.clone());
        }
        let summary = made(library, filings);
        let document = serde_json::to_string(&summary).unwrap();
        prop_assert!(!document.contains(&secret), "{document}");
        prop_assert!(!csv_of_sheets(&summary_sheets(&summary)).contains(&secret));
    }
}
