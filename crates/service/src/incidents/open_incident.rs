//! Open an incident record.

use std::collections::BTreeMap;

use model::{Caller, Happening, Incident, IncidentId, Instant, Marks};
use policy::{Action, Scope, permit};
use store::{Change, Tx};

use super::{
    awareness::{explain, unexplained},
    merge::{Merge, Pen, check, merge},
    project::project_duties,
    situation::{Situation, Surroundings},
    view::incident_view,
};
use crate::{
    Service, chance,
    error::{Error, Result},
    idempotency::Repeat,
    taxonomy::chosen::{chosen_terms, remember_uses},
    view::{IncidentView, OpenIncident, SaveAnswers},
};

impl Service {
    /// Opens a record with what is known. A repeat with the same `key` opens nothing new and
    /// answers with the record as it stands.
    ///
    /// # Errors
    /// [`Error::Invalid`] per field and rule.
    pub async fn open_incident(
        &self,
        caller: &Caller,
        open: OpenIncident,
        key: Option<&str>,
    ) -> Result<IncidentView> {
        match self.try_to_open(caller, &open, key).await {
            // The same request is being answered elsewhere at this moment: then its answer is there now.
            Err(Error::Busy) => self.try_to_open(caller, &open, key).await,
            answer => answer,
        }
    }

    async fn try_to_open(
        &self,
        caller: &Caller,
        open: &OpenIncident,
        key: Option<&str>,
    ) -> Result<IncidentView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let repeat = Repeat::of((caller, &scope), "open_incident", key, open)?;
        if let Some(id) = repeat.answer::<IncidentId>(&mut tx).await? {
            drop(tx);
            return self.incident(caller, id).await;
        }
        let view = self.open_within(&mut tx, (caller, &scope), open, now).await?;
        repeat.remember(&mut tx, &view.id, now).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Opens a record in the transaction at hand.
    pub(crate) async fn open_within(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        open: &OpenIncident,
        now: Instant,
    ) -> Result<IncidentView> {
        let OpenIncident { answers, reasons } = open.clone();
        let save = SaveAnswers { base_revision: 0, answers, clear: vec![], reasons };
        let laws = self.library.on(now);
        let actor = caller.actor();
        let id = IncidentId::new(now, chance::for_id());
        let blank = Incident {
            id,
            organisation: caller.organisation,
            revision: 0,
            created_at: now,
            created_by: actor.clone(),
            updated_at: now,
            answers: BTreeMap::new(),
            cleared: BTreeMap::new(),
            marks: Marks::default(),
            earlier: BTreeMap::new(),
            elsewhere: vec![],
            packs: laws.packs().iter().map(|pack| (pack.id().to_owned(), pack.version())).collect(),
        };
        let mut problems = check(&laws, &save);
        let surroundings = Surroundings::read(tx, scope, caller.organisation).await?;
        problems.extend(unexplained(&laws, (&blank, &surroundings.bare_case(&blank)), &save, now));
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let terms = chosen_terms(tx, scope, (&laws, &blank), &save).await?;
        let pen = Pen { by: &actor, at: now, terms: &terms };
        let (mut incident, mut change) = match merge(&blank, &save, &pen) {
            Merge::Saved(incident, change) => (*incident, change),
            Merge::Unchanged | Merge::Conflicts(_) => {
                let change = Change { revision: 1, at: now, by: actor.clone(), fields: vec![] };
                (Incident { revision: 1, ..blank }, change)
            }
        };
        let case = surroundings.bare_case(&incident);
        explain(&laws, (&mut incident, &mut change), &save, &case);
        tx.insert_incident(scope, &incident, &change).await?;
        remember_uses(tx, scope, &incident, &terms, now).await?;
        let situation = Situation::within(tx, scope, incident, &surroundings).await?;
        let view = incident_view(&laws, &situation, now);
        project_duties(tx, scope, &situation.incident, &view.duties, (Some(&actor), now)).await?;
        self.happened(tx, caller, Happening::IncidentOpened { incident: id }).await?;
        Ok(view)
    }
}
