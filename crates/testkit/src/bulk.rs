//! Many incidents and filings quickly, so that speed is measured on a database that has lived.
//!
//! The first of each kind is made through the use case; those like it go through the bulk insert of the
//! store, sealed in the same way, with identifiers and instants of their own.

use std::{ops::Range, time::Duration};

use model::{Answer, Caller, DutyState, FilingId, Incident, IncidentId, Instant};
use policy::for_node;
use serde_json::Value;
use service::{Service, view::OpenIncident};
use store::{BulkIncident, Filing, FilingState, IndexedDuty};

/// How many rows one transaction carries.
const BATCH: usize = 5000;
/// Incidents lie this far apart, backwards from now.
const APART: Duration = Duration::from_secs(60);

/// A record with its duties, after which others are made.
#[derive(Clone, Debug)]
pub struct Pattern {
    incident: Incident,
    duties: Vec<IndexedDuty>,
}

impl Pattern {
    /// Opens an incident with `opened` through the use case, and takes it as it then stands.
    pub async fn open(service: &Service, caller: &Caller, opened: OpenIncident) -> Self {
        let first =
            service.open_incident(caller, opened, None).await.expect("the first incident is opened").id;
        let scope = for_node(caller.organisation);
        let mut tx = service.store().read().await.expect("a transaction");
        let incident = tx.incident(&scope, first).await.expect("the incident is read").expect("it is there");
        let duties = tx.duties_of(&scope, first).await.expect("its duties are read").into_values().collect();
        Self { incident, duties }
    }

    /// The incident that was opened.
    #[must_use]
    pub const fn first(&self) -> IncidentId {
        self.incident.id
    }

    /// Everything as of the pattern, but `earlier`: its instants too, and what has come due since is late.
    fn like(&self, now: Instant, earlier: Duration) -> BulkIncident {
        let created_at = now.minus(earlier);
        let id = IncidentId::new(created_at, vault::random());
        let answers = self.incident.answers.iter();
        let incident = Incident {
            id,
            created_at,
            updated_at: created_at,
            answers: answers
                .map(|(field, answer)| (field.clone(), moved(answer, created_at, earlier)))
                .collect(),
            ..self.incident.clone()
        };
        let duties = self.duties.iter().map(|duty| {
            let due_at = duty.due_at.map(|due| due.minus(earlier));
            let passed = duty.state == DutyState::Due && due_at.is_some_and(|due| due < now);
            let state = if passed { DutyState::Late } else { duty.state };
            IndexedDuty { incident: id, due_at, state, ..duty.clone() }
        });
        BulkIncident { incident, duties: duties.collect() }
    }
}

fn moved(answer: &Answer, at: Instant, earlier: Duration) -> Answer {
    let instant = answer.value.as_ref().and_then(Value::as_str).and_then(|text| text.parse::<Instant>().ok());
    let value = instant.map(|instant| Value::String(instant.minus(earlier).to_string()));
    Answer { value: value.or_else(|| answer.value.clone()), at, ..answer.clone() }
}

/// Opens one incident with `opened` through the use case, then loads `count` more like it, one per minute
/// backwards from now, sealed like the first.
pub async fn load_incidents(
    service: &Service,
    caller: &Caller,
    opened: OpenIncident,
    count: u64,
) -> IncidentId {
    let pattern = Pattern::open(service, caller, opened).await;
    load_like(service, 1..count + 1, |_number| &pattern).await;
    look_anew(service).await;
    pattern.first()
}

/// Loads one incident per number of minutes before now, oldest first, each after the pattern that `choose`
/// takes for its number. Answers their identifiers in that order.
pub async fn load_like<'a>(
    service: &Service,
    minutes: Range<u64>,
    choose: impl Fn(u64) -> &'a Pattern,
) -> Vec<IncidentId> {
    let now = service.clock().now();
    let numbers: Vec<u64> = minutes.rev().collect();
    let mut loaded = Vec::with_capacity(numbers.len());
    for batch in numbers.chunks(BATCH) {
        let lines: Vec<BulkIncident> =
            batch.iter().map(|number| choose(*number).like(now, before(*number))).collect();
        let mut tx = service.store().write().await.expect("a transaction");
        tx.bulk_insert_incidents(&lines, now).await.expect("the incidents are loaded");
        tx.commit().await.expect("the incidents are kept");
        loaded.extend(lines.iter().map(|line| line.incident.id));
    }
    loaded
}

fn before(minutes: u64) -> Duration {
    APART.saturating_mul(u32::try_from(minutes).unwrap_or(u32::MAX))
}

/// Loads one filing for each of `incidents`, like `first` of the same organisation: each with its own
/// identifier, reference and instant, sealed for both sides; the last `waiting` are not responded to.
///
/// Their heads differ from what the first one's signature covers: they can be listed and read, not verified.
/// They have no receipts.
pub async fn load_filings(
    service: &Service,
    (caller, first): (&Caller, FilingId),
    incidents: &[IncidentId],
    waiting: usize,
) {
    let mut tx = service.store().read().await.expect("a transaction");
    let pattern = tx.filing(&for_node(caller.organisation), first).await.expect("the filing is read");
    let pattern = pattern.expect("the filing is there");
    drop(tx);
    let answered = incidents.len().saturating_sub(waiting);
    let numbered: Vec<(usize, IncidentId)> = incidents.iter().copied().enumerate().collect();
    for batch in numbered.chunks(BATCH) {
        let lines: Vec<Filing> = batch
            .iter()
            .map(|(number, incident)| {
                let minutes = u64::try_from(incidents.len() - number).unwrap_or(u64::MAX);
                filing_like(&pattern, *incident, before(minutes), *number < answered)
            })
            .collect();
        let mut tx = service.store().write().await.expect("a transaction");
        tx.bulk_insert_filings(&lines).await.expect("the filings are loaded");
        tx.commit().await.expect("the filings are kept");
    }
}

fn filing_like(pattern: &Filing, incident: IncidentId, earlier: Duration, answered: bool) -> Filing {
    let mut filing = pattern.clone();
    let head = &mut filing.document.head;
    head.filed_at = head.filed_at.minus(earlier);
    head.filing = FilingId::new(head.filed_at, vault::random());
    head.reference = head.filing.to_string();
    head.incident = incident;
    head.due_at = head.due_at.map(|due| due.minus(earlier));
    let later = head.filed_at.plus(APART);
    filing.response_due_at = filing.response_due_at.map(|due| due.minus(earlier));
    if answered {
        filing.state = FilingState::Answered;
        filing.first_read_at = Some(later);
        filing.acknowledged_at = Some(later);
        filing.answered_at = Some(later);
    }
    filing
}

/// Has the database look at its tables anew, so that it plans well after a load.
pub async fn look_anew(service: &Service) {
    let mut tx = service.store().write().await.expect("a transaction");
    tx.analyse().await.expect("the tables are looked at");
    tx.commit().await.expect("what was seen is kept");
}
