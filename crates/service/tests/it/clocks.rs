//! Clocks as a reconciler: late is found once, and neither an outage nor a wrong clock does harm.

use std::{sync::atomic::Ordering, time::Duration};

use model::DutyState;
use service::{Clock, view::IncidentState};
use testkit::TestNode;

use crate::{
    significance::decisions,
    story::{at, duty, file, hours, on_both, open, open_ransomware, ransomware, reporter},
};

on_both!(
    what_is_due_becomes_late_once,
    an_outage_loses_nothing,
    a_clock_that_goes_back_does_no_harm,
    ended_things_are_let_go
);

async fn what_is_due_becomes_late_once(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(24));
    node.service.reconcile_duties().await.unwrap();
    let view = node.service.incident(&ada, view.id).await.unwrap();
    assert_eq!(duty(&view, "early_warning").state, DutyState::Due, "the instant itself is in time");
    node.service.clock().advance(Duration::from_micros(1));
    assert_eq!(node.service.reconcile_duties().await.unwrap(), 1);
    assert_eq!(node.service.reconcile_duties().await.unwrap(), 0);
    let decided = decisions(&node, &node.world.hospital, "early_warning").await;
    assert_eq!(decided, [DutyState::Due, DutyState::Late]);
    let late = node.service.incidents(&ada, Some(IncidentState::Late), None, 10).await.unwrap();
    assert_eq!(late.incidents.len(), 1);
}

async fn an_outage_loses_nothing(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    for lead in [1, 5, 9] {
        let aware = node.service.clock().now().minus(hours(lead));
        open(&node, &ada, ransomware(aware)).await;
    }
    // Four days without the worker.
    node.service.clock().advance(hours(96));
    assert_eq!(node.service.reconcile_duties().await.unwrap(), 3);
    assert_eq!(node.service.reconcile_duties().await.unwrap(), 0);
    for name in ["early_warning", "incident_notification"] {
        let decided = decisions(&node, &node.world.hospital, name).await;
        let late = decided.iter().filter(|state| **state == DutyState::Late).count();
        assert_eq!(late, 3, "{name}");
    }
    let open = node.service.open_duties(&ada).await.unwrap().duties;
    let due: Vec<_> = open.iter().filter_map(|open| Some(open.duty.due.as_ref()?.at)).collect();
    assert!(due.is_sorted(), "{due:?}");
}

async fn a_clock_that_goes_back_does_no_harm(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(25));
    node.service.reconcile_duties().await.unwrap();
    let Clock::Fixed(micros) = node.service.clock() else { panic!("a clock that can be turned") };
    micros.store(at("2026-03-06T17:00:00Z").micros(), Ordering::SeqCst);
    assert_eq!(node.service.reconcile_duties().await.unwrap(), 0);
    let seen = node.service.incident(&ada, view.id).await.unwrap();
    assert_eq!(duty(&seen, "early_warning").state, DutyState::Due);
    let filed = file(&node, &ada, view.id, "early_warning").await;
    assert_eq!(filed.filed_at, at("2026-03-06T17:00:00Z"));
    assert!(!node.service.sent_filing(&ada, filed.filing).await.unwrap().late);
    node.service.clock().advance(hours(25));
    node.service.reconcile_duties().await.unwrap();
    let decided = decisions(&node, &node.world.hospital, "early_warning").await;
    assert_eq!(decided, [DutyState::Due, DutyState::Filed, DutyState::Late]);
}

async fn ended_things_are_let_go(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let open = || service::view::OpenIncident::default();
    let first = node.service.open_incident(&ada, open(), Some("a key")).await.unwrap();
    node.service.clock().advance(hours(6 * 24));
    node.service.tidy().await.unwrap();
    assert_eq!(node.service.open_incident(&ada, open(), Some("a key")).await.unwrap().id, first.id);
    node.service.clock().advance(hours(2 * 24));
    node.service.tidy().await.unwrap();
    assert_ne!(node.service.open_incident(&ada, open(), Some("a key")).await.unwrap().id, first.id);
}
