//! Approvals: the chain, the requests, what was said about them, and filings that left without.

use model::{
    ApprovalChain, ApprovalId, ApprovalState, ApprovalVerdict, DutyKey, FilingId, Function, IncidentId,
    Instant, Marking, OrganisationId, Party, UserId, approval::StepState,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FiledGroup, ValueChange};

/// Somebody who can stand in a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChainPerson {
    /// Who.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// What they do.
    pub functions: Vec<Function>,
}

/// An approval chain, with all that is needed to change it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalChainView {
    /// The incident for which it stands; absent for the organisation's own.
    pub incident: Option<IncidentId>,
    /// The version; absent when there is none. A change names the version that it replaces.
    pub id: Option<ApprovalId>,
    /// The chain; absent when there is none.
    pub chain: Option<ApprovalChain>,
    /// When it was set.
    pub set_at: Option<Instant>,
    /// The people of the organisation.
    pub people: Vec<ChainPerson>,
    /// The other organisations of this node.
    pub organisations: Vec<Party>,
    /// The stages that this node knows, in the order of the laws.
    pub stages: Vec<ChainStage>,
    /// The filings of the organisation that left without approval, newest first.
    pub overrides: Vec<OverrideView>,
}

/// A stage that a chain can cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChainStage {
    /// The duty.
    pub duty: DutyKey,
    /// The short name of the law.
    pub law: String,
    /// The stage in words.
    pub title: String,
}

/// Set a chain.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepChain {
    /// The chain.
    pub chain: ApprovalChain,
    /// The version that the caller saw; absent when there was none.
    #[serde(default)]
    pub replaces: Option<ApprovalId>,
}

/// Ask for the approval of a stage, for all its recipients.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskApproval {
    /// The revision whose preview the caller saw.
    pub base_revision: i64,
    /// Why it is late; wanted when the instant has passed.
    #[serde(default)]
    pub late_reason: Option<String>,
    /// What those who approve should know. Up to 4,000 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// Decide on a request.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideApproval {
    /// Approve it or send it back.
    pub verdict: ApprovalVerdict,
    /// Why; wanted when it is sent back. Up to 4,000 characters.
    #[serde(default)]
    pub remark: Option<String>,
}

/// Ask or answer something about a request.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkApproval {
    /// The words, 1 to 4,000 characters. Everybody in the chain reads them, also in other organisations.
    pub text: String,
}

/// File in an emergency without a complete approval.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideStage {
    /// The revision whose preview the caller saw; absent for whoever saw a request for approval instead: then
    /// what is filed must still be what was frozen for it.
    #[serde(default)]
    pub base_revision: Option<i64>,
    /// The recipient, one of the preview's.
    pub recipient: OrganisationId,
    /// Further recipients, in the same act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<OrganisationId>,
    /// Why it is late; wanted when the instant has passed.
    #[serde(default)]
    pub late_reason: Option<String>,
    /// Why it cannot wait, 10 to 4,000 characters. It is kept for good, and all who approve are told.
    pub reason: String,
}

/// A filing that left without the approval that its chain asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OverrideView {
    /// The incident.
    pub incident: IncidentId,
    /// The filing.
    pub filing: FilingId,
    /// The duty.
    pub duty: DutyKey,
    /// The stage in words, with its law.
    pub title: String,
    /// When.
    pub at: Instant,
    /// Who did it.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A line of the list of requests.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalSummary {
    /// The request.
    pub id: ApprovalId,
    /// Whose filing it is.
    pub from: Party,
    /// The incident; absent for other organisations.
    pub incident: Option<IncidentId>,
    /// The incident's title, as far as it is part of what is filed.
    pub title: Option<String>,
    /// The duty.
    pub duty: DutyKey,
    /// The short name of the law.
    pub law: String,
    /// The stage in words.
    pub stage_title: String,
    /// Counts the requests of the stage.
    pub version: u32,
    /// How far it is.
    pub state: ApprovalState,
    /// When it was asked for.
    pub asked_at: Instant,
    /// Who asked.
    pub asked_by: String,
    /// Until when the law wants the filing.
    pub due_at: Option<Instant>,
    /// To whom it would go.
    pub to: Vec<Party>,
    /// How many approvals there are.
    pub given: u32,
    /// How many there must be.
    pub wanted: u32,
    /// Whether the caller can decide now.
    pub waits_for_me: bool,
}

