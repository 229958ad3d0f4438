//! Preservation holds, what laws want, and erasing a record when nothing keeps it.

use std::{sync::Arc, time::Duration};

use model::{Function, NoticeKind};
use regime::Library;
use serde_json::json;
use service::{
    Error,
    view::{ExtendHold, GiveReason, PlaceHold},
};
use testkit::TestNode;

use crate::story::{file, hours, on_both, open_ransomware, problems, refusal, reporter, settle};

on_both!(
    a_hold_keeps_a_record,
    a_hold_is_prolonged_and_people_are_told,
    what_cannot_be_is_refused,
    an_erased_record_is_gone
);

fn own() -> PlaceHold {
    PlaceHold { basis: "Legal claims".to_owned(), what: "The record".to_owned(), ..PlaceHold::default() }
}

fn why(reason: &str) -> GiveReason {
    GiveReason { reason: reason.to_owned() }
}

async fn a_hold_keeps_a_record(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let id = open_ransomware(&node, &ada).await.id;
    let owed = node.service.preservation(&ada, id).await.unwrap().obstacles;
    assert_eq!(owed.len(), 3, "what is owed is not erased: {owed:?}");
    assert_eq!(owed[0], "NIS2 still asks for the Early warning: file it first");
    settle(&node, &ada, id).await;
    let asked =
        PlaceHold { asked_by: Some("Police".to_owned()), reference: Some("2026/4711".to_owned()), ..own() };
    let kept = node.service.place_hold(&ada, id, asked).await.unwrap();
    assert_eq!(kept.obstacles, ["a preservation hold for Police stands until it is lifted"]);
    let refused = refusal(node.service.erase_incident(&ada, id, why("tidy")).await);
    assert_eq!(refused, "it cannot be erased: a preservation hold for Police stands until it is lifted");
    let hold = kept.holds[0].id;
    let machine = model::Caller {
        subject: model::Subject::Client(model::ClientId::new(node.now(), [1; 10])),
        ..ada.clone()
    };
    for answer in [
        node.service.lift_hold(&machine, (id, hold), why("script")).await.map(drop),
        node.service.erase_incident(&machine, id, why("script")).await,
    ] {
        assert!(matches!(answer, Err(Error::Denied(_))), "a person says so: {answer:?}");
    }
    let kept = node.service.lift_hold(&ada, (id, hold), why("The case is closed.")).await.unwrap();
    assert_eq!(
        (kept.holds[0].stands, kept.holds[0].lift_reason.as_deref()),
        (false, Some("The case is closed."))
    );
    assert_eq!(kept.obstacles, Vec::<String>::new());
    let history = node.service.history(&ada, id).await.unwrap().changes;
    let told: Vec<_> = history
        .iter()
        .filter(|change| change.label == "Preservation hold")
        .map(|change| (change.after.as_ref().unwrap().value.clone().unwrap(), change.reason.clone().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (json!("Lifted"), "The case is closed.".to_owned()),
            (json!("Stands until it is lifted"), "Legal claims".to_owned())
        ]
    );
    let refused = refusal(node.service.lift_hold(&ada, (id, hold), why("again")).await);
    assert!(refused.contains("no longer stands"), "{refused}");
}

async fn a_hold_is_prolonged_and_people_are_told(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let id = open_ransomware(&node, &ada).await.id;
    let days = |count: u64| hours(24 * count);
    let end = node.now().plus(days(60));
    let kept = node.service.place_hold(&ada, id, PlaceHold { ends_at: Some(end), ..own() }).await.unwrap();
    let hold = kept.holds[0].id;
    let told = async || {
        let notices = node.service.notices(&ada, None, 50).await.unwrap().notices;
        notices.iter().filter(|notice| notice.kind == NoticeKind::HoldEnding).count()
    };
    node.service.warn_of_ending_holds().await.unwrap();
    assert_eq!(told().await, 0);
    node.service.clock().advance(days(46));
    node.service.warn_of_ending_holds().await.unwrap();
    node.service.warn_of_ending_holds().await.unwrap();
    assert_eq!(told().await, 1, "once, a fortnight before");
    let later = ExtendHold { ends_at: Some(end.plus(days(30))), reason: "Asked for again".to_owned() };
    let earlier = ExtendHold { ends_at: Some(node.now()), ..later.clone() };
    let refused = problems(node.service.extend_hold(&ada, (id, hold), earlier).await);
    assert_eq!(refused, ["/ends_at: not_before"]);
    let kept = node.service.extend_hold(&ada, (id, hold), later).await.unwrap();
    assert_eq!(kept.holds[0].extensions[0].before, Some(end));
    node.service.clock().advance(days(44));
    assert!(!node.service.preservation(&ada, id).await.unwrap().holds[0].stands, "its time is over");
    node.service.warn_of_ending_holds().await.unwrap();
    assert_eq!(told().await, 2, "that it has ended");
    node.service.clock().advance(Duration::from_secs(60));
    node.service.warn_of_ending_holds().await.unwrap();
    assert_eq!(told().await, 2);
}

