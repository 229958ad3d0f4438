//! The own terms of organisations, their versions, and the records that used them.

use std::{collections::BTreeMap, time::Duration};

use model::{Organisation, Taxonomy, TaxonomyHead, TaxonomyVersion, Term, TermChange, TermId};
use policy::Action;
use store::Error;

use crate::{
    bench::{Bench, on_both, permitted},
    filings::case,
    sample::{self, at},
};

on_both!(
    each_version_is_read_back,
    what_is_published_is_read_by_others,
    a_use_is_remembered_once,
    a_namespace_has_one_organisation,
    a_taxonomy_is_held_while_a_record_takes_a_term,
);

fn term(number: u8, label: &str) -> Term {
    Term {
        id: TermId::new(at(1), sample::chance(u64::from(number))),
        list: "kinds".to_owned(),
        below: "bell".to_owned(),
        slug: format!("term-{number}"),
        label: BTreeMap::from([("en".to_owned(), label.to_owned())]),
        help: BTreeMap::new(),
        matches: vec![],
        since: 1,
        retired: None,
    }
}

/// The version after `stands` that adds a term.
pub fn grown(stands: &Taxonomy, namespace: &str, label: &str) -> (Taxonomy, TaxonomyVersion) {
    let version = stands.version + 1;
    let head =
        TaxonomyHead { namespace: namespace.to_owned(), title: label.to_owned(), ..stands.head.clone() };
    let added = term(u8::try_from(version).unwrap(), label);
    let changes = vec![
        TermChange::Described { before: stands.head.clone(), after: head },
        TermChange::Added { after: added },
    ];
    let made = TaxonomyVersion { version, at: at(u64::from(version)), by: sample::actor(1, "Ada"), changes };
    (stands.clone().after(&made), made)
}

async fn keep(bench: &Bench, organisation: &Organisation, stands: &Taxonomy, namespace: &str) -> Taxonomy {
    let (next, made) = grown(stands, namespace, "ours");
    let mut tx = bench.write().await;
    let scope = permitted(organisation, Action::KeepTaxonomy);
    assert!(tx.set_taxonomy(&scope, &next, &made).await.unwrap());
    tx.commit().await.unwrap();
    next
}

async fn each_version_is_read_back(bench: Bench) {
    let first = keep(&bench, &bench.hospital, &Taxonomy::default(), "cert-x").await;
    let second = keep(&bench, &bench.hospital, &first, "cert-x").await;
    let scope = permitted(&bench.hospital, Action::ReadTaxonomy);
    let mut tx = bench.write().await;
    assert_eq!(tx.taxonomy(&scope).await.unwrap().as_ref(), Some(&second));
    let versions = tx.taxonomy_versions(&scope, u32::MAX).await.unwrap();
    assert_eq!(versions.iter().fold(Taxonomy::default(), Taxonomy::after), second);
    let versions = tx.taxonomy_versions(&scope, 1).await.unwrap();
    assert_eq!(versions.iter().fold(Taxonomy::default(), Taxonomy::after), first);
    let foreign = permitted(&bench.csirt, Action::ReadTaxonomy);
    assert_eq!(tx.taxonomy(&foreign).await.unwrap(), None);
    assert_eq!(tx.hold_taxonomy(&foreign).await.unwrap(), None);
    assert_eq!(tx.taxonomy_versions(&foreign, 9).await.unwrap(), []);
    let (late, made) = grown(&first, "cert-x", "late");
    let scope = permitted(&bench.hospital, Action::KeepTaxonomy);
    assert!(!tx.set_taxonomy(&scope, &late, &made).await.unwrap(), "somebody else was quicker");
    let wrong = tx.set_taxonomy(&permitted(&bench.hospital, Action::ReadDirectory), &late, &made).await;
    assert!(matches!(wrong, Err(Error::OutOfScope(_))), "{wrong:?}");
}

