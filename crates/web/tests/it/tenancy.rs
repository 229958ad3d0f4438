//! An object of another organisation is neither read, changed, counted nor hinted at: for every
//! door of the OpenAPI document and every role. The owner's call must succeed at the same door, so
//! that a 404 means something.

use model::Function;
use serde_json::{Value, json};
use testkit::{Answer, Request, Session, TestNode};

use crate::story::{CANARY, EARLY_WARNING, FiledIncident, Story};

/// An identifier that nobody has.
const NOBODYS: &str = "0195d2a4-5c00-7000-8000-00000000dead";

/// The pack of the duty that the story files.
const PACK: &str = "nis2";

/// One operation of the OpenAPI document.
struct Door {
    method: String,
    path: String,
    name: String,
    public: bool,
}

/// Somebody who is not the owner.
struct Stranger {
    who: &'static str,
    how: Credentials,
    /// Whether it is of the owner's organisation, with a function that only reads.
    reads: Vec<&'static str>,
}

enum Credentials {
    Nobody,
    Session(Session),
    Secret(String),
}

#[tokio::test]
async fn nobody_sees_what_is_not_theirs() {
    tell(TestNode::sqlite().await).await;
}

#[tokio::test]
async fn nobody_sees_what_is_not_theirs_on_postgresql() {
    if let Some(node) = TestNode::postgres().await {
        tell(node).await;
    }
}

async fn tell(node: TestNode) {
    let story = Story::on(node).await;
    let incident = story.open().await;
    let links = story.links(&incident).await;
    let hold = story.hold(&incident).await;
    let filed = FiledIncident { links, hold, ..story.file(&incident).await };
    keep_terms(&story).await;
    let strangers = strangers(&story).await;
    for door in doors() {
        let body = body_of(&door, &story, &filed).await;
        let before = seen_by_owner(&story, &filed).await;
        for stranger in &strangers {
            try_door(&story, &door, &filed, stranger, body.as_ref()).await;
        }
        let after = seen_by_owner(&story, &filed).await;
        assert_eq!(before, after, "a stranger changed something by {} {}", door.method, door.path);
        // A stranger's own change may have moved the revision on which the owner's rests.
        let body = body_of(&door, &story, &filed).await;
        enter_as_owner(&story, &door, &filed, body.as_ref()).await;
    }
}

/// The own terms of the hospital, which nobody else reads.
async fn keep_terms(story: &Story) {
    let head = json!({"namespace": "hospital-x", "title": CANARY});
    let begin = json!({"base_version": 0, "changes": [{"kind": "describe", "head": head}]});
    let request = Request::new("POST", "/api/v1/taxonomy/own/changes").session(&story.head).json(&begin);
    story.node.call(request).await.expect(200);
}

/// Adds a term to what the hospital has.
async fn one_more_term(story: &Story) -> (Value, Value) {
    let seen = Request::get("/api/v1/taxonomy/own").session(&story.head);
    let version = story.node.call(seen).await.expect(200)["version"].clone();
    let slug = format!("term-{version}");
    let term =
        json!({"kind": "add", "list": "rsit", "below": "phishing", "slug": slug, "label": {"en": CANARY}});
    (version, term)
}

/// Every operation of the document.
fn doors() -> Vec<Door> {
    let document = serde_json::to_value(web::document()).unwrap();
    let mut doors = vec![];
    // Those of accounts and administration have owners of their own: `accounts.rs`.
    let ours = |path: &str| !crate::accounts::covers(path);
    for (path, item) in document["paths"].as_object().unwrap().iter().filter(|(path, _)| ours(path)) {
        for (method, operation) in item.as_object().unwrap() {
            // approvals.rs tells of those: their owners differ, and each wants a request of its own.
            if operation["tags"] == json!(["approvals"]) {
                continue;
            }
            doors.push(Door {
                method: method.to_uppercase(),
                path: path.clone(),
                name: operation["operationId"].as_str().unwrap().to_owned(),
                public: operation["security"] == json!([{}]),
            });
        }
    }
    assert!(doors.len() >= 20, "the document lost its doors");
    // A stranger's own incident would be in its lists: they are asked before.
    // What is erased is not there for the doors after it.
    doors.sort_by_key(|door| {
        (door.name == "erase_incident", ["open_incident", "import_report"].contains(&door.name.as_str()))
    });
    doors
}

