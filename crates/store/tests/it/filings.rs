//! Filings and the authority's inbox.

use model::{FilingId, Incident, OrganisationId};
use policy::{Action, for_node};
use store::{BulkIncident, Error, Filing, FilingState, InboxFilter, InboxPosition, ReceivedSpan};

use crate::{
    bench::{Bench, on_both, permitted},
    sample::{self, at, duty},
};

on_both!(
    both_sides_hold_a_filing,
    a_version_is_filed_once,
    a_correction_is_a_version_of_its_own,
    an_officer_acknowledges_and_answers,
    a_third_organisation_can_be_let_in,
    the_inbox_puts_the_urgent_first,
    the_inbox_is_filtered,
    the_inbox_is_read_page_by_page_while_it_grows,
    a_period_is_read_by_the_first_filing_of_an_incident,
    many_filings_are_loaded_at_once,
);

/// An incident of the hospital.
pub async fn case(bench: &Bench) -> Incident {
    let incident = sample::incident(40, bench.hospital.id, "Ransomware");
    let mut tx = bench.write().await;
    let change = sample::change(&incident, None, "Ransomware");
    tx.insert_incident(&bench.hospital(), &incident, &change).await.unwrap();
    tx.commit().await.unwrap();
    incident
}

/// The `n`th filing of the case to the CSIRT, each under a stage of its own.
pub async fn filed(bench: &Bench, incident: &Incident, n: u64) -> Filing {
    let mut filing = sample::filing(n, incident, &bench.hospital, &bench.csirt, &format!("words {n}"));
    filing.document.head.duty = duty(&format!("stage_{n}"));
    insert(bench, &filing).await;
    filing
}

async fn insert(bench: &Bench, filing: &Filing) {
    let mut tx = bench.write().await;
    tx.insert_filing(&permitted(&bench.hospital, Action::FileStage), filing).await.unwrap();
    tx.commit().await.unwrap();
}

async fn both_sides_hold_a_filing(bench: Bench) {
    let incident = case(&bench).await;
    let filing = sample::filing(60, &incident, &bench.hospital, &bench.csirt, "14 servers");
    insert(&bench, &filing).await;
    let id = filing.document.head.filing;
    let sent = permitted(&bench.hospital, Action::ReadSentFilings);
    let received = permitted(&bench.csirt, Action::ReadReceivedFilings);
    let mut tx = bench.read().await;
    for scope in [&sent, &received, &bench.hospital(), &bench.csirt()] {
        assert_eq!(tx.filing(scope, id).await.unwrap().as_ref(), Some(&filing));
        let reference = &filing.document.head.reference;
        assert_eq!(tx.filing_by_reference(scope, reference).await.unwrap().as_ref(), Some(&filing));
        assert_eq!(tx.filings_of_incident(scope, incident.id).await.unwrap(), std::slice::from_ref(&filing));
        let marks = tx.filing_marks(scope, incident.id).await.unwrap();
        assert_eq!((marks[0].filing, marks[0].version, marks[0].state), (id, 1, FilingState::Filed));
        assert_eq!((&marks[0].duty, marks[0].recipient), (&duty("early_warning"), bench.csirt.id));
        assert!(tx.filing_by_reference(scope, "AAAAA-00000-BBBBB").await.unwrap().is_none());
    }
    assert_eq!(tx.sent_filings(&sent, None, 10).await.unwrap(), std::slice::from_ref(&filing));
    assert!(tx.sent_filings(&sent, Some(id), 10).await.unwrap().is_empty());
    assert!(tx.sent_filings(&received, None, 10).await.unwrap().is_empty());
    // Whoever files for another is refused, and so is the recipient.
    let mut tx = bench.write().await;
    assert!(matches!(tx.insert_filing(&bench.csirt(), &filing).await, Err(Error::OutOfScope(_))));
}

