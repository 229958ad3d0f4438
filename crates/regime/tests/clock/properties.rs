//! What must hold for every clock.

use std::{sync::LazyLock, time::Duration};

use jiff::{Span, ToSpan, civil::DateTime, tz::TimeZone};
use model::Instant;
use proptest::prelude::*;
use regime::clock::{Bound, ClockError, Events, deadline, legal_end, local_words, next_occurrence, zone};

use crate::{CALENDAR, at, due, locality, written};

static ZONES: LazyLock<Vec<String>> =
    LazyLock::new(|| jiff::tz::db().available().map(|name| name.to_string()).collect());

/// Instants of the next century, microseconds included.
fn instants() -> impl Strategy<Value = Instant> {
    (0..4_102_444_800_000_000_i64).prop_map(|micros| Instant::from_micros(micros).unwrap())
}

/// Instants near what calendars find hard: changes of daylight saving, month ends, leap days.
fn hard_instants() -> impl Strategy<Value = Instant> {
    let days = prop::sample::select(vec![
        "2026-03-29T01:00:00Z",
        "2026-10-25T01:00:00Z",
        "2028-02-29T12:00:00Z",
        "2027-01-31T12:00:00Z",
        "2027-12-31T23:00:00Z",
        "2028-01-30T12:00:00Z",
        "2026-04-03T12:00:00Z",
        "2026-12-24T12:00:00Z",
        "2100-02-28T12:00:00Z",
    ]);
    (days, -200_000_i64..200_000).prop_map(|(day, seconds)| {
        let from = at(day);
        Instant::from_micros(from.micros() + seconds * 1_000_000).unwrap()
    })
}

fn any_instant() -> impl Strategy<Value = Instant> {
    prop_oneof![instants(), hard_instants()]
}

fn european_zones() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("Europe/Luxembourg", "LU"),
        ("Europe/Dublin", "IE"),
        ("Europe/Athens", "GR"),
        ("Europe/Sofia", "BG"),
        ("Atlantic/Azores", "PT"),
        ("Atlantic/Canary", "ES"),
        ("Europe/Helsinki", "FI"),
        ("Asia/Nicosia", "CY"),
        ("Europe/Oslo", "NO"),
        ("Atlantic/Reykjavik", "IS"),
        ("Europe/Berlin", "DE"),
        ("Europe/Budapest", "HU"),
    ])
}

fn starting(instant: Instant) -> Events {
    let mut events = Events::new();
    events.happened("a", instant);
    events
}

fn wall(instant: Instant, zone: &TimeZone) -> DateTime {
    zone.to_datetime(instant.timestamp())
}

