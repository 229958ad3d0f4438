//! Who is behind a cookie.

use model::{Caller, Instant, SessionId};

use store::SignedIn;

use super::client::NOTED;
use crate::{
    Service,
    error::{Error, Result},
};

/// A living session.
pub struct Session {
    /// Which.
    pub id: SessionId,
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
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let signed_in = tx.signed_in(token, now).await?.ok_or(Error::NotSignedIn)?;
        drop(tx);
        if now.since(signed_in.last_seen_at) >= NOTED {
            self.note_session_use(&signed_in, now).await;
        }
        let SignedIn { session: id, caller, csrf_token, .. } = signed_in;
        Ok(Session { id, caller, csrf_token })
    }

    /// Notes that a session was used. A busy database loses the note, never the call.
    async fn note_session_use(&self, signed_in: &SignedIn, now: Instant) {
        let noted: Result<()> = async {
            let mut tx = self.store.write().await?;
            tx.touch_session(signed_in.session, now, signed_in.expires_at).await?;
            Ok(tx.commit().await?)
        }
        .await;
        if let Err(error) = noted {
            tracing::debug!(session = %signed_in.session, %error, "the last use of a session was not noted");
        }
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
