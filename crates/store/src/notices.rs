//! What people were told: a line in the page of each, sealed for the organisation of the person.

use model::{Function, Instant, NoticeId, NoticeKind, OrganisationId, UserId};
use policy::Scope;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    sealed::{Spot, holder_uuid},
    statement::{assembled, list, sql},
    store::{Tx, accounts, accounts_or},
    users::User,
};

/// The words of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeText {
    /// What it is about.
    pub kind: NoticeKind,
    /// One line.
    pub subject: String,
    /// What happened, what it means, what to do next.
    pub text: String,
    /// Where to do it: a path in our pages.
    pub link: String,
}

/// A notice to be given to one person.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    /// The identifier.
    pub id: NoticeId,
    /// Whose person it is.
    pub organisation: OrganisationId,
    /// Who is told.
    pub user: UserId,
    /// The same person is told once under the same key.
    pub key: &'a str,
    /// When.
    pub at: Instant,
    /// What.
    pub text: &'a NoticeText,
}

/// A notice as its person finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The identifier.
    pub id: NoticeId,
    /// When it was given.
    pub at: Instant,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// What it says.
    pub text: NoticeText,
}

fn spot(id: NoticeId, organisation: OrganisationId) -> Spot {
    Spot::document("notice", id.uuid(), organisation.into())
}

impl Tx {
    /// Gives a person a notice; false when the person was told under this key before.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when it cannot be sealed.
    pub async fn insert_notice(&mut self, notice: &NewNotice<'_>) -> Result<bool> {
        let place = spot(notice.id, notice.organisation);
        let sealed = self.seal_only(place, &[notice.organisation.into()], notice.text).await?;
        let key = self.token("notice.unique_key", notice.key)?;
        let given = self
            .run(
                sql("INSERT INTO notice (id, organisation, user_id, unique_key, at, document)
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, unique_key) DO NOTHING")
                .bind(notice.id)
                .bind(notice.organisation)
                .bind(notice.user)
                .bind(key)
                .bind(notice.at)
                .bind(sealed.bytes),
            )
            .await?;
        if given > 0 {
            self.keep_keys(&[(place, sealed.keys)]).await?;
        }
        Ok(given > 0)
    }

    /// The notices of a person of the scope's organisation, the latest first, from before `before`.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when one does not open.
    pub async fn notices(
        &mut self,
        scope: &Scope,
        user: UserId,
        before: Option<NoticeId>,
        most: u32,
    ) -> Result<Vec<Notice>> {
        let Some(organisation) = accounts(scope) else { return Ok(Vec::new()) };
        let older = before.map_or("", |_| "AND n.id < $5");
        let text = format!(
            "SELECT n.id, n.at, n.read_at, n.document, k.key_id, k.wrapped FROM notice n
               JOIN data_key k ON k.place_table = 'notice' AND k.place_row = n.id
                AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1
              WHERE n.user_id = $2 AND n.organisation = $3 {older} ORDER BY n.id DESC LIMIT $4"
        );
        let statement = assembled(text)
            .bind(holder_uuid(organisation.into()))
            .bind(user)
            .bind(organisation)
            .bind(i64::from(most))
            .bind_all(before);
        let rows = self.rows(statement).await?;
        let mut notices = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id("id", NoticeId::from_uuid)?;
            notices.push(Notice {
                id,
                at: row.instant("at")?,
                read_at: row.maybe_instant("read_at")?,
                text: self.open(&row, spot(id, organisation), organisation.into()).await?,
            });
        }
        Ok(notices)
    }

    /// How many notices a person of the scope's organisation has not read.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when they cannot be counted.
    pub async fn unread_notices(&mut self, scope: &Scope, user: UserId) -> Result<i64> {
        let Some(organisation) = accounts(scope) else { return Ok(0) };
        let row = self
            .row(
                sql("SELECT COUNT(*) AS unread FROM notice
                      WHERE user_id = $1 AND organisation = $2 AND read_at IS NULL")
                .bind(user)
                .bind(organisation),
            )
            .await?;
        row.map_or(Ok(0), |row| row.get("unread"))
    }

    /// Notes that a person of the scope's organisation has read `ids`, or everything when there are none;
    /// how many were unread before. What is not the person's is not touched.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope opens no accounts.
    pub async fn read_notices(
        &mut self,
        scope: &Scope,
        user: UserId,
        ids: &[NoticeId],
        at: Instant,
    ) -> Result<u64> {
        let organisation = accounts_or(scope, "the notices of this organisation")?;
        let which =
            if ids.is_empty() { String::new() } else { format!("AND id IN ({})", list(4, ids.len())) };
        let text = format!(
            "UPDATE notice SET read_at = $1 WHERE user_id = $2 AND organisation = $3 AND read_at IS NULL {which}"
        );
        self.run(assembled(text).bind(at).bind(user).bind(organisation).bind_all(ids.iter().copied())).await
    }

    /// Forgets what was read before `before`.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it cannot be written.
    pub async fn prune_notices(&mut self, before: Instant) -> Result<u64> {
        self.run(
            sql("DELETE FROM data_key WHERE place_table = 'notice' AND place_row IN
                   (SELECT id FROM notice WHERE read_at < $1)")
            .bind(before),
        )
        .await?;
        self.run(sql("DELETE FROM notice WHERE read_at < $1").bind(before)).await
    }

    /// The people of an organisation with one of these functions whose accounts are not disabled: whom
    /// the node tells something.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when they cannot be read.
    pub async fn people_with(
        &mut self,
        organisation: OrganisationId,
        functions: &[Function],
    ) -> Result<Vec<UserId>> {
        if functions.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "SELECT DISTINCT f.user_id FROM user_function f JOIN user_account u ON u.id = f.user_id
              WHERE f.organisation = $1 AND u.state <> 'disabled' AND f.function IN ({}) ORDER BY 1",
            list(2, functions.len())
        );
        let statement =
            assembled(text).bind(organisation).bind_all(functions.iter().map(|function| function.name()));
        let rows = self.rows(statement).await?;
        rows.iter().map(|row| row.id("user_id", UserId::from_uuid)).collect()
    }

    /// A person by identifier, of any organisation: for the node, which tells people something.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when the record does not open.
    pub async fn person(&mut self, id: UserId) -> Result<Option<User>> {
        self.any_user(id).await
    }
}
