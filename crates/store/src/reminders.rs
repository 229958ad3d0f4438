//! How far the reminders of each duty have come, the ladder of each organisation, and the calendar feeds.

use model::{Caller, DutyKey, FilingId, IncidentId, Instant, OrganisationId, UserId};
use policy::{Scope, ScopeKind};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::Result,
    sealed::{Spot, holder_uuid},
    statement::{Row, sql},
    store::{Tx, accounts, accounts_or},
    users::UserState,
};

/// An open duty with a running clock, and how far its reminders have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockedDuty {
    /// Whose.
    pub organisation: OrganisationId,
    /// Of which incident.
    pub incident: IncidentId,
    /// Which.
    pub duty: DutyKey,
    /// When it is due.
    pub due_at: Instant,
    /// The last step that was told for this due instant, in minutes after it.
    pub told: Option<i64>,
}

/// A person's calendar feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFeed {
    /// Whose.
    pub user: UserId,
    /// Whether it names incidents by their titles.
    pub titles: bool,
    /// When it was made.
    pub created_at: Instant,
}

fn plan_spot(organisation: OrganisationId, revision: i64) -> Spot {
    Spot::document("reminder_plan", organisation.uuid(), organisation.into()).at(revision)
}

impl Tx {
    /// The open duties of every organisation that are due between `from` and `until`, after `after` in
    /// that order: for the node's clock, which reminds of each within its own organisation.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when they cannot be read.
    pub async fn clocked_duties(
        &mut self,
        (from, until): (Instant, Instant),
        after: Option<&ClockedDuty>,
        most: u32,
    ) -> Result<Vec<ClockedDuty>> {
        let (due, organisation, incident, key) = after.map_or_else(
            || (from.micros().saturating_sub(1), uuid::Uuid::nil(), uuid::Uuid::nil(), String::new()),
            |last| {
                (
                    last.due_at.micros(),
                    last.organisation.uuid(),
                    last.incident.uuid(),
                    format!("{}.{}.{}", last.duty.pack, last.duty.track, last.duty.stage),
                )
            },
        );
        let rows = self
            .rows(
                sql("SELECT d.organisation, d.incident, d.pack, d.track, d.stage, d.due_at, r.step
                       FROM duty_index d LEFT JOIN reminder r
                         ON r.organisation = d.organisation AND r.incident = d.incident AND r.pack = d.pack
                        AND r.track = d.track AND r.stage = d.stage AND r.due_at = d.due_at
                      WHERE d.open = TRUE AND d.due_order >= $1 AND d.due_order <= $2
                        AND (d.due_order, d.organisation, d.incident, d.pack || '.' || d.track || '.' || d.stage)
                            > ($1, $3, $4, $5)
                      ORDER BY d.due_order, d.organisation, d.incident, d.pack || '.' || d.track || '.' || d.stage
                      LIMIT $6")
                .bind(due)
                .bind(until)
                .bind(organisation)
                .bind(incident)
                .bind(key)
                .bind(i64::from(most)),
            )
            .await?;
        rows.iter().map(clocked).collect()
    }

    /// How far the reminders of one duty have come for this due instant, once its incident is held.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it cannot be read.
    pub async fn reminded(&mut self, duty: &ClockedDuty) -> Result<Option<i64>> {
        let row = self
            .row(
                sql("SELECT step FROM reminder WHERE organisation = $1 AND incident = $2 AND pack = $3
                        AND track = $4 AND stage = $5 AND due_at = $6")
                .bind(duty.organisation)
                .bind(duty.incident)
                .bind(duty.duty.pack.as_str())
                .bind(duty.duty.track.as_str())
                .bind(duty.duty.stage.as_str())
                .bind(duty.due_at),
            )
            .await?;
        row.map(|row| row.get("step")).transpose()
    }

    /// Notes that `step` was told of a duty.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it cannot be written.
    pub async fn note_reminder(&mut self, duty: &ClockedDuty, step: i64, at: Instant) -> Result<()> {
        self.run(
            sql("INSERT INTO reminder (organisation, incident, pack, track, stage, due_at, step, told_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (organisation, incident, pack, track, stage) DO UPDATE
                    SET due_at = excluded.due_at, step = excluded.step, told_at = excluded.told_at")
            .bind(duty.organisation)
            .bind(duty.incident)
            .bind(duty.duty.pack.as_str())
            .bind(duty.duty.track.as_str())
            .bind(duty.duty.stage.as_str())
            .bind(duty.due_at)
            .bind(step)
            .bind(at),
        )
        .await
        .map(drop)
    }

    /// The ladder of the scope's organisation with its revision, when it keeps one of its own.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when it does not open.
    pub async fn reminder_plan<T: DeserializeOwned>(&mut self, scope: &Scope) -> Result<Option<(i64, T)>> {
        let Some(organisation) = accounts(scope) else { return Ok(None) };
        let row = self
            .row(
                sql("SELECT p.revision, p.document, k.key_id, k.wrapped FROM reminder_plan p
                       JOIN data_key k ON k.place_table = 'reminder_plan' AND k.place_row = p.organisation
                        AND k.place_column = 'document' AND k.revision = p.revision AND k.holder = $1
                      WHERE p.organisation = $2")
                .bind(holder_uuid(organisation.into()))
                .bind(organisation),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let revision = row.get("revision")?;
        let plan = self.open(&row, plan_spot(organisation, revision), organisation.into()).await?;
        Ok(Some((revision, plan)))
    }

    /// Puts a ladder in place of the one at revision `seen`, 0 when there was none. False when somebody
    /// else was quicker.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open the organisation.
    pub async fn set_reminder_plan(
        &mut self,
        scope: &Scope,
        seen: i64,
        plan: &impl Serialize,
        at: Instant,
    ) -> Result<bool> {
        let organisation = accounts_or(scope, "the reminders of this organisation")?;
        let place = plan_spot(organisation, seen + 1);
        let sealed = self.seal_only(place, &[organisation.into()], plan).await?;
        let written = self
            .run(
                sql("INSERT INTO reminder_plan (organisation, revision, updated_at, document)
                     VALUES ($1, $2, $3, $4)
                     ON CONFLICT (organisation) DO UPDATE
                        SET revision = excluded.revision, updated_at = excluded.updated_at,
                            document = excluded.document
                      WHERE reminder_plan.revision = $5")
                .bind(organisation)
                .bind(seen + 1)
                .bind(at)
                .bind(sealed.bytes)
                .bind(seen),
            )
            .await?;
        if written > 0 {
            self.drop_keys_before(place).await?;
            self.keep_keys(&[(place, sealed.keys)]).await?;
        }
        Ok(written > 0)
    }

    /// Gives a person of the scope's organisation a calendar feed under a new secret; an older one ends.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open the accounts.
    pub async fn set_calendar_feed(&mut self, scope: &Scope, feed: &CalendarFeed, token: &str) -> Result<()> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let token = self.token("calendar_feed.token", token)?;
        self.run(
            sql("INSERT INTO calendar_feed (user_id, organisation, token, titles, created_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (user_id) DO UPDATE
                    SET token = excluded.token, titles = excluded.titles, created_at = excluded.created_at")
            .bind(feed.user)
            .bind(organisation)
            .bind(token)
            .bind(feed.titles)
            .bind(feed.created_at),
        )
        .await
        .map(drop)
    }

    /// The calendar feed of a person of the scope's organisation.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it cannot be read.
    pub async fn calendar_feed(&mut self, scope: &Scope, user: UserId) -> Result<Option<CalendarFeed>> {
        let Some(organisation) = accounts(scope) else { return Ok(None) };
        let row = self
            .row(
                sql("SELECT user_id, titles, created_at FROM calendar_feed
                      WHERE user_id = $1 AND organisation = $2")
                .bind(user)
                .bind(organisation),
            )
            .await?;
        row.as_ref().map(feed).transpose()
    }

    /// The feed behind a secret, of whoever it is: nobody is signed in where a calendar asks.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it cannot be read.
    pub async fn calendar_feed_by(&mut self, token: &str) -> Result<Option<CalendarFeed>> {
        let token = self.token("calendar_feed.token", token)?;
        let question = sql("SELECT user_id, titles, created_at FROM calendar_feed WHERE token = $1");
        self.row(question.bind(token)).await?.as_ref().map(feed).transpose()
    }

    /// Ends the calendar feed of a person of the scope's organisation; whether there was one.
    ///
    /// # Errors
    /// [`crate::Error::OutOfScope`] when the scope does not open the accounts.
    pub async fn end_calendar_feed(&mut self, scope: &Scope, user: UserId) -> Result<bool> {
        let organisation = accounts_or(scope, "the accounts of this organisation")?;
        let statement = sql("DELETE FROM calendar_feed WHERE user_id = $1 AND organisation = $2");
        Ok(self.run(statement.bind(user).bind(organisation)).await? > 0)
    }

    /// The person behind an account as a caller, for what is handed out without a session; none when the
    /// account is disabled.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when the record does not open.
    pub async fn caller_behind(&mut self, user: UserId) -> Result<Option<Caller>> {
        match self.any_user(user).await?.filter(|user| user.state != UserState::Disabled) {
            Some(user) => Ok(Some(self.caller_of(user).await?)),
            None => Ok(None),
        }
    }

    /// The received filings that wait for a response by an instant: when each was filed, and when its
    /// response is due. Least time left first.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when they cannot be read.
    pub async fn awaiting_response(
        &mut self,
        scope: &Scope,
        most: u32,
    ) -> Result<Vec<(FilingId, Instant, Instant)>> {
        if scope.kind() != ScopeKind::Received {
            return Ok(Vec::new());
        }
        let rows = self
            .rows(
                sql("SELECT id, filed_at, urgency FROM filing
                      WHERE recipient = $1 AND urgency < $2 ORDER BY urgency, recency, id LIMIT $3")
                .bind(scope.organisation())
                .bind(i64::MAX)
                .bind(i64::from(most)),
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok((row.id("id", FilingId::from_uuid)?, row.instant("filed_at")?, row.instant("urgency")?))
            })
            .collect()
    }

    /// The keyed hash of a text, for a mark by which a machine knows whether it has changed.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when the node's key is not at hand.
    pub fn mark_of(&self, text: &str) -> Result<String> {
        let token = self.token("mark", text)?;
        Ok(token.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }
}

fn clocked(row: &Row) -> Result<ClockedDuty> {
    Ok(ClockedDuty {
        organisation: row.id("organisation", OrganisationId::from_uuid)?,
        incident: row.id("incident", IncidentId::from_uuid)?,
        duty: row.duty()?,
        due_at: row.instant("due_at")?,
        told: row.get("step")?,
    })
}

fn feed(row: &Row) -> Result<CalendarFeed> {
    Ok(CalendarFeed {
        user: row.id("user_id", UserId::from_uuid)?,
        titles: row.get("titles")?,
        created_at: row.instant("created_at")?,
    })
}
