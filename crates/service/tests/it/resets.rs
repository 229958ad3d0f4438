//! A new password by mail, and what one changes oneself.

use std::time::Duration;

use model::Function;
use service::{Error, From, NewUser, Proof, SignIn};
use testkit::TestNode;

use crate::story::{hours, on_both, problems};

on_both!(
    a_link_sets_a_password_once_within_half_an_hour,
    a_newer_link_ends_the_older,
    a_reset_ends_sessions_and_keeps_the_second_factor,
    nobody_is_bombed_with_mail,
    a_disabled_account_gets_nothing,
    whoever_asks_learns_nothing,
    one_changes_the_own_password_and_ends_the_own_sessions,
);

const PASSWORD: &str = "eleven towers and a bell";
const OTHER: &str = "a bell above the old market";
const MAIL: &str = "ada@example.eu";

async fn ada(node: &TestNode) -> model::UserId {
    let new = NewUser {
        organisation: node.world.hospital.id,
        name: "Ada Weber".to_owned(),
        mail: MAIL.to_owned(),
        functions: vec![Function::Reporter],
    };
    let invitation = node.service.invite_user(new).await.unwrap();
    node.service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
    invitation.user
}

async fn sign_in(node: &TestNode, password: &str) -> Result<service::FirstStep, Error> {
    let from = From::source("192.0.2.1");
    node.service.sign_in(SignIn { mail: MAIL.to_owned(), password: password.to_owned(), from }).await
}

/// The mails that would leave now: address and text.
async fn mails(node: &TestNode) -> Vec<(String, String)> {
    let errands = node.service.errands(200).await.unwrap();
    let mut mails = Vec::new();
    for errand in errands {
        mails.push((errand.mail.address.clone(), errand.mail.text.clone()));
        node.service.settle(&errand, service::Outcome::Done).await.unwrap();
    }
    mails
}

