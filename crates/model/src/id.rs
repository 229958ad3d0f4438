//! Identifiers: one newtype per noun over a UUID version 7 (RFC 9562 section 5.7).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::{Builder, Uuid};

use crate::Instant;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier made at `at` with ten bytes of chance: UUID version 7, so that
            /// identifiers sort roughly by the time of their making.
            #[must_use]
            pub fn new(at: Instant, chance: [u8; 10]) -> Self {
                let millis = u64::try_from(at.micros() / 1000).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(millis, &chance).into_uuid())
            }

            /// The identifier read from a store or a document.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, for a store.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// An organisation, also the holder of keys.
    OrganisationId,
    /// A person with an account.
    UserId,
    /// A machine client of an organisation.
    ClientId,
    /// A signed-in browser.
    SessionId,
    /// A one-time link that lets a person set a password.
    InvitationId,
    /// An entity's wish to take part in the node.
    RegistrationId,
    /// An incident record.
    IncidentId,
    /// One version of one stage, filed to one recipient.
    FilingId,
    /// The recipient's signed word that a filing arrived.
    ReceiptId,
    /// A message between reporter and authority about a filing.
    MessageId,
    /// A request of an authority for a further stage.
    RequestId,
    /// A request for the approval of a filing, what is said about it, a chain, or a filing without approval.
    ApprovalId,
    /// What one organisation told another about an incident.
    LinkId,
    /// A term that an organisation keeps below an official one.
    TermId,
    /// A sealing or signing key.
    KeyId,
    /// A domain event, an audit row.
    EventId,
    /// A job of the outbox.
    JobId,
    /// A preservation hold on an incident.
    HoldId,
    /// Something that one person was told.
    NoticeId,
}
