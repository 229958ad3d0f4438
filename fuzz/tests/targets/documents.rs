//! Receipts, filings and trust files from strangers: verification never panics, and nothing that was
//! signed can be changed unseen.

use std::collections::BTreeMap;

use bolero::check;
use fuzz::{Dice, Tally, json as wild, quick};
use model::{
    FiledAnswer, FilingDocument, FilingHead, FilingId, IncidentId, Instant, KeyId, Marking, OrganisationId,
    Party, ReceiptBody, ReceiptDocument, ReceiptId, Tlp, filing::FILING_FORMAT, receipt::RECEIPT_FORMAT,
};
use serde_json::{Value, json};
use vault::{
    PublishedKey, SigningKey, disclose, filing_digest, read_trust, sign_filing, sign_receipt, verify,
};

/// A hospital that filed with a CSIRT.
struct Desk {
    trust: Vec<PublishedKey>,
    filing: FilingDocument,
    receipt: ReceiptDocument,
}

impl Desk {
    fn new() -> Self {
        let at: Instant = "2026-03-06T16:02:11.480233Z".parse().unwrap();
        let party = |name: &str, chance| Party {
            organisation: OrganisationId::new(at, [chance; 10]),
            name: name.to_owned(),
        };
        let (from, to) = (party("Hospital", 1), party("CSIRT", 2));
        let key = |chance| SigningKey::from_seed(KeyId::new(at, [chance; 10]), &[chance; 32]).unwrap();
        let (from_key, to_key) = (key(3), key(4));
        let filing = filing(at, (&from, &to), &from_key);
        let trust = vec![from_key.published(&from, at), to_key.published(&to, at)];
        let body = ReceiptBody {
            format: RECEIPT_FORMAT.to_owned(),
            receipt: ReceiptId::new(at, [5; 10]),
            reference: filing.head.reference.clone(),
            filing: filing.head.filing,
            version: 1,
            filing_digest: filing_digest(&filing.head).unwrap(),
            duty: filing.head.duty.clone(),
            received_at: at,
            due_at: filing.head.due_at,
            from,
            to,
            audit_head: None,
            paper_sha256: None,
        };
        let receipt = sign_receipt(body, filing.clone(), &to_key).unwrap();
        Self { trust, filing, receipt }
    }

    /// The signed documents as JSON.
    fn documents(&self) -> [Value; 2] {
        [serde_json::to_value(&self.receipt).unwrap(), serde_json::to_value(&self.filing).unwrap()]
    }
}

/// A filing with a few answers, signed.
pub(crate) fn plain_filing() -> FilingDocument {
    Desk::new().filing
}

fn filing(at: Instant, (from, to): (&Party, &Party), key: &SigningKey) -> FilingDocument {
    let contents = [
        ("summary", "title", json!("Files encrypted on 40 servers")),
        ("impact", "loss", json!({ "min": 0.5, "max": 1e21, "currency": "EUR" })),
        ("contact", "person", json!([{ "name": "Zoë \u{1f600}", "phones": [1, 2.5, -0.1, null, true] }])),
    ];
    let (mut groups, mut disclosures) = (BTreeMap::new(), BTreeMap::new());
    for (group, field, value) in contents {
        let answer = FiledAnswer {
            label: "Question".to_owned(),
            text: value.to_string(),
            value: Some(value),
            estimated: true,
            ..FiledAnswer::default()
        };
        let content = BTreeMap::from([(field.to_owned(), answer)]);
        let (disclosure, digest) = disclose(group, content, None, [6; 16]).unwrap();
        groups.insert(group.to_owned(), digest);
        disclosures.insert(group.to_owned(), disclosure);
    }
    let head = FilingHead {
        format: FILING_FORMAT.to_owned(),
        filing: FilingId::new(at, [8; 10]),
        reference: "7Q2MX-4KD00-ABCDE".to_owned(),
        version: 1,
        corrects: None,
        incident: IncidentId::new(at, [9; 10]),
        duty: "law.mandatory.early_warning".parse().unwrap(),
        pack_version: "2022-12-27+0".to_owned(),
        filed_at: at,
        due_at: None,
        from: from.clone(),
        to: to.clone(),
        marking: Marking { tlp: Some(Tlp::Amber), pap: None },
        for_information: None,
        groups,
    };
    sign_filing(head, disclosures, key).unwrap()
}

