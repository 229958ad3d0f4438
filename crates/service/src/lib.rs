//! The use cases: one file per verb, and the only way in.
//!
//! A use case asks `policy` for a scope, opens one transaction, lets the pure crates decide,
//! writes the change with its domain event, and commits. It answers only after the commit.
//! No door (`web`, the command line) reaches the store around it. Nothing here speaks HTTP,
//! reads a file or knows a law by name; time comes in through [`Clock`] and chance through
//! one module.

mod accounts;
mod administration;
mod allowance;
mod approvals;
mod audit;
mod calendar;
mod case;
mod chance;
mod clock;
mod desk;
mod error;
mod exports;
pub mod fail;
mod filings;
mod finder;
mod housekeeping;
mod idempotency;
mod incidents;
mod inform;
mod jobs;
mod links;
mod live;
mod notices;
mod organisations;
mod password;
mod preservation;
mod readiness;
mod registrations;
mod reminders;
mod said;
mod taxonomy;
pub mod view;

use std::sync::Arc;

use regime::Library;
use store::Store;

pub use accounts::{
    ClientSecret, ClientSummary, FirstStep, From, HalfSignedIn, Invitation, InvitationView, NewClient,
    NewUser, Proof, SecondStep, Session, SignIn, SignedIn, UserSummary,
};
pub use audit::{AuditVerdict, verify_audit};
pub use calendar::CalendarText;
pub use clock::Clock;
pub use error::{Error, Result};
pub use exports::{Unsealed, export_file, export_formats, package, paper_words};
pub use incidents::alert_of_errata::LookedAt;
pub use jobs::{Errand, Mail, Outcome};
pub use live::{LiveEvent, Subscription};
pub use organisations::{NewOrganisation, OrganisationChange};
pub use registrations::{NewRegistration, RegistrationLink};
pub use taxonomy::{TaxonomyFile, list_as};

/// How far the clocks of the replicas may lie apart.
const CLOCKS_AGREE: std::time::Duration = std::time::Duration::from_secs(2);

/// The back office. Clones share one store, one library of laws and one clock.
#[derive(Clone)]
pub struct Service {
    store: Store,
    library: Arc<Library>,
    clock: Clock,
    live: live::Live,
}

impl Service {
    /// The back office over `store`, with the laws of `library`.
    #[must_use]
    pub fn new(store: Store, library: Arc<Library>, clock: Clock) -> Self {
        Self { store, library, clock, live: live::Live::default() }
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

    /// The laws as they speak for a record: in the versions it began with, or went over to.
    pub(crate) fn laws(&self, incident: &model::Incident) -> Library {
        self.library.under(&incident.packs, incident.created_at)
    }

    /// The store, for the node's own checks.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Whether the database answers, has this program's tables, and tells the same time as this machine:
    /// replicas whose clocks differ would not agree on what is late.
    ///
    /// # Errors
    /// Says what is wrong.
    pub async fn ready(&self) -> Result<()> {
        self.store.ready().await?;
        match self.clock {
            Clock::System => self.agree_on_time(self.clock.now()).await,
            // A clock that a test turns agrees with nobody's.
            Clock::Fixed(_) => Ok(()),
        }
    }

    /// Whether a machine whose clock says `ours` agrees with the database's clock within two seconds. A
    /// database in a file has no clock of its own.
    ///
    /// # Errors
    /// [`Error::Refused`] with the difference and the remedy.
    pub async fn agree_on_time(&self, ours: model::Instant) -> Result<()> {
        let Some(theirs) = self.store.read().await?.server_clock().await? else { return Ok(()) };
        let apart = ours.since(theirs).max(theirs.since(ours));
        if apart <= CLOCKS_AGREE {
            return Ok(());
        }
        Err(Error::Refused(format!(
            "this machine's clock and the database's are {:.1} seconds apart; set both by NTP",
            apart.as_secs_f64()
        )))
    }
}
