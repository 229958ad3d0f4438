//! A complaint to the police as one file: made alike for both sides, checked without us, and for nobody else.

use std::{collections::BTreeMap, process::Command};

use model::{Caller, DutyKey, FilingId, Marking, Pap, Role, Tlp};
use serde_json::{Value, json};
use service::{
    Error,
    view::{FileStage, OpenIncident, Respond},
};
use testkit::{Place, TestNode};

use crate::{
    record::enter,
    story::{answers, officer, on_both, reporter},
};

on_both!(
    a_package_is_for_both_sides_and_nobody_else,
    a_draft_is_not_sealed,
    what_the_police_marks_red_goes_nowhere,
);

const PACKAGE: &str = "police-package";
const CANARY: &str = "Kingfisher";
/// What a piece of evidence is that is not handed over.
const WITHHELD: &str = "Nightjar";

pub fn key() -> DutyKey {
    "criminal-2013-40-lu.complaint.complaint".parse().unwrap()
}

/// What a complaint wants, with one piece of evidence to be handed over and one that is not.
pub fn complaint() -> Value {
    json!({
        "title": "Files encrypted", "suspected_malicious": true, "summary": "Two wards work on paper.",
        "complainant_name": "Ada Weber", "complainant_function": "legal_representative",
        "contacts": [{ "name": "Ada Weber", "telephone": "+352 621 000 000" }],
        "prosecution_wish": "wanted",
        "indicators": [{ "kind": "domain", "value": "bad.example" }],
        "evidence_items": [
            { "number": "E-1", "kind": "log", "what": "VPN log", "sharing": "police_only" },
            { "number": "E-2", "kind": "log", "what": WITHHELD, "sharing": "on_order" },
        ],
    })
}

/// The police of Luxembourg, and a complaint that the hospital filed with it.
pub async fn filed(node: &TestNode, ada: &Caller) -> (Place, FilingId) {
    let police = enter(node, "Police of Luxembourg", Role::LawEnforcement, json!({})).await;
    let open = OpenIncident { answers: answers(complaint()), ..OpenIncident::default() };
    let view = node.service.open_incident(ada, open, None).await.unwrap();
    let input = FileStage::to(view.revision, police.id);
    let filed = node.service.file_stage(ada, (view.id, &key()), input, None).await.unwrap();
    (police, filed.filing)
}

fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    paper::read_archive(bytes).unwrap()
}

async fn a_package_is_for_both_sides_and_nobody_else(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let (police, filing) = filed(&node, &ada).await;
    let anne = officer(&node, &police).await;
    let package = node.service.filing_export(&ada, filing, PACKAGE).await.unwrap();
    assert_eq!((package.extension, package.content_type), ("zip", "application/zip"));
    node.service.clock().advance(crate::story::hours(30));
    let theirs = node.service.filing_export(&anne, filing, PACKAGE).await.unwrap();
    assert_eq!(theirs.bytes, package.bytes, "the same file for both, whenever it is made");

    let files = unpacked(&package.bytes);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    insta::assert_snapshot!(names.join(" "), @"README.txt SHA256SUMS SHA256SUMS.sig.json complaint.json complaint.pdf damage.csv evidence-manifest.csv evidence-manifest.json observables.csv timeline.csv timeline.json");
    assert!(files["complaint.pdf"].starts_with(b"%PDF"));
    for (name, content) in &files {
        assert!(!String::from_utf8_lossy(content).contains(WITHHELD), "{name} tells of what is withheld");
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in &files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let checked = Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(folder.path()).output();
    let checked = checked.unwrap();
    assert!(checked.status.success(), "{checked:?}");
    assert_eq!(String::from_utf8_lossy(&checked.stdout).lines().count(), files.len() - 2);

    let trust = node.service.published_keys(&ada).await.unwrap().keys;
    let verdict = vault::verify_package(&files, &trust);
    assert_eq!(verdict.to_string(), "intact, signer trusted", "{verdict:?}");
    assert_eq!(verdict.signer.unwrap().organisation, node.world.hospital.id, "sealed by whoever filed");

    let offers = node.service.filing_exports(&anne, filing).await.unwrap().formats;
    assert!(offers.iter().any(|offer| offer.id == PACKAGE && offer.extension == "zip"));
    for stranger in [reporter(&node, &node.world.clinic).await, officer(&node, &node.world.csirt).await] {
        let refused = node.service.filing_export(&stranger, filing, PACKAGE).await;
        assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    }
}

async fn a_draft_is_not_sealed(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    enter(&node, "Police of Luxembourg", Role::LawEnforcement, json!({})).await;
    let open = OpenIncident { answers: answers(complaint()), ..OpenIncident::default() };
    let id = node.service.open_incident(&ada, open, None).await.unwrap().id;
    let package = node.service.draft_export(&ada, (id, &key()), (None, PACKAGE)).await.unwrap();
    let files = unpacked(&package.bytes);
    assert!(!files.contains_key(vault::PACKAGE_SEAL) && files.contains_key(vault::PACKAGE_SUMS));
    let verdict = vault::verify_package(&files, &[]);
    assert!(!verdict.intact && verdict.has("unsigned") && verdict.findings.len() == 1, "{verdict:?}");
    let clinic = reporter(&node, &node.world.clinic).await;
    let refused = node.service.draft_export(&clinic, (id, &key()), (None, PACKAGE)).await;
    assert!(matches!(refused, Err(Error::NotFound(_))));
    let other = "nis2.mandatory.early_warning".parse().unwrap();
    let refused = node.service.draft_export(&ada, (id, &other), (None, PACKAGE)).await;
    assert!(matches!(refused, Err(Error::NotFound(_))), "a stage without a package: {refused:?}");
}

async fn what_the_police_marks_red_goes_nowhere(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let (police, filing) = filed(&node, &ada).await;
    let anne = officer(&node, &police).await;
    let marking = Marking { tlp: Some(Tlp::Red), pap: Some(Pap::Red) };
    let respond = Respond { text: CANARY.to_owned(), marking };
    node.service.respond(&anne, filing, respond, None).await.unwrap();
    let view = node.service.sent_filing(&ada, filing).await.unwrap();
    let [message] = &view.messages[..] else { panic!("{:?}", view.messages) };
    assert_eq!(
        (message.text.as_str(), message.marking),
        (CANARY, marking),
        "the victim reads it with its mark"
    );

    let holds = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
    for offer in node.service.filing_exports(&ada, filing).await.unwrap().formats {
        let file = node.service.filing_export(&ada, filing, &offer.id).await.unwrap();
        let told = file.bytes.clone();
        assert!(!holds(&told), "{} tells what the police said", offer.id);
    }
    let warning = "nis2.mandatory.early_warning".parse().unwrap();
    for offer in node.service.draft_exports(&ada, (view.incident, &warning), None).await.unwrap().formats {
        let file =
            node.service.draft_export(&ada, (view.incident, &warning), (None, &offer.id)).await.unwrap();
        assert!(!holds(&file.bytes), "{} tells the CSIRT what the police said", offer.id);
    }
    node.service.clock().advance(crate::story::hours(24));
    node.service.remind().await.unwrap();
    for mail in node.service.errands(1000).await.unwrap() {
        assert!(!holds(format!("{mail:?}").as_bytes()), "a mail tells what the police said");
    }
    for notice in node.service.notices(&ada, None, 100).await.unwrap().notices {
        assert!(!holds(format!("{notice:?}").as_bytes()), "a notice tells what the police said");
    }
    let clinic = reporter(&node, &node.world.clinic).await;
    assert!(matches!(node.service.sent_filing(&clinic, filing).await, Err(Error::NotFound(_))));
}