#[test]
fn arbitrary_documents() {
    let desk = Desk::new();
    let tally = Tally::new("documents::arbitrary_documents");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let document = match dice.below(3) {
            0 => bytes.to_vec(),
            1 => wild::any(&mut dice).to_string().into_bytes(),
            _ => serde_json::to_vec(
                &json!({ "receipt": wild::any(&mut dice), "filing": wild::any(&mut dice) }),
            )
            .unwrap(),
        };
        let mut intact = false;
        assert!(
            quick(|| intact = verify(&document, &desk.trust).intact),
            "verifying takes longer than a second"
        );
        assert!(!intact, "nobody signed this");
        tally.count(serde_json::from_slice::<Value>(&document).is_ok());
    });
}

#[test]
fn spoilt_documents() {
    let desk = Desk::new();
    let documents = desk.documents();
    let tally = Tally::new("documents::spoilt_documents");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let Some(original) = dice.pick(&documents) else { return };
        let mut document = original.clone();
        for _ in 0..=dice.below(2) {
            wild::spoil(&mut document, &mut dice);
        }
        let mut text = document.to_string().into_bytes();
        if dice.one_in(8) {
            let at = dice.below(text.len());
            text[at] = dice.byte();
        }
        let verdict = verify(&text, &desk.trust);
        let _words = verdict.to_string();
        if verdict.intact {
            let mut read: Value = serde_json::from_slice(&text).unwrap();
            if !verdict.trusted {
                // The identifier beside a signature is not signed itself: the trusted keys tell it.
                restore_key_names(&mut read, &documents[0]);
            }
            assert!(says_the_same(&read, &documents), "changed after it was signed, and intact: {read}");
        }
        tally.count(verdict.intact);
    });
}

/// Gives the signatures of `document` the key identifiers that they have in the `receipt`.
fn restore_key_names(document: &mut Value, receipt: &Value) {
    let of_filing = receipt.pointer("/filing/signature/key").cloned().unwrap();
    let of_receipt = receipt.pointer("/signature/key").cloned().unwrap();
    let outer = if document.get("receipt").is_some() { of_receipt } else { of_filing.clone() };
    for (place, key) in [("/signature/key", outer), ("/filing/signature/key", of_filing)] {
        if let Some(name) = document.pointer_mut(place) {
            *name = key;
        }
    }
}

/// Whether `document` is one of the signed ones, whole or with groups left out: a redacted copy, and the
/// filing taken out of its receipt, say nothing that was not signed.
fn says_the_same(document: &Value, signed: &[Value; 2]) -> bool {
    let at = |document: &Value| match document.get("receipt") {
        Some(_) => "/filing/disclosures",
        None => "/disclosures",
    };
    signed.iter().any(|original| {
        let mut shown = original.clone();
        let place = at(document);
        if let (Some(Value::Object(all)), Some(Value::Object(left))) =
            (shown.pointer_mut(place), document.pointer(place))
        {
            all.retain(|group, _| left.contains_key(group));
        }
        shown == *document
    })
}

#[test]
fn trust_files() {
    let desk = Desk::new();
    let published = json!({ "keys": desk.trust });
    let receipt = serde_json::to_vec(&desk.receipt).unwrap();
    let tally = Tally::new("documents::trust_files");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let mut file = published.clone();
        for _ in 0..=dice.below(3) {
            wild::spoil(&mut file, &mut dice);
        }
        let text = if dice.one_in(4) { bytes.to_vec() } else { file.to_string().into_bytes() };
        let trust = read_trust(&text);
        tally.count(trust.is_ok());
        let Ok(trust) = trust else { return };
        let verdict = verify(&receipt, &trust);
        assert!(verdict.intact, "trust changes nothing in the document");
        let known = trust.iter().any(|key| key.public_key == desk.trust[1].public_key);
        assert!(!verdict.trusted || known, "trusted without the key that signed");
    });
}
