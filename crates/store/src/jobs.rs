//! Jobs: work that follows a change and reaches outside, written in the transaction of the change.
//!
//! A worker claims a job under a lease. One that ends it settles it; one that dies leaves a lease that
//! runs out, and the job comes again: each job is done at least once, and whoever carries it out sees to
//! it that twice is no harm. A settled job keeps its line without its document, so that nothing is done a
//! second time under the same unique key. What cannot be done is put aside with the reason.

use std::time::Duration;

use model::{Instant, JobId, OrganisationId};
use serde_json::Value;
use uuid::Uuid;
use vault::{Holder, random};

use crate::{
    error::{Error, Result},
    sealed::Spot,
    statement::{Row, Statement, assembled, list, sql},
    store::Tx,
};

/// How many jobs may wait. More than a day of reminders for thousands of organisations.
const MOST_WAITING: i64 = 100_000;
/// A job that was begun so often without an end brings its worker down, or never gets through.
const MOST_FAULTS: i64 = 8;

/// What kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// A mail to one address.
    Mail,
}

impl JobKind {
    const ALL: [Self; 1] = [Self::Mail];

    /// The kind as the table keeps it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
        }
    }
}

/// Work to be done after the commit.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// What kind.
    pub kind: JobKind,
    /// For whom the payload is sealed; the node when absent.
    pub organisation: Option<OrganisationId>,
    /// When it is written.
    pub created_at: Instant,
    /// Not before.
    pub run_at: Instant,
    /// A second job under the same key is not taken, also after the first was done.
    pub unique: Option<String>,
    /// Whom it goes to, so that nobody is flooded; only a keyed hash is kept.
    pub address: Option<String>,
    /// What is to be done.
    pub payload: Value,
}

/// A job that this worker holds until its lease runs out.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimedJob {
    /// The identifier.
    pub id: JobId,
    /// What kind.
    pub kind: JobKind,
    /// For whom the payload is sealed.
    pub organisation: Option<OrganisationId>,
    /// How often it was begun, this time included.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Instant,
    /// What is to be done.
    pub payload: Value,
    lease: Uuid,
}

/// When and why a job is tried again.
#[derive(Clone, Debug)]
pub struct Retry {
    /// Not before.
    pub at: Instant,
    /// What kept it from its end.
    pub reason: String,
    /// Whether the fault lies outside: then it does not count against the job.
    pub outside: bool,
}

/// A job that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    /// The identifier.
    pub id: JobId,
    /// What kind.
    pub kind: JobKind,
    /// When it was written.
    pub created_at: Instant,
    /// How often it was begun.
    pub attempts: i64,
    /// Why it was put aside.
    pub reason: String,
}

/// How the work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Jobs that wait, those under way included.
    pub waiting: i64,
    /// Since when the job waits whose turn came first and has passed; none when nothing is behind.
    pub behind_since: Option<Instant>,
    /// Jobs that were put aside.
    pub dead: i64,
}

fn holder(organisation: Option<OrganisationId>) -> Holder {
    organisation.map_or(Holder::Node, Holder::Organisation)
}

fn spot(id: JobId, organisation: Option<OrganisationId>) -> Spot {
    Spot::document("job", id.uuid(), holder(organisation))
}

impl Tx {
    /// Writes a job in the transaction of its change; false when its unique key is known already.
    ///
    /// # Errors
    /// [`Error::QueueFull`] when too many wait.
    pub async fn enqueue(&mut self, job: &NewJob) -> Result<bool> {
        let waiting = sql("SELECT COUNT(*) AS jobs FROM
                             (SELECT 1 AS one FROM job WHERE state = 'waiting' LIMIT $1) AS waiting")
        .bind(MOST_WAITING);
        if self.count(waiting).await? >= MOST_WAITING {
            return Err(Error::QueueFull);
        }
        let id = JobId::new(job.run_at, random());
        let place = spot(id, job.organisation);
        let sealed = self.seal_only(place, &[holder(job.organisation)], &job.payload).await?;
        let unique = job.unique.as_deref().map(|key| self.token("job.unique_key", key)).transpose()?;
        let address = job.address.as_deref().map(|address| self.address_token(address)).transpose()?;
        let written = self
            .run(
                sql(
                    "INSERT INTO job (id, kind, organisation, state, unique_key, address, run_at, created_at,
                                      attempts, faults, document)
                     VALUES ($1, $2, $3, 'waiting', $4, $5, $6, $7, 0, 0, $8) ON CONFLICT DO NOTHING",
                )
                .bind(id)
                .bind(job.kind.name())
                .bind(job.organisation)
                .bind(unique)
                .bind(address)
                .bind(job.run_at)
                .bind(job.created_at)
                .bind(sealed.bytes),
            )
            .await?;
        if written > 0 {
            self.keep_keys(&[(place, sealed.keys)]).await?;
        }
        Ok(written > 0)
    }

