//! `GET /events`: live updates as server-sent events, for as long as the session lives.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response, Sse, sse::Event},
    routing::get,
};
use futures_util::stream::{Stream, unfold};
use model::{Caller, EventId, Instant};
use service::{LiveEvent, Subscription};
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::{
    App,
    door::{cookie::Cookie, session::person},
    problem::Problem,
};

/// How often a silent line says that it lives, and whether the session still does is looked at.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How soon a browser that lost the line comes again, in milliseconds.
const COME_AGAIN: Duration = Duration::from_millis(2000);

/// The stream. It is not part of the described API: an answer without an end is no document.
pub fn stream() -> Router<App> {
    Router::new().route("/events", get(listen))
}

async fn listen(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let session = person(&headers, &app).await?;
    let token = Cookie::Session.read(&headers, &app.settings).ok_or_else(Problem::not_signed_in)?.to_owned();
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    // A mark that cannot be read stands for everything that was missed.
    let last = last.map(|last| last.parse().unwrap_or_else(|_| nobodys()));
    let line = app.service.listen(&session.caller, last).await?;
    let mut rounds = interval(HEARTBEAT);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listener = Listener { app, token, caller: session.caller, line, rounds, greeted: false };
    let mut response = Sse::new(listener.events()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that gather an answer before they hand it on would keep the news until it is old.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// The identifier of no event: none was made in 1970.
fn nobodys() -> EventId {
    EventId::new(Instant::MIN, [0; 10])
}

struct Listener {
    app: App,
    token: String,
    caller: Caller,
    line: Subscription,
    rounds: Interval,
    greeted: bool,
}

impl Listener {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        unfold(self, |mut listener| async move {
            let event = listener.next().await?;
            Some((Ok(event), listener))
        })
    }

    /// The next event; none when the session has ended, the caller's functions have changed, or the
    /// listener was too slow.
    async fn next(&mut self) -> Option<Event> {
        tokio::select! {
            biased;
            _ = self.rounds.tick() => {
                let session = self.app.service.session(&self.token).await.ok()?;
                if session.caller != self.caller {
                    return None;
                }
                let greeted = std::mem::replace(&mut self.greeted, true);
                let event = Event::default().comment("still here");
                Some(if greeted { event } else { event.retry(COME_AGAIN) })
            }
            event = self.line.next() => event.map(|event| written(&event)),
        }
    }
}

fn written(event: &LiveEvent) -> Event {
    let words = Event::default().event("change");
    let words = match event.id {
        Some(id) => words.id(id.to_string()),
        None => words,
    };
    words.json_data(&event.message).unwrap_or_else(|_| Event::default().comment("unwritable"))
}
