//! The answers that a question may get, as far as they differ for what is open: one for each, with how many
//! values of the vocabulary it stands for.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::{
    FieldKind, Vocabularies,
    evaluate::{
        cells,
        interval::{End, Interval},
        node::{Atom, Domains, Node, Variable},
    },
    vocabulary::Field,
};

/// The most answers that are tried of one question.
const MOST: usize = 96;

/// So many values of a question are tried in every combination.
const MOST_COMBINED: usize = 4;

/// One answer: what is known once it is given.
pub struct Answer {
    /// The facts with it.
    pub domains: Domains,
    /// How many values it stands for.
    pub weight: u32,
}

/// How an answer of a number is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// A range between two thresholds: what people know first.
    Range,
    /// A number in each cell: with all numbers known, everything is decided.
    Number,
}

/// The field that a variable is of: an amount in a foreign currency is of the same field.
pub fn field_of(variable: &Variable) -> &str {
    match variable {
        Variable::Number(name) => name.split(" in ").next().unwrap_or(name),
        Variable::Choice(name) | Variable::Flag(name) | Variable::Member(name, _) => name,
    }
}

/// The variables of a comparison.
pub fn variables(atom: &Atom) -> impl Iterator<Item = &Variable> {
    let (one, other) = match atom {
        Atom::Set(one) | Atom::OneOf(one, _) | Atom::Against(one, ..) => (one, None),
        Atom::Share(one, _, _, other) => (one, Some(other)),
    };
    std::iter::once(one).chain(other)
}

/// The answers to `field` that differ for `parts`.
pub fn answers(
    vocabularies: &Vocabularies,
    field: &Field,
    parts: &[&Node],
    (domains, grain): (&Domains, Grain),
) -> Vec<Answer> {
    let asked = Asked { vocabularies, field, parts, domains };
    let mut answers = match field.kind {
        FieldKind::Boolean => {
            let flag =
                |set| asked.with(1, |known| _ = known.set.insert(Variable::Flag(field.id.clone()), set));
            vec![flag(true), flag(false)]
        }
        // What a person has to write is written, or not known.
        FieldKind::Text | FieldKind::LongText | FieldKind::Instant | FieldKind::Records => {
            vec![asked.with(1, |known| _ = known.set.insert(Variable::Flag(field.id.clone()), true))]
        }
        FieldKind::Choice => asked.choice(),
        FieldKind::Choices => asked.choices(grain),
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Money | FieldKind::Duration => {
            asked.number(grain)
        }
    };
    answers.truncate(MOST);
    answers
}

struct Asked<'a> {
    vocabularies: &'a Vocabularies,
    field: &'a Field,
    parts: &'a [&'a Node],
    domains: &'a Domains,
}

impl<'a> Asked<'a> {
    fn with(&self, weight: u32, learn: impl FnOnce(&mut Domains)) -> Answer {
        let mut domains = self.domains.clone();
        learn(&mut domains);
        Answer { domains, weight }
    }

