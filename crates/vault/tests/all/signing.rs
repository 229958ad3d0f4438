//! A signed document verifies as long as nothing that was signed is changed.

use aws_lc_rs::{
    digest::{SHA256, digest},
    signature::{ED25519, UnparsedPublicKey},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{FilingDocument, ReceiptDocument};
use proptest::prelude::*;
use serde_json::{Value, json};
use vault::{
    DOCUMENT_LIMIT, DocumentKind, Severity, SignError, SigningKey, sign_filing, sign_receipt, verify,
};

use crate::proofs::{at, bytes, desk};

#[test]
fn a_receipt_verifies_and_names_its_signer() {
    let desk = desk();
    let verdict = verify(&bytes(&desk.receipt()), &desk.trust());
    assert_eq!(verdict.to_string(), "intact, signer trusted", "{verdict:?}");
    assert_eq!((verdict.kind, verdict.findings.len()), (DocumentKind::Receipt, 0));
    assert_eq!(verdict.signer.unwrap().organisation, desk.csirt.organisation);
    assert_eq!(verdict.signed_at, Some(at(crate::proofs::FILED_AT)));
}

#[test]
fn a_filing_verifies_and_names_its_signer() {
    let desk = desk();
    let verdict = verify(&bytes(&desk.filing()), &desk.trust());
    assert!(verdict.intact && verdict.trusted && verdict.findings.is_empty(), "{verdict:?}");
    assert_eq!(verdict.kind, DocumentKind::Filing);
    assert_eq!(verdict.signer.unwrap().organisation, desk.hospital.organisation);
}

#[test]
fn the_verdict_is_json_with_the_promised_names() {
    let desk = desk();
    let verdict = serde_json::to_value(verify(&bytes(&desk.receipt()), &[])).unwrap();
    for name in ["intact", "signer", "trusted", "signed_at", "findings"] {
        assert!(verdict.get(name).is_some(), "{name}");
    }
    assert_eq!(verdict["findings"][0]["rule"], "signer-unknown");
    assert_eq!(verdict["findings"][0]["severity"], "error");
}

#[test]
fn a_redacted_copy_still_verifies() {
    let desk = desk();
    let mut receipt = desk.receipt();
    receipt.filing.disclosures.remove("contact");
    let verdict = verify(&bytes(&receipt), &desk.trust());
    assert!(verdict.intact && verdict.trusted, "{verdict:?}");
    assert_eq!((verdict.findings[0].severity, verdict.has("redacted")), (Severity::Note, true));
    receipt.filing.disclosures.clear();
    assert!(verify(&bytes(&receipt), &desk.trust()).trusted);
}

#[test]
fn order_and_white_space_do_not_matter() {
    let desk = desk();
    let mut receipt = serde_json::to_value(desk.receipt()).unwrap();
    receipt.sort_all_objects();
    assert!(verify(&serde_json::to_vec(&receipt).unwrap(), &desk.trust()).trusted);
}

/// Changes one thing in a receipt and says which rule must notice.
fn changed(desk: &crate::proofs::Desk, pointer: &str, to: Value) -> vault::Verdict {
    let mut value = serde_json::to_value(desk.receipt()).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).unwrap()[name] = to;
    verify(&serde_json::to_vec(&value).unwrap(), &desk.trust())
}

