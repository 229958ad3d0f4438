//! The home page of those who report: what waits, least time left first.

use std::collections::BTreeSet;

use model::{Caller, Instant};
use policy::{Action, permit};

use super::{
    laws::missing_for,
    situation::{Situation, Surroundings},
    view::{TITLE, open_duties},
};
use crate::{
    Service,
    error::Result,
    view::{OpenDuties, OpenDuty},
};

/// How many open duties one answer holds.
const MOST: u32 = 200;

impl Service {
    /// The open duties of the organisation's incidents, worked out for now.
    ///
    /// # Errors
    /// [`crate::Error::Denied`].
    pub async fn open_duties(&self, caller: &Caller) -> Result<OpenDuties> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let open = tx.open_duties(&scope, MOST).await?;
        let ids: Vec<_> =
            open.iter().map(|duty| duty.incident).collect::<BTreeSet<_>>().into_iter().collect();
        let surroundings = Surroundings::read(&mut tx, &scope, caller.organisation).await?;
        let mut duties = Vec::new();
        for row in tx.incidents_by_id(&scope, &ids).await? {
            let situation = Situation::within(&mut tx, &scope, row.incident, &surroundings).await?;
            let title = situation.incident.text(TITLE).map(str::to_owned);
            let id = situation.incident.id;
            let laws = self.laws(&situation.incident);
            let all = situation.duties(&laws, now);
            duties.extend(open_duties(&all).into_iter().map(|duty| OpenDuty {
                incident: id,
                incident_title: title.clone(),
                missing: missing_for(&laws, &situation, duty),
                duty: duty.clone(),
            }));
        }
        duties.sort_by_key(|open| open.duty.due.as_ref().map_or(Instant::MAX, |due| due.at));
        Ok(OpenDuties { now, duties })
    }
}
