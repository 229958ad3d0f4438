//! What the decisions so far amount to.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ApprovalChain, ApprovalStep, ApprovalVerdict, Decision, Opening};
use crate::{Instant, UserId};

/// Seconds of an hour.
const HOUR: u64 = 3600;

/// Where a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// A step before it is not complete.
    NotYet,
    /// Somebody has to decide.
    Open,
    /// Complete.
    Done,
}

/// One step as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepStanding {
    /// Where it is.
    pub state: StepState,
    /// Who approved and counts, in the order of deciding.
    pub approved: Vec<UserId>,
    /// How many are still wanted.
    pub wanted: u32,
    /// When it began; absent while a step before it is not complete.
    pub since: Option<Instant>,
    /// From when deputies may act, when it has deputies and has begun.
    pub deputies_from: Option<Instant>,
}

/// What a request amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Somebody still has to decide.
    Pending,
    /// Every step is complete.
    Complete,
    /// Somebody sent it back.
    Returned,
}

/// A chain with the decisions so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What they amount to.
    pub outcome: Outcome,
    /// Every step of the chain, in its order.
    pub steps: Vec<StepStanding>,
}

/// What `decisions`, oldest first, amount to under `chain`. A decision that does not count is passed over:
/// for a step that has not begun or is complete, a second one of the same person, one of whoever must not
/// decide on their own work, or one after the end.
#[must_use]
pub fn standing(chain: &ApprovalChain, opening: &Opening, decisions: &[Decision]) -> Standing {
    let steps = chain.steps.iter().map(|step| StepStanding {
        state: StepState::NotYet,
        approved: vec![],
        wanted: step.count,
        since: None,
        deputies_from: None,
    });
    let mut standing = Standing { outcome: Outcome::Pending, steps: steps.collect() };
    standing.begin(chain, opening.at);
    for decision in decisions {
        standing.count(chain, opening, decision);
    }
    standing
}

impl Standing {
    /// Whether `user` may not decide on this again, or not on their own work.
    pub(super) fn bars(&self, chain: &ApprovalChain, opening: &Opening, user: UserId) -> bool {
        chain.distinct
            && (opening.requester == Some(user)
                || opening.editor == Some(user)
                || self.steps.iter().any(|step| step.approved.contains(&user)))
    }

    /// Begins the steps whose turn has come at `at`.
    fn begin(&mut self, chain: &ApprovalChain, at: Instant) {
        for (step, rule) in self.steps.iter_mut().zip(&chain.steps) {
            if step.state == StepState::NotYet {
                step.open(rule, at);
            }
            if chain.in_order && step.state != StepState::Done {
                break;
            }
        }
        if self.steps.iter().all(|step| step.state == StepState::Done) {
            self.outcome = Outcome::Complete;
        }
    }

    fn count(&mut self, chain: &ApprovalChain, opening: &Opening, decision: &Decision) {
        if self.outcome != Outcome::Pending || self.bars(chain, opening, decision.by) {
            return;
        }
        let Some(step) = self.steps.get_mut(decision.step) else { return };
        if step.state != StepState::Open || step.approved.contains(&decision.by) {
            return;
        }
        match decision.verdict {
            ApprovalVerdict::Returned => self.outcome = Outcome::Returned,
            ApprovalVerdict::Approved => {
                step.approved.push(decision.by);
                step.wanted = step.wanted.saturating_sub(1);
                if step.wanted == 0 {
                    step.state = StepState::Done;
                    self.begin(chain, decision.at);
                }
            }
        }
    }
}

