//! Does a signature hold, and is the signer someone whom we know?

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use thiserror::Error;

use super::{DigestReading, TrustList, TrustedKey, algorithm, canonical, certificate};
use crate::{
    Json, Member,
    cacao::{Identifier, timestamp::instant},
};

/// How many signatures of one playbook are verified, counter-signatures included: each costs a pass over the
/// whole playbook.
const MOST: usize = 32;

/// How many canonical bytes are made for the signatures of one playbook; the first is always verified.
const MOST_BYTES: usize = 64 << 20;

/// How deep counter-signatures are followed.
const DEEPEST: usize = 8;

/// Why a signature does not hold, or cannot be told to.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Broken {
    /// A member that is needed is not there.
    #[error("the signature has no {0}")]
    Missing(&'static str),
    /// A hash that is not known here.
    #[error("the hash algorithm \"{0}\" is not known here: sha-256, sha-384 and sha-512 are")]
    HashAlgorithm(String),
    /// An algorithm that is not known here.
    #[error(
        "the algorithm \"{0}\" is not known here: RS, PS and ES with 256, 384 and 512, and \
    Ed25519 are"
    )]
    Algorithm(String),
    /// The key is elsewhere, and not on the list of trusted keys.
    #[error(
        "the key is not at hand: cert_url is not fetched, and no trusted certificate has this thumbprint"
    )]
    NoKey,
    /// The key cannot be read.
    #[error("the key cannot be read: it is the Base64 of a public key or certificate in DER")]
    KeyForm,
    /// The value cannot be read.
    #[error("the value cannot be read: it is Base64url")]
    ValueForm,
    /// The playbook has no canonical form.
    #[error("the playbook has no canonical form: {0}")]
    Canonical(String),
    /// Something was changed after signing, or another key signed.
    #[error("the signature does not match the playbook and the key")]
    Mismatch,
    /// More signatures than are verified.
    #[error("the playbook has more signatures than are verified: the first {MOST} are, {DEEPEST} deep")]
    TooMany,
}

/// Why a signature that may well hold is not to be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Untrusted {
    /// It does not hold.
    #[error("the signature does not hold")]
    Broken,
    /// It is of another playbook.
    #[error("the signature names another playbook")]
    OtherPlaybook,
    /// It is of another version.
    #[error("the signature names another version of the playbook")]
    OtherVersion,
    /// Its maker took it back.
    #[error("the signature was taken back by its maker")]
    Revoked,
    /// Its time has not come.
    #[error("the signature is not valid yet")]
    Early,
    /// Its time is over.
    #[error("the signature is no longer valid")]
    Expired,
    /// No one whom we know has this key.
    #[error("the key is not on the list of trusted keys")]
    UnknownKey,
    /// The key is on the list, but not for now.
    #[error("the key is on the list of trusted keys, but not for this time")]
    KeyOutOfTime,
}

/// What is known of one signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its identifier.
    pub id: Option<Identifier>,
    /// Who is said to have signed: a claim of whoever wrote the signature.
    pub signee: Option<String>,
    /// Its algorithm, as it says.
    pub algorithm: Option<String>,
    /// Whether it holds, and over what.
    pub intact: Result<DigestReading, Broken>,
    /// Whose key it is, on the list of trusted keys; or why it is not relied on.
    pub trusted: Result<String, Untrusted>,
    /// What is known of the signature over this signature.
    pub countersignature: Option<Box<Verdict>>,
}

impl Verdict {
    /// Whether it holds and the signer is someone whom we know.
    #[must_use]
    pub const fn is_trusted(&self) -> bool {
        self.trusted.is_ok()
    }
}

/// Verifies every signature of a playbook, in their order, with what countersigns them. `now_ms` is the time
/// at which validity is asked for, in milliseconds since 1970; without it nothing is early or expired.
#[must_use]
pub fn verify(playbook: &Json<'_>, trust: &TrustList, now_ms: Option<i64>) -> Vec<Verdict> {
    let signatures = playbook.get("signatures").and_then(Json::as_list).unwrap_or_default();
    let mut verifier = Verifier { playbook, trust, now_ms, left: MOST, bytes: MOST_BYTES };
    signatures.iter().map(|signature| verifier.signature(signature, signature, 0)).collect()
}

struct Verifier<'a, 'j> {
    playbook: &'a Json<'j>,
    trust: &'a TrustList,
    now_ms: Option<i64>,
    left: usize,
    bytes: usize,
}

impl Verifier<'_, '_> {
    /// `top` is a signature of the playbook, `signature` the one `depth` counter-signatures below it.
    fn signature(&mut self, top: &Json<'_>, signature: &Json<'_>, depth: usize) -> Verdict {
        let text = |name: &str| signature.get(name).and_then(Json::as_text);
        let key = key_of(self.trust, signature);
        let intact = match &key {
            // Beyond the limit it is said that nothing is known, not that nothing is there.
            Ok(_) if depth > DEEPEST => Err(Broken::TooMany),
            Ok((key, _)) => self.holds(top, signature, depth, key),
            Err(broken) => Err(broken.clone()),
        };
        let trusted = match (&intact, &key) {
            (Ok(_), Ok((key, named))) => self.trusted(signature, key, *named),
            (Ok(_) | Err(_), _) => Err(Untrusted::Broken),
        };
        let counter = signature.get("signature").filter(|counter| counter.as_object().is_some());
        Verdict {
            id: text("id").map(Identifier::new),
            signee: text("signee").map(str::to_owned),
            algorithm: text("algorithm").map(str::to_owned),
            intact,
            trusted,
            countersignature: counter
                .filter(|_| depth <= DEEPEST)
                .map(|counter| Box::new(self.signature(top, counter, depth + 1))),
        }
    }

