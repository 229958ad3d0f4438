//! Domain events, and the audit chain over their sealed bytes.
//!
//! An event is written in the transaction of its use case, without a number. One elected job
//! then numbers what was committed and chains it, so that numbers follow the order of commits
//! and a cursor over them misses nothing. The hash runs over sealed bytes: erasing a key breaks
//! no chain.

use aws_lc_rs::digest::{Context, SHA256};
use model::{DomainEvent, EventId, FilingId, Instant, OrganisationId};
use policy::Scope;
use uuid::Uuid;
use vault::Holder;

use crate::{
    dialect::Election,
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, assembled, places, rows_at_once, sql},
    store::{Tx, own},
};

/// Where the chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// The number of the last chained row; 0 before the first.
    pub seq: i64,
    /// Its hash; zeros before the first.
    pub chain: [u8; 32],
}

impl AuditHead {
    /// Before the first row.
    pub const START: Self = Self { seq: 0, chain: [0; 32] };
}

/// A chained row as it is exported: everything that the hash covers, nothing that is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// The number, from 1, without gaps.
    pub seq: i64,
    /// The event.
    pub id: EventId,
    /// When it happened.
    pub at: Instant,
    /// Whose record it is; absent for the node.
    pub organisation: Option<OrganisationId>,
    /// The sealed event.
    pub bytes: Vec<u8>,
    /// The hash of this row and the one before.
    pub chain: [u8; 32],
}

/// Where a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainBreak {
    /// A row is missing, doubled or out of order.
    #[error("the audit row after {after} has the number {found}: a row was taken out, doubled or moved")]
    Number {
        /// The last good row.
        after: i64,
        /// What follows.
        found: i64,
    },
    /// A row was changed.
    #[error("audit row {seq} does not carry the hash of its content: it, or a row before it, was changed")]
    Hash {
        /// The row.
        seq: i64,
    },
}

/// An event with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainedEvent {
    /// The number: a cursor that misses nothing.
    pub seq: i64,
    /// The event.
    pub event: DomainEvent,
}

/// The hash of a row: SHA-256 over the hash before, the number, the identifier, the instant, the
/// organisation (16 zero bytes for the node) and the sealed bytes.
fn link(before: &[u8; 32], row: &Unchained, seq: i64) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(before);
    context.update(&seq.to_be_bytes());
    context.update(row.id.uuid().as_bytes());
    context.update(&row.at.micros().to_be_bytes());
    context.update(row.organisation.map_or(Uuid::nil(), OrganisationId::uuid).as_bytes());
    context.update(&row.bytes);
    let mut hash = [0; 32];
    hash.iter_mut().zip(context.finish().as_ref()).for_each(|(byte, part)| *byte = *part);
    hash
}

struct Unchained {
    id: EventId,
    at: Instant,
    organisation: Option<OrganisationId>,
    bytes: Vec<u8>,
}

/// Follows a chain from `start` over `rows` in order; the head to which it leads.
///
/// # Errors
/// [`ChainBreak`] at the first row that does not fit.
pub fn verify_chain(start: AuditHead, rows: &[AuditRow]) -> std::result::Result<AuditHead, ChainBreak> {
    rows.iter().try_fold(start, |head, row| {
        if row.seq != head.seq + 1 {
            return Err(ChainBreak::Number { after: head.seq, found: row.seq });
        }
        let content =
            Unchained { id: row.id, at: row.at, organisation: row.organisation, bytes: row.bytes.clone() };
        if link(&head.chain, &content, row.seq) == row.chain {
            Ok(AuditHead { seq: row.seq, chain: row.chain })
        } else {
            Err(ChainBreak::Hash { seq: row.seq })
        }
    })
}

fn holder(organisation: Option<OrganisationId>) -> Holder {
    organisation.map_or(Holder::Node, Holder::Organisation)
}

fn spot(id: EventId, organisation: Option<OrganisationId>) -> Spot {
    Spot::document("event", id.uuid(), holder(organisation)).column("bytes")
}

/// How many rows one turn of the chaining job takes.
const CHAINED_AT_ONCE: i64 = 5000;

