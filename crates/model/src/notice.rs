//! Notices: what people are told, in their page and by mail.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A duty is due soon.
    Reminder,
    /// A duty is due or late, and those above are told.
    Escalation,
    /// The rules of a running case were corrected, and a deadline is earlier under them.
    RulesCorrected,
    /// Somebody is asked to approve.
    ApprovalAsked,
    /// An approval was given or refused.
    ApprovalDecided,
    /// An approval no longer holds.
    ApprovalWithdrawn,
    /// Something was filed in an emergency without its approvals.
    OverrideUsed,
    /// An incident was linked with one of another organisation.
    LinkedIncident,
    /// An organisation asks to be registered, or was.
    Registration,
    /// Something about one's own account.
    Account,
    /// A message about a filing.
    Message,
    /// A point of the checklist is to be looked at again.
    ReviewDue,
    /// A preservation hold is about to end, or has ended.
    HoldEnding,
}
