//! What belongs to one organisation is not found by another, whatever the scope; and the owner's
//! own call finds it in the same test, so that "nothing" means something.

use model::{FilingId, IncidentId, Organisation};
use policy::{Action, Scope, for_node};
use store::{InboxFilter, IncidentFilter, IndexedDuty, ReceivedSpan, Tx};

use crate::{
    bench::{Bench, on_both, permitted},
    filings::{case, filed},
    sample::{self, at, duty},
};

on_both!(a_stranger_finds_nothing);

/// How many things of the hospital and the CSIRT a scope finds, by name.
async fn found(
    tx: &mut Tx,
    scope: &Scope,
    incident: IncidentId,
    filing: FilingId,
) -> Vec<(&'static str, usize)> {
    let all = IncidentFilter::All;
    let reference = format!("KLMNP-{:05}-QRSTV", 60);
    let ever = ReceivedSpan { first_from: at(0), first_until: at(9999), known_until: at(9999), pack: None };
    vec![
        ("incident", usize::from(tx.incident(scope, incident).await.unwrap().is_some())),
        ("incidents", tx.incidents(scope, all, None, 10).await.unwrap().len()),
        ("incidents_by_id", tx.incidents_by_id(scope, &[incident]).await.unwrap().len()),
        ("incident_changes", tx.incident_changes(scope, incident, 0).await.unwrap().len()),
        ("duties_of", tx.duties_of(scope, incident).await.unwrap().len()),
        ("open_duties", tx.open_duties(scope, 10).await.unwrap().len()),
        ("users", tx.users(scope).await.unwrap().len()),
        ("clients", tx.clients(scope).await.unwrap().len()),
        ("filing", usize::from(tx.filing(scope, filing).await.unwrap().is_some())),
        (
            "filing_by_reference",
            usize::from(tx.filing_by_reference(scope, &reference).await.unwrap().is_some()),
        ),
        ("filings_of_incident", tx.filings_of_incident(scope, incident).await.unwrap().len()),
        ("filing_marks", tx.filing_marks(scope, incident).await.unwrap().len()),
        ("sent_filings", tx.sent_filings(scope, None, 10).await.unwrap().len()),
        ("inbox", tx.inbox(scope, &InboxFilter::default(), None, 10).await.unwrap().filings.len()),
        ("received_in", tx.received_in(scope, &ever, None, 10).await.unwrap().filings.len()),
        ("receipt", usize::from(tx.receipt(scope, filing).await.unwrap().is_some())),
        ("receipt_id", usize::from(tx.receipt_id(scope, filing).await.unwrap().is_some())),
        ("paper", usize::from(tx.paper(scope, filing).await.unwrap().is_some())),
        ("messages", tx.messages(scope, filing).await.unwrap().len()),
        ("read_marks", tx.read_marks(scope, filing).await.unwrap().len()),
        ("requests", tx.requests(scope, incident).await.unwrap().len()),
        ("events", tx.events(scope, 0, 10).await.unwrap().len()),
        ("signing_key", usize::from(tx.signing_key(scope, at(50)).await.unwrap().is_some())),
    ]
}

const OF_THE_FILER: &[&str] = &[
    "incident",
    "incidents",
    "incidents_by_id",
    "incident_changes",
    "duties_of",
    "open_duties",
    "users",
    "clients",
    "events",
];
const OF_BOTH: &[&str] = &[
    "filing",
    "filing_by_reference",
    "filings_of_incident",
    "filing_marks",
    "receipt",
    "receipt_id",
    "paper",
    "messages",
    "read_marks",
    "requests",
];

fn names(found: &[(&'static str, usize)]) -> Vec<&'static str> {
    let mut names: Vec<_> = found.iter().filter(|(_, count)| *count > 0).map(|(name, _)| *name).collect();
    names.sort_unstable();
    names
}

fn sorted(parts: &[&[&'static str]]) -> Vec<&'static str> {
    let mut names = parts.concat();
    names.sort_unstable();
    names
}

async fn a_stranger_finds_nothing(bench: Bench) {
    let incident = case(&bench).await;
    let filing = filed(&bench, &incident, 60).await.document;
    let (incident, id) = (incident.id, filing.head.filing);
    crate::canary::surround(&bench, &filing, "words").await;
    let line = IndexedDuty {
        incident,
        duty: duty("x"),
        state: model::DutyState::Due,
        open: true,
        due_at: Some(at(9)),
    };
    let mut tx = bench.write().await;
    tx.set_duties(&bench.hospital(), incident, &[line], at(60)).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = bench.read().await;
    // The owner of the record, by a person's permission and by the node's.
    let own = found(&mut tx, &permitted(&bench.hospital, Action::FileStage), incident, id).await;
    assert_eq!(names(&own), sorted(&[OF_THE_FILER, OF_BOTH, &["sent_filings"]]));
    let node = found(&mut tx, &bench.hospital(), incident, id).await;
    assert_eq!(names(&node), names(&own));
    // The recipient: the filing and what is around it, never the record behind it.
    let desk = found(&mut tx, &permitted(&bench.csirt, Action::ReadReceivedFilings), incident, id).await;
    assert_eq!(names(&desk), sorted(&[OF_BOTH, &["inbox", "received_in", "signing_key"]]));
    // The recipient's people who may only see what they own themselves.
    let csirt_own = found(&mut tx, &permitted(&bench.csirt, Action::ReadIncidents), incident, id).await;
    assert_eq!(names(&csirt_own), ["signing_key"]);
    // Everybody else, by every permission there is.
    let cloud_authority = Organisation { roles: bench.csirt.roles.clone(), ..bench.cloud.clone() };
    for action in Action::ALL {
        let nothing = found(&mut tx, &permitted(&cloud_authority, *action), incident, id).await;
        assert!(names(&nothing).is_empty(), "{action:?}: {nothing:?}");
    }
    let nothing = found(&mut tx, &for_node(bench.cloud.id), incident, id).await;
    assert!(names(&nothing).is_empty(), "{nothing:?}");
    // The directory opens nobody's rows, not even one's own.
    let directory = found(&mut tx, &permitted(&bench.hospital, Action::ReadDirectory), incident, id).await;
    assert!(names(&directory).is_empty(), "{directory:?}");
    let person = sample::user(500, bench.cloud.id, "x").id;
    assert!(tx.user(&bench.hospital(), person).await.unwrap().is_some());
    assert_eq!(tx.user(&for_node(bench.cloud.id), person).await.unwrap(), None);
}
