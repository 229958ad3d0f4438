//! What the tests tell: the hospital reports ransomware, the CSIRT of Luxembourg receives it.

use std::collections::BTreeMap;

use model::Function;
use serde_json::{Value, json};
use testkit::{Request, Session, TestNode};

/// The stage that the hospital files.
pub const EARLY_WARNING: &str = "nis2.mandatory.early_warning";
/// A text that only the hospital and the CSIRT may ever see.
pub const CANARY: &str = "Canary ransomware on ward seven";

/// A node with a hospital's reporter and administrator and the CSIRT's officer signed in.
pub struct Story {
    pub node: TestNode,
    pub reporter: Session,
    pub officer: Session,
    pub head: Session,
}

/// An incident with its filed early warning.
pub struct FiledIncident {
    pub incident: String,
    pub filing: String,
    pub reference: String,
    pub receipt: String,
    /// A link of the hospital for each door that answers one, by the door's name.
    pub links: BTreeMap<String, String>,
    /// A preservation hold on the incident; empty when none was placed.
    pub hold: String,
}

/// What an early warning needs: six answers.
pub fn answers() -> Value {
    json!({
        "title": {"value": CANARY},
        "aware_significant_at": {"value": "2026-03-06T14:30:00Z"},
        "significance_decision": {"value": "significant"},
        "significance_reason": {"value": "The wards work on paper; operations are postponed."},
        "suspected_malicious": {"value": true},
        "cross_border": {"value": false},
    })
}

impl Story {
    pub async fn begin() -> Self {
        Self::on(TestNode::sqlite().await).await
    }

    pub async fn on(node: TestNode) -> Self {
        let reporter = node.session(&node.world.hospital, &[Function::Reporter]).await;
        let officer = node.session(&node.world.csirt, &[Function::Officer]).await;
        let head = node.session(&node.world.hospital, &[Function::Administrator]).await;
        Self { node, reporter, officer, head }
    }

    /// Asks as the hospital's reporter, who must succeed.
    pub async fn report(&self, request: Request, status: u16) -> Value {
        self.node.call(request.session(&self.reporter)).await.expect(status)
    }

    /// Opens an incident with what an early warning needs; its identifier.
    pub async fn open(&self) -> String {
        let request = Request::post("/api/reporting/v1/incidents").json(&json!({"answers": answers()}));
        text(&self.report(request, 201).await, "/id")
    }

    /// The revision at which an incident stands.
    pub async fn revision(&self, incident: &str) -> i64 {
        let view = self.report(Request::get(&format!("/api/reporting/v1/incidents/{incident}")), 200).await;
        view["revision"].as_i64().unwrap()
    }

    /// The body that files the early warning of `incident` to the CSIRT.
    pub async fn filing_of(&self, incident: &str) -> Value {
        json!({"base_revision": self.revision(incident).await, "recipient": self.node.world.csirt.id})
    }

    /// Files the early warning to the CSIRT.
    pub async fn file(&self, incident: &str) -> FiledIncident {
        let body = self.filing_of(incident).await;
        let path = format!("/api/reporting/v1/incidents/{incident}/duties/{EARLY_WARNING}/file");
        let filed = self.report(Request::post(&path).json(&body), 201).await;
        FiledIncident {
            incident: incident.to_owned(),
            filing: text(&filed, "/filing"),
            reference: text(&filed, "/reference"),
            receipt: text(&filed, "/receipt"),
            links: BTreeMap::new(),
            hold: String::new(),
        }
    }

    /// What the provider told the hospital, to be accepted and to be declined, and what the hospital told the
    /// provider about `incident`, to be taken back.
    pub async fn links(&self, incident: &str) -> BTreeMap<String, String> {
        let provider = self.node.session(&self.node.world.cloud, &[Function::Reporter]).await;
        let mut links = BTreeMap::new();
        for door in ["accept_link", "decline_link"] {
            let open = Request::post("/api/reporting/v1/incidents").json(&json!({})).session(&provider);
            let theirs = text(&self.node.call(open).await.expect(201), "/id");
            links.insert(door.to_owned(), self.tell(&provider, &theirs, self.node.world.hospital.id).await);
        }
        let ended = self.tell(&self.reporter, incident, self.node.world.cloud.id).await;
        links.insert("end_link".to_owned(), ended);
        links
    }

    /// Places a preservation hold on `incident`; its identifier.
    pub async fn hold(&self, incident: &str) -> String {
        let path = format!("/api/reporting/v1/incidents/{incident}/holds");
        let body = json!({"basis": "Order of 6 March", "what": "The record"});
        text(&self.report(Request::post(&path).json(&body), 201).await, "/holds/0/id")
    }

    /// Decides that the incident was not significant after all: nothing of it is owed any more.
    pub async fn settle(&self, incident: &str) {
        let body = json!({
            "base_revision": self.revision(incident).await,
            "answers": {
                "significance_decision": {"value": "not_significant"},
                "significance_reason": {"value": "Only a test system was hit."}
            }
        });
        let path = format!("/api/reporting/v1/incidents/{incident}/answers");
        self.report(Request::new("PATCH", &path).json(&body), 200).await;
    }

    /// Lifts every hold on `incident`.
    pub async fn lift_holds(&self, incident: &str) {
        let path = format!("/api/reporting/v1/incidents/{incident}");
        let kept = self.report(Request::get(&format!("{path}/preservation")), 200).await;
        let holds = kept["holds"].as_array().unwrap();
        for hold in holds.iter().filter(|hold| hold["stands"] == json!(true)) {
            let path = format!("{path}/holds/{}/lift", text(hold, "/id"));
            self.report(Request::post(&path).json(&json!({"reason": "Closed."})), 200).await;
        }
    }

    /// An organisation in which nobody of the story is.
    pub async fn bystander(&self) -> model::OrganisationId {
        let country = "LU".parse().unwrap();
        let (name, zone) = ("Laundry of the East".to_owned(), "Europe/Luxembourg".to_owned());
        let new = service::NewOrganisation { name, country, zone, roles: vec![], profile: BTreeMap::new() };
        self.node.service.create_organisation(new).await.unwrap()
    }

    async fn tell(&self, who: &Session, incident: &str, whom: model::OrganisationId) -> String {
        let path = format!("/api/reporting/v1/incidents/{incident}/links");
        let body = json!({"organisations": [whom], "note": "It does not answer."});
        let told = self.node.call(Request::post(&path).json(&body).session(who)).await.expect(201);
        text(&told, "/links/0/id")
    }
}

/// The text at `pointer`.
pub fn text(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no text at {pointer} of {value}")).to_owned()
}
