//! Domain events: one per use case, written in its transaction. Audit, live updates and
//! automation read these.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Actor, DutyKey, EventId, FilingId, IncidentId, Instant, OrganisationId};

/// What happened. Names things by identifier and carries no free text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happening {
    /// An organisation was entered.
    OrganisationCreated,
    /// An organisation's profile or roles were changed.
    OrganisationChanged,
    /// A person was invited.
    UserInvited,
    /// A person set a password by an invitation.
    InvitationAccepted,
    /// A person signed in.
    SignedIn,
    /// A sign-in was refused.
    SignInRefused,
    /// A person signed out.
    SignedOut,
    /// A machine client was made.
    ClientCreated,
    /// A machine client was revoked.
    ClientRevoked,
    /// An incident was opened.
    IncidentOpened {
        /// The incident.
        incident: IncidentId,
    },
    /// Answers were saved.
    AnswersSaved {
        /// The incident.
        incident: IncidentId,
        /// The revision after the change.
        revision: i64,
        /// The fields that changed.
        fields: Vec<String>,
    },
    /// A duty was found to stand differently than before: also the record of *why not*.
    DutyDecided {
        /// The incident.
        incident: IncidentId,
        /// The duty.
        duty: DutyKey,
        /// Its state.
        state: crate::DutyState,
    },
    /// A stage was filed.
    StageFiled {
        /// The incident.
        incident: IncidentId,
        /// The filing.
        filing: FilingId,
        /// The duty.
        duty: DutyKey,
    },
    /// An officer opened a filing for the first time.
    FilingRead {
        /// The filing.
        filing: FilingId,
    },
    /// The recipient acknowledged a filing.
    FilingAcknowledged {
        /// The filing.
        filing: FilingId,
    },
    /// The recipient responded to a filing.
    FilingAnswered {
        /// The filing.
        filing: FilingId,
    },
    /// The recipient asked for a further stage.
    StageRequested {
        /// The filing.
        filing: FilingId,
        /// The stage asked for.
        duty: DutyKey,
    },
}

/// A happening with its time, its actor and the organisation whose record it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DomainEvent {
    /// The identifier.
    pub id: EventId,
    /// When.
    pub at: Instant,
    /// Whose record it is; absent for the node itself.
    pub organisation: Option<OrganisationId>,
    /// Who did it; absent for the node itself.
    pub by: Option<Actor>,
    /// What.
    pub happening: Happening,
}
