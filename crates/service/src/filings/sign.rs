//! The signed documents of a filing: the filing by its filer, the receipt by its recipient.

use std::collections::BTreeMap;

use model::{
    Disclosure, FilingDocument, FilingHead, Marks, ReceiptBody, ReceiptDocument, ReceiptId,
    receipt::RECEIPT_FORMAT,
};
use vault::{SigningKey, disclose, filing_digest, sign_filing, sign_receipt};

use super::prepare::Content;
use crate::{
    chance,
    error::{Error, Result},
};

/// Discloses `content` group by group under its marks and signs the head with the filer's key.
pub(crate) fn signed_filing(
    head: FilingHead,
    content: Content,
    marks: &Marks,
    key: &SigningKey,
) -> Result<FilingDocument> {
    let mut disclosures: BTreeMap<String, Disclosure> = BTreeMap::new();
    let mut groups = BTreeMap::new();
    for (group, answers) in content {
        let (disclosure, digest) = disclose(&group, answers, marks.of_group(&group), vault::random())?;
        groups.insert(group.clone(), digest);
        disclosures.insert(group, disclosure);
    }
    Ok(sign_filing(FilingHead { groups, marking: marks.report, ..head }, disclosures, key)?)
}

/// The recipient's signed word that `filing` arrived, with the head of the audit chain and the digest
/// of its paper.
pub(crate) fn signed_receipt(
    filing: FilingDocument,
    audit_head: Option<String>,
    paper_sha256: Option<String>,
    key: &SigningKey,
) -> Result<ReceiptDocument> {
    let head = &filing.head;
    let body = ReceiptBody {
        format: RECEIPT_FORMAT.to_owned(),
        receipt: ReceiptId::new(head.filed_at, chance::for_id()),
        reference: head.reference.clone(),
        filing: head.filing,
        version: head.version,
        filing_digest: filing_digest(head)?,
        duty: head.duty.clone(),
        received_at: head.filed_at,
        due_at: head.due_at,
        from: head.from.clone(),
        to: head.to.clone(),
        audit_head,
        paper_sha256,
    };
    Ok(sign_receipt(body, filing, key)?)
}

impl From<vault::SignError> for Error {
    fn from(error: vault::SignError) -> Self {
        Self::Internal(error.to_string())
    }
}
