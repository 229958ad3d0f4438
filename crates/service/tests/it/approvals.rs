//! Nothing leaves without the approvals that the organisation wants; and the bad days of those who approve.

use model::{
    ApprovalChain, ApprovalId, ApprovalState, ApprovalVerdict, Caller, DutyState, Function, IncidentId,
    Subject,
    approval::{ApprovalStep, DutyPattern, Who},
};
use serde_json::json;
use service::{
    Error,
    view::{
        ApprovalActKind, ApprovalView, AskApproval, DecideApproval, FileStage, Filed, KeepChain,
        OverrideStage, RemarkApproval,
    },
};
use testkit::TestNode;

use crate::story::{
    duty, hours, on_both, open_ransomware, problems, refusal, reporter, save, stage, try_to_file,
};

on_both!(
    four_eyes_then_it_leaves,
    an_edit_withdraws_the_approval,
    two_approvals_at_once_count_once_each,
    approve_edit_and_file_at_once,
    nobody_approves_their_own_work,
    another_organisation_sees_the_copy_and_nothing_else,
    an_approver_removed_meanwhile,
    a_machine_files_and_approves_nothing,
    an_approval_is_used_once,
    what_changed_since_they_looked,
);

pub const EARLY: &str = "early_warning";

/// The hospital with a chain, its reporters and its approvers.
pub struct House {
    pub node: TestNode,
    /// Reports, asks, edits.
    pub ada: Caller,
    /// Approves.
    pub grace: Caller,
    /// Approves.
    pub linus: Caller,
    /// Keeps the chain.
    pub root: Caller,
}

pub fn step(name: &str, who: Who, count: u32) -> ApprovalStep {
    ApprovalStep { name: name.to_owned(), who, count, deputies: None }
}

pub fn approvers(count: u32) -> ApprovalStep {
    step("Approvers", Who::Function { function: Function::Approver }, count)
}

pub fn named(name: &str, people: &[&Caller]) -> ApprovalStep {
    let people = people.iter().map(|one| user(one)).collect();
    step(name, Who::People { people }, 1)
}

pub fn user(caller: &Caller) -> model::UserId {
    let Subject::User(user) = caller.subject else { panic!("a person") };
    user
}

pub fn chain(steps: Vec<ApprovalStep>) -> ApprovalChain {
    ApprovalChain { covers: vec![DutyPattern::every()], steps, distinct: true, ..ApprovalChain::default() }
}

impl House {
    pub async fn with(node: TestNode, chain: ApprovalChain) -> Self {
        let house = Self::without(node).await;
        house.keep(chain).await.unwrap();
        house
    }

    pub async fn without(node: TestNode) -> Self {
        let hospital = node.world.hospital.clone();
        let ada = reporter(&node, &hospital).await;
        let grace = node.person(&hospital, &[Function::Approver]).await;
        let linus = node.person(&hospital, &[Function::Approver]).await;
        let root = node.person(&hospital, &[Function::Administrator]).await;
        Self { node, ada, grace, linus, root }
    }

    pub async fn keep(&self, chain: ApprovalChain) -> Result<(), Error> {
        self.keep_for(None, chain).await
    }

    pub async fn keep_for(&self, incident: Option<IncidentId>, chain: ApprovalChain) -> Result<(), Error> {
        let service = &self.node.service;
        let replaces = service.approval_chain(&self.root, incident).await?.id;
        service.keep_approval_chain(&self.root, incident, KeepChain { chain, replaces }).await.map(drop)
    }

    pub async fn open(&self) -> IncidentId {
        open_ransomware(&self.node, &self.ada).await.id
    }

    pub async fn revision(&self, id: IncidentId) -> i64 {
        self.node.service.incident(&self.ada, id).await.unwrap().revision
    }

    pub async fn ask(&self, id: IncidentId) -> ApprovalView {
        self.try_to_ask(&self.ada, id).await.unwrap()
    }

