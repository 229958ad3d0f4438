//! Sound and complete over completions: where an unknown fact pulls both ways, the cells of its
//! domain are tried one by one.
//!
//! An unknown number is cut at the constants of the tree and at the shares that other numbers make
//! of it; between two cuts every number gives the same verdict, so one sample stands for all. An
//! unknown fact that pulls one way only (a greater loss never makes an incident less significant)
//! needs no cells: Kleene's verdict is complete for it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{
    interval::Interval,
    node::{Atom, Domains, Node, Variable, counted},
};
use crate::Verdict;

/// The verdict over all completions.
pub fn decide(node: &Node, domains: &Domains) -> Verdict {
    let verdict = node.verdict(domains);
    if verdict != Verdict::Unknown {
        return verdict;
    }
    let pulls = Pulls::of(node, domains);
    if pulls.shares_in_a_circle() {
        return Verdict::Unknown;
    }
    let Some(variable) = pulls.both_ways(domains) else { return Verdict::Unknown };
    if disagree(node, &pulls, domains) {
        return Verdict::Unknown;
    }
    let mut common = None;
    for cell in cells(&variable, &pulls, domains) {
        let found = decide(node, &cell);
        match common {
            None => common = Some(found),
            Some(before) if before == found => {}
            Some(_) => return Verdict::Unknown,
        }
        if found == Verdict::Unknown {
            return Verdict::Unknown;
        }
    }
    common.unwrap_or(Verdict::Unknown)
}

/// The comparisons that are still open, each once; what stands in a decided part is left out.
pub fn live_atoms<'a>(node: &'a Node, domains: &Domains) -> Vec<&'a Atom> {
    let mut open = vec![];
    collect(node, domains, true, &mut open);
    let mut atoms: Vec<&Atom> = vec![];
    for (atom, _) in open {
        if !atoms.contains(&atom) {
            atoms.push(atom);
        }
    }
    atoms
}

/// How far what is known speaks for a node: its open comparisons that hold or fail in its favour, less those
/// that do so against it. `before` says which comparisons were open.
pub fn favour(node: &Node, before: &Domains, known: &Domains) -> i32 {
    let mut open = vec![];
    collect(node, before, true, &mut open);
    open.into_iter()
        .map(|(atom, positive)| match known.verdict(atom) {
            Verdict::Unknown => 0,
            verdict @ (Verdict::Yes | Verdict::No) if (verdict == Verdict::Yes) == positive => 1,
            Verdict::Yes | Verdict::No => -1,
        })
        .sum()
}

/// One number of each cell of an unknown number, least first.
pub fn numbers(variable: &Variable, node: &Node, domains: &Domains) -> Vec<Decimal> {
    samples(variable, &Pulls::of(node, domains), domains).0
}

/// Where the verdict of a node may turn as an unknown number grows.
pub fn turns(variable: &Variable, node: &Node, domains: &Domains) -> Vec<Decimal> {
    Pulls::of(node, domains).cuts(variable, domains, None)
}

/// Whether two completions that are quickly made disagree: one in which each open fact helps, one in which
/// it hinders. It spares most open verdicts their cells.
fn disagree(node: &Node, pulls: &Pulls<'_>, domains: &Domains) -> bool {
    let completed = |helps: bool| {
        let mut world = domains.clone();
        for (variable, ways) in &pulls.ways {
            let helpful = ways.iter().filter(|(up, _)| *up).count() * 2 >= ways.len();
            let up = helpful == helps;
            match variable {
                Variable::Flag(_) | Variable::Member(..) => {
                    world.set.insert((*variable).clone(), up);
                }
                Variable::Choice(_) => {
                    let values = choices(variable, pulls, domains);
                    let value = if up { values.into_iter().next() } else { values.into_iter().next_back() };
                    world.chosen.extend(value.map(|value| ((*variable).clone(), value)));
                }
                Variable::Number(_) => {
                    let (samples, whole) = samples(variable, pulls, domains);
                    let at = if up { samples.last() } else { samples.first() };
                    world.numbers.extend(at.map(|at| ((*variable).clone(), (Interval::point(*at), whole))));
                }
            }
        }
        node.verdict(&world)
    };
    matches!((completed(true), completed(false)), (Verdict::Yes, Verdict::No) | (Verdict::No, Verdict::Yes))
}

