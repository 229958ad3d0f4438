//! Work that reaches outside: who carries it out asks here for errands, and says here how each went.
//!
//! The worker of the node takes errands, hands each to the outward door that can do it, and settles it.
//! Whatever happens to the worker in between, the errand comes again; whatever was overtaken by events
//! meanwhile does not leave at all.

mod mail;

use std::time::Duration;

use model::{Caller, Instant, JobId};
use policy::{Action, for_node, permit};
use store::{ClaimedJob, JobKind, Retry, Tx, UserState};

pub use mail::Mail;

use crate::{
    Service,
    accounts::reset::{ResetMail, mail_for},
    error::Result,
    notices::{MailJob, While},
    view::{DeadJob, JobQueue},
};

/// How long a worker may take for what it claimed at once; then another takes it.
const LEASE: Duration = Duration::from_secs(300);
/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// The longest pause: once the outside answers again, everything has left within this time.
const LONGEST_PAUSE: Duration = Duration::from_secs(900);
/// A mail that could not leave for so long tells nobody anything any more.
pub(crate) const STALE: Duration = Duration::from_secs(3 * 24 * 3600);
/// How many mails one address gets within an hour; what is more waits for the next.
const MOST_AN_HOUR: i64 = 30;
const HOUR: Duration = Duration::from_secs(3600);
/// How many jobs that were put aside are listed.
const MOST_LISTED: u32 = 100;

/// Something to be carried out by the worker that took it.
#[derive(Clone, Debug)]
pub struct Errand {
    job: ClaimedJob,
    /// What is to be sent.
    pub mail: Mail,
}

/// How an errand went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// The outside does not answer, or not now: again later, as often as it takes.
    Later(String),
    /// Something went wrong here: again, but not for ever.
    Failed(String),
    /// The outside refuses for good.
    Never(String),
}

/// What becomes of a claimed job before it leaves.
enum Fate {
    Leaves(Mail),
    /// Nobody needs it any more.
    Overtaken,
    /// The address has had enough for now.
    Waits(Instant),
    Broken(String),
}

impl Service {
    /// Takes up to `most` errands whose turn has come. What was overtaken by events is settled on the way.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn errands(&self, most: u32) -> Result<Vec<Errand>> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let mut errands = Vec::new();
        for job in tx.claim_jobs(now, LEASE, most).await? {
            match fate(&mut tx, &job, now).await? {
                Fate::Leaves(mail) => errands.push(Errand { job, mail }),
                Fate::Overtaken => {
                    tx.finish_job(&job, now).await?;
                }
                Fate::Waits(at) => {
                    let reason = format!("the address got {MOST_AN_HOUR} mails within an hour");
                    tx.put_off_job(&job, &Retry { at, reason, outside: true }).await?;
                }
                Fate::Broken(reason) => {
                    tracing::error!(job = %job.id, reason, "a job is put aside");
                    tx.bury_job(&job, &reason, now).await?;
                }
            }
        }
        tx.commit().await?;
        Ok(errands)
    }

    /// Settles an errand. False when its lease had run out and another worker has it.
    ///
    /// # Errors
    /// When the database does not answer: settle it again, or it will be carried out again.
    pub async fn settle(&self, errand: &Errand, outcome: Outcome) -> Result<bool> {
        let (job, now) = (&errand.job, self.clock.now());
        let again = |reason: String, outside| Retry { at: now.plus(pause(job.attempts)), reason, outside };
        let mut tx = self.store.write().await?;
        let held = match outcome {
            Outcome::Done => tx.finish_job(job, now).await?,
            Outcome::Later(reason) => tx.put_off_job(job, &again(reason, true)).await?,
            Outcome::Failed(reason) => tx.put_off_job(job, &again(reason, false)).await?,
            Outcome::Never(reason) => {
                tracing::warn!(job = %job.id, "a mail is put aside; `beffroi doctor` counts them");
                tx.bury_job(job, &reason, now).await?
            }
        };
        tx.commit().await?;
        Ok(held)
    }

    /// How the work stands, for those who keep the node.
    ///
    /// # Errors
    /// [`crate::Error::Denied`].
    pub async fn read_jobs(&self, caller: &Caller) -> Result<JobQueue> {
        permit(caller, Action::AdministerNode)?;
        self.job_queue().await
    }

    /// How the work stands: for the command line.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn job_queue(&self) -> Result<JobQueue> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let queue = tx.queue(now).await?;
        let dead = tx.dead_jobs(MOST_LISTED).await?;
        Ok(JobQueue {
            waiting: queue.waiting,
            behind_seconds: queue.behind_since.map_or(0, |since| now.since(since).as_secs()),
            dead: queue.dead,
            put_aside: dead
                .into_iter()
                .map(|job| DeadJob {
                    id: job.id,
                    kind: job.kind.name().to_owned(),
                    created_at: job.created_at,
                    attempts: job.attempts,
                    reason: job.reason,
                })
                .collect(),
        })
    }

    /// Gives a job that was put aside another chance; false when there is none such.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn revive_job(&self, id: JobId) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let revived = tx.revive_job(id, self.clock.now()).await?;
        tx.commit().await?;
        Ok(revived)
    }
}

async fn fate(tx: &mut Tx, job: &ClaimedJob, now: Instant) -> Result<Fate> {
    match job.kind {
        JobKind::Mail => {}
    }
    let content = match serde_json::from_value::<MailJob>(job.payload.clone()) {
        Ok(content) => content,
        Err(error) => return Ok(Fate::Broken(format!("its content is no mail: {error}"))),
    };
    if now.since(job.created_at) > STALE {
        return Ok(Fate::Overtaken);
    }
    let mail = match content {
        MailJob::Address { name, mail, subject, text } => {
            Mail { id: job.id, name, address: mail, subject, text, link: None }
        }
        MailJob::Reset { mail } => {
            let Some(reset) = mail_for(tx, &mail, now).await? else { return Ok(Fate::Overtaken) };
            let ResetMail { name, mail: address, subject, text } = reset;
            Mail { id: job.id, name, address, subject, text, link: None }
        }
        MailJob::Person { user, text, still } => {
            let person = tx.person(user).await?.filter(|person| person.state != UserState::Disabled);
            let Some(person) = person else { return Ok(Fate::Overtaken) };
            if let Some(still) = still
                && !holds(tx, &still).await?
            {
                return Ok(Fate::Overtaken);
            }
            Mail {
                id: job.id,
                name: person.profile.name,
                address: person.profile.mail,
                subject: text.subject,
                text: text.text,
                link: Some(text.link),
            }
        }
    };
    let (_, within_the_hour) = tx.jobs_to(&mail.address, now.minus(HOUR)).await?;
    if within_the_hour >= MOST_AN_HOUR {
        return Ok(Fate::Waits(now.plus(LONGEST_PAUSE)));
    }
    Ok(Fate::Leaves(mail))
}

/// Whether the duty is still open, and due at that instant.
async fn holds(tx: &mut Tx, still: &While) -> Result<bool> {
    let duties = tx.duties_of(&for_node(still.organisation), still.incident).await?;
    Ok(duties.get(&still.duty).is_some_and(|duty| duty.open && duty.due_at == Some(still.due_at)))
}

/// The pause after so many attempts.
fn pause(attempts: u32) -> Duration {
    let doubled = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_bounded() {
        let seconds: Vec<u64> =
            [1, 2, 3, 5, 6, 33, 400].into_iter().map(|attempts| pause(attempts).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 480, 900, 900, 900]);
    }
}
