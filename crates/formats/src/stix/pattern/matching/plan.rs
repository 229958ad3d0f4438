//! The observation expressions of a pattern, made ready to be solved.

use super::rule::{Rule, Unmatchable};
use crate::stix::pattern::{
    Instant,
    ast::{Demand, Expression, Joint, Qualified},
    observation::Seen,
};

/// More qualifiers on one expression say nothing that fewer do not.
const MOST_QUALIFIERS: usize = 8;

/// What observations must be bound, and how they must stand to each other.
#[derive(Debug)]
pub(in crate::stix::pattern) enum Plan {
    /// One observation that fits the rule of this number.
    Leaf(usize),
    /// All, on different observations.
    All(Vec<Plan>),
    /// One of them.
    Any(Vec<Plan>),
    /// All, on different observations, each in time before those behind it.
    Sequence(Vec<Plan>),
    /// So many times, on different observations.
    Repeat(Box<Plan>, u64),
    /// All that is bound in so many nanoseconds.
    Within(Box<Plan>, i128),
    /// All that is bound from the one instant on, before the other.
    During(Box<Plan>, Instant, Instant),
}

/// A plan with its rules.
#[derive(Debug, Default)]
pub(in crate::stix::pattern) struct Planner {
    pub rules: Vec<Rule>,
    /// Whether there is no match without this rule.
    pub is_required: Vec<bool>,
}

impl Planner {
    pub fn plan(&mut self, expression: &Expression, is_required: bool) -> Result<Plan, Unmatchable> {
        match expression {
            Expression::Observation(_) => self.leaf(expression, is_required),
            Expression::Joined(Joint::Or, operands) if operands.iter().all(is_single) => {
                self.leaf(expression, is_required)
            }
            Expression::Joined(joint, operands) => {
                let is_required = is_required && *joint != Joint::Or;
                let plans = operands.iter().map(|operand| self.plan(operand, is_required));
                let plans = plans.collect::<Result<_, _>>()?;
                Ok(match joint {
                    Joint::FollowedBy => Plan::Sequence(plans),
                    Joint::Or => Plan::Any(plans),
                    Joint::And => Plan::All(plans),
                })
            }
            Expression::Qualified(qualified) => self.qualified(qualified, is_required),
        }
    }

    fn leaf(&mut self, expression: &Expression, is_required: bool) -> Result<Plan, Unmatchable> {
        self.rules.push(rule(expression)?);
        self.is_required.push(is_required);
        Ok(Plan::Leaf(self.rules.len() - 1))
    }

    fn qualified(&mut self, qualified: &Qualified, is_required: bool) -> Result<Plan, Unmatchable> {
        if qualified.qualifiers.len() > MOST_QUALIFIERS {
            return Err(Unmatchable::TooManyQualifiers);
        }
        let mut plan = self.plan(&qualified.expression, is_required)?;
        for qualifier in &qualified.qualifiers {
            plan = match &qualifier.demand {
                Demand::Within(seconds) if *seconds <= 0.0 => return Err(Unmatchable::Zero),
                Demand::Repeats(0) => return Err(Unmatchable::Zero),
                // One observation always lies within any time: one instant of it is enough.
                Demand::Within(_) if plan.is_one() => plan,
                Demand::Within(seconds) => Plan::Within(Box::new(plan), (seconds * 1e9).round() as i128),
                Demand::Repeats(1) => plan,
                Demand::Repeats(times) => Plan::Repeat(Box::new(plan), *times),
                Demand::During(start, stop) => Plan::During(Box::new(plan), start.instant(), stop.instant()),
            };
        }
        Ok(plan)
    }
}

impl Plan {
    /// Whether it binds one observation.
    pub fn is_one(&self) -> bool {
        match self {
            Self::Leaf(_) => true,
            Self::During(inner, ..) => inner.is_one(),
            Self::All(_) | Self::Any(_) | Self::Sequence(_) | Self::Repeat(..) | Self::Within(..) => false,
        }
    }

    /// Whether an observation that fits the rule of a plan of one may be bound at its time.
    pub fn admits(&self, seen: &Seen) -> bool {
        match self {
            Self::During(inner, start, stop) => {
                start < stop && seen.last >= *start && seen.first < *stop && inner.admits(seen)
            }
            Self::Leaf(_) => true,
            Self::All(_) | Self::Any(_) | Self::Sequence(_) | Self::Repeat(..) | Self::Within(..) => false,
        }
    }

    /// How many observations it binds at least.
    pub fn size(&self) -> u64 {
        match self {
            Self::Leaf(_) => 1,
            Self::All(plans) | Self::Sequence(plans) => {
                plans.iter().map(Self::size).fold(0, u64::saturating_add)
            }
            Self::Any(plans) => plans.iter().map(Self::size).min().unwrap_or(0),
            Self::Repeat(inner, times) => inner.size().saturating_mul(*times),
            Self::Within(inner, _) | Self::During(inner, ..) => inner.size(),
        }
    }

    /// Calls `visit` with the number of each rule.
    pub fn each_leaf(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::Leaf(leaf) => visit(*leaf),
            Self::All(plans) | Self::Any(plans) | Self::Sequence(plans) => {
                for plan in plans {
                    plan.each_leaf(visit);
                }
            }
            Self::Repeat(inner, _) | Self::Within(inner, _) | Self::During(inner, ..) => {
                inner.each_leaf(visit)
            }
        }
    }
}

/// Whether it binds one observation and asks nothing of its time: alternatives are one rule then.
fn is_single(expression: &Expression) -> bool {
    match expression {
        Expression::Observation(_) => true,
        Expression::Joined(Joint::Or, operands) => operands.iter().all(is_single),
        Expression::Joined(Joint::And | Joint::FollowedBy, _) | Expression::Qualified(_) => false,
    }
}

fn rule(expression: &Expression) -> Result<Rule, Unmatchable> {
    let mut rules = Vec::new();
    let mut fault = None;
    expression.each_bracket(&mut |bracket| match Rule::new(&bracket.comparison) {
        Ok(rule) => rules.push(rule),
        Err(unmatchable) => fault = Some(unmatchable),
    });
    match (fault, rules.len()) {
        (Some(fault), _) => Err(fault),
        (None, 1) => Ok(rules.remove(0)),
        (None, _) => Ok(Rule::Any(rules)),
    }
}
