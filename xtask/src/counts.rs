//! Reads the counts out of what test runners print.

use crate::report::Tally;

/// The summary of cargo-nextest:
/// `Summary [ 1.2s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped`.
pub fn nextest(lines: &[String]) -> Option<Tally> {
    let line = lines.iter().rev().find(|line| line.trim_start().starts_with("Summary ["))?;
    let (_, counts) = line.split_once(" run: ").or_else(|| line.split_once(']'))?;
    let mut tally = Tally::default();
    for part in counts.split(',') {
        // The brackets hold parts of a count, "(1 slow, 2 leaky)": a part of them has no digit in front.
        let mut words = part.split_whitespace();
        let Some(count) = words.next().and_then(|word| word.parse::<u64>().ok()) else { continue };
        match words.next() {
            Some("passed") => tally.passed += count,
            Some("failed" | "timed" | "exec") => tally.failed += count,
            Some("skipped") => tally.skipped += count,
            _ => {}
        }
    }
    Some(tally)
}

/// The summaries of `cargo test`, one per binary:
/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; ...`.
pub fn libtest(lines: &[String]) -> Option<Tally> {
    let summaries: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("test result: ")).collect();
    let mut tally = Tally::default();
    for part in summaries.iter().flat_map(|summary| summary.split([';', '.'])) {
        let mut words = part.split_whitespace();
        let Some(count) = words.next().and_then(|word| word.parse::<u64>().ok()) else { continue };
        match words.next() {
            Some("passed") => tally.passed += count,
            Some("failed") => tally.failed += count,
            Some("ignored") => tally.skipped += count,
            _ => {}
        }
    }
    (!summaries.is_empty()).then_some(tally)
}

/// A line of ours that counts, whoever ran: `interop: 3 passed, 0 failed, 1 skipped`.
pub fn plain(lines: &[String]) -> Option<Tally> {
    let counts = lines.iter().rev().find_map(|line| line.strip_prefix("interop: "))?;
    let mut tally = Tally::default();
    for part in counts.split(", ") {
        let (count, what) = part.split_once(' ')?;
        let count = count.parse::<u64>().ok()?;
        match what {
            "passed" => tally.passed += count,
            "failed" => tally.failed += count,
            "skipped" => tally.skipped += count,
            _ => return None,
        }
    }
    Some(tally)
}

/// The summary of `node --test`, in either of its two forms: `# pass 3` or `ℹ pass 3`.
pub fn node(lines: &[String]) -> Option<Tally> {
    let mut tally = Tally::default();
    let mut seen = false;
    for line in lines {
        let Some(count) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) else { continue };
        let Some((name, number)) = count.split_once(' ') else { continue };
        let Ok(number) = number.trim().parse::<u64>() else { continue };
        seen = true;
        match name {
            "pass" => tally.passed += number,
            "fail" | "cancelled" => tally.failed += number,
            "skipped" | "todo" => tally.skipped += number,
            _ => {}
        }
    }
    seen.then_some(tally)
}

/// The lines by which any of the three names a failed test, once each.
pub fn failures(lines: &[String]) -> Vec<String> {
    // What cargo-nextest repeats of a failed test is indented: only a line at the margin is cargo's own.
    let is_of_cargo = |line: &str| line.starts_with("test ") && line.ends_with("... FAILED");
    let marks = ["FAIL [", "TIMEOUT [", "SIGSEGV [", "SIGABRT [", "SIGKILL [", "not ok ", "✖ "];
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let trimmed = line.trim();
        let names_a_failure = is_of_cargo(line) || marks.iter().any(|mark| trimmed.starts_with(mark));
        if names_a_failure && !found.iter().any(|known| known == trimmed) {
            found.push(trimmed.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_line_is_read() {
        let lines = ["FAIL x: y", "interop: 3 passed, 1 failed, 2 skipped"].map(str::to_owned);
        assert_eq!(plain(&lines), Some(Tally { passed: 3, failed: 1, skipped: 2 }));
        assert_eq!(plain(&["interop: some passed".to_owned()]), None);
    }

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn tally(passed: u64, failed: u64, skipped: u64) -> Option<Tally> {
        Some(Tally { passed, failed, skipped })
    }

    #[test]
    fn nextest_counts_time_outs_as_failures() {
        let all_well = "------------\n     Summary [   0.005s] 3 tests run: 3 passed, 1 skipped";
        assert_eq!(nextest(&lines(all_well)), tally(3, 0, 1));
        let bad = "  Summary [ 71.2s] 13/14 tests run: 9 passed (1 slow, 2 leaky), 2 failed, 1 timed out, \
                   1 exec failed, 3 skipped\n        FAIL [   0.1s] store tenancy";
        assert_eq!(nextest(&lines(bad)), tally(9, 4, 3));
        assert_eq!(nextest(&lines("error: could not compile `store`")), None);
    }

    #[test]
    fn cargo_test_is_summed_over_its_binaries() {
        let text = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 0.10s";
        assert_eq!(libtest(&lines(text)), tally(4, 2, 1));
        assert_eq!(libtest(&lines("error[E0432]: unresolved import")), None);
    }

    #[test]
    fn failed_tests_are_named_once() {
        let text = "        FAIL [   0.083s] (2/2) store::it tenancy\n     Summary [ 1s] ...\n\
            \x20       FAIL [   0.083s] (2/2) store::it tenancy\ntest clock::leap ... FAILED\ntest a ... ok\n\
            not ok 3 - files a report\nok 4 - reads it";
        let wanted = [
            "FAIL [   0.083s] (2/2) store::it tenancy",
            "test clock::leap ... FAILED",
            "not ok 3 - files a report",
        ];
        assert_eq!(failures(&lines(text)), wanted);
    }

    #[test]
    fn node_is_read_in_both_forms() {
        let tap = "# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n# duration_ms 41.2";
        assert_eq!(node(&lines(tap)), tally(3, 1, 1));
        let spec = "✔ files a report (3.2ms)\nℹ tests 3\nℹ pass 2\nℹ fail 0\nℹ cancelled 1\nℹ skipped 0";
        assert_eq!(node(&lines(spec)), tally(2, 1, 0));
        assert_eq!(node(&lines("# Subtest: files a report")), None);
    }
}
