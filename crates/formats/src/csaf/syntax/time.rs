//! Timestamps (RFC 3339, 5.6).

/// Nanoseconds since 1970 in UTC; none when this is no timestamp, or no day of the calendar.
pub fn nanoseconds(text: &str) -> Option<i128> {
    let (date, rest) = text.split_once(['T', 't'])?;
    let (clock, offset) = split_zone(rest)?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(one, two)| (one, Some(two)));
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    if hour > 23 || minute > 59 || second > 60 || !(1..=12).contains(&month) {
        return None;
    }
    if !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let nanosecond: i64 = match fraction {
        None => 0,
        Some(digits) if super::is_digits(digits) => {
            let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
            nine.parse().ok()?
        }
        Some(_) => return None,
    };
    let seconds = (days(year, month, day) * 24 + hour) * 3600 + minute * 60 + second - offset * 60;
    Some(i128::from(seconds) * 1_000_000_000 + i128::from(nanosecond))
}

/// Whether CSAF 2.1 takes it as well: capital letters, no leap second (2.1, 2.3).
pub fn is_strict(text: &str) -> bool {
    let second = text.get(17..19);
    nanoseconds(text).is_some() && !text.contains(['t', 'z']) && second != Some("60")
}

/// The clock, and the minutes east of Greenwich.
fn split_zone(rest: &str) -> Option<(&str, i64)> {
    if let Some(clock) = rest.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let at = rest.rfind(['+', '-'])?;
    let (clock, zone) = rest.split_at_checked(at)?;
    let [hours, minutes] = numbers(zone.get(1..)?, ':', [2, 2])?;
    if hours > 23 || minutes > 59 {
        return None;
    }
    let east = hours * 60 + minutes;
    Some((clock, if zone.starts_with('-') { -east } else { east }))
}

fn numbers<const N: usize>(text: &str, between: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut parts = text.split(between);
    for (slot, width) in found.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !super::is_digits(part) {
            return None;
        }
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let century = year.div_euclid(400);
    let within = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    century * 146_097 + within * 365 + within / 4 - within / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_and_fractions_count() {
        assert_eq!(nanoseconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(nanoseconds("2026-03-01T01:00:00.5+01:00"), nanoseconds("2026-03-01T00:00:00.5Z"));
        assert_eq!(nanoseconds("2024-02-29T00:00:00Z"), Some(1_709_164_800_000_000_000));
        for wrong in [
            "2026-02-29T00:00:00Z",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-1-01T00:00:00Z",
        ] {
            assert_eq!(nanoseconds(wrong), None, "{wrong}");
        }
        assert!(is_strict("2026-01-01T00:00:00Z") && !is_strict("2026-01-01t00:00:00Z"));
    }
}
