//! What a page shows of a duty.

use model::{DutyKey, DutyState, Instant, OrganisationId, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Missing, Trace, pack::ChannelKind};

/// One stage of one track of one law, for one incident of one entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Duty {
    /// Which stage of which track of which pack.
    pub key: DutyKey,
    /// The version of the pack that was applied (`2022-12-27+0`).
    pub pack_version: String,
    /// The short name of the law.
    pub law: String,
    /// The name of the stage.
    pub title: String,
    /// Where the law asks for it.
    pub article: String,
    /// How far the duty is.
    pub state: DutyState,
    /// Whether the law asks for it "where possible" or without a fixed end.
    pub soft: bool,
    /// When it is due; absent while no clock runs or when the law sets no length.
    pub due: Option<Due>,
    /// Who receives it.
    pub recipients: Vec<Recipient>,
    /// How its recipients take reports outside of this program.
    pub channels: Vec<DutyChannel>,
    /// The facts that would decide whether it applies, or start its clock.
    pub missing: Vec<Missing>,
    /// Why it applies, or why not.
    pub reasons: Trace,
    /// What a reader should know besides.
    pub note: Option<String>,
    /// When the stage was filed, each version, earliest first.
    pub submissions: Vec<Instant>,
    /// Whether it is owed only when an authority asks.
    pub on_request: bool,
    /// Whether it may be filed without being owed.
    pub voluntary: bool,
}

/// An instant at which a duty is due, with the event it counts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Due {
    /// The instant, strict to the minute.
    pub at: Instant,
    /// The event in words.
    pub anchor: String,
    /// The field that holds the event, when it is a field of the record.
    pub anchor_field: Option<String>,
    /// When the event was.
    pub anchor_at: Instant,
    /// The length in words.
    pub length: String,
    /// The instant in the entity's zone, in words.
    pub entity_time: String,
    /// The instant in the authority's zone, in words, when that zone differs.
    pub authority_time: Option<String>,
    /// Whether the instant has passed and the stage was not filed before it.
    pub late: bool,
    /// Whether a fact is missing that could still move the instant; it is then the earliest possible one.
    pub provisional: bool,
    /// How the instant was computed, step by step.
    pub steps: Vec<String>,
}

/// A role that receives a stage, and the organisations that hold it here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recipient {
    /// The role.
    pub role: Role,
    /// Why it is this role.
    pub why: String,
    /// The organisations of the directory that hold the role in a scope that fits.
    pub organisations: Vec<NamedOrganisation>,
}

/// A way in which an authority takes reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DutyChannel {
    /// What kind of way it is.
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Where it is: an address of the web, of mail, a number.
    pub address: Option<String>,
    /// The languages in which it takes reports (ISO 639-1).
    pub languages: Vec<String>,
    /// A remark.
    pub note: Option<String>,
}

/// An organisation by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedOrganisation {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
}
