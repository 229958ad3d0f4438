//! The use cases: one file per verb, and the only way in.
//!
//! A use case asks `policy` for a scope, opens one transaction, lets the pure crates decide,
//! writes the change with its domain event, and commits. It answers only after the commit.
//! No door (`web`, the command line) reaches the store around it. Nothing here speaks HTTP,
//! reads a file or knows a law by name; time comes in through [`Clock`] and chance through
//! one module.

mod accounts;
mod audit;
mod case;
mod chance;
mod clock;
mod desk;
mod error;
pub mod fail;
mod filings;
mod housekeeping;
mod idempotency;
mod incidents;
mod organisations;
mod password;
pub mod view;

use std::sync::Arc;

use regime::Library;
use store::Store;

pub use accounts::{
    ClientSecret, ClientSummary, Invitation, InvitationView, NewClient, NewUser, Session, SignIn, SignedIn,
    UserSummary,
};
pub use audit::{AuditVerdict, verify_audit};
pub use clock::Clock;
pub use error::{Error, Result};
pub use organisations::{NewOrganisation, OrganisationChange};

/// The back office. Clones share one store, one library of laws and one clock.
#[derive(Clone)]
pub struct Service {
    store: Store,
    library: Arc<Library>,
    clock: Clock,
}

impl Service {
    /// The back office over `store`, with the laws of `library`.
    #[must_use]
    pub fn new(store: Store, library: Arc<Library>, clock: Clock) -> Self {
        Self { store, library, clock }
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The laws and vocabularies.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The store, for the node's own checks.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Whether the database answers and has this program's tables.
    ///
    /// # Errors
    /// Says what is wrong.
    pub async fn ready(&self) -> Result<()> {
        Ok(self.store.ready().await?)
    }
}
