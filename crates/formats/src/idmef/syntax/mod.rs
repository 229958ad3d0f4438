//! The data types of the format (draft 08, section 3): what their text demands, and what the published
//! schemas accept.

mod address;
mod content;
mod place;
mod schema;
mod time;

pub use address::{email, ip, uri};
pub use content::{
    base64, derived_uuid, digest, hash, label, media, protocol, threat_intelligence, to_base64, uuid,
};
pub use place::{geo, unlocode};
pub use schema::accepts;
pub use time::{nanoseconds, time};

use crate::Severity;

/// What is wrong with a value.
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
