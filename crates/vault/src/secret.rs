//! Thirty-two secret bytes in memory.

use zeroize::Zeroizing;

use crate::random::fill;

/// A secret key. It stays where it was made, on the heap, so that moving it leaves no copy on
/// the stack, and it is overwritten when dropped.
pub(crate) struct Secret(Box<Zeroizing<[u8; 32]>>);

impl Secret {
    /// A new secret from the system's chance.
    pub(crate) fn generate() -> Self {
        let mut secret = Self::zero();
        fill(secret.0.as_mut_slice());
        secret
    }

    /// The secret of these bytes, unless they are not thirty-two.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self::zero();
        let fits = bytes.len() == secret.0.len();
        fits.then(|| {
            secret.0.copy_from_slice(bytes);
            secret
        })
    }

    /// Thirty-two zeros, to be written over.
    pub(crate) fn zero() -> Self {
        Self(Box::new(Zeroizing::new([0; 32])))
    }

    pub(crate) const fn bytes(&self) -> &Zeroizing<[u8; 32]> {
        &self.0
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        self.0.as_mut_slice()
    }
}
