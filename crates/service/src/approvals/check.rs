//! What is wrong with a chain: each problem with its place and its remedy.

use model::{
    ApprovalChain, Function, OrganisationId, UserId,
    approval::{ApprovalStep, DutyPattern, Who, fulfillable},
};
use regime::{Library, Problem};

use super::cast::Cast;

/// The most steps of a chain.
const MOST_STEPS: usize = 12;
/// The most different people of a step.
const MOST_PEOPLE: u32 = 10;
/// The most patterns, and the most named people of a step.
const MOST_NAMED: usize = 50;
/// The longest name of a step, in characters.
const LONGEST_NAME: usize = 80;
/// The longest wait for deputies: a month.
const LONGEST_WAIT_HOURS: u32 = 31 * 24;

/// The problems of `chain` for the organisation `owner`, whose people and neighbours are `cast` and `known`.
pub(super) fn check(
    library: &Library,
    chain: &ApprovalChain,
    (owner, cast, known): (OrganisationId, &Cast, &[OrganisationId]),
) -> Vec<Problem> {
    let mut problems = patterns(library, chain);
    if !chain.covers.is_empty() && chain.steps.is_empty() {
        problems.push(problem(
            "/chain/steps",
            "required",
            "a chain that covers filings has at least one step",
        ));
    }
    if chain.steps.len() > MOST_STEPS {
        let message = format!("a chain has at most {MOST_STEPS} steps");
        problems.push(problem("/chain/steps", "length", message));
        return problems;
    }
    for (place, step) in chain.steps.iter().enumerate() {
        problems.extend(step_problems(step, &format!("/chain/steps/{place}"), (owner, cast, known)));
    }
    if problems.is_empty() {
        problems.extend(unfulfillable(chain, cast));
    }
    problems
}

fn patterns(library: &Library, chain: &ApprovalChain) -> Vec<Problem> {
    let mut problems = vec![];
    for (field, patterns) in [("covers", &chain.covers), ("exempts", &chain.exempts)] {
        if patterns.len() > MOST_NAMED {
            let message = format!("at most {MOST_NAMED} patterns of duties are taken here");
            problems.push(problem(format!("/chain/{field}"), "length", message));
        }
        for (place, pattern) in patterns.iter().enumerate() {
            if !names_a_stage(library, pattern) {
                let message = format!("{pattern} names no stage of a law that this node knows");
                problems.push(problem(format!("/chain/{field}/{place}"), "known_stage", message));
            }
        }
    }
    problems
}

fn names_a_stage(library: &Library, pattern: &DutyPattern) -> bool {
    library.packs().iter().any(|pack| {
        pack.stages().any(|(track, stage)| {
            pattern.names(&model::DutyKey {
                pack: pack.id().to_owned(),
                track: track.id.clone(),
                stage: stage.id.clone(),
            })
        })
    })
}

fn step_problems(
    step: &ApprovalStep,
    place: &str,
    (owner, cast, known): (OrganisationId, &Cast, &[OrganisationId]),
) -> Vec<Problem> {
    let mut problems = vec![];
    let name = step.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || regime::hidden_character(name).is_some() {
        let message = format!("a step has a name of 1 to {LONGEST_NAME} visible characters");
        problems.push(problem(format!("{place}/name"), "length", message));
    }
    if !(1..=MOST_PEOPLE).contains(&step.count) {
        let message = format!("a step wants 1 to {MOST_PEOPLE} different people");
        problems.push(problem(format!("{place}/count"), "range", message));
    }
    problems.extend(who_problems(&step.who, &format!("{place}/who"), (owner, cast, known)));
    if let Some(deputies) = &step.deputies {
        let at = format!("{place}/deputies");
        if let Who::Organisation { .. } = deputies.who {
            let message = "deputies are people or a function of your own organisation";
            problems.push(problem(format!("{at}/who"), "own_people", message));
        } else {
            problems.extend(who_problems(&deputies.who, &format!("{at}/who"), (owner, cast, known)));
        }
        if deputies.after_hours.is_some_and(|hours| hours > LONGEST_WAIT_HOURS) {
            let message = format!("deputies wait at most {LONGEST_WAIT_HOURS} hours");
            problems.push(problem(format!("{at}/after_hours"), "range", message));
        }
    }
    problems
}

