//! `cargo xtask test`: all that must hold, in one run that ends with one line.

mod browser;
mod house;
mod pages;
mod rust;
pub mod skips;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{
    interop,
    report::{Outcome, Report},
    setup::postgres::{self, Cluster},
    workspace,
};

/// Which parts to run.
#[derive(Args)]
pub struct Test {
    /// Parts to run (default: all)
    parts: Vec<Part>,
}

/// The parts of a run, in their order.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Format, lints, architecture, names, sizes, licences
    House,
    /// Types, lints, catalogues and build of the pages
    Pages,
    /// Unit, store and API tests on SQLite and PostgreSQL
    Rust,
    /// The tools of others read what we write
    Interop,
    /// Journeys in a browser against the real binary
    Browser,
}

/// Where a run works and which database it may use.
struct Place {
    root: PathBuf,
    target: PathBuf,
    postgres: Option<Clusters>,
}

/// The database servers of a run.
struct Clusters {
    /// Shared by all tests.
    shared: Cluster,
    /// For the one test that restarts its server under load.
    restarted: Cluster,
}

/// Runs the parts, each to its end whatever the others found; the exit code tells whether all is well.
pub fn run(test: &Test) -> Result<ExitCode> {
    let wants = |part: Part| test.parts.is_empty() || test.parts.contains(&part);
    let root = workspace::root()?;
    let metadata = workspace::metadata(&root)?;
    let target = workspace::target_folder(&metadata)?;
    let mut place = Place { root, target, postgres: None };
    let mut report = Report::default();
    if wants(Part::House) {
        house::check(&mut report, &place, &metadata);
    }
    if wants(Part::Pages) {
        pages::check(&mut report, &place);
    }
    if wants(Part::Rust) || wants(Part::Browser) {
        report.step("PostgreSQL, private clusters", || start_postgres(&mut place.postgres));
    }
    if wants(Part::Rust) {
        rust::check(&mut report, &place);
    }
    if wants(Part::Interop) {
        interop::check(&mut report, &place.root, &place.target);
    }
    if wants(Part::Browser) {
        browser::check(&mut report, &place);
    }
    drop(place);
    Ok(report.close())
}

/// A machine that cannot have PostgreSQL skips, loudly; one that has it and cannot start it fails.
fn start_postgres(clusters: &mut Option<Clusters>) -> Result<Outcome> {
    let programs = match postgres::find_or_install() {
        Ok(programs) => programs,
        Err(error) => return Ok(Outcome::Skipped(format!("{error:#}"))),
    };
    *clusters = Some(Clusters {
        shared: Cluster::start(&programs, "shared")?,
        restarted: Cluster::start(&programs, "restarted")?,
    });
    println!("started with {}", programs.display());
    Ok(Outcome::Passed)
}

/// The outcome of a part whose folder may not have come yet.
fn not_there_yet(root: &Path, file: &str) -> Option<Outcome> {
    (!root.join(file).is_file()).then(|| Outcome::Skipped(format!("{file} is not there yet")))
}
