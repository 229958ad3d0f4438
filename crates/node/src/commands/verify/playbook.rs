//! The signatures of a playbook (CACAO 2.0, section 10.15), against the keys that one trusts.

use std::path::Path;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use formats::{
    Limits,
    cacao::{self, DigestReading, TrustList, TrustedKey, Untrusted},
};
use model::Instant;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer, pem::PemObject};
use serde::Serialize;
use vault::PublishedKey;

use crate::output::{Outcome, Output, Unreadable, read_input};

/// What stands before an Ed25519 key in the form of certificates (RFC 8410, section 4).
const ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// What is known of a playbook's signatures.
#[derive(Debug, Serialize)]
struct Verdict {
    kind: &'static str,
    /// Whether there is a signature, and every one holds.
    intact: bool,
    /// Whether it is intact, and at least one signer is trusted.
    trusted: bool,
    /// The first signer that is trusted, by the name of its key on the list.
    signer: Option<String>,
    signed_at: Option<String>,
    findings: Vec<Finding>,
    signatures: Vec<Signature>,
}

#[derive(Debug, Serialize)]
struct Finding {
    severity: &'static str,
    rule: &'static str,
    message: String,
}

/// One signature, and what countersigns it.
#[derive(Debug, Serialize)]
struct Signature {
    id: Option<String>,
    /// A claim of whoever wrote the signature.
    signee: Option<String>,
    algorithm: Option<String>,
    intact: bool,
    /// What was signed: `hex_digest` or `canonical_bytes`.
    signed: Option<&'static str>,
    /// By whom, by the name of the key on the list.
    trusted: Option<String>,
    countersignature: Option<Box<Self>>,
}

/// Verifies a playbook against the keys in these files.
///
/// # Errors
/// Files that cannot be read.
pub fn run(
    document: &[u8],
    trust: &[impl AsRef<Path>],
    now: Instant,
    output: Output,
) -> anyhow::Result<Outcome> {
    let mut keys = TrustList::default();
    for file in trust {
        keys.0.extend(trusted(file.as_ref())?);
    }
    let playbook = formats::parse(document, &Limits::default())
        .map_err(|fault| Unreadable(format!("the playbook cannot be read: {fault}")))?;
    let verdict = verdict(&playbook, &keys, now);
    output.print(&verdict, in_words)?;
    Ok(if verdict.intact && verdict.trusted { Outcome::Fine } else { Outcome::Found })
}

fn verdict(playbook: &formats::Json<'_>, keys: &TrustList, now: Instant) -> Verdict {
    let found = cacao::verify(playbook, keys, Some(now.timestamp().as_millisecond()));
    let mut findings = Vec::new();
    if found.is_empty() {
        findings.push(Finding {
            severity: "error",
            rule: "no-signature",
            message: "the playbook has no signature: nothing shows who made it, or that it was not changed"
                .to_owned(),
        });
    }
    found.iter().for_each(|one| note(one, "", &mut findings));
    let signatures = playbook.get("signatures").and_then(formats::Json::as_list).unwrap_or_default();
    let first = found.iter().position(cacao::Verdict::is_trusted);
    let created = first.and_then(|at| signatures.get(at)?.get("created")?.as_text());
    let intact = !found.is_empty() && found.iter().all(|one| one.intact.is_ok());
    Verdict {
        kind: "playbook",
        intact,
        trusted: intact && first.is_some(),
        signer: first.and_then(|at| found.get(at)?.trusted.clone().ok()),
        signed_at: created.map(str::to_owned),
        findings,
        signatures: found.iter().map(signature).collect(),
    }
}

