//! Signed-in browsers, one-time links, and the throttle of the sign-in. Of tokens only keyed
//! hashes are kept: who reads the database cannot sign in with what is found there.

use model::{Caller, Instant, InvitationId, OrganisationId, SessionId, UserId};
use policy::Scope;
use serde::{Deserialize, Serialize};
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::sql,
    store::{Tx, accounts_or},
    users::UserState,
};

/// A browser that has just signed in.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// The identifier.
    pub id: SessionId,
    /// The secret of the cookie; only its keyed hash is kept.
    pub token: &'a str,
    /// Who.
    pub user: UserId,
    /// What requests that change something must carry.
    pub csrf_token: &'a str,
    /// From where.
    pub browser: &'a Browser,
    /// When.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
}

/// From where somebody signed in, as the person is shown it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    /// What the browser says to be.
    pub agent: String,
    /// The network address.
    pub source: String,
}

/// A session in the list of its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// The session.
    pub id: SessionId,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, as far as it was noted.
    pub last_seen_at: Instant,
    /// From where.
    pub browser: Browser,
}

fn spot(id: SessionId) -> Spot {
    Spot::document("session", id.uuid(), Holder::Node)
}

/// A session that is still good, with its caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// What requests that change something must carry.
    pub csrf_token: String,
    /// When it was last used, as far as it was noted.
    pub last_seen_at: Instant,
    /// Until when it lasts.
    pub expires_at: Instant,
    /// Who calls.
    pub caller: Caller,
}

/// A one-time link for a person who has no password yet.
#[derive(Clone, Debug)]
pub struct NewInvitation<'a> {
    /// The identifier.
    pub id: InvitationId,
    /// The secret of the link; only its keyed hash is kept.
    pub token: &'a str,
    /// Who is invited.
    pub user: UserId,
    /// When.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
}

/// An invitation found by its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The identifier.
    pub id: InvitationId,
    /// Who is invited.
    pub user: UserId,
    /// To which organisation.
    pub organisation: OrganisationId,
    /// Until when it is good.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// How often a sign-in failed, and until when the next is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Throttle {
    /// Failures since the last success.
    pub failures: i64,
    /// Until when every attempt is refused.
    pub locked_until: Option<Instant>,
}

