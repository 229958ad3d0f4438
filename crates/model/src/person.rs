//! Who calls: a person or a machine client, for one organisation, with functions in it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Actor, ClientId, OrganisationId, OrganisationRole, UserId};

/// What a person or a client does in its organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// Invites people and keeps the organisation's profile.
    Administrator,
    /// Records incidents and files reports.
    Reporter,
    /// Handles filings at an authority's desk.
    Officer,
    /// Reads everything of the organisation, changes nothing.
    Auditor,
    /// Approves what is to be filed, also for another organisation that asks for it.
    Approver,
    /// Keeps the node: its organisations, their roles, its health. Given on the command line only.
    Operator,
}

impl Function {
    /// Every function.
    pub const ALL: &[Self] =
        &[Self::Administrator, Self::Reporter, Self::Officer, Self::Auditor, Self::Approver, Self::Operator];

    /// The function as documents and commands write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Reporter => "reporter",
            Self::Officer => "officer",
            Self::Auditor => "auditor",
            Self::Approver => "approver",
            Self::Operator => "operator",
        }
    }
}

/// Why a text names no function.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no function; known functions are {list}", list = Function::ALL.iter().map(|function| function.name()).collect::<Vec<_>>().join(", "))]
pub struct UnknownFunction(String);

impl std::str::FromStr for Function {
    type Err = UnknownFunction;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|function| function.name() == text)
            .ok_or_else(|| UnknownFunction(text.to_owned()))
    }
}

/// The person or machine behind a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Subject {
    /// A person.
    User(UserId),
    /// A machine client.
    Client(ClientId),
}

/// A verified caller: the door has established who it is before any use case runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who calls.
    pub subject: Subject,
    /// How histories and read logs name the caller.
    pub name: String,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// The roles of that organisation.
    pub roles: Vec<OrganisationRole>,
    /// What the caller does there.
    pub functions: Vec<Function>,
}

impl Caller {
    /// The caller as histories keep it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { subject: self.subject, name: self.name.clone() }
    }

    /// Whether the caller has `function`.
    #[must_use]
    pub fn has(&self, function: Function) -> bool {
        self.functions.contains(&function)
    }
}
