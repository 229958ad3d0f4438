//! Clocks: when a stage is due, from which event, and by which steps.
//!
//! A clock is data that a lawyer reads in a pack. It says one way to an instant:
//!
//! ```toml
//! from = "aware_significant"          # an event of the case, with a length:
//! hours = 24                          # hours | days | months | without_undue_delay = true
//!
//! submitted = "incident_notification" # the submission of a stage, with a length;
//! which = "latest"                    # first, unless said otherwise
//! months = 1
//!
//! date = "request_due"                # a date that a person or an authority set: no length
//!
//! earliest_of = [{ from = "classified", hours = 4 }, { from = "aware", hours = 24 }]
//! latest_of = [{ from = "aware", days = 2 }, { submitted = "early_warning", hours = 24 }]
//!
//! if_later = { event = "classified", than = { from = "aware", hours = 24 } }
//! then = { from = "classified", hours = 4 }
//! otherwise = { from = "aware", hours = 24 }
//! ```
//!
//! and may add, for the whole clock:
//!
//! ```toml
//! roll = { to = "next_working_day_noon", unless = "rule_of_the_pack" }  # or next_working_day_end
//! soft = true                         # "where possible"
//! on_request = true                   # owed only when an authority asks
//! every_months = 3                    # comes back
//! ```
//!
//! Hours are elapsed time, strict to the microsecond. Days and months keep the local wall
//! time of the entity's zone; a date that the month lacks becomes the last day of that
//! month. A wall time that daylight saving skips is moved forward by the skipped time; one
//! that happens twice means the first. The slack that Regulation (EEC, Euratom) No 1182/71
//! leaves is information only: [`legal_end`].

mod period;
mod reading;
mod roll;
mod text;
mod words;

use std::{collections::BTreeMap, fmt};

use jiff::tz::TimeZone;
use model::{Country, Instant};
use serde::Deserialize;

pub use crate::library::day as day_of;
pub use period::{legal_end, next_occurrence};
pub use words::local_words;

use crate::calendar::Calendar;

/// When a stage is due, in the terms of a law. Read from a `[clock]` table of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "text::ClockText")]
pub struct Clock {
    /// What the due instant is computed from.
    pub term: Term,
    /// What happens when it falls on a day on which people do not work.
    pub roll: Option<Roll>,
    /// Whether the law says "where possible" or "where feasible".
    pub soft: bool,
    /// Whether the stage is owed only when an authority asks for it.
    pub on_request: bool,
    /// The rhythm of a duty that comes back, in months.
    pub every_months: Option<u16>,
}

/// One way to an instant.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "text::ClockText")]
pub enum Term {
    /// A length after an anchor.
    Period {
        /// Where it starts.
        from: Anchor,
        /// How long it is.
        length: Length,
    },
    /// Whichever comes first.
    EarliestOf(Vec<Term>),
    /// Whichever comes last.
    LatestOf(Vec<Term>),
    /// One term when an anchor lies after another instant, else another term.
    IfLater {
        /// The anchor that is compared.
        event: Anchor,
        /// What it is compared with.
        than: Box<Term>,
        /// When it is strictly later.
        then: Box<Term>,
        /// When it is not.
        otherwise: Box<Term>,
    },
}

/// Where a period starts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// An event of the case, by its id (`aware_significant`).
    Event(String),
    /// The submission of a stage.
    Submission {
        /// The stage.
        stage: String,
        /// Which one, when there are several.
        which: Which,
    },
}

impl fmt::Display for Anchor {
    /// The id: `aware_significant`, `submitted:early_warning`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(id) => f.write_str(id),
            Self::Submission { stage, .. } => write!(f, "submitted:{stage}"),
        }
    }
}

/// Which of several submissions of a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The first.
    #[default]
    First,
    /// The latest: each further submission starts the period anew.
    Latest,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Elapsed hours.
    Hours(u32),
    /// Days, keeping the local wall time.
    Days(u32),
    /// Months, keeping the local wall time; the last day of the month if it has no such date.
    Months(u32),
    /// No length: the anchor itself is the date that a person or an authority set.
    OnTheDate,
    /// No fixed length, so no instant.
    WithoutUndueDelay,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Self::Hours(number) => (number, "hour"),
            Self::Days(number) => (number, "day"),
            Self::Months(number) => (number, "month"),
            Self::OnTheDate => return f.write_str("the date set"),
            Self::WithoutUndueDelay => return f.write_str("without undue delay"),
        };
        write!(f, "{number} {unit}{}", if *number == 1 { "" } else { "s" })
    }
}

