//! Reminders, escalation, calendars and live updates.

use std::{sync::atomic::Ordering, time::Duration};

use model::{Caller, Function, NoticeKind};
use serde_json::json;
use service::{
    Clock, Error, Outcome,
    view::{LiveKind, MakeCalendarFeed, ReadNotices, Receiver, ReminderStep, SaveReminderPlan, StepKind},
};
use testkit::{TestNode, cut_connections};

use crate::story::{at, file, hours, officer, on_both, open_ransomware, problems, reporter, save};

on_both!(
    a_step_is_told_once,
    after_an_outage_only_the_newest_step_is_told,
    a_clock_that_goes_back_reminds_nobody_twice,
    a_moved_deadline_reminds_anew,
    the_ladder_is_the_organisations_own,
    a_ladder_that_cannot_be_is_refused,
    notices_are_read_by_their_person,
    a_calendar_tells_deadlines_and_no_answers,
    a_calendar_ends_with_its_secret_and_its_person,
    pages_hear_of_their_own_side_alone,
    a_page_that_lost_the_line_misses_nothing,
    who_reads_too_slowly_is_let_go,
    replicas_hear_each_other,
    a_job_survives_the_loss_of_the_database,
    a_mail_that_fails_here_is_put_aside_in_the_end,
);

const MINUTE: Duration = Duration::from_secs(60);

/// What a person was told, oldest first.
async fn told(node: &TestNode, caller: &Caller) -> Vec<(NoticeKind, String)> {
    let list = node.service.notices(caller, None, 100).await.unwrap();
    list.notices.into_iter().rev().map(|notice| (notice.kind, notice.subject)).collect()
}

async fn kinds(node: &TestNode, caller: &Caller) -> Vec<NoticeKind> {
    told(node, caller).await.into_iter().map(|(kind, _)| kind).collect()
}

async fn remind(node: &TestNode) -> usize {
    node.service.reconcile_duties().await.unwrap();
    node.service.remind().await.unwrap()
}

async fn a_step_is_told_once(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let stranger = reporter(&node, &node.world.clinic).await;
    open_ransomware(&node, &ada).await;
    assert_eq!(remind(&node).await, 0, "nothing is near");
    node.service.clock().advance(hours(12));
    assert_eq!(remind(&node).await, 1);
    assert_eq!(remind(&node).await, 0, "and not again");
    let heard = told(&node, &ada).await;
    assert_eq!(
        heard,
        [(
            NoticeKind::Reminder,
            "NIS2 early warning is due Saturday 7 March 2026, 16:30 (Europe/Luxembourg), in 12 h".to_owned()
        )]
    );
    let notice = node.service.notices(&ada, None, 1).await.unwrap().notices.remove(0);
    assert!(!notice.text.contains("Ransomware"), "no answer: {}", notice.text);
    assert!(notice.text.contains("CSIRT of Luxembourg"), "{}", notice.text);
    assert_eq!(kinds(&node, &stranger).await, []);
    assert_eq!(node.service.job_queue().await.unwrap().waiting, 1);
}

async fn after_an_outage_only_the_newest_step_is_told(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let head = node.person(&node.world.hospital, &[Function::Administrator]).await;
    open_ransomware(&node, &ada).await;
    // A day and a half without the worker: five steps of the early warning have passed.
    node.service.clock().advance(hours(36));
    assert_eq!(remind(&node).await, 1);
    assert_eq!(kinds(&node, &ada).await, [NoticeKind::Reminder]);
    assert_eq!(kinds(&node, &head).await, [NoticeKind::Escalation], "nobody is missed");
    let (_, words) = told(&node, &ada).await.remove(0);
    assert!(words.contains("is late") && words.contains("12 h ago"), "{words}");
    node.service.clock().advance(hours(12));
    assert_eq!(remind(&node).await, 1, "a day after");
    assert_eq!(remind(&node).await, 0);
    assert_eq!(kinds(&node, &head).await.len(), 2);
}