/// How the open atoms pull at their unknown facts.
#[derive(Default)]
struct Pulls<'a> {
    atoms: Vec<&'a Atom>,
    ways: BTreeMap<&'a Variable, BTreeSet<Way<'a>>>,
}

/// Whether a greater value, a yes, or one of these values helps the condition or hinders it.
type Way<'a> = (bool, Option<&'a BTreeSet<String>>);

impl<'a> Pulls<'a> {
    fn of(node: &'a Node, domains: &Domains) -> Self {
        let mut open = vec![];
        collect(node, domains, true, &mut open);
        let mut pulls = Self::default();
        for (atom, positive) in open {
            pulls.pull(atom, positive);
        }
        pulls
    }

    fn pull(&mut self, atom: &'a Atom, positive: bool) {
        self.atoms.push(atom);
        match atom {
            Atom::Set(variable) => self.way(variable, positive, None),
            Atom::OneOf(variable, values) => self.way(variable, positive, Some(values)),
            Atom::Against(variable, order, _) => self.way(variable, order.rises() == positive, None),
            Atom::Share(variable, order, _, base) => {
                self.way(variable, order.rises() == positive, None);
                self.way(base, order.rises() != positive, None);
            }
        }
    }

    fn way(&mut self, variable: &'a Variable, up: bool, values: Option<&'a BTreeSet<String>>) {
        self.ways.entry(variable).or_default().insert((up, values));
    }

    /// A fact that pulls both ways: choices first, since they settle most; then whole numbers, whose
    /// cells can be told exactly while the numbers they are shares of are still free.
    fn both_ways(&self, domains: &Domains) -> Option<Variable> {
        let rank = |variable: &Variable| match variable {
            Variable::Choice(_) => 0,
            Variable::Number(_) if domains.numbers.get(variable).is_some_and(|(_, whole)| *whole) => 1,
            Variable::Number(_) | Variable::Flag(_) | Variable::Member(..) => 2,
        };
        // A number that is already a sample has one cell; what is still open is the other end of a share.
        let free = |variable: &Variable| {
            domains.numbers.get(variable).is_none_or(|(known, _)| known.single().is_none())
        };
        let both = self
            .ways
            .iter()
            .filter(|(variable, ways)| ways.len() > 1 && free(variable))
            .map(|(variable, _)| *variable);
        both.min_by_key(|variable| rank(variable)).cloned()
    }

    /// Whether shares of shares come back to where they began; cuts could then not be told in advance.
    fn shares_in_a_circle(&self) -> bool {
        let edges: BTreeSet<(&Variable, &Variable)> = self
            .atoms
            .iter()
            .filter_map(|atom| match atom {
                Atom::Share(number, _, _, base) => {
                    Some(if number < base { (number, base) } else { (base, number) })
                }
                Atom::Set(_) | Atom::OneOf(..) | Atom::Against(..) => None,
            })
            .collect();
        let mut island: BTreeMap<&Variable, &Variable> = BTreeMap::new();
        for (one, other) in edges {
            let (one, other) = (root(&island, one), root(&island, other));
            if one == other {
                return true;
            }
            island.insert(one, other);
        }
        false
    }

    /// The numbers at which a verdict may turn, as `variable` runs through its domain.
    fn cuts(&self, variable: &Variable, domains: &Domains, from: Option<&Variable>) -> Vec<Decimal> {
        let mut cuts = vec![];
        for atom in &self.atoms {
            match atom {
                Atom::Against(number, _, bound) if number == variable => cuts.push(*bound),
                Atom::Share(number, _, factor, base) if number == variable && Some(base) != from => {
                    cuts.extend(
                        self.cuts_with_ends(base, domains, number)
                            .iter()
                            .filter_map(|at| at.checked_mul(*factor)),
                    );
                }
                Atom::Share(number, _, factor, base) if base == variable && Some(number) != from => {
                    cuts.extend(
                        self.cuts_with_ends(number, domains, base)
                            .iter()
                            .filter_map(|at| at.checked_div(*factor)),
                    );
                }
                Atom::Set(_) | Atom::OneOf(..) | Atom::Against(..) | Atom::Share(..) => {}
            }
        }
        cuts
    }

    fn cuts_with_ends(&self, variable: &Variable, domains: &Domains, from: &Variable) -> Vec<Decimal> {
        let interval = domains.interval(variable);
        let mut cuts = self.cuts(variable, domains, Some(from));
        cuts.extend(interval.low.map(|end| end.at));
        cuts.extend(interval.high.map(|end| end.at));
        cuts
    }
}