/// What happens to a due instant on a Saturday, a Sunday or a public holiday. On any other
/// day nothing happens, so that an instant early on Monday can be due before one of Sunday:
/// the laws have it so.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    /// Where it moves.
    pub to: RollTo,
    /// The rule of the pack that excludes an entity from it. The caller evaluates the rule
    /// and hands the answer to [`deadline`].
    #[serde(default)]
    pub unless: Option<String>,
}

/// Where a due instant on a non-working day moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollTo {
    /// The last second of the next working day.
    NextWorkingDayEnd,
    /// Noon of the next working day.
    NextWorkingDayNoon,
}

/// What is known of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Events {
    moments: BTreeMap<String, Instant>,
    submissions: BTreeMap<String, Vec<Instant>>,
}

impl Events {
    /// Nothing known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that `event` happened at `at`; a later call replaces an earlier one.
    pub fn happened(&mut self, event: impl Into<String>, at: Instant) {
        self.moments.insert(event.into(), at);
    }

    /// Notes that `stage` was submitted at `at`, in any order.
    pub fn submitted(&mut self, stage: impl Into<String>, at: Instant) {
        self.submissions.entry(stage.into()).or_default().push(at);
    }

    /// The instant of an event.
    #[must_use]
    pub fn get(&self, event: &str) -> Option<Instant> {
        self.moments.get(event).copied()
    }

    /// The submissions of a stage, in the order in which they were noted.
    #[must_use]
    pub fn submissions(&self, stage: &str) -> &[Instant] {
        self.submissions.get(stage).map_or(&[], Vec::as_slice)
    }

    /// The instant of an anchor, when it is known.
    #[must_use]
    pub fn anchor(&self, anchor: &Anchor) -> Option<Instant> {
        match anchor {
            Anchor::Event(id) => self.get(id),
            Anchor::Submission { stage, which: Which::First } => {
                self.submissions(stage).iter().min().copied()
            }
            Anchor::Submission { stage, which: Which::Latest } => {
                self.submissions(stage).iter().max().copied()
            }
        }
    }
}

/// Where the entity is: it decides wall times and working days.
#[derive(Clone, Copy, Debug)]
pub struct Locality<'a> {
    /// The zone in which the entity works.
    pub zone: &'a TimeZone,
    /// The Member State whose public holidays count.
    pub country: Country,
    /// The public holidays.
    pub calendar: &'a Calendar,
}

/// How far an instant can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Nothing that is still unknown can move it.
    Exact,
    /// What is unknown can only make the period end earlier (before any roll).
    NoLaterThan,
    /// What is unknown can only make the period end later.
    NoEarlierThan,
    /// It holds unless an event that is unknown turns out to be late (`if_later`).
    Assumed,
}

/// When a stage is due and how that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The due instant, strict.
    pub at: Instant,
    /// The anchor that governs.
    pub anchor: Anchor,
    /// Its instant.
    pub anchor_at: Instant,
    /// The length that governs.
    pub length: Length,
    /// The instant before the roll, when a roll moved it.
    pub rolled_from: Option<Instant>,
    /// How far `at` can be relied on.
    pub bound: Bound,
    /// The anchors that are still unknown and could move it.
    pub waiting_for: Vec<Anchor>,
    /// The way to it, in words.
    pub steps: Vec<String>,
}

impl Deadline {
    /// The id of the anchor (`aware_significant`, `submitted:early_warning`).
    #[must_use]
    pub fn anchor_id(&self) -> String {
        self.anchor.to_string()
    }

    /// Whether a roll moved it.
    #[must_use]
    pub const fn rolled(&self) -> bool {
        self.rolled_from.is_some()
    }

    /// Whether facts still unknown can move it.
    #[must_use]
    pub const fn provisional(&self) -> bool {
        !matches!(self.bound, Bound::Exact)
    }
}

