//! The two dates of Easter.

use jiff::civil::Date;

/// Easter Sunday of the western churches (Meeus, Jones and Butcher), for years of the
/// Gregorian calendar.
pub(super) fn western(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    date(year, days / 31, days % 31 + 1)
}

/// Easter Sunday of the orthodox churches (Meeus, Julian), as a Gregorian date.
pub(super) fn orthodox(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let epact = (19 * (year % 19) + 15) % 30;
    let weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7;
    let days = epact + weekday + 114;
    let julian_lag = year / 100 - year / 400 - 2;
    date(year, days / 31, days % 31 + 1)?.checked_add(jiff::Span::new().try_days(julian_lag).ok()?).ok()
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
