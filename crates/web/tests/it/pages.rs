//! The pages that need no script.

use model::Function;
use service::NewUser;
use testkit::Request;

use crate::{
    sessions::form,
    story::{CANARY, Story},
};

#[tokio::test]
async fn both_sides_print_the_receipt() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let filed = story.file(&incident).await;
    let path = format!("/receipts/{}", filed.filing);
    for (session, portal) in [(&story.reporter, "report"), (&story.officer, "authority")] {
        let page = story.node.call(Request::get(&path).session(session)).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let keys = story.node.call(Request::get("/api/v1/keys").session(session)).await.expect(200);
        let csirt = story.node.world.csirt.id.to_string();
        let key = keys["keys"]
            .as_array()
            .unwrap()
            .iter()
            .find(|key| key["organisation"] == csirt.as_str())
            .unwrap();
        let text = page.text();
        for part in [
            filed.reference.as_str(),
            CANARY,
            "Hospital of the North",
            "CSIRT of Luxembourg",
            "2026-03-06T15:30:00Z",
            "Friday 6 March 2026, 16:30 (Europe/Luxembourg)",
            "Early warning",
            "beffroi verify --trust keys.json",
            key["fingerprint"].as_str().unwrap(),
            &format!("/{portal}/filings/"),
            "Filed in time",
        ] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
    }
    let stranger = story.node.session(&story.node.world.clinic, &[Function::Reporter]).await;
    let refused = story.node.call(Request::get(&path).session(&stranger)).await;
    assert_eq!(refused.status, 404);
    assert!(!refused.text().contains(&filed.reference) && refused.text().contains("<h1>Not found</h1>"));
}

#[tokio::test]
async fn what_was_written_in_a_report_is_no_markup() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    let save = Request::patch(&format!("/api/reporting/v1/incidents/{incident}/answers"))
        .json(&serde_json::json!({"base_revision": 1, "answers": {"title": {"value": attack}}}));
    story.report(save, 200).await;
    let filed = story.file(&incident).await;
    let page =
        story.node.call(Request::get(&format!("/receipts/{}", filed.filing)).session(&story.reporter)).await;
    let text = page.text();
    assert!(!text.contains("<script") && !text.contains("<img src=x"), "{text}");
    assert!(text.contains("&#60;script&#62;") || text.contains("&lt;script&gt;"), "{text}");
}

#[tokio::test]
async fn an_invitation_sets_a_password_once() {
    let story = Story::begin().await;
    let node = &story.node;
    let new = NewUser {
        organisation: node.world.clinic.id,
        name: "Luc <Muller>".to_owned(),
        mail: "luc@clinic.example".to_owned(),
        functions: vec![Function::Reporter],
    };
    let invitation = node.service.invite_user(new).await.unwrap();
    let path = format!("/invitation/{}", invitation.token);
    let (token, page) = form(node, &path).await;
    assert!(
        page.text().contains("Clinic of the South") && !page.text().contains("<Muller>"),
        "{}",
        page.text()
    );
    let accept = |password: &str, repeat: &str| {
        Request::post(&path).header("cookie", &format!("beffroi-form={token}")).form(&[
            ("form_token", &token),
            ("password", password),
            ("repeat", repeat),
        ])
    };
    for (password, repeat, words) in [
        ("short", "short", "A password has at least 12 characters"),
        ("four bells in a tower", "four bells in a towel", "The two passwords differ"),
    ] {
        let answer = node.call(accept(password, repeat)).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains(words), "{}", answer.text());
        assert!(!answer.text().contains(password) || password == "short", "a password is not sent back");
    }
    let foreign = Request::post(&path)
        .form(&[("password", "four bells in a tower"), ("repeat", "four bells in a tower")]);
    assert_eq!(node.call(foreign).await.status, 403);

    let done = node.call(accept("four bells in a tower", "four bells in a tower")).await;
    assert_eq!((done.status, done.header("location")), (303, Some("/login?welcome=1")));
    let again = node.call(accept("four bells in a tower", "four bells in a tower")).await;
    let never = node.call(Request::get(&format!("/invitation/{}", "0".repeat(64)))).await;
    assert_eq!((again.status, never.status), (404, 404));
    let welcome = node.call(Request::get("/login?welcome=1")).await;
    assert!(welcome.text().contains("Your password is set"));
}

#[tokio::test]
async fn files_of_the_pages_are_kept_by_the_browser() {
    let story = Story::begin().await;
    for (path, kind) in
        [("/pages/style.css", "text/css; charset=utf-8"), ("/pages/mark.svg", "image/svg+xml")]
    {
        let file = story.node.call(Request::get(path)).await;
        assert_eq!((file.status, file.header("content-type")), (200, Some(kind)));
        assert_eq!(file.header("cache-control"), Some("public, max-age=3600"));
    }
}
