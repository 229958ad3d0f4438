//! Small, whole examples of every noun.

use std::{collections::BTreeMap, time::Duration};

use model::{
    Actor, Answer, AnswerSource, Disclosure, DutyKey, FiledAnswer, FilingDocument, FilingHead, FilingId,
    Function, Incident, IncidentId, Instant, KeyId, Marking, Marks, Organisation, OrganisationId,
    OrganisationRole, Party, ReceiptBody, ReceiptDocument, ReceiptId, Role, RoleScope, Signature, Subject,
    UserId, filing::FILING_FORMAT, receipt::RECEIPT_FORMAT,
};
use store::{Change, Facets, FieldChange, Filing, User, UserProfile, UserState};

/// A number of seconds after a Friday afternoon.
pub fn at(seconds: u64) -> Instant {
    "2026-03-06T15:30:00Z".parse::<Instant>().unwrap().plus(Duration::from_secs(seconds))
}

/// Ten bytes that differ by `n`.
pub fn chance(n: u64) -> [u8; 10] {
    let mut chance = [0; 10];
    chance.iter_mut().skip(2).zip(n.to_be_bytes()).for_each(|(byte, part)| *byte = part);
    chance
}

fn organisation(n: u64, name: &str, country: &str, role: Role) -> Organisation {
    Organisation {
        id: OrganisationId::new(at(0), chance(n)),
        name: name.to_owned(),
        country: country.parse().unwrap(),
        zone: "Europe/Luxembourg".to_owned(),
        roles: vec![OrganisationRole {
            role,
            scope: RoleScope {
                sector: Some("health".to_owned()),
                country: country.parse().ok(),
                ..RoleScope::default()
            },
        }],
        profile: BTreeMap::from([("entity.turnover_eur".to_owned(), serde_json::json!(81_000_000))]),
    }
}

pub fn hospital() -> Organisation {
    organisation(1, "Hôpital du Kirchberg", "LU", Role::ReportingEntity)
}

pub fn cloud() -> Organisation {
    organisation(2, "Nuage SA", "LU", Role::ManagedProvider)
}

pub fn csirt() -> Organisation {
    organisation(3, "CSIRT national", "LU", Role::Csirt)
}

pub fn actor(n: u64, name: &str) -> Actor {
    Actor { subject: Subject::User(UserId::new(at(0), chance(n))), name: name.to_owned() }
}

pub fn user(n: u64, organisation: OrganisationId, name: &str) -> User {
    User {
        id: UserId::new(at(0), chance(n)),
        organisation,
        profile: UserProfile {
            name: name.to_owned(),
            mail: format!("{}@hopital.example", name.to_lowercase()),
        },
        state: UserState::Invited,
        functions: vec![Function::Reporter],
        created_at: at(0),
        last_signed_in_at: None,
    }
}

pub fn answer(value: &str, revision: i64) -> Answer {
    Answer {
        value: Some(value.into()),
        terms: vec![],
        estimated: false,
        by: actor(1, "Ada"),
        at: at(10),
        how: AnswerSource::Typed,
        revision,
    }
}

pub fn incident(n: u64, organisation: OrganisationId, title: &str) -> Incident {
    Incident {
        id: IncidentId::new(at(n), chance(n)),
        organisation,
        revision: 1,
        created_at: at(n),
        created_by: actor(1, "Ada"),
        updated_at: at(n),
        answers: BTreeMap::from([("incident.title".to_owned(), answer(title, 1))]),
        elsewhere: vec![],
        packs: BTreeMap::new(),
        cleared: BTreeMap::new(),
        marks: Marks::default(),
        earlier: BTreeMap::new(),
    }
}

pub fn change(incident: &Incident, before: Option<&str>, after: &str) -> Change {
    Change {
        revision: incident.revision,
        at: incident.updated_at,
        by: actor(1, "Ada"),
        fields: vec![FieldChange {
            field: "incident.title".to_owned(),
            before: before.map(|text| answer(text, incident.revision - 1)),
            after: Some(answer(after, incident.revision)),
            reason: None,
        }],
    }
}

pub fn duty(stage: &str) -> DutyKey {
    format!("bells.mandatory.{stage}").parse().unwrap()
}

fn party(organisation: &Organisation) -> Party {
    Party { organisation: organisation.id, name: organisation.name.clone() }
}

fn signature() -> Signature {
    Signature {
        key: KeyId::new(at(0), chance(9)),
        algorithm: "Ed25519".to_owned(),
        public_key: "cHVibGlj".to_owned(),
        value: "c2lnbmF0dXJl".to_owned(),
    }
}

/// The `n`th filing, of an early warning, filed `n` seconds after the beginning, that waits for
/// a response within a day.
pub fn filing(n: u64, incident: &Incident, from: &Organisation, to: &Organisation, words: &str) -> Filing {
    let head = FilingHead {
        format: FILING_FORMAT.to_owned(),
        filing: FilingId::new(at(n), chance(n)),
        reference: format!("KLMNP-{n:05}-QRSTV"),
        version: 1,
        corrects: None,
        incident: incident.id,
        duty: duty("early_warning"),
        pack_version: "2026-01-01+0".to_owned(),
        filed_at: at(n),
        due_at: Some(at(86_400)),
        for_information: None,
        from: party(from),
        to: party(to),
        marking: Marking::default(),
        groups: BTreeMap::from([("what".to_owned(), "ZGlnZXN0".to_owned())]),
    };
    let said = FiledAnswer {
        label: "What happened".to_owned(),
        value: Some(words.into()),
        text: words.to_owned(),
        estimated: true,
        ..FiledAnswer::default()
    };
    let content = BTreeMap::from([("incident.title".to_owned(), said)]);
    let disclosures = BTreeMap::from([(
        "what".to_owned(),
        Disclosure { salt: "c2FsdA".to_owned(), content, marking: None },
    )]);
    let facets = Facets {
        sector: Some("health".to_owned()),
        severity: Some("high".to_owned()),
        cross_border: Some(n.is_multiple_of(2)),
    };
    Filing::new(FilingDocument { head, signature: signature(), disclosures }, facets, Some(at(n + 86_400)))
}

pub fn receipt(n: u64, filing: &FilingDocument) -> ReceiptDocument {
    let head = &filing.head;
    ReceiptDocument {
        receipt: ReceiptBody {
            format: RECEIPT_FORMAT.to_owned(),
            receipt: ReceiptId::new(at(n), chance(n)),
            reference: head.reference.clone(),
            filing: head.filing,
            version: head.version,
            filing_digest: "ZGlnZXN0".to_owned(),
            duty: head.duty.clone(),
            received_at: head.filed_at,
            due_at: head.due_at,
            from: head.from.clone(),
            to: head.to.clone(),
            audit_head: None,
            paper_sha256: None,
        },
        signature: signature(),
        filing: filing.clone(),
    }
}
