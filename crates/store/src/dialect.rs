//! The only place that knows how the two databases differ.

use std::{path::Path, time::Duration};

use sqlx::{
    Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    pool::PoolConnectionMetadata,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::error::{Error, Result};

/// How long a write waits for the others.
const PATIENCE: Duration = Duration::from_secs(10);

/// After so long without work a connection is asked whether it still stands.
const RESTED: Duration = Duration::from_secs(1);

/// The two databases.
#[derive(Clone, Debug)]
pub enum Database {
    /// One file, one writer, many readers.
    Sqlite {
        /// One connection.
        writer: SqlitePool,
        /// Several.
        readers: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction on either.
pub enum Connection {
    /// On the file.
    Sqlite(Transaction<'static, Sqlite>),
    /// On the server.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs the same tokens on either arm: `$kind` is the database type, `$c` the connection.
macro_rules! on {
    ($connection:expr, |$kind:ident, $c:ident| $body:expr) => {
        match $connection {
            $crate::dialect::Connection::Sqlite(transaction) => {
                type $kind = sqlx::Sqlite;
                let $c = &mut **transaction;
                $body
            }
            $crate::dialect::Connection::Postgres(transaction) => {
                type $kind = sqlx::Postgres;
                let $c = &mut **transaction;
                $body
            }
        }
    };
}
pub(crate) use on;

/// Opens, or makes, the data file. Durable before quick: WAL with `synchronous=FULL`; deleted
/// keys are overwritten (`secure_delete`), or erasing would be a word.
pub async fn open_sqlite(path: &Path, readers: u32, largest_bytes: Option<u64>) -> Result<Database> {
    own_file(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-4096")
        .statement_cache_capacity(256);
    let writing = options.clone().pragma("cache_size", "-16384");
    let writing = match largest_bytes {
        Some(bytes) => writing.pragma("max_page_count", (bytes / PAGE_BYTES).max(1).to_string()),
        None => writing,
    };
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        // Nothing lies between us and the file that could have gone away meanwhile.
        .test_before_acquire(false)
        // When the disk is full SQLite rolls back by itself, and the driver goes on counting a transaction
        // that is gone: such a connection is replaced, else the node could never write again.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(writing)
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(readers.max(1))
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Database::Sqlite { writer, readers })
}

/// The page size that SQLite takes for a new file.
const PAGE_BYTES: u64 = 4096;

/// Makes the file readable for its owner alone, before SQLite would make it for everybody.
fn own_file(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|source| Error::File { path: path.display().to_string(), source })
}

/// Connects to the server. Whatever its configuration says, we wait for the disk.
pub async fn open_postgres(url: &str, connections: u32) -> Result<Database> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name("beffroi").statement_cache_capacity(256).options([
        ("synchronous_commit", "on"),
        ("lock_timeout", "10s"),
        ("statement_timeout", "60s"),
        ("idle_in_transaction_session_timeout", "60s"),
        ("jit", "off"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(connections.max(1))
        .test_before_acquire(false)
        .before_acquire(|connection, known| Box::pin(answers(connection, known)))
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await?;
    Ok(Database::Postgres(pool))
}

/// Asks a connection that has rested whether the server is still there; one just used need not be asked,
/// which would be one more journey to the server for every transaction.
async fn answers(connection: &mut PgConnection, known: PoolConnectionMetadata) -> sqlx::Result<bool> {
    if known.idle_for > RESTED {
        connection.ping().await?;
    }
    Ok(true)
}

impl Database {
    /// Begins a transaction that only reads, on one unchanging picture of the data.
    pub async fn begin_reading(&self) -> Result<Connection> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Connection::Sqlite(readers.begin_with("BEGIN DEFERRED").await?),
            Self::Postgres(pool) => Connection::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        })
    }

    /// Begins a transaction that writes. On SQLite it takes the lock at once, so that it never
    /// has to give up half-way.
    pub async fn begin_writing(&self) -> Result<Connection> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Connection::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Connection::Postgres(pool.begin().await?),
        })
    }

    /// Closes every connection; on SQLite the log is folded into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Things of which only one may happen at a time on all replicas.
#[derive(Clone, Copy, Debug)]
pub enum Election {
    /// Bringing the tables up to date.
    Migration,
    /// Chaining the audit.
    AuditChain,
    /// Making the key of a holder.
    HolderKey,
}

impl Election {
    const fn number(self) -> i64 {
        match self {
            Self::Migration => 0x4245_4646_0001,
            Self::AuditChain => 0x4245_4646_0002,
            Self::HolderKey => 0x4245_4646_0003,
        }
    }
}

impl Connection {
    /// Waits until this transaction alone does `what`, until it ends. SQLite has one writer anyway.
    pub async fn elect(&mut self, what: Election) -> Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(transaction) => {
                sqlx::query("SELECT pg_advisory_xact_lock($1)")
                    .bind(what.number())
                    .execute(&mut **transaction)
                    .await?;
                Ok(())
            }
        }
    }

    /// What a question ends with that takes rows for itself: rows which another replica has taken are
    /// passed over. SQLite has one writer, which sees nobody else's.
    pub const fn passing_over(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// The instant by the server's clock, in microseconds; none on SQLite, which has no clock of its own.
    pub async fn server_micros(&mut self) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(transaction) => {
                let question = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT";
                Ok(Some(sqlx::query_scalar(question).fetch_one(&mut **transaction).await?))
            }
        }
    }

    /// How the database promises to keep what it acknowledged: name to value.
    pub async fn durability(&mut self) -> Result<Vec<(String, String)>> {
        let mut settings = Vec::new();
        match self {
            Self::Sqlite(transaction) => {
                let mode: String =
                    sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut **transaction).await?;
                settings.push(("journal_mode".to_owned(), mode));
                for (name, question) in SQLITE_SETTINGS {
                    let value: i64 = sqlx::query_scalar(*question).fetch_one(&mut **transaction).await?;
                    settings.push(((*name).to_owned(), value.to_string()));
                }
            }
            Self::Postgres(transaction) => {
                for (name, question) in POSTGRES_SETTINGS {
                    let value: String = sqlx::query_scalar(*question).fetch_one(&mut **transaction).await?;
                    settings.push(((*name).to_owned(), value));
                }
            }
        }
        Ok(settings)
    }

    /// Every table with its columns, for the comparison with the list of clear columns.
    pub async fn columns(&mut self) -> Result<Vec<(String, String)>> {
        Ok(match self {
            Self::Sqlite(transaction) => {
                sqlx::query_as(
                    "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2",
                )
                .fetch_all(&mut **transaction)
                .await?
            }
            Self::Postgres(transaction) => {
                sqlx::query_as(
                    "SELECT table_name::text, column_name::text FROM information_schema.columns
                 WHERE table_schema = current_schema() ORDER BY 1, 2",
                )
                .fetch_all(&mut **transaction)
                .await?
            }
        })
    }

    /// Whether a table of that name is there.
    pub async fn has_table(&mut self, name: &str) -> Result<bool> {
        Ok(self.columns().await?.iter().any(|(table, _)| table == name))
    }

    /// Runs the statements of a migration.
    pub async fn run_script(&mut self, script: &'static str) -> Result<()> {
        on!(self, |_Kind, connection| sqlx::raw_sql(script).execute(connection).await.map(drop))?;
        Ok(())
    }
}