/// Why no due instant can be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// The zone is not in the time zone database.
    #[error("{0:?} is no IANA time zone; write one as Europe/Luxembourg")]
    Zone(String),
    /// The period ends outside the years that can be represented.
    #[error("{length} after {anchor} ({anchor_at}) lies beyond the year 9998; correct the date of {anchor}")]
    Beyond {
        /// The anchor.
        anchor: String,
        /// Its instant.
        anchor_at: Instant,
        /// The length.
        length: String,
    },
    /// The calendar has no holidays of the country.
    #[error(
        "no public holidays of {0} are known, so its next working day is not; add the country to vocabularies/holidays.toml"
    )]
    NoHolidays(Country),
    /// The calendar leaves no working day within a year.
    #[error(
        "the public holidays of {0} leave no working day within a year; correct vocabularies/holidays.toml"
    )]
    NoWorkingDay(Country),
}

/// The zone of an IANA name (`Europe/Luxembourg`), from the database in the binary.
///
/// # Errors
/// [`ClockError::Zone`] when there is none of that name.
pub fn zone(name: &str) -> Result<TimeZone, ClockError> {
    TimeZone::get(name).map_err(|_| ClockError::Zone(name.chars().take(64).collect()))
}

/// When the stage with this clock is due; `None` while the anchor is unknown, or when the law
/// sets no length.
///
/// `roll_excluded` is the caller's answer to [`Roll::unless`] and counts only where the clock
/// has one; `None` when it is not known, and then the earlier, unrolled instant is kept and
/// marked.
///
/// # Errors
/// [`ClockError`], when the period leaves the calendar or the holidays are not known.
pub fn deadline(
    clock: &Clock,
    events: &Events,
    locality: &Locality<'_>,
    roll_excluded: Option<bool>,
) -> Result<Option<Deadline>, ClockError> {
    let mut reader = reading::Reader { events, zone: locality.zone, steps: Vec::new() };
    let reading = reader.read(&clock.term)?;
    let Some((point, bound)) = reading.point() else { return Ok(None) };
    let mut deadline = Deadline {
        at: point.at,
        anchor: point.anchor.clone(),
        anchor_at: point.anchor_at,
        length: point.length,
        rolled_from: None,
        bound,
        waiting_for: if bound == Bound::Exact { Vec::new() } else { waiting_for(clock, events) },
        steps: reader.steps,
    };
    if let Some(roll) = &clock.roll {
        roll::apply(roll, &mut deadline, locality, roll_excluded)?;
    }
    Ok(Some(deadline))
}

/// The anchors of a clock that are still unknown, each once, in the order of the clock.
#[must_use]
pub fn waiting_for(clock: &Clock, events: &Events) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    clock.term.anchors(&mut anchors);
    let mut unknown: Vec<Anchor> = Vec::new();
    for anchor in anchors {
        if events.anchor(anchor).is_none() && !unknown.contains(anchor) {
            unknown.push(anchor.clone());
        }
    }
    unknown
}

impl Clock {
    /// Whether the clock never gives an instant: every way through it is
    /// "without undue delay".
    #[must_use]
    pub fn has_no_length(&self) -> bool {
        self.term.has_no_length()
    }

    /// Every anchor the clock names, each once, in its order.
    #[must_use]
    pub fn anchors(&self) -> Vec<Anchor> {
        waiting_for(self, &Events::new())
    }
}

impl Term {
    fn anchors<'a>(&'a self, found: &mut Vec<&'a Anchor>) {
        match self {
            Self::Period { from, .. } => found.push(from),
            Self::EarliestOf(terms) | Self::LatestOf(terms) => {
                terms.iter().for_each(|term| term.anchors(found))
            }
            Self::IfLater { event, than, then, otherwise } => {
                found.push(event);
                [than, then, otherwise].into_iter().for_each(|term| term.anchors(found));
            }
        }
    }

    fn has_no_length(&self) -> bool {
        match self {
            Self::Period { length, .. } => *length == Length::WithoutUndueDelay,
            Self::EarliestOf(terms) | Self::LatestOf(terms) => terms.iter().all(Self::has_no_length),
            Self::IfLater { then, otherwise, .. } => then.has_no_length() && otherwise.has_no_length(),
        }
    }
}
