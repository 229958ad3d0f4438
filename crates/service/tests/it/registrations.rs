//! Entities that enter themselves.

use model::{Caller, Function};
use service::{
    Error, NewRegistration,
    view::{RegistrationState, RegistrationWords},
};
use testkit::TestNode;

use crate::story::{hours, on_both, problems, refusal};

on_both!(
    an_entity_registers_is_asked_and_let_in,
    what_is_refused_is_told_why,
    nobody_learns_who_is_known_and_nobody_is_flooded,
    a_registration_is_for_the_officers_of_its_country,
    two_officers_decide_once,
    what_cannot_be_entered_is_named_before_anything_is_kept,
);

const PASSWORD: &str = "eleven towers and a bell";

fn form(name: &str, mail: &str) -> NewRegistration {
    NewRegistration {
        name: name.to_owned(),
        country: "LU".to_owned(),
        contact: "Lea Klein".to_owned(),
        mail: mail.to_owned(),
        answers: [
            ("entity.sector".to_owned(), "health".to_owned()),
            ("entity.vat".to_owned(), "LU 123 456 78".to_owned()),
        ]
        .into(),
    }
}

fn words(text: &str) -> RegistrationWords {
    RegistrationWords { text: text.to_owned() }
}

/// The mails that would leave now: address, subject, text.
async fn mails(node: &TestNode) -> Vec<(String, String, String)> {
    let mut mails = Vec::new();
    for errand in node.service.errands(200).await.unwrap() {
        mails.push((errand.mail.address.clone(), errand.mail.subject.clone(), errand.mail.text.clone()));
        node.service.settle(&errand, service::Outcome::Done).await.unwrap();
    }
    mails
}

