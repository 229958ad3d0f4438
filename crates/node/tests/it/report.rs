//! Reporting over HTTP, as a browser and as a machine.

use std::{net::SocketAddr, sync::OnceLock, time::Duration};

use model::Instant;
use serde_json::{Value, json};
use service::Clock;
use testkit::{Answer, Request};

use crate::support::{Ground, Serving};

/// The stage that the tests file.
pub const EARLY_WARNING: &str = "nis2-lu.mandatory.early_warning";

/// What an early warning needs, and no more: six answers. The same in the whole run, so that a repeated
/// request is the same request.
pub fn answers() -> Value {
    static AWARE: OnceLock<Instant> = OnceLock::new();
    let aware = AWARE.get_or_init(|| Clock::System.now().minus(Duration::from_secs(3600)));
    json!({
        "title": { "value": "Ransomware on the file servers" },
        "aware_significant_at": { "value": aware },
        "significance_decision": { "value": "significant" },
        "significance_reason": { "value": "The wards work on paper; operations are postponed." },
        "suspected_malicious": { "value": true },
        "cross_border": { "value": false },
    })
}

/// The hospital and the CSIRT, made from the command line; their identifiers.
pub fn enter_organisations(ground: &Ground) -> (String, String) {
    let hospital = ground.json(&[
        "org",
        "create",
        "--name",
        "Hospital",
        "--country",
        "LU",
        "--zone",
        "Europe/Luxembourg",
        "--role",
        "reporting_entity",
        "--set",
        "entity.sector=health",
        "--set",
        "entity.type=[\"healthcare_provider\"]",
        "--set",
        "entity.class=essential",
    ]);
    let csirt = ground.json(&[
        "org",
        "create",
        "--name",
        "CSIRT",
        "--country",
        "LU",
        "--zone",
        "Europe/Luxembourg",
        "--role",
        "competent_authority:country=LU",
    ]);
    let id = |answer: &Value| answer["organisation"].as_str().unwrap().to_owned();
    (id(&hospital), id(&csirt))
}

/// The secret of a machine client.
pub fn client(ground: &Ground, organisation: &str, function: &str) -> String {
    let made = ground.json(&[
        "client",
        "create",
        "--org",
        organisation,
        "--name",
        "machine",
        "--function",
        function,
    ]);
    made["secret"].as_str().unwrap().to_owned()
}

/// Opens an incident as a machine; its identifier and revision.
pub fn open(address: SocketAddr, secret: &str, key: &str) -> std::io::Result<Answer> {
    Request::post("/api/reporting/v1/incidents")
        .bearer(secret)
        .header("idempotency-key", key)
        .json(&json!({ "answers": answers() }))
        .send(address)
}

/// Files the early warning as a machine.
pub fn file(
    address: SocketAddr,
    secret: &str,
    (incident, revision): (&str, i64),
    recipient: &str,
    key: &str,
) -> std::io::Result<Answer> {
    Request::post(&format!("/api/reporting/v1/incidents/{incident}/duties/{EARLY_WARNING}/file"))
        .bearer(secret)
        .header("idempotency-key", key)
        .json(&json!({ "base_revision": revision, "recipient": recipient }))
        .send(address)
}

/// A browser: cookies, and the hidden fields of the forms it was shown.
pub struct Browser<'a> {
    node: &'a Serving,
    cookies: Vec<(String, String)>,
    csrf: String,
}

impl<'a> Browser<'a> {
    pub fn new(node: &'a Serving) -> Self {
        Self { node, cookies: Vec::new(), csrf: String::new() }
    }

    /// Follows an invitation and chooses a password, then signs in with it.
    pub fn accept(&mut self, link: &str, mail: &str, password: &str) {
        let path = link.split_once("/invitation/").unwrap().1;
        let path = format!("/invitation/{path}");
        let page = self.send(Request::get(&path));
        assert_eq!(page.status, 200, "{}", page.text());
        let answer = self.submit(&path, &page, &[("password", password), ("repeat", password)]);
        assert!((200..400).contains(&answer.status), "{}", answer.text());
        let used = self.send(Request::get(&path));
        assert_eq!(used.status, 404, "an invitation works once");
        self.sign_in(mail, password);
    }

    pub fn sign_in(&mut self, mail: &str, password: &str) {
        let page = self.send(Request::get("/login"));
        let answer = self.submit("/login", &page, &[("mail", mail), ("password", password)]);
        assert!((300..400).contains(&answer.status), "{}: {}", answer.status, answer.text());
        let me = self.send(Request::get("/api/v1/me")).expect(200);
        self.csrf = me["csrf_token"].as_str().unwrap().to_owned();
    }

    /// Submits the form of `page` with its hidden fields and `fields`.
    fn submit(&mut self, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let html = page.text();
        let hidden = hidden_fields(&html);
        let all: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(fields.iter().copied())
            .collect();
        self.send(Request::post(path).form(&all))
    }

    /// Sends as this browser and keeps the cookies.
    pub fn send(&mut self, request: Request) -> Answer {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer =
            self.node.send(request.header("cookie", &jar.join("; ")).header("x-csrf-token", &self.csrf));
        for (name, value) in answer.cookies() {
            self.cookies.retain(|(known, _)| *known != name);
            if !value.is_empty() {
                self.cookies.push((name, value));
            }
        }
        answer
    }
}

/// Name and value of every hidden field.
fn hidden_fields(html: &str) -> Vec<(String, String)> {
    html.split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| tag.contains("type=\"hidden\""))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    Some(rest.split('"').next()?.to_owned())
}
