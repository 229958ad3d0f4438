//! A repeated request gets the same answer: the answer is remembered in the transaction of the
//! change, under the caller and the key it chose.

use model::{Caller, Instant, Subject};
use policy::Scope;
use serde::{Serialize, de::DeserializeOwned};
use store::{KeyedRequest, RememberedAnswer, Tx};

use crate::error::{Error, Result};

/// The longest `Idempotency-Key` that is taken, in bytes.
const LONGEST_KEY: usize = 128;
/// The status that a door gives to something that was made.
const CREATED: u16 = 201;

/// A request that may come again.
pub(crate) struct Repeat {
    scope: Scope,
    subject: Subject,
    /// Absent when the caller gave no key: then every request is a new one.
    key: Option<String>,
    request: Vec<u8>,
}

impl Repeat {
    /// The request `verb` with its `input` under the caller's `key`.
    pub(crate) fn of(
        (caller, scope): (&Caller, &Scope),
        verb: &str,
        key: Option<&str>,
        input: &impl Serialize,
    ) -> Result<Self> {
        if key.is_some_and(|key| key.is_empty() || key.len() > LONGEST_KEY) {
            let message = format!("an Idempotency-Key has 1 to {LONGEST_KEY} bytes");
            return Err(Error::invalid("Idempotency-Key", "length", message));
        }
        Ok(Self {
            scope: scope.clone(),
            subject: caller.subject,
            key: key.map(|key| format!("{verb}\n{key}")),
            request: serde_jcs::to_vec(input)?,
        })
    }

    /// The answer given to the same request before.
    pub(crate) async fn answer<T: DeserializeOwned>(&self, tx: &mut Tx) -> Result<Option<T>> {
        let Some(request) = self.keyed() else { return Ok(None) };
        let remembered = tx.recall_answer(&self.scope, &request).await?;
        Ok(remembered.map(|answer| serde_json::from_slice(&answer.body)).transpose()?)
    }

    /// Keeps the answer for a repeat.
    pub(crate) async fn remember<T: Serialize>(&self, tx: &mut Tx, answer: &T, at: Instant) -> Result<()> {
        let Some(request) = self.keyed() else { return Ok(()) };
        let answer = RememberedAnswer { status: CREATED, body: serde_json::to_vec(answer)? };
        Ok(tx.remember_answer(&self.scope, &request, &answer, at).await?)
    }

    fn keyed(&self) -> Option<KeyedRequest<'_>> {
        let key = self.key.as_deref()?;
        Some(KeyedRequest { subject: self.subject, key, content: &self.request })
    }
}
