//! Signing in and out, the token of changes, and stolen cookies.

use model::Function;
use serde_json::json;
use testkit::{Answer, Request, TestNode};

use crate::story::Story;

const PASSWORD: &str = "a bell in every town";

/// Somebody with a password, for the sign-in page; the mail address.
async fn person(node: &TestNode) -> String {
    let new = service::NewUser {
        organisation: node.world.hospital.id,
        name: "Anna Weber".to_owned(),
        mail: "anna.weber@hospital.example".to_owned(),
        functions: vec![Function::Reporter],
    };
    let mail = new.mail.clone();
    let invitation = node.service.invite_user(new).await.unwrap();
    node.service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
    mail
}

/// Loads the form at `path`: the double of the form, and the page.
pub async fn form(node: &TestNode, path: &str) -> (String, Answer) {
    let page = node.call(Request::get(path)).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let cookies = page.cookies();
    let (name, token) = cookies.first().unwrap();
    assert_eq!(name, "beffroi-form");
    assert!(page.text().contains(token.as_str()), "the form carries its double");
    (token.clone(), page)
}

async fn sign_in(node: &TestNode, mail: &str, password: &str, next: &str) -> Answer {
    let (token, _page) = form(node, "/login").await;
    let fields = [("mail", mail), ("password", password), ("next", next), ("form_token", &token)];
    node.call(Request::post("/login").header("cookie", &format!("beffroi-form={token}")).form(&fields)).await
}

