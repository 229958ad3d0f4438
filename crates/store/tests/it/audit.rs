//! Events, the audit chain, and remembered answers.

use std::collections::BTreeSet;

use model::{DomainEvent, EventId, Happening, OrganisationId};
use policy::{Action, for_node};
use store::{AuditHead, ChainBreak, Error, KeyedRequest, RememberedAnswer, verify_chain};

use crate::{
    bench::{Bench, on_both, permitted},
    sample::{self, at},
};

on_both!(
    events_are_chained_in_order,
    many_events_are_chained_at_once,
    a_changed_row_breaks_the_chain,
    an_erased_event_breaks_nothing,
    two_replicas_chain_each_event_once,
    a_repeated_request_gets_the_same_answer,
    of_two_same_requests_one_is_remembered,
);

fn event(n: u64, organisation: Option<OrganisationId>) -> DomainEvent {
    DomainEvent {
        id: EventId::new(at(n), sample::chance(n)),
        at: at(n),
        organisation,
        by: Some(sample::actor(1, "Ada")),
        happening: Happening::SignedIn,
    }
}

async fn written(bench: &Bench, events: &[DomainEvent]) {
    let mut tx = bench.write().await;
    for event in events {
        tx.append_event(event).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn chained(bench: &Bench) -> u64 {
    let mut tx = bench.write().await;
    let count = tx.chain_events().await.unwrap();
    tx.commit().await.unwrap();
    count
}

async fn events_are_chained_in_order(bench: Bench) {
    let (hospital, csirt) = (Some(bench.hospital.id), Some(bench.csirt.id));
    assert_eq!(bench.read().await.audit_head().await.unwrap(), AuditHead::START);
    let early = [event(11, hospital), event(10, csirt), event(12, None)];
    written(&bench, &early).await;
    assert_eq!(bench.read().await.unchained_events(at(12)).await.unwrap(), 2);
    assert_eq!(chained(&bench).await, 3);
    assert_eq!(chained(&bench).await, 0);
    // Written by a slower clock, committed later: it comes after.
    written(&bench, &[event(5, hospital)]).await;
    assert_eq!(chained(&bench).await, 1);
    assert_eq!(bench.read().await.unchained_events(at(100)).await.unwrap(), 0);

    let mut tx = bench.read().await;
    let rows = tx.export_audit(0, 100).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(rows.iter().map(|row| row.at).collect::<Vec<_>>(), [at(10), at(11), at(12), at(5)]);
    let head = tx.audit_head().await.unwrap();
    assert_eq!(verify_chain(AuditHead::START, &rows), Ok(head));
    assert_eq!(tx.export_audit(3, 100).await.unwrap(), rows[3..]);
    assert_eq!(tx.export_audit(0, 2).await.unwrap(), rows[..2]);

    let own = tx.events(&bench.hospital(), 0, 100).await.unwrap();
    assert_eq!(own.iter().map(|one| one.seq).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(own[0].event, early[0]);
    assert_eq!(tx.events(&bench.hospital(), 2, 100).await.unwrap().len(), 1);
    assert_eq!(tx.events(&bench.csirt(), 0, 100).await.unwrap().len(), 1);
    assert!(tx.events(&for_node(bench.cloud.id), 0, 100).await.unwrap().is_empty());
}

async fn many_events_are_chained_at_once(bench: Bench) {
    let events: Vec<_> = (0..700).map(|n| event(n, Some(bench.hospital.id))).collect();
    written(&bench, &events).await;
    assert_eq!(chained(&bench).await, 700);
    let rows = bench.read().await.export_audit(0, 1000).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        events.iter().map(|one| one.id).collect::<Vec<_>>()
    );
    assert_eq!(verify_chain(AuditHead::START, &rows).unwrap().seq, 700);
}

async fn a_changed_row_breaks_the_chain(bench: Bench) {
    let events: Vec<_> = (0..5).map(|n| event(n, Some(bench.hospital.id))).collect();
    written(&bench, &events).await;
    chained(&bench).await;
    bench.run_raw(&format!("UPDATE event SET at = {} WHERE seq = 3", at(77).micros()), None).await;
    let rows = bench.read().await.export_audit(0, 100).await.unwrap();
    assert_eq!(verify_chain(AuditHead::START, &rows), Err(ChainBreak::Hash { seq: 3 }));
    bench.run_raw("DELETE FROM event WHERE seq = 2", None).await;
    let rows = bench.read().await.export_audit(0, 100).await.unwrap();
    assert_eq!(verify_chain(AuditHead::START, &rows), Err(ChainBreak::Number { after: 1, found: 3 }));
}

async fn an_erased_event_breaks_nothing(bench: Bench) {
    written(&bench, &[event(1, Some(bench.hospital.id)), event(2, Some(bench.hospital.id))]).await;
    chained(&bench).await;
    bench.run_raw("DELETE FROM data_key WHERE place_table = 'event'", None).await;
    let mut tx = bench.read().await;
    assert!(tx.events(&bench.hospital(), 0, 100).await.unwrap().is_empty());
    let rows = tx.export_audit(0, 100).await.unwrap();
    assert_eq!(verify_chain(AuditHead::START, &rows).unwrap().seq, 2);
}

async fn two_replicas_chain_each_event_once(bench: Bench) {
    let replica = bench.replica().await;
    let writers = [bench.store.clone(), replica.clone()].into_iter().enumerate().map(|(which, store)| {
        let organisation = bench.hospital.id;
        tokio::spawn(async move {
            for n in 0..25_u64 {
                let mut tx = store.write().await?;
                tx.append_event(&event(1000 * (which as u64 + 1) + n, Some(organisation))).await?;
                tx.commit().await?;
                let mut tx = store.write().await?;
                tx.chain_events().await?;
                tx.commit().await?;
            }
            Ok::<_, Error>(())
        })
    });
    // A reader follows the numbers while both write; it must see every event exactly once.
    let reader = {
        let (store, scope) = (bench.store.clone(), bench.hospital());
        tokio::spawn(async move {
            let (mut after, mut seen) = (0, Vec::new());
            while seen.len() < 50 {
                let events = store.read().await?.events(&scope, after, 7).await?;
                after = events.last().map_or(after, |last| last.seq);
                seen.extend(events.into_iter().map(|one| one.event.id));
                tokio::task::yield_now().await;
            }
            Ok::<_, Error>(seen)
        })
    };
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    let seen = reader.await.unwrap().unwrap();
    assert_eq!(seen.len(), 50);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 50);
    let rows = bench.read().await.export_audit(0, 100).await.unwrap();
    assert_eq!(verify_chain(AuditHead::START, &rows).unwrap().seq, 50);
}

async fn a_repeated_request_gets_the_same_answer(bench: Bench) {
    let scope = permitted(&bench.hospital, Action::FileStage);
    let request =
        KeyedRequest { subject: sample::actor(1, "Ada").subject, key: "k-1", content: b"POST /file {}" };
    let answer = RememberedAnswer { status: 201, body: b"{\"filing\":\"x\"}".to_vec() };
    let mut tx = bench.write().await;
    assert_eq!(tx.recall_answer(&scope, &request).await.unwrap(), None);
    tx.remember_answer(&scope, &request, &answer, at(10)).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = bench.write().await;
    assert_eq!(tx.recall_answer(&scope, &request).await.unwrap(), Some(answer.clone()));
    let other = KeyedRequest { content: b"POST /file {\"late_reason\":\"x\"}", ..request };
    assert!(matches!(tx.recall_answer(&scope, &other).await, Err(Error::KeyReused)));
    // The key of one caller is nothing to another, of the same organisation or of another.
    let colleague = KeyedRequest { subject: sample::actor(2, "Bob").subject, ..request };
    assert_eq!(tx.recall_answer(&scope, &colleague).await.unwrap(), None);
    assert_eq!(tx.recall_answer(&bench.csirt(), &request).await.unwrap(), None);
    assert_eq!(tx.forget_answers(at(10)).await.unwrap(), 0);
    assert_eq!(tx.forget_answers(at(11)).await.unwrap(), 1);
    assert_eq!(tx.recall_answer(&scope, &request).await.unwrap(), None);
}

async fn of_two_same_requests_one_is_remembered(bench: Bench) {
    let twins = (0..6_u8).map(|n| {
        let (store, scope) = (bench.store.clone(), bench.hospital());
        tokio::spawn(async move {
            let request =
                KeyedRequest { subject: sample::actor(1, "Ada").subject, key: "twin", content: b"same" };
            let mut tx = store.write().await?;
            if let Some(answer) = tx.recall_answer(&scope, &request).await? {
                return Ok(answer.body);
            }
            let answer = RememberedAnswer { status: 201, body: vec![n] };
            tx.remember_answer(&scope, &request, &answer, at(10)).await?;
            tx.commit().await?;
            Ok::<_, Error>(answer.body)
        })
    });
    let mut answers = BTreeSet::new();
    for twin in twins.collect::<Vec<_>>() {
        match twin.await.unwrap() {
            Ok(body) => drop(answers.insert(body)),
            Err(error) => assert!(matches!(error, Error::Busy), "{error}"),
        }
    }
    assert_eq!(answers.len(), 1, "every caller that got an answer got the same");
}
