//! SQL and nothing else: one data file of SQLite, or a PostgreSQL server, behind the same [`Store`].
//!
//! Queries are inherent methods of [`Tx`] by noun, one SQL text for both databases; what must
//! differ stands in `dialect.rs`. Every read of a tenant's rows takes a `policy::Scope`, which
//! only `policy` can make: what the scope does not open is not found. Every document is sealed
//! by `vault` before it reaches the database; what stands in the clear is listed with its reason
//! in [`CLEAR_COLUMNS`]. When [`Tx::commit`] returns, it has reached the disk.
//!
//! This crate decides nothing: no rule of a law, no permission, no clock. It opens no
//! transaction by itself; only `service` does, one for each use case.

mod approval_thread;
mod approvals;
mod bulk;
mod clear;
mod clients;
mod correspondence;
mod dialect;
mod duties;
mod error;
mod events;
mod filings;
mod half_sessions;
mod hold;
mod holders;
mod inbox;
mod incidents;
mod jobs;
mod links;
mod migration;
mod notices;
mod organisations;
mod papers;
mod preservation;
mod readiness;
mod received;
mod registrations;
mod remembered;
mod reminders;
mod sealed;
mod second_factors;
mod sessions;
mod signing_keys;
mod statement;
mod store;
mod taxonomies;
mod users;

pub use approval_thread::{ApprovalAct, ApprovalEntry, ApprovalOverride};
pub use approvals::{ApprovalRequest, KeptChain};
pub use bulk::BulkIncident;
pub use clear::{CLEAR_COLUMNS, ClearColumn, SEALED_COLUMNS};
pub use clients::Client;
pub use correspondence::{Message, ReadMark, StageRequest};
pub use duties::{IndexedDuty, OpenMark};
pub use error::{Error, Result};
pub use events::{AuditHead, AuditRow, ChainBreak, ChainedEvent, verify_chain};
pub use filings::{Facets, Filing, FilingMark, FilingState};
pub use half_sessions::{HalfSession, NewHalfSession, NewReset, Reset};
pub use inbox::{InboxFilter, InboxPage, InboxPosition, InboxPositionError};
pub use incidents::{Change, FieldChange, IncidentFilter, IncidentRow};
pub use jobs::{ClaimedJob, DeadJob, JobKind, NewJob, Queue, Retry};
pub use links::{IncidentLink, LinkState, LinkWords};
pub use notices::{NewNotice, Notice, NoticeText};
pub use organisations::Standing;
pub use preservation::{HoldExtension, HoldLift, HoldOrigin, HoldWords, PreservationHold};
pub use readiness::KeptReadiness;
pub use received::{ReceivedPage, ReceivedPosition, ReceivedSpan};
pub use registrations::{Registration, RegistrationForm, RegistrationState, RegistrationWord};
pub use remembered::{KeyedRequest, RememberedAnswer};
pub use reminders::{CalendarFeed, ClockedDuty};
pub use second_factors::SecondFactor;
pub use sessions::{Browser, Invitation, NewInvitation, NewSession, OwnSession, SignedIn, Throttle};
pub use store::{Options, Store, Tx};
pub use users::{Account, User, UserProfile, UserState};
