//! List the organisation's incidents.

use model::{Caller, IncidentId, Instant};
use policy::{Action, permit};
use store::{IncidentFilter, IncidentRow};

use super::view::TITLE;
use crate::{
    Service,
    error::Result,
    view::{IncidentList, IncidentState, IncidentSummary},
};

impl Service {
    /// A page of incidents, all or those in `state`, newest first, after `after`; `limit` is held
    /// between 1 and 200.
    ///
    /// # Errors
    /// [`crate::Error::Denied`].
    pub async fn incidents(
        &self,
        caller: &Caller,
        state: Option<IncidentState>,
        after: Option<IncidentId>,
        limit: u32,
    ) -> Result<IncidentList> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let limit = limit.clamp(1, 200);
        let mut tx = self.store.read().await?;
        let now = self.clock.now();
        let filter = match state {
            None => IncidentFilter::All,
            Some(IncidentState::Open) => IncidentFilter::Open(now),
            Some(IncidentState::Late) => IncidentFilter::Late(now),
            Some(IncidentState::Done) => IncidentFilter::Done,
        };
        let mut rows = tx.incidents(&scope, filter, after, limit + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|row| row.incident.id);
        Ok(IncidentList { incidents: rows.into_iter().map(|row| summary_of(row, now)).collect(), next })
    }
}

fn summary_of(row: IncidentRow, now: Instant) -> IncidentSummary {
    let state = match (row.open_duties, row.next_due) {
        (0, _) => IncidentState::Done,
        (_, Some(due)) if due < now => IncidentState::Late,
        _ => IncidentState::Open,
    };
    IncidentSummary {
        id: row.incident.id,
        title: row.incident.text(TITLE).map(str::to_owned),
        revision: row.incident.revision,
        state,
        created_at: row.incident.created_at,
        updated_at: row.incident.updated_at,
        next_due: row.next_due,
        open_duties: u32::try_from(row.open_duties).unwrap_or(u32::MAX),
    }
}
