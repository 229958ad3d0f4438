//! Read the checklist and its history.

use jiff::{civil::Date, tz::TimeZone};
use model::{Caller, Instant, Organisation};
use policy::{Action, Scope, permit};
use regime::vocabulary::List;
use store::Tx;

use super::{
    DRILL, LIST,
    contacts::{ROLES, contacts},
    standing::{Point, PointChange, Points, count, day, shown},
};
use crate::{
    Service,
    error::{Error, Result},
    view::{ReadinessChange, ReadinessGroup, ReadinessHistory, ReadinessState, ReadinessView},
};

/// How many changes the history shows.
const MOST: u32 = 500;

/// The checklist of an organisation with all that stands around it.
pub(super) struct Stand {
    pub revision: i64,
    pub points: Points,
    pub organisation: Organisation,
    pub zone: TimeZone,
    pub today: Date,
}

impl Stand {
    pub async fn read(tx: &mut Tx, scope: &Scope, now: Instant) -> Result<Self> {
        let organisation =
            tx.organisation(scope, scope.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
        let zone = regime::clock::zone(&organisation.zone).unwrap_or(TimeZone::UTC);
        let (revision, points) = tx.readiness::<Points>(scope).await?.unwrap_or_default();
        Ok(Self { revision, points, organisation, today: day(now, &zone), zone })
    }

    pub fn last_drill(&self) -> Option<Date> {
        let drill = &self.points.get(DRILL)?.point;
        drill.done_on.filter(|_| drill.state == ReadinessState::Done)
    }
}

impl Service {
    /// What the caller's organisation has prepared for the police.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn readiness(&self, caller: &Caller) -> Result<ReadinessView> {
        let scope = permit(caller, Action::ReadReadiness)?;
        let mut tx = self.store.read().await?;
        self.readiness_in(&mut tx, caller, &scope).await
    }

    /// The changes of the checklist, newest first.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn readiness_history(&self, caller: &Caller) -> Result<ReadinessHistory> {
        let scope = permit(caller, Action::ReadReadiness)?;
        let changes = self.store.read().await?.readiness_changes::<PointChange>(&scope, MOST).await?;
        let list = self.readiness_list()?;
        let changes = changes.into_iter().map(|change| told(list, change)).collect();
        Ok(ReadinessHistory { changes })
    }

    pub(super) async fn readiness_in(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        scope: &Scope,
    ) -> Result<ReadinessView> {
        let list = self.readiness_list()?;
        let stand = Stand::read(tx, scope, self.clock.now()).await?;
        let directory = permit(caller, Action::ReadDirectory)?;
        let holders = tx.organisations_holding(&directory, &ROLES).await?;
        let groups = list.groups.iter().map(|group| ReadinessGroup {
            id: group.id.clone(),
            label: group.label.clone(),
            points: list
                .values
                .iter()
                .filter(|item| item.group.as_ref() == Some(&group.id))
                .map(|item| shown(item, stand.points.get(&item.id), stand.today))
                .collect(),
        });
        Ok(ReadinessView {
            revision: stand.revision,
            today: stand.today,
            counts: count(&list.values, &stand.points, stand.today),
            last_drill: stand.last_drill(),
            groups: groups.collect(),
            contacts: contacts(&self.library, &holders, (stand.organisation.country, stand.today)),
        })
    }

    pub(super) fn readiness_list(&self) -> Result<&List> {
        self.library.vocabularies().list(LIST).ok_or(Error::NotFound("list of what to prepare"))
    }
}

fn told(list: &List, change: PointChange) -> ReadinessChange {
    let PointChange { item, at, by, before, after } = change;
    let Point { note, responsible, done_on, review_on, .. } = &after;
    let same = [
        ("note", *note == before.note),
        ("responsible", *responsible == before.responsible),
        ("done_on", *done_on == before.done_on),
        ("review_on", *review_on == before.review_on),
    ];
    let label = list.values.iter().find(|value| value.id == item);
    ReadinessChange {
        label: label.map_or_else(|| item.clone(), |value| value.label.clone()),
        item,
        at,
        by: by.name,
        before: before.state,
        after: after.state,
        changed: same.iter().filter(|(_, same)| !same).map(|(name, _)| (*name).to_owned()).collect(),
    }
}
