//! Who one is, and what everyone with an account may know.

use model::{Country, Function, OrganisationId, OrganisationRole, Subject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::PublishedKey;

/// A front end for one side of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Portal {
    /// For those who report.
    Report,
    /// For authorities.
    Authority,
}

/// The signed-in caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// The person or client.
    pub subject: Subject,
    /// The name shown in histories.
    pub name: String,
    /// The organisation for which the caller acts.
    pub organisation: OrganisationBrief,
    /// What the caller does there.
    pub functions: Vec<Function>,
    /// The front ends that the functions give, the usual one first.
    pub portals: Vec<Portal>,
    /// To be sent as `X-CSRF-Token` with every request that changes something; absent for machine clients.
    pub csrf_token: Option<String>,
}

/// An organisation as the directory names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationBrief {
    /// The identifier.
    pub id: OrganisationId,
    /// The name.
    pub name: String,
    /// The Member State.
    pub country: Country,
    /// The IANA time zone.
    pub zone: String,
    /// The roles it holds.
    pub roles: Vec<OrganisationRole>,
}

/// A law that this node knows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegimeSummary {
    /// The pack.
    pub id: String,
    /// The short name of the law.
    pub law: String,
    /// The full name.
    pub title: String,
    /// The pack version: law version and erratum.
    pub version: String,
}

/// The published signing keys of the organisations of this node: the trust file of `beffroi verify`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TrustedKeys {
    /// The keys, also the ended ones.
    pub keys: Vec<PublishedKey>,
}
