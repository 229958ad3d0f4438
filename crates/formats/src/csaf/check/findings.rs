//! What the tests find, no more of it than is asked for.

use crate::{Finding, Report, Severity, csaf::Version};

/// A test of section 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Test {
    /// Its rule: `csaf.` and its number.
    pub rule: &'static str,
    /// Where it stands.
    pub source: &'static str,
    /// Mandatory tests are errors, optional ones warnings, informative ones notes.
    pub severity: Severity,
}

/// What was found so far.
pub struct Findings {
    report: Report,
    most: usize,
}

impl Findings {
    pub fn new(version: Version, most: usize) -> Self {
        Self { report: Report::against(version.text()), most }
    }

    pub fn into_report(self) -> Report {
        self.report
    }

    /// Whether a finding of this weight is counted only; then it is.
    pub fn is_full(&mut self, severity: Severity) -> bool {
        self.report.count(self.most, severity)
    }

    pub fn put(
        &mut self,
        severity: Severity,
        rule: &'static str,
        source: &'static str,
        (pointer, message): (String, String),
    ) {
        self.report.add(self.most, Finding { severity, rule, pointer, message, source });
    }

    /// A test fails in this place.
    pub fn fail(&mut self, test: &Test, say: impl FnOnce() -> (String, String)) {
        if !self.is_full(test.severity) {
            self.put(test.severity, test.rule, test.source, say());
        }
    }
}
