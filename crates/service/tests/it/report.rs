//! Report once: from the first remark to a receipt that verifies without us.

use model::{Function, ReceiptDocument};
use policy::for_node;
use serde_json::json;
use testkit::TestNode;

use crate::story::{at, duty, file, hours, on_both, open, reporter, save, stage, with_more};

on_both!(
    a_hospital_reports_and_the_law_follows_the_facts,
    a_receipt_verifies_and_a_forged_one_does_not,
    the_first_screen_asks_little,
);

fn standing(view: &service::view::IncidentView) -> String {
    let lines =
        ["early_warning", "incident_notification", "intermediate_report", "final_report"].map(|name| {
            let duty = duty(view, name);
            let due = duty.due.as_ref().map_or_else(
                || "no clock".to_owned(),
                |due| format!("by {}, {} after {}", due.entity_time, due.length, due.anchor),
            );
            format!("{name} ({}): {:?}, {due}", duty.article, duty.state)
        });
    lines.join("\n")
}

async fn a_hospital_reports_and_the_law_follows_the_facts(node: TestNode) {
    let service = &node.service;
    let ada = reporter(&node, &node.world.hospital).await;

    // The night shift notes what it sees; nobody has judged it.
    let view = open(&node, &ada, json!({"title": "File servers of two clinics are encrypted"})).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(standing(&view), @"
        early_warning (Art. 23(4)(a)): Undecided, no clock
        incident_notification (Art. 23(4)(b)): Undecided, no clock
        intermediate_report (Art. 23(4)(c)): NotApplicable, no clock
        final_report (Art. 23(4)(d)): Undecided, no clock
        ");
    }
    let missing: Vec<_> =
        duty(&view, "early_warning").missing.iter().map(|missing| missing.field.as_str()).collect();
    assert_eq!(missing, ["significance_decision"]);

    // An hour later somebody decides, and says why.
    service.clock().advance(hours(1));
    let decided = json!({
        "aware_significant_at": "2026-03-06T15:30:00Z",
        "significance_decision": "significant",
        "significance_reason": "Admissions are on paper and operations are postponed.",
        "suspected_malicious": true,
        "cross_border": null,
    });
    let view = service.save_answers(&ada, view.id, save(view.revision, decided)).await.unwrap();
    insta::allow_duplicates! {
        insta::assert_snapshot!(standing(&view), @"
        early_warning (Art. 23(4)(a)): Due, by Saturday 7 March 2026, 16:30 (Europe/Luxembourg), 24 hours after becoming aware that the incident is significant
        incident_notification (Art. 23(4)(b)): Due, by Monday 9 March 2026, 16:30 (Europe/Luxembourg), 72 hours after becoming aware that the incident is significant
        intermediate_report (Art. 23(4)(c)): NotApplicable, no clock
        final_report (Art. 23(4)(d)): Due, no clock
        ");
    }

    // It goes to the CSIRT of the hospital's own country, by role, and to nobody else.
    let preview = service.preview(&ada, view.id, &stage("early_warning")).await.unwrap();
    let to: Vec<_> = preview.to.iter().map(|to| to.organisation.name.as_str()).collect();
    assert_eq!((to, preview.ready, preview.late), (vec!["CSIRT of Luxembourg"], true, false));
    let filed = file(&node, &ada, view.id, "early_warning").await;
    assert_eq!(filed.filed_at, at("2026-03-06T16:30:00Z"));

    // What the recipient has is what the preview showed.
    let kept = service.sent_filing(&ada, filed.filing).await.unwrap();
    assert_eq!(kept.groups, preview.to[0].groups);
    assert_eq!(kept.response_due_at, Some(at("2026-03-07T16:30:00Z")));

    // The final report counts from the notification's filing, whenever that is.
    service.clock().advance(hours(20));
    let more = with_more(json!({
        "severity": "very_large",
        "affected_services": "Admission, imaging",
        "impact_description": "Operations are postponed in two clinics.",
    }));
    let view = service.incident(&ada, view.id).await.unwrap();
    service.save_answers(&ada, view.id, save(view.revision, more)).await.unwrap();
    file(&node, &ada, view.id, "incident_notification").await;
    let view = service.incident(&ada, view.id).await.unwrap();
    insta::allow_duplicates! {
        insta::assert_snapshot!(standing(&view), @"
        early_warning (Art. 23(4)(a)): Filed, by Saturday 7 March 2026, 16:30 (Europe/Luxembourg), 24 hours after becoming aware that the incident is significant
        incident_notification (Art. 23(4)(b)): Filed, by Monday 9 March 2026, 16:30 (Europe/Luxembourg), 72 hours after becoming aware that the incident is significant
        intermediate_report (Art. 23(4)(c)): NotApplicable, no clock
        final_report (Art. 23(4)(d)): Due, by Tuesday 7 April 2026, 13:30 (Europe/Luxembourg), 1 month after filing of: Incident notification
        ");
    }
}

async fn a_receipt_verifies_and_a_forged_one_does_not(node: TestNode) {
    let service = &node.service;
    let ada = reporter(&node, &node.world.hospital).await;
    let view = crate::story::open_ransomware(&node, &ada).await;
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let receipt = service.receipt(&ada, filed.filing).await.unwrap();
    let trust = service.trusted_keys().await.unwrap().keys;
    let verified = |receipt: &ReceiptDocument| vault::verify(&serde_json::to_vec(receipt).unwrap(), &trust);

    let verdict = verified(&receipt);
    assert!(verdict.intact && verdict.trusted, "{verdict}");
    assert_eq!(verdict.signer.unwrap().name, "CSIRT of Luxembourg");
    assert_eq!(receipt.receipt.reference, filed.reference);
    assert_eq!(receipt.receipt.receipt, filed.receipt);
    assert_eq!(receipt.receipt.received_at, filed.filed_at);
    assert_eq!(receipt.receipt.due_at, Some(at("2026-03-07T15:30:00Z")));
    let filing = serde_json::to_vec(&service.filing_document(&ada, filed.filing).await.unwrap()).unwrap();
    assert!(vault::verify(&filing, &trust).trusted);

    // One minute earlier, another title: each breaks it.
    let mut earlier = receipt.clone();
    earlier.receipt.received_at = at("2026-03-06T15:29:00Z");
    assert!(!verified(&earlier).intact);
    let mut retold = receipt.clone();
    let title = retold.filing.disclosures.get_mut("summary").unwrap().content.get_mut("title").unwrap();
    title.text = "A printer is out of paper".to_owned();
    assert!(!verified(&retold).intact);

    // Signed anew by another organisation of the same node: intact, but not the recipient's word.
    let mut tx = service.store().read().await.unwrap();
    let clinic = for_node(node.world.clinic.id);
    let key = tx.signing_key(&clinic, service.clock().now()).await.unwrap().unwrap();
    let forged = vault::sign_receipt(receipt.receipt.clone(), receipt.filing.clone(), &key).unwrap();
    assert!(!verified(&forged).trusted);
    // And by nobody whom we know.
    let stranger = vault::SigningKey::generate(receipt.signature.key).unwrap();
    let forged = vault::sign_receipt(receipt.receipt, receipt.filing, &stranger).unwrap();
    assert!(!verified(&forged).trusted);
}

async fn the_first_screen_asks_little(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let wizard = node.service.wizard(&ada).await.unwrap();
    let fields: Vec<_> = wizard.sections.iter().flat_map(|section| &section.fields).collect();
    let visible: Vec<_> = fields.into_iter().filter(|field| field.visible).collect();
    let required: Vec<_> = visible.iter().filter(|field| field.required).map(|field| &field.field).collect();
    assert!(required.len() <= 8, "{required:?}");
    assert!(visible.len() <= 36, "{}", visible.len());
    let officer = node.person(&node.world.csirt, &[Function::Officer]).await;
    assert!(matches!(node.service.wizard(&officer).await, Err(service::Error::Denied(_))));
}
