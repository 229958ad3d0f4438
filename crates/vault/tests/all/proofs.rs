//! A filing of a hospital to a CSIRT and its receipt, for the tests of signatures.

use std::collections::BTreeMap;

use model::{
    FiledAnswer, FilingDocument, FilingHead, FilingId, IncidentId, Instant, KeyId, Marking, OrganisationId,
    Pap, Party, ReceiptBody, ReceiptDocument, ReceiptId, Tlp, filing::FILING_FORMAT, receipt::RECEIPT_FORMAT,
};
use serde_json::{Value, json};
use vault::{PublishedKey, SigningKey, disclose, filing_digest, random, sign_filing, sign_receipt};

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn party(name: &str) -> Party {
    Party { organisation: OrganisationId::new(at("2026-01-01T00:00:00Z"), random()), name: name.to_owned() }
}

pub fn signing_key() -> SigningKey {
    SigningKey::generate(KeyId::new(at("2026-01-02T00:00:00Z"), random())).unwrap()
}

/// Two organisations with their keys.
pub struct Desk {
    pub hospital: Party,
    pub csirt: Party,
    pub hospital_key: SigningKey,
    pub csirt_key: SigningKey,
}

pub fn desk() -> Desk {
    Desk {
        hospital: party("Hôpital Sainte-Barbe"),
        csirt: party("National CSIRT"),
        hospital_key: signing_key(),
        csirt_key: signing_key(),
    }
}

pub const FILED_AT: &str = "2026-03-06T16:02:11.480233Z";

fn answer(value: Value) -> FiledAnswer {
    FiledAnswer {
        label: "Question".to_owned(),
        text: value.to_string(),
        value: Some(value),
        estimated: true,
        ..FiledAnswer::default()
    }
}

impl Desk {
    pub fn trust(&self) -> Vec<PublishedKey> {
        let from = at("2026-01-02T00:00:00Z");
        vec![self.hospital_key.published(&self.hospital, from), self.csirt_key.published(&self.csirt, from)]
    }

    pub fn head(&self) -> FilingHead {
        FilingHead {
            format: FILING_FORMAT.to_owned(),
            filing: FilingId::new(at(FILED_AT), random()),
            reference: "BFR-7Q2M-X4KD".to_owned(),
            version: 1,
            corrects: None,
            incident: IncidentId::new(at(FILED_AT), random()),
            duty: "law.mandatory.early_warning".parse().unwrap(),
            pack_version: "2022-12-27+0".to_owned(),
            filed_at: at(FILED_AT),
            due_at: Some(at("2026-03-07T15:30:00Z")),
            for_information: None,
            from: self.hospital.clone(),
            to: self.csirt.clone(),
            marking: Marking { tlp: Some(Tlp::Amber), pap: None },
            groups: BTreeMap::new(),
        }
    }

    pub fn filing(&self) -> FilingDocument {
        let contents = [
            ("incident", "title", json!("Files encrypted on 40 servers")),
            ("impact", "loss", json!({"min": 0.5, "max": 1e21, "currency": "EUR"})),
            ("contact", "person", json!([{"name": "Zoë \"Z\" \u{1f600}", "phones": [1, 2.5, -0.1]}])),
        ];
        let (mut head, mut disclosures) = (self.head(), BTreeMap::new());
        for (group, field, value) in contents {
            let content = BTreeMap::from([(field.to_owned(), answer(value))]);
            let narrower =
                (group == "contact").then_some(Marking { tlp: Some(Tlp::Red), pap: Some(Pap::Amber) });
            let (disclosure, digest) = disclose(group, content, narrower, random()).unwrap();
            head.groups.insert(group.to_owned(), digest);
            disclosures.insert(group.to_owned(), disclosure);
        }
        sign_filing(head, disclosures, &self.hospital_key).unwrap()
    }

    pub fn body(&self, filing: &FilingDocument) -> ReceiptBody {
        let head = &filing.head;
        ReceiptBody {
            format: RECEIPT_FORMAT.to_owned(),
            receipt: ReceiptId::new(at(FILED_AT), random()),
            reference: head.reference.clone(),
            filing: head.filing,
            version: head.version,
            filing_digest: filing_digest(head).unwrap(),
            duty: head.duty.clone(),
            received_at: at(FILED_AT),
            due_at: head.due_at,
            from: head.from.clone(),
            to: head.to.clone(),
            audit_head: Some("b2xkZXIgd29yZHM".to_owned()),
            paper_sha256: None,
        }
    }

    pub fn receipt(&self) -> ReceiptDocument {
        let filing = self.filing();
        sign_receipt(self.body(&filing), filing, &self.csirt_key).unwrap()
    }
}

pub fn bytes<T: serde::Serialize>(document: &T) -> Vec<u8> {
    serde_json::to_vec_pretty(document).unwrap()
}