#[tokio::test]
async fn a_person_signs_in_and_out_and_a_copy_of_the_cookie_is_worth_nothing() {
    let node = TestNode::sqlite().await;
    let mail = person(&node).await;
    let answer = sign_in(&node, &mail.to_uppercase(), PASSWORD, "/report/new?x=1").await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/report/new?x=1")));
    let set: Vec<&str> =
        answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, v)| v.as_str()).collect();
    assert!(
        set[0].starts_with("beffroi=") && set[0].contains("; HttpOnly; SameSite=Lax; Max-Age=43200"),
        "{set:?}"
    );
    let cookie = format!("beffroi={}", answer.cookies()[0].1);

    let me = node.call(Request::get("/api/v1/me").header("cookie", &cookie)).await.expect(200);
    assert_eq!(me["name"], "Anna Weber");
    let again = node.call(Request::get("/login?next=/report").header("cookie", &cookie)).await;
    assert_eq!((again.status, again.header("location")), (303, Some("/report")));

    let without_token = node.call(Request::post("/logout").header("cookie", &cookie).form(&[])).await;
    assert_eq!(without_token.status, 403);
    let csrf = me["csrf_token"].as_str().unwrap();
    let out =
        node.call(Request::post("/logout").header("cookie", &cookie).form(&[("csrf_token", csrf)])).await;
    assert_eq!((out.status, out.header("location")), (303, Some("/login")));
    assert!(
        out.header("set-cookie").unwrap().starts_with("beffroi=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
    );

    let stolen = node.call(Request::get("/api/v1/me").header("cookie", &cookie)).await;
    assert_eq!(stolen.status, 401);
    let change =
        Request::post("/api/reporting/v1/incidents").header("cookie", &cookie).header("x-csrf-token", csrf);
    assert_eq!(node.call(change.json(&json!({}))).await.status, 401);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let node = TestNode::sqlite().await;
    let mail = person(&node).await;
    let words = |answer: &Answer, mail: &str| answer.text().replace(mail, "MAIL");
    let wrong = sign_in(&node, &mail, "not the password", "/").await;
    let unknown = sign_in(&node, "nobody@hospital.example", "not the password", "/").await;
    assert_eq!((wrong.status, unknown.status), (403, 403));
    let hide = |text: String| -> String {
        // The form's double differs from form to form.
        text.split("form_token\" value=\"")
            .enumerate()
            .map(|(i, part)| if i == 0 { part } else { part.split_at(64).1 })
            .collect()
    };
    assert_eq!(hide(words(&wrong, &mail)), hide(words(&unknown, "nobody@hospital.example")));
    assert!(wrong.text().contains("role=\"alert\""), "{}", wrong.text());
    assert!(!wrong.text().contains("not the password"), "a password is not sent back");
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let node = TestNode::sqlite().await;
    let mail = person(&node).await;
    let mut last = sign_in(&node, &mail, "wrong", "/").await;
    for _ in 0..8 {
        last = sign_in(&node, &mail, "wrong", "/").await;
    }
    assert_eq!(last.status, 429);
    assert!(last.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
    let right = sign_in(&node, &mail, PASSWORD, "/").await;
    assert_eq!(right.status, 429, "even the right password waits");
}

#[tokio::test]
async fn a_form_of_another_site_signs_nobody_in() {
    let node = TestNode::sqlite().await;
    let mail = person(&node).await;
    let (token, _page) = form(&node, "/login").await;
    let fields = |token| [("mail", mail.as_str()), ("password", PASSWORD), ("form_token", token)];
    let no_cookie = node.call(Request::post("/login").form(&fields(&token))).await;
    let other = "0".repeat(64);
    let other_cookie =
        Request::post("/login").header("cookie", &format!("beffroi-form={other}")).form(&fields(&token));
    let planted = Request::post("/login").header("cookie", "beffroi-form=x").form(&fields("x"));
    let no_field = Request::post("/login")
        .header("cookie", &format!("beffroi-form={token}"))
        .form(&[("mail", &mail), ("password", PASSWORD)]);
    assert_eq!(no_cookie.status, 403);
    for request in [other_cookie, planted, no_field] {
        let answer = node.call(request).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (403, None));
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_host_after_signing_in() {
    let node = TestNode::sqlite().await;
    let mail = person(&node).await;
    for next in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\\\\evil.example",
        "///evil.example",
        "evil.example",
        "/\n//evil.example",
        "",
    ] {
        let answer = sign_in(&node, &mail, PASSWORD, next).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{next:?}");
    }
    let page = node.call(Request::get("/login?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")).await;
    assert!(!page.text().contains("<script"), "{}", page.text());
}

#[tokio::test]
async fn a_change_by_a_browser_carries_the_token_of_its_session() {
    let story = Story::begin().await;
    let other = story.node.session(&story.node.world.hospital, &[Function::Reporter]).await;
    let ask = || {
        Request::post("/api/reporting/v1/incidents").json(&json!({})).header("cookie", &story.reporter.cookie)
    };
    let refused = [ask(), ask().header("x-csrf-token", ""), ask().header("x-csrf-token", &other.csrf)];
    for request in refused {
        let answer = story.node.call(request).await.expect(403);
        assert_eq!(answer["type"], "urn:beffroi:problem:csrf");
    }
    story.node.call(ask().header("x-csrf-token", &story.reporter.csrf)).await.expect(201);
    let secret = story.node.client(&story.node.world.hospital, &[Function::Reporter]).await;
    story
        .node
        .call(Request::post("/api/reporting/v1/incidents").json(&json!({})).bearer(&secret))
        .await
        .expect(201);
}

#[tokio::test]
async fn a_secret_is_sent_as_bearer_and_nothing_else() {
    let story = Story::begin().await;
    let secret = story.node.client(&story.node.world.hospital, &[Function::Reporter]).await;
    for value in [
        format!("Basic {secret}"),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        format!("Bearer {secret}x"),
        secret.clone(),
        format!("Bearer {}", "a".repeat(100_000)),
    ] {
        let request = Request::get("/api/v1/me")
            .header("authorization", &value)
            .header("cookie", &story.reporter.cookie);
        let answer = story.node.call(request).await;
        assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some("Bearer")), "{value:.40}");
    }
    let me = story.node.call(Request::get("/api/v1/me").bearer(&secret)).await.expect(200);
    assert!(me["csrf_token"].is_null());
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let story = Story::begin().await;
    story.node.service.clock().advance(std::time::Duration::from_secs(12 * 3600 + 1));
    let answer = story.node.call(Request::get("/api/v1/me").session(&story.reporter)).await;
    assert_eq!(answer.status, 401);
    let page = story
        .node
        .call(Request::get("/receipts/0195d2a4-5c00-7000-8000-00000000dead").session(&story.reporter))
        .await;
    let back = "/login?next=/receipts/0195d2a4-5c00-7000-8000-00000000dead";
    assert_eq!((page.status, page.header("location")), (303, Some(back)));
}
