//! One SQL text with its values, for either database, and the rows that come back.

use model::Instant;
use sqlx::{
    AssertSqlSafe, Decode, Postgres, Row as _, SqlSafeStr, SqlStr, Sqlite, Type, postgres::PgRow,
    sqlite::SqliteRow,
};
use uuid::Uuid;

use crate::error::{Error, Result};

/// A value to bind; the kind is known also when it is null, as PostgreSQL wants it.
#[derive(Clone, Debug)]
pub enum Cell {
    /// An identifier.
    Uuid(Option<Uuid>),
    /// A count or an instant.
    Number(Option<i64>),
    /// A text.
    Text(Option<String>),
    /// Sealed bytes, hashes.
    Bytes(Option<Vec<u8>>),
    /// Yes or no.
    Flag(Option<bool>),
}

/// What can be bound.
pub trait Bind {
    /// The null of its kind.
    const NULL: Cell;
    /// The value as a cell.
    fn cell(self) -> Cell;
}

macro_rules! bind {
    ($($kind:ty => $cell:ident, |$value:ident| $plain:expr;)+) => {$(
        impl Bind for $kind {
            const NULL: Cell = Cell::$cell(None);

            fn cell(self) -> Cell {
                let $value = self;
                Cell::$cell(Some($plain))
            }
        }
    )+};
}

bind! {
    Uuid => Uuid, |value| value;
    model::OrganisationId => Uuid, |value| value.uuid();
    model::UserId => Uuid, |value| value.uuid();
    model::ClientId => Uuid, |value| value.uuid();
    model::SessionId => Uuid, |value| value.uuid();
    model::InvitationId => Uuid, |value| value.uuid();
    model::RegistrationId => Uuid, |value| value.uuid();
    model::IncidentId => Uuid, |value| value.uuid();
    model::FilingId => Uuid, |value| value.uuid();
    model::ReceiptId => Uuid, |value| value.uuid();
    model::MessageId => Uuid, |value| value.uuid();
    model::RequestId => Uuid, |value| value.uuid();
    model::ApprovalId => Uuid, |value| value.uuid();
    model::LinkId => Uuid, |value| value.uuid();
    model::TermId => Uuid, |value| value.uuid();
    model::KeyId => Uuid, |value| value.uuid();
    model::EventId => Uuid, |value| value.uuid();
    model::JobId => Uuid, |value| value.uuid();
    model::HoldId => Uuid, |value| value.uuid();
    model::NoticeId => Uuid, |value| value.uuid();
    Instant => Number, |value| value.micros();
    i64 => Number, |value| value;
    bool => Flag, |value| value;
    &str => Text, |value| value.to_owned();
    String => Text, |value| value;
    Vec<u8> => Bytes, |value| value;
    [u8; 32] => Bytes, |value| value.to_vec();
}

impl<T: Bind> Bind for Option<T> {
    const NULL: Cell = T::NULL;

    fn cell(self) -> Cell {
        self.map_or(T::NULL, Bind::cell)
    }
}

/// An SQL text with `$1`, `$2`, ... and the values for them.
pub struct Statement {
    pub sql: SqlStr,
    pub cells: Vec<Cell>,
}

/// A statement whose text is fixed.
pub fn sql(text: &'static str) -> Statement {
    Statement { sql: text.into_sql_str(), cells: Vec::new() }
}

/// A statement put together from fixed parts; values never come into the text.
pub fn assembled(text: String) -> Statement {
    Statement { sql: AssertSqlSafe(text).into_sql_str(), cells: Vec::new() }
}

impl Statement {
    /// The next value.
    pub fn bind(mut self, value: impl Bind) -> Self {
        self.cells.push(value.cell());
        self
    }

    /// The next values.
    pub fn bind_all(mut self, values: impl IntoIterator<Item = impl Bind>) -> Self {
        self.cells.extend(values.into_iter().map(Bind::cell));
        self
    }
}

/// How many rows of `columns` values one statement carries. Both databases would take many more
/// values, but SQLite finds each name among those before it: the cost grows with the square.
pub const fn rows_at_once(columns: usize) -> usize {
    1000 / columns
}

/// `($1, $2), ($3, $4)`: the places of `rows` rows of `columns` values.
pub fn places(rows: usize, columns: usize) -> String {
    (0..rows).map(|row| format!("({})", list(row * columns + 1, columns))).collect::<Vec<_>>().join(", ")
}

/// `$3, $4, $5`: `count` places from `first` on.
pub fn list(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// A row of either database.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What both databases give back alike.
pub trait Plain:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl<T> Plain for T where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl Row {
    /// The value of a column.
    pub fn get<T: Plain>(&self, column: &str) -> Result<T> {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        Ok(value?)
    }

    /// The identifier in a column.
    pub fn id<T>(&self, column: &str, make: impl Fn(Uuid) -> T) -> Result<T> {
        Ok(make(self.get(column)?))
    }

    /// The instant in a column.
    pub fn instant(&self, column: &str) -> Result<Instant> {
        instant(column, self.get(column)?)
    }

    /// The instant in a column that may be null.
    pub fn maybe_instant(&self, column: &str) -> Result<Option<Instant>> {
        self.get::<Option<i64>>(column)?.map(|micros| instant(column, micros)).transpose()
    }

    /// The text in a column, read as a word of the domain.
    pub fn word<T>(&self, column: &str) -> Result<T>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        let text: String = self.get(column)?;
        text.parse().map_err(|error| Error::Damaged(format!("column {column}: {error}")))
    }

    /// The duty named by the columns pack, track and stage.
    pub fn duty(&self) -> Result<model::DutyKey> {
        Ok(model::DutyKey { pack: self.get("pack")?, track: self.get("track")?, stage: self.get("stage")? })
    }
}

fn instant(column: &str, micros: i64) -> Result<Instant> {
    Instant::from_micros(micros).map_err(|error| Error::Damaged(format!("column {column}: {error}")))
}
