//! Tell people that a point is to be looked at again.

use model::{Function, NoticeKind, OrganisationId};
use policy::for_node;

use super::{
    read::Stand,
    standing::{come, next_review},
};
use crate::{
    Service,
    error::Result,
    notices::{Audience, Tell, tell},
};

/// How many organisations are looked at in one turn.
const PAGE: u32 = 100;

impl Service {
    /// Tells those who keep the checklists which points are to be looked at again by now, each once. How many
    /// organisations were told.
    ///
    /// # Errors
    /// When the database does not answer. A checklist that cannot be read is logged and does not stop the rest.
    pub async fn remind_of_reviews(&self) -> Result<usize> {
        let due = self.store.read().await?.reviews_come(self.clock.now(), PAGE).await?;
        let mut told = 0;
        for organisation in due {
            match self.remind_of_points(organisation).await {
                Ok(()) => told += 1,
                Err(error) => tracing::error!(%organisation, %error,
                    "nobody could be told that a point of the checklist is to be looked at again; it is tried again"),
            }
        }
        Ok(told)
    }

    async fn remind_of_points(&self, organisation: OrganisationId) -> Result<()> {
        let (scope, now) = (for_node(organisation), self.clock.now());
        let mut tx = self.store.write().await?;
        tx.hold_organisation(&scope).await?;
        let Stand { points, zone, today, .. } = Stand::read(&mut tx, &scope, now).await?;
        let list = self.readiness_list()?;
        let audience = Audience::Functions(vec![Function::Administrator, Function::Reporter]);
        for (item, review) in come(&points, today) {
            let Some(known) = list.values.iter().find(|value| value.id == item) else { continue };
            let notice = Tell {
                kind: NoticeKind::ReviewDue,
                subject: format!("Look again: {}", known.label),
                text: format!(
                    "This point of what you prepare for the police was to be looked at again on {review}. See \
                     whether it still holds, and say when to look next."
                ),
                link: "/report/readiness".to_owned(),
                key: format!("readiness {item} {review}"),
            };
            tell(&mut tx, organisation, &audience, notice, now).await?;
        }
        tx.set_next_review(&scope, next_review(&points, Some(today), &zone)).await?;
        Ok(tx.commit().await?)
    }
}
