//! Domain events: one per use case, written in its transaction. Audit, live updates and
//! automation read these.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Actor, ApprovalId, ApprovalState, ApprovalVerdict, DutyKey, EventId, FilingId, HoldId, IncidentId,
    Instant, LinkId, NoticeKind, OrganisationId, RegistrationId, UserId,
};

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
    /// A person confirmed a second factor.
    SecondFactorConfirmed,
    /// A person removed the own second factor.
    SecondFactorRemoved,
    /// A second factor was taken from a person who lost it.
    SecondFactorReset {
        /// The person.
        user: UserId,
    },
    /// A person made new recovery codes.
    RecoveryCodesRenewed,
    /// A person signed in with a recovery code.
    RecoveryCodeUsed,
    /// A person changed the own password.
    PasswordChanged,
    /// A link to set a new password was mailed.
    PasswordResetSent {
        /// The person.
        user: UserId,
    },
    /// A person set a new password by such a link.
    PasswordReset,
    /// A person ended sessions of the own account.
    SessionsEnded,
    /// A person's name or functions were changed.
    UserChanged {
        /// The person.
        user: UserId,
    },
    /// A person may not sign in any more.
    UserDisabled {
        /// The person.
        user: UserId,
    },
    /// A person may sign in again.
    UserEnabled {
        /// The person.
        user: UserId,
    },
    /// An organisation's people and machines may not work here any more.
    OrganisationDisabled,
    /// An organisation's people and machines may work here again.
    OrganisationEnabled,
    /// Somebody confirmed the mail address of a registration: it waits for an officer.
    RegistrationConfirmed {
        /// The registration.
        registration: RegistrationId,
    },
    /// An officer asked something about a registration.
    RegistrationQuestioned {
        /// The registration.
        registration: RegistrationId,
    },
    /// Whoever registers answered the officer's question.
    RegistrationAnswered {
        /// The registration.
        registration: RegistrationId,
    },
    /// An officer accepted a registration: the organisation was entered.
    RegistrationAccepted {
        /// The registration.
        registration: RegistrationId,
    },
    /// An officer refused a registration.
    RegistrationRefused {
        /// The registration.
        registration: RegistrationId,
    },
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
    /// A running case went over to a correction of its rules.
    RulesCorrected {
        /// The incident.
        incident: IncidentId,
        /// The pack.
        pack: String,
        /// The version before.
        from: String,
        /// The version after.
        to: String,
    },
    /// Another organisation was told about an incident.
    OtherTold {
        /// The link.
        link: LinkId,
        /// The own incident.
        incident: IncidentId,
    },
    /// An own incident was linked to what another organisation told.
    IncidentLinked {
        /// The link.
        link: LinkId,
        /// The own incident.
        incident: IncidentId,
    },
    /// What another organisation told does not concern this one.
    LinkDeclined {
        /// The link.
        link: LinkId,
    },
    /// A link was taken back.
    LinkEnded {
        /// The link.
        link: LinkId,
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
    /// Somebody noted that a stage was filed without Beffroi.
    FiledElsewhere {
        /// The incident.
        incident: IncidentId,
        /// The duty.
        duty: DutyKey,
    },
    /// Somebody took back that a stage was filed without Beffroi.
    FiledElsewhereTakenBack {
        /// The incident.
        incident: IncidentId,
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
    /// When, and whom, the organisation is reminded was changed.
    RemindersChanged,
    /// A point of what is prepared for the police was changed.
    ReadinessChanged {
        /// The point.
        item: String,
    },
    /// A preservation hold was placed on an incident.
    HoldPlaced {
        /// The incident.
        incident: IncidentId,
        /// The hold.
        hold: HoldId,
    },
    /// A preservation hold was prolonged.
    HoldExtended {
        /// The incident.
        incident: IncidentId,
        /// The hold.
        hold: HoldId,
    },
    /// A preservation hold was lifted before its end.
    HoldLifted {
        /// The incident.
        incident: IncidentId,
        /// The hold.
        hold: HoldId,
    },
    /// The record of an incident was erased.
    IncidentErased {
        /// The incident.
        incident: IncidentId,
    },
    /// The own terms of the organisation were changed.
    TaxonomyChanged {
        /// The version that the change made.
        version: u32,
    },
    /// A person made a calendar feed.
    CalendarFeedMade,
    /// A person ended a calendar feed.
    CalendarFeedEnded,
    /// People were told something by a notice.
    PeopleTold {
        /// What about.
        notice: NoticeKind,
        /// Who.
        users: Vec<UserId>,
    },
    /// The recipient asked for a further stage.
    StageRequested {
        /// The filing.
        filing: FilingId,
        /// The stage asked for.
        duty: DutyKey,
    },
    /// The approval chain of the organisation, or of one incident, was set or taken away.
    ApprovalChainSet {
        /// The incident; absent for the organisation's own chain.
        incident: Option<IncidentId>,
        /// Whether it was taken away.
        removed: bool,
    },
    /// The approval of a filing was asked for.
    ApprovalAsked {
        /// The request.
        approval: ApprovalId,
        /// The incident.
        incident: IncidentId,
        /// The duty.
        duty: DutyKey,
    },
    /// Somebody decided on a request for approval.
    ApprovalDecided {
        /// The request.
        approval: ApprovalId,
        /// What was decided.
        verdict: ApprovalVerdict,
        /// How far the request is since.
        state: ApprovalState,
    },
    /// A request for approval no longer stands.
    ApprovalWithdrawn {
        /// The request.
        approval: ApprovalId,
        /// The incident.
        incident: IncidentId,
        /// The duty.
        duty: DutyKey,
    },
    /// A stage was filed without the approval that its chain asks for.
    ApprovalOverridden {
        /// The incident.
        incident: IncidentId,
        /// The filing.
        filing: FilingId,
        /// The duty.
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
