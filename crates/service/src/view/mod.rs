//! What use cases answer with: the JSON of the public API, for people's pages and machines alike.

mod account;
mod desk;
mod filing;
mod incident;

pub use account::{Me, OrganisationBrief, Portal, RegimeSummary, TrustedKeys};
pub use desk::{Inbox, InboxQuery, InboxRow, RequestStage, Respond};
pub use filing::{
    FileStage, Filed, FiledField, FiledGroup, FilingList, FilingPreview, FilingState, FilingSummary,
    FilingVersion, FilingView, Message, ReadMark, ValueChange,
};
pub use incident::{
    AnswerChange, AnswerIn, Conflict, History, IncidentList, IncidentState, IncidentSummary, IncidentView,
    OpenDuties, OpenDuty, OpenIncident, SaveAnswers,
};
