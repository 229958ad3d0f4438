//! Preservation holds: kept, prolonged, lifted, and found by their organisation alone.

use model::{HoldId, IncidentId};
use policy::Action;
use store::{HoldLift, HoldOrigin, HoldWords, PreservationHold};

use crate::{
    bench::{Bench, on_both, permitted},
    filings::case,
    sample::{self, at},
};

on_both!(a_hold_runs_its_course);

/// A hold of the hospital in which every text is `words`; it ends at 200.
pub fn hold(bench: &Bench, incident: IncidentId, n: u64, words: &str) -> PreservationHold {
    PreservationHold {
        id: HoldId::new(at(n), sample::chance(n)),
        organisation: bench.hospital.id,
        incident,
        revision: 1,
        placed_at: at(n),
        ends_at: Some(at(200)),
        lifted_at: None,
        words: HoldWords {
            origin: HoldOrigin::Asked { by: words.to_owned(), reference: Some(words.to_owned()) },
            basis: words.to_owned(),
            what: words.to_owned(),
            by: sample::actor(1, words),
            extensions: vec![],
            lift: None,
        },
    }
}

async fn a_hold_runs_its_course(bench: Bench) {
    let incident = case(&bench).await.id;
    let scope = permitted(&bench.hospital, Action::WriteIncidents);
    let (first, second) = (hold(&bench, incident, 10, "first"), hold(&bench, incident, 20, "second"));
    let mut tx = bench.write().await;
    tx.insert_hold(&scope, &first).await.unwrap();
    tx.insert_hold(&scope, &second).await.unwrap();
    assert_eq!(tx.holds(&scope, incident).await.unwrap(), [second.clone(), first.clone()]);
    assert!(first.stands(at(199)) && !first.stands(at(200)));
    let ending = tx.holds_ending((at(0), at(200)), 10).await.unwrap();
    assert_eq!(ending.iter().map(|(_, _, id)| *id).collect::<Vec<_>>(), [first.id, second.id]);
    assert_eq!(tx.holds_ending((at(0), at(199)), 10).await.unwrap(), []);
    for stranger in [
        permitted(&bench.cloud, Action::WriteIncidents),
        permitted(&bench.csirt, Action::ReadReceivedFilings),
    ] {
        assert_eq!(tx.holds(&stranger, incident).await.unwrap(), []);
        assert!(!tx.update_hold(&stranger, &first).await.unwrap_or(false));
    }
    let mut lifted = PreservationHold { lifted_at: Some(at(30)), ..first.clone() };
    lifted.words.lift = Some(HoldLift { by: sample::actor(1, "Ada"), reason: "closed".to_owned() });
    assert!(tx.update_hold(&scope, &lifted).await.unwrap());
    assert!(!tx.update_hold(&scope, &lifted).await.unwrap(), "somebody was quicker");
    let kept = tx.holds(&scope, incident).await.unwrap().pop().unwrap();
    assert_eq!(kept, PreservationHold { revision: 2, ..lifted });
    assert!(!kept.stands(at(31)));
    assert_eq!(tx.holds_ending((at(0), at(200)), 10).await.unwrap().len(), 1);
    let endless = PreservationHold { ends_at: None, ..second };
    assert!(tx.update_hold(&scope, &endless).await.unwrap());
    assert_eq!(tx.holds_ending((at(0), at(9000)), 10).await.unwrap(), []);
    assert!(endless.stands(at(9000)));
    tx.commit().await.unwrap();
    assert_eq!(bench.count_where("data_key", "place_table = 'preservation_hold'").await, 2);
}
