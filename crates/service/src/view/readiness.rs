//! What an organisation has prepared for the police.

use jiff::civil::Date;
use model::{Instant, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a point is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadinessState {
    /// Nobody has begun.
    #[default]
    NotYet,
    /// Somebody is at it.
    InWork,
    /// It is prepared.
    Done,
    /// It does not concern the organisation; the note says why.
    NotForUs,
}

/// One point of the checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessPoint {
    /// Its name in the list.
    pub item: String,
    /// The point in words.
    pub label: String,
    /// What it is about.
    pub help: String,
    /// How far it is.
    pub state: ReadinessState,
    /// What stands behind it: numbers, names, places; or why it does not concern the organisation.
    pub note: String,
    /// Who is responsible.
    pub responsible: String,
    /// The day on which it was done.
    #[schema(value_type = Option<String>, format = Date)]
    pub done_on: Option<Date>,
    /// The day on which it is to be looked at again.
    #[schema(value_type = Option<String>, format = Date)]
    pub review_on: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// When it was last changed.
    pub changed_at: Option<Instant>,
    /// By whom.
    pub changed_by: Option<String>,
}

/// The points under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessGroup {
    /// Its name in the list.
    pub id: String,
    /// The heading.
    pub label: String,
    /// The points.
    pub points: Vec<ReadinessPoint>,
}

/// How many points stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessCounts {
    /// All.
    pub total: usize,
    /// Prepared.
    pub done: usize,
    /// Begun.
    pub in_work: usize,
    /// Not begun.
    pub not_yet: usize,
    /// Of no concern.
    pub not_for_us: usize,
    /// To be looked at again, and the day has passed.
    pub overdue: usize,
}

/// Whom one could turn to: an organisation of this node, or a way that a law of the State names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessContact {
    /// What they are.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// Where: an address or a number; absent for an organisation of this node.
    pub address: Option<String>,
    /// The languages in which they take reports (ISO 639-1).
    pub languages: Vec<String>,
}

/// The checklist of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessView {
    /// The revision that a change is based on; 0 before the first.
    pub revision: i64,
    /// The day in the organisation's zone.
    #[schema(value_type = String, format = Date)]
    pub today: Date,
    /// How many points stand how.
    pub counts: ReadinessCounts,
    /// The day of the last drill.
    #[schema(value_type = Option<String>, format = Date)]
    pub last_drill: Option<Date>,
    /// The points by heading.
    pub groups: Vec<ReadinessGroup>,
    /// Police and prosecutors of the State that this node knows.
    pub contacts: Vec<ReadinessContact>,
}

/// Change one point.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveReadinessPoint {
    /// The revision of the checklist that was seen.
    pub base_revision: i64,
    /// How far it is.
    pub state: ReadinessState,
    /// What stands behind it; the reason where it does not concern the organisation.
    #[serde(default)]
    pub note: String,
    /// Who is responsible.
    #[serde(default)]
    pub responsible: String,
    /// The day on which it was done; not in the future.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub done_on: Option<Date>,
    /// The day on which it is to be looked at again.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub review_on: Option<Date>,
}

/// One change of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessChange {
    /// The point.
    pub item: String,
    /// The point in words.
    pub label: String,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// How far it was.
    pub before: ReadinessState,
    /// How far it is since.
    pub after: ReadinessState,
    /// What else was changed: `note`, `responsible`, `done_on`, `review_on`.
    pub changed: Vec<String>,
}

/// The changes of the checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessHistory {
    /// Newest first.
    pub changes: Vec<ReadinessChange>,
}