impl Tx {
    /// Keeps a new session.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person.
    pub async fn insert_session(&mut self, session: &NewSession<'_>) -> Result<()> {
        let token = self.token("session.token", session.token)?;
        let document = self.seal(spot(session.id), &[Holder::Node], session.browser).await?;
        let statement = sql("INSERT INTO session
               (id, token, user_id, organisation, csrf_token, created_at, last_seen_at, expires_at, document)
             SELECT $1, $2, u.id, u.organisation, $3, $4, $4, $5, $7 FROM user_account u WHERE u.id = $6")
        .bind(session.id)
        .bind(token)
        .bind(session.csrf_token)
        .bind(session.created_at)
        .bind(session.expires_at)
        .bind(session.user)
        .bind(document);
        self.run_one(statement, "this account").await
    }

    /// The living sessions of a person of the scope's organisation, newest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn sessions_of(
        &mut self,
        scope: &Scope,
        user: UserId,
        now: Instant,
    ) -> Result<Vec<OwnSession>> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let rows = self
            .rows(
                sql("SELECT s.id, s.created_at, s.last_seen_at, s.document, k.key_id, k.wrapped FROM session s
                       JOIN data_key k ON k.place_table = 'session' AND k.place_row = s.id
                        AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
                      WHERE s.user_id = $2 AND s.organisation = $3 AND s.expires_at > $4
                      ORDER BY s.created_at DESC, s.id LIMIT 100")
                .bind(holder_uuid(Holder::Node))
                .bind(user)
                .bind(organisation)
                .bind(now),
            )
            .await?;
        let mut sessions = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id("id", SessionId::from_uuid)?;
            sessions.push(OwnSession {
                id,
                created_at: row.instant("created_at")?,
                last_seen_at: row.instant("last_seen_at")?,
                browser: self.open(&row, spot(id), Holder::Node).await?,
            });
        }
        Ok(sessions)
    }

    /// Who is behind a cookie, when the session lasts beyond `now` and the account and its
    /// organisation are active.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the account does not open.
    pub async fn signed_in(&mut self, token: &str, now: Instant) -> Result<Option<SignedIn>> {
        let token = self.token("session.token", token)?;
        let row = self
            .row(
                sql("SELECT s.id, s.user_id, s.csrf_token, s.last_seen_at, s.expires_at FROM session s
                       JOIN organisation o ON o.id = s.organisation AND o.state = 'active'
                      WHERE s.token = $1 AND s.expires_at > $2")
                .bind(token)
                .bind(now),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let Some(user) = self.any_user(row.id("user_id", UserId::from_uuid)?).await? else { return Ok(None) };
        if user.state != UserState::Active {
            return Ok(None);
        }
        Ok(Some(SignedIn {
            session: row.id("id", SessionId::from_uuid)?,
            csrf_token: row.get("csrf_token")?,
            last_seen_at: row.instant("last_seen_at")?,
            expires_at: row.instant("expires_at")?,
            caller: self.caller_of(user).await?,
        }))
    }

    /// Notes that a session was used, and lets it last until `expires_at`.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn touch_session(&mut self, id: SessionId, at: Instant, expires_at: Instant) -> Result<()> {
        let statement = sql("UPDATE session SET last_seen_at = $1, expires_at = $2 WHERE id = $3");
        self.run(statement.bind(at).bind(expires_at).bind(id)).await.map(drop)
    }

    /// Ends a session; whether there was one.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn delete_session(&mut self, id: SessionId) -> Result<bool> {
        self.erase(spot(id)).await?;
        Ok(self.run(sql("DELETE FROM session WHERE id = $1").bind(id)).await? > 0)
    }

    /// Ends every session of a person of the scope's organisation but `kept`, also the half ones;
    /// how many whole ones there were.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no accounts.
    pub async fn delete_sessions_of(
        &mut self,
        scope: &Scope,
        user: UserId,
        kept: Option<SessionId>,
    ) -> Result<u64> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let kept = kept.map_or(uuid::Uuid::nil(), SessionId::uuid);
        self.run(
            sql("DELETE FROM data_key WHERE place_table = 'session' AND place_row IN
                   (SELECT id FROM session WHERE user_id = $1 AND organisation = $2 AND id <> $3)")
            .bind(user)
            .bind(organisation)
            .bind(kept),
        )
        .await?;
        self.run(
            sql("DELETE FROM half_session WHERE user_id IN
                   (SELECT id FROM user_account WHERE id = $1 AND organisation = $2)")
            .bind(user)
            .bind(organisation),
        )
        .await?;
        self.run(
            sql("DELETE FROM session WHERE user_id = $1 AND organisation = $2 AND id <> $3")
                .bind(user)
                .bind(organisation)
                .bind(kept),
        )
        .await
    }

    /// Forgets the sessions that have ended; how many there were.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn prune_sessions(&mut self, now: Instant) -> Result<u64> {
        self.run(
            sql("DELETE FROM data_key WHERE place_table = 'session' AND place_row IN
                   (SELECT id FROM session WHERE expires_at <= $1)")
            .bind(now),
        )
        .await?;
        self.run(sql("DELETE FROM session WHERE expires_at <= $1").bind(now)).await
    }

    /// Keeps an invitation for a person of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn insert_invitation(&mut self, scope: &Scope, invitation: &NewInvitation<'_>) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let token = self.token("invitation.token", invitation.token)?;
        let statement = sql("INSERT INTO invitation (id, token, user_id, created_at, expires_at)
             SELECT $1, $2, u.id, $3, $4 FROM user_account u WHERE u.id = $5 AND u.organisation = $6")
        .bind(invitation.id)
        .bind(token)
        .bind(invitation.created_at)
        .bind(invitation.expires_at)
        .bind(invitation.user)
        .bind(organisation);
        self.run_one(statement, "this account").await
    }

    /// The invitation behind a link, good or not.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn invitation(&mut self, token: &str) -> Result<Option<Invitation>> {
        let token = self.token("invitation.token", token)?;
        let row = self
            .row(
                sql("SELECT i.id, i.user_id, u.organisation, i.expires_at, i.used_at
                       FROM invitation i JOIN user_account u ON u.id = i.user_id WHERE i.token = $1")
                .bind(token),
            )
            .await?;
        row.map(|row| {
            Ok(Invitation {
                id: row.id("id", InvitationId::from_uuid)?,
                user: row.id("user_id", UserId::from_uuid)?,
                organisation: row.id("organisation", OrganisationId::from_uuid)?,
                expires_at: row.instant("expires_at")?,
                used_at: row.maybe_instant("used_at")?,
            })
        })
        .transpose()
    }

    /// Uses an invitation up, and with it every other link of the same person: an older one that
    /// lies in a mailbox must not open the account again. False when it was used before or has ended.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn use_invitation(&mut self, id: InvitationId, at: Instant) -> Result<bool> {
        let statement =
            sql("UPDATE invitation SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND expires_at > $1");
        if self.run(statement.bind(at).bind(id)).await? == 0 {
            return Ok(false);
        }
        let others = sql("UPDATE invitation SET used_at = $1 WHERE used_at IS NULL
                          AND user_id = (SELECT o.user_id FROM invitation o WHERE o.id = $2)");
        self.run(others.bind(at).bind(id)).await?;
        Ok(true)
    }

    /// How the sign-in stands for an address, with an account or without.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn throttle(&mut self, mail: &str) -> Result<Throttle> {
        let login = self.login(mail)?;
        let row = self
            .row(sql("SELECT failures, locked_until FROM sign_in_throttle WHERE login = $1").bind(login))
            .await?;
        row.map_or(Ok(Throttle::default()), |row| {
            Ok(Throttle { failures: row.get("failures")?, locked_until: row.maybe_instant("locked_until")? })
        })
    }

    /// Counts a failed sign-in; the number of failures since the last success.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn count_failure(&mut self, mail: &str, at: Instant) -> Result<i64> {
        let login = self.login(mail)?;
        let row = self
            .row(
                sql("INSERT INTO sign_in_throttle (login, failures, last_at) VALUES ($1, 1, $2)
                     ON CONFLICT (login) DO UPDATE
                       SET failures = sign_in_throttle.failures + 1, last_at = excluded.last_at
                     RETURNING failures")
                .bind(login)
                .bind(at),
            )
            .await?;
        row.ok_or_else(|| Error::Damaged("sign_in_throttle answered nothing".to_owned()))?.get("failures")
    }

    /// Refuses every sign-in for an address until `until`.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn lock_sign_in(&mut self, mail: &str, until: Instant) -> Result<()> {
        let login = self.login(mail)?;
        self.run(
            sql("UPDATE sign_in_throttle SET locked_until = $1 WHERE login = $2").bind(until).bind(login),
        )
        .await
        .map(drop)
    }

    /// Forgets the failures of an address after a success.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn clear_throttle(&mut self, mail: &str) -> Result<()> {
        let login = self.login(mail)?;
        self.run(sql("DELETE FROM sign_in_throttle WHERE login = $1").bind(login)).await.map(drop)
    }

    /// Forgets failures that are older than `before` and lock nothing any more.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn prune_throttles(&mut self, before: Instant) -> Result<u64> {
        self.run(
            sql("DELETE FROM sign_in_throttle WHERE last_at < $1 AND (locked_until IS NULL OR locked_until < $1)")
                .bind(before),
        )
        .await
    }
}
