//! The master key: the one secret outside the data, which wraps every holder key.

use std::fmt;

use aws_lc_rs::{
    aead::{AES_256_GCM, LessSafeKey, UnboundKey},
    hkdf, hmac,
};
use base64::{
    Engine,
    alphabet::STANDARD as ALPHABET,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD,
};
use zeroize::{Zeroize, Zeroizing};

use crate::{sealed::SealError, secret::Secret};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a text is no master key. Never repeats the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MasterKeyError {
    /// Neither hexadecimal nor base64.
    #[error("a master key is 32 bytes written as 64 hexadecimal digits or as base64; this text is neither")]
    Form,
    /// Another number of bytes.
    #[error(
        "a master key is 32 bytes written as 64 hexadecimal digits or as base64; this text holds {0} bytes"
    )]
    Length(usize),
    /// One byte repeated: a placeholder, not a key.
    #[error("a master key is 32 random bytes; this one repeats a single byte: make a new one")]
    Placeholder,
}

/// The key that wraps holder keys. Kept in a file outside the data folder, in the environment
/// or in a key service; never in a backup.
pub struct MasterKey {
    bytes: Secret,
    id: String,
}

impl MasterKey {
    /// The master key of these 32 bytes.
    #[must_use]
    pub fn from_bytes(mut bytes: [u8; 32]) -> Self {
        let mut secret = Secret::zero();
        secret.bytes_mut().copy_from_slice(&bytes);
        bytes.zeroize();
        Self::of(secret)
    }

    /// A new master key from the system's chance.
    #[must_use]
    pub fn generate() -> Self {
        Self::of(Secret::generate())
    }

    fn of(bytes: Secret) -> Self {
        let id = fingerprint(&bytes);
        Self { bytes, id }
    }

    /// Reads 32 bytes written as 64 hexadecimal digits or as base64 (RFC 4648 section 4,
    /// padding optional); white space around is ignored.
    ///
    /// # Errors
    /// [`MasterKeyError`] when the text is neither, holds another number of bytes, or repeats
    /// one byte.
    pub fn read(text: &str) -> Result<Self, MasterKeyError> {
        let text = text.trim();
        let bytes = Zeroizing::new(match hexadecimal(text) {
            Some(bytes) => bytes,
            None => LENIENT.decode(text).map_err(|_| MasterKeyError::Form)?,
        });
        let key = Secret::read(&bytes).ok_or(MasterKeyError::Length(bytes.len()))?;
        if bytes.iter().all(|byte| Some(byte) == bytes.first()) {
            return Err(MasterKeyError::Placeholder);
        }
        Ok(Self::of(key))
    }

    /// The key as base64, for the file that the operator keeps.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64_STANDARD.encode(self.bytes.bytes().as_slice()))
    }

    /// The fingerprint: 16 hexadecimal digits that name the key and give nothing of it away.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key that wraps holder keys, derived so that the master key itself encrypts nothing.
    pub(crate) fn wrapping_key(&self) -> Result<LessSafeKey, SealError> {
        derived_cipher(&self.bytes, b"beffroi-master-wrap/1")
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.id)
    }
}

fn fingerprint(key: &Secret) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.bytes().as_slice());
    let tag = hmac::sign(&key, b"beffroi-master-id/1");
    tag.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 {
        return None;
    }
    let digits = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()));
    let mut kept = Zeroizing::new(Vec::with_capacity(64));
    for digit in digits {
        kept.push(digit?);
    }
    // At once in its full size: a vector that grows leaves copies behind.
    let mut bytes = Vec::with_capacity(32);
    bytes.extend(kept.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low));
    Some(bytes)
}

/// The key derived from `secret` for one purpose (HKDF-SHA256, RFC 5869).
pub(crate) fn derived(secret: &Secret, purpose: &[u8]) -> Result<Secret, SealError> {
    let mut key = Secret::zero();
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"beffroi")
        .extract(secret.bytes().as_slice())
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|derivation| derivation.fill(key.bytes_mut()))
        .map_err(|_| SealError::Cipher)?;
    Ok(key)
}

/// The AES-256-GCM key derived from `secret` for one purpose.
pub(crate) fn derived_cipher(secret: &Secret, purpose: &[u8]) -> Result<LessSafeKey, SealError> {
    cipher(&derived(secret, purpose)?)
}

/// The AES-256-GCM key of these 32 bytes.
pub(crate) fn cipher(key: &Secret) -> Result<LessSafeKey, SealError> {
    let key = UnboundKey::new(&AES_256_GCM, key.bytes().as_slice());
    key.map(LessSafeKey::new).map_err(|_| SealError::Cipher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_hexadecimal_and_base64() {
        let key = MasterKey::generate();
        let hex: String = key.bytes.bytes().iter().map(|byte| format!("{byte:02X}")).collect();
        for text in [hex, key.text().to_string(), format!("  {}\r\n", key.text().trim_end_matches('='))] {
            assert_eq!(MasterKey::read(&text).unwrap().id(), key.id());
        }
    }

    #[test]
    fn refuses_other_texts_without_repeating_them() {
        for (text, error) in [
            ("", MasterKeyError::Length(0)),
            ("secret words!", MasterKeyError::Form),
            ("c2hvcnQ=", MasterKeyError::Length(5)),
            (&"0".repeat(64), MasterKeyError::Placeholder),
            (&"é".repeat(32), MasterKeyError::Form),
        ] {
            let got = MasterKey::read(text).unwrap_err();
            assert_eq!(got, error);
            assert!(text.is_empty() || !got.to_string().contains(text));
        }
    }

    #[test]
    fn debug_prints_the_fingerprint_only() {
        let key = MasterKey::from_bytes(*b"0123456789abcdef0123456789abcdef");
        assert_eq!(format!("{key:?}"), format!("MasterKey({})", key.id()));
        assert_eq!(key.id().len(), 16);
    }
}
