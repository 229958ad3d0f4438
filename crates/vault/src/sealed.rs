//! Sealed bytes: their layout, their errors, and the one call that encrypts and decrypts.

use aws_lc_rs::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use model::KeyId;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Holder, random};

/// Why a value could not be sealed or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The holder's key is not in memory: never made, not unlocked, or erased.
    #[error("the key of holder {0} is not unlocked: it was erased, or the node has not read it yet")]
    Locked(Holder),
    /// The value was wrapped by a key that is not in memory.
    #[error("key {0} is not unlocked: it was erased, or the node has not read it yet")]
    UnknownKey(KeyId),
    /// A wrapped key of another holder was handed over.
    #[error("the wrapped key belongs to holder {0}, not to the reader")]
    OtherHolder(Holder),
    /// Sealing for nobody.
    #[error("a document needs at least one holder")]
    NoHolder,
    /// Not the layout of a sealed value.
    #[error("the bytes are not a sealed value of a known version")]
    Format,
    /// Authentication failed.
    #[error(
        "the sealed value does not open: it was changed, or it belongs to another place, owner, revision or key"
    )]
    Refused,
    /// The cipher refused keys or lengths.
    #[error("the cipher refused the value: it is longer than one value may be")]
    Cipher,
}

/// A sealed document with its wrapped keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// A version byte, the data key's identifier, the nonce, and the document sealed with its tag.
    pub bytes: Vec<u8>,
    /// The data key, wrapped for each holder.
    pub keys: Vec<WrappedDataKey>,
}

/// The data key of a document, wrapped by the key of one holder. Deleting it takes the document
/// from that holder; deleting all of them erases the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedDataKey {
    /// Who may read by it.
    pub holder: Holder,
    /// The holder key that wraps it.
    pub key_id: KeyId,
    /// A version byte, the holder key's and the data key's identifiers, the nonce, and the 32
    /// bytes sealed with their tag.
    pub bytes: Vec<u8>,
}

pub(crate) const VERSION: u8 = 1;
const ID_LENGTH: usize = 16;

/// `header`, a random nonce, and `plain` sealed with its tag. The header is not covered: it goes
/// into `data` in another form.
pub(crate) fn encrypt(
    key: &LessSafeKey,
    header: &[u8],
    data: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE_LEN] = random();
    let start = header.len().saturating_add(NONCE_LEN);
    let mut bytes = Vec::with_capacity(start + plain.len() + key.algorithm().tag_len());
    bytes.extend_from_slice(header);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(plain);
    let body = bytes.get_mut(start..).ok_or(SealError::Cipher)?;
    let tag = key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(data), body)
        .map_err(|_| SealError::Cipher)?;
    bytes.extend_from_slice(tag.as_ref());
    Ok(bytes)
}

/// The plain bytes of a nonce followed by a sealed body.
pub(crate) fn decrypt(
    key: &LessSafeKey,
    data: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Format)?;
    let mut plain = Zeroizing::new(body.to_vec());
    let length = key
        .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(data), &mut plain)
        .map_err(|_| SealError::Refused)?
        .len();
    plain.truncate(length);
    Ok(plain)
}

/// The identifier at the head of `bytes`, and the rest.
pub(crate) fn split_id(bytes: &[u8]) -> Result<(KeyId, &[u8]), SealError> {
    let (id, rest) = bytes.split_first_chunk::<ID_LENGTH>().ok_or(SealError::Format)?;
    Ok((KeyId::from_uuid(Uuid::from_bytes(*id)), rest))
}

/// The bytes after the version byte.
pub(crate) fn versioned(bytes: &[u8]) -> Result<&[u8], SealError> {
    match bytes.split_first() {
        Some((&VERSION, rest)) => Ok(rest),
        _ => Err(SealError::Format),
    }
}