/// The secret of the link below `path` in the mail to `address`.
async fn link(node: &TestNode, address: &str, path: &str) -> String {
    let mails = mails(node).await;
    let text = &mails.iter().find(|(to, _, text)| to == address && text.contains(path)).unwrap().2;
    text.split(path).nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

/// A registration whose address is confirmed.
pub async fn confirmed(node: &TestNode, name: &str, mail: &str) -> model::RegistrationId {
    node.service.register(form(name, mail), "192.0.2.1").await.unwrap();
    let token = link(node, mail, "/register/").await;
    node.service.follow_registration(&token, "").await.unwrap();
    let carl = node.person(&node.world.csirt, &[Function::Officer]).await;
    let listed = node.service.registrations(&carl).await.unwrap().registrations;
    listed.iter().find(|one| one.mail == mail).unwrap().id
}

async fn officer(node: &TestNode) -> Caller {
    node.session(&node.world.csirt, &[Function::Officer]).await.caller
}

async fn an_entity_registers_is_asked_and_let_in(node: TestNode) {
    let (carl, service) = (officer(&node).await, &node.service);
    service.register(form("Clinic of the Sur", "LEA@clinic.example"), "192.0.2.1").await.unwrap();
    let token = link(&node, "lea@clinic.example", "/register/").await;
    assert!(
        service.registrations(&carl).await.unwrap().registrations.is_empty(),
        "not before the address is confirmed"
    );
    let shown = service.registration_link(&token).await.unwrap();
    assert_eq!((shown.name.as_str(), shown.question), ("Clinic of the Sur", None));
    service.follow_registration(&token, "").await.unwrap();
    assert!(matches!(service.follow_registration(&token, "").await, Err(Error::NotFound(_))));
    let told = mails(&node).await;
    assert!(told.iter().any(|(_, subject, _)| subject == "A registration waits for you"), "{told:?}");

    let listed = service.registrations(&carl).await.unwrap().registrations;
    let one = &listed[0];
    assert_eq!(
        (one.state, one.mail.as_str(), one.zone.as_str()),
        (RegistrationState::Open, "lea@clinic.example", "Europe/Luxembourg")
    );
    assert!(one.facts.iter().any(|fact| fact.text == "LU 123 456 78"));
    assert!(one.duplicates.is_empty());
    let asked = service.ask_registration(&carl, one.id, words("Under which number?")).await.unwrap();
    assert_eq!(asked.state, RegistrationState::Asked);
    let token = link(&node, "lea@clinic.example", "/register/").await;
    assert_eq!(
        service.registration_link(&token).await.unwrap().question.as_deref(),
        Some("Under which number?")
    );
    assert_eq!(problems(service.follow_registration(&token, "  ").await), ["/text: length"]);
    service.follow_registration(&token, "B 12345").await.unwrap();
    mails(&node).await;
    let answered = service.registration(&carl, one.id).await.unwrap();
    assert_eq!(
        answered.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(),
        ["Under which number?", "B 12345"]
    );

    let accepted = service.accept_registration(&carl, one.id).await.unwrap();
    assert_eq!(accepted.state, RegistrationState::Accepted);
    let token = link(&node, "lea@clinic.example", "/invitation/").await;
    service.accept_invitation(&token, PASSWORD.to_owned()).await.unwrap();
    let from = service::From::source("here");
    let sign_in =
        service::SignIn { mail: "lea@clinic.example".to_owned(), password: PASSWORD.to_owned(), from };
    let session = service.sign_in(sign_in).await.unwrap().session().unwrap();
    let lea = service.session(&session.token).await.unwrap().caller;
    assert_eq!(lea.functions, [Function::Administrator, Function::Reporter]);
    service.wizard(&lea).await.unwrap();
    assert!(refusal(service.accept_registration(&carl, one.id).await).contains("accepted already"));

    // The same again is shown to look like what is there.
    let _id = confirmed(&node, "CLINIC of the-Sur", "other@clinic.example").await;
    let listed = service.registrations(&carl).await.unwrap().registrations;
    let twin = listed.iter().find(|one| one.mail == "other@clinic.example").unwrap();
    assert_eq!(twin.duplicates.len(), 1);
    assert_eq!(twin.duplicates[0].same, ["Name", "VAT number"]);
}

async fn what_is_refused_is_told_why(node: TestNode) {
    let (carl, service) = (officer(&node).await, &node.service);
    let _id = confirmed(&node, "Nobody Ltd", "nobody@nowhere.example").await;
    mails(&node).await;
    let id = service.registrations(&carl).await.unwrap().registrations[0].id;
    assert_eq!(problems(service.refuse_registration(&carl, id, words(" ")).await), ["/text: length"]);
    service.refuse_registration(&carl, id, words("We find no such entity.")).await.unwrap();
    let told = mails(&node).await;
    assert!(told[0].2.contains("We find no such entity.") && told[0].2.contains("CSIRT of Luxembourg"));
    for again in [
        service.accept_registration(&carl, id).await,
        service.refuse_registration(&carl, id, words("No.")).await,
        service.ask_registration(&carl, id, words("Why?")).await,
    ] {
        assert!(refusal(again).contains("refused already"));
    }
    service.clock().advance(hours(61 * 24));
    service.tidy().await.unwrap();
    assert!(matches!(service.registration(&carl, id).await, Err(Error::NotFound(_))), "it is forgotten");
}

async fn nobody_learns_who_is_known_and_nobody_is_flooded(node: TestNode) {
    let service = &node.service;
    let known = node
        .service
        .invite_user(service::NewUser {
            organisation: node.world.clinic.id,
            name: "Eva".to_owned(),
            mail: "eva@example.eu".to_owned(),
            functions: vec![Function::Reporter],
        })
        .await
        .unwrap();
    // A known address and a known name are answered like others, and only the owner is told more.
    service.register(form("Clinic of the South", "eva@example.eu"), "192.0.2.1").await.unwrap();
    let token = link(&node, "eva@example.eu", "/register/").await;
    assert!(
        refusal(service.follow_registration(&token, "").await)
            .contains("has an account on this node already")
    );
    let _kept = known.user;
    for source in 0..30 {
        service.register(form("Any", "victim@example.eu"), &format!("198.51.100.{source}")).await.unwrap();
    }
    assert_eq!(mails(&node).await.len(), 3, "an address gets three mails a day");
    for number in 0..10 {
        service.register(form("Any", &format!("v{number}@example.eu")), "203.0.113.9").await.unwrap();
    }
    let stopped = service.register(form("Any", "w@example.eu"), "203.0.113.9").await;
    assert!(matches!(stopped, Err(Error::Throttled { .. })));
    // What nobody confirms is gone after a day.
    service.clock().advance(hours(24));
    assert!(matches!(service.registration_link(&token).await, Err(Error::NotFound(_))));
    assert!(matches!(service.registration_link("a guess").await, Err(Error::NotFound(_))));
}

async fn a_registration_is_for_the_officers_of_its_country(node: TestNode) {
    let (carl, service) = (officer(&node).await, &node.service);
    let _id = confirmed(&node, "Clinic of the Sur", "lea@clinic.example").await;
    let id = service.registrations(&carl).await.unwrap().registrations[0].id;
    let foreign = node.person(&node.world.foreign_csirt, &[Function::Officer]).await;
    assert!(service.registrations(&foreign).await.unwrap().registrations.is_empty());
    assert!(matches!(service.registration(&foreign, id).await, Err(Error::NotFound(_))));
    assert!(matches!(service.accept_registration(&foreign, id).await, Err(Error::NotFound(_))));
    let authority = node.person(&node.world.authority, &[Function::Officer]).await;
    service.registration(&authority, id).await.unwrap();
    for who in [
        node.person(&node.world.hospital, Function::ALL).await,
        node.person(&node.world.csirt, &[Function::Auditor, Function::Administrator]).await,
    ] {
        assert!(matches!(service.registrations(&who).await, Err(Error::Denied(_))));
        assert!(matches!(service.accept_registration(&who, id).await, Err(Error::Denied(_))));
    }
}

async fn two_officers_decide_once(node: TestNode) {
    let (carl, service) = (officer(&node).await, &node.service);
    let eve = node.person(&node.world.authority, &[Function::Officer]).await;
    let _id = confirmed(&node, "Clinic of the Sur", "lea@clinic.example").await;
    let id = service.registrations(&carl).await.unwrap().registrations[0].id;
    let (one, two) = tokio::join!(
        service.accept_registration(&carl, id),
        service.refuse_registration(&eve, id, words("No.")),
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
}

async fn what_cannot_be_entered_is_named_before_anything_is_kept(node: TestNode) {
    let service = &node.service;
    let (countries, fields) = service.registration_form().await.unwrap();
    assert_eq!(countries.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["BE", "LU"]);
    assert!(fields.iter().any(|field| field.field == "entity.sector"));
    let mut wrong = form(" ", "a@nowhere");
    wrong.country = "FR".to_owned();
    wrong.answers = [
        ("entity.sector".to_owned(), "magic".to_owned()),
        ("entity.turnover_eur".to_owned(), "1".to_owned()),
    ]
    .into();
    let named = problems(service.register(wrong, "192.0.2.1").await);
    for one in ["/country: choice", "/mail: form", "/name: length"] {
        assert!(named.contains(&one.to_owned()), "{named:?}");
    }
    assert!(named.iter().any(|one| one.starts_with("/entity.sector") || one.contains("sector")), "{named:?}");
    assert!(mails(&node).await.is_empty());
}
