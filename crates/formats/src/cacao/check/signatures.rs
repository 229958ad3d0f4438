//! Signatures: do they belong to this playbook, and do they hold (section 10.15)? Who signed is another
//! question: see [`crate::cacao::verify`].

use std::collections::HashSet;

use super::{
    Options, definitions,
    inspector::{Inspector, Step},
};
use crate::{
    Json,
    cacao::{
        sign::{Broken, DigestReading, TrustList, Verdict, verify},
        timestamp::instant,
    },
    json::short,
};

const SOURCE: &str = "CACAO 2.0, 10.15";

/// All rules about signatures.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, options: &Options) {
    let signatures = playbook.get("signatures").and_then(Json::as_list).unwrap_or_default();
    let mut seen = HashSet::new();
    for (index, signature) in signatures.iter().enumerate() {
        inspector.at(&[Step::Name("signatures"), Step::Index(index)], |inspector| {
            let text = |name: &str| signature.get(name).and_then(Json::as_text);
            if let (Some(id), Some(modified)) = (text("id"), text("modified"))
                && !seen.insert((id, modified))
            {
                inspector.error("cacao.signature.duplicate", SOURCE, || {
                    "this version of the signature stands here twice: leave one away".to_owned()
                });
            }
            one(inspector, playbook, signature, options);
        });
    }
    if options.verify && !signatures.is_empty() {
        let verdicts = verify(playbook, &TrustList::default(), options.now_ms);
        for (index, verdict) in verdicts.iter().enumerate() {
            inspector
                .at(&[Step::Name("signatures"), Step::Index(index)], |inspector| broken(inspector, verdict));
        }
    }
}

/// One signature, and what countersigns it; as deep as the document.
fn one<'d>(
    inspector: &mut Inspector<'d>,
    playbook: &'d Json<'_>,
    signature: &'d Json<'_>,
    options: &Options,
) {
    const KEYS: [&str; 4] = ["public_key", "public_cert_chain", "cert_url", "thumbprint"];
    let keys = KEYS.iter().filter(|name| signature.get(name).is_some()).count();
    if keys != 1 {
        inspector.error("cacao.signature.key", SOURCE, || {
            format!("the signature has {keys} keys: set one of {}", KEYS.join(", "))
        });
    }
    belongs(inspector, playbook, signature);
    definitions::order(inspector, signature);
    validity(inspector, signature, options.now_ms);
    if let Some(value) = signature.get("value").and_then(Json::as_text)
        && !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        inspector.within(Step::Name("value"), |inspector| {
            inspector.error("cacao.signature.value", SOURCE, || {
                "the value is Base64url without padding: replace + by -, / by _, and leave = \
                away"
                    .to_owned()
            });
        });
    }
    if let Some(counter) = signature.get("signature").filter(|counter| counter.as_object().is_some()) {
        inspector.within(Step::Name("signature"), |inspector| one(inspector, playbook, counter, options));
    }
}

/// Is it a signature of this version of this playbook?
fn belongs<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, signature: &'d Json<'_>) {
    const RULES: [(&str, &str, &str); 2] = [
        ("related_to", "id", "cacao.signature.playbook"),
        ("related_version", "modified", "cacao.signature.version"),
    ];
    for (name, of_playbook, rule) in RULES {
        let said = signature.get(name).and_then(Json::as_text);
        let is = playbook.get(of_playbook).and_then(Json::as_text);
        if let (Some(said), Some(is)) = (said, is)
            && said != is
        {
            inspector.within(Step::Name(name), |inspector| {
                inspector.error(rule, SOURCE, || {
                    format!(
                        "{} is not the {of_playbook} of this playbook, {}: sign this version",
                        short(said),
                        short(is)
                    )
                });
            });
        }
    }
}

fn validity(inspector: &mut Inspector<'_>, signature: &Json<'_>, now_ms: Option<i64>) {
    if signature.get("revoked") == Some(&Json::Bool(true)) {
        inspector.within(Step::Name("revoked"), |inspector| {
            inspector.error("cacao.signature.revoked", SOURCE, || {
                "its maker took the signature back: take it out, or sign anew".to_owned()
            });
        });
        return;
    }
    let Some(now) = now_ms.map(|now| i128::from(now) * 1_000_000) else { return };
    let time = |name: &str| signature.get(name).and_then(Json::as_text).and_then(instant);
    if time("valid_until").is_some_and(|until| until <= now) {
        inspector.within(Step::Name("valid_until"), |inspector| {
            inspector.error("cacao.signature.expired", SOURCE, || {
                "the signature is no longer valid: ask for a new one".to_owned()
            });
        });
    }
    if time("valid_from").is_some_and(|from| now < from) {
        inspector.within(Step::Name("valid_from"), |inspector| {
            inspector
                .warning("cacao.signature.early", SOURCE, || "the signature is not valid yet".to_owned());
        });
    }
}

/// What the verification says, here and of what countersigns.
fn broken(inspector: &mut Inspector<'_>, verdict: &Verdict) {
    match &verdict.intact {
        Ok(DigestReading::HexDigest) => {}
        Ok(DigestReading::CanonicalBytes) => inspector.error("cacao.signature.reading", SOURCE, || {
            "the signature holds over the canonical bytes, not over their digest in hexadecimal as \
            in the published example: others may refuse it, so sign the digest"
                .to_owned()
        }),
        Err(Broken::Mismatch) => inspector.error("cacao.signature.invalid", SOURCE, || {
            "the signature does not hold: the playbook or the signature was changed after \
            signing"
                .to_owned()
        }),
        Err(Broken::Missing(_) | Broken::NoKey) => {}
        Err(reason @ (Broken::KeyForm | Broken::ValueForm)) => {
            inspector.error("cacao.signature.form", SOURCE, || reason.to_string());
        }
        Err(reason @ Broken::Canonical(_)) => {
            inspector.error("cacao.signature.canonical", "RFC 8785, 3", || reason.to_string());
        }
        Err(reason @ (Broken::HashAlgorithm(_) | Broken::Algorithm(_) | Broken::TooMany)) => {
            inspector.warning("cacao.signature.unverified", SOURCE, || reason.to_string());
        }
    }
    if let Some(counter) = &verdict.countersignature {
        inspector.within(Step::Name("signature"), |inspector| broken(inspector, counter));
    }
}
