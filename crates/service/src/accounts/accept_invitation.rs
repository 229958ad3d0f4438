//! Set a password by a one-time link.

use model::{Happening, OrganisationId, UserId};
use policy::for_node;
use store::{Tx, User, UserState};

use crate::{
    Service,
    error::{Error, Result},
    password,
};

/// Whom an invitation invites.
pub struct InvitationView {
    /// The name.
    pub name: String,
    /// The mail address to sign in with.
    pub mail: String,
    /// The organisation's name.
    pub organisation: String,
}

impl Service {
    /// The invitation behind `token`, when it can still be used.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it never was, is used, or has ended: the three look the same.
    pub async fn invitation(&self, token: &str) -> Result<InvitationView> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let invitation = tx.invitation(token).await?.filter(|it| it.used_at.is_none() && it.expires_at > now);
        let invitation = invitation.ok_or(Error::NotFound("invitation"))?;
        let scope = for_node(invitation.organisation);
        let user = open_account(&mut tx, invitation.organisation, invitation.user).await?;
        let organisation =
            tx.organisation(&scope, invitation.organisation).await?.ok_or(Error::NotFound("invitation"))?;
        Ok(InvitationView {
            name: user.profile.name,
            mail: user.profile.mail,
            organisation: organisation.name,
        })
    }

    /// Sets the password and opens the account. The link is used up, and every session of the
    /// account ends.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the password is too weak; [`Error::NotFound`] as above.
    pub async fn accept_invitation(&self, token: &str, new_password: String) -> Result<()> {
        password::check(&new_password)?;
        self.invitation(token).await?;
        let hash = password::hash(new_password).await?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let invitation = tx.invitation(token).await?.ok_or(Error::NotFound("invitation"))?;
        if !tx.use_invitation(invitation.id, now).await? {
            return Err(Error::NotFound("invitation"));
        }
        let scope = for_node(invitation.organisation);
        open_account(&mut tx, invitation.organisation, invitation.user).await?;
        tx.set_password(&scope, invitation.user, &hash).await?;
        tx.delete_sessions_of(&scope, invitation.user, None).await?;
        self.node_did(&mut tx, Some(invitation.organisation), Happening::InvitationAccepted).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The person behind an invitation, who was not disabled meanwhile.
async fn open_account(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<User> {
    let scope = for_node(organisation);
    let user = tx.user(&scope, user).await?.filter(|user| user.state != UserState::Disabled);
    let active = tx.standing(&scope).await?.active;
    user.filter(|_| active).ok_or(Error::NotFound("invitation"))
}
