//! Audit exports from strangers: what verifies is the beginning of the true one.

use bolero::check;
use fuzz::{Dice, Tally, json as wild, quick, text};
use serde_json::Value;
use service::verify_audit;
use testkit::TestNode;

/// The export of a node on which organisations were entered.
fn export() -> Vec<u8> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let node = TestNode::sqlite().await;
        node.service.chain_audit().await.unwrap();
        node.service.audit_export().await.unwrap()
    })
}

#[test]
fn exports_of_the_audit() {
    let export = String::from_utf8(export()).unwrap();
    let rows: Vec<Value> = export.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = verify_audit(export.as_bytes());
    assert!(whole.intact && whole.rows == rows.len() && rows.len() >= 6, "{whole:?}");
    let tally = Tally::new("audit::exports_of_the_audit");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let spoilt = match dice.below(3) {
            0 => bytes.to_vec(),
            1 => text::spoilt(&export, &[], &mut dice),
            _ => with_a_spoilt_row(&rows, &mut dice),
        };
        let mut verdict = None;
        assert!(quick(|| verdict = Some(verify_audit(&spoilt))), "verifying takes longer than a second");
        let Some(verdict) = verdict else { return };
        tally.count(verdict.intact);
        if verdict.intact {
            let lines = spoilt.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
            let read: Vec<Value> = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
            assert_eq!(read, rows[..verdict.rows], "changed after it was chained, and intact");
        }
    });
}

fn with_a_spoilt_row(rows: &[Value], dice: &mut Dice<'_>) -> Vec<u8> {
    let mut rows = rows.to_vec();
    let at = dice.below(rows.len());
    wild::spoil(&mut rows[at], dice);
    if dice.one_in(4) {
        let other = dice.below(rows.len());
        rows.swap(at, other);
    }
    rows.iter().flat_map(|row| format!("{row}\n").into_bytes()).collect()
}
