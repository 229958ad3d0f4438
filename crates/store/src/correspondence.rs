//! What happens around a filing: its receipt, the messages, who read it, and requests for
//! further stages. Both sides hold all of it.

use model::{
    Actor, DutyKey, FilingId, IncidentId, Instant, Marking, MessageId, OrganisationId, ReceiptDocument,
    ReceiptId, RequestId, Subject,
};
use policy::Scope;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::Holder;

use crate::{
    error::{Error, Result},
    filings::Sides,
    sealed::Spot,
    statement::{Row, assembled, sql},
    store::{SIDES, Tx, own, side},
};

/// A message between both sides about a filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The identifier.
    pub id: MessageId,
    /// The filing.
    pub filing: FilingId,
    /// From which organisation: one of the two sides.
    pub sender: OrganisationId,
    /// When.
    pub at: Instant,
    /// Who wrote it.
    pub by: Actor,
    /// The words.
    pub text: String,
    /// Who may see it, and what may be done with it.
    pub marking: Marking,
}

/// A person or a client that read a filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMark {
    /// The filing.
    pub filing: FilingId,
    /// For which organisation.
    pub reader: OrganisationId,
    /// When first.
    pub at: Instant,
    /// Who.
    pub by: Actor,
}

/// A request of the recipient for a further stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRequest {
    /// The identifier.
    pub id: RequestId,
    /// The filing on which it was asked.
    pub filing: FilingId,
    /// The incident of that filing.
    pub incident: IncidentId,
    /// The organisation that asks.
    pub requester: OrganisationId,
    /// Which stage.
    pub duty: DutyKey,
    /// When it was asked.
    pub at: Instant,
    /// Until when it is wanted.
    pub due_at: Option<Instant>,
    /// Who asked.
    pub by: Actor,
    /// What the authority wants to know.
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Words {
    by: Actor,
    text: String,
    #[serde(default, skip_serializing_if = "Marking::is_empty")]
    marking: Marking,
}

fn spot(table: &'static str, row: Uuid, filer: OrganisationId) -> Spot {
    Spot::document(table, row, filer.into())
}

/// The joined key of a table with the alias `f`.
macro_rules! keys_of {
    ($table:literal) => {
        concat!(
            " JOIN data_key k ON k.place_table = '",
            $table,
            "' AND k.place_row = f.id AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1"
        )
    };
}

impl Tx {
    /// Keeps the receipt of a filing of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when another organisation filed, [`Error::Taken`] when there is a
    /// receipt already.
    pub async fn insert_receipt(&mut self, scope: &Scope, receipt: &ReceiptDocument) -> Result<()> {
        let body = &receipt.receipt;
        let sides = Sides { filer: body.from.organisation, recipient: body.to.organisation };
        if own(scope) != Some(sides.filer) {
            return Err(Error::OutOfScope("the filings of this organisation"));
        }
        let spot = spot("receipt", body.receipt.uuid(), sides.filer);
        let document = self.seal(spot, &sides.holders(), receipt).await?;
        self.run(
            sql("INSERT INTO receipt (organisation, id, filing, recipient, received_at, document)
                 VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(sides.filer)
            .bind(body.receipt)
            .bind(body.filing)
            .bind(sides.recipient)
            .bind(body.received_at)
            .bind(document),
        )
        .await
        .map(drop)
    }

    /// The receipt of a filing that the scope opens.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn receipt(&mut self, scope: &Scope, filing: FilingId) -> Result<Option<ReceiptDocument>> {
        let text = format!(
            "SELECT f.id, f.organisation, f.document, k.key_id, k.wrapped FROM receipt f {} WHERE {} AND f.filing = $3",
            keys_of!("receipt"),
            side(scope, SIDES)
        );
        let reader = scope.organisation();
        let Some(row) = self.row(assembled(text).bind(reader).bind(reader).bind(filing)).await? else {
            return Ok(None);
        };
        let filer = row.id("organisation", OrganisationId::from_uuid)?;
        self.open(&row, spot("receipt", row.get("id")?, filer), reader.into()).await.map(Some)
    }

