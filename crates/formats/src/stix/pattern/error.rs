//! Why a text is no pattern.

use thiserror::Error;

/// The first place where a text stops being a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {message}")]
pub struct SyntaxError {
    /// The rule: `stix.pattern.syntax`, or `stix.pattern.limit` when the pattern is larger than we read.
    pub rule: &'static str,
    /// In bytes from the beginning.
    pub offset: usize,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What stands there, what is expected and how to mend it.
    pub message: String,
}

impl SyntaxError {
    pub(super) fn syntax(text: &str, offset: usize, message: String) -> Self {
        Self::at(text, offset, "stix.pattern.syntax", message)
    }

    pub(super) fn limit(text: &str, offset: usize, message: &str) -> Self {
        Self::at(text, offset, "stix.pattern.limit", message.to_owned())
    }

    fn at(text: &str, offset: usize, rule: &'static str, message: String) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        Self { rule, offset, line, column, message }
    }
}
