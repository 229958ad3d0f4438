//! Intervals of numbers: what is known of a number.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::node::Order;
use crate::Verdict;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Where.
    pub at: Decimal,
    /// Whether the end itself belongs to the interval.
    pub closed: bool,
}

/// The numbers that a fact may be; an absent end is infinity. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

impl Interval {
    /// One number.
    pub const fn point(at: Decimal) -> Self {
        Self::closed(at, at)
    }

    /// From `low` to `high`, both included.
    pub const fn closed(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(End { at: low, closed: true }), high: Some(End { at: high, closed: true }) }
    }

    /// The number, when it is one.
    pub fn single(&self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.at == high.at => Some(low.at),
            _ => None,
        }
    }

    /// Whether no number lies between the ends.
    pub fn is_empty(&self) -> bool {
        self.low.zip(self.high).is_some_and(|(low, high)| {
            low.at > high.at || (low.at == high.at && !(low.closed && high.closed))
        })
    }

    /// Whether the number stands in that order to `bound`.
    pub fn compare(&self, order: Order, bound: Decimal) -> Verdict {
        match order {
            Order::More => self.more(bound, true),
            Order::From => self.more(bound, false),
            Order::Less => self.more(bound, false).opposite(),
            Order::UpTo => self.more(bound, true).opposite(),
        }
    }

    fn more(&self, bound: Decimal, strict: bool) -> Verdict {
        let holds = |end: &End| end.at > bound || (end.at == bound && (!strict || !end.closed));
        let fails = |end: &End| end.at < bound || (end.at == bound && (strict || !end.closed));
        if self.low.as_ref().is_some_and(holds) {
            Verdict::Yes
        } else if self.high.as_ref().is_some_and(fails) {
            Verdict::No
        } else {
            Verdict::Unknown
        }
    }

    /// Whether this number stands in that order to `factor` times a number of `base`.
    pub fn compare_share(&self, order: Order, factor: Decimal, base: &Self) -> Verdict {
        match order {
            Order::More => self.more_share(factor, base, true),
            Order::From => self.more_share(factor, base, false),
            Order::Less => self.more_share(factor, base, false).opposite(),
            Order::UpTo => self.more_share(factor, base, true).opposite(),
        }
    }

    fn more_share(&self, factor: Decimal, base: &Self, strict: bool) -> Verdict {
        // The least and the greatest difference of the number and the share.
        let least = difference(self.low, base.high, factor);
        let most = difference(self.high, base.low, factor);
        let holds = |end: End| end.at > Decimal::ZERO || (end.at.is_zero() && (!strict || !end.closed));
        let fails = |end: End| end.at < Decimal::ZERO || (end.at.is_zero() && (strict || !end.closed));
        if least.is_some_and(holds) {
            Verdict::Yes
        } else if most.is_some_and(fails) {
            Verdict::No
        } else {
            Verdict::Unknown
        }
    }

    /// The cells into which `critical` values cut the interval, each by one number in it. Between two
    /// critical values without a whole number between them there is nothing for a `whole` number.
    pub fn samples(&self, mut critical: Vec<Decimal>, whole: bool) -> Vec<Decimal> {
        critical.extend(self.low.map(|end| end.at));
        critical.extend(self.high.map(|end| end.at));
        critical.retain(|at| self.contains(*at) || self.ends_at(*at));
        critical.sort_unstable();
        critical.dedup();
        let mut samples = vec![];
        let first = critical.first().copied();
        if self.low.is_none() {
            samples.push(first.map_or(Decimal::ZERO, |first| below(first, whole)));
        }
        for (index, at) in critical.iter().enumerate() {
            if self.contains(*at) && (!whole || at.fract().is_zero()) {
                samples.push(*at);
            }
            match critical.get(index + 1) {
                Some(next) => samples.extend(between(*at, *next, whole)),
                None if self.high.is_none() => samples.push(above(*at, whole)),
                None => {}
            }
        }
        samples
    }

    fn contains(&self, at: Decimal) -> bool {
        self.low.is_none_or(|end| at > end.at || (end.closed && at == end.at))
            && self.high.is_none_or(|end| at < end.at || (end.closed && at == end.at))
    }

    fn ends_at(&self, at: Decimal) -> bool {
        self.low.is_some_and(|end| end.at == at) || self.high.is_some_and(|end| end.at == at)
    }
}

fn difference(number: Option<End>, base: Option<End>, factor: Decimal) -> Option<End> {
    let number = number?;
    let base = if factor.is_zero() { End { at: Decimal::ZERO, closed: true } } else { base? };
    let share = base.at.checked_mul(factor)?;
    Some(End { at: number.at.checked_sub(share)?, closed: number.closed && base.closed })
}

fn between(low: Decimal, high: Decimal, whole: bool) -> Option<Decimal> {
    if whole {
        let next = above(low, true);
        (next < high).then_some(next)
    } else {
        let middle = low + (high - low) / Decimal::TWO;
        (low < middle && middle < high).then_some(middle)
    }
}

fn above(at: Decimal, whole: bool) -> Decimal {
    if whole { at.floor() + Decimal::ONE } else { at + Decimal::ONE }
}

fn below(at: Decimal, whole: bool) -> Decimal {
    if whole { at.ceil() - Decimal::ONE } else { at - Decimal::ONE }
}

/// Whether a number is one that the law's arithmetic can bear: at most 10^15 in size.
pub fn bearable(number: Decimal) -> bool {
    number.abs().to_f64().is_some_and(|size| size <= 1e15)
}
