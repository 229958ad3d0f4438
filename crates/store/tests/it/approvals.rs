//! Chains, requests, what was said, and what left without approval: kept, sealed, and found by those with a
//! seat only.

use model::{
    Actor, ApprovalChain, ApprovalId, ApprovalState, ApprovalVerdict, FilingDocument, Function, Incident,
    Instant, Party,
    approval::{
        ApprovalStep, Decision, DutyPattern, FrozenChange, FrozenCopy, FrozenRequest, Opening, Outcome, Who,
        standing,
    },
};
use policy::Action;
use store::{ApprovalAct, ApprovalEntry, ApprovalOverride, ApprovalRequest, KeptChain};

use crate::{
    bench::{Bench, on_both, permitted},
    filings::{case, filed},
    sample::{self, at, duty},
};

on_both!(a_chain_is_kept_and_replaced, a_request_runs_its_course, a_mark_stays);

pub fn id(n: u64) -> ApprovalId {
    ApprovalId::new(at(n), sample::chance(n))
}

/// A chain with a step of the own approvers and one of the provider's.
pub fn chain(bench: &Bench) -> ApprovalChain {
    let step = |name: &str, who| ApprovalStep { name: name.to_owned(), who, count: 1, deputies: None };
    ApprovalChain {
        covers: vec![DutyPattern::every()],
        steps: vec![
            step("Board", Who::Function { function: Function::Approver }),
            step("Provider", Who::Organisation { organisation: bench.cloud.id }),
        ],
        ..ApprovalChain::default()
    }
}

/// A request of the hospital in which every text is `words`.
pub fn request(bench: &Bench, incident: &Incident, n: u64, words: &str) -> ApprovalRequest {
    let by = sample::actor(1, words);
    let from = Party { organisation: bench.hospital.id, name: words.to_owned() };
    let filing = sample::filing(n, incident, &bench.hospital, &bench.csirt, words).document;
    let groups =
        filing.disclosures.into_iter().map(|(group, disclosed)| (group, disclosed.content)).collect();
    let copy = FrozenCopy {
        to: Party { organisation: bench.csirt.id, name: words.to_owned() },
        role: words.to_owned(),
        marking: model::Marking::default(),
        markings: std::collections::BTreeMap::new(),
        groups,
        withheld: vec![words.to_owned()],
    };
    ApprovalRequest {
        id: id(n),
        organisation: bench.hospital.id,
        incident: incident.id,
        duty: duty("early_warning"),
        version: 1,
        state: ApprovalState::Pending,
        asked_at: at(n),
        changed_at: at(n),
        frozen: FrozenRequest {
            from,
            law: words.to_owned(),
            stage_title: words.to_owned(),
            article: words.to_owned(),
            due_at: Some(at(n + 100)),
            revision: 1,
            by,
            note: Some(words.to_owned()),
            opening: Opening { organisation: bench.hospital.id, requester: None, editor: None, at: at(n) },
            chain: chain(bench),
            copies: vec![copy],
            late_reason: Some(words.to_owned()),
            digest: words.to_owned(),
        },
    }
}

fn entry(
    n: u64,
    request: ApprovalId,
    organisation: model::OrganisationId,
    act: ApprovalAct,
) -> ApprovalEntry {
    ApprovalEntry {
        id: id(n),
        request,
        at: at(n),
        organisation,
        by: person(n),
        act,
        text: Some("words".to_owned()),
    }
}

fn person(n: u64) -> Actor {
    sample::actor(n, "Grace")
}

