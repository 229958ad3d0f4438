//! The clocks as a reconciler: what has come due while nobody looked is worked out again from the
//! facts, so that a restart or an outage loses nothing.

use model::{IncidentId, Instant};
use policy::{Scope, for_node};

use super::{project::project_duties, situation::Situation};
use crate::{Service, error::Result};

/// How many incidents one tick brings up to date.
const AT_ONCE: u32 = 200;

impl Service {
    /// Brings the duties up to date whose instant has passed since they were last worked out.
    /// Answers how many incidents were touched; calling again is no harm. A record that cannot be
    /// read is logged and does not stop the clocks of the others.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reconcile_duties(&self) -> Result<usize> {
        let now = self.clock.now();
        let overdue = self.store.read().await?.overdue(now, AT_ONCE).await?;
        let mut touched = 0;
        for (organisation, incident) in overdue {
            match self.reconcile(&for_node(organisation), incident, now).await {
                Ok(()) => touched += 1,
                Err(error) => {
                    tracing::error!(%organisation, %incident, %error, "an incident's clocks stand still")
                }
            }
        }
        Ok(touched)
    }

    async fn reconcile(&self, scope: &Scope, id: IncidentId, now: Instant) -> Result<()> {
        let mut tx = self.store.write().await?;
        let Some(incident) = tx.hold_incident(scope, id).await? else { return Ok(()) };
        let situation = Situation::read(&mut tx, scope, incident).await?;
        let duties = situation.duties(&self.laws(&situation.incident), now);
        project_duties(&mut tx, scope, &situation.incident, &duties, (None, now)).await?;
        Ok(tx.commit().await?)
    }
}
