//! The second factor at the door and in one's own account.

use std::time::Duration;

use model::{Caller, Function};
use service::{
    Error, FirstStep, From, NewUser, Proof, SecondStep, SignIn, SignedIn,
    view::{ChangeOrganisation, SecondFactorSetup},
};
use testkit::TestNode;

use crate::story::{hours, on_both, problems, refusal};

on_both!(
    a_code_opens_once_and_only_the_second_step,
    a_used_code_opens_nothing_on_any_replica,
    guessing_codes_is_slowed_down_and_a_right_password_does_not_reset_it,
    five_wrong_codes_end_the_half_session,
    a_recovery_code_opens_once_even_while_codes_wait,
    a_code_of_the_minute_before_or_after_is_taken,
    an_organisation_can_require_it,
    renewing_and_removing_want_password_and_code,
    an_administrator_resets_it_and_the_person_is_told,
    a_half_session_is_short_and_dies_with_the_account,
);

const PASSWORD: &str = "eleven towers and a bell";
const MAIL: &str = "ada@example.eu";

/// Somebody with a password; the caller of her first session and the session's token.
async fn ada(node: &TestNode) -> (Caller, String) {
    let new = NewUser {
        organisation: node.world.hospital.id,
        name: "Ada Weber".to_owned(),
        mail: MAIL.to_owned(),
        functions: vec![Function::Reporter],
    };
    let invitation = node.service.invite_user(new).await.unwrap();
    node.service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
    let signed_in = first_step(node).await.session().unwrap();
    (node.service.session(&signed_in.token).await.unwrap().caller, signed_in.token)
}

async fn first_step(node: &TestNode) -> FirstStep {
    let sign_in = SignIn { mail: MAIL.to_owned(), password: PASSWORD.to_owned(), from: here() };
    node.service.sign_in(sign_in).await.unwrap()
}

async fn half(node: &TestNode) -> String {
    match first_step(node).await {
        FirstStep::Half(half) => half.token,
        FirstStep::In(_) => panic!("the password was enough"),
    }
}

fn here() -> From {
    From::source("192.0.2.1")
}

fn proof(code: Option<String>) -> Proof {
    Proof { password: PASSWORD.to_owned(), code }
}

