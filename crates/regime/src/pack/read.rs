//! From files to packs: every problem is collected, none stops the reading of the rest.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use toml::Table;

use super::{Form, Pack, PackFile, Texts, patch::patched};
use crate::ReadProblem;

type Files = BTreeMap<String, Vec<u8>>;

/// Reads the pack of a folder below `regimes/`, of a profile as it changes the law of the folder `base`.
pub(crate) fn pack(
    files: &Files,
    folder: &str,
    base: Option<&str>,
    problems: &mut Vec<ReadProblem>,
) -> Option<Pack> {
    let path = format!("regimes/{folder}/pack.toml");
    let table: Option<Table> = parsed(files, &path, problems);
    let changes = table.as_ref().and_then(|table| table.get("changes"));
    let base = changes.map(|changes| {
        let named = changes.as_str().unwrap_or_default();
        base_of(files, &path, (named, base.unwrap_or(named)), problems)
    });
    let (mut forms, mut texts) = (BTreeMap::new(), BTreeMap::new());
    if let Some((_, base)) = base.iter().flatten().next() {
        // What is wrong there is said of the law itself, once, and not of each of its profiles.
        let mut of_law = vec![];
        read_forms(files, base, &mut forms, &mut of_law);
        read_texts(files, base, &mut texts, &mut of_law);
        if !of_law.is_empty() {
            return None;
        }
    }
    read_forms(files, folder, &mut forms, problems);
    read_texts(files, folder, &mut texts, problems);
    let law: PackFile = match base {
        None => table.and_then(|_| parsed(files, &path, problems))?,
        Some(base) => patched(&without_erratum(base?.0), &table?)
            .try_into()
            .map_err(|error: toml::de::Error| problems.push(problem(&path, "as changed", error.message())))
            .ok()?,
    };
    let pack = Pack { law, forms, texts };
    misnamed(&pack, folder, &path, problems);
    Some(pack)
}

/// A profile counts its own corrections.
fn without_erratum(mut law: Table) -> Table {
    law.remove("erratum");
    law
}

/// The folder is `LAW`, or `LAW/VERSION`.
fn misnamed(pack: &Pack, folder: &str, path: &str, problems: &mut Vec<ReadProblem>) {
    let (name, version) =
        folder.split_once('/').map_or((folder, None), |(name, version)| (name, Some(version)));
    if pack.id() != name {
        let rule = format!("must be the name of the folder, {name:?}, got {:?}", pack.id());
        problems.push(problem(path, "id", &rule));
    }
    if let Some(version) = version.filter(|version| *version != pack.version()) {
        let rule =
            format!("must be that of the folder, {version:?}, got {:?} with its erratum", pack.version());
        problems.push(problem(path, "version", &rule));
    }
}

fn base_of(
    files: &Files,
    path: &str,
    (named, base): (&str, &str),
    problems: &mut Vec<ReadProblem>,
) -> Option<(Table, String)> {
    let base_path = format!("regimes/{base}/pack.toml");
    if !files.contains_key(&base_path) {
        problems.push(problem(path, "changes", &format!("names no pack of this library: {named:?}")));
        return None;
    }
    let table: Table = parsed(files, &base_path, &mut vec![])?;
    if !table.contains_key("changes") {
        parsed::<PackFile>(files, &base_path, &mut vec![])?;
    }
    if table.contains_key("changes") {
        problems.push(problem(path, "changes", "a profile changes a law, not another profile"));
        return None;
    }
    Some((table, base.to_owned()))
}

fn read_forms(
    files: &Files,
    folder: &str,
    forms: &mut BTreeMap<String, Form>,
    problems: &mut Vec<ReadProblem>,
) {
    for (path, name) in inside(files, folder, "forms", ".toml") {
        if let Some(form) = parsed::<Form>(files, path, problems) {
            if form.format != "beffroi-form/1" {
                problems.push(problem(path, "format", "must be \"beffroi-form/1\""));
            }
            match forms.get_mut(name) {
                Some(base) if form.adds => base.add(form),
                None if form.adds => {
                    problems.push(problem(path, "adds", "the law has no form of that name to add to"));
                }
                Some(_) | None => {
                    forms.insert(name.to_owned(), form);
                }
            }
        }
    }
}

fn read_texts(
    files: &Files,
    folder: &str,
    texts: &mut BTreeMap<String, Texts>,
    problems: &mut Vec<ReadProblem>,
) {
    for (path, language) in inside(files, folder, "text", ".ftl") {
        let Some(source) = utf8(files, path, problems) else { continue };
        match Texts::read(source) {
            Ok(read) => texts.entry(language.to_owned()).or_default().extend(read),
            Err(found) => problems.extend(found.iter().map(|(key, rule)| problem(path, key, rule))),
        }
    }
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
