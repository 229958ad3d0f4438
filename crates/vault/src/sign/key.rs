//! Signing keys of organisations: Ed25519 (RFC 8032).

use std::fmt;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{Instant, KeyId, OrganisationId, Party, Signature};
use zeroize::Zeroizing;

use super::published::{PublishedKey, fingerprint};
use crate::secret::Secret;

/// The one algorithm of our signatures.
pub(crate) const ALGORITHM: &str = "Ed25519";

/// Why bytes are no signing key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing key is the 32 bytes of an Ed25519 seed, got {0} bytes")]
pub struct SigningKeyError(usize);

/// The private key by which an organisation signs.
pub struct SigningKey {
    id: KeyId,
    pair: Ed25519KeyPair,
    seed: Secret,
}

impl SigningKey {
    /// A new key from the system's chance.
    ///
    /// # Errors
    /// [`SigningKeyError`] when the library refuses the seed, which it never does for 32 bytes.
    pub fn generate(id: KeyId) -> Result<Self, SigningKeyError> {
        Self::from_seed(id, Secret::generate().bytes().as_slice())
    }

    /// The key of a seed that [`Self::seed`] gave and a store kept sealed.
    ///
    /// # Errors
    /// [`SigningKeyError`] when `seed` is not 32 bytes.
    pub fn from_seed(id: KeyId, seed: &[u8]) -> Result<Self, SigningKeyError> {
        let refused = SigningKeyError(seed.len());
        let seed = Secret::read(seed).ok_or_else(|| refused.clone())?;
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.bytes().as_slice()).map_err(|_| refused)?;
        Ok(Self { id, pair, seed })
    }

    /// The private part, 32 bytes (RFC 8032 section 5.1.5), to be sealed and kept.
    #[must_use]
    pub const fn seed(&self) -> &Zeroizing<[u8; 32]> {
        self.seed.bytes()
    }

    /// The identifier of the key.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// The public key in base64url without padding.
    #[must_use]
    pub fn public_key(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.pair.public_key())
    }

    /// The public part as it is published for `owner`, valid from `valid_from` on.
    #[must_use]
    pub fn published(&self, owner: &Party, valid_from: Instant) -> PublishedKey {
        let organisation: OrganisationId = owner.organisation;
        PublishedKey {
            key: self.id,
            organisation,
            name: owner.name.clone(),
            public_key: self.public_key(),
            fingerprint: fingerprint(self.pair.public_key().as_ref()),
            valid_from,
            valid_until: None,
            revoked_at: None,
        }
    }

    /// The signature over `domain` followed by the canonical bytes.
    pub(crate) fn sign(&self, domain: &str, canonical: &[u8]) -> Signature {
        let message = message(domain, canonical);
        Signature {
            key: self.id,
            algorithm: ALGORITHM.to_owned(),
            public_key: self.public_key(),
            value: BASE64_URL_SAFE_NO_PAD.encode(self.pair.sign(&message)),
        }
    }
}

/// The format name and a line feed before the canonical bytes: a signature over one kind of
/// document is none over another.
pub(crate) fn message(domain: &str, canonical: &[u8]) -> Vec<u8> {
    [domain.as_bytes(), b"\n", canonical].concat()
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.id)
    }
}
