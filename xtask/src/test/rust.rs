//! The tests written in Rust: units, store on both databases, API, crash and tenancy.

use std::process::Command;

use anyhow::Result;

use super::{Clusters, Place, skips};
use crate::{
    command, counts,
    report::{Outcome, Report, Tally},
};

/// Runs them with cargo-nextest where it is installed, and the examples in the documentation.
pub fn check(report: &mut Report, place: &Place) {
    let has_nextest = command::ask(command::cargo(&place.root).args(["nextest", "--version"])).is_some();
    let mut tests = command::cargo(&place.root);
    if has_nextest {
        tests.args(["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "slow"]);
        report.step("Rust tests", || counted(&mut tests, place, counts::nextest));
    } else {
        tests.args(["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"]);
        report.step("Rust tests", || counted(&mut tests, place, counts::libtest));
    }
    let mut examples = command::cargo(&place.root);
    examples.args(["test", "--workspace", "--no-fail-fast", "--doc"]);
    report.step("examples in the documentation", || counted(&mut examples, place, counts::libtest));
}

/// Runs a command that runs tests, and counts them: those that ran, and those that skipped themselves.
pub fn counted(
    command: &mut Command,
    place: &Place,
    read: impl Fn(&[String]) -> Option<Tally>,
) -> Result<Outcome> {
    let file = skips::file(&place.target)?;
    // Colours would stand between us and the counts.
    command.env(skips::VARIABLE, &file).env("CARGO_TERM_COLOR", "never");
    name_servers(command, place.postgres.as_ref());
    let ended = command::run(command)?;
    let skips = skips::read(&file)?;
    let tally = settle(read(&ended.lines), ended.well, skips.len() as u64);
    let mut failures = counts::failures(&ended.lines);
    if tally.failed > 0 && failures.is_empty() {
        failures
            .push(format!("`{}` ended without telling which test failed, see above", command::show(command)));
    }
    Ok(Outcome::Counted { tally, failures, skips })
}

/// Tells the tests where their database servers are, or that there are none.
fn name_servers(command: &mut Command, clusters: Option<&Clusters>) {
    let names = ["TEST_POSTGRES_URL", "TEST_RESTARTED_POSTGRES_URL", "TEST_RESTART_POSTGRES"];
    for name in names {
        command.env_remove(name);
    }
    let Some(Clusters { shared, restarted }) = clusters else { return };
    let values = [shared.url(), restarted.url(), restarted.restart().display().to_string()];
    command.envs(names.into_iter().zip(values));
}

/// A run that ended badly without a failed test (it did not compile, or it crashed) is one failure; so is
/// one that ended well without saying how many tests it ran.
fn settle(counted: Option<Tally>, well: bool, skips: u64) -> Tally {
    let mut tally = counted.unwrap_or_default();
    if tally.failed == 0 && (!well || counted.is_none()) {
        tally.failed = 1;
    }
    tally.skipped += skips;
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_says_nothing_is_not_a_pass() {
        let tally = |passed, failed, skipped| Tally { passed, failed, skipped };
        assert_eq!(settle(Some(tally(5, 0, 1)), true, 2), tally(5, 0, 3));
        assert_eq!(settle(Some(tally(5, 2, 0)), false, 0), tally(5, 2, 0));
        assert_eq!(settle(Some(tally(5, 0, 0)), false, 0), tally(5, 1, 0));
        assert_eq!(settle(None, false, 0), tally(0, 1, 0));
        assert_eq!(settle(None, true, 0), tally(0, 1, 0));
    }
}
