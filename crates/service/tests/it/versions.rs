//! A running case stays under its rules; a correction is offered, recorded, and told when a deadline is earlier.

use std::sync::{Arc, OnceLock};

use model::{Caller, DutyState, Function, Happening, Instant, NoticeKind};
use policy::for_node;
use regime::{CaseChange, Library};
use service::{
    Error, LookedAt, Service,
    view::{IncidentView, MigrateIncident, OpenIncident},
};
use testkit::TestNode;

use crate::story::{answers, at, duty, hours, on_both, open_ransomware, ransomware, reporter, stage};

on_both!(
    a_running_case_keeps_its_clock_until_it_goes_over,
    an_earlier_deadline_is_told_once,
    only_the_own_people_go_over,
);

const OLD: &str = "2022-12-27+0";
const NEW: &str = "2022-12-27+1";

/// The laws of the source tree, and a correction: an early warning within 12 hours, not 24.
fn corrected() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    let read = || {
        let mut files = testkit::files();
        let prefix = "regimes/nis2/";
        let own: Vec<(String, Vec<u8>)> = files
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(prefix)?.to_owned(), bytes.clone())))
            .collect();
        for (path, bytes) in own {
            let mut text = String::from_utf8(bytes).unwrap();
            if path == "pack.toml" {
                let clock = "clock = { from = \"aware_significant\", hours = 24 }";
                assert!(text.contains(clock) && text.contains("erratum = 0"));
                text = text.replacen(clock, "clock = { from = \"aware_significant\", hours = 12 }", 1);
                text = text.replacen("erratum = 0", "erratum = 1", 1);
            }
            files.insert(format!("{prefix}{NEW}/{path}"), text.into_bytes());
        }
        Arc::new(Library::read(&files).unwrap_or_else(|problems| panic!("{problems:?}")))
    };
    Arc::clone(LIBRARY.get_or_init(read))
}

fn due(view: &IncidentView) -> (String, Instant) {
    let duty = duty(view, "early_warning");
    (duty.pack_version.clone(), duty.due.as_ref().unwrap().at)
}

async fn open_at(service: &Service, caller: &Caller, fields: serde_json::Value) -> IncidentView {
    let open = OpenIncident { answers: answers(fields), ..OpenIncident::default() };
    service.open_incident(caller, open, None).await.unwrap()
}

/// The node as it starts anew after the correction was installed.
async fn restarted(node: &TestNode) -> Service {
    node.replica_with(corrected()).await
}

async fn a_running_case_keeps_its_clock_until_it_goes_over(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let (old_due, new_due) = (at("2026-03-07T15:30:00Z"), at("2026-03-07T03:30:00Z"));
    assert_eq!(due(&view), (OLD.to_owned(), old_due));
    let service = restarted(&node).await;
    let stays = service.incident(&ada, view.id).await.unwrap();
    assert_eq!(due(&stays), (OLD.to_owned(), old_due), "a running case stays on its version");
    let other = open_at(&service, &ada, ransomware(node.now())).await;
    assert_eq!(due(&other), (NEW.to_owned(), new_due), "a new one gets the newest");

    let offers = service.incident_migrations(&ada, view.id).await.unwrap().migrations;
    assert_eq!((offers.len(), offers[0].earlier), (1, true));
    assert_eq!(
        offers[0].changes,
        [CaseChange::DueMoved {
            duty: stage("early_warning"),
            title: "Early warning".to_owned(),
            before: Some(old_due),
            after: Some(new_due),
        }]
    );
    let over = |base_revision, to: &str| MigrateIncident { base_revision, to: to.to_owned() };
    let at_nis2 = (view.id, "nis2");
    let refused = service.migrate_incident(&ada, at_nis2, &over(stays.revision, "2022-12-27+5")).await;
    assert!(matches!(refused, Err(Error::NotFound("correction"))));
    let refused = service.migrate_incident(&ada, at_nis2, &over(stays.revision - 1, NEW)).await;
    assert!(matches!(refused, Err(Error::Conflict { .. })));
    let gone = service.migrate_incident(&ada, at_nis2, &over(stays.revision, NEW)).await.unwrap();
    assert_eq!((due(&gone), gone.revision), ((NEW.to_owned(), new_due), stays.revision + 1));
    let again = service.migrate_incident(&ada, at_nis2, &over(stays.revision, NEW)).await.unwrap();
    assert_eq!(again.revision, gone.revision, "a repeat changes nothing");
    assert_eq!(service.incident_migrations(&ada, view.id).await.unwrap().migrations, []);
    assert_eq!(due(&service.incident(&ada, view.id).await.unwrap()).1, new_due);

    let history = service.history(&ada, view.id).await.unwrap().changes.remove(0);
    assert_eq!(history.label, "The version of the rules of NIS2");
    let value = |answer: &Option<model::Answer>| answer.as_ref().unwrap().value.clone().unwrap();
    assert_eq!((value(&history.before), value(&history.after)), (OLD.into(), NEW.into()));
    service.chain_audit().await.unwrap();
    let mut tx = service.store().read().await.unwrap();
    let audit = tx.events(&for_node(node.world.hospital.id), 0, 1000).await.unwrap();
    drop(tx);
    let recorded = audit.into_iter().find_map(|chained| match chained.event.happening {
        Happening::RulesCorrected { incident, pack, from, to } => Some((incident, pack, from, to)),
        _ => None,
    });
    assert_eq!(recorded, Some((view.id, "nis2".to_owned(), OLD.to_owned(), NEW.to_owned())));
    // The index of duties follows: what is late under the corrected clock is late in lists.
    node.service.clock().advance(hours(13));
    service.reconcile_duties().await.unwrap();
    assert_eq!(duty(&service.incident(&ada, view.id).await.unwrap(), "early_warning").state, DutyState::Late);
}

