//! What a receipt says of its filing must be what the filing says.

use model::{FilingHead, ReceiptBody};

/// The parts in which a receipt and the head of its filing differ.
pub(crate) fn disagreements(receipt: &ReceiptBody, head: &FilingHead) -> Vec<&'static str> {
    let parts = [
        ("reference", receipt.reference == head.reference),
        ("filing", receipt.filing == head.filing),
        ("version", receipt.version == head.version),
        ("duty", receipt.duty == head.duty),
        ("due_at", receipt.due_at == head.due_at),
        ("from", receipt.from == head.from),
        ("to", receipt.to == head.to),
        ("received_at", receipt.received_at >= head.filed_at),
    ];
    parts.into_iter().filter(|(_, agrees)| !agrees).map(|(part, _)| part).collect()
}