    pub async fn try_to_ask(&self, who: &Caller, id: IncidentId) -> Result<ApprovalView, Error> {
        let ask = AskApproval { base_revision: self.revision(id).await, late_reason: None, note: None };
        self.node.service.ask_approval(who, (id, &stage(EARLY)), ask, None).await
    }

    pub async fn decide(
        &self,
        who: &Caller,
        id: ApprovalId,
        verdict: ApprovalVerdict,
    ) -> Result<ApprovalView, Error> {
        let decide = DecideApproval { verdict, remark: Some("I looked at it.".to_owned()) };
        self.node.service.decide_approval(who, id, decide, None).await
    }

    pub async fn approve(&self, who: &Caller, id: ApprovalId) -> Result<ApprovalView, Error> {
        self.decide(who, id, ApprovalVerdict::Approved).await
    }

    pub async fn file(&self, id: IncidentId) -> Result<Filed, Error> {
        try_to_file(&self.node, &self.ada, id, EARLY).await
    }

    pub async fn edit(&self, who: &Caller, id: IncidentId, title: &str) {
        let more = save(self.revision(id).await, json!({"title": title}));
        self.node.service.save_answers(who, id, more).await.unwrap();
    }

    pub async fn state(&self, id: IncidentId) -> DutyState {
        duty(&self.node.service.incident(&self.ada, id).await.unwrap(), EARLY).state
    }

    pub async fn seen(&self, who: &Caller, id: ApprovalId) -> ApprovalView {
        self.node.service.approval(who, id).await.unwrap()
    }

    /// How many notices somebody got that say `words` in their subject.
    pub async fn told(&self, who: &Caller, words: &str) -> usize {
        let notices = self.node.service.notices(who, None, 100).await.unwrap().notices;
        notices.iter().filter(|notice| notice.subject.contains(words)).count()
    }
}

async fn four_eyes_then_it_leaves(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(2)])).await;
    let id = house.open().await;

    assert_eq!(
        refusal(house.file(id).await),
        "the approval chain of your organisation wants this filing approved: ask for approval first"
    );
    let request = house.ask(id).await.summary;
    assert_eq!((request.given, request.wanted, request.version), (0, 2, 1));
    assert_eq!(house.state(id).await, DutyState::InApproval);
    assert_eq!(house.told(&house.grace, "Your approval is wanted").await, 1);
    assert_eq!(house.node.service.approvals(&house.grace).await.unwrap().waiting, 1);
    assert_eq!(house.node.service.approvals(&house.ada).await.unwrap().waiting, 0);

    assert_eq!(
        refusal(house.file(id).await),
        "the approval of this filing is asked for and not complete yet"
    );
    house.approve(&house.grace, request.id).await.unwrap();
    let again = refusal(house.approve(&house.grace, request.id).await);
    assert_eq!(again, "you have approved this already; a person counts once");
    refusal(house.file(id).await);
    let complete = house.approve(&house.linus, request.id).await.unwrap();
    assert_eq!(complete.summary.state, ApprovalState::Approved);
    assert_eq!(complete.steps[0].approved.len(), 2);
    assert_eq!(house.state(id).await, DutyState::Due);
    assert_eq!(house.told(&house.ada, "Approved:").await, 1);
    let filed = house.file(id).await.unwrap();
    let seen = house.seen(&house.grace, request.id).await;
    assert_eq!((seen.summary.state, seen.filings), (ApprovalState::Filed, vec![filed.filing]));
    // What left is what they saw, to the letter.
    let sent = house.node.service.sent_filing(&house.ada, filed.filing).await.unwrap();
    assert_eq!(sent.groups, seen.copies[0].groups);
}