#[test]
fn each_changed_part_is_noticed_by_its_rule() {
    let desk = desk();
    for (pointer, to, rule) in [
        ("/receipt/received_at", json!("2026-03-06T16:02:11.480234Z"), "signature-invalid"),
        ("/receipt/due_at", Value::Null, "structure"),
        ("/receipt/audit_head", json!("other"), "signature-invalid"),
        ("/receipt/to/name", json!("Another CSIRT"), "signature-invalid"),
        ("/receipt/version", json!(2), "receipt-mismatch"),
        ("/receipt/reference", json!("BFR-0000-0000"), "receipt-mismatch"),
        ("/receipt/filing_digest", json!("b2xkZXIgd29yZHM"), "receipt-mismatch"),
        ("/receipt/duty", json!("law.mandatory.final_report"), "receipt-mismatch"),
        ("/receipt/format", json!("beffroi-receipt/2"), "format"),
        ("/receipt/note", json!("unsigned"), "structure"),
        ("/receipt/to/note", json!("unsigned"), "structure"),
        ("/receipt/received_at", json!("2026-03-06T17:02:11.480233+01:00"), "structure"),
        ("/signature/note", json!("unsigned"), "structure"),
        ("/signature/algorithm", json!("none"), "signature-invalid"),
        ("/signature/value", json!(""), "signature-invalid"),
        ("/signature/public_key", json!("AAAA"), "signature-invalid"),
        ("/filing/head/filed_at", json!("2026-03-06T15:00:00Z"), "signature-invalid"),
        ("/filing/head/format", json!("beffroi-receipt/1"), "format"),
        ("/filing/head/groups/impact", json!("b2xkZXIgd29yZHM"), "digest-mismatch"),
        ("/filing/disclosures/impact/salt", json!("AAAAAAAAAAAAAAAAAAAAAA"), "digest-mismatch"),
        ("/filing/disclosures/impact/content/loss/value/min", json!(0.25), "digest-mismatch"),
        ("/filing/disclosures/impact/content/loss/text", json!("nothing"), "digest-mismatch"),
        ("/filing/disclosures/impact/content/loss/estimated", json!(false), "digest-mismatch"),
        ("/filing/head/marking/tlp", json!("TLP:CLEAR"), "signature-invalid"),
        ("/filing/disclosures/contact/marking/tlp", json!("TLP:CLEAR"), "digest-mismatch"),
        ("/filing/disclosures/impact/marking", json!({"tlp": "TLP:CLEAR"}), "digest-mismatch"),
        ("/filing/disclosures/contact/marking", Value::Null, "structure"),
        ("/filing/disclosures/more", json!({"salt": "AA", "content": {}}), "digest-missing"),
        ("/filing/more", json!({}), "structure"),
    ] {
        let verdict = changed(&desk, pointer, to);
        assert!(!verdict.intact && !verdict.trusted && verdict.signer.is_none(), "{pointer}: {verdict:?}");
        assert!(verdict.has(rule), "{pointer}: {verdict:?}");
    }
}

/// The same group under another name, or two groups exchanged, is another filing.
#[test]
fn groups_cannot_trade_places() {
    let desk = desk();
    let mut filing = desk.filing();
    let (impact, contact) = (filing.disclosures["impact"].clone(), filing.disclosures["contact"].clone());
    filing.disclosures.insert("contact".to_owned(), impact);
    filing.disclosures.insert("impact".to_owned(), contact);
    assert!(verify(&bytes(&filing), &desk.trust()).has("digest-mismatch"));
}

#[test]
fn a_receipt_with_another_filing_is_refused() {
    let desk = desk();
    let (mut receipt, other) = (desk.receipt(), desk.filing());
    receipt.filing = other.clone();
    assert!(verify(&bytes(&receipt), &desk.trust()).has("receipt-mismatch"));
    let refused = sign_receipt(desk.body(&desk.filing()), other, &desk.csirt_key);
    assert!(matches!(refused, Err(SignError::Disagreement("filing_digest"))));
}

/// The recipe, written down a second time: whoever verifies without our code follows these lines.
#[test]
fn signatures_and_digests_follow_the_recipe() {
    let desk = desk();
    let receipt = desk.receipt();
    let (filing, text) = (&receipt.filing, |part: &Value| serde_jcs::to_string(part).unwrap());
    let signed = [
        (format!("beffroi-filing/1\n{}", text(&json!(filing.head))), &filing.signature),
        (format!("beffroi-receipt/1\n{}", text(&json!(receipt.receipt))), &receipt.signature),
    ];
    for (message, signature) in signed {
        let key = BASE64_URL_SAFE_NO_PAD.decode(&signature.public_key).unwrap();
        let value = BASE64_URL_SAFE_NO_PAD.decode(&signature.value).unwrap();
        UnparsedPublicKey::new(&ED25519, key).verify(message.as_bytes(), &value).unwrap();
    }
    for (group, disclosure) in &filing.disclosures {
        let parts = match disclosure.marking {
            Some(marking) => json!([disclosure.salt, group, disclosure.content, marking]),
            None => json!([disclosure.salt, group, disclosure.content]),
        };
        let hash = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, text(&parts).as_bytes()));
        assert_eq!(filing.head.groups[group], hash);
    }
}

