//! The statuses of products and the groups that they form (CSAF, 3.2.3.9).

use std::collections::BTreeMap;

use super::survey::{Vulnerability, part, texts};

/// A group of statuses; a product is in one of them only, but for the recommended ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `first_affected`, `known_affected`, `last_affected`
    Affected,
    /// `known_not_affected`
    NotAffected,
    /// `first_fixed`, `fixed`
    Fixed,
    /// `under_investigation`
    UnderInvestigation,
    /// `unknown`, of 2.1.
    Unknown,
    /// `recommended`; such a product has another status besides.
    Recommended,
}

impl Status {
    /// The group of this member of a product status.
    #[must_use]
    pub fn parse(member: &str) -> Option<Self> {
        match member {
            "first_affected" | "known_affected" | "last_affected" => Some(Self::Affected),
            "known_not_affected" => Some(Self::NotAffected),
            "first_fixed" | "fixed" => Some(Self::Fixed),
            "under_investigation" => Some(Self::UnderInvestigation),
            "unknown" => Some(Self::Unknown),
            "recommended" => Some(Self::Recommended),
            _ => None,
        }
    }

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::NotAffected => "not affected",
            Self::Fixed => "fixed",
            Self::UnderInvestigation => "under investigation",
            Self::Unknown => "unknown",
            Self::Recommended => "recommended",
        }
    }
}

/// A product with a status, and where that stands.
pub struct Standing<'d> {
    pub product: &'d str,
    pub status: Status,
    pub place: String,
}

/// All standings of a vulnerability, in the order of the document.
pub fn standings(vulnerability: Vulnerability<'_>) -> Vec<Standing<'_>> {
    let status = part(vulnerability.value, "product_status");
    let mut found = Vec::new();
    for member in status.as_object().unwrap_or_default() {
        let Some(group) = Status::parse(&member.name) else { continue };
        for (index, product) in texts(status, &member.name) {
            let place =
                format!("/vulnerabilities/{}/product_status/{}/{index}", vulnerability.index, member.name);
            found.push(Standing { product, status: group, place });
        }
    }
    found
}

/// The groups of each product, without the recommended ones, each once.
pub fn groups<'d>(standings: &[Standing<'d>]) -> BTreeMap<&'d str, Vec<Status>> {
    let mut found: BTreeMap<&str, Vec<Status>> = BTreeMap::new();
    for standing in standings.iter().filter(|standing| standing.status != Status::Recommended) {
        let groups = found.entry(standing.product).or_default();
        if !groups.contains(&standing.status) {
            groups.push(standing.status);
        }
    }
    found
}
