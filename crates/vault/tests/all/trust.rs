//! Whose word a signature is, and until when.

use model::{Party, ReceiptDocument};
use vault::{PublishedKey, Severity, Verdict, read_trust, sign_filing, sign_receipt, verify};

use crate::proofs::{Desk, FILED_AT, at, bytes, desk, party, signing_key};

/// Verifies a receipt of `desk` under trusted keys that `change` has changed.
fn judged(desk: &Desk, change: impl Fn(&mut Vec<PublishedKey>)) -> Verdict {
    let mut trust = desk.trust();
    change(&mut trust);
    verify(&bytes(&desk.receipt()), &trust)
}

fn assert_refused(verdict: &Verdict, rule: &str) {
    assert!(verdict.intact && !verdict.trusted && verdict.has(rule), "{rule}: {verdict:?}");
}

#[test]
fn without_keys_the_signer_is_unknown() {
    let verdict = judged(&desk(), Vec::clear);
    assert_refused(&verdict, "signer-unknown");
    assert_eq!(verdict.to_string(), "intact, signer unknown");
    assert_eq!(verdict.signer.unwrap().name, "National CSIRT");
}

#[test]
fn the_recipient_alone_is_enough_for_a_receipt() {
    let verdict = judged(&desk(), |trust| drop(trust.remove(0)));
    assert!(verdict.trusted && verdict.has("filing-signer-unknown"), "{verdict:?}");
    assert_eq!(verdict.findings[0].severity, Severity::Warning);
}

#[test]
fn the_reporter_alone_is_not() {
    assert_refused(&judged(&desk(), |trust| drop(trust.pop())), "signer-unknown");
}

#[test]
fn a_key_revoked_before_is_refused_and_afterwards_is_not() {
    let verdict = judged(&desk(), |trust| trust[1].revoked_at = Some(at(FILED_AT)));
    assert_refused(&verdict, "signed-after-revocation");
    assert_eq!(verdict.to_string(), "intact, signer refused");
    let later = judged(&desk(), |trust| trust[1].revoked_at = Some(at("2026-03-06T16:02:11.480234Z")));
    assert!(later.trusted, "{later:?}");
}

#[test]
fn a_filing_by_a_revoked_key_spoils_its_receipt() {
    let verdict = judged(&desk(), |trust| trust[0].revoked_at = Some(at("2026-02-01T00:00:00Z")));
    assert_refused(&verdict, "filing-signed-after-revocation");
}

/// The thief of a key that is revoked by now says that he signed before; the receipt knows better.
#[test]
fn a_backdated_filing_is_judged_by_its_receipt() {
    let desk = desk();
    let mut filing = desk.filing();
    filing.head.filed_at = at("2026-02-01T00:00:00Z");
    let filing = sign_filing(filing.head, filing.disclosures, &desk.hospital_key).unwrap();
    let receipt = sign_receipt(desk.body(&filing), filing, &desk.csirt_key).unwrap();
    let mut trust = desk.trust();
    assert!(verify(&bytes(&receipt), &trust).trusted);
    trust[0].revoked_at = Some(at("2026-02-15T00:00:00Z"));
    assert_refused(&verify(&bytes(&receipt), &trust), "filing-signed-after-revocation");
}

#[test]
fn a_key_speaks_only_while_it_is_valid() {
    let early = judged(&desk(), |trust| trust[1].valid_from = at("2026-03-07T00:00:00Z"));
    assert_refused(&early, "signed-before-validity");
    let late = judged(&desk(), |trust| trust[1].valid_until = Some(at(FILED_AT)));
    assert_refused(&late, "signed-after-validity");
    assert!(judged(&desk(), |trust| trust[1].valid_from = at(FILED_AT)).trusted);
}

/// The receipt of `desk` as signed by someone else's key.
fn forged(desk: &Desk, key: &vault::SigningKey) -> ReceiptDocument {
    let filing = desk.filing();
    sign_receipt(desk.body(&filing), filing, key).unwrap()
}

#[test]
fn the_key_of_another_organisation_is_refused() {
    let desk = desk();
    let verdict = verify(&bytes(&forged(&desk, &desk.hospital_key)), &desk.trust());
    assert_refused(&verdict, "other-organisation");
}

#[test]
fn the_key_of_another_node_is_refused() {
    let desk = desk();
    let elsewhere = signing_key();
    let verdict = verify(&bytes(&forged(&desk, &elsewhere)), &desk.trust());
    assert_refused(&verdict, "other-key");
    let twin = Party { name: desk.csirt.name.clone(), ..party("") };
    let trust = [elsewhere.published(&twin, at("2026-01-01T00:00:00Z"))];
    assert_refused(&verify(&bytes(&forged(&desk, &elsewhere)), &trust), "other-organisation");
}

#[test]
fn a_key_under_another_identifier_is_refused() {
    let desk = desk();
    let verdict = judged(&desk, |trust| trust[1].key = trust[0].key);
    assert_refused(&verdict, "key-mismatch");
    let verdict = judged(&desk, |trust| trust[1].public_key = signing_key().public_key());
    assert_refused(&verdict, "key-mismatch");
    let mut receipt = desk.receipt();
    receipt.signature.key = desk.hospital_key.id();
    assert_refused(&verify(&bytes(&receipt), &desk.trust()), "key-mismatch");
}

#[test]
fn where_one_copy_of_a_key_is_revoked_the_key_is_revoked() {
    let verdict = judged(&desk(), |trust| {
        let revoked = PublishedKey { revoked_at: Some(at("2026-02-01T00:00:00Z")), ..trust[1].clone() };
        trust.push(revoked);
    });
    assert_refused(&verdict, "signed-after-revocation");
}

#[test]
fn a_fingerprint_that_is_not_the_keys_is_refused() {
    let desk = desk();
    let lied = |trust: &mut Vec<PublishedKey>| trust[1].fingerprint = trust[0].fingerprint.clone();
    assert_refused(&judged(&desk, lied), "trust-fingerprint");
    let mut trust = desk.trust();
    let file = serde_json::json!({ "keys": trust });
    assert_eq!(read_trust(file.to_string().as_bytes()).unwrap(), trust);
    lied(&mut trust);
    assert!(read_trust(serde_json::json!({ "keys": trust }).to_string().as_bytes()).is_err());
    assert!(read_trust(b"[]").is_err());
}

#[test]
fn fingerprints_can_be_read_out() {
    let fingerprint = desk().trust()[0].fingerprint.clone();
    let groups: Vec<&str> = fingerprint.split(' ').collect();
    assert!(groups.len() == 16 && groups.iter().all(|group| group.len() == 4), "{fingerprint}");
}