/// The secret of the only link in the only mail.
async fn link(node: &TestNode) -> String {
    let mails = mails(node).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    let text = &mails[0].1;
    text.split("/reset/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

fn gone(answer: Result<(), Error>) {
    assert!(matches!(answer, Err(Error::NotFound("link"))), "{answer:?}");
}

async fn a_link_sets_a_password_once_within_half_an_hour(node: TestNode) {
    ada(&node).await;
    node.service.ask_reset(" ADA@example.eu", "here").await.unwrap();
    let token = link(&node).await;
    assert_eq!(token.len(), 43, "256 bits");
    node.service.reset(&token).await.unwrap();
    assert_eq!(
        problems(node.service.reset_password(&token, "short".to_owned()).await),
        ["/password: length"]
    );
    node.service.reset_password(&token, OTHER.to_owned()).await.unwrap();
    gone(node.service.reset_password(&token, PASSWORD.to_owned()).await);
    gone(node.service.reset(&token).await);
    assert!(sign_in(&node, OTHER).await.is_ok() && sign_in(&node, PASSWORD).await.is_err());

    node.service.clock().advance(hours(1));
    mails(&node).await;
    node.service.ask_reset(MAIL, "here").await.unwrap();
    let late = link(&node).await;
    node.service.clock().advance(Duration::from_secs(30 * 60));
    gone(node.service.reset_password(&late, PASSWORD.to_owned()).await);
    gone(node.service.reset("a guess").await);
}

async fn a_newer_link_ends_the_older(node: TestNode) {
    ada(&node).await;
    node.service.ask_reset(MAIL, "here").await.unwrap();
    let older = link(&node).await;
    node.service.ask_reset(MAIL, "here").await.unwrap();
    let newer = link(&node).await;
    gone(node.service.reset_password(&older, OTHER.to_owned()).await);
    node.service.reset_password(&newer, OTHER.to_owned()).await.unwrap();
}

async fn a_reset_ends_sessions_and_keeps_the_second_factor(node: TestNode) {
    ada(&node).await;
    let session = sign_in(&node, PASSWORD).await.unwrap().session().unwrap();
    let caller = node.service.session(&session.token).await.unwrap().caller;
    let proof = Proof { password: PASSWORD.to_owned(), code: None };
    let setup = node.service.set_up_second_factor(&caller, proof, &From::source("here")).await.unwrap();
    let key = crate::second_factor::key_of(&setup);
    let code = crate::second_factor::shown(&node, &key, 0);
    node.service.confirm_second_factor(&caller, None, &code).await.unwrap();
    mails(&node).await;
    node.service.ask_reset(MAIL, "here").await.unwrap();
    let token = link(&node).await;
    node.service.reset_password(&token, OTHER.to_owned()).await.unwrap();
    assert!(matches!(node.service.session(&session.token).await, Err(Error::NotSignedIn)));
    assert!(sign_in(&node, OTHER).await.unwrap().session().is_none(), "the second factor is still asked");
}

async fn nobody_is_bombed_with_mail(node: TestNode) {
    ada(&node).await;
    for number in 0..40 {
        // From everywhere, so that no source is stopped; every answer is the same.
        node.service.ask_reset(MAIL, &format!("198.51.100.{number}")).await.unwrap();
    }
    assert_eq!(mails(&node).await.len(), 3);
    for number in 0..20 {
        node.service.ask_reset(&format!("nobody-{number}@example.eu"), "192.0.2.9").await.unwrap();
    }
    let stopped = node.service.ask_reset(MAIL, "192.0.2.9").await;
    assert!(matches!(stopped, Err(Error::Throttled { .. })), "a source asks twenty times within an hour");
    let stopped = node.service.ask_reset("nobody@example.eu", "192.0.2.9").await;
    assert!(matches!(stopped, Err(Error::Throttled { .. })), "whatever the address");
    node.service.clock().advance(hours(1));
    node.service.ask_reset(MAIL, "192.0.2.9").await.unwrap();
    assert_eq!(mails(&node).await.len(), 1);
}

async fn a_disabled_account_gets_nothing(node: TestNode) {
    ada(&node).await;
    node.service.ask_reset(MAIL, "here").await.unwrap();
    let token = link(&node).await;
    let older = node.service.renew_invitation(MAIL).await.unwrap();
    node.service.disable_account(MAIL).await.unwrap();
    gone(node.service.reset_password(&token, OTHER.to_owned()).await);
    let invited = node.service.accept_invitation(&older.token, OTHER.to_owned()).await;
    assert!(matches!(invited, Err(Error::NotFound("invitation"))));
    assert!(matches!(node.service.renew_invitation(MAIL).await, Err(Error::Refused(_))));
    node.service.ask_reset(MAIL, "here").await.unwrap();
    assert!(mails(&node).await.is_empty());
    assert!(sign_in(&node, PASSWORD).await.is_err());
    node.service.enable_account(MAIL).await.unwrap();
    gone(node.service.reset_password(&token, OTHER.to_owned()).await);
    assert!(sign_in(&node, PASSWORD).await.is_ok());
}

/// Time is not measured, work is: what is written does not depend on who exists. The statements
/// themselves are counted in `enumeration.rs`.
async fn whoever_asks_learns_nothing(node: TestNode) {
    ada(&node).await;
    let before = node.service.job_queue().await.unwrap().waiting;
    node.service.ask_reset(MAIL, "here").await.unwrap();
    let known = node.service.job_queue().await.unwrap().waiting;
    node.service.ask_reset("nobody@example.eu", "here").await.unwrap();
    let unknown = node.service.job_queue().await.unwrap().waiting;
    assert_eq!((known - before, unknown - known), (1, 1));
    let mails = mails(&node).await;
    assert_eq!(mails.iter().map(|(address, _)| address.as_str()).collect::<Vec<_>>(), [MAIL]);
}

async fn one_changes_the_own_password_and_ends_the_own_sessions(node: TestNode) {
    ada(&node).await;
    let service = &node.service;
    let (one, two) = (sign_in(&node, PASSWORD).await.unwrap(), sign_in(&node, PASSWORD).await.unwrap());
    let (one, two) = (one.session().unwrap(), two.session().unwrap());
    let session = service.session(&one.token).await.unwrap();
    let other = service.session(&two.token).await.unwrap();
    let change = async |old: &str, new: &str| {
        let proof = Proof { password: old.to_owned(), code: None };
        let from = From::source("192.0.2.1");
        service.change_password(&session.caller, Some(session.id), (proof, new.to_owned()), &from).await
    };
    assert_eq!(problems(change("not hers at all", OTHER).await), ["/password: wrong"]);
    assert_eq!(problems(change(PASSWORD, "short").await), ["/new_password: length"]);
    // Another person cannot end it.
    let eve = node.session(&node.world.hospital, &[Function::Reporter]).await.caller;
    assert!(matches!(service.end_session(&eve, session.id).await, Err(Error::NotFound("session"))));
    service.end_session(&session.caller, other.id).await.unwrap();
    assert!(matches!(service.session(&two.token).await, Err(Error::NotSignedIn)));
    let three = sign_in(&node, PASSWORD).await.unwrap().session().unwrap();
    let listed = service.account_security(&session.caller, Some(session.id)).await.unwrap().sessions;
    assert_eq!((listed.len(), listed.iter().filter(|one| one.current).count()), (2, 1));
    assert_eq!(listed[0].source, "192.0.2.1");
    change(PASSWORD, OTHER).await.unwrap();
    assert!(matches!(service.session(&three.token).await, Err(Error::NotSignedIn)));
    service.session(&one.token).await.unwrap();
    let four = sign_in(&node, OTHER).await.unwrap().session().unwrap();
    service.end_other_sessions(&session.caller, Some(session.id)).await.unwrap();
    assert!(matches!(service.session(&four.token).await, Err(Error::NotSignedIn)));
    service.session(&one.token).await.unwrap();
}
