//! The authority's desk: by urgency, read and answered, and the reporter sees it.

use model::{Caller, DutyState, FilingId, Function};
use serde_json::json;
use service::{
    Error,
    view::{FilingState, InboxQuery, RequestStage, Respond},
};
use testkit::TestNode;

use crate::story::{
    at, duty, file, hours, officer, on_both, open, open_ransomware, problems, ransomware, reporter, save,
    stage, with_more,
};

on_both!(
    the_inbox_is_in_order_of_urgency,
    filters_keep_what_they_name,
    pages_have_no_gaps_and_no_doubles,
    opening_marks_as_read_and_the_reporter_sees_by_whom,
    an_acknowledgement_is_given_once,
    a_response_stops_the_clock,
    an_answer_to_the_correction_answers_what_it_corrects,
    a_further_stage_is_asked_for,
    who_is_no_officer_does_not_act,
);

async fn rows(node: &TestNode, caller: &Caller, query: InboxQuery) -> Vec<FilingId> {
    node.service.inbox(caller, &query).await.unwrap().rows.into_iter().map(|row| row.filing).collect()
}

fn respond(text: &str) -> Respond {
    Respond { text: text.to_owned(), ..Respond::default() }
}

async fn the_inbox_is_in_order_of_urgency(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    let first = open_ransomware(&node, &ada).await;
    let warned = file(&node, &ada, first.id, "early_warning").await.filing;
    node.service.clock().advance(hours(1));
    let more = with_more(json!({"affected_services": "Imaging"}));
    node.service.save_answers(&ada, first.id, save(1, more)).await.unwrap();
    // Nothing waits for an answer to a notification: it comes after what waits, however new.
    let notified = file(&node, &ada, first.id, "incident_notification").await.filing;
    let second = open_ransomware(&node, &ada).await;
    let warned_later = file(&node, &ada, second.id, "early_warning").await.filing;
    assert_eq!(rows(&node, &carl, InboxQuery::default()).await, [warned, warned_later, notified]);

    node.service.clock().advance(hours(23) + std::time::Duration::from_secs(1));
    let inbox = node.service.inbox(&carl, &InboxQuery::default()).await.unwrap();
    let late: Vec<_> = inbox.rows.iter().map(|row| (row.response_due_at, row.response_late)).collect();
    assert_eq!(
        late,
        [(Some(at("2026-03-07T15:30:00Z")), true), (Some(at("2026-03-07T16:30:00Z")), false), (None, false)]
    );
    node.service.respond(&carl, warned, respond("Isolate the servers."), None).await.unwrap();
    assert_eq!(rows(&node, &carl, InboxQuery::default()).await, [warned_later, notified, warned]);
}

async fn filters_keep_what_they_name(node: TestNode) {
    let carl = officer(&node, &node.world.csirt).await;
    let ada = reporter(&node, &node.world.hospital).await;
    let grace = reporter(&node, &node.world.cloud).await;
    let now = node.service.clock().now();
    let mut health = ransomware(now);
    health["cross_border"] = json!(true);
    let health = open(&node, &ada, health).await;
    let health = file(&node, &ada, health.id, "early_warning").await.filing;
    let loss = json!({
        "title": "Storage lost", "aware_significant_at": now, "cross_border": false,
        "financial_loss": {"amount": 900_000, "currency": "EUR"}
    });
    let cloud = open(&node, &grace, loss).await;
    let cloud = file(&node, &grace, cloud.id, "early_warning").await.filing;
    node.service.acknowledge(&carl, cloud).await.unwrap();

    let query = InboxQuery::default;
    assert_eq!(rows(&node, &carl, query()).await.len(), 2);
    let kept = [
        (InboxQuery { state: Some(FilingState::Filed), ..query() }, vec![health]),
        (InboxQuery { state: Some(FilingState::Acknowledged), ..query() }, vec![cloud]),
        (InboxQuery { sector: Some("health".to_owned()), ..query() }, vec![health]),
        (InboxQuery { cross_border: Some(false), ..query() }, vec![cloud]),
        (InboxQuery { stage: Some("final_report".to_owned()), ..query() }, vec![]),
        (InboxQuery { pack: Some("gdpr".to_owned()), ..query() }, vec![]),
        (
            InboxQuery {
                pack: Some("nis2".to_owned()),
                stage: Some("early_warning".to_owned()),
                sector: Some("digital_infrastructure".to_owned()),
                state: Some(FilingState::Acknowledged),
                cross_border: Some(false),
                ..query()
            },
            vec![cloud],
        ),
    ];
    for (query, wanted) in kept {
        assert_eq!(rows(&node, &carl, query.clone()).await, wanted, "{query:?}");
    }
}

