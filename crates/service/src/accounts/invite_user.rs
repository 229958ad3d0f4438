//! Invite a person by a one-time link.

use std::time::Duration;

use model::{Function, Happening, Instant, InvitationId, OrganisationId, UserId};
use policy::{Scope, for_node};
use store::{NewInvitation, Tx, User, UserProfile, UserState};

use super::sign_in::normal_mail;
use crate::{
    Service, chance,
    error::{Error, Result},
};

/// How long an invitation is good for.
pub(crate) const INVITATION: Duration = Duration::from_secs(7 * 24 * 3600);

/// A person to be invited.
pub struct NewUser {
    /// For which organisation.
    pub organisation: OrganisationId,
    /// The name, 1 to 200 characters.
    pub name: String,
    /// The mail address, which is also the sign-in name.
    pub mail: String,
    /// What the person will do there; at least one.
    pub functions: Vec<Function>,
}

/// An invitation, to be handed over once.
pub struct Invitation {
    /// The account.
    pub user: UserId,
    /// The secret of the link `/invitation/{token}`.
    pub token: String,
    /// Until when.
    pub expires_at: Instant,
}

/// A person in a list.
pub struct UserSummary {
    /// The account.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// The functions.
    pub functions: Vec<Function>,
    /// How far the account is.
    pub state: UserState,
    /// When the person last signed in.
    pub last_signed_in_at: Option<Instant>,
}

impl Service {
    /// Makes an account without a password, and the one-time link that sets it.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field; [`Error::Refused`] when the address is taken;
    /// [`Error::NotFound`] for the organisation.
    pub async fn invite_user(&self, new: NewUser) -> Result<Invitation> {
        let mail = normal_mail(&new.mail);
        check(&new, &mail)?;
        let now = self.clock.now();
        let user = UserId::new(now, chance::for_id());
        let invitation = Invitation { user, token: chance::secret(), expires_at: now.plus(INVITATION) };
        let mut tx = self.store.write().await?;
        let scope = for_node(new.organisation);
        tx.organisation(&scope, new.organisation).await?.ok_or(Error::NotFound("organisation"))?;
        if tx.account(&mail).await?.is_some() {
            return Err(Error::Refused(format!("the mail address {mail} already has an account")));
        }
        let profile = UserProfile { name: new.name.trim().to_owned(), mail };
        let invited = User {
            id: user,
            organisation: new.organisation,
            profile,
            state: UserState::Invited,
            functions: new.functions,
            created_at: now,
            last_signed_in_at: None,
        };
        tx.insert_user(&scope, &invited).await?;
        insert_link(&mut tx, &scope, &invitation, now).await?;
        self.node_did(&mut tx, Some(new.organisation), Happening::UserInvited).await?;
        tx.commit().await?;
        Ok(invitation)
    }

    /// A fresh one-time link for somebody who lost the password, or the first link.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the address has no account.
    pub async fn renew_invitation(&self, mail: &str) -> Result<Invitation> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let account = tx.account(&normal_mail(mail)).await?.ok_or(Error::NotFound("account"))?;
        if account.user.state == UserState::Disabled {
            return Err(Error::Refused(format!(
                "the account of {} is disabled; enable it first",
                account.user.profile.mail
            )));
        }
        let scope = for_node(account.user.organisation);
        let invitation =
            Invitation { user: account.user.id, token: chance::secret(), expires_at: now.plus(INVITATION) };
        insert_link(&mut tx, &scope, &invitation, now).await?;
        self.node_did(&mut tx, Some(account.user.organisation), Happening::UserInvited).await?;
        tx.commit().await?;
        Ok(invitation)
    }

    /// The people of an organisation.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn users(&self, organisation: OrganisationId) -> Result<Vec<UserSummary>> {
        let mut tx = self.store.read().await?;
        let users = tx.users(&for_node(organisation)).await?;
        Ok(users
            .into_iter()
            .map(|user| UserSummary {
                state: user.state,
                last_signed_in_at: user.last_signed_in_at,
                id: user.id,
                name: user.profile.name,
                mail: user.profile.mail,
                functions: user.functions,
            })
            .collect())
    }
}

pub(crate) async fn insert_link(
    tx: &mut Tx,
    scope: &Scope,
    invitation: &Invitation,
    now: Instant,
) -> Result<()> {
    let link = NewInvitation {
        id: InvitationId::new(now, chance::for_id()),
        token: &invitation.token,
        user: invitation.user,
        created_at: now,
        expires_at: invitation.expires_at,
    };
    Ok(tx.insert_invitation(scope, &link).await?)
}

pub(crate) fn check(new: &NewUser, mail: &str) -> Result<()> {
    if !(1..=200).contains(&new.name.trim().chars().count()) {
        return Err(Error::invalid("name", "length", "a name has 1 to 200 characters"));
    }
    let (account, domain) = mail.split_once('@').unwrap_or_default();
    if account.is_empty()
        || !domain.contains('.')
        || mail.len() > 254
        || mail.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return Err(Error::invalid(
            "mail",
            "form",
            format!("a mail address has the form name@example.eu, got {mail:?}"),
        ));
    }
    if new.functions.is_empty() {
        return Err(Error::invalid("functions", "count", "a person has at least one function"));
    }
    Ok(())
}