impl Tx {
    /// Writes an event in the transaction of its use case. It is sealed for its organisation, or
    /// for the node when it has none.
    ///
    /// # Errors
    /// [`Error::Taken`] when the identifier is taken.
    pub async fn append_event(&mut self, event: &DomainEvent) -> Result<()> {
        let bytes =
            self.seal(spot(event.id, event.organisation), &[holder(event.organisation)], event).await?;
        self.run(
            sql("INSERT INTO event (id, organisation, at, bytes) VALUES ($1, $2, $3, $4)")
                .bind(event.id)
                .bind(event.organisation)
                .bind(event.at)
                .bind(bytes),
        )
        .await
        .map(drop)
    }

    /// Numbers and chains what was committed since the last turn; how many rows. One replica at
    /// a time does it, the others wait. Repeat until it answers 0.
    ///
    /// # Errors
    /// [`Error::Busy`] when another replica holds the turn for too long.
    pub async fn chain_events(&mut self) -> Result<u64> {
        self.connection.elect(Election::AuditChain).await?;
        let mut head = self.audit_head().await?;
        let rows = self
            .rows(
                sql("SELECT id, at, organisation, bytes FROM event WHERE seq IS NULL ORDER BY at, id LIMIT $1")
                    .bind(CHAINED_AT_ONCE),
            )
            .await?;
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let mut links = Vec::with_capacity(rows.len());
        for row in rows {
            let row = unchained(&row)?;
            let seq = head.seq + 1;
            head = AuditHead { seq, chain: link(&head.chain, &row, seq) };
            links.push((row.id, head));
        }
        self.keep_links(&links).await?;
        Ok(count)
    }

    async fn keep_links(&mut self, links: &[(EventId, AuditHead)]) -> Result<()> {
        for chunk in links.chunks(rows_at_once(3)) {
            let text = format!(
                "WITH link (id, seq, chain) AS (VALUES {})
                 UPDATE event SET seq = link.seq, chain = link.chain FROM link WHERE event.id = link.id",
                places(chunk.len(), 3)
            );
            let statement = chunk.iter().fold(assembled(text), |statement, (id, head)| {
                statement.bind(*id).bind(head.seq).bind(head.chain)
            });
            self.run(statement).await?;
        }
        Ok(())
    }

    /// How many events from before `before` are not chained yet: more than none, ten seconds
    /// back, is an alarm.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be counted.
    pub async fn unchained_events(&mut self, before: Instant) -> Result<i64> {
        let row = self
            .row(sql("SELECT COUNT(*) AS waiting FROM event WHERE seq IS NULL AND at < $1").bind(before))
            .await?;
        row.map_or(Ok(0), |row| row.get("waiting"))
    }

    /// Where the chain stands.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the last row carries no hash.
    pub async fn audit_head(&mut self) -> Result<AuditHead> {
        let row = self
            .row(sql("SELECT seq, chain FROM event WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1"))
            .await?;
        row.map_or(Ok(AuditHead::START), |row| Ok(AuditHead { seq: row.get("seq")?, chain: hash(&row)? }))
    }

    /// A page of the chain after `after_seq`, in order, for export and verification.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row carries no hash.
    pub async fn export_audit(&mut self, after_seq: i64, limit: u32) -> Result<Vec<AuditRow>> {
        let rows = self
            .rows(
                sql("SELECT seq, id, at, organisation, bytes, chain FROM event
                     WHERE seq > $1 ORDER BY seq LIMIT $2")
                .bind(after_seq)
                .bind(i64::from(limit)),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let Unchained { id, at, organisation, bytes } = unchained(row)?;
                Ok(AuditRow { seq: row.get("seq")?, id, at, organisation, bytes, chain: hash(row)? })
            })
            .collect()
    }

    /// The chained events of the scope's organisation after `after_seq`, in order.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn events(&mut self, scope: &Scope, after_seq: i64, limit: u32) -> Result<Vec<ChainedEvent>> {
        let Some(organisation) = own(scope) else { return Ok(Vec::new()) };
        let rows = self
            .rows(
                sql("SELECT e.seq, e.id, e.bytes, k.key_id, k.wrapped FROM event e
                       JOIN data_key k ON k.place_table = 'event' AND k.place_row = e.id
                        AND k.place_column = 'bytes' AND k.revision = 0 AND k.holder = $1
                      WHERE e.organisation = $2 AND e.seq > $3 ORDER BY e.seq LIMIT $4")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation)
                .bind(after_seq)
                .bind(i64::from(limit)),
            )
            .await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let spot = spot(row.id("id", EventId::from_uuid)?, Some(organisation));
            let event = self.open(&row, spot, organisation.into()).await?;
            events.push(ChainedEvent { seq: row.get("seq")?, event });
        }
        Ok(events)
    }
}

