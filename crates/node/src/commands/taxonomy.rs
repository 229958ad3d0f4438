//! `beffroi taxonomy`: official lists as files for others, and a look at the files of others.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Subcommand, ValueEnum};
use formats::{Limits, Severity, taxonomy::check_bytes};
use regime::vocabulary::List;
use serde_json::json;
use service::{TaxonomyFile, list_as};

use crate::{
    config::Regimes,
    laws,
    output::{Outcome, Output, Unreadable, read_input},
};

/// Taxonomies.
#[derive(Debug, Subcommand)]
pub enum Taxonomy {
    /// Print official lists as machine tags for MISP or as SKOS; the terms of organisations are exported by the node.
    Export {
        /// The format.
        #[arg(long, value_enum)]
        to: To,
        /// Only this list; may be repeated.
        #[arg(long, value_name = "LIST")]
        list: Vec<String>,
        /// Write a file for each list into this folder: `LIST/machinetag.json`, `LIST.ttl`, `LIST.jsonld`.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// Files of lists, and folders of laws and lists, beside those of the program and the configuration.
        places: Vec<PathBuf>,
    },
    /// Check a file of machine tags that is to be imported: is it one that MISP takes?
    Check {
        /// The file; `-` reads the standard input.
        file: PathBuf,
        /// Warnings too end with 1.
        #[arg(long)]
        strict: bool,
    },
}

/// How lists are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum To {
    /// `machinetag.json`.
    Misp,
    /// SKOS in Turtle.
    Skos,
    /// SKOS in JSON-LD.
    SkosJsonld,
}

impl To {
    const fn file(self) -> TaxonomyFile {
        match self {
            Self::Misp => TaxonomyFile::MachineTags,
            Self::Skos => TaxonomyFile::Turtle,
            Self::SkosJsonld => TaxonomyFile::JsonLd,
        }
    }

    fn name(self, list: &str) -> String {
        match self {
            Self::Misp => format!("{list}/machinetag.json"),
            Self::Skos => format!("{list}.ttl"),
            Self::SkosJsonld => format!("{list}.jsonld"),
        }
    }
}

impl Taxonomy {
    /// Does it.
    ///
    /// # Errors
    /// Lists and files that cannot be read, a folder that cannot be written.
    pub fn run(self, regimes: &Regimes, output: Output) -> anyhow::Result<Outcome> {
        match self {
            Self::Export { to, list, into, places } => {
                export(regimes, (to, &list, &places), into.as_deref(), output)
            }
            Self::Check { file, strict } => check(&file, strict, output),
        }
    }
}

fn export(
    regimes: &Regimes,
    (to, wanted, places): (To, &[String], &[PathBuf]),
    into: Option<&Path>,
    output: Output,
) -> anyhow::Result<Outcome> {
    let mut files = laws::files(regimes)?;
    for place in places {
        add(&mut files, place).map_err(|error| Unreadable(format!("{error:#}")))?;
    }
    let library = laws::read(&files).map_err(|error| Unreadable(format!("{error:#}")))?;
    let all: Vec<&List> = library.vocabularies().lists().collect();
    if let Some(missing) = wanted.iter().find(|name| !all.iter().any(|list| list.id == **name)) {
        let known: Vec<&str> = all.iter().map(|list| list.id.as_str()).collect();
        return Err(
            Unreadable(format!("there is no list {missing:?}; these are: {}", known.join(", "))).into()
        );
    }
    let chosen: Vec<&List> =
        all.into_iter().filter(|list| wanted.is_empty() || wanted.contains(&list.id)).collect();
    match into {
        Some(folder) => write_all(folder, to, &chosen, output)?,
        None => print_all(to, &chosen)?,
    }
    Ok(Outcome::Fine)
}

/// A list in a file of its own, or everything in a folder.
fn add(files: &mut laws::Files, place: &Path) -> anyhow::Result<()> {
    if place.is_dir() {
        return laws::add_folder(files, place).map(drop);
    }
    let bytes = read_input(place)?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    files.insert(format!("vocabularies/{name}"), bytes);
    Ok(())
}

/// One list as it is, several as a JSON list or as one document of statements.
fn print_all(to: To, lists: &[&List]) -> anyhow::Result<()> {
    let texts: Vec<String> = lists.iter().map(|list| list_as(list, to.file())).collect();
    let whole = match (to, texts.as_slice()) {
        (_, [one]) => one.clone(),
        (To::Skos, several) => several.join("\n"),
        (To::Misp | To::SkosJsonld, several) => {
            let values: Result<Vec<serde_json::Value>, _> =
                several.iter().map(|text| serde_json::from_str(text)).collect();
            serde_json::to_string_pretty(&values?)?
        }
    };
    Output::Words.print(&(), |()| whole)
}

fn write_all(folder: &Path, to: To, lists: &[&List], output: Output) -> anyhow::Result<()> {
    let mut written = vec![];
    for list in lists {
        let path = folder.join(to.name(&list.id));
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)
                .with_context(|| format!("cannot make the folder {}", above.display()))?;
        }
        fs::write(&path, list_as(list, to.file()))
            .with_context(|| format!("cannot write {}", path.display()))?;
        written.push(path.display().to_string());
    }
    output.print(&json!({ "written": written }), |_| written.join("\n"))
}

fn check(file: &Path, strict: bool, output: Output) -> anyhow::Result<Outcome> {
    let report = check_bytes(&read_input(file)?, &Limits::default());
    let answer = json!({
        "file": file.display().to_string(), "format": "machinetag", "valid": report.is_valid(),
        "findings": report.findings, "unlisted": report.unlisted,
    });
    output.print(&answer, |_| {
        let word = |severity| match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let lines = report.findings.iter().map(|finding| {
            let place = if finding.pointer.is_empty() { "/" } else { &finding.pointer };
            format!("{} {place}: {} ({})\n", word(finding.severity), finding.message, finding.rule)
        });
        let verdict = if report.is_valid() { "a file of machine tags" } else { "to mend" };
        format!("{}{}: {verdict}", lines.collect::<String>(), file.display())
    })?;
    let least = if strict { Severity::Warning } else { Severity::Error };
    Ok(if report.worst() >= Some(least) { Outcome::Found } else { Outcome::Fine })
}
