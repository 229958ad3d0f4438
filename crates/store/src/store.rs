//! The store and its transactions.

use std::{path::PathBuf, sync::Arc};

use model::{Instant, OrganisationId};
use policy::{Scope, ScopeKind};
use vault::{Holder, Keyring, MasterKey};

use crate::{
    dialect::{self, Connection, Database, Election, on},
    error::{Error, Result},
    migration,
    statement::{Cell, Row, Statement},
};

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Options {
    /// One file, made when it is not there. The write-ahead log stands beside it.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// How many connections read at the same time; 4 is a good number.
        readers: u32,
        /// The room that the file may take, in bytes; more is answered with [`Error::Full`].
        largest_bytes: Option<u64>,
    },
    /// A PostgreSQL server, 15 or later.
    Postgres {
        /// `postgres://user:password@host/database`; `?options=-csearch_path%3Dname` takes a schema.
        url: String,
        /// How many connections this process may hold.
        connections: u32,
    },
}

impl Options {
    /// A data file with the usual four readers and no limit.
    #[must_use]
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self::Sqlite { path: path.into(), readers: 4, largest_bytes: None }
    }

    /// A server with the usual sixteen connections.
    #[must_use]
    pub fn postgres(url: impl Into<String>) -> Self {
        Self::Postgres { url: url.into(), connections: 16 }
    }
}

/// The database with the keys that open its documents. A clone shares both.
#[derive(Clone)]
pub struct Store {
    database: Database,
    master: Arc<MasterKey>,
    keyring: Keyring,
}

/// A transaction. Dropped without [`Tx::commit`], nothing has happened.
pub struct Tx {
    pub(crate) connection: Connection,
    pub(crate) master: Arc<MasterKey>,
    pub(crate) keyring: Keyring,
}

impl Store {
    /// Connects, and unlocks the holder keys when the tables are there already.
    ///
    /// # Errors
    /// [`Error::MasterKey`] when `master` does not belong to this data; [`Error::Schema`] when a
    /// newer program made the tables; [`Error::File`] or [`Error::Database`] when there is no way in.
    pub async fn open(options: &Options, master: MasterKey) -> Result<Self> {
        let database = match options {
            Options::Sqlite { path, readers, largest_bytes } => {
                dialect::open_sqlite(path, *readers, *largest_bytes).await?
            }
            Options::Postgres { url, connections } => dialect::open_postgres(url, *connections).await?,
        };
        let store = Self { database, master: Arc::new(master), keyring: Keyring::new() };
        let mut tx = store.read().await?;
        if migration::version(&mut tx).await? > 0 {
            tx.unlock_all().await?;
        }
        Ok(store)
    }

    /// Brings the tables up to date, makes the node's own key on first use, unlocks all keys.
    /// Safe to call at every start and from several replicas at once.
    ///
    /// # Errors
    /// [`Error::Schema`] when a newer program made the tables; [`Error::MasterKey`] when the
    /// master key does not belong to this data.
    pub async fn migrate(&self, at: Instant) -> Result<()> {
        let mut tx = self.write().await?;
        tx.connection.elect(Election::Migration).await?;
        migration::run(&mut tx).await?;
        tx.ensure_holder(Holder::Node, at).await?;
        tx.unlock_all().await?;
        tx.commit().await
    }

    /// Whether the database answers and its tables are those of this program.
    ///
    /// # Errors
    /// [`Error::Schema`] when `migrate` has not run or a newer program has; [`Error::Database`]
    /// when nobody answers.
    pub async fn ready(&self) -> Result<()> {
        let mut tx = self.read().await?;
        migration::check(&mut tx).await
    }

    /// A transaction that only reads, on one unchanging picture of the data.
    ///
    /// # Errors
    /// [`Error::Busy`] when every connection is taken.
    pub async fn read(&self) -> Result<Tx> {
        self.tx(self.database.begin_reading().await?)
    }

    /// A transaction that may write.
    ///
    /// # Errors
    /// [`Error::Busy`] when others hold the lock for too long.
    pub async fn write(&self) -> Result<Tx> {
        self.tx(self.database.begin_writing().await?)
    }

    fn tx(&self, connection: Connection) -> Result<Tx> {
        Ok(Tx { connection, master: Arc::clone(&self.master), keyring: self.keyring.clone() })
    }

    /// The name of the database: `sqlite` or `postgres`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.database {
            Database::Sqlite { .. } => "sqlite",
            Database::Postgres(_) => "postgres",
        }
    }

    /// Closes every connection; on SQLite the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