fn who_problems(
    who: &Who,
    place: &str,
    (owner, cast, known): (OrganisationId, &Cast, &[OrganisationId]),
) -> Vec<Problem> {
    match who {
        Who::Function { function: Function::Approver | Function::Administrator | Function::Reporter } => {
            vec![]
        }
        Who::Function { function: Function::Officer | Function::Auditor | Function::Operator } => {
            vec![problem(
                format!("{place}/function"),
                "deciding_function",
                "a step is given to approvers, administrators or reporters",
            )]
        }
        Who::People { people } if people.is_empty() || people.len() > MOST_NAMED => {
            let message = format!("name 1 to {MOST_NAMED} people");
            vec![problem(format!("{place}/people"), "length", message)]
        }
        Who::People { people } => {
            let unknown = |user: &UserId| {
                let found = cast.own().iter().find(|known| known.id == *user);
                match found {
                    None => {
                        Some("this person has no account in your organisation that can be used".to_owned())
                    }
                    Some(known) if cast.meant(who).all(|meant| meant.id != *user) => Some(format!(
                        "{} cannot approve: give them the function approver first",
                        known.profile.name
                    )),
                    Some(_) => None,
                }
            };
            let at = |(index, user): (usize, &UserId)| {
                Some(problem(format!("{place}/people/{index}"), "known_person", unknown(user)?))
            };
            people.iter().enumerate().filter_map(at).collect()
        }
        Who::Organisation { organisation } => {
            let wrong = if *organisation == owner {
                Some(
                    "an organisation approves its own filings by its own people, not as another organisation",
                )
            } else if !known.contains(organisation) {
                Some("there is no such organisation on this node")
            } else if cast.meant(who).next().is_none() {
                Some("nobody of that organisation has the function approver: ask it to name one first")
            } else {
                None
            };
            let found =
                wrong.map(|wrong| problem(format!("{place}/organisation"), "other_organisation", wrong));
            found.into_iter().collect()
        }
    }
}

/// Whether there are enough different people, whoever of the reporters asks.
fn unfulfillable(chain: &ApprovalChain, cast: &Cast) -> Vec<Problem> {
    let seats = cast.seats(chain, &[]);
    for (place, (step, (count, people))) in chain.steps.iter().zip(&seats).enumerate() {
        if u32::try_from(people.len()).unwrap_or(u32::MAX) < *count {
            let message = format!(
                "nobody can complete the step {:?}: it wants {count} people and there are {}",
                step.name,
                people.len()
            );
            return vec![problem(format!("/chain/steps/{place}"), "fulfillable", message)];
        }
    }
    if !fulfillable(&seats, chain.distinct) {
        let message = "the steps want more different people than there are: a person counts at one step only";
        return vec![problem("/chain/steps", "fulfillable", message)];
    }
    let askers: Vec<UserId> = cast.askers().collect();
    let can_ask = |asker: &UserId| fulfillable(&cast.seats(chain, &[*asker]), true);
    if chain.distinct && !askers.is_empty() && !askers.iter().any(can_ask) {
        let message = "whoever asks could only be approved by themselves: add an approver who does not report, or \
                       let people approve what they asked for";
        return vec![problem("/chain/steps", "requester_only_approver", message)];
    }
    vec![]
}

fn problem(pointer: impl Into<String>, rule: &str, message: impl Into<String>) -> Problem {
    let pointer = pointer.into();
    Problem {
        field: pointer.trim_start_matches('/').replace('/', "."),
        pointer,
        rule: rule.to_owned(),
        message: message.into(),
    }
}