async fn a_clock_that_goes_back_reminds_nobody_twice(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(23));
    assert_eq!(remind(&node).await, 1);
    let Clock::Fixed(micros) = node.service.clock() else { panic!("a clock that can be turned") };
    micros.store(at("2026-03-07T03:30:00Z").micros(), Ordering::SeqCst);
    assert_eq!(remind(&node).await, 0);
    node.service.clock().advance(hours(11));
    assert_eq!(remind(&node).await, 0);
    assert_eq!(told(&node, &ada).await.len(), 1);
}

async fn a_moved_deadline_reminds_anew(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(12));
    assert_eq!(remind(&node).await, 1);
    let mut moved = save(view.revision, json!({ "aware_significant_at": "2026-03-06T15:00:00Z" }));
    moved.reasons.insert("aware_significant_at".to_owned(), "The log says so.".to_owned());
    node.service.save_answers(&ada, view.id, moved).await.unwrap();
    assert_eq!(remind(&node).await, 1, "half an hour earlier");
    assert_eq!(remind(&node).await, 0);
    assert_eq!(told(&node, &ada).await.len(), 2);
}

fn step(minutes: i64, kind: StepKind, to: Vec<Receiver>) -> ReminderStep {
    ReminderStep { minutes, kind, to }
}

async fn the_ladder_is_the_organisations_own(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let head = node.person(&node.world.hospital, &[Function::Administrator]).await;
    let named = node.person(&node.world.hospital, &[Function::Auditor]).await;
    let provider = node.person(&node.world.cloud, &[Function::Approver]).await;
    let model::Subject::User(user) = named.subject else { panic!("a person") };
    let plan = node.service.reminder_plan(&head).await.unwrap();
    assert_eq!((plan.revision, plan.steps.len()), (0, 8));
    let steps = vec![
        step(
            0,
            StepKind::Escalation,
            vec![Receiver::Organisation { organisation: node.world.cloud.id, function: Function::Approver }],
        ),
        step(-90, StepKind::Reminder, vec![Receiver::Person { user }]),
    ];
    let saved = node.service.save_reminder_plan(&head, SaveReminderPlan { base_revision: 0, steps }).await;
    let saved = saved.unwrap();
    assert_eq!((saved.revision, saved.steps[0].minutes), (1, -90));
    open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(22) + 30 * MINUTE);
    assert_eq!(remind(&node).await, 1);
    assert_eq!(kinds(&node, &named).await, [NoticeKind::Reminder]);
    assert_eq!(kinds(&node, &ada).await, [], "the ladder names somebody else");
    node.service.clock().advance(hours(2));
    assert_eq!(remind(&node).await, 1);
    assert_eq!(kinds(&node, &provider).await, [NoticeKind::Escalation]);
    let notice = node.service.notices(&provider, None, 1).await.unwrap().notices.remove(0);
    assert_eq!(notice.link, "/", "a stranger is not sent to a page that is not theirs");
}

async fn a_ladder_that_cannot_be_is_refused(node: TestNode) {
    let head = node.person(&node.world.hospital, &[Function::Administrator]).await;
    let ada = reporter(&node, &node.world.hospital).await;
    let stranger = reporter(&node, &node.world.clinic).await;
    let model::Subject::User(foreign) = stranger.subject else { panic!("a person") };
    let of = |base_revision, to| SaveReminderPlan {
        base_revision,
        steps: vec![step(5, StepKind::Reminder, vec![to])],
    };
    let reporters = || Receiver::Function { function: Function::Reporter };
    let service = &node.service;
    assert!(matches!(service.reminder_plan(&ada).await, Err(Error::Denied(_))));
    assert!(matches!(service.save_reminder_plan(&ada, of(0, reporters())).await, Err(Error::Denied(_))));
    let person = of(0, Receiver::Person { user: foreign });
    assert_eq!(problems(service.save_reminder_plan(&head, person).await), ["/steps/0/to: known_person"]);
    let own = Receiver::Organisation { organisation: node.world.hospital.id, function: Function::Reporter };
    assert_eq!(
        problems(service.save_reminder_plan(&head, of(0, own)).await),
        ["/steps/0/to: known_organisation"]
    );
    let far = SaveReminderPlan {
        base_revision: 0,
        steps: vec![step(99_999, StepKind::Reminder, vec![reporters()])],
    };
    assert_eq!(problems(service.save_reminder_plan(&head, far).await), ["/steps/0/minutes: range"]);
    service.save_reminder_plan(&head, of(0, reporters())).await.unwrap();
    let quicker = service.save_reminder_plan(&head, of(0, reporters())).await;
    assert!(matches!(quicker, Err(Error::Conflict { revision: 1, .. })), "{quicker:?}");
}

