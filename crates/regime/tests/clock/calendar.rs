//! Public holidays: our rules against an independent computation of 2025 to 2029, and against
//! the law where rules are rare.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use model::Country;
use proptest::prelude::*;
use regime::{
    calendar::{Calendar, CalendarError, Confidence},
    clock::ClockError,
};

use crate::{CALENDAR, country, shared};

const MEMBER_STATES: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// Days on which the other computation and ours differ, with the reason. "+" is a day that
/// only we have, "-" one that only the other has.
const DIFFERENCES: &[(&str, &str, &str)] = &[];

#[test]
fn the_rules_give_the_days_of_another_computation() {
    let Some(text) = shared("standards/law/public_holidays_2025_2029.json") else { return };
    let other: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut found = BTreeSet::new();
    let mut compared = 0;
    for (code, days) in other["holidays"].as_object().unwrap() {
        let theirs: BTreeSet<Date> =
            days.as_object().unwrap().keys().map(|day| day.parse().unwrap()).collect();
        let ours: BTreeSet<Date> = (2025..=2029)
            .flat_map(|year| CALENDAR.holidays(country(code), year).unwrap().into_keys())
            .collect();
        compared += theirs.len();
        found.extend(ours.difference(&theirs).map(|day| (format!("{code} {day}"), "+")));
        found.extend(theirs.difference(&ours).map(|day| (format!("{code} {day}"), "-")));
    }
    let explained: BTreeSet<(String, &str)> =
        DIFFERENCES.iter().map(|(day, sign, _)| ((*day).to_owned(), *sign)).collect();
    assert_eq!(found, explained);
    assert!(compared > 1_900, "only {compared} days compared");
}

#[test]
fn every_member_state_is_there_with_its_source() {
    let known: BTreeMap<Country, _> = CALENDAR.countries().collect();
    for code in MEMBER_STATES.split(' ').chain(["IS", "LI", "NO"]) {
        let holidays = known.get(&country(code)).unwrap();
        assert!(holidays.source.len() > 15, "{code} has no source");
        assert_ne!(holidays.confidence, Confidence::Low, "{code}");
    }
    assert_eq!(known.len(), 30);
}

#[test]
fn rare_rules_hold_in_rare_years() {
    let off = |code: &str, day: Date| CALENDAR.day_off(country(code), day).unwrap();
    // 1 February 2030 is a Friday: Saint Brigid's Day stays there and the Monday is worked.
    assert_eq!(off("IE", date(2030, 2, 1)).as_deref(), Some("Saint Brigid's Day"));
    assert_eq!(off("IE", date(2030, 2, 4)), None);
    // 1 February 2027 is a Monday and is itself the first.
    assert_eq!(off("IE", date(2027, 2, 1)).as_deref(), Some("Saint Brigid's Day"));
    // 27 April 2031 is a Sunday: the King's Day is kept on the Saturday before.
    assert_eq!(off("NL", date(2031, 4, 26)).as_deref(), Some("King's Day"));
    assert_eq!(off("NL", date(2031, 4, 27)).as_deref(), Some("Sunday"));
    assert_eq!(off("NL", date(2030, 5, 5)).as_deref(), Some("Liberation Day"));
    // Four days of Christmas on a weekend are made up one after the other.
    assert_eq!(off("BG", date(2027, 12, 27)).as_deref(), Some("Christmas Day"));
    assert_eq!(off("BG", date(2027, 12, 28)).as_deref(), Some("Second Day of Christmas"));
    assert_eq!(off("BG", date(2027, 12, 29)), None);
    // From 2100 on the two calendars lie 14 days apart: orthodox Easter 2100 is 2 May.
    assert_eq!(off("GR", date(2100, 5, 3)).as_deref(), Some("Easter Monday"));
    assert_eq!(off("LU", date(2026, 5, 25)).as_deref(), Some("Whit Monday"));
    assert_eq!(off("LU", date(2026, 5, 26)), None);
}

