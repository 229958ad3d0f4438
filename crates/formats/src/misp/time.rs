//! Times of ISO 8601.

const DAY: i64 = 86_400;

/// Nanoseconds since 1970. A missing zone is UTC; fractions beyond nanoseconds are cut.
pub fn nanoseconds(text: &str) -> Option<i128> {
    let bytes = text.as_bytes();
    let field = |from: usize, to: usize| digits(bytes.get(from..to)?);
    let (year, month, day) = (field(0, 4)?, field(5, 7)?, field(8, 10)?);
    let is_calendar = bytes.get(4) == Some(&b'-')
        && bytes.get(7) == Some(&b'-')
        && (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day);
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

const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Howard Hinnant's count of days, years beginning in March.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

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
