//! Stages are filed, one after the other and a hundred side by side.

use std::{sync::Arc, time::Instant};

use model::{Caller, IncidentId};
use service::{
    Service,
    view::{FileStage, Filed},
};
use testkit::LivedIn;
use tokio::{sync::Barrier, task::JoinSet};

use crate::{measure::Durations, save::open_duty};

/// How many file at the same time.
const TOGETHER: usize = 100;

/// Files for incidents of the first organisation, newest first.
pub async fn measure(node: &LivedIn) {
    let reporter = node.reporters.first().expect("somebody reports");
    let mut incidents = reporter.open.iter().rev().copied();
    let mut alone = Durations::default();
    for incident in incidents.by_ref().take(TOGETHER) {
        let ready = Ready::of(&node.service, &reporter.caller, incident).await;
        alone.time(ready.file()).await;
    }
    alone.print("file a stage, one after the other");
    let mut waiting = Vec::new();
    for incident in incidents.take(TOGETHER) {
        waiting.push(Ready::of(&node.service, &reporter.caller, incident).await);
    }
    side_by_side(waiting).await;
}

async fn side_by_side(waiting: Vec<Ready>) {
    let count = waiting.len();
    let start = Arc::new(Barrier::new(count + 1));
    let mut filings = JoinSet::new();
    for ready in waiting {
        let start = Arc::clone(&start);
        filings.spawn(async move {
            start.wait().await;
            let begun = Instant::now();
            ready.file().await;
            begun.elapsed()
        });
    }
    start.wait().await;
    let begun = Instant::now();
    let mut together = Durations::default();
    for took in filings.join_all().await {
        together.add(took);
    }
    let whole = begun.elapsed();
    together.print("file a stage, 100 side by side");
    #[expect(clippy::cast_precision_loss, reason = "a hundred is exact")]
    let rate = count as f64 / whole.as_secs_f64();
    println!("  that is {rate:.0} filings in a second");
}

/// A stage that can be filed.
pub struct Ready {
    service: Service,
    caller: Caller,
    incident: IncidentId,
    duty: model::DutyKey,
    input: FileStage,
}

impl Ready {
    /// The open stage of an incident to its first recipient.
    pub async fn of(service: &Service, caller: &Caller, incident: IncidentId) -> Self {
        let stands = service.incident(caller, incident).await.expect("the incident is read");
        let duty = open_duty(&stands).expect("an open incident has a duty");
        let preview = service.preview(caller, incident, &duty).await.expect("the preview is drawn");
        assert!(preview.ready, "{:?} {:?}", preview.missing, preview.problems);
        let recipient = preview.to.first().expect("somebody receives").organisation.id;
        let input = FileStage {
            late_reason: Some("The network was cut and nobody could reach the node.".to_owned()),
            ..FileStage::to(stands.revision, recipient)
        };
        Self { service: service.clone(), caller: caller.clone(), incident, duty, input }
    }

    /// Files it.
    pub async fn file(&self) -> Filed {
        let key = self.incident.to_string();
        let stage = (self.incident, &self.duty);
        let filed = self.service.file_stage(&self.caller, stage, self.input.clone(), Some(&key));
        filed.await.expect("the stage is filed")
    }
}
