//! The people of an organisation: invite, change, disable, help.
//!
//! An administrator cannot raise the own functions, cannot give the function that keeps the node,
//! cannot touch who has it, and cannot take the last administrator away.

use std::time::Duration;

use model::{Caller, Function, Happening, Instant, Subject, UserId};
use policy::{Action, Scope, permit};
use store::{Tx, User, UserProfile, UserState};

use crate::{
    Service,
    accounts::{
        NewUser,
        invite_user::{self, INVITATION, insert_link},
        second_factor::tell,
        sign_in::normal_mail,
    },
    allowance::{self, Allowance},
    chance,
    error::{Error, Result},
    notices::{self, Address},
    view::{ChangePerson, InvitePerson, People, Person, PersonState},
};

/// Invitations of one organisation within an hour.
const PER_ORGANISATION: Allowance = Allowance { most: 60, within: Duration::from_secs(3600) };
/// Invitations to one address within a day, from whatever organisation: nobody's mailbox is a target.
const PER_ADDRESS: Allowance = Allowance { most: 5, within: Duration::from_secs(24 * 3600) };

/// The functions that an administrator can give.
const GRANTABLE: [Function; 5] =
    [Function::Administrator, Function::Reporter, Function::Officer, Function::Auditor, Function::Approver];

impl Service {
    /// The people of the caller's organisation.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn people(&self, caller: &Caller) -> Result<People> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        let mut tx = self.store.read().await?;
        let users = tx.users(&scope).await?;
        let with_factor = tx.users_with_second_factor(&scope).await?;
        let people = users.into_iter().map(|user| person(caller, with_factor.contains(&user.id), user));
        Ok(People { people: people.collect(), functions: GRANTABLE.to_vec() })
    }

    /// Makes an account without a password and mails its one-time link. An address that has an
    /// account elsewhere on the node is answered the same: its owner is told instead.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field; [`Error::Refused`] when the organisation has the
    /// address already; [`Error::Throttled`].
    pub async fn invite_person(&self, caller: &Caller, new: InvitePerson) -> Result<Person> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        check_grant(&new.functions)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let new = NewUser {
            organisation: caller.organisation,
            name: new.name,
            mail: new.mail,
            functions: new.functions,
        };
        let user = invite(&mut tx, &scope, new, now).await?;
        self.happened(&mut tx, caller, Happening::UserInvited).await?;
        tx.commit().await?;
        Ok(person(caller, false, user))
    }

    /// Mails a fresh one-time link to somebody who has not set a password yet.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Refused`] when the account is open or disabled.
    pub async fn invite_again(&self, caller: &Caller, id: UserId) -> Result<Person> {
        let (mut tx, scope, user) = self.hold_person(caller, id).await?;
        let now = self.clock.now();
        if user.state != UserState::Invited {
            return Err(Error::Refused(format!(
                "{} needs no invitation; who lost the password asks for a new one on the sign-in page",
                user.profile.name
            )));
        }
        send_link(&mut tx, &scope, &user, now).await?;
        self.happened(&mut tx, caller, Happening::UserInvited).await?;
        tx.commit().await?;
        Ok(person(caller, false, user))
    }

    /// Changes the name and the functions of a person.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`]; [`Error::Refused`] for more functions of one's
    /// own, for who keeps the node, and for the last administrator.
    pub async fn change_person(&self, caller: &Caller, id: UserId, change: ChangePerson) -> Result<Person> {
        let (mut tx, scope, mut user) = self.hold_person(caller, id).await?;
        if let Some(name) = &change.name {
            let name = name.trim();
            if !(1..=200).contains(&name.chars().count()) || regime::hidden_character(name).is_some() {
                return Err(Error::invalid("name", "length", "a name has 1 to 200 characters"));
            }
            tx.rename_user(&scope, &user, name).await?;
            name.clone_into(&mut user.profile.name);
        }
        if let Some(mut functions) = change.functions {
            functions.sort_unstable();
            functions.dedup();
            // Who keeps the node goes on doing so: that is given and taken on the command line only.
            let given: Vec<Function> =
                functions.iter().copied().filter(|function| !user.functions.contains(function)).collect();
            check_grant(&given)?;
            if functions.is_empty() {
                return Err(Error::invalid("functions", "count", "a person has at least one function"));
            }
            if is_caller(caller, id) && !given.is_empty() {
                return Err(Error::Refused(
                    "nobody gives functions to oneself; another administrator can".to_owned(),
                ));
            }
            if user.functions.contains(&Function::Operator) && !functions.contains(&Function::Operator) {
                functions.push(Function::Operator);
            }
            if !functions.contains(&Function::Administrator) {
                not_the_last(&mut tx, &scope, &user).await?;
            }
            tx.set_functions(&scope, id, &functions).await?;
            user.functions = functions;
        }
        self.happened(&mut tx, caller, Happening::UserChanged { user: id }).await?;
        let with_factor = tx.second_factor(id, true).await?.is_some();
        tx.commit().await?;
        Ok(person(caller, with_factor, user))
    }

    /// Ends an account: its sessions, its links and the machine clients that the person made end
    /// at once.
    ///
    /// # Errors
    /// As [`Self::change_person`]; nobody disables the own account.
    pub async fn disable_person(&self, caller: &Caller, id: UserId) -> Result<Person> {
        if is_caller(caller, id) {
            return Err(Error::Refused(
                "nobody disables the own account; another administrator can".to_owned(),
            ));
        }
        let (mut tx, scope, mut user) = self.hold_person(caller, id).await?;
        not_the_last(&mut tx, &scope, &user).await?;
        self.disable(&mut tx, &scope, &user).await?;
        self.happened(&mut tx, caller, Happening::UserDisabled { user: id }).await?;
        let with_factor = tx.second_factor(id, true).await?.is_some();
        tx.commit().await?;
        user.state = UserState::Disabled;
        Ok(person(caller, with_factor, user))
    }

    pub(super) async fn disable(&self, tx: &mut Tx, scope: &Scope, user: &User) -> Result<()> {
        let now = self.clock.now();
        tx.set_user_state(scope, user.id, UserState::Disabled).await?;
        tx.delete_sessions_of(scope, user.id, None).await?;
        tx.end_resets(user.id, now).await?;
        for client in tx.clients(scope).await? {
            if client.made_by == Some(user.id) && client.revoked_at.is_none() {
                tx.revoke_client(scope, client.id, now).await?;
            }
        }
        Ok(())
    }

    /// Opens a disabled account again. Links and machine clients that ended stay ended.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn enable_person(&self, caller: &Caller, id: UserId) -> Result<Person> {
        let (mut tx, scope, mut user) = self.hold_person(caller, id).await?;
        user.state = enable(&mut tx, &scope, &user).await?;
        self.happened(&mut tx, caller, Happening::UserEnabled { user: id }).await?;
        let with_factor = tx.second_factor(id, true).await?.is_some();
        tx.commit().await?;
        Ok(person(caller, with_factor, user))
    }

    /// Takes the second factor from somebody who lost it; the person is told, and signed out.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Refused`] when none is in use, and for one's own.
    pub async fn reset_second_factor(&self, caller: &Caller, id: UserId) -> Result<Person> {
        if is_caller(caller, id) {
            return Err(Error::Refused(
                "the own second factor is removed on the page of the own account, with password and code"
                    .to_owned(),
            ));
        }
        let (mut tx, scope, user) = self.hold_person(caller, id).await?;
        self.take_second_factor(&mut tx, &scope, &user).await?;
        self.happened(&mut tx, caller, Happening::SecondFactorReset { user: id }).await?;
        tx.commit().await?;
        Ok(person(caller, false, user))
    }

    pub(super) async fn take_second_factor(&self, tx: &mut Tx, scope: &Scope, user: &User) -> Result<()> {
        if !tx.remove_second_factor(scope, user.id).await? {
            return Err(Error::Refused(format!("{} has no second factor", user.profile.name)));
        }
        tx.delete_sessions_of(scope, user.id, None).await?;
        let words = "Your second factor was reset by an administrator. If you did not ask for it, tell somebody you trust \
                     there at once.";
        tell(tx, user, "Your second factor was reset", words.to_owned(), self.clock.now()).await
    }

    /// A person of the caller's organisation whom the caller may change, with the organisation
    /// held: two administrators who act at once act one after the other.
    async fn hold_person(&self, caller: &Caller, id: UserId) -> Result<(Tx, Scope, User)> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        let mut tx = self.store.write().await?;
        tx.hold_organisation(&scope).await?;
        let user = tx.user(&scope, id).await?.ok_or(Error::NotFound("person"))?;
        if !may_change(caller, &user) {
            return Err(Error::Refused(format!(
                "{} keeps this node; such an account is changed on its command line only",
                user.profile.name
            )));
        }
        Ok((tx, scope, user))
    }
}