/// What live updates are made of: the node looks at every organisation's events and tells each its own.
impl Tx {
    /// The chained events of every organisation after `after_seq`, in order. One whose keys were erased
    /// is passed over.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn events_of_all(&mut self, after_seq: i64, most: u32) -> Result<Vec<ChainedEvent>> {
        let rows = self
            .rows(
                sql("SELECT e.seq, e.id, e.organisation, e.bytes, k.key_id, k.wrapped FROM event e
                       JOIN data_key k ON k.place_table = 'event' AND k.place_row = e.id
                        AND k.place_column = 'bytes' AND k.revision = 0
                      WHERE e.seq > $1 ORDER BY e.seq LIMIT $2")
                .bind(after_seq)
                .bind(i64::from(most)),
            )
            .await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let organisation = row.get::<Option<Uuid>>("organisation")?.map(OrganisationId::from_uuid);
            let spot = spot(row.id("id", EventId::from_uuid)?, organisation);
            let event = self.open(&row, spot, holder(organisation)).await?;
            events.push(ChainedEvent { seq: row.get("seq")?, event });
        }
        Ok(events)
    }

    /// The number of a chained event.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn event_number(&mut self, id: EventId) -> Result<Option<i64>> {
        let question = sql("SELECT seq FROM event WHERE id = $1 AND seq IS NOT NULL").bind(id);
        self.row(question).await?.map(|row| row.get("seq")).transpose()
    }

    /// Who filed a filing, and who received it.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn filing_parties(
        &mut self,
        filing: FilingId,
    ) -> Result<Option<(OrganisationId, OrganisationId)>> {
        let question = sql("SELECT organisation, recipient FROM filing WHERE id = $1").bind(filing);
        let Some(row) = self.row(question).await? else { return Ok(None) };
        Ok(Some((
            row.id("organisation", OrganisationId::from_uuid)?,
            row.id("recipient", OrganisationId::from_uuid)?,
        )))
    }
}

fn unchained(row: &Row) -> Result<Unchained> {
    Ok(Unchained {
        id: row.id("id", EventId::from_uuid)?,
        at: row.instant("at")?,
        organisation: row.get::<Option<Uuid>>("organisation")?.map(OrganisationId::from_uuid),
        bytes: row.get("bytes")?,
    })
}

fn hash(row: &Row) -> Result<[u8; 32]> {
    let bytes: Vec<u8> = row.get::<Option<Vec<u8>>>("chain")?.unwrap_or_default();
    bytes.try_into().map_err(|_| Error::Damaged("event.chain is no SHA-256".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chained(count: u8) -> Vec<AuditRow> {
        let mut head = AuditHead::START;
        (1..=count)
            .map(|n| {
                let content = Unchained {
                    id: EventId::new(Instant::MIN, [n; 10]),
                    at: Instant::MIN,
                    organisation: None,
                    bytes: vec![n; 3],
                };
                head = AuditHead { seq: i64::from(n), chain: link(&head.chain, &content, i64::from(n)) };
                let Unchained { id, at, organisation, bytes } = content;
                AuditRow { seq: head.seq, id, at, organisation, bytes, chain: head.chain }
            })
            .collect()
    }

    #[test]
    fn a_chain_leads_to_its_head() {
        let rows = chained(4);
        let head = verify_chain(AuditHead::START, &rows).unwrap();
        assert_eq!((head.seq, head.chain), (4, rows[3].chain));
        let middle = AuditHead { seq: 2, chain: rows[1].chain };
        assert_eq!(verify_chain(middle, &rows[2..]).unwrap(), head);
    }

    #[test]
    fn whatever_is_changed_is_noticed() {
        let mut rows = chained(4);
        rows[1].bytes[0] ^= 1;
        assert_eq!(verify_chain(AuditHead::START, &rows), Err(ChainBreak::Hash { seq: 2 }));
        let mut rows = chained(4);
        rows[2].at = Instant::MAX;
        assert_eq!(verify_chain(AuditHead::START, &rows), Err(ChainBreak::Hash { seq: 3 }));
        let mut rows = chained(4);
        rows.remove(1);
        assert_eq!(verify_chain(AuditHead::START, &rows), Err(ChainBreak::Number { after: 1, found: 3 }));
    }
}
