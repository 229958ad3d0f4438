//! Accounts and administration at the doors: every door of theirs in the OpenAPI document is tried
//! by strangers and entered by its owner; and the pages of the second step, of the new password and
//! of the registration are attacked as people attack them.

use model::{Function, Subject};
use serde_json::{Value, json};
use service::{Outcome, SignIn};
use testkit::{Answer, Request, Session, TestNode};

use crate::sessions::form;

const PASSWORD: &str = "a bell in every town";
/// An identifier that nobody has.
const NOBODYS: &str = "0195d2a4-5c00-7000-8000-00000000dead";

/// Whether the doors of `path` are tried here and not with the filings.
pub fn covers(path: &str) -> bool {
    ["/api/admin/", "/api/v1/account", "/api/authority/v1/registrations"]
        .iter()
        .any(|part| path.starts_with(part))
}

/// The key that an authenticator holds, from what is typed into it.
fn key_of(setup: &str) -> Vec<u8> {
    let letters = setup.chars().filter(|letter| *letter != ' ');
    let bits: String = letters
        .map(|letter| format!("{:05b}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap()))
        .collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

fn shown(node: &TestNode, key: &[u8]) -> String {
    vault::one_time_code(key, node.now().micros() / 30_000_000)
}

async fn advance(node: &TestNode) {
    node.service.clock().advance(std::time::Duration::from_secs(60));
}

/// The secret behind `path` in the newest mail to `address`.
async fn link(node: &TestNode, address: &str, path: &str) -> String {
    let mut found = None;
    for errand in node.service.errands(200).await.unwrap() {
        if errand.mail.address == address && errand.mail.text.contains(path) {
            found = errand
                .mail
                .text
                .split(path)
                .nth(1)
                .map(|rest| rest.split_whitespace().next().unwrap().to_owned());
        }
        node.service.settle(&errand, Outcome::Done).await.unwrap();
    }
    found.unwrap()
}

/// A registration that waits for an officer; its identifier.
async fn registration(node: &TestNode, mail: &str) -> String {
    let new = service::NewRegistration {
        name: "Clinic of the Sur".to_owned(),
        country: "LU".to_owned(),
        contact: "Lea Klein".to_owned(),
        mail: mail.to_owned(),
        answers: [("entity.sector".to_owned(), "health".to_owned())].into(),
    };
    node.service.register(new, "192.0.2.1").await.unwrap();
    let token = link(node, mail, "/register/").await;
    node.service.follow_registration(&token, "").await.unwrap();
    let carl = node.person(&node.world.csirt, &[Function::Officer]).await;
    let listed = node.service.registrations(&carl).await.unwrap().registrations;
    listed.iter().find(|one| one.mail == mail).unwrap().id.to_string()
}

/// What a door takes from its owner: whose session, which identifier, which body.
struct Entry {
    owner: Session,
    id: String,
    body: Option<Value>,
}

async fn entry(node: &TestNode, name: &str) -> Entry {
    let world = &node.world;
    let boss = || async { node.session(&world.hospital, &[Function::Administrator]).await };
    let keeper = || async { node.session(&world.authority, &[Function::Operator]).await };
    let officer = || async { node.session(&world.csirt, &[Function::Officer]).await };
    let bob = node.person(&world.hospital, &[Function::Reporter]).await;
    let Subject::User(bob) = bob.subject else { panic!() };
    let entry = |owner, body| Entry { owner, id: bob.to_string(), body };
    let bare = || json!({ "password": PASSWORD });
    match name {
        "list_people" | "read_organisation" | "recipients" | "list_clients" => entry(boss().await, None),
        "invite_person" => {
            let new = json!({"name": "Al", "mail": "al@example.eu", "functions": ["reporter"]});
            entry(boss().await, Some(new))
        }
        "change_person" => entry(boss().await, Some(json!({"name": "Bob", "functions": ["auditor"]}))),
        "disable_person" | "enable_person" | "invite_again" => entry(boss().await, None),
        "reset_second_factor" => {
            let (session, _) = protected(node).await;
            let Subject::User(id) = session.caller.subject else { panic!() };
            Entry { id: id.to_string(), ..entry(boss().await, None) }
        }
        "change_organisation" => entry(boss().await, Some(json!({"zone": "Europe/Brussels"}))),
        "make_client" => {
            let new = json!({"name": "SIEM", "functions": ["reporter"], "valid_days": 3});
            entry(boss().await, Some(new))
        }
        "revoke_client" => {
            node.client(&world.hospital, &[Function::Reporter]).await;
            let id = node.service.clients(world.hospital.id).await.unwrap().pop().unwrap().id;
            Entry { id: id.to_string(), ..entry(boss().await, None) }
        }
        "list_node_organisations" | "read_jobs" => entry(keeper().await, None),
        "enter_organisation" => {
            let new = json!({"name": "Bank", "country": "LU", "zone": "Europe/Luxembourg", "roles": []});
            entry(keeper().await, Some(new))
        }
        "give_roles" => {
            let roles = json!({"roles": [{"role": "reporting_entity"}]});
            Entry { id: world.clinic.id.to_string(), ..entry(keeper().await, Some(roles)) }
        }
        "disable_organisation" | "enable_organisation" => {
            Entry { id: world.cloud.id.to_string(), ..entry(keeper().await, None) }
        }
        "invite_administrator" => {
            let new = json!({"name": "Eva", "mail": "eva@example.eu"});
            Entry { id: world.clinic.id.to_string(), ..entry(keeper().await, Some(new)) }
        }
        "list_registrations" => entry(officer().await, None),
        "read_registration" | "accept_registration" => {
            let id = registration(node, &format!("{name}@example.org").replace('_', "-")).await;
            Entry { id, ..entry(officer().await, None) }
        }
        "refuse_registration" | "ask_registration" => {
            let id = registration(node, &format!("{name}@example.org").replace('_', "-")).await;
            Entry { id, ..entry(officer().await, Some(json!({"text": "Why?"}))) }
        }
        "read_account" | "end_other_sessions" => {
            entry(node.session(&world.hospital, &[Function::Reporter]).await, None)
        }
        "set_up_second_factor" => {
            entry(node.session(&world.hospital, &[Function::Reporter]).await, Some(bare()))
        }
        "confirm_second_factor" => {
            let session = node.session(&world.hospital, &[Function::Reporter]).await;
            let set_up = Request::post("/api/v1/account/second-factor").session(&session).json(&bare());
            let setup = node.call(set_up).await.expect(200);
            let code = shown(node, &key_of(setup["secret"].as_str().unwrap()));
            entry(session, Some(json!({"code": code})))
        }
        "remove_second_factor" | "renew_recovery_codes" => {
            let (session, key) = protected(node).await;
            advance(node).await;
            entry(session, Some(json!({"password": PASSWORD, "code": shown(node, &key)})))
        }
        "change_password" => {
            let change = json!({"password": PASSWORD, "new_password": "another bell in town"});
            entry(node.session(&world.hospital, &[Function::Reporter]).await, Some(change))
        }
        "end_session" => {
            let session = node.session(&world.hospital, &[Function::Reporter]).await;
            let listed = node.call(Request::get("/api/v1/account").session(&session)).await.expect(200);
            let id = listed["sessions"][0]["id"].as_str().unwrap().to_owned();
            Entry { id, ..entry(session, None) }
        }
        other => panic!("teach this test what {other} takes"),
    }
}

/// Somebody with a second factor: the session in which it was set up, and the key.
async fn protected(node: &TestNode) -> (Session, Vec<u8>) {
    let session = node.session(&node.world.hospital, &[Function::Reporter]).await;
    let set_up =
        Request::post("/api/v1/account/second-factor").session(&session).json(&json!({"password": PASSWORD}));
    let setup = node.call(set_up).await.expect(200);
    let key = key_of(setup["secret"].as_str().unwrap());
    let confirm = json!({"code": shown(node, &key)});
    let confirm = Request::post("/api/v1/account/second-factor/confirm").session(&session).json(&confirm);
    assert_eq!(node.call(confirm).await.expect(200)["codes"].as_array().unwrap().len(), 10);
    (session, key)
}

/// Every function that cannot be given on a page, and every one that can: only the organisation
/// stands in the way of the first, only the function in that of the second.
async fn strangers(node: &TestNode) -> Vec<(&'static str, Option<Session>)> {
    let world = &node.world;
    vec![
        ("anonymous", None),
        ("the clinic's administrator", Some(node.session(&world.clinic, &[Function::Administrator]).await)),
        (
            "the hospital's reporter",
            Some(node.session(&world.hospital, &[Function::Reporter, Function::Auditor]).await),
        ),
        ("the foreign CSIRT's officer", Some(node.session(&world.foreign_csirt, &[Function::Officer]).await)),
    ]
}

#[tokio::test]
async fn every_door_of_accounts_and_administration_is_its_owners() {
    tell(TestNode::sqlite().await).await;
}

#[tokio::test]
async fn every_door_of_accounts_and_administration_is_its_owners_on_postgresql() {
    if let Some(node) = TestNode::postgres().await {
        tell(node).await;
    }
}

async fn tell(node: TestNode) {
    let strangers = strangers(&node).await;
    let document = serde_json::to_value(web::document()).unwrap();
    let mut tried = 0;
    for (path, item) in document["paths"].as_object().unwrap().iter().filter(|(path, _)| covers(path)) {
        for (method, operation) in item.as_object().unwrap() {
            try_door(&node, (method, path), operation["operationId"].as_str().unwrap(), &strangers).await;
            tried += 1;
        }
    }
    assert!(tried >= 28, "{tried}");
}

async fn try_door(
    node: &TestNode,
    (method, path): (&str, &str),
    name: &str,
    strangers: &[(&str, Option<Session>)],
) {
    let Entry { owner, id, body } = entry(node, name).await;
    let request = |id: &str| {
        let request = Request::new(&method.to_uppercase(), &path.replace("{id}", id));
        if let Some(body) = &body { request.json(body) } else { request }
    };
    // What is everybody's own answers everybody; what has an identifier is the owner's alone.
    let own = path.starts_with("/api/v1/account") && !path.contains("{id}");
    for (who, session) in strangers {
        let signed =
            |request: Request| if let Some(session) = session { request.session(session) } else { request };
        let place = format!("{method} {path} as {who}");
        if session.is_none() {
            assert_eq!(node.call(request(&id)).await.status, 401, "{place}");
        } else if path.contains("{id}") {
            let (answer, nobodys) =
                (node.call(signed(request(&id))).await, node.call(signed(request(NOBODYS))).await);
            assert!(matches!(answer.status, 403 | 404), "{place}: {}", answer.text());
            assert_eq!((answer.status, answer.text()), (nobodys.status, nobodys.text()), "{place} hints");
        } else if !own && !who.contains("administrator") && !who.contains("officer") {
            assert_eq!(node.call(signed(request(&id))).await.status, 403, "{place}");
        }
    }
    // A form of another site carries the cookie and no token.
    if method != "get" {
        let forged = node.call(request(&id).header("cookie", &owner.cookie)).await;
        assert_eq!(forged.status, 403, "{method} {path} without its token");
    }
    let answer = node.call(request(&id).session(&owner)).await;
    assert!((200..300).contains(&answer.status), "{method} {path}: {} {}", answer.status, answer.text());
}

fn browser(form_token: &str, half: Option<&str>) -> String {
    let half = half.map_or_else(String::new, |half| format!("; beffroi-half={half}"));
    format!("beffroi-form={form_token}{half}")
}

async fn sign_in(node: &TestNode, mail: &str, next: &str) -> Answer {
    let (token, _) = form(node, "/login").await;
    let fields = [("mail", mail), ("password", PASSWORD), ("next", next), ("form_token", &token)];
    node.call(Request::post("/login").header("cookie", &browser(&token, None)).form(&fields)).await
}

/// The value of a cookie that an answer sets.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    answer
        .cookies()
        .into_iter()
        .find(|(known, value)| known == name && !value.is_empty())
        .map(|(_, value)| value)
}

#[tokio::test]
async fn the_session_rises_after_the_second_step_and_not_before() {
    let node = TestNode::sqlite().await;
    let (session, key) = protected(&node).await;
    let mail = node.call(Request::get("/api/v1/account").session(&session)).await.expect(200)["mail"].clone();
    let mail = mail.as_str().unwrap();
    advance(&node).await;
    let first = sign_in(&node, mail, "/report/new?x=1").await;
    assert_eq!((first.status, first.header("location")), (303, Some("/login/code?next=/report/new%3Fx%3D1")));
    assert_eq!(cookie(&first, "beffroi"), None, "no session yet");
    let half = cookie(&first, "beffroi-half").unwrap();
    // The half session opens nothing, in whatever clothing.
    for (name, value) in [
        ("cookie", format!("beffroi={half}")),
        ("cookie", format!("beffroi-half={half}")),
        ("authorization", format!("Bearer {half}")),
    ] {
        assert_eq!(node.call(Request::get("/api/v1/me").header(name, &value)).await.status, 401);
    }
    let page = node.call(Request::get("/login/code").header("cookie", &format!("beffroi-half={half}"))).await;
    assert_eq!(page.status, 200);
    let token = cookie(&page, "beffroi-form").unwrap();
    let enter = |code: &str, half: Option<&str>| {
        let fields = [("code", code), ("next", "/report/new?x=1"), ("form_token", token.as_str())];
        node.call(Request::post("/login/code").header("cookie", &browser(&token, half)).form(&fields))
    };
    let wrong = enter("000000", Some(&half)).await;
    assert_eq!(wrong.status, 403);
    assert!(wrong.text().contains("role=\"alert\"") && !wrong.text().contains("000000"), "{}", wrong.text());
    let code = shown(&node, &key);
    let no_half = enter(&code, None).await;
    assert_eq!((no_half.status, no_half.header("location")), (303, Some("/login?again=1")));
    let foreign = Request::post("/login/code")
        .header("cookie", &format!("beffroi-half={half}"))
        .form(&[("code", &code)]);
    assert_eq!(node.call(foreign).await.status, 403, "a form of another site");
    // A session that somebody planted does not become the person's: a new one rises.
    let planted = format!("{}; beffroi=planted", browser(&token, Some(&half)));
    let fields = [("code", code.as_str()), ("next", "//evil.example"), ("form_token", token.as_str())];
    let done = node.call(Request::post("/login/code").header("cookie", &planted).form(&fields)).await;
    assert_eq!((done.status, done.header("location")), (303, Some("/")));
    let risen = cookie(&done, "beffroi").unwrap();
    assert!(risen != "planted" && risen != half);
    let me = Request::get("/api/v1/me").header("cookie", &format!("beffroi={risen}"));
    node.call(me).await.expect(200);
    assert_eq!(enter(&code, Some(&half)).await.header("location"), Some("/login?again=1"), "used up");
}

#[tokio::test]
async fn a_required_second_factor_is_set_up_on_the_way_in() {
    let node = TestNode::sqlite().await;
    let (boss, _) = {
        let session = node.session(&node.world.hospital, &[Function::Administrator]).await;
        let body = json!({"password": PASSWORD});
        let setup = node
            .call(Request::post("/api/v1/account/second-factor").session(&session).json(&body))
            .await
            .expect(200);
        let key = key_of(setup["secret"].as_str().unwrap());
        let code = json!({"code": shown(&node, &key)});
        node.call(Request::post("/api/v1/account/second-factor/confirm").session(&session).json(&code))
            .await
            .expect(200);
        (session, key)
    };
    let eve = node.session(&node.world.hospital, &[Function::Reporter]).await;
    let mail = node.call(Request::get("/api/v1/account").session(&eve)).await.expect(200)["mail"]
        .as_str()
        .unwrap()
        .to_owned();
    let require = Request::patch("/api/admin/v1/organisation")
        .session(&boss)
        .json(&json!({"second_factor_required": true}));
    node.call(require).await.expect(200);
    let half = cookie(&sign_in(&node, &mail, "/").await, "beffroi-half").unwrap();
    let page = node.call(Request::get("/login/code").header("cookie", &format!("beffroi-half={half}"))).await;
    let token = cookie(&page, "beffroi-form").unwrap();
    let text = page.text();
    let secret = text.split("class=\"key\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(text.contains("data:image/svg+xml;base64,"), "{text}");
    let confirm = |code: String| {
        let fields = [("code", code.as_str()), ("form_token", token.as_str())];
        node.call(
            Request::post("/login/set-up").header("cookie", &browser(&token, Some(&half))).form(&fields),
        )
    };
    assert_eq!(confirm("000000".to_owned()).await.status, 403);
    let done = confirm(shown(&node, &key_of(&secret))).await;
    assert_eq!(done.status, 200);
    assert_eq!(done.text().matches("<li><code>").count(), 10);
    assert!(cookie(&done, "beffroi").is_some());
}

#[tokio::test]
async fn whoever_asks_for_a_new_password_or_registers_gets_the_same_answer() {
    let node = TestNode::sqlite().await;
    let session = node.session(&node.world.hospital, &[Function::Reporter]).await;
    let known = node.call(Request::get("/api/v1/account").session(&session)).await.expect(200)["mail"]
        .as_str()
        .unwrap()
        .to_owned();
    let told = |answer: Answer| {
        let headers: Vec<_> =
            answer.headers.iter().filter(|(name, _)| name != "x-request-id").cloned().collect();
        (answer.status, headers, answer.text())
    };
    let mut answers = Vec::new();
    for mail in [known.as_str(), "nobody@example.eu", "not an address"] {
        let (token, _) = form(&node, "/reset").await;
        let fields = [("mail", mail), ("form_token", token.as_str())];
        answers.push(told(
            node.call(Request::post("/reset").header("cookie", &browser(&token, None)).form(&fields)).await,
        ));
    }
    assert_eq!(answers[0].0, 303);
    assert_eq!((&answers[0], &answers[0]), (&answers[1], &answers[2]));
    let mut answers = Vec::new();
    for (mail, name) in [(known.as_str(), "Hospital of the North"), ("new@example.eu", "A new one")] {
        let (token, _) = form(&node, "/register").await;
        let fields = [
            ("name", name),
            ("country", "LU"),
            ("contact", "Lea"),
            ("mail", mail),
            ("entity.sector", "health"),
            ("form_token", token.as_str()),
        ];
        answers.push(told(
            node.call(Request::post("/register").header("cookie", &browser(&token, None)).form(&fields))
                .await,
        ));
    }
    assert_eq!(answers[0].0, 303);
    assert_eq!(answers[0], answers[1]);
    // Neither form is taken from another site.
    for (path, fields) in [
        ("/reset", vec![("mail", known.as_str())]),
        ("/register", vec![("name", "x"), ("country", "LU"), ("contact", "x"), ("mail", "x@example.eu")]),
        ("/login/set-up", vec![("code", "000000")]),
    ] {
        assert_eq!(node.call(Request::post(path).form(&fields)).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn the_pages_of_links_work_once_and_show_no_markup() {
    let node = TestNode::sqlite().await;
    let session = node.session(&node.world.hospital, &[Function::Reporter]).await;
    let mail = node.call(Request::get("/api/v1/account").session(&session)).await.expect(200)["mail"]
        .as_str()
        .unwrap()
        .to_owned();
    node.service.ask_reset(&mail, "192.0.2.1").await.unwrap();
    let path = format!("/reset/{}", link(&node, &mail, "/reset/").await);
    let (token, _) = form(&node, &path).await;
    let set = |password: &str, repeat: &str| {
        let fields = [("password", password), ("repeat", repeat), ("form_token", token.as_str())];
        node.call(Request::post(&path).header("cookie", &browser(&token, None)).form(&fields))
    };
    assert_eq!(set("short", "short").await.status, 422);
    assert_eq!(set("four bells in a tower", "four bells in a towel").await.status, 422);
    assert_eq!(
        node.call(
            Request::post(&path)
                .form(&[("password", "four bells in a tower"), ("repeat", "four bells in a tower")])
        )
        .await
        .status,
        403
    );
    assert_eq!(
        set("four bells in a tower", "four bells in a tower").await.header("location"),
        Some("/login?welcome=1")
    );
    assert_eq!(set("four bells in a tower", "four bells in a tower").await.status, 404);
    assert_eq!(node.call(Request::get("/api/v1/me").session(&session)).await.status, 401);
    let sign_in =
        SignIn { mail, password: "four bells in a tower".to_owned(), from: service::From::source("here") };
    assert!(node.service.sign_in(sign_in).await.unwrap().session().is_some());

    let (token, _) = form(&node, "/register").await;
    let attack = "<script>alert(1)</script>\"'&";
    let send = |sector: &str| {
        let fields = [
            ("name", attack),
            ("country", "LU"),
            ("contact", attack),
            ("mail", "lea@example.org"),
            ("entity.sector", sector),
            ("form_token", token.as_str()),
        ];
        node.call(Request::post("/register").header("cookie", &browser(&token, None)).form(&fields))
    };
    let refused = send("").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Choose the sector") && !refused.text().contains("<script"),
        "{}",
        refused.text()
    );
    assert_eq!(send("health").await.header("location"), Some("/register?sent=1"));
    let path = format!("/register/{}", link(&node, "lea@example.org", "/register/").await);
    let (token, page) = form(&node, &path).await;
    assert!(!page.text().contains("<script"), "{}", page.text());
    // Looking at the link, as programs that read mails do, confirms nothing.
    let confirm = || {
        node.call(
            Request::post(&path).header("cookie", &browser(&token, None)).form(&[("form_token", &token)]),
        )
    };
    assert!(confirm().await.text().contains("handed in"));
    assert_eq!(confirm().await.status, 404);
}
