//! Observations as they arrive: patterns of several are found across what came before.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use super::{Engine, Fitting};
use crate::stix::pattern::{
    Instant,
    matching::{solve::Problem, work::Work},
    observation::{Observations, Seen},
};

/// What was observed lately, as far as patterns of several observations ask for it.
///
/// Memory is bounded twice: what ended longer than `reach` ago is forgotten, and of more than `most` pairs of
/// an observation and a rule that it fits, those that came first. A pattern without WITHIN so
/// reaches as far as the stream remembers. A pattern that matched starts anew: what it has bound, and what
/// else it has seen, is forgotten for it.
#[derive(Debug)]
pub struct Stream<'e> {
    engine: &'e Engine,
    reach: Duration,
    most: usize,
    next: u64,
    held: BTreeMap<u64, Held>,
    /// By the end of the observation: what is forgotten first.
    by_end: BTreeSet<(Instant, u64)>,
    /// By pattern and rule: the observations that fit.
    fitting: BTreeMap<u32, Vec<BTreeSet<u64>>>,
    pairs: usize,
    forgotten: u64,
}

/// An observation that fits a rule of a pattern of several.
#[derive(Debug)]
struct Held {
    id: String,
    seen: Seen,
    /// The pattern, and the place of the rule in it.
    fits: Vec<(u32, usize)>,
}

/// A pattern that matched, with the identifiers of the observed-data that it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighted {
    /// The place of the pattern in the engine.
    pub pattern: usize,
    /// In the order in which they came.
    pub ids: Vec<String>,
}

/// What a stream says of what came last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The patterns that matched.
    pub sighted: Vec<Sighted>,
    /// The places of the patterns that took more work than was allowed: nothing is known of them.
    pub undecided: BTreeSet<usize>,
}

impl<'e> Stream<'e> {
    /// Nothing observed yet.
    #[must_use]
    pub const fn new(engine: &'e Engine, reach: Duration, most: usize) -> Self {
        Self {
            engine,
            reach,
            most,
            next: 0,
            held: BTreeMap::new(),
            by_end: BTreeSet::new(),
            fitting: BTreeMap::new(),
            pairs: 0,
            forgotten: 0,
        }
    }

    /// How many observations had to be forgotten before their time, because there were too many.
    #[must_use]
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// How many observations are remembered.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Takes what was observed, and tells which patterns match with it; `work` is for each pattern.
    pub fn push(&mut self, observations: &Observations<'_>, now: Instant, work: u64) -> Arrival {
        let mut evaluation = super::Evaluation::default();
        let fitting = self.engine.single(observations, work, &mut evaluation);
        let own = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
        let sighted = evaluation.hits.iter();
        let sighted =
            sighted.map(|hit| Sighted { pattern: hit.pattern, ids: own(hit.found.ids(observations)) });
        let mut arrival = Arrival { sighted: sighted.collect(), undecided: evaluation.undecided };
        self.remember(observations, &fitting);
        self.forget(now);
        for pattern in fitting.into_keys() {
            self.look_for(pattern, work, &mut arrival);
        }
        arrival
    }

    fn remember(&mut self, observations: &Observations<'_>, fitting: &Fitting) {
        let mut fits: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
        for (pattern, rules) in fitting {
            for (rule, places) in rules.iter().enumerate() {
                for place in places {
                    fits.entry(*place).or_default().push((*pattern, rule));
                }
            }
        }
        for (place, fits) in fits {
            let Some(observed) = observations.all().get(place as usize) else { continue };
            let number = self.next;
            self.next += 1;
            for (pattern, rule) in &fits {
                self.rules_of(*pattern).get_mut(*rule).map(|fitting| fitting.insert(number));
            }
            self.pairs += fits.len();
            self.by_end.insert((observed.seen.last, number));
            self.held.insert(number, Held { id: observed.id.to_owned(), seen: observed.seen, fits });
        }
    }

    fn rules_of(&mut self, pattern: u32) -> &mut Vec<BTreeSet<u64>> {
        let rules = self.engine.matchers.get(pattern as usize).map_or(0, |matcher| matcher.rules.len());
        self.fitting.entry(pattern).or_insert_with(|| vec![BTreeSet::new(); rules])
    }

    /// What is too old, then what came first of what is too much. The clock is ours, and what is thrown out
    /// goes by arrival: times that a stranger writes push nothing out.
    fn forget(&mut self, now: Instant) {
        let reach = i128::try_from(self.reach.as_nanos()).unwrap_or(i128::MAX);
        let oldest = Instant(now.0.saturating_sub(reach));
        while let Some((_, number)) = self.by_end.first().copied().filter(|(end, _)| *end < oldest) {
            self.drop_held(number);
        }
        while self.pairs > self.most {
            let Some(number) = self.held.first_key_value().map(|(number, _)| *number) else { return };
            self.forgotten += 1;
            self.drop_held(number);
        }
    }

    fn drop_held(&mut self, number: u64) {
        let Some(held) = self.held.remove(&number) else { return };
        self.by_end.remove(&(held.seen.last, number));
        self.pairs = self.pairs.saturating_sub(held.fits.len());
        for (pattern, rule) in held.fits {
            let Some(rules) = self.fitting.get_mut(&pattern) else { continue };
            if let Some(fitting) = rules.get_mut(rule) {
                fitting.remove(&number);
            }
            if rules.iter().all(BTreeSet::is_empty) {
                self.fitting.remove(&pattern);
            }
        }
    }

    fn look_for(&mut self, pattern: u32, work: u64, arrival: &mut Arrival) {
        let Some(matcher) = self.engine.matchers.get(pattern as usize) else { return };
        let Some(rules) = self.fitting.get(&pattern) else { return };
        let numbers: BTreeSet<u64> = rules.iter().flatten().copied().collect();
        let numbers: Vec<u64> = numbers.into_iter().collect();
        let near = |number: &u64| u32::try_from(numbers.binary_search(number).ok()?).ok();
        let fitting: Vec<Vec<u32>> =
            rules.iter().map(|rule| rule.iter().filter_map(near).collect()).collect();
        if matcher.lacks(&fitting) {
            return;
        }
        let held: Vec<&Held> = numbers.iter().filter_map(|number| self.held.get(number)).collect();
        let seen: Vec<Seen> = held.iter().map(|held| held.seen).collect();
        let mut work = Work::new(work);
        let found = Problem::new(&matcher.plan, &seen, fitting).solve(&mut work);
        match work.answer(found) {
            Err(_) => {
                arrival.undecided.insert(pattern as usize);
            }
            Ok(None) => {}
            Ok(Some(places)) => {
                let ids = places.into_iter().filter_map(|place| held.get(place)).map(|held| held.id.clone());
                arrival.sighted.push(Sighted { pattern: pattern as usize, ids: ids.collect() });
                self.start_anew(pattern, &numbers);
            }
        }
    }

    /// A pattern forgets what fits it; an observation that fits no other goes with it.
    fn start_anew(&mut self, pattern: u32, numbers: &[u64]) {
        self.fitting.remove(&pattern);
        for number in numbers {
            let Some(held) = self.held.get_mut(number) else { continue };
            let before = held.fits.len();
            held.fits.retain(|(other, _)| *other != pattern);
            self.pairs = self.pairs.saturating_sub(before - held.fits.len());
            if held.fits.is_empty() {
                self.drop_held(*number);
            }
        }
    }
}
