//! A filing: what one organisation sent to another at one instant, frozen and signed.
//!
//! The signature covers the head; the head carries a salted digest of each field group, as
//! SD-JWT does (RFC 9901), so that a redacted forward or an erased copy still verifies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ChosenTerm, DutyKey, FilingId, IncidentId, Instant, KeyId, Marking, OrganisationId};

/// The format name of [`FilingHead`].
pub const FILING_FORMAT: &str = "beffroi-filing/1";

/// One side of a filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name at that time.
    pub name: String,
}

/// A signature over the RFC 8785 form of a head or a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Signature {
    /// The signing key.
    pub key: KeyId,
    /// Always `Ed25519` (RFC 8032).
    pub algorithm: String,
    /// The public key in base64url without padding, 32 bytes.
    pub public_key: String,
    /// The signature in base64url without padding, 64 bytes.
    pub value: String,
}

/// The part of a filing that is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingHead {
    /// Always [`FILING_FORMAT`].
    pub format: String,
    /// The identifier.
    pub filing: FilingId,
    /// The reference that people quote: neither guessable nor a count.
    pub reference: String,
    /// 1 for the first filing of a stage; each correction counts up.
    pub version: u32,
    /// The filing that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<FilingId>,
    /// The incident, an opaque identifier to the recipient.
    pub incident: IncidentId,
    /// Which stage of which law.
    pub duty: DutyKey,
    /// The version of the pack that was applied.
    pub pack_version: String,
    /// The exact instant of filing.
    pub filed_at: Instant,
    /// The legal deadline, when the law sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// Under which article the recipient gets a copy for information: another one handles the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_information: Option<String>,
    /// Who files.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// How the report is marked; groups may be marked narrower.
    #[serde(default, skip_serializing_if = "Marking::is_empty")]
    pub marking: Marking,
    /// The salted SHA-256 digest of each field group, base64url without padding.
    pub groups: BTreeMap<String, String>,
}

/// A field group with its salt; leaving it out redacts the group without breaking the signature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// 128 bits of chance, base64url without padding.
    pub salt: String,
    /// Field to answer, as filed.
    #[schema(value_type = Object)]
    pub content: BTreeMap<String, FiledAnswer>,
    /// How this group is marked, where it is narrower than the report; the digest covers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Marking>,
}

/// An answer as filed: readable in years without our vocabularies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FiledAnswer {
    /// The question in words.
    pub label: String,
    /// The value in the JSON shape of its kind; absent means "unknown yet".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// The value in words, for people.
    pub text: String,
    /// The filing organisation's own terms beside the value, each below a value that was chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<ChosenTerm>,
    /// Whether it is an estimate.
    #[serde(default)]
    pub estimated: bool,
    /// The number of the field in the law's own form ("3.4").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The article that asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// What this answer was before, oldest first, where it starts a clock and was changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierAnswer>,
}

/// What an answer that starts a clock was before somebody changed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierAnswer {
    /// The value in words.
    pub text: String,
    /// The value in the JSON shape of its kind; absent means "unknown yet".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// Until when it stood.
    pub until: Instant,
    /// Who changed it.
    pub by: String,
    /// Why, in the words of who changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A filing as it is kept, shown and handed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingDocument {
    /// What is signed.
    pub head: FilingHead,
    /// The filing organisation's signature over `head`.
    pub signature: Signature,
    /// The field groups that this copy discloses.
    pub disclosures: BTreeMap<String, Disclosure>,
}
