//! The ladder of an organisation: read it, put another in its place.

use model::{Caller, Happening};
use policy::{Action, Scope, permit};
use store::{Tx, UserState};

use super::ladder::Ladder;
use crate::{
    Service,
    error::{Error, Result},
    view::{NamedPerson, Receiver, ReminderPlan, SaveReminderPlan},
};

impl Service {
    /// When, and whom, the caller's organisation is reminded.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn reminder_plan(&self, caller: &Caller) -> Result<ReminderPlan> {
        let scope = permit(caller, Action::KeepReminders)?;
        let mut tx = self.store.read().await?;
        plan(&mut tx, &scope).await
    }

    /// Puts another ladder in place. It holds for every open duty from the next tick on.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the step; [`Error::Conflict`] when somebody else changed it.
    pub async fn save_reminder_plan(&self, caller: &Caller, save: SaveReminderPlan) -> Result<ReminderPlan> {
        let scope = permit(caller, Action::KeepReminders)?;
        let ladder = Ladder::of(save.steps);
        ladder.check()?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        check_receivers(&mut tx, (caller, &scope), &ladder).await?;
        let stands = tx.reminder_plan::<Ladder>(&scope).await?.map_or(0, |(revision, _)| revision);
        let conflict = |revision| Error::Conflict { revision, conflicts: vec![] };
        if stands != save.base_revision {
            return Err(conflict(stands));
        }
        if !tx.set_reminder_plan(&scope, stands, &ladder, now).await? {
            return Err(conflict(stands + 1));
        }
        self.happened(&mut tx, caller, Happening::RemindersChanged).await?;
        let view = plan(&mut tx, &scope).await?;
        tx.commit().await?;
        Ok(view)
    }
}

async fn plan(tx: &mut Tx, scope: &Scope) -> Result<ReminderPlan> {
    let (revision, ladder) = tx.reminder_plan::<Ladder>(scope).await?.unwrap_or_default();
    let people = tx
        .users(scope)
        .await?
        .into_iter()
        .filter(|user| user.state != UserState::Disabled)
        .map(|user| NamedPerson { user: user.id, name: user.profile.name })
        .collect();
    Ok(ReminderPlan { revision, steps: ladder.steps, people })
}

/// Named people are of the organisation, named organisations are others of this node.
async fn check_receivers(tx: &mut Tx, (caller, scope): (&Caller, &Scope), ladder: &Ladder) -> Result<()> {
    let directory = permit(caller, Action::ReadDirectory)?;
    for (index, step) in ladder.steps.iter().enumerate() {
        let refuse = |rule: &str, message: &str| {
            Err(Error::invalid(&format!("steps/{index}/to"), rule, message.to_owned()))
        };
        for receiver in &step.to {
            match receiver {
                Receiver::Function { .. } => {}
                Receiver::Person { user } => {
                    let person = tx.user(scope, *user).await?;
                    if person.is_none_or(|person| person.state == UserState::Disabled) {
                        return refuse("known_person", "a named person is one of your organisation");
                    }
                }
                Receiver::Organisation { organisation, .. } => {
                    if *organisation == caller.organisation
                        || tx.organisation(&directory, *organisation).await?.is_none()
                    {
                        return refuse(
                            "known_organisation",
                            "a named organisation is another one of this node",
                        );
                    }
                }
            }
        }
    }
    Ok(())
}
