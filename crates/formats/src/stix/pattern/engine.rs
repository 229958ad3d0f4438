//! A hundred thousand patterns at once.
//!
//! Patterns are found by what an observation must have for them to match: a value, a part of a text, a
//! network. What it costs to ask of an observation so hardly grows with the number of patterns. Rules that no
//! value tells (negations, orders, EXISTS) are asked of every object of their type.

mod anchor;
mod index;
mod stream;

use std::collections::{BTreeMap, BTreeSet};

use anchor::Frequencies;
use index::{Index, RuleNumber};
pub use stream::{Arrival, Sighted, Stream};

use super::{
    ast::Pattern,
    matching::{Match, Matcher, Unmatchable, plan::Plan, rule::Rule, solve::Problem, work::Work},
    observation::{Observations, Seen},
};

/// How much memory the regular expressions of all patterns may take, in bytes.
const EXPRESSIONS: usize = 512 << 20;

/// Patterns that are matched together; they are known by the order in which they were added.
#[derive(Debug, Default)]
pub struct Engine {
    matchers: Vec<Matcher>,
    /// By number of the rule: the pattern, and the place of the rule in it.
    rules: Vec<(u32, u32)>,
    index: Index,
}

/// A pattern that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The place of the pattern.
    pub pattern: usize,
    /// What it was found in.
    pub found: Match,
}

/// What an engine says of observations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// By observation, then by pattern, for patterns of one observation; behind them one hit for each
    /// pattern of several that matched.
    pub hits: Vec<Hit>,
    /// The places of the patterns that took more work than was allowed: nothing more is known of them.
    pub undecided: BTreeSet<usize>,
}

/// By pattern of several observations: which observations fit each of its rules.
pub(super) type Fitting = BTreeMap<u32, Vec<Vec<u32>>>;

impl Engine {
    /// Enough for one pattern.
    pub const WORK: u64 = 100_000;

    /// An engine of these patterns.
    ///
    /// # Errors
    /// The place of the first pattern that cannot be matched, and why. To leave such out, make each ready with
    /// [`Matcher::new`], and give those that are to [`Engine::of`].
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p Pattern>) -> Result<Self, (usize, Unmatchable)> {
        let matchers = patterns.into_iter().enumerate();
        let matchers = matchers.map(|(place, pattern)| Matcher::new(pattern).map_err(|fault| (place, fault)));
        Self::of(matchers.collect::<Result<_, _>>()?)
    }

    /// An engine of these patterns, made ready before.
    ///
    /// # Errors
    /// The place of the pattern with which regular expressions take too much memory.
    pub fn of(matchers: Vec<Matcher>) -> Result<Self, (usize, Unmatchable)> {
        bounded(&matchers, EXPRESSIONS)?;
        let mut frequencies = Frequencies::default();
        matchers.iter().flat_map(|matcher| &matcher.rules).for_each(|rule| frequencies.count(rule));
        let (mut index, mut rules) = (Index::default(), Vec::new());
        for (matcher, pattern) in matchers.iter().zip(0..) {
            for (rule, place) in matcher.rules.iter().zip(0..) {
                add(&mut index, &frequencies, rule, rules.len() as RuleNumber);
                rules.push((pattern, place));
            }
        }
        index.finish();
        Ok(Self { matchers, rules, index })
    }

    /// How many patterns.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.matchers.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.matchers.is_empty()
    }

    /// Which patterns match these observations; `work` is for each pattern.
    ///
    /// Patterns of one observation are told for each observation that they match. Patterns of several
    /// (AND, FOLLOWEDBY, REPEATS) are looked for among the observations that are given here together; across
    /// what came before, ask a [`Stream`].
    #[must_use]
    pub fn evaluate(&self, observations: &Observations<'_>, work: u64) -> Evaluation {
        let mut evaluation = Evaluation::default();
        let fitting = self.single(observations, work, &mut evaluation);
        let seen: Vec<Seen> = observations.all().iter().map(|observed| observed.seen).collect();
        for (pattern, fitting) in &fitting {
            self.several((*pattern, fitting), &seen, work, &mut evaluation);
        }
        evaluation
    }

    /// Tells the patterns of one observation, and gives what fits the others.
    fn single(&self, observations: &Observations<'_>, work: u64, evaluation: &mut Evaluation) -> Fitting {
        let mut fitting = Fitting::new();
        let mut candidates = Vec::new();
        for (observed, place) in observations.all().iter().zip(0..) {
            candidates.clear();
            self.index.candidates(observations, observed, &mut candidates);
            for number in &candidates {
                let Some(asked) = self.rule(*number) else { continue };
                let mut work = Work::new(work);
                let holds = asked.rule.holds(observations, observed, &mut work);
                match work.answer(holds) {
                    Err(_) => {
                        evaluation.undecided.insert(asked.pattern as usize);
                    }
                    Ok(false) => {}
                    Ok(true) if asked.matcher.plan.is_one() => {
                        evaluation.hits.extend(asked.hit(&observed.seen, place));
                    }
                    Ok(true) => asked.note(&mut fitting, place),
                }
            }
        }
        fitting
    }

    fn rule(&self, number: RuleNumber) -> Option<Asked<'_>> {
        let (pattern, place) = *self.rules.get(number as usize)?;
        let matcher = self.matchers.get(pattern as usize)?;
        Some(Asked { pattern, place, matcher, rule: matcher.rules.get(place as usize)? })
    }

    /// Looks for a pattern of several observations.
    fn several(
        &self,
        (pattern, fitting): (u32, &[Vec<u32>]),
        seen: &[Seen],
        work: u64,
        evaluation: &mut Evaluation,
    ) {
        let Some(matcher) = self.matchers.get(pattern as usize) else { return };
        if matcher.lacks(fitting) {
            return;
        }
        let mut work = Work::new(work);
        let found = solved(&matcher.plan, fitting, seen, &mut work);
        match work.answer(found) {
            Err(_) => {
                evaluation.undecided.insert(pattern as usize);
            }
            Ok(Some(found)) => evaluation.hits.push(Hit { pattern: pattern as usize, found }),
            Ok(None) => {}
        }
    }
}

