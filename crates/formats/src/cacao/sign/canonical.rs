//! The bytes that are signed: RFC 8785 over the playbook with one signature.

use std::collections::HashSet;

use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap, SerializeSeq},
};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::Json;

/// What a signature was made over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DigestReading {
    /// The digest of the canonical bytes as text, in lower-case hexadecimal: so does the published example.
    #[default]
    HexDigest,
    /// The canonical bytes themselves.
    CanonicalBytes,
}

/// JSON for a writer that sorts and normalises. A doubled member has no canonical form (RFC 8785, 3.1), nor
/// has a number that no double holds.
struct Canonical<'a, 'j>(&'a Json<'j>);

impl Serialize for Canonical<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Null => to.serialize_unit(),
            Json::Bool(truth) => to.serialize_bool(*truth),
            Json::Text(text) => to.serialize_str(text),
            Json::Number(digits) => match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => to.serialize_f64(number),
                Ok(_) | Err(_) => Err(S::Error::custom(format!("the number {digits} fits no double"))),
            },
            Json::List(items) => {
                let mut list = to.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Canonical(item))?;
                }
                list.end()
            }
            Json::Object(members) => {
                let mut map = to.serialize_map(Some(members.len()))?;
                let mut names = HashSet::with_capacity(members.len());
                for member in members {
                    if !names.insert(&*member.name) {
                        return Err(S::Error::custom(format!("the member {} stands twice", member.name)));
                    }
                    map.serialize_entry(&*member.name, &Canonical(&member.value))?;
                }
                map.end()
            }
        }
    }
}

/// A playbook with this one signature in place of all that it has.
struct WithSignature<'a, 'j, 's> {
    playbook: &'a Json<'j>,
    signature: &'a Json<'s>,
}

impl Serialize for WithSignature<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let members = self.playbook.as_object().unwrap_or_default();
        let mut map = to.serialize_map(None)?;
        let mut names = HashSet::with_capacity(members.len());
        for member in members {
            if !names.insert(&*member.name) {
                return Err(S::Error::custom(format!("the member {} stands twice", member.name)));
            }
            if member.name != "signatures" {
                map.serialize_entry(&*member.name, &Canonical(&member.value))?;
            }
        }
        map.serialize_entry("signatures", &[Canonical(self.signature)])?;
        map.end()
    }
}

/// The canonical bytes of a playbook with this signature alone.
pub fn bytes(playbook: &Json<'_>, signature: &Json<'_>) -> Result<Vec<u8>, String> {
    serde_jcs::to_vec(&WithSignature { playbook, signature }).map_err(|error| error.to_string())
}

/// The digest in lower-case hexadecimal; none when the name of the hash is not known.
pub fn hex_digest(algorithm: &str, bytes: &[u8]) -> Option<String> {
    match algorithm {
        "sha-256" => Some(hex(&Sha256::digest(bytes))),
        "sha-384" => Some(hex(&Sha384::digest(bytes))),
        "sha-512" => Some(hex(&Sha512::digest(bytes))),
        _ => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    fn canonical(text: &str) -> Result<String, String> {
        let value = parse(text.as_bytes(), &Limits::default()).unwrap();
        let bytes = serde_jcs::to_vec(&Canonical(&value)).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    /// The examples of RFC 8785, sections 3.2.2 and 3.2.3, and numbers of its appendix B.
    #[test]
    fn numbers_texts_and_order_are_those_of_the_standard() {
        assert_eq!(
            canonical(
                r#"[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001, 1.0, 100, -0]"#
            )
            .unwrap(),
            "[333333333.3333333,1e+30,4.5,0.002,1e-27,1,100,0]"
        );
        assert_eq!(
            canonical("[9007199254740993, 295147905179352830000]").unwrap(),
            "[9007199254740992,295147905179352830000]"
        );
        assert_eq!(
            canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"").unwrap(),
            "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\""
        );
        assert_eq!(
            canonical("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}").unwrap(),
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}"
        );
    }

    #[test]
    fn what_has_no_canonical_form_is_refused() {
        assert!(canonical("[1e400]").unwrap_err().contains("fits no double"));
        assert!(canonical(r#"{"a":{"b":1,"b":2}}"#).unwrap_err().contains("stands twice"));
    }
}
