//! The PDF of a filing, as the receipt names it.

use model::Incident;
use policy::{Action, for_node};
use store::{Error, Filing};

use crate::{
    bench::{Bench, on_both, permitted},
    filings::{case, filed},
};

on_both!(a_paper_is_held_by_both_sides_and_nobody_else, a_paper_of_another_filing_does_not_open,);

const PDF: &[u8] = b"%PDF-1.7 \xff\x00 bytes that are no text";

async fn sent(bench: &Bench) -> (Incident, Filing) {
    let incident = case(bench).await;
    let filing = filed(bench, &incident, 60).await;
    (incident, filing)
}

async fn a_paper_is_held_by_both_sides_and_nobody_else(bench: Bench) {
    let (_, filing) = sent(&bench).await;
    let id = filing.document.head.filing;
    let mut tx = bench.write().await;
    for stranger in [bench.csirt(), for_node(bench.cloud.id)] {
        assert!(matches!(tx.insert_paper(&stranger, id, PDF).await, Err(Error::OutOfScope(_))));
    }
    tx.insert_paper(&permitted(&bench.hospital, Action::FileStage), id, PDF).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    for scope in [
        permitted(&bench.hospital, Action::ReadSentFilings),
        permitted(&bench.csirt, Action::ReadReceivedFilings),
    ] {
        assert_eq!(tx.paper(&scope, id).await.unwrap().as_deref(), Some(PDF));
    }
    assert_eq!(tx.paper(&for_node(bench.cloud.id), id).await.unwrap(), None);
    let mut tx = bench.write().await;
    let second = tx.insert_paper(&bench.hospital(), id, b"another").await;
    assert!(matches!(second, Err(Error::Taken(_))), "a paper is kept once: {second:?}");
}

async fn a_paper_of_another_filing_does_not_open(bench: Bench) {
    let (incident, first) = sent(&bench).await;
    let second = filed(&bench, &incident, 61).await;
    let mut tx = bench.write().await;
    for (filing, pdf) in [(&first, b"the first".as_slice()), (&second, b"the other")] {
        tx.insert_paper(&bench.hospital(), filing.document.head.filing, pdf).await.unwrap();
    }
    tx.commit().await.unwrap();
    // Whoever can write to the database gives both filings the same bytes, and the keys with them.
    bench
        .run_raw(
            "UPDATE paper SET document = (SELECT p.document FROM paper p ORDER BY p.filing LIMIT 1)",
            None,
        )
        .await;
    bench
        .run_raw(
            "UPDATE data_key SET wrapped = (SELECT d.wrapped FROM data_key d WHERE d.place_table = 'paper'
            AND d.holder = data_key.holder ORDER BY d.place_row LIMIT 1) WHERE place_table = 'paper'",
            None,
        )
        .await;
    let mut tx = bench.read().await;
    let mut opened = 0;
    for filing in [&first, &second] {
        match tx.paper(&bench.csirt(), filing.document.head.filing).await {
            Ok(pdf) => {
                assert_eq!(pdf.as_deref(), Some(b"the first".as_slice()), "the paper that was not swapped");
                opened += 1;
            }
            Err(error) => assert!(matches!(error, Error::Sealed { .. }), "{error}"),
        }
    }
    assert_eq!(opened, 1, "the swapped paper is refused, the other opens");
}
