//! The single point of contact sees what crosses borders from the first hour, and handles none of it.

use model::{Caller, DutyState, Function, IncidentId, Role};
use serde_json::{Value, json};
use service::{
    Error,
    view::{InboxQuery, InboxRow, Respond},
};
use testkit::{Place, TestNode, World};

use crate::story::{
    duty, file, hours, officer, on_both, open_ransomware, refusal, reporter, save, with_more,
};

on_both!(
    what_crosses_borders_reaches_the_contact_point_at_once,
    what_turns_out_to_cross_borders_reaches_it_with_the_next_filing,
);

const WHY: &str = "Art. 23(1), (6): for information, cross-border";

async fn inbox(node: &TestNode, who: &Caller) -> Vec<InboxRow> {
    node.service.inbox(who, &InboxQuery::default()).await.unwrap().rows
}

async fn answer(node: &TestNode, who: &Caller, incident: IncidentId, fields: Value) {
    let revision = node.service.incident(who, incident).await.unwrap().revision;
    node.service.save_answers(who, incident, save(revision, fields)).await.unwrap();
}

async fn contact(node: &TestNode) -> (Place, Caller) {
    let place = World::contact_point(&node.service).await;
    let officer = node.person(&place, &[Function::Officer]).await;
    (place, officer)
}

async fn what_crosses_borders_reaches_the_contact_point_at_once(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    let ((place, eva), service) = (contact(&node).await, &node.service);
    let incident = open_ransomware(&node, &ada).await.id;
    answer(&node, &ada, incident, json!({"cross_border": true})).await;
    let preview = service.preview(&ada, incident, &crate::story::stage("early_warning")).await.unwrap();
    assert_eq!(
        preview.to.iter().map(|to| to.role).collect::<Vec<_>>(),
        [Role::Csirt],
        "it is filed to the CSIRT"
    );
    assert_eq!(
        (preview.informed.len(), preview.informed[0].organisation.id),
        (1, place.id),
        "and this is said before"
    );
    let filed = file(&node, &ada, incident, "early_warning").await;
    assert_eq!(filed.others.len(), 1);

    let rows = inbox(&node, &eva).await;
    assert_eq!((rows.len(), rows[0].for_information.as_deref()), (1, Some(WHY)));
    assert_eq!((rows[0].cross_border, rows[0].response_due_at, rows[0].unread), (Some(true), None, true));
    assert_eq!(inbox(&node, &carl).await[0].for_information, None);
    let notices = service.notices(&eva, None, 10).await.unwrap().notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].link, format!("/authority/filings/{}", rows[0].filing));
    assert!(!format!("{notices:?}").contains("Ransomware"), "no answer of the report stands in it");

    // It reads, and handles nothing; what the CSIRT does counts.
    let id = rows[0].filing;
    let view = service.received_filing(&eva, id).await.unwrap();
    assert_eq!(view.for_information.as_deref(), Some(WHY));
    assert!(refusal(service.acknowledge(&eva, id).await).contains("for information alone"));
    let words = Respond { text: "Thank you.".to_owned(), marking: model::Marking::default() };
    assert!(refusal(service.respond(&eva, id, words, None).await).contains("for information alone"));
    service.acknowledge(&carl, filed.filing).await.unwrap();
    let record = service.incident(&ada, incident).await.unwrap();
    assert_eq!(duty(&record, "early_warning").state, DutyState::Acknowledged);
    let of_filing = |error| matches!(error, Error::NotFound(_));
    assert!(
        of_filing(service.received_filing(&eva, filed.filing).await.unwrap_err()),
        "the CSIRT's copy is the CSIRT's"
    );
}

async fn what_turns_out_to_cross_borders_reaches_it_with_the_next_filing(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let (_, eva) = contact(&node).await;
    let incident = open_ransomware(&node, &ada).await.id;
    answer(
        &node,
        &ada,
        incident,
        with_more(
            json!({"cross_border": false, "suspected_malicious": true, "affected_services": "Imaging"}),
        ),
    )
    .await;
    file(&node, &ada, incident, "early_warning").await;
    file(&node, &ada, incident, "incident_notification").await;
    assert!(inbox(&node, &eva).await.is_empty());
    let due = async || {
        let record = node.service.incident(&ada, incident).await.unwrap();
        duty(&record, "final_report").due.as_ref().unwrap().at
    };
    let before = due().await;

    node.service.clock().advance(hours(24 * 5));
    answer(&node, &ada, incident, json!({"cross_border": true})).await;
    let filed = file(&node, &ada, incident, "incident_notification").await;
    let rows = inbox(&node, &eva).await;
    assert_eq!((rows.len(), rows[0].version, rows[0].late), (1, 1, false), "nothing was due to it");
    assert_eq!(filed.others[0].filing, rows[0].filing);
    assert_eq!(due().await, before, "a copy for information files nothing anew");
}