async fn an_edit_withdraws_the_approval(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let id = house.open().await;
    let first = house.ask(id).await.summary.id;
    house.approve(&house.grace, first).await.unwrap();
    // What is not part of the copy changes nothing.
    let beside = save(house.revision(id).await, json!({"root_cause_description": "A stolen password."}));
    house.node.service.save_answers(&house.ada, id, beside).await.unwrap();
    assert_eq!(house.seen(&house.ada, first).await.summary.state, ApprovalState::Approved);
    house.edit(&house.ada, id, "Ransomware in three clinics").await;
    assert_eq!(house.seen(&house.ada, first).await.summary.state, ApprovalState::Withdrawn);
    assert_eq!(house.told(&house.grace, "No longer to be approved").await, 1);

    assert_eq!(
        refusal(house.file(id).await),
        "the approval of this filing no longer stands, since its content was changed or it was taken back: ask for approval again"
    );
    assert_eq!(
        refusal(house.approve(&house.linus, first).await),
        "what would be filed was changed since this was asked for, so there is nothing to approve any more: a new request will come when it is asked for again"
    );
    // Changed back is not approved again.
    house.edit(&house.ada, id, "Ransomware on the file servers of two clinics").await;
    refusal(house.file(id).await);
    let second = house.ask(id).await.summary;
    assert_eq!(second.version, 2);
    house.approve(&house.linus, second.id).await.unwrap();
    house.file(id).await.unwrap();
}

async fn two_approvals_at_once_count_once_each(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(2)])).await;
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    let mut tries = vec![];
    for who in [&house.grace, &house.linus, &house.grace, &house.linus, &house.grace] {
        let (service, who) = (house.node.service.clone(), who.clone());
        tries.push(tokio::spawn(async move {
            let decide = DecideApproval { verdict: ApprovalVerdict::Approved, remark: None };
            service.decide_approval(&who, request, decide, None).await
        }));
    }
    let mut accepted = 0;
    for one in tries {
        accepted += usize::from(one.await.unwrap().is_ok());
    }
    assert_eq!(accepted, 2);
    let seen = house.seen(&house.ada, request).await;
    let approvals = seen.entries.iter().filter(|entry| entry.act == ApprovalActKind::Approved).count();
    assert_eq!((seen.summary.state, seen.summary.given, approvals), (ApprovalState::Approved, 2, 2));
    assert_eq!(house.told(&house.ada, "Approved:").await, 1);
}

async fn approve_edit_and_file_at_once(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    for round in 0..6 {
        let id = house.open().await;
        let request = house.ask(id).await;
        let revision = house.revision(id).await;
        let (service, ada, grace) = (house.node.service.clone(), house.ada.clone(), house.grace.clone());
        let csirt = house.node.world.csirt.id;
        let approve = {
            let service = service.clone();
            tokio::spawn(async move {
                let decide = DecideApproval { verdict: ApprovalVerdict::Approved, remark: None };
                service.decide_approval(&grace, request.summary.id, decide, None).await
            })
        };
        let edit = {
            let (service, ada) = (service.clone(), ada.clone());
            tokio::spawn(async move {
                service.save_answers(&ada, id, save(revision, json!({"title": "Something else"}))).await
            })
        };
        let file = {
            let (service, ada) = (service.clone(), ada.clone());
            tokio::spawn(async move {
                service.file_stage(&ada, (id, &stage(EARLY)), FileStage::to(revision, csirt), None).await
            })
        };
        let _either_way = approve.await.unwrap();
        edit.await.unwrap().unwrap();
        // Either it left as it was approved, or it did not leave.
        if let Ok(filed) = file.await.unwrap() {
            let sent = service.sent_filing(&ada, filed.filing).await.unwrap();
            assert_eq!(sent.groups, request.copies[0].groups, "round {round}");
        } else {
            assert!(service.sent_filings(&ada).await.unwrap().filings.iter().all(|one| one.incident != id));
            refusal(house.file(id).await);
        }
    }
}

