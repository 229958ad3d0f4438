//! What a use case can answer instead of its result. One place in `web` turns it into HTTP.

use policy::Denied;
use regime::Problem;

use crate::view::Conflict;

/// Why a use case was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The thing does not exist, or not for this caller: the two look the same.
    #[error("there is no such {0}, or it is not yours to see")]
    NotFound(&'static str),
    /// The caller's functions do not include it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The caller is not signed in, or no longer.
    #[error("sign in first")]
    NotSignedIn,
    /// What was handed in cannot be taken.
    #[error("{} to mend: {}", .0.len(), .0.first().map_or("", |problem| problem.message.as_str()))]
    Invalid(Vec<Problem>),
    /// Somebody else changed the same fields.
    #[error("somebody else changed the same answers; nothing was overwritten")]
    Conflict {
        /// The revision that stands now.
        revision: i64,
        /// The fields with both values.
        conflicts: Vec<Conflict>,
    },
    /// The state of the thing does not allow it.
    #[error("{0}")]
    Refused(String),
    /// Too many attempts.
    #[error("too many attempts; try again in {retry_after_seconds} seconds")]
    Throttled {
        /// How long to wait.
        retry_after_seconds: u64,
    },
    /// The disk is full: nothing was saved.
    #[error("the node's disk is full; nothing was saved, nothing was lost")]
    Full,
    /// The database is busy: try again.
    #[error("the node is busy; try again in a moment")]
    Busy,
    /// Something that is not the caller's fault.
    #[error("internal error: {0}")]
    Internal(String),
}

/// The answer of a use case.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// One problem with one field of the input.
    #[must_use]
    pub fn invalid(field: &str, rule: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem {
            field: field.to_owned(),
            pointer: format!("/{field}"),
            rule: rule.to_owned(),
            message: message.into(),
        }])
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Full => Self::Full,
            store::Error::Busy | store::Error::Taken(_) | store::Error::QueueFull => Self::Busy,
            store::Error::KeyReused => Self::Refused(error.to_string()),
            store::Error::Database(_)
            | store::Error::Sealed { .. }
            | store::Error::MasterKey { .. }
            | store::Error::Schema(_)
            | store::Error::Damaged(_)
            | store::Error::OutOfScope(_)
            | store::Error::File { .. }
            | store::Error::Document { .. } => Self::Internal(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