impl StepStanding {
    fn open(&mut self, rule: &ApprovalStep, at: Instant) {
        // A step that wants nobody is complete as it begins; a chain that is checked has none.
        self.state = if self.wanted == 0 { StepState::Done } else { StepState::Open };
        self.since = Some(at);
        self.deputies_from = rule.deputies.as_ref().map(|deputies| {
            at.plus(Duration::from_secs(u64::from(deputies.after_hours.unwrap_or_default()) * HOUR))
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Function, OrganisationId,
        approval::{Deputies, Hindrance, Person, Who, fulfillable, turn},
    };

    fn at(hours: u64) -> Instant {
        "2026-03-06T15:30:00Z".parse::<Instant>().unwrap().plus(Duration::from_secs(hours * HOUR))
    }

    fn user(n: u8) -> UserId {
        UserId::new(at(0), [n; 10])
    }

    fn bank() -> OrganisationId {
        OrganisationId::new(at(0), [200; 10])
    }

    fn provider() -> OrganisationId {
        OrganisationId::new(at(0), [201; 10])
    }

    fn approver(n: u8) -> Person {
        Person { user: user(n), organisation: bank(), functions: vec![Function::Approver] }
    }

    fn people(numbers: &[u8]) -> Who {
        Who::People { people: numbers.iter().copied().map(user).collect() }
    }

    fn step(name: &str, who: Who, count: u32) -> ApprovalStep {
        ApprovalStep { name: name.to_owned(), who, count, deputies: None }
    }

    fn approvers(count: u32) -> ApprovalStep {
        step("Four eyes", Who::Function { function: Function::Approver }, count)
    }

    fn chain(steps: Vec<ApprovalStep>, in_order: bool) -> ApprovalChain {
        let covers = vec![crate::approval::DutyPattern::every()];
        ApprovalChain { covers, steps, in_order, distinct: true, ..ApprovalChain::default() }
    }

    /// Asked by person 1, edited last by person 2.
    fn opening() -> Opening {
        Opening { organisation: bank(), requester: Some(user(1)), editor: Some(user(2)), at: at(0) }
    }

    /// The decisions of those who try in turn, as far as it is their turn.
    fn decided(chain: &ApprovalChain, tries: &[(Person, u64)]) -> Vec<Decision> {
        let mut decisions = vec![];
        for (person, hours) in tries {
            if let Ok(step) = turn((chain, &opening()), &decisions, person, at(*hours)) {
                let verdict = ApprovalVerdict::Approved;
                decisions.push(Decision { step, by: person.user, at: at(*hours), verdict });
            }
        }
        decisions
    }

    fn states(chain: &ApprovalChain, decisions: &[Decision]) -> Vec<StepState> {
        standing(chain, &opening(), decisions).steps.iter().map(|step| step.state).collect()
    }

    #[test]
    fn four_eyes_are_two_people() {
        let chain = chain(vec![approvers(2)], false);
        let once = decided(&chain, &[(approver(3), 1), (approver(3), 2)]);
        assert_eq!(once.len(), 1);
        let refused = turn((&chain, &opening()), &once, &approver(3), at(2));
        assert_eq!(refused, Err(Hindrance::Already));
        let twice = decided(&chain, &[(approver(3), 1), (approver(4), 2)]);
        assert_eq!(standing(&chain, &opening(), &twice).outcome, Outcome::Complete);
        assert_eq!(turn((&chain, &opening()), &twice, &approver(5), at(3)), Err(Hindrance::Over));
    }

    #[test]
    fn nobody_approves_their_own_work_unless_the_chain_lets_them() {
        let mut chain = chain(vec![approvers(1)], false);
        for own in [1, 2] {
            assert_eq!(turn((&chain, &opening()), &[], &approver(own), at(1)), Err(Hindrance::OwnWork));
            // Also a decision that came in on another way does not count.
            let forged = Decision { step: 0, by: user(own), at: at(1), verdict: ApprovalVerdict::Approved };
            assert_eq!(standing(&chain, &opening(), &[forged]).outcome, Outcome::Pending);
        }
        chain.distinct = false;
        assert_eq!(turn((&chain, &opening()), &[], &approver(1), at(1)), Ok(0));
    }

    #[test]
    fn in_order_the_second_waits_for_the_first() {
        let steps = vec![step("Security", people(&[3]), 1), step("Board", people(&[4]), 1)];
        let ordered = chain(steps.clone(), true);
        assert_eq!(
            turn((&ordered, &opening()), &[], &approver(4), at(1)),
            Err(Hindrance::NotYet("Board".to_owned()))
        );
        let first = decided(&ordered, &[(approver(3), 1)]);
        assert_eq!(states(&ordered, &first), [StepState::Done, StepState::Open]);
        assert_eq!(standing(&ordered, &opening(), &first).steps[1].since, Some(at(1)));
        assert_eq!(turn((&ordered, &opening()), &first, &approver(4), at(2)), Ok(1));
        let at_once = chain(steps, false);
        assert_eq!(turn((&at_once, &opening()), &[], &approver(4), at(1)), Ok(1));
        let second = decided(&at_once, &[(approver(4), 1)]);
        assert_eq!(states(&at_once, &second), [StepState::Open, StepState::Done]);
    }

    #[test]
    fn a_person_in_two_steps_counts_once() {
        let steps = vec![step("Security", people(&[3]), 1), step("Board", people(&[3, 4]), 1)];
        let chain = chain(steps, false);
        let once = decided(&chain, &[(approver(3), 1), (approver(3), 2)]);
        assert_eq!(states(&chain, &once), [StepState::Done, StepState::Open]);
        let both = ApprovalChain { distinct: false, ..chain };
        let twice = decided(&both, &[(approver(3), 1), (approver(3), 2)]);
        assert_eq!(standing(&both, &opening(), &twice).outcome, Outcome::Complete);
    }

    #[test]
    fn deputies_wait_as_long_as_the_chain_says() {
        let deputies = Some(Deputies { who: people(&[5]), after_hours: Some(4) });
        let board = ApprovalStep { deputies, ..step("Board", people(&[4]), 1) };
        let chain = chain(vec![step("Security", people(&[3]), 1), board], true);
        let first = decided(&chain, &[(approver(3), 2)]);
        // Four hours from the instant at which the board's turn came.
        let early = turn((&chain, &opening()), &first, &approver(5), at(5));
        assert_eq!(early, Err(Hindrance::TooEarly { step: "Board".to_owned(), from: at(6) }));
        assert_eq!(turn((&chain, &opening()), &first, &approver(5), at(6)), Ok(1));
        assert_eq!(turn((&chain, &opening()), &first, &approver(4), at(3)), Ok(1));
    }

    #[test]
    fn another_organisation_is_meant_by_its_approvers_only() {
        let chain = chain(vec![step("Provider", Who::Organisation { organisation: provider() }, 1)], false);
        let theirs = |functions| Person { user: user(9), organisation: provider(), functions };
        assert_eq!(turn((&chain, &opening()), &[], &theirs(vec![Function::Approver]), at(1)), Ok(0));
        for stranger in [theirs(vec![Function::Reporter, Function::Administrator]), approver(3)] {
            assert_eq!(turn((&chain, &opening()), &[], &stranger, at(1)), Err(Hindrance::NotInChain));
        }
        // Named people count only with a function that decides.
        let named = ApprovalChain { steps: vec![step("Board", people(&[3]), 1)], ..chain };
        let idle = Person { functions: vec![Function::Auditor], ..approver(3) };
        assert_eq!(turn((&named, &opening()), &[], &idle, at(1)), Err(Hindrance::NotInChain));
    }

    #[test]
    fn one_return_ends_it() {
        let chain = chain(vec![approvers(2)], false);
        let mut decisions = decided(&chain, &[(approver(3), 1)]);
        decisions.push(Decision { step: 0, by: user(4), at: at(2), verdict: ApprovalVerdict::Returned });
        decisions.push(Decision { step: 0, by: user(5), at: at(3), verdict: ApprovalVerdict::Approved });
        assert_eq!(standing(&chain, &opening(), &decisions).outcome, Outcome::Returned);
    }

    #[test]
    fn a_chain_needs_enough_different_people() {
        let (a, b, c) = (user(1), user(2), user(3));
        assert!(fulfillable(&[(2, vec![a, b])], true));
        assert!(!fulfillable(&[(2, vec![a, a])], true));
        assert!(!fulfillable(&[(1, vec![])], false));
        // The first seat may take either, the second only one of them: room is made.
        assert!(fulfillable(&[(1, vec![a, b]), (1, vec![a])], true));
        assert!(!fulfillable(&[(1, vec![a, b]), (1, vec![a]), (1, vec![b])], true));
        assert!(fulfillable(&[(1, vec![a, b]), (1, vec![a]), (1, vec![b])], false));
        assert!(fulfillable(&[(2, vec![a, b, c]), (1, vec![a])], true));
    }

    prop_compose! {
        fn chains()(
            steps in prop::collection::vec((1_u32..=3, prop::collection::btree_set(1_u8..=8, 1..=5), any::<bool>()), 1..=4),
            in_order in any::<bool>(),
            distinct in any::<bool>(),
        ) -> ApprovalChain {
            let steps = steps.into_iter().map(|(count, named, function)| {
                let named: Vec<u8> = named.into_iter().collect();
                if function { approvers(count) } else { step("Named", people(&named), count) }
            });
            ApprovalChain { distinct, ..chain(steps.collect(), in_order) }
        }
    }

    proptest! {
        /// Whoever tries in whatever order: complete means that each step has its different people, none of
        /// them on their own work, none of them twice; and complete stays complete.
        #[test]
        fn complete_means_complete(chain in chains(), tries in prop::collection::vec(1_u8..=8, 0..40)) {
            let tries: Vec<_> = tries.into_iter().zip(1..).map(|(n, hours)| (approver(n), hours)).collect();
            let decisions = decided(&chain, &tries);
            let stands = standing(&chain, &opening(), &decisions);
            let mut everybody = vec![];
            for (step, rule) in stands.steps.iter().zip(&chain.steps) {
                let different: std::collections::BTreeSet<_> = step.approved.iter().collect();
                prop_assert_eq!(different.len(), step.approved.len());
                prop_assert_eq!(step.wanted + u32::try_from(step.approved.len()).unwrap(), rule.count);
                prop_assert_eq!(step.state == StepState::Done, step.wanted == 0);
                everybody.extend(step.approved.iter().copied());
            }
            let complete = stands.steps.iter().all(|step| step.wanted == 0);
            prop_assert_eq!(complete, stands.outcome == Outcome::Complete);
            // Each accepted decision counted, and once.
            prop_assert_eq!(everybody.len(), decisions.len());
            if chain.distinct {
                let different: std::collections::BTreeSet<_> = everybody.iter().collect();
                prop_assert_eq!(different.len(), everybody.len());
                prop_assert!(!everybody.contains(&user(1)) && !everybody.contains(&user(2)));
            }
            if chain.in_order {
                let begun = stands.steps.iter().take_while(|step| step.wanted == 0).count() + 1;
                prop_assert!(stands.steps.iter().skip(begun).all(|step| step.approved.is_empty()));
            }
        }

        /// Replaying decisions, twice or mixed with foreign ones, never completes more than they do.
        #[test]
        fn a_replay_adds_nothing(chain in chains(), tries in prop::collection::vec(1_u8..=8, 0..20)) {
            let tries: Vec<_> = tries.into_iter().zip(1..).map(|(n, hours)| (approver(n), hours)).collect();
            let decisions = decided(&chain, &tries);
            let twice: Vec<_> = decisions.iter().chain(&decisions).cloned().collect();
            if chain.distinct {
                prop_assert_eq!(standing(&chain, &opening(), &twice), standing(&chain, &opening(), &decisions));
            }
            let beyond = Decision { step: 99, by: user(7), at: at(99), verdict: ApprovalVerdict::Returned };
            let mixed: Vec<_> = std::iter::once(beyond).chain(decisions.clone()).collect();
            prop_assert_eq!(standing(&chain, &opening(), &mixed), standing(&chain, &opening(), &decisions));
        }
    }
}
