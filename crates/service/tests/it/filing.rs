//! Filing: once, complete, to the right one, in time or with a reason, and frozen.

use model::{Caller, IncidentId};
use serde_json::json;
use service::{
    Error,
    view::{FileStage, Filed, ValueChange},
};
use testkit::TestNode;

use crate::story::{
    at, duty, file, hours, on_both, open, open_ransomware, problems, ransomware, refusal, reporter, save,
    stage, try_to_file,
};

on_both!(
    a_repeat_gets_the_same_receipt,
    twenty_repeats_at_once_file_one,
    a_key_is_for_one_request,
    only_a_recipient_of_the_duty_receives,
    what_is_missing_is_named,
    what_is_undecided_is_refused,
    what_others_changed_is_looked_at_first,
    late_wants_a_reason,
    a_correction_says_what_changed,
    what_was_filed_stays_as_it_was,
);

async fn try_with_key(
    node: &TestNode,
    caller: &Caller,
    (incident, base_revision): (IncidentId, i64),
    key: &str,
) -> Result<Filed, Error> {
    let input = FileStage::to(base_revision, node.world.csirt.id);
    node.service.file_stage(caller, (incident, &stage("early_warning")), input, Some(key)).await
}

async fn a_repeat_gets_the_same_receipt(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let first = try_with_key(&node, &ada, (view.id, 1), "8e03978e").await.unwrap();
    node.service.clock().advance(hours(1));
    // Also when the record has moved on in between.
    let more = save(1, json!({"ongoing": true}));
    node.service.save_answers(&ada, view.id, more).await.unwrap();
    let again = try_with_key(&node, &ada, (view.id, 1), "8e03978e").await.unwrap();
    assert_eq!(
        (first.filing, first.receipt, &first.reference, first.filed_at),
        (again.filing, again.receipt, &again.reference, again.filed_at)
    );
    assert_eq!(node.service.sent_filings(&ada).await.unwrap().filings.len(), 1);
    // Another person's same word is another key.
    let bob = reporter(&node, &node.world.hospital).await;
    let other = try_with_key(&node, &bob, (view.id, 2), "8e03978e").await.unwrap();
    assert_ne!(other.filing, first.filing);
}

async fn twenty_repeats_at_once_file_one(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let input = FileStage::to(1, node.world.csirt.id);
    let filing = (0..20).map(|_| {
        let (service, ada, input, id) = (node.service.clone(), ada.clone(), input.clone(), view.id);
        tokio::spawn(async move {
            service.file_stage(&ada, (id, &stage("early_warning")), input, Some("one key")).await
        })
    });
    let mut receipts = Vec::new();
    for filed in filing.collect::<Vec<_>>() {
        receipts.push(filed.await.unwrap().unwrap().receipt);
    }
    receipts.dedup();
    assert_eq!(receipts.len(), 1);
    assert_eq!(node.service.sent_filings(&ada).await.unwrap().filings.len(), 1);
}

async fn a_key_is_for_one_request(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    try_with_key(&node, &ada, (view.id, 1), "a key").await.unwrap();
    let other = open_ransomware(&node, &ada).await;
    let refused = refusal(try_with_key(&node, &ada, (other.id, 1), "a key").await);
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused, @"this Idempotency-Key was used for another request; take a new key for a new request");
    }
    assert_eq!(problems(try_with_key(&node, &ada, (other.id, 1), "").await), ["/Idempotency-Key: length"]);
    let long = "k".repeat(129);
    assert_eq!(problems(try_with_key(&node, &ada, (other.id, 1), &long).await), ["/Idempotency-Key: length"]);
}

async fn only_a_recipient_of_the_duty_receives(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    for wrong in
        [node.world.foreign_csirt.id, node.world.authority.id, node.world.clinic.id, ada.organisation]
    {
        let input = FileStage::to(1, wrong);
        let refused = node.service.file_stage(&ada, (view.id, &stage("early_warning")), input, None).await;
        assert_eq!(problems(refused), ["/recipient: one_of_the_recipients"]);
    }
    assert_eq!(node.service.sent_filings(&ada).await.unwrap().filings.len(), 0);
}

async fn what_is_missing_is_named(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open(&node, &ada, json!({"significance_decision": "significant"})).await;
    let refused = problems(try_to_file(&node, &ada, view.id, "early_warning").await).join("\n");
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused, @"
        /answers/aware_significant_at: required
        /answers/significance_reason: required
        /answers/title: required
        ");
    }
    let preview = node.service.preview(&ada, view.id, &stage("early_warning")).await.unwrap();
    assert!(!preview.ready);
    assert_eq!(preview.missing.len(), 3);
    let unknown = node.service.preview(&ada, view.id, &stage("no_such_stage")).await;
    assert!(matches!(unknown, Err(Error::NotFound("duty"))));
    // What cannot be true is not filed either.
    let future = json!({
        "title": "Ransomware", "significance_reason": "Operations are postponed.",
        "aware_significant_at": "2026-03-09T00:00:00Z",
    });
    node.service.save_answers(&ada, view.id, save(1, future)).await.unwrap();
    let refused = problems(try_to_file(&node, &ada, view.id, "early_warning").await).join("\n");
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused, @"/answers/aware_significant_at: in_the_future");
    }
}