#[test]
fn the_ends_of_time_hold_in_every_zone() {
    let clocks = ["hours = 24", "days = 14", "months = 1", "months = 1200"]
        .map(|length| written(&format!("from = 'a'\n{length}\nroll = {{ to = 'next_working_day_noon' }}")));
    assert!(ZONES.len() > 500, "only {} zones in the database", ZONES.len());
    for name in ZONES.iter() {
        let zone = zone(name).unwrap();
        for clock in &clocks {
            let first =
                deadline(clock, &starting(Instant::MIN), &locality(&zone, "GR"), None).unwrap().unwrap();
            assert!(first.at > Instant::MIN, "{name}");
            let last = deadline(clock, &starting(Instant::MAX), &locality(&zone, "GR"), None).unwrap_err();
            assert!(matches!(last, ClockError::Beyond { .. }), "{name}: {last}");
        }
        assert!(!local_words(Instant::MAX, &zone).is_empty() && !local_words(Instant::MIN, &zone).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn hours_are_elapsed_in_every_zone(start in any_instant(), hours in 1..2_000_u32, name in prop::sample::select(ZONES.clone())) {
        let zone = zone(&name).unwrap();
        let clock = written(&format!("from = 'a'\nhours = {hours}"));
        let found = deadline(&clock, &starting(start), &locality(&zone, "LU"), None).unwrap().unwrap();
        prop_assert_eq!(found.at.since(start), Duration::from_secs(u64::from(hours) * 3600));
    }

    #[test]
    fn hours_are_monotone(one in any_instant(), other in any_instant(), hours in 1..200_u32) {
        let clock = written(&format!("from = 'a'\nhours = {hours}"));
        let (one_due, other_due) = (due(&clock, &starting(one)).unwrap().at, due(&clock, &starting(other)).unwrap().at);
        prop_assert_eq!(one.cmp(&other), one_due.cmp(&other_due));
    }

    #[test]
    fn months_keep_the_wall_time_and_never_reach_a_later_month(
        start in any_instant(), months in 1..60_i32, (name, code) in european_zones()
    ) {
        let zone = zone(name).unwrap();
        let clock = written(&format!("from = 'a'\nmonths = {months}"));
        let found = deadline(&clock, &starting(start), &locality(&zone, code), None).unwrap().unwrap();
        let (from, to) = (wall(start, &zone), wall(found.at, &zone));
        let aim = from.date().first_of_month().checked_add(Span::new().months(months)).unwrap();
        prop_assert_eq!((to.year(), to.month()), (aim.year(), aim.month()));
        prop_assert_eq!(to.day(), from.day().min(aim.days_in_month()));
        let nominal = to.date().to_datetime(from.time());
        if zone.to_ambiguous_timestamp(nominal).is_ambiguous() {
            // Skipped: later by the skipped time. Twice: the first of the two.
            prop_assert!(to >= nominal);
            let before = found.at.timestamp() - 2.hours();
            prop_assert!(zone.to_datetime(before) < nominal);
        } else {
            prop_assert_eq!(to.time(), from.time());
        }
    }

    #[test]
    fn days_keep_the_wall_time(start in any_instant(), days in 1..400_i32, (name, code) in european_zones()) {
        let zone = zone(name).unwrap();
        let clock = written(&format!("from = 'a'\ndays = {days}"));
        let found = deadline(&clock, &starting(start), &locality(&zone, code), None).unwrap().unwrap();
        let (from, to) = (wall(start, &zone), wall(found.at, &zone));
        prop_assert_eq!(to.date(), from.date().checked_add(Span::new().days(days)).unwrap());
        if !zone.to_ambiguous_timestamp(to.date().to_datetime(from.time())).is_ambiguous() {
            prop_assert_eq!(to.time(), from.time());
        }
    }

    #[test]
    fn dates_of_months_are_monotone(one in any_instant(), other in any_instant(), months in 1..30_u32) {
        let zone = zone("Europe/Luxembourg").unwrap();
        let clock = written(&format!("from = 'a'\nmonths = {months}"));
        let (first, second) = (one.min(other), one.max(other));
        let date = |start| wall(due(&clock, &starting(start)).unwrap().at, &zone).date();
        prop_assert!(date(first) <= date(second));
    }

    #[test]
    fn a_rolled_deadline_is_on_a_working_day_and_never_earlier(
        start in any_instant(), hours in 1..400_u32, (name, code) in european_zones(), noon in any::<bool>()
    ) {
        let zone = zone(name).unwrap();
        let locality = locality(&zone, code);
        let to = if noon { "next_working_day_noon" } else { "next_working_day_end" };
        let plain = written(&format!("from = 'a'\nhours = {hours}"));
        let rolling = written(&format!("from = 'a'\nhours = {hours}\nroll = {{ to = '{to}', unless = 'small' }}"));
        let strict = deadline(&plain, &starting(start), &locality, None).unwrap().unwrap();
        let found = deadline(&rolling, &starting(start), &locality, Some(false)).unwrap().unwrap();
        let off = |instant| CALENDAR.day_off(locality.country, wall(instant, &zone).date()).unwrap();
        prop_assert!(found.at >= strict.at);
        prop_assert_eq!(off(found.at), None);
        prop_assert_eq!(found.rolled(), off(strict.at).is_some());
        if found.rolled() {
            let time = wall(found.at, &zone).time();
            prop_assert_eq!((time.hour(), time.minute(), time.second()), if noon { (12, 0, 0) } else { (23, 59, 59) });
            prop_assert_eq!(found.rolled_from, Some(strict.at));
        } else {
            prop_assert_eq!(found.at, strict.at);
        }
        let kept = deadline(&rolling, &starting(start), &locality, Some(true)).unwrap().unwrap();
        prop_assert_eq!(kept.at, strict.at);
    }

    /// The instant is not: Sunday 20:00 becomes Monday noon, Monday 08:00 stays.
    #[test]
    fn the_date_of_a_rolled_deadline_is_monotone(
        one in any_instant(), other in any_instant(), hours in 1..400_u32, (name, code) in european_zones(), noon in any::<bool>()
    ) {
        let zone = zone(name).unwrap();
        let to = if noon { "next_working_day_noon" } else { "next_working_day_end" };
        let clock = written(&format!("from = 'a'\nhours = {hours}\nroll = {{ to = '{to}' }}"));
        let date = |start| {
            let found = deadline(&clock, &starting(start), &locality(&zone, code), Some(false)).unwrap().unwrap();
            wall(found.at, &zone).date()
        };
        prop_assert!(date(one.min(other)) <= date(one.max(other)));
    }

    #[test]
    fn a_bound_holds_whatever_the_unknown_turns_out_to_be(
        aware in any_instant(), told in any_instant(), earliest in any::<bool>(), later in 0..5_i32
    ) {
        let way = if earliest { "earliest_of" } else { "latest_of" };
        let text = format!("{way} = [{{ from = 'aware', hours = 24 }}, {{ from = 'told', days = {} }}]", later + 1);
        let clock = written(&text);
        let mut events = Events::new();
        events.happened("aware", aware);
        let partial = due(&clock, &events).unwrap();
        events.happened("told", told);
        let whole = due(&clock, &events).unwrap();
        prop_assert_eq!(whole.bound, Bound::Exact);
        match partial.bound {
            Bound::NoLaterThan => prop_assert!(earliest && whole.at <= partial.at),
            Bound::NoEarlierThan => prop_assert!(!earliest && whole.at >= partial.at),
            Bound::Exact | Bound::Assumed => prop_assert!(false, "{:?}", partial.bound),
        }
    }

    #[test]
    fn nothing_panics_anywhere(
        micros in 0..=Instant::MAX.micros(), number in 1..1_200_u32, unit in prop::sample::select(vec!["hours", "days", "months"]),
        name in prop::sample::select(ZONES.clone()), roll in any::<bool>()
    ) {
        let zone = zone(&name).unwrap();
        let start = Instant::from_micros(micros).unwrap();
        let roll = if roll { "roll = { to = 'next_working_day_end' }" } else { "" };
        let clock = written(&format!("from = 'a'\n{unit} = {number}\n{roll}"));
        let locality = locality(&zone, "BG");
        for start in [start, Instant::MAX, Instant::MIN] {
            match deadline(&clock, &starting(start), &locality, Some(false)) {
                Ok(found) => {
                    let found = found.unwrap();
                    prop_assert!(found.at > start || unit != "hours");
                    legal_end(&found, &locality).unwrap();
                    prop_assert!(!local_words(found.at, &zone).is_empty());
                }
                Err(error) => prop_assert!(matches!(error, ClockError::Beyond { .. }), "{error}"),
            }
            let _ = next_occurrence(start, u16::try_from(number).unwrap(), Instant::MAX, &zone);
        }
    }
}
