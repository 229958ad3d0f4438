//! What the command line does for a person by mail address.

use model::{Function, Happening};
use policy::for_node;
use store::UserState;

use super::people::enable;
use crate::{
    Service,
    accounts::sign_in::normal_mail,
    error::{Error, Result},
};

impl Service {
    /// Disables the account of `mail`: sessions, links and the machine clients it made end.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the address has no account.
    pub async fn disable_account(&self, mail: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        let user = tx.account(&normal_mail(mail)).await?.ok_or(Error::NotFound("account"))?.user;
        let scope = for_node(user.organisation);
        self.disable(&mut tx, &scope, &user).await?;
        self.node_did(&mut tx, Some(user.organisation), Happening::UserDisabled { user: user.id }).await?;
        Ok(tx.commit().await?)
    }

    /// Enables the account of `mail` again; whether it may sign in now, or waits for an invitation.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the address has no account.
    pub async fn enable_account(&self, mail: &str) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let user = tx.account(&normal_mail(mail)).await?.ok_or(Error::NotFound("account"))?.user;
        let state = enable(&mut tx, &for_node(user.organisation), &user).await?;
        self.node_did(&mut tx, Some(user.organisation), Happening::UserEnabled { user: user.id }).await?;
        tx.commit().await?;
        Ok(state == UserState::Active)
    }

    /// Takes the second factor of the account of `mail` away.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the address has no account; [`Error::Refused`] when it has none.
    pub async fn reset_second_factor_of(&self, mail: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        let user = tx.account(&normal_mail(mail)).await?.ok_or(Error::NotFound("account"))?.user;
        self.take_second_factor(&mut tx, &for_node(user.organisation), &user).await?;
        let happening = Happening::SecondFactorReset { user: user.id };
        self.node_did(&mut tx, Some(user.organisation), happening).await?;
        Ok(tx.commit().await?)
    }

    /// Gives the account of `mail` exactly these functions, also the one that keeps the node.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the address has no account; [`Error::Invalid`] for none.
    pub async fn give_functions(&self, mail: &str, functions: &[Function]) -> Result<()> {
        if functions.is_empty() {
            return Err(Error::invalid("functions", "count", "a person has at least one function"));
        }
        let mut tx = self.store.write().await?;
        let user = tx.account(&normal_mail(mail)).await?.ok_or(Error::NotFound("account"))?.user;
        tx.set_functions(&for_node(user.organisation), user.id, functions).await?;
        self.node_did(&mut tx, Some(user.organisation), Happening::UserChanged { user: user.id }).await?;
        Ok(tx.commit().await?)
    }
}