    fn holds(
        &mut self,
        top: &Json<'_>,
        signature: &Json<'_>,
        depth: usize,
        key: &[u8],
    ) -> Result<DigestReading, Broken> {
        let text =
            |name: &'static str| signature.get(name).and_then(Json::as_text).ok_or(Broken::Missing(name));
        let name = text("algorithm")?;
        let algorithm = algorithm::of(name).ok_or_else(|| Broken::Algorithm(crate::json::short(name)))?;
        let value = decoded(text("value")?).ok_or(Broken::ValueForm)?;
        let hash = text("hash_algorithm")?;
        self.left = self.left.checked_sub(1).filter(|_| self.bytes > 0).ok_or(Broken::TooMany)?;
        let bytes = canonical::bytes(self.playbook, &without_value(top, depth)).map_err(Broken::Canonical)?;
        self.bytes = self.bytes.saturating_sub(bytes.len());
        let digest = canonical::hex_digest(hash, &bytes)
            .ok_or_else(|| Broken::HashAlgorithm(crate::json::short(hash)))?;
        if algorithm::holds(algorithm, key, digest.as_bytes(), &value) {
            return Ok(DigestReading::HexDigest);
        }
        if algorithm::holds(algorithm, key, &bytes, &value) {
            return Ok(DigestReading::CanonicalBytes);
        }
        Err(Broken::Mismatch)
    }

    /// Is a signature that holds one to rely on?
    fn trusted(
        &self,
        signature: &Json<'_>,
        key: &[u8],
        named: Option<&TrustedKey>,
    ) -> Result<String, Untrusted> {
        let of_playbook = |name: &str| self.playbook.get(name).and_then(Json::as_text);
        let text = |name: &str| signature.get(name).and_then(Json::as_text);
        if text("related_to") != of_playbook("id") {
            return Err(Untrusted::OtherPlaybook);
        }
        if text("related_version") != of_playbook("modified") {
            return Err(Untrusted::OtherVersion);
        }
        if signature.get("revoked") == Some(&Json::Bool(true)) {
            return Err(Untrusted::Revoked);
        }
        let time = |name: &str| text(name).and_then(instant);
        if let Some(now) = self.now_ms.map(|now| i128::from(now) * 1_000_000) {
            if time("valid_from").is_some_and(|from| now < from) {
                return Err(Untrusted::Early);
            }
            if time("valid_until").is_some_and(|until| until <= now) {
                return Err(Untrusted::Expired);
            }
        }
        let mut known = named.into_iter().chain(self.trust.by_key(key)).peekable();
        if known.peek().is_none() {
            return Err(Untrusted::UnknownKey);
        }
        known
            .find(|trusted| self.is_in_time(trusted))
            .map(|trusted| trusted.identity.clone())
            .ok_or(Untrusted::KeyOutOfTime)
    }

    fn is_in_time(&self, trusted: &TrustedKey) -> bool {
        self.now_ms.is_none_or(|now| {
            trusted.valid_from_ms.is_none_or(|from| from <= now)
                && trusted.valid_until_ms.is_none_or(|until| now < until)
        })
    }
}

/// The key of a signature, and the entry of the list that it was taken from, if it was.
fn key_of<'t>(
    trust: &'t TrustList,
    signature: &Json<'_>,
) -> Result<(Vec<u8>, Option<&'t TrustedKey>), Broken> {
    if let Some(key) = signature.get("public_key").and_then(Json::as_text) {
        return Ok((decoded(key).ok_or(Broken::KeyForm)?, None));
    }
    if let Some(chain) = signature.get("public_cert_chain").and_then(Json::as_list) {
        let first = chain.first().and_then(Json::as_text).and_then(decoded).ok_or(Broken::KeyForm)?;
        let key = certificate::public_key(&first).ok_or(Broken::KeyForm)?;
        return Ok((key.to_owned(), None));
    }
    if let Some(thumbprint) = signature.get("thumbprint").and_then(Json::as_text) {
        let trusted = trust.by_thumbprint(thumbprint.trim_end_matches('=')).ok_or(Broken::NoKey)?;
        return Ok((trusted.public_key.clone(), Some(trusted)));
    }
    Err(if signature.get("cert_url").is_some() { Broken::NoKey } else { Broken::Missing("key") })
}

/// The signature as it was when the one `depth` below it was made: that one without its value and without
/// what countersigns it, all above it whole.
pub(super) fn without_value<'j>(signature: &Json<'j>, depth: usize) -> Json<'j> {
    let members = signature.as_object().unwrap_or_default();
    let kept = members.iter().filter(|member| depth > 0 || !matches!(&*member.name, "value" | "signature"));
    let reduced = kept.map(|member| match &*member.name {
        "signature" => Member { name: member.name.clone(), value: without_value(&member.value, depth - 1) },
        _ => member.clone(),
    });
    Json::Object(reduced.collect())
}

/// Base64 or Base64url, with or without padding, broken into lines or not: keys come from PEM.
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let alphabet = if text.contains(['-', '_']) { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    let text: String = text.split_ascii_whitespace().collect();
    GeneralPurpose::new(alphabet, LENIENT).decode(text).ok()
}
