//! `cargo xtask fuzz [--seconds N] [TARGET]`: the targets of `fuzz/`, for longer than `cargo test` runs them.

use std::{process::ExitCode, time::Duration};

use anyhow::{Result, bail};
use clap::Args;

use crate::{command, workspace};

/// How long each target runs, and which of them.
#[derive(Args)]
pub struct Fuzz {
    /// How long each target runs
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// One target by its name, or those whose names contain it (default: all)
    target: Option<String>,
}

/// Runs the targets one after the other; each prints how many inputs it saw and how many got past the
/// first door. A target that fails prints the seed that makes it fail again, and the others still run.
pub fn run(fuzz: &Fuzz) -> Result<ExitCode> {
    let root = workspace::root()?;
    let mut list = command::cargo(&root);
    list.args(["test", "--quiet", "--package", "fuzz", "--test", "targets", "--", "--list"]);
    let Some(listed) = command::ask(&mut list) else {
        bail!("the targets cannot be built: `{}` tells why", command::show(&list));
    };
    let targets = chosen(&listed, fuzz.target.as_deref());
    if targets.is_empty() {
        bail!("no target of this name; there are: {}", chosen(&listed, None).join(", "));
    }
    let length = Duration::from_secs(fuzz.seconds);
    let mut failed = Vec::new();
    for target in targets {
        println!("\n=== {target} ({} s)", fuzz.seconds);
        let mut test = command::cargo(&root);
        test.args(["test", "--quiet", "--package", "fuzz", "--test", "targets", "--"])
            .args([target, "--exact", "--nocapture"])
            .env("BOLERO_RANDOM_TEST_TIME_MS", length.as_millis().to_string());
        if command::must(&mut test).is_err() {
            failed.push(target);
        }
    }
    if !failed.is_empty() {
        bail!(
            "failed: {}; BOLERO_RANDOM_SEED=(the number printed above) makes a target fail again",
            failed.join(", ")
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The names of the tests in what `--list` prints that contain `wanted`.
fn chosen<'a>(listed: &'a str, wanted: Option<&str>) -> Vec<&'a str> {
    let names = listed.lines().filter_map(|line| line.strip_suffix(": test"));
    names.filter(|name| wanted.is_none_or(|wanted| name.contains(wanted))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_chosen_by_a_part_of_their_name() {
        let listed = "law::files: test\nwords::instants: test\n\n2 tests, 0 benchmarks\n";
        assert_eq!(chosen(listed, None), ["law::files", "words::instants"]);
        assert_eq!(chosen(listed, Some("words")), ["words::instants"]);
        assert!(chosen(listed, Some("nothing")).is_empty());
    }
}
