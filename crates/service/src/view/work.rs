//! What people are told, when they are reminded, and how the node's work stands.

use model::{Function, IncidentId, Instant, JobId, NoticeId, NoticeKind, OrganisationId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that the caller was told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeView {
    /// The identifier.
    pub id: NoticeId,
    /// What it is about.
    pub kind: NoticeKind,
    /// One line.
    pub subject: String,
    /// What happened and what to do next.
    pub text: String,
    /// Where to do it: a path in our pages.
    pub link: String,
    /// When it was given.
    pub at: Instant,
    /// Whether it was read.
    pub read: bool,
}

/// The notices of the caller, the latest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeList {
    /// How many are unread, on all pages.
    pub unread: i64,
    /// The notices.
    pub notices: Vec<NoticeView>,
    /// Hand it in as `before` for the next page; absent on the last.
    pub next: Option<NoticeId>,
}

/// Mark notices as read.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadNotices {
    /// Which; all of the caller's when there are none.
    #[serde(default)]
    pub ids: Vec<NoticeId>,
}

/// Why people are told at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Those who do the work are reminded.
    Reminder,
    /// Those above are told.
    Escalation,
}

/// Who is told at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "who", rename_all = "snake_case", deny_unknown_fields)]
pub enum Receiver {
    /// Everybody of the organisation with the function.
    Function {
        /// The function.
        function: Function,
    },
    /// One person of the organisation.
    Person {
        /// The person.
        user: UserId,
    },
    /// Everybody of another organisation with the function.
    Organisation {
        /// The organisation.
        organisation: OrganisationId,
        /// The function.
        function: Function,
    },
}

/// A step of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderStep {
    /// Minutes after the due instant; negative before it.
    pub minutes: i64,
    /// Why.
    pub kind: StepKind,
    /// Who.
    pub to: Vec<Receiver>,
}

/// A person who can be named in a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NamedPerson {
    /// The person.
    pub user: UserId,
    /// The name.
    pub name: String,
}

/// When, and whom, the organisation is reminded of its deadlines.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReminderPlan {
    /// Counts the changes; 0 as long as the usual ladder stands.
    pub revision: i64,
    /// The steps, earliest first.
    pub steps: Vec<ReminderStep>,
    /// The people who can be named.
    pub people: Vec<NamedPerson>,
}

/// Put another ladder in place.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveReminderPlan {
    /// The revision that the caller saw.
    pub base_revision: i64,
    /// The steps.
    pub steps: Vec<ReminderStep>,
}

/// The caller's calendar feed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalendarFeed {
    /// Whether there is one.
    pub active: bool,
    /// Whether it names incidents by their titles.
    pub titles: bool,
    /// When it was made.
    pub created_at: Option<Instant>,
    /// The path of the feed with its secret; shown once, when it is made.
    pub path: Option<String>,
}

/// Make a calendar feed; an older one ends.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeCalendarFeed {
    /// Whether it names incidents by their titles: whoever keeps the calendar then reads them.
    #[serde(default)]
    pub titles: bool,
}

/// Something happened that a page may show: look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveKind {
    /// An incident record, its answers or its duties.
    Incident,
    /// A filing, as its filer or its recipient sees it.
    Filing,
    /// The caller was told something.
    Notice,
    /// People, functions or the organisation.
    Organisation,
    /// More than is worth telling happened: look at everything again.
    Everything,
}

/// How the node's work stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobQueue {
    /// Jobs that wait.
    pub waiting: i64,
    /// For how long the first of them has been waiting beyond its turn, in seconds.
    pub behind_seconds: u64,
    /// How many were put aside.
    pub dead: i64,
    /// The latest of them, each with its reason.
    pub put_aside: Vec<DeadJob>,
}

/// A job that was put aside.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeadJob {
    /// The identifier.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// When it was written.
    pub created_at: Instant,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it was put aside.
    pub reason: String,
}

/// A message of the live stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveMessage {
    /// What changed.
    pub kind: LiveKind,
    /// The incident, when it is one of the caller's organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentId>,
    /// The filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing: Option<model::FilingId>,
}
