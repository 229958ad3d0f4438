//! The holder keys in memory.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use aws_lc_rs::{aead::LessSafeKey, hmac};
use model::KeyId;

use crate::{
    Holder, MasterKey, SealError, WrappedHolderKey,
    holder::unwrap_holder_key,
    master::{derived, derived_cipher},
    place::append,
};

/// Why a holder key stays locked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// Wrapped by another master key than the one at hand.
    #[error(
        "the key of holder {holder} is wrapped by master key {wrapped_by}, but the node runs with {at_hand}: give it the key file of {wrapped_by}"
    )]
    OtherMaster {
        /// Whose key it is.
        holder: Holder,
        /// The fingerprint of the master key that is needed.
        wrapped_by: String,
        /// The fingerprint of the master key at hand.
        at_hand: String,
    },
    /// The row was changed.
    #[error("the key of holder {holder} does not open: {source}")]
    Refused {
        /// Whose key it is.
        holder: Holder,
        /// Why.
        source: SealError,
    },
}

/// The unwrapped keys of the holders that this node serves. Clones share one set.
#[derive(Clone, Default)]
pub struct Keyring {
    keys: Arc<RwLock<Keys>>,
}

#[derive(Default)]
struct Keys {
    by_id: BTreeMap<KeyId, Arc<HolderKey>>,
    latest: BTreeMap<Holder, KeyId>,
}

/// One key of a holder, split by purpose so that no key serves two algorithms.
pub(crate) struct HolderKey {
    pub(crate) id: KeyId,
    pub(crate) holder: Holder,
    pub(crate) wrapping: LessSafeKey,
    token: hmac::Key,
}

impl Keyring {
    /// An empty keyring.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Unwraps a holder key and keeps it. Of several keys of one holder the one with the
    /// greatest identifier (version 7: the latest made) seals; all of them open.
    ///
    /// # Errors
    /// [`UnlockError`] when another master key wraps it or the row was changed.
    pub fn unlock(&self, master: &MasterKey, wrapped: &WrappedHolderKey) -> Result<(), UnlockError> {
        let holder = wrapped.holder;
        if wrapped.master_key_id != master.id() {
            return Err(UnlockError::OtherMaster {
                holder,
                wrapped_by: wrapped.master_key_id.clone(),
                at_hand: master.id().to_owned(),
            });
        }
        let key =
            HolderKey::read(master, wrapped).map_err(|source| UnlockError::Refused { holder, source })?;
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        keys.by_id.insert(key.id, Arc::new(key));
        let latest = keys.latest.entry(holder).or_insert(wrapped.id);
        *latest = (*latest).max(wrapped.id);
        Ok(())
    }

    /// Whether a key of `holder` is unlocked.
    #[must_use]
    pub fn holds(&self, holder: Holder) -> bool {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).latest.contains_key(&holder)
    }

    /// Forgets the keys of `holder`: after its rows are erased, memory must not outlive them.
    pub fn forget(&self, holder: Holder) {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        keys.latest.remove(&holder);
        keys.by_id.retain(|_, key| key.holder != holder);
    }

    /// The blind token of an exact value in a field of a holder: equal values give equal tokens
    /// under one holder and field, and nothing can be learnt or compared without the holder's
    /// key (HMAC-SHA256 under a key derived by HKDF).
    ///
    /// # Errors
    /// [`SealError::Locked`] when no key of the holder is in memory.
    pub fn token(&self, holder: Holder, field: &str, value: &str) -> Result<[u8; 32], SealError> {
        let key = self.latest(holder)?;
        let mut message = Vec::with_capacity(field.len() + value.len() + 16);
        append(&mut message, field.as_bytes());
        append(&mut message, value.as_bytes());
        let tag = hmac::sign(&key.token, &message);
        tag.as_ref().try_into().map_err(|_| SealError::Cipher)
    }

    /// The key of `holder` that seals.
    pub(crate) fn latest(&self, holder: Holder) -> Result<Arc<HolderKey>, SealError> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let id = keys.latest.get(&holder).ok_or(SealError::Locked(holder))?;
        keys.by_id.get(id).cloned().ok_or(SealError::Locked(holder))
    }

    /// The key named `id`.
    pub(crate) fn by_id(&self, id: KeyId) -> Result<Arc<HolderKey>, SealError> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.by_id.get(&id).cloned().ok_or(SealError::UnknownKey(id))
    }
}

impl HolderKey {
    fn read(master: &MasterKey, wrapped: &WrappedHolderKey) -> Result<Self, SealError> {
        let key = unwrap_holder_key(master, wrapped)?;
        let token = derived(&key, b"beffroi-token/1")?;
        Ok(Self {
            id: wrapped.id,
            holder: wrapped.holder,
            wrapping: derived_cipher(&key, b"beffroi-wrap/1")?,
            token: hmac::Key::new(hmac::HMAC_SHA256, token.bytes().as_slice()),
        })
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        f.debug_map().entries(keys.by_id.values().map(|key| (key.holder, key.id))).finish()
    }
}