/// The bytes behind the text that is typed into an authenticator (RFC 4648 section 6).
pub fn key_of(setup: &SecondFactorSetup) -> Vec<u8> {
    let mut bits = String::new();
    for letter in setup.secret.chars().filter(|letter| *letter != ' ') {
        let place = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
        bits += &format!("{place:05b}");
    }
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

/// What an authenticator shows, `steps` of thirty seconds from now.
pub fn shown(node: &TestNode, key: &[u8], steps: i64) -> String {
    vault::one_time_code(key, node.now().micros() / 1_000_000 / 30 + steps)
}

/// Ada with a second factor: its key and the recovery codes. The clock goes on by a minute, so
/// that the next code is another one.
async fn protected(node: &TestNode) -> (Caller, Vec<u8>, Vec<String>) {
    let (ada, _) = ada(node).await;
    let setup = node.service.set_up_second_factor(&ada, proof(None), &here()).await.unwrap();
    let key = key_of(&setup);
    let codes = node.service.confirm_second_factor(&ada, None, &shown(node, &key, 0)).await.unwrap().codes;
    node.service.clock().advance(Duration::from_secs(60));
    (ada, key, codes)
}

fn ended(answer: Result<SignedIn, Error>) -> String {
    match answer {
        Ok(_) => "in".to_owned(),
        Err(Error::Throttled { retry_after_seconds }) => format!("wait {retry_after_seconds}"),
        Err(Error::Refused(_)) => "refused".to_owned(),
        Err(Error::NotSignedIn) => "begin again".to_owned(),
        Err(other) => panic!("{other:?}"),
    }
}

async fn a_code_opens_once_and_only_the_second_step(node: TestNode) {
    let (ada, key, codes) = protected(&node).await;
    assert_eq!(codes.len(), 10);
    let half = half(&node).await;
    // The half session is no session, wherever it is shown.
    assert!(matches!(node.service.session(&half).await, Err(Error::NotSignedIn)));
    assert!(matches!(node.service.client(&half).await, Err(Error::NotSignedIn)));
    assert!(matches!(node.service.second_step(&half).await.unwrap(), SecondStep::Code { .. }));
    let wrong = node.service.enter_code(&half, "000000", &here()).await;
    assert_eq!(ended(wrong), "refused");
    let spaced = shown(&node, &key, 0);
    let (left, right) = spaced.split_at(3);
    let spaced = format!(" {left} {right}");
    let signed_in = node.service.enter_code(&half, &spaced, &here()).await.unwrap();
    assert_eq!(node.service.session(&signed_in.token).await.unwrap().caller.subject, ada.subject);
    assert_eq!(ended(node.service.enter_code(&half, &shown(&node, &key, 1), &here()).await), "begin again");
    // The session that she had while she set it up is another one's no longer: she began it herself.
    let security = node.service.account_security(&ada, None).await.unwrap();
    assert_eq!(security.second_factor.unwrap().recovery_codes_left, 10);
    assert_eq!(security.sessions.len(), 1, "the sessions before the second factor ended");
}

async fn a_used_code_opens_nothing_on_any_replica(node: TestNode) {
    let (_, key, _) = protected(&node).await;
    let code = shown(&node, &key, 0);
    let (one, two, three) = (half(&node).await, half(&node).await, half(&node).await);
    // Two replicas get the same code at the same moment: one row decides.
    let here = here();
    let (first, second) = tokio::join!(
        node.service.enter_code(&one, &code, &here),
        node.service.enter_code(&two, &code, &here),
    );
    let mut answers = [ended(first), ended(second)];
    answers.sort();
    assert_eq!(answers, ["in", "refused"]);
    assert_eq!(ended(node.service.enter_code(&three, &code, &here).await), "refused");
    // Nor does an older one that is still within the skew.
    assert_eq!(ended(node.service.enter_code(&three, &shown(&node, &key, -1), &here).await), "refused");
    assert_eq!(ended(node.service.enter_code(&three, &shown(&node, &key, 1), &here).await), "in");
}

async fn guessing_codes_is_slowed_down_and_a_right_password_does_not_reset_it(node: TestNode) {
    let (_, key, _) = protected(&node).await;
    let mut told = Vec::new();
    // From a new place each time, so that only the count of the second factor can stop it.
    for guess in 0..12 {
        let from = From::source(&format!("198.51.100.{guess}"));
        let sign_in = SignIn { mail: MAIL.to_owned(), password: PASSWORD.to_owned(), from: from.clone() };
        let FirstStep::Half(half) = node.service.sign_in(sign_in).await.unwrap() else { panic!() };
        told.push(ended(node.service.enter_code(&half.token, "000000", &from).await));
    }
    assert_eq!(told[..6], ["refused"; 6], "five are free, the sixth brings the wait");
    assert!(told[6..].iter().all(|one| one == "wait 2"), "{told:?}");
    // Not even the right code helps while it lasts; afterwards it does.
    let half = half(&node).await;
    assert_eq!(ended(node.service.enter_code(&half, &shown(&node, &key, 0), &here()).await), "wait 2");
    node.service.clock().advance(Duration::from_secs(2));
    assert_eq!(ended(node.service.enter_code(&half, "000000", &here()).await), "refused");
    assert_eq!(ended(node.service.enter_code(&half, "000000", &here()).await), "wait 3");
    node.service.clock().advance(Duration::from_secs(4));
    assert_eq!(ended(node.service.enter_code(&half, &shown(&node, &key, 0), &here()).await), "in");
}

async fn five_wrong_codes_end_the_half_session(node: TestNode) {
    let (_, key, _) = protected(&node).await;
    let half = half(&node).await;
    for _ in 0..5 {
        assert_eq!(ended(node.service.enter_code(&half, "123", &here()).await), "refused");
    }
    assert_eq!(ended(node.service.enter_code(&half, &shown(&node, &key, 0), &here()).await), "begin again");
}

async fn a_recovery_code_opens_once_even_while_codes_wait(node: TestNode) {
    let (ada, _, codes) = protected(&node).await;
    for guess in 0..7 {
        let from = From::source(&format!("198.51.100.{guess}"));
        let sign_in = SignIn { mail: MAIL.to_owned(), password: PASSWORD.to_owned(), from: from.clone() };
        let FirstStep::Half(half) = node.service.sign_in(sign_in).await.unwrap() else { panic!() };
        let _refused = node.service.enter_code(&half.token, "000000", &from).await;
    }
    // Read out of a note: lower case, blanks for hyphens, a letter O for the zero.
    let noted = codes[0].to_lowercase().replace('-', " ").replace('0', "o");
    let (one, two) = (half(&node).await, half(&node).await);
    assert_eq!(ended(node.service.enter_code(&one, &noted, &here()).await), "in");
    assert_eq!(ended(node.service.enter_code(&two, &codes[0], &here()).await), "refused");
    let security = node.service.account_security(&ada, None).await.unwrap();
    assert_eq!(security.second_factor.unwrap().recovery_codes_left, 9);
    let mails: Vec<String> =
        node.service.errands(10).await.unwrap().into_iter().map(|errand| errand.mail.subject).collect();
    assert!(mails.contains(&"A recovery code was used".to_owned()), "{mails:?}");
}

async fn a_code_of_the_minute_before_or_after_is_taken(node: TestNode) {
    let (_, key, _) = protected(&node).await;
    for (steps, told) in [(-2, "refused"), (2, "refused"), (-1, "in"), (1, "in")] {
        let half = half(&node).await;
        assert_eq!(
            ended(node.service.enter_code(&half, &shown(&node, &key, steps), &here()).await),
            told,
            "{steps}"
        );
    }
}

async fn an_organisation_can_require_it(node: TestNode) {
    let (ada_, _) = ada(&node).await;
    let boss = node.session(&node.world.hospital, &[Function::Administrator]).await.caller;
    let require = || ChangeOrganisation { second_factor_required: Some(true), ..Default::default() };
    let without = node.service.change_own_organisation(&boss, require()).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(refusal(without), @"set up your own second factor first; then require it of all");
    }
    let boss_proof = || Proof { password: "a bell in every town".to_owned(), code: None };
    let setup = node.service.set_up_second_factor(&boss, boss_proof(), &here()).await.unwrap();
    let code = shown(&node, &key_of(&setup), 0);
    node.service.confirm_second_factor(&boss, None, &code).await.unwrap();
    let profile = node.service.change_own_organisation(&boss, require()).await.unwrap();
    assert!(profile.second_factor_required);

    // Ada has none: she sets it up in the second step, and only then the session rises.
    let half = half(&node).await;
    let SecondStep::SetUp { setup, .. } = node.service.second_step(&half).await.unwrap() else { panic!() };
    let SecondStep::SetUp { setup: again, .. } = node.service.second_step(&half).await.unwrap() else {
        panic!()
    };
    assert_eq!(setup.secret, again.secret, "loading the page again shows the same key");
    assert_eq!(
        ended(node.service.enter_code(&half, &shown(&node, &key_of(&setup), 0), &here()).await),
        "begin again"
    );
    let wrong = node.service.confirm_in_second_step(&half, "000000", &here()).await.map(|(in_, _)| in_);
    assert_eq!(ended(wrong), "refused");
    let code = shown(&node, &key_of(&setup), 0);
    let (signed_in, codes) = node.service.confirm_in_second_step(&half, &code, &here()).await.unwrap();
    assert_eq!(codes.len(), 10);
    node.service.session(&signed_in.token).await.unwrap();
    node.service.clock().advance(Duration::from_secs(60));
    let code = Some(shown(&node, &key_of(&setup), 0));
    let kept = node.service.remove_second_factor(&ada_, proof(code), &here()).await;
    assert!(refusal(kept).contains("requires a second factor"));
}

