//! Save answers to an incident record.

use model::{Caller, Happening, Incident, IncidentId};
use policy::{Action, permit};

use super::{
    awareness::{explain, unexplained},
    merge::{Merge, Pen, check, merge},
    project::project_duties,
    situation::{Situation, Surroundings},
    view::{incident_view, view_with},
};
use crate::{
    Service,
    error::{Error, Result},
    taxonomy::chosen::{chosen_terms, remember_uses},
    view::{IncidentView, SaveAnswers},
};

/// How often a save is laid over the record anew when somebody else was quicker.
const TRIES: u32 = 4;

impl Service {
    /// Lays answers over the record of `id`. Answers to fields that nobody else changed since the
    /// caller's revision are taken; if one field was changed by somebody else, nothing is taken
    /// and the answer names both values.
    ///
    /// # Errors
    /// [`Error::Invalid`] per field and rule; [`Error::Conflict`]; [`Error::NotFound`].
    pub async fn save_answers(
        &self,
        caller: &Caller,
        id: IncidentId,
        save: SaveAnswers,
    ) -> Result<IncidentView> {
        let problems = check(&self.library, &save);
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        for _ in 1..TRIES {
            match self.try_to_save(caller, id, &save).await {
                Err(Error::Busy) => {}
                answer => return answer,
            }
        }
        self.try_to_save(caller, id, &save).await
    }

    async fn try_to_save(&self, caller: &Caller, id: IncidentId, save: &SaveAnswers) -> Result<IncidentView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let stands = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        if save.base_revision > stands.revision {
            return Err(Error::invalid(
                "base_revision",
                "seen",
                format!("the record stands at revision {}: send the one you read it at", stands.revision),
            ));
        }
        let surroundings = Surroundings::read(&mut tx, &scope, stands.organisation).await?;
        let bare = surroundings.bare_case(&stands);
        let laws = self.laws(&stands);
        let unexplained = unexplained(&laws, (&stands, &bare), save, now);
        if !unexplained.is_empty() {
            return Err(Error::Invalid(unexplained));
        }
        let actor = caller.actor();
        let terms = chosen_terms(&mut tx, &scope, (&laws, &stands), save).await?;
        let pen = Pen { by: &actor, at: now, terms: &terms };
        let (next, mut change) = match merge(&stands, save, &pen) {
            Merge::Unchanged => {
                let situation = Situation::within(&mut tx, &scope, stands, &surroundings).await?;
                return Ok(incident_view(&laws, &situation, now));
            }
            Merge::Conflicts(conflicts) => {
                return Err(Error::Conflict { revision: stands.revision, conflicts });
            }
            Merge::Saved(next, change) => (*next, change),
        };
        let fields = change.fields.iter().map(|changed| changed.field.clone()).collect();
        let (revision, stands_at) = (next.revision, stands.revision);
        let mut situation = Situation::within(&mut tx, &scope, next, &surroundings).await?;
        explain(&laws, (&mut situation.incident, &mut change), save, &situation.case);
        self.withdraw_changed(&mut tx, (Some(caller), &scope), &mut situation, now).await?;
        let duties = situation.duties(&laws, now);
        let saved: &Incident = &situation.incident;
        if !tx.update_incident(&scope, saved, stands_at, &change).await? {
            return Err(Error::Busy);
        }
        remember_uses(&mut tx, &scope, saved, &terms, now).await?;
        project_duties(&mut tx, &scope, saved, &duties, (Some(&actor), now)).await?;
        self.happened(&mut tx, caller, Happening::AnswersSaved { incident: id, revision, fields }).await?;
        tx.commit().await?;
        // What only the answer needs is worked out when nobody waits for the lock any more.
        Ok(view_with(&laws, &situation, duties, now))
    }
}
