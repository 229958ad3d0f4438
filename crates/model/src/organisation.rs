//! Organisations: companies, providers, authorities.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Country, OrganisationId, OrganisationRole, Role};

/// An organisation with its roles and its profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Organisation {
    /// The identifier.
    pub id: OrganisationId,
    /// The name by which people know it.
    pub name: String,
    /// The Member State of establishment.
    pub country: Country,
    /// The IANA time zone in which its people work (`Europe/Luxembourg`).
    pub zone: String,
    /// The roles it holds, each in a scope.
    pub roles: Vec<OrganisationRole>,
    /// What is known of it for the laws: values of the vocabulary `entity-fields`
    /// (`entity.sector`, `entity.type`, `entity.turnover_eur`).
    #[schema(value_type = Object)]
    pub profile: BTreeMap<String, serde_json::Value>,
}

impl Organisation {
    /// Whether it holds `role` in any scope.
    #[must_use]
    pub fn holds(&self, role: Role) -> bool {
        self.roles.iter().any(|held| held.role == role)
    }
}
