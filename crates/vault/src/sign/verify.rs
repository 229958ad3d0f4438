//! Verification of a filing or a receipt with nothing but the document and trusted keys.

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{
    FilingDocument, Party, ReceiptDocument, Signature, filing::FILING_FORMAT, receipt::RECEIPT_FORMAT,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    agreement::disagreements,
    canonical::{canonical, group_digest, hashed},
    findings::{DocumentKind, Findings, Severity, Signer, Verdict, shown},
    key::{ALGORITHM, message},
    published::{PublishedKey, fingerprint},
    strict,
    trust::{Claim, Doubt, UNKNOWN, judge},
};

/// The largest document that is verified, in bytes: 8 MiB.
pub const DOCUMENT_LIMIT: usize = 8 * 1024 * 1024;

/// Verifies a filing or a receipt.
///
/// *Intact*: one meaning, known form, every disclosed group under its digest, valid signatures,
/// receipt and filing in agreement. What is hashed is the document as it came, not as it was
/// understood. *Trusted*: intact, and the signer's key is among `trust`, of the organisation that
/// should sign, under the same identifier, valid and not revoked at the time of signing. A
/// receipt is signed by its recipient; where the filer's key inside is unknown that is a warning,
/// where it is a wrong or an ended key the receipt is refused too.
///
/// Rules of findings: `document-too-large`, `json`, `structure`, `format`, `digest-mismatch`,
/// `digest-missing`, `redacted` (note), `signature-invalid`, `receipt-mismatch`,
/// `signer-unknown`, `other-key`, `key-mismatch`, `other-organisation`, `trust-fingerprint`,
/// `signed-before-validity`, `signed-after-validity`, `signed-after-revocation`; the last eight
/// with `filing-` before them for the filing inside a receipt.
#[must_use]
pub fn verify(document: &[u8], trust: &[PublishedKey]) -> Verdict {
    let mut findings = Findings::default();
    let Some(value) = read(document, &mut findings) else {
        return refused(DocumentKind::Unknown, findings);
    };
    if value.get("receipt").is_some() {
        match typed::<ReceiptDocument>(&value, &mut findings) {
            Some(receipt) => verify_receipt(&value, &receipt, trust, findings),
            None => refused(DocumentKind::Receipt, findings),
        }
    } else if value.get("head").is_some() {
        match typed::<FilingDocument>(&value, &mut findings) {
            Some(filing) => verify_filing(&value, &filing, trust, findings),
            None => refused(DocumentKind::Filing, findings),
        }
    } else {
        findings.error("structure", "the document is neither a filing nor a receipt".to_owned());
        refused(DocumentKind::Unknown, findings)
    }
}

pub(super) fn read(document: &[u8], findings: &mut Findings) -> Option<Value> {
    if document.len() > DOCUMENT_LIMIT {
        let message = format!("the document has {} bytes, at most {DOCUMENT_LIMIT} are read", document.len());
        findings.error("document-too-large", message);
        return None;
    }
    match strict::read(document) {
        Ok(value) => Some(value),
        Err(error) => {
            findings.error("json", format!("the document is not JSON with one meaning: {error}"));
            None
        }
    }
}

/// The document as its type, when the type says all of it: members that nobody signed and nobody
/// reads, or instants in another spelling, would be a place to hide things.
pub(super) fn typed<T: Serialize + for<'a> Deserialize<'a>>(
    value: &Value,
    findings: &mut Findings,
) -> Option<T> {
    let document = match T::deserialize(value) {
        Ok(document) => document,
        Err(error) => {
            findings
                .error("structure", format!("the document has another form: {}", shown(&error.to_string())));
            return None;
        }
    };
    match serde_json::to_value(&document) {
        Ok(understood) if understood == *value => Some(document),
        Ok(_) | Err(_) => {
            let message = "the document has members or spellings that its format does not know".to_owned();
            findings.error("structure", message);
            None
        }
    }
}

pub(super) fn refused(kind: DocumentKind, findings: Findings) -> Verdict {
    Verdict {
        kind,
        intact: false,
        signer: None,
        trusted: false,
        signed_at: None,
        findings: findings.into_list(),
    }
}

fn verify_filing(
    value: &Value,
    filing: &FilingDocument,
    trust: &[PublishedKey],
    mut findings: Findings,
) -> Verdict {
    check_filing(value, filing, &mut findings);
    if findings.errors() > 0 {
        return refused(DocumentKind::Filing, findings);
    }
    let at = filing.head.filed_at;
    let claim = Claim { party: &filing.head.from, signature: &filing.signature, signed_at: at, seen_at: at };
    if let Err(doubt) = judge(&claim, trust) {
        findings.error(doubt.rule, doubt.message);
    }
    judged(DocumentKind::Filing, &claim, findings)
}

