//! How far a pack can be relied on, and how authorities take reports under it.

use model::Country;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a law has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It binds between its first and its last day.
    #[default]
    InForce,
    /// A bill: it counts only for a case that simulates it by name.
    Proposed,
    /// A directive that a State has not made its law.
    NotTransposed,
}

/// How sure the author of a pack is of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in the act itself.
    #[default]
    High,
    /// Read about it.
    Medium,
    /// Unsure.
    Low,
}

impl Confidence {
    /// What a page says of it; nothing where the act itself was read.
    #[must_use]
    pub const fn words(self, national: bool) -> Option<&'static str> {
        match self {
            Self::High => None,
            Self::Medium if !national => Some(
                "These rules were read about, not in the act itself: confirm them before you rely on them.",
            ),
            Self::Medium => Some(
                "These national rules were read about, not in the act itself: confirm them before you rely on a difference.",
            ),
            Self::Low => Some("These rules are unsure: ask the authority before you rely on them."),
        }
    }
}

/// A way in which an authority takes reports.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The list of recipients that it belongs to; absent means every one.
    #[serde(default)]
    pub recipients: Option<String>,
    /// The States in which it is one; empty means every State of the pack.
    #[serde(default)]
    pub countries: Vec<Country>,
    /// What kind of way it is.
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Where it is: an address of the web, of mail, a number.
    #[serde(default)]
    pub address: Option<String>,
    /// The languages in which it takes reports (ISO 639-1).
    #[serde(default)]
    pub languages: Vec<String>,
    /// The key of a text with a remark.
    #[serde(default)]
    pub words: Option<String>,
}

/// What kind of way a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A web portal with an account.
    Portal,
    /// An interface for programs.
    Api,
    /// Mail.
    Email,
    /// A telephone number.
    Telephone,
    /// A form to fill in and send.
    Form,
}
