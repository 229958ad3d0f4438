//! What can go wrong between a use case and the database.

use crate::dialect;

/// Why the store did not do it. Nothing was changed: the transaction is to be dropped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused, or could not be reached.
    #[error("the database refused: {0}")]
    Database(#[source] sqlx::Error),
    /// A sealed column could not be sealed or opened.
    #[error("sealing or opening {place}: {source}")]
    Sealed {
        /// Table and column.
        place: String,
        /// What the vault said.
        #[source]
        source: vault::SealError,
    },
    /// The master key at hand is not the one that wraps the keys of this data.
    #[error("the master key does not open this data: {0}")]
    MasterKey(#[from] vault::UnlockError),
    /// The tables are not those of this program.
    #[error("{0}")]
    Schema(String),
    /// What stands in a column cannot be read; names the column and the rule.
    #[error("the data is damaged: {0}")]
    Damaged(String),
    /// Somebody else wrote the same thing first.
    #[error("somebody else wrote the same thing first ({0}); read again and repeat")]
    Taken(String),
    /// The scope does not open the row that was to be written.
    #[error("the scope of this transaction does not reach {0}; ask policy for another")]
    OutOfScope(&'static str),
    /// An idempotency key came back with another request.
    #[error("this Idempotency-Key was used for another request; take a new key for a new request")]
    KeyReused,
    /// Others hold the lock, or every connection is taken: try again.
    #[error("the database is busy; try again in a moment")]
    Busy,
    /// So many jobs wait that no more are taken: the work outside has stood still for long.
    #[error("the queue of jobs is full; see `beffroi doctor` for what keeps the worker from its work")]
    QueueFull,
    /// The disk, or the room that was granted, is full.
    #[error("the disk of the database is full; nothing was saved; make room and repeat")]
    Full,
    /// The data file cannot be made or opened.
    #[error("the data file {path} cannot be opened: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A document could not be written as JSON or read back.
    #[error("a document of {place} is not the JSON that this program writes: {source}")]
    Document {
        /// Table and column.
        place: String,
        /// What serde said.
        #[source]
        source: serde_json::Error,
    },
}

/// The answer of the store.
pub type Result<T> = std::result::Result<T, Error>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match dialect::complaint(&error) {
            dialect::Complaint::Busy => Self::Busy,
            dialect::Complaint::Full => Self::Full,
            dialect::Complaint::Taken(what) => Self::Taken(what),
            dialect::Complaint::Other => Self::Database(error),
        }
    }
}
