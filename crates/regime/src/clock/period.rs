//! The arithmetic of periods: elapsed hours; days and months at the same wall time.

use jiff::{SignedDuration, Span, Timestamp, civil::DateTime, tz::TimeZone};
use model::Instant;

use super::{Anchor, ClockError, Deadline, Length, Locality, roll};

/// Where a period ends; `None` when the law sets no length.
pub(super) fn end(
    anchor: &Anchor,
    anchor_at: Instant,
    length: Length,
    zone: &TimeZone,
) -> Result<Option<Instant>, ClockError> {
    let start = anchor_at.timestamp();
    let end = match length {
        Length::Hours(hours) => start.checked_add(SignedDuration::from_hours(i64::from(hours))).ok(),
        Length::Days(days) => Span::new().try_days(days).ok().and_then(|span| wall_plus(start, span, zone)),
        Length::Months(months) => {
            Span::new().try_months(months).ok().and_then(|span| wall_plus(start, span, zone))
        }
        Length::OnTheDate => return Ok(Some(anchor_at)),
        Length::WithoutUndueDelay => return Ok(None),
    };
    end.and_then(|end| Instant::try_from(end).ok()).map(Some).ok_or_else(|| ClockError::Beyond {
        anchor: anchor.to_string(),
        anchor_at,
        length: length.to_string(),
    })
}

/// The same wall time a span of days or months later. The civil addition holds at the last
/// day of a month that has no such date.
fn wall_plus(start: Timestamp, span: Span, zone: &TimeZone) -> Option<Timestamp> {
    let moved = zone.to_datetime(start).checked_add(span).ok()?;
    instant_of(moved, zone)
}

/// The instant of a wall time: after the gap when clocks skip it, the first when it happens
/// twice ("compatible" in RFC 5545 and RFC 9557 terms).
pub(super) fn instant_of(wall: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(wall).compatible().ok()
}

/// When a returning duty is due next, strictly after `after`: `anchor`, then every
/// `every_months` months at the same wall time. Each occurrence is counted from `anchor`, so
/// that a month end never wears down (31 January, 30 April, 31 July).
///
/// `None` beyond the year 9998 or when `every_months` is 0.
#[must_use]
pub fn next_occurrence(
    anchor: Instant,
    every_months: u16,
    after: Instant,
    zone: &TimeZone,
) -> Option<Instant> {
    if every_months == 0 {
        return None;
    }
    if anchor > after {
        return Some(anchor);
    }
    let (from, to) = (zone.to_datetime(anchor.timestamp()), zone.to_datetime(after.timestamp()));
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month())
        - i64::from(from.month());
    let step = i64::from(every_months);
    let least = (months / step - 1).max(0);
    (least..least + 4)
        .filter_map(|count| Span::new().try_months(count * step).ok())
        .filter_map(|span| wall_plus(anchor.timestamp(), span, zone))
        .filter_map(|at| Instant::try_from(at).ok())
        .find(|at| *at > after)
}

/// Information only, never the deadline: when the period ends at the latest under Regulation
/// (EEC, Euratom) No 1182/71. Hours start to count at the next full hour (Art. 3(1)); days and
/// months end with the last hour of their last day (Art. 3(2)), and when that is a Saturday, a
/// Sunday or a public holiday, with the last hour of the next working day (Art. 3(4)).
///
/// `None` when there is no such slack: a date set, or a law with a weekend rule of its own
/// that moved the deadline.
///
/// # Errors
/// [`ClockError`], when the holidays of the country are not known.
pub fn legal_end(deadline: &Deadline, locality: &Locality<'_>) -> Result<Option<Instant>, ClockError> {
    if deadline.rolled() {
        return Ok(None);
    }
    match deadline.length {
        Length::Hours(hours) => Ok(next_full_hour(deadline.anchor_at, locality.zone)
            .and_then(|start| start.checked_add(SignedDuration::from_hours(i64::from(hours))).ok())
            .and_then(|end| Instant::try_from(end).ok())),
        Length::Days(_) | Length::Months(_) => {
            let date = locality.zone.to_datetime(deadline.at.timestamp()).date();
            let day = match locality.calendar.day_off(locality.country, date)? {
                Some(_) => locality.calendar.next_working_day(locality.country, date)?,
                None => date,
            };
            Ok(roll::end_of_day(day, locality.zone).and_then(|end| Instant::try_from(end).ok()))
        }
        Length::OnTheDate | Length::WithoutUndueDelay => Ok(None),
    }
}

fn next_full_hour(at: Instant, zone: &TimeZone) -> Option<Timestamp> {
    let wall = zone.to_datetime(at.timestamp());
    let into = SignedDuration::from_mins(i64::from(wall.minute()))
        + SignedDuration::from_secs(i64::from(wall.second()))
        + SignedDuration::from_nanos(i64::from(wall.subsec_nanosecond()));
    at.timestamp().checked_add(SignedDuration::from_hours(1) - into).ok()
}
