//! Everything the law tells us, read once.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use model::{Country, Instant};

use crate::{
    Pack, Vocabularies,
    calendar::Calendar,
    conversion::{Conversion, ConversionFile, Conversions, Never},
    export::{self, ANNUAL, AnnualColumns},
    pack::{Status, link, read},
    vocabulary::{FieldFile, List},
};

/// The vocabularies, the packs and the calendar; immutable.
#[derive(Clone, Debug)]
pub struct Library {
    packs: Vec<Pack>,
    vocabularies: Vocabularies,
    calendar: Calendar,
    conversions: Conversions,
    annual: AnnualColumns,
}

/// Why a file of the library cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {key}: {rule}")]
pub struct ReadProblem {
    /// The file, relative to the data root.
    pub file: String,
    /// The key in it, or the line.
    pub key: String,
    /// The rule that is broken, and the remedy.
    pub rule: String,
}

impl Library {
    /// Reads a library from its files: path relative to the data root
    /// (`regimes/LAW/pack.toml`, `vocabularies/incident-fields.toml`) to bytes.
    ///
    /// # Errors
    /// All problems at once, each naming file, key and rule.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, Vec<ReadProblem>> {
        let mut problems = vec![];
        let vocabularies = vocabularies(files, &mut problems);
        let calendar = calendar(files, &mut problems);
        let conversions = conversions(files, &mut problems);
        let annual: Option<AnnualColumns> =
            files.contains_key(ANNUAL).then(|| read::parsed(files, ANNUAL, &mut problems)).flatten();
        let packs = read::packs(files, &mut problems);
        if problems.is_empty() {
            problems.extend(packs.iter().flat_map(|pack| link::problems(pack, &vocabularies)));
            problems.extend(packs.iter().flat_map(|pack| export::problems(pack, &vocabularies)));
            problems.extend(conversions.problems(&vocabularies));
            problems.extend(annual.iter().flat_map(|annual| annual.problems(&vocabularies)));
        }
        match calendar {
            Some(calendar) if problems.is_empty() => {
                let annual = annual.unwrap_or_default();
                Ok(Self { packs, vocabularies, calendar, conversions, annual })
            }
            Some(_) | None => Err(problems),
        }
    }

    /// The packs in the order of their names.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The pack of that name.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id() == id)
    }

    /// The vocabularies.
    #[must_use]
    pub const fn vocabularies(&self) -> &Vocabularies {
        &self.vocabularies
    }

    /// The calendar of working days.
    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    pub(crate) const fn annual_columns(&self) -> &AnnualColumns {
        &self.annual
    }

    pub(crate) const fn conversions(&self) -> &Conversions {
        &self.conversions
    }

    /// The rules that propose answers from other answers.
    pub fn conversion_rules(&self) -> impl Iterator<Item = &Conversion> {
        self.conversions.rules()
    }

    /// The fields between which no answer is ever carried over.
    #[must_use]
    pub fn never_converted(&self) -> &[Never] {
        self.conversions.never()
    }

    /// The packs that speak for a case, by its State and the day on which it was opened: a law steps back where a profile that is in force, or one that
    /// is simulated, changes it. Bills speak only when `simulated` names them.
    pub fn packs_in<'a>(
        &'a self,
        country: Country,
        opened: Instant,
        simulated: &'a [String],
    ) -> impl Iterator<Item = &'a Pack> {
        let day = day(opened);
        let named = move |pack: &Pack| simulated.iter().any(|name| name == pack.id());
        let speaks = move |pack: &Pack| {
            let here = pack.law.countries.is_empty() || pack.law.countries.contains(&country);
            let law = pack.law.changes.is_none() && pack.law.status != Status::Proposed;
            here && (law || pack.in_force(day) || named(pack))
        };
        let steps_back = move |pack: &Pack, other: &Pack| {
            let changed = other.law.changes.as_deref();
            let rival = changed.is_some() && changed == pack.law.changes.as_deref();
            changed == Some(pack.id()) || (rival && named(other) && !named(pack))
        };
        self.packs.iter().filter(move |pack| {
            speaks(pack) && !self.packs.iter().any(|other| speaks(other) && steps_back(pack, other))
        })
    }
}

/// The day of an instant in UTC: laws begin and end by days.
#[must_use]
pub fn day(at: Instant) -> Date {
    TimeZone::UTC.to_datetime(at.timestamp()).date()
}

fn calendar(files: &BTreeMap<String, Vec<u8>>, problems: &mut Vec<ReadProblem>) -> Option<Calendar> {
    let path = "vocabularies/holidays.toml";
    let Some(bytes) = files.get(path) else {
        problems.push(read::problem(path, "the file", "is missing; working days cannot be told without it"));
        return None;
    };
    Calendar::read(&String::from_utf8_lossy(bytes))
        .map_err(|error| problems.push(read::problem(path, "the file", &error.to_string())))
        .ok()
}

/// The name of the files that hold rules of conversion.
const CONVERSIONS: &str = "/conversions.toml";

fn conversions(files: &BTreeMap<String, Vec<u8>>, problems: &mut Vec<ReadProblem>) -> Conversions {
    let mut conversions = Conversions::default();
    let here = |path: &str| path.starts_with("regimes/") || path.starts_with("vocabularies/");
    for path in files.keys().filter(|path| here(path) && path.ends_with(CONVERSIONS)) {
        let Some(file) = read::parsed::<ConversionFile>(files, path, problems) else { continue };
        if !file.is_known() {
            problems.push(read::problem(path, "format", "must be \"beffroi-conversions/1\""));
        }
        conversions.add(path, file);
    }
    conversions
}

fn vocabularies(files: &BTreeMap<String, Vec<u8>>, problems: &mut Vec<ReadProblem>) -> Vocabularies {
    let mut vocabularies = Vocabularies::default();
    let own = |path: &str| path.starts_with("regimes/") && path.ends_with("/fields.toml");
    let common = |path: &str| path.starts_with("vocabularies/") && path.ends_with(".toml");
    let mut paths: Vec<&String> = files.keys().filter(|path| common(path) || own(path)).collect();
    // The common fields first: a law may add to their groups.
    paths.sort_by_key(|path| own(path));
    for path in paths {
        if path.ends_with("fields.toml") {
            if let Some(file) = read::parsed::<FieldFile>(files, path, problems) {
                if file.format != "beffroi-fields/1" {
                    problems.push(read::problem(path, "format", "must be \"beffroi-fields/1\""));
                }
                let twice = vocabularies.add_fields(file);
                let rule = "another file already defines this field; each fact is asked once";
                problems.extend(twice.iter().map(|field| read::problem(path, field, rule)));
            }
        } else if path != "vocabularies/holidays.toml"
            && path != ANNUAL
            && !path.ends_with(CONVERSIONS)
            && let Some(list) = read::parsed::<List>(files, path, problems)
        {
            if list.format != "beffroi-list/1" {
                problems.push(read::problem(path, "format", "must be \"beffroi-list/1\""));
            }
            vocabularies.add_list(list);
        }
    }
    problems.extend(vocabularies.problems());
    vocabularies
}
