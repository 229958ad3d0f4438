//! A new password by a link in a mail, for who lost the old one.
//!
//! Whoever asks is answered the same, after the same statements, whether or not the address has an
//! account: the account is looked up only when the mail leaves.

use std::time::Duration;

use model::{Happening, Instant, KeyId};
use policy::for_node;
use store::{NewReset, Tx, UserState};

use super::{
    second_factor::tell,
    sign_in::{caller_of, normal_mail},
};
use crate::{
    Service,
    allowance::{self, Allowance},
    audit, chance,
    error::{Error, Result},
    notices, password,
};

/// How long a link is good for.
const LINK: Duration = Duration::from_secs(30 * 60);
/// Mails to one address within an hour; who asks for more gets the same answer and no mail.
const PER_ADDRESS: Allowance = Allowance { most: 3, within: Duration::from_secs(3600) };
/// Questions from one source within an hour.
const PER_SOURCE: Allowance = Allowance { most: 20, within: Duration::from_secs(3600) };

/// A mail that is about to leave.
pub(crate) struct ResetMail {
    /// Whose account.
    pub name: String,
    /// The address.
    pub mail: String,
    /// One line.
    pub subject: String,
    /// The words with the link.
    pub text: String,
}

impl Service {
    /// Asks for a link to a new password.
    ///
    /// # Errors
    /// [`Error::Throttled`] when the source asks too often; nothing else tells anything.
    pub async fn ask_reset(&self, mail: &str, source: &str) -> Result<()> {
        let now = self.clock.now();
        let mail: String = normal_mail(mail).chars().take(254).collect();
        let mut tx = self.store.write().await?;
        allowance::insist(&mut tx, &format!("reset from {source}"), PER_SOURCE, now).await?;
        if allowance::allows(&mut tx, &format!("reset to {mail}"), PER_ADDRESS, now).await? {
            notices::post_reset(&mut tx, &mail, now).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Whether a link is still good.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it never was, is used, or has ended: the three look the same.
    pub async fn reset(&self, token: &str) -> Result<()> {
        let mut tx = self.store.read().await?;
        tx.reset(token, self.clock.now()).await?.map(drop).ok_or(Error::NotFound("link"))
    }

    /// Sets the password. Every session and every other link of the account ends; the second
    /// factor stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the password is too weak; [`Error::NotFound`] as above.
    pub async fn reset_password(&self, token: &str, new_password: String) -> Result<()> {
        password::check(&new_password)?;
        self.reset(token).await?;
        let hash = password::hash(new_password).await?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let reset = tx.reset(token, now).await?.ok_or(Error::NotFound("link"))?;
        if !tx.use_reset(&reset, now).await? {
            return Err(Error::NotFound("link"));
        }
        let scope = for_node(reset.organisation);
        let user = tx.user(&scope, reset.user).await?.ok_or(Error::NotFound("link"))?;
        tx.set_password(&scope, user.id, &hash).await?;
        tx.delete_sessions_of(&scope, user.id, None).await?;
        self.happened(&mut tx, &caller_of(&user), Happening::PasswordReset).await?;
        let words = "A new password was set for your account by a link that was mailed to you. If it was not you, tell \
                     your administrator at once.";
        tell(&mut tx, &user, "A new password was set", words.to_owned(), now).await?;
        Ok(tx.commit().await?)
    }
}

/// The mail for an address that asked, with a fresh link that ends the links before; none when no
/// active account has it.
pub(crate) async fn mail_for(tx: &mut Tx, mail: &str, now: Instant) -> Result<Option<ResetMail>> {
    let Some(account) = tx.account(mail).await?.filter(|it| it.user.state == UserState::Active) else {
        return Ok(None);
    };
    let user = account.user;
    let scope = for_node(user.organisation);
    if !tx.standing(&scope).await?.active {
        return Ok(None);
    }
    tx.end_resets(user.id, now).await?;
    let token = chance::secret();
    let reset = NewReset {
        id: KeyId::new(now, chance::for_id()),
        token: &token,
        user: user.id,
        created_at: now,
        expires_at: now.plus(LINK),
    };
    tx.insert_reset(&scope, &reset).await?;
    audit::node_event(tx, Some(user.organisation), Happening::PasswordResetSent { user: user.id }, now)
        .await?;
    Ok(Some(ResetMail {
        name: user.profile.name,
        mail: user.profile.mail,
        subject: "A new password".to_owned(),
        text: format!(
            "Somebody, probably you, asked for a new password for this address. Within 30 minutes you can choose one \
             here, once:\n\n{{address}}/reset/{token}\n\nIf it was not you, do nothing: nothing has changed."
        ),
    }))
}
