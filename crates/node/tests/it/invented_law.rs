//! A law that the program has never seen, loaded from a folder at run time: asked, clocked, filed and shown
//! over HTTP without a rebuild.

use std::time::Duration;

use model::Instant;
use serde_json::{Value, json};
use service::Clock;
use testkit::Request;

use crate::{
    report::client,
    support::{Ground, Serving},
};

const FIRST_WORD: &str = "lanterns.darkness.first_word";

/// A keeper of harbour lights, for whom no Sunday moves a deadline.
const KEEPER: [&str; 14] = [
    "org",
    "create",
    "--name",
    "Harbour",
    "--country",
    "LU",
    "--zone",
    "Europe/Luxembourg",
    "--role",
    "reporting_entity",
    "--set",
    "entity.lanterns=2000",
    "--set",
    "entity.harbour_lights=true",
];

struct Harbour {
    node: Serving,
    secret: String,
    magistrate: String,
    officer: String,
}

impl Harbour {
    fn new(ground: &Ground) -> Self {
        let keeper = ground.json(&KEEPER)["organisation"].as_str().unwrap().to_owned();
        let made = ground.json(&[
            "org",
            "create",
            "--name",
            "Magistrate",
            "--country",
            "LU",
            "--zone",
            "Europe/Athens",
            "--role",
            "prosecutor:regime=lanterns",
        ]);
        let magistrate = made["organisation"].as_str().unwrap().to_owned();
        let officer = client(ground, &magistrate, "officer");
        Self { secret: client(ground, &keeper, "reporter"), magistrate, officer, node: ground.serve() }
    }

    fn keeper(&self, request: Request) -> Value {
        let answer = self.node.send(request.bearer(&self.secret));
        assert!(answer.status < 300, "{}", answer.text());
        answer.json()
    }

    fn magistrate(&self, path: &str) -> Value {
        self.node.send(Request::get(path).bearer(&self.officer)).expect(200)
    }
}

#[test]
fn a_law_in_a_folder_is_asked_clocked_filed_and_shown() {
    let without = Ground::new("").ready();
    let (_, complaint) = without.refused(&KEEPER);
    assert!(complaint.contains("entity.lanterns"), "without the folder nobody knows lanterns: {complaint}");

    let folder = testkit::invented_law();
    let ground = Ground::new(&format!("[regimes]\nfolders = [{folder:?}]\n")).ready();
    let harbour = Harbour::new(&ground);
    let judged = Clock::System.now().minus(Duration::from_secs(3600));
    let incident = asked_and_clocked(&harbour, judged);
    let filing = filed(&harbour, &incident);
    shown(&harbour, &filing);

    let after = harbour.keeper(Request::get(&format!("/api/reporting/v1/incidents/{}", id(&incident))));
    let account = duty(&after, "lanterns.darkness.account");
    let filed_at: Instant = harbour.magistrate(&format!("/api/authority/v1/filings/{filing}"))["filed_at"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(
        account["due"]["anchor_at"],
        json!(filed_at),
        "the next clock counts from the filing: {account:#}"
    );
}

fn asked_and_clocked(harbour: &Harbour, judged: Instant) -> Value {
    let regimes = harbour.keeper(Request::get("/api/v1/regimes"));
    assert!(regimes.to_string().contains("Lantern Act"), "{regimes:#}");
    let incident = harbour.keeper(Request::post("/api/reporting/v1/incidents").json(&json!({ "answers": {
        "title": { "value": "Darkness at the quay" },
        "darkness_seen_at": { "value": judged.minus(Duration::from_secs(7200)) },
        "judged_serious_at": { "value": judged },
        "lantern_cause": { "value": "sabotage" },
        "darkness": { "value": 9000 },
    } })));
    let first_word = duty(&incident, FIRST_WORD);
    assert_eq!(first_word["state"], "due");
    assert_eq!(first_word["law"], "Lantern Act");
    assert_eq!(first_word["due"]["at"], json!(judged.plus(Duration::from_secs(4 * 3600))));
    assert_eq!(first_word["recipients"][0]["organisations"][0]["name"], "Magistrate");

    let form = harbour.keeper(Request::get(&format!(
        "/api/reporting/v1/incidents/{}/duties/{FIRST_WORD}/form?screen=first",
        id(&incident)
    )));
    let fields = form["sections"][0]["fields"].as_array().unwrap();
    let asked = fields.iter().find(|field| field["field"] == "darkness_seen_at").unwrap();
    assert_eq!(
        (&asked["label"], &asked["required"], &asked["basis"]),
        (&json!("When darkness was seen"), &json!(true), &json!("law"))
    );
    incident
}

fn filed(harbour: &Harbour, incident: &Value) -> String {
    let path = format!("/api/reporting/v1/incidents/{}/duties/{FIRST_WORD}/file", id(incident));
    let body = json!({ "base_revision": incident["revision"], "recipient": harbour.magistrate });
    let filed = harbour.keeper(Request::post(&path).header("idempotency-key", "dark").json(&body));
    filed["filing"].as_str().unwrap().to_owned()
}

fn shown(harbour: &Harbour, filing: &str) {
    let row = &harbour.magistrate("/api/authority/v1/inbox")["rows"][0];
    assert_eq!((&row["law"], &row["stage_title"]), (&json!("Lantern Act"), &json!("First word")), "{row:#}");
    let view = harbour.magistrate(&format!("/api/authority/v1/filings/{filing}"));
    let groups = view["groups"].as_array().unwrap();
    let lanterns = groups.iter().find(|group| group["id"] == "lanterns").unwrap();
    let fields = lanterns["fields"].as_array().unwrap();
    let darkness = fields.iter().find(|field| field["field"] == "darkness").unwrap();
    assert_eq!(darkness["text"], "2 hours 30 minutes");
    let receipt = harbour.magistrate(&format!("/api/v1/filings/{filing}/receipt"));
    assert_eq!(receipt["receipt"]["duty"], FIRST_WORD);
}

fn id(incident: &Value) -> &str {
    incident["id"].as_str().unwrap()
}

fn duty<'a>(incident: &'a Value, key: &str) -> &'a Value {
    incident["duties"].as_array().unwrap().iter().find(|duty| duty["key"] == key).unwrap()
}
