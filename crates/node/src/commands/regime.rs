//! `beffroi regime`: the laws.

mod diff;
mod install;
mod list;
mod sign;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use clap::Subcommand;
use regime::{Examples, Library};
use serde_json::json;

use crate::{
    config::{Config, Regimes},
    laws::{self, Files},
    output::{Outcome, Output, Unreadable},
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
    /// Compare two versions of a law: stages, clocks, recipients, questions, texts.
    Diff {
        /// A pack of this node, or the folder of one.
        before: String,
        /// A pack of this node, or the folder of one.
        after: String,
    },
    /// Take a pack into a folder of laws: its signature is verified, its worked examples are run.
    Install {
        /// The folder of the pack, or an archive of it (.tar, .tar.gz).
        pack: PathBuf,
        /// The folder of laws; the pack goes to DIR/PACK/VERSION and other versions stay.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Take it although nobody whom the configuration trusts has signed it.
        #[arg(long)]
        unsigned: bool,
    },
    /// Sign the folder of a pack with a publisher's key: writes pack.sig.json into it.
    Sign {
        /// The publisher's key, as `beffroi regime key new` wrote it.
        #[arg(long, value_name = "KEYFILE")]
        key: PathBuf,
        /// The folder of the pack.
        folder: PathBuf,
    },
    /// The keys of publishers.
    #[command(subcommand)]
    Key(Key),
}

/// The keys of publishers.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Write a fresh key to a file that only this account can read, and print its public part and fingerprint.
    New {
        /// The file; an existing one is never overwritten.
        file: PathBuf,
        /// The name of the publisher, as it stands in the signatures.
        #[arg(long)]
        name: String,
    },
}

impl Regime {
    /// Does it.
    ///
    /// # Errors
    /// Folders and packs that cannot be read.
    pub fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        let regimes = &config.regimes;
        match self {
            Self::List => list::list(regimes, output),
            Self::Show { id } => show(&laws::files(regimes)?, &id, output),
            Self::Check { folders } => check(regimes, &folders, output),
            Self::Diff { before, after } => {
                let files = laws::files(regimes)?;
                diff::diff(&pack_files(&files, &before)?, &pack_files(&files, &after)?, output)
            }
            Self::Install { pack, to, unsigned } => install::install(regimes, (&pack, &to), unsigned, output),
            Self::Sign { key, folder } => sign::sign(&key, &folder, output),
            Self::Key(Key::New { file, name }) => sign::new_key(&file, &name, output),
        }
    }
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

/// Whose signature a folder bears does not matter here: it may be in the making.
fn check(regimes: &Regimes, folders: &[PathBuf], output: Output) -> anyhow::Result<Outcome> {
    let read = || {
        let mut files = laws::files(regimes)?;
        folders.iter().try_for_each(|folder| laws::add_folder(&mut files, folder).map(drop))?;
        anyhow::Ok(files)
    };
    let files = read().map_err(|error| Unreadable(format!("{error:#}")))?;
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
    let Some(root) = laws::root(files, wanted) else {
        let known = laws::packs(files).join(", ");
        return Err(anyhow!(Unreadable(format!("there is no pack {wanted:?}; this node knows {known}"))));
    };
    let prefix = format!("regimes/{root}/");
    let own = laws::paths(files, &root).into_iter();
    let own =
        own.filter_map(|path| Some((path.strip_prefix(&prefix)?.to_owned(), files.get(&path)?.clone())));
    Ok(own.collect())
}
