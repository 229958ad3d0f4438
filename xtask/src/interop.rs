//! `cargo xtask interop`: what we write, before the tools that others use.

use std::{path::Path, process::Command, process::ExitCode};

use anyhow::Result;
use clap::Args;

use crate::{
    command, counts,
    report::{Outcome, Report},
    setup::python,
    workspace,
};

/// Show what we write to the tools of others
#[derive(Args)]
pub struct Interop {}

/// The readers: the last version of the validator that carries its schemas, and PyMISP.
const READERS: [&str; 2] = ["stix2-validator==3.2.0", "pymisp==2.5.34.4"];

/// Runs them by themselves.
pub fn run(_: &Interop) -> Result<ExitCode> {
    let root = workspace::root()?;
    let target = workspace::target_folder(&workspace::metadata(&root)?)?;
    let mut report = Report::default();
    check(&mut report, &root, &target);
    Ok(report.close())
}

/// Runs them as a step; without Python 3 and its registry they are skipped.
pub fn check(report: &mut Report, root: &Path, target: &Path) {
    report.step("the tools of others read what we write", || readers(root, target));
}

fn readers(root: &Path, target: &Path) -> Result<Outcome> {
    let python = match python::environment(root, "interop", &READERS) {
        Ok(python) => python,
        Err(error) => return Ok(Outcome::Skipped(format!("{error:#}"))),
    };
    command::must(command::cargo(root).args(["build", "--package", "node"]))?;
    let mut script = Command::new(python);
    script.arg(root.join("interop/formats.py")).arg(target.join("debug/beffroi")).arg(root);
    let ended = command::run(&mut script)?;
    let told = |word: &str| {
        ended.lines.iter().filter_map(|line| line.strip_prefix(word)).map(str::to_owned).collect()
    };
    Ok(match counts::plain(&ended.lines) {
        Some(tally) => Outcome::Counted { tally, failures: told("FAIL "), skips: told("SKIPPED ") },
        None => Outcome::Failed(vec!["interop/formats.py ended without its count".to_owned()]),
    })
}
