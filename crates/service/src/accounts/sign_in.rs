//! Sign in with mail address and password; the session rises only when no second factor is due.

use std::time::Duration;

use model::{Caller, Happening, Instant, SessionId, Subject};
use policy::for_node;
use store::{Browser, NewHalfSession, NewSession, Tx, User, UserState};

use super::patience::Counted;
use crate::{
    Service, chance,
    error::{Error, Result},
    password,
};

/// How long a session lives.
const SESSION: Duration = Duration::from_secs(12 * 3600);
/// How long one may look for the telephone between password and code.
const HALF: Duration = Duration::from_secs(10 * 60);
/// How much of what a browser says of itself is kept, in characters.
const AGENT: usize = 200;

/// Who says to be whom.
#[derive(Clone)]
pub struct SignIn {
    /// The mail address.
    pub mail: String,
    /// The password.
    pub password: String,
    /// From where.
    pub from: From,
}

/// From where an attempt comes.
#[derive(Clone, Debug, Default)]
pub struct From {
    /// The network address, for throttling and for the list of sessions.
    pub source: String,
    /// What the browser says to be, for the list of sessions.
    pub agent: String,
}

impl From {
    /// Only an address.
    #[must_use]
    pub fn source(source: &str) -> Self {
        Self { source: source.to_owned(), agent: String::new() }
    }
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

/// A browser whose password was right: worth nothing but the second step.
pub struct HalfSignedIn {
    /// The secret for the cookie of the second step.
    pub token: String,
    /// When it ends.
    pub expires_at: Instant,
}

/// What a right password gives.
pub enum FirstStep {
    /// A session: nothing more is asked.
    In(SignedIn),
    /// The second factor is to follow, or to be set up because the organisation requires one.
    Half(HalfSignedIn),
}

impl FirstStep {
    /// The session, when nothing more was asked.
    #[must_use]
    pub fn session(self) -> Option<SignedIn> {
        match self {
            Self::In(signed_in) => Some(signed_in),
            Self::Half(_) => None,
        }
    }
}

impl Service {
    /// Checks a password. A wrong one and an unknown address get the same words after the same
    /// work, and both are slowed down after a few attempts, by address and by source.
    ///
    /// # Errors
    /// [`Error::Refused`] with the same words in both cases; [`Error::Throttled`].
    pub async fn sign_in(&self, sign_in: SignIn) -> Result<FirstStep> {
        let mail = normal_mail(&sign_in.mail);
        let counted = Counted::of(&mail, &sign_in.from.source);
        let mut tx = self.store.read().await?;
        counted.not_locked(&mut tx, self.clock.now()).await?;
        let account = tx.account(&mail).await?;
        drop(tx);
        let hash = account.as_ref().and_then(|account| account.password_hash.clone());
        let right = password::verify(sign_in.password, hash).await?;
        match account.filter(|account| right && account.user.state == UserState::Active) {
            Some(account) => self.password_was_right(&counted, &account.user, &sign_in.from).await,
            None => self.refuse(&counted).await,
        }
    }

    async fn password_was_right(&self, counted: &Counted, user: &User, from: &From) -> Result<FirstStep> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        // Asked again: many guesses at the same moment would else all count as the first.
        counted.not_locked(&mut tx, now).await?;
        let standing = tx.standing(&for_node(user.organisation)).await?;
        if !standing.active {
            drop(tx);
            return self.refuse(counted).await;
        }
        if standing.second_factor_required || tx.second_factor(user.id, true).await?.is_some() {
            let half = HalfSignedIn { token: chance::secret(), expires_at: now.plus(HALF) };
            tx.insert_half_session(&NewHalfSession {
                id: SessionId::new(now, chance::for_id()),
                token: &half.token,
                user: user.id,
                created_at: now,
                expires_at: half.expires_at,
            })
            .await?;
            tx.commit().await?;
            return Ok(FirstStep::Half(half));
        }
        counted.forget(&mut tx).await?;
        let signed_in = self.rise(&mut tx, user, from).await?;
        tx.commit().await?;
        Ok(FirstStep::In(signed_in))
    }

    /// Opens the session: everything that was asked is proven.
    pub(super) async fn rise(&self, tx: &mut Tx, user: &User, from: &From) -> Result<SignedIn> {
        let now = self.clock.now();
        let signed_in =
            SignedIn { token: chance::secret(), csrf_token: chance::secret(), expires_at: now.plus(SESSION) };
        let browser = Browser {
            agent: from.agent.chars().filter(|letter| !letter.is_control()).take(AGENT).collect(),
            source: from.source.clone(),
        };
        tx.insert_session(&NewSession {
            id: SessionId::new(now, chance::for_id()),
            token: &signed_in.token,
            user: user.id,
            csrf_token: &signed_in.csrf_token,
            browser: &browser,
            created_at: now,
            expires_at: signed_in.expires_at,
        })
        .await?;
        tx.note_sign_in(user.id, now).await?;
        self.happened(tx, &caller_of(user), Happening::SignedIn).await?;
        Ok(signed_in)
    }

    pub(super) async fn refuse<T>(&self, counted: &Counted) -> Result<T> {
        let mut tx = self.store.write().await?;
        counted.count(&mut tx, self.clock.now()).await?;
        self.node_did(&mut tx, None, Happening::SignInRefused).await?;
        tx.commit().await?;
        Err(Error::Refused("the mail address or the password is wrong".to_owned()))
    }
}

/// A person as the audit names it, before any session.
pub(super) fn caller_of(user: &User) -> Caller {
    Caller {
        subject: Subject::User(user.id),
        name: user.profile.name.clone(),
        organisation: user.organisation,
        roles: vec![],
        functions: user.functions.clone(),
    }
}

/// The address by which an account is found: trimmed, lower case.
pub(crate) fn normal_mail(mail: &str) -> String {
    mail.trim().to_lowercase()
}
