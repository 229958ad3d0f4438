//! The index of duties by time left: a projection of the facts, rebuilt for an incident at a time.

use std::collections::BTreeMap;

use model::{DutyKey, DutyState, IncidentId, Instant, OrganisationId};
use policy::Scope;

use crate::{
    error::{Error, Result},
    statement::{Row, assembled, places, rows_at_once, sql},
    store::{Tx, own, own_or},
};

/// Where a duty of an incident stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedDuty {
    /// The incident.
    pub incident: IncidentId,
    /// The duty.
    pub duty: DutyKey,
    /// Its state.
    pub state: DutyState,
    /// Whether somebody still has to do something.
    pub open: bool,
    /// When it is due, when its clock runs.
    pub due_at: Option<Instant>,
}

/// How an incident with open duties stands, without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenMark {
    /// Whose record it is.
    pub organisation: OrganisationId,
    /// The incident.
    pub incident: IncidentId,
    /// Its revision.
    pub revision: i64,
    /// When its duties were last found to stand differently.
    pub projected_at: Instant,
}

impl Tx {
    /// Puts the duties of an incident of the scope's organisation in place of those that stood there.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such incident in the organisation.
    pub async fn set_duties(
        &mut self,
        scope: &Scope,
        incident: IncidentId,
        duties: &[IndexedDuty],
        at: Instant,
    ) -> Result<()> {
        let organisation = own_or(scope, "the duties of this organisation")?;
        let open = duties.iter().filter(|duty| duty.open);
        let next_due = open.clone().filter_map(|duty| duty.due_at).min();
        let statement = sql("UPDATE incident SET open_duties = $1, next_due = $2
                             WHERE organisation = $3 AND id = $4")
        .bind(i64::try_from(open.count()).unwrap_or(i64::MAX))
        .bind(next_due)
        .bind(organisation)
        .bind(incident);
        self.run_one(statement, "this incident").await?;
        self.run(
            sql("DELETE FROM duty_index WHERE organisation = $1 AND incident = $2")
                .bind(organisation)
                .bind(incident),
        )
        .await?;
        let lines: Vec<_> = duties.iter().map(|duty| (organisation, incident, duty)).collect();
        self.insert_duties(&lines, at).await
    }

    /// Inserts lines of the index, many in one statement.
    pub(crate) async fn insert_duties(
        &mut self,
        lines: &[(OrganisationId, IncidentId, &IndexedDuty)],
        at: Instant,
    ) -> Result<()> {
        for chunk in lines.chunks(rows_at_once(10)) {
            let text = format!(
                "INSERT INTO duty_index
                   (organisation, incident, pack, track, stage, state, open, due_at, due_order, updated_at)
                 VALUES {}",
                places(chunk.len(), 10)
            );
            let mut statement = assembled(text);
            for (organisation, incident, duty) in chunk {
                statement = statement
                    .bind(*organisation)
                    .bind(*incident)
                    .bind(duty.duty.pack.as_str())
                    .bind(duty.duty.track.as_str())
                    .bind(duty.duty.stage.as_str())
                    .bind(state_name(duty.state))
                    .bind(duty.open)
                    .bind(duty.due_at)
                    .bind(duty.due_at.map_or(i64::MAX, Instant::micros))
                    .bind(at);
            }
            self.run(statement).await?;
        }
        Ok(())
    }

    /// The duties of an incident of the scope's organisation as they were last indexed.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn duties_of(
        &mut self,
        scope: &Scope,
        incident: IncidentId,
    ) -> Result<BTreeMap<DutyKey, IndexedDuty>> {
        let Some(organisation) = own(scope) else { return Ok(BTreeMap::new()) };
        let rows = self
            .rows(
                sql("SELECT incident, pack, track, stage, state, open, due_at FROM duty_index
                     WHERE organisation = $1 AND incident = $2")
                .bind(organisation)
                .bind(incident),
            )
            .await?;
        rows.iter().map(|row| duty(row).map(|duty| (duty.duty.clone(), duty))).collect()
    }

    /// The open duties of the scope's organisation, least time left first; those without a clock last.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn open_duties(&mut self, scope: &Scope, limit: u32) -> Result<Vec<IndexedDuty>> {
        let Some(organisation) = own(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT incident, pack, track, stage, state, open, due_at FROM duty_index
                     WHERE organisation = $1 AND open = TRUE
                     ORDER BY due_order, incident, pack, track, stage LIMIT $2")
                .bind(organisation)
                .bind(i64::from(limit)),
            )
            .await?;
        rows.iter().map(duty).collect()
    }

