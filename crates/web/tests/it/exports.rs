//! Reports as files of other formats, and back.

use serde_json::{Value, json};
use testkit::Request;

use crate::story::{EARLY_WARNING, Story};

#[tokio::test]
async fn both_sides_of_a_filing_take_it_in_every_format_that_is_offered() {
    let story = Story::begin().await;
    let filed = story.file(&story.open().await).await;
    let base = format!("/api/v1/filings/{}/exports", filed.filing);
    for side in [&story.reporter, &story.officer] {
        let offers = story.node.call(Request::get(&base).session(side)).await.expect(200);
        let formats: Vec<&str> =
            offers["formats"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(formats, ["report", "csv", "mail", "pdf", "odt", "docx", "stix"]);
        for format in formats {
            let answer = story.node.call(Request::get(&format!("{base}/{format}")).session(side)).await;
            assert_eq!(answer.status, 200, "{format}: {}", answer.text());
            let name = answer.header("content-disposition").unwrap();
            assert!(name.starts_with("attachment; filename=\"") && name.contains(&filed.reference), "{name}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        }
    }
    let report = story.report(Request::get(&format!("{base}/report")), 200).await;
    assert_eq!((&report["format"], &report["duty"]), (&json!("beffroi-report/1"), &json!(EARLY_WARNING)));
    assert_eq!(report["filing"]["reference"], json!(filed.reference));
    let schema = story.report(Request::get("/api/schemas/report.json"), 200).await;
    assert_eq!(schema["properties"]["format"]["const"], "beffroi-report/1");
    let stix = story.report(Request::get(&format!("{base}/stix")), 200).await;
    assert_eq!(stix["type"], "bundle");
    let unknown = Request::get(&format!("{base}/telegram")).session(&story.reporter);
    assert_eq!(story.node.call(unknown).await.status, 404);
}

#[tokio::test]
async fn a_stage_goes_out_before_it_is_filed_and_says_so() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let base = format!("/api/reporting/v1/incidents/{incident}/duties/{EARLY_WARNING}/exports");
    let offers = story.report(Request::get(&base), 200).await;
    assert!(offers["formats"].as_array().unwrap().iter().any(|one| one["id"] == "docx"));
    let report = story.report(Request::get(&format!("{base}/report")), 200).await;
    assert_eq!(report["filing"], Value::Null);
    let mail = Request::get(&format!("{base}/mail?recipient={}", story.node.world.csirt.id));
    let mail = story.node.call(mail.session(&story.reporter)).await;
    assert!(mail.text().contains("Draft, not filed"), "{}", mail.text());
    let wrong = Request::get(&format!("{base}/mail?recipient={incident}")).session(&story.reporter);
    assert_eq!(story.node.call(wrong).await.status, 422);
}

#[tokio::test]
async fn what_was_filed_elsewhere_becomes_a_draft_once() {
    let story = Story::begin().await;
    let filed = story.file(&story.open().await).await;
    let table =
        Request::get(&format!("/api/v1/filings/{}/exports/csv", filed.filing)).session(&story.reporter);
    let table = story.node.call(table).await.text() + "x,y,z,users_affected,,,many,,\r\n";
    let import = || {
        let request = Request::post("/api/reporting/v1/incidents/import").json(&json!({ "document": table }));
        request.header("Idempotency-Key", "elsewhere-1")
    };
    let first = story.report(import(), 201).await;
    assert_eq!(first["format"], "csv");
    assert_eq!(first["duty"], json!(EARLY_WARNING));
    let problems = first["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0]["field"], "users_affected");
    let title = &first["incident"]["answers"]["title"];
    assert_eq!(title["how"], "imported");
    let again = story.report(import(), 201).await;
    assert_eq!(again["incident"]["id"], first["incident"]["id"]);
    let nothing = Request::post("/api/reporting/v1/incidents/import").json(&json!({ "document": "hello" }));
    let refused = story.report(nothing, 422).await;
    assert_eq!(refused["problems"][0]["rule"], "not_a_report");
}

#[tokio::test]
async fn a_sheet_is_filled_although_its_recipient_is_not_on_this_node() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let stage = "cra.severe_incident.incident_notification";
    let sheet = format!("/api/reporting/v1/incidents/{incident}/duties/{stage}/exports/cra-sheet.json");
    let sheet = story.report(Request::get(&sheet), 200).await;
    let rows = sheet["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["text"]), (27, &json!("Incident")));
    let title = rows.iter().find(|row| row["number"] == "2").unwrap();
    assert_eq!((&title["limit"], title["text"].as_str().unwrap().is_empty()), (&json!(255), false));
}

#[tokio::test]
async fn an_authority_takes_its_year_as_a_table() {
    let story = Story::begin().await;
    story.file(&story.open().await).await;
    let year = |query: &str| Request::get(&format!("/api/authority/v1/annual.csv{query}"));
    let at = story.node.call(year("?year=2026").session(&story.officer)).await;
    assert_eq!(at.status, 200, "{}", at.text());
    let table = at.text();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2, "{table}");
    assert!(lines[1].contains(",NIS2,early_warning,1,no,health,incident,"), "{table}");
    for (query, rows) in [("?year=2025", 1), ("?year=2026&pack=gdpr", 1), ("?year=2026&pack=nis2", 2)] {
        let other = story.node.call(year(query).session(&story.officer)).await.text();
        assert_eq!(other.lines().count(), rows, "{query}");
    }
    assert_eq!(story.node.call(year("?year=2026").session(&story.reporter)).await.status, 403);
    let workbook = Request::get("/api/authority/v1/annual.xlsx?year=2026").session(&story.officer);
    let workbook = story.node.call(workbook).await;
    assert_eq!(workbook.status, 200);
    assert!(workbook.body.starts_with(b"PK"), "a workbook is an archive");
    let name = workbook.headers.iter().find(|(name, _)| name == "content-disposition").unwrap();
    assert_eq!(name.1, "attachment; filename=\"annual-2026.xlsx\"");
}

#[tokio::test]
async fn an_authority_counts_a_period() {
    let story = Story::begin().await;
    story.file(&story.open().await).await;
    let at =
        |rest: &str| Request::get(&format!("/api/authority/v1/statistics{rest}")).session(&story.officer);
    let counted = story.node.call(at("?from=2026-Q1")).await.expect(200);
    assert_eq!((&counted["from"], &counted["until"]), (&json!("2026-01"), &json!("2026-03")));
    assert_eq!((&counted["incidents"], &counted["reports"]), (&json!(1), &json!(1)));
    assert_eq!(
        counted["months"][2],
        json!({"month": "2026-03", "count": 1, "laws": [{"value": "nis2", "label": "NIS2", "count": 1}]})
    );
    for (rest, reports) in [
        ("?from=2025", 0),
        ("?from=2025&until=2026", 1),
        ("?from=2026&pack=gdpr", 0),
        ("?from=2026-02", 0),
        ("?from=2026-04", 0),
    ] {
        assert_eq!(story.node.call(at(rest)).await.expect(200)["reports"], json!(reports), "{rest}");
    }
    let table = story.node.call(at(".csv?from=2026")).await;
    assert!(table.text().contains("month,reports,NIS2\r\n"), "{}", table.text());
    assert!(story.node.call(at(".xlsx?from=2026")).await.body.starts_with(b"PK"));
    for (rest, pointer) in [
        ("?from=26", "/from"),
        ("?from=2026&until=then", "/until"),
        ("?from=2026&until=2025", "/until"),
        (".csv?from=2026-Q9", "/from"),
    ] {
        let problem = story.node.call(at(rest)).await.expect(422);
        assert_eq!(problem["problems"][0]["pointer"], json!(pointer), "{rest}: {problem}");
    }
    assert_eq!(story.node.call(at("?from=2026&colour=red")).await.status, 422);
    let who = Request::get("/api/authority/v1/statistics?from=2026").session(&story.reporter);
    assert_eq!(story.node.call(who).await.status, 403);
}
