//! Timestamps of STIX (2.1, section 3.2): UTC, with any number of digits after the second.

use std::fmt;

/// A timestamp as it was written, and the instant that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    text: Box<str>,
    instant: Instant,
}

/// Nanoseconds since 1970 in UTC; finer digits are cut off, a leap second is the second that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i128);

impl Timestamp {
    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction]Z` of a day that exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self { instant: Instant::parse(text)?, text: text.into() })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The instant.
    #[must_use]
    pub const fn instant(&self) -> Instant {
        self.instant
    }

    /// The same instant without needless zeros.
    pub(super) fn normal(&self) -> Self {
        let digits = self.text.strip_suffix('Z').unwrap_or(&self.text);
        let digits = match digits.split_once('.') {
            Some(_) => digits.trim_end_matches('0').trim_end_matches('.'),
            None => digits,
        };
        Self { text: format!("{digits}Z").into(), instant: self.instant }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Instant {
    /// The instant of a timestamp, if the text is one: in UTC, with capital letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_utc = text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T');
        if is_utc { crate::syntax::time::nanoseconds(text).map(Self) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_compared_and_not_texts() {
        let instant = |text| Instant::parse(text);
        assert_eq!(instant("1970-01-01T00:00:00Z"), Some(Instant(0)));
        assert_eq!(instant("2026-05-15T12:30:00.5Z"), Some(Instant(1_778_848_200_500_000_000)));
        assert_eq!(instant("2026-05-15T12:30:00.5Z"), instant("2026-05-15T12:30:00.500000000000Z"));
        for (text, normal) in [(".500Z", ".5Z"), (".0Z", "Z"), ("Z", "Z")] {
            let written = format!("2026-05-15T12:30:10{text}");
            assert_eq!(
                Timestamp::parse(&written).unwrap().normal().text(),
                format!("2026-05-15T12:30:10{normal}")
            );
        }
        assert_eq!(instant("0000-03-01T00:00:00Z"), Some(Instant(-62_162_035_200_000_000_000)));
    }

    #[test]
    fn what_is_no_timestamp_has_no_instant() {
        for text in [
            "2010-05-21T13:21:43",
            "2010-05-21T13:21:43z",
            "2010-05-21t13:21:43Z",
            "2010/05/21T13:21:43Z",
            "2010-05-21T13:21:99Z",
            "2010-05-21T13:21Z",
            "2010-02-29T13:21:43Z",
            "2010-13-01T13:21:43Z",
            "2010-05-21T13:21:43.Z",
            "2010-05-21T13:21:43.1x2Z",
            "2010-05-21T13:21:43+00:00",
            "２010-05-21T13:21:43Z",
            "",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }
}
