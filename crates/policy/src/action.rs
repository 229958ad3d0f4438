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
    /// Acknowledge, respond to, or ask further about a received filing.
    HandleReceivedFilings,
    /// Invite people, make clients, keep the profile of the own organisation.
    AdministerOrganisation,
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
}

impl Seat {
    pub(crate) fn holds(&self, caller: &Caller) -> bool {
        match self {
            Self::Any => true,
            Self::Authority => caller.roles.iter().any(|held| Role::is_authority(held.role)),
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
            Self::HandleReceivedFilings => "handling received filings",
            Self::AdministerOrganisation => "administering the organisation",
        }
    }

    /// The table.
    pub(crate) const fn rule(self) -> Rule {
        use Function::{Administrator, Auditor, Officer, Reporter};
        match self {
            Self::ReadDirectory => {
                Rule { functions: Function::ALL, organisation: Seat::Any, opens: ScopeKind::Directory }
            }
            Self::ReadIncidents => {
                Rule { functions: &[Reporter, Auditor], organisation: Seat::Any, opens: ScopeKind::Own }
            }
            Self::WriteIncidents | Self::FileStage => {
                Rule { functions: &[Reporter], organisation: Seat::Any, opens: ScopeKind::Own }
            }
            Self::ReadSentFilings => {
                Rule { functions: &[Reporter, Auditor], organisation: Seat::Any, opens: ScopeKind::Own }
            }
            Self::ReadReceivedFilings => Rule {
                functions: &[Officer, Auditor],
                organisation: Seat::Authority,
                opens: ScopeKind::Received,
            },
            Self::HandleReceivedFilings => {
                Rule { functions: &[Officer], organisation: Seat::Authority, opens: ScopeKind::Received }
            }
            Self::AdministerOrganisation => {
                Rule { functions: &[Administrator], organisation: Seat::Any, opens: ScopeKind::Own }
            }
        }
    }
}
