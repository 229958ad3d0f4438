//! What one organisation told another about an incident.

use model::LinkId;
use store::{Error, IncidentLink, LinkState, LinkWords};

use crate::{
    bench::{Bench, on_both},
    filings::case,
    sample::{self, at},
};

on_both!(both_sides_hold_what_was_told, a_change_meets_the_revision_that_it_saw);

fn told(bench: &Bench, incident: model::IncidentId) -> IncidentLink {
    IncidentLink {
        id: LinkId::new(at(60), sample::chance(60)),
        told_by_us: true,
        other: bench.csirt.id,
        own_incident: Some(incident),
        state: LinkState::Told,
        revision: 1,
        at: at(60),
        changed_at: at(60),
        words: LinkWords { note: "your service account reads our data".to_owned(), answer: None },
    }
}

/// The same link as the organisation sees it that was told.
fn heard(bench: &Bench, link: &IncidentLink) -> IncidentLink {
    IncidentLink { told_by_us: false, other: bench.hospital.id, own_incident: None, ..link.clone() }
}

async fn both_sides_hold_what_was_told(bench: Bench) {
    let incident = case(&bench).await.id;
    let link = told(&bench, incident);
    let mut tx = bench.write().await;
    let foreign = tx.insert_link(&bench.csirt(), &link).await;
    assert!(matches!(foreign, Err(Error::OutOfScope(_))), "another's incident: {foreign:?}");
    drop(tx);
    let mut tx = bench.write().await;
    tx.insert_link(&bench.hospital(), &link).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    assert_eq!(tx.links_of(&bench.hospital(), incident).await.unwrap(), std::slice::from_ref(&link));
    assert_eq!(tx.link(&bench.hospital(), link.id).await.unwrap().as_ref(), Some(&link));
    let waiting = tx.links_waiting(&bench.csirt()).await.unwrap();
    assert_eq!(waiting, [heard(&bench, &link)], "not the incident of those who told it");
    assert!(tx.links_of(&bench.csirt(), incident).await.unwrap().is_empty());
    assert!(tx.links_waiting(&bench.hospital()).await.unwrap().is_empty());
}

async fn a_change_meets_the_revision_that_it_saw(bench: Bench) {
    let incident = case(&bench).await.id;
    let link = told(&bench, incident);
    let mut tx = bench.write().await;
    tx.insert_link(&bench.hospital(), &link).await.unwrap();
    let declined = IncidentLink {
        state: LinkState::Declined,
        revision: 2,
        changed_at: at(70),
        words: LinkWords { answer: Some("it is not ours".to_owned()), ..link.words.clone() },
        ..heard(&bench, &link)
    };
    assert!(tx.change_link(&bench.csirt(), &declined).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    let seen = tx.link(&bench.hospital(), link.id).await.unwrap().unwrap();
    assert_eq!((seen.state, seen.words.answer), (LinkState::Declined, Some("it is not ours".to_owned())));
    drop(tx);
    let mut tx = bench.write().await;
    let ended = IncidentLink { state: LinkState::Ended, revision: 2, changed_at: at(80), ..link };
    let late = tx.change_link(&bench.hospital(), &ended).await;
    assert!(matches!(late, Err(Error::Taken(_))), "the revision was changed meanwhile: {late:?}");
}
