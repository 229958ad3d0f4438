//! Place, prolong and lift a preservation hold.

use model::{Actor, Caller, Happening, HoldId, Incident, IncidentId, Instant};
use policy::{Action, Scope, permit};
use store::{FieldChange, HoldExtension, HoldLift, HoldOrigin, HoldWords, PreservationHold, Tx};

use super::{HOLD, LONGEST};
use crate::{
    Service, chance,
    error::{Error, Result},
    incidents::{
        change::{Changed, line},
        situation::Situation,
    },
    said::{said, said_if_any},
    view::{ExtendHold, GiveReason, PlaceHold, Preservation},
};

/// The most holds on one record.
const MOST: usize = 100;

impl Service {
    /// Places a hold on a record of the caller's organisation, from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] naming the field; [`Error::Refused`] for too many.
    pub async fn place_hold(
        &self,
        caller: &Caller,
        id: IncidentId,
        place: PlaceHold,
    ) -> Result<Preservation> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let now = self.clock.now();
        let origin = match place.asked_by.as_deref().map(str::trim).filter(|by| !by.is_empty()) {
            None => HoldOrigin::Own,
            Some(by) => HoldOrigin::Asked {
                by: said("asked_by", by, 1..=LONGEST)?,
                reference: said_if_any("reference", place.reference.as_deref(), LONGEST)?,
            },
        };
        let words = HoldWords {
            origin,
            basis: said("basis", &place.basis, 1..=LONGEST)?,
            what: said("what", &place.what, 1..=LONGEST)?,
            by: caller.actor(),
            extensions: vec![],
            lift: None,
        };
        ends_later(place.ends_at, now)?;
        let mut tx = self.store.write().await?;
        let incident = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        if tx.holds(&scope, id).await?.len() >= MOST {
            return Err(Error::Refused(format!("a record has at most {MOST} holds")));
        }
        let hold = PreservationHold {
            id: HoldId::new(now, chance::for_id()),
            organisation: scope.organisation(),
            incident: id,
            revision: 1,
            placed_at: now,
            ends_at: place.ends_at,
            lifted_at: None,
            words,
        };
        tx.insert_hold(&scope, &hold).await?;
        let told =
            Told { before: None, after: stands_until(place.ends_at), reason: hold.words.basis.clone() };
        let incident = note(&mut tx, &scope, incident, (hold.id, &caller.actor(), now), told).await?;
        self.happened(&mut tx, caller, Happening::HoldPlaced { incident: id, hold: hold.id }).await?;
        self.kept_since(tx, &scope, incident).await
    }

    /// Prolongs a hold that stands, or lets it stand until it is lifted.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for an end that is no later; [`Error::Refused`] for one that no
    /// longer stands.
    pub async fn extend_hold(
        &self,
        caller: &Caller,
        (id, hold): (IncidentId, HoldId),
        extend: ExtendHold,
    ) -> Result<Preservation> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let reason = said("reason", &extend.reason, 1..=LONGEST)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let (incident, mut hold) = standing(&mut tx, &scope, (id, hold), now).await?;
        match hold.ends_at {
            Some(end) => ends_later(extend.ends_at, end)?,
            None if extend.ends_at.is_none() => {}
            None => {
                let message = "this hold stands until it is lifted: there is nothing to prolong";
                return Err(Error::invalid("ends_at", "not_before", message));
            }
        }
        let (before, by) = (hold.ends_at, caller.actor());
        hold.words.extensions.push(HoldExtension { at: now, by: by.clone(), reason: reason.clone(), before });
        hold.ends_at = extend.ends_at;
        if !tx.update_hold(&scope, &hold).await? {
            return Err(Error::Busy);
        }
        let told = Told { before: Some(stands_until(before)), after: stands_until(extend.ends_at), reason };
        let incident = note(&mut tx, &scope, incident, (hold.id, &by, now), told).await?;
        self.happened(&mut tx, caller, Happening::HoldExtended { incident: id, hold: hold.id }).await?;
        self.kept_since(tx, &scope, incident).await
    }

    /// Lifts a hold before its end: a person says why.
    ///
    /// # Errors
    /// [`Error::Denied`] for a machine; [`Error::NotFound`]; [`Error::Invalid`] without a reason;
    /// [`Error::Refused`] for one that no longer stands.
    pub async fn lift_hold(
        &self,
        caller: &Caller,
        (id, hold): (IncidentId, HoldId),
        lift: GiveReason,
    ) -> Result<Preservation> {
        let scope = permit(caller, Action::LiftHolds)?;
        let reason = said("reason", &lift.reason, 1..=LONGEST)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let (incident, mut hold) = standing(&mut tx, &scope, (id, hold), now).await?;
        let by = caller.actor();
        hold.lifted_at = Some(now);
        hold.words.lift = Some(HoldLift { by: by.clone(), reason: reason.clone() });
        if !tx.update_hold(&scope, &hold).await? {
            return Err(Error::Busy);
        }
        let told = Told { before: Some(stands_until(hold.ends_at)), after: "Lifted".to_owned(), reason };
        let incident = note(&mut tx, &scope, incident, (hold.id, &by, now), told).await?;
        self.happened(&mut tx, caller, Happening::HoldLifted { incident: id, hold: hold.id }).await?;
        self.kept_since(tx, &scope, incident).await
    }

    async fn kept_since(&self, mut tx: Tx, scope: &Scope, incident: Incident) -> Result<Preservation> {
        let situation = Situation::read(&mut tx, scope, incident).await?;
        let view = self.preservation_of(&mut tx, scope, &situation).await?;
        tx.commit().await?;
        Ok(view)
    }
}

/// The record, held, and a hold on it that stands.
async fn standing(
    tx: &mut Tx,
    scope: &Scope,
    (id, hold): (IncidentId, HoldId),
    now: Instant,
) -> Result<(Incident, PreservationHold)> {
    let incident = tx.hold_incident(scope, id).await?.ok_or(Error::NotFound("incident"))?;
    let found = tx.holds(scope, id).await?.into_iter().find(|known| known.id == hold);
    let hold = found.ok_or(Error::NotFound("hold"))?;
    if hold.stands(now) {
        return Ok((incident, hold));
    }
    Err(Error::Refused("this hold no longer stands: place another one".to_owned()))
}

fn ends_later(end: Option<Instant>, than: Instant) -> Result<()> {
    if end.is_none_or(|end| end > than) {
        return Ok(());
    }
    Err(Error::invalid("ends_at", "not_before", format!("the end lies after {than}")))
}

fn stands_until(end: Option<Instant>) -> String {
    end.map_or_else(|| "Stands until it is lifted".to_owned(), |end| format!("Stands until {end}"))
}

/// What the history of the record tells of a hold.
struct Told {
    before: Option<String>,
    after: String,
    reason: String,
}

/// Notes a change of a hold in the history of the record.
async fn note(
    tx: &mut Tx,
    scope: &Scope,
    stands: Incident,
    (hold, by, at): (HoldId, &Actor, Instant),
    told: Told,
) -> Result<Incident> {
    let (stands_at, pen) = (stands.revision, (by, at));
    let answer = |text: String| line(&text, stands_at + 1, pen);
    let field = FieldChange {
        field: format!("{HOLD}{hold}"),
        before: told.before.map(answer),
        after: Some(answer(told.after)),
        reason: Some(told.reason),
    };
    let Changed { next, change } = Changed::of(stands, vec![field], pen);
    if tx.update_incident(scope, &next, stands_at, &change).await? { Ok(next) } else { Err(Error::Busy) }
}