async fn what_is_undecided_is_refused(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open(&node, &ada, json!({"title": "Something is odd"})).await;
    let refused = refusal(try_to_file(&node, &ada, view.id, "early_warning").await);
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused, @"whether NIS2 Art. 23(4)(a) applies is not decided yet; answer first: Is the incident significant?");
    }
}

async fn what_others_changed_is_looked_at_first(node: TestNode) {
    let (ada, bob) =
        (reporter(&node, &node.world.hospital).await, reporter(&node, &node.world.hospital).await);
    let view = open_ransomware(&node, &ada).await;
    let his = save(view.revision, json!({"title": "Ransomware in three clinics"}));
    node.service.save_answers(&bob, view.id, his).await.unwrap();
    let stale = try_with_key(&node, &ada, (view.id, 1), "k").await;
    assert!(matches!(stale, Err(Error::Conflict { revision: 2, .. })), "{stale:?}");
    try_with_key(&node, &ada, (view.id, 2), "k").await.unwrap();
}

async fn late_wants_a_reason(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(25));
    let preview = node.service.preview(&ada, view.id, &stage("early_warning")).await.unwrap();
    assert!(preview.late);
    let input = |reason: Option<&str>| FileStage {
        late_reason: reason.map(str::to_owned),
        ..FileStage::to(1, node.world.csirt.id)
    };
    let key = stage("early_warning");
    for reason in [None, Some("  "), Some("x".repeat(4001).as_str())] {
        let refused = node.service.file_stage(&ada, (view.id, &key), input(reason), None).await;
        assert_eq!(problems(refused), ["/late_reason: required_when_late"]);
    }
    let reason = "The telephone network was down too.";
    let filed = node.service.file_stage(&ada, (view.id, &key), input(Some(reason)), None).await.unwrap();
    let kept = node.service.sent_filing(&ada, filed.filing).await.unwrap();
    assert!(kept.late);
    let field = kept.groups.iter().flat_map(|group| &group.fields).find(|field| field.field == "late_reason");
    assert_eq!(field.unwrap().text, reason);
    // A correction of what was late needs no second excuse.
    node.service.clock().advance(hours(1));
    file(&node, &ada, view.id, "early_warning").await;
}

async fn a_correction_says_what_changed(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let aware = node.service.clock().now();
    node.service.clock().advance(hours(5));
    let view = open(&node, &ada, ransomware(aware)).await;
    let first = file(&node, &ada, view.id, "early_warning").await;
    node.service.clock().advance(hours(2));
    let better = save(1, json!({"title": "Ransomware in three clinics", "suspected_malicious": true}));
    node.service.save_answers(&ada, view.id, better).await.unwrap();
    let preview = node.service.preview(&ada, view.id, &stage("early_warning")).await.unwrap();
    // The machine's clock stands an hour earlier than it did: versions count, not clocks.
    turn_back(&node, 3);
    let second = file(&node, &ada, view.id, "early_warning").await;
    let kept = node.service.sent_filing(&ada, second.filing).await.unwrap();
    assert_eq!((kept.version, kept.corrects), (2, Some(first.filing)));
    assert_eq!(kept.changes, preview.to[0].changes);
    assert_eq!(
        changed(&kept.changes),
        [
            "suspected_malicious: nothing -> Yes",
            "title: Ransomware on the file servers of two clinics -> Ransomware in three clinics",
        ]
    );
    let versions: Vec<_> = kept.versions.iter().map(|version| (version.version, version.filing)).collect();
    assert_eq!(versions, [(1, first.filing), (2, second.filing)]);
    // The first one says that there is a later one, and what it said itself.
    let before = node.service.sent_filing(&ada, first.filing).await.unwrap();
    assert_eq!((before.version, before.versions.len(), before.changes.len()), (1, 2, 0));
}

fn changed(changes: &[ValueChange]) -> Vec<String> {
    let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
    changes
        .iter()
        .map(|change| format!("{}: {} -> {}", change.field, word(&change.before), word(&change.after)))
        .collect()
}

fn turn_back(node: &TestNode, count: u64) {
    let service::Clock::Fixed(micros) = node.service.clock() else { panic!("a clock that can be turned") };
    let earlier = node.service.clock().now().minus(hours(count));
    micros.store(earlier.micros(), std::sync::atomic::Ordering::SeqCst);
}

async fn what_was_filed_stays_as_it_was(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let document = node.service.filing_document(&ada, filed.filing).await.unwrap();
    let receipt = node.service.receipt(&ada, filed.filing).await.unwrap();
    node.service.clock().advance(hours(5));
    let later = json!({"title": "A false alarm", "significance_decision": "not_significant"});
    let view = node.service.save_answers(&ada, view.id, save(1, later)).await.unwrap();
    assert_eq!(node.service.filing_document(&ada, filed.filing).await.unwrap(), document);
    assert_eq!(node.service.receipt(&ada, filed.filing).await.unwrap(), receipt);
    // Filed stays filed, whatever is found out later.
    let early_warning = duty(&view, "early_warning");
    assert_eq!(
        (early_warning.state, &early_warning.submissions),
        (model::DutyState::Filed, &vec![at("2026-03-06T15:30:00Z")])
    );
}
