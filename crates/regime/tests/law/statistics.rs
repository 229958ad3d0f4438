//! The statistics of an authority, checked by hand.

use model::FiledAnswer;
use regime::{
    Library,
    export::{AnnualFiling, AnnualRow, AnnualRows, Report, ReportHead, csv_of_sheets},
    statistics::{DimensionCount, Period, Statistics, statistics, statistics_sheets},
};
use serde_json::{Value, json};

use crate::library;

/// A filing of an incident under a duty, with these answers.
pub fn filing(incident: &str, duty: &str, at: &str, answers: Value) -> AnnualFiling {
    let answers = answers.as_object().unwrap().iter().map(|(field, value)| {
        (field.clone(), FiledAnswer { value: Some(value.clone()), ..FiledAnswer::default() })
    });
    let head = ReportHead {
        reference: "R".into(),
        version: 1,
        filed_at: crate::at(at),
        from: "Bank".into(),
        to: "Desk".into(),
    };
    let report = Report {
        duty: duty.parse().unwrap(),
        groups: [("all".to_owned(), answers.collect())].into(),
        filing: Some(head),
        marks: model::Marks::default(),
    };
    AnnualFiling { incident: incident.into(), report, sector: Some("health".into()), late: false }
}

pub fn rows(library: &Library, filings: Vec<AnnualFiling>) -> Vec<AnnualRow> {
    let mut rows = AnnualRows::default();
    filings.into_iter().for_each(|filing| rows.add(library, filing));
    rows.rows(library)
}

const EARLY: &str = "nis2.mandatory.early_warning";
const FINAL: &str = "nis2.mandatory.final_report";
const VOLUNTARY: &str = "nis2.voluntary.voluntary_notification";

/// Two incidents that are owed, one of them late and told of in two stages; a near miss; and one of them under another
/// law as well.
fn year(library: &Library) -> Vec<AnnualRow> {
    let early = json!({
        "suspected_malicious": true, "cross_border": true, "severity": "high", "root_cause": "malicious_action",
        "occurred_at": "2026-01-10T06:00:00Z", "detected_at": "2026-01-10T08:00:00Z",
    });
    let last = json!({"suspected_malicious": false, "handled_at": "2026-01-12T08:00:00Z"});
    let second = json!({"suspected_malicious": true, "occurred_at": "2026-03-01T00:00:00Z", "detected_at": "2026-03-01T06:00:00Z"});
    let breach = json!({"breach_cause": "It was =1+1 of Mr Miller.", "cross_border_processing": "unknown"});
    let late = |filing: AnnualFiling| AnnualFiling { late: true, ..filing };
    rows(
        library,
        vec![
            filing("a", EARLY, "2026-01-10T12:00:00Z", early),
            late(filing("a", FINAL, "2026-03-10T12:00:00Z", last)),
            filing("b", EARLY, "2026-03-02T06:00:00Z", second),
            filing("c", VOLUNTARY, "2026-03-31T23:59:59Z", json!({"report_kind": "near_miss"})),
            filing("b", "gdpr.notification.authority_notification", "2026-03-03T06:00:00Z", breach),
        ],
    )
}

fn dimension<'a>(statistics: &'a Statistics, id: &str) -> &'a DimensionCount {
    statistics.dimensions.iter().find(|dimension| dimension.id == id).unwrap()
}

fn values(statistics: &Statistics, id: &str) -> (Vec<(String, usize)>, usize) {
    let dimension = dimension(statistics, id);
    let values = dimension.values.iter().map(|value| (value.label.clone(), value.count));
    (values.collect(), dimension.untold)
}

#[test]
fn a_period_is_counted() {
    let library = library();
    let period = Period::read("2026-Q1", None).unwrap();
    let counted = statistics(&library, period, &year(&library));
    assert_eq!((counted.incidents, counted.reports, counted.filings), (3, 4, 5));
    let told = |values: &[(&str, usize)], untold: usize| {
        (values.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect::<Vec<_>>(), untold)
    };
    assert_eq!(values(&counted, "law"), told(&[("NIS2", 3), ("GDPR", 1)], 0));
    assert_eq!(values(&counted, "notification_type"), told(&[("Incident", 3), ("Near miss", 1)], 0));
    assert_eq!(values(&counted, "voluntary"), told(&[("No", 3), ("Yes", 1)], 0));
    // The final report says that it was none after all; an unknown is not told.
    assert_eq!(values(&counted, "malicious"), told(&[("No", 1), ("Yes", 1)], 2));
    assert_eq!(values(&counted, "cross_border"), told(&[("Yes", 1)], 3));
    assert_eq!(values(&counted, "sector"), told(&[("Health", 4)], 0));
    let share = |id: &str| {
        let share = counted.shares.iter().find(|share| share.id == id).unwrap();
        (share.count, share.told)
    };
    assert_eq!((share("on_time"), share("malicious"), share("cross_border")), ((3, 4), (1, 2), (1, 1)));
    let length = |id: &str| {
        let length = counted.lengths.iter().find(|length| length.id == id).unwrap();
        (length.told, length.shortest_hours, length.median_hours, length.longest_hours)
    };
    assert_eq!(length("hours_to_detect"), (2, Some(2.0), Some(4.0), Some(6.0)));
    assert_eq!(length("hours_to_report"), (2, Some(4.0), Some(14.0), Some(24.0)));
    assert_eq!(length("hours_to_resolve"), (1, Some(48.0), Some(48.0), Some(48.0)));
    let months: Vec<_> =
        counted.months.iter().map(|month| (month.month.as_str(), month.count, month.laws.len())).collect();
    assert_eq!(months, [("2026-01", 1, 1), ("2026-02", 0, 0), ("2026-03", 3, 2)]);
}

#[test]
fn what_somebody_wrote_is_no_category() {
    let library = library();
    let period = Period::read("2026", None).unwrap();
    let text = "Mr Miller clicked";
    let words = json!({"threat_or_cause": text, "report_kind": text, "affected_countries": [text, "LU"]});
    let counted = statistics(
        &library,
        period,
        &rows(&library, vec![filing("a", EARLY, "2026-01-10T12:00:00Z", words)]),
    );
    assert_eq!(values(&counted, "cause"), (vec![("Told in words".to_owned(), 1)], 0));
    assert!(dimension(&counted, "countries").several);
    let leaked = |value: &str| csv_of_sheets(&statistics_sheets(&counted)).contains(value);
    assert!(!leaked("Miller"), "a value that no list has is no category either");
}

#[test]
fn an_empty_period_is_empty_and_every_table_has_its_titles() {
    let library = library();
    let counted = statistics(&library, Period::read("2026-Q1", None).unwrap(), &[]);
    assert_eq!((counted.incidents, counted.reports, counted.months.len()), (0, 0, 3));
    assert!(counted.lengths.iter().all(|length| length.median_hours.is_none()));
    let sheets = statistics_sheets(&counted);
    assert_eq!(sheets.len(), 2 + counted.dimensions.len());
    let mut names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert!(names.iter().all(|name| !name.is_empty() && name.chars().count() <= 31));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), sheets.len(), "each sheet has a name of its own");
}