impl Tx {
    /// Makes everything of this transaction durable: when this returns, it has reached the disk.
    ///
    /// # Errors
    /// [`Error::Full`], [`Error::Busy`] or [`Error::Database`]; then nothing was kept.
    pub async fn commit(self) -> Result<()> {
        match self.connection {
            Connection::Sqlite(transaction) => transaction.commit().await?,
            Connection::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// How the database promises to keep what it acknowledged: setting to value, for `doctor`.
    ///
    /// # Errors
    /// [`Error::Database`] when it does not answer.
    pub async fn durability(&mut self) -> Result<Vec<(String, String)>> {
        self.connection.durability().await
    }

    /// The instant by the database's own clock; none when it is a file, which has none.
    ///
    /// # Errors
    /// [`Error::Database`] when it does not answer.
    pub async fn server_clock(&mut self) -> Result<Option<Instant>> {
        let micros = self.connection.server_micros().await?;
        micros
            .map(|micros| Instant::from_micros(micros).map_err(|error| Error::Damaged(error.to_string())))
            .transpose()
    }

    /// Every column of every table, for the comparison with [`crate::CLEAR_COLUMNS`].
    ///
    /// # Errors
    /// [`Error::Database`] when the catalogue cannot be read.
    pub async fn columns(&mut self) -> Result<Vec<(String, String)>> {
        self.connection.columns().await
    }

    /// Runs a statement; the number of rows that it touched.
    pub(crate) async fn run(&mut self, statement: Statement) -> Result<u64> {
        on!(&mut self.connection, |Kind, connection| {
            Ok(bound!(Kind, statement).execute(connection).await?.rows_affected())
        })
    }

    /// Runs a statement that must touch one row, else `missing`.
    pub(crate) async fn run_one(&mut self, statement: Statement, missing: &'static str) -> Result<()> {
        if self.run(statement).await? == 0 { Err(Error::OutOfScope(missing)) } else { Ok(()) }
    }

    /// The rows of a query.
    pub(crate) async fn rows(&mut self, statement: Statement) -> Result<Vec<Row>> {
        Ok(match &mut self.connection {
            Connection::Sqlite(transaction) => {
                let rows = bound!(sqlx::Sqlite, statement).fetch_all(&mut **transaction).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Connection::Postgres(transaction) => {
                let rows = bound!(sqlx::Postgres, statement).fetch_all(&mut **transaction).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The one row of a query, if there is one.
    pub(crate) async fn row(&mut self, statement: Statement) -> Result<Option<Row>> {
        Ok(self.rows(statement).await?.into_iter().next())
    }
}

/// The query of a statement with its values bound.
macro_rules! bound {
    ($kind:ty, $statement:expr) => {{
        let Statement { sql, cells } = $statement;
        cells.into_iter().fold(sqlx::query::<$kind>(sql), |query, cell| match cell {
            Cell::Uuid(value) => query.bind(value),
            Cell::Number(value) => query.bind(value),
            Cell::Text(value) => query.bind(value),
            Cell::Bytes(value) => query.bind(value),
            Cell::Flag(value) => query.bind(value),
        })
    }};
}
use bound;

/// The organisation whose own records the scope opens, if it opens any.
pub(crate) fn own(scope: &Scope) -> Option<OrganisationId> {
    match scope.kind() {
        ScopeKind::Own | ScopeKind::Node => Some(scope.organisation()),
        ScopeKind::Received
        | ScopeKind::Directory
        | ScopeKind::Accounts
        | ScopeKind::Registrations
        | ScopeKind::Approvals
        | ScopeKind::ApprovalSeats => None,
    }
}

/// The organisation whose accounts, clients and profile the scope opens, if it opens any.
pub(crate) fn accounts(scope: &Scope) -> Option<OrganisationId> {
    match scope.kind() {
        ScopeKind::Own | ScopeKind::Node | ScopeKind::Accounts => Some(scope.organisation()),
        ScopeKind::Received
        | ScopeKind::Directory
        | ScopeKind::Registrations
        | ScopeKind::Approvals
        | ScopeKind::ApprovalSeats => None,
    }
}

/// As [`accounts`], for a write.
pub(crate) fn accounts_or(scope: &Scope, what: &'static str) -> Result<OrganisationId> {
    accounts(scope).ok_or(Error::OutOfScope(what))
}

/// As [`own`], for a write.
pub(crate) fn own_or(scope: &Scope, what: &'static str) -> Result<OrganisationId> {
    own(scope).ok_or(Error::OutOfScope(what))
}

/// Which side of a filing the scope sees it from.
pub(crate) fn side(scope: &Scope, conditions: SideConditions) -> &'static str {
    match scope.kind() {
        ScopeKind::Own => conditions.filer,
        ScopeKind::Received => conditions.recipient,
        ScopeKind::Node => conditions.either,
        ScopeKind::Directory
        | ScopeKind::Accounts
        | ScopeKind::Registrations
        | ScopeKind::Approvals
        | ScopeKind::ApprovalSeats => "1 = 0",
    }
}

/// The three conditions on `$2`, the organisation of the scope.
#[derive(Clone, Copy)]
pub(crate) struct SideConditions {
    filer: &'static str,
    recipient: &'static str,
    either: &'static str,
}

/// For a table alias `f` with the columns `organisation` and `recipient`.
pub(crate) const SIDES: SideConditions = SideConditions {
    filer: "f.organisation = $2",
    recipient: "f.recipient = $2",
    either: "(f.organisation = $2 OR f.recipient = $2)",
};
