//! Whose turn it is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ApprovalChain, ApprovalStep, Decision, Opening, Outcome, StepStanding, StepState, Who, standing,
};
use crate::{Function, Instant, OrganisationId, UserId};

/// Somebody who wants to decide, with the functions of this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// With which functions there.
    pub functions: Vec<Function>,
}

/// Why somebody may not decide.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// The request is decided already.
    #[error("this request was decided already")]
    Over,
    /// No step names them.
    #[error("no step of this approval names you")]
    NotInChain,
    /// They asked for it or edited it last.
    #[error("nobody approves what they asked for or edited last: somebody else has to decide")]
    OwnWork,
    /// They approved it already.
    #[error("you have approved this already; a person counts once")]
    Already,
    /// Their step has not begun.
    #[error("the step {0:?} begins when the steps before it are complete")]
    NotYet(String),
    /// Their step is complete.
    #[error("the step {0:?} is complete already")]
    Done(String),
    /// They are deputies, and it is too early for them.
    #[error("deputies of the step {step:?} may act from {from}, when nobody else has decided by then")]
    TooEarly {
        /// The step.
        step: String,
        /// From when.
        from: Instant,
    },
}

impl Who {
    /// Whether `person` is meant, for a request of `owner`.
    #[must_use]
    pub fn means(&self, person: &Person, owner: OrganisationId) -> bool {
        let own = person.organisation == owner;
        match self {
            Self::Function { function } => own && person.functions.contains(function),
            Self::People { people } => own && decides(&person.functions) && people.contains(&person.user),
            Self::Organisation { organisation } => {
                person.organisation == *organisation && person.functions.contains(&Function::Approver)
            }
        }
    }
}

/// Whether somebody with these functions can stand in a chain by name: an auditor changes nothing.
fn decides(functions: &[Function]) -> bool {
    let deciding = [Function::Approver, Function::Administrator, Function::Reporter];
    functions.iter().any(|function| deciding.contains(function))
}

/// The step for which a decision of `person` at `now` counts: the first one that is open for them, before
/// one at which they are a deputy.
///
/// # Errors
/// The [`Hindrance`] that stands nearest to a turn of theirs.
pub fn turn(
    (chain, opening): (&ApprovalChain, &Opening),
    decisions: &[Decision],
    person: &Person,
    now: Instant,
) -> Result<usize, Hindrance> {
    let stands = standing(chain, opening, decisions);
    let owner = opening.organisation;
    let seats: Vec<Seat> = chain
        .steps
        .iter()
        .zip(&stands.steps)
        .enumerate()
        .filter_map(|(place, (step, standing))| Seat::of(person, owner, (place, step, standing)))
        .collect();
    if seats.is_empty() {
        return Err(Hindrance::NotInChain);
    }
    if stands.outcome != Outcome::Pending {
        return Err(Hindrance::Over);
    }
    if chain.distinct && (opening.requester == Some(person.user) || opening.editor == Some(person.user)) {
        return Err(Hindrance::OwnWork);
    }
    if stands.bars(chain, opening, person.user) {
        return Err(Hindrance::Already);
    }
    let free = || {
        seats.iter().filter(|seat| {
            seat.standing.state == StepState::Open && !seat.standing.approved.contains(&person.user)
        })
    };
    let principal = free().find(|seat| seat.principal);
    let deputy = || free().find(|seat| seat.standing.deputies_from.is_some_and(|from| from <= now));
    if let Some(seat) = principal.or_else(deputy) {
        return Ok(seat.place);
    }
    let early = free().find_map(|seat| {
        Some(Hindrance::TooEarly { step: seat.step.name.clone(), from: seat.standing.deputies_from? })
    });
    Err(early.unwrap_or_else(|| why_none_is_free(&seats, person.user)))
}

/// A step that names somebody.
struct Seat<'a> {
    place: usize,
    step: &'a ApprovalStep,
    standing: &'a StepStanding,
    /// Not as a deputy.
    principal: bool,
}

impl<'a> Seat<'a> {
    fn of(
        person: &Person,
        owner: OrganisationId,
        (place, step, standing): (usize, &'a ApprovalStep, &'a StepStanding),
    ) -> Option<Self> {
        let principal = step.who.means(person, owner);
        let deputy = step.deputies.as_ref().is_some_and(|deputies| deputies.who.means(person, owner));
        (principal || deputy).then_some(Self { place, step, standing, principal })
    }
}

/// None of the steps that name them is open for them: the first that has not begun says why, else the first.
fn why_none_is_free(seats: &[Seat], user: UserId) -> Hindrance {
    if seats.iter().any(|seat| seat.standing.approved.contains(&user)) {
        return Hindrance::Already;
    }
    let later = seats.iter().find(|seat| seat.standing.state == StepState::NotYet);
    match later.or_else(|| seats.first()) {
        Some(Seat { step, standing, .. }) if standing.state == StepState::NotYet => {
            Hindrance::NotYet(step.name.clone())
        }
        Some(Seat { step, .. }) => Hindrance::Done(step.name.clone()),
        None => Hindrance::NotInChain,
    }
}

/// Whether every step can get its approvals from those who may give them: `seats` holds, per step, how many
/// are wanted and who could. Where people are distinct, nobody sits on two seats.
#[must_use]
pub fn fulfillable(seats: &[(u32, Vec<UserId>)], distinct: bool) -> bool {
    let enough = |(count, people): &(u32, Vec<UserId>)| {
        let different: BTreeSet<_> = people.iter().collect();
        different.len() >= usize::try_from(*count).unwrap_or(usize::MAX)
    };
    if !distinct || !seats.iter().all(enough) {
        return seats.iter().all(enough);
    }
    // Each wanted approval takes a person; who is taken already makes room when they can sit elsewhere.
    let wanted: Vec<&Vec<UserId>> =
        seats.iter().flat_map(|(count, people)| (0..*count).map(move |_| people)).collect();
    let mut taken: BTreeMap<UserId, usize> = BTreeMap::new();
    (0..wanted.len()).all(|seat| seated(seat, &wanted, &mut taken, &mut BTreeSet::new()))
}

fn seated(
    seat: usize,
    wanted: &[&Vec<UserId>],
    taken: &mut BTreeMap<UserId, usize>,
    asked: &mut BTreeSet<UserId>,
) -> bool {
    let Some(people) = wanted.get(seat) else { return false };
    for person in *people {
        if !asked.insert(*person) {
            continue;
        }
        let sits = taken.get(person).copied();
        if sits.is_none_or(|other| seated(other, wanted, taken, asked)) {
            taken.insert(*person, seat);
            return true;
        }
    }
    false
}
