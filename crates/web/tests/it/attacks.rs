//! What was tried against the doors, and does not work.

use serde_json::json;
use testkit::{Request, TestNode};

use crate::story::Story;

#[tokio::test]
async fn a_nul_in_a_filter_is_refused_on_either_database() {
    let mut stories = vec![Story::begin().await];
    if let Some(node) = TestNode::postgres().await {
        stories.push(Story::on(node).await);
    }
    for story in stories {
        for filter in ["pack=nis2%00", "stage=%00", "sector=a%00b", "after=%00"] {
            let inbox = Request::get(&format!("/api/authority/v1/inbox?{filter}")).session(&story.officer);
            assert_eq!(story.node.call(inbox).await.status, 422, "{filter}");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_never_many_times_as_long_as_what_is_refused() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let clear: Vec<String> = (0..50_000).map(|number| format!("x{number}")).collect();
    let save = json!({ "base_revision": 1, "clear": clear });
    let path = format!("/api/reporting/v1/incidents/{incident}/answers");
    let answer = story.node.call(Request::patch(&path).session(&story.reporter).json(&save)).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.len() < 50_000, "{} bytes", answer.body.len());
    let names: serde_json::Map<_, _> =
        (0..20_000).map(|number| (format!("x{number}"), json!({ "value": 1 }))).collect();
    let open = Request::post("/api/reporting/v1/incidents").session(&story.reporter);
    let answer = story.node.call(open.json(&json!({ "answers": names }))).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.len() < 50_000, "{} bytes", answer.body.len());
}