fn verify_receipt(
    value: &Value,
    document: &ReceiptDocument,
    trust: &[PublishedKey],
    mut findings: Findings,
) -> Verdict {
    check_receipt(value, document, &mut findings);
    if findings.errors() > 0 {
        return refused(DocumentKind::Receipt, findings);
    }
    let (receipt, filing) = (&document.receipt, &document.filing);
    let at = receipt.received_at;
    let claim = Claim { party: &receipt.to, signature: &document.signature, signed_at: at, seen_at: at };
    if let Err(doubt) = judge(&claim, trust) {
        findings.error(doubt.rule, doubt.message);
    }
    let filed = filing.head.filed_at;
    let inner =
        Claim { party: &filing.head.from, signature: &filing.signature, signed_at: filed, seen_at: at };
    if let Err(Doubt { rule, message }) = judge(&inner, trust) {
        let severity = if rule == UNKNOWN { Severity::Warning } else { Severity::Error };
        findings.push(severity, &format!("filing-{rule}"), message);
    }
    judged(DocumentKind::Receipt, &claim, findings)
}

pub(super) fn judged(kind: DocumentKind, claim: &Claim<'_>, findings: Findings) -> Verdict {
    Verdict {
        kind,
        intact: true,
        signer: Some(signer(claim.party, claim.signature)),
        trusted: findings.errors() == 0,
        signed_at: Some(claim.signed_at),
        findings: findings.into_list(),
    }
}

fn signer(party: &Party, signature: &Signature) -> Signer {
    let public_key = BASE64_URL_SAFE_NO_PAD.decode(&signature.public_key).unwrap_or_default();
    Signer {
        organisation: party.organisation,
        name: shown(&party.name),
        key: signature.key,
        fingerprint: fingerprint(&public_key),
    }
}

fn check_receipt(value: &Value, document: &ReceiptDocument, findings: &mut Findings) {
    let (receipt, filing) = (&document.receipt, &document.filing);
    check_format(&receipt.format, RECEIPT_FORMAT, findings);
    check_signature(value.get("receipt"), RECEIPT_FORMAT, &document.signature, findings);
    let inner = value.get("filing").unwrap_or(&Value::Null);
    check_filing(inner, filing, findings);
    let digest = inner.get("head").and_then(|head| canonical(head).ok()).map(|bytes| hashed(&bytes));
    if digest.as_ref() != Some(&receipt.filing_digest) {
        let message = "the receipt speaks of another filing: its filing_digest is not that of the head";
        findings.error("receipt-mismatch", message.to_owned());
    }
    for part in disagreements(receipt, &filing.head) {
        findings.error("receipt-mismatch", format!("the receipt and its filing differ in {part}"));
    }
}

fn check_filing(value: &Value, filing: &FilingDocument, findings: &mut Findings) {
    check_format(&filing.head.format, FILING_FORMAT, findings);
    check_signature(value.get("head"), FILING_FORMAT, &filing.signature, findings);
    for (group, disclosure) in &filing.disclosures {
        let shows = value.pointer("/disclosures").and_then(|all| all.get(group));
        let marking = shows.and_then(|shows| shows.get("marking"));
        let content = shows.and_then(|shows| shows.get("content"));
        let digest = content.and_then(|content| group_digest(&disclosure.salt, group, content, marking).ok());
        let name = shown(group);
        match filing.head.groups.get(group) {
            None => {
                findings.error("digest-missing", format!("group {name} is disclosed but was never signed"))
            }
            Some(signed) if digest.as_ref() != Some(signed) => {
                findings.error("digest-mismatch", format!("group {name} was changed after it was signed"));
            }
            Some(_) => {}
        }
    }
    for group in filing.head.groups.keys().filter(|group| !filing.disclosures.contains_key(*group)) {
        let message = format!("group {} was filed, this copy does not show it", shown(group));
        findings.push(Severity::Note, "redacted", message);
    }
}

pub(super) fn check_format(format: &str, expected: &str, findings: &mut Findings) {
    if format != expected {
        findings.error("format", format!("the format is {}, known is {expected}", shown(format)));
    }
}

/// Checks the signature over the canonical form of the value as it came.
pub(super) fn check_signature(
    value: Option<&Value>,
    domain: &str,
    signature: &Signature,
    findings: &mut Findings,
) {
    if let Err(why) = valid(value, domain, signature) {
        findings.error("signature-invalid", format!("the signature of the {}: {why}", noun(domain)));
    }
}

fn noun(domain: &str) -> &'static str {
    match domain {
        RECEIPT_FORMAT => "receipt",
        FILING_FORMAT => "filing",
        super::package::SEAL_FORMAT => "package",
        _ => "pack",
    }
}

fn valid(value: Option<&Value>, domain: &str, signature: &Signature) -> Result<(), String> {
    if signature.algorithm != ALGORITHM {
        return Err(format!("the algorithm is {}, known is {ALGORITHM}", shown(&signature.algorithm)));
    }
    let public_key = decoded::<32>(&signature.public_key, "public key")?;
    let bytes = decoded::<64>(&signature.value, "signature")?;
    let value = value.ok_or("there is nothing signed")?;
    let canonical = canonical(value).map_err(|error| error.to_string())?;
    UnparsedPublicKey::new(&ED25519, public_key)
        .verify(&message(domain, &canonical), &bytes)
        .map_err(|_| "it is not valid: the document was changed after it was signed".to_owned())
}

fn decoded<const N: usize>(text: &str, what: &str) -> Result<[u8; N], String> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| format!("the {what} is not {N} bytes in base64url without padding"))
}
