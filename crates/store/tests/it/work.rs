//! Jobs, notices, reminders and calendar feeds.

use std::time::Duration;

use model::{Function, Instant, NoticeId, NoticeKind, OrganisationId, UserId};
use policy::Action;
use serde_json::json;
use store::{
    CalendarFeed, ClaimedJob, ClockedDuty, IndexedDuty, JobKind, NewJob, NewNotice, NoticeText, Retry, Store,
    UserState,
};

use crate::{
    bench::{Bench, on_both, permitted},
    filings::case,
    sample::{self, at, duty},
};

on_both!(
    a_job_is_done_once,
    a_job_of_a_dead_worker_comes_again,
    a_key_is_used_once_for_good,
    what_never_ends_is_put_aside,
    poison_does_not_hold_up_the_others,
    a_clock_that_went_back_holds_no_job_up,
    jobs_that_tell_nobody_anything_are_let_go,
    two_workers_never_share_a_job,
    people_are_told_once,
    notices_are_ones_own,
    reminders_go_up_the_ladder,
    a_ladder_is_kept_and_nobody_is_overwritten,
    a_calendar_feed_opens_by_its_secret_alone,
    events_of_all_are_told_in_order,
);

const LEASE: Duration = Duration::from_secs(60);

fn job(n: u64, unique: Option<&str>) -> NewJob {
    NewJob {
        kind: JobKind::Mail,
        organisation: None,
        created_at: at(n),
        run_at: at(n),
        unique: unique.map(str::to_owned),
        address: Some("Ada@Example.eu".to_owned()),
        payload: json!({ "n": n }),
    }
}

async fn written(bench: &Bench, job: &NewJob) -> bool {
    let mut tx = bench.write().await;
    let written = tx.enqueue(job).await.unwrap();
    tx.commit().await.unwrap();
    written
}

async fn claimed(store: &Store, now: Instant) -> Vec<ClaimedJob> {
    let mut tx = store.write().await.unwrap();
    let jobs = tx.claim_jobs(now, LEASE, 10).await.unwrap();
    tx.commit().await.unwrap();
    jobs
}

async fn finished(bench: &Bench, job: &ClaimedJob, now: Instant) -> bool {
    let mut tx = bench.write().await;
    let held = tx.finish_job(job, now).await.unwrap();
    tx.commit().await.unwrap();
    held
}

async fn a_job_is_done_once(bench: Bench) {
    assert!(written(&bench, &NewJob { created_at: at(0), ..job(10, None) }).await);
    let later = NewJob { created_at: at(0), ..job(5, Some("later")) };
    assert!(written(&bench, &NewJob { organisation: Some(bench.hospital.id), ..later }).await);
    assert_eq!(claimed(&bench.store, at(4)).await, [], "its turn has not come");
    let jobs = claimed(&bench.store, at(20)).await;
    let said: Vec<_> = jobs.iter().map(|job| (job.payload["n"].as_u64().unwrap(), job.attempts)).collect();
    assert_eq!(said, [(5, 1), (10, 1)], "first come, first served");
    assert_eq!(claimed(&bench.store, at(20)).await, [], "it is under way");
    let queue = bench.read().await.queue(at(25)).await.unwrap();
    assert_eq!((queue.waiting, queue.behind_since, queue.dead), (2, Some(at(5)), 0));
    for job in &jobs {
        assert!(finished(&bench, job, at(30)).await);
        assert!(!finished(&bench, job, at(31)).await, "settled once");
    }
    assert_eq!(claimed(&bench.store, at(9000)).await, []);
    assert_eq!(bench.count_where("data_key", "place_table = 'job'").await, 0, "its content is erased");
    let mut tx = bench.read().await;
    assert_eq!(tx.jobs_to(" ada@example.EU ", at(0)).await.unwrap(), (0, 2));
    assert_eq!(tx.jobs_to("ada@example.eu", at(30)).await.unwrap(), (0, 0));
    drop(tx);
    let mut tx = bench.write().await;
    assert_eq!(tx.prune_jobs(at(31)).await.unwrap(), 2);
    tx.commit().await.unwrap();
    assert_eq!(bench.count("job").await, 0);
}