/// Everything of this subject with `words` in every text, around a filed document.
pub async fn surround(bench: &Bench, incident: &Incident, filing: &FilingDocument, words: &str) {
    let hospital = bench.hospital();
    let mut tx = bench.write().await;
    let mut named = chain(bench);
    named.steps[0].name = words.to_owned();
    let kept = KeptChain { id: id(80), incident: None, at: at(80), chain: named };
    tx.set_approval_chain(&hospital, &kept).await.unwrap();
    let request = request(bench, incident, 81, words);
    let change = FrozenChange {
        field: "incident.title".to_owned(),
        label: words.to_owned(),
        before: Some(words.to_owned()),
        after: Some(words.to_owned()),
    };
    tx.insert_approval(&hospital, &request, &[change]).await.unwrap();
    let said = ApprovalEntry {
        by: sample::actor(82, words),
        text: Some(words.to_owned()),
        ..entry(82, request.id, bench.hospital.id, ApprovalAct::Remarked)
    };
    tx.insert_approval_entry(&hospital, &said).await.unwrap();
    let mark = ApprovalOverride {
        id: id(83),
        incident: incident.id,
        filing: filing.head.filing,
        duty: duty("early_warning"),
        at: at(83),
        by: sample::actor(83, words),
        reason: words.to_owned(),
    };
    tx.insert_override(&hospital, &mark).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_chain_is_kept_and_replaced(bench: Bench) {
    let hospital = bench.hospital();
    let incident = case(&bench).await;
    let mut tx = bench.write().await;
    let kept = |n: u64, of| KeptChain { id: id(n), incident: of, at: at(n), chain: chain(&bench) };
    for one in [kept(1, None), kept(2, None), kept(3, Some(incident.id))] {
        tx.set_approval_chain(&hospital, &one).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = bench.write().await;
    assert_eq!(tx.approval_chain(&hospital, None).await.unwrap(), Some(kept(2, None)));
    assert_eq!(
        tx.approval_chain(&hospital, Some(incident.id)).await.unwrap(),
        Some(kept(3, Some(incident.id)))
    );
    // Who keeps the chain needs no record of an incident for it.
    let keeper = permitted(&bench.hospital, Action::KeepApprovalChain);
    assert!(tx.remove_approval_chain(&keeper, Some(incident.id)).await.unwrap());
    assert!(!tx.remove_approval_chain(&keeper, Some(incident.id)).await.unwrap());
    assert_eq!(tx.approval_chain(&hospital, Some(incident.id)).await.unwrap(), None);
    let others = permitted(&bench.cloud, Action::KeepApprovalChain);
    assert_eq!(tx.approval_chain(&others, None).await.unwrap(), None);
    let accounts = permitted(&bench.hospital, Action::AdministerOrganisation);
    assert!(tx.set_approval_chain(&accounts, &kept(4, None)).await.is_err());
}

async fn a_request_runs_its_course(bench: Bench) {
    let (hospital, incident) = (bench.hospital(), case(&bench).await);
    let filing = filed(&bench, &incident, 60).await.document.head;
    let asked = request(&bench, &incident, 70, "words");
    let change = FrozenChange { field: "a".to_owned(), label: "A".to_owned(), before: None, after: None };
    let mut tx = bench.write().await;
    tx.insert_approval(&hospital, &asked, std::slice::from_ref(&change)).await.unwrap();
    assert!(tx.insert_approval(&for_other(&bench), &request(&bench, &incident, 71, "x"), &[]).await.is_err());
    tx.commit().await.unwrap();

    // Those with a seat find the copy: the own approvers, the provider's; nobody else, and not what is aside.
    let seat = permitted(&bench.cloud, Action::DecideApprovals);
    let own_seat = permitted(&bench.hospital, Action::DecideApprovals);
    let reader = permitted(&bench.hospital, Action::ReadApprovals);
    let mut tx = bench.write().await;
    for scope in [&hospital, &seat, &own_seat, &reader] {
        assert_eq!(tx.approval(scope, asked.id).await.unwrap().as_ref(), Some(&asked));
        assert_eq!(tx.approvals(scope, 10).await.unwrap().len(), 1);
        assert_eq!(tx.approvals_of(scope, incident.id).await.unwrap().len(), 1);
    }
    assert_eq!(tx.approval_changes(&reader, asked.id).await.unwrap(), [change]);
    assert!(tx.approval_changes(&seat, asked.id).await.unwrap().is_empty());
    let desk = |organisation: &model::Organisation| model::Organisation {
        roles: bench.csirt.roles.clone(),
        ..organisation.clone()
    };
    for action in Action::ALL {
        let scope = permitted(&bench.csirt, *action);
        assert_eq!(tx.approval(&scope, asked.id).await.unwrap(), None, "{action:?}");
        let theirs = permitted(&desk(&bench.cloud), *action);
        let found = tx.approval(&theirs, asked.id).await.unwrap().is_some();
        assert_eq!(found, *action == Action::DecideApprovals, "{action:?}");
        assert!(tx.approval_uses(&theirs, asked.id).await.unwrap().is_empty());
    }
    assert_eq!(tx.stages_in_approval(&hospital).await.unwrap(), [(incident.id, asked.duty.clone())]);
    assert!(tx.stages_in_approval(&seat).await.unwrap().is_empty());
    assert_eq!(tx.approvals_to_look_after(10).await.unwrap(), [(bench.hospital.id, asked.id)]);

    // A look is noted once; a decision each time it is made.
    let look = entry(72, asked.id, bench.cloud.id, ApprovalAct::Looked);
    assert!(tx.insert_approval_entry(&seat, &look).await.unwrap());
    assert!(!tx.insert_approval_entry(&seat, &ApprovalEntry { id: id(73), ..look.clone() }).await.unwrap());
    let approved = |step| ApprovalAct::Decided { step, verdict: ApprovalVerdict::Approved };
    let theirs = entry(74, asked.id, bench.cloud.id, approved(1));
    tx.insert_approval_entry(&seat, &theirs).await.unwrap();
    tx.insert_approval_entry(&own_seat, &entry(75, asked.id, bench.hospital.id, approved(0))).await.unwrap();
    assert!(
        tx.insert_approval_entry(&seat, &entry(76, asked.id, bench.hospital.id, approved(0))).await.is_err()
    );
    assert!(
        tx.insert_approval_entry(&bench.csirt(), &entry(77, asked.id, bench.csirt.id, approved(0)))
            .await
            .is_err()
    );
    let entries = tx.approval_entries(&seat, asked.id).await.unwrap();
    assert_eq!(entries, tx.approval_entries(&reader, asked.id).await.unwrap());
    assert_eq!((entries.len(), &entries[1]), (3, &theirs));
    let decisions: Vec<_> = entries.iter().filter_map(decision).collect();
    let stands = standing(&asked.frozen.chain, &asked.frozen.opening, &decisions);
    assert_eq!(stands.outcome, Outcome::Complete);

    // From one state to the next, once.
    let done = (ApprovalState::Pending, ApprovalState::Approved);
    assert!(tx.set_approval_state(&hospital, asked.id, done, at(78)).await.unwrap());
    assert!(!tx.set_approval_state(&hospital, asked.id, done, at(79)).await.unwrap());
    assert!(tx.set_approval_state(&seat, asked.id, done, at(79)).await.is_err());
    assert!(tx.approvals_to_look_after(10).await.unwrap().is_empty());
    tx.use_approval(&hospital, asked.id, (bench.csirt.id, filing.filing)).await.unwrap();
    assert_eq!(tx.approval_uses(&hospital, asked.id).await.unwrap(), [(bench.csirt.id, filing.filing)]);
    tx.commit().await.unwrap();
    let mut tx = bench.write().await;
    let twice = tx.use_approval(&hospital, asked.id, (bench.csirt.id, filing.filing)).await;
    assert!(matches!(twice, Err(store::Error::Taken(_))), "{twice:?}");
}

fn for_other(bench: &Bench) -> policy::Scope {
    policy::for_node(bench.cloud.id)
}

fn decision(entry: &ApprovalEntry) -> Option<Decision> {
    match (&entry.act, entry.by.subject) {
        (ApprovalAct::Decided { step, verdict }, model::Subject::User(by)) => {
            Some(Decision { step: *step, by, at: entry.at, verdict: *verdict })
        }
        _ => None,
    }
}

async fn a_mark_stays(bench: Bench) {
    let (hospital, incident) = (bench.hospital(), case(&bench).await);
    let filing = filed(&bench, &incident, 60).await.document.head.filing;
    let mark = ApprovalOverride {
        id: id(90),
        incident: incident.id,
        filing,
        duty: duty("early_warning"),
        at: at(90),
        by: person(90),
        reason: "Both are on a flight.".to_owned(),
    };
    let mut tx = bench.write().await;
    tx.insert_override(&hospital, &mark).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.write().await;
    let other = model::IncidentId::new(Instant::MIN, [9; 10]);
    assert_eq!(tx.overrides(&hospital, None).await.unwrap(), std::slice::from_ref(&mark));
    assert_eq!(tx.overrides(&hospital, Some(incident.id)).await.unwrap(), std::slice::from_ref(&mark));
    assert!(tx.overrides(&hospital, Some(other)).await.unwrap().is_empty());
    assert!(tx.overrides(&for_other(&bench), None).await.unwrap().is_empty());
    assert!(tx.insert_override(&permitted(&bench.hospital, Action::DecideApprovals), &mark).await.is_err());
}
