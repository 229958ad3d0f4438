//! Secrets and answers are in no log line and in no debug output.

use std::{
    fmt::Debug,
    io::{self, Write},
    marker::PhantomData,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use model::Function;
use serde_json::json;
use service::{ClientSecret, Invitation, SignIn, SignedIn, view::Respond};
use testkit::TestNode;

use crate::story::{file, officer, open, ransomware, reporter};

static WORDS: OnceLock<Mutex<Vec<String>>> = OnceLock::new();
static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LINES: AtomicUsize = AtomicUsize::new(0);

/// A log that keeps only the lines in which a secret stands.
struct Watch;

impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.fetch_add(1, Ordering::Relaxed);
        let line = String::from_utf8_lossy(bytes);
        let words = WORDS.get_or_init(Mutex::default).lock().unwrap();
        if words.iter().any(|word| line.contains(word.as_str())) {
            FOUND.lock().unwrap().push(line.into_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn watch_for(word: &str) {
    WORDS.get_or_init(Mutex::default).lock().unwrap().push(word.to_owned());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_line_of_the_log_holds_a_secret_or_an_answer() {
    let log = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
    log.with_writer(|| Watch).with_ansi(false).init();
    let mut nodes = vec![TestNode::sqlite().await];
    nodes.extend(TestNode::postgres().await);
    for node in nodes {
        live(&node).await;
    }
    assert!(LINES.load(Ordering::Relaxed) > 100, "the log was on");
    let found = FOUND.lock().unwrap();
    assert!(found.is_empty(), "{}", found.join(""));
}

/// Everything secret that a day brings.
async fn live(node: &TestNode) {
    watch_for("a bell in every town");
    watch_for("canary-wrong-password");
    let session = node.session(&node.world.hospital, &[Function::Reporter]).await;
    watch_for(session.cookie.trim_start_matches("beffroi="));
    watch_for(&session.csrf);
    node.service.session(session.cookie.trim_start_matches("beffroi=")).await.unwrap();
    let guess = SignIn {
        mail: "nobody@example.eu".to_owned(),
        password: "canary-wrong-password".to_owned(),
        from: service::From::source("192.0.2.1"),
    };
    node.service.sign_in(guess).await.map(|_| ()).unwrap_err();
    let secret = node.client(&node.world.hospital, &[Function::Reporter]).await;
    watch_for(&secret);
    node.service.client(&secret).await.unwrap();

    let (ada, carl) = (reporter(node, &node.world.hospital).await, officer(node, &node.world.csirt).await);
    let mut answers = ransomware(node.service.clock().now());
    for field in ["title", "significance_reason"] {
        answers[field] = json!(format!("canary-{field}"));
        watch_for(&format!("canary-{field}"));
    }
    let view = open(node, &ada, answers).await;
    let filed = file(node, &ada, view.id, "early_warning").await;
    watch_for("canary-response");
    let response = Respond { text: "canary-response".to_owned(), ..Respond::default() };
    node.service.respond(&carl, filed.filing, response, None).await.unwrap();
    node.service.chain_audit().await.unwrap();
}

/// Whether a type can be printed for debugging.
struct Printable<T>(PhantomData<T>);

impl<T: Debug> Printable<T> {
    const YES: bool = true;
}

trait Otherwise {
    const YES: bool = false;
}

impl<T> Otherwise for Printable<T> {}

#[test]
fn what_holds_a_secret_cannot_be_printed() {
    let printable = [
        Printable::<SignIn>::YES,
        Printable::<SignedIn>::YES,
        Printable::<Invitation>::YES,
        Printable::<ClientSecret>::YES,
        Printable::<service::Session>::YES,
        // That the question is asked rightly: a text can be printed.
        Printable::<String>::YES,
    ];
    assert_eq!(printable, [false, false, false, false, false, true]);
}
