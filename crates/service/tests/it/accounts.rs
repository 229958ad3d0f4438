//! People and machines at the door.

use std::time::Duration;

use model::Function;
use service::{Error, From, Invitation, NewClient, NewUser, SignIn, SignedIn};
use testkit::{Place, TestNode};

use crate::story::{hours, on_both, problems, refusal};

on_both!(
    an_invitation_is_good_once_and_for_a_week,
    a_weak_password_is_named,
    who_guesses_waits_twice_as_long_each_time,
    a_source_that_guesses_waits_too,
    a_stranger_cannot_keep_the_owner_out,
    guesses_at_the_same_moment_count_each,
    who_does_not_exist_is_answered_the_same,
    a_session_ends,
    a_machine_client_ends_and_is_revoked,
    what_cannot_be_entered_is_named,
);

const PASSWORD: &str = "eleven towers and a bell";

async fn invite(node: &TestNode, place: &Place, mail: &str) -> Invitation {
    let new = NewUser {
        organisation: place.id,
        name: "Ada Weber".to_owned(),
        mail: mail.to_owned(),
        functions: vec![Function::Reporter],
    };
    node.service.invite_user(new).await.unwrap()
}

async fn sign_in(node: &TestNode, mail: &str, password: &str, source: &str) -> Result<SignedIn, Error> {
    let from = From::source(source);
    let sign_in = SignIn { mail: mail.to_owned(), password: password.to_owned(), from };
    node.service.sign_in(sign_in).await.map(|step| step.session().unwrap())
}

async fn ada(node: &TestNode) {
    let invitation = invite(node, &node.world.hospital, "ada@example.eu").await;
    node.service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
}

/// How an attempt ended, in a word.
fn ended(answer: Result<SignedIn, Error>) -> String {
    match answer {
        Ok(_) => "in".to_owned(),
        Err(Error::Throttled { retry_after_seconds }) => format!("wait {retry_after_seconds}"),
        Err(Error::Refused(_)) => "refused".to_owned(),
        Err(other) => panic!("{other:?}"),
    }
}

async fn an_invitation_is_good_once_and_for_a_week(node: TestNode) {
    let service = &node.service;
    let invitation = invite(&node, &node.world.hospital, " Ada@Example.EU ").await;
    let shown = service.invitation(&invitation.token).await.unwrap();
    assert_eq!((shown.name.as_str(), shown.mail.as_str()), ("Ada Weber", "ada@example.eu"));
    assert_eq!(shown.organisation, node.world.hospital.name);
    // Without the password nobody gets in, whatever the password.
    assert_eq!(ended(sign_in(&node, "ada@example.eu", "", "here").await), "refused");
    service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
    let gone = |answer: Result<(), Error>| assert!(matches!(answer, Err(Error::NotFound("invitation"))));
    gone(service.accept_invitation(&invitation.token, "another long password".to_owned()).await);
    gone(service.invitation(&invitation.token).await.map(drop));
    gone(service.invitation("a guess").await.map(drop));
    assert_eq!(ended(sign_in(&node, "ADA@example.eu", PASSWORD, "here").await), "in");

    let late = invite(&node, &node.world.hospital, "bob@example.eu").await;
    service.clock().advance(hours(7 * 24));
    gone(service.invitation(&late.token).await.map(drop));
    gone(service.accept_invitation(&late.token, PASSWORD.to_owned()).await);
    let people = service.users(node.world.hospital.id).await.unwrap();
    let active: Vec<_> =
        people.iter().map(|user| (user.mail.as_str(), user.state == store::UserState::Active)).collect();
    assert!(active.contains(&("ada@example.eu", true)) && active.contains(&("bob@example.eu", false)));
}

