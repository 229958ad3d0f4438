//! Browsers between the two steps of a sign-in, links that set a new password, and how often
//! something may be done within an hour. Of tokens and names only keyed hashes are kept.

use model::{Instant, KeyId, OrganisationId, SessionId, UserId};
use policy::Scope;

use crate::{
    error::{Error, Result},
    statement::sql,
    store::{Tx, accounts_or},
    users::{User, UserState},
};

/// A browser whose password was right: worth nothing but a try at the second factor.
#[derive(Clone, Debug)]
pub struct NewHalfSession<'a> {
    /// The identifier.
    pub id: SessionId,
    /// The secret of the cookie; only its keyed hash is kept.
    pub token: &'a str,
    /// Who.
    pub user: UserId,
    /// When.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
}

/// A half session that is still good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfSession {
    /// The identifier.
    pub id: SessionId,
    /// Wrong codes in it.
    pub failures: i64,
    /// Until when.
    pub expires_at: Instant,
    /// Who, with the functions.
    pub user: User,
}

/// A link to set a new password.
#[derive(Clone, Debug)]
pub struct NewReset<'a> {
    /// The identifier.
    pub id: KeyId,
    /// The secret of the link; only its keyed hash is kept.
    pub token: &'a str,
    /// For whom.
    pub user: UserId,
    /// When.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
}

/// A good link to set a new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// The identifier.
    pub id: KeyId,
    /// For whom.
    pub user: UserId,
    /// Where that person works.
    pub organisation: OrganisationId,
}

impl Tx {
    /// Keeps a half session.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn insert_half_session(&mut self, half: &NewHalfSession<'_>) -> Result<()> {
        let token = self.token("half_session.token", half.token)?;
        self.run(
            sql("INSERT INTO half_session (id, token, user_id, created_at, expires_at, failures)
                 VALUES ($1, $2, $3, $4, $5, 0)")
            .bind(half.id)
            .bind(token)
            .bind(half.user)
            .bind(half.created_at)
            .bind(half.expires_at),
        )
        .await
        .map(drop)
    }

    /// The half session behind a cookie, when it lasts beyond `now`, the account is active and its
    /// organisation too.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the account does not open.
    pub async fn half_session(&mut self, token: &str, now: Instant) -> Result<Option<HalfSession>> {
        let token = self.token("half_session.token", token)?;
        let row = self
            .row(
                sql("SELECT h.id, h.user_id, h.failures, h.expires_at FROM half_session h
                       JOIN user_account u ON u.id = h.user_id
                       JOIN organisation o ON o.id = u.organisation
                      WHERE h.token = $1 AND h.expires_at > $2 AND o.state = 'active'")
                .bind(token)
                .bind(now),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let Some(mut user) = self.any_user(row.id("user_id", UserId::from_uuid)?).await? else {
            return Ok(None);
        };
        if user.state != UserState::Active {
            return Ok(None);
        }
        user.functions = self.functions_of(&user).await?;
        Ok(Some(HalfSession {
            id: row.id("id", SessionId::from_uuid)?,
            failures: row.get("failures")?,
            expires_at: row.instant("expires_at")?,
            user,
        }))
    }

    /// Counts a wrong code in a half session; with the last of `most` it ends.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn count_half_failure(&mut self, id: SessionId, most: i64) -> Result<()> {
        self.run(sql("UPDATE half_session SET failures = failures + 1 WHERE id = $1").bind(id)).await?;
        self.run(sql("DELETE FROM half_session WHERE id = $1 AND failures >= $2").bind(id).bind(most))
            .await
            .map(drop)
    }

    /// Ends a half session; false when it had ended before.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn delete_half_session(&mut self, id: SessionId) -> Result<bool> {
        Ok(self.run(sql("DELETE FROM half_session WHERE id = $1").bind(id)).await? > 0)
    }

