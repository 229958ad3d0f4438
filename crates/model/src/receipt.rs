//! A receipt: the recipient's signed word that a filing arrived.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{DutyKey, FilingDocument, FilingId, Instant, Party, ReceiptId, filing::Signature};

/// The format name of [`ReceiptBody`].
pub const RECEIPT_FORMAT: &str = "beffroi-receipt/1";

/// The part of a receipt that is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptBody {
    /// Always [`RECEIPT_FORMAT`].
    pub format: String,
    /// The identifier.
    pub receipt: ReceiptId,
    /// The reference of the filing.
    pub reference: String,
    /// The filing.
    pub filing: FilingId,
    /// Its version.
    pub version: u32,
    /// SHA-256 of the RFC 8785 form of the filing's head, base64url without padding.
    pub filing_digest: String,
    /// Which stage of which law.
    pub duty: DutyKey,
    /// The exact instant of receipt.
    pub received_at: Instant,
    /// The legal deadline, when the law sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// Who filed.
    pub from: Party,
    /// Who received, and signs.
    pub to: Party,
    /// The head of the audit chain at that time, base64url, so that outsiders hold anchors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_head: Option<String>,
    /// SHA-256 of the filing's PDF as it was typeset when it was filed, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper_sha256: Option<String>,
}

/// A receipt as it is handed over: with the filing it speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptDocument {
    /// What is signed.
    pub receipt: ReceiptBody,
    /// The recipient organisation's signature over `receipt`.
    pub signature: Signature,
    /// The filing.
    pub filing: FilingDocument,
}
