//! Incidents and duties as the reporting side sees them.

use std::collections::BTreeMap;

use model::{Actor, Answer, AnswerSource, IncidentId, Instant, OrganisationId};
use regime::{Duty, Problem};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// One answer handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerIn {
    /// The value in the JSON shape of the field's kind; `null` means "unknown yet".
    pub value: Option<Value>,
    /// Whether it is an estimate.
    #[serde(default)]
    pub estimated: bool,
    /// How it came in; typed when not said.
    #[serde(default)]
    pub how: Option<AnswerSource>,
}

/// Open an incident with what is known.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenIncident {
    /// Answers by field of the vocabulary `incident-fields`.
    #[serde(default)]
    pub answers: BTreeMap<String, AnswerIn>,
}

/// Save answers that were given while looking at `base_revision`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveAnswers {
    /// The revision that the caller saw. Fields that others changed since are never overwritten.
    pub base_revision: i64,
    /// Answers by field.
    #[serde(default)]
    pub answers: BTreeMap<String, AnswerIn>,
    /// Fields whose answer is taken back altogether.
    #[serde(default)]
    pub clear: Vec<String>,
}

/// A field that two people changed at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// What the caller wanted to save; absent when it was to be cleared.
    pub yours: Option<AnswerIn>,
    /// What stands now; absent when it was cleared.
    pub theirs: Option<Answer>,
}

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentState {
    /// A duty is open.
    Open,
    /// A duty is past its instant.
    Late,
    /// Nothing is left to file.
    Done,
}

/// An incident with its duties.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IncidentView {
    /// The identifier.
    pub id: IncidentId,
    /// The organisation that keeps the record.
    pub organisation: OrganisationId,
    /// Counts the changes.
    pub revision: i64,
    /// The title, when one is given.
    pub title: Option<String>,
    /// Where it stands.
    pub state: IncidentState,
    /// When the record was opened.
    pub created_at: Instant,
    /// Who opened it.
    pub created_by: Actor,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The answers by field.
    #[schema(value_type = Object)]
    pub answers: BTreeMap<String, Answer>,
    /// Every duty with its state and reasons, by time left.
    pub duties: Vec<Duty>,
    /// What does not fit together across fields.
    pub problems: Vec<Problem>,
    /// The instant for which duties and problems were worked out.
    pub now: Instant,
}

/// A line of the list of incidents.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IncidentSummary {
    /// The identifier.
    pub id: IncidentId,
    /// The title, when one is given.
    pub title: Option<String>,
    /// The revision.
    pub revision: i64,
    /// Where it stands.
    pub state: IncidentState,
    /// When the record was opened.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The next deadline.
    pub next_due: Option<Instant>,
    /// How many duties are open.
    pub open_duties: u32,
}

/// The incidents of the organisation, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IncidentList {
    /// The lines.
    pub incidents: Vec<IncidentSummary>,
    /// Hand it in as `after` for the next page; absent on the last.
    pub next: Option<IncidentId>,
}

/// A duty that waits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenDuty {
    /// The incident.
    pub incident: IncidentId,
    /// Its title.
    pub incident_title: Option<String>,
    /// The duty.
    pub duty: Duty,
}

/// The duties that wait, least time left first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenDuties {
    /// The instant for which they were worked out.
    pub now: Instant,
    /// The duties.
    pub duties: Vec<OpenDuty>,
}

/// One changed answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnswerChange {
    /// The revision that it made.
    pub revision: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub by: Actor,
    /// The field.
    pub field: String,
    /// The question in words.
    pub label: String,
    /// The answer before; absent when there was none.
    pub before: Option<Answer>,
    /// The answer after; absent when it was cleared.
    pub after: Option<Answer>,
}

/// The whole history of an incident record, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct History {
    /// The changes.
    pub changes: Vec<AnswerChange>,
}
