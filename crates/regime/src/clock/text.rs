//! Clocks as a pack writes them: flat tables, every key checked.

use serde::Deserialize;

use super::{Anchor, Clock, Length, Roll, Term, Which};

/// The longest periods a pack may set: far beyond any law, near enough for arithmetic.
const MOST_HOURS: u32 = 100_000;
const MOST_DAYS: u32 = 36_500;
const MOST_MONTHS: u32 = 1_200;

/// A `[clock]` table, and each term inside one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockText {
    from: Option<String>,
    submitted: Option<String>,
    which: Option<Which>,
    date: Option<String>,
    hours: Option<u32>,
    days: Option<u32>,
    months: Option<u32>,
    without_undue_delay: Option<bool>,
    earliest_of: Option<Vec<Term>>,
    latest_of: Option<Vec<Term>>,
    if_later: Option<IfLaterText>,
    then: Option<Box<Term>>,
    otherwise: Option<Box<Term>>,
    roll: Option<Roll>,
    soft: Option<bool>,
    on_request: Option<bool>,
    every_months: Option<u16>,
}

/// `if_later = { event = "classified", than = { from = "aware", hours = 24 } }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IfLaterText {
    event: Option<String>,
    submitted: Option<String>,
    which: Option<Which>,
    than: Box<Term>,
}