async fn nobody_approves_their_own_work(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let both = [Function::Reporter, Function::Approver];
    let bob = house.node.person(&house.node.world.hospital, &both).await;
    let id = house.open().await;
    let own = house.try_to_ask(&bob, id).await.unwrap().summary.id;
    let words = refusal(house.approve(&bob, own).await);
    assert_eq!(words, "nobody approves what they asked for or edited last: somebody else has to decide");
    // Who edited last neither, though somebody else asks.
    house.edit(&bob, id, "Ransomware in three clinics").await;
    let request = house.ask(id).await.summary.id;
    assert_eq!(refusal(house.approve(&bob, request).await), words);
    assert_eq!(house.told(&bob, "Your approval is wanted").await, 0);
    // Where the chain says so, they may.
    house.keep(ApprovalChain { distinct: false, ..chain(vec![approvers(1)]) }).await.unwrap();
    let request = house.try_to_ask(&bob, id).await.unwrap().summary.id;
    house.approve(&bob, request).await.unwrap();
    house.file(id).await.unwrap();
}

async fn another_organisation_sees_the_copy_and_nothing_else(node: TestNode) {
    let cloud = node.world.cloud.clone();
    let theirs = node.person(&cloud, &[Function::Approver]).await;
    let provider = step("Provider", Who::Organisation { organisation: cloud.id }, 1);
    let house = House::with(node, chain(vec![provider])).await;
    let service = &house.node.service;
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    let seen = house.seen(&theirs, request).await;
    assert_eq!(seen.summary.incident, None);
    assert!(seen.summary.waits_for_me && !seen.may_override && seen.changes.is_empty());
    assert_eq!(house.told(&theirs, "Your approval is wanted").await, 1);
    assert!(matches!(service.incident(&theirs, id).await, Err(Error::Denied(_) | Error::NotFound(_))));
    // Only its approvers, and only those of an organisation in the chain.
    for (place, function) in [
        (&cloud, Function::Reporter),
        (&cloud, Function::Administrator),
        (&cloud, Function::Auditor),
        (&house.node.world.clinic, Function::Approver),
        (&house.node.world.csirt, Function::Approver),
    ] {
        let stranger = house.node.person(place, &[function]).await;
        assert!(matches!(service.approval(&stranger, request).await, Err(Error::NotFound(_))));
        assert!(matches!(house.approve(&stranger, request).await, Err(Error::NotFound(_))));
        let remark = RemarkApproval { text: "Hello?".to_owned() };
        assert!(matches!(
            service.remark_approval(&stranger, request, remark, None).await,
            Err(Error::NotFound(_))
        ));
        assert!(service.approvals(&stranger).await.unwrap().approvals.is_empty());
    }
    let remark = RemarkApproval { text: "Which of our regions is meant?".to_owned() };
    service.remark_approval(&theirs, request, remark, None).await.unwrap();
    assert_eq!(house.told(&house.ada, "A remark on an approval").await, 1);
    service.clock().advance(hours(1));
    let answer = RemarkApproval { text: "The western one.".to_owned() };
    service.remark_approval(&house.ada, request, answer, None).await.unwrap();
    service.clock().advance(hours(1));
    let approved = house.approve(&theirs, request).await.unwrap();
    let thread: Vec<_> = approved.entries.iter().filter_map(|entry| entry.text.clone()).collect();
    assert_eq!(thread, ["Which of our regions is meant?", "The western one.", "I looked at it."]);
    house.file(id).await.unwrap();
}

async fn an_approver_removed_meanwhile(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(2)])).await;
    let third = house.node.person(&house.node.world.hospital, &[Function::Approver]).await;
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    house.approve(&house.grace, request).await.unwrap();
    let scope = policy::for_node(house.node.world.hospital.id);
    let mut tx = house.node.service.store().write().await.unwrap();
    tx.set_user_state(&scope, user(&house.grace), store::UserState::Disabled).await.unwrap();
    tx.set_functions(&scope, user(&third), &[Function::Auditor]).await.unwrap();
    tx.commit().await.unwrap();
    // Whoever is gone, or lost the function since they signed in, decides nothing more.
    assert!(matches!(house.approve(&house.grace, request).await, Err(Error::NotSignedIn)));
    assert_eq!(refusal(house.approve(&third, request).await), "no step of this approval names you");
    // What they decided before stays.
    let complete = house.approve(&house.linus, request).await.unwrap();
    assert_eq!((complete.summary.state, complete.summary.given), (ApprovalState::Approved, 2));
    house.file(id).await.unwrap();
}

