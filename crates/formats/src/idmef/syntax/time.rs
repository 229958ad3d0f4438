//! Timestamps: RFC 3339, section 5.6.

use super::Flaw;
use crate::json::short;

const SOURCE: &str = "draft-lehmann-idmefv2-08, 3.3.2 (RFC 3339, 5.6)";

/// The parts of a timestamp as they are written.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    /// Minutes east of Greenwich; none when the zone is missing.
    pub offset: Option<i64>,
    /// Whether `T` and `Z` are small.
    pub is_small: bool,
}

impl Parts {
    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction][Z|+HH:MM|-HH:MM]`; only the form counts here.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| digits(bytes.get(from..to)?);
        let is = |at: usize, any: &[u8]| bytes.get(at).is_some_and(|byte| any.contains(byte));
        if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt") && is(13, b":") && is(16, b":")) {
            return None;
        }
        let mut at = 19;
        let mut nanosecond = 0;
        if is(at, b".") {
            at += 1;
            let start = at;
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                if at - start < 9 {
                    nanosecond = nanosecond * 10 + digits(bytes.get(at..=at)?)?;
                }
                at += 1;
            }
            if at == start {
                return None;
            }
            for _ in at - start..9 {
                nanosecond *= 10;
            }
        }
        let offset = match bytes.get(at) {
            None => None,
            Some(b'Z' | b'z') if bytes.len() == at + 1 => Some(0),
            Some(sign @ (b'+' | b'-')) if bytes.len() == at + 6 && is(at + 3, b":") => {
                let (hours, minutes) = (number(at + 1, at + 3)?, number(at + 4, at + 6)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let east = hours * 60 + minutes;
                Some(if *sign == b'-' { -east } else { east })
            }
            Some(_) => return None,
        };
        Some(Self {
            year: number(0, 4)?,
            month: number(5, 7)?,
            day: number(8, 10)?,
            hour: number(11, 13)?,
            minute: number(14, 16)?,
            second: number(17, 19)?,
            nanosecond,
            offset,
            is_small: is(10, b"t") || bytes.last() == Some(&b'z'),
        })
    }

    /// Whether hour, minute and second exist (second 60 included), as patterns check them.
    pub const fn is_clock(&self) -> bool {
        self.hour <= 23 && self.minute <= 59 && self.second <= 60
    }

    /// Month up to 12 and day up to 31, zeros included: what the published pattern asks of a date.
    pub const fn is_loose_date(&self) -> bool {
        self.month <= 12 && self.day <= 31
    }

    const fn is_date(&self) -> bool {
        1 <= self.month && self.month <= 12 && 1 <= self.day && self.day <= days(self.year, self.month)
    }

    /// Nanoseconds since 1970 in UTC; a leap second counts as the second that follows it.
    const fn nanoseconds(&self, offset: i64) -> i128 {
        let seconds = days_since_1970(self.year, self.month, self.day) * 86_400
            + self.hour * 3_600
            + (self.minute - offset) * 60
            + self.second;
        seconds as i128 * 1_000_000_000 + self.nanosecond as i128
    }

    /// A leap second ends a month of UTC (RFC 3339, 5.7).
    const fn is_leap_second(&self, offset: i64) -> bool {
        let second = (self.nanoseconds(offset) / 1_000_000_000) as i64;
        // The second that follows is the first of a month.
        second.rem_euclid(86_400) == 0 && is_first_of_month(second.div_euclid(86_400))
    }
}

/// The instant in nanoseconds since 1970, if the text is a timestamp of an existing day with a zone.
pub fn nanoseconds(text: &str) -> Option<i128> {
    let parts = Parts::read(text)?;
    let offset = parts.offset?;
    (parts.is_clock() && parts.is_date()).then(|| parts.nanoseconds(offset))
}

/// What the text of the draft finds wrong with a timestamp.
pub fn time(text: &str) -> Option<Flaw> {
    let Some(parts) = Parts::read(text) else {
        let message = format!("\"{}\" is no timestamp: write 2026-05-15T12:30:00Z", short(text));
        return Some(Flaw::error("idmef.time.form", SOURCE, message));
    };
    if !parts.is_clock() || !parts.is_date() {
        let message = format!("\"{}\" names a day or a time of day that does not exist", short(text));
        return Some(Flaw::error("idmef.time.date", SOURCE, message));
    }
    let Some(offset) = parts.offset else {
        let message = format!("the zone is missing: write \"{0}Z\" for UTC, or \"{0}+02:00\"", short(text));
        return Some(Flaw::error("idmef.time.zone", SOURCE, message));
    };
    if parts.second == 60 && !parts.is_leap_second(offset) {
        let message = "second 60 exists only as a leap second at the end of a month in UTC";
        return Some(Flaw::error("idmef.time.leap", "RFC 3339, 5.7", message));
    }
    None
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
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

const fn is_first_of_month(day: i64) -> bool {
    let day = day + 719_468;
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    of_year == (153 * month + 2) / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> &'static str {
        time(text).map_or("fine", |flaw| flaw.rule)
    }

    #[test]
    fn the_calendar_is_right() {
        assert_eq!(nanoseconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(nanoseconds("2026-05-15T14:30:00.5+02:00"), Some(1_778_848_200_500_000_000));
        assert_eq!(nanoseconds("1969-12-31T23:59:59Z"), Some(-1_000_000_000));
        assert_eq!(nanoseconds("0000-03-01T00:00:00Z"), Some(-62_162_035_200_000_000_000));
    }

    #[test]
    fn days_zones_and_leap_seconds() {
        assert_eq!(rule("2024-02-29T00:00:00Z"), "fine");
        assert_eq!(rule("2100-02-29T00:00:00Z"), "idmef.time.date");
        assert_eq!(rule("2026-13-01T00:00:00Z"), "idmef.time.date");
        assert_eq!(rule("2026-01-01T24:00:00Z"), "idmef.time.date");
        assert_eq!(rule("2026-01-01T00:00:00"), "idmef.time.zone");
        assert_eq!(rule("2026-01-01 00:00:00Z"), "idmef.time.form");
        assert_eq!(rule("2026-01-01T00:00:00.Z"), "idmef.time.form");
        assert_eq!(rule("2026-01-01T00:00:00+24:00"), "idmef.time.form");
        assert_eq!(rule("2016-12-31T23:59:60Z"), "fine");
        assert_eq!(rule("2017-01-01T00:59:60+01:00"), "fine");
        assert_eq!(rule("2017-01-01T00:00:60Z"), "idmef.time.leap");
        assert_eq!(rule("2026-05-15t12:30:00z"), "fine");
        assert_eq!(rule("２026-05-15T12:30:00Z"), "idmef.time.form");
    }
}