    /// Takes up to `most` jobs whose turn has come, for as long as `lease`, first come first served. A
    /// job that does not open, or that was begun too often, is put aside and does not hold up the others.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn claim_jobs(&mut self, now: Instant, lease: Duration, most: u32) -> Result<Vec<ClaimedJob>> {
        // A job that seems to be written in the future was written before the clock was turned back.
        let text = format!(
            "SELECT id FROM job WHERE state = 'waiting' AND (run_at <= $1 OR created_at > $1)
                AND (lease_until IS NULL OR lease_until <= $1)
              ORDER BY run_at, id LIMIT $2{}",
            self.connection.passing_over()
        );
        let rows = self.rows(assembled(text).bind(now).bind(i64::from(most))).await?;
        let ids = rows.iter().map(|row| row.id("id", JobId::from_uuid)).collect::<Result<Vec<_>>>()?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mark = JobId::new(now, random()).uuid();
        let text = format!(
            "UPDATE job SET lease = $1, lease_until = $2, attempts = attempts + 1, faults = faults + 1
              WHERE id IN ({})",
            list(3, ids.len())
        );
        self.run(assembled(text).bind(mark).bind(now.plus(lease)).bind_all(ids)).await?;
        let rows = self
            .rows(
                sql("SELECT j.id, j.kind, j.organisation, j.attempts, j.faults, j.created_at, j.document,
                            k.key_id, k.wrapped
                       FROM job j LEFT JOIN data_key k
                         ON k.place_table = 'job' AND k.place_row = j.id AND k.place_column = 'document'
                      WHERE j.lease = $1 ORDER BY j.run_at, j.id")
                .bind(mark),
            )
            .await?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let mut job = claimed_job(&row, mark)?;
            if row.get::<i64>("faults")? > MOST_FAULTS {
                let reason = format!("it was begun {MOST_FAULTS} times and never came to an end");
                self.bury_job(&job, &reason, now).await?;
                continue;
            }
            match self.open(&row, spot(job.id, job.organisation), holder(job.organisation)).await {
                Ok(payload) => {
                    job.payload = payload;
                    claimed.push(job);
                }
                Err(error) => {
                    self.bury_job(&job, &format!("its content cannot be read: {error}"), now).await?;
                }
            }
        }
        Ok(claimed)
    }

    /// Settles a job that is done. False when the lease was lost meanwhile: then another worker has it.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn finish_job(&mut self, job: &ClaimedJob, now: Instant) -> Result<bool> {
        let nothing: Vec<u8> = Vec::new();
        let done = sql("UPDATE job SET state = 'done', settled_at = $1, lease = NULL, lease_until = NULL,
                               document = $2, reason = NULL
                         WHERE id = $3 AND lease = $4")
        .bind(now)
        .bind(nothing)
        .bind(job.id)
        .bind(job.lease);
        if self.run(done).await? == 0 {
            return Ok(false);
        }
        let place = spot(job.id, job.organisation);
        self.erase(place).await?;
        self.erase(place.column("reason")).await?;
        Ok(true)
    }

    /// Gives a job back, to be tried again. False when the lease was lost meanwhile.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn put_off_job(&mut self, job: &ClaimedJob, retry: &Retry) -> Result<bool> {
        let statement = sql("UPDATE job SET reason = $1, run_at = $4, lease = NULL, lease_until = NULL,
                                    faults = CASE WHEN $5 THEN 0 ELSE faults END
                              WHERE id = $2 AND lease = $3");
        self.settle_with(job, &retry.reason, statement, |statement| {
            statement.bind(retry.at).bind(retry.outside)
        })
        .await
    }

    /// Puts a job aside for good, with the reason. False when the lease was lost meanwhile.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn bury_job(&mut self, job: &ClaimedJob, reason: &str, now: Instant) -> Result<bool> {
        let statement = sql("UPDATE job SET reason = $1, state = 'dead', settled_at = $4, lease = NULL,
                                    lease_until = NULL
                              WHERE id = $2 AND lease = $3");
        self.settle_with(job, reason, statement, |statement| statement.bind(now)).await
    }

    /// Runs a statement that takes the sealed reason, the job and its lease, and what `rest` binds; the
    /// keys of the reason are kept only when the lease still held.
    async fn settle_with(
        &mut self,
        job: &ClaimedJob,
        reason: &str,
        statement: Statement,
        rest: impl FnOnce(Statement) -> Statement,
    ) -> Result<bool> {
        let place = spot(job.id, job.organisation).column("reason").at(i64::from(job.attempts));
        let reason: String = reason.chars().take(500).collect();
        let sealed = self.seal_only(place, &[holder(job.organisation)], &reason).await?;
        let bound = rest(statement.bind(sealed.bytes).bind(job.id).bind(job.lease));
        if self.run(bound).await? == 0 {
            return Ok(false);
        }
        self.drop_keys_before(place).await?;
        self.keep_keys(&[(place, sealed.keys)]).await?;
        Ok(true)
    }

    /// The jobs that were put aside, the latest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a reason does not open.
    pub async fn dead_jobs(&mut self, most: u32) -> Result<Vec<DeadJob>> {
        let rows = self
            .rows(
                sql("SELECT j.id, j.kind, j.organisation, j.attempts, j.created_at, j.reason,
                            k.key_id, k.wrapped
                       FROM job j JOIN data_key k
                         ON k.place_table = 'job' AND k.place_row = j.id AND k.place_column = 'reason'
                        AND k.revision = j.attempts
                      WHERE j.state = 'dead' ORDER BY j.settled_at DESC, j.id LIMIT $1")
                .bind(i64::from(most)),
            )
            .await?;
        let mut dead = Vec::with_capacity(rows.len());
        for row in rows {
            let (id, attempts) = (row.id("id", JobId::from_uuid)?, row.get::<i64>("attempts")?);
            let organisation = organisation_of(&row)?;
            let place = spot(id, organisation).column("reason").at(attempts);
            dead.push(DeadJob {
                id,
                kind: kind_of(&row)?,
                created_at: row.instant("created_at")?,
                attempts,
                reason: self.open(&row, place, holder(organisation)).await?,
            });
        }
        Ok(dead)
    }

    /// Gives a job that was put aside another chance; false when there is none such.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn revive_job(&mut self, id: JobId, now: Instant) -> Result<bool> {
        let statement = sql("UPDATE job SET state = 'waiting', run_at = $1, settled_at = NULL, faults = 0
                              WHERE id = $2 AND state = 'dead'");
        Ok(self.run(statement.bind(now).bind(id)).await? > 0)
    }

    /// How the work stands.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn queue(&mut self, now: Instant) -> Result<Queue> {
        let waiting = self.count(sql("SELECT COUNT(*) AS jobs FROM job WHERE state = 'waiting'")).await?;
        let dead = self.count(sql("SELECT COUNT(*) AS jobs FROM job WHERE state = 'dead'")).await?;
        let first = sql("SELECT MIN(run_at) AS first FROM job WHERE state = 'waiting' AND run_at <= $1");
        let behind_since = match self.row(first.bind(now)).await? {
            Some(row) => row.maybe_instant("first")?,
            None => None,
        };
        Ok(Queue { waiting, behind_since, dead })
    }

    /// How many jobs to an address wait, and how many were done since `since`.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be counted.
    pub async fn jobs_to(&mut self, address: &str, since: Instant) -> Result<(i64, i64)> {
        let address = self.address_token(address)?;
        let waiting =
            sql("SELECT COUNT(*) AS jobs FROM job WHERE address = $1 AND state = 'waiting'").bind(address);
        let done = sql("SELECT COUNT(*) AS jobs FROM job
                         WHERE address = $1 AND state = 'done' AND settled_at > $2")
        .bind(address)
        .bind(since);
        Ok((self.count(waiting).await?, self.count(done).await?))
    }

    /// Settles, without doing them, the jobs that wait since before `before`: where no worker can do them,
    /// they are not to pile up, nor to be done when they tell nobody anything any more.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn expire_jobs(&mut self, before: Instant, now: Instant) -> Result<u64> {
        self.run(
            sql("DELETE FROM data_key WHERE place_table = 'job' AND place_row IN
                   (SELECT id FROM job WHERE state = 'waiting' AND created_at < $1)")
            .bind(before),
        )
        .await?;
        let nothing: Vec<u8> = Vec::new();
        let settle = sql("UPDATE job SET state = 'done', settled_at = $1, lease = NULL, lease_until = NULL,
                                 document = $2, reason = NULL
                           WHERE state = 'waiting' AND created_at < $3");
        self.run(settle.bind(now).bind(nothing).bind(before)).await
    }

    /// Forgets what was settled before `before`, with the keys of what was put aside.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn prune_jobs(&mut self, before: Instant) -> Result<u64> {
        self.run(
            sql("DELETE FROM data_key WHERE place_table = 'job' AND place_row IN
                   (SELECT id FROM job WHERE state <> 'waiting' AND settled_at < $1)")
            .bind(before),
        )
        .await?;
        self.run(sql("DELETE FROM job WHERE state <> 'waiting' AND settled_at < $1").bind(before)).await
    }

    async fn count(&mut self, statement: Statement) -> Result<i64> {
        self.row(statement).await?.map_or(Ok(0), |row| row.get("jobs"))
    }

    fn address_token(&self, address: &str) -> Result<[u8; 32]> {
        self.token("job.address", &address.trim().to_lowercase())
    }
}

fn claimed_job(row: &Row, lease: Uuid) -> Result<ClaimedJob> {
    Ok(ClaimedJob {
        id: row.id("id", JobId::from_uuid)?,
        kind: kind_of(row)?,
        organisation: organisation_of(row)?,
        attempts: u32::try_from(row.get::<i64>("attempts")?).unwrap_or(u32::MAX),
        created_at: row.instant("created_at")?,
        payload: Value::Null,
        lease,
    })
}

fn organisation_of(row: &Row) -> Result<Option<OrganisationId>> {
    Ok(row.get::<Option<Uuid>>("organisation")?.map(OrganisationId::from_uuid))
}

fn kind_of(row: &Row) -> Result<JobKind> {
    let text: String = row.get("kind")?;
    JobKind::ALL
        .into_iter()
        .find(|kind| kind.name() == text)
        .ok_or_else(|| Error::Damaged(format!("job.kind holds {text:?}")))
}
