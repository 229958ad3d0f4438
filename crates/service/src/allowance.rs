//! How often something may be done: mails to an address, questions from a source.

use std::time::Duration;

use model::Instant;
use store::Tx;

use crate::error::{Error, Result};

/// So many within so long.
#[derive(Clone, Copy)]
pub(crate) struct Allowance {
    /// How many.
    pub most: i64,
    /// Within how long.
    pub within: Duration,
}

/// Counts one use of `name`; whether it lies within the allowance.
pub(crate) async fn allows(tx: &mut Tx, name: &str, allowance: Allowance, now: Instant) -> Result<bool> {
    Ok(tx.count_use(name, now, now.minus(allowance.within)).await? <= allowance.most)
}

/// As [`allows`], and refuses what lies beyond.
pub(crate) async fn insist(tx: &mut Tx, name: &str, allowance: Allowance, now: Instant) -> Result<()> {
    if allows(tx, name, allowance, now).await? {
        return Ok(());
    }
    // An upper bound: when the window began is nobody's business.
    Err(Error::Throttled { retry_after_seconds: allowance.within.as_secs() })
}
