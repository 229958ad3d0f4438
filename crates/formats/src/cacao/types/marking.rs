//! Data markings (section 9).

use super::{Extensions, ExternalReference, Other};
use crate::cacao::{Identifier, Timestamp};

/// The type of a marking, with the members that only this type has (sections 9.3 to 9.5).
#[derive(Clone, Debug, PartialEq)]
pub enum MarkingType {
    /// `marking-statement`
    Statement {
        /// The statement.
        statement: Option<String>,
    },
    /// `marking-tlp`
    Tlp {
        /// The level of TLP 2.0, such as `TLP:GREEN`.
        tlpv2_level: Option<String>,
    },
    /// `marking-iep`: its members, of the Information Exchange Policy of FIRST, are carried as they came.
    Iep,
    /// A type that CACAO 2.0 does not have, or none.
    Unknown(Option<String>),
}

impl Default for MarkingType {
    fn default() -> Self {
        Self::Unknown(None)
    }
}

impl MarkingType {
    /// The type of the marking, as it is written.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Statement { .. } => Some("marking-statement"),
            Self::Tlp { .. } => Some("marking-tlp"),
            Self::Iep => Some("marking-iep"),
            Self::Unknown(text) => text.as_deref(),
        }
    }
}

/// A marking (section 9.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marking {
    /// What kind, and what it says.
    pub marking_type: MarkingType,
    /// Identifier: the key under which it stands.
    pub id: Option<Identifier>,
    /// Name for people.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Who made it: a STIX identity.
    pub created_by: Option<Identifier>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Whether its maker took it back.
    pub revoked: Option<bool>,
    /// From when it holds.
    pub valid_from: Option<Timestamp>,
    /// Until when it holds.
    pub valid_until: Option<Timestamp>,
    /// Labels of its maker.
    pub labels: Vec<String>,
    /// Where to read more.
    pub external_references: Vec<ExternalReference>,
    /// Extensions of this marking.
    pub marking_extensions: Extensions,
    /// The members of a policy of FIRST, if it is one, as they came.
    pub policy: Other,
    /// Carried along.
    pub other: Other,
}
