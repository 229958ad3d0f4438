//! Clocks and public holidays: worked deadlines of seven laws, single stories, and what must
//! hold for every clock in every zone.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod calendar;
mod examples;
mod properties;
mod vectors;

use std::{collections::BTreeMap, fs, io::Write, path::Path, sync::LazyLock};

use jiff::tz::TimeZone;
use model::{Country, Instant};
use regime::{
    calendar::Calendar,
    clock::{Clock, Deadline, Events, Locality, deadline, zone},
};

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabularies/holidays.toml");
    Calendar::read(&fs::read_to_string(path).unwrap()).unwrap()
});

/// The clock of a stage in `clocks.toml`.
fn clock(law: &str, stage: &str) -> Clock {
    let mut clocks: BTreeMap<String, BTreeMap<String, Clock>> =
        toml::from_str(include_str!("clocks.toml")).unwrap();
    clocks.get_mut(law).and_then(|stages| stages.remove(stage)).unwrap()
}

fn written(text: &str) -> Clock {
    toml::from_str(text).unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

fn locality<'a>(zone: &'a TimeZone, code: &str) -> Locality<'a> {
    Locality { zone, country: country(code), calendar: &CALENDAR }
}

fn known(events: &[(&str, &str)]) -> Events {
    let mut known = Events::new();
    for (name, instant) in events {
        match name.strip_prefix("submitted:") {
            Some(stage) => known.submitted(stage, at(instant)),
            None => known.happened(*name, at(instant)),
        }
    }
    known
}

/// Due in Luxembourg for an entity to which the weekend rule applies.
fn due(clock: &Clock, events: &Events) -> Option<Deadline> {
    let zone = zone("Europe/Luxembourg").unwrap();
    deadline(clock, events, &locality(&zone, "LU"), Some(false)).unwrap()
}

/// Reads shared test data in place; a bare clone has none, and then the test says that it skipped.
fn shared(name: &str) -> Option<String> {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name)).ok();
    if text.is_none() {
        println!("SKIPPED: {name} is not here");
        if let Ok(list) = std::env::var("BEFFROI_TEST_SKIPS") {
            let mut list = fs::OpenOptions::new().create(true).append(true).open(list).unwrap();
            writeln!(list, "regime clock: {name} is not here").unwrap();
        }
    }
    text
}
