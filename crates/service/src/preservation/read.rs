//! What keeps a record from being erased now.

use model::{Caller, DutyState, IncidentId, Instant};
use policy::{Action, Scope, permit};
use regime::{Duty, Library, retention};
use store::{HoldOrigin, PreservationHold, Tx};

use crate::{
    Service,
    error::{Error, Result},
    incidents::situation::Situation,
    view::{HoldExtensionView, HoldView, KeptByLaw, Preservation},
};

impl Service {
    /// The holds on a record, until when laws want it kept, and why it cannot be erased.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn preservation(&self, caller: &Caller, id: IncidentId) -> Result<Preservation> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        self.preservation_of(&mut tx, &scope, &situation).await
    }

    pub(super) async fn preservation_of(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        situation: &Situation,
    ) -> Result<Preservation> {
        let now = self.clock.now();
        let holds = tx.holds(scope, situation.incident.id).await?;
        let library = self.laws(&situation.incident);
        let laws = kept_by_law(&library, situation);
        let zone = regime::clock::zone(&situation.case.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let today = zone.to_datetime(now.timestamp()).date();
        let standing = holds.iter().filter(|hold| hold.stands(now)).map(|hold| obstacle(hold, &zone));
        let kept = laws.iter().filter_map(|law| {
            let until = law.until.filter(|until| today <= *until)?;
            Some(format!("{} wants it kept until {until} ({})", law.law, law.source))
        });
        let duties = situation.duties(&library, now);
        let owed = duties.iter().filter(|duty| is_owed(duty));
        let owed = owed.map(|duty| format!("{} still asks for the {}: file it first", duty.law, duty.title));
        let obstacles = standing.chain(kept).chain(owed).collect();
        Ok(Preservation { obstacles, holds: holds.into_iter().map(|hold| shown(hold, now)).collect(), laws })
    }
}

/// Whether a law asks for a stage that nobody has filed: what is erased can be reported to nobody any more.
fn is_owed(duty: &Duty) -> bool {
    let waits = match duty.state {
        DutyState::Due | DutyState::Drafted | DutyState::InApproval | DutyState::Late => true,
        DutyState::Undecided
        | DutyState::NotApplicable
        | DutyState::Displaced
        | DutyState::Filed
        | DutyState::Acknowledged
        | DutyState::Withdrawn
        | DutyState::Waived => false,
    };
    waits && !duty.voluntary
}

fn kept_by_law(library: &Library, situation: &Situation) -> Vec<KeptByLaw> {
    let kept = retention(library, &situation.case).into_iter();
    kept.map(|kept| KeptByLaw {
        law: kept.law,
        last_filed_at: kept.last_filed_at,
        years: kept.years,
        until: kept.until,
        source: kept.source,
    })
    .collect()
}

fn obstacle(hold: &PreservationHold, zone: &jiff::tz::TimeZone) -> String {
    let by = match &hold.words.origin {
        HoldOrigin::Own => "your organisation".to_owned(),
        HoldOrigin::Asked { by, .. } => by.clone(),
    };
    let until =
        hold.ends_at.map_or_else(|| "it is lifted".to_owned(), |end| regime::clock::local_words(end, zone));
    format!("a preservation hold for {by} stands until {until}")
}

fn shown(hold: PreservationHold, now: Instant) -> HoldView {
    let stands = hold.stands(now);
    let PreservationHold { id, placed_at, ends_at, lifted_at, words, .. } = hold;
    let (asked_by, reference) = match words.origin {
        HoldOrigin::Own => (None, None),
        HoldOrigin::Asked { by, reference } => (Some(by), reference),
    };
    let extensions = words.extensions.into_iter().map(|extension| HoldExtensionView {
        at: extension.at,
        by: extension.by.name,
        reason: extension.reason,
        before: extension.before,
    });
    let (lifted_by, lift_reason) = words.lift.map(|lift| (lift.by.name, lift.reason)).unzip();
    HoldView {
        id,
        stands,
        asked_by,
        reference,
        basis: words.basis,
        what: words.what,
        placed_at,
        placed_by: words.by.name,
        ends_at,
        extensions: extensions.collect(),
        lifted_at,
        lifted_by,
        lift_reason,
    }
}
