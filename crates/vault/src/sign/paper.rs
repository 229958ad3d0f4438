//! The paper of a filing: a PDF whose digest the receipt names.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use model::ReceiptDocument;

use super::{
    findings::{DocumentKind, Finding, Severity, Verdict},
    published::PublishedKey,
    verify::verify,
};

/// SHA-256 of a paper in hexadecimal, as a receipt names it and as common tools print it.
#[must_use]
pub fn paper_digest(paper: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in digest(&SHA256, paper).as_ref() {
        let _always_fits = write!(text, "{byte:02x}");
    }
    text
}

/// Verifies a receipt together with the paper of its filing: as [`verify`], and neither intact nor
/// trusted when the receipt names another paper, or none.
///
/// Rules of findings besides those of [`verify`]: `paper-mismatch`, `paper-unnamed`.
#[must_use]
pub fn verify_with_paper(document: &[u8], paper: &[u8], trust: &[PublishedKey]) -> Verdict {
    let verdict = verify(document, trust);
    if !verdict.intact {
        return verdict;
    }
    let named = match verdict.kind {
        DocumentKind::Receipt => serde_json::from_slice::<ReceiptDocument>(document)
            .ok()
            .and_then(|receipt| receipt.receipt.paper_sha256),
        DocumentKind::Filing | DocumentKind::Pack | DocumentKind::Package | DocumentKind::Unknown => None,
    };
    let found = paper_digest(paper);
    match named {
        Some(named) if named == found => verdict,
        Some(named) => {
            let message =
                format!("the paper is another one: its SHA-256 is {found}, the receipt names {named}");
            doubted(verdict, "paper-mismatch", message)
        }
        None => {
            let message = "the document names no paper: what it says counts, the paper proves nothing";
            doubted(verdict, "paper-unnamed", message.to_owned())
        }
    }
}

fn doubted(mut verdict: Verdict, rule: &str, message: String) -> Verdict {
    verdict.findings.push(Finding { severity: Severity::Error, rule: rule.to_owned(), message });
    Verdict { intact: false, signer: None, trusted: false, signed_at: None, ..verdict }
}
