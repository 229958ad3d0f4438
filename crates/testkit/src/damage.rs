//! Doing to a data file what only an accident or another program does.

use std::path::Path;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

/// Runs `statement` on the SQLite file at `path`, around every check of the store.
pub async fn run_on_file(path: &Path, statement: &str) {
    let url = format!("sqlite:{}", path.display());
    let mut connection = SqliteConnection::connect(&url).await.expect("the data file opens");
    connection.execute(AssertSqlSafe(statement.to_owned())).await.expect("the statement runs");
    connection.close().await.expect("the data file closes");
}

/// Runs `statement` on the server at `url`, around every check of the store.
pub(crate) async fn run_on_server(url: &str, statement: &str) {
    let mut connection = PgConnection::connect(url).await.expect("the server answers");
    connection.execute(AssertSqlSafe(statement.to_owned())).await.expect("the statement runs");
    connection.close().await.expect("the connection closes");
}