    fn atoms(&self) -> impl Iterator<Item = &'a Atom> {
        let (domains, field) = (self.domains, self.field.id.as_str());
        let atoms = self.parts.iter().flat_map(|part| cells::live_atoms(part, domains));
        atoms.filter(move |atom| variables(atom).any(|variable| field_of(variable) == field))
    }

    /// The values in classes: no open comparison tells two of a class apart.
    fn choice(&self) -> Vec<Answer> {
        let lists: BTreeSet<&BTreeSet<String>> = self
            .atoms()
            .filter_map(|atom| match atom {
                Atom::OneOf(_, values) => Some(values),
                Atom::Set(_) | Atom::Against(..) | Atom::Share(..) => None,
            })
            .collect();
        let mut classes: BTreeMap<Vec<bool>, (&str, u32)> = BTreeMap::new();
        for value in self.vocabularies.values(self.field) {
            let among = lists.iter().map(|list| list.contains(&value.id)).collect();
            classes.entry(among).or_insert((&value.id, 0)).1 += 1;
        }
        let chosen = |(value, weight): (&str, u32)| {
            let variable = Variable::Choice(self.field.id.clone());
            self.with(weight, |known| _ = known.chosen.insert(variable, value.to_owned()))
        };
        classes.into_values().map(chosen).collect()
    }

    /// None that matters, each that does alone, and as many as a threshold of their number wants; where everything is
    /// known, also several that matter at once.
    fn choices(&self, grain: Grain) -> Vec<Answer> {
        let members: BTreeSet<&str> = self
            .atoms()
            .flat_map(variables)
            .filter_map(|variable| match variable {
                Variable::Member(_, value) => Some(value.as_str()),
                Variable::Choice(_) | Variable::Number(_) | Variable::Flag(_) => None,
            })
            .collect();
        let all = self.vocabularies.values(self.field);
        let other = all.iter().find(|value| !members.contains(value.id.as_str()));
        let others = u32::try_from(all.len().saturating_sub(members.len())).unwrap_or(u32::MAX).max(1);
        let mut answers = vec![self.these(&members, others, other.map(|one| one.id.as_str()).as_slice())];
        answers.extend(members.iter().map(|member| self.these(&members, 1, &[member])));
        for count in self.cuts_of_count().into_iter().filter(|count| *count > 1) {
            let first: Vec<&str> = all.iter().take(count).map(|value| value.id.as_str()).collect();
            answers.push(self.these(&members, 1, &first));
        }
        if grain == Grain::Number {
            answers.extend(several(&members).iter().map(|chosen| self.these(&members, 1, chosen)));
        }
        answers
    }

    fn these(&self, members: &BTreeSet<&str>, weight: u32, chosen: &[&str]) -> Answer {
        self.with(weight, |known| {
            for member in members {
                let variable = Variable::Member(self.field.id.clone(), (*member).to_owned());
                known.set.insert(variable, chosen.contains(member));
            }
            let count = Interval::point(Decimal::from(chosen.len()));
            known.numbers.insert(Variable::Number(self.field.id.clone()), (count, true));
        })
    }

    fn cuts_of_count(&self) -> BTreeSet<usize> {
        let variable = Variable::Number(self.field.id.clone());
        let numbers = self.parts.iter().flat_map(|part| cells::numbers(&variable, part, self.domains));
        numbers.filter_map(|number| usize::try_from(number).ok()).take(MOST).collect()
    }

    fn number(&self, grain: Grain) -> Vec<Answer> {
        let variable = Variable::Number(self.field.id.clone());
        let whole = matches!(self.field.kind, FieldKind::Integer | FieldKind::Duration);
        let known = self.domains.interval(&variable);
        let ranges = match grain {
            Grain::Range => ranges(known, whole, &self.thresholds(&variable)),
            Grain::Number => {
                let parts = self.parts.iter();
                let numbers: BTreeSet<Decimal> =
                    parts.flat_map(|part| cells::numbers(&variable, part, self.domains)).collect();
                numbers.into_iter().map(Interval::point).collect()
            }
        };
        let told = |range| self.with(1, |known| _ = known.numbers.insert(variable.clone(), (range, whole)));
        ranges.into_iter().map(told).collect()
    }

    /// Where a verdict turns, and whether the threshold itself belongs to what lies below.
    fn thresholds(&self, variable: &Variable) -> BTreeSet<(Decimal, bool)> {
        let stated = self.atoms().filter_map(|atom| match atom {
            Atom::Against(number, order, bound) if number == variable => Some((*bound, order.excludes())),
            Atom::Against(..) | Atom::Set(_) | Atom::OneOf(..) | Atom::Share(..) => None,
        });
        let stated: BTreeSet<(Decimal, bool)> = stated.collect();
        let shares = self.parts.iter().flat_map(|part| cells::turns(variable, part, self.domains));
        let shares = shares.filter(|at| !stated.iter().any(|(known, _)| known == at));
        shares.map(|at| (at, true)).chain(stated.iter().copied()).collect()
    }
}

/// Two or more of the values: every set of them while they are few, else all of them.
fn several<'a>(members: &BTreeSet<&'a str>) -> Vec<Vec<&'a str>> {
    let all: Vec<&str> = members.iter().copied().collect();
    let sets = if all.len() <= MOST_COMBINED { 0..1_u32 << all.len() } else { 0..0 };
    let chosen = |set: u32| -> Vec<&str> {
        all.iter().zip(0..).filter(|(_, bit)| set >> bit & 1 == 1).map(|(value, _)| *value).collect()
    };
    let mut several: Vec<Vec<&str>> = sets.map(chosen).filter(|chosen| chosen.len() > 1).collect();
    if several.is_empty() && all.len() > 1 {
        several.push(all);
    }
    several
}

/// The ranges into which thresholds split what is known of a number, least first. Between "up to 2" and
/// "from 3" lies no range of a `whole` number.
fn ranges(known: Interval, whole: bool, thresholds: &BTreeSet<(Decimal, bool)>) -> Vec<Interval> {
    let mut rest = known;
    let mut ranges = vec![];
    for (at, below) in thresholds {
        let left = Interval { high: Some(End { at: *at, closed: *below }), ..rest };
        let right = Interval { low: Some(End { at: *at, closed: !below }), ..rest };
        if left.is_empty() || right.is_empty() {
            continue;
        }
        ranges.push(left);
        rest = right;
    }
    ranges.push(rest);
    ranges.retain(|range| !range.samples(vec![], whole).is_empty());
    ranges
}
