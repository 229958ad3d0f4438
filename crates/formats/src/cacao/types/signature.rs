//! Signatures (section 10.15).

use super::Other;
use crate::cacao::{Identifier, Timestamp};

/// A signature over a playbook. Its key comes with it: who signed is known only by a list of trusted keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// `jss`, in every valid one.
    pub object_type: Option<String>,
    /// Identifier; with `modified` it names one version.
    pub id: Option<Identifier>,
    /// Who made it: a STIX identity.
    pub created_by: Option<Identifier>,
    /// When the first version was made.
    pub created: Option<Timestamp>,
    /// When this version was made.
    pub modified: Option<Timestamp>,
    /// Whether its maker took it back.
    pub revoked: Option<bool>,
    /// Name of who signed, as a claim.
    pub signee: Option<String>,
    /// From when it holds.
    pub valid_from: Option<Timestamp>,
    /// Until when it holds.
    pub valid_until: Option<Timestamp>,
    /// The playbook that was signed.
    pub related_to: Option<Identifier>,
    /// The `modified` of the playbook that was signed.
    pub related_version: Option<Timestamp>,
    /// The hash of the canonical bytes, such as `sha-256`.
    pub hash_algorithm: Option<String>,
    /// The algorithm of the signature, such as `Ed25519`.
    pub algorithm: Option<String>,
    /// Public key: PEM without its header and footer.
    pub public_key: Option<String>,
    /// Certificates in Base64, that of the key first.
    pub public_cert_chain: Vec<String>,
    /// Where the certificate lies.
    pub cert_url: Option<String>,
    /// SHA-256 of the certificate, Base64url.
    pub thumbprint: Option<String>,
    /// The signature, Base64url without padding.
    pub value: Option<String>,
    /// A signature over this signature.
    pub signature: Option<Box<Signature>>,
    /// Carried along.
    pub other: Other,
}
