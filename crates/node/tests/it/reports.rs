//! Incidents as reports on the command line, and reports that were filed elsewhere as incidents.

use serde_json::{Value, json};

use crate::support::Ground;

fn incident() -> Value {
    json!({
        "country": "LU", "zone": "Europe/Luxembourg",
        "entity": {
            "name": "Banque de la Sûre S.A.", "lei": "5299BANQUESURE000040", "sector": "banking",
            "type": ["credit_institution"], "class": "essential", "financial_entity": true, "group_member": false,
        },
        "facts": {
            "own_reference": "BDS-2026-0017", "aware_at": "2026-05-12T08:00:00Z", "classified_major_at": "2026-05-12T10:00:00Z",
            "description": "Online accounts were down.", "criteria_met": ["duration", "critical_services"],
            "discovery": "monitoring", "continuity_activated": true, "reporting_currency": "EUR",
            "critical_functions_affected": true, "had_downtime": true, "service_downtime": 10_800, "downtime_critical": true,
            "contacts": [{ "name": "Anne Weber", "email": "anne.weber@example.com", "telephone": "+352 26 00 00 01" }],
            "second_contact_name": "Duty team", "second_contact_email": "duty@example.com",
            "second_contact_telephone": "+352 26 00 00 02",
        },
    })
}

#[test]
fn an_incident_becomes_the_report_of_its_law_and_comes_back() {
    let ground = Ground::new("");
    let file = ground.write("incident.json", incident().to_string().as_bytes());
    let file = file.to_str().unwrap();
    let run = ground.run(&["convert", "--from", "incident", "--to", "dora", file]);
    assert_eq!(run.code, 0, "{run:?}");
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["incidentSubmission"], "initial_notification");
    assert_eq!(report["incident"]["financialEntityCode"], "BDS-2026-0017");
    assert!(run.err.contains("loss") && run.err.contains("critical_functions_affected"), "{}", run.err);

    let filed = ground.write("filed.json", run.out.as_bytes());
    let back =
        ground.run(&["--json", "convert", "--from", "dora", "--to", "incident", filed.to_str().unwrap()]);
    assert_eq!(back.code, 0, "{back:?}");
    let read: Value = serde_json::from_str(&back.out).unwrap();
    assert_eq!(read["facts"]["criteria_met"], json!(["duration", "critical_services"]));
    assert_eq!(read["entity"]["entity.lei"], "5299BANQUESURE000040");
    let told: Value = serde_json::from_str(&back.err).unwrap();
    assert_eq!(told["duty"], "dora.major_incident.initial_notification");

    // What is still missing is said, and the exit code tells it.
    let early = ["convert", "--to", "dora", "--duty", "dora.major_incident.final_report", file];
    let run = ground.run(&early);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("missing  root_causes"), "{}", run.err);
}

#[test]
fn every_incident_goes_out_as_table_mail_and_document() {
    let ground = Ground::new("");
    let file = ground.write("incident.json", incident().to_string().as_bytes());
    let file = file.to_str().unwrap();
    for (to, begins) in [("report", "{"), ("csv", "duty,law"), ("mail", "Subject: ")] {
        let run = ground.run(&["convert", "--to", to, file]);
        assert!(run.out.starts_with(begins), "{to}: {run:?}");
    }
    let ways = ground.run(&["convert", "--ways"]).out;
    for way in [
        "incident -> dora",
        "incident -> edpb",
        "incident -> cra-sheet",
        "incident -> docx",
        "dora -> incident",
        "csv -> incident",
    ] {
        assert!(ways.contains(way), "{way}: {ways}");
    }
    let wrong =
        ground.run(&["convert", "--to", "cra-sheet", "--duty", "dora.major_incident.final_report", file]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert!(wrong.err.contains("it is as dora, report"), "{}", wrong.err);
}
