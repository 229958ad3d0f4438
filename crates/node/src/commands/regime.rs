//! `beffroi regime`: the laws.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use clap::Subcommand;
use regime::{Examples, Library};
use serde_json::json;

use crate::{
    config::Config,
    laws::{self, Files},
    output::{Outcome, Output, Unreadable, table},
};

/// The laws.
#[derive(Debug, Subcommand)]
pub enum Regime {
    /// List the laws that this node knows.
    List,
    /// Print the files of a law.
    Show {
        /// The pack.
        id: String,
    },
    /// Read folders of laws together with those in the program, work their examples, and name every mistake.
    Check {
        /// The folders.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// Compare two versions of a law, key by key.
    Diff {
        /// A pack of this node, or the folder of one.
        before: String,
        /// A pack of this node, or the folder of one.
        after: String,
    },
}

impl Regime {
    /// Does it.
    ///
    /// # Errors
    /// Folders and packs that cannot be read.
    pub fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        let folders = &config.regimes.folders;
        match self {
            Self::List => list(&laws::library(folders)?, output),
            Self::Show { id } => show(&laws::files(folders)?, &id, output),
            Self::Check { folders: checked } => {
                check(&[folders.as_slice(), checked.as_slice()].concat(), output)
            }
            Self::Diff { before, after } => {
                let files = laws::files(folders)?;
                diff(&pack_files(&files, &before)?, &pack_files(&files, &after)?, output)
            }
        }
    }
}

fn list(library: &Library, output: Output) -> anyhow::Result<Outcome> {
    let summaries = laws::summaries(library);
    output.print(&json!({ "regimes": summaries }), |_| {
        let rows: Vec<Vec<String>> = summaries
            .iter()
            .map(|law| vec![law.id.clone(), law.law.clone(), law.version.clone(), law.title.clone()])
            .collect();
        table(&["pack", "law", "version", "title"], &rows)
    })?;
    Ok(Outcome::Fine)
}

fn show(files: &Files, id: &str, output: Output) -> anyhow::Result<Outcome> {
    let texts: BTreeMap<String, String> = pack_files(files, id)?
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
        .collect();
    output.print(&texts, |texts| {
        texts.iter().map(|(path, text)| format!("# {path}\n\n{}\n\n", text.trim_end())).collect()
    })?;
    Ok(Outcome::Fine)
}

fn check(folders: &[PathBuf], output: Output) -> anyhow::Result<Outcome> {
    let files = laws::files(folders).map_err(|error| Unreadable(format!("{error:#}")))?;
    let examples = match Library::read(&files) {
        Ok(library) => regime::examples(&library, &files),
        Err(problems) => Examples { problems, ..Examples::default() },
    };
    let Examples { cases, expectations, problems } = examples;
    let found: Vec<_> = problems
        .iter()
        .map(|problem| json!({ "file": problem.file, "key": problem.key, "rule": problem.rule }))
        .collect();
    let answer = json!({ "valid": found.is_empty(), "examples": cases, "problems": found });
    output.print(&answer, |_| match problems.as_slice() {
        [] => format!(
            "{} laws, {cases} worked examples with {expectations} expectations, nothing to mend",
            laws::packs(&files).len()
        ),
        problems => problems.iter().map(|problem| format!("{problem}\n")).collect(),
    })?;
    Ok(if problems.is_empty() { Outcome::Fine } else { Outcome::Found })
}

/// The files of a pack, relative to its folder: of a folder when one is named, else of the node.
fn pack_files(files: &Files, wanted: &str) -> anyhow::Result<Files> {
    if Path::new(wanted).join("pack.toml").is_file() {
        return laws::pack_folder(Path::new(wanted));
    }
    let prefix = format!("regimes/{wanted}/");
    let found: Files = files
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?.to_owned(), bytes.clone())))
        .collect();
    if found.is_empty() {
        let known = laws::packs(files).join(", ");
        return Err(anyhow!(Unreadable(format!("there is no pack {wanted:?}; this node knows {known}"))));
    }
    Ok(found)
}

fn diff(before: &Files, after: &Files, output: Output) -> anyhow::Result<Outcome> {
    let (before, after) = (values(before)?, values(after)?);
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changes: Vec<_> = keys
        .into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .map(|key| json!({ "key": key, "before": before.get(key), "after": after.get(key) }))
        .collect();
    output.print(&json!({ "changes": changes }), |_| {
        changes
            .iter()
            .map(|change| {
                let side = |name: &str| {
                    change.get(name).map_or(String::new(), |value| match value {
                        serde_json::Value::Null => "(nothing)".to_owned(),
                        value => value.to_string(),
                    })
                };
                let key = change.get("key").and_then(|key| key.as_str()).unwrap_or("");
                format!("{key}\n  - {}\n  + {}\n", side("before"), side("after"))
            })
            .collect()
    })?;
    Ok(if changes.is_empty() { Outcome::Fine } else { Outcome::Found })
}

/// Every value of every file under its path and key (`pack.toml: stages.early.length`); a file that is no
/// TOML is one value. Tables of a list are keyed by their `id`, so that one more stage moves no other.
fn values(files: &Files) -> anyhow::Result<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".toml") {
            let table: toml::Table =
                toml::from_str(&text).map_err(|error| Unreadable(format!("{path}: {error}")))?;
            flatten(&format!("{path}:"), &toml::Value::Table(table), &mut values);
        } else {
            values.insert(path.clone(), text.into_owned());
        }
    }
    Ok(values)
}

fn flatten(key: &str, value: &toml::Value, values: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                let separator = if key.ends_with(':') { " " } else { "." };
                flatten(&format!("{key}{separator}{name}"), value, values);
            }
        }
        toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
            for (index, item) in items.iter().enumerate() {
                let id = item.get("id").and_then(toml::Value::as_str);
                flatten(
                    &format!("{key}[{}]", id.map_or_else(|| index.to_string(), str::to_owned)),
                    item,
                    values,
                );
            }
        }
        plain => {
            values.insert(key.to_owned(), plain.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(text: &str) -> BTreeMap<String, String> {
        values(&Files::from([("pack.toml".to_owned(), text.as_bytes().to_vec())])).unwrap()
    }

    #[test]
    fn one_more_stage_moves_no_other() {
        let before = flat("[[stage]]\nid = 'b'\nhours = 72");
        let after = flat("[[stage]]\nid = 'a'\nhours = 24\n[[stage]]\nid = 'b'\nhours = 72");
        assert_eq!(before.get("pack.toml: stage[b].hours"), after.get("pack.toml: stage[b].hours"));
        assert_eq!(after.len(), before.len() + 2);
    }
}
