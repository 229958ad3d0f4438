//! A receipt and the paper of its filing.

use model::ReceiptBody;
use vault::{paper_digest, sign_receipt, verify_with_paper};

use crate::proofs::{Desk, bytes, desk};

const PAPER: &[u8] = b"%PDF-1.7 the paper";

/// A receipt that names `paper`.
fn receipt(desk: &Desk, paper: Option<&[u8]>) -> Vec<u8> {
    let filing = desk.filing();
    let body = ReceiptBody { paper_sha256: paper.map(paper_digest), ..desk.body(&filing) };
    bytes(&sign_receipt(body, filing, &desk.csirt_key).unwrap())
}

#[test]
fn the_digest_is_the_one_that_common_tools_print() {
    assert_eq!(paper_digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn the_paper_that_the_receipt_names_is_intact_and_no_other() {
    let desk = desk();
    let named = receipt(&desk, Some(PAPER));
    let verdict = verify_with_paper(&named, PAPER, &desk.trust());
    assert!(verdict.intact && verdict.trusted, "{:?}", verdict.findings);

    let other = verify_with_paper(&named, b"%PDF-1.7 the paper ", &desk.trust());
    assert!(!other.intact && !other.trusted && other.has("paper-mismatch"), "{:?}", other.findings);
    let unnamed = verify_with_paper(&receipt(&desk, None), PAPER, &desk.trust());
    assert!(!unnamed.intact && unnamed.has("paper-unnamed"), "{:?}", unnamed.findings);
    let filing = verify_with_paper(&bytes(&desk.filing()), PAPER, &desk.trust());
    assert!(!filing.intact && filing.has("paper-unnamed"), "{:?}", filing.findings);
}

#[test]
fn the_name_of_the_paper_is_covered_by_the_signature() {
    let desk = desk();
    let mut document: serde_json::Value = serde_json::from_slice(&receipt(&desk, Some(PAPER))).unwrap();
    document["receipt"]["paper_sha256"] = paper_digest(b"%PDF-1.7 forged").into();
    let forged = verify_with_paper(&bytes(&document), b"%PDF-1.7 forged", &desk.trust());
    assert!(!forged.intact && forged.has("signature-invalid"), "{:?}", forged.findings);
    document["receipt"].as_object_mut().unwrap().remove("paper_sha256");
    assert!(!vault::verify(&bytes(&document), &desk.trust()).intact, "it cannot be left out either");
}
