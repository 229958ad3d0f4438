//! Open, acknowledge, respond to, and ask further about a received filing.

use model::{Caller, FilingId, Happening, Instant, Marking, MessageId, RequestId};
use policy::{Action, Scope, for_node, permit};
use store::{Filing, Message, ReadMark, StageRequest, Tx};

use crate::{
    Service, chance,
    error::{Error, Result},
    filings::read_filing::{as_filed, requestable, view_of},
    idempotency::Repeat,
    incidents::{project::project_duties, situation::Situation},
    view::{FilingView, RequestStage, Respond},
};

/// The longest message, in characters.
const LONGEST_TEXT: usize = 20_000;

impl Service {
    /// A received filing. That an officer opens it is noted once, and shown to the reporter; an
    /// auditor only looks.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn received_filing(&self, caller: &Caller, id: FilingId) -> Result<FilingView> {
        let scope = permit(caller, Action::ReadReceivedFilings)?;
        let now = self.clock.now();
        // A look at what was read before waits for no writer.
        let mut tx = self.store.read().await?;
        let filing = tx.filing(&scope, id).await?.ok_or(Error::NotFound("filing"))?;
        let officer = permit(caller, Action::HandleReceivedFilings).is_ok();
        if !officer || tx.has_read(&scope, id, caller.subject).await? {
            return view_of(&self.library, &mut tx, (&scope, now), filing).await;
        }
        drop(tx);
        let mut tx = self.store.write().await?;
        let mark = ReadMark { filing: id, reader: caller.organisation, by: caller.actor(), at: now };
        if tx.mark_read(&scope, MessageId::new(now, chance::for_id()), &mark).await? {
            self.happened(&mut tx, caller, Happening::FilingRead { filing: id }).await?;
        }
        self.handled(tx, &scope, id, now).await
    }

    /// Acknowledges a filing; again is no harm.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn acknowledge(&self, caller: &Caller, id: FilingId) -> Result<FilingView> {
        let scope = permit(caller, Action::HandleReceivedFilings)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let filing = held(&mut tx, &scope, id).await?;
        if tx.acknowledge_filing(&scope, id, now).await? {
            self.happened(&mut tx, caller, Happening::FilingAcknowledged { filing: id }).await?;
            self.project_reporter(&mut tx, caller, &filing, now).await?;
        }
        self.handled(tx, &scope, id, now).await
    }

    /// Responds to a filing: the first response stops the authority's clock, also that of the
    /// versions which this one corrects. A repeat with the same `key` says nothing twice.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for an empty or overlong text.
    pub async fn respond(
        &self,
        caller: &Caller,
        id: FilingId,
        respond: Respond,
        key: Option<&str>,
    ) -> Result<FilingView> {
        let scope = permit(caller, Action::HandleReceivedFilings)?;
        let text = checked(&respond.text)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let filing = held(&mut tx, &scope, id).await?;
        let repeat = Repeat::of((caller, &scope), "respond", key, &(id, &respond))?;
        if repeat.answer::<FilingId>(&mut tx).await?.is_some() {
            return self.handled(tx, &scope, id, now).await;
        }
        repeat.remember(&mut tx, &id, now).await?;
        tx.insert_message(&scope, &message_of(id, caller, (now, text), respond.marking)).await?;
        for version in versions_up_to(&mut tx, &scope, &filing).await? {
            tx.answer_filing(&scope, version, now).await?;
        }
        self.happened(&mut tx, caller, Happening::FilingAnswered { filing: id }).await?;
        self.project_reporter(&mut tx, caller, &filing, now).await?;
        self.handled(tx, &scope, id, now).await
    }

    /// Asks the reporter for a further stage, with or without an instant. A repeat with the same
    /// `key` asks nothing twice.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for a stage that cannot be asked for, an instant
    /// that has passed, or an empty or overlong text.
    pub async fn request_stage(
        &self,
        caller: &Caller,
        id: FilingId,
        request: RequestStage,
        key: Option<&str>,
    ) -> Result<FilingView> {
        let scope = permit(caller, Action::HandleReceivedFilings)?;
        let text = checked(&request.text)?;
        let now = self.clock.now();
        if request.due_at.is_some_and(|due| due <= now) {
            return Err(Error::invalid(
                "due_at",
                "in_the_future",
                "the instant by which the stage is wanted must lie ahead",
            ));
        }
        let mut tx = self.store.write().await?;
        let filing = held(&mut tx, &scope, id).await?;
        let repeat = Repeat::of((caller, &scope), "request_stage", key, &(id, &request))?;
        if repeat.answer::<FilingId>(&mut tx).await?.is_some() {
            return self.handled(tx, &scope, id, now).await;
        }
        let askable =
            requestable(&as_filed(&self.library, &filing.document.head), &filing.document.head.duty);
        if !askable.iter().any(|askable| askable.duty == request.duty) {
            return Err(Error::invalid(
                "duty",
                "requestable",
                "the stage must be one of the filing's `requestable`",
            ));
        }
        repeat.remember(&mut tx, &id, now).await?;
        let asked = StageRequest {
            id: RequestId::new(now, chance::for_id()),
            requester: caller.organisation,
            incident: filing.document.head.incident,
            filing: id,
            duty: request.duty.clone(),
            at: now,
            due_at: request.due_at,
            by: caller.actor(),
            text: text.to_owned(),
        };
        tx.insert_request(&scope, &asked).await?;
        tx.insert_message(&scope, &message_of(id, caller, (now, text), Marking::default())).await?;
        self.happened(&mut tx, caller, Happening::StageRequested { filing: id, duty: request.duty }).await?;
        self.project_reporter(&mut tx, caller, &filing, now).await?;
        self.handled(tx, &scope, id, now).await
    }

    async fn handled(&self, mut tx: Tx, scope: &Scope, id: FilingId, now: Instant) -> Result<FilingView> {
        let filing = tx.filing(scope, id).await?.ok_or(Error::NotFound("filing"))?;
        let view = view_of(&self.library, &mut tx, (scope, now), filing).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// The reporter's duties stand differently now: its projection is brought up to date by the node.
    async fn project_reporter(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        filing: &Filing,
        now: Instant,
    ) -> Result<()> {
        let head = &filing.document.head;
        let scope = for_node(head.from.organisation);
        let Some(incident) = tx.incident(&scope, head.incident).await? else { return Ok(()) };
        let situation = Situation::read(tx, &scope, incident).await?;
        let duties = situation.duties(&self.laws(&situation.incident), now);
        project_duties(tx, &scope, &situation.incident, &duties, (Some(&caller.actor()), now)).await
    }
}

