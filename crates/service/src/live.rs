//! Live updates: what just happened, told to the pages that may show it, so that they look again.
//!
//! The chained audit is the source: its numbers follow the order of commits, so that a cursor over them
//! misses nothing, whichever replica wrote. One poll per process serves all its listeners. A message names
//! an incident or a filing of the listener's own side and says nothing else; its identifier is the event's,
//! not its number, which would tell how much happens at others. Who reads too slowly is let go, and looks
//! at everything again when it comes back.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use model::{Caller, DomainEvent, EventId, FilingId, Happening, IncidentId, OrganisationId, Subject};
use policy::{Action, permit};
use store::{ChainedEvent, Tx};
use tokio::sync::mpsc;

use crate::{
    Service,
    error::{Error, Result},
    view::{LiveKind, LiveMessage},
};

/// How many listeners one process has.
const MOST_LISTENERS: usize = 2000;
/// How many listeners one person has: pages that are open and seen.
const MOST_OF_ONE: usize = 12;
/// How many messages wait for a slow listener before it is let go.
const PATIENCE: usize = 128;
/// How many events one poll takes at once.
const PAGE: u32 = 500;
/// Whoever missed more than so many events looks at everything again.
const MOST_REPLAYED: i64 = 2000;

/// The listeners of this process.
#[derive(Clone, Default)]
pub(crate) struct Live(Arc<Mutex<Hub>>);

#[derive(Default)]
struct Hub {
    /// The number up to which everybody was told; none while nobody listens.
    told: Option<i64>,
    listeners: Vec<Listener>,
}

struct Listener {
    caller: Caller,
    line: mpsc::Sender<(i64, LiveEvent)>,
}

/// A message with the mark from which a listener that lost the line goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveEvent {
    /// The event that caused it; absent when everything is to be looked at.
    pub id: Option<EventId>,
    /// What to look at.
    pub message: LiveMessage,
}

/// The line to one listener; it ends when this is dropped.
pub struct Subscription {
    /// What was missed since the last time.
    missed: VecDeque<LiveEvent>,
    /// The number up to which `missed` reaches.
    after: i64,
    line: mpsc::Receiver<(i64, LiveEvent)>,
}

impl Subscription {
    /// The next message; none when the listener was too slow or the node ends.
    pub async fn next(&mut self) -> Option<LiveEvent> {
        if let Some(event) = self.missed.pop_front() {
            return Some(event);
        }
        loop {
            let (seq, event) = self.line.recv().await?;
            if seq > self.after {
                return Some(event);
            }
        }
    }
}

impl Live {
    fn hub(&self) -> MutexGuard<'_, Hub> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hub {
    /// Takes a listener in, if there is room.
    fn admit(&mut self, caller: &Caller, head: i64) -> Result<mpsc::Receiver<(i64, LiveEvent)>> {
        self.listeners.retain(|listener| !listener.line.is_closed());
        let of_one =
            self.listeners.iter().filter(|listener| listener.caller.subject == caller.subject).count();
        if self.listeners.len() >= MOST_LISTENERS || of_one >= MOST_OF_ONE {
            return Err(Error::Throttled { retry_after_seconds: 30 });
        }
        if self.listeners.is_empty() {
            self.told = Some(head);
        }
        let (line, end) = mpsc::channel(PATIENCE);
        self.listeners.push(Listener { caller: caller.clone(), line });
        Ok(end)
    }

    /// Tells everybody whom it concerns; who does not keep up is let go.
    fn tell(&mut self, heard: &[Heard]) {
        self.listeners.retain(|listener| {
            let messages = messages(&listener.caller, heard);
            messages.into_iter().all(|message| listener.line.try_send(message).is_ok())
        });
        self.told = heard.last().map(|last| last.event.seq).or(self.told);
    }
}

/// An event with the two sides of the filing that it names.
struct Heard {
    event: ChainedEvent,
    filing: Option<(FilingId, OrganisationId, OrganisationId)>,
    incident: Option<IncidentId>,
}

impl Service {
    /// Listens as `caller`, from behind the event `last` on, or from now on.
    ///
    /// # Errors
    /// [`Error::Throttled`] when too many listen; [`Error::Denied`].
    pub async fn listen(&self, caller: &Caller, last: Option<EventId>) -> Result<Subscription> {
        permit(caller, Action::ReadNotices)?;
        let head = self.store.read().await?.audit_head().await?.seq;
        let line = self.live.hub().admit(caller, head)?;
        // From here on the line holds whatever comes; up to the head of now it is read at once.
        let mut tx = self.store.read().await?;
        let after = tx.audit_head().await?.seq;
        let missed = match last {
            None => VecDeque::new(),
            Some(last) => missed(&mut tx, caller, last, after).await?,
        };
        Ok(Subscription { missed, after, line })
    }