pub async fn emergency(house: &House, id: IncidentId) -> OverrideStage {
    OverrideStage {
        base_revision: Some(house.revision(id).await),
        recipient: house.node.world.csirt.id,
        also: vec![],
        late_reason: None,
        reason: "Both approvers are on a flight.".to_owned(),
    }
}

async fn a_machine_files_and_approves_nothing(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let id = house.open().await;
    let place = house.node.world.hospital.clone();
    let all = [Function::Reporter, Function::Approver, Function::Administrator];
    let secret = house.node.client(&place, &all).await;
    let machine = house.node.service.client(&secret).await.unwrap();
    refusal(try_to_file(&house.node, &machine, id, EARLY).await);
    let request = house.try_to_ask(&machine, id).await.unwrap().summary.id;
    assert!(matches!(house.approve(&machine, request).await, Err(Error::Denied(_))));
    let input = emergency(&house, id).await;
    let around = house.node.service.override_stage(&machine, (id, &stage(EARLY)), input, None).await;
    assert!(matches!(around, Err(Error::Denied(_))));
    refusal(try_to_file(&house.node, &machine, id, EARLY).await);
    // With the approval it files as anybody else.
    house.approve(&house.grace, request).await.unwrap();
    try_to_file(&house.node, &machine, id, EARLY).await.unwrap();
}

async fn an_approval_is_used_once(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let id = house.open().await;
    let request = house.ask(id).await.summary.id;
    house.approve(&house.grace, request).await.unwrap();
    house.file(id).await.unwrap();

    assert_eq!(
        refusal(house.file(id).await),
        "a further filing of this stage needs an approval of its own: ask for it first"
    );
    // A decision handed in again, with its key or without, is no second one.
    assert_eq!(refusal(house.approve(&house.linus, request).await), "this request was decided already");
    let other = house.open().await;
    let next = house.ask(other).await.summary.id;
    let decide = || DecideApproval { verdict: ApprovalVerdict::Approved, remark: None };
    let service = &house.node.service;
    service.decide_approval(&house.grace, next, decide(), Some("k")).await.unwrap();
    let repeat = service.decide_approval(&house.grace, next, decide(), Some("k")).await.unwrap();
    assert_eq!(repeat.summary.given, 1);
    refusal(service.decide_approval(&house.grace, request, decide(), Some("k")).await);
}

async fn what_changed_since_they_looked(node: TestNode) {
    let house = House::with(node, chain(vec![approvers(1)])).await;
    let id = house.open().await;
    let first = house.ask(id).await.summary.id;
    assert!(house.seen(&house.grace, first).await.since_look.is_none());
    let returned = house.decide(&house.grace, first, ApprovalVerdict::Returned).await.unwrap();
    assert_eq!(returned.summary.state, ApprovalState::Returned);
    assert_eq!(house.told(&house.ada, "Sent back").await, 1);
    let silent = DecideApproval { verdict: ApprovalVerdict::Returned, remark: Some("  ".to_owned()) };
    house.edit(&house.ada, id, "Ransomware in three clinics").await;
    let second = house.ask(id).await.summary.id;
    let unsaid = house.node.service.decide_approval(&house.grace, second, silent, None).await;
    assert_eq!(problems(unsaid), ["/remark: length"]);
    let since = house.seen(&house.grace, second).await.since_look.unwrap();
    let changed: Vec<_> = since.changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!((since.version, changed), (1, vec!["title"]));
    // Linus has never looked.
    assert!(house.seen(&house.linus, second).await.since_look.is_none());
    let taken_back = house.node.service.withdraw_approval(&house.ada, second).await.unwrap();
    assert_eq!(taken_back.summary.state, ApprovalState::Withdrawn);
    refusal(house.node.service.withdraw_approval(&house.ada, second).await);
    assert_eq!(house.state(id).await, DutyState::Due);
}
