//! For every door of approvals in the OpenAPI document: its owner enters, others are told nothing. And the way
//! around an approval is closed to sessions and machines alike.

use model::Function;
use serde_json::{Value, json};
use testkit::{Answer, Request, Session, TestNode};

use crate::story::{CANARY, EARLY_WARNING, Story, text};

/// An identifier that nobody has.
const NOBODYS: &str = "0195d2a4-5c00-7000-8000-00000000dead";

/// The hospital with a chain, its approver and its administrator.
struct House {
    story: Story,
    approver: Session,
    keeper: Session,
}

/// One operation of the OpenAPI document.
struct Door {
    method: String,
    path: String,
    name: String,
}

fn doors() -> Vec<Door> {
    let document = serde_json::to_value(web::document()).unwrap();
    let mut doors = vec![];
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["tags"] == json!(["approvals"]) {
                let name = operation["operationId"].as_str().unwrap().to_owned();
                doors.push(Door { method: method.to_uppercase(), path: path.clone(), name });
            }
        }
    }
    assert!(doors.len() >= 14, "the document lost its doors");
    doors
}

impl House {
    async fn on(node: TestNode) -> Self {
        let story = Story::on(node).await;
        let hospital = story.node.world.hospital.clone();
        let approver = story.node.session(&hospital, &[Function::Approver]).await;
        let keeper = story.node.session(&hospital, &[Function::Administrator]).await;
        let house = Self { story, approver, keeper };
        let kept = Request::new("PUT", "/api/reporting/v1/approval-chain").json(&chain(None));
        house.story.node.call(kept.session(&house.keeper)).await.expect(200);
        house
    }

    /// An incident with a request for approval; both identifiers.
    async fn asked(&self) -> (String, String) {
        let incident = self.story.open().await;
        let path = format!("/api/reporting/v1/incidents/{incident}/duties/{EARLY_WARNING}/approval");
        let asked = self.story.report(Request::post(&path).json(&json!({"base_revision": 1})), 201).await;
        (incident, text(&asked, "/id"))
    }

    /// What the door takes, and whose it is.
    async fn body(&self, door: &Door, incident: &str) -> (Option<Value>, &Session) {
        let emergency = json!({
            "base_revision": 1,
            "recipient": self.story.node.world.csirt.id,
            "reason": "Both approvers are on a flight."
        });
        match door.name.as_str() {
            "list_approvals" | "read_approval" => (None, &self.approver),
            "decide_approval" => (Some(json!({"verdict": "approved"})), &self.approver),
            "remark_approval" => (Some(json!({"text": "Is this final?"})), &self.approver),
            "override_stage" => (Some(emergency), &self.approver),
            "ask_approval" => (Some(json!({"base_revision": 1})), &self.story.reporter),
            "withdraw_approval" | "incident_approvals" => (None, &self.story.reporter),
            "keep_approval_chain" => {
                (Some(chain(self.version("/api/reporting/v1/approval-chain").await)), &self.keeper)
            }
            "keep_incident_chain" => {
                let path = format!("/api/reporting/v1/incidents/{incident}/approval-chain");
                (Some(chain(self.version(&path).await)), &self.keeper)
            }
            "read_approval_chain"
            | "read_incident_chain"
            | "remove_incident_chain"
            | "remove_approval_chain" => (None, &self.keeper),
            other => panic!("teach this test what {other} ({} {}) takes", door.method, door.path),
        }
    }

    async fn version(&self, path: &str) -> Option<String> {
        let view = self.story.node.call(Request::get(path).session(&self.keeper)).await.expect(200);
        view["id"].as_str().map(str::to_owned)
    }

    async fn call(&self, door: &Door, id: &str, body: Option<&Value>, who: Option<&Session>) -> Answer {
        let path = door.path.replace("{id}", id).replace("{duty}", EARLY_WARNING);
        let mut request = Request::new(&door.method, &path);
        if let Some(body) = body {
            request = request.json(body);
        }
        let request = match who {
            Some(session) => request.session(session),
            None => request,
        };
        self.story.node.call(request).await
    }
}

fn chain(replaces: Option<String>) -> Value {
    json!({
        "replaces": replaces,
        "chain": {
            "covers": ["*"],
            "steps": [{"name": "One", "who": {"kind": "function", "function": "approver"}, "count": 1}]
        }
    })
}

#[tokio::test]
async fn only_those_with_a_seat_see_what_is_asked() {
    tell(TestNode::sqlite().await).await;
}