async fn a_version_is_filed_once(bench: Bench) {
    let incident = case(&bench).await;
    let filing = sample::filing(60, &incident, &bench.hospital, &bench.csirt, "once");
    insert(&bench, &filing).await;
    let mut again = sample::filing(61, &incident, &bench.hospital, &bench.csirt, "twice");
    let mut tx = bench.write().await;
    let taken = tx.insert_filing(&bench.hospital(), &again).await;
    assert!(matches!(taken, Err(Error::Taken(_))), "{taken:?}");
    drop(tx);
    again.document.head.to =
        model::Party { organisation: bench.cloud.id, name: "another recipient".to_owned() };
    insert(&bench, &again).await;
}

async fn a_correction_is_a_version_of_its_own(bench: Bench) {
    let incident = case(&bench).await;
    let first = sample::filing(60, &incident, &bench.hospital, &bench.csirt, "14 servers");
    let mut second = sample::filing(61, &incident, &bench.hospital, &bench.csirt, "41 servers");
    second.document.head.version = 2;
    second.document.head.corrects = Some(first.document.head.filing);
    insert(&bench, &first).await;
    insert(&bench, &second).await;
    let mut tx = bench.read().await;
    assert_eq!(tx.filings_of_incident(&bench.csirt(), incident.id).await.unwrap(), [first, second]);
    let versions: Vec<_> = tx
        .filing_marks(&bench.hospital(), incident.id)
        .await
        .unwrap()
        .iter()
        .map(|mark| mark.version)
        .collect();
    assert_eq!(versions, [1, 2]);
}

async fn an_officer_acknowledges_and_answers(bench: Bench) {
    let incident = case(&bench).await;
    let filing = filed(&bench, &incident, 60).await;
    let other = filed(&bench, &incident, 61).await.document.head.filing;
    let id = filing.document.head.filing;
    let desk = permitted(&bench.csirt, Action::HandleReceivedFilings);
    let mut tx = bench.write().await;
    for scope in [bench.hospital(), permitted(&bench.hospital, Action::FileStage), for_node(bench.cloud.id)] {
        assert!(matches!(tx.acknowledge_filing(&scope, id, at(70)).await, Err(Error::OutOfScope(_))));
        assert!(matches!(tx.answer_filing(&scope, id, at(70)).await, Err(Error::OutOfScope(_))));
    }
    assert!(tx.acknowledge_filing(&desk, id, at(70)).await.unwrap());
    assert!(!tx.acknowledge_filing(&desk, id, at(71)).await.unwrap(), "it was acknowledged before");
    assert!(tx.answer_filing(&desk, id, at(80)).await.unwrap());
    assert!(!tx.answer_filing(&desk, id, at(81)).await.unwrap(), "it was answered before");
    assert!(tx.answer_filing(&desk, other, at(90)).await.unwrap(), "an answer acknowledges");
    assert!(!tx.acknowledge_filing(&desk, other, at(91)).await.unwrap());
    tx.commit().await.unwrap();

    let mut tx = bench.read().await;
    let seen = tx.filing(&bench.hospital(), id).await.unwrap().unwrap();
    assert_eq!(seen.state, FilingState::Answered);
    assert_eq!((seen.acknowledged_at, seen.answered_at), (Some(at(70)), Some(at(80))));
    assert_eq!(seen.document, filing.document, "what was filed is frozen");
    let seen = tx.filing(&bench.hospital(), other).await.unwrap().unwrap();
    assert_eq!((seen.acknowledged_at, seen.answered_at), (Some(at(90)), Some(at(90))));
}

async fn a_third_organisation_can_be_let_in(bench: Bench) {
    let incident = case(&bench).await;
    let id = filed(&bench, &incident, 60).await.document.head.filing;
    let mut tx = bench.write().await;
    assert!(!tx.grant_filing(&for_node(bench.cloud.id), id, bench.cloud.id).await.unwrap());
    assert!(tx.grant_filing(&bench.hospital(), id, bench.cloud.id).await.unwrap());
    assert!(tx.grant_filing(&bench.csirt(), id, bench.cloud.id).await.unwrap(), "it holds the key already");
    tx.commit().await.unwrap();
    assert_eq!(bench.count_where("data_key", "place_table = 'filing'").await, 3);
}

