//! A period in whole months, in UTC.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use model::Instant;

/// The most months of a period.
const MOST_MONTHS: usize = 120;

/// Whole months, from the first to before the last, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    first: Date,
    /// The first day after it.
    after: Date,
}

/// Why two texts are no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodProblem {
    /// Not a year, a quarter or a month.
    #[error(
        "{field} must be a year (2026), a quarter (2026-Q1) or a month (2026-03) from 1970 to 9997, got {got:?}"
    )]
    Form {
        /// `from` or `until`.
        field: &'static str,
        /// What it was.
        got: String,
    },
    /// It ends before it begins, or is too long.
    #[error("until must not lie before from, and a period has at most {MOST_MONTHS} months")]
    Length,
}

impl PeriodProblem {
    /// The field, and the rule that it breaks.
    #[must_use]
    pub const fn place(&self) -> (&'static str, &'static str) {
        match self {
            Self::Form { field, .. } => (field, "period"),
            Self::Length => ("until", "length"),
        }
    }
}

impl Period {
    /// From the beginning of `from` to the end of `until`, each a year, a quarter or a month; without `until` to the
    /// end of `from`.
    ///
    /// # Errors
    /// [`PeriodProblem`].
    pub fn read(from: &str, until: Option<&str>) -> Result<Self, PeriodProblem> {
        let part = |field, text: &str| {
            part(text).ok_or_else(|| PeriodProblem::Form { field, got: text.chars().take(40).collect() })
        };
        let (first, after) = part("from", from)?;
        let after = until.map_or(Ok(after), |until| part("until", until).map(|(_, after)| after))?;
        let period = Self { first, after };
        let months = period.months().take(MOST_MONTHS + 1).count();
        if months == 0 || months > MOST_MONTHS { Err(PeriodProblem::Length) } else { Ok(period) }
    }

    /// The whole periods of so many months (a divisor of twelve) that have passed at an instant, the latest first, back
    /// to 1970.
    pub fn before(at: Instant, months: u16) -> impl Iterator<Item = Self> {
        let day = TimeZone::UTC.to_datetime(at.timestamp()).date();
        let length = i8::try_from(months).unwrap_or(i8::MAX).clamp(1, 12);
        let month = (day.month() - 1) / length * length + 1;
        let running = Date::new(day.year(), month, 1).ok();
        let back =
            move |after: &Date| after.checked_sub(length.months()).ok().filter(|first| first.year() >= 1970);
        std::iter::successors(running, back)
            .map_while(move |after| Some(Self { first: back(&after)?, after }))
    }

    /// The first instant.
    #[must_use]
    pub fn start(self) -> Instant {
        instant(self.first)
    }

    /// The first instant after it.
    #[must_use]
    pub fn end(self) -> Instant {
        instant(self.after)
    }

    /// The first day.
    #[must_use]
    pub const fn first_day(self) -> Date {
        self.first
    }

    /// The names of its months (`2026-03`), in order.
    pub fn months(self) -> impl Iterator<Item = String> {
        let month =
            move |count: i64| self.first.checked_add(count.months()).ok().filter(|day| *day < self.after);
        (0..).map_while(month).map(name_of_month)
    }

    /// The quarter, when it is exactly one (`2026-Q1`).
    #[must_use]
    pub fn quarter(self) -> Option<String> {
        let whole = self.first.month() % 3 == 1
            && self.first.checked_add(3.months()).is_ok_and(|end| end == self.after);
        whole.then(|| format!("{}-Q{}", self.first.year(), (self.first.month() + 2) / 3))
    }

    /// As people write it: `2026`, `2026-Q1`, `2026-03` or `2026-01 to 2026-06`.
    #[must_use]
    pub fn name(self) -> String {
        let year =
            self.first.month() == 1 && self.first.checked_add(1.year()).is_ok_and(|end| end == self.after);
        if year {
            return self.first.year().to_string();
        }
        if let Some(quarter) = self.quarter() {
            return quarter;
        }
        let (first, last) = (name_of_month(self.first), self.last_month());
        if first == last { first } else { format!("{first} to {last}") }
    }