async fn a_job_of_a_dead_worker_comes_again(bench: Bench) {
    written(&bench, &job(1, None)).await;
    let dead = claimed(&bench.store, at(1)).await.pop().unwrap();
    assert_eq!(claimed(&bench.store, at(60)).await, []);
    let heir = claimed(&bench.store, at(61)).await.pop().unwrap();
    assert_eq!((heir.id, heir.attempts), (dead.id, 2));
    assert!(!finished(&bench, &dead, at(62)).await, "the lease is another's now");
    let mut tx = bench.write().await;
    let retry = Retry { at: at(70), reason: "slow".to_owned(), outside: true };
    assert!(!tx.put_off_job(&dead, &retry).await.unwrap());
    assert!(!tx.bury_job(&dead, "slow", at(62)).await.unwrap());
    drop(tx);
    assert!(finished(&bench, &heir, at(63)).await);
}

async fn a_key_is_used_once_for_good(bench: Bench) {
    assert!(written(&bench, &job(1, Some("a"))).await);
    assert!(!written(&bench, &job(2, Some("a"))).await);
    let only = claimed(&bench.store, at(5)).await;
    assert_eq!(only.len(), 1);
    assert!(finished(&bench, &only[0], at(6)).await);
    assert!(!written(&bench, &job(7, Some("a"))).await, "also after it was done");
    assert!(written(&bench, &job(7, Some("b"))).await);
    let mut tx = bench.write().await;
    tx.enqueue(&job(8, Some("c"))).await.unwrap();
    drop(tx);
    assert!(written(&bench, &job(8, Some("c"))).await, "what was not committed did not happen");
}

async fn what_never_ends_is_put_aside(bench: Bench) {
    written(&bench, &job(0, None)).await;
    // Each time the worker dies with it.
    for round in 0..8 {
        assert_eq!(claimed(&bench.store, at(round * 100)).await.len(), 1, "{round}");
    }
    assert_eq!(claimed(&bench.store, at(800)).await, []);
    let dead = bench.read().await.dead_jobs(10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert!(dead[0].reason.contains("never came to an end"), "{}", dead[0].reason);
    assert_eq!((dead[0].kind.name(), dead[0].attempts, dead[0].created_at), ("mail", 9, at(0)));
    let mut tx = bench.write().await;
    assert!(tx.revive_job(dead[0].id, at(900)).await.unwrap());
    assert!(!tx.revive_job(dead[0].id, at(900)).await.unwrap());
    tx.commit().await.unwrap();
    // Put off for a fault outside it may come for ever.
    for round in 0..20 {
        let job = claimed(&bench.store, at(1000 + round)).await.pop().unwrap();
        let mut tx = bench.write().await;
        let retry = Retry { at: at(1001 + round), reason: "no answer".to_owned(), outside: true };
        assert!(tx.put_off_job(&job, &retry).await.unwrap());
        tx.commit().await.unwrap();
    }
    assert_eq!(bench.read().await.queue(at(2000)).await.unwrap().dead, 0);
}

async fn poison_does_not_hold_up_the_others(bench: Bench) {
    written(&bench, &job(1, None)).await;
    written(&bench, &job(2, None)).await;
    bench
        .run_raw("UPDATE job SET document = $1 WHERE run_at = (SELECT MIN(run_at) FROM job)", Some(b"noise"))
        .await;
    let jobs = claimed(&bench.store, at(5)).await;
    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0].payload["n"], 2);
    let dead = bench.read().await.dead_jobs(10).await.unwrap();
    assert!(dead[0].reason.contains("cannot be read"), "{}", dead[0].reason);
    let mut tx = bench.write().await;
    tx.prune_jobs(at(100)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.read().await.dead_jobs(10).await.unwrap(), []);
    let other = jobs[0].id;
    assert_eq!(
        bench.count_where("data_key", "place_table = 'job' AND place_column = 'reason'").await,
        0,
        "{other}"
    );
}

async fn a_clock_that_went_back_holds_no_job_up(bench: Bench) {
    written(&bench, &job(86_400, None)).await;
    assert_eq!(claimed(&bench.store, at(10)).await.len(), 1, "it was written before the clock went back");
}