/// What each door takes. A new door that changes something must be taught here.
async fn body_of(door: &Door, story: &Story, filed: &FiledIncident) -> Option<Value> {
    if door.method == "GET" {
        return None;
    }
    match door.name.as_str() {
        "open_incident" => Some(json!({"answers": {"title": {"value": "Another matter"}}})),
        "import_report" => Some(json!({"document": "field,value\ntitle,Another matter\n"})),
        "save_answers" => Some(json!({
            "base_revision": story.revision(&filed.incident).await,
            "answers": {"summary": {"value": "Thirty servers are encrypted."}}
        })),
        "mark_incident" => Some(json!({
            "base_revision": story.revision(&filed.incident).await,
            "report": {"tlp": "TLP:AMBER", "pap": "PAP:GREEN"}
        })),
        // Going over to the version that it is under already: what is asked changes nothing, for its owner too.
        "migrate_incident" => Some(json!({
            "base_revision": story.revision(&filed.incident).await,
            "to": testkit::library().pack(PACK).unwrap().version()
        })),
        "note_filed_elsewhere" => Some(json!({
            "base_revision": story.revision(&filed.incident).await,
            "at": "2026-03-06T14:00:00Z", "to": "The portal", "way": "portal"
        })),
        // What its owner noted at the door before.
        "take_back_filed_elsewhere" => Some(json!({
            "base_revision": story.revision(&filed.incident).await,
            "at": "2026-03-06T14:00:00Z", "reason": "It was another matter."
        })),
        "tell_others" => {
            let bystander = story.bystander().await;
            Some(json!({"organisations": [bystander], "note": "It does not answer."}))
        }
        "accept_link" => Some(json!({"open": {"answers": {"title": {"value": "Our own matter"}}}})),
        "decline_link" | "end_link" => Some(json!({"reason": "It was another cause."})),
        "file_stage" => Some(story.filing_of(&filed.incident).await),
        "acknowledge" => None,
        "respond" => Some(json!({"text": "Keep the servers off the network."})),
        "request_stage" => {
            Some(json!({"duty": "nis2.mandatory.intermediate_report", "text": "Which wards are affected?"}))
        }
        "read_notices" => Some(json!({"ids": []})),
        "save_reminders" => {
            let plan = Request::get("/api/v1/reminders").session(&story.head);
            let plan = story.node.call(plan).await.expect(200);
            Some(json!({"base_revision": plan["revision"], "steps": plan["steps"]}))
        }
        "place_hold" => Some(json!({"basis": "Order of 6 March", "what": "The record"})),
        "extend_hold" => Some(json!({"reason": "Thirty days more."})),
        "lift_hold" => Some(json!({"reason": "The case is closed."})),
        "erase_incident" => {
            story.lift_holds(&filed.incident).await;
            story.settle(&filed.incident).await;
            Some(json!({"reason": "Nobody needs it any more."}))
        }
        "save_readiness_point" => {
            let list = Request::get("/api/reporting/v1/readiness").session(&story.reporter);
            let revision = story.node.call(list).await.expect(200)["revision"].clone();
            Some(json!({"base_revision": revision, "state": "in_work", "note": "With the SOC."}))
        }
        "change_taxonomy" => {
            let (version, term) = one_more_term(story).await;
            Some(json!({"base_version": version, "changes": [term]}))
        }
        "import_taxonomy" => {
            let (version, _) = one_more_term(story).await;
            let file =
                json!({"namespace": "x", "description": "X", "version": 1, "predicates": [{"value": "x"}]});
            Some(json!({
                "base_version": version, "document": file.to_string(), "list": "rsit", "below": "phishing"
            }))
        }
        "find_duties" => Some(json!({"country": "LU", "facts": {"significance_decision": "significant"}})),
        "make_calendar_feed" => Some(json!({"titles": false})),
        "end_calendar_feed" => None,
        other => panic!("teach this test what {other} ({} {}) takes", door.method, door.path),
    }
}

