//! What time lets go of: ended sessions, counts of wrong passwords, remembered answers.

use std::time::Duration;

use crate::{Service, error::Result, jobs::STALE};

/// How long wrong passwords are counted.
const THROTTLE: Duration = Duration::from_secs(3600);
/// How long mails and questions are counted: longer than the longest allowance.
const COUNTED: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long a repeated request gets the same answer.
const REMEMBERED: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long what was sent, or put aside, is remembered: nothing is sent again under its key.
const SETTLED: Duration = Duration::from_secs(90 * 24 * 3600);
/// How long notices that were read are kept.
const READ: Duration = Duration::from_secs(365 * 24 * 3600);

impl Service {
    /// Lets go of what has served its time; to be called now and then, calling again is no harm.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tidy(&self) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        tx.prune_sessions(now).await?;
        tx.prune_half_sessions(now).await?;
        tx.prune_allowances(now.minus(COUNTED)).await?;
        tx.prune_registrations(now).await?;
        tx.prune_throttles(now.minus(THROTTLE)).await?;
        tx.forget_answers(now.minus(REMEMBERED)).await?;
        tx.expire_jobs(now.minus(STALE), now).await?;
        tx.prune_jobs(now.minus(SETTLED)).await?;
        tx.prune_notices(now.minus(READ)).await?;
        Ok(tx.commit().await?)
    }
}
