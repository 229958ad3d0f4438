//! Whom we know: public keys with whose they are.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::certificate;

/// A key that the caller trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    /// Whose it is.
    pub identity: String,
    /// The key: DER of a SubjectPublicKeyInfo.
    pub public_key: Vec<u8>,
    /// The SHA-256 of its certificate in Base64url, if it came with one: signatures may name it so.
    pub thumbprint: Option<String>,
    /// From when it is trusted, in milliseconds since 1970.
    pub valid_from_ms: Option<i64>,
    /// Until when it is trusted, in milliseconds since 1970.
    pub valid_until_ms: Option<i64>,
}

impl TrustedKey {
    /// A key without bounds in time.
    pub fn new(identity: impl Into<String>, public_key: impl Into<Vec<u8>>) -> Self {
        Self {
            identity: identity.into(),
            public_key: public_key.into(),
            thumbprint: None,
            valid_from_ms: None,
            valid_until_ms: None,
        }
    }

    /// The key of an X.509 certificate in DER; none when this is no certificate. Nothing is checked of the
    /// certificate: that it is trusted is for the caller to say.
    pub fn of_certificate(identity: impl Into<String>, certificate: &[u8]) -> Option<Self> {
        let key = certificate::public_key(certificate)?;
        let thumbprint = Some(BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(certificate)));
        Some(Self { thumbprint, ..Self::new(identity, key) })
    }
}

/// The keys that the caller trusts; empty by default, so that no one is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustList(pub Vec<TrustedKey>);

impl TrustList {
    /// The entry of this key.
    pub(super) fn by_key(&self, key: &[u8]) -> impl Iterator<Item = &TrustedKey> {
        self.0.iter().filter(move |trusted| trusted.public_key == key)
    }

    /// The entry whose certificate has this thumbprint.
    pub(super) fn by_thumbprint(&self, thumbprint: &str) -> Option<&TrustedKey> {
        self.0.iter().find(|trusted| trusted.thumbprint.as_deref() == Some(thumbprint))
    }
}