async fn renewing_and_removing_want_password_and_code(node: TestNode) {
    let (ada, key, codes) = protected(&node).await;
    let service = &node.service;
    assert_eq!(
        problems(service.set_up_second_factor(&ada, proof(None), &here()).await.map(drop)),
        ["/code: wrong"]
    );
    let wrong = Proof { password: "not hers at all".to_owned(), code: Some(shown(&node, &key, 0)) };
    assert_eq!(problems(service.remove_second_factor(&ada, wrong, &here()).await), ["/password: wrong"]);
    // The set-up is only a wish until a code confirms it: the old one goes on.
    let code = Some(shown(&node, &key, 0));
    let setup = service.set_up_second_factor(&ada, proof(code), &here()).await.unwrap();
    assert_eq!(
        problems(service.confirm_second_factor(&ada, None, "000000").await.map(drop)),
        ["/code: wrong_code"]
    );
    service.clock().advance(Duration::from_secs(30));
    let fresh =
        service.renew_recovery_codes(&ada, proof(Some(shown(&node, &key, 0))), &here()).await.unwrap();
    let half_ = half(&node).await;
    assert_eq!(
        ended(service.enter_code(&half_, &codes[1], &here()).await),
        "refused",
        "the old codes are gone"
    );
    assert_eq!(ended(service.enter_code(&half_, &fresh.codes[1], &here()).await), "in");
    let new_key = key_of(&setup);
    service.confirm_second_factor(&ada, None, &shown(&node, &new_key, 0)).await.unwrap();
    service.clock().advance(Duration::from_secs(30));
    let half_ = half(&node).await;
    assert_eq!(ended(service.enter_code(&half_, &shown(&node, &key, 0), &here()).await), "refused");
    assert_eq!(ended(service.enter_code(&half_, &shown(&node, &new_key, 0), &here()).await), "in");
    service.clock().advance(Duration::from_secs(30));
    let code = Some(shown(&node, &new_key, 0));
    service.remove_second_factor(&ada, proof(code), &here()).await.unwrap();
    assert!(first_step(&node).await.session().is_some());
    // A set-up that nobody confirms in time is worth nothing.
    let setup = service.set_up_second_factor(&ada, proof(None), &here()).await.unwrap();
    service.clock().advance(Duration::from_secs(15 * 60));
    let late = service.confirm_second_factor(&ada, None, &shown(&node, &key_of(&setup), 0)).await;
    assert!(matches!(late, Err(Error::NotFound(_))));
}

