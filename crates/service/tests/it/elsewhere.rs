//! What was filed without Beffroi: it counts, its clocks run, and a mistake is taken back.

use model::{DutyState, Happening, Instant, Way};
use policy::for_node;
use service::{
    Error,
    view::{NoteFiledElsewhere, TakeBackFiledElsewhere},
};
use testkit::TestNode;

use crate::story::{at, duty, file, hours, on_both, open_ransomware, problems, refusal, reporter, stage};

on_both!(
    it_counts_from_the_instant_that_is_told,
    a_mistake_is_taken_back_and_both_are_kept,
    what_is_no_such_filing_is_refused,
    a_copy_that_follows_here_starts_no_clock_anew,
);

fn over_the_portal(base_revision: i64, at: Instant) -> NoteFiledElsewhere {
    NoteFiledElsewhere {
        base_revision,
        at,
        to: "Incident portal of the State".to_owned(),
        way: Way::Portal,
        reference: Some("LU-2026-77".to_owned()),
        proof_sha256: Some("AB".repeat(32)),
        note: None,
    }
}

async fn it_counts_from_the_instant_that_is_told(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let service = &node.service;
    let view = open_ransomware(&node, &ada).await;
    let filed_at = service.clock().now();
    service.clock().advance(hours(30));
    assert_eq!(duty(&service.incident(&ada, view.id).await.unwrap(), "early_warning").state, DutyState::Late);

    let key = stage("incident_notification");
    let note = over_the_portal(view.revision, filed_at);
    let noted = service.note_filed_elsewhere(&ada, (view.id, &key), note.clone()).await.unwrap();
    let notification = duty(&noted, "incident_notification");
    assert_eq!((notification.state, &notification.submissions[..]), (DutyState::Filed, &[filed_at][..]));
    let due = duty(&noted, "final_report").due.clone().unwrap();
    assert_eq!(
        (due.anchor_at, due.at),
        (filed_at, at("2026-04-06T14:30:00Z")),
        "a month in the zone of the entity"
    );
    let kept = &noted.elsewhere[0];
    assert_eq!(
        (kept.reference.as_deref(), kept.proof_sha256.clone()),
        (Some("LU-2026-77"), Some("ab".repeat(32)))
    );
    assert_eq!((kept.by.name.as_str(), kept.revision), (ada.name.as_str(), noted.revision));

    let again = service.note_filed_elsewhere(&ada, (view.id, &key), note).await.unwrap();
    assert_eq!(
        again.revision, noted.revision,
        "a repeat changes nothing, though it names the older revision"
    );
    let open = service.open_duties(&ada).await.unwrap().duties;
    assert!(open.iter().all(|open| open.duty.key != key), "it is in no list of what waits");
    let history = service.history(&ada, view.id).await.unwrap().changes.remove(0);
    assert_eq!(history.label, "Filed without Beffroi: NIS2, Incident notification");
    let words = history.after.unwrap().value.unwrap();
    assert_eq!(
        words.as_str().unwrap(),
        format!("{filed_at} over a portal to Incident portal of the State, reference LU-2026-77")
    );
}

