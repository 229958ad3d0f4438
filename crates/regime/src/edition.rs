//! The versions of packs: a running case stays on the one it began with.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use toml::Table;

use crate::{
    Pack, ReadProblem, Vocabularies, export,
    pack::{
        link,
        read::{self, Folder},
    },
    package,
};

type Files = BTreeMap<String, Vec<u8>>;

/// A version of a pack; of a profile as it changes one version of its law.
#[derive(Clone, Debug)]
pub(crate) struct Edition {
    /// The pack.
    pub pack: Arc<Pack>,
    /// Its version with its erratum.
    pub version: String,
    /// The version of the law that it changes.
    base: Option<String>,
    /// Its folder below `regimes/`: `LAW`, or `LAW/VERSION`.
    pub folder: String,
}

impl Edition {
    fn age(&self) -> (Date, u32) {
        (self.pack.law.version, self.pack.law.erratum)
    }
}

/// Every version of every pack: by its name, newest first, a profile over the newest version of its law first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Editions(BTreeMap<String, Vec<Edition>>);

/// What a folder says of itself before its pack is read.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    folder: String,
    id: String,
    age: (Date, u32),
    changes: Option<String>,
}

impl Editions {
    /// Reads every folder below `regimes/`. The newest version of a profile must fit the newest version of its law,
    /// an older one some version: pairs that do not fit are left out.
    pub fn read(
        files: &Files,
        places: &[Place],
        vocabularies: &Vocabularies,
        problems: &mut Vec<ReadProblem>,
    ) -> Self {
        let folders = places.iter().map(|place| (place.folder.as_str(), Folder::read(files, &place.folder)));
        let reader = Reader { folders: folders.collect(), vocabularies };
        let mut editions: BTreeMap<String, Vec<Edition>> = BTreeMap::new();
        for place in places {
            let known = editions.entry(place.id.clone()).or_default();
            if known.iter().any(|other| other.age() == place.age) {
                let path = format!("regimes/{}/pack.toml", place.folder);
                let rule = "this version of the pack stands in another folder too";
                problems.push(read::problem(&path, "version", rule));
            }
            let is_newest = known.is_empty();
            known.extend(reader.editions(place, is_newest, places, problems));
        }
        editions.retain(|_, versions| !versions.is_empty());
        Self(editions)
    }

    /// All of them.
    pub fn every(&self) -> impl Iterator<Item = &Edition> {
        self.0.values().flatten()
    }

    /// Whether any version of the pack is here.
    pub fn holds(&self, pack: &str) -> bool {
        self.0.contains_key(pack)
    }

    /// Whether this version of the pack is here.
    pub fn has(&self, pack: &str, version: &str) -> bool {
        self.of(pack).iter().any(|edition| edition.version == version)
    }

    /// Whether any text of a law is here with more than one erratum.
    pub fn has_errata(&self) -> bool {
        let corrects = |pair: &[Edition]| {
            let [newer, older] = pair else { return false };
            newer.age().0 == older.age().0 && newer.age().1 != older.age().1
        };
        self.0.values().any(|editions| editions.windows(2).any(corrects))
    }

    /// The newest version of each pack.
    pub fn newest(&self) -> BTreeMap<String, String> {
        let newest =
            |(id, editions): (&String, &Vec<Edition>)| Some((id.clone(), editions.first()?.version.clone()));
        self.0.iter().filter_map(newest).collect()
    }

    /// The version of each pack that speaks on a day: the newest in force; before the first is, that one; after the
    /// last was, that one.
    pub fn in_force(&self, day: Date) -> BTreeMap<String, String> {
        let speaks = |editions: &Vec<Edition>| {
            let begun = |edition: &&Edition| edition.pack.law.valid_from <= day;
            let in_force = |edition: &&Edition| edition.pack.in_force(day);
            let found =
                editions.iter().find(in_force).or_else(|| editions.iter().find(begun)).or_else(|| {
                    // `min_by_key` takes the first of equals: the newest correction.
                    editions.iter().min_by_key(|edition| edition.pack.law.valid_from)
                });
            found.map(|edition| edition.version.clone())
        };
        self.0.iter().filter_map(|(id, editions)| Some((id.clone(), speaks(editions)?))).collect()
    }

    /// That version, or the newest correction of the same text; nothing when there is none of that text.
    pub fn closest(&self, pack: &str, version: &str) -> Option<String> {
        let all = self.of(pack);
        let text = version.split('+').next()?;
        let exact = all.iter().find(|edition| edition.version == version);
        let same = || all.iter().find(|edition| edition.pack.law.version.to_string() == text);
        exact.or_else(same).map(|edition| edition.version.clone())
    }

    /// The newest correction of the pack for a text of the law.
    pub fn corrected(&self, pack: &str, text: &Date) -> Option<&Pack> {
        let found = self.of(pack).iter().find(|edition| edition.pack.law.version == *text);
        found.map(|edition| &*edition.pack)
    }

    /// The packs of these versions, in the order of their names.
    pub fn chosen(&self, versions: &BTreeMap<String, String>) -> Vec<Arc<Pack>> {
        let pick = |(id, version): (&String, &String)| {
            let all = || self.of(id).iter().filter(|edition| edition.version == *version);
            let fits = |edition: &&Edition| {
                let law = edition.pack.law.changes.as_ref().and_then(|law| versions.get(law));
                edition.base.as_ref() == law
            };
            all().find(fits).or_else(|| all().next()).map(|edition| Arc::clone(&edition.pack))
        };
        versions.iter().filter_map(pick).collect()
    }