async fn notices_are_read_by_their_person(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let bob = reporter(&node, &node.world.hospital).await;
    for _ in 0..3 {
        open_ransomware(&node, &ada).await;
    }
    node.service.clock().advance(hours(12));
    assert_eq!(remind(&node).await, 3);
    let first = node.service.notices(&ada, None, 2).await.unwrap();
    assert_eq!((first.unread, first.notices.len()), (3, 2));
    let rest = node.service.notices(&ada, first.next, 2).await.unwrap();
    assert_eq!((rest.notices.len(), rest.next), (1, None));
    let read = ReadNotices { ids: vec![first.notices[0].id] };
    assert_eq!(node.service.read_notices(&ada, read).await.unwrap().unread, 2);
    let theirs = ReadNotices { ids: vec![first.notices[1].id] };
    assert_eq!(node.service.read_notices(&bob, theirs).await.unwrap().unread, 3);
    assert_eq!(node.service.notices(&ada, None, 9).await.unwrap().unread, 2, "not Bob's to read");
    assert_eq!(node.service.read_notices(&ada, ReadNotices::default()).await.unwrap().unread, 0);
}

/// The feed of a person, by a path as the page shows it.
async fn feed(node: &TestNode, path: &str) -> Result<service::CalendarText, Error> {
    let token = path.trim_start_matches("/calendar/").trim_end_matches(".ics");
    node.service.calendar(token, "https://beffroi.example.eu").await
}

async fn a_calendar_tells_deadlines_and_no_answers(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let made = node.service.make_calendar_feed(&ada, MakeCalendarFeed { titles: false }).await.unwrap();
    let path = made.path.unwrap();
    let calendar = feed(&node, &path).await.unwrap();
    assert_eq!(calendar, feed(&node, &path).await.unwrap(), "the same, byte for byte");
    assert!(calendar.text.contains("DTSTART:20260307T153000Z\r\n"), "{}", calendar.text);
    assert!(calendar.text.contains("SUMMARY:NIS2 Early warning\r\n"), "{}", calendar.text);
    assert!(!calendar.text.contains("Ransomware"), "{}", calendar.text);
    let shown = node.service.calendar_feed(&ada).await.unwrap();
    assert_eq!((shown.active, shown.path), (true, None), "the secret is told once");
    let titled = node.service.make_calendar_feed(&ada, MakeCalendarFeed { titles: true }).await.unwrap();
    let titled = feed(&node, &titled.path.unwrap()).await.unwrap();
    assert!(titled.text.replace("\r\n ", "").contains("Ransomware on the file servers"), "{}", titled.text);
    assert_ne!(titled.mark, calendar.mark);
    file(&node, &ada, view.id, "early_warning").await;
    assert!(matches!(feed(&node, &path).await, Err(Error::NotFound(_))), "the first secret has ended");
    let olive = officer(&node, &node.world.csirt).await;
    let made = node.service.make_calendar_feed(&olive, MakeCalendarFeed::default()).await.unwrap();
    let desk = feed(&node, &made.path.unwrap()).await.unwrap();
    assert!(desk.text.contains("SUMMARY:Respond to a filing"), "{}", desk.text);
}

