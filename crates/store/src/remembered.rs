//! Answers that are remembered by their Idempotency-Key, so that a repeated request gets the
//! same answer and nothing happens twice.

use aws_lc_rs::digest::{SHA256, digest};
use model::{Instant, KeyId, OrganisationId, Subject};
use policy::Scope;
use uuid::Uuid;
use vault::random;

use crate::{
    error::{Error, Result},
    sealed::Spot,
    statement::sql,
    store::Tx,
};

/// A request that carries an Idempotency-Key.
#[derive(Clone, Copy, Debug)]
pub struct KeyedRequest<'a> {
    /// Who asks; the key of one caller is nothing to another.
    pub subject: Subject,
    /// The key as it came.
    pub key: &'a str,
    /// What makes this request the same as another: method, path and body, as bytes.
    pub content: &'a [u8],
}

/// An answer given before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberedAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

fn spot(row: Uuid, organisation: OrganisationId) -> Spot {
    Spot::document("remembered_answer", row, organisation.into()).column("answer")
}

fn sha256(parts: &[&[u8]]) -> String {
    digest(&SHA256, &parts.concat()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl KeyedRequest<'_> {
    fn key_hash(&self) -> String {
        let (tag, subject) = match self.subject {
            Subject::User(user) => (b"user  ", user.uuid()),
            Subject::Client(client) => (b"client", client.uuid()),
        };
        sha256(&[tag, subject.as_bytes(), self.key.as_bytes()])
    }
}

impl Tx {
    /// The answer that was given to this request before, if it was.
    ///
    /// # Errors
    /// [`Error::KeyReused`] when the key came with another request before.
    pub async fn recall_answer(
        &mut self,
        scope: &Scope,
        request: &KeyedRequest<'_>,
    ) -> Result<Option<RememberedAnswer>> {
        let organisation = scope.organisation();
        let (key, content) = self.hashes(request)?;
        let row = self
            .row(
                sql(
                    "SELECT r.id, r.request, r.status, r.answer, k.key_id, k.wrapped FROM remembered_answer r
                       JOIN data_key k ON k.place_table = 'remembered_answer' AND k.place_row = r.id
                        AND k.place_column = 'answer' AND k.revision = 0 AND k.holder = $1
                      WHERE r.organisation = $2 AND r.key = $3",
                )
                .bind(organisation)
                .bind(organisation)
                .bind(key),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.get::<Vec<u8>>("request")? != content {
            return Err(Error::KeyReused);
        }
        let body = self.open_bytes(&row, spot(row.get("id")?, organisation), organisation.into()).await?;
        let status: i64 = row.get("status")?;
        let status = u16::try_from(status)
            .map_err(|_| Error::Damaged(format!("remembered_answer.status holds {status}")))?;
        Ok(Some(RememberedAnswer { status, body: body.to_vec() }))
    }

    /// Remembers the answer to a request, in the transaction of what it did.
    ///
    /// # Errors
    /// [`Error::Busy`] when the same request is being answered elsewhere at this moment: drop
    /// the transaction, and the repeat gets that answer.
    pub async fn remember_answer(
        &mut self,
        scope: &Scope,
        request: &KeyedRequest<'_>,
        answer: &RememberedAnswer,
        at: Instant,
    ) -> Result<()> {
        let organisation = scope.organisation();
        let id = KeyId::new(at, random()).uuid();
        let spot = spot(id, organisation);
        let sealed = self.seal_bytes(spot, &[organisation.into()], &answer.body).await?;
        let (key, content) = self.hashes(request)?;
        let inserted = self
            .run(
                sql("INSERT INTO remembered_answer (organisation, key, id, request, status, at, answer)
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation, key) DO NOTHING")
                .bind(organisation)
                .bind(key)
                .bind(id)
                .bind(content)
                .bind(i64::from(answer.status))
                .bind(at)
                .bind(sealed.bytes),
            )
            .await?;
        if inserted == 0 {
            return Err(Error::Busy);
        }
        self.keep_keys(&[(spot, sealed.keys)]).await
    }

    /// Keyed hashes of key and content: a short body must not be guessed from its hash.
    fn hashes(&self, request: &KeyedRequest<'_>) -> Result<([u8; 32], [u8; 32])> {
        Ok((
            self.token("remembered_answer.key", &request.key_hash())?,
            self.token("remembered_answer.request", &sha256(&[request.content]))?,
        ))
    }

    /// Forgets the answers from before `before`; how many there were.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be deleted.
    pub async fn forget_answers(&mut self, before: Instant) -> Result<u64> {
        self.run(
            sql("DELETE FROM data_key WHERE place_table = 'remembered_answer' AND place_row IN
                   (SELECT id FROM remembered_answer WHERE at < $1)")
            .bind(before),
        )
        .await?;
        self.run(sql("DELETE FROM remembered_answer WHERE at < $1").bind(before)).await
    }
}
