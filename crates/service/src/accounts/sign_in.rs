//! Sign in with mail address and password.

use std::time::Duration;

use model::{Caller, Happening, Instant, SessionId, Subject};
use store::{NewSession, Tx, User, UserState};

use crate::{
    Service, chance,
    error::{Error, Result},
    password,
};

/// How long a session lives.
const SESSION: Duration = Duration::from_secs(12 * 3600);
/// Wrong passwords for one account from one source: waiting begins after five.
const PAIR: Patience = Patience { free: 5, longest: Duration::from_secs(15 * 60) };
/// From one source for any account: many people may sit behind one.
const SOURCE: Patience = Patience { free: 30, longest: Duration::from_secs(15 * 60) };
/// For one account from anywhere: a stranger's guesses must not keep its owner out while a legal
/// clock runs, so this wait stays short.
const ACCOUNT: Patience = Patience { free: 50, longest: Duration::from_secs(30) };

/// How much is free, and how long waiting gets.
#[derive(Clone, Copy)]
struct Patience {
    free: i64,
    longest: Duration,
}

/// What wrong passwords are counted by. The kinds of names cannot meet: nobody locks a source by
/// signing in as "source ...".
struct Counted {
    pair: String,
    source: String,
    account: String,
}

impl Counted {
    fn of(mail: &str, source: &str) -> Self {
        Self {
            pair: format!("account {mail} from {source}"),
            source: format!("source {source}"),
            account: format!("account {mail}"),
        }
    }

    fn names(&self) -> [(&str, Patience); 3] {
        [(&self.pair, PAIR), (&self.source, SOURCE), (&self.account, ACCOUNT)]
    }
}

/// Who says to be whom.
#[derive(Clone)]
pub struct SignIn {
    /// The mail address.
    pub mail: String,
    /// The password.
    pub password: String,
    /// The network address, for throttling.
    pub source: String,
}

/// A fresh session.
pub struct SignedIn {
    /// The session's secret, for the cookie.
    pub token: String,
    /// The token that every change must carry.
    pub csrf_token: String,
    /// When the session ends.
    pub expires_at: Instant,
}

impl Service {
    /// Opens a session. A wrong password and an unknown address get the same words after the
    /// same work, and both are slowed down after a few attempts, by address and by source.
    ///
    /// # Errors
    /// [`Error::Refused`] with the same words in both cases; [`Error::Throttled`].
    pub async fn sign_in(&self, sign_in: SignIn) -> Result<SignedIn> {
        let mail = normal_mail(&sign_in.mail);
        let counted = Counted::of(&mail, &sign_in.source);
        let mut tx = self.store.read().await?;
        self.not_locked(&mut tx, &counted).await?;
        let account = tx.account(&mail).await?;
        drop(tx);
        let hash = account.as_ref().and_then(|account| account.password_hash.clone());
        let right = password::verify(sign_in.password, hash).await?;
        match account.filter(|account| right && account.user.state == UserState::Active) {
            Some(account) => self.open_session(&counted, &account.user).await,
            None => self.refuse(&counted).await,
        }
    }

    /// Refuses while waiting is imposed on the account or the source.
    async fn not_locked(&self, tx: &mut Tx, counted: &Counted) -> Result<()> {
        let now = self.clock.now();
        for (name, _) in counted.names() {
            if let Some(until) = tx.throttle(name).await?.locked_until.filter(|until| *until > now) {
                return Err(Error::Throttled { retry_after_seconds: until.since(now).as_secs() + 1 });
            }
        }
        Ok(())
    }

    async fn open_session(&self, counted: &Counted, user: &User) -> Result<SignedIn> {
        let now = self.clock.now();
        let signed_in =
            SignedIn { token: chance::secret(), csrf_token: chance::secret(), expires_at: now.plus(SESSION) };
        let mut tx = self.store.write().await?;
        // Asked again: many guesses at the same moment would else all count as the first.
        self.not_locked(&mut tx, counted).await?;
        tx.insert_session(&NewSession {
            id: SessionId::new(now, chance::for_id()),
            token: &signed_in.token,
            user: user.id,
            csrf_token: &signed_in.csrf_token,
            created_at: now,
            expires_at: signed_in.expires_at,
        })
        .await?;
        tx.clear_throttle(&counted.pair).await?;
        tx.clear_throttle(&counted.account).await?;
        let caller = Caller {
            subject: Subject::User(user.id),
            name: user.profile.name.clone(),
            organisation: user.organisation,
            roles: vec![],
            functions: user.functions.clone(),
        };
        self.happened(&mut tx, &caller, Happening::SignedIn).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn refuse(&self, counted: &Counted) -> Result<SignedIn> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let mut waits = Vec::new();
        for (name, patience) in counted.names() {
            waits.push((name, patience.wait_after(tx.count_failure(name, now).await?)));
        }
        // Counting holds the rows: who comes at the same moment waits, and is then told of the lock.
        self.not_locked(&mut tx, counted).await?;
        for (name, wait) in waits {
            tx.lock_sign_in(name, now.plus(wait)).await?;
        }
        self.node_did(&mut tx, None, Happening::SignInRefused).await?;
        tx.commit().await?;
        Err(Error::Refused("the mail address or the password is wrong".to_owned()))
    }
}

impl Patience {
    /// Doubles with every attempt after the free ones: 1 s, 2 s, 4 s, ... up to the longest.
    fn wait_after(self, failures: i64) -> Duration {
        let over = failures.saturating_sub(self.free).clamp(0, 21);
        match over {
            0 => Duration::ZERO,
            _ => Duration::from_secs(1_u64 << (over - 1)).min(self.longest),
        }
    }
}

/// The address by which an account is found: trimmed, lower case.
pub(crate) fn normal_mail(mail: &str) -> String {
    mail.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_is_held() {
        let waits: Vec<u64> = [0, 5, 6, 7, 8, 16, 1000].map(|n| PAIR.wait_after(n).as_secs()).to_vec();
        assert_eq!(waits, [0, 0, 1, 2, 4, 900, 900]);
    }
}