/// Enters an invited person and mails the link, within the allowances.
pub(crate) async fn invite(tx: &mut Tx, scope: &Scope, new: NewUser, now: Instant) -> Result<User> {
    let mail = normal_mail(&new.mail);
    invite_user::check(&new, &mail)?;
    let organisation = new.organisation;
    allowance::insist(tx, &format!("invitations of {organisation}"), PER_ORGANISATION, now).await?;
    let user = User {
        id: UserId::new(now, chance::for_id()),
        organisation,
        profile: UserProfile { name: new.name.trim().to_owned(), mail },
        state: UserState::Invited,
        functions: new.functions,
        created_at: now,
        last_signed_in_at: None,
    };
    let known = tx.users(scope).await?.iter().any(|other| other.profile.mail == user.profile.mail);
    if known {
        let words = format!("{} has an account in this organisation already", user.profile.mail);
        return Err(Error::Refused(words));
    }
    match tx.account(&user.profile.mail).await? {
        Some(_elsewhere) => tx.insert_shadow_user(scope, &user).await?,
        None => tx.insert_user(scope, &user).await?,
    }
    send_link(tx, scope, &user, now).await?;
    Ok(user)
}

/// Mails a one-time link; to the owner of an account elsewhere, what stands in the way.
async fn send_link(tx: &mut Tx, scope: &Scope, user: &User, now: Instant) -> Result<()> {
    let mail = &user.profile.mail;
    let token = chance::secret();
    let invitation =
        crate::accounts::Invitation { user: user.id, token: token.clone(), expires_at: now.plus(INVITATION) };
    insert_link(tx, scope, &invitation, now).await?;
    if !allowance::allows(tx, &format!("invitations to {mail}"), PER_ADDRESS, now).await? {
        return Ok(());
    }
    let organisation =
        tx.organisation(scope, user.organisation).await?.map_or_else(String::new, |one| one.name);
    let own = tx.account(mail).await?.is_some_and(|account| account.user.id == user.id);
    let text = if own {
        format!(
            "{organisation} invites you to Beffroi, where it reports incidents. Choose your password within seven days, \
             once:\n\n{{address}}/invitation/{token}"
        )
    } else {
        format!(
            "{organisation} invites you to Beffroi, but this address has an account there already, for another \
             organisation. Tell {organisation} another address of yours, or let the other organisation give up the account."
        )
    };
    let to = Address { name: user.profile.name.clone(), mail: mail.clone() };
    notices::post(tx, &to, (&format!("Invitation by {organisation}"), &text), &chance::secret(), now).await
}

