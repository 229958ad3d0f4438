//! Who is behind a cookie.

use model::Caller;

use crate::{
    Service,
    error::{Error, Result},
};

/// A living session.
pub struct Session {
    /// Who calls.
    pub caller: Caller,
    /// The token that every change must carry.
    pub csrf_token: String,
}

impl Service {
    /// The session behind the cookie's `token`.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when it was never made, has ended or was signed out.
    pub async fn session(&self, token: &str) -> Result<Session> {
        let mut tx = self.store.read().await?;
        let signed_in = tx.signed_in(token, self.clock.now()).await?.ok_or(Error::NotSignedIn)?;
        Ok(Session { caller: signed_in.caller, csrf_token: signed_in.csrf_token })
    }

    /// Ends the session; a copy of the cookie is worth nothing from now on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        if let Some(signed_in) = tx.signed_in(token, self.clock.now()).await? {
            tx.delete_session(signed_in.session).await?;
            self.happened(&mut tx, &signed_in.caller, model::Happening::SignedOut).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