async fn a_weak_password_is_named(node: TestNode) {
    let invitation = invite(&node, &node.world.hospital, "ada@example.eu").await;
    for (weak, named) in [
        ("eleven char".to_owned(), "/password: length"),
        ("a".repeat(40), "/password: variety"),
        ("long".repeat(300), "/password: length"),
    ] {
        assert_eq!(problems(node.service.accept_invitation(&invitation.token, weak).await), [named]);
    }
    // The link is still good.
    node.service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
}

async fn who_guesses_waits_twice_as_long_each_time(node: TestNode) {
    ada(&node).await;
    let mut waits = Vec::new();
    for attempt in 0..9 {
        assert_eq!(ended(sign_in(&node, "ada@example.eu", "a guess", "192.0.2.1").await), "refused");
        if attempt >= 5 {
            // While one waits, the right password does not help either: nothing is learnt.
            waits.push(ended(sign_in(&node, "ada@example.eu", PASSWORD, "192.0.2.1").await));
            node.service.clock().advance(Duration::from_secs(1 << (attempt - 5)));
        }
    }
    assert_eq!(waits, ["wait 2", "wait 3", "wait 5", "wait 9"]);
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "192.0.2.1").await), "in");
    assert_eq!(ended(sign_in(&node, "ada@example.eu", "a guess", "192.0.2.1").await), "refused");
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "192.0.2.1").await), "in");
}

async fn a_stranger_cannot_keep_the_owner_out(node: TestNode) {
    ada(&node).await;
    for _ in 0..6 {
        sign_in(&node, "ada@example.eu", "a guess", "192.0.2.1").await.map(drop).unwrap_err();
    }
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "192.0.2.1").await), "wait 2");
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "198.51.100.7").await), "in");
    // Even from sixty places at once the wait stays short: a legal clock may be running.
    for place in 0..60 {
        sign_in(&node, "ada@example.eu", "a guess", &format!("203.0.113.{place}"))
            .await
            .map(drop)
            .unwrap_err();
        node.service.clock().advance(Duration::from_secs(30));
    }
    sign_in(&node, "ada@example.eu", "a guess", "203.0.113.61").await.map(drop).unwrap_err();
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "198.51.100.7").await), "wait 31");
    node.service.clock().advance(Duration::from_secs(30));
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "198.51.100.7").await), "in");
}

async fn a_source_that_guesses_waits_too(node: TestNode) {
    ada(&node).await;
    for number in 0..31 {
        let told = ended(sign_in(&node, &format!("guess-{number}@example.eu"), "a guess", "192.0.2.1").await);
        assert_eq!(told, "refused");
    }
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "192.0.2.1").await), "wait 2");
    assert_eq!(ended(sign_in(&node, "ada@example.eu", PASSWORD, "192.0.2.2").await), "in");
}

async fn guesses_at_the_same_moment_count_each(node: TestNode) {
    ada(&node).await;
    let guessing = (0..24).map(|_| {
        let service = node.service.clone();
        let (mail, password) = ("ada@example.eu".to_owned(), "a guess".to_owned());
        tokio::spawn(async move {
            service
                .sign_in(SignIn { mail, password, from: From::source("here") })
                .await
                .map(|step| step.session().unwrap())
        })
    });
    let mut refused = 0;
    for guess in guessing.collect::<Vec<_>>() {
        refused += usize::from(ended(guess.await.unwrap()) == "refused");
    }
    assert_eq!(refused, 6, "five are free, the sixth brings the wait, the others learn nothing");
}

async fn who_does_not_exist_is_answered_the_same(node: TestNode) {
    ada(&node).await;
    let wrong = refusal(sign_in(&node, "ada@example.eu", "a guess", "here").await.map(|_| ()));
    let unknown = refusal(sign_in(&node, "nobody@example.eu", "a guess", "here").await.map(|_| ()));
    let long = refusal(sign_in(&node, "ada@example.eu", &"x".repeat(100_000), "here").await.map(|_| ()));
    assert_eq!((&wrong, &wrong), (&unknown, &long));
    insta::allow_duplicates! {
        insta::assert_snapshot!(wrong, @"the mail address or the password is wrong");
    }
}

