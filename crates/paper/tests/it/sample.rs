//! A hospital in Luxembourg that files late with a CSIRT in Athens.

use std::collections::BTreeMap;

use model::{
    Disclosure, FiledAnswer, FilingDocument, FilingHead, FilingId, IncidentId, Instant, KeyId, Marking,
    OrganisationId, Pap, Party, ReceiptBody, ReceiptDocument, ReceiptId, Signature, Tlp,
    filing::{EarlierAnswer, FILING_FORMAT},
    receipt::RECEIPT_FORMAT,
};
use paper::{GroupWords, Paper, TableWords, Words};
use serde_json::{Value, json};

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn answer(number: &str, label: &str, text: &str) -> FiledAnswer {
    FiledAnswer {
        label: label.to_owned(),
        value: Some(Value::from(text)),
        text: text.to_owned(),
        number: (!number.is_empty()).then(|| number.to_owned()),
        ..FiledAnswer::default()
    }
}

fn party(name: &str, chance: u8) -> Party {
    Party {
        organisation: OrganisationId::new(at("2026-01-01T00:00:00Z"), [chance; 10]),
        name: name.to_owned(),
    }
}

fn signature(chance: u8) -> Signature {
    Signature {
        key: KeyId::new(at("2026-01-01T00:00:00Z"), [chance; 10]),
        algorithm: "Ed25519".to_owned(),
        public_key: "VGhlIHB1YmxpYyBrZXkgb2YgdGhlIGhvc3BpdGFsISE".to_owned(),
        value: "c2lnbmF0dXJlIHNpZ25hdHVyZSBzaWduYXR1cmUgc2lnbmF0dXJlIHNpZ25hdHVyZSBzaWduYXR1cmU".to_owned(),
    }
}

pub fn disclosed(content: Vec<(&str, FiledAnswer)>) -> Disclosure {
    Disclosure {
        salt: "c2FsdHNhbHRzYWx0c2FsdA".to_owned(),
        content: content.into_iter().map(|(field, answer)| (field.to_owned(), answer)).collect(),
        marking: None,
    }
}

/// A filing with these groups.
pub fn filing_of(disclosures: BTreeMap<String, Disclosure>) -> FilingDocument {
    let digest = |group: &String| (group.clone(), "1xJ0Ej8vQ1v3k5p8p7mYb2RrYkq2bq0JX5s3tP1uVwA".to_owned());
    FilingDocument {
        head: FilingHead {
            format: FILING_FORMAT.to_owned(),
            filing: FilingId::new(at("2026-03-08T08:00:00Z"), [8; 10]),
            reference: "7Q2MX-4KD00-ABCDE".to_owned(),
            version: 1,
            corrects: None,
            incident: IncidentId::new(at("2026-03-06T15:30:00Z"), [9; 10]),
            duty: "bells.mandatory.early_warning".parse().unwrap(),
            pack_version: "2026-01-01+0".to_owned(),
            filed_at: at("2026-03-08T08:00:00.480233Z"),
            due_at: Some(at("2026-03-07T15:30:00Z")),
            for_information: None,
            from: party("Hôpital du Kirchberg", 1),
            to: party("Εθνική ομάδα CSIRT", 2),
            marking: Marking { tlp: Some(Tlp::Amber), pap: Some(Pap::Green) },
            groups: disclosures.keys().map(digest).collect(),
        },
        signature: signature(3),
        disclosures,
    }
}