async fn pages_have_no_gaps_and_no_doubles(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    for number in 0..7 {
        let view = open_ransomware(&node, &ada).await;
        file(&node, &ada, view.id, "early_warning").await;
        // Some at the very same instant.
        node.service.clock().advance(hours(number % 2));
    }
    let whole = rows(&node, &carl, InboxQuery::default()).await;
    let mut pages = Vec::new();
    let mut query = InboxQuery { limit: Some(3), ..InboxQuery::default() };
    loop {
        let page = node.service.inbox(&carl, &query).await.unwrap();
        pages.extend(page.rows.into_iter().map(|row| row.filing));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!((pages.len(), &pages), (7, &whole));
    let wrong = InboxQuery { after: Some("somewhere".to_owned()), ..InboxQuery::default() };
    assert_eq!(problems(node.service.inbox(&carl, &wrong).await), ["/after: cursor"]);
}

async fn opening_marks_as_read_and_the_reporter_sees_by_whom(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    let view = open_ransomware(&node, &ada).await;
    let filing = file(&node, &ada, view.id, "early_warning").await.filing;
    assert!(node.service.sent_filing(&ada, filing).await.unwrap().reads.is_empty());
    assert!(node.service.inbox(&carl, &InboxQuery::default()).await.unwrap().rows[0].unread);
    node.service.clock().advance(hours(1));
    node.service.received_filing(&carl, filing).await.unwrap();
    node.service.clock().advance(hours(1));
    node.service.received_filing(&carl, filing).await.unwrap();
    assert!(!node.service.inbox(&carl, &InboxQuery::default()).await.unwrap().rows[0].unread);
    let seen = node.service.sent_filing(&ada, filing).await.unwrap();
    let reads: Vec<_> = seen.reads.iter().map(|read| (&read.by, read.organisation, read.at)).collect();
    assert_eq!(reads, [(&carl.name, node.world.csirt.id, at("2026-03-06T16:30:00Z"))]);
}

async fn an_acknowledgement_is_given_once(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    let view = open_ransomware(&node, &ada).await;
    let filing = file(&node, &ada, view.id, "early_warning").await.filing;
    let given = node.service.acknowledge(&carl, filing).await.unwrap();
    node.service.clock().advance(hours(1));
    let again = node.service.acknowledge(&carl, filing).await.unwrap();
    assert_eq!(given.acknowledged_at, Some(at("2026-03-06T15:30:00Z")));
    assert_eq!((again.acknowledged_at, again.state), (given.acknowledged_at, FilingState::Acknowledged));
    let view = node.service.incident(&ada, view.id).await.unwrap();
    assert_eq!(duty(&view, "early_warning").state, DutyState::Acknowledged);
    let decided = crate::significance::decisions(&node, &node.world.hospital, "early_warning").await;
    assert_eq!(decided, [DutyState::Due, DutyState::Filed, DutyState::Acknowledged]);
    // Acknowledging what was answered takes nothing back.
    node.service.respond(&carl, filing, respond("Call us."), None).await.unwrap();
    assert_eq!(node.service.acknowledge(&carl, filing).await.unwrap().state, FilingState::Answered);
}

async fn a_response_stops_the_clock(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    let mut crime = ransomware(node.service.clock().now());
    crime["suspected_malicious"] = json!(true);
    let view = open(&node, &ada, crime).await;
    let filing = file(&node, &ada, view.id, "early_warning").await.filing;
    let received = node.service.received_filing(&carl, filing).await.unwrap();
    assert_eq!(received.response_due_at, Some(at("2026-03-07T15:30:00Z")));
    assert_eq!(problems(node.service.respond(&carl, filing, respond(" \n "), None).await), ["/text: length"]);
    let long = "x".repeat(20_001);
    assert_eq!(problems(node.service.respond(&carl, filing, respond(&long), None).await), ["/text: length"]);

    node.service.clock().advance(hours(2));
    let answered = node.service.respond(&carl, filing, respond("Isolate the servers."), None).await.unwrap();
    assert_eq!(
        (answered.state, answered.answered_at, answered.acknowledged_at),
        (FilingState::Answered, Some(at("2026-03-06T17:30:00Z")), Some(at("2026-03-06T17:30:00Z")))
    );
    let row = &node.service.inbox(&carl, &InboxQuery::default()).await.unwrap().rows[0];
    assert_eq!((row.response_due_at, row.response_late), (None, false));
    node.service.clock().advance(hours(1));
    node.service.respond(&carl, filing, respond("And do not pay."), None).await.unwrap();
    let seen = node.service.sent_filing(&ada, filing).await.unwrap();
    assert_eq!(seen.answered_at, answered.answered_at);
    let words: Vec<_> =
        seen.messages.iter().map(|said| (said.from.name.as_str(), said.text.as_str())).collect();
    assert_eq!(
        words,
        [("CSIRT of Luxembourg", "Isolate the servers."), ("CSIRT of Luxembourg", "And do not pay.")]
    );
    assert!(seen.messages.iter().all(|said| said.by == carl.name));
}

async fn an_answer_to_the_correction_answers_what_it_corrects(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    let view = open_ransomware(&node, &ada).await;
    let first = file(&node, &ada, view.id, "early_warning").await.filing;
    node.service.clock().advance(hours(1));
    node.service.save_answers(&ada, view.id, save(1, json!({"title": "In three clinics"}))).await.unwrap();
    let second = file(&node, &ada, view.id, "early_warning").await.filing;
    // The correction does not give the authority a second day.
    let due: Vec<_> = node.service.inbox(&carl, &InboxQuery::default()).await.unwrap().rows;
    let due: Vec<_> = due.iter().map(|row| (row.filing, row.response_due_at)).collect();
    assert_eq!(due, [(first, Some(at("2026-03-07T15:30:00Z"))), (second, None)]);
    node.service.respond(&carl, second, respond("Understood."), None).await.unwrap();
    let inbox = node.service.inbox(&carl, &InboxQuery::default()).await.unwrap();
    assert!(inbox.rows.iter().all(|row| row.state == FilingState::Answered && row.response_due_at.is_none()));
}

async fn a_further_stage_is_asked_for(node: TestNode) {
    let (ada, carl) = (reporter(&node, &node.world.hospital).await, officer(&node, &node.world.csirt).await);
    let view = open_ransomware(&node, &ada).await;
    let filing = file(&node, &ada, view.id, "early_warning").await.filing;
    let received = node.service.received_filing(&carl, filing).await.unwrap();
    let requestable: Vec<_> =
        received.requestable.iter().map(|one| (&one.duty, one.title.as_str())).collect();
    assert_eq!(requestable, [(&stage("intermediate_report"), "Intermediate report")]);
    let request = |name: &str, due: &str| RequestStage {
        duty: stage(name),
        due_at: Some(at(due)),
        text: "Which systems are affected?".to_owned(),
    };
    let ask = |request| node.service.request_stage(&carl, filing, request, None);
    assert_eq!(problems(ask(request("final_report", "2026-03-10T11:00:00Z")).await), ["/duty: requestable"]);
    let past = request("intermediate_report", "2026-03-06T15:30:00Z");
    assert_eq!(problems(ask(past).await), ["/due_at: in_the_future"]);
    assert_eq!(duty(&view, "intermediate_report").state, DutyState::NotApplicable);

    ask(request("intermediate_report", "2026-03-10T11:00:00Z")).await.unwrap();
    let open = node.service.open_duties(&ada).await.unwrap();
    let asked = open.duties.iter().find(|open| open.duty.key == stage("intermediate_report")).unwrap();
    assert_eq!(asked.duty.due.as_ref().unwrap().at, at("2026-03-10T11:00:00Z"));
    assert_eq!(node.service.sent_filing(&ada, filing).await.unwrap().messages.len(), 1);
    file(&node, &ada, view.id, "intermediate_report").await;
    let view = node.service.incident(&ada, view.id).await.unwrap();
    assert_eq!(duty(&view, "intermediate_report").state, DutyState::Filed);
}

async fn who_is_no_officer_does_not_act(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let filing = file(&node, &ada, view.id, "early_warning").await.filing;
    let auditor = node.person(&node.world.csirt, &[Function::Auditor]).await;
    let clerk = node.person(&node.world.csirt, &[Function::Reporter, Function::Administrator]).await;
    // A reporting entity has no desk, whatever functions its people are given.
    let impostor = node.person(&node.world.hospital, &[Function::Officer, Function::Reporter]).await;
    let ask = || RequestStage { duty: stage("intermediate_report"), due_at: None, text: "?".to_owned() };
    for caller in [&ada, &auditor, &clerk, &impostor] {
        let service = &node.service;
        assert!(matches!(service.acknowledge(caller, filing).await, Err(Error::Denied(_))));
        assert!(matches!(service.respond(caller, filing, respond("x"), None).await, Err(Error::Denied(_))));
        assert!(matches!(service.request_stage(caller, filing, ask(), None).await, Err(Error::Denied(_))));
    }
    for caller in [&ada, &clerk, &impostor] {
        let inbox = node.service.inbox(caller, &InboxQuery::default()).await;
        assert!(matches!(inbox, Err(Error::Denied(_))));
        assert!(matches!(node.service.received_filing(caller, filing).await, Err(Error::Denied(_))));
    }
    assert_eq!(rows(&node, &auditor, InboxQuery::default()).await, [filing]);
    assert_eq!(node.service.received_filing(&auditor, filing).await.unwrap().state, FilingState::Filed);
}
