//! Approval chains in their variety: deputies, chains of one incident, filing at once, emergencies, reminders.

use model::{
    ApprovalChain, ApprovalState, DutyState, Function,
    approval::{ApprovalStep, Deputies, Emergency, Who},
};
use service::{
    Error,
    view::{AskApproval, FileStage, KeepChain, OverrideStage},
};
use testkit::TestNode;

use crate::{
    approvals::{EARLY, House, approvers, chain, emergency, named, step, user},
    story::{hours, on_both, problems, refusal, stage},
};

on_both!(
    deputies_wait,
    a_running_request_keeps_its_chain,
    the_last_approval_files,
    an_emergency_leaves_its_mark,
    a_chain_that_nobody_could_fulfil_is_refused,
    a_chain_of_one_incident_stands_in_the_place_of_the_others,
    a_late_reason_is_approved_too,
    those_who_wait_are_reminded_once,
);

async fn deputies_wait(node: TestNode) {
    let mut house = House::without(node).await;
    let deputies = Deputies { who: Who::People { people: vec![user(&house.linus)] }, after_hours: Some(4) };
    let board = ApprovalStep { deputies: Some(deputies), ..named("Board", &[&house.grace]) };
    house.keep(chain(vec![board])).await.unwrap();
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    let early = refusal(house.approve(&house.linus, request).await);

    assert_eq!(
        early,
        r#"deputies of the step "Board" may act from 2026-03-06T19:30:00Z, when nobody else has decided by then"#
    );
    assert_eq!(house.told(&house.linus, "Your approval is wanted").await, 0);
    house.node.service.clock().advance(hours(4));
    house.linus.functions = vec![Function::Approver];
    house.approve(&house.linus, request).await.unwrap();
    house.file(id).await.unwrap();
}

async fn a_running_request_keeps_its_chain(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    house.keep(chain(vec![approvers(2)])).await.unwrap();
    let seen = house.seen(&house.grace, request).await;
    assert!(seen.chain_changed);
    assert_eq!(seen.summary.wanted, 1);
    house.approve(&house.grace, request).await.unwrap();
    house.file(id).await.unwrap();
    // The next one wants two.
    house.edit(&house.ada, id, "Ransomware in three clinics").await;
    assert_eq!(house.ask(id).await.summary.wanted, 2);
    // Two who change the chain at once: the second sees what the first did.
    let stale = KeepChain { chain: chain(vec![approvers(1)]), replaces: None };
    refusal(house.node.service.keep_approval_chain(&house.root, None, stale).await);
}

async fn the_last_approval_files(node: TestNode) {
    let at_once = ApprovalChain { file_when_approved: true, ..chain(vec![approvers(1)]) };
    let house = House::with(node, at_once).await;
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    let done = house.approve(&house.grace, request).await.unwrap();
    assert_eq!(done.summary.state, ApprovalState::Filed);
    assert_eq!(done.filings.len(), 1);
    let sent = house.node.service.sent_filing(&house.ada, done.filings[0]).await.unwrap();
    assert_eq!(sent.groups, done.copies[0].groups);
    // Whoever asked and may not file any more does not file: somebody is told, and it waits.
    let other = house.open().await;
    let next = house.ask(other).await.summary.id;
    let scope = policy::for_node(house.node.world.hospital.id);
    let mut tx = house.node.service.store().write().await.unwrap();
    tx.set_functions(&scope, user(&house.ada), &[Function::Auditor]).await.unwrap();
    tx.commit().await.unwrap();
    let waits = house.approve(&house.grace, next).await.unwrap();
    assert_eq!(waits.summary.state, ApprovalState::Approved);
    assert_eq!(house.told(&house.ada, "Approved, but not filed").await, 1);
    // Given the function back, the next round files it.
    let mut tx = house.node.service.store().write().await.unwrap();
    tx.set_functions(&scope, user(&house.ada), &[Function::Reporter]).await.unwrap();
    tx.commit().await.unwrap();
    house.node.service.look_after_approvals().await.unwrap();
    assert_eq!(house.seen(&house.grace, next).await.summary.state, ApprovalState::Filed);
    assert_eq!(house.node.service.sent_filings(&house.ada).await.unwrap().filings.len(), 2);
}

