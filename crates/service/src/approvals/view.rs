//! A request as people see it.

use model::{
    ApprovalState, Caller, OrganisationId, Subject,
    approval::{Decision, FrozenCopy, FrozenRequest, Standing, StepState, Who, standing},
};
use regime::Library;
use store::{ApprovalAct, ApprovalEntry, ApprovalRequest};

use super::{freeze::groups, tell::decisions};
use crate::view::{ApprovalActKind, ApprovalCopy, ApprovalEntryView, ApprovalStepView, ApprovalSummary};

/// The field whose answer names an incident in lists.
const TITLE: &str = "title";

/// A request with what was done, as far as the decisions go.
pub(super) struct Read {
    /// The request.
    pub request: ApprovalRequest,
    /// What was done and said.
    pub entries: Vec<ApprovalEntry>,
    /// The decisions among it.
    pub decisions: Vec<Decision>,
    /// What they amount to.
    pub standing: Standing,
}

impl Read {
    pub(super) fn of(request: ApprovalRequest, entries: Vec<ApprovalEntry>) -> Self {
        let decisions = decisions(&entries);
        let standing = standing(&request.frozen.chain, &request.frozen.opening, &decisions);
        Self { request, entries, decisions, standing }
    }

    /// The line of the list; `waits_for_me` is worked out by whoever knows the caller's functions.
    pub(super) fn summary(&self, caller: &Caller, waits_for_me: bool) -> ApprovalSummary {
        let ApprovalRequest { id, organisation, incident, duty, version, state, asked_at, frozen, .. } =
            &self.request;
        let given = self.standing.steps.iter().map(|step| count(step.approved.len())).sum();
        ApprovalSummary {
            id: *id,
            from: frozen.from.clone(),
            incident: (*organisation == caller.organisation).then_some(*incident),
            title: title(frozen),
            duty: duty.clone(),
            law: frozen.law.clone(),
            stage_title: frozen.stage_title.clone(),
            version: *version,
            state: *state,
            asked_at: *asked_at,
            asked_by: frozen.by.name.clone(),
            due_at: frozen.due_at,
            to: frozen.copies.iter().map(|copy| copy.to.clone()).collect(),
            given,
            wanted: frozen.chain.steps.iter().map(|step| step.count).sum(),
            waits_for_me,
        }
    }

    /// Whether the request still waits for somebody.
    pub(super) fn is_pending(&self) -> bool {
        self.request.state == ApprovalState::Pending
    }

    /// When the caller first looked at it.
    pub(super) fn looked_at(&self, subject: Subject) -> Option<model::Instant> {
        let looked = |entry: &&ApprovalEntry| entry.by.subject == subject;
        self.entries.iter().find(looked).map(|entry| entry.at)
    }

    /// The steps with their people; `named` gives people and organisations their names.
    pub(super) fn steps(&self, named: &impl Fn(Named) -> String) -> Vec<ApprovalStepView> {
        let by = |user| {
            let decided = self.entries.iter().find(|entry| entry.by.subject == Subject::User(user));
            decided.map(|entry| entry.by.name.clone()).unwrap_or_default()
        };
        self.request
            .frozen
            .chain
            .steps
            .iter()
            .zip(&self.standing.steps)
            .map(|(step, standing)| ApprovalStepView {
                name: step.name.clone(),
                who: who_in_words(&step.who, named),
                state: standing.state,
                count: step.count,
                approved: standing.approved.iter().copied().map(by).collect(),
                deputies: step.deputies.as_ref().map(|deputies| who_in_words(&deputies.who, named)),
                deputies_from: standing.deputies_from.filter(|_| standing.state == StepState::Open),
            })
            .collect()
    }

    /// What was done and said.
    pub(super) fn thread(&self, named: &impl Fn(Named) -> String) -> Vec<ApprovalEntryView> {
        let step_name = |step: usize| self.request.frozen.chain.steps.get(step).map(|step| step.name.clone());
        self.entries
            .iter()
            .map(|entry| {
                let (act, step) = match &entry.act {
                    ApprovalAct::Looked => (ApprovalActKind::Looked, None),
                    ApprovalAct::Decided { step, verdict: model::ApprovalVerdict::Approved } => {
                        (ApprovalActKind::Approved, step_name(*step))
                    }
                    ApprovalAct::Decided { step, verdict: model::ApprovalVerdict::Returned } => {
                        (ApprovalActKind::Returned, step_name(*step))
                    }
                    ApprovalAct::Remarked => (ApprovalActKind::Remarked, None),
                    ApprovalAct::Withdrew => (ApprovalActKind::Withdrew, None),
                };
                ApprovalEntryView {
                    at: entry.at,
                    act,
                    by: entry.by.name.clone(),
                    organisation: named(Named::Organisation(entry.organisation)),
                    step,
                    text: entry.text.clone(),
                }
            })
            .collect()
    }
}

/// Who or what is to be named.
pub(super) enum Named {
    /// A person of the organisation whose filing it is.
    Person(model::UserId),
    /// An organisation.
    Organisation(OrganisationId),
}

fn who_in_words(who: &Who, named: &impl Fn(Named) -> String) -> String {
    match who {
        Who::Function { function } => format!("any {}", function.name()),
        Who::People { people } => {
            people.iter().map(|user| named(Named::Person(*user))).collect::<Vec<_>>().join(", ")
        }
        Who::Organisation { organisation } => {
            format!("an approver of {}", named(Named::Organisation(*organisation)))
        }
    }
}

/// The copies as people read them.
pub(super) fn copies(library: &Library, copies: &[FrozenCopy]) -> Vec<ApprovalCopy> {
    let copy = |copy: &FrozenCopy| ApprovalCopy {
        to: copy.to.clone(),
        role: copy.role.replace('_', " "),
        marking: copy.marking,
        groups: groups(library, copy),
        withheld: copy.withheld.clone(),
    };
    copies.iter().map(copy).collect()
}

/// The incident's title, as far as it is part of what is filed.
fn title(frozen: &FrozenRequest) -> Option<String> {
    let mut groups = frozen.copies.iter().flat_map(|copy| copy.groups.values());
    groups.find_map(|group| group.get(TITLE)).map(|answer| answer.text.clone())
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