/// The requests that the caller can see: what waits for them first, then newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalList {
    /// How many wait for the caller.
    pub waiting: u32,
    /// The requests.
    pub approvals: Vec<ApprovalSummary>,
    /// The instant for which this was worked out.
    pub now: Instant,
}

/// What one recipient would get.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalCopy {
    /// Who.
    pub to: Party,
    /// Under which role, in words.
    pub role: String,
    /// How it is marked.
    pub marking: Marking,
    /// The content.
    pub groups: Vec<FiledGroup>,
    /// The titles of what this recipient does not get.
    pub withheld: Vec<String>,
}

/// One step of the chain with which a request began, as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalStepView {
    /// What it is called.
    pub name: String,
    /// Who approves, in words.
    pub who: String,
    /// Where it is.
    pub state: StepState,
    /// How many different people it wants.
    pub count: u32,
    /// Who approved.
    pub approved: Vec<String>,
    /// Who may act in their place, in words.
    pub deputies: Option<String>,
    /// From when.
    pub deputies_from: Option<Instant>,
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalActKind {
    /// Opened it for the first time.
    Looked,
    /// Approved.
    Approved,
    /// Sent it back.
    Returned,
    /// Asked or answered.
    Remarked,
    /// Took it back, or changed what was frozen.
    Withdrew,
}

/// One line of what was done and said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalEntryView {
    /// When.
    pub at: Instant,
    /// What.
    pub act: ApprovalActKind,
    /// Who.
    pub by: String,
    /// For which organisation.
    pub organisation: String,
    /// At which step.
    pub step: Option<String>,
    /// The words.
    pub text: Option<String>,
}

/// What changed since the caller last looked at a request of this stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangesSinceLook {
    /// The request that they looked at.
    pub version: u32,
    /// When.
    pub looked_at: Instant,
    /// What changed since.
    pub changes: Vec<ValueChange>,
}

/// A request for approval, as those who approve see it: the frozen copy and nothing else of the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalView {
    /// The line of the list.
    #[serde(flatten)]
    pub summary: ApprovalSummary,
    /// Where the law asks for it.
    pub article: String,
    /// What the asker says.
    pub note: Option<String>,
    /// What each recipient would get.
    pub copies: Vec<ApprovalCopy>,
    /// Why it is late, as the recipients would read it.
    pub late_reason: Option<String>,
    /// SHA-256 over what is approved: the filing is refused when it differs.
    pub digest: String,
    /// What changed against the filing before; only for the own organisation.
    pub changes: Vec<ValueChange>,
    /// What changed since the caller looked at an earlier request.
    pub since_look: Option<ChangesSinceLook>,
    /// The steps.
    pub steps: Vec<ApprovalStepView>,
    /// Whether one step follows the other.
    pub in_order: bool,
    /// Whether the last approval files at once.
    pub file_when_approved: bool,
    /// Whether the organisation's chain was changed since; this request keeps the one it began with.
    pub chain_changed: bool,
    /// What was done and said, oldest first.
    pub entries: Vec<ApprovalEntryView>,
    /// Why the caller cannot decide now, when they cannot.
    pub hindrance: Option<String>,
    /// Whether the caller may file without it, in an emergency.
    pub may_override: bool,
    /// Whether the caller can take it back.
    pub may_withdraw: bool,
    /// Whether the caller can say something about it.
    pub may_remark: bool,
    /// The filings that used it.
    pub filings: Vec<FilingId>,
    /// The instant for which this was worked out.
    pub now: Instant,
}

/// The approvals of one incident.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IncidentApprovals {
    /// The duties whose filing needs an approval.
    pub covered: Vec<DutyKey>,
    /// Whether the incident has a chain of its own.
    pub own_chain: bool,
    /// The requests, newest first.
    pub requests: Vec<ApprovalSummary>,
    /// What was filed without approval, newest first.
    pub overrides: Vec<OverrideView>,
    /// Whether the caller may file without approval, in an emergency.
    pub may_override: bool,
    /// The instant for which this was worked out.
    pub now: Instant,
}