    /// Forgets the half sessions and the links to new passwords that have ended.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be deleted.
    pub async fn prune_half_sessions(&mut self, now: Instant) -> Result<u64> {
        self.run(sql("DELETE FROM password_reset WHERE expires_at <= $1").bind(now)).await?;
        self.run(sql("DELETE FROM half_session WHERE expires_at <= $1").bind(now)).await
    }

    /// Keeps a link to a new password for a person of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn insert_reset(&mut self, scope: &Scope, reset: &NewReset<'_>) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let token = self.token("password_reset.token", reset.token)?;
        let statement = sql("INSERT INTO password_reset (id, token, user_id, created_at, expires_at)
             SELECT $1, $2, u.id, $3, $4 FROM user_account u WHERE u.id = $5 AND u.organisation = $6")
        .bind(reset.id)
        .bind(token)
        .bind(reset.created_at)
        .bind(reset.expires_at)
        .bind(reset.user)
        .bind(organisation);
        self.run_one(statement, "this account").await
    }

    /// The link to a new password, while it is good: not used, not over, the account active.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn reset(&mut self, token: &str, now: Instant) -> Result<Option<Reset>> {
        let token = self.token("password_reset.token", token)?;
        let row = self
            .row(
                sql("SELECT r.id, r.user_id, u.organisation FROM password_reset r
                       JOIN user_account u ON u.id = r.user_id
                      WHERE r.token = $1 AND r.used_at IS NULL AND r.expires_at > $2 AND u.state = 'active'")
                .bind(token)
                .bind(now),
            )
            .await?;
        row.map(|row| {
            Ok(Reset {
                id: row.id("id", KeyId::from_uuid)?,
                user: row.id("user_id", UserId::from_uuid)?,
                organisation: row.id("organisation", OrganisationId::from_uuid)?,
            })
        })
        .transpose()
    }

    /// Uses a link up, and with it every other link to a new password of the same person; false
    /// when it was used before.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn use_reset(&mut self, reset: &Reset, at: Instant) -> Result<bool> {
        let statement = sql("UPDATE password_reset SET used_at = $1 WHERE id = $2 AND used_at IS NULL");
        if self.run(statement.bind(at).bind(reset.id)).await? == 0 {
            return Ok(false);
        }
        self.end_resets(reset.user, at).await?;
        Ok(true)
    }

    /// Ends every link to a new password of a person.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn end_resets(&mut self, user: UserId, at: Instant) -> Result<()> {
        let statement = sql("UPDATE password_reset SET used_at = $1 WHERE user_id = $2 AND used_at IS NULL");
        self.run(statement.bind(at).bind(user)).await.map(drop)
    }

    /// Counts one use of `name` and answers how many there were since the window began, this one
    /// included. The window begins anew when it began at `before` or earlier, or, after a clock was
    /// set back, later than `at`.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn count_use(&mut self, name: &str, at: Instant, before: Instant) -> Result<i64> {
        let token = self.token("allowance.name", name)?;
        let row = self
            .row(
                sql("INSERT INTO allowance (name, began_at, used) VALUES ($1, $2, 1)
                     ON CONFLICT (name) DO UPDATE SET
                       used = CASE WHEN allowance.began_at <= $3 OR allowance.began_at > $2
                                   THEN 1 ELSE allowance.used + 1 END,
                       began_at = CASE WHEN allowance.began_at <= $3 OR allowance.began_at > $2
                                   THEN $2 ELSE allowance.began_at END
                     RETURNING used")
                .bind(token)
                .bind(at)
                .bind(before),
            )
            .await?;
        row.ok_or_else(|| Error::Damaged("allowance answered nothing".to_owned()))?.get("used")
    }

    /// Forgets the counts whose window began before `before`.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be deleted.
    pub async fn prune_allowances(&mut self, before: Instant) -> Result<u64> {
        self.run(sql("DELETE FROM allowance WHERE began_at < $1").bind(before)).await
    }
}
