//! From a duty to a mailbox.

use std::{collections::BTreeMap, time::Duration};

use exchange::{MailServer as Settings, Post, Security};
use model::{Caller, DutyKey, Function, Instant, JobId};
use serde_json::{Value, json};
use service::{
    Errand, Mail, Outcome, Service,
    view::{AnswerIn, FileStage, IncidentView, OpenIncident},
};
use testkit::{MailManners, MailServer, TestNode};

/// Makes of each named story two tests, one for each database.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$story(testkit::TestNode::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(node) = testkit::TestNode::postgres().await {
                    super::$story(node).await;
                }
            }
        }
    )+};
}

on_both!(
    a_day_without_the_mail_server_loses_nothing_and_doubles_nothing,
    what_was_filed_meanwhile_is_not_reminded_of,
    an_unknown_address_is_put_aside,
    a_flood_to_one_address_is_slowed_down,
    two_workers_send_each_mail_once,
    a_mail_whose_fate_is_unknown_bears_the_same_name,
);

fn settings(server: &MailServer, security: Security) -> Settings {
    Settings {
        host: "127.0.0.1".to_owned(),
        port: server.address.port(),
        security,
        authority: None,
        account: None,
        from: "Beffroi <beffroi@example.eu>".to_owned(),
        public_address: "https://beffroi.example.eu".to_owned(),
    }
}

fn post(server: &MailServer) -> Post {
    Post::open(&settings(server, Security::Plain)).unwrap()
}

const fn hours(count: u64) -> Duration {
    Duration::from_secs(count * 3600)
}

/// What the worker does in one round; how many errands it had.
async fn round(service: &Service, post: &Post) -> usize {
    let errands: Vec<Errand> = service.errands(10).await.unwrap();
    for errand in &errands {
        let outcome = post.send(&errand.mail).await;
        service.settle(errand, outcome).await.unwrap();
    }
    errands.len()
}

async fn rounds(service: &Service, post: &Post) {
    while round(service, post).await > 0 {}
}

fn ransomware(aware: Instant) -> BTreeMap<String, AnswerIn> {
    let fields = json!({
        "title": "Ransomware, the secret title",
        "aware_significant_at": aware,
        "significance_decision": "significant",
        "significance_reason": "Operations are postponed.",
    });
    let Value::Object(fields) = fields else { return BTreeMap::new() };
    fields
        .into_iter()
        .map(|(field, value)| {
            (field, AnswerIn { value: Some(value), terms: None, estimated: false, how: None })
        })
        .collect()
}

async fn open(node: &TestNode, ada: &Caller) -> IncidentView {
    let open = OpenIncident { answers: ransomware(node.now()), ..OpenIncident::default() };
    node.service.open_incident(ada, open, None).await.unwrap()
}

async fn a_day_without_the_mail_server_loses_nothing_and_doubles_nothing(node: TestNode) {
    let ada = node.person(&node.world.hospital, &[Function::Reporter]).await;
    let server = MailServer::start().await;
    let post = post(&server);
    for _ in 0..12 {
        open(&node, &ada).await;
        node.service.clock().advance(Duration::from_secs(60));
    }
    server.behave(MailManners::HangsUp);
    // Twenty-one hours: the reminder twelve hours before the due instant, four hours before it, ...
    for _ in 0..21 * 4 {
        node.service.clock().advance(Duration::from_secs(15 * 60));
        node.service.reconcile_duties().await.unwrap();
        node.service.remind().await.unwrap();
        rounds(&node.service, &post).await;
    }
    assert_eq!(server.arrived(), []);
    let waiting = node.service.job_queue().await.unwrap();
    assert!(waiting.waiting >= 12 && waiting.dead == 0, "{waiting:?}");
    server.behave(MailManners::Takes);
    // Within the longest pause after it answers again, everything has left.
    node.service.clock().advance(Duration::from_secs(900));
    rounds(&node.service, &post).await;
    let arrived = server.arrived();
    let mut names: Vec<_> = arrived.iter().filter_map(|mail| mail.header("Message-ID")).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), arrived.len(), "nothing twice");
    assert_eq!(i64::try_from(arrived.len()).unwrap(), waiting.waiting, "nothing lost");
    assert_eq!(node.service.job_queue().await.unwrap().waiting, 0);
    let mail = &arrived[0];
    assert_eq!((mail.from.as_str(), mail.to.len()), ("beffroi@example.eu", 1));
    assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert!(mail.header("Subject").unwrap().contains("NIS2"), "{mail:?}");
    let flat = mail.text.replace("=\n", "").replace("=3D", "=");
    assert!(flat.contains("https://beffroi.example.eu/report/incidents/"), "{flat}");
    assert!(!arrived.iter().any(|mail| mail.text.contains("secret title")), "no answer leaves by mail");
}

async fn what_was_filed_meanwhile_is_not_reminded_of(node: TestNode) {
    let ada = node.person(&node.world.hospital, &[Function::Reporter]).await;
    let server = MailServer::start().await;
    let post = post(&server);
    let view = open(&node, &ada).await;
    node.service.clock().advance(hours(12));
    assert_eq!(node.service.remind().await.unwrap(), 1);
    server.behave(MailManners::NotNow);
    assert_eq!(round(&node.service, &post).await, 1);
    let duty: DutyKey = "nis2.mandatory.early_warning".parse().unwrap();
    let input: FileStage =
        serde_json::from_value(json!({ "base_revision": view.revision, "recipient": node.world.csirt.id }))
            .unwrap();
    node.service.file_stage(&ada, (view.id, &duty), input, None).await.unwrap();
    server.behave(MailManners::Takes);
    node.service.clock().advance(hours(1));
    rounds(&node.service, &post).await;
    assert_eq!(server.arrived(), [], "overtaken by events");
    assert_eq!(node.service.job_queue().await.unwrap().waiting, 0);
    assert!(node.service.notices(&ada, None, 10).await.unwrap().unread > 0, "the page still tells it");
}

