//! The authority's desk.

use model::{DutyKey, FilingId, Instant, Marking, Party};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::FilingState;

/// Which lines of the inbox.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InboxQuery {
    /// Only filings in this state.
    #[serde(default)]
    pub state: Option<FilingState>,
    /// Only filings under this pack.
    #[serde(default)]
    pub pack: Option<String>,
    /// Only filings of this stage.
    #[serde(default)]
    pub stage: Option<String>,
    /// Only filings of this sector.
    #[serde(default)]
    pub sector: Option<String>,
    /// Only filings with, or without, cross-border impact.
    #[serde(default)]
    pub cross_border: Option<bool>,
    /// Continue after this line: the `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// How many lines, 1 to 200; 50 when not said.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A line of the inbox.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InboxRow {
    /// The filing.
    pub filing: FilingId,
    /// Its reference.
    pub reference: String,
    /// Who filed.
    pub from: Party,
    /// The incident's title, when it was filed.
    pub title: Option<String>,
    /// The duty.
    pub duty: DutyKey,
    /// The short name of the law.
    pub law: String,
    /// The stage in words.
    pub stage_title: String,
    /// The version of the stage.
    pub version: u32,
    /// When it was filed.
    pub filed_at: Instant,
    /// The legal deadline.
    pub due_at: Option<Instant>,
    /// Whether it came after the deadline.
    pub late: bool,
    /// How far it is.
    pub state: FilingState,
    /// Whether no officer has opened it yet.
    pub unread: bool,
    /// The severity, when it was filed.
    pub severity: Option<String>,
    /// The sector of the entity.
    pub sector: Option<String>,
    /// Whether there is cross-border impact, when it was filed.
    pub cross_border: Option<bool>,
    /// The article under which the organisation has it for information alone: another authority handles it.
    pub for_information: Option<String>,
    /// How the report is marked.
    pub marking: Marking,
    /// Until when the law wants a response; absent when it wants none or it was given.
    pub response_due_at: Option<Instant>,
    /// Whether that instant has passed.
    pub response_late: bool,
}

/// A page of the inbox, most urgent first: by the response's deadline, then newest.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Inbox {
    /// The instant for which urgency was worked out.
    pub now: Instant,
    /// The lines.
    pub rows: Vec<InboxRow>,
    /// Hand it in as `after` for the next page; absent on the last.
    pub next: Option<String>,
}

/// Respond to a filing.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Respond {
    /// The response: initial feedback, guidance on mitigation. 1 to 20,000 characters.
    pub text: String,
    /// Who may see it, and what may be done with it: PAP:RED where nobody may be warned by what is done.
    #[serde(default, skip_serializing_if = "Marking::is_empty")]
    pub marking: Marking,
}

/// Ask for a further stage.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestStage {
    /// The stage, one of the filing's `requestable`.
    pub duty: DutyKey,
    /// Until when; absent means without undue delay.
    #[serde(default)]
    pub due_at: Option<Instant>,
    /// What the authority wants to know. 1 to 20,000 characters.
    pub text: String,
}
