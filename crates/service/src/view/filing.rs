//! Filings as both sides see them.

use model::{
    ChosenTerm, DutyKey, EarlierAnswer, FilingId, IncidentId, Instant, Marking, OrganisationId, Party,
    ReceiptId, Role,
};
use regime::{Missing, Problem, Withheld};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::OrganisationBrief;

/// How far a filing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FilingState {
    /// Filed; the recipient's node has it and has signed the receipt.
    Filed,
    /// An officer acknowledged it.
    Acknowledged,
    /// The authority responded.
    Answered,
}

/// One field as the recipient sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FiledField {
    /// The field of the vocabulary.
    pub field: String,
    /// The question in words.
    pub label: String,
    /// The answer in words.
    pub text: String,
    /// The value in the JSON shape of its kind; absent means "unknown yet".
    pub value: Option<Value>,
    /// The own terms of whoever filed, as they were chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<ChosenTerm>,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// The number of the field in the law's own form.
    pub number: Option<String>,
    /// The article that asks for it.
    pub article: Option<String>,
    /// What this answer was before, oldest first, where it starts a clock and was changed.
    pub earlier: Vec<EarlierAnswer>,
}

/// A group of fields, the unit of disclosure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FiledGroup {
    /// The group.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Vec<FiledField>,
    /// How it is marked, where it is narrower than the report.
    pub marking: Option<Marking>,
}

/// What changed against the version or the stage filed before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ValueChange {
    /// The field.
    pub field: String,
    /// The question in words.
    pub label: String,
    /// The answer before, in words.
    pub before: Option<String>,
    /// The answer now, in words.
    pub after: Option<String>,
}

/// The copy that one recipient would get.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecipientPreview {
    /// Who.
    pub organisation: OrganisationBrief,
    /// Under which role it receives.
    pub role: Role,
    /// Why it is this role.
    pub why: String,
    /// The content, nothing else.
    pub groups: Vec<FiledGroup>,
    /// What it does not get, and why.
    pub withheld: Vec<Withheld>,
    /// What it got before of this stage.
    pub before: Option<FilingVersion>,
    /// What changed against the filing before.
    pub changes: Vec<ValueChange>,
}

/// Exactly what each recipient will see, before it is filed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FilingPreview {
    /// The duty.
    pub duty: DutyKey,
    /// To whom it can be filed, each with the copy that it would get.
    pub to: Vec<RecipientPreview>,
    /// Who else gets a copy for information, whoever of them it is filed to; a law says so.
    pub informed: Vec<RecipientPreview>,
    /// How the report is marked.
    pub marking: Marking,
    /// Required and not answered.
    pub missing: Vec<Missing>,
    /// What must be mended first.
    pub problems: Vec<Problem>,
    /// Whether it can be filed now.
    pub ready: bool,
    /// Whether it would be late, so that a reason is asked.
    pub late: bool,
}

/// File a stage.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileStage {
    /// The revision whose preview the caller saw.
    pub base_revision: i64,
    /// The recipient, one of the preview's.
    pub recipient: OrganisationId,
    /// Further recipients of the preview's, in the same act: all of them get it, or nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<OrganisationId>,
    /// Why it is late; wanted when the instant has passed.
    #[serde(default)]
    pub late_reason: Option<String>,
}

impl FileStage {
    /// To one recipient, in time, as the record stands at `base_revision`.
    #[must_use]
    pub const fn to(base_revision: i64, recipient: OrganisationId) -> Self {
        Self { base_revision, recipient, also: Vec::new(), late_reason: None }
    }
}

/// What was filed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Filed {
    /// The filing.
    pub filing: FilingId,
    /// The reference to quote.
    pub reference: String,
    /// The receipt.
    pub receipt: ReceiptId,
    /// The exact instant.
    pub filed_at: Instant,
    /// What was filed to the further recipients in the same act, in the order in which they were named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub others: Vec<Filed>,
}

/// A line of the list of filings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FilingSummary {
    /// The filing.
    pub id: FilingId,
    /// The reference.
    pub reference: String,
    /// The incident.
    pub incident: IncidentId,
    /// The duty.
    pub duty: DutyKey,
    /// The short name of the law.
    pub law: String,
    /// The stage in words.
    pub stage_title: String,
    /// The version.
    pub version: u32,
    /// When it was filed.
    pub filed_at: Instant,
    /// To whom.
    pub to: Party,
    /// How far it is.
    pub state: FilingState,
}

/// The filings that the organisation sent, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FilingList {
    /// The lines.
    pub filings: Vec<FilingSummary>,
}

/// A message between both sides.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Message {
    /// When.
    pub at: Instant,
    /// From which organisation.
    pub from: Party,
    /// The person.
    pub by: String,
    /// The words.
    pub text: String,
    /// Who may see it, and what may be done with it. What is said here goes into no export, no copy for others, no
    /// mail and no calendar.
    pub marking: Marking,
}

/// Who read the filing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadMark {
    /// The person.
    pub by: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// When first.
    pub at: Instant,
}

/// A version of the same stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FilingVersion {
    /// The filing.
    pub filing: FilingId,
    /// Its version.
    pub version: u32,
    /// When it was filed.
    pub filed_at: Instant,
}

/// A stage that the recipient can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Requestable {
    /// The stage.
    pub duty: DutyKey,
    /// The stage in words.
    pub title: String,
    /// Where the law says so.
    pub article: String,
}

/// A filing with everything around it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FilingView {
    /// The identifier.
    pub id: FilingId,
    /// The reference to quote.
    pub reference: String,
    /// The incident.
    pub incident: IncidentId,
    /// The duty.
    pub duty: DutyKey,
    /// The short name of the law.
    pub law: String,
    /// The stage in words.
    pub stage_title: String,
    /// The article.
    pub article: String,
    /// The version of the stage.
    pub version: u32,
    /// The filing that it corrects.
    pub corrects: Option<FilingId>,
    /// The exact instant of filing.
    pub filed_at: Instant,
    /// The legal deadline.
    pub due_at: Option<Instant>,
    /// Whether it came after the deadline.
    pub late: bool,
    /// The article under which its recipient has it for information alone: another authority handles it.
    pub for_information: Option<String>,
    /// Who filed.
    pub from: Party,
    /// Who received.
    pub to: Party,
    /// How far it is.
    pub state: FilingState,
    /// When an officer acknowledged it.
    pub acknowledged_at: Option<Instant>,
    /// When the authority responded.
    pub answered_at: Option<Instant>,
    /// Until when the law wants the authority's response.
    pub response_due_at: Option<Instant>,
    /// The content.
    pub groups: Vec<FiledGroup>,
    /// What changed against the filing before.
    pub changes: Vec<ValueChange>,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// Who read it.
    pub reads: Vec<ReadMark>,
    /// The receipt.
    pub receipt: ReceiptId,
    /// All versions of this stage, oldest first.
    pub versions: Vec<FilingVersion>,
    /// How the report is marked.
    pub marking: Marking,
    /// Further stages that the recipient can ask for.
    pub requestable: Vec<Requestable>,
    /// The instant for which this was worked out.
    pub now: Instant,
}

/// A document on paper, as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFile {
    /// What the file is named after: the reference of the filing, or the duty of a draft.
    pub reference: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}
