//! The checks of the pages: types, lints, catalogues, build, and types fresh from the API.

use anyhow::Result;

use super::{Place, house::one_check, not_there_yet};
use crate::{
    report::{Outcome, Report},
    setup::node,
    ui,
};

/// Runs them all; without Node.js or without the folder, each is skipped with the reason.
pub fn check(report: &mut Report, place: &Place) {
    let folder = place.root.join("ui");
    let mut ready = false;
    report.step("pages: packages", || {
        if let Some(outcome) = not_there_yet(&place.root, "ui/package.json") {
            return Ok(outcome);
        }
        node::check()?;
        ui::install(&place.root)?;
        ready = true;
        Ok(Outcome::Passed)
    });
    if !ready {
        return;
    }
    report
        .step("pages: types, lints and catalogues", || one_check(&mut node::npm(&folder, &["run", "check"])));
    report.step("pages: types fresh from the API", || fresh_types(place));
    report.step("pages: build", || {
        ui::build(&place.root, &place.target)?;
        Ok(Outcome::Passed)
    });
}

/// Generates the types again: what was there must be what comes.
fn fresh_types(place: &Place) -> Result<Outcome> {
    if let Some(outcome) = not_there_yet(&place.root, "ui/openapi.json") {
        return Ok(outcome);
    }
    let before = ui::generated_types(&place.root)?;
    let generated = one_check(&mut node::npm(&place.root.join("ui"), &["run", "api"]))?;
    if !matches!(generated, Outcome::Passed) {
        return Ok(generated);
    }
    let after = ui::generated_types(&place.root)?;
    let stale = after.iter().filter(|(file, text)| before.get(*file) != Some(*text));
    Ok(Outcome::of(
        stale
            .map(|(file, _)| {
                let file = file.strip_prefix(&place.root).unwrap_or(file).display();
                format!("{file} was stale: it is generated anew from ui/openapi.json, commit it")
            })
            .collect(),
    ))
}