    /// Tells the listeners of this process what was chained since the last time; how many events. To be
    /// called several times a second by whoever serves.
    ///
    /// # Errors
    /// When the database does not answer; the next call goes on where this one stopped.
    pub async fn tell_listeners(&self) -> Result<usize> {
        let told = {
            let mut hub = self.live.hub();
            hub.listeners.retain(|listener| !listener.line.is_closed());
            if hub.listeners.is_empty() {
                return Ok(0);
            }
            hub.told
        };
        let Some(told) = told else { return Ok(0) };
        let mut tx = self.store.read().await?;
        let heard = hear(&mut tx, told, PAGE).await?;
        if !heard.is_empty() {
            self.live.hub().tell(&heard);
        }
        Ok(heard.len())
    }

    /// Lets every listener of this process go: the node ends.
    pub fn hang_up(&self) {
        self.live.hub().listeners.clear();
    }
}

/// What `caller` missed between the event `last` and the number `until`.
async fn missed(tx: &mut Tx, caller: &Caller, last: EventId, until: i64) -> Result<VecDeque<LiveEvent>> {
    let everything = || {
        let message = LiveMessage { kind: LiveKind::Everything, incident: None, filing: None };
        Ok(VecDeque::from([LiveEvent { id: None, message }]))
    };
    let Some(mut seq) = tx.event_number(last).await?.filter(|seq| until - seq <= MOST_REPLAYED) else {
        return everything();
    };
    let mut missed = VecDeque::new();
    loop {
        let heard = hear(tx, seq, PAGE).await?;
        let Some(newest) = heard.last() else { return Ok(missed) };
        seq = newest.event.seq;
        missed.extend(
            messages(caller, &heard).into_iter().filter(|(n, _)| *n <= until).map(|(_, event)| event),
        );
        if seq >= until {
            return Ok(missed);
        }
    }
}

async fn hear(tx: &mut Tx, after: i64, most: u32) -> Result<Vec<Heard>> {
    let mut heard = Vec::new();
    for event in tx.events_of_all(after, most).await? {
        let named: Named = serde_json::from_value(serde_json::to_value(&event.event.happening)?)?;
        let filing = match named.filing {
            Some(filing) => {
                tx.filing_parties(filing).await?.map(|(filer, recipient)| (filing, filer, recipient))
            }
            None => None,
        };
        heard.push(Heard { event, filing, incident: named.incident });
    }
    Ok(heard)
}

/// What a happening names, whatever it is: what is added to the list of happenings is told as well.
#[derive(serde::Deserialize)]
struct Named {
    #[serde(default)]
    incident: Option<IncidentId>,
    #[serde(default)]
    filing: Option<FilingId>,
}

/// The messages for one listener; of equal ones in a row, only the last.
fn messages(caller: &Caller, heard: &[Heard]) -> Vec<(i64, LiveEvent)> {
    let mut messages: Vec<(i64, LiveEvent)> = Vec::new();
    for heard in heard {
        let Some(message) = message(caller, heard) else { continue };
        if messages.last().is_some_and(|(_, last)| last.message == message) {
            messages.pop();
        }
        messages.push((heard.event.seq, LiveEvent { id: Some(heard.event.event.id), message }));
    }
    messages
}

/// What one listener is told of an event, by what it may read.
fn message(caller: &Caller, heard: &Heard) -> Option<LiveMessage> {
    let event: &DomainEvent = &heard.event.event;
    let may = |action| permit(caller, action).is_ok();
    let tell = |kind, incident, filing| Some(LiveMessage { kind, incident, filing });
    if let Some((filing, filer, recipient)) = heard.filing {
        return if filer == caller.organisation && may(Action::ReadSentFilings) {
            tell(LiveKind::Filing, heard.incident, Some(filing))
        } else if recipient == caller.organisation && may(Action::ReadReceivedFilings) {
            tell(LiveKind::Filing, None, Some(filing))
        } else {
            None
        };
    }
    if event.organisation != Some(caller.organisation) {
        return None;
    }
    if let Some(incident) = heard.incident {
        return may(Action::ReadIncidents).then_some(()).and(tell(LiveKind::Incident, Some(incident), None));
    }
    if let Happening::PeopleTold { users, .. } = &event.happening {
        let me = matches!(caller.subject, Subject::User(user) if users.contains(&user));
        return me.then_some(()).and(tell(LiveKind::Notice, None, None));
    }
    // What names neither an incident nor a filing is about people and the organisation.
    may(Action::AdministerOrganisation).then_some(()).and(tell(LiveKind::Organisation, None, None))
}
