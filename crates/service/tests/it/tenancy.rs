//! What is another organisation's is not there: every use case is tried by its owner, who succeeds, and by
//! others, who are told nothing.

use std::{fs, path::Path};

use model::{Caller, FilingId, Function, IncidentId};
use regime::Screen;
use serde_json::json;
use service::{
    Error, Service,
    view::{FileStage, InboxQuery, OpenIncident, RequestStage, Respond},
};
use testkit::TestNode;

use crate::story::{answers, file, on_both, open_ransomware, save, stage};

on_both!(what_is_anothers_is_not_there);

/// Every function that there is: only the organisation stands in the way.
const ALL: &[Function] = Function::ALL;

/// The answer of a stranger tells nothing.
fn nothing<T>(what: &str, who: &Caller, answer: &Result<T, Error>) {
    assert!(matches!(answer, Err(Error::NotFound(_) | Error::Denied(_))), "{what} by {}", who.name);
}

struct Door<'a> {
    service: &'a Service,
    owner: &'a Caller,
    strangers: &'a [Caller],
}

/// Tries a use case as each stranger, then as the owner.
macro_rules! closed {
    ($door:expr, $who:ident => $call:expr) => {{
        for $who in $door.strangers {
            nothing(stringify!($call), $who, &$call.await);
        }
        let $who = $door.owner;
        $call.await.unwrap_or_else(|error| panic!("{} by its owner: {error}", stringify!($call)))
    }};
}

async fn what_is_anothers_is_not_there(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let ada = node.person(&world.hospital, ALL).await;
    let carl = node.person(&world.csirt, ALL).await;
    let others = [
        node.person(&world.clinic, ALL).await,
        node.person(&world.cloud, ALL).await,
        node.person(&world.foreign_csirt, ALL).await,
        node.person(&world.authority, ALL).await,
    ];
    let id = open_ransomware(&node, &ada).await.id;
    // The recipient sees what was filed to it, not the record behind it.
    let not_the_reporter: Vec<Caller> = others.iter().chain([&carl]).cloned().collect();
    let filing =
        reporting(Door { service, owner: &ada, strangers: &not_the_reporter }, id, world.csirt.id).await;
    let not_the_recipient: Vec<Caller> = others.iter().chain([&ada]).cloned().collect();
    desk(Door { service, owner: &carl, strangers: &not_the_recipient }, filing).await;
    documents(service, (&ada, &carl), &others, filing).await;
    lists(&node, (&ada, &carl), &others).await;
}

async fn reporting(door: Door<'_>, id: IncidentId, csirt: model::OrganisationId) -> FilingId {
    let Door { service, .. } = door;
    let key = stage("early_warning");
    closed!(door, who => service.incident(who, id));
    closed!(door, who => service.history(who, id));
    closed!(door, who => service.form(who, id, &key, (Screen::Full, "en")));
    closed!(door, who => service.preview(who, id, &key));
    let input = || FileStage { base_revision: 1, recipient: csirt, late_reason: None };
    let filed = closed!(door, who => service.file_stage(who, (id, &key), input(), Some("k")));
    closed!(door, who => service.save_answers(who, id, save(1, json!({"ongoing": true}))));
    closed!(door, who => service.sent_filing(who, filed.filing));
    filed.filing
}

async fn desk(door: Door<'_>, filing: FilingId) {
    let Door { service, .. } = door;
    closed!(door, who => service.received_filing(who, filing));
    closed!(door, who => service.acknowledge(who, filing));
    closed!(door, who => service.respond(who, filing, Respond { text: "Isolate.".to_owned() }, None));
    let ask = || RequestStage { duty: stage("intermediate_report"), due_at: None, text: "More?".to_owned() };
    closed!(door, who => service.request_stage(who, filing, ask(), None));
}

async fn documents(
    service: &Service,
    (ada, carl): (&Caller, &Caller),
    strangers: &[Caller],
    filing: FilingId,
) {
    for owner in [ada, carl] {
        let door = Door { service, owner, strangers };
        closed!(door, who => service.receipt(who, filing));
        closed!(door, who => service.filing_document(who, filing));
    }
}

/// Lists of others are there and empty; what everyone may know is the same for all.
async fn lists(node: &TestNode, (ada, carl): (&Caller, &Caller), others: &[Caller]) {
    let service = &node.service;
    let counts = async |who: &Caller| {
        (
            service.incidents(who, None, None, 10).await.unwrap().incidents.len(),
            service.open_duties(who).await.unwrap().duties.len(),
            service.sent_filings(who).await.unwrap().filings.len(),
            service.inbox(who, &InboxQuery::default()).await.map_or(0, |inbox| inbox.rows.len()),
        )
    };
    for who in others {
        assert_eq!(counts(who).await, (0, 0, 0, 0), "{}", who.name);
    }
    let (incidents, open, sent, received) = counts(ada).await;
    assert_eq!((incidents, open > 0, sent, received), (1, true, 1, 0));
    assert_eq!(counts(carl).await, (0, 0, 0, 1));
    for who in others.iter().chain([ada, carl]) {
        assert_eq!(service.directory(who).await.unwrap().len(), 6);
        assert_eq!(service.me(who, None).await.unwrap().organisation.id, who.organisation);
    }
    // A key is its owner's: the same word of another opens another record.
    let open = || OpenIncident { answers: answers(json!({"title": "Mine"})) };
    let mine = service.open_incident(ada, open(), Some("one word")).await.unwrap();
    let theirs = service.open_incident(&others[0], open(), Some("one word")).await.unwrap();
    assert_ne!((mine.id, mine.organisation), (theirs.id, theirs.organisation));
    let nobody = node.person(&node.world.hospital, &[Function::Administrator]).await;
    nothing("wizard", &nobody, &service.wizard(&nobody).await);
    service.wizard(ada).await.unwrap();
    let more = open_ransomware(node, ada).await;
    file(node, ada, more.id, "early_warning").await;
}

/// Every public method that takes a caller is called above.
#[test]
fn no_door_is_forgotten() {
    let here = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tenancy.rs")).unwrap();
    let mut sources = String::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
    let mut doors = 0;
    for method in sources.split("pub async fn ").skip(1) {
        let name = method.split('(').next().unwrap();
        let arguments = method.split(") ->").next().unwrap();
        if arguments.contains("&Caller") {
            doors += 1;
            assert!(here.contains(&format!("service.{name}(")), "{name} is not tried by a stranger");
        }
    }
    assert!(doors >= 20, "{doors}");
}

fn collect(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
