//! What changes for a running case when it goes over to a corrected version of its rules.

use std::collections::BTreeMap;

use model::{DutyKey, DutyState, Instant, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Case, DirectoryEntry, Duty, FieldView, Library, duties, duties::binding, form::asked};

/// A correction of the rules of one law that a running case may go over to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Migration {
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// The version the case is under (`2022-12-27+0`).
    pub from: String,
    /// The corrected version.
    pub to: String,
    /// Whether a deadline comes earlier, or one comes where none was.
    pub earlier: bool,
    /// What changes for this case as it stands; empty when nothing does yet.
    pub changes: Vec<CaseChange>,
}

/// One thing that changes for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum CaseChange {
    /// A stage is there that was not.
    StageAdded {
        /// Which.
        duty: DutyKey,
        /// Its name.
        title: String,
        /// How far it is.
        state: DutyState,
        /// When it is due.
        due: Option<Instant>,
    },
    /// A stage is no longer there.
    StageRemoved {
        /// Which.
        duty: DutyKey,
        /// Its name.
        title: String,
    },
    /// A stage stands otherwise: owed, not owed, open.
    StateChanged {
        /// Which.
        duty: DutyKey,
        /// Its name.
        title: String,
        /// Before.
        before: DutyState,
        /// After.
        after: DutyState,
    },
    /// A deadline moves.
    DueMoved {
        /// Which stage.
        duty: DutyKey,
        /// Its name.
        title: String,
        /// Before; absent when no clock ran.
        before: Option<Instant>,
        /// After; absent when none runs any more.
        after: Option<Instant>,
    },
    /// A question must be answered that need not have been.
    FieldRequired {
        /// At which stage.
        duty: DutyKey,
        /// The name of the stage.
        title: String,
        /// The field.
        field: String,
        /// The question.
        label: String,
    },
    /// A question is no longer asked.
    FieldNoLongerAsked {
        /// At which stage.
        duty: DutyKey,
        /// The name of the stage.
        title: String,
        /// The field.
        field: String,
        /// The question.
        label: String,
    },
    /// Others receive a stage.
    RecipientsChanged {
        /// Which.
        duty: DutyKey,
        /// Its name.
        title: String,
        /// Before.
        before: Vec<Role>,
        /// After.
        after: Vec<Role>,
    },
}

impl CaseChange {
    /// Whether it makes a deadline earlier, or sets one where none was.
    #[must_use]
    pub fn is_earlier(&self) -> bool {
        match self {
            Self::DueMoved { before, after, .. } => {
                after.is_some_and(|after| before.is_none_or(|before| after < before))
            }
            Self::StageAdded { state, due, .. } => {
                due.is_some() && matches!(state, DutyState::Due | DutyState::Late | DutyState::Undecided)
            }
            Self::StageRemoved { .. }
            | Self::StateChanged { .. }
            | Self::FieldRequired { .. }
            | Self::FieldNoLongerAsked { .. }
            | Self::RecipientsChanged { .. } => false,
        }
    }
}

/// Every correction that is here for the packs that speak for the case, when it changes something for the case or
/// the law may bind its entity. `library` is the case's own view, see [`Library::under`].
#[must_use]
pub fn migrations(
    library: &Library,
    case: &Case,
    directory: &[DirectoryEntry],
    now: Instant,
) -> Vec<Migration> {
    if !library.has_errata() {
        return vec![];
    }
    let mut offers: Vec<(&str, String)> = vec![];
    for pack in library.speaking(case, now) {
        for id in std::iter::once(pack.id()).chain(pack.law.changes.as_deref()) {
            if !offers.iter().any(|(known, _)| *known == id) {
                offers.extend(library.erratum_of(id).map(|to| (id, to)));
            }
        }
    }
    if offers.is_empty() {
        return vec![];
    }
    let binds = binding(library, case, now);
    let mut found: Vec<Migration> = vec![];
    for (pack, to) in offers {
        let Some(migration) = migration(library, (case, directory), (pack, &to), now) else { continue };
        if !migration.changes.is_empty() || binds.iter().any(|bound| bound.id() == pack) {
            found.push(migration);
        }
    }
    found
}

