//! Bad input gets a clear refusal with its place, never a fault, and changes nothing.

use model::Function;
use serde_json::json;
use testkit::{Answer, Request};

use crate::story::{EARLY_WARNING, Story, answers};

const INCIDENTS: &str = "/api/reporting/v1/incidents";

async fn post(story: &Story, body: &[u8]) -> Answer {
    story.node.call(Request::post(INCIDENTS).session(&story.reporter).body("application/json", body)).await
}

/// Status, then place, rule and field of the first thing to mend.
fn told(answer: &Answer) -> String {
    let problem = answer.json();
    let first = &problem["problems"][0];
    match first["rule"].as_str() {
        Some(rule) => format!("{} {} {rule}", answer.status, first["pointer"].as_str().unwrap()),
        None => format!("{} {}", answer.status, problem["type"].as_str().unwrap()),
    }
}

#[tokio::test]
async fn each_body_that_cannot_be_taken_is_told_where_and_why() {
    let story = Story::begin().await;
    let nested = |depth: usize| format!("{{\"answers\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    let bodies: Vec<(&str, String)> = vec![
        ("empty", String::new()),
        ("half", "{\"answers\":".to_owned()),
        ("no json", "answers=1".to_owned()),
        ("a list", "[]".to_owned()),
        ("a text", "\"answers\"".to_owned()),
        ("unknown name", r#"{"answers":{},"admin":true}"#.to_owned()),
        ("unknown name below", r#"{"answers":{"title":{"value":"x","by":"somebody else"}}}"#.to_owned()),
        ("unknown field", r#"{"answers":{"no_such_field":{"value":1}}}"#.to_owned()),
        ("field of the entity", r#"{"answers":{"entity.sector":{"value":"energy"}}}"#.to_owned()),
        ("number for a text", r#"{"answers":{"title":{"value":7}}}"#.to_owned()),
        ("text for a yes or no", r#"{"answers":{"cross_border":{"value":"yes"}}}"#.to_owned()),
        ("answer that is none", r#"{"answers":{"title":"x"}}"#.to_owned()),
        ("list for an answer", r#"{"answers":{"title":["x"]}}"#.to_owned()),
        ("unknown choice", r#"{"answers":{"significance_decision":{"value":"perhaps"}}}"#.to_owned()),
        (
            "year 99999",
            r#"{"answers":{"aware_significant_at":{"value":"99999-01-01T00:00:00Z"}}}"#.to_owned(),
        ),
        ("year 9999", r#"{"answers":{"aware_significant_at":{"value":"9999-12-31T23:59:59Z"}}}"#.to_owned()),
        (
            "no such day",
            r#"{"answers":{"aware_significant_at":{"value":"2026-02-30T00:00:00Z"}}}"#.to_owned(),
        ),
        ("no offset", r#"{"answers":{"aware_significant_at":{"value":"2026-03-06T15:30:00"}}}"#.to_owned()),
        ("negative number", r#"{"answers":{"users_affected":{"value":-1}}}"#.to_owned()),
        ("upside down", r#"{"answers":{"users_affected":{"value":{"min":9,"max":1}}}}"#.to_owned()),
        ("enormous number", r#"{"answers":{"users_affected":{"value":1e400}}}"#.to_owned()),
        ("nul", r#"{"answers":{"title":{"value":"a\u0000b"}}}"#.to_owned()),
        ("name twice", r#"{"answers":{},"answers":{}}"#.to_owned()),
        ("deep", nested(1000)),
        ("very deep", nested(100_000)),
        ("long text", format!(r#"{{"answers":{{"title":{{"value":"{}"}}}}}}"#, "x".repeat(100_000))),
        ("long name", format!(r#"{{"answers":{{"{}":{{"value":1}}}}}}"#, "x".repeat(100_000))),
    ];
    let mut table = String::new();
    for (what, body) in bodies {
        let answer = post(&story, body.as_bytes()).await;
        assert!(answer.body.len() < 4000, "{what}: a body is not echoed at length");
        let told = told(&answer);
        table += &format!("{what}: {}\n", told.chars().take(120).collect::<String>());
    }
    insta::assert_snapshot!(table, @"
    empty: 400 urn:beffroi:problem:json
    half: 400 urn:beffroi:problem:json
    no json: 400 urn:beffroi:problem:json
    a list: 422  wrong_type
    a text: 422  wrong_type
    unknown name: 422 /admin unknown_field
    unknown name below: 422 /answers/title/by unknown_field
    unknown field: 422 /answers/no_such_field unknown_field
    field of the entity: 422 /answers/entity.sector unknown_field
    number for a text: 422 /answers/title/value wrong_type
    text for a yes or no: 422 /answers/cross_border/value wrong_type
    answer that is none: 422 /answers/title wrong_type
    list for an answer: 422 /answers/title wrong_type
    unknown choice: 422 /answers/significance_decision/value not_in_vocabulary
    year 99999: 422 /answers/aware_significant_at/value wrong_instant
    year 9999: 422 /answers/aware_significant_at/value wrong_instant
    no such day: 422 /answers/aware_significant_at/value wrong_instant
    no offset: 422 /answers/aware_significant_at/value wrong_instant
    negative number: 422 /answers/users_affected/value too_small
    upside down: 422 /answers/users_affected/value range_reversed
    enormous number: 400 urn:beffroi:problem:json
    nul: 422 /answers/title/value nul
    name twice: 422 /answers duplicate_name
    deep: 422 /answers/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0 depth
    very deep: 422 /answers/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0 depth
    long text: 422 /answers/title/value too_long
    long name: 422 /answers/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    ");
    assert_eq!(story.report(Request::get(INCIDENTS), 200).await["incidents"], json!([]));
}

#[tokio::test]
async fn a_body_is_at_most_one_mebibyte() {
    let story = Story::begin().await;
    let body = |length: usize| format!("{{\"answers\":{{}}{}}}", " ".repeat(length - 14)).into_bytes();
    assert_eq!(post(&story, &body(1024 * 1024)).await.status, 201);
    let refused = post(&story, &body(1024 * 1024 + 1)).await;
    assert_eq!(refused.expect(413)["type"], "urn:beffroi:problem:too_large");
    let form = Request::post("/login").form(&[("mail", &"x".repeat(2_000_000))]);
    assert_eq!(story.node.call(form).await.status, 413);
}

#[tokio::test]
async fn a_body_is_json_and_says_so() {
    let story = Story::begin().await;
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""]
    {
        let request = Request::post(INCIDENTS).session(&story.reporter).body(content_type, b"{}");
        assert_eq!(story.node.call(request).await.expect(415)["type"], "urn:beffroi:problem:content_type");
    }
    let request =
        Request::post(INCIDENTS).session(&story.reporter).body("Application/JSON; charset=utf-8", b"{}");
    story.node.call(request).await.expect(201);
    assert_eq!(post(&story, b"{\"answers\":{\"title\":{\"value\":\"\xff\"}}}").await.status, 400);
}

#[tokio::test]
async fn an_identifier_that_is_none_answers_like_one_that_nobody_has() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let long = "a".repeat(10_000);
    for id in
        ["7", "x", "%00", "%ff", "..%2f..", "' or 1=1 --", "00000000-0000-0000-0000-000000000000", &long]
    {
        let id = id.replace(' ', "%20").replace('\'', "%27");
        for path in [
            format!("/api/reporting/v1/incidents/{id}"),
            format!("/api/reporting/v1/incidents/{id}/history"),
            format!("/api/reporting/v1/filings/{id}"),
            format!("/api/v1/filings/{id}/receipt"),
            format!("/receipts/{id}"),
        ] {
            let answer = story.node.call(Request::get(&path).session(&story.reporter)).await;
            assert_eq!(answer.status, 404, "{path:.80}: {}", answer.text());
        }
    }
    for duty in ["x", "a.b", "a.b.c.d", "nis2.mandatory.no_such_stage", "%00.a.b", "..%2f.a.b"] {
        for verb in ["form", "preview"] {
            let path = format!("{INCIDENTS}/{incident}/duties/{duty}/{verb}");
            let answer = story.node.call(Request::get(&path).session(&story.reporter)).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn parameters_of_an_address_are_known_or_refused() {
    let story = Story::begin().await;
    for query in ["limit=many", "limit=-1", "after=x", "state=asleep", "stat=open", "limit=1&limit=2"] {
        let answer =
            story.node.call(Request::get(&format!("{INCIDENTS}?{query}")).session(&story.reporter)).await;
        assert_eq!(answer.expect(422)["type"], "urn:beffroi:problem:query", "{query}");
    }
    for query in ["state=open", "limit=0", "limit=4000000000"] {
        story.report(Request::get(&format!("{INCIDENTS}?{query}")), 200).await;
    }
    for query in ["cross_border=perhaps", "state=lost", "limit=x", "sektor=health"] {
        let request = Request::get(&format!("/api/authority/v1/inbox?{query}")).session(&story.officer);
        assert_eq!(story.node.call(request).await.status, 422, "{query}");
    }
    let cursor = Request::get("/api/authority/v1/inbox?after=somewhere").session(&story.officer);
    assert_eq!(told(&story.node.call(cursor).await), "422 /after cursor");
}

#[tokio::test]
async fn a_page_of_a_list_is_bounded() {
    let story = Story::begin().await;
    for _ in 0..3 {
        story.open().await;
    }
    let first = story.report(Request::get(&format!("{INCIDENTS}?limit=2")), 200).await;
    assert_eq!(first["incidents"].as_array().unwrap().len(), 2);
    let next = first["next"].as_str().unwrap();
    let rest = story.report(Request::get(&format!("{INCIDENTS}?limit=2&after={next}")), 200).await;
    assert_eq!((rest["incidents"].as_array().unwrap().len(), rest["next"].is_null()), (1, true));
}

#[tokio::test]
async fn a_repeat_with_the_same_key_gets_the_same_answer() {
    let story = Story::begin().await;
    let open = |answers| {
        Request::post(INCIDENTS).header("idempotency-key", "night shift 1").json(&json!({"answers": answers}))
    };
    let first = story.report(open(answers()), 201).await;
    let second = story.report(open(answers()), 201).await;
    assert_eq!(first["id"], second["id"]);
    let incident = first["id"].as_str().unwrap();
    let path = format!("{INCIDENTS}/{incident}/duties/{EARLY_WARNING}/file");
    let body = story.filing_of(incident).await;
    let file = || Request::post(&path).header("idempotency-key", "k").json(&body);
    let filed = story.report(file(), 201).await;
    assert_eq!(filed, story.report(file(), 201).await, "the same receipt");
    let filings = story.report(Request::get("/api/reporting/v1/filings"), 200).await;
    assert_eq!(filings["filings"].as_array().unwrap().len(), 1, "nothing is filed twice");

    let other = story.node.call(open(json!({"title": {"value": "Another"}})).session(&story.reporter)).await;
    assert_eq!(other.status, 409, "a key is for one request: {}", other.text());
    for key in ["", &"k".repeat(10_000), "\u{e9}"] {
        let request =
            Request::post(INCIDENTS).header("idempotency-key", key).json(&json!({})).session(&story.reporter);
        assert_eq!(story.node.call(request).await.status, 422, "{key:.10}");
    }
}

#[tokio::test]
async fn two_tabs_lose_nothing() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let base = story.revision(&incident).await;
    let save = |field: &str, value: &str| {
        Request::patch(&format!("{INCIDENTS}/{incident}/answers"))
            .json(&json!({"base_revision": base, "answers": {field: {"value": value}}}))
    };
    story.report(save("summary", "Thirty servers"), 200).await;
    story.report(save("description", "Seen by the night shift"), 200).await;
    let colleague = story.node.session(&story.node.world.hospital, &[Function::Reporter]).await;
    let conflict = story.node.call(save("summary", "Forty servers").session(&colleague)).await.expect(409);
    assert_eq!(conflict["type"], "urn:beffroi:problem:conflict");
    let both = &conflict["conflicts"][0];
    assert_eq!(
        (&both["field"], &both["yours"]["value"], &both["theirs"]["value"]),
        (&json!("summary"), &json!("Forty servers"), &json!("Thirty servers"))
    );
    assert_eq!(conflict["revision"], story.revision(&incident).await);
}