    /// The first month.
    #[must_use]
    pub fn first_month(self) -> String {
        name_of_month(self.first)
    }

    /// The last month.
    #[must_use]
    pub fn last_month(self) -> String {
        self.after.yesterday().map_or_else(|_| self.first_month(), name_of_month)
    }
}

/// The month of an instant in UTC (`2026-03`).
#[must_use]
pub(crate) fn month_of(at: Instant) -> String {
    name_of_month(TimeZone::UTC.to_datetime(at.timestamp()).date())
}

fn name_of_month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn instant(day: Date) -> Instant {
    let at = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
    at.and_then(|at| Instant::try_from(at).ok()).unwrap_or(Instant::MAX)
}

/// The first day of a year, a quarter or a month, and the first day after it.
fn part(text: &str) -> Option<(Date, Date)> {
    let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
    let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: i16 =
        digits(year, 4).then(|| year.parse().ok()).flatten().filter(|year| (1970..=9997).contains(year))?;
    let (month, months) = match rest {
        None => (1, 12),
        Some(rest) => match rest.strip_prefix('Q') {
            Some(quarter) if digits(quarter, 1) => {
                (quarter.parse::<i8>().ok().filter(|quarter| (1..=4).contains(quarter))? * 3 - 2, 3)
            }
            Some(_) => return None,
            None => (digits(rest, 2).then(|| rest.parse::<i8>().ok()).flatten()?, 1),
        },
    };
    let first = Date::new(number, month, 1).ok()?;
    Some((first, first.checked_add(months.months()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_year_a_quarter_a_month_or_from_one_to_another() {
        let name = |from, until| Period::read(from, until).map(Period::name);
        assert_eq!(name("2026", None).unwrap(), "2026");
        assert_eq!(name("2026-Q4", None).unwrap(), "2026-Q4");
        assert_eq!(name("2026-02", None).unwrap(), "2026-02");
        assert_eq!(name("2026-01", Some("2026-06")).unwrap(), "2026-01 to 2026-06");
        assert_eq!(name("2026-Q1", Some("2026-Q4")).unwrap(), "2026");
        let quarter = Period::read("2026-Q1", None).unwrap();
        assert_eq!(
            (quarter.start().to_string(), quarter.end().to_string()),
            ("2026-01-01T00:00:00Z".into(), "2026-04-01T00:00:00Z".into())
        );
        assert_eq!(quarter.months().collect::<Vec<_>>(), ["2026-01", "2026-02", "2026-03"]);
        let before = |at: &str, months| {
            Period::before(at.parse().unwrap(), months).take(2).map(Period::name).collect::<Vec<_>>()
        };
        assert_eq!(before("2026-04-01T00:00:00Z", 3), ["2026-Q1", "2025-Q4"]);
        assert_eq!(before("2026-12-31T23:59:59Z", 3), ["2026-Q3", "2026-Q2"]);
        assert_eq!(before("2026-12-31T23:59:59Z", 12), ["2025", "2024"]);
        assert_eq!(before("2026-01-31T23:59:59Z", 1), ["2025-12", "2025-11"]);
        assert!(before("1970-01-31T00:00:00Z", 3).is_empty());
    }

    #[test]
    fn what_is_no_period_is_named() {
        for wrong in [
            "",
            "26",
            "2026-",
            "2026-13",
            "2026-0",
            "2026-Q0",
            "2026-Q5",
            "2026-q1",
            "+026",
            "1969",
            "9998",
            "2026-03-01",
            "２０２６",
        ] {
            let problem = Period::read(wrong, None).unwrap_err();
            assert_eq!(problem.place(), ("from", "period"), "{wrong}");
        }
        assert_eq!(Period::read("2026", Some("x")).unwrap_err().place(), ("until", "period"));
        assert_eq!(Period::read("2026", Some("2025")).unwrap_err(), PeriodProblem::Length);
        assert_eq!(Period::read("2000", Some("2026")).unwrap_err(), PeriodProblem::Length);
        assert!(Period::read("2017", Some("2026")).is_ok(), "ten years");
    }
}
