//! From files to packs: every problem is collected, none stops the reading of the rest.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::{Form, Pack, PackFile, Texts, patch::patched};
use crate::{ReadProblem, export::Export};

type Files = BTreeMap<String, Vec<u8>>;

/// What one folder holds, whether or not it can stand alone.
struct Folder {
    table: Option<Table>,
    forms: BTreeMap<String, Form>,
    texts: BTreeMap<String, Texts>,
    exports: BTreeMap<String, Export>,
}

/// Reads every folder below `regimes/`, each once: the laws, then the profiles that change them.
pub(crate) fn packs(files: &Files, problems: &mut Vec<ReadProblem>) -> Vec<Pack> {
    let names: BTreeSet<&str> =
        files.keys().filter_map(|path| Some(path.strip_prefix("regimes/")?.split_once('/')?.0)).collect();
    let mut folders = BTreeMap::new();
    let mut broken = BTreeSet::new();
    for name in names {
        let before = problems.len();
        folders.insert(name, folder(files, name, problems));
        if problems.len() > before {
            broken.insert(name);
        }
    }
    let (profiles, laws): (Vec<_>, Vec<_>) =
        folders.iter().partition(|(_, folder)| folder.changes().is_some());
    let mut packs = BTreeMap::new();
    for (name, folder) in laws {
        match law(files, name, folder, problems) {
            Some(pack) => drop(packs.insert(*name, pack)),
            None => drop(broken.insert(name)),
        }
    }
    let mut changed = vec![];
    for (name, folder) in profiles {
        let path = path_of(name);
        let base = folder.changes().and_then(Value::as_str).unwrap_or_default();
        match folders.get(base) {
            None => {
                problems.push(problem(&path, "changes", &format!("names no pack of this library: {base:?}")));
            }
            Some(law) if law.changes().is_some() => {
                problems.push(problem(&path, "changes", "a profile changes a law, not another profile"));
            }
            // What is wrong in a law is said of the law, and not again of each of its profiles.
            Some(_) if broken.contains(base) => {}
            Some(law) => changed.extend(profile(name, folder, law, problems).map(|pack| (*name, pack))),
        }
    }
    packs.extend(changed);
    packs.into_values().collect()
}

impl Folder {
    fn changes(&self) -> Option<&Value> {
        self.table.as_ref()?.get("changes")
    }
}

fn path_of(folder: &str) -> String {
    format!("regimes/{folder}/pack.toml")
}

fn folder(files: &Files, name: &str, problems: &mut Vec<ReadProblem>) -> Folder {
    Folder {
        table: parsed(files, &path_of(name), problems),
        forms: forms(files, name, problems),
        texts: texts(files, name, problems),
        exports: exports(files, name, problems),
    }
}

fn law(files: &Files, name: &str, folder: &Folder, problems: &mut Vec<ReadProblem>) -> Option<Pack> {
    folder.table.as_ref()?;
    for (form, _) in folder.forms.iter().filter(|(_, form)| form.adds) {
        let path = format!("regimes/{name}/forms/{form}.toml");
        problems.push(problem(&path, "adds", "only the form of a profile adds to another"));
    }
    let law: PackFile = parsed(files, &path_of(name), problems)?;
    let Folder { forms, texts, exports, .. } = folder;
    let pack = Pack { law, forms: forms.clone(), texts: texts.clone(), exports: exports.clone() };
    named(name, pack, problems)
}

fn profile(name: &str, folder: &Folder, base: &Folder, problems: &mut Vec<ReadProblem>) -> Option<Pack> {
    let path = path_of(name);
    let law: PackFile = patched(base.table.as_ref()?, folder.table.as_ref()?)
        .try_into()
        .map_err(|error: toml::de::Error| problems.push(problem(&path, "as changed", error.message())))
        .ok()?;
    let (mut forms, mut texts) = (base.forms.clone(), base.texts.clone());
    for (form, own) in &folder.forms {
        match forms.get_mut(form) {
            Some(known) if own.adds => known.add(own.clone()),
            None if own.adds => {
                let path = format!("regimes/{name}/forms/{form}.toml");
                problems.push(problem(&path, "adds", "the law has no form of that name to add to"));
            }
            Some(_) | None => drop(forms.insert(form.clone(), own.clone())),
        }
    }
    for (language, own) in &folder.texts {
        texts.entry(language.clone()).or_default().extend(own.clone());
    }
    let mut exports = base.exports.clone();
    exports.extend(folder.exports.clone());
    named(name, Pack { law, forms, texts, exports }, problems)
}

/// The pack, whose name is that of its folder.
fn named(folder: &str, pack: Pack, problems: &mut Vec<ReadProblem>) -> Option<Pack> {
    if pack.law.id != folder {
        let rule = format!("must be the name of the folder, {folder:?}, got {:?}", pack.law.id);
        problems.push(problem(&path_of(folder), "id", &rule));
    }
    Some(pack)
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

fn exports(files: &Files, folder: &str, problems: &mut Vec<ReadProblem>) -> BTreeMap<String, Export> {
    let all = inside(files, folder, "exports", ".toml");
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
