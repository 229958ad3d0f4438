//! What is prepared for the police: each point with its state, its history, its reminder, and the card.

use std::time::Duration;

use model::{Caller, Function, NoticeKind, Role};
use serde_json::json;
use service::{
    Error,
    view::{ReadinessPoint, ReadinessState, ReadinessView, SaveReadinessPoint},
};
use testkit::TestNode;

use crate::{
    record::enter,
    story::{hours, on_both, problems, reporter},
};

on_both!(
    a_checklist_is_filled_in,
    two_people_do_not_overwrite_each_other,
    what_cannot_be_is_refused,
    a_review_is_told_once,
);

fn save(view: &ReadinessView, state: ReadinessState, note: &str) -> SaveReadinessPoint {
    SaveReadinessPoint {
        base_revision: view.revision,
        state,
        note: note.to_owned(),
        responsible: "Ada".to_owned(),
        done_on: None,
        review_on: None,
    }
}

fn point<'a>(view: &'a ReadinessView, item: &str) -> &'a ReadinessPoint {
    view.groups.iter().flat_map(|group| &group.points).find(|point| point.item == item).unwrap()
}

async fn head(node: &TestNode) -> Caller {
    node.person(&node.world.hospital, &[Function::Administrator]).await
}

async fn a_checklist_is_filled_in(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    enter(&node, "Police of Luxembourg", Role::LawEnforcement, json!({})).await;
    let view = node.service.readiness(&ada).await.unwrap();
    assert_eq!((view.revision, view.counts.total, view.counts.not_yet, view.last_drill), (0, 26, 26, None));
    let known: Vec<_> = view.contacts.iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(known, ["Police of Luxembourg"], "not those of other States");
    let done = SaveReadinessPoint {
        done_on: Some(view.today),
        ..save(&view, ReadinessState::Done, "Cybercrime unit, +352 24 24 24")
    };
    let view = node.service.save_readiness_point(&ada, "police_contact", done.clone()).await.unwrap();
    let again = SaveReadinessPoint { base_revision: view.revision, ..done.clone() };
    let same = node.service.save_readiness_point(&ada, "police_contact", again).await.unwrap();
    assert_eq!(same, view, "what changes nothing is no change");
    let drill = SaveReadinessPoint { base_revision: view.revision, ..done };
    let view = node.service.save_readiness_point(&ada, "drill_date", drill).await.unwrap();
    let not = save(&view, ReadinessState::NotForUs, "We have no cloud.");
    let view = node.service.save_readiness_point(&ada, "cloud_export", not).await.unwrap();
    assert_eq!((view.counts.done, view.counts.not_for_us, view.counts.not_yet), (2, 1, 23));
    assert_eq!(view.last_drill, Some(view.today));
    assert_eq!(point(&view, "police_contact").changed_by.as_deref(), Some(ada.name.as_str()));
    let auditor = node.person(&node.world.hospital, &[Function::Auditor]).await;
    let history = node.service.readiness_history(&auditor).await.unwrap().changes;
    let told: Vec<_> =
        history.iter().map(|change| (change.item.as_str(), change.after, change.changed.len())).collect();
    assert_eq!(
        told,
        [
            ("cloud_export", ReadinessState::NotForUs, 2),
            ("drill_date", ReadinessState::Done, 3),
            ("police_contact", ReadinessState::Done, 3)
        ]
    );
    let card = node.service.first_hour_card(&auditor).await.unwrap().pdf;
    assert!(card.starts_with(b"%PDF"));
    let clinic = reporter(&node, &node.world.clinic).await;
    let theirs = node.service.readiness(&clinic).await.unwrap();
    assert_eq!((theirs.revision, theirs.counts.done), (0, 0), "nothing of another organisation");
    let refused =
        node.service.save_readiness_point(&auditor, "hashes", save(&view, ReadinessState::Done, ""));
    assert!(matches!(refused.await, Err(Error::Denied(_))));
}

async fn two_people_do_not_overwrite_each_other(node: TestNode) {
    let (ada, bob) = (reporter(&node, &node.world.hospital).await, head(&node).await);
    let seen = node.service.readiness(&ada).await.unwrap();
    let by_bob = save(&seen, ReadinessState::InWork, "by Bob");
    node.service.save_readiness_point(&bob, "hashes", by_bob).await.unwrap();
    let by_ada = save(&seen, ReadinessState::Done, "by Ada");
    let refused = node.service.save_readiness_point(&ada, "hashes", by_ada.clone()).await;
    assert!(matches!(refused, Err(Error::Conflict { revision: 1, .. })), "{refused:?}");
    let view = node.service.save_readiness_point(&ada, "samples", by_ada).await.unwrap();
    assert_eq!(point(&view, "hashes").note, "by Bob", "another point is free");
    assert_eq!(view.revision, 2);
}

async fn what_cannot_be_is_refused(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let seen = node.service.readiness(&ada).await.unwrap();
    let refused = async |item: &str, save: SaveReadinessPoint| {
        problems(node.service.save_readiness_point(&ada, item, save).await)
    };
    let bare = save(&seen, ReadinessState::NotForUs, " ");
    assert_eq!(refused("hashes", bare.clone()).await, ["/note: required"]);
    let tomorrow = seen.today.tomorrow().unwrap();
    let future = SaveReadinessPoint {
        done_on: Some(tomorrow),
        review_on: Some(seen.today),
        note: "x".repeat(4001),
        ..bare.clone()
    };
    assert_eq!(
        refused("hashes", future).await,
        ["/done_on: past", "/note: length", "/review_on: not_before"]
    );
    let nobody = node.service.save_readiness_point(&ada, "no_such_point", bare).await;
    assert!(matches!(nobody, Err(Error::NotFound(_))));
    assert_eq!(node.service.readiness(&ada).await.unwrap(), seen);
}

async fn a_review_is_told_once(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let bob = head(&node).await;
    let seen = node.service.readiness(&ada).await.unwrap();
    let review = seen.today.tomorrow().unwrap();
    let later = review.tomorrow().unwrap();
    for (item, review) in [("hashes", review), ("samples", later)] {
        let view = node.service.readiness(&ada).await.unwrap();
        let kept = SaveReadinessPoint { review_on: Some(review), ..save(&view, ReadinessState::Done, "") };
        node.service.save_readiness_point(&ada, item, kept).await.unwrap();
    }
    let told = async |who: &Caller| {
        let notices = node.service.notices(who, None, 50).await.unwrap().notices;
        let reviews = notices.into_iter().filter(|notice| notice.kind == NoticeKind::ReviewDue);
        reviews.map(|notice| notice.subject).collect::<Vec<_>>()
    };
    assert_eq!(node.service.remind_of_reviews().await.unwrap(), 0, "not before its day");
    node.service.clock().advance(hours(24));
    assert_eq!(node.service.remind_of_reviews().await.unwrap(), 1);
    assert_eq!(node.service.remind_of_reviews().await.unwrap(), 0);
    assert_eq!(told(&ada).await, ["Look again: Everything is hashed when it is taken"]);
    assert_eq!(told(&bob).await.len(), 1);
    assert_eq!(node.service.readiness(&ada).await.unwrap().counts.overdue, 0, "today is not too late");
    node.service.clock().advance(hours(24) + Duration::from_secs(1));
    assert_eq!(node.service.remind_of_reviews().await.unwrap(), 1);
    assert_eq!(told(&ada).await.len(), 2);
    assert_eq!(node.service.readiness(&ada).await.unwrap().counts.overdue, 1);
}
