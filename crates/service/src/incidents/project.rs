//! The duty projection: what "my duties by time left" reads, and the record of every decision,
//! also of the decision that a law does not apply.

use model::{Actor, DomainEvent, EventId, Happening, Incident, Instant};
use policy::Scope;
use regime::Duty;
use store::{IndexedDuty, Tx};

use super::view::open_duties;
use crate::{chance, error::Result};

/// Writes the rows of `incident`, and one event per duty that stands differently than before.
pub(crate) async fn project_duties(
    tx: &mut Tx,
    scope: &Scope,
    incident: &Incident,
    duties: &[Duty],
    (by, now): (Option<&Actor>, Instant),
) -> Result<()> {
    let before = tx.duties_of(scope, incident.id).await?;
    let open = open_duties(duties);
    let rows: Vec<IndexedDuty> = duties.iter().map(|duty| row_of(incident, duty, &open)).collect();
    if rows.len() == before.len() && rows.iter().all(|row| before.get(&row.duty) == Some(row)) {
        return Ok(());
    }
    tx.set_duties(scope, incident.id, &rows, now).await?;
    let stood = |row: &IndexedDuty| before.get(&row.duty).map(|before| before.state);
    for row in rows.iter().filter(|row| stood(row) != Some(row.state)) {
        tx.append_event(&DomainEvent {
            id: EventId::new(now, chance::for_id()),
            at: now,
            organisation: Some(incident.organisation),
            by: by.cloned(),
            happening: Happening::DutyDecided {
                incident: incident.id,
                duty: row.duty.clone(),
                state: row.state,
            },
        })
        .await?;
    }
    Ok(())
}

fn row_of(incident: &Incident, duty: &Duty, open: &[&Duty]) -> IndexedDuty {
    IndexedDuty {
        incident: incident.id,
        duty: duty.key.clone(),
        state: duty.state,
        open: open.iter().any(|open| open.key == duty.key),
        due_at: duty.due.as_ref().map(|due| due.at),
    }
}