async fn what_cannot_be_is_refused(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let id = open_ransomware(&node, &ada).await.id;
    let place = async |place: PlaceHold| problems(node.service.place_hold(&ada, id, place).await);
    assert_eq!(place(PlaceHold::default()).await, ["/basis: length"]);
    assert_eq!(place(PlaceHold { what: "x".repeat(2001), ..own() }).await, ["/what: length"]);
    assert_eq!(place(PlaceHold { ends_at: Some(node.now()), ..own() }).await, ["/ends_at: not_before"]);
    let hold = node.service.place_hold(&ada, id, own()).await.unwrap().holds[0].id;
    assert_eq!(problems(node.service.lift_hold(&ada, (id, hold), why(" ")).await), ["/reason: length"]);
    let extend = ExtendHold { ends_at: Some(node.now().plus(hours(1))), reason: "x".to_owned() };
    let refused = problems(node.service.extend_hold(&ada, (id, hold), extend).await);
    assert_eq!(refused, ["/ends_at: not_before"], "what stands until it is lifted is not made shorter");
    let clinic = reporter(&node, &node.world.clinic).await;
    let auditor = node.person(&node.world.hospital, &[Function::Auditor]).await;
    assert!(matches!(node.service.preservation(&clinic, id).await, Err(Error::NotFound(_))));
    assert!(matches!(node.service.place_hold(&clinic, id, own()).await, Err(Error::NotFound(_))));
    assert!(matches!(node.service.lift_hold(&clinic, (id, hold), why("x")).await, Err(Error::NotFound(_))));
    assert!(matches!(node.service.erase_incident(&clinic, id, why("x")).await, Err(Error::NotFound(_))));
    assert!(matches!(node.service.lift_hold(&auditor, (id, hold), why("x")).await, Err(Error::Denied(_))));
    let another = open_ransomware(&node, &ada).await.id;
    let elsewhere = node.service.lift_hold(&ada, (another, hold), why("x")).await;
    assert!(matches!(elsewhere, Err(Error::NotFound(_))), "of another record");
}

async fn an_erased_record_is_gone(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let id = open_ransomware(&node, &ada).await.id;
    let filed = file(&node, &ada, id, "early_warning").await;
    let receipt = node.service.receipt(&ada, filed.filing).await.unwrap();
    settle(&node, &ada, id).await;
    node.service.erase_incident(&ada, id, why("Nobody needs it any more.")).await.unwrap();
    assert!(matches!(node.service.incident(&ada, id).await, Err(Error::NotFound(_))));
    assert!(matches!(node.service.history(&ada, id).await, Err(Error::NotFound(_))));
    assert!(node.service.incidents(&ada, None, None, 10).await.unwrap().incidents.is_empty());
    assert!(node.service.open_duties(&ada).await.unwrap().duties.is_empty());
    assert_eq!(node.service.receipt(&ada, filed.filing).await.unwrap(), receipt, "receipts stay");
    let trust = node.service.published_keys(&ada).await.unwrap().keys;
    let verdict = vault::verify(&serde_json::to_vec(&receipt).unwrap(), &trust);
    assert!(verdict.intact && verdict.trusted);
    node.service.reconcile_duties().await.unwrap();
    node.service.chain_audit().await.unwrap();
    assert!(service::verify_audit(&node.service.audit_export().await.unwrap()).intact);
}

/// The laws of the tree, under one of which records are kept for five years.
fn five_years() -> Arc<Library> {
    let mut files = testkit::files();
    let path = "regimes/nis2/pack.toml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains("[retention]\n"));
    files.insert(path.to_owned(), text.replace("[retention]\n", "[retention]\nyears = 5\n").into_bytes());
    Arc::new(Library::read(&files).unwrap_or_else(|problems| panic!("{problems:?}")))
}

#[tokio::test]
async fn a_law_keeps_a_record_for_its_years() {
    let node = TestNode::with_laws(five_years()).await;
    let ada = reporter(&node, &node.world.hospital).await;
    let id = open_ransomware(&node, &ada).await.id;
    assert!(node.service.preservation(&ada, id).await.unwrap().laws.is_empty(), "nothing was filed yet");
    file(&node, &ada, id, "early_warning").await;
    let kept = node.service.preservation(&ada, id).await.unwrap();
    assert_eq!(kept.laws[0].until.unwrap().to_string(), "2031-03-06");
    let refused = refusal(node.service.erase_incident(&ada, id, why("tidy")).await);
    assert!(refused.contains("wants it kept until 2031-03-06"), "{refused}");
    settle(&node, &ada, id).await;
    node.service.clock().advance(hours(24 * (5 * 365 + 2)));
    node.service.erase_incident(&ada, id, why("Its years are over.")).await.unwrap();
}
