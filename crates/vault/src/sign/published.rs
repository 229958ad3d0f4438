//! Public keys as they are published and handed to whoever verifies.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{Instant, KeyId, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The public key of an organisation with the time for which it speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedKey {
    /// The key.
    pub key: KeyId,
    /// Whose key it is.
    pub organisation: OrganisationId,
    /// The name of the organisation.
    pub name: String,
    /// The Ed25519 public key in base64url without padding, 32 bytes.
    pub public_key: String,
    /// The fingerprint that people compare: see [`fingerprint`].
    pub fingerprint: String,
    /// The first instant at which the key signs.
    pub valid_from: Instant,
    /// The first instant at which it no longer does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Instant>,
    /// When it was revoked: nothing signed at or after this instant counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Instant>,
}

/// Why a file is no trust file.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// Not of the form of `GET /api/v1/keys`.
    #[error("a trust file is {{\"keys\":[..]}} as GET /api/v1/keys gives it: {0}")]
    Form(#[from] serde_json::Error),
    /// The fingerprint is not that of the key.
    #[error(
        "key {0} of the trust file does not have the fingerprint that stands beside it: ask its organisation"
    )]
    Fingerprint(KeyId),
}

#[derive(Deserialize)]
struct TrustFile {
    keys: Vec<PublishedKey>,
}

/// Reads a trust file, as `GET /api/v1/keys` gives it.
///
/// # Errors
/// [`TrustError`] when the form is another, or a fingerprint is not that of its key.
pub fn read_trust(bytes: &[u8]) -> Result<Vec<PublishedKey>, TrustError> {
    let file: TrustFile = serde_json::from_slice(bytes)?;
    match file.keys.iter().find(|key| !key.is_consistent()) {
        Some(key) => Err(TrustError::Fingerprint(key.key)),
        None => Ok(file.keys),
    }
}

/// SHA-256 of a public key in hexadecimal, in groups of four: short enough to be read out.
#[must_use]
pub fn fingerprint(public_key: &[u8]) -> String {
    let hash = digest(&SHA256, public_key);
    let groups =
        hash.as_ref().chunks(2).map(|pair| pair.iter().map(|b| format!("{b:02x}")).collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

impl PublishedKey {
    /// Whether the fingerprint is that of the public key.
    pub(crate) fn is_consistent(&self) -> bool {
        BASE64_URL_SAFE_NO_PAD.decode(&self.public_key).is_ok_and(|key| fingerprint(&key) == self.fingerprint)
    }
}