#[tokio::test]
async fn only_those_with_a_seat_see_what_is_asked_on_postgresql() {
    if let Some(node) = TestNode::postgres().await {
        tell(node).await;
    }
}

async fn tell(node: TestNode) {
    let house = House::on(node).await;
    let (node, world) = (&house.story.node, &house.story.node.world);
    let mut strangers = vec![];
    for (place, function) in [
        (&world.clinic, Function::Reporter),
        (&world.clinic, Function::Approver),
        (&world.clinic, Function::Administrator),
        (&world.csirt, Function::Officer),
        (&world.cloud, Function::Approver),
        (&world.hospital, Function::Officer),
    ] {
        strangers.push(node.session(place, &[function]).await);
    }
    let mut doors = doors();
    // The chain goes last: without it nothing is asked.
    doors.sort_by_key(|door| door.name == "remove_approval_chain");
    for door in doors {
        let (incident, request) = house.asked().await;
        let id = if door.path.contains("/approvals/{id}") { &request } else { &incident };
        let place = format!("{} {}", door.method, door.path);
        let (body, owner) = house.body(&door, &incident).await;
        let unsigned = house.call(&door, id, body.as_ref(), None).await;
        assert_eq!(unsigned.status, 401, "{place}");
        for stranger in &strangers {
            let who = &stranger.caller.name;
            let own_chain =
                door.name.ends_with("approval_chain") && stranger.caller.has(Function::Administrator);
            if own_chain && door.method != "GET" {
                // Their own chain is theirs to keep.
                continue;
            }
            let answer = house.call(&door, id, body.as_ref(), Some(stranger)).await;
            for secret in [CANARY, &incident, &request] {
                assert!(!answer.text().contains(secret), "{place} tells {who} {secret:?}: {}", answer.text());
            }
            if door.path.contains("{id}") {
                assert!(matches!(answer.status, 403 | 404), "{place} as {who}: {}", answer.status);
                let nobodys = house.call(&door, NOBODYS, body.as_ref(), Some(stranger)).await;
                assert_eq!(
                    (answer.status, answer.text()),
                    (nobodys.status, nobodys.text()),
                    "{place} hints to {who}"
                );
            } else if answer.status == 200 && door.name == "list_approvals" {
                assert_eq!(answer.json()["approvals"], json!([]), "{place} as {who}");
            }
        }
        let answer = house.call(&door, id, body.as_ref(), Some(owner)).await;
        assert!(
            (200..300).contains(&answer.status),
            "{place} as its owner: {} {}",
            answer.status,
            answer.text()
        );
    }
}

#[tokio::test]
async fn there_is_no_way_around_an_approval() {
    let house = House::on(TestNode::sqlite().await).await;
    let (incident, request) = house.asked().await;
    let body = house.story.filing_of(&incident).await;
    let path = format!("/api/reporting/v1/incidents/{incident}/duties/{EARLY_WARNING}/file");
    let refused = house.story.report(Request::post(&path).json(&body), 409).await;
    assert!(text(&refused, "/detail").contains("not complete yet"), "{refused}");
    let all = [Function::Reporter, Function::Approver, Function::Administrator];
    let secret = house.story.node.client(&house.story.node.world.hospital, &all).await;
    let machine = async |path: &str, body: &Value, status| {
        house.story.node.call(Request::post(path).json(body).bearer(&secret)).await.expect(status)
    };
    machine(&path, &body, 409).await;
    let decide = format!("/api/reporting/v1/approvals/{request}/decide");
    machine(&decide, &json!({"verdict": "approved"}), 403).await;
    let around = format!("/api/reporting/v1/incidents/{incident}/duties/{EARLY_WARNING}/override");
    let emergency = json!({"base_revision": 1, "recipient": body["recipient"], "reason": "It cannot wait."});
    machine(&around, &emergency, 403).await;
    // Without the page's token a browser decides nothing for a person.
    let foreign = Session { csrf: "0".repeat(43), ..house.approver.clone() };
    let approve = || Request::post(&decide).json(&json!({"verdict": "approved"}));
    house.story.node.call(approve().session(&foreign)).await.expect(403);
    house.story.node.call(approve().session(&house.approver)).await.expect(200);
    house.story.report(Request::post(&path).json(&body), 201).await;
    let wrong = json!({"verdict": "waved through"});
    let answer = house.story.node.call(Request::post(&decide).json(&wrong).session(&house.approver)).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
}
