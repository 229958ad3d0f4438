//! Is what a pattern describes among these observations?

pub(super) mod flow;
pub(super) mod plan;
pub(super) mod rule;
pub(super) mod solve;
pub(super) mod work;

use plan::{Plan, Planner};
use rule::Rule;
pub use rule::Unmatchable;
use solve::Problem;
use work::Work;
pub use work::WorkExceeded;

use super::{
    ast::Pattern,
    observation::{Observations, Seen},
};

/// A pattern, made ready to be matched.
#[derive(Debug)]
pub struct Matcher {
    pub(super) plan: Plan,
    pub(super) rules: Vec<Rule>,
    is_required: Vec<bool>,
}

/// What a pattern was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The places of the observations that are bound together, ascending. There may be other such.
    pub observations: Vec<usize>,
}

impl Match {
    /// Their identifiers.
    #[must_use]
    pub fn ids<'a>(&self, observations: &Observations<'a>) -> Vec<&'a str> {
        self.observations.iter().filter_map(|place| observations.id(*place)).collect()
    }
}

impl Matcher {
    /// Enough for a pattern of a person, over some thousands of observations; a fraction of a second.
    pub const WORK: u64 = 10_000_000;

    /// Makes a pattern ready.
    ///
    /// # Errors
    /// What of it can be read and not be matched.
    pub fn new(pattern: &Pattern) -> Result<Self, Unmatchable> {
        let mut planner = Planner::default();
        let plan = planner.plan(&pattern.expression, true)?;
        Ok(Self { plan, rules: planner.rules, is_required: planner.is_required })
    }

    /// One match, if there is any, found in no more than `work` steps.
    ///
    /// # Errors
    /// When there is no answer after so many steps.
    pub fn matches(&self, observations: &Observations<'_>, work: u64) -> Result<Option<Match>, WorkExceeded> {
        let mut work = Work::new(work);
        let found = match &self.plan {
            Plan::Leaf(_) => self.first(observations, &mut work),
            Plan::All(_)
            | Plan::Any(_)
            | Plan::Sequence(_)
            | Plan::Repeat(..)
            | Plan::Within(..)
            | Plan::During(..) => self.together(observations, &mut work),
        };
        work.answer(found.map(|observations| Match { observations }))
    }

    /// Whether a rule without which there is no match fits nothing.
    pub(super) fn lacks(&self, fitting: &[Vec<u32>]) -> bool {
        self.is_required.iter().zip(fitting).any(|(is_required, fitting)| *is_required && fitting.is_empty())
    }

    /// Of a pattern of one observation: the first that fits.
    fn first(&self, observations: &Observations<'_>, work: &mut Work) -> Option<Vec<usize>> {
        let rule = self.rules.first()?;
        let found = observations.all().iter().position(|observed| rule.holds(observations, observed, work));
        found.map(|place| vec![place])
    }

    fn together(&self, observations: &Observations<'_>, work: &mut Work) -> Option<Vec<usize>> {
        let mut fitting = Vec::with_capacity(self.rules.len());
        for (rule, is_required) in self.rules.iter().zip(&self.is_required) {
            let found = fitting_of(rule, observations, work);
            if found.is_empty() && *is_required {
                return None;
            }
            fitting.push(found);
        }
        let seen: Vec<Seen> = observations.all().iter().map(|observed| observed.seen).collect();
        Problem::new(&self.plan, &seen, fitting).solve(work)
    }
}

fn fitting_of(rule: &Rule, observations: &Observations<'_>, work: &mut Work) -> Vec<u32> {
    let places = observations.all().iter().zip(0..);
    places.filter(|(observed, _)| rule.holds(observations, observed, work)).map(|(_, place)| place).collect()
}
