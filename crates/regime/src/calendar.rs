//! Public holidays of the Member States as rules, and the working days that they leave.
//!
//! A working day is no Saturday, no Sunday and no national public holiday of the country.
//! Regional holidays are not held; bridge days that a government sets year by year are held
//! for the years in which they were set.

mod easter;
mod rule;
mod text;

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use model::Country;

pub use text::{CalendarError, Confidence};

use crate::clock::ClockError;
use rule::Holiday;

/// How far ahead a working day is sought.
const MOST_DAYS_AHEAD: usize = 366;

/// The public holidays of all countries that are known.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    countries: BTreeMap<Country, Holidays>,
}

/// The rules of one country, with where they come from.
#[derive(Clone, Debug)]
pub struct Holidays {
    /// In words, where the rules come from.
    pub source: String,
    /// How sure we are of them.
    pub confidence: Confidence,
    rules: Vec<Holiday>,
}

impl Calendar {
    /// Reads `vocabularies/holidays.toml`.
    ///
    /// # Errors
    /// [`CalendarError`] names the country, the holiday and the rule that is broken.
    pub fn read(text: &str) -> Result<Self, CalendarError> {
        text::read(text).map(|countries| Self { countries })
    }

    /// The countries whose holidays are known.
    pub fn countries(&self) -> impl Iterator<Item = (Country, &Holidays)> {
        self.countries.iter().map(|(country, holidays)| (*country, holidays))
    }

    /// The public holidays of a country in a year, with their names.
    ///
    /// # Errors
    /// [`ClockError::NoHolidays`] when the country is not in the calendar.
    pub fn holidays(&self, country: Country, year: i16) -> Result<BTreeMap<Date, &str>, ClockError> {
        let holidays = self.countries.get(&country).ok_or(ClockError::NoHolidays(country))?;
        Ok(rule::in_year(&holidays.rules, year))
    }

    /// Why nobody works on a day: "Saturday", "Sunday" or the name of the holiday; `None` on
    /// a working day.
    ///
    /// # Errors
    /// [`ClockError::NoHolidays`] when the country is not in the calendar.
    pub fn day_off(&self, country: Country, date: Date) -> Result<Option<String>, ClockError> {
        Ok(reason(&self.holidays(country, date.year())?, date).map(str::to_owned))
    }

    /// The first working day after a date.
    ///
    /// # Errors
    /// [`ClockError::NoHolidays`] when the country is not in the calendar,
    /// [`ClockError::NoWorkingDay`] when there is none within a year.
    pub fn next_working_day(&self, country: Country, date: Date) -> Result<Date, ClockError> {
        let mut year = date.year();
        let mut holidays = self.holidays(country, year)?;
        for day in date.series(1.day()).skip(1).take(MOST_DAYS_AHEAD) {
            if day.year() != year {
                year = day.year();
                holidays = self.holidays(country, year)?;
            }
            if reason(&holidays, day).is_none() {
                return Ok(day);
            }
        }
        Err(ClockError::NoWorkingDay(country))
    }
}

/// Why a day is no working day. A holiday on a weekend is told by its name.
fn reason<'a>(holidays: &BTreeMap<Date, &'a str>, date: Date) -> Option<&'a str> {
    let weekend = match date.weekday() {
        Weekday::Saturday => Some("Saturday"),
        Weekday::Sunday => Some("Sunday"),
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => None,
    };
    holidays.get(&date).copied().or(weekend)
}
