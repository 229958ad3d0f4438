//! How wrong passwords and codes are counted, and how long the next attempt waits.

use std::time::Duration;

use model::Instant;
use store::Tx;

use crate::error::{Error, Result};

/// Wrong passwords for one account from one source: waiting begins after five.
const PAIR: Patience = Patience { free: 5, longest: Duration::from_secs(15 * 60) };
/// From one source for any account: many people may sit behind one.
const SOURCE: Patience = Patience { free: 30, longest: Duration::from_secs(15 * 60) };
/// For one account from anywhere: a stranger's guesses must not keep its owner out while a legal
/// clock runs, so this wait stays short.
const ACCOUNT: Patience = Patience { free: 50, longest: Duration::from_secs(30) };
/// Wrong codes of one account from anywhere. Who gets so far knows the password: with at most 24
/// guesses a day at three codes in a million it takes centuries. The owner still gets in with a
/// recovery code, which nobody guesses.
pub(super) const CODE: Patience = Patience { free: 5, longest: Duration::from_secs(3600) };

/// How much is free, and how long waiting gets.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    free: i64,
    longest: Duration,
}

impl Patience {
    /// Doubles with every attempt after the free ones: 1 s, 2 s, 4 s, ... up to the longest.
    pub(super) fn wait_after(self, failures: i64) -> Duration {
        let over = failures.saturating_sub(self.free).clamp(0, 21);
        match over {
            0 => Duration::ZERO,
            _ => Duration::from_secs(1_u64 << (over - 1)).min(self.longest),
        }
    }
}

/// What wrong passwords and codes are counted by. The kinds of names cannot meet: nobody locks a
/// source by signing in as "source ...".
pub(super) struct Counted {
    pair: String,
    source: String,
    account: String,
}

impl Counted {
    pub(super) fn of(mail: &str, source: &str) -> Self {
        Self {
            pair: format!("account {mail} from {source}"),
            source: format!("source {source}"),
            account: format!("account {mail}"),
        }
    }

    fn names(&self) -> [(&str, Patience); 3] {
        [(&self.pair, PAIR), (&self.source, SOURCE), (&self.account, ACCOUNT)]
    }

    /// Refuses while waiting is imposed on the account or the source.
    pub(super) async fn not_locked(&self, tx: &mut Tx, now: Instant) -> Result<()> {
        for (name, _) in self.names() {
            not_before(tx.throttle(name).await?.locked_until, now)?;
        }
        Ok(())
    }

    /// Counts a failure and imposes the wait that follows.
    pub(super) async fn count(&self, tx: &mut Tx, now: Instant) -> Result<()> {
        let mut waits = Vec::new();
        for (name, patience) in self.names() {
            waits.push((name, patience.wait_after(tx.count_failure(name, now).await?)));
        }
        // Counting holds the rows: who comes at the same moment waits, and is then told of the lock.
        self.not_locked(tx, now).await?;
        for (name, wait) in waits {
            tx.lock_sign_in(name, now.plus(wait)).await?;
        }
        Ok(())
    }

    /// Forgets the failures of the account, from here and in all: both factors were right. Those
    /// of the source stay: who owns one account may still guess at others.
    pub(super) async fn forget(&self, tx: &mut Tx) -> Result<()> {
        tx.clear_throttle(&self.pair).await?;
        Ok(tx.clear_throttle(&self.account).await?)
    }
}

/// Refuses until `until`.
pub(super) fn not_before(until: Option<Instant>, now: Instant) -> Result<()> {
    match until.filter(|until| *until > now) {
        Some(until) => Err(Error::Throttled { retry_after_seconds: until.since(now).as_secs() + 1 }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_is_held() {
        let waits = |patience: Patience| -> Vec<u64> {
            [0, 5, 6, 7, 8, 16, 1000].map(|n| patience.wait_after(n).as_secs()).to_vec()
        };
        assert_eq!(waits(PAIR), [0, 0, 1, 2, 4, 900, 900]);
        assert_eq!(waits(CODE), [0, 0, 1, 2, 4, 1024, 3600]);
    }
}
