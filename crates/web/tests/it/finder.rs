//! The duty finder: for everybody, and nothing is kept.

use serde_json::{Value, json};
use testkit::Request;

use crate::story::Story;

const FINDER: &str = "/api/v1/duty-finder";

async fn find(story: &Story, body: Value) -> Value {
    story.node.call(Request::post(FINDER).json(&body)).await.expect(200)
}

fn verdict(found: &Value, pack: &str) -> String {
    let laws = found["laws"].as_array().unwrap();
    let law = laws.iter().find(|law| law["pack"] == pack).unwrap();
    law["verdict"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_stranger_learns_which_laws_apply() {
    let story = Story::begin().await;
    let nothing = find(&story, json!({})).await;
    assert_eq!(nothing["question"]["field"]["field"], "country");
    let begun = find(&story, json!({"country": "LU"})).await;
    assert_eq!((verdict(&begun, "nis2"), begun["decided"].as_u64().unwrap() < 60), ("open".to_owned(), true));
    let known = json!({
        "country": "LU", "zone": "Europe/Luxembourg",
        "entity": {"entity.type": ["healthcare_provider"], "class": "essential", "entity.critical_entity": null},
        "facts": {"significance_decision": "significant", "aware_significant_at": "2026-03-06T14:30:00Z"},
        "at": "2026-03-06T15:00:00Z",
        "what_if": {"aware_significant_at": "2026-03-06T14:45:00Z"},
    });
    let found = find(&story, known).await;
    assert_eq!(verdict(&found, "nis2"), "applies");
    assert_eq!(found["laws"][0]["duties"][0]["duty"]["due"]["at"], "2026-03-07T14:30:00Z");
    assert_eq!(
        found["laws"][0]["duties"][0]["within"],
        "24 hours from becoming aware that the incident is significant"
    );
    assert_ne!(
        found["question"]["field"]["field"], "entity.critical_entity",
        "what is not known is not asked"
    );
    let moved = found["what_if"].as_array().unwrap();
    let early = moved.iter().find(|change| change["key"] == "nis2.mandatory.early_warning").unwrap();
    assert_eq!(
        (&early["difference"], &early["due_after"]),
        (&json!("moved"), &json!("2026-03-07T14:45:00Z"))
    );
}

#[tokio::test]
async fn each_answer_that_is_none_is_told_where() {
    let story = Story::begin().await;
    let mut table = String::new();
    for body in [
        json!({"country": "Luxembourg"}),
        json!({"country": "ZZ"}),
        json!({"country": "LU", "zone": "Moon/Base"}),
        json!({"country": "LU", "facts": {"cross_border": "yes"}}),
        json!({"country": "LU", "facts": {"no_such_field": 1}}),
        json!({"country": "LU", "facts": {"entity.class": "essential"}}),
        json!({"country": "LU", "entity": {"class": "enormous"}}),
        json!({"country": "LU", "unknown": ["no_such_field"]}),
        json!({"country": "LU", "simulate": ["nis2-ransom", "no-such-law"]}),
        json!({"country": "LU", "simulate": vec!["nis2-ransom"; 501]}),
        json!({"country": "LU", "what_if": {"users_affected": {"min": 9, "max": 1}}}),
        json!({"country": "LU", "name": "Hospital"}),
    ] {
        let answer = story.node.call(Request::post(FINDER).json(&body)).await;
        let problem = answer.json();
        let first = &problem["problems"][0];
        table += &format!(
            "{} {} {}\n",
            answer.status,
            first["pointer"].as_str().unwrap(),
            first["rule"].as_str().unwrap()
        );
    }
    insta::assert_snapshot!(table, @"
    422 /country wrong_value
    422 /country not_in_vocabulary
    422 /zone known_zone
    422 /facts/cross_border wrong_type
    422 /facts/no_such_field unknown_field
    422 /facts/entity.class unknown_field
    422 /entity/class not_in_vocabulary
    422 /unknown/no_such_field unknown_field
    422 /simulate/1 unknown_law
    422 /simulate too_many
    422 /what_if/users_affected range_reversed
    422 /name unknown_field
    ");
}

#[tokio::test]
async fn who_asks_without_end_is_asked_to_come_later() {
    let story = Story::begin().await;
    let mut last = 200;
    for _ in 0..2001 {
        last = story.node.call(Request::post(FINDER).json(&json!({}))).await.status;
        if last != 200 {
            break;
        }
    }
    assert_eq!(last, 429);
}
