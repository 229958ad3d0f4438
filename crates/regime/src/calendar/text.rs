//! `vocabularies/holidays.toml`: one table per country, one line per holiday.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use model::Country;
use serde::Deserialize;

use super::{
    Holidays,
    rule::{Holiday, When},
};

/// Easter rules may reach this many days from Easter Sunday.
const MOST_DAYS_FROM_EASTER: i32 = 100;
/// A holiday may move by this many days.
const MOST_DAYS_MOVED: i32 = 14;

/// How sure we are of the rules of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Stable law, compared with a second source.
    High,
    /// Right for the years compared; parts are set year by year or changed lately.
    Medium,
    /// Not compared with a second source.
    Low,
}

/// Why `holidays.toml` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not TOML, or a key that the format does not have.
    #[error("holidays.toml: {0}")]
    Form(String),
    /// A rule that gives no date.
    #[error("holidays.toml, {country}, {name:?}: {rule}")]
    Rule {
        /// The country.
        country: Country,
        /// The holiday.
        name: String,
        /// What is wrong and what is allowed.
        rule: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryText {
    source: String,
    confidence: Confidence,
    holidays: Vec<HolidayText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayText {
    name: String,
    fixed: Option<String>,
    easter: Option<i32>,
    orthodox_easter: Option<i32>,
    nth: Option<i8>,
    weekday: Option<WeekdayText>,
    month: Option<i8>,
    on_or_after: Option<String>,
    on_or_before: Option<String>,
    once: Option<String>,
    from: Option<i16>,
    until: Option<i16>,
    every_years: Option<i16>,
    #[serde(default)]
    except: Vec<i16>,
    #[serde(default)]
    moves: BTreeMap<WeekdayText, i32>,
    #[serde(default)]
    adds: BTreeMap<WeekdayText, i32>,
    #[serde(default)]
    made_up: bool,
    #[serde(default)]
    not_on: Vec<WeekdayText>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WeekdayText {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<WeekdayText> for Weekday {
    fn from(text: WeekdayText) -> Self {
        match text {
            WeekdayText::Monday => Self::Monday,
            WeekdayText::Tuesday => Self::Tuesday,
            WeekdayText::Wednesday => Self::Wednesday,
            WeekdayText::Thursday => Self::Thursday,
            WeekdayText::Friday => Self::Friday,
            WeekdayText::Saturday => Self::Saturday,
            WeekdayText::Sunday => Self::Sunday,
        }
    }
}

pub(super) fn read(text: &str) -> Result<BTreeMap<Country, Holidays>, CalendarError> {
    let countries: BTreeMap<Country, CountryText> =
        toml::from_str(text).map_err(|error| CalendarError::Form(error.to_string()))?;
    countries.into_iter().map(|(country, text)| country_rules(country, text)).collect()
}

fn country_rules(country: Country, text: CountryText) -> Result<(Country, Holidays), CalendarError> {
    let mut rules = Vec::with_capacity(text.holidays.len());
    for holiday in text.holidays {
        let name = holiday.name.clone();
        rules.push(rule(holiday).map_err(|rule| CalendarError::Rule { country, name, rule })?);
    }
    Ok((country, Holidays { source: text.source, confidence: text.confidence, rules }))
}

fn rule(text: HolidayText) -> Result<Holiday, String> {
    let when = when(&text)?;
    if text.every_years.is_some_and(|every| every < 1) {
        return Err("every_years must be 1 or more".to_owned());
    }
    let shifts = |shifts: BTreeMap<WeekdayText, i32>| {
        shifts
            .into_iter()
            .map(|(weekday, days)| {
                Ok((Weekday::from(weekday).into(), at_most("a shift", days, MOST_DAYS_MOVED)?))
            })
            .collect::<Result<BTreeMap<_, _>, String>>()
    };
    Ok(Holiday {
        name: text.name,
        when,
        from: text.from,
        until: text.until,
        every_years: text.every_years,
        except: text.except,
        moves: shifts(text.moves)?,
        adds: shifts(text.adds)?,
        made_up: text.made_up,
        not_on: text.not_on.into_iter().map(|weekday| Weekday::from(weekday).into()).collect(),
    })
}

fn when(text: &HolidayText) -> Result<When, String> {
    let weekday = text.weekday.map(Weekday::from);
    let mut ways = Vec::new();
    if let Some(date) = &text.fixed {
        let (month, day) = month_day(date)?;
        ways.push(When::Fixed { month, day });
    }
    if let Some(days) = text.easter {
        ways.push(When::Western(at_most("easter", days, MOST_DAYS_FROM_EASTER)?));
    }
    if let Some(days) = text.orthodox_easter {
        ways.push(When::Orthodox(at_most("orthodox_easter", days, MOST_DAYS_FROM_EASTER)?));
    }
    if let Some(nth) = text.nth {
        let (Some(weekday), Some(month)) = (weekday, text.month) else {
            return Err("nth needs weekday and month".to_owned());
        };
        ways.push(nth_weekday(nth, weekday, month)?);
    }
    if let Some(date) = &text.on_or_after {
        let (month, day) = month_day(date)?;
        ways.push(When::OnOrAfter { weekday: weekday.ok_or("on_or_after needs weekday")?, month, day });
    }
    if let Some(date) = &text.on_or_before {
        let (month, day) = month_day(date)?;
        ways.push(When::OnOrBefore { weekday: weekday.ok_or("on_or_before needs weekday")?, month, day });
    }
    if let Some(date) = &text.once {
        let date: Date = date.parse().map_err(|_| format!("once is written as 2026-01-02, got {date:?}"))?;
        ways.push(When::Once(date));
    }
    match (ways.pop(), ways.is_empty()) {
        (Some(when), true) => Ok(when),
        (_, _) => {
            Err("needs exactly one of fixed, easter, orthodox_easter, nth, on_or_after, on_or_before, once"
                .to_owned())
        }
    }
}

fn nth_weekday(nth: i8, weekday: Weekday, month: i8) -> Result<When, String> {
    if !(1..=12).contains(&month) || nth == 0 || !(-5..=5).contains(&nth) {
        return Err(format!(
            "nth lies between 1 and 5 or -5 and -1, month between 1 and 12, got {nth} and {month}"
        ));
    }
    Ok(When::Nth { nth, weekday, month })
}

/// "05-01"; 02-29 exists in leap years only.
fn month_day(text: &str) -> Result<(i8, i8), String> {
    let date: Result<Date, _> = format!("2028-{text}").parse();
    match date {
        Ok(date) if text.len() == 5 => Ok((date.month(), date.day())),
        Ok(_) | Err(_) => Err(format!("a date is written as month-day (for example 05-01), got {text:?}")),
    }
}

fn at_most(key: &str, days: i32, most: i32) -> Result<i32, String> {
    if days.abs() <= most { Ok(days) } else { Err(format!("{key} lies within {most} days, got {days}")) }
}
