//! From what an observation has to the rules that may hold for it.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::AhoCorasick;
use regex::{RegexSet, RegexSetBuilder};

use super::anchor::{Anchor, Sought};
use crate::{
    Json,
    stix::pattern::{
        matching::{
            rule::{Hop, each_value},
            work::Work,
        },
        network::Network,
        observation::{Object, Observations, Observed},
        text::nfc,
        value::{Form, Number},
    },
};

/// So many expressions are sought in one pass; more would have more states than memory for them.
const EXPRESSIONS_AT_ONCE: usize = 64;
/// The memory for one such pass.
const SIZE: usize = 4 << 20;

/// The values that one path is followed to, per object; behind so many, all its rules may hold.
const WORK: u64 = 10_000;

/// The number of a rule among all of an engine.
pub(super) type RuleNumber = u32;

/// Rules by what must be there.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_type: HashMap<Box<str>, OfType>,
}

#[derive(Debug, Default)]
struct OfType {
    paths: Vec<OfPath>,
    /// By hops and form: which of the paths.
    places: HashMap<(Box<[Hop]>, Form), usize>,
    /// Rules that no value tells: asked of every object of the type.
    others: Vec<RuleNumber>,
}

/// What values at the end of one path lead to.
#[derive(Debug)]
struct OfPath {
    hops: Box<[Hop]>,
    form: Form,
    texts: HashMap<Box<str>, Vec<RuleNumber>>,
    wholes: HashMap<i64, Vec<RuleNumber>>,
    networks: HashMap<Network, Vec<RuleNumber>>,
    /// The lengths of the prefixes of these networks.
    prefixes: Vec<u32>,
    parts: BTreeMap<Box<str>, Vec<RuleNumber>>,
    seek_parts: Option<AhoCorasick>,
    /// The rules of each part, in the order of the parts.
    of_parts: Vec<Vec<RuleNumber>>,
    expressions: Vec<(String, RuleNumber)>,
    seek_expressions: Vec<(RegexSet, Vec<RuleNumber>)>,
    /// Rules that could be sought in no one pass.
    always: Vec<RuleNumber>,
}

impl Index {
    pub fn add(&mut self, anchor: &Anchor<'_>, rule: RuleNumber) {
        let of_type = self.by_type.entry(anchor.object_type.into()).or_default();
        let place = *of_type.places.entry((anchor.hops.into(), anchor.form)).or_insert(of_type.paths.len());
        if place == of_type.paths.len() {
            of_type.paths.push(OfPath::new(anchor));
        }
        if let Some(path) = of_type.paths.get_mut(place) {
            path.add(anchor.sought, rule);
        }
    }

    /// A rule that is asked of every object of this type.
    pub fn add_other(&mut self, object_type: &str, rule: RuleNumber) {
        self.by_type.entry(object_type.into()).or_default().others.push(rule);
    }

    /// After the last rule: builds what seeks many at once.
    pub fn finish(&mut self) {
        self.by_type.values_mut().flat_map(|of_type| &mut of_type.paths).for_each(OfPath::finish);
    }

