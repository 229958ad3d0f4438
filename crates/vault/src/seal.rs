//! Sealing documents, opening them, and letting another holder read.

use std::{collections::BTreeSet, sync::Arc};

use model::KeyId;
use uuid::Builder;
use zeroize::Zeroizing;

use crate::{
    Holder, Keyring, Place, SealError, Sealed, WrappedDataKey,
    keyring::HolderKey,
    master::cipher,
    random,
    sealed::{VERSION, decrypt, encrypt, split_id, versioned},
    secret::Secret,
};

const CONTENT: &str = "beffroi-content/1";
const DATA_KEY: &str = "beffroi-data-key/1";

struct DataKey {
    id: KeyId,
    secret: Secret,
}

impl Keyring {
    /// Seals `plain` at `place` under a fresh data key, wrapped once for each of `holders`,
    /// in their order.
    ///
    /// # Errors
    /// [`SealError::NoHolder`] without holders, [`SealError::Locked`] when the key of one is not
    /// in memory.
    pub fn seal(&self, place: &Place<'_>, holders: &[Holder], plain: &[u8]) -> Result<Sealed, SealError> {
        if holders.is_empty() {
            return Err(SealError::NoHolder);
        }
        let key = DataKey::generate();
        let id = key.id.uuid();
        let header: Vec<u8> = [VERSION].into_iter().chain(id.into_bytes()).collect();
        let data = place.associated_data(CONTENT, &[id.as_bytes()]);
        let bytes = encrypt(&cipher(&key.secret)?, &header, &data, plain)?;
        let mut seen = BTreeSet::new();
        let once = holders.iter().filter(|holder| seen.insert(**holder));
        let keys = once.map(|holder| key.wrap(place, &*self.latest(*holder)?));
        Ok(Sealed { bytes, keys: keys.collect::<Result<_, _>>()? })
    }

    /// Opens the sealed `bytes` that stand at `place` for `reader`, by the key wrapped for it.
    ///
    /// # Errors
    /// [`SealError::Refused`] when anything was changed, swapped or rolled back;
    /// [`SealError::OtherHolder`] when `wrapped` is not the reader's; [`SealError::UnknownKey`]
    /// when the wrapping key is not in memory; [`SealError::Format`] for other bytes.
    pub fn open(
        &self,
        place: &Place<'_>,
        reader: Holder,
        bytes: &[u8],
        wrapped: &WrappedDataKey,
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        if wrapped.holder != reader {
            return Err(SealError::OtherHolder(wrapped.holder));
        }
        let (id, body) = split_id(versioned(bytes)?)?;
        let key = self.unwrap_data_key(place, wrapped)?;
        if key.id != id {
            return Err(SealError::Refused);
        }
        let data = place.associated_data(CONTENT, &[id.uuid().as_bytes()]);
        decrypt(&cipher(&key.secret)?, &data, body)
    }

    /// Lets the holder `to` read the document at `place` as well, without encrypting it again:
    /// wraps its data key, read by the key `from` that another holder has.
    ///
    /// # Errors
    /// As [`Self::open`]; [`SealError::Locked`] when the key of `to` is not in memory.
    pub fn add_holder(
        &self,
        place: &Place<'_>,
        from: &WrappedDataKey,
        to: Holder,
    ) -> Result<WrappedDataKey, SealError> {
        let key = self.unwrap_data_key(place, from)?;
        key.wrap(place, &*self.latest(to)?)
    }

    fn unwrap_data_key(&self, place: &Place<'_>, wrapped: &WrappedDataKey) -> Result<DataKey, SealError> {
        let (holder_key, rest) = split_id(versioned(&wrapped.bytes)?)?;
        let (id, body) = split_id(rest)?;
        if holder_key != wrapped.key_id {
            return Err(SealError::Refused);
        }
        let holder_key: Arc<HolderKey> = self.by_id(holder_key)?;
        if holder_key.holder != wrapped.holder {
            return Err(SealError::Refused);
        }
        let plain = decrypt(&holder_key.wrapping, &wrap_data(place, &holder_key, id), body)?;
        let secret = Secret::read(&plain).ok_or(SealError::Format)?;
        Ok(DataKey { id, secret })
    }
}

impl DataKey {
    fn generate() -> Self {
        let id = Builder::from_random_bytes(random()).into_uuid();
        Self { id: KeyId::from_uuid(id), secret: Secret::generate() }
    }

    fn wrap(&self, place: &Place<'_>, holder: &HolderKey) -> Result<WrappedDataKey, SealError> {
        let ids = holder.id.uuid().into_bytes().into_iter().chain(self.id.uuid().into_bytes());
        let header: Vec<u8> = [VERSION].into_iter().chain(ids).collect();
        let data = wrap_data(place, holder, self.id);
        let bytes = encrypt(&holder.wrapping, &header, &data, self.secret.bytes().as_slice())?;
        Ok(WrappedDataKey { holder: holder.holder, key_id: holder.id, bytes })
    }
}

fn wrap_data(place: &Place<'_>, holder: &HolderKey, data_key: KeyId) -> Vec<u8> {
    let reader = holder.holder.bytes();
    place.associated_data(DATA_KEY, &[&reader, holder.id.uuid().as_bytes(), data_key.uuid().as_bytes()])
}
