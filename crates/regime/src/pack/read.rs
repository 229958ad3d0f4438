//! From files to packs: every problem is collected, none stops the reading of the rest.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use toml::Table;

use super::{Form, Pack, PackFile, Texts, patch::patched};
use crate::{ReadProblem, export::Export, package::PackageSpec};

type Files = BTreeMap<String, Vec<u8>>;

/// What one folder holds, read once: a law stands alone, a profile changes one.
pub(crate) struct Folder {
    /// `LAW`, or `LAW/VERSION`.
    name: String,
    table: Option<Table>,
    /// The law that stands alone.
    law: Option<PackFile>,
    forms: BTreeMap<String, Form>,
    texts: BTreeMap<String, Texts>,
    exports: BTreeMap<String, Export>,
    packages: BTreeMap<String, PackageSpec>,
    problems: Vec<ReadProblem>,
}

impl Folder {
    /// Reads a folder below `regimes/`.
    pub fn read(files: &Files, name: &str) -> Self {
        let mut problems = vec![];
        let path = path_of(name);
        let table: Option<Table> = parsed(files, &path, &mut problems);
        let alone = table.as_ref().is_some_and(|table| !table.contains_key("changes"));
        let forms = forms(files, name, &mut problems);
        for (form, _) in forms.iter().filter(|(_, form)| alone && form.adds) {
            let path = format!("regimes/{name}/forms/{form}.toml");
            problems.push(problem(&path, "adds", "only the form of a profile adds to another"));
        }
        Self {
            name: name.to_owned(),
            law: if alone { parsed(files, &path, &mut problems) } else { None },
            texts: texts(files, name, &mut problems),
            exports: named(files, (name, "exports"), &mut problems),
            packages: named(files, (name, "packages"), &mut problems),
            table,
            forms,
            problems,
        }
    }

    /// The pack, of a profile as it changes the law of the folder `base`.
    pub fn pack(&self, base: Option<&Self>, problems: &mut Vec<ReadProblem>) -> Option<Pack> {
        problems.extend(self.problems.iter().cloned());
        let table = self.table.as_ref()?;
        let pack = match table.get("changes") {
            None => {
                let (forms, texts, exports) = (self.forms.clone(), self.texts.clone(), self.exports.clone());
                Pack { law: self.law.clone()?, forms, texts, exports, packages: self.packages.clone() }
            }
            Some(changes) => {
                let path = path_of(&self.name);
                let Some(base) = base else {
                    let rule =
                        format!("names no pack of this library: {:?}", changes.as_str().unwrap_or_default());
                    problems.push(problem(&path, "changes", &rule));
                    return None;
                };
                if base.table.as_ref().is_some_and(|table| table.contains_key("changes")) {
                    problems.push(problem(&path, "changes", "a profile changes a law, not another profile"));
                    return None;
                }
                // What is wrong in a law is said of the law, and not again of each of its profiles.
                base.law.as_ref().filter(|_| base.problems.is_empty())?;
                self.over(base, table, problems)?
            }
        };
        misnamed(&pack, &self.name, problems);
        Some(pack)
    }

    fn over(&self, base: &Self, change: &Table, problems: &mut Vec<ReadProblem>) -> Option<Pack> {
        let mut law = base.table.clone()?;
        // A profile counts its own corrections.
        law.remove("erratum");
        let law: PackFile = patched(&law, change)
            .try_into()
            .map_err(|error: toml::de::Error| {
                problems.push(problem(&path_of(&self.name), "as changed", error.message()));
            })
            .ok()?;
        let (mut forms, mut texts) = (base.forms.clone(), base.texts.clone());
        for (form, own) in &self.forms {
            match forms.get_mut(form) {
                Some(known) if own.adds => known.add(own.clone()),
                None if own.adds => {
                    let path = format!("regimes/{}/forms/{form}.toml", self.name);
                    problems.push(problem(&path, "adds", "the law has no form of that name to add to"));
                }
                Some(_) | None => drop(forms.insert(form.clone(), own.clone())),
            }
        }
        for (language, own) in &self.texts {
            texts.entry(language.clone()).or_default().extend(own.clone());
        }
        let mut exports = base.exports.clone();
        exports.extend(self.exports.clone());
        let mut packages = base.packages.clone();
        packages.extend(self.packages.clone());
        Some(Pack { law, forms, texts, exports, packages })
    }
}

