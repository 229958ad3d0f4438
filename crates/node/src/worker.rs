//! The work beside the requests: chaining the audit trail, bringing duties up to date whose instant has
//! passed while nobody looked, reminding people, and carrying mails out.
//!
//! Any number of replicas may do it at once: what is to be done follows from the database, which sees to
//! it that each thing is done once.

use std::{fmt::Display, time::Duration};

use exchange::Post;
use service::{Errand, LookedAt, Service};
use tokio::{
    task::JoinSet,
    time::{Interval, MissedTickBehavior},
};

/// Audit rows are chained within a second of their commit.
const CHAINING: Duration = Duration::from_millis(400);
/// Pages hear of what was chained within a second of its commit.
const TELLING: Duration = Duration::from_millis(300);
/// A duty shows as late within seconds of its instant.
const RECONCILING: Duration = Duration::from_secs(5);
/// A step of the ladder is told within half a minute.
const REMINDING: Duration = Duration::from_secs(20);
/// Who approves is reminded within a minute; what files itself, and could not at once, is tried again.
const APPROVING: Duration = Duration::from_secs(30);
/// A mail leaves within seconds.
const MAILING: Duration = Duration::from_secs(2);
/// What has served its time goes.
const TIDYING: Duration = Duration::from_secs(3600);
/// How many mails are taken at once: each may take as long as the server is slow, and all must be settled
/// before their lease ends.
const MAILS_AT_ONCE: u32 = 4;
/// How long one mail may take altogether.
const ONE_MAIL: Duration = Duration::from_secs(60);
/// How long a loop rests after it broke down.
const REST: Duration = Duration::from_secs(1);

/// Starts the loops; they end when what is answered here is dropped. Without `post` no mail leaves.
#[must_use]
pub fn start(service: &Service, post: Option<Post>) -> JoinSet<()> {
    let mut work = JoinSet::new();
    let own = || service.clone();
    let (one, two, three, four, five, six) = (own(), own(), own(), own(), own(), own());
    work.spawn(keep("chaining the audit trail", REST, move || chain(one.clone())));
    work.spawn(keep("bringing duties up to date", REST, move || reconcile(two.clone())));
    work.spawn(keep("reminding people", REST, move || remind(three.clone())));
    work.spawn(keep("telling of corrected rules", REST, move || tell_of_errata(six.clone())));
    work.spawn(keep("looking after approvals", REST, move || look_after_approvals(five.clone())));
    work.spawn(keep("letting go of what has served its time", REST, move || tidy(four.clone())));
    match post {
        Some(post) => {
            let service = own();
            work.spawn(keep("sending mail", REST, move || carry(service.clone(), post.clone())));
        }
        None => tracing::info!("no mail server is configured: people are told in their pages only"),
    }
    work
}

/// Tells the pages that listen to this process, for as long as what is answered here is kept.
#[must_use]
pub fn tell(service: &Service) -> JoinSet<()> {
    let (mut work, service) = (JoinSet::new(), service.clone());
    work.spawn(async move {
        let (mut rounds, mut outage) = (every(TELLING), Outage::of("telling pages what happened"));
        loop {
            rounds.tick().await;
            outage.tell(service.tell_listeners().await);
        }
    });
    work
}

/// Keeps a loop going that has no end of its own: one that panics is begun again after a rest, and the
/// others do not notice. What it had begun comes again by its lease.
async fn keep<Work>(name: &'static str, rest: Duration, begin: impl Fn() -> Work)
where
    Work: Future<Output = ()> + Send + 'static,
{
    loop {
        let mut work = JoinSet::new();
        work.spawn(begin());
        match work.join_next().await {
            Some(Err(broken)) if broken.is_panic() => {
                tracing::error!(%broken, "{name} broke down; it is begun again");
            }
            Some(Ok(()) | Err(_)) | None => return,
        }
        tokio::time::sleep(rest).await;
    }
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

async fn look_after_approvals(service: Service) {
    let (mut rounds, mut outage) = (every(APPROVING), Outage::of("looking after approvals"));
    loop {
        rounds.tick().await;
        outage.tell(service.look_after_approvals().await);
    }
}

async fn remind(service: Service) {
    let (mut rounds, mut outage) = (every(REMINDING), Outage::of("reminding people"));
    let mut reviews = Outage::of("reminding people of their checklists");
    loop {
        rounds.tick().await;
        outage.tell(service.remind().await);
        reviews.tell(service.remind_of_reviews().await);
    }
}

async fn tell_of_errata(service: Service) {
    let (mut rounds, mut outage) = (every(REMINDING), Outage::of("telling of corrected rules"));
    let mut looked_at = LookedAt::default();
    loop {
        rounds.tick().await;
        outage.tell(service.alert_of_errata(&mut looked_at).await);
    }
}

async fn tidy(service: Service) {
    let (mut rounds, mut outage) = (every(TIDYING), Outage::of("letting go of what has served its time"));
    let mut holds = Outage::of("telling people of holds that end");
    loop {
        rounds.tick().await;
        outage.tell(service.tidy().await);
        holds.tell(service.warn_of_ending_holds().await);
    }
}

async fn carry(service: Service, post: Post) {
    let (mut rounds, mut outage) = (every(MAILING), Outage::of("taking mails from the queue"));
    let mut silence = Outage::of("sending mail");
    loop {
        rounds.tick().await;
        // While mails leave there is no pause between them.
        loop {
            let errands = match service.errands(MAILS_AT_ONCE).await {
                Ok(errands) => errands,
                Err(error) => {
                    outage.tell::<(), _>(Err(error));
                    break;
                }
            };
            outage.tell::<_, &str>(Ok(()));
            if errands.is_empty() {
                break;
            }
            for errand in errands {
                deliver(&service, &post, &errand, &mut silence).await;
            }
        }
    }
}

/// Sends one mail and settles it, again and again if need be: what was sent but is not settled would be
/// sent a second time once the lease ends.
async fn deliver(service: &Service, post: &Post, errand: &Errand, silence: &mut Outage) {
    let outcome = tokio::time::timeout(ONE_MAIL, post.send(&errand.mail))
        .await
        .unwrap_or_else(|_| service::Outcome::Later("took longer than a minute".to_owned()));
    match &outcome {
        service::Outcome::Done | service::Outcome::Never(_) => silence.tell::<_, &str>(Ok(())),
        service::Outcome::Later(why) | service::Outcome::Failed(why) => {
            silence.tell::<(), _>(Err(format!("{} {why}", post.server())));
        }
    }
    let mut pause = Duration::from_millis(200);
    for _ in 0..8 {
        match service.settle(errand, outcome.clone()).await {
            Ok(_held) => return,
            Err(error) => tracing::warn!(%error, "a mail cannot be settled yet; it is tried again"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
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

    fn tell<T, E: Display>(&mut self, result: Result<T, E>) {
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

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;

    #[tokio::test]
    async fn a_loop_that_panics_is_begun_again() {
        let begun = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&begun);
        keep("a fragile loop", Duration::ZERO, move || {
            let count = Arc::clone(&count);
            async move {
                let before = count.fetch_add(1, Ordering::SeqCst);
                assert!(before >= 2, "poison");
            }
        })
        .await;
        assert_eq!(begun.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn what_is_taken_at_once_is_sent_within_its_lease() {
        let lease = Duration::from_secs(300);
        assert!(ONE_MAIL * MAILS_AT_ONCE < lease);
    }
}
