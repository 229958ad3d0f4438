//! Verdicts and their reasons.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A three-valued answer: decided either way, or facts are missing that would decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Holds for every completion of the record.
    Yes,
    /// Fails for every completion of the record.
    No,
    /// Holds for some completions and fails for others.
    Unknown,
}

impl Verdict {
    /// `Yes` for true, `No` for false.
    #[must_use]
    pub const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// A fact that is not known and would help to decide, or that an answer sheet still wants.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Missing {
    /// The field of the vocabularies (`users_affected`, `entity.turnover_eur`).
    pub field: String,
    /// The question in words.
    pub label: String,
}

/// Why a condition holds, fails or is open: a tree in the shape of the condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trace {
    /// The answer of this part.
    pub verdict: Verdict,
    /// The rule in words.
    pub rule: String,
    /// Where the law says so (`Art. 23(3)`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The values compared (`600,000 EUR > 500,000 EUR`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<String>,
    /// The parts of the condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub parts: Vec<Trace>,
    /// The facts that would decide this part, empty when it is decided or when its own parts name them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

impl Trace {
    /// The same, with missing facts named once: at the parts that compare them, not at each level above.
    #[must_use]
    pub(crate) fn lean(mut self) -> Self {
        if !self.parts.is_empty() {
            self.missing.clear();
            self.parts = self.parts.into_iter().map(Self::lean).collect();
        }
        self
    }

    /// A statement without parts.
    #[must_use]
    pub fn statement(verdict: Verdict, rule: impl Into<String>) -> Self {
        Self { verdict, rule: rule.into(), article: None, compared: None, parts: vec![], missing: vec![] }
    }
}
