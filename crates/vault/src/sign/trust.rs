//! Whether the key that signed is one that the right organisation published, at that time.

use model::{Instant, Party, Signature};

use super::{findings::shown, published::PublishedKey};

/// What a signature claims.
pub(crate) struct Claim<'a> {
    /// The organisation that should have signed.
    pub(crate) party: &'a Party,
    /// By which key.
    pub(crate) signature: &'a Signature,
    /// When, by its own word.
    pub(crate) signed_at: Instant,
    /// When at the latest, by the word of a witness; a stolen key can backdate `signed_at` only.
    pub(crate) seen_at: Instant,
}

/// Why a signature is not trusted.
pub(crate) struct Doubt {
    /// The stable name of the rule.
    pub(crate) rule: &'static str,
    /// In words.
    pub(crate) message: String,
}

impl Doubt {
    const fn new(rule: &'static str, message: String) -> Self {
        Self { rule, message }
    }
}

/// The rule for a signer of whom the trusted keys know nothing.
pub(crate) const UNKNOWN: &str = "signer-unknown";

/// Judges a claim whose signature is already known to be valid. All published entries of a key
/// must agree: where one of them has ended, the key has ended.
pub(crate) fn judge(claim: &Claim<'_>, trust: &[PublishedKey]) -> Result<(), Doubt> {
    let party = claim.party;
    let same_key = || trust.iter().filter(|key| key.public_key == claim.signature.public_key);
    let theirs = |key: &&PublishedKey| key.organisation == party.organisation;
    if same_key().next().is_none() {
        return Err(stranger(claim, trust));
    }
    if let Some(key) = same_key().find(|key| !theirs(key)) {
        let (name, owner) = (shown(&party.name), shown(&key.name));
        let message = format!("the signature should be of {name}, but the key belongs to {owner}");
        return Err(Doubt::new("other-organisation", message));
    }
    same_key().try_for_each(|key| judge_key(claim, key))
}

fn stranger(claim: &Claim<'_>, trust: &[PublishedKey]) -> Doubt {
    let name = shown(&claim.party.name);
    if trust.iter().any(|key| key.key == claim.signature.key) {
        let message = format!("key {} is published with another public key", claim.signature.key);
        return Doubt::new("key-mismatch", message);
    }
    if trust.iter().any(|key| key.organisation == claim.party.organisation) {
        let message = format!(
            "{name} has published keys, and key {} is none of them: another node's key, or trusted keys that are too old",
            claim.signature.key
        );
        return Doubt::new("other-key", message);
    }
    let message = format!(
        "no trusted key of {name} is known: get its keys from it or its node, and compare the fingerprint"
    );
    Doubt::new(UNKNOWN, message)
}

fn judge_key(claim: &Claim<'_>, key: &PublishedKey) -> Result<(), Doubt> {
    let (id, at, seen) = (key.key, claim.signed_at, claim.seen_at);
    if id != claim.signature.key {
        let message = format!("the signature names key {}, but this public key is {id}", claim.signature.key);
        return Err(Doubt::new("key-mismatch", message));
    }
    if !key.is_consistent() {
        let message = format!("the fingerprint beside key {id} in the trusted keys is not that of the key");
        return Err(Doubt::new("trust-fingerprint", message));
    }
    if at < key.valid_from {
        let message = format!("signed at {at}, before key {id} became valid at {}", key.valid_from);
        return Err(Doubt::new("signed-before-validity", message));
    }
    match (key.revoked_at, key.valid_until) {
        (Some(revoked), _) if seen >= revoked => {
            let message = format!("signed at {seen}, but key {id} was revoked at {revoked}");
            Err(Doubt::new("signed-after-revocation", message))
        }
        (_, Some(end)) if seen >= end => {
            let message = format!("signed at {seen}, but key {id} was valid until {end}");
            Err(Doubt::new("signed-after-validity", message))
        }
        _ => Ok(()),
    }
}
