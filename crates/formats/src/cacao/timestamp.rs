//! Timestamps: RFC 3339 in UTC with `Z` (the data type `timestamp`, section 10).

use std::fmt;

/// A timestamp as it came. Reading keeps whatever stands there; [`super::check`] says whether it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timestamp(String);

impl Timestamp {
    /// Takes any text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Milliseconds since 1970, if this is a timestamp; finer digits are cut off.
    #[must_use]
    pub fn milliseconds(&self) -> Option<i64> {
        Moment::read(&self.0)
            .filter(Moment::exists)
            .and_then(|moment| i64::try_from(moment.nanoseconds().div_euclid(1_000_000)).ok())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// The parts of a timestamp of the form `YYYY-MM-DDThh:mm:ss[.s+]Z`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    /// How many digits stand behind the point.
    pub digits: usize,
}

impl Moment {
    /// Form and ranges, as the published pattern has them: each month has 31 days there.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| digits(bytes.get(from..to)?);
        let is = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
        let marks = is(4, b'-') && is(7, b'-') && is(10, b'T') && is(13, b':') && is(16, b':');
        if !marks || bytes.last() != Some(&b'Z') {
            return None;
        }
        let fraction = match bytes.get(19..bytes.len() - 1)? {
            [] => None,
            [b'.', fraction @ ..] => Some(fraction),
            _ => return None,
        };
        let moment = Self {
            year: number(0, 4)?,
            month: number(5, 7)?,
            day: number(8, 10)?,
            hour: number(11, 13)?,
            minute: number(14, 16)?,
            second: number(17, 19)?,
            nanosecond: fraction.map_or(Some(0), nanoseconds)?,
            digits: fraction.map_or(0, <[u8]>::len),
        };
        moment.is_in_range().then_some(moment)
    }

    const fn is_in_range(&self) -> bool {
        1 <= self.month
            && self.month <= 12
            && 1 <= self.day
            && self.day <= 31
            && self.hour <= 23
            && self.minute <= 59
            && self.second <= 60
    }

    /// Whether the calendar has this day.
    pub const fn exists(&self) -> bool {
        let days = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        };
        self.day <= days
    }

    /// Nanoseconds since 1970; a leap second counts as the second that follows it.
    pub fn nanoseconds(&self) -> i128 {
        let seconds = days_since_1970(self.year, self.month, self.day) * 86_400
            + self.hour * 3_600
            + self.minute * 60
            + self.second;
        i128::from(seconds) * 1_000_000_000 + i128::from(self.nanosecond)
    }
}

/// The first nine digits behind the point; at least one must be there.
fn nanoseconds(fraction: &[u8]) -> Option<i64> {
    if fraction.is_empty() || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let first = fraction.get(..fraction.len().min(9))?;
    let power = u32::try_from(9 - first.len()).ok()?;
    Some(digits(first)? * 10_i64.pow(power))
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

/// Days of the Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_instants_in_utc() {
        assert_eq!(Timestamp::new("1970-01-01T00:00:01.500Z").milliseconds(), Some(1_500));
        assert_eq!(Timestamp::new("2026-01-15T09:00:00.123456Z").milliseconds(), Some(1_768_467_600_123));
        assert_eq!(Timestamp::new("1969-12-31T23:59:59.9Z").milliseconds(), Some(-100));
        for wrong in [
            "2026-02-30T00:00:00Z",
            "2026-01-15T09:00:00+00:00",
            "2026-01-15T09:00:00.Z",
            "2026-01-15 09:00:00Z",
            "2026-13-15T09:00:00Z",
            "Z",
            "",
        ] {
            assert_eq!(Timestamp::new(wrong).milliseconds(), None, "{wrong}");
        }
    }
}
