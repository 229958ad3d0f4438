//! Private keys that somebody brings in a file, for signatures whose form others define: over bytes as they
//! are, without the name of a format before them.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    error::Unspecified,
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING,
        EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};

/// The curves that are known, with the names of their algorithms (RFC 7518, section 3.1).
const CURVES: [(&str, &EcdsaSigningAlgorithm); 3] = [
    ("ES256", &ECDSA_P256_SHA256_FIXED_SIGNING),
    ("ES384", &ECDSA_P384_SHA384_FIXED_SIGNING),
    ("ES512", &ECDSA_P521_SHA512_FIXED_SIGNING),
];

/// Why bytes are no such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BroughtKeyError {
    /// No key, or one that is not known here.
    #[error(
        "it holds no private key that can sign here: Ed25519, P-256, P-384, P-521, and RSA from 2048 bits on \
         can, in PKCS#8, SEC 1 or PKCS#1 and not encrypted"
    )]
    Form,
    /// The library refused to work.
    #[error("the key could not be used")]
    Refused,
}

impl From<Unspecified> for BroughtKeyError {
    fn from(_: Unspecified) -> Self {
        Self::Refused
    }
}

/// A private key that somebody brings.
pub struct BroughtKey(Pair);

enum Pair {
    Ed25519(Ed25519KeyPair),
    Curve(&'static str, EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl BroughtKey {
    /// The key of a document in DER: PKCS#8 (RFC 5958), for curves SEC 1 (RFC 5915), for RSA PKCS#1 (RFC 8017).
    ///
    /// # Errors
    /// [`BroughtKeyError::Form`].
    pub fn read(der: &[u8]) -> Result<Self, BroughtKeyError> {
        let curve = |(name, curve): (&'static str, &'static EcdsaSigningAlgorithm)| {
            Some(Pair::Curve(name, EcdsaKeyPair::from_private_key_der(curve, der).ok()?))
        };
        let ed25519 = || Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).ok().map(Pair::Ed25519);
        let rsa = || RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)).ok().map(Pair::Rsa);
        let pair = ed25519().or_else(|| CURVES.into_iter().find_map(curve)).or_else(rsa);
        pair.map(Self).ok_or(BroughtKeyError::Form)
    }

    pub(super) fn of_seed(seed: &[u8]) -> Result<Self, BroughtKeyError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| BroughtKeyError::Form)?;
        Ok(Self(Pair::Ed25519(pair)))
    }

    /// The name of its algorithm: `Ed25519` (RFC 8037), `ES256`, `ES384`, `ES512` or `RS256` (RFC 7518).
    #[must_use]
    pub const fn algorithm(&self) -> &'static str {
        match &self.0 {
            Pair::Ed25519(_) => "Ed25519",
            Pair::Curve(name, _) => name,
            Pair::Rsa(_) => "RS256",
        }
    }

    /// The public part in DER (SubjectPublicKeyInfo, RFC 5280).
    ///
    /// # Errors
    /// [`BroughtKeyError::Refused`].
    pub fn public_key(&self) -> Result<Vec<u8>, BroughtKeyError> {
        let der: PublicKeyX509Der<'_> = match &self.0 {
            Pair::Ed25519(pair) => pair.public_key().as_der()?,
            Pair::Curve(_, pair) => pair.public_key().as_der()?,
            Pair::Rsa(pair) => pair.public_key().as_der()?,
        };
        Ok(der.as_ref().to_vec())
    }

    /// The signature over `message`, in the form of RFC 7518.
    ///
    /// # Errors
    /// [`BroughtKeyError::Refused`].
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, BroughtKeyError> {
        let chance = SystemRandom::new();
        Ok(match &self.0 {
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Curve(_, pair) => pair.sign(&chance, message)?.as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, message, &mut signature)?;
                signature
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

    use super::*;

    fn holds(key: &BroughtKey, algorithm: &'static dyn VerificationAlgorithm) -> bool {
        let signature = key.sign(b"what is signed").unwrap();
        let public = UnparsedPublicKey::new(algorithm, key.public_key().unwrap());
        public.verify(b"what else", &signature).unwrap_err();
        public.verify(b"what is signed", &signature).is_ok()
    }

    #[test]
    fn each_kind_of_key_signs_what_its_public_part_verifies() {
        let ed25519 = Ed25519KeyPair::generate().unwrap();
        let key = BroughtKey::read(ed25519.to_pkcs8().unwrap().as_ref()).unwrap();
        assert!(key.algorithm() == "Ed25519" && holds(&key, &signature::ED25519));
        let key = BroughtKey::read(ed25519.to_pkcs8v1().unwrap().as_ref()).unwrap();
        assert!(key.algorithm() == "Ed25519" && holds(&key, &signature::ED25519));
        for ((name, curve), verified) in CURVES.into_iter().zip([
            &signature::ECDSA_P256_SHA256_FIXED,
            &signature::ECDSA_P384_SHA384_FIXED,
            &signature::ECDSA_P521_SHA512_FIXED,
        ]) {
            let pair = EcdsaKeyPair::generate(curve).unwrap();
            let key = BroughtKey::read(pair.to_pkcs8v1().unwrap().as_ref()).unwrap();
            assert!(key.algorithm() == name && holds(&key, verified), "{name}");
        }
        let rsa = RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
        let rsa: aws_lc_rs::encoding::Pkcs8V1Der<'_> = rsa.as_der().unwrap();
        let key = BroughtKey::read(rsa.as_ref()).unwrap();
        assert!(key.algorithm() == "RS256" && holds(&key, &signature::RSA_PKCS1_2048_8192_SHA256));
        assert_eq!(BroughtKey::read(b"no key").err(), Some(BroughtKeyError::Form));
    }
}