async fn an_emergency_leaves_its_mark(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let (service, key) = (&house.node.service, stage(EARLY));
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    let input = async || emergency(&house, id).await;
    // A reporter only where the chain says so.
    let refused = refusal(service.override_stage(&house.ada, (id, &key), input().await, None).await);
    assert_eq!(refused, "the approval chain of your organisation does not let you file without approval");
    for reason in ["", "   ", "in a hurr"] {
        let short = OverrideStage { reason: reason.to_owned(), ..input().await };
        assert_eq!(
            problems(service.override_stage(&house.grace, (id, &key), short, None).await),
            ["/reason: length"]
        );
    }
    // Whoever saw the request instead of the record need not know the revision.
    let unseen = OverrideStage { base_revision: None, ..input().await };
    let filed = service.override_stage(&house.grace, (id, &key), unseen, Some("k")).await.unwrap();
    assert_eq!(house.seen(&house.ada, request).await.summary.state, ApprovalState::Withdrawn);
    let marks = service.incident_approvals(&house.ada, id).await.unwrap().overrides;
    assert_eq!((marks.len(), marks[0].filing), (1, filed.filing));
    assert_eq!(marks[0].reason, "Both approvers are on a flight.");
    for who in [&house.grace, &house.linus, &house.root] {
        assert_eq!(house.told(who, "Filed without approval").await, 1);
    }
    assert_eq!(service.approval_chain(&house.root, None).await.unwrap().overrides.len(), 1);
    // Forbidden is forbidden, and where nothing is wanted nothing is an emergency.
    let strict = ApprovalChain { emergency: Emergency::Forbidden, ..chain(vec![approvers(1)]) };
    house.keep(strict).await.unwrap();
    refusal(service.override_stage(&house.grace, (id, &key), input().await, None).await);
    service.remove_approval_chain(&house.root, None).await.unwrap();
    let usual = refusal(service.override_stage(&house.grace, (id, &key), input().await, None).await);
    assert_eq!(usual, "no approval is wanted for this stage: file it as usual");
    assert_eq!(service.incident_approvals(&house.ada, id).await.unwrap().overrides.len(), 1);
}

async fn a_chain_that_nobody_could_fulfil_is_refused(node: TestNode) {
    let house = House::without(node).await;
    let cloud = house.node.world.cloud.id;
    let stranger = house.node.person(&house.node.world.clinic, &[Function::Approver]).await;
    let auditor = house.node.person(&house.node.world.hospital, &[Function::Auditor]).await;
    let nowhere = ApprovalChain {
        covers: vec!["nis2.mandatory.*".parse().unwrap(), "niss.*.*".parse().unwrap()],
        ..chain(vec![approvers(1)])
    };
    for (wrong, expected) in [
        (chain(vec![]), "/chain/steps: required"),
        (nowhere, "/chain/covers/1: known_stage"),
        (chain(vec![approvers(3)]), "/chain/steps/0: fulfillable"),
        (chain(vec![approvers(0)]), "/chain/steps/0/count: range"),
        (chain(vec![named(" ", &[&house.grace])]), "/chain/steps/0/name: length"),
        (chain(vec![named("Board", &[&stranger])]), "/chain/steps/0/who/people/0: known_person"),
        (chain(vec![named("Board", &[&auditor])]), "/chain/steps/0/who/people/0: known_person"),
        (chain(vec![named("Board", &[])]), "/chain/steps/0/who/people: length"),
        (
            chain(vec![step("Desk", Who::Function { function: Function::Officer }, 1)]),
            "/chain/steps/0/who/function: deciding_function",
        ),
        (
            chain(vec![step("Provider", Who::Organisation { organisation: cloud }, 1)]),
            "/chain/steps/0/who/organisation: other_organisation",
        ),
        (
            chain(vec![step("Us", Who::Organisation { organisation: house.ada.organisation }, 1)]),
            "/chain/steps/0/who/organisation: other_organisation",
        ),
        (
            chain(vec![named("One", &[&house.grace]), named("Two", &[&house.grace])]),
            "/chain/steps: fulfillable",
        ),
        (chain(vec![named("Reporter", &[&house.ada])]), "/chain/steps: requester_only_approver"),
    ] {
        assert_eq!(problems(house.keep(wrong).await), [expected]);
    }
    assert!(house.node.service.approval_chain(&house.root, None).await.unwrap().chain.is_none());
    // Nobody but an administrator keeps it.
    let keep = KeepChain { chain: chain(vec![approvers(1)]), replaces: None };
    let refused = house.node.service.keep_approval_chain(&house.grace, None, keep).await;
    assert!(matches!(refused, Err(Error::Denied(_))));
}