/// The open atoms of open parts, and whether they stand under an even number of negations. What stands in
/// a decided part no longer matters.
fn collect<'a>(
    node: &'a Node,
    domains: &Domains,
    positive: bool,
    open: &mut Vec<(&'a Atom, bool)>,
) -> Verdict {
    let before = open.len();
    let several = |parts: &'a [Node], least: usize, open: &mut Vec<(&'a Atom, bool)>| {
        counted(least, parts.iter().map(|part| collect(part, domains, positive, open)))
    };
    let verdict = match node {
        Node::Decided(holds) => Verdict::of(*holds),
        Node::Atom(atom) => {
            open.push((atom, positive));
            domains.verdict(atom)
        }
        Node::Not(part) => collect(part, domains, !positive, open).opposite(),
        Node::All(parts) => several(parts, parts.len(), open),
        Node::Any(parts) => several(parts, 1, open),
        Node::AtLeast(least, parts) => several(parts, *least, open),
    };
    if verdict != Verdict::Unknown {
        open.truncate(before);
    }
    verdict
}

fn root<'a>(island: &BTreeMap<&'a Variable, &'a Variable>, mut variable: &'a Variable) -> &'a Variable {
    while let Some(next) = island.get(variable) {
        variable = next;
    }
    variable
}

fn cells(variable: &Variable, pulls: &Pulls<'_>, domains: &Domains) -> Vec<Domains> {
    match variable {
        Variable::Flag(_) | Variable::Member(..) => [false, true]
            .into_iter()
            .map(|set| {
                let mut cell = domains.clone();
                cell.set.insert(variable.clone(), set);
                cell
            })
            .collect(),
        Variable::Choice(_) => choice_cells(variable, pulls, domains),
        Variable::Number(_) => number_cells(variable, pulls, domains),
    }
}

/// Each value that the tree mentions, and one more that stands for all others.
fn choices(variable: &Variable, pulls: &Pulls<'_>, domains: &Domains) -> Vec<String> {
    let mentioned: BTreeSet<&String> = pulls
        .atoms
        .iter()
        .filter_map(|atom| match atom {
            Atom::OneOf(choice, values) if choice == variable => Some(values),
            Atom::OneOf(..) | Atom::Set(_) | Atom::Against(..) | Atom::Share(..) => None,
        })
        .flatten()
        .collect();
    match domains.choices.get(variable) {
        Some(all) => {
            let other = all.iter().find(|value| !mentioned.contains(value));
            all.iter().filter(|value| mentioned.contains(value)).chain(other).cloned().collect()
        }
        None => mentioned.into_iter().cloned().chain([String::new()]).collect(),
    }
}

fn choice_cells(variable: &Variable, pulls: &Pulls<'_>, domains: &Domains) -> Vec<Domains> {
    let cell = |value: String| {
        let mut cell = domains.clone();
        cell.chosen.insert(variable.clone(), value);
        cell
    };
    choices(variable, pulls, domains).into_iter().map(cell).collect()
}

/// One number of each cell, least first, and whether they are whole.
fn samples(variable: &Variable, pulls: &Pulls<'_>, domains: &Domains) -> (Vec<Decimal>, bool) {
    let whole = domains.numbers.get(variable).is_some_and(|(_, whole)| *whole)
        && !pulls.atoms.iter().any(|atom| tied_to_a_sample(atom, variable, domains));
    (domains.interval(variable).samples(pulls.cuts(variable, domains, None), whole), whole)
}

fn number_cells(variable: &Variable, pulls: &Pulls<'_>, domains: &Domains) -> Vec<Domains> {
    let (samples, whole) = samples(variable, pulls, domains);
    let cell = |at: Decimal| {
        let mut cell = domains.clone();
        cell.numbers.insert(variable.clone(), (Interval::point(at), whole));
        cell
    };
    samples.into_iter().map(cell).collect()
}

/// Whether the cut comes from a number that is itself a sample: the sample stands for a whole cell,
/// so that "no whole number in between" must not be concluded from it.
fn tied_to_a_sample(atom: &Atom, variable: &Variable, domains: &Domains) -> bool {
    match atom {
        Atom::Share(number, _, _, base) => {
            let other = if number == variable { base } else { number };
            (number == variable || base == variable) && domains.interval(other).single().is_some()
        }
        Atom::Set(_) | Atom::OneOf(..) | Atom::Against(..) => false,
    }
}
