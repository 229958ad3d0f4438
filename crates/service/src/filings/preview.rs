//! See exactly what the recipient would see.

use model::{Caller, DutyKey, IncidentId};
use policy::{Action, permit};

use super::{
    groups::{changes_between, groups_of, in_order},
    prepare::Prepared,
};
use crate::{
    Service,
    accounts::me::brief_of,
    error::{Error, Result},
    incidents::situation::Situation,
    view::FilingPreview,
};

impl Service {
    /// The stage `key` of the incident as it would be filed now.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the incident or the duty.
    pub async fn preview(&self, caller: &Caller, id: IncidentId, key: &DutyKey) -> Result<FilingPreview> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let directory = permit(caller, Action::ReadDirectory)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let prepared = Prepared::of(&self.library, &situation, key, self.clock.now())?;
        let mut to = Vec::new();
        for recipient in &prepared.recipients {
            to.extend(tx.organisation(&directory, *recipient).await?.map(brief_of));
        }
        let content = prepared.content.iter().map(|(group, answers)| (group.as_str(), answers));
        let groups = in_order(&self.library, content);
        let filed = tx.filings_of_incident(&scope, id).await?;
        let corrected = filed
            .iter()
            .filter(|filing| filing.document.head.duty == *key)
            .max_by_key(|filing| filing.document.head.version);
        let changes = corrected.or(filed.last()).map_or_else(Vec::new, |filing| {
            changes_between(&groups_of(&self.library, &filing.document.disclosures), &groups)
        });
        let mut problems = prepared.problems.clone();
        problems.extend(prepared.obstacle().map(|message| regime::Problem {
            field: String::new(),
            pointer: String::new(),
            rule: "duty_state".to_owned(),
            message,
        }));
        Ok(FilingPreview {
            duty: key.clone(),
            ready: prepared.is_ready(),
            late: prepared.late,
            missing: prepared.missing,
            to,
            groups,
            problems,
            changes,
        })
    }
}