async fn an_earlier_deadline_is_told_once(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let head = node.person(&node.world.hospital, &[Function::Administrator]).await;
    let stranger = reporter(&node, &node.world.clinic).await;
    let view = open_ransomware(&node, &ada).await;
    assert_eq!(
        node.service.alert_of_errata(&mut LookedAt::default()).await.unwrap(),
        0,
        "one version: nothing"
    );
    let (service, other) = (restarted(&node).await, restarted(&node).await);
    let mut looked_at = LookedAt::default();
    assert_eq!(service.alert_of_errata(&mut looked_at).await.unwrap(), 1);
    assert_eq!(service.alert_of_errata(&mut looked_at).await.unwrap(), 0, "not opened again");
    other.alert_of_errata(&mut LookedAt::default()).await.unwrap();
    let told = |caller| {
        let service = &service;
        async move { service.notices(caller, None, 10).await.unwrap().notices }
    };
    let heard = told(&ada).await;
    assert_eq!(heard.len(), 1, "once, whatever the replica");
    assert_eq!(heard[0].kind, NoticeKind::RulesCorrected);
    assert_eq!(heard[0].link, format!("/report/incidents/{}", view.id));
    assert!(
        heard[0].text.contains(
            "Early warning is due Saturday 7 March 2026, 04:30 (Europe/Luxembourg) instead of Saturday 7 March 2026, \
             16:30 (Europe/Luxembourg)"
        ),
        "{}",
        heard[0].text
    );
    assert!(!heard[0].text.contains("Ransomware"), "no answer of the report");
    assert_eq!((told(&head).await.len(), told(&stranger).await.len()), (0, 0));
    assert_eq!(service.job_queue().await.unwrap().waiting, 1, "and one mail");
}

async fn only_the_own_people_go_over(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let stranger = reporter(&node, &node.world.clinic).await;
    let view = open_ransomware(&node, &ada).await;
    let service = restarted(&node).await;
    let over = MigrateIncident { base_revision: view.revision, to: NEW.to_owned() };
    assert!(matches!(service.incident_migrations(&stranger, view.id).await, Err(Error::NotFound(_))));
    let refused = service.migrate_incident(&stranger, (view.id, "nis2"), &over).await;
    assert!(matches!(refused, Err(Error::NotFound(_))));
    let refused = service.migrate_incident(&ada, (view.id, "no-such-law"), &over).await;
    assert!(matches!(refused, Err(Error::NotFound(_))));
    assert_eq!(due(&service.incident(&ada, view.id).await.unwrap()).0, OLD);
}
