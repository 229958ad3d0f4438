//! The checks of the house itself: format, lints, arrows, cryptography, names, sizes, licences.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use super::Place;
use crate::{
    architecture, command, names,
    report::{Outcome, Report},
    size, sources,
};

/// Runs them all.
pub fn check(report: &mut Report, place: &Place, metadata: &Value) {
    report.step("format", || cargo(&place.root, &["fmt", "--all", "--check"]));
    report.step("lints", || {
        cargo(&place.root, &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
    });
    report.step("arrows between crates", || Ok(Outcome::of(architecture::violations(metadata)?)));
    report.step("one library of cryptography", || cryptography(&place.root));
    report.step("no regime named in code", || {
        let regimes = regimes(&place.root)?;
        Ok(Outcome::of(names::violations(&sources::read(&place.root)?, &regimes)))
    });
    report.step("sizes of files", || Ok(Outcome::of(size::violations(&sources::read(&place.root)?))));
    report.step("licences, bans and advisories", || licences(&place.root));
}

/// One cargo command as one check.
pub fn cargo(root: &Path, arguments: &[&str]) -> Result<Outcome> {
    one_check(command::cargo(root).args(arguments))
}

/// One command as one check.
pub fn one_check(command: &mut Command) -> Result<Outcome> {
    let ended = command::run(command)?;
    let findings = (!ended.well).then(|| format!("`{}` failed, see above", command::show(command)));
    Ok(Outcome::of(findings.into_iter().collect()))
}

/// What is built for any system, without what only tests need.
fn cryptography(root: &Path) -> Result<Outcome> {
    let mut tree = command::cargo(root);
    tree.args(["tree", "--workspace", "--target", "all", "--edges", "normal,build", "--prefix", "none"]);
    let built = command::ask(&mut tree).context("`cargo tree` failed")?;
    Ok(Outcome::of(architecture::banned(&built)))
}

/// The names of the packs: the folders in `regimes/`.
fn regimes(root: &Path) -> Result<Vec<String>> {
    let folders = sources::entries(&root.join("regimes"))?.into_iter().filter(|path| path.is_dir());
    Ok(folders.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect())
}

fn licences(root: &Path) -> Result<Outcome> {
    if command::ask(command::cargo(root).args(["deny", "--version"])).is_none() {
        let how = "cargo-deny is not installed (`cargo install --locked cargo-deny` compiles it)";
        return Ok(Outcome::Skipped(how.to_owned()));
    }
    cargo(root, &["deny", "check"])
}