async fn a_calendar_ends_with_its_secret_and_its_person(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let made = node.service.make_calendar_feed(&ada, MakeCalendarFeed::default()).await.unwrap();
    let path = made.path.unwrap();
    feed(&node, &path).await.unwrap();
    for wrong in ["", "x", &"A".repeat(43), &path.to_uppercase()] {
        assert!(matches!(feed(&node, wrong).await, Err(Error::NotFound(_))), "{wrong}");
    }
    assert!(!node.service.end_calendar_feed(&ada).await.unwrap().active);
    assert!(!node.service.end_calendar_feed(&ada).await.unwrap().active);
    assert!(matches!(feed(&node, &path).await, Err(Error::NotFound(_))));
}

/// Chains and tells what happened, as the loops of a node do.
async fn pump(service: &service::Service) {
    while service.chain_audit().await.unwrap() > 0 {}
    while service.tell_listeners().await.unwrap() > 0 {}
}

/// What a line holds by now.
async fn heard(line: &mut service::Subscription) -> Vec<service::LiveEvent> {
    let mut events = Vec::new();
    while let Ok(Some(event)) = tokio::time::timeout(Duration::from_millis(50), line.next()).await {
        events.push(event);
    }
    events
}

async fn pages_hear_of_their_own_side_alone(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let stranger = reporter(&node, &node.world.clinic).await;
    let olive = officer(&node, &node.world.csirt).await;
    let foreign = officer(&node, &node.world.foreign_csirt).await;
    pump(&node.service).await;
    let mut lines = Vec::new();
    for caller in [&ada, &stranger, &olive, &foreign] {
        lines.push(node.service.listen(caller, None).await.unwrap());
    }
    let view = open_ransomware(&node, &ada).await;
    let filed = file(&node, &ada, view.id, "early_warning").await;
    node.service.received_filing(&olive, filed.filing).await.unwrap();
    pump(&node.service).await;
    let of_ada = heard(&mut lines[0]).await;
    assert!(of_ada.iter().any(|event| event.message.incident == Some(view.id)));
    let filing = of_ada.iter().find(|event| event.message.kind == LiveKind::Filing).unwrap();
    assert_eq!(filing.message.filing, Some(filed.filing));
    assert_eq!(heard(&mut lines[1]).await, []);
    let of_olive = heard(&mut lines[2]).await;
    assert!(!of_olive.is_empty());
    for event in of_olive {
        assert_eq!((event.message.kind, event.message.incident), (LiveKind::Filing, None));
        assert_eq!(event.message.filing, Some(filed.filing));
    }
    assert_eq!(heard(&mut lines[3]).await, []);
    node.service.clock().advance(hours(60));
    remind(&node).await;
    pump(&node.service).await;
    assert!(heard(&mut lines[0]).await.iter().any(|event| event.message.kind == LiveKind::Notice));
    assert_eq!(heard(&mut lines[1]).await, []);
}

async fn a_page_that_lost_the_line_misses_nothing(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    pump(&node.service).await;
    let mut line = node.service.listen(&ada, None).await.unwrap();
    open_ransomware(&node, &ada).await;
    pump(&node.service).await;
    let last = heard(&mut line).await.pop().unwrap().id.unwrap();
    drop(line);
    let second = open_ransomware(&node, &ada).await;
    pump(&node.service).await;
    let mut line = node.service.listen(&ada, Some(last)).await.unwrap();
    let third = open_ransomware(&node, &ada).await;
    pump(&node.service).await;
    let incidents: Vec<_> =
        heard(&mut line).await.into_iter().filter_map(|event| event.message.incident).collect();
    assert!(incidents.contains(&second.id) && incidents.contains(&third.id), "{incidents:?}");
    let mut distinct = incidents.clone();
    distinct.dedup();
    assert_eq!(distinct.len(), incidents.len(), "and nothing twice");
    let unknown = model::EventId::new(node.now(), [9; 10]);
    let mut line = node.service.listen(&ada, Some(unknown)).await.unwrap();
    let all = heard(&mut line).await;
    assert_eq!(all[0].message.kind, LiveKind::Everything, "who comes from nowhere looks at everything");
}

