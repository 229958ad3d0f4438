//! What an organisation is, in which scope: roles, never workflows.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Country;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// A role that an organisation holds. The names are those of the laws.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $($(#[$doc])* $name),+ }

        impl Role {
            /// Every role, in the order of the laws.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The role as packs and documents write it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

roles! {
    /// An entity with a duty to report.
    ReportingEntity = "reporting_entity",
    /// A provider that acts for entities.
    ManagedProvider = "managed_provider",
    /// A computer security incident response team (NIS2 Art. 10).
    Csirt = "csirt",
    /// A competent authority (NIS2 Art. 8).
    CompetentAuthority = "competent_authority",
    /// A single point of contact (NIS2 Art. 8(3)).
    Spoc = "spoc",
    /// The Union agency for cybersecurity.
    Enisa = "enisa",
    /// A coordinator of vulnerability disclosure (NIS2 Art. 12).
    CoordinatorCsirt = "coordinator_csirt",
    /// A data-protection authority (GDPR Art. 51).
    DataProtectionAuthority = "data_protection_authority",
    /// A financial supervisor (DORA Art. 46).
    FinancialAuthority = "financial_authority",
    /// An authority for the resilience of critical entities (CER Art. 9).
    CriticalEntitiesAuthority = "critical_entities_authority",
    /// A supervisory body of trust services (eIDAS Art. 46b).
    TrustSupervisoryBody = "trust_supervisory_body",
    /// A market surveillance authority (CRA Art. 52).
    MarketSurveillanceAuthority = "market_surveillance_authority",
    /// Police.
    LawEnforcement = "law_enforcement",
    /// A prosecutor.
    Prosecutor = "prosecutor",
    /// A maker of products with digital elements (CRA Art. 3(13)).
    Manufacturer = "manufacturer",
    /// An importer (CRA Art. 19).
    Importer = "importer",
    /// A distributor (CRA Art. 20).
    Distributor = "distributor",
    /// A steward of open-source software (CRA Art. 24).
    OssSteward = "oss_steward",
    /// A supplier of components (CRA Art. 13(6)).
    ComponentSupplier = "component_supplier",
    /// A finder of vulnerabilities.
    Finder = "finder",
    /// The recipients of an entity's services (NIS2 Art. 23(1)).
    ServiceRecipients = "service_recipients",
    /// The persons whose data is concerned (GDPR Art. 34).
    DataSubjects = "data_subjects",
    /// Those who use a product (CRA Art. 14(8)).
    ProductUsers = "product_users",
    /// Everybody.
    Public = "public",
    /// The European Commission.
    Commission = "commission",
}

impl Role {
    /// Whether the role receives filings and sits at the authority's desk.
    #[must_use]
    pub const fn is_authority(self) -> bool {
        match self {
            Self::Csirt
            | Self::CompetentAuthority
            | Self::Spoc
            | Self::Enisa
            | Self::CoordinatorCsirt
            | Self::DataProtectionAuthority
            | Self::FinancialAuthority
            | Self::CriticalEntitiesAuthority
            | Self::TrustSupervisoryBody
            | Self::MarketSurveillanceAuthority
            | Self::LawEnforcement
            | Self::Prosecutor
            | Self::Commission => true,
            Self::ReportingEntity
            | Self::ManagedProvider
            | Self::Manufacturer
            | Self::Importer
            | Self::Distributor
            | Self::OssSteward
            | Self::ComponentSupplier
            | Self::Finder
            | Self::ServiceRecipients
            | Self::DataSubjects
            | Self::ProductUsers
            | Self::Public => false,
        }
    }
}

/// Why a text names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no role; known roles are {list}", list = Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", "))]
pub struct UnknownRole(String);

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|role| role.name() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a role holds. An absent part means everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleScope {
    /// The pack for which the role holds (`nis2`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regime: Option<String>,
    /// The sector of the vocabulary `sectors` (`health`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// The Member State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The class of entity (`essential`, `important`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_class: Option<String>,
    /// Which of several that hold the role in a State, by the name that its profile of the law uses (`govcert`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
}

/// A role that an organisation holds in a scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct OrganisationRole {
    /// The role.
    pub role: Role,
    /// Where it holds.
    #[serde(default)]
    pub scope: RoleScope,
}
