//! The checklist of an organisation: kept, replaced, remembered, and found when a point is to be looked at again.

use policy::Action;
use store::{KeptReadiness, Tx};

use crate::{
    bench::{Bench, on_both, permitted},
    sample::at,
};

on_both!(a_checklist_is_kept_with_its_changes, reviews_come_on_their_day);

/// A checklist with `words` in it and in its change.
pub async fn keep(tx: &mut Tx, scope: &policy::Scope, seen: i64, words: &str) -> bool {
    let kept = KeptReadiness { document: &words, change: &words, next_review: Some(at(100)) };
    tx.save_readiness(scope, seen, &kept, at(1)).await.unwrap()
}

async fn a_checklist_is_kept_with_its_changes(bench: Bench) {
    let scope = permitted(&bench.hospital, Action::KeepReadiness);
    let mut tx = bench.write().await;
    assert_eq!(tx.readiness::<String>(&scope).await.unwrap(), None);
    assert!(keep(&mut tx, &scope, 0, "one").await);
    assert!(!keep(&mut tx, &scope, 0, "somebody was quicker").await);
    assert!(keep(&mut tx, &scope, 1, "two").await);
    assert_eq!(tx.readiness(&scope).await.unwrap(), Some((2, "two".to_owned())));
    let changes: Vec<String> = tx.readiness_changes(&scope, 10).await.unwrap();
    assert_eq!(changes, ["two", "one"]);
    assert_eq!(tx.readiness_changes::<String>(&scope, 1).await.unwrap(), ["two"]);
    for stranger in [
        permitted(&bench.cloud, Action::KeepReadiness),
        permitted(&bench.csirt, Action::ReadReadiness),
        permitted(&bench.hospital, Action::ReadDirectory),
    ] {
        assert_eq!(tx.readiness::<String>(&stranger).await.unwrap(), None);
        assert_eq!(tx.readiness_changes::<String>(&stranger, 10).await.unwrap(), Vec::<String>::new());
    }
    tx.commit().await.unwrap();
    assert_eq!(bench.count_where("data_key", "place_table = 'readiness'").await, 1);
    assert_eq!(bench.count("readiness_change").await, 2);
}

async fn reviews_come_on_their_day(bench: Bench) {
    let scope = permitted(&bench.hospital, Action::KeepReadiness);
    let mut tx = bench.write().await;
    keep(&mut tx, &scope, 0, "one").await;
    assert_eq!(tx.reviews_come(at(99), 10).await.unwrap(), []);
    assert_eq!(tx.reviews_come(at(100), 10).await.unwrap(), [bench.hospital.id]);
    tx.set_next_review(&permitted(&bench.cloud, Action::KeepReadiness), None).await.unwrap();
    assert_eq!(tx.reviews_come(at(100), 10).await.unwrap(), [bench.hospital.id], "not another's to move");
    tx.set_next_review(&scope, Some(at(200))).await.unwrap();
    assert_eq!(tx.reviews_come(at(199), 10).await.unwrap(), []);
    tx.set_next_review(&scope, None).await.unwrap();
    assert_eq!(tx.reviews_come(at(9000), 10).await.unwrap(), []);
}
