//! One answer of the incident record: who gave it, when, how, and whether it is an estimate.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ChosenTerm, Instant, Subject};

/// Who gave an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Actor {
    /// The person or client.
    pub subject: Subject,
    /// The name at that time: a history stays readable when an account is gone.
    pub name: String,
}

/// How an answer came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerSource {
    /// Typed by a person.
    Typed,
    /// Read from a document or another system.
    Imported,
    /// Suggested by the platform and accepted by a person.
    Suggested,
}

/// An answer to one field of the vocabulary `incident-fields`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Answer {
    /// The value in the JSON shape of the field's kind; absent means "unknown yet",
    /// which is an answer too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// The organisation's own terms beside the value, each below a value that was chosen. Laws read the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<ChosenTerm>,
    /// Whether the value is an estimate.
    #[serde(default)]
    pub estimated: bool,
    /// Who gave it.
    pub by: Actor,
    /// When it was given.
    pub at: Instant,
    /// How it came in.
    pub how: AnswerSource,
    /// The revision of the incident record that brought it.
    pub revision: i64,
}
