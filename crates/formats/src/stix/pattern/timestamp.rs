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
    /// The instant of a timestamp, if the text is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (head, rest) = text.as_bytes().split_at_checked(19)?;
        let [y0, y1, y2, y3, b'-', mo0, mo1, b'-', d0, d1, b'T', h0, h1, b':', mi0, mi1, b':', s0, s1] = head
        else {
            return None;
        };
        let year = i64::from(two(*y0, *y1)?) * 100 + i64::from(two(*y2, *y3)?);
        let (month, day) = (i64::from(two(*mo0, *mo1)?), i64::from(two(*d0, *d1)?));
        let (hour, minute, second) = (two(*h0, *h1)?, two(*mi0, *mi1)?, two(*s0, *s1)?);
        if !(1..=12).contains(&month) || !(1..=days(year, month)).contains(&day) {
            return None;
        }
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let nanosecond = fraction(rest)?;
        let of_day = i64::from(hour * 3_600 + minute * 60 + second);
        let seconds = days_since_1970(year, month, day) * 86_400 + of_day;
        Some(Self(i128::from(seconds) * 1_000_000_000 + i128::from(nanosecond)))
    }
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

/// The nanoseconds of `Z` or `.digitsZ`.
fn fraction(rest: &[u8]) -> Option<u32> {
    let digits = match rest {
        b"Z" => return Some(0),
        [b'.', digits @ .., b'Z'] if !digits.is_empty() => digits,
        _ => return None,
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let known = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
    Some(known.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

const fn days(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
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
