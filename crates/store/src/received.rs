//! What an organisation received in a period, in the order of time, in pages: nothing outside the period is opened.

use model::{FilingId, Instant};
use policy::Scope;

use crate::{
    error::{Error, Result},
    filings::{Filing, OPENED},
    statement::{Cell, assembled},
    store::{SIDES, Tx, side},
};

/// Which filings: those of incidents of which, under the same pack, the first one came in this span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedSpan {
    /// The first filing came at this instant or later.
    pub first_from: Instant,
    /// The first filing came before this instant.
    pub first_until: Instant,
    /// Only filings that came before this instant: what was known then.
    pub known_until: Instant,
    /// Only filings under this pack.
    pub pack: Option<String>,
}

/// A page of what was received.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceivedPage {
    /// The filings, oldest first.
    pub filings: Vec<Filing>,
    /// Where to go on; absent on the last page.
    pub next: Option<ReceivedPosition>,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceivedPosition {
    filed_at: Instant,
    filing: FilingId,
}

impl Tx {
    /// A page of the filings that the scope's organisation received, oldest first.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when one does not open.
    pub async fn received_in(
        &mut self,
        scope: &Scope,
        span: &ReceivedSpan,
        after: Option<ReceivedPosition>,
        limit: u32,
    ) -> Result<ReceivedPage> {
        let after = after.unwrap_or(ReceivedPosition {
            filed_at: span.first_from,
            filing: FilingId::from_uuid(uuid::Uuid::nil()),
        });
        let pack = if span.pack.is_some() { " AND f.pack = $8" } else { "" };
        let text = format!(
            "WITH page AS (
                SELECT f.* FROM filing f
                 WHERE {} AND f.recipient = $2 AND f.filed_at < $3{pack}
                   AND (f.filed_at, f.id) > ($4, $5)
                   AND (f.filed_at < $6 OR EXISTS (
                        SELECT 1 FROM filing e WHERE e.incident = f.incident AND e.recipient = f.recipient
                           AND e.pack = f.pack AND e.filed_at < $6))
                   AND NOT EXISTS (
                        SELECT 1 FROM filing e WHERE e.incident = f.incident AND e.recipient = f.recipient
                           AND e.pack = f.pack AND e.filed_at < $7)
                 ORDER BY f.filed_at, f.id LIMIT {})
             {OPENED} ORDER BY f.filed_at, f.id",
            side(scope, SIDES),
            u64::from(limit) + 1
        );
        let organisation = scope.organisation();
        let mut statement = assembled(text)
            .bind(organisation)
            .bind(organisation)
            .bind(span.known_until)
            .bind(after.filed_at)
            .bind(after.filing)
            .bind(span.first_until)
            .bind(span.first_from);
        if let Some(pack) = &span.pack {
            statement.cells.push(Cell::Text(Some(pack.clone())));
        }
        let rows = self.rows(statement).await?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let last = limit.checked_sub(1).filter(|_| rows.len() > limit).and_then(|last| rows.get(last));
        let next = match last {
            Some(row) => Some(ReceivedPosition {
                // `recency` is the instant of filing with a minus.
                filed_at: Instant::from_micros(row.get::<i64>("recency")?.saturating_neg())
                    .map_err(|error| Error::Damaged(format!("filing.recency: {error}")))?,
                filing: row.id("id", FilingId::from_uuid)?,
            }),
            None => None,
        };
        let mut filings = Vec::with_capacity(rows.len());
        for row in rows.iter().take(limit) {
            filings.extend(self.open_filing(row, organisation).await?);
        }
        Ok(ReceivedPage { filings, next })
    }
}