async fn what_is_published_is_read_by_others(bench: Bench) {
    let first = keep(&bench, &bench.csirt, &Taxonomy::default(), "cert-x").await;
    let directory = permitted(&bench.hospital, Action::ReadDirectory);
    let mut tx = bench.read().await;
    assert_eq!(tx.published_taxonomy(&directory, bench.csirt.id).await.unwrap(), None);
    drop(tx);
    let open = Taxonomy { head: TaxonomyHead { published: true, ..first.head.clone() }, ..first };
    let second = keep(&bench, &bench.csirt, &open, "cert-x").await;
    let mut tx = bench.read().await;
    assert_eq!(tx.published_taxonomy(&directory, bench.csirt.id).await.unwrap(), Some(second));
    let accounts = permitted(&bench.hospital, Action::ReadTaxonomy);
    assert_eq!(tx.published_taxonomy(&accounts, bench.csirt.id).await.unwrap(), None, "not by that scope");
}

async fn a_use_is_remembered_once(bench: Bench) {
    let taxonomy = keep(&bench, &bench.hospital, &Taxonomy::default(), "cert-x").await;
    let incident = case(&bench).await.id;
    let used = taxonomy.terms[0].id;
    let mut tx = bench.write().await;
    let scope = permitted(&bench.hospital, Action::WriteIncidents);
    tx.use_terms(&scope, incident, &[used], at(5)).await.unwrap();
    tx.use_terms(&scope, incident, &[used], at(6)).await.unwrap();
    let foreign = permitted(&bench.csirt, Action::ReadReceivedFilings);
    let refused = tx.use_terms(&foreign, incident, &[used], at(6)).await;
    assert!(matches!(refused, Err(Error::OutOfScope(_))), "{refused:?}");
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    let uses = tx.term_uses(&permitted(&bench.hospital, Action::ReadTaxonomy)).await.unwrap();
    assert_eq!(uses, BTreeMap::from([(used, 1)]));
    let uses = tx.term_uses(&permitted(&bench.csirt, Action::ReadTaxonomy)).await.unwrap();
    assert_eq!(uses, BTreeMap::new());
}

async fn a_namespace_has_one_organisation(bench: Bench) {
    keep(&bench, &bench.hospital, &Taxonomy::default(), "cert-x").await;
    let scope = permitted(&bench.csirt, Action::KeepTaxonomy);
    let mut tx = bench.write().await;
    assert!(tx.namespace_taken(&scope, "cert-x").await.unwrap());
    assert!(!tx.namespace_taken(&scope, "cert-y").await.unwrap());
    let own = permitted(&bench.hospital, Action::KeepTaxonomy);
    assert!(!tx.namespace_taken(&own, "cert-x").await.unwrap(), "its own");
    let (other, made) = grown(&Taxonomy::default(), "cert-x", "theirs");
    let refused = tx.set_taxonomy(&scope, &other, &made).await;
    assert!(matches!(refused, Err(Error::Taken(_))), "{refused:?}");
}

async fn a_taxonomy_is_held_while_a_record_takes_a_term(bench: Bench) {
    let stands = keep(&bench, &bench.hospital, &Taxonomy::default(), "cert-x").await;
    let incident = case(&bench).await.id;
    let scope = permitted(&bench.hospital, Action::WriteIncidents);
    let mut record = bench.write().await;
    assert_eq!(record.hold_taxonomy(&scope).await.unwrap().as_ref(), Some(&stands));
    let (next, made) = grown(&stands, "cert-x", "meanwhile");
    let (store, keeper) = (bench.store.clone(), permitted(&bench.hospital, Action::KeepTaxonomy));
    let keeping = tokio::spawn(async move {
        let mut tx = store.write().await.unwrap();
        let held = tx.hold_taxonomy(&keeper).await.unwrap().unwrap();
        let uses = tx.term_uses(&keeper).await.unwrap().len();
        let written = tx.set_taxonomy(&keeper, &next, &made).await.unwrap();
        tx.commit().await.unwrap();
        (held.version, uses, written)
    });
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    assert!(!keeping.is_finished());
    record.use_terms(&scope, incident, &[stands.terms[0].id], at(9)).await.unwrap();
    record.commit().await.unwrap();
    let kept = tokio::time::timeout(Duration::from_secs(10), keeping).await.unwrap().unwrap();
    assert_eq!(kept, (1, 1, true), "it waited, and sees the use");
}
