//! Making signatures. The private key stays with the caller, who signs the bytes in a closure.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use thiserror::Error;

use super::{DigestReading, algorithm, canonical, verify::without_value};
use crate::{
    Json,
    cacao::{Identifier, Playbook, Signature},
    json::short,
};

/// Why nothing is signed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SignError {
    /// The playbook has no version that a signature could name.
    #[error("the playbook has no id or no modified: a signature names both")]
    NoVersion,
    /// The signature lacks what it must say.
    #[error("the signature has no {0}: set it before signing")]
    Missing(&'static str),
    /// Not exactly one way to the key.
    #[error("the signature needs exactly one of public_key, public_cert_chain, cert_url and thumbprint")]
    Keys,
    /// An algorithm that could not be verified.
    #[error(
        "the algorithm \"{0}\" is not known here: RS, PS and ES with 256, 384 and 512, and \
    Ed25519 are"
    )]
    Algorithm(String),
    /// A hash that is not known here.
    #[error("the hash algorithm \"{0}\" is not known here: sha-256, sha-384 and sha-512 are")]
    HashAlgorithm(String),
    /// The playbook has no canonical form.
    #[error("the playbook has no canonical form: {0}")]
    Canonical(String),
    /// A signature of this identifier is there already.
    #[error("the playbook has a signature {0} already: give the new one an identifier of its own")]
    Twice(Identifier),
    /// There is nothing to countersign.
    #[error("the playbook has no signature {0}")]
    NoSignature(Identifier),
}

/// The bytes to sign, for a signature that stands in the playbook alone: its `value` and what countersigns it
/// are left out.
///
/// # Errors
/// When the hash is not known, or the playbook has no canonical form.
pub fn signing_input(
    playbook: &Json<'_>,
    signature: &Signature,
    reading: DigestReading,
) -> Result<Vec<u8>, SignError> {
    input(playbook, &signature.to_json(), 0, reading)
}

fn input(
    playbook: &Json<'_>,
    top: &Json<'_>,
    depth: usize,
    reading: DigestReading,
) -> Result<Vec<u8>, SignError> {
    let signed = without_value(top, depth);
    let bytes = canonical::bytes(playbook, &signed).map_err(SignError::Canonical)?;
    if reading == DigestReading::CanonicalBytes {
        return Ok(bytes);
    }
    let mut innermost = top;
    for _ in 0..depth {
        innermost = innermost.get("signature").unwrap_or(innermost);
    }
    let hash = innermost.get("hash_algorithm").and_then(Json::as_text).unwrap_or_default();
    let digest = canonical::hex_digest(hash, &bytes).ok_or_else(|| SignError::HashAlgorithm(short(hash)))?;
    Ok(digest.into_bytes())
}

/// Signs a playbook. The signature comes with its identifier, times, signee, algorithms and key; what it
/// signs is filled in. `key` signs the bytes that it is given with the algorithm that the signature names.
///
/// # Errors
/// When the signature does not say what it must, or there is nothing that it could name.
pub fn sign(
    playbook: &Playbook,
    signature: Signature,
    reading: DigestReading,
    key: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<Playbook, SignError> {
    let mut signature = prepared(playbook, signature)?;
    let bytes = signing_input(&playbook.to_json(), &signature, reading)?;
    signature.value = Some(BASE64_URL_SAFE_NO_PAD.encode(key(&bytes)));
    let mut signed = playbook.clone();
    signed.signatures.push(signature);
    Ok(signed)
}

/// Signs the signature of this identifier, or the last of those that countersign it already.
///
/// # Errors
/// As [`sign`], and when there is no such signature.
pub fn countersign(
    playbook: &Playbook,
    countersigned: &Identifier,
    signature: Signature,
    reading: DigestReading,
    key: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<Playbook, SignError> {
    let signature = prepared(playbook, signature)?;
    let mut signed = playbook.clone();
    let is_it = |signature: &&mut Signature| signature.id.as_ref() == Some(countersigned);
    let Some(top) = signed.signatures.iter_mut().find(is_it) else {
        return Err(SignError::NoSignature(countersigned.clone()));
    };
    let depth = append(top, signature);
    let bytes = input(&playbook.to_json(), &top.to_json(), depth, reading)?;
    set_value(top, BASE64_URL_SAFE_NO_PAD.encode(key(&bytes)));
    Ok(signed)
}

/// Puts a signature at the end of a chain; says how deep it stands.
fn append(at: &mut Signature, signature: Signature) -> usize {
    match &mut at.signature {
        Some(next) => 1 + append(next, signature),
        end => {
            *end = Some(Box::new(signature));
            1
        }
    }
}

/// Gives the last signature of a chain its value.
fn set_value(at: &mut Signature, value: String) {
    match &mut at.signature {
        Some(next) => set_value(next, value),
        None => at.value = Some(value),
    }
}

/// The signature with what it signs, if it says all that it must.
fn prepared(playbook: &Playbook, mut signature: Signature) -> Result<Signature, SignError> {
    let (Some(id), Some(modified)) = (&playbook.id, &playbook.modified) else {
        return Err(SignError::NoVersion);
    };
    let own = signature.id.as_ref().ok_or(SignError::Missing("id"))?;
    if ids(playbook).any(|known| known == own) {
        return Err(SignError::Twice(own.clone()));
    }
    for (is_missing, name) in [
        (signature.created.is_none(), "created"),
        (signature.modified.is_none(), "modified"),
        (signature.signee.is_none(), "signee"),
        (signature.hash_algorithm.is_none(), "hash_algorithm"),
    ] {
        if is_missing {
            return Err(SignError::Missing(name));
        }
    }
    let name = signature.algorithm.as_deref().ok_or(SignError::Missing("algorithm"))?;
    if algorithm::of(name).is_none() {
        return Err(SignError::Algorithm(short(name)));
    }
    let keys = [
        signature.public_key.is_some(),
        !signature.public_cert_chain.is_empty(),
        signature.cert_url.is_some(),
        signature.thumbprint.is_some(),
    ];
    if keys.into_iter().filter(|key| *key).count() != 1 {
        return Err(SignError::Keys);
    }
    signature.object_type = Some("jss".to_owned());
    signature.related_to = Some(id.clone());
    signature.related_version = Some(modified.clone());
    (signature.value, signature.signature) = (None, None);
    Ok(signature)
}

/// The identifiers of all signatures, counter-signatures included.
fn ids(playbook: &Playbook) -> impl Iterator<Item = &Identifier> {
    let chain =
        |top| std::iter::successors(Some(top), |signature: &&Signature| signature.signature.as_deref());
    playbook.signatures.iter().flat_map(chain).filter_map(|signature| signature.id.as_ref())
}
