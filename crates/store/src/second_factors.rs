//! The second factor of a person: a sealed secret, the last time step that was used, the failures
//! since the last right code, and the recovery codes as keyed hashes.

use model::{Instant, KeyId, UserId};
use policy::Scope;
use uuid::Uuid;
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{assembled, places, sql},
    store::{Tx, accounts_or},
};

/// A second factor, being set up or confirmed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The row.
    pub id: KeyId,
    /// Whose.
    pub user: UserId,
    /// The secret that the authenticator holds, as base64 keeps it in the sealed document.
    pub secret: Vec<u8>,
    /// When it was set up.
    pub created_at: Instant,
    /// When a first code proved it; absent while it is being set up.
    pub confirmed_at: Option<Instant>,
    /// The last time step whose code was used.
    pub last_step: i64,
    /// Wrong codes since the last right one.
    pub failures: i64,
    /// Until when every code is refused.
    pub locked_until: Option<Instant>,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor").field("user", &self.user).finish_non_exhaustive()
    }
}

fn spot(id: Uuid) -> Spot {
    Spot::document("second_factor", id, Holder::Node)
}

impl Tx {
    /// Keeps a second factor that is being set up, in the place of an earlier unconfirmed one.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn begin_second_factor(&mut self, scope: &Scope, factor: &SecondFactor) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        self.drop_second_factors(factor.user, " AND confirmed_at IS NULL").await?;
        let document = self.seal(spot(factor.id.uuid()), &[Holder::Node], &factor.secret).await?;
        let statement = sql("INSERT INTO second_factor
               (id, user_id, created_at, last_step, failures, document)
             SELECT $1, u.id, $2, 0, 0, $3 FROM user_account u WHERE u.id = $4 AND u.organisation = $5")
        .bind(factor.id)
        .bind(factor.created_at)
        .bind(document)
        .bind(factor.user)
        .bind(organisation);
        self.run_one(statement, "this account").await
    }

    /// The confirmed second factor of a person, or with `confirmed` false the one being set up;
    /// held until this transaction ends, so that a code counts once.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the secret does not open.
    pub async fn hold_second_factor(
        &mut self,
        user: UserId,
        confirmed: bool,
    ) -> Result<Option<SecondFactor>> {
        // A write that changes nothing is a lock that both databases understand.
        self.run(sql("UPDATE second_factor SET failures = failures WHERE user_id = $1").bind(user)).await?;
        self.second_factor(user, confirmed).await
    }

