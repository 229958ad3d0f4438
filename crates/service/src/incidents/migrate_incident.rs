//! A running case goes over to a correction of its rules.

use model::{Actor, Answer, AnswerSource, Caller, Happening, Incident, IncidentId, Instant};
use policy::{Action, permit};
use store::{Change, FieldChange};

use super::{
    project::project_duties,
    situation::Situation,
    view::{incident_view, view_with},
};
use crate::{
    Service,
    error::{Error, Result},
    view::{IncidentView, MigrateIncident, Migrations},
};

/// How the history names the version of the rules; the pack follows.
pub(crate) const RULES: &str = "rules.";

impl Service {
    /// The corrections that the case may go over to, each with what it changes.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn incident_migrations(&self, caller: &Caller, id: IncidentId) -> Result<Migrations> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let (laws, now) = (self.laws(&situation.incident), self.clock.now());
        Ok(Migrations { migrations: regime::migrations(&laws, &situation.case, &situation.directory, now) })
    }

    /// The case goes over to a corrected version of `pack`; history and audit keep that it did. Doing so again
    /// changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the incident or a correction that is not on offer; [`Error::Conflict`] when somebody
    /// changed the record since the caller saw what would change.
    pub async fn migrate_incident(
        &self,
        caller: &Caller,
        (id, pack): (IncidentId, &str),
        migrate: &MigrateIncident,
    ) -> Result<IncidentView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let stands = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, stands).await?;
        let laws = self.laws(&situation.incident);
        if laws.pack(pack).is_some_and(|law| law.version() == migrate.to) {
            return Ok(incident_view(&laws, &situation, now));
        }
        let offered = regime::migrations(&laws, &situation.case, &situation.directory, now);
        let offered = offered.into_iter().find(|offer| offer.pack == pack && offer.to == migrate.to);
        let offered = offered.ok_or(Error::NotFound("correction"))?;
        let stands_at = situation.incident.revision;
        if migrate.base_revision != stands_at {
            return Err(Error::Conflict { revision: stands_at, conflicts: vec![] });
        }
        let by = caller.actor();
        let (next, change) = migrated(situation.incident, &offered, (&by, now));
        if !tx.update_incident(&scope, &next, stands_at, &change).await? {
            return Err(Error::Busy);
        }
        let happening = Happening::RulesCorrected {
            incident: id,
            pack: offered.pack,
            from: offered.from,
            to: offered.to,
        };
        self.happened(&mut tx, caller, happening).await?;
        let mut situation = Situation::read(&mut tx, &scope, next).await?;
        self.withdraw_changed(&mut tx, (Some(caller), &scope), &mut situation, now).await?;
        let laws = self.laws(&situation.incident);
        let duties = situation.duties(&laws, now);
        project_duties(&mut tx, &scope, &situation.incident, &duties, (Some(&by), now)).await?;
        tx.commit().await?;
        Ok(view_with(&laws, &situation, duties, now))
    }
}

/// The record under the corrected rules.
fn migrated(
    stands: Incident,
    offered: &regime::Migration,
    (by, at): (&Actor, Instant),
) -> (Incident, Change) {
    let revision = stands.revision + 1;
    let version = |version: &str| Answer {
        value: Some(version.into()),
        terms: vec![],
        estimated: false,
        by: by.clone(),
        at,
        how: AnswerSource::Typed,
        revision,
    };
    let changed = FieldChange {
        field: format!("{RULES}{}", offered.pack),
        before: Some(version(&offered.from)),
        after: Some(version(&offered.to)),
        reason: None,
    };
    let mut packs = stands.packs.clone();
    packs.insert(offered.pack.clone(), offered.to.clone());
    let next = Incident { revision, updated_at: at, packs, ..stands };
    (next, Change { revision, at, by: by.clone(), fields: vec![changed] })
}
