//! Tell people before a hold ends, while it can still be prolonged.

use std::time::Duration;

use model::{Function, HoldId, IncidentId, Instant, NoticeKind, OrganisationId};
use policy::for_node;

use crate::{
    Service,
    error::Result,
    notices::{Audience, Tell, tell},
};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// How long before its end people are told of a hold, each time once; last at its end.
const BEFORE: [Duration; 3] =
    [Duration::from_secs(14 * 24 * 3600), Duration::from_secs(3 * 24 * 3600), Duration::ZERO];
/// How many holds are looked at in one turn.
const PAGE: u32 = 500;

impl Service {
    /// Tells the reporters of the organisations whose holds end soon, or have ended. How many holds were looked at.
    ///
    /// # Errors
    /// When the database does not answer. A hold of which nobody can be told is logged and does not stop the rest.
    pub async fn warn_of_ending_holds(&self) -> Result<usize> {
        let now = self.clock.now();
        let [first, ..] = BEFORE;
        let ending = self.store.read().await?.holds_ending((now.minus(DAY), now.plus(first)), PAGE).await?;
        let looked_at = ending.len();
        for (organisation, incident, hold) in ending {
            if let Err(error) = self.warn_of(organisation, (incident, hold), now).await {
                tracing::error!(%organisation, %hold, %error, "nobody could be told that a hold ends; it is tried again");
            }
        }
        Ok(looked_at)
    }

    async fn warn_of(
        &self,
        organisation: OrganisationId,
        (incident, hold): (IncidentId, HoldId),
        now: Instant,
    ) -> Result<()> {
        let scope = for_node(organisation);
        let mut tx = self.store.write().await?;
        let known = tx.holds(&scope, incident).await?.into_iter().find(|known| known.id == hold);
        let Some(end) = known.filter(|known| known.lifted_at.is_none()).and_then(|known| known.ends_at)
        else {
            return Ok(());
        };
        let Some(step) = BEFORE.iter().rposition(|before| now >= end.minus(*before)) else { return Ok(()) };
        let zone = tx.organisation(&scope, organisation).await?.map(|one| one.zone).unwrap_or_default();
        let zone = regime::clock::zone(&zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let when = regime::clock::local_words(end, &zone);
        let (subject, text) = if now >= end {
            (
                "A preservation hold has ended",
                format!("It ended on {when}. What it preserved is no longer protected by it."),
            )
        } else {
            (
                "A preservation hold ends soon",
                format!("It ends on {when}. Prolong it in time if its reason lasts."),
            )
        };
        let notice = Tell {
            kind: NoticeKind::HoldEnding,
            subject: subject.to_owned(),
            text,
            link: format!("/report/incidents/{incident}?tab=preservation"),
            key: format!("hold {hold} {end} {step}"),
        };
        tell(&mut tx, organisation, &Audience::Functions(vec![Function::Reporter]), notice, now).await?;
        Ok(tx.commit().await?)
    }
}
