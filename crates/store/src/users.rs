//! People with accounts. Name, address and password hash are sealed under the node's key; the
//! login is a blind token of the lower-cased address.

use std::collections::BTreeMap;

use model::{
    Caller, Country, Function, Instant, OrganisationId, OrganisationRole, RoleScope, Subject, UserId,
};
use policy::Scope;
use serde::{Deserialize, Serialize};
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, assembled, places, sql},
    store::{Tx, accounts, accounts_or},
};

/// What is known of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserProfile {
    /// How histories name the person.
    pub name: String,
    /// The address by which the person signs in.
    pub mail: String,
}

/// How far an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// Invited, without a password yet.
    Invited,
    /// May sign in.
    Active,
    /// May not sign in any more.
    Disabled,
}

impl UserState {
    const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Disabled];

    /// The state as the table and the command line write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    fn read(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| Error::Damaged(format!("user_account.state holds {text:?}")))
    }
}

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The identifier.
    pub id: UserId,
    /// Where the person works.
    pub organisation: OrganisationId,
    /// Name and address.
    pub profile: UserProfile,
    /// How far the account is.
    pub state: UserState,
    /// What the person does there.
    pub functions: Vec<Function>,
    /// When the account was made.
    pub created_at: Instant,
    /// When the person last signed in.
    pub last_signed_in_at: Option<Instant>,
}

/// An account as the sign-in looks at it.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The person.
    pub user: User,
    /// The PHC string of the password, when one was set.
    pub password_hash: Option<String>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("user", &self.user.id).finish_non_exhaustive()
    }
}

fn spot(id: UserId) -> Spot {
    Spot::document("user_account", id.uuid(), Holder::Node)
}

const SELECT: &str = "SELECT u.id, u.organisation, u.state, u.revision, u.created_at, u.document,
       u.last_signed_in_at, u.password, u.password_revision, k.key_id, k.wrapped
  FROM user_account u
  JOIN data_key k ON k.place_table = 'user_account' AND k.place_row = u.id
   AND k.place_column = 'document' AND k.revision = u.revision AND k.holder = $1";

impl Tx {
    /// Enters a person of the scope's organisation, without a password.
    ///
    /// # Errors
    /// [`Error::Taken`] when the address has an account already, [`Error::OutOfScope`] for
    /// another organisation.
    pub async fn insert_user(&mut self, scope: &Scope, user: &User) -> Result<()> {
        let login = self.login(&user.profile.mail)?;
        self.insert_user_as(scope, user, login).await
    }

    /// Enters a person under an address that has an account elsewhere on this node. It looks like
    /// every other invitation, so that who invites learns nothing, and nobody can sign in to it.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] for another organisation.
    pub async fn insert_shadow_user(&mut self, scope: &Scope, user: &User) -> Result<()> {
        let login = self.token("user_account.shadow", &user.id.to_string())?;
        self.insert_user_as(scope, user, login).await
    }

    async fn insert_user_as(&mut self, scope: &Scope, user: &User, login: [u8; 32]) -> Result<()> {
        if accounts(scope) != Some(user.organisation) {
            return Err(Error::OutOfScope("the accounts of this organisation"));
        }
        let document = self.seal(spot(user.id).at(1), &[Holder::Node], &user.profile).await?;
        self.run(
            sql("INSERT INTO user_account
                   (id, organisation, login, state, revision, created_at, document, password_revision)
                 VALUES ($1, $2, $3, $4, 1, $5, $6, 0)")
            .bind(user.id)
            .bind(user.organisation)
            .bind(login)
            .bind(user.state.name())
            .bind(user.created_at)
            .bind(document),
        )
        .await?;
        self.insert_functions(user.id, user.organisation, &user.functions).await
    }

    async fn insert_functions(
        &mut self,
        user: UserId,
        organisation: OrganisationId,
        functions: &[Function],
    ) -> Result<()> {
        if functions.is_empty() {
            return Ok(());
        }
        let text = format!(
            "INSERT INTO user_function (user_id, organisation, function) VALUES {} ON CONFLICT DO NOTHING",
            places(functions.len(), 3)
        );
        let statement = functions.iter().fold(assembled(text), |statement, function| {
            statement.bind(user).bind(organisation).bind(function.name())
        });
        self.run(statement).await.map(drop)
    }

    /// Gives a person of the scope's organisation exactly these functions.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn set_functions(&mut self, scope: &Scope, user: UserId, functions: &[Function]) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let known = sql("SELECT 1 AS one FROM user_account WHERE id = $1 AND organisation = $2")
            .bind(user)
            .bind(organisation);
        self.row(known).await?.ok_or(Error::OutOfScope("this account"))?;
        self.run(
            sql("DELETE FROM user_function WHERE user_id = $1 AND organisation = $2")
                .bind(user)
                .bind(organisation),
        )
        .await?;
        self.insert_functions(user, organisation, functions).await
    }

