//! The second step of a sign-in: the code of the authenticator, a recovery code, or setting the
//! second factor up because the organisation requires one.

use model::Happening;
use policy::for_node;
use store::{HalfSession, Tx};

use super::{
    patience::Counted,
    second_factor::{Code, fresh_codes, setup_of, take_code, tell},
    sign_in::{From, SignedIn, caller_of},
};
use crate::{
    Service,
    error::{Error, Result},
    view::SecondFactorSetup,
};

/// So many wrong codes end a half session: then the password is asked again.
const MOST_WRONG: i64 = 5;

/// What the second step asks.
pub enum SecondStep {
    /// A code.
    Code {
        /// The name, to greet with.
        name: String,
    },
    /// Setting a second factor up: the organisation requires one.
    SetUp {
        /// The name, to greet with.
        name: String,
        /// What the authenticator is to read.
        setup: SecondFactorSetup,
    },
}

impl Service {
    /// What the second step asks of the browser with the half session `token`.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when it never was, has ended or was used.
    pub async fn second_step(&self, token: &str) -> Result<SecondStep> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let half = tx.half_session(token, now).await?.ok_or(Error::NotSignedIn)?;
        let name = half.user.profile.name.clone();
        if tx.second_factor(half.user.id, true).await?.is_some() {
            return Ok(SecondStep::Code { name });
        }
        // The same secret while the page stands open, also when it is loaded again.
        let setup = match tx.second_factor(half.user.id, false).await? {
            Some(factor) => setup_of(&factor, &half.user.profile.mail)?,
            None => {
                let scope = for_node(half.user.organisation);
                self.begin_second_factor(&mut tx, &scope, &half.user).await?
            }
        };
        tx.commit().await?;
        Ok(SecondStep::SetUp { name, setup })
    }

    /// Takes the code of the authenticator or a recovery code: the session rises.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when the half session has ended; [`Error::Refused`] for a wrong or
    /// used code; [`Error::Throttled`].
    pub async fn enter_code(&self, token: &str, code: &str, from: &From) -> Result<SignedIn> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let half = tx.half_session(token, now).await?.ok_or(Error::NotSignedIn)?;
        let counted = Counted::of(&half.user.profile.mail, &from.source);
        counted.not_locked(&mut tx, now).await?;
        let factor = tx.hold_second_factor(half.user.id, true).await?.ok_or(Error::NotSignedIn)?;
        match take_code(&mut tx, &factor, code, now).await? {
            Code::Wrong => self.wrong_code(tx, &half, &counted).await,
            Code::Right => self.second_step_done(tx, &half, &counted, from).await,
            Code::Recovery { left } => {
                self.happened(&mut tx, &caller_of(&half.user), Happening::RecoveryCodeUsed).await?;
                let words = format!(
                    "Somebody signed in to your account with one of its recovery codes; {left} are left. If it was \
                     not you, change your password and renew your second factor at once."
                );
                tell(&mut tx, &half.user, "A recovery code was used", words, now).await?;
                self.second_step_done(tx, &half, &counted, from).await
            }
        }
    }

    /// Confirms the second factor that was set up in the second step: the session rises, with the
    /// recovery codes, shown once.
    ///
    /// # Errors
    /// As [`Self::enter_code`].
    pub async fn confirm_in_second_step(
        &self,
        token: &str,
        code: &str,
        from: &From,
    ) -> Result<(SignedIn, Vec<String>)> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let half = tx.half_session(token, now).await?.ok_or(Error::NotSignedIn)?;
        if tx.second_factor(half.user.id, true).await?.is_some() {
            return Err(Error::NotSignedIn);
        }
        let counted = Counted::of(&half.user.profile.mail, &from.source);
        counted.not_locked(&mut tx, now).await?;
        let factor = tx.hold_second_factor(half.user.id, false).await?.ok_or(Error::NotSignedIn)?;
        let Some(step) = super::second_factor::step_of(&factor, code, now) else {
            return self.wrong_code(tx, &half, &counted).await;
        };
        tx.confirm_second_factor(&factor, now, step).await?;
        let codes = fresh_codes(&mut tx, half.user.id).await?;
        self.happened(&mut tx, &caller_of(&half.user), Happening::SecondFactorConfirmed).await?;
        let words =
            "A second factor was set up for your account. If it was not you, tell your administrator.";
        tell(&mut tx, &half.user, "A second factor was set up", words.to_owned(), now).await?;
        let signed_in = self.second_step_done(tx, &half, &counted, from).await?;
        Ok((signed_in, codes))
    }

    async fn second_step_done(
        &self,
        mut tx: Tx,
        half: &HalfSession,
        counted: &Counted,
        from: &From,
    ) -> Result<SignedIn> {
        if !tx.delete_half_session(half.id).await? {
            return Err(Error::NotSignedIn);
        }
        counted.forget(&mut tx).await?;
        let signed_in = self.rise(&mut tx, &half.user, from).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn wrong_code<T>(&self, mut tx: Tx, half: &HalfSession, counted: &Counted) -> Result<T> {
        tx.count_half_failure(half.id, MOST_WRONG).await?;
        counted.count(&mut tx, self.clock.now()).await?;
        self.node_did(&mut tx, Some(half.user.organisation), Happening::SignInRefused).await?;
        tx.commit().await?;
        Err(Error::Refused(
            "the code is wrong, or was used already; wait for the next one and enter that".to_owned(),
        ))
    }
}