/// What changes for the case when `pack` goes over to version `to`; nothing when the library has no such version.
/// Profiles of the pack go with it.
#[must_use]
pub fn migration(
    library: &Library,
    (case, directory): (&Case, &[DirectoryEntry]),
    (pack, to): (&str, &str),
    now: Instant,
) -> Option<Migration> {
    let before = library.pack(pack)?;
    let corrected = library.with(pack, to)?;
    let old = Side { library, case, duties: duties(library, case, directory, now) };
    let new = Side { library: &corrected, case, duties: duties(&corrected, case, directory, now) };
    let changes = changes(&old, &new);
    Some(Migration {
        pack: pack.to_owned(),
        law: before.law.law.clone(),
        from: before.version(),
        to: to.to_owned(),
        earlier: changes.iter().any(CaseChange::is_earlier),
        changes,
    })
}

struct Side<'a> {
    library: &'a Library,
    case: &'a Case,
    duties: Vec<Duty>,
}

impl Side<'_> {
    fn duty(&self, key: &DutyKey) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.key == *key)
    }

    fn asked(&self, key: &DutyKey) -> BTreeMap<String, FieldView> {
        let views = asked(self.library, self.case, key, "en").into_iter();
        views.map(|view| (view.field.clone(), view)).collect()
    }
}

fn changes(old: &Side<'_>, new: &Side<'_>) -> Vec<CaseChange> {
    let mut changes = vec![];
    for before in &old.duties {
        let key = &before.key;
        match new.duty(key) {
            None if matters(before) => {
                changes.push(CaseChange::StageRemoved { duty: key.clone(), title: before.title.clone() })
            }
            None => {}
            Some(after) => {
                changes.extend(of_duty(before, after));
                if is_open(before) && is_open(after) {
                    changes.extend(of_form(key, &after.title, &old.asked(key), &new.asked(key)));
                }
            }
        }
    }
    let added = new.duties.iter().filter(|duty| old.duty(&duty.key).is_none() && matters(duty));
    changes.extend(added.map(|duty| CaseChange::StageAdded {
        duty: duty.key.clone(),
        title: duty.title.clone(),
        state: duty.state,
        due: duty.due.as_ref().map(|due| due.at),
    }));
    changes
}

fn of_duty(before: &Duty, after: &Duty) -> Vec<CaseChange> {
    let (duty, title) = (&after.key, &after.title);
    let mut changes = vec![];
    // A stage that is late under one and due under the other says so by its deadline.
    if before.state != after.state && !(is_owed(before.state) && is_owed(after.state)) {
        changes.push(CaseChange::StateChanged {
            duty: duty.clone(),
            title: title.clone(),
            before: before.state,
            after: after.state,
        });
    }
    if !is_open(before) && !is_open(after) {
        return changes;
    }
    let due = |duty: &Duty| duty.due.as_ref().filter(|_| is_open(duty)).map(|due| due.at);
    if due(before) != due(after) {
        changes.push(CaseChange::DueMoved {
            duty: duty.clone(),
            title: title.clone(),
            before: due(before),
            after: due(after),
        });
    }
    let roles = |duty: &Duty| duty.recipients.iter().map(|recipient| recipient.role).collect::<Vec<_>>();
    if roles(before) != roles(after) {
        changes.push(CaseChange::RecipientsChanged {
            duty: duty.clone(),
            title: title.clone(),
            before: roles(before),
            after: roles(after),
        });
    }
    changes
}

fn of_form(
    duty: &DutyKey,
    title: &str,
    before: &BTreeMap<String, FieldView>,
    after: &BTreeMap<String, FieldView>,
) -> Vec<CaseChange> {
    let requires =
        |views: &BTreeMap<String, FieldView>, field: &str| views.get(field).is_some_and(|view| view.required);
    let required = after.values().filter(|view| view.required && !requires(before, &view.field));
    let required = required.map(|view| CaseChange::FieldRequired {
        duty: duty.clone(),
        title: title.to_owned(),
        field: view.field.clone(),
        label: view.label.clone(),
    });
    let gone = before.values().filter(|view| !after.contains_key(&view.field));
    let gone = gone.map(|view| CaseChange::FieldNoLongerAsked {
        duty: duty.clone(),
        title: title.to_owned(),
        field: view.field.clone(),
        label: view.label.clone(),
    });
    required.chain(gone).collect()
}

/// Whether somebody may still have to do something.
const fn is_open(duty: &Duty) -> bool {
    is_owed(duty.state) || matches!(duty.state, DutyState::Undecided)
}

const fn is_owed(state: DutyState) -> bool {
    matches!(state, DutyState::Due | DutyState::Late | DutyState::Drafted | DutyState::InApproval)
}

/// Whether a stage is anything to the case.
const fn matters(duty: &Duty) -> bool {
    !matches!(duty.state, DutyState::NotApplicable | DutyState::Displaced)
}
