//! What keeps a record from being erased: holds, and what laws want.

use jiff::civil::Date;
use model::{HoldId, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A preservation hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HoldView {
    /// The identifier.
    pub id: HoldId,
    /// Whether it stands now.
    pub stands: bool,
    /// The authority that asked for it; absent where the organisation wanted it itself.
    pub asked_by: Option<String>,
    /// The file number of that authority.
    pub reference: Option<String>,
    /// On what legal basis.
    pub basis: String,
    /// What is preserved.
    pub what: String,
    /// From when.
    pub placed_at: Instant,
    /// Who entered it.
    pub placed_by: String,
    /// The first instant at which it no longer stands; absent: until it is lifted.
    pub ends_at: Option<Instant>,
    /// How often it was prolonged, in order.
    pub extensions: Vec<HoldExtensionView>,
    /// When it was lifted.
    pub lifted_at: Option<Instant>,
    /// By whom.
    pub lifted_by: Option<String>,
    /// Why.
    pub lift_reason: Option<String>,
}

/// A hold that was prolonged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HoldExtensionView {
    /// When that was decided.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Until when it stood before.
    pub before: Option<Instant>,
}

/// Until when a law wants the record kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeptByLaw {
    /// The short name of the law.
    pub law: String,
    /// When something was last filed under it.
    pub last_filed_at: Instant,
    /// How many years from then on; absent where the law sets none.
    pub years: Option<u32>,
    /// The last day on which it must still be there, where the law sets one.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Where that comes from.
    pub source: String,
}

/// What keeps a record from being erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Preservation {
    /// The holds, newest first, those that ended too.
    pub holds: Vec<HoldView>,
    /// What each law wants under which something was filed.
    pub laws: Vec<KeptByLaw>,
    /// Why it cannot be erased now; nothing: it can.
    pub obstacles: Vec<String>,
}

/// Place a hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceHold {
    /// The authority that asks for it; absent where the organisation wants it itself.
    #[serde(default)]
    pub asked_by: Option<String>,
    /// The file number of that authority.
    #[serde(default)]
    pub reference: Option<String>,
    /// On what legal basis.
    pub basis: String,
    /// What is preserved.
    pub what: String,
    /// The first instant at which it no longer stands; absent: until it is lifted.
    #[serde(default)]
    pub ends_at: Option<Instant>,
}

/// Prolong a hold.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendHold {
    /// Until when instead; absent: until it is lifted.
    #[serde(default)]
    pub ends_at: Option<Instant>,
    /// Why.
    pub reason: String,
}

/// Lift a hold, or erase a record: why.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveReason {
    /// Why.
    pub reason: String,
}
