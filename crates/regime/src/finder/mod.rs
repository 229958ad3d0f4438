//! The duty finder: what is decided so far, and the question that decides most.
//!
//! A duty is open while the facts leave both outcomes possible. Of the facts that open duties wait for, the
//! next question is the one whose answers leave the fewest duties open on average, each answer being as
//! likely as any other: choices and yes-or-no by value, numbers by the ranges between the thresholds that
//! the laws compare them with. When no single answer decides anything, the fewest answers that decide
//! something together are looked for. A question that cannot change anything is never asked. Once nothing
//! more can be decided, the instants are asked from which the clocks of owed duties count.

mod answers;
mod assumed;
mod board;
mod what_if;
mod when;

use std::collections::BTreeSet;

use model::{DutyState, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::board::{Board, can_be_asked};
pub use self::{
    assumed::assumptions,
    what_if::{Difference, DutyChange, differences},
    when::clock_in_words,
};
use crate::{Case, Duty, FieldKind, FieldView, Library, form::question_view, vocabulary::Field};

/// The question that comes next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// The question as a page asks it.
    pub field: FieldView,
    /// What its answer is for.
    pub purpose: Purpose,
    /// The short names of the laws that wait for it.
    pub laws: Vec<String>,
    /// How many questions may come at most, this one included.
    pub at_most: usize,
}

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// It helps to decide whether a duty applies.
    Decide,
    /// It starts the clock of a duty that applies.
    Date,
}

/// The question that decides most about what is open, or else starts most clocks; none when no answer would
/// change anything. `duties` are those of the case at `now`; `unknown` names the questions whose answer is
/// not known: they are not asked again.
#[must_use]
pub fn next_question(
    library: &Library,
    case: &Case,
    (duties, unknown): (&[Duty], &BTreeSet<String>),
    now: Instant,
) -> Option<Question> {
    let board = Board::new(library, case, unknown, now);
    let clocks = clocks(library, case, (duties, unknown));
    let at_most = board.fields().len() + clocks.len();
    if let Some(field) = board.next() {
        let laws = board.laws(&field.id);
        return Some(Question {
            field: question_view(library, field),
            purpose: Purpose::Decide,
            laws,
            at_most,
        });
    }
    let (field, laws) = clocks.iter().rev().max_by_key(|(_, laws)| laws.len())?;
    let mut names: Vec<String> = vec![];
    for law in laws {
        if !names.contains(law) {
            names.push(law.clone());
        }
    }
    let field = question_view(library, field);
    Some(Question { field, purpose: Purpose::Date, laws: names, at_most: clocks.len() })
}

/// How many duties are open: neither owed nor excluded, and neither voluntary nor on request.
#[must_use]
pub fn open_duties(duties: &[Duty]) -> usize {
    duties.iter().filter(|duty| is_open(duty)).count()
}

/// The fields that open duties wait for, those that decide most first.
#[must_use]
pub fn order(library: &Library, case: &Case, now: Instant) -> Vec<String> {
    let board = Board::new(library, case, &BTreeSet::new(), now);
    board.weighed().into_iter().map(|weighed| weighed.field.id.clone()).collect()
}

/// The facts that a duty waits for and that can still be asked.
#[must_use]
pub fn wanted(library: &Library, case: &Case, duty: &Duty, unknown: &BTreeSet<String>) -> Vec<String> {
    let fields = duty.missing.iter().filter_map(|missing| library.vocabularies().field(&missing.field));
    fields.filter(|field| can_be_asked(field, case, unknown)).map(|field| field.id.clone()).collect()
}

fn is_open(duty: &Duty) -> bool {
    duty.state == DutyState::Undecided && !duty.voluntary && !duty.on_request
}

/// The instants from which clocks of owed duties count and that can be asked, in the order of the vocabulary,
/// each with the law of every duty that waits for it.
fn clocks<'a>(
    library: &'a Library,
    case: &Case,
    (duties, unknown): (&[Duty], &BTreeSet<String>),
) -> Vec<(&'a Field, Vec<String>)> {
    let owed = |duty: &&Duty| {
        let due = duty.due.as_ref();
        matches!(duty.state, DutyState::Due | DutyState::Late)
            && !duty.voluntary
            && due.is_none_or(|due| due.provisional)
    };
    let fields = library.vocabularies().fields();
    fields
        .filter(|field| field.kind == FieldKind::Instant && can_be_asked(field, case, unknown))
        .filter_map(|field| {
            let waits = |duty: &&Duty| duty.missing.iter().any(|missing| missing.field == field.id);
            let laws: Vec<String> =
                duties.iter().filter(owed).filter(waits).map(|duty| duty.law.clone()).collect();
            (!laws.is_empty()).then_some((field, laws))
        })
        .collect()
}
