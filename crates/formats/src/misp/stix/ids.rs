//! Identifiers: those that MISP gives, and those that follow from what a thing says (RFC 9562, version 5).

use crate::syntax::uuid;

pub use crate::stix::extension::{BEFFROI as AUTHOR, MISP as EXTENSION};

/// The name space in which readers of MISP look for the identifiers of relationships.
const MISP: [u8; 16] =
    [0x76, 0xbe, 0xed, 0x5f, 0x72, 0x51, 0x45, 0x7e, 0x8c, 0x2a, 0xb4, 0x5f, 0x7b, 0x58, 0x9d, 0x3d];

/// The identifier that follows from a text.
pub fn of_text(text: &str) -> String {
    uuid::version_5(MISP, text.as_bytes())
}

/// Lower-case UUID of variant 1 and a version: what STIX takes (2.9).
pub fn is_fit(text: &str) -> bool {
    uuid::version(text).is_some_and(|version| (1..=5).contains(&version))
        && !text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// The identifier of an observable. Where nothing of an observable contributes to its identifier, the standard
/// asks for a UUID of version 4 (2.9): others are brought to that form.
pub fn observable(kind: &str, uuid: &str) -> String {
    const LOOSE: [&str; 7] = [
        "artifact",
        "email-message",
        "network-traffic",
        "process",
        "user-account",
        "windows-registry-key",
        "x509-certificate",
    ];
    match uuid.split_at_checked(14) {
        Some((before, after)) if LOOSE.contains(&kind) && !after.starts_with('4') => {
            format!("{kind}--{before}4{}", after.get(1..).unwrap_or_default())
        }
        Some(_) | None => format!("{kind}--{uuid}"),
    }
}

/// What follows the two hyphens.
pub fn uuid_of(id: &str) -> &str {
    id.split_once("--").map_or(id, |(_, uuid)| uuid)
}

/// What stands before them.
pub fn kind_of(id: &str) -> &str {
    id.split_once("--").map_or(id, |(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_follow_from_texts() {
        let known = "observed-data--91ae0a21-c7ae-4c7f-b84b-b84a7ce53d1f";
        let uuid = of_text(&format!("indicator--91ae0a21-c7ae-4c7f-b84b-b84a7ce53d1f - based-on - {known}"));
        assert!(uuid.starts_with("860e90aa-"), "{uuid}");
        assert!(is_fit(&uuid) && !is_fit("x"));
        assert_eq!(
            (kind_of(known), uuid_of(known)),
            ("observed-data", "91ae0a21-c7ae-4c7f-b84b-b84a7ce53d1f")
        );
    }
}
