//! The kit itself: a node with its world answers, on both databases.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails on the spot")]

use model::Function;
use service::view::OpenIncident;
use testkit::{Request, TestNode, load_incidents};

async fn the_world_answers(node: TestNode) {
    let secret = node.client(&node.world.hospital, &[Function::Reporter]).await;
    let me = node.call(Request::get("/api/v1/me").bearer(&secret)).await.expect(200);
    assert_eq!(me["organisation"]["name"], "Hospital of the North");

    let session = node.session(&node.world.csirt, &[Function::Officer]).await;
    let inbox = node.call(Request::get("/api/authority/v1/inbox").session(&session)).await.expect(200);
    assert_eq!(inbox["rows"], serde_json::json!([]));

    let reporter = node.person(&node.world.hospital, &[Function::Reporter]).await;
    load_incidents(&node.service, &reporter, OpenIncident::default(), 7).await;
    let list = node.call(Request::get("/api/reporting/v1/incidents").bearer(&secret)).await.expect(200);
    assert_eq!(list["incidents"].as_array().unwrap().len(), 8);
    for incident in list["incidents"].as_array().unwrap() {
        let path = format!("/api/reporting/v1/incidents/{}", incident["id"].as_str().unwrap());
        node.call(Request::get(&path).bearer(&secret)).await.expect(200);
    }

    let address = node.listen().await;
    let over_the_wire =
        tokio::task::spawn_blocking(move || Request::get("/readyz").send(address)).await.unwrap();
    assert_eq!(over_the_wire.unwrap().status, 200);
}

#[tokio::test]
async fn a_node_on_sqlite() {
    the_world_answers(TestNode::sqlite().await).await;
}

#[tokio::test]
async fn a_node_on_postgresql() {
    if let Some(node) = TestNode::postgres().await {
        the_world_answers(node).await;
    }
}
