//! Making filings and receipts: digests, heads, signatures.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{
    Disclosure, FiledAnswer, FilingDocument, FilingHead, Marking, ReceiptBody, ReceiptDocument,
    filing::FILING_FORMAT, receipt::RECEIPT_FORMAT,
};

use super::{
    agreement::disagreements,
    canonical::{CanonicalError, canonical_of, group_digest, hashed},
    key::SigningKey,
};

/// Why a document is not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// It has no canonical form.
    #[error("the document cannot be signed: {0}")]
    Canonical(#[from] CanonicalError),
    /// The format name is another.
    #[error("the document has the format {0:?}, which is not the one that is signed here")]
    Format(String),
    /// A group without its digest, or a digest without its group.
    #[error("group {0:?} and its digest in the head do not belong together: disclose it again")]
    Digest(String),
    /// The receipt speaks of another filing.
    #[error("the receipt and its filing differ in {0}")]
    Disagreement(&'static str),
}

/// A field group with its salt, and the digest that goes into `groups` of the head.
///
/// `salt` is fresh chance for each group of each filing; without it the digest of a redacted
/// group could be guessed from likely answers.
///
/// # Errors
/// [`SignError::Canonical`] when an answer holds a number that readers would round.
pub fn disclose(
    group: &str,
    content: BTreeMap<String, FiledAnswer>,
    marking: Option<Marking>,
    salt: [u8; 16],
) -> Result<(Disclosure, String), SignError> {
    let disclosure = Disclosure { salt: BASE64_URL_SAFE_NO_PAD.encode(salt), content, marking };
    let digest = digest_of(group, &disclosure)?;
    Ok((disclosure, digest))
}

/// Signs the head of a filing by the key of the organisation that files.
///
/// # Errors
/// [`SignError`] when the format is another, or when `disclosures` and the digests of the head
/// do not match one to one.
pub fn sign_filing(
    head: FilingHead,
    disclosures: BTreeMap<String, Disclosure>,
    key: &SigningKey,
) -> Result<FilingDocument, SignError> {
    if head.format != FILING_FORMAT {
        return Err(SignError::Format(head.format));
    }
    if let Some(group) = head.groups.keys().find(|group| !disclosures.contains_key(*group)) {
        return Err(SignError::Digest(group.clone()));
    }
    for (group, disclosure) in &disclosures {
        if head.groups.get(group) != Some(&digest_of(group, disclosure)?) {
            return Err(SignError::Digest(group.clone()));
        }
    }
    let signature = key.sign(FILING_FORMAT, &canonical_of(&head)?);
    Ok(FilingDocument { head, signature, disclosures })
}

/// Signs a receipt by the key of the organisation that received `filing`.
///
/// # Errors
/// [`SignError`] when the format is another, or the receipt speaks of another filing.
pub fn sign_receipt(
    receipt: ReceiptBody,
    filing: FilingDocument,
    key: &SigningKey,
) -> Result<ReceiptDocument, SignError> {
    if receipt.format != RECEIPT_FORMAT {
        return Err(SignError::Format(receipt.format));
    }
    if receipt.filing_digest != filing_digest(&filing.head)? {
        return Err(SignError::Disagreement("filing_digest"));
    }
    if let Some(part) = disagreements(&receipt, &filing.head).first() {
        return Err(SignError::Disagreement(part));
    }
    let signature = key.sign(RECEIPT_FORMAT, &canonical_of(&receipt)?);
    Ok(ReceiptDocument { receipt, signature, filing })
}

/// SHA-256 of the RFC 8785 form of a filing's head, base64url without padding.
///
/// # Errors
/// [`SignError::Canonical`], which a head of the model never causes.
pub fn filing_digest(head: &FilingHead) -> Result<String, SignError> {
    Ok(hashed(&canonical_of(head)?))
}

fn digest_of(group: &str, disclosure: &Disclosure) -> Result<String, SignError> {
    let content = serde_json::to_value(&disclosure.content).map_err(CanonicalError::from)?;
    let marking = disclosure.marking.map(serde_json::to_value).transpose().map_err(CanonicalError::from)?;
    Ok(group_digest(&disclosure.salt, group, &content, marking.as_ref())?)
}
