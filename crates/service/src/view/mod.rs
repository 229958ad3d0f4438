//! What use cases answer with: the JSON of the public API, for people's pages and machines alike.

mod account;
mod admin;
mod approval;
mod desk;
mod export;
mod filing;
mod finder;
mod incident;
mod link;
mod preservation;
mod readiness;
mod registration;
mod statistics;
mod taxonomy;
mod work;

pub use account::{
    AccountSecurity, ChangePassword, ConfirmSecondFactor, Me, OrganisationBrief, OwnSession, OwnerProof,
    Portal, RecoveryCodes, RegimeSummary, SecondFactorInUse, SecondFactorSetup, TrustedKeys,
};
pub use admin::{
    ChangeOrganisation, ChangePerson, EnterOrganisation, GiveRoles, InviteAdministrator, InvitePerson,
    MachineClient, MachineClients, MadeClient, MakeClient, NodeOrganisation, NodeOrganisations,
    OrganisationProfile, People, Person, PersonState, RecipientDirectory, RecipientEntry, RecipientLine,
};
pub use approval::{
    ApprovalActKind, ApprovalChainView, ApprovalCopy, ApprovalEntryView, ApprovalList, ApprovalStepView,
    ApprovalSummary, ApprovalView, AskApproval, ChainPerson, ChainStage, ChangesSinceLook, DecideApproval,
    IncidentApprovals, KeepChain, OverrideStage, OverrideView, RemarkApproval,
};
pub use desk::{Inbox, InboxQuery, InboxRow, RequestStage, Respond};
pub use export::{ExportFile, ExportFormat, ExportOffers, ImportReport, ImportedIncident};
pub use filing::{
    FileStage, Filed, FiledField, FiledGroup, FilingList, FilingPreview, FilingState, FilingSummary,
    FilingVersion, FilingView, Message, PaperFile, ReadMark, RecipientPreview, Requestable, ValueChange,
};
pub use finder::{Bill, FindDuties, FoundDuties, FoundDuty, FoundLaw, LawVerdict};
pub use incident::{
    AnswerChange, AnswerIn, Conflict, FieldGroup, History, IncidentList, IncidentState, IncidentSummary,
    IncidentView, LawStanding, MarkIncident, MigrateIncident, Migrations, NoteFiledElsewhere, OpenDuties,
    OpenDuty, OpenIncident, SaveAnswers, TakeBackFiledElsewhere,
};
pub use link::{AcceptLink, EndLink, IncidentLinkView, IncidentLinks, LinkState, TellOthers};
pub use preservation::{
    ExtendHold, GiveReason, HoldExtensionView, HoldView, KeptByLaw, PlaceHold, Preservation,
};
pub use readiness::{
    ReadinessChange, ReadinessContact, ReadinessCounts, ReadinessGroup, ReadinessHistory, ReadinessPoint,
    ReadinessState, ReadinessView, SaveReadinessPoint,
};
pub use registration::{
    RegistrationDuplicate, RegistrationFact, RegistrationMessage, RegistrationState, RegistrationView,
    RegistrationWords, Registrations,
};
pub use statistics::{DeskFile, StatisticsQuery, Summaries, SummaryQuery, TableKind};
pub use taxonomy::{
    ChangeTaxonomy, ImportTaxonomy, ImportedTaxonomy, OfficialValue, OwnTerm, TaxonomyList,
    TaxonomyVersionView, TaxonomyVersions, TaxonomyView,
};
pub use work::{
    CalendarFeed, DeadJob, JobQueue, LiveKind, LiveMessage, MakeCalendarFeed, NamedPerson, NoticeList,
    NoticeView, ReadNotices, Receiver, ReminderPlan, ReminderStep, SaveReminderPlan, StepKind,
};