#[test]
fn easter_falls_where_tables_say() {
    let easter = |code: &str, year| {
        let days = CALENDAR.holidays(country(code), year).unwrap();
        days.into_iter().find(|(_, name)| *name == "Easter Sunday").unwrap().0
    };
    for (year, western, orthodox) in [
        (1970, date(1970, 3, 29), date(1970, 4, 26)),
        (1981, date(1981, 4, 19), date(1981, 4, 26)),
        (2000, date(2000, 4, 23), date(2000, 4, 30)),
        (2008, date(2008, 3, 23), date(2008, 4, 27)),
        (2024, date(2024, 3, 31), date(2024, 5, 5)),
        (2038, date(2038, 4, 25), date(2038, 4, 25)),
        (2049, date(2049, 4, 18), date(2049, 4, 25)),
    ] {
        assert_eq!(easter("BE", year), western);
        assert_eq!(easter("RO", year), orthodox);
    }
}

#[test]
fn a_country_that_is_not_there_is_named() {
    let error = CALENDAR.day_off(country("US"), date(2026, 7, 4)).unwrap_err();
    assert_eq!(error, ClockError::NoHolidays(country("US")));
    assert_eq!(
        error.to_string(),
        "no public holidays of US are known, so its next working day is not; add the country to vocabularies/holidays.toml"
    );
}

#[test]
fn a_bad_rule_is_named_with_its_country() {
    let file = |holiday: &str| {
        format!("[LU]\nsource = \"s\"\nconfidence = \"high\"\nholidays = [{{ name = \"X\", {holiday} }}]")
    };
    for (holiday, rule) in [
        ("fixed = \"02-30\"", "a date is written as month-day (for example 05-01), got \"02-30\""),
        ("fixed = \"1-1\"", "a date is written as month-day (for example 05-01), got \"1-1\""),
        ("fixed = \"01-01\", easter = 1", "needs exactly one of fixed, easter"),
        ("from = 2025", "needs exactly one of fixed, easter"),
        ("nth = 1, month = 5", "nth needs weekday and month"),
        ("nth = 6, month = 5, weekday = \"monday\"", "nth lies between 1 and 5"),
        ("on_or_after = \"05-01\"", "on_or_after needs weekday"),
        ("easter = 400", "easter lies within 100 days, got 400"),
        ("fixed = \"01-01\", moves = { sunday = 99 }", "a shift lies within 14 days, got 99"),
        ("fixed = \"01-01\", every_years = 0", "every_years must be 1 or more"),
        ("once = \"yesterday\"", "once is written as 2026-01-02"),
    ] {
        let error = Calendar::read(&file(holiday)).unwrap_err();
        assert!(
            matches!(&error, CalendarError::Rule { country, name, .. } if country.to_string() == "LU" && name == "X")
        );
        assert!(error.to_string().contains(rule), "{error}");
    }
    assert!(
        Calendar::read(&file("fixt = \"01-01\"")).unwrap_err().to_string().contains("unknown field `fixt`")
    );
    assert!(Calendar::read("[lux]\n").is_err());
}

#[test]
fn a_calendar_without_working_days_is_told() {
    let days: String = (1..=12)
        .flat_map(|month| (1..=31).map(move |day| (month, day)))
        .filter(|(month, day)| Date::new(2028, *month, *day).is_ok())
        .map(|(month, day)| format!("{{ name = \"x\", fixed = \"{month:02}-{day:02}\" }},"))
        .collect();
    let text = format!("[LU]\nsource = \"s\"\nconfidence = \"low\"\nholidays = [{days}]");
    let calendar = Calendar::read(&text).unwrap();
    assert_eq!(
        calendar.next_working_day(country("LU"), date(2026, 1, 1)).unwrap_err(),
        ClockError::NoWorkingDay(country("LU"))
    );
}

proptest! {
    #[test]
    fn the_next_working_day_is_one_and_is_the_next(days in 0..2_900_000_i32, code in 0..30_usize) {
        let country = CALENDAR.countries().nth(code).unwrap().0;
        let from = date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let next = CALENDAR.next_working_day(country, from).unwrap();
        prop_assert!(next > from);
        prop_assert_eq!(CALENDAR.day_off(country, next).unwrap(), None);
        let mut between = from.tomorrow().unwrap();
        while between < next {
            prop_assert!(CALENDAR.day_off(country, between).unwrap().is_some());
            between = between.tomorrow().unwrap();
        }
    }
}