async fn jobs_that_tell_nobody_anything_are_let_go(bench: Bench) {
    written(&bench, &job(1, Some("a"))).await;
    written(&bench, &job(50, None)).await;
    let mut tx = bench.write().await;
    assert_eq!(tx.expire_jobs(at(10), at(60)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let left = claimed(&bench.store, at(60)).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].payload["n"], 50);
    assert!(!written(&bench, &job(61, Some("a"))).await);
}

async fn two_workers_never_share_a_job(bench: Bench) {
    for n in 0..40 {
        written(&bench, &job(n, None)).await;
    }
    let other = bench.replica().await;
    let mut all = Vec::new();
    while all.len() < 40 {
        let (here, there) = tokio::join!(claimed(&bench.store, at(100)), claimed(&other, at(100)));
        assert!(!(here.is_empty() && there.is_empty()), "{} of 40", all.len());
        all.extend(here.into_iter().chain(there).map(|job| job.id));
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 40);
    other.close().await;
}

fn text(subject: &str) -> NoticeText {
    NoticeText {
        kind: NoticeKind::Reminder,
        subject: subject.to_owned(),
        text: "Do it.".to_owned(),
        link: "/report".to_owned(),
    }
}

async fn told(bench: &Bench, n: u64, (organisation, user): (OrganisationId, UserId), key: &str) -> bool {
    let words = text(key);
    let id = NoticeId::new(at(n), sample::chance(n));
    let notice = NewNotice { id, organisation, user, key, at: at(n), text: &words };
    let mut tx = bench.write().await;
    let given = tx.insert_notice(&notice).await.unwrap();
    tx.commit().await.unwrap();
    given
}

async fn person(bench: &Bench, n: u64, organisation: OrganisationId, functions: &[Function]) -> UserId {
    let mut user = sample::user(n, organisation, &format!("user-{n}"));
    user.functions = functions.to_vec();
    let mut tx = bench.write().await;
    tx.insert_user(&policy::for_node(organisation), &user).await.unwrap();
    tx.commit().await.unwrap();
    user.id
}

async fn people_are_told_once(bench: Bench) {
    let own = bench.hospital.id;
    let ada = person(&bench, 700, own, &[Function::Reporter, Function::Administrator]).await;
    let bob = person(&bench, 701, own, &[Function::Auditor]).await;
    let eve = person(&bench, 702, own, &[Function::Reporter]).await;
    let mut tx = bench.write().await;
    tx.set_user_state(&bench.hospital(), eve, UserState::Disabled).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.read().await;
    let all = [Function::Reporter, Function::Administrator, Function::Auditor];
    assert_eq!(tx.people_with(own, &all).await.unwrap(), [ada, bob], "each once, disabled ones not");
    assert_eq!(tx.people_with(own, &[Function::Auditor]).await.unwrap(), [bob]);
    assert_eq!(tx.people_with(own, &[]).await.unwrap(), []);
    assert_eq!(tx.people_with(bench.csirt.id, &all).await.unwrap(), []);
    assert_eq!(tx.person(bob).await.unwrap().unwrap().profile.name, "user-701");
    assert_eq!(tx.caller_behind(ada).await.unwrap().unwrap().functions.len(), 2);
    assert_eq!(tx.caller_behind(eve).await.unwrap(), None);
    drop(tx);
    assert!(told(&bench, 1, (own, ada), "x").await);
    assert!(!told(&bench, 2, (own, ada), "x").await);
    assert!(told(&bench, 3, (own, bob), "x").await, "the key is each person's own");
    assert_eq!(bench.count_where("data_key", "place_table = 'notice'").await, 2);
}