async fn a_session_ends(node: TestNode) {
    ada(&node).await;
    let service = &node.service;
    let first = sign_in(&node, "ada@example.eu", PASSWORD, "here").await.unwrap();
    let second = sign_in(&node, "ada@example.eu", PASSWORD, "here").await.unwrap();
    let session = service.session(&first.token).await.unwrap();
    assert_eq!((session.caller.name.as_str(), &session.csrf_token), ("Ada Weber", &first.csrf_token));
    // A copy of the cookie is worth nothing after the sign-out; the other browser stays.
    service.sign_out(&first.token).await.unwrap();
    service.sign_out(&first.token).await.unwrap();
    let gone = |session: Result<service::Session, Error>| assert!(matches!(session, Err(Error::NotSignedIn)));
    gone(service.session(&first.token).await);
    service.session(&second.token).await.unwrap();
    service.clock().advance(hours(12) - Duration::from_secs(1));
    service.session(&second.token).await.unwrap();
    service.clock().advance(Duration::from_secs(1));
    gone(service.session(&second.token).await);
    gone(service.session("").await);
}

async fn a_machine_client_ends_and_is_revoked(node: TestNode) {
    let (service, hospital) = (&node.service, &node.world.hospital);
    let new = |valid_days| NewClient {
        organisation: hospital.id,
        name: "Ticket system".to_owned(),
        functions: vec![Function::Reporter],
        valid_days,
    };
    let ends = service.create_client(new(1)).await.unwrap();
    let stays = service.create_client(new(30)).await.unwrap();
    let caller = service.client(&ends.secret).await.unwrap();
    assert_eq!((caller.organisation, caller.functions), (hospital.id, vec![Function::Reporter]));
    service.clock().advance(hours(24));
    assert!(matches!(service.client(&ends.secret).await, Err(Error::NotSignedIn)));
    service.client(&stays.secret).await.unwrap();
    // Another organisation cannot revoke it.
    let foreign = service.revoke_client(node.world.clinic.id, stays.client).await;
    assert!(matches!(foreign, Err(Error::NotFound("client"))));
    service.revoke_client(hospital.id, stays.client).await.unwrap();
    assert!(matches!(service.client(&stays.secret).await, Err(Error::NotSignedIn)));
    let listed = service.clients(hospital.id).await.unwrap();
    assert_eq!(listed.iter().filter(|client| client.revoked_at.is_some()).count(), 1);
    assert_eq!(problems(service.create_client(new(0)).await.map(|_| ())), ["/valid_days: range"]);
}

async fn what_cannot_be_entered_is_named(node: TestNode) {
    invite(&node, &node.world.hospital, "ada@example.eu").await;
    let new = |name: &str, mail: &str, functions: &[Function]| NewUser {
        organisation: node.world.clinic.id,
        name: name.to_owned(),
        mail: mail.to_owned(),
        functions: functions.to_vec(),
    };
    let reporter = &[Function::Reporter][..];
    let taken = node.service.invite_user(new("Ada", "ADA@example.eu", reporter)).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(refusal(taken.map(|_| ())), @"the mail address ada@example.eu already has an account");
    }
    for (wrong, named) in [
        (new(" ", "a@example.eu", reporter), "/name: length"),
        (new("Ada", "a@nowhere", reporter), "/mail: form"),
        (new("Ada", "a b@example.eu", reporter), "/mail: form"),
        (new("Ada", "a@example.eu", &[]), "/functions: count"),
    ] {
        assert_eq!(problems(node.service.invite_user(wrong).await.map(|_| ())), [named]);
    }
    let change = service::OrganisationChange {
        profile: [("entity.colour".to_owned(), serde_json::json!("red"))].into(),
        ..Default::default()
    };
    let unknown = node.service.change_organisation(node.world.clinic.id, change).await;
    assert_eq!(problems(unknown), ["/profile/entity.colour: unknown_field"]);
}
