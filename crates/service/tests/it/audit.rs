//! The audit: what happened, provably.

use serde_json::Value;
use service::verify_audit;
use testkit::TestNode;

use crate::story::{file, officer, on_both, open_ransomware, reporter};

on_both!(the_chain_verifies_and_every_tampering_is_found, a_receipt_anchors_the_chain_with_an_outsider);

/// A node on which something happened.
async fn lived(node: &TestNode) -> Vec<u8> {
    let (ada, carl) = (reporter(node, &node.world.hospital).await, officer(node, &node.world.csirt).await);
    let view = open_ransomware(node, &ada).await;
    let filed = file(node, &ada, view.id, "early_warning").await;
    node.service.received_filing(&carl, filed.filing).await.unwrap();
    node.service.acknowledge(&carl, filed.filing).await.unwrap();
    assert!(node.service.chain_audit().await.unwrap() > 10);
    assert_eq!(node.service.chain_audit().await.unwrap(), 0);
    let later = node.service.clock().now().plus(std::time::Duration::from_secs(1));
    assert_eq!(node.service.unchained_before(later).await.unwrap(), 0);
    node.service.audit_export().await.unwrap()
}

fn lines(export: &[u8]) -> Vec<&[u8]> {
    export.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect()
}

async fn the_chain_verifies_and_every_tampering_is_found(node: TestNode) {
    let export = lived(&node).await;
    let verdict = verify_audit(&export);
    let rows = lines(&export);
    assert!(verdict.intact && verdict.finding.is_none(), "{verdict:?}");
    assert_eq!(verdict.rows, rows.len());

    for (number, _) in rows.iter().enumerate() {
        let mut dropped = rows.clone();
        dropped.remove(number);
        let verdict = verify_audit(&dropped.join(&b'\n'));
        // A tail that is cut off shows in the head alone; that is what receipts are for.
        assert_eq!(verdict.intact, number == rows.len() - 1, "line {number}: {verdict:?}");
    }
    for number in 1..rows.len() {
        let mut swapped = rows.clone();
        swapped.swap(number - 1, number);
        assert!(!verify_audit(&swapped.join(&b'\n')).intact, "lines {number} and the one before");
    }
    for number in 0..rows.len() {
        let mut doubled = rows.clone();
        doubled.insert(number, rows[number]);
        assert!(!verify_audit(&doubled.join(&b'\n')).intact, "line {number} twice");
    }
    // A flipped bit anywhere is found, or changes nothing that is read.
    for position in (0..export.len()).step_by(13) {
        let mut flipped = export.clone();
        flipped[position] ^= 1;
        let found = verify_audit(&flipped);
        assert!(!found.intact, "byte {position}: {}", String::from_utf8_lossy(&flipped));
    }
    assert!(!verify_audit(b"{}").intact);
    assert!(verify_audit(b"").intact);
}

async fn a_receipt_anchors_the_chain_with_an_outsider(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    node.service.chain_audit().await.unwrap();
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let before = verify_audit(&node.service.audit_export().await.unwrap());
    let anchor = node.service.receipt(&ada, filed.filing).await.unwrap().receipt.audit_head;
    assert_eq!(anchor, before.head);
    // The chain has grown since; the anchor still is one of its heads, and of the first so many rows.
    let export = lived(&node).await;
    let place = lines(&export).iter().position(|line| {
        let row: Value = serde_json::from_slice(line).unwrap();
        row["chain"].as_str() == anchor.as_deref()
    });
    let rows = place.unwrap() + 1;
    assert_eq!(rows, before.rows);
    assert_eq!(verify_audit(&lines(&export)[..rows].join(&b'\n')).head, anchor);
}
