//! Weekend rules: what happens to a due instant on a day on which people do not work.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use model::Instant;

use super::{Bound, ClockError, Deadline, Locality, Roll, RollTo, local_words, period};

/// Moves the deadline when it falls on a Saturday, a Sunday or a public holiday.
pub(super) fn apply(
    roll: &Roll,
    deadline: &mut Deadline,
    locality: &Locality<'_>,
    excluded: Option<bool>,
) -> Result<(), ClockError> {
    let excluded = if roll.unless.is_some() { excluded } else { Some(false) };
    let date = locality.zone.to_datetime(deadline.at.timestamp()).date();
    let Some(reason) = locality.calendar.day_off(locality.country, date)? else { return Ok(()) };
    if excluded == Some(true) {
        deadline.steps.push(format!(
            "falls on a non-working day ({reason}); the weekend rule does not apply to this entity"
        ));
        return Ok(());
    }
    let day = locality.calendar.next_working_day(locality.country, date)?;
    let (moved, place) = match roll.to {
        RollTo::NextWorkingDayEnd => (end_of_day(day, locality.zone), "the end"),
        RollTo::NextWorkingDayNoon => (period::instant_of(day.at(12, 0, 0, 0), locality.zone), "noon"),
    };
    let moved = moved.and_then(|moved| Instant::try_from(moved).ok()).ok_or_else(|| ClockError::Beyond {
        anchor: deadline.anchor_id(),
        anchor_at: deadline.anchor_at,
        length: deadline.length.to_string(),
    })?;
    if excluded.is_none() {
        deadline.steps.push(format!(
            "falls on a non-working day ({reason}); whether it moves to {} depends on facts not known yet",
            local_words(moved, locality.zone)
        ));
        if deadline.bound == Bound::Exact {
            deadline.bound = Bound::NoEarlierThan;
        }
        return Ok(());
    }
    deadline.steps.push(format!(
        "falls on a non-working day ({reason}); moves to {place} of the next working day: {}",
        local_words(moved, locality.zone)
    ));
    deadline.rolled_from = Some(deadline.at);
    deadline.at = moved;
    Ok(())
}

/// The last second of a local day: 23:59:59, or the second before the day that follows
/// starts, wherever clocks put that.
pub(super) fn end_of_day(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let midnight = date.tomorrow().ok()?.at(0, 0, 0, 0);
    period::instant_of(midnight, zone)?.checked_sub(SignedDuration::from_secs(1)).ok()
}
