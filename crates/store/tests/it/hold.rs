//! Holding a record: who comes second sees what the first one did.

use std::time::Duration;

use policy::Action;

use crate::{
    bench::{Bench, on_both, permitted},
    sample,
};

on_both!(who_comes_second_waits_and_sees_the_change, only_the_owner_holds);

async fn who_comes_second_waits_and_sees_the_change(bench: Bench) {
    let incident = sample::incident(60, bench.hospital.id, "Ransomware");
    let mut tx = bench.write().await;
    let change = sample::change(&incident, None, "Ransomware");
    tx.insert_incident(&bench.hospital(), &incident, &change).await.unwrap();
    tx.commit().await.unwrap();

    let scope = permitted(&bench.hospital, Action::WriteIncidents);
    let mut first = bench.write().await;
    let held = first.hold_incident(&scope, incident.id).await.unwrap().unwrap();
    let (store, id) = (bench.store.clone(), incident.id);
    let waiting = scope.clone();
    let second = tokio::spawn(async move {
        let mut tx = store.write().await.unwrap();
        tx.hold_incident(&waiting, id).await.unwrap().unwrap().revision
    });
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    assert!(!second.is_finished());
    let mut next = held;
    next.revision += 1;
    let change = sample::change(&next, Some("Ransomware"), "Ransomware again");
    assert!(first.update_incident(&scope, &next, 1, &change).await.unwrap());
    first.commit().await.unwrap();
    assert_eq!(tokio::time::timeout(Duration::from_secs(10), second).await.unwrap().unwrap(), 2);
}

async fn only_the_owner_holds(bench: Bench) {
    let incident = sample::incident(61, bench.hospital.id, "Ransomware");
    let mut tx = bench.write().await;
    let change = sample::change(&incident, None, "Ransomware");
    tx.insert_incident(&bench.hospital(), &incident, &change).await.unwrap();
    let stranger = permitted(&bench.cloud, Action::WriteIncidents);
    assert_eq!(tx.hold_incident(&stranger, incident.id).await.unwrap(), None);
    let owner = permitted(&bench.hospital, Action::WriteIncidents);
    assert_eq!(tx.hold_incident(&owner, incident.id).await.unwrap(), Some(incident));
}