/// Why a table is no clock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ClockTextError {
    #[error(
        "a clock says exactly one of from, submitted, date, earliest_of, latest_of, if_later; this one says {0}"
    )]
    Ways(String),
    #[error(
        "a period says exactly one of hours, days, months, without_undue_delay = true; this one says {0}"
    )]
    Lengths(String),
    #[error("{key} must lie between 1 and {most}, got {got}")]
    Range { key: &'static str, most: u32, got: u32 },
    #[error("{0} must name at least one term")]
    Empty(&'static str),
    #[error("if_later needs both then and otherwise")]
    Branches,
    #[error("if_later compares with an instant; give than a length other than without_undue_delay")]
    Than,
    #[error("{key} belongs to {owner} and has no meaning here; remove it")]
    Stray { key: &'static str, owner: &'static str },
    #[error("an anchor says exactly one of {event} and submitted")]
    Anchor { event: &'static str },
    #[error("{0} must not be empty")]
    Blank(&'static str),
}

impl TryFrom<ClockText> for Clock {
    type Error = ClockTextError;

    fn try_from(mut text: ClockText) -> Result<Self, Self::Error> {
        let every_months = text.every_months.take();
        if let Some(months) = every_months {
            within("every_months", u32::from(months), MOST_MONTHS)?;
        }
        let roll = text.roll.take();
        let soft = text.soft.take().unwrap_or_default();
        let on_request = text.on_request.take().unwrap_or_default();
        Ok(Self { term: text.try_into()?, roll, soft, on_request, every_months })
    }
}

impl TryFrom<ClockText> for Term {
    type Error = ClockTextError;

    fn try_from(mut text: ClockText) -> Result<Self, Self::Error> {
        text.no_clock()?;
        text.one_way()?;
        if let Some(terms) = text.earliest_of.take() {
            text.no_length("earliest_of")?;
            return several("earliest_of", terms).map(Self::EarliestOf);
        }
        if let Some(terms) = text.latest_of.take() {
            text.no_length("latest_of")?;
            return several("latest_of", terms).map(Self::LatestOf);
        }
        if let Some(comparison) = text.if_later.take() {
            text.no_length("if_later")?;
            let (Some(then), Some(otherwise)) = (text.then, text.otherwise) else {
                return Err(ClockTextError::Branches);
            };
            if comparison.than.has_no_length() {
                return Err(ClockTextError::Than);
            }
            let event = anchor("event", comparison.event, comparison.submitted, comparison.which)?;
            return Ok(Self::IfLater { event, than: comparison.than, then, otherwise });
        }
        if let Some(date) = text.date.take() {
            text.no_length("date")?;
            return Ok(Self::Period {
                from: anchor("date", Some(date), None, None)?,
                length: Length::OnTheDate,
            });
        }
        let length = text.length()?;
        let from = anchor("from", text.from, text.submitted, text.which)?;
        Ok(Self::Period { from, length })
    }
}

impl ClockText {
    /// A term has no roll and no rhythm of its own.
    fn no_clock(&self) -> Result<(), ClockTextError> {
        let keys = [
            ("roll", self.roll.is_some()),
            ("soft", self.soft.is_some()),
            ("on_request", self.on_request.is_some()),
            ("every_months", self.every_months.is_some()),
        ];
        match said(&keys).first() {
            Some(key) => Err(ClockTextError::Stray { key, owner: "the whole clock" }),
            None => Ok(()),
        }
    }

    fn one_way(&self) -> Result<(), ClockTextError> {
        let ways = [
            ("from", self.from.is_some()),
            ("submitted", self.submitted.is_some()),
            ("date", self.date.is_some()),
            ("earliest_of", self.earliest_of.is_some()),
            ("latest_of", self.latest_of.is_some()),
            ("if_later", self.if_later.is_some()),
        ];
        let said = said(&ways);
        if said.len() != 1 {
            return Err(ClockTextError::Ways(listed(&said)));
        }
        if self.if_later.is_none() && (self.then.is_some() || self.otherwise.is_some()) {
            return Err(ClockTextError::Stray { key: "then or otherwise", owner: "if_later" });
        }
        if self.which.is_some() && self.submitted.is_none() {
            return Err(ClockTextError::Stray { key: "which", owner: "submitted" });
        }
        Ok(())
    }

    fn lengths(&self) -> Vec<&'static str> {
        said(&[
            ("hours", self.hours.is_some()),
            ("days", self.days.is_some()),
            ("months", self.months.is_some()),
            ("without_undue_delay", self.without_undue_delay.is_some()),
        ])
    }

    fn no_length(&self, owner: &'static str) -> Result<(), ClockTextError> {
        match self.lengths().first() {
            Some(key) if owner == "date" => Err(ClockTextError::Stray { key, owner: "from or submitted" }),
            Some(key) => Err(ClockTextError::Stray { key, owner: "the single terms" }),
            None => Ok(()),
        }
    }

    fn length(&self) -> Result<Length, ClockTextError> {
        match (self.hours, self.days, self.months, self.without_undue_delay) {
            (Some(hours), None, None, None) => within("hours", hours, MOST_HOURS).map(Length::Hours),
            (None, Some(days), None, None) => within("days", days, MOST_DAYS).map(Length::Days),
            (None, None, Some(months), None) => within("months", months, MOST_MONTHS).map(Length::Months),
            (None, None, None, Some(true)) => Ok(Length::WithoutUndueDelay),
            (_, _, _, _) => Err(ClockTextError::Lengths(listed(&self.lengths()))),
        }
    }
}

fn said(keys: &[(&'static str, bool)]) -> Vec<&'static str> {
    keys.iter().filter(|(_, present)| *present).map(|(key, _)| *key).collect()
}

fn listed(keys: &[&str]) -> String {
    if keys.is_empty() { "none".to_owned() } else { keys.join(", ") }
}

fn within(key: &'static str, got: u32, most: u32) -> Result<u32, ClockTextError> {
    if (1..=most).contains(&got) { Ok(got) } else { Err(ClockTextError::Range { key, most, got }) }
}

fn several(key: &'static str, terms: Vec<Term>) -> Result<Vec<Term>, ClockTextError> {
    if terms.is_empty() { Err(ClockTextError::Empty(key)) } else { Ok(terms) }
}

fn anchor(
    key: &'static str,
    event: Option<String>,
    submitted: Option<String>,
    which: Option<Which>,
) -> Result<Anchor, ClockTextError> {
    let anchor = match (event, submitted, which) {
        (Some(id), None, None) => Anchor::Event(id),
        (None, Some(stage), which) => Anchor::Submission { stage, which: which.unwrap_or_default() },
        (Some(_), None, Some(_)) => return Err(ClockTextError::Stray { key: "which", owner: "submitted" }),
        (Some(_), Some(_), _) | (None, None, _) => return Err(ClockTextError::Anchor { event: key }),
    };
    match &anchor {
        Anchor::Event(id) if id.trim().is_empty() => Err(ClockTextError::Blank(key)),
        Anchor::Submission { stage, .. } if stage.trim().is_empty() => {
            Err(ClockTextError::Blank("submitted"))
        }
        Anchor::Event(_) | Anchor::Submission { .. } => Ok(anchor),
    }
}
