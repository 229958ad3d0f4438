//! What a page draws of a form: the server decides, the browser draws.

mod ask;
mod entity;

use model::{ChosenTerm, DutyKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub(crate) use self::ask::asked;
pub use self::ask::{form, form_at, missing_to_file};
pub use self::entity::entity_fields;
pub(crate) use self::entity::question_view;
use crate::{Missing, Trace, format::Format, taxonomy::OfferedTerm};

/// How much of a form is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// What the first hours need.
    First,
    /// Everything the stage asks.
    Full,
}

/// The form of one stage, filled as far as the record goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormView {
    /// The stage.
    pub duty: DutyKey,
    /// The name of the stage.
    pub title: String,
    /// The short name of the law.
    pub law: String,
    /// Where the law asks for it.
    pub article: String,
    /// The questions in order.
    pub sections: Vec<Section>,
    /// The required questions without an answer.
    pub missing: Vec<Missing>,
    /// What is wrong with the answers.
    pub problems: Vec<Problem>,
    /// Whether the stage can be filed as it stands.
    pub ready: bool,
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// The identifier in the pack.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The questions in order.
    pub fields: Vec<FieldView>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldView {
    /// The field of the vocabulary `incident-fields`, or the column of a record.
    pub field: String,
    /// The shape of its value.
    pub kind: FieldKind,
    /// The question in words.
    pub label: String,
    /// What to write, in plain words.
    pub help: String,
    /// The number of the question in the law's own form (`3.25`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Where the law asks for it.
    pub article: Option<String>,
    /// Why it is asked here and now.
    pub why: Option<String>,
    /// Who wants to know.
    pub basis: Basis,
    /// Whether the stage cannot be filed without it.
    pub required: bool,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether "unknown yet" is an answer here.
    pub unknown_allowed: bool,
    /// The values to choose from.
    pub choices: Vec<Choice>,
    /// The most characters a text may have.
    pub max_length: Option<u32>,
    /// The unit of a number (`EUR`, `%`).
    pub unit: Option<String>,
    /// The columns of a table of records.
    #[schema(no_recursion)]
    pub columns: Vec<FieldView>,
    /// The field group: grants, redaction and approvals go by it.
    pub group: String,
    /// What is wrong with the answer.
    pub problems: Vec<Problem>,
    /// The answer so far.
    #[schema(value_type = Option<Object>)]
    pub value: Option<Value>,
    /// The own terms beside the answer, as they were chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<ChosenTerm>,
    /// What follows from other answers, for a person to accept; never filed before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposal>,
    /// Whether the answer comes from the profile of the organisation and is changed there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// How the text or number is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
}

/// An answer that follows from other answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    /// The value in the JSON shape of the field's kind.
    #[schema(value_type = Object)]
    pub value: Value,
    /// The value in words.
    pub text: String,
    /// The answered fields that it follows from.
    pub from: Vec<String>,
    /// The identifier of the rule of conversion.
    pub rule: String,
    /// The rule in words.
    pub why: String,
    /// For each value that follows from a condition: what held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
}

/// Why a value is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Because {
    /// The value in words.
    pub text: String,
    /// Where a law lists the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// What of the condition held.
    pub trace: Trace,
}

/// A value to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    /// The value as it is kept.
    pub id: String,
    /// The value in words.
    pub label: String,
    /// What it means.
    pub help: String,
    /// The heading it stands under.
    pub group: Option<String>,
    /// The organisation's own terms below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<OfferedTerm>,
}

/// Who wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The law asks for it.
    Law,
    /// An authority asks for it, or needs it to help.
    Authority,
    /// The reporter may tell it.
    Voluntary,
}

/// The shape of a value. In JSON: `text`, `long_text` a string; `boolean` true or false; `choice` an
/// id; `choices` a list of ids; `integer`, `decimal` a number or `{"min","max"}`; `money`
/// `{"amount","currency"}` or `{"min","max","currency"}`; `instant` RFC 3339; `duration` whole seconds
/// or a range; `records` a list of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// Yes or no.
    Boolean,
    /// One of several.
    Choice,
    /// Any of several.
    Choices,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// An amount with its currency.
    Money,
    /// A point in time.
    Instant,
    /// A length of time in whole seconds.
    Duration,
    /// A table.
    Records,
}

impl FieldKind {
    /// The kind as documents write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Boolean => "boolean",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Money => "money",
            Self::Instant => "instant",
            Self::Duration => "duration",
            Self::Records => "records",
        }
    }
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The field.
    pub field: String,
    /// Where in the answers, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The stable identifier of the rule (`wrong_type`).
    pub rule: String,
    /// What is wrong and what would be right.
    pub message: String,
}
