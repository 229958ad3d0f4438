//! The algorithms of signatures that are verified here.

use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

/// The algorithm of this name (RFC 7518, 3.1; RFC 8037, 3.1); none when it is not one that is verified here.
/// Ed448, XMSS and LMS are in the vocabulary and in no library that we use.
pub fn of(name: &str) -> Option<&'static dyn VerificationAlgorithm> {
    match name {
        "RS256" => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        "RS384" => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        "RS512" => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        "PS256" => Some(&signature::RSA_PSS_2048_8192_SHA256),
        "PS384" => Some(&signature::RSA_PSS_2048_8192_SHA384),
        "PS512" => Some(&signature::RSA_PSS_2048_8192_SHA512),
        "ES256" => Some(&signature::ECDSA_P256_SHA256_FIXED),
        "ES384" => Some(&signature::ECDSA_P384_SHA384_FIXED),
        "ES512" => Some(&signature::ECDSA_P521_SHA512_FIXED),
        "Ed25519" => Some(&signature::ED25519),
        _ => None,
    }
}

/// Whether the signature over the message was made with the private half of this key.
pub fn holds(
    algorithm: &'static dyn VerificationAlgorithm,
    key: &[u8],
    message: &[u8],
    signature: &[u8],
) -> bool {
    UnparsedPublicKey::new(algorithm, key).verify(message, signature).is_ok()
}