async fn a_chain_of_one_incident_stands_in_the_place_of_the_others(node: TestNode) {
    let house = House::without(node).await;
    let first_stages =
        ApprovalChain { exempts: vec!["*.*.early_warning".parse().unwrap()], ..chain(vec![approvers(1)]) };
    house.keep(first_stages).await.unwrap();
    let (free, bound) = (house.open().await, house.open().await);
    house.keep_for(Some(bound), chain(vec![named("Board", &[&house.linus])])).await.unwrap();
    house.file(free).await.unwrap();
    refusal(house.file(bound).await);
    let covered = house.node.service.incident_approvals(&house.ada, bound).await.unwrap();
    assert!(covered.own_chain && covered.covered.contains(&stage(EARLY)));
    let request = house.ask(bound).await.summary.id;
    assert_eq!(refusal(house.approve(&house.grace, request).await), "no step of this approval names you");
    house.approve(&house.linus, request).await.unwrap();
    house.file(bound).await.unwrap();
    house.node.service.remove_approval_chain(&house.root, Some(bound)).await.unwrap();
    let theirs = house.node.person(&house.node.world.clinic, &[Function::Administrator]).await;
    let strange = house.node.service.approval_chain(&theirs, Some(bound)).await;
    assert!(matches!(strange, Err(Error::NotFound(_))));
}

async fn a_late_reason_is_approved_too(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let (service, key) = (&house.node.service, stage(EARLY));
    let id = house.open().await;
    let in_time = house.ask(id).await.summary.id;
    house.approve(&house.grace, in_time).await.unwrap();
    service.clock().advance(hours(25));
    assert_eq!(house.state(id).await, DutyState::Late);
    let late = |reason: &str| FileStage {
        late_reason: Some(reason.to_owned()),
        ..FileStage::to(1, house.node.world.csirt.id)
    };
    refusal(service.file_stage(&house.ada, (id, &key), late("The telephone was down."), None).await);
    assert_eq!(problems(house.try_to_ask(&house.ada, id).await), ["/late_reason: required_when_late"]);
    let ask =
        AskApproval { base_revision: 1, late_reason: Some("The telephone was down.".to_owned()), note: None };
    let request = service.ask_approval(&house.ada, (id, &key), ask, None).await.unwrap();
    assert_eq!(house.state(id).await, DutyState::Late);
    house.approve(&house.linus, request.summary.id).await.unwrap();
    refusal(service.file_stage(&house.ada, (id, &key), late("Another excuse."), None).await);
    service.file_stage(&house.ada, (id, &key), late(" The telephone was down. "), None).await.unwrap();
}

async fn those_who_wait_are_reminded_once(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let service = &house.node.service;
    let id = house.open().await;
    house.ask(id).await;
    let rounds = async || {
        for _ in 0..3 {
            service.look_after_approvals().await.unwrap();
        }
        house.told(&house.grace, "Still waiting for your approval").await
    };
    assert_eq!(rounds().await, 0);
    service.clock().advance(hours(20));
    assert_eq!(rounds().await, 1);
    // An outage of hours: what is due now is said, once.
    service.clock().advance(hours(5));
    assert_eq!(rounds().await, 2);
    assert_eq!(rounds().await, 2);
    assert_eq!(house.told(&house.ada, "Still waiting").await, 0);
}