/// A signature over a head is none over a receipt.
#[test]
fn a_signature_of_one_kind_serves_no_other() {
    let desk = desk();
    let mut receipt = desk.receipt();
    receipt.signature = receipt.filing.signature.clone();
    assert!(verify(&bytes(&receipt), &desk.trust()).has("signature-invalid"));
}

#[test]
fn what_does_not_fit_is_not_signed() {
    let desk = desk();
    let FilingDocument { head, disclosures, .. } = desk.filing();
    let mut fewer = disclosures.clone();
    fewer.remove("contact");
    assert!(matches!(sign_filing(head.clone(), fewer, &desk.hospital_key), Err(SignError::Digest(_))));
    let mut more = disclosures.clone();
    more.insert("more".to_owned(), disclosures["contact"].clone());
    assert!(matches!(sign_filing(head.clone(), more, &desk.hospital_key), Err(SignError::Digest(_))));
    let renamed = model::FilingHead { format: "other/1".to_owned(), ..head };
    assert!(matches!(sign_filing(renamed, disclosures, &desk.hospital_key), Err(SignError::Format(_))));
    let filing = desk.filing();
    let body = model::ReceiptBody { version: 2, ..desk.body(&filing) };
    let refused = sign_receipt(body, filing.clone(), &desk.csirt_key);
    assert!(matches!(refused, Err(SignError::Disagreement("version"))));
    let before = at("2026-03-06T16:02:11Z");
    let body = model::ReceiptBody { received_at: before, ..desk.body(&filing) };
    let refused = sign_receipt(body, filing, &desk.csirt_key);
    assert!(matches!(refused, Err(SignError::Disagreement("received_at"))));
}

#[test]
fn a_number_that_readers_round_is_neither_signed_nor_verified() {
    let desk = desk();
    let answer = model::FiledAnswer {
        label: "Records".to_owned(),
        value: Some(json!(9_007_199_254_740_993_u64)),
        text: String::new(),
        ..model::FiledAnswer::default()
    };
    let refused = vault::disclose("impact", [("records".to_owned(), answer)].into(), None, [0; 16]);
    assert!(matches!(refused, Err(SignError::Canonical(_))));
    let pointer = "/filing/disclosures/impact/content/loss/value/max";
    assert!(changed(&desk, pointer, json!(1_000_000_000_000_000_000_000_u128 as f64)).intact);
    assert!(!changed(&desk, pointer, json!(u64::MAX)).intact);
}

#[test]
fn names_that_occur_twice_are_refused() {
    let desk = desk();
    let text = String::from_utf8(bytes(&desk.receipt())).unwrap();
    for name in ["receipt", "reference", "title", "min", "impact"] {
        let at = format!("\"{name}\":");
        let doubled = text.replacen(&at, &format!("{at} 1, {at}"), 1);
        assert_ne!(doubled, text, "{name}");
        assert!(verify(doubled.as_bytes(), &desk.trust()).has("json"), "{name}");
    }
}

#[test]
fn other_documents_are_told_apart() {
    for (document, rule) in [
        (vec![b' '; DOCUMENT_LIMIT + 1], "document-too-large"),
        (b"not json".to_vec(), "json"),
        (b"[]".to_vec(), "structure"),
        (b"{}".to_vec(), "structure"),
        (b"{\"receipt\":1}".to_vec(), "structure"),
        (b"{\"head\":{}}".to_vec(), "structure"),
        ("[".repeat(1_000_000).into_bytes(), "json"),
    ] {
        let verdict = verify(&document, &[]);
        assert!(!verdict.intact && verdict.has(rule), "{verdict:?}");
    }
}