    /// Incidents of any organisation with a duty whose instant has passed while the index still
    /// calls it due: the clock that reconciles them names each by its own scope. Longest overdue first.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn overdue(&mut self, now: Instant, limit: u32) -> Result<Vec<(OrganisationId, IncidentId)>> {
        let rows = self
            .rows(
                sql("SELECT organisation, incident, MIN(due_order) AS first FROM duty_index
                     WHERE state IN ('due', 'drafted', 'in_approval') AND due_order <= $1
                     GROUP BY organisation, incident ORDER BY first LIMIT $2")
                .bind(now)
                .bind(i64::from(limit)),
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.id("organisation", OrganisationId::from_uuid)?,
                    row.id("incident", IncidentId::from_uuid)?,
                ))
            })
            .collect()
    }

    /// A page of the incidents of every organisation that have open duties, after the one with which the page
    /// before ended: the node looks at each by its own scope.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn open_marks(&mut self, after: Option<IncidentId>, limit: u32) -> Result<Vec<OpenMark>> {
        let rows = self
            .rows(
                sql("SELECT i.organisation, i.id, i.revision, MAX(d.updated_at) AS projected_at
                       FROM incident i
                       JOIN duty_index d ON d.organisation = i.organisation AND d.incident = i.id
                      WHERE i.open_duties > 0 AND i.id > $1
                      GROUP BY i.organisation, i.id, i.revision ORDER BY i.id LIMIT $2")
                .bind(after.map_or(uuid::Uuid::nil(), IncidentId::uuid))
                .bind(i64::from(limit)),
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(OpenMark {
                    organisation: row.id("organisation", OrganisationId::from_uuid)?,
                    incident: row.id("id", IncidentId::from_uuid)?,
                    revision: row.get("revision")?,
                    projected_at: row.instant("projected_at")?,
                })
            })
            .collect()
    }
}

fn duty(row: &Row) -> Result<IndexedDuty> {
    Ok(IndexedDuty {
        incident: row.id("incident", IncidentId::from_uuid)?,
        duty: row.duty()?,
        state: read_state(&row.get::<String>("state")?)?,
        open: row.get("open")?,
        due_at: row.maybe_instant("due_at")?,
    })
}

const fn state_name(state: DutyState) -> &'static str {
    match state {
        DutyState::NotApplicable => "not_applicable",
        DutyState::Displaced => "displaced",
        DutyState::Undecided => "undecided",
        DutyState::Due => "due",
        DutyState::Drafted => "drafted",
        DutyState::InApproval => "in_approval",
        DutyState::Filed => "filed",
        DutyState::Acknowledged => "acknowledged",
        DutyState::Late => "late",
        DutyState::Withdrawn => "withdrawn",
        DutyState::Waived => "waived",
    }
}

fn read_state(text: &str) -> Result<DutyState> {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map_err(|_| Error::Damaged(format!("duty_index.state holds {text:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_as_it_was_written() {
        for name in [
            "not_applicable",
            "displaced",
            "undecided",
            "due",
            "drafted",
            "in_approval",
            "filed",
            "acknowledged",
            "late",
            "withdrawn",
            "waived",
        ] {
            assert_eq!(state_name(read_state(name).unwrap()), name);
        }
        assert!(read_state("forgotten").is_err());
    }
}
