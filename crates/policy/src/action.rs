//! The actions and who may take them.

use model::{Caller, Function, Role};

use crate::ScopeKind;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Something a caller may want to do. One use case asks for one action.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

actions! {
    /// Read the directory: names and roles of organisations, packs, published keys.
    ReadDirectory,
    /// Read the own organisation's incidents, duties and histories.
    ReadIncidents,
    /// Open an incident and answer its questions.
    WriteIncidents,
    /// File a stage to an authority.
    FileStage,
    /// Read filings that the own organisation sent.
    ReadSentFilings,
    /// Read filings that the own organisation received.
    ReadReceivedFilings,
    /// Count what the authorities of the own State received, for a summary that is owed.
    CountReceivedFilings,
    /// Acknowledge, respond to, or ask further about a received filing.
    HandleReceivedFilings,
    /// Invite people, make clients, keep the profile of the own organisation.
    AdministerOrganisation,
    /// Read what one was told, and keep the own calendar feed.
    ReadNotices,
    /// Say when, and whom, the organisation is reminded of its deadlines.
    KeepReminders,
    /// Read the own terms of the organisation.
    ReadTaxonomy,
    /// Add, change, retire and delete the own terms of the organisation.
    KeepTaxonomy,
    /// Keep the own password, second factor and sessions.
    KeepOwnAccount,
    /// Keep the organisations of this node and the roles that they hold.
    AdministerNode,
    /// Accept or refuse entities that want to take part.
    VetRegistrations,
    /// Read the requests for approval of the own organisation's filings, and ask about them.
    ReadApprovals,
    /// Approve or return what is to be filed, also of an organisation that asks for it.
    DecideApprovals,
    /// Say which filings need whose approval.
    KeepApprovalChain,
    /// File without the approval that the chain asks for, in an emergency.
    OverrideApproval,
    /// Lift a preservation hold before its end.
    LiftHolds,
    /// Erase the record of an incident that nothing keeps any more.
    EraseIncidents,
    /// Read what the own organisation has prepared for the police.
    ReadReadiness,
    /// Keep what the own organisation has prepared for the police.
    KeepReadiness,
}

/// What an action asks of a caller.
pub(crate) struct Rule {
    /// One of these functions.
    pub functions: &'static [Function],
    /// What the caller's organisation must be.
    pub organisation: Seat,
    /// Which rows the permission opens.
    pub opens: ScopeKind,
}

/// On which side of the desk an organisation must sit.
pub(crate) enum Seat {
    /// Any organisation.
    Any,
    /// One that holds a role of an authority.
    Authority,
    /// A CSIRT or a competent authority: it knows the entities of its country (NIS2 Art. 27).
    Registry,
}

impl Seat {
    pub(crate) fn holds(&self, caller: &Caller) -> bool {
        match self {
            Self::Any => true,
            Self::Authority => caller.roles.iter().any(|held| Role::is_authority(held.role)),
            Self::Registry => {
                caller.roles.iter().any(|held| matches!(held.role, Role::Csirt | Role::CompetentAuthority))
            }
        }
    }
}