/// A rule that is asked of an observation, and whose it is.
struct Asked<'e> {
    pattern: u32,
    place: u32,
    matcher: &'e Matcher,
    rule: &'e Rule,
}

impl Asked<'_> {
    fn hit(&self, seen: &Seen, place: u32) -> Option<Hit> {
        let found = Match { observations: vec![place as usize] };
        self.matcher.plan.admits(seen).then_some(Hit { pattern: self.pattern as usize, found })
    }

    fn note(&self, fitting: &mut Fitting, place: u32) {
        let fits = fitting.entry(self.pattern).or_insert_with(|| vec![Vec::new(); self.matcher.rules.len()]);
        if let Some(fits) = fits.get_mut(self.place as usize) {
            fits.push(place);
        }
    }
}

/// As [`Problem::solve`], with nothing in the problem but the observations that fit.
fn solved(plan: &Plan, fitting: &[Vec<u32>], seen: &[Seen], work: &mut Work) -> Option<Match> {
    let mut places = fitting.concat();
    places.sort_unstable();
    places.dedup();
    let near = |place: &u32| places.binary_search(place).ok().and_then(|near| u32::try_from(near).ok());
    let fitting: Vec<Vec<u32>> = fitting.iter().map(|fits| fits.iter().filter_map(near).collect()).collect();
    let seen: Vec<Seen> = places.iter().filter_map(|place| seen.get(*place as usize)).copied().collect();
    let found = Problem::new(plan, &seen, fitting).solve(work)?;
    let far = |near: usize| places.get(near).map(|place| *place as usize);
    Some(Match { observations: found.into_iter().filter_map(far).collect() })
}

fn add(index: &mut Index, frequencies: &Frequencies, rule: &Rule, number: RuleNumber) {
    match frequencies.anchors(rule) {
        Some(anchors) => anchors.iter().for_each(|anchor| index.add(anchor, number)),
        None => {
            let mut types = BTreeSet::new();
            rule.each_type(&mut |object_type| {
                types.insert(object_type);
            });
            types.into_iter().for_each(|object_type| index.add_other(object_type, number));
        }
    }
}

/// Whether the regular expressions of all take no more memory than this.
fn bounded(matchers: &[Matcher], most: usize) -> Result<(), (usize, Unmatchable)> {
    let mut taken = 0;
    for (place, matcher) in matchers.iter().enumerate() {
        taken += matcher.rules.iter().map(Rule::expressions).sum::<usize>();
        if taken > most {
            return Err((place, Unmatchable::Memory(most >> 20)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    /// What seeks the parts of texts is as small for a long part as for a short one.
    #[test]
    fn a_part_of_a_megabyte_is_sought_by_its_beginning() {
        let long = "é".repeat(500_000);
        let text = format!("[a:b LIKE '%{long}%']");
        let pattern = Pattern::parse(&text, &Limits::default()).unwrap();
        let engine = Engine::new([&pattern]).unwrap();
        let found = |value: &str| {
            let text = format!(
                r#"{{"type":"observed-data","id":"x","number_observed":1,"first_observed":"2026-01-01T00:00:00Z",
                "last_observed":"2026-01-01T00:00:00Z","objects":{{"0":{{"type":"a","b":"{value}"}}}}}}"#
            );
            let document = crate::parse(text.as_bytes(), &Limits::default()).unwrap();
            engine.evaluate(&Observations::of(&document), 10_000_000).hits.len()
        };
        assert_eq!([found(&format!("x{long}")), found(&long.repeat(2)), found("ééé")], [1, 1, 0]);
        assert_eq!(found(&"é".repeat(100)), 0);
    }

    #[test]
    fn the_memory_of_all_expressions_is_bounded() {
        let matcher = |text| Matcher::new(&Pattern::parse(text, &Limits::default()).unwrap()).unwrap();
        let matchers =
            [matcher("[a:b = 1]"), matcher("[a:b MATCHES 'x']"), matcher("[a:b MATCHES '(?-u:x{9000})']")];
        assert_eq!(bounded(&matchers, 512 << 20), Ok(()));
        let (place, fault) = bounded(&matchers, 1 << 16).unwrap_err();
        assert_eq!(place, 2);
        assert!(fault.to_string().starts_with("the regular expressions of all patterns together"));
    }
}
