//! Timestamps (RFC 3339, 5.6).

use crate::syntax::time::date;
pub use crate::syntax::time::nanoseconds;

/// Whether CSAF 2.1 takes it as well: capital letters, no leap second (2.1, 2.3).
pub fn is_strict(text: &str) -> bool {
    nanoseconds(text).is_some() && !text.contains(['t', 'z']) && text.get(17..19) != Some("60")
}

/// The instant in UTC with milliseconds, as STIX and CVE records write it.
pub fn in_utc(nanoseconds: i128) -> String {
    let milliseconds = nanoseconds.div_euclid(1_000_000);
    let (days, of_day) = (milliseconds.div_euclid(86_400_000), milliseconds.rem_euclid(86_400_000));
    let (year, month, day) = date(i64::try_from(days).unwrap_or_default());
    let (seconds, millisecond) = (of_day / 1000, of_day % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc() {
        for (text, expected) in [
            ("2026-03-01T01:00:00.5+01:00", "2026-03-01T00:00:00.500Z"),
            ("2024-02-29T23:59:59.123456Z", "2024-02-29T23:59:59.123Z"),
            ("1969-12-31T23:00:00-02:00", "1970-01-01T01:00:00.000Z"),
            ("2000-12-31T00:00:00Z", "2000-12-31T00:00:00.000Z"),
        ] {
            assert_eq!(in_utc(nanoseconds(text).unwrap()), expected);
        }
        assert!(is_strict("2026-01-01T00:00:00Z") && !is_strict("2026-01-01t00:00:00Z"));
    }
}