async fn stages(tx: &mut store::Tx, bench: &Bench, filter: &InboxFilter) -> Vec<String> {
    let page = tx.inbox(&bench.csirt(), filter, None, 50).await.unwrap();
    page.filings.iter().map(|filing| filing.document.head.duty.stage.clone()).collect()
}

async fn the_inbox_puts_the_urgent_first(bench: Bench) {
    let incident = case(&bench).await;
    for n in [60, 61, 62, 63] {
        filed(&bench, &incident, n).await;
    }
    let mut calm = sample::filing(70, &incident, &bench.hospital, &bench.csirt, "no answer wanted");
    calm.response_due_at = None;
    calm.document.head.duty = duty("calm");
    insert(&bench, &calm).await;
    let mut tx = bench.write().await;
    let answered = FilingId::new(at(61), sample::chance(61));
    tx.answer_filing(&bench.csirt(), answered, at(100)).await.unwrap();
    let order = stages(&mut tx, &bench, &InboxFilter::default()).await;
    assert_eq!(order, ["stage_60", "stage_62", "stage_63", "calm", "stage_61"]);
    let sender = tx.inbox(&bench.hospital(), &InboxFilter::default(), None, 50).await.unwrap();
    assert!(sender.filings.is_empty(), "what one sent is not in one's inbox");
}

async fn the_inbox_is_filtered(bench: Bench) {
    let incident = case(&bench).await;
    for n in [60, 61, 62] {
        filed(&bench, &incident, n).await;
    }
    let mut tx = bench.write().await;
    tx.acknowledge_filing(&bench.csirt(), FilingId::new(at(60), sample::chance(60)), at(70)).await.unwrap();
    let all = InboxFilter::default;
    let text = |word: &str| Some(word.to_owned());
    let waiting = InboxFilter { state: Some(FilingState::Filed), ..all() };
    assert_eq!(stages(&mut tx, &bench, &waiting).await, ["stage_61", "stage_62"]);
    let stage = InboxFilter { pack: text("bells"), stage: text("stage_61"), ..all() };
    assert_eq!(stages(&mut tx, &bench, &stage).await, ["stage_61"]);
    assert!(stages(&mut tx, &bench, &InboxFilter { pack: text("other"), ..all() }).await.is_empty());
    assert_eq!(stages(&mut tx, &bench, &InboxFilter { sector: text("health"), ..all() }).await.len(), 3);
    assert!(stages(&mut tx, &bench, &InboxFilter { sector: text("energy"), ..all() }).await.is_empty());
    let across = InboxFilter { cross_border: Some(true), state: Some(FilingState::Filed), ..all() };
    assert_eq!(stages(&mut tx, &bench, &across).await, ["stage_62"]);
    let within = InboxFilter { cross_border: Some(false), ..all() };
    assert_eq!(stages(&mut tx, &bench, &within).await, ["stage_61"]);
}

async fn the_inbox_is_read_page_by_page_while_it_grows(bench: Bench) {
    let incident = case(&bench).await;
    for n in 60..67 {
        filed(&bench, &incident, n).await;
    }
    let mut seen = Vec::new();
    let mut after: Option<InboxPosition> = None;
    loop {
        let filter = InboxFilter { sector: Some("health".to_owned()), ..InboxFilter::default() };
        let page = bench.read().await.inbox(&bench.csirt(), &filter, after, 3).await.unwrap();
        seen.extend(page.filings.iter().map(|filing| filing.document.head.duty.stage.clone()));
        let Some(next) = page.next else { break };
        after = Some(next.to_string().parse().unwrap());
        if seen.len() == 3 {
            filed(&bench, &incident, 90).await;
        }
    }
    let expected: Vec<_> = (60..67).chain([90]).map(|n| format!("stage_{n}")).collect();
    assert_eq!(seen, expected);
    for wrong in ["", "1", "1~2", "a~b~c", "1~2~not-an-id"] {
        assert!(wrong.parse::<InboxPosition>().is_err(), "{wrong}");
    }
}