    /// As [`Self::hold_second_factor`], only read.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the secret does not open.
    pub async fn second_factor(&mut self, user: UserId, confirmed: bool) -> Result<Option<SecondFactor>> {
        let row = self
            .row(
                sql("SELECT f.id, f.created_at, f.confirmed_at, f.last_step, f.failures, f.locked_until,
                            f.document, k.key_id, k.wrapped
                       FROM second_factor f
                       JOIN data_key k ON k.place_table = 'second_factor' AND k.place_row = f.id
                        AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
                      WHERE f.user_id = $2 AND (f.confirmed_at IS NOT NULL) = $3")
                .bind(holder_uuid(Holder::Node))
                .bind(user)
                .bind(confirmed),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id: Uuid = row.get("id")?;
        Ok(Some(SecondFactor {
            id: KeyId::from_uuid(id),
            user,
            secret: self.open(&row, spot(id), Holder::Node).await?,
            created_at: row.instant("created_at")?,
            confirmed_at: row.maybe_instant("confirmed_at")?,
            last_step: row.get("last_step")?,
            failures: row.get("failures")?,
            locked_until: row.maybe_instant("locked_until")?,
        }))
    }

    /// Takes the one being set up into use, with the step that proved it, instead of an earlier one.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when it is gone.
    pub async fn confirm_second_factor(
        &mut self,
        factor: &SecondFactor,
        at: Instant,
        step: i64,
    ) -> Result<()> {
        self.drop_second_factors(factor.user, " AND confirmed_at IS NOT NULL").await?;
        let statement = sql("UPDATE second_factor SET confirmed_at = $1, last_step = $2
                             WHERE id = $3 AND confirmed_at IS NULL");
        self.run_one(statement.bind(at).bind(step).bind(factor.id), "this second factor").await
    }

    /// Notes the step of a right code and forgets the failures; false when that step or a later
    /// one was used before.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn use_step(&mut self, factor: &SecondFactor, step: i64) -> Result<bool> {
        let statement = sql("UPDATE second_factor SET last_step = $1, failures = 0, locked_until = NULL
                             WHERE id = $2 AND last_step < $1");
        Ok(self.run(statement.bind(step).bind(factor.id)).await? > 0)
    }

    /// Counts a wrong code, and refuses every code until `until`.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn count_wrong_code(&mut self, factor: &SecondFactor, until: Instant) -> Result<()> {
        let statement =
            sql("UPDATE second_factor SET failures = failures + 1, locked_until = $1 WHERE id = $2");
        self.run(statement.bind(until).bind(factor.id)).await.map(drop)
    }

    /// Takes the second factor of a person of the scope's organisation away with its recovery
    /// codes; whether one was in use.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when there is no such person in the organisation.
    pub async fn remove_second_factor(&mut self, scope: &Scope, user: UserId) -> Result<bool> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let known = sql("SELECT 1 AS one FROM user_account WHERE id = $1 AND organisation = $2");
        self.row(known.bind(user).bind(organisation)).await?.ok_or(Error::OutOfScope("this account"))?;
        self.drop_second_factors(user, " AND confirmed_at IS NULL").await?;
        let removed = self.drop_second_factors(user, "").await?;
        self.run(sql("DELETE FROM recovery_code WHERE user_id = $1").bind(user)).await?;
        Ok(removed > 0)
    }

    async fn drop_second_factors(&mut self, user: UserId, which: &str) -> Result<u64> {
        let keys = format!(
            "DELETE FROM data_key WHERE place_table = 'second_factor' AND place_row IN
               (SELECT id FROM second_factor WHERE user_id = $1{which})"
        );
        self.run(assembled(keys).bind(user)).await?;
        let rows = format!("DELETE FROM second_factor WHERE user_id = $1{which}");
        self.run(assembled(rows).bind(user)).await
    }

    /// The people of the scope's organisation who have a confirmed second factor.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn users_with_second_factor(&mut self, scope: &Scope) -> Result<Vec<UserId>> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let rows = self
            .rows(
                sql("SELECT f.user_id FROM second_factor f JOIN user_account u ON u.id = f.user_id
                      WHERE u.organisation = $1 AND f.confirmed_at IS NOT NULL ORDER BY f.user_id")
                .bind(organisation),
            )
            .await?;
        rows.iter().map(|row| row.id("user_id", UserId::from_uuid)).collect()
    }

    /// Gives a person these recovery codes and no others; only their keyed hashes are kept.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be written.
    pub async fn set_recovery_codes(&mut self, user: UserId, codes: &[String]) -> Result<()> {
        self.run(sql("DELETE FROM recovery_code WHERE user_id = $1").bind(user)).await?;
        if codes.is_empty() {
            return Ok(());
        }
        let text = format!("INSERT INTO recovery_code (user_id, code) VALUES {}", places(codes.len(), 2));
        let mut statement = assembled(text);
        for code in codes {
            statement = statement.bind(user).bind(self.recovery_token(user, code)?);
        }
        self.run(statement).await.map(drop)
    }

    /// Uses a recovery code up; false when it is none, or was used before.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn use_recovery_code(&mut self, user: UserId, code: &str, at: Instant) -> Result<bool> {
        let token = self.recovery_token(user, code)?;
        let statement = sql("UPDATE recovery_code SET used_at = $1
                             WHERE user_id = $2 AND code = $3 AND used_at IS NULL");
        Ok(self.run(statement.bind(at).bind(user).bind(token)).await? > 0)
    }

    /// How many recovery codes of a person are left.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be counted.
    pub async fn recovery_codes_left(&mut self, user: UserId) -> Result<i64> {
        let statement =
            sql("SELECT COUNT(*) AS left_over FROM recovery_code WHERE user_id = $1 AND used_at IS NULL");
        self.row(statement.bind(user)).await?.map_or(Ok(0), |row| row.get("left_over"))
    }

    fn recovery_token(&self, user: UserId, code: &str) -> Result<[u8; 32]> {
        self.token("recovery_code.code", &format!("{user} {code}"))
    }
}
