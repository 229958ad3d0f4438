//! What another answer would change.

use std::collections::BTreeMap;

use model::{DutyKey, DutyState, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Duty;

/// How a duty differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// It is owed, and was not or was open.
    New,
    /// It is not owed, and was or was open.
    Gone,
    /// It is open, and was decided.
    Open,
    /// It is owed at another instant.
    Moved,
    /// It goes to others.
    Readdressed,
}

/// One duty that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DutyChange {
    /// Which stage of which track of which pack.
    pub key: DutyKey,
    /// The short name of the law.
    pub law: String,
    /// The name of the stage.
    pub title: String,
    /// How it differs.
    pub difference: Difference,
    /// Whether it was open.
    pub was_open: bool,
    /// When it was due.
    pub due_before: Option<Instant>,
    /// When it is due.
    pub due_after: Option<Instant>,
    /// The instant in the entity's zone, in words.
    pub due_in_words: Option<String>,
}

/// What is different in `after`, in its order; a duty of a law that no longer speaks is gone. Neither
/// voluntary duties nor those on request are compared.
#[must_use]
pub fn differences(before: &[Duty], after: &[Duty]) -> Vec<DutyChange> {
    let counts = |duty: &&Duty| !duty.voluntary && !duty.on_request;
    let earlier: BTreeMap<&DutyKey, &Duty> =
        before.iter().filter(counts).map(|duty| (&duty.key, duty)).collect();
    let later: BTreeMap<&DutyKey, &Duty> =
        after.iter().filter(counts).map(|duty| (&duty.key, duty)).collect();
    let changed =
        after.iter().filter(counts).filter_map(|duty| change(earlier.get(&duty.key).copied(), Some(duty)));
    let ended = before.iter().filter(counts).filter(|duty| !later.contains_key(&duty.key));
    changed.chain(ended.filter_map(|duty| change(Some(duty), None))).collect()
}

fn change(before: Option<&Duty>, after: Option<&Duty>) -> Option<DutyChange> {
    let shown = after.or(before)?;
    let (was, is) = (standing(before), standing(after));
    let due = |duty: Option<&Duty>| duty.and_then(|duty| duty.due.as_ref()).map(|due| due.at);
    let difference = match (was, is) {
        (Standing::Owed, Standing::Owed) if due(before) != due(after) => Difference::Moved,
        (Standing::Owed, Standing::Owed) if receivers(before) != receivers(after) => Difference::Readdressed,
        (was, is) if was == is => return None,
        (_, Standing::Owed) => Difference::New,
        (_, Standing::Not) => Difference::Gone,
        (_, Standing::Open) => Difference::Open,
    };
    Some(DutyChange {
        key: shown.key.clone(),
        law: shown.law.clone(),
        title: shown.title.clone(),
        difference,
        was_open: was == Standing::Open,
        due_before: due(before),
        due_after: due(after),
        due_in_words: after.and_then(|duty| duty.due.as_ref()).map(|due| due.entity_time.clone()),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Owed,
    Open,
    Not,
}

fn standing(duty: Option<&Duty>) -> Standing {
    match duty.map(|duty| duty.state) {
        None
        | Some(DutyState::NotApplicable | DutyState::Displaced | DutyState::Withdrawn | DutyState::Waived) => {
            Standing::Not
        }
        Some(DutyState::Undecided) => Standing::Open,
        Some(
            DutyState::Due
            | DutyState::Drafted
            | DutyState::InApproval
            | DutyState::Filed
            | DutyState::Acknowledged
            | DutyState::Late,
        ) => Standing::Owed,
    }
}

fn receivers(duty: Option<&Duty>) -> Vec<(model::Role, Vec<model::OrganisationId>)> {
    let recipients = duty.map(|duty| duty.recipients.as_slice()).unwrap_or_default();
    let names = |recipient: &crate::Recipient| {
        (recipient.role, recipient.organisations.iter().map(|organisation| organisation.id).collect())
    };
    recipients.iter().map(names).collect()
}
