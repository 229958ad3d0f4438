//! Instants: microseconds since 1970-01-01T00:00:00Z, always UTC.

use std::{fmt, str::FromStr, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// A point in time in microseconds UTC, between the years 1970 and 9998 inclusive.
///
/// Written and read as RFC 3339 with an offset (`2026-03-06T15:30:00Z`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-03-06T15:30:00Z")]
pub struct Instant(i64);

/// Why a text or a number is no instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// Not of the form of RFC 3339.
    #[error("an instant is written as 2026-03-06T15:30:00Z with its offset (RFC 3339), got {0:?}")]
    Form(String),
    /// Before 1970 or after 9998.
    #[error("an instant lies between the years 1970 and 9998, got {0}")]
    Range(String),
}

impl Instant {
    /// The first instant, 1970-01-01T00:00:00Z.
    pub const MIN: Self = Self(0);
    /// The last instant, 9998-12-31T23:59:59.999999Z: a year short of what calendars can
    /// hold, so that every legal period can still be added.
    pub const MAX: Self = Self(253_370_764_799_999_999);

    /// The instant `micros` microseconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`InstantError::Range`] outside [`Self::MIN`] to [`Self::MAX`].
    pub fn from_micros(micros: i64) -> Result<Self, InstantError> {
        if (Self::MIN.0..=Self::MAX.0).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err(InstantError::Range(format!("{micros} microseconds")))
        }
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The instant `length` later, held at [`Self::MAX`].
    #[must_use]
    pub fn plus(self, length: Duration) -> Self {
        let micros = i64::try_from(length.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(micros).min(Self::MAX.0))
    }

    /// The instant `length` earlier, held at [`Self::MIN`].
    #[must_use]
    pub fn minus(self, length: Duration) -> Self {
        let micros = i64::try_from(length.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(micros).max(Self::MIN.0))
    }

    /// The time from `earlier` to this instant, zero when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The same instant for calendar arithmetic.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::MAX)
    }
}

impl TryFrom<Timestamp> for Instant {
    type Error = InstantError;

    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        Self::from_micros(timestamp.as_microsecond()).map_err(|_| InstantError::Range(timestamp.to_string()))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl FromStr for Instant {
    type Err = InstantError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > 64 {
            return Err(InstantError::Form(text.chars().take(64).collect()));
        }
        let timestamp: Timestamp = text.parse().map_err(|_| InstantError::Form(text.to_owned()))?;
        Self::try_from(timestamp).map_err(|_| InstantError::Range(text.to_owned()))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_rfc_3339() {
        let instant: Instant = "2026-03-06T16:30:00+01:00".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-03-06T15:30:00Z");
    }

    #[test]
    fn refuses_years_that_calendars_cannot_hold() {
        for text in [
            "99999-01-01T00:00:00Z",
            "+099999-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "9999-01-01T00:00:00Z",
            "tomorrow",
            "2026-02-30T00:00:00Z",
            "2026-03-06T15:30:00",
        ] {
            assert!(text.parse::<Instant>().is_err(), "{text}");
        }
        assert!(Instant::from_micros(i64::MAX).is_err());
        assert_eq!(Instant::MAX.to_string(), "9998-12-31T23:59:59.999999Z");
    }

    #[test]
    fn arithmetic_is_held_at_the_ends() {
        assert_eq!(Instant::MAX.plus(Duration::from_secs(1)), Instant::MAX);
        assert_eq!(Instant::MIN.minus(Duration::MAX), Instant::MIN);
        assert_eq!(Instant::MIN.since(Instant::MAX), Duration::ZERO);
    }
}
