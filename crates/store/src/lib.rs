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

mod bulk;
mod clear;
mod clients;
mod correspondence;
mod dialect;
mod duties;
mod error;
mod events;
mod filings;
mod hold;
mod holders;
mod inbox;
mod incidents;
mod migration;
mod organisations;
mod remembered;
mod sealed;
mod sessions;
mod signing_keys;
mod statement;
mod store;
mod users;

pub use bulk::BulkIncident;
pub use clear::{CLEAR_COLUMNS, ClearColumn, SEALED_COLUMNS};
pub use clients::Client;
pub use correspondence::{Message, ReadMark, StageRequest};
pub use duties::IndexedDuty;
pub use error::{Error, Result};
pub use events::{AuditHead, AuditRow, ChainBreak, ChainedEvent, verify_chain};
pub use filings::{Facets, Filing, FilingMark, FilingState};
pub use inbox::{InboxFilter, InboxPage, InboxPosition, InboxPositionError};
pub use incidents::{Change, FieldChange, IncidentFilter, IncidentRow};
pub use remembered::{KeyedRequest, RememberedAnswer};
pub use sessions::{Invitation, NewInvitation, NewSession, SignedIn, Throttle};
pub use store::{Options, Store, Tx};
pub use users::{Account, User, UserProfile, UserState};
