//! The reconciler: what is to be told follows from the duties as they stand and from the ladder, so that
//! a restart or an outage loses nothing and sends nothing twice.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    time::Duration,
};

use model::{Instant, NoticeKind, OrganisationId};
use policy::for_node;
use regime::{Due, Duty};
use store::{ClockedDuty, Tx};

use super::{
    ladder::{FURTHEST, Ladder},
    words::words,
};
use crate::{
    Service,
    error::Result,
    incidents::{situation::Situation, view::open_duties},
    notices::{Audience, Tell, While, tell_while},
    view::{Receiver, ReminderStep, StepKind},
};

/// How many duties are looked at in one transaction.
const PAGE: u32 = 500;
/// How long after its last possible step a duty is still looked at, beyond the longest outage.
const SLACK: Duration = Duration::from_secs(14 * 24 * 3600);

impl Service {
    /// Tells people what their ladders say is to be told by now, once. After an outage each person is
    /// told of a duty once, not once for each step that was missed. How many duties were told of.
    ///
    /// # Errors
    /// When the database does not answer. A duty that cannot be read is logged and does not stop the rest.
    pub async fn remind(&self) -> Result<usize> {
        let now = self.clock.now();
        let reach = Duration::from_secs(FURTHEST.unsigned_abs() * 60);
        let window = (now.minus(reach).minus(SLACK), now.plus(reach));
        let mut ladders = BTreeMap::new();
        let (mut told, mut last) = (0, None);
        loop {
            let mut tx = self.store.read().await?;
            let page = tx.clocked_duties(window, last.as_ref(), PAGE).await?;
            let mut come = Vec::new();
            for duty in &page {
                let ladder = ladder_of(&mut tx, &mut ladders, duty.organisation).await?;
                if !ladder.come(duty.due_at, duty.told, now).is_empty() {
                    come.push(duty);
                }
            }
            drop(tx);
            for duty in come {
                match self.remind_of(duty, now).await {
                    Ok(done) => told += usize::from(done),
                    Err(error) => {
                        tracing::error!(incident = %duty.incident, duty = %duty.duty, %error,
                            "nobody could be reminded of a duty; it is tried again");
                    }
                }
            }
            match page.into_iter().last() {
                Some(duty) => last = Some(duty),
                None => return Ok(told),
            }
        }
    }

    async fn remind_of(&self, clocked: &ClockedDuty, now: Instant) -> Result<bool> {
        let scope = for_node(clocked.organisation);
        let mut tx = self.store.write().await?;
        let Some(incident) = tx.hold_incident(&scope, clocked.incident).await? else { return Ok(false) };
        let told = tx.reminded(clocked).await?;
        let ladder = stored_ladder(&mut tx, clocked.organisation).await?;
        let come = ladder.come(clocked.due_at, told, now);
        let Some(newest) = come.last().map(|step| step.minutes) else { return Ok(false) };
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let duties = situation.duties(&self.laws(&situation.incident), now);
        let open = open_duties(&duties);
        let duty = open.into_iter().find(|duty| duty.key == clocked.duty);
        // What the facts say now goes before what the index says; the next tick finds it mended.
        let Some((duty, due)) = duty.and_then(|duty| Some((duty, duty.due.as_ref()?))) else {
            return Ok(false);
        };
        if due.at != clocked.due_at {
            return Ok(false);
        }
        let entity =
            tx.organisation(&scope, clocked.organisation).await?.map(|one| one.name).unwrap_or_default();
        let occasion = Occasion { clocked, entity: &entity, duty, due, newest, now };
        for kind in [StepKind::Reminder, StepKind::Escalation] {
            let steps: Vec<&ReminderStep> = come.iter().copied().filter(|step| step.kind == kind).collect();
            occasion.tell(&mut tx, kind, &steps).await?;
        }
        tx.note_reminder(clocked, newest, now).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// A duty of which people are told now.
struct Occasion<'a> {
    clocked: &'a ClockedDuty,
    entity: &'a str,
    duty: &'a Duty,
    due: &'a Due,
    newest: i64,
    now: Instant,
}

impl Occasion<'_> {
    async fn tell(&self, tx: &mut Tx, kind: StepKind, steps: &[&ReminderStep]) -> Result<()> {
        for receiver in steps.iter().flat_map(|step| &step.to) {
            let own = self.clocked.organisation;
            let (organisation, audience) = match receiver {
                Receiver::Function { function } => (own, Audience::Functions(vec![*function])),
                Receiver::Person { user } => (own, Audience::Users(vec![*user])),
                Receiver::Organisation { organisation, function } => {
                    (*organisation, Audience::Functions(vec![*function]))
                }
            };
            let still = While {
                organisation: own,
                incident: self.clocked.incident,
                duty: self.clocked.duty.clone(),
                due_at: self.clocked.due_at,
            };
            let tell = self.words_for(kind, organisation == own);
            tell_while(tx, (organisation, &audience), tell, Some(still), self.now).await?;
        }
        Ok(())
    }

    /// Strangers to the organisation are not sent to a page that is not theirs to see.
    fn words_for(&self, kind: StepKind, own: bool) -> Tell {
        let (subject, text) = words(self.entity, self.duty, self.due, self.now);
        let ClockedDuty { incident, duty, due_at, .. } = self.clocked;
        Tell {
            kind: match kind {
                StepKind::Reminder => NoticeKind::Reminder,
                StepKind::Escalation => NoticeKind::Escalation,
            },
            subject,
            text,
            link: if own { format!("/report/incidents/{incident}/duties/{duty}") } else { "/".to_owned() },
            key: format!("reminder {incident} {duty} {due_at} {}", self.newest),
        }
    }
}

async fn ladder_of<'a>(
    tx: &mut Tx,
    known: &'a mut BTreeMap<OrganisationId, Ladder>,
    organisation: OrganisationId,
) -> Result<&'a Ladder> {
    Ok(match known.entry(organisation) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => place.insert(stored_ladder(tx, organisation).await?),
    })
}

async fn stored_ladder(tx: &mut Tx, organisation: OrganisationId) -> Result<Ladder> {
    Ok(tx.reminder_plan(&for_node(organisation)).await?.map(|(_, ladder)| ladder).unwrap_or_default())
}
