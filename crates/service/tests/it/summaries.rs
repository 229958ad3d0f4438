//! What a single point of contact owes of a quarter: numbers of what the desks of its State received.

use model::{Caller, Function};
use regime::summary::Shown;
use service::{
    Error,
    view::{SummaryQuery, TableKind},
};
use testkit::{TestNode, World};

use crate::story::{file, hours, on_both, open_ransomware, reporter};

on_both!(a_quarter_is_summed_up_for_the_contact_point_alone);

fn query(period: &str) -> SummaryQuery {
    SummaryQuery { pack: "nis2".to_owned(), duty: "summary".to_owned(), period: period.to_owned() }
}

async fn a_quarter_is_summed_up_for_the_contact_point_alone(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let contact = World::contact_point(&node.service).await;
    let eva = node.person(&contact, &[Function::Officer]).await;
    let mut last = None;
    for _ in 0..3 {
        let incident = open_ransomware(&node, &ada).await.id;
        file(&node, &ada, incident, "early_warning").await;
        last = Some(incident);
    }
    let service = &node.service;
    let problem = |error: Error| match error {
        Error::Invalid(problems) => (problems[0].field.clone(), problems[0].rule.clone()),
        other => panic!("{other}"),
    };
    let early = service.summary(&eva, &query("2026-Q1")).await.unwrap_err();
    assert_eq!(problem(early), ("period".to_owned(), "past".to_owned()));

    service.clock().advance(hours(24 * 40));
    let owed = service.summaries(&eva).await.unwrap().owed;
    assert_eq!((owed.len(), owed[0].periods[0].period.as_str()), (1, "2026-Q1"));
    let summary = service.summary(&eva, &query("2026-Q1")).await.unwrap();
    assert_eq!(summary.total, Shown::Count(3), "although it received none of them");
    assert_eq!(summary.tables[0].lines[0].reports, Shown::Count(3));
    assert_eq!(service.summary(&eva, &query("2025-Q4")).await.unwrap().total, Shown::Count(0));
    for kind in [TableKind::Csv, TableKind::Xlsx, TableKind::Pdf] {
        let file = service.summary_file(&eva, &query("2026-Q1"), kind).await.unwrap();
        assert!(file.name.starts_with("summary-nis2-LU-2026-Q1.") && file.bytes.len() > 100);
    }
    for (period, rule) in [("2026", "length"), ("2026-03", "length"), ("then", "period"), ("2026-Q3", "past")]
    {
        let error = service.summary(&eva, &query(period)).await.unwrap_err();
        assert_eq!(problem(error), ("period".to_owned(), rule.to_owned()), "{period}");
    }

    // What is filed later changes nothing: the same question has the same answer.
    let early_at = service.summaries(&eva).await.unwrap().owed[0].periods[0].due_at.unwrap();
    assert!(file(&node, &ada, last.unwrap(), "early_warning").await.filed_at > early_at);
    assert_eq!(service.summary(&eva, &query("2026-Q1")).await.unwrap(), summary);

    let desk = node.person(&node.world.csirt, &[Function::Officer]).await;
    let auditor = node.person(&contact, &[Function::Administrator]).await;
    let nothing = async |who: &Caller| service.summary(who, &query("2026-Q1")).await.unwrap_err();
    assert!(matches!(nothing(&desk).await, Error::NotFound(_)), "the law does not ask it of the CSIRT");
    assert!(matches!(nothing(&ada).await, Error::Denied(_)));
    assert!(matches!(nothing(&auditor).await, Error::Denied(_)));
    assert!(service.summaries(&desk).await.unwrap().owed.is_empty());
}