const SQLITE_SETTINGS: &[(&str, &str)] = &[
    ("synchronous", "PRAGMA synchronous"),
    ("foreign_keys", "PRAGMA foreign_keys"),
    ("secure_delete", "PRAGMA secure_delete"),
    ("busy_timeout", "PRAGMA busy_timeout"),
];

const POSTGRES_SETTINGS: &[(&str, &str)] = &[
    ("synchronous_commit", "SHOW synchronous_commit"),
    ("fsync", "SHOW fsync"),
    ("full_page_writes", "SHOW full_page_writes"),
];

/// What a database error means for the caller.
pub enum Complaint {
    Busy,
    Full,
    Taken(String),
    Other,
}

/// Reads the codes of both databases.
pub fn complaint(error: &sqlx::Error) -> Complaint {
    match error {
        // A server that is restarted ends its connections and takes no new ones for a while.
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => Complaint::Busy,
        sqlx::Error::Database(said) if said.is_unique_violation() => {
            Complaint::Taken(said.constraint().unwrap_or("a unique value").to_owned())
        }
        sqlx::Error::Database(said) => said.code().map_or(Complaint::Other, |code| by_code(&code)),
        _ => Complaint::Other,
    }
}

fn by_code(code: &str) -> Complaint {
    match code {
        // PostgreSQL, Appendix A: serialization_failure, deadlock_detected, lock_not_available,
        // too_many_connections, admin_shutdown, crash_shutdown, cannot_connect_now
        "40001" | "40P01" | "55P03" | "53300" | "57P01" | "57P02" | "57P03" => Complaint::Busy,
        // disk_full
        "53100" => Complaint::Full,
        // SQLite result codes: BUSY, LOCKED, BUSY_SNAPSHOT, BUSY_TIMEOUT, LOCKED_SHAREDCACHE
        "5" | "6" | "517" | "773" | "262" => Complaint::Busy,
        // FULL; and IOERR_SHMSIZE, which is a full disk met while the shared memory grows
        "13" | "4874" => Complaint::Full,
        _ => Complaint::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_the_manuals_say() {
        for code in ["40001", "40P01", "55P03", "53300", "57P01", "57P02", "5", "6", "517"] {
            assert!(matches!(by_code(code), Complaint::Busy), "{code}");
        }
        assert!(matches!(by_code("53100"), Complaint::Full));
        assert!(matches!(by_code("13"), Complaint::Full));
        assert!(matches!(by_code("42P01"), Complaint::Other));
        assert!(matches!(complaint(&sqlx::Error::PoolTimedOut), Complaint::Busy));
        assert!(matches!(complaint(&sqlx::Error::RowNotFound), Complaint::Other));
    }
}
