//! What was filed without Beffroi: over the portal of an authority, by mail, on the telephone.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Actor, DutyKey, Instant};

/// The way that a report took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A web form or platform of the recipient.
    Portal,
    /// Electronic mail.
    Mail,
    /// A letter, or a fax.
    Letter,
    /// A telephone call.
    Telephone,
    /// Handed over in person.
    Person,
    /// Another way, told in the note.
    Other,
}

impl Way {
    /// The way in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Portal => "over a portal",
            Self::Mail => "by mail",
            Self::Letter => "by letter",
            Self::Telephone => "by telephone",
            Self::Person => "in person",
            Self::Other => "another way",
        }
    }
}

/// A stage that its filer says was filed without Beffroi. Nobody signed a receipt for it: the proof lies with
/// the filer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FiledElsewhere {
    /// Which stage of which law.
    pub duty: DutyKey,
    /// When it was filed.
    pub at: Instant,
    /// To whom, in words.
    pub to: String,
    /// Which way.
    pub way: Way,
    /// The number that the recipient gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// SHA-256 of the confirmation that the filer keeps, 64 hexadecimal digits in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof_sha256: Option<String>,
    /// What else is to be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who noted it.
    pub by: Actor,
    /// When it was noted.
    pub noted_at: Instant,
    /// The revision of the record that brought it: what the record said then is what could be filed.
    pub revision: i64,
}

impl FiledElsewhere {
    /// It in one line: `2026-03-06T16:30:00Z over a portal to ENISA, reference X`.
    #[must_use]
    pub fn words(&self) -> String {
        let reference = self.reference.as_ref().map(|reference| format!(", reference {reference}"));
        format!("{} {} to {}{}", self.at, self.way.words(), self.to, reference.unwrap_or_default())
    }
}
