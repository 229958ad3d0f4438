//! A whole node in this process.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{Router, body::Body, extract::ConnectInfo};
use http_body_util::BodyExt;
use model::{Caller, Function, Instant, Subject};
use regime::Library;
use service::{Clock, From, NewClient, NewUser, Service, SignIn};
use store::{Options, Store};
use tempfile::TempDir;
use tower::ServiceExt;
use vault::MasterKey;

use crate::{Answer, Place, Request, World, fresh_database, laws};

/// The passwords of the people of the world.
const PASSWORD: &str = "a bell in every town";

/// A node with its world, its clock at 2026-03-06T15:30:00Z until the test turns it.
pub struct TestNode {
    /// The use cases.
    pub service: Service,
    /// The organisations.
    pub world: World,
    router: Router,
    people: AtomicU32,
    options: Options,
    library: Arc<Library>,
    /// The master key as text.
    key: String,
    /// Deleted with the node.
    _folder: Option<TempDir>,
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct Session {
    /// The header `Cookie`.
    pub cookie: String,
    /// The header `X-CSRF-Token`.
    pub csrf: String,
    /// Who is signed in.
    pub caller: Caller,
}

impl TestNode {
    /// A node on a SQLite file of its own.
    pub async fn sqlite() -> Self {
        Self::with_laws(laws::library()).await
    }

    /// A node on SQLite with other laws.
    pub async fn with_laws(library: Arc<Library>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the data");
        let options = Options::sqlite(folder.path().join("beffroi.sqlite"));
        Self::open(&options, library, Some(folder)).await
    }

    /// A node on a PostgreSQL database of its own; none without a server, and then the skip is told.
    pub async fn postgres() -> Option<Self> {
        let url = fresh_database(std::thread::current().name().unwrap_or("a test")).await?;
        Some(Self::open(&Options::Postgres { url, connections: 4 }, laws::library(), None).await)
    }

    async fn open(options: &Options, library: Arc<Library>, folder: Option<TempDir>) -> Self {
        let clock = Clock::fixed("2026-03-06T15:30:00Z".parse().expect("an instant"));
        let key = MasterKey::generate();
        let again = key.text().to_string();
        let store = Store::open(options, key).await.expect("the store opens");
        store.migrate(clock.now()).await.expect("the tables are made");
        let service = Service::new(store, Arc::clone(&library), clock);
        let world = World::enter(&service).await;
        let settings = web::Settings {
            secure_cookies: false,
            public_address: "http://127.0.0.1".to_owned(),
            trust_proxy: false,
        };
        let router = web::router(service.clone(), settings);
        Self {
            service,
            world,
            router,
            people: AtomicU32::new(0),
            options: options.clone(),
            library,
            key: again,
            _folder: folder,
        }
    }

    /// Another replica: it shares the database and the clock, and nothing else.
    pub async fn replica(&self) -> Service {
        self.replica_with(Arc::clone(&self.library)).await
    }

    /// The node as it starts again with other laws.
    pub async fn replica_with(&self, library: Arc<Library>) -> Service {
        let key = MasterKey::read(&self.key).expect("the key of the node");
        let store = Store::open(&self.options, key).await.expect("the store opens");
        Service::new(store, library, self.service.clock().clone())
    }

    /// The address of the database, when it is a server.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        match &self.options {
            Options::Sqlite { .. } => None,
            Options::Postgres { url, .. } => Some(url),
        }
    }

    /// Runs `statement` on the database, around every check of the store.
    pub async fn damage(&self, statement: &str) {
        match &self.options {
            Options::Sqlite { path, .. } => crate::damage::run_on_file(path, statement).await,
            Options::Postgres { url, .. } => crate::damage::run_on_server(url, statement).await,
        }
    }

    /// The instant at which the clock stands.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.service.clock().now()
    }

    /// Somebody of `place` with `functions`, who has an account but no password: quick.
    pub async fn person(&self, place: &Place, functions: &[Function]) -> Caller {
        let (new, _mail) = self.new_user(place, functions);
        let name = new.name.clone();
        let invitation = self.service.invite_user(new).await.expect("the person is invited");
        Caller {
            subject: Subject::User(invitation.user),
            name,
            organisation: place.id,
            roles: place.roles.clone(),
            functions: functions.to_vec(),
        }
    }

    /// The secret of a machine client of `place` with `functions`: quick.
    pub async fn client(&self, place: &Place, functions: &[Function]) -> String {
        let new = NewClient {
            organisation: place.id,
            name: "a machine".to_owned(),
            functions: functions.to_vec(),
            valid_days: 30,
        };
        self.service.create_client(new).await.expect("the client is made").secret
    }

    /// Somebody of `place` with `functions`, signed in with a password: slower, two hashes.
    pub async fn session(&self, place: &Place, functions: &[Function]) -> Session {
        let (new, mail) = self.new_user(place, functions);
        let invitation = self.service.invite_user(new).await.expect("the person is invited");
        let accepted = self.service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await;
        accepted.expect("the invitation is accepted");
        let sign_in = SignIn { mail, password: PASSWORD.to_owned(), from: From::source("127.0.0.1") };
        let step = self.service.sign_in(sign_in).await.expect("the person signs in");
        let signed_in = step.session().expect("no second factor is asked");
        let session = self.service.session(&signed_in.token).await.expect("the session lives");
        Session {
            cookie: format!("beffroi={}", signed_in.token),
            csrf: signed_in.csrf_token,
            caller: session.caller,
        }
    }

    fn new_user(&self, place: &Place, functions: &[Function]) -> (NewUser, String) {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let mail = format!("person-{number}@example.eu");
        let names: Vec<&str> = functions.iter().map(|function| function.name()).collect();
        let new = NewUser {
            organisation: place.id,
            name: format!("Person {number}, {} of {}", names.join(" and "), place.name),
            mail: mail.clone(),
            functions: functions.to_vec(),
        };
        (new, mail)
    }

    /// Hands `request` to the router without a network.
    pub async fn call(&self, request: Request) -> Answer {
        let mut handed: axum::http::Request<Body> = request.into();
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 40_000));
        handed.extensions_mut().insert(ConnectInfo(peer));
        let (head, body) =
            self.router.clone().oneshot(handed).await.expect("the router answers").into_parts();
        let headers = head
            .headers
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
        Answer { status: head.status.as_u16(), headers, body }
    }

    /// Serves on a port of this machine for as long as the runtime lives.
    pub async fn listen(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let router = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }
}