async fn an_administrator_resets_it_and_the_person_is_told(node: TestNode) {
    let (ada, ..) = protected(&node).await;
    let boss = node.person(&node.world.hospital, &[Function::Administrator]).await;
    let foreign = node.person(&node.world.clinic, &[Function::Administrator]).await;
    let model::Subject::User(id) = ada.subject else { panic!() };
    assert!(matches!(node.service.reset_second_factor(&foreign, id).await, Err(Error::NotFound(_))));
    let person = node.service.reset_second_factor(&boss, id).await.unwrap();
    assert!(!person.second_factor);
    assert!(node.service.account_security(&ada, None).await.unwrap().sessions.is_empty());
    assert!(refusal(node.service.reset_second_factor(&boss, id).await).contains("no second factor"));
    assert!(first_step(&node).await.session().is_some());
    let mails = node.service.errands(10).await.unwrap();
    assert!(mails.iter().any(|errand| errand.mail.subject == "Your second factor was reset"));
    // As whoever runs the node does it.
    assert!(matches!(node.service.reset_second_factor_of(MAIL).await, Err(Error::Refused(_))));
}

async fn a_half_session_is_short_and_dies_with_the_account(node: TestNode) {
    let (_, key, _) = protected(&node).await;
    let half_ = half(&node).await;
    node.service.clock().advance(Duration::from_secs(10 * 60));
    assert_eq!(ended(node.service.enter_code(&half_, &shown(&node, &key, 0), &here()).await), "begin again");
    let half_ = half(&node).await;
    node.service.disable_account(MAIL).await.unwrap();
    assert_eq!(ended(node.service.enter_code(&half_, &shown(&node, &key, 0), &here()).await), "begin again");
    assert!(node.service.enable_account(MAIL).await.unwrap());
    assert_eq!(ended(node.service.enter_code(&half_, &shown(&node, &key, 0), &here()).await), "begin again");
    node.service.clock().advance(hours(1));
    node.service.tidy().await.unwrap();
}
