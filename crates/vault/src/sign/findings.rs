//! What verification says.

use std::fmt;

use model::{Instant, KeyId, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of document was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A filing.
    Filing,
    /// A receipt with its filing.
    Receipt,
    /// A pack of rules.
    Pack,
    /// Several files that belong to a filing.
    Package,
    /// None of them.
    Unknown,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Not wrong, but look.
    Warning,
    /// The document proves nothing, or not by whom it claims.
    Error,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// The stable name of the rule (`digest-mismatch`).
    pub rule: String,
    /// The finding in words.
    pub message: String,
}

/// Who signed, as far as the document says; believed only when the verdict is trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Signer {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name in the document.
    pub name: String,
    /// The key.
    pub key: KeyId,
    /// The fingerprint of the key, to compare with what the organisation publishes.
    pub fingerprint: String,
}

/// The outcome for one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verdict {
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// Whether nothing was changed since the signatures, by whomever they are.
    pub intact: bool,
    /// Who signed; absent when the document is not intact.
    pub signer: Option<Signer>,
    /// Whether it is intact and the signer's key is among the trusted ones, of the right
    /// organisation and valid at that instant.
    pub trusted: bool,
    /// When it was signed, by the signer's own word.
    pub signed_at: Option<Instant>,
    /// Everything found, at most a hundred.
    pub findings: Vec<Finding>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.intact, self.trusted) {
            (true, true) => "intact, signer trusted",
            (true, false) if self.has("signer-unknown") => "intact, signer unknown",
            (true, false) => "intact, signer refused",
            (false, _) => "not intact",
        })
    }
}

impl Verdict {
    /// Whether `rule` was found broken.
    #[must_use]
    pub fn has(&self, rule: &str) -> bool {
        self.findings.iter().any(|finding| finding.rule == rule)
    }
}

/// The findings as they are gathered.
#[derive(Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    errors: usize,
}

const MOST: usize = 100;

impl Findings {
    pub(crate) fn error(&mut self, rule: &str, message: String) {
        self.push(Severity::Error, rule, message);
    }

    pub(crate) fn push(&mut self, severity: Severity, rule: &str, message: String) {
        if severity == Severity::Error {
            self.errors = self.errors.saturating_add(1);
        }
        if self.list.len() < MOST {
            self.list.push(Finding { severity, rule: rule.to_owned(), message });
        }
    }

    /// How many errors there were, also those beyond the hundred that are kept.
    pub(crate) const fn errors(&self) -> usize {
        self.errors
    }

    pub(crate) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}

/// A text of the document, short and without control characters: it goes to terminals.
pub(crate) fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}