async fn strangers(story: &Story) -> Vec<Stranger> {
    let (node, world) = (&story.node, &story.node.world);
    let session = async |place, function| Credentials::Session(node.session(place, &[function]).await);
    let secret = async |place, function| Credentials::Secret(node.client(place, &[function]).await);
    let none = vec![];
    vec![
        Stranger { who: "anonymous", how: Credentials::Nobody, reads: none.clone() },
        Stranger { who: "a guessed secret", how: Credentials::Secret("0".repeat(64)), reads: none.clone() },
        Stranger {
            who: "the clinic's reporter",
            how: session(&world.clinic, Function::Reporter).await,
            reads: none.clone(),
        },
        Stranger {
            who: "the clinic's auditor",
            how: session(&world.clinic, Function::Auditor).await,
            reads: none.clone(),
        },
        Stranger {
            who: "the clinic's machine",
            how: secret(&world.clinic, Function::Reporter).await,
            reads: none.clone(),
        },
        Stranger {
            who: "the foreign CSIRT's officer",
            how: session(&world.foreign_csirt, Function::Officer).await,
            reads: none.clone(),
        },
        Stranger {
            who: "the foreign CSIRT's machine",
            how: secret(&world.foreign_csirt, Function::Officer).await,
            reads: none.clone(),
        },
        Stranger {
            who: "the authority that is not addressed",
            how: session(&world.authority, Function::Officer).await,
            reads: none.clone(),
        },
        Stranger {
            who: "the hospital's administrator",
            how: session(&world.hospital, Function::Administrator).await,
            reads: none,
        },
        Stranger {
            who: "the hospital's auditor",
            how: session(&world.hospital, Function::Auditor).await,
            reads: vec!["reporting", "v1/filings"],
        },
        Stranger {
            who: "the CSIRT's auditor",
            how: session(&world.csirt, Function::Auditor).await,
            reads: vec!["authority", "v1/filings"],
        },
    ]
}

/// Whether this reader of the owner's own organisation may read here: an auditor reads everything
/// of its side and changes nothing.
fn may_read(stranger: &Stranger, door: &Door) -> bool {
    let side = if door.path.starts_with("/api/v1/") { "v1/filings" } else { "" };
    let reads =
        |part: &&str| (!side.is_empty() && *part == side) || door.path.starts_with(&format!("/api/{part}/"));
    door.method == "GET" && stranger.reads.iter().any(reads)
}

async fn try_door(
    story: &Story,
    door: &Door,
    filed: &FiledIncident,
    stranger: &Stranger,
    body: Option<&Value>,
) {
    let place = format!("{} {} as {}", door.method, door.path, stranger.who);
    let own_terms = door.path.contains("{organisation}") && stranger.who.starts_with("the hospital's");
    if may_read(stranger, door) || own_terms {
        return;
    }
    let answer = call(story, door, &ids_of(door, story, filed), &stranger.how, body).await;
    let has_id = door.path.contains("{id}") || door.path.contains("{organisation}");
    // A list and a new incident are the stranger's own: they may succeed, but tell nothing.
    if has_id || matches!(stranger.how, Credentials::Nobody) && !door.public {
        assert!(matches!(answer.status, 401 | 403 | 404), "{place}: {} {}", answer.status, answer.text());
    }
    assert!(answer.status < 500, "{place}: {}", answer.text());
    for secret in [CANARY, &filed.incident, &filed.filing, &filed.reference, &filed.receipt] {
        assert!(!answer.text().contains(secret), "{place} tells {secret:?}: {}", answer.text());
    }
    assert_counts_nothing(&place, door, &answer);
    if has_id {
        let nobodys = call(story, door, &[NOBODYS; 3].map(str::to_owned), &stranger.how, body).await;
        assert_eq!(told(&answer), told(&nobodys), "{place} hints that the object exists");
    }
}

/// A stranger's lists are empty: what others have is not counted.
fn assert_counts_nothing(place: &str, door: &Door, answer: &Answer) {
    if answer.status != 200 || door.public {
        return;
    }
    let tables = [
        "annual_workbook",
        "statistics_csv",
        "statistics_workbook",
        "statistics_paper",
        "summary_csv",
        "summary_workbook",
        "summary_paper",
    ];
    if tables.contains(&door.name.as_str()) {
        // What they are made from is counted as JSON, and in the tests of `service`.
        return;
    }
    if door.name == "annual_table" {
        let rows = answer.text().lines().count();
        assert_eq!(rows, 1, "{place} counts what is not the stranger's: more than the titles of its columns");
        return;
    }
    if door.name == "statistics" {
        let value = answer.json();
        assert_eq!((&value["reports"], &value["filings"]), (&json!(0), &json!(0)), "{place} counts: {value}");
        return;
    }
    let counted = match door.name.as_str() {
        "list_incidents" => "incidents",
        "open_duties" => "duties",
        "list_sent_filings" => "filings",
        "links_waiting" => "links",
        "inbox" => "rows",
        _ => return,
    };
    let value = answer.json();
    assert_eq!(value[counted], json!([]), "{place} counts what is not the stranger's");
    assert!(value["next"].is_null(), "{place} promises more in {value}");
}

