//! Incidents of two organisations that belong together.

use model::{IncidentId, Instant, LinkId, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpenIncident;

/// How far a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// The other organisation was told and has not answered.
    Told,
    /// It keeps an incident of its own for it.
    Linked,
    /// It says that it does not concern it.
    Declined,
    /// One of the two took it back.
    Ended,
}

/// What one organisation told another. Neither sees the other's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct IncidentLinkView {
    /// The identifier.
    pub id: LinkId,
    /// The name of the other organisation.
    pub name: String,
    /// Whether we told it; otherwise it told us.
    pub told_by_us: bool,
    /// Our own incident, where there is one.
    pub incident: Option<IncidentId>,
    /// How far it is.
    pub state: LinkState,
    /// What was told.
    pub note: String,
    /// Why it was declined or taken back.
    pub answer: Option<String>,
    /// When it was told.
    pub at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
}

/// Links, oldest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IncidentLinks {
    /// The lines.
    pub links: Vec<IncidentLinkView>,
}

/// Tell other organisations of this node about an incident.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellOthers {
    /// Whom: a provider, or the customers of one. 1 to 50.
    pub organisations: Vec<OrganisationId>,
    /// What they should know. They read this and our name, nothing else. 1 to 2,000 characters.
    pub note: String,
}

/// Keep an incident of one's own for what one was told: one that is there, or a new one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptLink {
    /// An incident that is there already.
    #[serde(default)]
    pub incident: Option<IncidentId>,
    /// What a new incident begins with, when none is named.
    #[serde(default)]
    pub open: OpenIncident,
}

/// Say why a link does not hold, or not any more.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndLink {
    /// The reason; the other organisation reads it. 1 to 2,000 characters.
    pub reason: String,
}
