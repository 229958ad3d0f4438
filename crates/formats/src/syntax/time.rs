//! Timestamps: RFC 3339, section 5.6.

/// The parts of a timestamp as they are written.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    pub second: i64,
    nanosecond: i64,
    /// How many digits of a second are written.
    pub digits: usize,
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
        let mut fraction = 0;
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
            fraction = at - start;
            for _ in fraction..9 {
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
            digits: fraction,
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

    /// Month 1 to 12 and day 1 to 31.
    pub const fn is_named_date(&self) -> bool {
        self.is_loose_date() && self.month >= 1 && self.day >= 1
    }

    /// Whether the day exists.
    pub const fn is_date(&self) -> bool {
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
    pub const fn is_leap_second(&self, offset: i64) -> bool {
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

/// The instant as STIX writes it, in UTC with three digits of a second; none outside of the years 1 to 9999.
pub fn in_utc(nanoseconds: i128) -> Option<String> {
    let milliseconds = i64::try_from(nanoseconds.div_euclid(1_000_000)).ok()?;
    let (seconds, fraction) = (milliseconds.div_euclid(1_000), milliseconds.rem_euclid(1_000));
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    (1..=9_999)
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z"))
}

/// A timestamp as it is, if STIX may write it so, else in UTC to the millisecond.
pub fn for_stix(text: &str) -> Option<String> {
    let parts = Parts::read(text)?;
    let nanoseconds = nanoseconds(text)?;
    let fine = text.ends_with('Z') && !parts.is_small && parts.second < 60 && !text.starts_with("0000");
    if fine { Some(text.to_owned()) } else { in_utc(nanoseconds) }
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

/// How many days the month has.
pub const fn days(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days of the Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

const fn is_first_of_month(day: i64) -> bool {
    date(day).2 == 1
}

/// Year, month and day, the other way round.
pub const fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (year + era * 400, if month < 10 { month + 3 } else { month - 9 });
    (if month <= 2 { year + 1 } else { year }, month, of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_right() {
        assert_eq!(nanoseconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(nanoseconds("2026-05-15T14:30:00.5+02:00"), Some(1_778_848_200_500_000_000));
        assert_eq!(nanoseconds("1969-12-31T23:59:59Z"), Some(-1_000_000_000));
        assert_eq!(nanoseconds("0000-03-01T00:00:00Z"), Some(-62_162_035_200_000_000_000));
    }

    #[test]
    fn an_instant_is_written_in_utc() {
        let written = |text: &str| in_utc(nanoseconds(text).unwrap());
        assert_eq!(written("2026-05-15T14:30:00.5019+02:00").unwrap(), "2026-05-15T12:30:00.501Z");
        assert_eq!(written("1969-12-31T23:59:59.5Z").unwrap(), "1969-12-31T23:59:59.500Z");
        assert_eq!(written("2024-02-29T23:30:00-01:00").unwrap(), "2024-03-01T00:30:00.000Z");
        assert_eq!(written("2016-12-31T23:59:60Z").unwrap(), "2017-01-01T00:00:00.000Z");
        assert_eq!(written("0001-01-01T00:00:00+01:00"), None);
        for day in (-719_162..2_932_896).step_by(97) {
            let (year, month, of_month) = date(day);
            assert_eq!(days_since_1970(year, month, of_month), day);
        }
    }

    #[test]
    fn digits_of_a_second_are_counted() {
        let digits = |text: &str| Parts::read(text).map(|parts| parts.digits);
        assert_eq!(digits("2026-05-15T12:30:00Z"), Some(0));
        assert_eq!(digits("2026-05-15T12:30:00.120Z"), Some(3));
        assert_eq!(digits("2026-05-15T12:30:00.Z"), None);
    }
}
