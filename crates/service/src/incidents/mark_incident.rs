//! Mark an incident and its field groups: who may see it (TLP), what may be done with it (PAP).

use std::collections::BTreeMap;

use model::{Actor, Answer, AnswerSource, Caller, Happening, Incident, IncidentId, Instant, Marking, Marks};
use policy::{Action, permit};
use regime::{Library, Problem};
use store::{Change, FieldChange};

use super::{
    project::project_duties,
    situation::Situation,
    view::{incident_view, view_with},
};
use crate::{
    Service,
    error::{Error, Result},
    view::{IncidentView, MarkIncident},
};

/// The field whose answer is the marking of the report while nobody marked it.
const TLP: &str = "tlp";
/// How the history names the marking of the report; a group follows after a dot.
pub(crate) const MARKING: &str = "marking";

impl Service {
    /// Puts these marks in the place of those that stand.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a group that is none; [`Error::Conflict`] when somebody else changed
    /// the marks since the caller's revision; [`Error::NotFound`].
    pub async fn mark_incident(
        &self,
        caller: &Caller,
        id: IncidentId,
        mark: MarkIncident,
    ) -> Result<IncidentView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let problems = unknown_groups(&self.library, &mark);
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let stands = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        if mark.base_revision > stands.revision || stands.marks.revision > mark.base_revision {
            return Err(Error::Conflict { revision: stands.revision, conflicts: vec![] });
        }
        let by = caller.actor();
        let Some((next, change)) = marked(&stands, mark, (&by, now)) else {
            let situation = Situation::read(&mut tx, &scope, stands).await?;
            return Ok(incident_view(&self.laws(&situation.incident), &situation, now));
        };
        let fields = change.fields.iter().map(|changed| changed.field.clone()).collect();
        let revision = next.revision;
        if !tx.update_incident(&scope, &next, stands.revision, &change).await? {
            return Err(Error::Busy);
        }
        self.happened(&mut tx, caller, Happening::AnswersSaved { incident: id, revision, fields }).await?;
        let mut situation = Situation::read(&mut tx, &scope, next).await?;
        self.withdraw_changed(&mut tx, (Some(caller), &scope), &mut situation, now).await?;
        let laws = self.laws(&situation.incident);
        let duties = situation.duties(&laws, now);
        project_duties(&mut tx, &scope, &situation.incident, &duties, (Some(&by), now)).await?;
        tx.commit().await?;
        Ok(view_with(&laws, &situation, duties, now))
    }
}

/// The marks as a filing carries them: the report is as narrow as its mark and the answer to the
/// question about it.
pub(crate) fn marks_of(incident: &Incident) -> Marks {
    let answered = incident.value(TLP).and_then(|value| serde_json::from_value(value.clone()).ok());
    let report = incident.marks.report.narrowed_by(Marking { tlp: answered, pap: None });
    Marks { report, ..incident.marks.clone() }
}

/// The record with other marks; nothing when they stand so already.
fn marked(stands: &Incident, mark: MarkIncident, (by, at): (&Actor, Instant)) -> Option<(Incident, Change)> {
    let mut groups = mark.groups;
    groups.retain(|_, marking| !marking.is_empty());
    let revision = stands.revision + 1;
    let answer = |marking: Marking, revision: i64| {
        (!marking.is_empty()).then(|| Answer {
            value: Some(words(marking).into()),
            terms: vec![],
            estimated: false,
            by: by.clone(),
            at,
            how: AnswerSource::Typed,
            revision,
        })
    };
    let old = |group: &str| stands.marks.groups.get(group).copied().unwrap_or_default();
    let new = |group: &str| groups.get(group).copied().unwrap_or_default();
    let named: BTreeMap<&str, ()> =
        stands.marks.groups.keys().chain(groups.keys()).map(|group| (group.as_str(), ())).collect();
    let of_groups = named.keys().map(|group| (format!("{MARKING}.{group}"), old(group), new(group)));
    let fields: Vec<FieldChange> = [(MARKING.to_owned(), stands.marks.report, mark.report)]
        .into_iter()
        .chain(of_groups)
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| FieldChange {
            field,
            before: answer(old, stands.marks.revision),
            after: answer(new, revision),
            reason: None,
        })
        .collect();
    if fields.is_empty() {
        return None;
    }
    let marks = Marks { report: mark.report, groups, revision };
    let next = Incident { revision, updated_at: at, marks, ..stands.clone() };
    Some((next, Change { revision, at, by: by.clone(), fields }))
}

/// A marking as people write it: `TLP:AMBER, PAP:RED`.
fn words(marking: Marking) -> String {
    let Marking { tlp, pap } = marking;
    let tlp = tlp.map(|tlp| tlp.name());
    let pap = pap.map(|pap| pap.name());
    tlp.into_iter().chain(pap).collect::<Vec<_>>().join(", ")
}

fn unknown_groups(library: &Library, mark: &MarkIncident) -> Vec<Problem> {
    let known = |group: &str| library.vocabularies().groups().iter().any(|known| known.id == group);
    mark.groups
        .keys()
        .filter(|group| !known(group))
        .take(20)
        .map(|group| Problem {
            field: group.clone(),
            pointer: format!("/groups/{}", super::merge::escape(group)),
            rule: "unknown_group".to_owned(),
            message: format!("there is no field group {group:?}"),
        })
        .collect()
}