    /// Adds all rules that may hold for this observation, ascending.
    pub fn candidates(
        &self,
        observations: &Observations<'_>,
        observed: &Observed<'_>,
        found: &mut Vec<RuleNumber>,
    ) {
        for Object { kind, value } in observations.objects(observed) {
            let Some(of_type) = self.by_type.get(*kind) else { continue };
            found.extend_from_slice(&of_type.others);
            for path in &of_type.paths {
                let mut work = Work::new(WORK);
                let seek = |value: &Json<'_>| path.seek(value, found);
                each_value((value, &path.hops), (observations, observed), &mut work, seek);
                if work.answer(()).is_err() {
                    found.extend(path.all());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
    }
}

impl OfPath {
    fn new(anchor: &Anchor<'_>) -> Self {
        Self {
            hops: anchor.hops.into(),
            form: anchor.form,
            texts: HashMap::new(),
            wholes: HashMap::new(),
            networks: HashMap::new(),
            prefixes: Vec::new(),
            parts: BTreeMap::new(),
            seek_parts: None,
            of_parts: Vec::new(),
            expressions: Vec::new(),
            seek_expressions: Vec::new(),
            always: Vec::new(),
        }
    }

    fn add(&mut self, sought: Sought<'_>, rule: RuleNumber) {
        match sought {
            Sought::Text(text) => self.texts.entry(text.into()).or_default().push(rule),
            Sought::Whole(number) => self.wholes.entry(number).or_default().push(rule),
            Sought::Network(network) => {
                self.networks.entry(network).or_default().push(rule);
                if !self.prefixes.contains(&network.prefix()) {
                    self.prefixes.push(network.prefix());
                }
            }
            Sought::Part(part) => self.parts.entry(part.into()).or_default().push(rule),
            Sought::Expression(expression) => self.expressions.push((expression.as_str().to_owned(), rule)),
        }
    }

    fn finish(&mut self) {
        if !self.parts.is_empty() {
            match AhoCorasick::new(self.parts.keys().map(|part| part.as_bytes())) {
                Ok(seek) => self.seek_parts = Some(seek),
                Err(_) => self.always.extend(self.parts.values().flatten()),
            }
            self.of_parts = std::mem::take(&mut self.parts).into_values().collect();
        }
        for chunk in std::mem::take(&mut self.expressions).chunks(EXPRESSIONS_AT_ONCE) {
            let expressions = chunk.iter().map(|(expression, _)| expression);
            let rules = chunk.iter().map(|(_, rule)| *rule).collect();
            match RegexSetBuilder::new(expressions).size_limit(SIZE).dfa_size_limit(SIZE).build() {
                Ok(set) => self.seek_expressions.push((set, rules)),
                Err(_) => self.always.extend::<Vec<_>>(rules),
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = RuleNumber> {
        let exact = self.texts.values().chain(self.wholes.values()).chain(self.networks.values());
        let sought = self.seek_expressions.iter().map(|(_, rules)| rules);
        exact.chain(&self.of_parts).chain(sought).chain([&self.always]).flatten().copied()
    }

    fn seek(&self, value: &Json<'_>, found: &mut Vec<RuleNumber>) {
        found.extend_from_slice(&self.always);
        match value {
            Json::Text(text) => self.seek_text(text, found),
            Json::Number(digits) if !self.wholes.is_empty() => {
                let whole = Number::parse(digits).and_then(Number::whole);
                found.extend(whole.and_then(|whole| self.wholes.get(&whole)).into_iter().flatten());
            }
            Json::Number(_) | Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => {}
        }
    }

    fn seek_text(&self, text: &str, found: &mut Vec<RuleNumber>) {
        let rules = match self.form {
            Form::Hash => self.texts.get(text.to_ascii_lowercase().as_str()),
            Form::Plain | Form::Hex | Form::Base64 => self.texts.get(text),
        };
        found.extend(rules.into_iter().flatten());
        if !self.prefixes.is_empty() {
            self.seek_networks(text, found);
        }
        if self.seek_parts.is_none() && self.seek_expressions.is_empty() {
            return;
        }
        let text = nfc(text);
        for part in self.seek_parts.iter().flat_map(|seek| seek.find_overlapping_iter(text.as_bytes())) {
            found.extend(self.of_parts.get(part.pattern().as_usize()).into_iter().flatten());
        }
        for (set, rules) in &self.seek_expressions {
            let numbers = set.matches(&text);
            found.extend(numbers.iter().filter_map(|number| rules.get(number)));
        }
    }

    fn seek_networks(&self, text: &str, found: &mut Vec<RuleNumber>) {
        let Some(network) = Network::parse(text) else { return };
        let wider = self.prefixes.iter().filter_map(|prefix| network.widened(*prefix));
        found.extend(wider.filter_map(|wider| self.networks.get(&wider)).flatten());
    }
}