fn path_of(folder: &str) -> String {
    format!("regimes/{folder}/pack.toml")
}

/// The folder is `LAW`, or `LAW/VERSION`.
fn misnamed(pack: &Pack, folder: &str, problems: &mut Vec<ReadProblem>) {
    let path = path_of(folder);
    let (name, version) =
        folder.split_once('/').map_or((folder, None), |(name, version)| (name, Some(version)));
    if pack.id() != name {
        let rule = format!("must be the name of the folder, {name:?}, got {:?}", pack.id());
        problems.push(problem(&path, "id", &rule));
    }
    if let Some(version) = version.filter(|version| *version != pack.version()) {
        let rule =
            format!("must be that of the folder, {version:?}, got {:?} with its erratum", pack.version());
        problems.push(problem(&path, "version", &rule));
    }
}

fn forms(files: &Files, folder: &str, problems: &mut Vec<ReadProblem>) -> BTreeMap<String, Form> {
    let mut forms = BTreeMap::new();
    for (path, name) in inside(files, folder, "forms", ".toml") {
        if let Some(form) = parsed::<Form>(files, path, problems) {
            if form.format != "beffroi-form/1" {
                problems.push(problem(path, "format", "must be \"beffroi-form/1\""));
            }
            forms.insert(name.to_owned(), form);
        }
    }
    forms
}

fn texts(files: &Files, folder: &str, problems: &mut Vec<ReadProblem>) -> BTreeMap<String, Texts> {
    let mut texts = BTreeMap::new();
    for (path, language) in inside(files, folder, "text", ".ftl") {
        let Some(source) = utf8(files, path, problems) else { continue };
        match Texts::read(source) {
            Ok(read) => drop(texts.insert(language.to_owned(), read)),
            Err(found) => problems.extend(found.iter().map(|(key, rule)| problem(path, key, rule))),
        }
    }
    texts
}

/// The documents of one part of a folder, by the name of their file.
fn named<T: DeserializeOwned>(
    files: &Files,
    (folder, part): (&str, &str),
    problems: &mut Vec<ReadProblem>,
) -> BTreeMap<String, T> {
    let all = inside(files, folder, part, ".toml");
    all.filter_map(|(path, name)| Some((name.to_owned(), parsed(files, path, problems)?))).collect()
}

fn inside<'a>(
    files: &'a Files,
    folder: &str,
    part: &str,
    ending: &'static str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let prefix = format!("regimes/{folder}/{part}/");
    files.keys().filter_map(move |path| {
        Some((path.as_str(), path.strip_prefix(prefix.as_str())?.strip_suffix(ending)?))
    })
}

fn utf8<'a>(files: &'a Files, path: &str, problems: &mut Vec<ReadProblem>) -> Option<&'a str> {
    std::str::from_utf8(files.get(path)?)
        .map_err(|_| problems.push(problem(path, "the file", "must be UTF-8 text")))
        .ok()
}

/// The file as a document of that shape; what is wrong with it goes to `problems`.
pub(crate) fn parsed<T: DeserializeOwned>(
    files: &Files,
    path: &str,
    problems: &mut Vec<ReadProblem>,
) -> Option<T> {
    let source = utf8(files, path, problems)?;
    toml::from_str(source)
        .map_err(|error| problems.push(problem(path, &place(source, &error), error.message())))
        .ok()
}

/// The line and the key at which a file went wrong: the key itself is marked, or its value.
fn place(source: &str, error: &toml::de::Error) -> String {
    let span = error.span().unwrap_or_default();
    let before = source.get(..span.start).unwrap_or(source);
    let number = before.matches('\n').count() + 1;
    let marked = source.get(span).unwrap_or_default();
    let key = match before.trim_end().strip_suffix('=') {
        Some(before) => before.trim_end().rsplit(|sign: char| sign.is_whitespace() || sign == '{').next(),
        None if !marked.contains('\n') && marked.len() <= 60 => Some(marked),
        None => source.lines().nth(number - 1).and_then(|line| line.split('=').next()),
    };
    format!("line {number}, {}", key.unwrap_or_default().trim())
}

pub(crate) fn problem(file: &str, key: &str, rule: &str) -> ReadProblem {
    ReadProblem { file: file.to_owned(), key: key.to_owned(), rule: rule.to_owned() }
}