    /// Every version of every pack once, of a profile over the versions of laws that speak.
    pub fn versions<'a>(&'a self, speak: &'a [Arc<Pack>]) -> impl Iterator<Item = &'a Pack> {
        let fits = |edition: &Edition| {
            let law = edition.pack.law.changes.as_deref();
            law.and_then(|law| speak.iter().find(|pack| pack.id() == law)).map(|pack| pack.version())
                == edition.base
        };
        self.0.values().flat_map(move |editions| {
            let mut once: Vec<&Edition> = vec![];
            for edition in editions {
                match once.iter_mut().find(|other| other.version == edition.version) {
                    Some(other) if fits(edition) => *other = edition,
                    Some(_) => {}
                    None => once.push(edition),
                }
            }
            once.into_iter().map(|edition| &*edition.pack)
        })
    }

    fn of(&self, pack: &str) -> &[Edition] {
        self.0.get(pack).map_or(&[], Vec::as_slice)
    }
}

struct Reader<'a> {
    folders: BTreeMap<&'a str, Folder>,
    vocabularies: &'a Vocabularies,
}

impl Reader<'_> {
    /// The pack of a folder, of a profile over each version of its law, newest first.
    fn editions(
        &self,
        place: &Place,
        is_newest: bool,
        places: &[Place],
        problems: &mut Vec<ReadProblem>,
    ) -> Vec<Edition> {
        let laws = places.iter().filter(|other| Some(&other.id) == place.changes.as_ref());
        let mut laws: Vec<Option<&Place>> = laws.map(Some).collect();
        if laws.is_empty() {
            laws.push(None);
        }
        let (mut editions, mut first) = (vec![], None);
        for (at, law) in laws.into_iter().enumerate() {
            match self.edition(place, law) {
                Ok(edition) => editions.push(edition),
                Err(found) if at == 0 => first = Some(found),
                Err(_) => {}
            }
        }
        if let Some(found) = first.filter(|_| is_newest || editions.is_empty()) {
            problems.extend(found);
        }
        editions
    }

    /// The pack of a folder, of a profile over a version of its law, or everything that is wrong with it.
    fn edition(&self, place: &Place, law: Option<&Place>) -> Result<Edition, Vec<ReadProblem>> {
        let mut problems = vec![];
        let base = law.and_then(|law| self.folders.get(law.folder.as_str()));
        let own = self.folders.get(place.folder.as_str());
        match own.and_then(|own| own.pack(base, &mut problems)) {
            Some(pack) if problems.is_empty() => {
                let mut found = link::problems(&pack, self.vocabularies);
                found.extend(export::problems(&pack, self.vocabularies));
                found.extend(package::problems(&pack, self.vocabularies));
                if !found.is_empty() {
                    let (id, folder) =
                        (format!("regimes/{}/", pack.id()), format!("regimes/{}/", place.folder));
                    for problem in &mut found {
                        problem.file = problem.file.replacen(&id, &folder, 1);
                    }
                    return Err(found);
                }
                let base = law.map(|law| format!("{}+{}", law.age.0, law.age.1));
                let (version, folder) = (pack.version(), place.folder.clone());
                Ok(Edition { version, pack: Arc::new(pack), base, folder })
            }
            Some(_) | None => Err(problems),
        }
    }
}

/// The folders below `regimes/`, newest versions of a pack first.
pub(crate) fn places(files: &Files) -> Vec<Place> {
    let mut places: Vec<Place> = folders(files).into_iter().map(|folder| place(files, folder)).collect();
    places.sort_by(|one, other| (&one.id, other.age).cmp(&(&other.id, one.age)));
    places
}

/// A folder of a law holds its files, or a folder for each version.
fn folders(files: &Files) -> BTreeSet<&str> {
    let inside = || files.keys().filter_map(|path| path.strip_prefix("regimes/"));
    let with_pack: BTreeSet<&str> = inside().filter_map(|path| path.strip_suffix("/pack.toml")).collect();
    let strays = inside().filter_map(|path| {
        let (name, rest) = path.split_once('/')?;
        let version =
            rest.split_once('/').and_then(|(version, _)| path.get(..name.len() + 1 + version.len()));
        let known = with_pack.contains(name) || version.is_some_and(|version| with_pack.contains(version));
        (!known).then_some(name)
    });
    with_pack.iter().copied().chain(strays).collect()
}

fn place(files: &Files, folder: &str) -> Place {
    let table: Option<Table> = read::parsed(files, &format!("regimes/{folder}/pack.toml"), &mut vec![]);
    let text = |key: &str| table.as_ref().and_then(|table| table.get(key)?.as_str()).map(str::to_owned);
    let erratum = table.as_ref().and_then(|table| table.get("erratum")?.as_integer()).unwrap_or_default();
    // What cannot be read is said when the pack itself is.
    let version = text("version").and_then(|version| version.parse().ok()).unwrap_or(Date::MIN);
    let id = folder.split('/').next().unwrap_or(folder).to_owned();
    let age = (version, u32::try_from(erratum).unwrap_or_default());
    Place { folder: folder.to_owned(), id, age, changes: text("changes") }
}

/// The folders of the newest version of each pack (`regimes/LAW`, `regimes/LAW/VERSION`).
pub(crate) fn newest_folders(places: &[Place]) -> BTreeSet<String> {
    let newest = places.chunk_by(|one, other| one.id == other.id).filter_map(<[Place]>::first);
    newest.map(|place| format!("regimes/{}", place.folder)).collect()
}
