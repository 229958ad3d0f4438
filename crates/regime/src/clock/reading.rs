//! What a term says of the due instant while some anchors are unknown: an interval.

use jiff::tz::TimeZone;
use model::Instant;

use super::{Anchor, Bound, ClockError, Events, Length, Term, local_words, period, words};

/// An instant with the anchor and the length that gave it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point<'a> {
    pub(super) at: Instant,
    pub(super) anchor: &'a Anchor,
    pub(super) anchor_at: Instant,
    pub(super) length: Length,
}

/// Between which instants the due instant lies.
///
/// INVARIANT: whatever the unknown anchors turn out to be, the period ends at or after `low`
/// and at or before `high` where these are present, unless `assumed`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading<'a> {
    low: Option<Point<'a>>,
    high: Option<Point<'a>>,
    /// Built on the assumption that an unknown event is not late.
    assumed: bool,
    /// Without undue delay: says nothing about the instant.
    silent: bool,
}

impl<'a> Reading<'a> {
    /// The best point there is, and how far it can be relied on.
    pub(super) fn point(&self) -> Option<(Point<'a>, Bound)> {
        match (self.low, self.high) {
            (_, Some(high)) if self.assumed => Some((high, Bound::Assumed)),
            (Some(low), None) if self.assumed => Some((low, Bound::Assumed)),
            (Some(low), Some(high)) if low.at == high.at => Some((high, Bound::Exact)),
            (_, Some(high)) => Some((high, Bound::NoLaterThan)),
            (Some(low), None) => Some((low, Bound::NoEarlierThan)),
            (None, None) => None,
        }
    }

    /// Whether `instant` lies strictly after the end, when that is decided.
    fn ends_before(&self, instant: Instant) -> Option<bool> {
        match (self.low, self.high) {
            (_, _) if self.assumed => None,
            (_, Some(high)) if instant > high.at => Some(true),
            (Some(low), _) if instant <= low.at => Some(false),
            (_, _) => None,
        }
    }
}

/// Reads terms and notes the way in words.
pub(super) struct Reader<'e> {
    pub(super) events: &'e Events,
    pub(super) zone: &'e TimeZone,
    pub(super) steps: Vec<String>,
}

impl Reader<'_> {
    /// What a term says.
    pub(super) fn read<'a>(&mut self, term: &'a Term) -> Result<Reading<'a>, ClockError> {
        match term {
            Term::Period { from, length } => self.period(from, *length),
            Term::EarliestOf(terms) => self.several(terms, true),
            Term::LatestOf(terms) => self.several(terms, false),
            Term::IfLater { event, than, then, otherwise } => self.if_later(event, than, then, otherwise),
        }
    }

    fn period<'a>(&mut self, anchor: &'a Anchor, length: Length) -> Result<Reading<'a>, ClockError> {
        let name = words::anchor_words(anchor);
        let Some(anchor_at) = self.events.anchor(anchor) else {
            self.steps.push(format!("{name}: not known yet"));
            let silent = length == Length::WithoutUndueDelay;
            return Ok(Reading { silent, ..Reading::default() });
        };
        let start = self.words(anchor_at);
        let Some(at) = period::end(anchor, anchor_at, length, self.zone)? else {
            self.steps.push(format!("{name}: {start}; without undue delay, no fixed length"));
            return Ok(Reading { silent: true, ..Reading::default() });
        };
        self.steps.push(if length == Length::OnTheDate {
            format!("{name}: {start}")
        } else {
            format!("{name}: {start}; plus {length}: {}", self.words(at))
        });
        let point = Some(Point { at, anchor, anchor_at, length });
        Ok(Reading { low: point, high: point, ..Reading::default() })
    }

    fn several<'a>(&mut self, terms: &'a [Term], earliest: bool) -> Result<Reading<'a>, ClockError> {
        let mut readings = Vec::with_capacity(terms.len());
        for term in terms {
            let reading = self.read(term)?;
            if !reading.silent {
                readings.push(reading);
            }
        }
        let lows: Vec<_> = readings.iter().map(|reading| reading.low).collect();
        let highs: Vec<_> = readings.iter().map(|reading| reading.high).collect();
        let (low, high) = if earliest {
            (all(lows).and_then(first), first(known(highs)))
        } else {
            (last(known(lows)), all(highs).and_then(last))
        };
        let assumed = readings.iter().any(|reading| reading.assumed);
        let joined = Reading { low, high, assumed, silent: readings.is_empty() };
        if let Some((point, _)) = joined.point() {
            let which = if earliest { "earliest" } else { "latest" };
            self.steps.push(format!("the {which} of these counts: {}", self.words(point.at)));
        }
        Ok(joined)
    }

    fn if_later<'a>(
        &mut self,
        event: &Anchor,
        than: &Term,
        then: &'a Term,
        otherwise: &'a Term,
    ) -> Result<Reading<'a>, ClockError> {
        let (name, limit_words) = (words::anchor_words(event), words::term_words(than));
        let Some(event_at) = self.events.anchor(event) else {
            let reading = self.read(otherwise)?;
            self.steps.push(format!("assumed: {name}, not known yet, is not later than {limit_words}"));
            return Ok(Reading { assumed: true, ..reading });
        };
        let mut aside = Reader { events: self.events, zone: self.zone, steps: Vec::new() };
        let later = aside.read(than)?.ends_before(event_at);
        let verb = match later {
            Some(true) => "is",
            Some(false) => "is not",
            None => "may be",
        };
        self.steps.push(format!("{name}, {}, {verb} later than {limit_words}", self.words(event_at)));
        match later {
            Some(true) => self.read(then),
            Some(false) => self.read(otherwise),
            None => Ok(either(self.read(then)?, self.read(otherwise)?)),
        }
    }

    fn words(&self, at: Instant) -> String {
        local_words(at, self.zone)
    }
}

fn all(points: Vec<Option<Point<'_>>>) -> Option<Vec<Point<'_>>> {
    points.into_iter().collect()
}

fn known(points: Vec<Option<Point<'_>>>) -> Vec<Point<'_>> {
    points.into_iter().flatten().collect()
}

fn first(points: Vec<Point<'_>>) -> Option<Point<'_>> {
    points.into_iter().min_by_key(|point| point.at)
}

fn last(points: Vec<Point<'_>>) -> Option<Point<'_>> {
    points.into_iter().max_by_key(|point| point.at)
}

/// What holds whichever of the two applies.
fn either<'a>(one: Reading<'a>, other: Reading<'a>) -> Reading<'a> {
    Reading {
        low: all(vec![one.low, other.low]).and_then(first),
        high: all(vec![one.high, other.high]).and_then(last),
        assumed: one.assumed || other.assumed,
        silent: one.silent && other.silent,
    }
}