/// A received filing, with the reporter's incident held: its duties are about to change.
async fn held(tx: &mut Tx, scope: &Scope, id: FilingId) -> Result<Filing> {
    let filing = tx.filing(scope, id).await?.ok_or(Error::NotFound("filing"))?;
    let head = &filing.document.head;
    if let Some(why) = &head.for_information {
        let message = format!(
            "your organisation has this report for information alone ({why}); another authority handles it"
        );
        return Err(Error::Refused(message));
    }
    tx.hold_incident(&for_node(head.from.organisation), head.incident).await?;
    tx.filing(scope, id).await?.ok_or(Error::NotFound("filing"))
}

/// `filing` and the versions of its stage before it that the scope opens.
async fn versions_up_to(tx: &mut Tx, scope: &Scope, filing: &Filing) -> Result<Vec<FilingId>> {
    let head = &filing.document.head;
    let around = tx.filings_of_incident(scope, head.incident).await?;
    let heads = around.iter().map(|other| &other.document.head);
    Ok(heads
        .filter(|other| {
            other.duty == head.duty
                && other.to.organisation == head.to.organisation
                && other.version <= head.version
        })
        .map(|other| other.filing)
        .collect())
}

fn message_of(filing: FilingId, caller: &Caller, (at, text): (Instant, &str), marking: Marking) -> Message {
    Message {
        id: MessageId::new(at, chance::for_id()),
        filing,
        sender: caller.organisation,
        at,
        by: caller.actor(),
        text: text.to_owned(),
        marking,
    }
}

fn checked(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        return Err(Error::invalid(
            "text",
            "length",
            format!("a message has 1 to {LONGEST_TEXT} characters"),
        ));
    }
    if let Some(character) = regime::hidden_character(text) {
        let message = format!("a message holds no control character, got U+{:04X}", u32::from(character));
        return Err(Error::invalid("text", "control_character", message));
    }
    Ok(text)
}
