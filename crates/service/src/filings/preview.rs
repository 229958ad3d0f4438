//! See exactly what each recipient would see.

use model::{Caller, DutyKey, IncidentId, Organisation};
use policy::{Action, permit};
use store::Filing;

use super::{
    groups::{changes_between, groups_of, in_order},
    prepare::{Prepared, RecipientCopy},
    read_filing::version_of,
};
use crate::{
    Service,
    accounts::me::brief_of,
    error::{Error, Result},
    incidents::situation::Situation,
    view::{FilingPreview, RecipientPreview},
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
        let prepared = Prepared::of(&self.laws(&situation.incident), &situation, key, self.clock.now())?;
        let filed = tx.filings_of_incident(&scope, id).await?;
        let mut to = Vec::new();
        for copy in &prepared.copies {
            let Some(organisation) = tx.organisation(&directory, copy.to).await? else { continue };
            to.push(self.recipient_preview((organisation, copy), &prepared, &filed));
        }
        let mut informed = Vec::new();
        for copy in &prepared.informed {
            let Some(organisation) = tx.organisation(&directory, copy.to).await? else { continue };
            informed.push(self.recipient_preview((organisation, copy), &prepared, &filed));
        }
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
            informed,
            marking: prepared.marks.report,
            problems,
        })
    }

    fn recipient_preview(
        &self,
        (organisation, copy): (Organisation, &RecipientCopy),
        prepared: &Prepared,
        filed: &[Filing],
    ) -> RecipientPreview {
        let content = copy
            .content
            .iter()
            .map(|(group, answers)| (group.as_str(), (answers, prepared.marks.of_group(group))));
        let groups = in_order(&self.library, content);
        let heads = filed.iter().filter(|filing| filing.document.head.to.organisation == copy.to);
        let corrected = heads
            .clone()
            .filter(|filing| filing.document.head.duty == prepared.duty.key)
            .max_by_key(|filing| filing.document.head.version);
        let changes = corrected.or(heads.clone().next_back()).map_or_else(Vec::new, |filing| {
            changes_between(&groups_of(&self.library, &filing.document.disclosures), &groups)
        });
        RecipientPreview {
            organisation: brief_of(organisation),
            role: copy.role,
            why: copy.why.clone(),
            groups,
            withheld: copy.withheld.clone(),
            before: corrected.map(|filing| version_of(&filing.document.head)),
            changes,
        }
    }
}
