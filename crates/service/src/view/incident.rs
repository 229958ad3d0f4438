//! Incidents and duties as the reporting side sees them.

use std::collections::BTreeMap;

use model::{
    Actor, Answer, AnswerSource, DutyKey, DutyState, EarlierAnswer, FiledElsewhere, IncidentId, Instant,
    Marking, Marks, OrganisationId, TermId, Way,
};
use regime::{Due, Duty, Migration, Missing, Problem, Questions};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// One answer handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerIn {
    /// The value in the JSON shape of the field's kind; `null` means "unknown yet".
    pub value: Option<Value>,
    /// Own terms of the organisation below the value; those that stand are kept where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Vec<TermId>>,
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
    /// Why an instant that starts a clock lies more than 24 hours back, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
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
    /// Why an instant that starts a clock is changed, or lies more than 24 hours back when it is
    /// first recorded, by field. The recipients of later filings read it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

impl SaveAnswers {
    /// Nothing yet, by somebody who saw `base_revision`.
    #[must_use]
    pub const fn at(base_revision: i64) -> Self {
        Self { base_revision, answers: BTreeMap::new(), clear: Vec::new(), reasons: BTreeMap::new() }
    }
}

/// Mark an incident, and its field groups where they are narrower than the report.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkIncident {
    /// The revision that the caller saw.
    pub base_revision: i64,
    /// The whole report.
    #[serde(default)]
    pub report: Marking,
    /// Field groups by name; a group that is not named has no marking of its own.
    #[serde(default)]
    pub groups: BTreeMap<String, Marking>,
}

/// The corrections of its rules that a case may go over to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Migrations {
    /// One for each pack that was corrected.
    pub migrations: Vec<Migration>,
}

/// Go over to a corrected version of the rules.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MigrateIncident {
    /// The revision at which the caller saw what changes.
    pub base_revision: i64,
    /// The corrected version (`2022-12-27+1`).
    pub to: String,
}

/// Note that a stage was filed without Beffroi.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteFiledElsewhere {
    /// The revision that the caller saw.
    pub base_revision: i64,
    /// When it was filed; not after now.
    pub at: Instant,
    /// To whom, in 1 to 200 characters.
    pub to: String,
    /// Which way.
    pub way: Way,
    /// The number that the recipient gave it, up to 200 characters.
    #[serde(default)]
    pub reference: Option<String>,
    /// SHA-256 of the confirmation that the caller keeps, in hexadecimal digits.
    #[serde(default)]
    pub proof_sha256: Option<String>,
    /// What else is to be known, up to 4000 characters; wanted for another way.
    #[serde(default)]
    pub note: Option<String>,
}

/// Take back that a stage was filed without Beffroi: it was noted by mistake.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBackFiledElsewhere {
    /// The revision that the caller saw.
    pub base_revision: i64,
    /// The instant at which it is said to have been filed.
    pub at: Instant,
    /// Why, in 1 to 4000 characters; the history keeps it.
    pub reason: String,
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
    /// Each law with its next step, what is missing for it, or why it asks nothing.
    pub laws: Vec<LawStanding>,
    /// How many questions these laws ask together, beside the sum of their separate forms.
    pub questions: Questions,
    /// How the report and its field groups are marked, as a filing would carry it.
    pub marks: Marks,
    /// The field groups that can be marked.
    pub groups: Vec<FieldGroup>,
    /// What answers that start a clock were before, by field.
    #[schema(value_type = Object)]
    pub earlier: BTreeMap<String, Vec<EarlierAnswer>>,
    /// What was filed without Beffroi, in the order in which it was noted.
    pub elsewhere: Vec<FiledElsewhere>,
    /// What does not fit together across fields.
    pub problems: Vec<Problem>,
    /// The instant for which duties and problems were worked out.
    pub now: Instant,
}

/// A group of fields, the unit of marking and disclosure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldGroup {
    /// The group.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// How an incident stands under one law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LawStanding {
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// How far it is: of the next stage, or of what is behind.
    pub state: DutyState,
    /// The stage to file or to decide next.
    pub duty: Option<DutyKey>,
    /// The name of that stage.
    pub title: Option<String>,
    /// Its instant.
    pub due: Option<Due>,
    /// What is still missing for it.
    pub missing: Vec<Missing>,
    /// Why the law asks nothing: it does not apply, or which law displaces it.
    pub reason: Option<String>,
    /// How many of its stages were filed.
    pub filed: u32,
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
    /// All that is missing for it: what would decide it, and what its form requires.
    pub missing: Vec<Missing>,
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
    /// Why, where the field starts a clock.
    pub reason: Option<String>,
}

/// The whole history of an incident record, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct History {
    /// The changes.
    pub changes: Vec<AnswerChange>,
}
