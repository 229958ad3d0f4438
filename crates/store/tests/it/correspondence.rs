//! What happens around a filing.

use model::{Incident, MessageId, RequestId};
use policy::{Action, for_node};
use store::{Error, Filing, Message, ReadMark, StageRequest};

use crate::{
    bench::{Bench, on_both, permitted},
    filings::{case, filed},
    sample::{self, at, duty},
};

on_both!(
    a_receipt_is_held_by_both,
    both_sides_write_to_each_other,
    the_reporter_sees_who_read,
    the_authority_asks_for_a_further_stage,
);

async fn sent(bench: &Bench) -> (Incident, Filing) {
    let incident = case(bench).await;
    let filing = filed(bench, &incident, 60).await;
    (incident, filing)
}

async fn a_receipt_is_held_by_both(bench: Bench) {
    let (_, filing) = sent(&bench).await;
    let id = filing.document.head.filing;
    let receipt = sample::receipt(1, &filing.document);
    let mut tx = bench.write().await;
    assert!(matches!(tx.insert_receipt(&bench.csirt(), &receipt).await, Err(Error::OutOfScope(_))));
    tx.insert_receipt(&permitted(&bench.hospital, Action::FileStage), &receipt).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    for scope in [
        permitted(&bench.hospital, Action::ReadSentFilings),
        permitted(&bench.csirt, Action::ReadReceivedFilings),
        bench.hospital(),
    ] {
        assert_eq!(tx.receipt(&scope, id).await.unwrap().as_ref(), Some(&receipt));
        assert_eq!(tx.receipt_id(&scope, id).await.unwrap(), Some(receipt.receipt.receipt));
    }
    let mut tx = bench.write().await;
    let second = tx.insert_receipt(&bench.hospital(), &sample::receipt(2, &filing.document)).await;
    assert!(matches!(second, Err(Error::Taken(_))), "{second:?}");
}

async fn both_sides_write_to_each_other(bench: Bench) {
    let (_, filing) = sent(&bench).await;
    let id = filing.document.head.filing;
    let message = |n: u64, sender, text: &str| Message {
        id: MessageId::new(at(n), sample::chance(n)),
        filing: id,
        sender,
        at: at(n),
        by: sample::actor(n, "Bea"),
        text: text.to_owned(),
        marking: model::Marking { tlp: None, pap: Some(model::Pap::Red) },
    };
    let ours = message(70, bench.csirt.id, "isolate the backups");
    let theirs = message(71, bench.hospital.id, "done");
    let mut tx = bench.write().await;
    tx.insert_message(&permitted(&bench.csirt, Action::HandleReceivedFilings), &ours).await.unwrap();
    tx.insert_message(&permitted(&bench.hospital, Action::FileStage), &theirs).await.unwrap();
    let forged = message(72, bench.csirt.id, "pay the ransom");
    assert!(matches!(tx.insert_message(&bench.hospital(), &forged).await, Err(Error::OutOfScope(_))));
    let stranger = message(73, bench.cloud.id, "hello");
    assert!(matches!(
        tx.insert_message(&for_node(bench.cloud.id), &stranger).await,
        Err(Error::OutOfScope(_))
    ));
    for scope in [bench.hospital(), bench.csirt()] {
        assert_eq!(tx.messages(&scope, id).await.unwrap(), [ours.clone(), theirs.clone()]);
    }
}

async fn the_reporter_sees_who_read(bench: Bench) {
    let (_, filing) = sent(&bench).await;
    let id = filing.document.head.filing;
    let mark = |n: u64, reader, name: &str| ReadMark {
        filing: id,
        reader,
        at: at(n),
        by: sample::actor(n / 10, name),
    };
    let own = mark(65, bench.hospital.id, "Ada");
    let first = mark(70, bench.csirt.id, "Bea");
    let again = mark(75, bench.csirt.id, "Bea");
    let second = mark(80, bench.csirt.id, "Carl");
    let named = |n: u64| MessageId::new(at(n), sample::chance(n));
    let desk = permitted(&bench.csirt, Action::ReadReceivedFilings);
    let mut tx = bench.write().await;
    assert!(tx.mark_read(&bench.hospital(), named(65), &own).await.unwrap());
    assert_eq!(
        tx.filing(&desk, id).await.unwrap().unwrap().first_read_at,
        None,
        "the filer's own reading is no reading"
    );
    assert!(tx.mark_read(&desk, named(70), &first).await.unwrap());
    assert!(!tx.mark_read(&desk, named(75), &again).await.unwrap(), "Bea read it before");
    assert!(!tx.has_read(&desk, id, second.by.subject).await.unwrap());
    assert!(tx.mark_read(&desk, named(80), &second).await.unwrap());
    assert!(tx.has_read(&desk, id, second.by.subject).await.unwrap());
    assert!(
        !tx.has_read(&bench.hospital(), id, second.by.subject).await.unwrap(),
        "not of the filer's people"
    );
    assert!(matches!(tx.mark_read(&bench.hospital(), named(90), &second).await, Err(Error::OutOfScope(_))));
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    let marks = tx.read_marks(&bench.hospital(), id).await.unwrap();
    assert_eq!(marks, [own, first, second]);
    assert_eq!(tx.filing(&bench.hospital(), id).await.unwrap().unwrap().first_read_at, Some(at(70)));
}

async fn the_authority_asks_for_a_further_stage(bench: Bench) {
    let (incident, filing) = sent(&bench).await;
    let request = |n: u64, due_at| StageRequest {
        id: RequestId::new(at(n), sample::chance(n)),
        filing: filing.document.head.filing,
        incident: incident.id,
        requester: bench.csirt.id,
        duty: duty("intermediate_report"),
        at: at(n),
        due_at,
        by: sample::actor(7, "Bea"),
        text: "how far is the recovery?".to_owned(),
    };
    let (first, second) = (request(70, Some(at(5000))), request(71, None));
    let desk = permitted(&bench.csirt, Action::HandleReceivedFilings);
    let mut tx = bench.write().await;
    assert!(matches!(tx.insert_request(&bench.hospital(), &first).await, Err(Error::OutOfScope(_))));
    let elsewhere =
        StageRequest { incident: sample::incident(99, bench.cloud.id, "x").id, ..request(72, None) };
    assert!(matches!(tx.insert_request(&desk, &elsewhere).await, Err(Error::OutOfScope(_))));
    drop(tx);
    let mut tx = bench.write().await;
    tx.insert_request(&desk, &first).await.unwrap();
    tx.insert_request(&desk, &second).await.unwrap();
    for scope in [bench.hospital(), bench.csirt()] {
        assert_eq!(tx.requests(&scope, incident.id).await.unwrap(), [first.clone(), second.clone()]);
    }
}