impl Action {
    /// The action in words, as a refusal names it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ReadDirectory => "reading the directory",
            Self::ReadIncidents => "reading incidents",
            Self::WriteIncidents => "recording incidents",
            Self::FileStage => "filing reports",
            Self::ReadSentFilings => "reading what was filed",
            Self::ReadReceivedFilings => "reading received filings",
            Self::CountReceivedFilings => "counting received filings",
            Self::HandleReceivedFilings => "handling received filings",
            Self::AdministerOrganisation => "administering the organisation",
            Self::ReadNotices => "reading notices",
            Self::KeepReminders => "keeping the reminders",
            Self::ReadTaxonomy => "reading the own terms",
            Self::KeepTaxonomy => "keeping the own terms",
            Self::KeepOwnAccount => "keeping the own account",
            Self::AdministerNode => "administering the node",
            Self::VetRegistrations => "vetting registrations",
            Self::ReadApprovals => "reading approvals",
            Self::DecideApprovals => "approving filings",
            Self::KeepApprovalChain => "keeping the approval chain",
            Self::OverrideApproval => "filing without approval in an emergency",
            Self::LiftHolds => "lifting preservation holds",
            Self::EraseIncidents => "erasing incidents",
            Self::ReadReadiness => "reading what is prepared for the police",
            Self::KeepReadiness => "keeping what is prepared for the police",
        }
    }

    /// Whether only a person may take it: what a machine says is no approval, and what it lets go is gone.
    pub(crate) const fn wants_a_person(self) -> bool {
        matches!(
            self,
            Self::DecideApprovals | Self::OverrideApproval | Self::LiftHolds | Self::EraseIncidents
        )
    }

    /// The table.
    pub(crate) const fn rule(self) -> Rule {
        use Function::{Administrator, Approver, Auditor, Officer, Operator, Reporter};
        match self {
            Self::ReadDirectory => {
                Rule { functions: Function::ALL, organisation: Seat::Any, opens: ScopeKind::Directory }
            }
            Self::ReadIncidents => {
                Rule { functions: &[Reporter, Auditor], organisation: Seat::Any, opens: ScopeKind::Own }
            }
            Self::WriteIncidents | Self::FileStage | Self::LiftHolds | Self::EraseIncidents => {
                Rule { functions: &[Reporter], organisation: Seat::Any, opens: ScopeKind::Own }
            }
            Self::ReadSentFilings => {
                Rule { functions: &[Reporter, Auditor], organisation: Seat::Any, opens: ScopeKind::Own }
            }
            Self::ReadReceivedFilings | Self::CountReceivedFilings => Rule {
                functions: &[Officer, Auditor],
                organisation: Seat::Authority,
                opens: ScopeKind::Received,
            },
            Self::HandleReceivedFilings => {
                Rule { functions: &[Officer], organisation: Seat::Authority, opens: ScopeKind::Received }
            }
            Self::AdministerOrganisation => {
                Rule { functions: &[Administrator], organisation: Seat::Any, opens: ScopeKind::Accounts }
            }
            Self::ReadNotices | Self::ReadTaxonomy => {
                Rule { functions: Function::ALL, organisation: Seat::Any, opens: ScopeKind::Accounts }
            }
            Self::KeepReminders | Self::KeepTaxonomy => {
                Rule { functions: &[Administrator], organisation: Seat::Any, opens: ScopeKind::Accounts }
            }
            Self::KeepOwnAccount => {
                Rule { functions: Function::ALL, organisation: Seat::Any, opens: ScopeKind::Accounts }
            }
            Self::AdministerNode => {
                Rule { functions: &[Operator], organisation: Seat::Any, opens: ScopeKind::Directory }
            }
            Self::VetRegistrations => {
                Rule { functions: &[Officer], organisation: Seat::Registry, opens: ScopeKind::Registrations }
            }
            Self::ReadApprovals => Rule {
                functions: &[Approver, Administrator, Reporter, Auditor],
                organisation: Seat::Any,
                opens: ScopeKind::Approvals,
            },
            Self::DecideApprovals => {
                Rule { functions: &[Approver], organisation: Seat::Any, opens: ScopeKind::ApprovalSeats }
            }
            Self::KeepApprovalChain => {
                Rule { functions: &[Administrator], organisation: Seat::Any, opens: ScopeKind::Approvals }
            }
            Self::OverrideApproval => Rule {
                functions: &[Approver, Administrator, Reporter],
                organisation: Seat::Any,
                opens: ScopeKind::Own,
            },
            Self::ReadReadiness => Rule {
                functions: &[Administrator, Reporter, Approver, Auditor],
                organisation: Seat::Any,
                opens: ScopeKind::Accounts,
            },
            Self::KeepReadiness => Rule {
                functions: &[Administrator, Reporter],
                organisation: Seat::Any,
                opens: ScopeKind::Accounts,
            },
        }
    }
}
