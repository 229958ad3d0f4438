//! How many questions are asked once, beside the sum of the separate forms of the laws.

use std::collections::BTreeMap;

use model::{DutyKey, DutyState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Case, Duty, FieldView, Library, form::asked};

/// How much is asked once instead of once per law.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Questions {
    /// Questions to the person who reports, each once; what the profile of the organisation says already is
    /// not asked.
    pub asked_once: usize,
    /// What the forms of the laws ask, each law for itself, whatever the other laws know.
    pub separate_forms: usize,
    /// The questions of each law by its short name, each once over its stages.
    pub per_law: BTreeMap<String, usize>,
}

/// Counts the questions that are shown for this case at these stages. A table counts as many questions as
/// the law's own form numbers in it.
#[must_use]
pub fn questions(library: &Library, keys: &[DutyKey], case: &Case) -> Questions {
    let mut once: BTreeMap<String, usize> = BTreeMap::new();
    let mut laws: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for key in keys {
        let Some(pack) = library.pack(&key.pack) else { continue };
        let own = laws.entry(pack.law.law.clone()).or_default();
        for view in asked(library, case, key, "en") {
            let inputs = inputs(&view);
            if !view.read_only {
                let known = once.entry(view.field.clone()).or_default();
                *known = inputs.max(*known);
            }
            let known = own.entry(view.field).or_default();
            *known = inputs.max(*known);
        }
    }
    let per_law: BTreeMap<String, usize> =
        laws.into_iter().map(|(law, fields)| (law, fields.values().sum())).collect();
    Questions { asked_once: once.values().sum(), separate_forms: per_law.values().sum(), per_law }
}

/// The stages among `duties` that are owed, were filed, or may still turn out to be owed.
#[must_use]
pub fn owed(duties: &[Duty]) -> Vec<DutyKey> {
    let is_owed = |duty: &&Duty| match duty.state {
        DutyState::NotApplicable | DutyState::Displaced | DutyState::Withdrawn | DutyState::Waived => false,
        DutyState::Undecided
        | DutyState::Due
        | DutyState::Drafted
        | DutyState::InApproval
        | DutyState::Filed
        | DutyState::Acknowledged
        | DutyState::Late => !duty.voluntary,
    };
    duties.iter().filter(is_owed).map(|duty| duty.key.clone()).collect()
}

fn inputs(view: &FieldView) -> usize {
    let columns = view.columns.iter().filter(|column| column.number.is_some()).count();
    (usize::from(view.number.is_some()) + columns).max(1)
}