async fn a_period_is_read_by_the_first_filing_of_an_incident(bench: Bench) {
    let incident = case(&bench).await;
    for n in [60, 61, 62, 63, 64] {
        filed(&bench, &incident, n).await;
    }
    let span = |first: (u64, u64), known: u64, pack: Option<&str>| ReceivedSpan {
        first_from: at(first.0),
        first_until: at(first.1),
        known_until: at(known),
        pack: pack.map(str::to_owned),
    };
    let csirt = permitted(&bench.csirt, Action::ReadReceivedFilings);
    let read = async |scope: &policy::Scope, span: &ReceivedSpan| {
        let (mut tx, mut after, mut seen) = (bench.read().await, None, Vec::new());
        loop {
            let page = tx.received_in(scope, span, after, 2).await.unwrap();
            seen.extend(page.filings.into_iter().map(|filing| filing.document.head.duty.stage));
            after = page.next;
            if after.is_none() {
                return seen;
            }
        }
    };
    let all: Vec<String> = (60..65).map(|n| format!("stage_{n}")).collect();
    assert_eq!(read(&csirt, &span((60, 61), 1000, None)).await, all, "what came later belongs to it");
    assert_eq!(read(&csirt, &span((60, 61), 62, None)).await, all[..2], "as it was known then");
    assert_eq!(read(&csirt, &span((0, 1000), 1000, Some("bells"))).await, all);
    assert!(read(&csirt, &span((0, 1000), 1000, Some("other"))).await.is_empty());
    assert!(read(&csirt, &span((61, 1000), 1000, None)).await.is_empty(), "it was told of before");
    assert!(read(&csirt, &span((0, 60), 1000, None)).await.is_empty(), "it was told of after");
    assert!(
        read(&bench.hospital(), &span((0, 1000), 1000, None)).await.is_empty(),
        "what one sent is not received"
    );
    assert!(
        read(&permitted(&bench.cloud, Action::ReadSentFilings), &span((0, 1000), 1000, None))
            .await
            .is_empty()
    );
}

/// `count` filings of one incident each, from organisation to organisation.
fn load(bench: &Bench, count: u64) -> (Vec<BulkIncident>, Vec<Filing>) {
    let incidents: Vec<_> = (0..count)
        .map(|n| BulkIncident {
            incident: sample::incident(1000 + n, bench.hospital.id, "loaded"),
            duties: vec![],
        })
        .collect();
    let filings = incidents
        .iter()
        .zip(1000..)
        .map(|(line, n)| sample::filing(n, &line.incident, &bench.hospital, &bench.csirt, "loaded"))
        .collect();
    (incidents, filings)
}

async fn many_filings_are_loaded_at_once(bench: Bench) {
    let count = std::env::var("STORE_LOAD").map_or(1200, |text| text.parse().unwrap());
    let (incidents, filings) = load(&bench, count);
    let mut tx = bench.write().await;
    tx.bulk_insert_incidents(&incidents, at(60)).await.unwrap();
    tx.bulk_insert_filings(&filings).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.write().await;
    tx.analyse().await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = bench.read().await;
    let page = tx.inbox(&bench.csirt(), &InboxFilter::default(), None, 50).await.unwrap();
    assert_eq!(page.filings, filings[..50]);
    let page = tx.inbox(&bench.csirt(), &InboxFilter::default(), page.next, 50).await.unwrap();
    assert_eq!(page.filings, filings[50..100]);
    let middle = &filings[filings.len() / 2];
    let found = tx.filing(&bench.csirt(), middle.document.head.filing).await.unwrap();
    assert_eq!(found.as_ref(), Some(middle));
    let stranger = for_node(OrganisationId::new(at(3), sample::chance(999)));
    assert!(tx.inbox(&stranger, &InboxFilter::default(), None, 50).await.unwrap().filings.is_empty());
}
