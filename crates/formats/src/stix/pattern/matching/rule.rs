//! A comparison expression, made ready to be asked of objects.

use std::{cmp::Ordering, collections::HashSet};

use thiserror::Error;

use super::work::Work;
use crate::{
    Json,
    json::short,
    stix::pattern::{
        ast::{Comparison, Condition, Literal, Logic, Order, Path, Step, Test},
        network::Network,
        observation::{Object, Observations, Observed},
        text::{ByteExpression, Expression, Like, Unfit},
        value::{Form, Want},
    },
};

/// Why a pattern is not matched, although it can be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unmatchable {
    /// WITHIN 0 SECONDS, or REPEATS 0 TIMES.
    #[error("WITHIN and REPEATS ask for a number above 0")]
    Zero,
    /// The regular expressions of all patterns of an engine, from this pattern on.
    #[error(
        "the regular expressions of all patterns together take more than {0} MiB: use fewer or simpler ones"
    )]
    Memory(usize),
    /// More than eight qualifiers on one expression.
    #[error("an expression has at most eight qualifiers here")]
    TooManyQualifiers,
    /// The operand of ISSUBSET or ISSUPERSET.
    #[error("\"{0}\" is no IPv4 or IPv6 address or network: write 198.51.100.0/24")]
    Network(String),
    /// The operand of MATCHES or LIKE.
    #[error("\"{expression}\" is not matched: {why}")]
    Expression {
        /// Its beginning.
        expression: String,
        /// What is wrong with it.
        why: String,
    },
}

/// What is asked of one object.
#[derive(Debug)]
pub(in crate::stix::pattern) enum Rule {
    Probe(Box<Probe>),
    All(Vec<Rule>),
    Any(Vec<Rule>),
}

/// What is asked of one property.
#[derive(Debug)]
pub(in crate::stix::pattern) struct Probe {
    pub object_type: Box<str>,
    pub hops: Box<[Hop]>,
    pub form: Form,
    pub is_negated: bool,
    pub ask: Ask,
}

/// A step to the next value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::stix::pattern) enum Hop {
    Key(Box<str>),
    Index(i64),
    Any,
    /// From an identifier to the object.
    Follow,
}

#[derive(Debug)]
pub(in crate::stix::pattern) enum Ask {
    Equal(Want),
    Ordered(Order, Want),
    In(Vec<Want>),
    /// As [`Ask::In`], where there are many and all are texts; in small letters for hashes.
    OneOf(HashSet<Box<str>>),
    Like(Like),
    Matches(Expression, Option<ByteExpression>),
    IsSubset(Network),
    IsSuperset(Network),
    Exists,
}

impl Rule {
    pub fn new(comparison: &Comparison) -> Result<Self, Unmatchable> {
        match comparison {
            Comparison::Test(test) => Probe::new(test).map(|probe| Self::Probe(Box::new(probe))),
            Comparison::Joined(logic, operands) => {
                let rules = operands.iter().map(Self::new).collect::<Result<_, _>>()?;
                Ok(match logic {
                    Logic::And => Self::All(rules),
                    Logic::Or => Self::Any(rules),
                })
            }
        }
    }

    /// Whether an object of this observation is as asked.
    pub fn holds(&self, observations: &Observations<'_>, observed: &Observed<'_>, work: &mut Work) -> bool {
        let mut asker = Asker { observations, observed, work };
        observations.objects(observed).iter().any(|object| self.holds_for(object, &mut asker))
    }

    /// How much memory its regular expressions take, in bytes and at most.
    pub fn expressions(&self) -> usize {
        match self {
            Self::Probe(probe) => match &probe.ask {
                Ask::Matches(expression, _) => expression.size(),
                Ask::Equal(_)
                | Ask::Ordered(..)
                | Ask::In(_)
                | Ask::OneOf(_)
                | Ask::Like(_)
                | Ask::IsSubset(_)
                | Ask::IsSuperset(_)
                | Ask::Exists => 0,
            },
            Self::All(rules) | Self::Any(rules) => rules.iter().map(Self::expressions).sum(),
        }
    }

    /// Calls `visit` with the type that each of its questions is about.
    pub fn each_type<'r>(&'r self, visit: &mut impl FnMut(&'r str)) {
        match self {
            Self::Probe(probe) => visit(&probe.object_type),
            Self::All(rules) | Self::Any(rules) => rules.iter().for_each(|rule| rule.each_type(visit)),
        }
    }

