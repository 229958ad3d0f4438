//! Times: seconds since 1970 and ISO 8601 here, RFC 3339 with Z in STIX.

use crate::syntax::time::{date, days, days_since_1970};

const DAY: i64 = 86_400;

/// Nanoseconds since 1970. A missing zone is UTC; fractions beyond nanoseconds are cut.
pub fn nanoseconds(text: &str) -> Option<i128> {
    let bytes = text.as_bytes();
    let field = |from: usize, to: usize| digits(bytes.get(from..to)?);
    let (year, month, day) = (field(0, 4)?, field(5, 7)?, field(8, 10)?);
    let is_calendar = bytes.get(4) == Some(&b'-')
        && bytes.get(7) == Some(&b'-')
        && (1..=12).contains(&month)
        && (1..=days(year, month)).contains(&day);
    if !is_calendar {
        return None;
    }
    let midnight = days_since_1970(year, month, day) * DAY;
    if bytes.len() == 10 {
        return Some(i128::from(midnight) * 1_000_000_000);
    }
    let (hour, minute, second) = (field(11, 13)?, field(14, 16)?, field(17, 19)?);
    let is_clock = matches!(bytes.get(10), Some(b'T' | b't' | b' '))
        && bytes.get(13) == Some(&b':')
        && bytes.get(16) == Some(&b':')
        && hour < 24
        && minute < 60
        && second <= 60;
    if !is_clock {
        return None;
    }
    let (fraction, zone) = fraction_of(text.get(19..)?)?;
    let seconds = midnight + hour * 3_600 + minute * 60 + second - offset_of(zone)?;
    Some(i128::from(seconds) * 1_000_000_000 + i128::from(fraction))
}

/// Seconds since 1970, cut.
pub fn seconds(text: &str) -> Option<i64> {
    i64::try_from(nanoseconds(text)?.div_euclid(1_000_000_000)).ok()
}

/// As STIX writes what has a time of its own: no more digits than needed.
pub fn of_nanoseconds(nanoseconds: i128) -> String {
    let seconds = i64::try_from(nanoseconds.div_euclid(1_000_000_000)).unwrap_or_default();
    let fraction = nanoseconds.rem_euclid(1_000_000_000);
    let clock = clock_of(seconds);
    if fraction == 0 {
        return format!("{clock}Z");
    }
    let digits = format!("{fraction:09}");
    format!("{clock}.{}Z", digits.trim_end_matches('0'))
}

/// As STIX writes when something was made or changed: with milliseconds (3.2).
pub fn of_seconds(seconds: i64) -> String {
    format!("{}.000Z", clock_of(seconds))
}

/// The day of these seconds, `YYYY-MM-DD`.
pub fn day_of(seconds: i64) -> String {
    clock_of(seconds).chars().take(10).collect()
}

fn clock_of(seconds: i64) -> String {
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let clock = seconds.rem_euclid(DAY);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", clock / 3_600, clock / 60 % 60, clock % 60)
}

fn fraction_of(rest: &str) -> Option<(i64, &str)> {
    let Some(after) = rest.strip_prefix('.') else { return Some((0, rest)) };
    let length = after.bytes().take_while(u8::is_ascii_digit).count();
    let (written, zone) = after.split_at_checked(length)?;
    let nine: String = written.chars().chain(std::iter::repeat('0')).take(9).collect();
    if length == 0 { None } else { Some((nine.parse().ok()?, zone)) }
}

fn offset_of(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits_only: String = zone.chars().skip(1).filter(|character| *character != ':').collect();
    let (hours, minutes) = digits_only.split_at_checked(2)?;
    let (hours, minutes) =
        (digits(hours.as_bytes())?, if minutes.is_empty() { 0 } else { digits(minutes.as_bytes())? });
    if hours < 24 && minutes < 60 { Some(sign * (hours * 3_600 + minutes * 60)) } else { None }
}

fn digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 4 {
        return None;
    }
    bytes
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_both_ways() {
        assert_eq!(of_seconds(1_603_642_920), "2020-10-25T16:22:00.000Z");
        assert_eq!(seconds("2020-10-25T16:22:00Z"), Some(1_603_642_920));
        assert_eq!(seconds("2020-10-25T18:22:00.999+02:00"), Some(1_603_642_920));
        assert_eq!(seconds("2020-10-25 16:22:00"), Some(1_603_642_920));
        for day in (-40_000..60_000).step_by(37) {
            assert_eq!(seconds(&day_of(day * DAY)), Some(day * DAY));
        }
        assert_eq!(
            of_nanoseconds(nanoseconds("2024-02-29T00:00:00.120000+00:00").unwrap()),
            "2024-02-29T00:00:00.12Z"
        );
    }

    #[test]
    fn what_is_no_time_is_none() {
        for wrong in [
            "",
            "2023-02-29",
            "2020-10-25T",
            "2020-10-25T24:00:00Z",
            "2020-10-25T10:00:00x",
            "yesterday, é",
            "2020-10-25T10:00:00.",
        ] {
            assert_eq!(nanoseconds(wrong), None, "{wrong}");
        }
    }
}