/// Two groups, one of them withheld; an estimate, an unknown, a changed awareness, records.
pub fn filing() -> FilingDocument {
    let mut aware =
        answer("2.1", "When did you become aware?", "Friday 6 March 2026, 16:30 (Europe/Luxembourg)");
    aware.article = Some("Article 7(1)".to_owned());
    aware.earlier.push(EarlierAnswer {
        text: "Friday 6 March 2026, 18:00 (Europe/Luxembourg)".to_owned(),
        value: None,
        until: at("2026-03-07T09:00:00Z"),
        by: "Ada Weber".to_owned(),
        reason: Some("The night shift had noticed it before".to_owned()),
    });
    let servers = FiledAnswer { estimated: true, ..answer("2.2", "How many servers?", "about 40") };
    let unknown = FiledAnswer { value: None, ..answer("2.3", "Root cause", "unknown yet") };
    let people = FiledAnswer {
        value: Some(
            json!([{ "name": "Ada Weber", "phone": "+352 1" }, { "name": "Zoë Žák", "phone": "+352 2" }]),
        ),
        ..answer("3", "Whom to call", "Name: Ada Weber; Telephone: +352 1\nName: Zoë Žák; Telephone: +352 2")
    };
    let what = disclosed(vec![
        (
            "title",
            answer("1.1", "What happened?", "Îles d'accès chiffrées; Ελληνικά; Български; țară, Łódź, ħobż"),
        ),
        ("aware_at", aware),
        ("servers", servers),
        ("root_cause", unknown),
        ("late_reason", answer("", "Why is it late?", "The person on call could not reach the server room.")),
        ("people", people),
    ]);
    let mut filing = filing_of(BTreeMap::from([
        ("what".to_owned(), what),
        (
            "impact".to_owned(),
            Disclosure {
                marking: Some(Marking { tlp: Some(Tlp::Red), pap: None }),
                ..disclosed(vec![("loss", answer("4.1", "Loss", "EUR 12,000"))])
            },
        ),
        ("personal_data".to_owned(), disclosed(vec![])),
    ]));
    filing.disclosures.remove("personal_data");
    filing
}

pub fn words() -> Words {
    let group = |id: &str, title: &str, fields: &[&str]| GroupWords {
        id: id.to_owned(),
        title: title.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    let zones = |text: &str| {
        vec![format!("{text} (Europe/Luxembourg)"), format!("{text} and an hour (Europe/Athens)")]
    };
    Words {
        language: "en".to_owned(),
        law: "Bells Act".to_owned(),
        stage: "Early warning".to_owned(),
        article: "Article 7(1)(a)".to_owned(),
        groups: vec![
            group(
                "what",
                "What happened",
                &["title", "aware_at", "servers", "root_cause", "people", "late_reason"],
            ),
            group("impact", "Impact", &["loss"]),
            group("personal_data", "Personal data", &[]),
        ],
        when: BTreeMap::from([
            (at("2026-03-08T08:00:00.480233Z"), zones("Sunday 8 March 2026, 09:00")),
            (at("2026-03-07T15:30:00Z"), zones("Saturday 7 March 2026, 16:30")),
            (at("2026-03-07T09:00:00Z"), zones("Saturday 7 March 2026, 10:00")),
        ]),
        tables: BTreeMap::from([(
            "people".to_owned(),
            TableWords {
                columns: vec!["Name".to_owned(), "Telephone".to_owned()],
                rows: vec![
                    vec!["Ada Weber".to_owned(), "+352 1".to_owned()],
                    vec!["Zoë Žák".to_owned(), String::new()],
                ],
            },
        )]),
        corrects: None,
        filer_fingerprint: "a1b2 c3d4 e5f6 0718 293a 4b5c 6d7e 8f90 a1b2 c3d4 e5f6 0718 293a 4b5c 6d7e 8f90"
            .to_owned(),
        recipient_fingerprint:
            "0718 293a 4b5c 6d7e 8f90 a1b2 c3d4 e5f6 0718 293a 4b5c 6d7e 8f90 a1b2 c3d4 e5f6".to_owned(),
    }
}

pub fn receipt() -> ReceiptDocument {
    let filing = filing();
    let head = &filing.head;
    ReceiptDocument {
        receipt: ReceiptBody {
            format: RECEIPT_FORMAT.to_owned(),
            receipt: ReceiptId::new(head.filed_at, [5; 10]),
            reference: head.reference.clone(),
            filing: head.filing,
            version: 1,
            filing_digest: "1xJ0Ej8vQ1v3k5p8p7mYb2RrYkq2bq0JX5s3tP1uVwA".to_owned(),
            duty: head.duty.clone(),
            received_at: head.filed_at,
            due_at: head.due_at,
            from: head.from.clone(),
            to: head.to.clone(),
            audit_head: Some("b2xkZXIgd29yZHMgb2xkZXIgd29yZHMgb2xkZXIgd28".to_owned()),
            paper_sha256: Some("5b".repeat(32)),
        },
        signature: signature(4),
        filing,
    }
}

/// Keeps a paper where people can look at it, in the folder that `BEFFROI_PAPERS` names.
pub fn keep(name: &str, paper: &Paper) {
    if let Some(folder) = std::env::var_os("BEFFROI_PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &paper.pdf).unwrap();
    }
}
