//! A condition with the known facts filled in: what is left open are atoms over unknown facts.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::interval::Interval;
use crate::Verdict;

/// An unknown fact, or one chosen value of an unknown set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// A number.
    Number(String),
    /// One of several values.
    Choice(String),
    /// Yes or no.
    Flag(String),
    /// Whether a value is among those chosen.
    Member(String, String),
}

/// The order of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Greater.
    More,
    /// Greater or equal.
    From,
    /// Less.
    Less,
    /// Less or equal.
    UpTo,
}

impl Order {
    /// Whether a greater number favours it.
    pub const fn rises(self) -> bool {
        matches!(self, Self::More | Self::From)
    }

    /// Whether the bound itself stands with the lesser numbers.
    pub const fn excludes(self) -> bool {
        matches!(self, Self::More | Self::UpTo)
    }
}

/// One comparison that facts decide.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// A flag or a member is set.
    Set(Variable),
    /// The choice is one of these.
    OneOf(Variable, BTreeSet<String>),
    /// A number against a constant.
    Against(Variable, Order, Decimal),
    /// A number against a share of another.
    Share(Variable, Order, Decimal, Variable),
}

/// A condition over atoms.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A condition that known facts decide.
    Decided(bool),
    /// A comparison.
    Atom(Atom),
    /// Every part holds.
    All(Vec<Self>),
    /// At least one part holds.
    Any(Vec<Self>),
    /// The part does not hold.
    Not(Box<Self>),
    /// At least so many parts hold.
    AtLeast(usize, Vec<Self>),
}

/// What is known of the variables.
#[derive(Clone, Debug, Default)]
pub struct Domains {
    /// Numbers: where they lie, and whether they are whole.
    pub numbers: BTreeMap<Variable, (Interval, bool)>,
    /// Choices: the value, once it is chosen.
    pub chosen: BTreeMap<Variable, String>,
    /// Choices: the values there are; absent for an open list.
    pub choices: BTreeMap<Variable, BTreeSet<String>>,
    /// Flags and members, once they are known.
    pub set: BTreeMap<Variable, bool>,
}

impl Domains {
    /// Takes over what is known elsewhere of the same case.
    pub fn extend(&mut self, other: &Self) {
        self.numbers.extend(other.numbers.iter().map(|(variable, known)| (variable.clone(), *known)));
        self.chosen.extend(other.chosen.clone());
        self.choices.extend(other.choices.clone());
        self.set.extend(other.set.clone());
    }

    /// Only what is known of these variables.
    pub fn only(&self, variables: &BTreeSet<&Variable>) -> Self {
        let mut few = Self::default();
        for variable in variables.iter().copied() {
            let known = |known: &(Interval, bool)| (variable.clone(), *known);
            few.numbers.extend(self.numbers.get(variable).map(known));
            few.chosen.extend(self.chosen.get(variable).map(|value| (variable.clone(), value.clone())));
            few.choices.extend(self.choices.get(variable).map(|all| (variable.clone(), all.clone())));
            few.set.extend(self.set.get(variable).map(|set| (variable.clone(), *set)));
        }
        few
    }

    /// Where a number lies.
    pub fn interval(&self, variable: &Variable) -> Interval {
        self.numbers.get(variable).map_or(Interval { low: None, high: None }, |(interval, _)| *interval)
    }

    /// The verdict of an atom, looked at alone.
    pub fn verdict(&self, atom: &Atom) -> Verdict {
        match atom {
            Atom::Set(variable) => self.set.get(variable).map_or(Verdict::Unknown, |set| Verdict::of(*set)),
            Atom::OneOf(variable, values) => match self.chosen.get(variable) {
                Some(value) => Verdict::of(values.contains(value)),
                None => self.choices.get(variable).map_or(Verdict::Unknown, |all| one_of(all, values)),
            },
            Atom::Against(variable, order, bound) => self.interval(variable).compare(*order, *bound),
            Atom::Share(variable, order, factor, base) => {
                self.interval(variable).compare_share(*order, *factor, &self.interval(base))
            }
        }
    }
}

fn one_of(all: &BTreeSet<String>, values: &BTreeSet<String>) -> Verdict {
    if all.is_subset(values) {
        Verdict::Yes
    } else if all.is_disjoint(values) {
        Verdict::No
    } else {
        Verdict::Unknown
    }
}

impl Node {
    /// That it does not hold.
    pub fn negated(self) -> Self {
        match self {
            Self::Decided(holds) => Self::Decided(!holds),
            open @ (Self::Atom(_) | Self::All(_) | Self::Any(_) | Self::Not(_) | Self::AtLeast(..)) => {
                Self::Not(Box::new(open))
            }
        }
    }

    /// The verdict by Kleene's rules: sound, and complete where no unknown fact pulls both ways.
    pub fn verdict(&self, domains: &Domains) -> Verdict {
        match self {
            Self::Decided(holds) => Verdict::of(*holds),
            Self::Atom(atom) => domains.verdict(atom),
            Self::Not(part) => part.verdict(domains).opposite(),
            Self::All(parts) => counted(parts.len(), parts.iter().map(|part| part.verdict(domains))),
            Self::Any(parts) => counted(1, parts.iter().map(|part| part.verdict(domains))),
            Self::AtLeast(least, parts) => counted(*least, parts.iter().map(|part| part.verdict(domains))),
        }
    }
}

/// Whether at least `least` of the parts hold.
pub fn counted(least: usize, parts: impl Iterator<Item = Verdict>) -> Verdict {
    let (mut yes, mut open) = (0_usize, 0_usize);
    for part in parts {
        match part {
            Verdict::Yes => yes += 1,
            Verdict::Unknown => open += 1,
            Verdict::No => {}
        }
    }
    if yes >= least {
        Verdict::Yes
    } else if yes + open < least {
        Verdict::No
    } else {
        Verdict::Unknown
    }
}
