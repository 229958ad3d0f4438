//! What a check says.

use serde::Serialize;

use crate::Fault;

/// Whose word counts where the text of a standard and its published schema differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// What the standard says.
    #[default]
    Text,
    /// What the schema that was published with it accepts.
    Schema,
}

/// How much a finding weighs; the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing: a recommendation that was not followed.
    Note,
    /// Allowed, and probably not what was meant.
    Warning,
    /// Against the standard: others may refuse the document.
    Error,
}

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// The rule: an identifier that stays, for example `idmef.time.zone`.
    pub rule: &'static str,
    /// Where: a JSON pointer (RFC 6901) into the document, or into the list of documents.
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub message: String,
    /// The section that says so.
    pub source: &'static str,
}

/// What is wrong with a value, wherever it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Flaw {
    pub severity: Severity,
    pub rule: &'static str,
    pub message: String,
    pub source: &'static str,
}

impl Flaw {
    pub fn error(rule: &'static str, source: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, rule, message: message.into(), source }
    }

    pub fn warning(rule: &'static str, source: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, source, message) }
    }

    pub fn note(rule: &'static str, source: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(rule, source, message) }
    }
}

/// All findings of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The version that the document was checked against.
    pub version: Option<String>,
    /// In the order of the document; no more than [`crate::Limits::findings`].
    pub findings: Vec<Finding>,
    /// How many findings are not listed.
    pub unlisted: usize,
    worst: Option<Severity>,
}

impl Report {
    pub(crate) fn against(version: &str) -> Self {
        Self { version: Some(version.to_owned()), ..Self::default() }
    }

    /// Of a document that is no JSON; `source` is the section that asks for it.
    pub(crate) fn unreadable(fault: &Fault, pointer: String, source: &'static str) -> Self {
        let mut report = Self::default();
        let message = format!("this is not JSON: {fault}");
        report.add(1, Finding { severity: Severity::Error, rule: "json.syntax", pointer, message, source });
        report
    }

    /// Whether there is no error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.worst != Some(Severity::Error)
    }

    /// The weight of the heaviest finding.
    #[must_use]
    pub const fn worst(&self) -> Option<Severity> {
        self.worst
    }

    pub(crate) fn add(&mut self, most: usize, finding: Finding) {
        self.worst = self.worst.max(Some(finding.severity));
        if self.findings.len() < most {
            self.findings.push(finding);
        } else {
            self.unlisted += 1;
        }
    }

    /// Counts what needs not be listed, without building its words.
    pub(crate) fn count(&mut self, most: usize, severity: Severity) -> bool {
        if self.findings.len() < most {
            return false;
        }
        self.worst = self.worst.max(Some(severity));
        self.unlisted += 1;
        true
    }
}
