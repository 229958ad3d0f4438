//! The journeys in a browser against the real binary.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Place, not_there_yet, rust::counted};
use crate::{
    command, counts,
    report::{Outcome, Report},
    setup::{chromium, node},
};

/// Runs them; without a browser that can be had they are skipped with what to install.
pub fn check(report: &mut Report, place: &Place) {
    report.step("browser journeys", || journeys(place));
}

fn journeys(place: &Place) -> Result<Outcome> {
    if let Some(outcome) = not_there_yet(&place.root, "e2e/package.json") {
        return Ok(outcome);
    }
    let browser = match chromium::find_or_install() {
        Ok(browser) => browser,
        Err(error) => return Ok(Outcome::Skipped(format!("{error:#}"))),
    };
    let folder = place.root.join("e2e");
    node::check()?;
    node::install(&folder)?;
    command::must(command::cargo(&place.root).args(["build", "--package", "node"]))?;
    let mut tests = runner(&folder)?;
    tests.env("CHROMIUM", browser).env("BEFFROI", place.target.join("debug/beffroi")).env("NO_COLOR", "1");
    counted(&mut tests, place, counts::node)
}

/// `npm test` where the folder says how it is tested, else what Node.js finds itself.
fn runner(folder: &Path) -> Result<Command> {
    let text = fs::read(folder.join("package.json"))?;
    let package: Value = serde_json::from_slice(&text).context("e2e/package.json is no JSON")?;
    if package.pointer("/scripts/test").is_some() {
        return Ok(node::npm(folder, &["test", "--silent"]));
    }
    let mut node = Command::new("node");
    node.arg("--test").current_dir(folder);
    Ok(node)
}
