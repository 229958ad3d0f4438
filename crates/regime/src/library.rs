//! Everything the law tells us, read once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{civil::Date, tz::TimeZone};
use model::{Country, Instant};

use crate::{
    Case, Pack, Vocabularies,
    calendar::Calendar,
    conversion::{Conversion, ConversionFile, Conversions, Never},
    edition::{Editions, newest_folders, places},
    export::{ANNUAL, AnnualColumns},
    pack::{Status, read},
    summary,
    vocabulary::{FieldFile, List},
};

/// The vocabularies, the packs and the calendar; immutable. Of a pack it may hold several versions: one of them
/// speaks, the newest unless [`Self::under`], [`Self::on`] or [`Self::with`] chose another. Clones share it all.
#[derive(Clone, Debug)]
pub struct Library {
    /// The packs that speak, in the order of their names.
    packs: Vec<Arc<Pack>>,
    /// By pack: the version that was asked for and is not here.
    absent: BTreeMap<String, String>,
    editions: Arc<Editions>,
    vocabularies: Arc<Vocabularies>,
    calendar: Arc<Calendar>,
    conversions: Arc<Conversions>,
    annual: Arc<AnnualColumns>,
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
        let places = places(files);
        let newest = newest_folders(&places);
        let vocabularies = vocabularies(files, &newest, &mut problems);
        let calendar = calendar(files, &mut problems);
        let conversions = conversions(files, &newest, &mut problems);
        let annual: Option<AnnualColumns> =
            files.contains_key(ANNUAL).then(|| read::parsed(files, ANNUAL, &mut problems)).flatten();
        let editions = Editions::read(files, &places, &vocabularies, &mut problems);
        if problems.is_empty() {
            problems.extend(conversions.problems(&vocabularies));
            problems.extend(annual.iter().flat_map(AnnualColumns::problems));
        }
        match calendar {
            Some(calendar) if problems.is_empty() => Self {
                packs: editions.chosen(&editions.newest()),
                absent: BTreeMap::new(),
                editions: Arc::new(editions),
                vocabularies: Arc::new(vocabularies),
                calendar: Arc::new(calendar),
                conversions: Arc::new(conversions),
                annual: Arc::new(annual.unwrap_or_default()),
            }
            .sound(),
            Some(_) | None => Err(problems),
        }
    }

    /// Itself, where what packs ask of the statistics is there.
    fn sound(self) -> Result<Self, Vec<ReadProblem>> {
        let problems = summary::problems(&self);
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }

    /// The packs that speak, in the order of their names.
    #[must_use]
    pub fn packs(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// The pack of that name, in the version that speaks.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().map(|pack| &**pack).find(|pack| pack.id() == id)
    }

    /// Every version of every pack, by name and age; of a profile as it changes the version of its law that speaks.
    pub fn versions(&self) -> impl Iterator<Item = &Pack> {
        self.editions.versions(&self.packs)
    }

    /// Whether a correction of any text of a law is here beside what it corrects.
    #[must_use]
    pub fn has_errata(&self) -> bool {
        self.editions.has_errata()
    }

    /// As a case sees it that was opened at `opened` under these versions (`nis2` to `2022-12-27+0`). For a version
    /// that is not here the newest correction of the same text speaks, else the newest in force; the duties say so.
    /// Packs that are not named speak as on the day of the opening.
    #[must_use]
    pub fn under(&self, versions: &BTreeMap<String, String>, opened: Instant) -> Self {
        let mut chosen = self.editions.in_force(day(opened));
        let mut absent = BTreeMap::new();
        for (pack, version) in versions {
            if !self.editions.holds(pack) {
                continue;
            }
            let found = self.editions.closest(pack, version);
            if found.as_ref() != Some(version) {
                absent.insert(pack.clone(), version.clone());
            }
            if let Some(found) = found {
                chosen.insert(pack.clone(), found);
            }
        }
        Self { packs: self.editions.chosen(&chosen), absent, ..self.clone() }
    }

    /// As a case sees it that is opened at `opened`: of each pack the newest version in force that day.
    #[must_use]
    pub fn on(&self, opened: Instant) -> Self {
        self.under(&BTreeMap::new(), opened)
    }

    /// As it is, but of one pack another version speaks; nothing when that is not here.
    #[must_use]
    pub fn with(&self, pack: &str, version: &str) -> Option<Self> {
        let mut chosen: BTreeMap<String, String> =
            self.packs.iter().map(|pack| (pack.id().to_owned(), pack.version())).collect();
        self.editions.has(pack, version).then_some(())?;
        chosen.insert(pack.to_owned(), version.to_owned());
        let mut absent = self.absent.clone();
        absent.remove(pack);
        Some(Self { packs: self.editions.chosen(&chosen), absent, ..self.clone() })
    }

    /// The newest correction of a pack for the same text of the law as the version that speaks, when there is one.
    #[must_use]
    pub fn erratum_of(&self, pack: &str) -> Option<String> {
        let speaks = self.pack(pack)?;
        let newest = self.editions.corrected(pack, &speaks.law.version)?;
        (newest.law.erratum > speaks.law.erratum).then(|| newest.version())
    }

    /// The version of a pack that was asked for and is not here.
    pub(crate) fn absent(&self, pack: &str) -> Option<&str> {
        self.absent.get(pack).map(String::as_str)
    }

    /// As it is, and the pack of a folder below `regimes/` speaks for itself.
    pub(crate) fn of_folder(&self, folder: &str) -> Option<(Self, Arc<Pack>)> {
        let edition = self.editions.every().find(|edition| edition.folder == folder)?;
        let library = self.with(edition.pack.id(), &edition.version)?;
        let pack = library.packs.iter().find(|pack| pack.id() == edition.pack.id()).cloned()?;
        Some((library, pack))
    }

    /// The vocabularies.
    #[must_use]
    pub fn vocabularies(&self) -> &Vocabularies {
        &self.vocabularies
    }

    /// The calendar of working days.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The columns of the yearly table.
    #[must_use]
    pub fn annual_columns(&self) -> &AnnualColumns {
        &self.annual
    }

    pub(crate) fn conversions(&self) -> &Conversions {
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

    /// The packs that speak for a case; one that is not opened yet is of `now`.
    pub(crate) fn speaking<'a>(&'a self, case: &'a Case, now: Instant) -> impl Iterator<Item = &'a Pack> {
        self.packs_in(case.country, case.opened.unwrap_or(now), &case.simulated)
    }

    /// The packs that speak in a State for what is opened at an instant: a law steps back where a profile that is in
    /// force, or one that is simulated, changes it. Bills speak only when `simulated` names them.
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
        let packs = || self.packs.iter().map(|pack| &**pack);
        packs().filter(move |pack| {
            speaks(pack) && !packs().any(|other| speaks(other) && steps_back(pack, other))
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

/// Whether a file stands in one of these folders itself.
fn in_one_of(folders: &BTreeSet<String>, path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folder, _)| folders.contains(folder))
}

/// The name of the files that hold rules of conversion.
const CONVERSIONS: &str = "/conversions.toml";

fn conversions(
    files: &BTreeMap<String, Vec<u8>>,
    newest: &BTreeSet<String>,
    problems: &mut Vec<ReadProblem>,
) -> Conversions {
    let mut conversions = Conversions::default();
    let here = |path: &str| path.starts_with("vocabularies/") || in_one_of(newest, path);
    for path in files.keys().filter(|path| here(path) && path.ends_with(CONVERSIONS)) {
        let Some(file) = read::parsed::<ConversionFile>(files, path, problems) else { continue };
        if !file.is_known() {
            problems.push(read::problem(path, "format", "must be \"beffroi-conversions/1\""));
        }
        conversions.add(path, file);
    }
    conversions
}

fn vocabularies(
    files: &BTreeMap<String, Vec<u8>>,
    newest: &BTreeSet<String>,
    problems: &mut Vec<ReadProblem>,
) -> Vocabularies {
    let mut vocabularies = Vocabularies::default();
    let own = |path: &str| path.starts_with("regimes/") && path.ends_with("/fields.toml");
    let common = |path: &str| path.starts_with("vocabularies/") && path.ends_with(".toml");
    let mut paths: Vec<&String> = files.keys().filter(|path| common(path) || own(path)).collect();
    let old = |path: &str| own(path) && !in_one_of(newest, path);
    // The common fields first: a law may add to their groups. Older versions of a law last: they add what the
    // newest no longer asks.
    paths.sort_by_key(|path| (old(path), own(path)));
    for path in paths {
        if path.ends_with("fields.toml") {
            if let Some(file) = read::parsed::<FieldFile>(files, path, problems) {
                if file.format != "beffroi-fields/1" {
                    problems.push(read::problem(path, "format", "must be \"beffroi-fields/1\""));
                }
                if old(path) {
                    let differs = vocabularies.add_older_fields(file);
                    problems.extend(differs.iter().map(|(field, rule)| read::problem(path, field, rule)));
                    continue;
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