#[test]
fn findings_are_few_and_fit_for_a_terminal() {
    let desk = desk();
    let mut filing = desk.filing();
    let group = filing.disclosures["impact"].clone();
    for number in 0..500 {
        filing.disclosures.insert(format!("\u{1b}[2J{number}{}", "x".repeat(9_000)), group.clone());
    }
    let verdict = verify(&bytes(&filing), &desk.trust());
    assert_eq!((verdict.intact, verdict.findings.len()), (false, 100));
    let odd = |f: &vault::Finding| f.message.contains('\u{1b}') || f.message.len() > 300;
    assert!(!verdict.findings.iter().any(odd));
}

#[test]
fn a_kept_seed_gives_the_same_key() {
    let desk = desk();
    let again = SigningKey::from_seed(desk.csirt_key.id(), desk.csirt_key.seed().as_slice()).unwrap();
    assert_eq!(again.public_key(), desk.csirt_key.public_key());
    assert!(SigningKey::from_seed(again.id(), b"short").is_err());
}

/// RFC 8032 section 7.1, the first test: seed to public key.
#[test]
fn public_keys_are_those_of_rfc_8032() {
    let seed: Vec<u8> = SEED.iter().flat_map(|part| part.to_be_bytes()).collect();
    let key = SigningKey::from_seed(crate::proofs::signing_key().id(), &seed).unwrap();
    assert_eq!(key.public_key(), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
}

const SEED: [u64; 4] =
    [0x9d61_b19d_effd_5a60, 0xba84_4af4_92ec_2cc4, 0x4449_c569_7b32_6919, 0x703b_ac03_1cae_7f60];

fn canonical(document: &[u8]) -> Option<Vec<u8>> {
    let value: Value = serde_json::from_slice(document).ok()?;
    serde_jcs::to_vec(&value).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// A changed byte is noticed, unless the document still says the same, or the change is in
    /// the names by which the signing key is looked up: these are not signed, and then the
    /// signer is not trusted.
    #[test]
    fn any_changed_byte_is_noticed(at in any::<prop::sample::Index>(), flip in 1u8.., compact: bool) {
        let desk = desk();
        let receipt = desk.receipt();
        let original = if compact { serde_json::to_vec(&receipt).unwrap() } else { bytes(&receipt) };
        let mut document = original.clone();
        document[at.index(original.len())] ^= flip;
        let verdict = verify(&document, &desk.trust());
        if canonical(&document) != canonical(&original) {
            let same = |r: ReceiptDocument| r.receipt == receipt.receipt && r.filing.head == receipt.filing.head
                && r.filing.disclosures == receipt.filing.disclosures;
            let key_renamed = verdict.intact && serde_json::from_slice(&document).is_ok_and(same);
            prop_assert!(!verdict.intact || key_renamed, "{verdict:?}");
            prop_assert!(!verdict.trusted, "{verdict:?}");
        }
    }

    #[test]
    fn any_bytes_are_survived(document in prop::collection::vec(any::<u8>(), 0..512)) {
        prop_assert!(!verify(&document, &[]).intact);
    }

    /// What is cut out makes the document unreadable or changed, unless it is a whole group: that
    /// is a redaction.
    #[test]
    fn any_cut_is_noticed(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let desk = desk();
        let document = bytes(&desk.receipt());
        let (from, to) = (from.index(document.len()), to.index(document.len()));
        let cut = [&document[..from.min(to)], &document[from.max(to)..]].concat();
        let verdict = verify(&cut, &desk.trust());
        let whole = canonical(&cut) == canonical(&document);
        prop_assert!(!verdict.trusted || whole || verdict.has("redacted"), "{verdict:?}");
    }
}
