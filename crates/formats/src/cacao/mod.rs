//! CACAO 2.0, Collaborative Automated Course of Action Operations: playbooks, read whatever they say,
//! checked against the text or the published schema, signed and verified, drawn, and carried in STIX and MISP.

mod carried;
mod check;
mod diagram;
mod identifier;
mod read;
mod sign;
mod strip;
mod timestamp;
mod types;
mod write;

pub use carried::{
    CarryError, STIX_EXTENSION, from_misp, from_stix, to_course_of_action, to_misp_object, to_stix_bundle,
};
pub use check::{Options, check, check_bytes};
pub use diagram::{to_dot, to_mermaid};
pub use identifier::Identifier;
pub use read::{read, read_value};
pub use sign::{
    Broken, DigestReading, SignError, TrustList, TrustedKey, Untrusted, Verdict, countersign, sign,
    signing_input, verify,
};
pub use strip::strip_secrets;
pub use timestamp::Timestamp;
pub use types::{
    Address, AgentTarget, AgentTargetType, Authentication, AuthenticationType, CivicLocation, Command,
    CommandType, Contact, Dictionary, ExtensionDefinition, Extensions, ExternalReference, Logic, Marking,
    MarkingType, Other, Playbook, ProcessingSummary, Signature, Step, Variable, VariableValue,
};

/// The members of a policy of FIRST (IEP 2.0) that a marking of CACAO carries.
const IEP_MEMBERS: [&str; 9] = [
    "tlp",
    "iep_version",
    "start_date",
    "end_date",
    "encrypt_in_transit",
    "permitted_actions",
    "affected_party_notifications",
    "attribution",
    "unmodified_resale",
];
