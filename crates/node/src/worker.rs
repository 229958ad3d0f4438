//! The work beside the requests: chaining the audit trail, and bringing duties up to date whose instant has
//! passed while nobody looked.

use std::time::Duration;

use service::{Result, Service};
use tokio::{
    task::JoinSet,
    time::{Interval, MissedTickBehavior},
};

/// Audit rows are chained within a second of their commit.
const CHAINING: Duration = Duration::from_millis(500);
/// A duty shows as late within seconds of its instant.
const RECONCILING: Duration = Duration::from_secs(5);

/// Starts the loops; they end when what is answered here is dropped.
#[must_use]
pub fn start(service: &Service) -> JoinSet<()> {
    let mut work = JoinSet::new();
    work.spawn(chain(service.clone()));
    work.spawn(reconcile(service.clone()));
    work
}

async fn chain(service: Service) {
    let (mut rounds, mut outage) = (every(CHAINING), Outage::of("chaining the audit trail"));
    loop {
        rounds.tick().await;
        outage.tell(service.chain_audit().await);
    }
}

async fn reconcile(service: Service) {
    let (mut rounds, mut outage) = (every(RECONCILING), Outage::of("bringing duties up to date"));
    loop {
        rounds.tick().await;
        outage.tell(service.reconcile_duties().await);
    }
}

fn every(length: Duration) -> Interval {
    let mut rounds = tokio::time::interval(length);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    rounds
}

/// One line when work begins to fail and one when it goes on: not one in each round.
struct Outage {
    work: &'static str,
    lasts: bool,
}

impl Outage {
    const fn of(work: &'static str) -> Self {
        Self { work, lasts: false }
    }

    fn tell<T>(&mut self, result: Result<T>) {
        match (result, self.lasts) {
            (Ok(_), true) => tracing::info!("{} goes on", self.work),
            (Err(error), false) => {
                tracing::error!(%error, "{} fails; it is tried again and again", self.work)
            }
            (Ok(_), false) | (Err(_), true) => return,
        }
        self.lasts = !self.lasts;
    }
}
