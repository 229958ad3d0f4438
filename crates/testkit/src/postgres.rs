//! A database of its own on the PostgreSQL server of the test run.

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::skipped;

/// The environment variable with the server of the test run.
pub const VARIABLE: &str = "TEST_POSTGRES_URL";

/// The address of a fresh, empty database; none without a server, and then the skip is told.
pub async fn fresh_database(what: &str) -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = std::env::var(VARIABLE) else {
        skipped(&format!("{what} on PostgreSQL: {VARIABLE} is not set"));
        return None;
    };
    let name = format!("test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&server).await.expect("the server of the test run answers");
    for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        connection.execute(AssertSqlSafe(statement)).await.expect("a fresh database");
    }
    connection.close().await.expect("the connection closes");
    Some(with_database(&server, &name))
}

/// Cuts every connection to the database at `url`, as a restart of the server does.
pub async fn cut_connections(url: &str) {
    let mut connection = PgConnection::connect(url).await.expect("the server answers");
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
    connection.execute(cut).await.expect("the connections are cut");
    connection.close().await.expect("the connection closes");
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let host_end = address.find("://").map_or(0, |at| at + 3);
    let (scheme, rest) = address.split_at(host_end);
    let host = rest.split('/').next().unwrap_or("");
    let question = if options.is_empty() { "" } else { "?" };
    format!("{scheme}{host}/{name}{question}{options}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_changes() {
        for (server, wanted) in [
            ("postgres://a:b@localhost:5432/postgres", "postgres://a:b@localhost:5432/x"),
            ("postgres://localhost", "postgres://localhost/x"),
            ("postgres:///postgres?host=/tmp/pg&user=p", "postgres:///x?host=/tmp/pg&user=p"),
        ] {
            assert_eq!(with_database(server, "x"), wanted);
        }
    }
}
