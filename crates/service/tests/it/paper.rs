//! Filings and receipts on paper, for both sides, as the receipt names them.

use serde_json::json;
use service::Error;
use testkit::TestNode;

use crate::story::{file, officer, on_both, open, open_ransomware, problems, ransomware, reporter, stage};

on_both!(
    both_sides_get_the_paper_that_the_receipt_names,
    a_filing_without_kept_paper_is_typeset_later,
    a_draft_is_no_filing,
    a_text_that_cannot_be_set_is_filed_all_the_same,
);

async fn both_sides_get_the_paper_that_the_receipt_names(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let sent = node.service.filing_paper(&ada, filed.filing).await.unwrap();
    assert_eq!(sent.reference, filed.reference);
    let desk = officer(&node, &node.world.csirt).await;
    let received = node.service.filing_paper(&desk, filed.filing).await.unwrap();
    assert!(received == sent, "both hold the same bytes");
    let receipt = node.service.receipt(&desk, filed.filing).await.unwrap();
    assert_eq!(receipt.receipt.paper_sha256, Some(vault::paper_digest(&sent.pdf)));
    let document = serde_json::to_vec(&receipt).unwrap();
    let trust = node.service.trusted_keys().await.unwrap().keys;
    assert!(vault::verify_with_paper(&document, &sent.pdf, &trust).trusted);
    // Later it is still that paper.
    node.service.clock().advance(crate::story::hours(1000));
    assert!(node.service.filing_paper(&ada, filed.filing).await.unwrap() == sent);
    let on_paper = node.service.receipt_paper(&ada, filed.filing).await.unwrap();
    assert!(on_paper.pdf.starts_with(b"%PDF-1.7"));
    assert!(node.service.receipt_paper(&desk, filed.filing).await.unwrap() == on_paper);
    let stranger = reporter(&node, &node.world.clinic).await;
    for refused in [
        node.service.filing_paper(&stranger, filed.filing).await,
        node.service.receipt_paper(&stranger, filed.filing).await,
    ] {
        assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    }
}

async fn a_filing_without_kept_paper_is_typeset_later(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let kept = node.service.filing_paper(&ada, filed.filing).await.unwrap();
    node.damage("DELETE FROM paper").await;
    let later = node.service.filing_paper(&ada, filed.filing).await.unwrap();
    assert!(later.pdf.starts_with(b"%PDF-1.7") && later != kept);
    let receipt = serde_json::to_vec(&node.service.receipt(&ada, filed.filing).await.unwrap()).unwrap();
    let verdict = vault::verify_with_paper(&receipt, &later.pdf, &[]);
    assert!(verdict.has("paper-mismatch"), "the receipt does not speak of it: {:?}", verdict.findings);
}

async fn a_draft_is_no_filing(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let key = stage("early_warning");
    let csirt = Some(node.world.csirt.id);
    let draft = node.service.preview_paper(&ada, (view.id, &key), csirt).await.unwrap();
    assert!(draft.pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(draft.reference, key.to_string());
    assert!(node.service.preview_paper(&ada, (view.id, &key), None).await.unwrap() == draft, "the first one");
    let nobodys = node.service.preview_paper(&ada, (view.id, &key), Some(node.world.clinic.id)).await;
    assert_eq!(problems(nobodys), ["/recipient: one_of_the_recipients"]);
    assert!(node.service.sent_filings(&ada).await.unwrap().filings.is_empty());
    let stranger = reporter(&node, &node.world.clinic).await;
    let refused = node.service.preview_paper(&stranger, (view.id, &key), None).await;
    assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
}

async fn a_text_that_cannot_be_set_is_filed_all_the_same(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let mut fields = ransomware(node.service.clock().now());
    fields["title"] = json!("🔥 中文 ירושלים \u{301} ransomware");
    let view = open(&node, &ada, fields).await;
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let paper = node.service.filing_paper(&ada, filed.filing).await.unwrap();
    let receipt = node.service.receipt(&ada, filed.filing).await.unwrap();
    assert_eq!(receipt.receipt.paper_sha256, Some(vault::paper_digest(&paper.pdf)));
}
