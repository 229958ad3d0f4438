//! What time lets go of: ended sessions, counts of wrong passwords, remembered answers.

use std::time::Duration;

use crate::{Service, error::Result};

/// How long wrong passwords are counted.
const THROTTLE: Duration = Duration::from_secs(3600);
/// How long a repeated request gets the same answer.
const REMEMBERED: Duration = Duration::from_secs(7 * 24 * 3600);

impl Service {
    /// Lets go of what has served its time; to be called now and then, calling again is no harm.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tidy(&self) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        tx.prune_sessions(now).await?;
        tx.prune_throttles(now.minus(THROTTLE)).await?;
        tx.forget_answers(now.minus(REMEMBERED)).await?;
        Ok(tx.commit().await?)
    }
}
