//! What was tried against the use cases, and does not work.

use model::Function;
use serde_json::json;
use service::{
    Error, From, NewUser, SignIn,
    view::{Respond, SaveAnswers},
};
use testkit::TestNode;

use crate::story::{file, officer, on_both, open, open_ransomware, problems, reporter, save};

on_both!(
    nobody_locks_a_source_by_signing_in_under_its_name,
    an_older_link_of_the_same_person_is_worth_nothing_once_one_was_used,
    a_character_that_is_not_seen_is_refused_in_every_text,
    a_thousand_wrong_names_are_not_answered_a_thousand_times,
);

const PASSWORD: &str = "eleven towers and a bell";

fn sign_in(mail: &str, source: &str) -> SignIn {
    SignIn { mail: mail.to_owned(), password: PASSWORD.to_owned(), from: From::source(source) }
}

async fn ada(node: &TestNode) -> service::Invitation {
    let new = NewUser {
        organisation: node.world.hospital.id,
        name: "Ada Weber".to_owned(),
        mail: "ada@example.eu".to_owned(),
        functions: vec![Function::Reporter],
    };
    node.service.invite_user(new).await.unwrap()
}

async fn nobody_locks_a_source_by_signing_in_under_its_name(node: TestNode) {
    let invitation = ada(&node).await;
    node.service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
    for _ in 0..12 {
        let _refused = node.service.sign_in(sign_in("source 198.51.100.7", "203.0.113.9")).await;
        let _refused = node.service.sign_in(sign_in("account ada@example.eu", "203.0.113.10")).await;
    }
    node.service.sign_in(sign_in("ada@example.eu", "198.51.100.7")).await.unwrap();
}

async fn an_older_link_of_the_same_person_is_worth_nothing_once_one_was_used(node: TestNode) {
    let service = &node.service;
    let first = ada(&node).await;
    let second = service.renew_invitation("ada@example.eu").await.unwrap();
    service.accept_invitation(&second.token, PASSWORD.to_owned()).await.unwrap();
    let taken = service.accept_invitation(&first.token, "another long password".to_owned()).await;
    assert!(matches!(taken, Err(Error::NotFound("invitation"))), "{taken:?}");
    service.sign_in(sign_in("ada@example.eu", "here")).await.unwrap();
    // A link that is made afterwards works.
    let third = service.renew_invitation("ada@example.eu").await.unwrap();
    service.accept_invitation(&third.token, PASSWORD.to_owned()).await.unwrap();
}

async fn a_character_that_is_not_seen_is_refused_in_every_text(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let incident = open(&node, &ada, json!({ "title": "plain, with a tab\tand a line end\n" })).await;
    for hidden in ["a\u{1b}[31m", "invoice\u{202e}fdp.exe", "\u{2066}x", "a\u{7}", "a\u{9b}1m"] {
        let saved = node.service.save_answers(&ada, incident.id, save(1, json!({ "title": hidden }))).await;
        assert_eq!(problems(saved), ["/answers/title/value: control_character"], "{hidden:?}");
    }
    let incident = open_ransomware(&node, &ada).await;
    let filed = file(&node, &ada, incident.id, "early_warning").await;
    let luc = officer(&node, &node.world.csirt).await;
    let text = "call \u{202e}911".to_owned();
    let told = node.service.respond(&luc, filed.filing, Respond { text, ..Respond::default() }, None).await;
    assert_eq!(problems(told), ["/text: control_character"]);
}

async fn a_thousand_wrong_names_are_not_answered_a_thousand_times(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let incident = open(&node, &ada, json!({})).await;
    let clear = (0..1000).map(|number| format!("no_such_field_{number}")).collect();
    let saved = SaveAnswers { clear, ..SaveAnswers::at(1) };
    assert_eq!(problems(node.service.save_answers(&ada, incident.id, saved).await).len(), 100);
}