async fn a_mistake_is_taken_back_and_both_are_kept(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let service = &node.service;
    let view = open_ransomware(&node, &ada).await;
    let key = stage("early_warning");
    let filed_at = service.clock().now();
    let note = over_the_portal(view.revision, filed_at);
    let noted = service.note_filed_elsewhere(&ada, (view.id, &key), note).await.unwrap();
    assert_eq!(duty(&noted, "early_warning").state, DutyState::Filed);

    let take_back = |base_revision: i64, reason: &str| TakeBackFiledElsewhere {
        base_revision,
        at: filed_at,
        reason: reason.to_owned(),
    };
    let at_it = (view.id, &key);
    let blank = service.take_back_filed_elsewhere(&ada, at_it, take_back(noted.revision, "  ")).await;
    assert_eq!(problems(blank), ["/reason: length"]);
    let stale = service.take_back_filed_elsewhere(&ada, at_it, take_back(view.revision, "Wrong case.")).await;
    assert!(matches!(stale, Err(Error::Conflict { .. })), "{stale:?}");
    let open = service
        .take_back_filed_elsewhere(&ada, at_it, take_back(noted.revision, "Wrong case."))
        .await
        .unwrap();
    assert_eq!((duty(&open, "early_warning").state, open.elsewhere.len()), (DutyState::Due, 0));
    let twice = service.take_back_filed_elsewhere(&ada, at_it, take_back(open.revision, "Wrong case.")).await;
    assert!(matches!(twice, Err(Error::NotFound(_))), "{twice:?}");

    let last = service.history(&ada, view.id).await.unwrap().changes.remove(0);
    assert_eq!((last.reason.as_deref(), last.after), (Some("Wrong case."), None));
    assert!(last.before.is_some());
    service.chain_audit().await.unwrap();
    let mut tx = service.store().read().await.unwrap();
    let audit = tx.events(&for_node(node.world.hospital.id), 0, 1000).await.unwrap();
    let told = audit.iter().filter(|chained| {
        matches!(
            &chained.event.happening,
            Happening::FiledElsewhere { duty, .. } | Happening::FiledElsewhereTakenBack { duty, .. } if *duty == key
        )
    });
    assert_eq!(told.count(), 2);
}

async fn what_is_no_such_filing_is_refused(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let service = &node.service;
    let view = open_ransomware(&node, &ada).await;
    let now = service.clock().now();
    let good = || over_the_portal(view.revision, now);
    let key = stage("early_warning");
    let at_it = (view.id, &key);
    let try_it = |input| service.note_filed_elsewhere(&ada, at_it, input);
    let later = now.plus(hours(1));
    assert_eq!(problems(try_it(NoteFiledElsewhere { at: later, ..good() }).await), ["/at: past"]);
    assert_eq!(problems(try_it(NoteFiledElsewhere { to: " ".to_owned(), ..good() }).await), ["/to: length"]);
    assert_eq!(
        problems(try_it(NoteFiledElsewhere { to: "A\u{202E}B".to_owned(), ..good() }).await),
        ["/to: control_character"]
    );
    assert_eq!(problems(try_it(NoteFiledElsewhere { way: Way::Other, ..good() }).await), ["/note: required"]);
    let short = Some("abc".to_owned());
    assert_eq!(
        problems(try_it(NoteFiledElsewhere { proof_sha256: short, ..good() }).await),
        ["/proof_sha256: sha256"]
    );
    let stale = try_it(NoteFiledElsewhere { base_revision: view.revision + 3, ..good() }).await;
    assert!(matches!(stale, Err(Error::Conflict { .. })), "{stale:?}");
    let nothing = "nis2.mandatory.no_such_stage".parse().unwrap();
    let unknown = service.note_filed_elsewhere(&ada, (view.id, &nothing), good()).await;
    assert!(matches!(unknown, Err(Error::NotFound(_))), "{unknown:?}");
    let on_request = stage("intermediate_report");
    let refused = service.note_filed_elsewhere(&ada, (view.id, &on_request), good()).await;
    assert!(refusal(refused).contains("NIS2"));
    assert_eq!(service.incident(&ada, view.id).await.unwrap().revision, view.revision, "nothing was kept");
}

async fn a_copy_that_follows_here_starts_no_clock_anew(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let service = &node.service;
    let view = open_ransomware(&node, &ada).await;
    let filed_at = service.clock().now();
    let key = stage("early_warning");
    service
        .note_filed_elsewhere(&ada, (view.id, &key), over_the_portal(view.revision, filed_at))
        .await
        .unwrap();
    service.clock().advance(hours(2));
    file(&node, &ada, view.id, "early_warning").await;
    let view = service.incident(&ada, view.id).await.unwrap();
    let warning = duty(&view, "early_warning");
    assert_eq!(warning.submissions.first(), Some(&filed_at));
    assert_eq!(warning.submissions.len(), 2);
}
