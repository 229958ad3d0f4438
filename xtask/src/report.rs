//! What the steps of a test run came to, and the one line that closes it.

use std::{
    fmt,
    ops::AddAssign,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Result;

/// Numbers of checks and tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// How one step ended.
pub enum Outcome {
    /// One check that holds.
    Passed,
    /// One check that does not hold; the lines say what and how to mend it.
    Failed(Vec<String>),
    /// One check that could not run here, and why.
    Skipped(String),
    /// Many tests, with the names of those that failed and the reasons of those that skipped themselves.
    Counted { tally: Tally, failures: Vec<String>, skips: Vec<String> },
}

impl Outcome {
    /// Passed when nothing was found, otherwise failed with the findings.
    pub fn of(findings: Vec<String>) -> Self {
        if findings.is_empty() { Self::Passed } else { Self::Failed(findings) }
    }
}

struct Step {
    name: String,
    tally: Tally,
    took: Duration,
    notes: Vec<String>,
}

/// All steps of a run in order. A failed step never keeps the next from running.
#[derive(Default)]
pub struct Report {
    steps: Vec<Step>,
}

impl Report {
    /// Runs one step in the open. An error counts as one failure.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = work().unwrap_or_else(|error| Outcome::Failed(vec![format!("{error:#}")]));
        let (tally, notes) = match outcome {
            Outcome::Passed => (Tally { passed: 1, ..Tally::default() }, Vec::new()),
            Outcome::Failed(findings) => (Tally { failed: 1, ..Tally::default() }, findings),
            Outcome::Skipped(reason) => {
                (Tally { skipped: 1, ..Tally::default() }, vec![format!("SKIPPED: {reason}")])
            }
            Outcome::Counted { tally, failures, skips } => {
                let skips = skips.into_iter().map(|reason| format!("SKIPPED: {reason}"));
                (tally, failures.into_iter().chain(skips).collect())
            }
        };
        for note in &notes {
            println!("{note}");
        }
        let step = Step { name: name.to_owned(), tally, took: start.elapsed(), notes };
        println!("--- {}", step.line());
        self.steps.push(step);
    }

    /// The sum of all steps.
    pub fn tally(&self) -> Tally {
        self.steps.iter().fold(Tally::default(), |mut sum, step| {
            sum += step.tally;
            sum
        })
    }

    /// Repeats each step in one line with what failed or was skipped, and ends with the closing line.
    pub fn close(&self) -> ExitCode {
        println!("\n=== what was run");
        for step in &self.steps {
            println!("{}", step.line());
            for note in &step.notes {
                println!("    {note}");
            }
        }
        let tally = self.tally();
        println!("{tally}");
        if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl Step {
    fn line(&self) -> String {
        let word = match self.tally {
            Tally { failed: 1.., .. } => "FAILED",
            Tally { passed: 0, skipped: 1.., .. } => "not run",
            _ => "ok",
        };
        format!("{word:7} {} ({}), {:.1} s", self.name, self.tally, self.took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_run_adds_up_checks_and_tests() {
        let mut report = Report::default();
        report.step("format", || Ok(Outcome::Passed));
        report.step("licences", || Ok(Outcome::Skipped("not installed".to_owned())));
        report.step("tests", || {
            let tally = Tally { passed: 40, failed: 0, skipped: 2 };
            let skips = vec!["no such folder".to_owned()];
            Ok(Outcome::Counted { tally, failures: Vec::new(), skips })
        });
        assert_eq!(report.tally().to_string(), "41 passed, 0 failed, 3 skipped");
        assert_eq!(report.close(), ExitCode::SUCCESS);
    }

    #[test]
    fn a_step_that_breaks_fails_and_the_next_still_runs() {
        let mut report = Report::default();
        report.step("broken", || Err(anyhow!("no such file")));
        report.step("next", || Ok(Outcome::Passed));
        assert_eq!(report.tally().to_string(), "1 passed, 1 failed, 0 skipped");
        assert_eq!(report.close(), ExitCode::FAILURE);
    }
}
