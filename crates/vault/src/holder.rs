//! Holders of keys, and their keys as a store keeps them.

use std::{fmt, str::FromStr};

use model::{KeyId, OrganisationId};

use crate::{
    MasterKey, SealError,
    place::append,
    sealed::{decrypt, encrypt},
    secret::Secret,
};

/// Who holds a key and may therefore read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The node itself: accounts, settings, its own records.
    Node,
    /// An organisation.
    Organisation(OrganisationId),
}

/// Why a text names no holder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a holder is written \"node\" or as the identifier of an organisation, got {0:?}")]
pub struct HolderError(String);

impl Holder {
    /// The organisation, unless the holder is the node.
    #[must_use]
    pub const fn organisation(self) -> Option<OrganisationId> {
        match self {
            Self::Node => None,
            Self::Organisation(organisation) => Some(organisation),
        }
    }

    /// A tag and sixteen bytes.
    pub(crate) fn bytes(self) -> [u8; 17] {
        let (tag, id) = match self {
            Self::Node => (0, [0; 16]),
            Self::Organisation(organisation) => (1, organisation.uuid().into_bytes()),
        };
        let mut bytes = [tag; 17];
        bytes.iter_mut().skip(1).zip(id).for_each(|(byte, part)| *byte = part);
        bytes
    }
}

impl From<OrganisationId> for Holder {
    fn from(organisation: OrganisationId) -> Self {
        Self::Organisation(organisation)
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node => f.write_str("node"),
            Self::Organisation(organisation) => organisation.fmt(f),
        }
    }
}

impl FromStr for Holder {
    type Err = HolderError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "node" => Ok(Self::Node),
            _ => {
                text.parse().map(Self::Organisation).map_err(|_| HolderError(text.chars().take(64).collect()))
            }
        }
    }
}

/// A holder key as a row of the store: worthless without the master key.
///
/// `bytes` are a version byte, the nonce, and the 32 bytes sealed with their tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedHolderKey {
    /// The identifier of the key; of several keys of a holder the latest one seals.
    pub id: KeyId,
    /// Whose key it is.
    pub holder: Holder,
    /// The fingerprint of the master key that wraps it.
    pub master_key_id: String,
    /// The wrapped key.
    pub bytes: Vec<u8>,
}

/// Makes a new key for `holder` and wraps it by the master key.
///
/// # Errors
/// [`SealError::Cipher`] when the cipher refuses, which it never does for keys of this length.
pub fn create_holder_key(
    master: &MasterKey,
    holder: Holder,
    id: KeyId,
) -> Result<WrappedHolderKey, SealError> {
    let key = Secret::generate();
    let data = associated_data(master, holder, id);
    let bytes = encrypt(&master.wrapping_key()?, &[VERSION], &data, key.bytes().as_slice())?;
    Ok(WrappedHolderKey { id, holder, master_key_id: master.id().to_owned(), bytes })
}

const VERSION: u8 = 1;

/// The bare key of a row.
pub(crate) fn unwrap_holder_key(master: &MasterKey, wrapped: &WrappedHolderKey) -> Result<Secret, SealError> {
    let data = associated_data(master, wrapped.holder, wrapped.id);
    match wrapped.bytes.split_first() {
        Some((&VERSION, body)) => {
            let key = decrypt(&master.wrapping_key()?, &data, body)?;
            Secret::read(&key).ok_or(SealError::Format)
        }
        _ => Err(SealError::Format),
    }
}

fn associated_data(master: &MasterKey, holder: Holder, id: KeyId) -> Vec<u8> {
    let mut data = Vec::with_capacity(128);
    append(&mut data, b"beffroi-holder-key/1");
    append(&mut data, master.id().as_bytes());
    append(&mut data, &holder.bytes());
    append(&mut data, id.uuid().as_bytes());
    data
}
