//! Incident records, their history, and the index of duties.

use model::{DutyState, Incident};
use policy::{Action, for_node};
use store::{BulkIncident, Change, Error, IncidentFilter, IndexedDuty};

use crate::{
    bench::{Bench, on_both, permitted},
    sample::{self, at, duty},
};

on_both!(
    a_record_is_kept_with_its_history,
    of_two_who_edit_one_is_told,
    lists_come_in_pages,
    duties_are_found_by_time_left,
    an_erased_record_is_noise,
    many_records_are_loaded_at_once,
);

async fn opened(bench: &Bench, n: u64, title: &str) -> Incident {
    let incident = sample::incident(n, bench.hospital.id, title);
    let mut tx = bench.write().await;
    let change = sample::change(&incident, None, title);
    tx.insert_incident(&bench.hospital(), &incident, &change).await.unwrap();
    tx.commit().await.unwrap();
    incident
}

fn next(incident: &Incident, title: &str) -> (Incident, Change) {
    let mut next = incident.clone();
    next.revision += 1;
    next.updated_at = at(500);
    next.answers.insert("incident.title".to_owned(), sample::answer(title, next.revision));
    let change = sample::change(&next, incident.text("incident.title"), title);
    (next, change)
}

async fn a_record_is_kept_with_its_history(bench: Bench) {
    let first = opened(&bench, 50, "Ransomware").await;
    let scope = permitted(&bench.hospital, Action::WriteIncidents);
    let (second, change) = next(&first, "Ransomware on 14 servers");
    let mut tx = bench.write().await;
    assert!(tx.update_incident(&scope, &second, 1, &change).await.unwrap());
    tx.commit().await.unwrap();

    let mut tx = bench.read().await;
    assert_eq!(tx.incident(&scope, first.id).await.unwrap(), Some(second));
    let history = tx.incident_changes(&scope, first.id, 0).await.unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!(history[1], change);
    assert_eq!(tx.incident_changes(&scope, first.id, 1).await.unwrap(), [change]);
    // The keys of the revision before are gone.
    assert_eq!(bench.count_where("data_key", "place_table = 'incident'").await, 1);

    let foreign = sample::incident(51, bench.cloud.id, "not mine");
    let change = sample::change(&foreign, None, "not mine");
    let mut tx = bench.write().await;
    assert!(matches!(tx.insert_incident(&scope, &foreign, &change).await, Err(Error::OutOfScope(_))));
    assert!(matches!(tx.update_incident(&scope, &foreign, 1, &change).await, Err(Error::OutOfScope(_))));
}

async fn of_two_who_edit_one_is_told(bench: Bench) {
    let first = opened(&bench, 50, "Ransomware").await;
    let editors = (0..8).map(|n| {
        let store = bench.store.clone();
        let scope = bench.hospital();
        let (next, change) = next(&first, &format!("title of editor {n}"));
        tokio::spawn(async move {
            let mut tx = store.write().await?;
            let won = tx.update_incident(&scope, &next, 1, &change).await?;
            tx.commit().await?;
            Ok::<_, Error>(won.then_some(next))
        })
    });
    let mut winners = Vec::new();
    for editor in editors.collect::<Vec<_>>() {
        winners.extend(editor.await.unwrap().unwrap());
    }
    assert_eq!(winners.len(), 1);
    let mut tx = bench.read().await;
    assert_eq!(tx.incident(&bench.hospital(), first.id).await.unwrap().as_ref(), winners.first());
    assert_eq!(tx.incident_changes(&bench.hospital(), first.id, 0).await.unwrap().len(), 2);
}