async fn an_unknown_address_is_put_aside(node: TestNode) {
    let ada = node.person(&node.world.hospital, &[Function::Reporter]).await;
    let server = MailServer::start().await;
    open(&node, &ada).await;
    node.service.clock().advance(hours(12));
    node.service.remind().await.unwrap();
    server.behave(MailManners::KnowsNobody);
    rounds(&node.service, &post(&server)).await;
    let queue = node.service.job_queue().await.unwrap();
    assert_eq!((queue.waiting, queue.dead), (0, 1));
    assert!(queue.put_aside[0].reason.contains("nobody of that name"), "{queue:?}");
    server.behave(MailManners::Takes);
    assert!(node.service.revive_job(queue.put_aside[0].id).await.unwrap());
    rounds(&node.service, &post(&server)).await;
    assert_eq!(server.arrived().len(), 1);
}

async fn a_flood_to_one_address_is_slowed_down(node: TestNode) {
    let ada = node.person(&node.world.hospital, &[Function::Reporter]).await;
    let server = MailServer::start().await;
    let post = post(&server);
    for _ in 0..45 {
        open(&node, &ada).await;
    }
    node.service.clock().advance(hours(12));
    node.service.remind().await.unwrap();
    rounds(&node.service, &post).await;
    assert_eq!(server.arrived().len(), 30, "thirty an hour");
    node.service.clock().advance(hours(1) + Duration::from_secs(1));
    rounds(&node.service, &post).await;
    assert_eq!(server.arrived().len(), 45, "and none is lost");
}

async fn two_workers_send_each_mail_once(node: TestNode) {
    let server = MailServer::start().await;
    for _ in 0..20 {
        let person = node.person(&node.world.hospital, &[Function::Reporter]).await;
        drop(person);
    }
    let ada = node.person(&node.world.hospital, &[Function::Reporter]).await;
    open(&node, &ada).await;
    node.service.clock().advance(hours(12));
    // A second replica shares nothing but the database.
    let (here, there) = (node.service.clone(), node.replica().await);
    let (one, two) = tokio::join!(here.remind(), there.remind());
    assert_eq!(one.unwrap() + two.unwrap(), 1, "one of them told it");
    let (a, b) = (post(&server), post(&server));
    tokio::join!(rounds(&here, &a), rounds(&there, &b));
    rounds(&here, &a).await;
    let mut to: Vec<String> = server.arrived().into_iter().flat_map(|mail| mail.to).collect();
    to.sort();
    let sent = to.len();
    to.dedup();
    assert_eq!((to.len(), sent), (21, 21));
}

async fn a_mail_whose_fate_is_unknown_bears_the_same_name(node: TestNode) {
    let ada = node.person(&node.world.hospital, &[Function::Reporter]).await;
    let server = MailServer::start().await;
    let post = post(&server);
    open(&node, &ada).await;
    node.service.clock().advance(hours(12));
    node.service.remind().await.unwrap();
    server.behave(MailManners::DiesAfterwards);
    round(&node.service, &post).await;
    server.behave(MailManners::Takes);
    node.service.clock().advance(hours(1));
    rounds(&node.service, &post).await;
    let names: Vec<_> = server.arrived().iter().map(|mail| mail.header("Message-ID").unwrap()).collect();
    assert_eq!(names.len(), 2, "whether it was taken cannot be known");
    assert_eq!(names[0], names[1], "a receiver that got both shows one");
}

#[tokio::test]
async fn mail_never_leaves_in_the_clear_by_starttls() {
    let server = MailServer::start().await;
    let post = Post::open(&settings(&server, Security::StartTls)).unwrap();
    let refused = post.check().await.unwrap_err().to_string();
    assert!(refused.contains("STARTTLS") || refused.contains("said"), "{refused}");
    assert!(matches!(post.send(&mail("x", "Ada")).await, Outcome::Later(_)));
    assert_eq!(server.arrived(), []);
}

#[tokio::test]
async fn no_header_can_be_smuggled_in() {
    let server = MailServer::start().await;
    let post = post(&server);
    let nasty =
        mail("Due\r\nBcc: eve@example.eu\r\n\r\nHello", "Ada\r\nBcc: eve@example.eu\" <eve@example.eu>, \"x");
    assert_eq!(post.send(&nasty).await, Outcome::Done);
    let arrived = server.arrived();
    assert_eq!(arrived[0].to, ["ada@example.eu"]);
    assert_eq!(arrived[0].header("Bcc"), None, "{}", arrived[0].text);
    let smuggled =
        Mail { address: "ada@example.eu>\r\nRCPT TO:<eve@example.eu".to_owned(), ..mail("x", "Ada") };
    assert!(matches!(post.send(&smuggled).await, Outcome::Never(_)));
    let dots = Mail { text: "one\n.\nRSET\n".to_owned(), ..mail("x", "Ada") };
    assert_eq!(post.send(&dots).await, Outcome::Done);
    assert!(server.arrived()[1].text.contains("\n.\nRSET"), "{:?}", server.arrived()[1]);
    post.check().await.unwrap();
}

fn mail(subject: &str, name: &str) -> Mail {
    Mail {
        id: JobId::new(Instant::MIN, [7; 10]),
        name: name.to_owned(),
        address: "ada@example.eu".to_owned(),
        subject: subject.to_owned(),
        text: "Hello.".to_owned(),
        link: None,
    }
}
