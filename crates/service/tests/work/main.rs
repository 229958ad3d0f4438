//! What a stranger asks costs the same work whether or not somebody is known: counted in statements,
//! not by a clock. A binary of its own, since the log that counts is the log of the whole process.
#![expect(clippy::unwrap_used, reason = "what fails fails the test")]

use std::{
    io::{self, Write},
    sync::Mutex,
};

use model::Function;
use service::{Error, From, NewRegistration, NewUser, SignIn};
use testkit::TestNode;

/// The statements since the last look, without their values.
static STATEMENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A log that keeps the statements.
struct Count;

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = String::from_utf8_lossy(bytes);
        if let Some(summary) = line.split("summary=\"").nth(1).and_then(|rest| rest.split('"').next()) {
            // A pool may open another connection at any time: that tells nothing about who asked.
            if !summary.starts_with("PRAGMA") {
                STATEMENTS.lock().unwrap().push(summary.to_owned());
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn taken() -> Vec<String> {
    std::mem::take(&mut *STATEMENTS.lock().unwrap())
}

const KNOWN: &str = "ada@example.eu";
const PASSWORD: &str = "eleven towers and a bell";

async fn sign_in(node: &TestNode, mail: &str) -> Vec<String> {
    let from = From::source("192.0.2.1");
    let sign_in = SignIn { mail: mail.to_owned(), password: "not the password".to_owned(), from };
    taken();
    assert!(matches!(node.service.sign_in(sign_in).await, Err(Error::Refused(_))));
    taken()
}

async fn reset(node: &TestNode, mail: &str) -> Vec<String> {
    taken();
    node.service.ask_reset(mail, "192.0.2.1").await.unwrap();
    taken()
}

async fn register(node: &TestNode, mail: &str, name: &str) -> Vec<String> {
    let new = NewRegistration {
        name: name.to_owned(),
        country: "LU".to_owned(),
        contact: "Lea Klein".to_owned(),
        mail: mail.to_owned(),
        answers: [("entity.sector".to_owned(), "health".to_owned())].into(),
    };
    taken();
    node.service.register(new, "192.0.2.1").await.unwrap();
    taken()
}

async fn invitation(node: &TestNode, token: &str) -> Vec<String> {
    taken();
    assert!(matches!(node.service.invitation(token).await, Err(Error::NotFound(_))));
    taken()
}

#[tokio::test]
async fn a_stranger_costs_the_same_work_whoever_is_known() {
    let log = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG);
    log.with_writer(|| Count).with_ansi(false).init();
    let node = TestNode::sqlite().await;
    let new = NewUser {
        organisation: node.world.hospital.id,
        name: "Ada Weber".to_owned(),
        mail: KNOWN.to_owned(),
        functions: vec![Function::Reporter],
    };
    let invited = node.service.invite_user(new).await.unwrap();
    node.service.accept_invitation(&invited.token, PASSWORD.to_owned()).await.unwrap();

    let known = sign_in(&node, KNOWN).await;
    assert!(known.len() > 5, "the log was on: {known:?}");
    assert_eq!(known, sign_in(&node, "nobody@example.eu").await);
    let known = reset(&node, KNOWN).await;
    assert!(known.len() > 2, "{known:?}");
    assert_eq!(known, reset(&node, "nobody@example.eu").await);
    let known = register(&node, KNOWN, "Hospital of the North").await;
    assert!(known.len() > 2, "{known:?}");
    assert_eq!(known, register(&node, "nobody@example.org", "Nobody at all").await);
    assert_eq!(invitation(&node, &invited.token).await, invitation(&node, "a guess").await);
}