async fn lists_come_in_pages(bench: Bench) {
    let mut ids = Vec::new();
    for n in 50..55 {
        ids.push(opened(&bench, n, &format!("incident {n}")).await.id);
    }
    let scope = bench.hospital();
    let mut tx = bench.write().await;
    let due = |n: usize, seconds| IndexedDuty {
        incident: ids[n],
        duty: duty("early_warning"),
        state: DutyState::Due,
        open: true,
        due_at: Some(at(seconds)),
    };
    tx.set_duties(&scope, ids[0], &[due(0, 1000)], at(60)).await.unwrap();
    tx.set_duties(&scope, ids[1], &[due(1, 2000)], at(60)).await.unwrap();
    tx.set_duties(&scope, ids[2], &[IndexedDuty { due_at: None, ..due(2, 0) }], at(60)).await.unwrap();

    let all = tx.incidents(&scope, IncidentFilter::All, None, 3).await.unwrap();
    let names: Vec<_> = all.iter().map(|row| row.incident.id).collect();
    assert_eq!(names, [ids[4], ids[3], ids[2]]);
    let rest = tx.incidents(&scope, IncidentFilter::All, Some(ids[2]), 3).await.unwrap();
    assert_eq!(rest.iter().map(|row| row.incident.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
    assert_eq!((rest[0].open_duties, rest[0].next_due), (1, Some(at(2000))));

    let mut with = async |filter| {
        let rows = tx.incidents(&scope, filter, None, 10).await.unwrap();
        rows.iter().map(|row| row.incident.id).collect::<Vec<_>>()
    };
    assert_eq!(with(IncidentFilter::Late(at(1500))).await, [ids[0]]);
    assert_eq!(with(IncidentFilter::Open(at(1500))).await, [ids[2], ids[1]]);
    assert_eq!(with(IncidentFilter::Done).await, [ids[4], ids[3]]);

    let some = tx.incidents_by_id(&scope, &[ids[0], ids[3]]).await.unwrap();
    assert_eq!(some.iter().map(|row| row.incident.id).collect::<Vec<_>>(), [ids[3], ids[0]]);
    assert!(tx.incidents_by_id(&scope, &[]).await.unwrap().is_empty());
}

async fn duties_are_found_by_time_left(bench: Bench) {
    let first = opened(&bench, 50, "first").await.id;
    let second = opened(&bench, 51, "second").await.id;
    let scope = bench.hospital();
    let line = |incident, stage: &str, state, open, due_at| IndexedDuty {
        incident,
        duty: duty(stage),
        state,
        open,
        due_at,
    };
    let warning = line(first, "early_warning", DutyState::Due, true, Some(at(900)));
    let notice = line(first, "notification", DutyState::Undecided, true, None);
    let done = line(first, "final_report", DutyState::Filed, false, Some(at(1)));
    let late = line(second, "early_warning", DutyState::Late, true, Some(at(100)));
    let mut tx = bench.write().await;
    tx.set_duties(&scope, first, std::slice::from_ref(&done), at(60)).await.unwrap();
    tx.set_duties(&scope, first, &[warning.clone(), notice.clone(), done.clone()], at(61)).await.unwrap();
    tx.set_duties(&scope, second, std::slice::from_ref(&late), at(61)).await.unwrap();
    assert!(matches!(tx.set_duties(&bench.csirt(), second, &[], at(62)).await, Err(Error::OutOfScope(_))));

    assert_eq!(tx.open_duties(&scope, 10).await.unwrap(), [late, warning.clone(), notice]);
    assert_eq!(tx.open_duties(&scope, 1).await.unwrap().len(), 1);
    let of_first = tx.duties_of(&scope, first).await.unwrap();
    assert_eq!(of_first.len(), 3);
    assert_eq!(of_first.get(&duty("final_report")), Some(&done));

    // Page after page, with when they last stood differently.
    let marks = tx.open_marks(None, 10).await.unwrap();
    let told: Vec<_> =
        marks.iter().map(|mark| (mark.organisation, mark.incident, mark.projected_at)).collect();
    let hospital = bench.hospital.id;
    assert_eq!(told, [(hospital, first, at(61)), (hospital, second, at(61))]);
    assert_eq!(tx.open_marks(Some(first), 10).await.unwrap(), marks[1..]);

    // The clock comes by: what is past its instant and still called due is to be looked at again.
    assert!(tx.overdue(at(899), 10).await.unwrap().is_empty());
    assert_eq!(tx.overdue(at(900), 10).await.unwrap(), [(bench.hospital.id, first)]);
    let now_late = IndexedDuty { state: DutyState::Late, ..warning };
    tx.set_duties(&scope, first, &[now_late], at(901)).await.unwrap();
    assert!(tx.overdue(at(901), 10).await.unwrap().is_empty());
}

async fn an_erased_record_is_noise(bench: Bench) {
    let incident = opened(&bench, 50, "to be forgotten").await;
    let kept = opened(&bench, 51, "kept").await;
    let scope = bench.hospital();
    let mut tx = bench.write().await;
    assert!(matches!(tx.erase_incident(&bench.csirt(), incident.id).await, Err(Error::OutOfScope(_))));
    tx.erase_incident(&scope, incident.id).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    assert_eq!(tx.incident(&scope, incident.id).await.unwrap(), None);
    assert!(tx.incident_changes(&scope, incident.id, 0).await.unwrap().is_empty());
    let left = tx.incidents(&scope, IncidentFilter::All, None, 10).await.unwrap();
    assert_eq!(left.iter().map(|row| row.incident.id).collect::<Vec<_>>(), [kept.id]);
    assert_eq!(tx.incident_changes(&scope, kept.id, 0).await.unwrap().len(), 1);
}

async fn many_records_are_loaded_at_once(bench: Bench) {
    let loaded: Vec<BulkIncident> = (0..1500)
        .map(|n| {
            let incident = sample::incident(100 + n, bench.cloud.id, "loaded");
            let duties = vec![IndexedDuty {
                incident: incident.id,
                duty: duty("early_warning"),
                state: DutyState::Due,
                open: true,
                due_at: Some(at(10_000 - n)),
            }];
            BulkIncident { incident, duties }
        })
        .collect();
    let mut tx = bench.write().await;
    tx.bulk_insert_incidents(&loaded, at(60)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.write().await;
    tx.analyse().await.unwrap();
    let scope = for_node(bench.cloud.id);
    let newest = tx.incidents(&scope, IncidentFilter::All, None, 1).await.unwrap();
    assert_eq!(newest[0].incident, loaded[1499].incident);
    assert_eq!(newest[0].next_due, Some(at(8501)));
    assert_eq!(tx.open_duties(&scope, 1).await.unwrap()[0].incident, loaded[1499].incident.id);
}