    /// The identifier of the receipt of a filing that the scope opens.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn receipt_id(&mut self, scope: &Scope, filing: FilingId) -> Result<Option<ReceiptId>> {
        let text = format!("SELECT f.id FROM receipt f WHERE f.filing = $1 AND {}", side(scope, SIDES));
        let row = self.row(assembled(text).bind(filing).bind(scope.organisation())).await?;
        row.map(|row| row.id("id", ReceiptId::from_uuid)).transpose()
    }

    /// Keeps a message of the scope's organisation about a filing that it sent or received.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no such filing, or another organisation speaks.
    pub async fn insert_message(&mut self, scope: &Scope, message: &Message) -> Result<()> {
        let sides = self.sides(scope, message.filing).await?.ok_or(Error::OutOfScope("this filing"))?;
        if message.sender != scope.organisation() {
            return Err(Error::OutOfScope("what another organisation says"));
        }
        let words = Words { by: message.by.clone(), text: message.text.clone(), marking: message.marking };
        let spot = spot("message", message.id.uuid(), sides.filer);
        let document = self.seal(spot, &sides.holders(), &words).await?;
        self.run(
            sql("INSERT INTO message (organisation, id, recipient, filing, sender, at, document)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(sides.filer)
            .bind(message.id)
            .bind(sides.recipient)
            .bind(message.filing)
            .bind(message.sender)
            .bind(message.at)
            .bind(document),
        )
        .await
        .map(drop)
    }

    /// The messages about a filing that the scope opens, oldest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn messages(&mut self, scope: &Scope, filing: FilingId) -> Result<Vec<Message>> {
        let text = format!(
            "SELECT f.id, f.organisation, f.sender, f.at, f.document, k.key_id, k.wrapped FROM message f {}
              WHERE {} AND f.filing = $3 ORDER BY f.at, f.id",
            keys_of!("message"),
            side(scope, SIDES)
        );
        let reader = scope.organisation();
        let rows = self.rows(assembled(text).bind(reader).bind(reader).bind(filing)).await?;
        let mut messages = Vec::with_capacity(rows.len());
        for row in rows {
            let words: Words = self.open_words("message", &row, reader).await?;
            messages.push(Message {
                id: row.id("id", MessageId::from_uuid)?,
                filing,
                sender: row.id("sender", OrganisationId::from_uuid)?,
                at: row.instant("at")?,
                by: words.by,
                text: words.text,
                marking: words.marking,
            });
        }
        Ok(messages)
    }

    /// Notes that somebody of the scope's organisation read a filing, under the identifier `id`;
    /// false when that was noted before, and then nothing is changed.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no such filing, or another organisation reads.
    pub async fn mark_read(&mut self, scope: &Scope, id: MessageId, mark: &ReadMark) -> Result<bool> {
        let sides = self.sides(scope, mark.filing).await?.ok_or(Error::OutOfScope("this filing"))?;
        if mark.reader != scope.organisation() {
            return Err(Error::OutOfScope("what another organisation reads"));
        }
        let spot = spot("read_mark", id.uuid(), sides.filer);
        let sealed = self.seal_only(spot, &sides.holders(), &mark.by).await?;
        let inserted = self
            .run(
                sql("INSERT INTO read_mark (id, organisation, recipient, filing, reader, subject, at, document)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (filing, reader, subject) DO NOTHING")
                .bind(id)
                .bind(sides.filer)
                .bind(sides.recipient)
                .bind(mark.filing)
                .bind(mark.reader)
                .bind(subject_uuid(mark.by.subject))
                .bind(mark.at)
                .bind(sealed.bytes),
            )
            .await?;
        if inserted == 0 {
            return Ok(false);
        }
        self.keep_keys(&[(spot, sealed.keys)]).await?;
        if mark.reader == sides.recipient {
            let first = sql("UPDATE filing SET first_read_at = $1 WHERE id = $2 AND first_read_at IS NULL");
            self.run(first.bind(mark.at).bind(mark.filing)).await?;
        }
        Ok(true)
    }

    /// Whether somebody of the scope's organisation read a filing before.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn has_read(&mut self, scope: &Scope, filing: FilingId, subject: Subject) -> Result<bool> {
        let text = format!(
            "SELECT f.id FROM read_mark f
              WHERE f.filing = $1 AND {} AND f.reader = $2 AND f.subject = $3",
            side(scope, SIDES)
        );
        let reader = scope.organisation();
        let row = assembled(text).bind(filing).bind(reader).bind(subject_uuid(subject));
        Ok(self.row(row).await?.is_some())
    }

    /// Who read a filing that the scope opens, in the order of reading.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a mark does not open.
    pub async fn read_marks(&mut self, scope: &Scope, filing: FilingId) -> Result<Vec<ReadMark>> {
        let text = format!(
            "SELECT f.id, f.organisation, f.reader, f.at, f.document, k.key_id, k.wrapped FROM read_mark f {}
              WHERE {} AND f.filing = $3 ORDER BY f.at, f.id",
            keys_of!("read_mark"),
            side(scope, SIDES)
        );
        let reader = scope.organisation();
        let rows = self.rows(assembled(text).bind(reader).bind(reader).bind(filing)).await?;
        let mut marks = Vec::with_capacity(rows.len());
        for row in rows {
            marks.push(ReadMark {
                filing,
                reader: row.id("reader", OrganisationId::from_uuid)?,
                at: row.instant("at")?,
                by: self.open_words("read_mark", &row, reader).await?,
            });
        }
        Ok(marks)
    }

    /// Keeps a request of the scope's organisation for a further stage, on a filing that it received.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when it received no such filing.
    pub async fn insert_request(&mut self, scope: &Scope, request: &StageRequest) -> Result<()> {
        let sides = self.received(scope, request.filing).await?;
        let words = Words { by: request.by.clone(), text: request.text.clone(), marking: Marking::default() };
        let spot = spot("stage_request", request.id.uuid(), sides.filer);
        let document = self.seal(spot, &sides.holders(), &words).await?;
        let statement = sql("INSERT INTO stage_request
               (organisation, id, recipient, incident, filing, pack, track, stage, at, due_at, document)
             SELECT f.organisation, $1, f.recipient, f.incident, f.id, $2, $3, $4, $5, $6, $7
               FROM filing f WHERE f.id = $8 AND f.incident = $9")
        .bind(request.id)
        .bind(request.duty.pack.as_str())
        .bind(request.duty.track.as_str())
        .bind(request.duty.stage.as_str())
        .bind(request.at)
        .bind(request.due_at)
        .bind(document)
        .bind(request.filing)
        .bind(request.incident);
        self.run_one(statement, "this filing of that incident").await
    }

    /// The requests for further stages on the filings of an incident that the scope opens, oldest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn requests(&mut self, scope: &Scope, incident: IncidentId) -> Result<Vec<StageRequest>> {
        let text = format!(
            "SELECT f.id, f.organisation, f.recipient, f.filing, f.pack, f.track, f.stage, f.at, f.due_at,
                    f.document, k.key_id, k.wrapped
               FROM stage_request f {} WHERE {} AND f.incident = $3 ORDER BY f.at, f.id",
            keys_of!("stage_request"),
            side(scope, SIDES)
        );
        let reader = scope.organisation();
        let rows = self.rows(assembled(text).bind(reader).bind(reader).bind(incident)).await?;
        let mut requests = Vec::with_capacity(rows.len());
        for row in rows {
            let words: Words = self.open_words("stage_request", &row, reader).await?;
            requests.push(StageRequest {
                id: row.id("id", RequestId::from_uuid)?,
                filing: row.id("filing", FilingId::from_uuid)?,
                incident,
                requester: row.id("recipient", OrganisationId::from_uuid)?,
                duty: row.duty()?,
                at: row.instant("at")?,
                due_at: row.maybe_instant("due_at")?,
                by: words.by,
                text: words.text,
            });
        }
        Ok(requests)
    }

    async fn open_words<T: serde::de::DeserializeOwned>(
        &mut self,
        table: &'static str,
        row: &Row,
        reader: OrganisationId,
    ) -> Result<T> {
        let filer = row.id("organisation", OrganisationId::from_uuid)?;
        self.open(row, spot(table, row.get("id")?, filer), Holder::from(reader)).await
    }
}

const fn subject_uuid(subject: Subject) -> Uuid {
    match subject {
        Subject::User(user) => user.uuid(),
        Subject::Client(client) => client.uuid(),
    }
}
