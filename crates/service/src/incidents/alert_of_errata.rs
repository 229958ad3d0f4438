//! A correction that makes a deadline of a running case earlier is told at once, to each person once.

use std::collections::BTreeMap;

use model::{Function, IncidentId, Instant, NoticeKind, OrganisationId};
use policy::for_node;
use regime::{CaseChange, Migration};
use store::OpenMark;

use super::situation::Situation;
use crate::{
    Service,
    error::Result,
    notices::{Audience, Tell, tell},
};

/// How many records are looked at in one transaction.
const PAGE: u32 = 500;

/// Which records were looked at, and how they stood: what has not changed since is not opened again. It is only
/// what one process remembers; who was told is in the database.
#[derive(Debug, Default)]
pub struct LookedAt(BTreeMap<(OrganisationId, IncidentId), (i64, Instant)>);

impl Service {
    /// Tells the people of every open record whose deadline a correction of its rules makes earlier. How many
    /// records had such a correction and were looked at now; calling again tells nobody twice.
    ///
    /// # Errors
    /// When the database does not answer. A record that cannot be read is logged and does not stop the rest.
    pub async fn alert_of_errata(&self, looked_at: &mut LookedAt) -> Result<usize> {
        if !self.library.has_errata() {
            return Ok(0);
        }
        let now = self.clock.now();
        let (mut alerts, mut last) = (0, None);
        loop {
            let page = self.store.read().await?.open_marks(last, PAGE).await?;
            for mark in &page {
                let OpenMark { organisation, incident, revision, projected_at } = *mark;
                let stands = (revision, projected_at);
                if looked_at.0.get(&(organisation, incident)) == Some(&stands) {
                    continue;
                }
                match self.alert(organisation, incident, now).await {
                    Ok(told) => {
                        alerts += usize::from(told);
                        looked_at.0.insert((organisation, incident), stands);
                    }
                    Err(error) => tracing::error!(%organisation, %incident, %error,
                        "nobody could be told of corrected rules; it is tried again"),
                }
            }
            match page.last() {
                Some(mark) => last = Some(mark.incident),
                None => return Ok(alerts),
            }
        }
    }

    async fn alert(&self, organisation: OrganisationId, id: IncidentId, now: Instant) -> Result<bool> {
        let scope = for_node(organisation);
        let mut tx = self.store.read().await?;
        let Some(incident) = tx.incident(&scope, id).await? else { return Ok(false) };
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        drop(tx);
        let laws = self.laws(&situation.incident);
        let found = regime::migrations(&laws, &situation.case, &situation.directory, now);
        let earlier: Vec<&Migration> = found.iter().filter(|migration| migration.earlier).collect();
        if earlier.is_empty() {
            return Ok(false);
        }
        let mut tx = self.store.write().await?;
        for migration in earlier {
            let audience = Audience::Functions(vec![Function::Reporter]);
            tell(&mut tx, organisation, &audience, words(id, &situation.case.zone, migration), now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// No answer of the report stands in them.
fn words(incident: IncidentId, zone: &str, migration: &Migration) -> Tell {
    let Migration { pack, law, from, to, changes, .. } = migration;
    let moved: Vec<String> =
        changes.iter().filter(|change| change.is_earlier()).filter_map(|change| line(change, zone)).collect();
    Tell {
        kind: NoticeKind::RulesCorrected,
        subject: format!("The rules of {law} were corrected: a deadline of a running case is earlier"),
        text: format!(
            "The rules of {law} were corrected, from version {from} to {to}. Under the corrected rules: {}. The case \
             stays on its version until somebody goes over: look at what changes, and go over if it is right.",
            moved.join("; ")
        ),
        link: format!("/report/incidents/{incident}"),
        key: format!("erratum {incident} {pack} {to}"),
    }
}

fn line(change: &CaseChange, zone: &str) -> Option<String> {
    let zone = regime::clock::zone(zone).or_else(|_| regime::clock::zone("UTC")).ok()?;
    let words = |at: Instant| regime::clock::local_words(at, &zone);
    match change {
        CaseChange::DueMoved { title, before: Some(before), after: Some(after), .. } => {
            Some(format!("{title} is due {} instead of {}", words(*after), words(*before)))
        }
        CaseChange::DueMoved { title, after: Some(due), .. }
        | CaseChange::StageAdded { title, due: Some(due), .. } => {
            Some(format!("{title} is due {}", words(*due)))
        }
        CaseChange::DueMoved { .. }
        | CaseChange::StageAdded { .. }
        | CaseChange::StageRemoved { .. }
        | CaseChange::StateChanged { .. }
        | CaseChange::FieldRequired { .. }
        | CaseChange::FieldNoLongerAsked { .. }
        | CaseChange::RecipientsChanged { .. } => None,
    }
}
