//! Timestamps: RFC 3339 in UTC with `Z` (the data type `timestamp`, section 10).

use std::fmt;

use crate::syntax::time;

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
        instant(&self.0).and_then(|instant| i64::try_from(instant.div_euclid(1_000_000)).ok())
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

/// A timestamp of the form `YYYY-MM-DDThh:mm:ss[.s+]Z`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// How many digits stand behind the point.
    pub digits: usize,
    /// Whether the calendar has this day: the published pattern gives 31 to each month.
    pub exists: bool,
}

impl Moment {
    /// Form and ranges, as the published pattern has them.
    pub fn read(text: &str) -> Option<Self> {
        let parts = time::Parts::read(text)?;
        let is_utc = text.ends_with('Z') && !parts.is_small;
        (is_utc && parts.is_clock() && parts.is_named_date())
            .then(|| Self { digits: parts.digits, exists: parts.is_date() })
    }
}

/// Nanoseconds since 1970, if this is a timestamp; a leap second counts as the second that follows it.
pub(super) fn instant(text: &str) -> Option<i128> {
    Moment::read(text).and_then(|_| time::nanoseconds(text))
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