    fn holds_for(&self, object: &Object<'_>, asker: &mut Asker<'_, '_>) -> bool {
        match self {
            Self::Probe(probe) => probe.holds_for(object, asker),
            Self::All(rules) => rules.iter().all(|rule| rule.holds_for(object, asker)),
            Self::Any(rules) => rules.iter().any(|rule| rule.holds_for(object, asker)),
        }
    }
}

/// Calls `visit` with each value that the hops lead to from an object of this observation.
pub(in crate::stix::pattern) fn each_value(
    (object, hops): (&Json<'_>, &[Hop]),
    (observations, observed): (&Observations<'_>, &Observed<'_>),
    work: &mut Work,
    mut visit: impl FnMut(&Json<'_>),
) {
    let mut asker = Asker { observations, observed, work };
    walk(object, hops, &mut asker, &mut |value| {
        visit(value);
        false
    });
}

/// Where an object stands, and how much may still be done.
struct Asker<'o, 'a> {
    observations: &'o Observations<'a>,
    observed: &'o Observed<'a>,
    work: &'o mut Work,
}

impl Probe {
    fn new(test: &Test) -> Result<Self, Unmatchable> {
        let form = Form::of(&test.path);
        let want = |literal: &Literal| Want::new(literal, form);
        let ask = match &test.condition {
            Condition::Equal(literal) | Condition::NotEqual(literal) => Ask::Equal(want(literal)),
            Condition::Ordered(order, literal) => Ask::Ordered(*order, want(literal)),
            Condition::In(literals) => one_of(literals.iter().map(want).collect()),
            Condition::Like(pattern) => {
                Ask::Like(Like::new(pattern).map_err(|fault| unfit(pattern, &fault))?)
            }
            Condition::Matches(expression) => matches(expression, form)?,
            Condition::IsSubset(operand) => Ask::IsSubset(network(operand)?),
            Condition::IsSuperset(operand) => Ask::IsSuperset(network(operand)?),
            Condition::Exists => Ask::Exists,
        };
        // != is = with one more NOT: with values of another kind it is true.
        let is_negated = test.is_negated != matches!(test.condition, Condition::NotEqual(_));
        let object_type = test.path.object_type.as_str().into();
        Ok(Self { object_type, hops: hops(&test.path), form, is_negated, ask })
    }

    fn holds_for(&self, object: &Object<'_>, asker: &mut Asker<'_, '_>) -> bool {
        if *object.kind != *self.object_type {
            return false;
        }
        let mut fits = |value: &Json<'_>| self.fits(value);
        let found = walk(object.value, &self.hops, asker, &mut fits);
        match self.ask {
            Ask::Exists => found != self.is_negated,
            _ => found,
        }
    }

    fn fits(&self, value: &Json<'_>) -> bool {
        let text = value.as_text();
        let is_so = match &self.ask {
            Ask::Exists => return true,
            // What cannot be compared has no order, with and without NOT.
            Ask::Ordered(order, want) => {
                let found = want.order(value, self.form);
                return found.is_some_and(|found| in_order(*order, found) != self.is_negated);
            }
            Ask::Equal(want) => want.equals(value, self.form),
            Ask::In(wants) => wants.iter().any(|want| want.equals(value, self.form)),
            Ask::OneOf(wants) => text.is_some_and(|text| match self.form {
                Form::Hash => wants.contains(text.to_ascii_lowercase().as_str()),
                Form::Plain | Form::Hex | Form::Base64 => wants.contains(text),
            }),
            Ask::Like(like) => text.is_some_and(|text| self.is_like(like, text)),
            Ask::Matches(expression, None) => text.is_some_and(|text| expression.is_in(text)),
            Ask::Matches(_, Some(expression)) => {
                text.and_then(|text| self.form.bytes(text)).is_some_and(|bytes| expression.is_in(&bytes))
            }
            Ask::IsSubset(network) => {
                text.and_then(Network::parse).is_some_and(|inner| network.contains(&inner))
            }
            Ask::IsSuperset(network) => {
                text.and_then(Network::parse).is_some_and(|outer| outer.contains(network))
            }
        };
        is_so != self.is_negated
    }

    /// Bytes are like a text when they are its UTF-8.
    fn is_like(&self, like: &Like, text: &str) -> bool {
        if !self.form.is_binary() {
            return like.is(text);
        }
        self.form.bytes(text).is_some_and(|bytes| std::str::from_utf8(&bytes).is_ok_and(|text| like.is(text)))
    }
}

/// Whether one of the values that the hops lead to fits.
///
/// INVARIANT: calls itself once per hop; paths are as short as the limits of the parser ask.
fn walk(
    value: &Json<'_>,
    hops: &[Hop],
    asker: &mut Asker<'_, '_>,
    fits: &mut impl FnMut(&Json<'_>) -> bool,
) -> bool {
    if !asker.work.spend(1) {
        return false;
    }
    let Some((hop, rest)) = hops.split_first() else { return fits(value) };
    match hop {
        Hop::Key(key) => value.get(key).is_some_and(|value| walk(value, rest, asker, fits)),
        Hop::Any => {
            value.as_list().is_some_and(|items| items.iter().any(|item| walk(item, rest, asker, fits)))
        }
        Hop::Index(index) => item(value, *index).is_some_and(|item| walk(item, rest, asker, fits)),
        Hop::Follow => {
            let object = value.as_text().and_then(|id| asker.observations.follow(asker.observed, id));
            object.is_some_and(|object| walk(object, rest, asker, fits))
        }
    }
}

fn item<'j>(value: &'j Json<'j>, index: i64) -> Option<&'j Json<'j>> {
    let items = value.as_list()?;
    let place = usize::try_from(index.unsigned_abs()).ok()?;
    if index < 0 { items.get(items.len().checked_sub(place)?) } else { items.get(place) }
}

/// The steps of a path; behind a reference that is not its end, the object that it leads to.
pub(in crate::stix::pattern) fn hops(path: &Path) -> Box<[Hop]> {
    let mut hops = Vec::with_capacity(path.steps.len());
    let mut key = "";
    for (place, step) in path.steps.iter().enumerate() {
        let is_last = place + 1 == path.steps.len();
        let leads_on = match step {
            Step::Key(name) => {
                key = name;
                hops.push(Hop::Key(name.as_str().into()));
                key.ends_with("_ref")
            }
            Step::Index(index) => {
                hops.push(Hop::Index(*index));
                key.ends_with("_refs")
            }
            Step::Any => {
                hops.push(Hop::Any);
                key.ends_with("_refs")
            }
        };
        if leads_on && !is_last {
            hops.push(Hop::Follow);
        }
    }
    hops.into()
}

const fn in_order(order: Order, found: Ordering) -> bool {
    match order {
        Order::Less => found.is_lt(),
        Order::LessOrEqual => found.is_le(),
        Order::Greater => found.is_gt(),
        Order::GreaterOrEqual => found.is_ge(),
    }
}

fn one_of(wants: Vec<Want>) -> Ask {
    let texts = wants.iter().map(|want| match want {
        Want::Text(text) => Some(text.clone()),
        Want::Number(_) | Want::Boolean(_) | Want::Instant(_) | Want::Bytes(_) | Want::Nothing => None,
    });
    match texts.collect::<Option<HashSet<_>>>() {
        Some(texts) if texts.len() > 4 => Ask::OneOf(texts),
        Some(_) | None => Ask::In(wants),
    }
}

fn matches(expression: &str, form: Form) -> Result<Ask, Unmatchable> {
    let fault = |fault: regex::Error| unfit(expression, &fault);
    let bytes = if form.is_binary() { Some(ByteExpression::new(expression).map_err(fault)?) } else { None };
    Ok(Ask::Matches(Expression::new(expression).map_err(fault)?, bytes))
}

fn unfit(expression: &str, fault: &regex::Error) -> Unmatchable {
    let why = match Unfit::of(fault) {
        Unfit::Feature => "it asks for look-around or back-references".to_owned(),
        Unfit::Size => "it is too large".to_owned(),
        Unfit::Syntax(reason) => reason,
    };
    Unmatchable::Expression { expression: short(expression), why }
}

fn network(operand: &str) -> Result<Network, Unmatchable> {
    Network::parse(operand).ok_or_else(|| Unmatchable::Network(short(operand)))
}
