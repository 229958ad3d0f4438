//! One holiday as a rule, and the days it gives.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    Span,
    civil::{Date, Weekday},
};

use super::easter;

/// One public holiday of one country.
#[derive(Clone, Debug)]
pub(super) struct Holiday {
    pub(super) name: String,
    pub(super) when: When,
    /// The first year in which it is a holiday.
    pub(super) from: Option<i16>,
    /// The last year in which it is a holiday.
    pub(super) until: Option<i16>,
    /// Only in years that this number divides.
    pub(super) every_years: Option<i16>,
    /// Not in these years.
    pub(super) except: Vec<i16>,
    /// By how many days it moves when it falls on a weekday.
    pub(super) moves: BTreeMap<Day, i32>,
    /// After how many days a second day off follows when it falls on a weekday.
    pub(super) adds: BTreeMap<Day, i32>,
    /// Whether a Saturday or Sunday is made up by the next day that is not off already.
    pub(super) made_up: bool,
    /// On these weekdays it is not observed.
    pub(super) not_on: Vec<Day>,
}

/// How the date is found.
#[derive(Clone, Debug)]
pub(super) enum When {
    /// The same date each year.
    Fixed { month: i8, day: i8 },
    /// Days after Easter Sunday of the western churches.
    Western(i32),
    /// Days after Easter Sunday of the orthodox churches.
    Orthodox(i32),
    /// The nth such weekday of a month; negative counts from the end.
    Nth { nth: i8, weekday: Weekday, month: i8 },
    /// The first such weekday on or after a date.
    OnOrAfter { weekday: Weekday, month: i8, day: i8 },
    /// The last such weekday on or before a date.
    OnOrBefore { weekday: Weekday, month: i8, day: i8 },
    /// One day in one year.
    Once(Date),
}

/// A weekday that can be a key, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(i8);

impl From<Weekday> for Day {
    fn from(weekday: Weekday) -> Self {
        Self(weekday.to_monday_one_offset())
    }
}

/// The holidays of a year. A holiday of a neighbouring year may move into it.
pub(super) fn in_year(rules: &[Holiday], year: i16) -> BTreeMap<Date, &str> {
    let mut days: BTreeMap<Date, &str> = BTreeMap::new();
    let mut to_make_up: BTreeSet<(Date, &str)> = BTreeSet::new();
    for rule in rules {
        for near in [year.checked_sub(1), Some(year), year.checked_add(1)].into_iter().flatten() {
            let Some(nominal) = rule.date(near) else { continue };
            let Some(date) = plus(nominal, rule.moves.get(&nominal.weekday().into())) else { continue };
            days.entry(date).or_insert(&rule.name);
            if let Some(added) = rule.adds.get(&date.weekday().into()).and_then(|days| plus(date, Some(days)))
            {
                days.entry(added).or_insert(&rule.name);
            }
            if rule.made_up && is_weekend(date) {
                to_make_up.insert((date, &rule.name));
            }
        }
    }
    for (date, name) in to_make_up {
        let free = |day: &Date| !is_weekend(*day) && !days.contains_key(day);
        if let Some(day) = (1..=14).filter_map(|ahead| plus(date, Some(&ahead))).find(free) {
            days.insert(day, name);
        }
    }
    days.retain(|date, _| date.year() == year);
    days
}

impl Holiday {
    /// The date in a year before it moves; `None` when the year has none.
    fn date(&self, year: i16) -> Option<Date> {
        let in_force = self.from.is_none_or(|from| year >= from)
            && self.until.is_none_or(|until| year <= until)
            && self.every_years.is_none_or(|every| every > 0 && year % every == 0)
            && !self.except.contains(&year);
        let date = if in_force { self.when.date(year) } else { None }?;
        (!self.not_on.contains(&date.weekday().into())).then_some(date)
    }
}

impl When {
    fn date(&self, year: i16) -> Option<Date> {
        match *self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Western(days) => plus(easter::western(year)?, Some(&days)),
            Self::Orthodox(days) => plus(easter::orthodox(year)?, Some(&days)),
            Self::Nth { nth, weekday, month } => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Self::OnOrAfter { weekday, month, day } => {
                let date = Date::new(year, month, day).ok()?;
                plus(date, Some(&i32::from(date.weekday().until(weekday))))
            }
            Self::OnOrBefore { weekday, month, day } => {
                let date = Date::new(year, month, day).ok()?;
                plus(date, Some(&-i32::from(date.weekday().since(weekday))))
            }
            Self::Once(date) => (date.year() == year).then_some(date),
        }
    }
}

fn plus(date: Date, days: Option<&i32>) -> Option<Date> {
    match days {
        Some(days) => date.checked_add(Span::new().try_days(*days).ok()?).ok(),
        None => Some(date),
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