async fn notices_are_ones_own(bench: Bench) {
    let own = bench.hospital.id;
    let ada = person(&bench, 700, own, &[Function::Reporter]).await;
    let bob = person(&bench, 701, own, &[Function::Reporter]).await;
    for n in 1..=5 {
        told(&bench, n, (own, ada), &format!("{n}")).await;
    }
    told(&bench, 6, (own, bob), "bob's").await;
    let scope = permitted(&bench.hospital, Action::ReadNotices);
    let mut tx = bench.write().await;
    let page = tx.notices(&scope, ada, None, 3).await.unwrap();
    let subjects: Vec<_> = page.iter().map(|notice| notice.text.subject.as_str()).collect();
    assert_eq!(subjects, ["5", "4", "3"]);
    let rest = tx.notices(&scope, ada, Some(page[2].id), 3).await.unwrap();
    assert_eq!(rest.len(), 2);
    let theirs = tx.notices(&scope, bob, None, 9).await.unwrap()[0].id;
    assert_eq!(tx.unread_notices(&scope, ada).await.unwrap(), 5);
    assert_eq!(tx.read_notices(&scope, ada, &[page[0].id, theirs], at(9)).await.unwrap(), 1);
    assert_eq!(tx.read_notices(&scope, ada, &[page[0].id], at(10)).await.unwrap(), 0);
    assert_eq!(tx.unread_notices(&scope, ada).await.unwrap(), 4);
    assert_eq!(tx.unread_notices(&scope, bob).await.unwrap(), 1, "another's notice was not touched");
    assert_eq!(tx.notices(&scope, ada, None, 1).await.unwrap()[0].read_at, Some(at(9)));
    let stranger = permitted(&bench.csirt, Action::ReadNotices);
    assert_eq!(tx.notices(&stranger, ada, None, 9).await.unwrap(), []);
    assert_eq!(tx.unread_notices(&stranger, ada).await.unwrap(), 0);
    assert_eq!(tx.read_notices(&stranger, ada, &[], at(11)).await.unwrap(), 0);
    assert_eq!(tx.read_notices(&scope, ada, &[], at(11)).await.unwrap(), 4);
    assert_eq!(tx.prune_notices(at(10)).await.unwrap(), 1);
    assert_eq!(tx.notices(&scope, ada, None, 9).await.unwrap().len(), 4);
}

/// The open duties of an incident of the hospital, due at these instants.
async fn clocked(bench: &Bench, dues: &[u64]) -> Vec<ClockedDuty> {
    let incident = case(bench).await;
    let duties: Vec<IndexedDuty> = dues
        .iter()
        .map(|due| IndexedDuty {
            incident: incident.id,
            duty: duty(&format!("stage_{due}")),
            state: model::DutyState::Due,
            open: true,
            due_at: Some(at(*due)),
        })
        .collect();
    let mut tx = bench.write().await;
    tx.set_duties(&bench.hospital(), incident.id, &duties, at(0)).await.unwrap();
    tx.commit().await.unwrap();
    bench.read().await.clocked_duties((at(0), at(10_000)), None, 100).await.unwrap()
}

async fn reminders_go_up_the_ladder(bench: Bench) {
    let duties = clocked(&bench, &[100, 100_000, 200, 300]).await;
    assert_eq!(duties.iter().map(|duty| duty.due_at).collect::<Vec<_>>(), [at(100), at(200), at(300)]);
    let mut tx = bench.write().await;
    let pages = tx.clocked_duties((at(0), at(10_000)), Some(&duties[0]), 1).await.unwrap();
    assert_eq!(pages, duties[1..2]);
    let last = tx.clocked_duties((at(0), at(10_000)), Some(&duties[2]), 9).await.unwrap();
    assert_eq!(last, []);
    assert_eq!(tx.reminded(&duties[0]).await.unwrap(), None);
    tx.note_reminder(&duties[0], -60, at(40)).await.unwrap();
    tx.note_reminder(&duties[0], 0, at(100)).await.unwrap();
    assert_eq!(tx.reminded(&duties[0]).await.unwrap(), Some(0));
    let moved = ClockedDuty { due_at: at(150), ..duties[0].clone() };
    assert_eq!(tx.reminded(&moved).await.unwrap(), None, "a moved deadline begins anew");
    assert_eq!(tx.clocked_duties((at(0), at(150)), None, 9).await.unwrap()[0].told, Some(0));
}

