//! How the points stand on a day: pure.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use model::{Actor, Instant};
use regime::vocabulary::ListValue;
use serde::{Deserialize, Serialize};

use crate::view::{ReadinessCounts, ReadinessPoint, ReadinessState};

/// A point as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Point {
    pub state: ReadinessState,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub responsible: String,
    #[serde(default)]
    pub done_on: Option<Date>,
    #[serde(default)]
    pub review_on: Option<Date>,
}

/// A point with its last change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub point: Point,
    pub revision: i64,
    pub at: Instant,
    pub by: Actor,
}

/// One change of a point.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PointChange {
    pub item: String,
    pub at: Instant,
    pub by: Actor,
    pub before: Point,
    pub after: Point,
}

/// The points that were entered, by name.
pub(super) type Points = BTreeMap<String, Kept>;

/// Whether a point was to be looked at again before `today`.
pub(super) fn is_overdue(point: &Point, today: Date) -> bool {
    point.review_on.is_some_and(|review| review < today)
}

/// How many points stand how.
pub(super) fn count(items: &[ListValue], points: &Points, today: Date) -> ReadinessCounts {
    let mut counts = ReadinessCounts { total: items.len(), ..ReadinessCounts::default() };
    for item in items {
        let kept = points.get(&item.id);
        let place = match kept.map_or(ReadinessState::NotYet, |kept| kept.point.state) {
            ReadinessState::NotYet => &mut counts.not_yet,
            ReadinessState::InWork => &mut counts.in_work,
            ReadinessState::Done => &mut counts.done,
            ReadinessState::NotForUs => &mut counts.not_for_us,
        };
        *place += 1;
        counts.overdue += usize::from(kept.is_some_and(|kept| is_overdue(&kept.point, today)));
    }
    counts
}

/// A point of the list as a page shows it.
pub(super) fn shown(item: &ListValue, kept: Option<&Kept>, today: Date) -> ReadinessPoint {
    let point = kept.map(|kept| kept.point.clone()).unwrap_or_default();
    ReadinessPoint {
        item: item.id.clone(),
        label: item.label.clone(),
        help: item.help.clone(),
        overdue: is_overdue(&point, today),
        state: point.state,
        note: point.note,
        responsible: point.responsible,
        done_on: point.done_on,
        review_on: point.review_on,
        changed_at: kept.map(|kept| kept.at),
        changed_by: kept.map(|kept| kept.by.name.clone()),
    }
}

/// The points that are to be looked at again today or earlier, each with its day.
pub(super) fn come(points: &Points, today: Date) -> Vec<(&str, Date)> {
    let dated = points.iter().filter_map(|(item, kept)| Some((item.as_str(), kept.point.review_on?)));
    dated.filter(|(_, review)| *review <= today).collect()
}

/// When the next point is to be looked at again, after `after` where that is given: the first instant of its day.
pub(super) fn next_review(points: &Points, after: Option<Date>, zone: &TimeZone) -> Option<Instant> {
    let dates = points.values().filter_map(|kept| kept.point.review_on);
    let next = dates.filter(|date| after.is_none_or(|after| *date > after)).min()?;
    let at = next.to_zoned(zone.clone()).ok()?.timestamp();
    Instant::from_micros(at.as_microsecond()).ok()
}

/// The day at `now` in `zone`.
pub(super) fn day(now: Instant, zone: &TimeZone) -> Date {
    zone.to_datetime(now.timestamp()).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn item(id: &str) -> ListValue {
        let text = String::new;
        ListValue { id: id.to_owned(), label: text(), help: text(), group: None, within: None, article: None }
    }

    fn points() -> Points {
        let subject = model::Subject::User(model::UserId::new(Instant::MIN, [2; 10]));
        let by = Actor { subject, name: "Ada".to_owned() };
        let kept = |state, review_on| {
            let point = Point { state, review_on, ..Point::default() };
            Kept { point, revision: 1, at: Instant::MIN, by: by.clone() }
        };
        let day = |day| Some(date(2026, 3, day));
        Points::from([
            ("a".to_owned(), kept(ReadinessState::Done, day(1))),
            ("b".to_owned(), kept(ReadinessState::Done, day(7))),
            ("c".to_owned(), kept(ReadinessState::NotForUs, None)),
            ("gone from the list".to_owned(), kept(ReadinessState::Done, day(9))),
        ])
    }

    #[test]
    fn what_is_to_be_looked_at_today_is_not_overdue_yet() {
        let (points, today) = (points(), date(2026, 3, 7));
        let counts = count(&["a", "b", "c", "d"].map(item), &points, today);
        let expected =
            ReadinessCounts { total: 4, done: 2, in_work: 0, not_yet: 1, not_for_us: 1, overdue: 1 };
        assert_eq!(counts, expected);
        assert_eq!(come(&points, today), [("a", date(2026, 3, 1)), ("b", today)]);
    }

    #[test]
    fn the_next_review_begins_with_its_day_where_the_organisation_is() {
        let zone = TimeZone::get("Europe/Luxembourg").unwrap();
        let next = |after| next_review(&points(), after, &zone).map(|at| at.to_string());
        assert_eq!(next(None).as_deref(), Some("2026-02-28T23:00:00Z"));
        assert_eq!(next(Some(date(2026, 3, 7))).as_deref(), Some("2026-03-08T23:00:00Z"));
        assert_eq!(next(Some(date(2026, 3, 9))), None);
        assert_eq!(day("2026-03-06T23:30:00Z".parse().unwrap(), &zone), date(2026, 3, 7));
    }
}