/// What an answer tells: everything but the request's own number.
fn told(answer: &Answer) -> (u16, Vec<&(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| name != "x-request-id").collect();
    (answer.status, headers, answer.text())
}

/// The owner's and the recipient's view, to see whether anything changed.
async fn seen_by_owner(story: &Story, filed: &FiledIncident) -> Vec<Value> {
    let incident =
        Request::get(&format!("/api/reporting/v1/incidents/{}", filed.incident)).session(&story.reporter);
    let filing =
        Request::get(&format!("/api/reporting/v1/filings/{}", filed.filing)).session(&story.reporter);
    let list = Request::get("/api/reporting/v1/incidents").session(&story.reporter);
    vec![
        story.node.call(incident).await.expect(200),
        story.node.call(filing).await.expect(200),
        story.node.call(list).await.expect(200),
    ]
}

/// The owner at the same door: a session and, where nothing changes, a machine too.
async fn enter_as_owner(story: &Story, door: &Door, filed: &FiledIncident, body: Option<&Value>) {
    let place = format!("{} {} as its owner", door.method, door.path);
    let at_desk = door.path.starts_with("/api/authority/");
    let at_head = door.path == "/api/v1/reminders" || door.path.contains("{organisation}");
    let contact = if at_desk && door.path.contains("/summar") {
        let contact = testkit::World::contact_point(&story.node.service).await;
        Some((story.node.session(&contact, &[Function::Officer]).await, contact))
    } else {
        None
    };
    let session = match (at_desk, at_head) {
        (true, _) => contact.as_ref().map_or(&story.officer, |(session, _)| session),
        (false, true) => &story.head,
        (false, false) => &story.reporter,
    };
    let answer =
        call(story, door, &ids_of(door, story, filed), &Credentials::Session(session.clone()), body).await;
    assert!((200..300).contains(&answer.status), "{place}: {} {}", answer.status, answer.text());
    if door.method == "GET" {
        let (of, function) = if at_desk {
            (contact.as_ref().map_or(&story.node.world.csirt, |(_, place)| place), Function::Officer)
        } else {
            let function = if at_head { Function::Administrator } else { Function::Reporter };
            (&story.node.world.hospital, function)
        };
        let secret = Credentials::Secret(story.node.client(of, &[function]).await);
        let answer = call(story, door, &ids_of(door, story, filed), &secret, body).await;
        assert_eq!(answer.status, 200, "{place}, a machine: {}", answer.text());
    }
}

/// The identifiers of the incident, of the link or the filing that the door is about, and of a hold.
fn ids_of(door: &Door, story: &Story, filed: &FiledIncident) -> [String; 3] {
    if door.path.contains("{organisation}") {
        let hospital = story.node.world.hospital.id.to_string();
        return [hospital.clone(), hospital, filed.hold.clone()];
    }
    let other = filed.links.get(&door.name).unwrap_or(&filed.filing);
    [filed.incident.clone(), other.clone(), filed.hold.clone()]
}

async fn call(
    story: &Story,
    door: &Door,
    [incident, filing, hold]: &[String; 3],
    how: &Credentials,
    body: Option<&Value>,
) -> Answer {
    let id = if door.path.contains("/incidents/") { incident } else { filing };
    let asked = match door.name.as_str() {
        "find_others" => "?name=clinic",
        "annual_table" | "annual_workbook" => "?year=2026",
        "statistics" | "statistics_csv" | "statistics_workbook" | "statistics_paper" => "?from=2026",
        "summary" | "summary_csv" | "summary_workbook" | "summary_paper" => {
            "?pack=nis2&duty=summary&period=2025-Q4"
        }
        _ => "",
    };
    let path = format!("{}{asked}", door.path).replace("{id}", id).replace("{duty}", EARLY_WARNING);
    let path = path.replace("{hold}", hold).replace("{organisation}", id);
    let path = path.replace("{format}", "report").replace("{pack}", PACK).replace("{item}", "hashes");
    let path = path.replace("{list}", "rsit").replace("{file}", "machinetag.json").replace("{version}", "1");
    assert!(!path.contains('{'), "teach this test the parameters of {path}");
    let mut request = Request::new(&door.method, &path);
    if let Some(body) = body {
        request = request.json(body);
    }
    let request = match how {
        Credentials::Nobody => request,
        Credentials::Session(session) => request.session(session),
        Credentials::Secret(secret) => request.bearer(secret),
    };
    story.node.call(request).await
}