    /// Names a person of the scope's organisation anew; the address stays.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn rename_user(&mut self, scope: &Scope, user: &User, name: &str) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let row = self
            .row(
                sql("SELECT revision FROM user_account WHERE id = $1 AND organisation = $2")
                    .bind(user.id)
                    .bind(organisation),
            )
            .await?
            .ok_or(Error::OutOfScope("this account"))?;
        let revision = row.get::<i64>("revision")? + 1;
        let profile = UserProfile { name: name.to_owned(), mail: user.profile.mail.clone() };
        let document = self.reseal(spot(user.id).at(revision), &[Holder::Node], &profile).await?;
        let statement = sql("UPDATE user_account SET document = $1, revision = $2 WHERE id = $3");
        self.run_one(statement.bind(document).bind(revision).bind(user.id), "this account").await
    }

    /// Notes that a person has signed in.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn note_sign_in(&mut self, user: UserId, at: Instant) -> Result<()> {
        let statement = sql("UPDATE user_account SET last_signed_in_at = $1 WHERE id = $2");
        self.run(statement.bind(at).bind(user)).await.map(drop)
    }

    /// Sets how far an account of the scope's organisation is.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn set_user_state(&mut self, scope: &Scope, user: UserId, state: UserState) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let statement = sql("UPDATE user_account SET state = $1 WHERE id = $2 AND organisation = $3")
            .bind(state.name())
            .bind(user)
            .bind(organisation);
        self.run_one(statement, "this account").await
    }

    /// Sets the password of a person of the scope's organisation, as an Argon2id PHC string. An
    /// invited account becomes active; a disabled one stays disabled.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn set_password(&mut self, scope: &Scope, user: UserId, hash: &str) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let row = self
            .row(
                sql("SELECT password_revision FROM user_account WHERE id = $1 AND organisation = $2")
                    .bind(user)
                    .bind(organisation),
            )
            .await?
            .ok_or(Error::OutOfScope("this account"))?;
        let revision = row.get::<i64>("password_revision")? + 1;
        let password =
            self.reseal(spot(user).column("password").at(revision), &[Holder::Node], &hash).await?;
        let statement = sql("UPDATE user_account SET password = $1, password_revision = $2,
                               state = CASE WHEN state = 'invited' THEN 'active' ELSE state END
                             WHERE id = $3")
        .bind(password)
        .bind(revision)
        .bind(user);
        self.run_one(statement, "this account").await
    }

    /// One person of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the record does not open.
    pub async fn user(&mut self, scope: &Scope, id: UserId) -> Result<Option<User>> {
        let Some(organisation) = accounts(scope) else { return Ok(None) };
        let Some(mut user) = self.any_user(id).await?.filter(|user| user.organisation == organisation) else {
            return Ok(None);
        };
        user.functions = self.functions_of(&user).await?;
        Ok(Some(user))
    }

    /// The people of the scope's organisation, oldest account first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a record does not open.
    pub async fn users(&mut self, scope: &Scope) -> Result<Vec<User>> {
        let Some(organisation) = accounts(scope) else { return Ok(Vec::new()) };
        let mut functions = self.functions_in(organisation).await?;
        let text = format!("{SELECT} WHERE u.organisation = $2 ORDER BY u.id");
        let rows = self.rows(assembled(text).bind(holder_uuid(Holder::Node)).bind(organisation)).await?;
        let mut users = Vec::with_capacity(rows.len());
        for row in rows {
            let mut user = self.open_user(&row).await?;
            user.functions = functions.remove(&user.id).unwrap_or_default();
            users.push(user);
        }
        Ok(users)
    }

    /// The account behind an address, for the sign-in: nobody's scope, since nobody is signed in.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the record does not open.
    pub async fn account(&mut self, mail: &str) -> Result<Option<Account>> {
        let text = format!("{SELECT} WHERE u.login = $2");
        let login = self.login(mail)?;
        let row = self.row(assembled(text).bind(holder_uuid(Holder::Node)).bind(login)).await?;
        // Without an account the same statements run and find nothing: time tells as little as words.
        let nobody = UserId::from_uuid(uuid::Uuid::nil());
        let mut user = match &row {
            Some(row) => Some(self.open_user(row).await?),
            None => None,
        };
        let id = user.as_ref().map_or(nobody, |user| user.id);
        let functions = self.functions_in_own(id).await?;
        let revision = row.as_ref().map_or(Ok(0), |row| row.get("password_revision"))?;
        let password_hash = self.password(revision, id).await?;
        if let Some(user) = &mut user {
            user.functions = functions;
        }
        Ok(user.map(|user| Account { user, password_hash }))
    }

    /// The Argon2id PHC string of a person of the scope's organisation, to prove a change with.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn password_of(&mut self, scope: &Scope, user: UserId) -> Result<Option<String>> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let statement = sql("SELECT password_revision FROM user_account WHERE id = $1 AND organisation = $2");
        let Some(row) = self.row(statement.bind(user).bind(organisation)).await? else { return Ok(None) };
        self.password(row.get("password_revision")?, user).await
    }

    async fn password(&mut self, revision: i64, user: UserId) -> Result<Option<String>> {
        let row = self
            .row(
                sql("SELECT u.password, k.key_id, k.wrapped FROM user_account u
                     JOIN data_key k ON k.place_table = 'user_account' AND k.place_row = u.id
                      AND k.place_column = 'password' AND k.revision = u.password_revision AND k.holder = $1
                     WHERE u.id = $2")
                .bind(holder_uuid(Holder::Node))
                .bind(user),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(self.open(&row, spot(user).column("password").at(revision), Holder::Node).await?))
    }

    async fn open_user(&mut self, row: &Row) -> Result<User> {
        let id = row.id("id", UserId::from_uuid)?;
        Ok(User {
            id,
            organisation: row.id("organisation", OrganisationId::from_uuid)?,
            profile: self.open(row, spot(id).at(row.get("revision")?), Holder::Node).await?,
            state: UserState::read(&row.get::<String>("state")?)?,
            functions: Vec::new(),
            created_at: row.instant("created_at")?,
            last_signed_in_at: row.maybe_instant("last_signed_in_at")?,
        })
    }

    async fn functions_in(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<BTreeMap<UserId, Vec<Function>>> {
        let rows = self
            .rows(
                sql("SELECT user_id, function FROM user_function WHERE organisation = $1 ORDER BY user_id, function")
                    .bind(organisation),
            )
            .await?;
        let mut functions: BTreeMap<UserId, Vec<Function>> = BTreeMap::new();
        for row in rows {
            functions.entry(row.id("user_id", UserId::from_uuid)?).or_default().push(row.word("function")?);
        }
        Ok(functions)
    }

    pub(crate) async fn functions_of(&mut self, user: &User) -> Result<Vec<Function>> {
        self.functions_in_own(user.id).await
    }

    /// What a person does in the own organisation.
    async fn functions_in_own(&mut self, user: UserId) -> Result<Vec<Function>> {
        let rows = self
            .rows(
                sql("SELECT f.function FROM user_function f
                       JOIN user_account u ON u.id = f.user_id AND u.organisation = f.organisation
                      WHERE f.user_id = $1 ORDER BY f.function")
                .bind(user),
            )
            .await?;
        rows.iter().map(|row| row.word("function")).collect()
    }

    /// The caller behind a person of an organisation.
    pub(crate) async fn caller_of(&mut self, user: User) -> Result<Caller> {
        let functions = self.functions_of(&user).await?;
        Ok(Caller {
            subject: Subject::User(user.id),
            name: user.profile.name,
            organisation: user.organisation,
            roles: self.roles_of(user.organisation).await?,
            functions,
        })
    }

    /// The person with this identifier, for the sign-in.
    pub(crate) async fn any_user(&mut self, id: UserId) -> Result<Option<User>> {
        let text = format!("{SELECT} WHERE u.id = $2");
        match self.row(assembled(text).bind(holder_uuid(Holder::Node)).bind(id)).await? {
            Some(row) => Ok(Some(self.open_user(&row).await?)),
            None => Ok(None),
        }
    }

    /// The roles of an organisation.
    pub(crate) async fn roles_of(&mut self, organisation: OrganisationId) -> Result<Vec<OrganisationRole>> {
        let rows = self
            .rows(
                sql("SELECT role, regime, sector, country, entity_class, desk FROM organisation_role
                     WHERE organisation = $1 ORDER BY place")
                .bind(organisation),
            )
            .await?;
        rows.iter().map(role).collect()
    }

    /// The blind token of an address: lower case, without the blanks around it.
    pub(crate) fn login(&self, mail: &str) -> Result<[u8; 32]> {
        self.token("user_account.login", &mail.trim().to_lowercase())
    }
}

fn role(row: &Row) -> Result<OrganisationRole> {
    let country: Option<String> = row.get("country")?;
    let country = country
        .map(|text| text.parse::<Country>())
        .transpose()
        .map_err(|error| Error::Damaged(format!("organisation_role.country: {error}")))?;
    let scope = RoleScope {
        regime: row.get("regime")?,
        sector: row.get("sector")?,
        country,
        entity_class: row.get("entity_class")?,
        desk: row.get("desk")?,
    };
    Ok(OrganisationRole { role: row.word("role")?, scope })
}
