//! A change of the record that is no answer: kept, and what rests on it brought up to date.

use model::{Actor, Answer, AnswerSource, Caller, Happening, Incident, Instant};
use policy::Scope;
use store::{Change, FieldChange, Tx};

use super::{project::project_duties, situation::Situation, view::view_with};
use crate::{
    Service,
    error::{Error, Result},
    view::IncidentView,
};

/// The record after a change, and the change as the history keeps it.
pub(crate) struct Changed {
    pub next: Incident,
    pub change: Change,
}

impl Changed {
    /// `next` with these fields changed: its revision follows that of the record as it stands.
    pub(crate) fn of(next: Incident, fields: Vec<FieldChange>, (by, at): (&Actor, Instant)) -> Self {
        let revision = next.revision + 1;
        let next = Incident { revision, updated_at: at, ..next };
        Self { next, change: Change { revision, at, by: by.clone(), fields } }
    }
}

/// Words of the history that are no answer to a question.
pub(crate) fn line(words: &str, revision: i64, (by, at): (&Actor, Instant)) -> Answer {
    let value = Some(words.into());
    Answer { value, terms: vec![], estimated: false, by: by.clone(), at, how: AnswerSource::Typed, revision }
}

impl Service {
    /// Keeps the change, withdraws approvals of what is no longer so, and works the duties out.
    ///
    /// # Errors
    /// [`Error::Busy`] when somebody else changed the record at the same moment.
    pub(crate) async fn keep_change(
        &self,
        mut tx: Tx,
        (caller, scope): (&Caller, &Scope),
        Changed { next, change }: Changed,
        happening: Happening,
    ) -> Result<IncidentView> {
        let now = change.at;
        if !tx.update_incident(scope, &next, change.revision - 1, &change).await? {
            return Err(Error::Busy);
        }
        self.happened(&mut tx, caller, happening).await?;
        let mut situation = Situation::read(&mut tx, scope, next).await?;
        self.withdraw_changed(&mut tx, (Some(caller), scope), &mut situation, now).await?;
        let laws = self.laws(&situation.incident);
        let duties = situation.duties(&laws, now);
        project_duties(&mut tx, scope, &situation.incident, &duties, (Some(&change.by), now)).await?;
        tx.commit().await?;
        Ok(view_with(&laws, &situation, duties, now))
    }
}