async fn a_ladder_is_kept_and_nobody_is_overwritten(bench: Bench) {
    let scope = permitted(&bench.hospital, Action::KeepReminders);
    let mut tx = bench.write().await;
    assert_eq!(tx.reminder_plan::<Vec<i64>>(&scope).await.unwrap(), None);
    assert!(tx.set_reminder_plan(&scope, 0, &vec![1, 2], at(1)).await.unwrap());
    assert!(!tx.set_reminder_plan(&scope, 0, &vec![3], at(2)).await.unwrap());
    assert_eq!(tx.reminder_plan(&scope).await.unwrap(), Some((1, vec![1, 2])));
    assert!(tx.set_reminder_plan(&scope, 1, &vec![3], at(3)).await.unwrap());
    assert_eq!(tx.reminder_plan(&scope).await.unwrap(), Some((2, vec![3])));
    let other = permitted(&bench.cloud, Action::KeepReminders);
    assert_eq!(tx.reminder_plan::<Vec<i64>>(&other).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert_eq!(bench.count_where("data_key", "place_table = 'reminder_plan'").await, 1);
}

async fn a_calendar_feed_opens_by_its_secret_alone(bench: Bench) {
    let ada = person(&bench, 700, bench.hospital.id, &[Function::Reporter]).await;
    let scope = permitted(&bench.hospital, Action::ReadNotices);
    let feed = CalendarFeed { user: ada, titles: false, created_at: at(1) };
    let mut tx = bench.write().await;
    tx.set_calendar_feed(&scope, &feed, "secret").await.unwrap();
    assert_eq!(tx.calendar_feed_by("secret").await.unwrap(), Some(feed.clone()));
    assert_eq!(tx.calendar_feed_by("Secret").await.unwrap(), None);
    let newer = CalendarFeed { titles: true, created_at: at(2), ..feed };
    tx.set_calendar_feed(&scope, &newer, "another").await.unwrap();
    assert_eq!(tx.calendar_feed_by("secret").await.unwrap(), None, "an older secret ends");
    assert_eq!(tx.calendar_feed(&scope, ada).await.unwrap(), Some(newer));
    let stranger = permitted(&bench.csirt, Action::ReadNotices);
    assert_eq!(tx.calendar_feed(&stranger, ada).await.unwrap(), None);
    assert!(!tx.end_calendar_feed(&stranger, ada).await.unwrap());
    assert!(tx.end_calendar_feed(&scope, ada).await.unwrap());
    assert_eq!(tx.calendar_feed_by("another").await.unwrap(), None);
    let marks = (tx.mark_of("a").unwrap(), tx.mark_of("b").unwrap());
    assert!(marks.0 != marks.1 && marks.0.len() == 32 && marks.0 == tx.mark_of("a").unwrap());
    let received = permitted(&bench.csirt, Action::ReadReceivedFilings);
    assert_eq!(tx.awaiting_response(&received, 9).await.unwrap(), []);
    assert_eq!(tx.awaiting_response(&scope, 9).await.unwrap(), []);
    match (bench.store.kind(), tx.server_clock().await.unwrap()) {
        ("sqlite", clock) => assert_eq!(clock, None),
        (_, clock) => assert!(clock.unwrap() > at(0)),
    }
}

async fn events_of_all_are_told_in_order(bench: Bench) {
    let event = |n: u64, organisation| model::DomainEvent {
        id: model::EventId::new(at(n), sample::chance(n)),
        at: at(n),
        organisation,
        by: None,
        happening: model::Happening::SignedIn,
    };
    let mut tx = bench.write().await;
    for (n, organisation) in [(1, Some(bench.hospital.id)), (2, None), (3, Some(bench.csirt.id))] {
        tx.append_event(&event(n, organisation)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = bench.write().await;
    assert_eq!(tx.event_number(event(1, None).id).await.unwrap(), None, "it is not chained yet");
    tx.chain_events().await.unwrap();
    let told = tx.events_of_all(0, 9).await.unwrap();
    assert_eq!(told.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(tx.events_of_all(2, 9).await.unwrap()[0].event, event(3, Some(bench.csirt.id)));
    assert_eq!(tx.event_number(event(2, None).id).await.unwrap(), Some(2));
    tx.commit().await.unwrap();
    let incident = case(&bench).await;
    let filing = sample::filing(60, &incident, &bench.hospital, &bench.csirt, "");
    let mut tx = bench.write().await;
    tx.insert_filing(&bench.hospital(), &filing).await.unwrap();
    let id = filing.document.head.filing;
    assert_eq!(tx.filing_parties(id).await.unwrap(), Some((bench.hospital.id, bench.csirt.id)));
    let received = permitted(&bench.csirt, Action::ReadReceivedFilings);
    assert_eq!(tx.awaiting_response(&received, 9).await.unwrap(), [(id, at(60), at(86_460))]);
}