/// Opens a disabled account: with a password it is active, without one it waits for a link.
pub(super) async fn enable(tx: &mut Tx, scope: &Scope, user: &User) -> Result<UserState> {
    if user.state != UserState::Disabled {
        return Ok(user.state);
    }
    let state = match tx.password_of(scope, user.id).await? {
        Some(_hash) => UserState::Active,
        None => UserState::Invited,
    };
    tx.set_user_state(scope, user.id, state).await?;
    Ok(state)
}

/// Refuses when nobody could keep the organisation without `user`.
async fn not_the_last(tx: &mut Tx, scope: &Scope, user: &User) -> Result<()> {
    let keeps =
        |user: &User| user.state == UserState::Active && user.functions.contains(&Function::Administrator);
    if !keeps(user) || tx.users(scope).await?.iter().any(|other| other.id != user.id && keeps(other)) {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "{} is the last administrator of the organisation; make another one first",
        user.profile.name
    )))
}

fn check_grant(functions: &[Function]) -> Result<()> {
    match functions.iter().find(|function| !GRANTABLE.contains(function)) {
        Some(function) => {
            let words =
                format!("the function {} is given on the command line of the node only", function.name());
            Err(Error::invalid("functions", "not_to_give", words))
        }
        None => Ok(()),
    }
}

fn is_caller(caller: &Caller, id: UserId) -> bool {
    caller.subject == Subject::User(id)
}

/// Who keeps the node is above who keeps one organisation of it.
fn may_change(caller: &Caller, user: &User) -> bool {
    !user.functions.contains(&Function::Operator) || is_caller(caller, user.id)
}

fn person(caller: &Caller, second_factor: bool, user: User) -> Person {
    Person {
        yourself: is_caller(caller, user.id),
        changeable: may_change(caller, &user),
        id: user.id,
        name: user.profile.name,
        mail: user.profile.mail,
        functions: user.functions,
        state: match user.state {
            UserState::Invited => PersonState::Invited,
            UserState::Active => PersonState::Active,
            UserState::Disabled => PersonState::Disabled,
        },
        second_factor,
        created_at: user.created_at,
        last_signed_in_at: user.last_signed_in_at,
    }
}
