//! One's own password and sessions.

use model::{Caller, Happening, SessionId};

use super::{
    second_factor::{Proof, own_account, tell},
    sign_in::From,
};
use crate::{
    Service,
    error::{Error, Result},
    password,
    view::{AccountSecurity, OwnSession, SecondFactorInUse},
};

impl Service {
    /// How the own account is protected, and where it is signed in.
    ///
    /// # Errors
    /// [`Error::Denied`] for a machine client.
    pub async fn account_security(
        &self,
        caller: &Caller,
        current: Option<SessionId>,
    ) -> Result<AccountSecurity> {
        let (scope, id) = own_account(caller)?;
        let mut tx = self.store.read().await?;
        let user = tx.user(&scope, id).await?.ok_or(Error::NotFound("account"))?;
        let second_factor = match tx.second_factor(id, true).await? {
            Some(factor) => Some(SecondFactorInUse {
                since: factor.confirmed_at.unwrap_or(factor.created_at),
                recovery_codes_left: tx.recovery_codes_left(id).await?,
            }),
            None => None,
        };
        let sessions = tx
            .sessions_of(&scope, id, self.clock.now())
            .await?
            .into_iter()
            .map(|session| OwnSession {
                current: Some(session.id) == current,
                id: session.id,
                created_at: session.created_at,
                last_seen_at: session.last_seen_at,
                agent: session.browser.agent,
                source: session.browser.source,
            })
            .collect();
        Ok(AccountSecurity {
            mail: user.profile.mail,
            second_factor,
            second_factor_required: tx.standing(&scope).await?.second_factor_required,
            sessions,
        })
    }

    /// Sets a new password; every other session ends, and every link that was mailed.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the proof does not hold or the new password is weak.
    pub async fn change_password(
        &self,
        caller: &Caller,
        session: Option<SessionId>,
        (proof, new_password): (Proof, String),
        from: &From,
    ) -> Result<()> {
        password::check(&new_password).map_err(|error| named(error, "new_password"))?;
        let (tx, ..) = self.proven(caller, proof, from).await?;
        // The code is used up before the slow work begins, so that nobody waits for the lock.
        tx.commit().await?;
        let hash = password::hash(new_password).await?;
        let (scope, id) = own_account(caller)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let user = tx.user(&scope, id).await?.ok_or(Error::NotFound("account"))?;
        tx.set_password(&scope, id, &hash).await?;
        tx.delete_sessions_of(&scope, id, session).await?;
        tx.end_resets(id, now).await?;
        self.happened(&mut tx, caller, Happening::PasswordChanged).await?;
        let words =
            "The password of your account was changed. If it was not you, tell your administrator at once.";
        tell(&mut tx, &user, "Your password was changed", words.to_owned(), now).await?;
        Ok(tx.commit().await?)
    }

    /// Ends one of the own sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that is not the caller's own.
    pub async fn end_session(&self, caller: &Caller, session: SessionId) -> Result<()> {
        let (scope, id) = own_account(caller)?;
        let mut tx = self.store.write().await?;
        let own = tx.sessions_of(&scope, id, self.clock.now()).await?;
        if !own.iter().any(|one| one.id == session) {
            return Err(Error::NotFound("session"));
        }
        tx.delete_session(session).await?;
        self.happened(&mut tx, caller, Happening::SessionsEnded).await?;
        Ok(tx.commit().await?)
    }

    /// Ends every session of the own account but this one.
    ///
    /// # Errors
    /// [`Error::Denied`] for a machine client.
    pub async fn end_other_sessions(&self, caller: &Caller, session: Option<SessionId>) -> Result<()> {
        let (scope, id) = own_account(caller)?;
        let mut tx = self.store.write().await?;
        tx.delete_sessions_of(&scope, id, session).await?;
        self.happened(&mut tx, caller, Happening::SessionsEnded).await?;
        Ok(tx.commit().await?)
    }
}

/// The same problems under the name that the form gives the field.
fn named(error: Error, field: &str) -> Error {
    match error {
        Error::Invalid(problems) => Error::Invalid(
            problems
                .into_iter()
                .map(|problem| regime::Problem {
                    field: field.to_owned(),
                    pointer: format!("/{field}"),
                    ..problem
                })
                .collect(),
        ),
        other => other,
    }
}
