//! Domain events into the audit, and the chain that makes the audit provable.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{Caller, DomainEvent, EventId, Happening, Instant, OrganisationId};
use serde::{Deserialize, Serialize};
use store::{AuditHead, AuditRow, Tx};

use crate::{Service, chance, error::Result};

/// How many rows the export reads at once.
const PAGE: u32 = 1000;

impl Service {
    /// Writes the event of a use case in its transaction.
    pub(crate) async fn happened(&self, tx: &mut Tx, caller: &Caller, happening: Happening) -> Result<()> {
        let at = self.clock.now();
        let event = DomainEvent {
            id: EventId::new(at, chance::for_id()),
            at,
            organisation: Some(caller.organisation),
            by: Some(caller.actor()),
            happening,
        };
        Ok(tx.append_event(&event).await?)
    }

    /// Writes the event of something that the node itself did.
    pub(crate) async fn node_did(
        &self,
        tx: &mut Tx,
        organisation: Option<OrganisationId>,
        happening: Happening,
    ) -> Result<()> {
        node_event(tx, organisation, happening, self.clock.now()).await
    }

    /// Chains the audit rows that are not chained yet: what one turn finds, in the order of time.
    /// One caller at a time does the work; the others find nothing to do.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn chain_audit(&self) -> Result<u64> {
        let mut tx = self.store.write().await?;
        let chained = tx.chain_events().await?;
        tx.commit().await?;
        Ok(chained)
    }

    /// How many audit rows written before `before` are not chained yet: more than none for ten
    /// seconds is an alarm.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unchained_before(&self, before: Instant) -> Result<i64> {
        Ok(self.store.read().await?.unchained_events(before).await?)
    }

    /// The audit as NDJSON, one sealed row per line, for [`verify_audit`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_export(&self) -> Result<Vec<u8>> {
        let mut tx = self.store.read().await?;
        let mut lines = Vec::new();
        let mut after = 0;
        loop {
            let rows = tx.export_audit(after, PAGE).await?;
            let Some(last) = rows.last() else { return Ok(lines) };
            after = last.seq;
            for row in rows {
                serde_json::to_writer(&mut lines, &Line::of(row))?;
                lines.push(b'\n');
            }
        }
    }
}

/// Writes the event of something that the node itself did at `at`.
pub(crate) async fn node_event(
    tx: &mut Tx,
    organisation: Option<OrganisationId>,
    happening: Happening,
    at: Instant,
) -> Result<()> {
    let id = EventId::new(at, chance::for_id());
    Ok(tx.append_event(&DomainEvent { id, at, organisation, by: None, happening }).await?)
}

/// One row of the export.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: i64,
    id: EventId,
    at: Instant,
    organisation: Option<OrganisationId>,
    /// The sealed event, base64url.
    bytes: String,
    /// The chain up to here, base64url.
    chain: String,
}

impl Line {
    fn of(row: AuditRow) -> Self {
        let AuditRow { seq, id, at, organisation, bytes, chain } = row;
        Self {
            seq,
            id,
            at,
            organisation,
            bytes: URL_SAFE_NO_PAD.encode(bytes),
            chain: URL_SAFE_NO_PAD.encode(chain),
        }
    }

    fn row(self) -> Option<AuditRow> {
        let bytes = URL_SAFE_NO_PAD.decode(self.bytes).ok()?;
        let chain = URL_SAFE_NO_PAD.decode(self.chain).ok()?.try_into().ok()?;
        Some(AuditRow {
            seq: self.seq,
            id: self.id,
            at: self.at,
            organisation: self.organisation,
            bytes,
            chain,
        })
    }
}

/// What an audit export proves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditVerdict {
    /// Whether every row carries the hash of its content and of all rows before it.
    pub intact: bool,
    /// How many rows were read.
    pub rows: usize,
    /// The head of the chain, base64url: receipts carry it as their anchor.
    pub head: Option<String>,
    /// What is wrong, in words.
    pub finding: Option<String>,
}

/// Checks an export from its first row, offline and without any key.
#[must_use]
pub fn verify_audit(export: &[u8]) -> AuditVerdict {
    let mut rows = Vec::new();
    for (number, line) in export.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty())
    {
        match serde_json::from_slice::<Line>(line).ok().and_then(Line::row) {
            Some(row) => rows.push(row),
            None => {
                let finding = Some(format!("line {} is no row of an audit export", number + 1));
                return AuditVerdict { intact: false, rows: rows.len(), head: None, finding };
            }
        }
    }
    match store::verify_chain(AuditHead::START, &rows) {
        Ok(head) => AuditVerdict {
            intact: true,
            rows: rows.len(),
            head: Some(URL_SAFE_NO_PAD.encode(head.chain)),
            finding: None,
        },
        Err(broken) => {
            AuditVerdict { intact: false, rows: rows.len(), head: None, finding: Some(broken.to_string()) }
        }
    }
}
