//! What an observation must have, or else the rule cannot hold.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::stix::pattern::{
    matching::rule::{Ask, Hop, Probe, Rule},
    network::Network,
    text::{Expression, Like},
    value::{Form, Want},
};

/// A value at the end of a path.
#[derive(Clone, Copy)]
pub(super) struct Anchor<'r> {
    pub object_type: &'r str,
    pub hops: &'r [Hop],
    pub form: Form,
    pub sought: Sought<'r>,
}

/// What the value is, or has in it.
#[derive(Clone, Copy)]
pub(super) enum Sought<'r> {
    /// This text; in small letters for hashes.
    Text(&'r str),
    /// This whole number.
    Whole(i64),
    /// An address or network in this one.
    Network(Network),
    /// A text with this in it.
    Part(&'r str),
    /// A text in which this is found.
    Expression(&'r Expression),
}

/// Shorter parts are in too many texts to be worth seeking.
const SHORTEST_PART: usize = 3;
/// The beginning of a longer part, in bytes, tells as much: what seeks parts has states for every byte of them.
const LONGEST_PART: usize = 64;

/// How often each value is asked for by all rules: what many ask for tells little.
#[derive(Default)]
pub(super) struct Frequencies(HashMap<u64, u32>);

impl Frequencies {
    pub fn count(&mut self, rule: &Rule) {
        match rule {
            Rule::Probe(probe) => {
                for anchor in of_probe(probe).unwrap_or_default() {
                    *self.0.entry(anchor.number()).or_default() += 1;
                }
            }
            Rule::All(rules) | Rule::Any(rules) => rules.iter().for_each(|rule| self.count(rule)),
        }
    }

    fn cost(&self, anchor: &Anchor<'_>) -> u64 {
        let times = self.0.get(&anchor.number()).copied().unwrap_or_default();
        u64::from(times)
            + match anchor.sought {
                Sought::Text(_) | Sought::Whole(_) => 0,
                Sought::Network(_) => 4,
                Sought::Part(_) => 50,
                Sought::Expression(_) => 500,
            }
    }

    /// Anchors of which one is there whenever the rule holds; none when there are no such.
    pub fn anchors<'r>(&self, rule: &'r Rule) -> Option<Vec<Anchor<'r>>> {
        match rule {
            Rule::Probe(probe) => of_probe(probe),
            Rule::Any(rules) => {
                let all = rules.iter().map(|rule| self.anchors(rule)).collect::<Option<Vec<_>>>()?;
                Some(all.concat())
            }
            Rule::All(rules) => {
                let choices = rules.iter().filter_map(|rule| self.anchors(rule));
                choices.min_by_key(|anchors| anchors.iter().map(|anchor| self.cost(anchor)).sum::<u64>())
            }
        }
    }
}

impl Anchor<'_> {
    /// Two that seek the same at the same place have the same number.
    fn number(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.object_type, self.hops, self.form).hash(&mut hasher);
        match self.sought {
            Sought::Text(text) => (0, text).hash(&mut hasher),
            Sought::Whole(number) => (1, number).hash(&mut hasher),
            Sought::Network(network) => (2, network).hash(&mut hasher),
            Sought::Part(part) => (3, part).hash(&mut hasher),
            Sought::Expression(expression) => (4, expression.as_str()).hash(&mut hasher),
        }
        hasher.finish()
    }
}

fn of_probe(probe: &Probe) -> Option<Vec<Anchor<'_>>> {
    if probe.is_negated {
        return None;
    }
    let anchor =
        |sought| Anchor { object_type: &probe.object_type, hops: &probe.hops, form: probe.form, sought };
    let one = |sought| Some(vec![anchor(sought)]);
    match &probe.ask {
        Ask::Equal(want) => one(of_want(want)?),
        Ask::In(wants) => wants.iter().map(|want| of_want(want).map(anchor)).collect(),
        Ask::OneOf(texts) => Some(texts.iter().map(|text| anchor(Sought::Text(text))).collect()),
        Ask::IsSubset(network) => one(Sought::Network(*network)),
        Ask::Like(like) if !probe.form.is_binary() => one(of_like(like)?),
        Ask::Matches(expression, None) => one(Sought::Expression(expression)),
        Ask::Like(_) | Ask::Matches(_, Some(_)) | Ask::Ordered(..) | Ask::IsSuperset(_) | Ask::Exists => None,
    }
}

fn of_want(want: &Want) -> Option<Sought<'_>> {
    match want {
        Want::Text(text) => Some(Sought::Text(text)),
        Want::Number(number) => number.whole().map(Sought::Whole),
        Want::Boolean(_) | Want::Instant(_) | Want::Bytes(_) | Want::Nothing => None,
    }
}

fn of_like(like: &Like) -> Option<Sought<'_>> {
    let part = like.longest().filter(|part| part.len() >= SHORTEST_PART)?;
    part.get(..part.floor_char_boundary(LONGEST_PART)).map(Sought::Part)
}