fn note(one: &cacao::Verdict, over: &str, findings: &mut Vec<Finding>) {
    let id = one.id.as_ref().map_or_else(|| "a signature without id".to_owned(), ToString::to_string);
    match (&one.intact, &one.trusted) {
        (Err(broken), _) => findings.push(Finding {
            severity: "error",
            rule: "signature-broken",
            message: format!("{over}{id}: {broken}"),
        }),
        (Ok(_), Err(why)) => findings.push(Finding {
            severity: "error",
            rule: if *why == Untrusted::UnknownKey { "signer-unknown" } else { "signer-refused" },
            message: format!("{over}{id}: {why}"),
        }),
        (Ok(_), Ok(_)) => {}
    }
    if let Some(counter) = &one.countersignature {
        note(counter, &format!("over {id}, "), findings);
    }
}

fn signature(one: &cacao::Verdict) -> Signature {
    Signature {
        id: one.id.as_ref().map(ToString::to_string),
        signee: one.signee.clone(),
        algorithm: one.algorithm.clone(),
        intact: one.intact.is_ok(),
        signed: one.intact.as_ref().ok().map(|reading| match reading {
            DigestReading::HexDigest => "hex_digest",
            DigestReading::CanonicalBytes => "canonical_bytes",
        }),
        trusted: one.trusted.as_ref().ok().cloned(),
        countersignature: one.countersignature.as_ref().map(|counter| Box::new(signature(counter))),
    }
}

/// The keys of a file: published keys of Beffroi in JSON, or certificates and public keys in PEM, which go by the
/// name of the file.
fn trusted(file: &Path) -> anyhow::Result<Vec<TrustedKey>> {
    let bytes = read_input(file)?;
    let name = file.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let wrong = |why: String| Unreadable(format!("{}: {why}", file.display()));
    if !bytes.windows(10).any(|window| window == b"-----BEGIN") {
        let published = vault::read_trust(&bytes).map_err(|error| wrong(error.to_string()))?;
        return Ok(published.iter().filter_map(of_published).collect());
    }
    let mut keys = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&bytes) {
        let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
        let key = TrustedKey::of_certificate(&name, &certificate);
        keys.push(key.ok_or_else(|| wrong("a certificate in it holds no key that can be read".to_owned()))?);
    }
    for key in SubjectPublicKeyInfoDer::pem_slice_iter(&bytes) {
        keys.push(TrustedKey::new(&name, key.map_err(|error| wrong(error.to_string()))?.to_vec()));
    }
    if keys.is_empty() {
        return Err(wrong("holds neither a CERTIFICATE nor a PUBLIC KEY".to_owned()).into());
    }
    Ok(keys)
}

/// A key of an organisation as signatures of playbooks carry it.
fn of_published(key: &PublishedKey) -> Option<TrustedKey> {
    let raw = BASE64_URL_SAFE_NO_PAD.decode(&key.public_key).ok()?;
    let ends = [key.valid_until, key.revoked_at].into_iter().flatten().min();
    Some(TrustedKey {
        valid_from_ms: Some(key.valid_from.timestamp().as_millisecond()),
        valid_until_ms: ends.map(|end| end.timestamp().as_millisecond()),
        ..TrustedKey::new(&key.name, [&ED25519[..], &raw].concat())
    })
}

fn in_words(verdict: &Verdict) -> String {
    let unknown = verdict.findings.iter().any(|finding| finding.rule == "signer-unknown");
    let mut text = match (verdict.intact, verdict.trusted) {
        (true, true) => "intact, signer trusted",
        (true, false) if unknown => "intact, signer unknown",
        (true, false) => "intact, signer refused",
        (false, _) => "not intact",
    }
    .to_owned();
    text.push('\n');
    for one in &verdict.signatures {
        let by = one.trusted.as_deref().map(|name| format!("signed by    {name}\n"));
        let claim = one.signee.as_deref().map(|name| format!("says it is   {name}\n"));
        text += &by.or(claim).unwrap_or_default();
    }
    if let Some(at) = &verdict.signed_at {
        text += &format!("signed at    {at}\n");
    }
    for finding in &verdict.findings {
        text += &format!("{}: {} ({})\n", finding.severity, finding.message, finding.rule);
    }
    text
}
