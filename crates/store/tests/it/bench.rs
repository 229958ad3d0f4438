//! A node's store to test on, of either kind.

use std::{future::Future, io::Write};

use model::{Caller, Function, Organisation};
use policy::{Action, Scope, for_node, permit};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::{Options, Store, Tx};
use tempfile::TempDir;
use vault::MasterKey;

use crate::sample;

/// The master key of every test.
pub fn master() -> MasterKey {
    MasterKey::from_bytes(*b"0123456789abcdef0123456789ABCDEF")
}

/// The scope that a person with these functions gets for an action.
pub fn permitted(organisation: &Organisation, action: Action) -> Scope {
    let caller = Caller {
        subject: sample::actor(1, "Ada").subject,
        name: "Ada".to_owned(),
        organisation: organisation.id,
        roles: organisation.roles.clone(),
        functions: Function::ALL.to_vec(),
    };
    permit(&caller, action).unwrap()
}

/// A store with three organisations in it.
pub struct Bench {
    pub store: Store,
    pub options: Options,
    pub hospital: Organisation,
    pub cloud: Organisation,
    pub csirt: Organisation,
    _folder: TempDir,
}

impl Bench {
    async fn new(folder: TempDir, options: Options) -> Self {
        let store = Store::open(&options, master()).await.unwrap();
        store.migrate(sample::at(0)).await.unwrap();
        let bench = Self {
            store,
            options,
            hospital: sample::hospital(),
            cloud: sample::cloud(),
            csirt: sample::csirt(),
            _folder: folder,
        };
        let mut tx = bench.write().await;
        for organisation in [&bench.hospital, &bench.cloud, &bench.csirt] {
            tx.insert_organisation(organisation, sample::at(0)).await.unwrap();
        }
        tx.commit().await.unwrap();
        bench
    }

    pub async fn write(&self) -> Tx {
        self.store.write().await.unwrap()
    }

    pub async fn read(&self) -> Tx {
        self.store.read().await.unwrap()
    }

    /// A second process on the same data.
    pub async fn replica(&self) -> Store {
        Store::open(&self.options, master()).await.unwrap()
    }

    pub fn hospital(&self) -> Scope {
        for_node(self.hospital.id)
    }

    pub fn csirt(&self) -> Scope {
        for_node(self.csirt.id)
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        self.count_where(table, "1 = 1").await
    }

    /// How many rows of a table fulfil a condition.
    pub async fn count_where(&self, table: &str, condition: &str) -> i64 {
        let question = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table} WHERE {condition}"));
        match &self.options {
            Options::Sqlite { path, .. } => {
                let url = format!("sqlite://{}", path.display());
                let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
                sqlx::query_scalar(question).fetch_one(&mut connection).await.unwrap()
            }
            Options::Postgres { url, .. } => {
                let mut connection = PgConnection::connect(url).await.unwrap();
                sqlx::query_scalar(question).fetch_one(&mut connection).await.unwrap()
            }
        }
    }

    /// A connection beside the store, for looking at what really stands there.
    pub async fn run_raw(&self, statement: &str, bytes: Option<&[u8]>) {
        match &self.options {
            Options::Sqlite { path, .. } => {
                let url = format!("sqlite://{}", path.display());
                let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
                let mut query = sqlx::query(AssertSqlSafe(statement));
                if let Some(bytes) = bytes {
                    query = query.bind(bytes);
                }
                query.execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Options::Postgres { url, .. } => {
                let mut connection = PgConnection::connect(url).await.unwrap();
                let mut query = sqlx::query(AssertSqlSafe(statement));
                if let Some(bytes) = bytes {
                    query = query.bind(bytes);
                }
                query.execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
        }
    }
}

/// Runs a story on a fresh data file.
pub async fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Bench) -> F) {
    let folder = TempDir::new().unwrap();
    let options = Options::sqlite(folder.path().join("beffroi.db"));
    story(Bench::new(folder, options).await).await;
}

/// Runs a story in a fresh schema of the server, if there is one.
pub async fn on_postgres<F: Future<Output = ()>>(name: &str, story: impl FnOnce(Bench) -> F) {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return skip(name) };
    let word: String = vault::random::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
    let schema = format!("store_{word}");
    let mut admin = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&mut admin).await.unwrap();
    let separator = if server.contains('?') { '&' } else { '?' };
    let options = Options::Postgres {
        url: format!("{server}{separator}options=-csearch_path%3D{schema}"),
        connections: 4,
    };
    story(Bench::new(TempDir::new().unwrap(), options).await).await;
    sqlx::query(AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"))).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
}

fn skip(name: &str) {
    let line = format!("SKIPPED: PostgreSQL half of store test {name}: TEST_POSTGRES_URL is not set");
    println!("{line}");
    if let Ok(path) = std::env::var("BEFFROI_TEST_SKIPS") {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        writeln!(file, "{line}").expect("the list of skipped tests can be written");
    }
}

/// Makes of each named story two tests, one for each database.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[tokio::test]
            async fn sqlite() {
                crate::bench::on_sqlite(super::$story).await;
            }

            #[tokio::test]
            async fn postgres() {
                crate::bench::on_postgres(stringify!($story), super::$story).await;
            }
        }
    )+};
}
pub(crate) use on_both;