async fn who_reads_too_slowly_is_let_go(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    pump(&node.service).await;
    let mut slow = node.service.listen(&ada, None).await.unwrap();
    for _ in 0..150 {
        node.service.open_incident(&ada, service::view::OpenIncident::default(), None).await.unwrap();
    }
    pump(&node.service).await;
    let mut count = 0;
    while slow.next().await.is_some() {
        count += 1;
    }
    assert!(count <= 128, "{count}: the line has ended");
    let mut lines = Vec::new();
    let refused = loop {
        match node.service.listen(&ada, None).await {
            Ok(line) => lines.push(line),
            Err(error) => break error,
        }
        assert!(lines.len() < 100);
    };
    assert!(matches!(refused, Error::Throttled { .. }), "{refused}");
    drop(lines);
    node.service.listen(&ada, None).await.unwrap();
    let mut last = node.service.listen(&ada, None).await.unwrap();
    node.service.hang_up();
    assert_eq!(last.next().await, None);
}

async fn replicas_hear_each_other(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let other = node.replica().await;
    pump(&node.service).await;
    let (mut here, mut there) =
        (node.service.listen(&ada, None).await.unwrap(), other.listen(&ada, None).await.unwrap());
    let mut opened = Vec::new();
    for round in 0..10 {
        let service = if round % 2 == 0 { &node.service } else { &other };
        opened.push(
            service.open_incident(&ada, service::view::OpenIncident::default(), None).await.unwrap().id,
        );
        tokio::join!(pump(&node.service), pump(&other));
    }
    pump(&node.service).await;
    pump(&other).await;
    for line in [&mut here, &mut there] {
        let mut told: Vec<_> =
            heard(line).await.into_iter().filter_map(|event| event.message.incident).collect();
        told.dedup();
        assert_eq!(told, opened, "each once, in the order of commits");
    }
}

async fn a_job_survives_the_loss_of_the_database(node: TestNode) {
    let Some(url) = node.database() else { return };
    let ada = reporter(&node, &node.world.hospital).await;
    open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(12));
    remind(&node).await;
    let errands = node.service.errands(10).await.unwrap();
    assert_eq!(errands.len(), 1);
    cut_connections(url).await;
    // Sent, but not settled at once: the first tries meet dead connections.
    let mut tries = 0;
    while node.service.settle(&errands[0], Outcome::Done).await.is_err() {
        tries += 1;
        assert!(tries < 10, "the database came back");
    }
    node.service.clock().advance(hours(1));
    assert_eq!(node.service.errands(10).await.unwrap().len(), 0, "and it is not sent again");
    // The readiness of a replica tells of a clock that lies apart.
    let true_time = Clock::System.now();
    node.service.agree_on_time(true_time).await.unwrap();
    for wrong in [true_time.plus(Duration::from_secs(4)), true_time.minus(Duration::from_secs(4))] {
        let refused = node.service.agree_on_time(wrong).await.unwrap_err().to_string();
        assert!(refused.contains("seconds apart"), "{refused}");
    }
}

async fn a_mail_that_fails_here_is_put_aside_in_the_end(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(12));
    remind(&node).await;
    let mut rounds = 0;
    while node.service.job_queue().await.unwrap().dead == 0 {
        for errand in node.service.errands(10).await.unwrap() {
            node.service.settle(&errand, Outcome::Failed("a bug".to_owned())).await.unwrap();
        }
        node.service.clock().advance(15 * MINUTE);
        rounds += 1;
        assert!(rounds < 30, "it goes on for ever");
    }
    assert_eq!(node.service.errands(10).await.unwrap().len(), 0);
}
