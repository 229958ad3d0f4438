//! Who may see a thing (TLP 2.0, FIRST) and what may be done with it (PAP).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Traffic Light Protocol 2.0, narrowest first, so that the narrower of two is the lesser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Tlp {
    /// For the named recipients' eyes only.
    #[serde(rename = "TLP:RED")]
    Red,
    /// For the recipient's organisation only.
    #[serde(rename = "TLP:AMBER+STRICT")]
    AmberStrict,
    /// For the recipient's organisation and its clients who need to know.
    #[serde(rename = "TLP:AMBER")]
    Amber,
    /// For the recipient's community.
    #[serde(rename = "TLP:GREEN")]
    Green,
    /// For the world.
    #[serde(rename = "TLP:CLEAR")]
    Clear,
}

impl Tlp {
    /// The label as FIRST writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "TLP:RED",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Amber => "TLP:AMBER",
            Self::Green => "TLP:GREEN",
            Self::Clear => "TLP:CLEAR",
        }
    }
}

/// Permissible Actions Protocol, narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Pap {
    /// Only passive actions that cannot be seen from outside.
    #[serde(rename = "PAP:RED")]
    Red,
    /// Passive cross-checks with third parties.
    #[serde(rename = "PAP:AMBER")]
    Amber,
    /// Active, unobtrusive actions.
    #[serde(rename = "PAP:GREEN")]
    Green,
    /// No restriction.
    #[serde(rename = "PAP:CLEAR")]
    Clear,
}

impl Pap {
    /// The label as people write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "PAP:RED",
            Self::Amber => "PAP:AMBER",
            Self::Green => "PAP:GREEN",
            Self::Clear => "PAP:CLEAR",
        }
    }
}

/// How a report, or a group of its fields, is marked; what is absent is not marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Marking {
    /// Who may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tlp: Option<Tlp>,
    /// What may be done with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pap: Option<Pap>,
}

impl Marking {
    /// Whether nothing is marked.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.tlp.is_none() && self.pap.is_none()
    }

    /// What holds where both are laid on the same thing: of each protocol the narrower.
    #[must_use]
    pub fn narrowed_by(self, other: Self) -> Self {
        Self { tlp: narrower(self.tlp, other.tlp), pap: narrower(self.pap, other.pap) }
    }
}

/// How an incident record is marked: as a whole, and where some field groups are narrower.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Marks {
    /// The whole report.
    #[serde(default, skip_serializing_if = "Marking::is_empty")]
    pub report: Marking,
    /// Field groups by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, Marking>,
    /// The revision of the record that last changed a mark; 0 while nobody did.
    #[serde(default)]
    pub revision: i64,
}

impl Marks {
    /// How a group is marked where it has a marking of its own: never wider than the report.
    #[must_use]
    pub fn of_group(&self, group: &str) -> Option<Marking> {
        self.groups.get(group).filter(|own| !own.is_empty()).map(|own| self.report.narrowed_by(*own))
    }
}

fn narrower<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_markings_the_narrower_holds_and_no_marking_narrows_nothing() {
        let report = Marking { tlp: Some(Tlp::Amber), pap: None };
        let group = Marking { tlp: Some(Tlp::Red), pap: Some(Pap::Green) };
        assert_eq!(report.narrowed_by(group), group);
        assert_eq!(group.narrowed_by(report), group);
        let wider = Marking { tlp: Some(Tlp::Clear), pap: Some(Pap::Clear) };
        assert_eq!(group.narrowed_by(wider), group);
        assert_eq!(report.narrowed_by(Marking::default()), report);
        assert!(Marking::default().is_empty() && !report.is_empty());
    }
}
