//! Reports that were filed elsewhere: reading them never panics, and what is taken is an answer.

use bolero::check;
use fuzz::{Dice, Tally, json as wild, quick, text};
use model::Role;
use regime::export::{Report, csv_of, export_named, import, json_of, report_of};
use serde_json::Value;

use crate::record::case_of_the_hospital;

/// Every answer that was taken is one.
fn read(library: &regime::Library, bytes: &[u8]) -> bool {
    let mut taken = false;
    let fast = quick(|| {
        if let Ok(read) = import(library, None, bytes) {
            for (field, value) in read.answers.iter().chain(&read.entity) {
                regime::check_answer(library, field, value).unwrap();
            }
            taken = !read.answers.is_empty();
        }
    });
    assert!(fast, "reading this report takes longer than a second");
    taken
}

#[test]
fn spoilt_json_of_reports() {
    let library = regime::Library::read(&testkit::files()).unwrap();
    let case = case_of_the_hospital();
    let seeds: Vec<Value> = [
        ("nis2.mandatory.incident_notification", Role::Csirt, None),
        ("dora.major_incident.final_report", Role::FinancialAuthority, Some("dora")),
        ("gdpr.notification.authority_notification", Role::DataProtectionAuthority, Some("edpb")),
    ]
    .into_iter()
    .map(|(stage, to, format)| {
        let report = Report::of_case(&library, &case, &stage.parse().unwrap(), to);
        match format.and_then(|format| export_named(&library, format)) {
            Some((_, export)) => json_of(&library, export, &report).result,
            None => report_of(&library, &report),
        }
    })
    .collect();
    let tally = Tally::new("reports::spoilt_json_of_reports");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        tally.count(read(&library, &wild::spoilt(&mut dice, &seeds, bytes)));
    });
}

#[test]
fn spoilt_tables_of_reports() {
    let library = regime::Library::read(&testkit::files()).unwrap();
    let stage = "nis2.mandatory.incident_notification".parse().unwrap();
    let report = Report::of_case(&library, &case_of_the_hospital(), &stage, Role::Csirt);
    let table = csv_of(&library, &report);
    let tally = Tally::new("reports::spoilt_tables_of_reports");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        tally.count(read(&library, &text::spoilt(&table, &[table.as_str()], &mut dice)));
    });
}
