//! One's deadlines in one's own calendar: a feed under a secret that can be taken back.
//!
//! Whoever knows the secret reads the feed, and calendars keep what they read on machines that are not
//! ours. Therefore it holds no answer: which law wants what, by when, and where to look. Only who asks
//! for it gets the titles of incidents too.

mod text;

use std::collections::BTreeSet;

use model::{Caller, FilingId, IncidentId, Instant};
use policy::{Action, Scope, permit};
use store::{CalendarFeed as Feed, Tx};
use text::{Entry, calendar};

use crate::{
    Service, chance,
    error::{Error, Result},
    incidents::{
        situation::{Situation, Surroundings},
        view::{TITLE, open_duties},
    },
    inform::person,
    view::{CalendarFeed, MakeCalendarFeed},
};

/// How many deadlines a feed holds.
const MOST: u32 = 500;

/// A feed as it is handed out, with a mark by which a calendar knows that nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarText {
    /// `text/calendar` (RFC 5545).
    pub text: String,
    /// Differs when the text does.
    pub mark: String,
}

impl Service {
    /// The caller's feed; its secret is not told again.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn calendar_feed(&self, caller: &Caller) -> Result<CalendarFeed> {
        let scope = permit(caller, Action::ReadNotices)?;
        let Some(user) = person(caller) else { return Ok(none()) };
        let feed = self.store.read().await?.calendar_feed(&scope, user).await?;
        Ok(feed.map_or_else(none, |feed| CalendarFeed {
            active: true,
            titles: feed.titles,
            created_at: Some(feed.created_at),
            path: None,
        }))
    }

    /// Makes a feed for the caller; an older one ends. Its secret is told this once.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Refused`] for a machine client.
    pub async fn make_calendar_feed(&self, caller: &Caller, make: MakeCalendarFeed) -> Result<CalendarFeed> {
        let scope = permit(caller, Action::ReadNotices)?;
        let Some(user) = person(caller) else {
            return Err(Error::Refused("a calendar feed is a person's, not a machine's".to_owned()));
        };
        let (now, token) = (self.clock.now(), chance::secret());
        let mut tx = self.store.write().await?;
        tx.set_calendar_feed(&scope, &Feed { user, titles: make.titles, created_at: now }, &token).await?;
        self.happened(&mut tx, caller, model::Happening::CalendarFeedMade).await?;
        tx.commit().await?;
        let path = Some(format!("/calendar/{token}.ics"));
        Ok(CalendarFeed { active: true, titles: make.titles, created_at: Some(now), path })
    }

    /// Ends the caller's feed; again is no harm.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn end_calendar_feed(&self, caller: &Caller) -> Result<CalendarFeed> {
        let scope = permit(caller, Action::ReadNotices)?;
        if let Some(user) = person(caller) {
            let mut tx = self.store.write().await?;
            if tx.end_calendar_feed(&scope, user).await? {
                self.happened(&mut tx, caller, model::Happening::CalendarFeedEnded).await?;
                tx.commit().await?;
            }
        }
        Ok(none())
    }

    /// The feed behind a secret, for a node that people reach under `public_address`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for whatever is no living feed of an active account.
    pub async fn calendar(&self, token: &str, public_address: &str) -> Result<CalendarText> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let feed = tx.calendar_feed_by(token).await?.ok_or(Error::NotFound("calendar"))?;
        let caller = tx.caller_behind(feed.user).await?.ok_or(Error::NotFound("calendar"))?;
        let mut entries = Vec::new();
        if let Ok(scope) = permit(&caller, Action::ReadIncidents) {
            entries.extend(self.duties_of(&mut tx, &scope, &feed, now).await?);
        }
        if let Ok(scope) = permit(&caller, Action::HandleReceivedFilings) {
            entries.extend(responses_of(&mut tx, &scope).await?);
        }
        let text = calendar(&entries, public_address);
        let mark = tx.mark_of(&text)?;
        Ok(CalendarText { text, mark })
    }

    async fn duties_of(&self, tx: &mut Tx, scope: &Scope, feed: &Feed, now: Instant) -> Result<Vec<Entry>> {
        let open = tx.open_duties(scope, MOST).await?;
        let ids: Vec<IncidentId> =
            open.iter().map(|duty| duty.incident).collect::<BTreeSet<_>>().into_iter().collect();
        let surroundings = Surroundings::read(tx, scope, scope.organisation()).await?;
        let mut entries = Vec::new();
        for row in tx.incidents_by_id(scope, &ids).await? {
            let situation = Situation::within(tx, scope, row.incident, &surroundings).await?;
            let incident = &situation.incident;
            let title = feed.titles.then(|| incident.text(TITLE)).flatten();
            let duties = situation.duties(&self.laws(&situation.incident), now);
            entries.extend(open_duties(&duties).into_iter().filter_map(|duty| {
                let due = duty.due.as_ref()?;
                let about = title.map_or_else(String::new, |title| format!(": {title}"));
                Some(Entry {
                    id: format!("{}.{}", incident.id, duty.key),
                    at: due.at,
                    changed_at: incident.updated_at,
                    summary: format!("{} {}{about}", duty.law, duty.title),
                    description: format!("Due {}.", due.entity_time),
                    path: format!("/report/incidents/{}/duties/{}", incident.id, duty.key),
                })
            }));
        }
        entries.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        Ok(entries)
    }
}

/// What an authority still has to answer.
async fn responses_of(tx: &mut Tx, scope: &Scope) -> Result<Vec<Entry>> {
    let waiting = tx.awaiting_response(scope, MOST).await?;
    Ok(waiting
        .into_iter()
        .map(|(filing, filed_at, due): (FilingId, Instant, Instant)| Entry {
            id: format!("{filing}.response"),
            at: due,
            changed_at: filed_at,
            summary: "Respond to a filing".to_owned(),
            description: "A filing waits for your response.".to_owned(),
            path: format!("/authority/filings/{filing}"),
        })
        .collect())
}

const fn none() -> CalendarFeed {
    CalendarFeed { active: false, titles: false, created_at: None, path: None }
}
