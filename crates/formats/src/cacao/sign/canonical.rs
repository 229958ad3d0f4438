//! The bytes that are signed: RFC 8785 over the playbook with one signature.

use std::{borrow::Cow, collections::HashSet};

use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{Json, Member, canonical, json::short};

/// What a signature was made over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DigestReading {
    /// The digest of the canonical bytes as text, in lower-case hexadecimal: so does the published example.
    #[default]
    HexDigest,
    /// The canonical bytes themselves.
    CanonicalBytes,
}

/// The canonical bytes of a playbook with this signature alone.
pub fn bytes(playbook: &Json<'_>, signature: &Json<'_>) -> Result<Vec<u8>, String> {
    has_form(playbook)?;
    has_form(signature)?;
    let members = playbook.as_object().unwrap_or_default().iter();
    let mut kept: Vec<Member<'_>> = members.filter(|member| member.name != "signatures").cloned().collect();
    kept.push(Member { name: Cow::Borrowed("signatures"), value: Json::List(vec![signature.clone()]) });
    let text = canonical(&Json::Object(kept)).ok_or("a number fits no double")?;
    Ok(text.into_bytes())
}

/// Neither a number that no double holds nor a doubled member has a canonical form (RFC 8785, 3.1): readers
/// differ in what they take it for.
fn has_form(value: &Json<'_>) -> Result<(), String> {
    match value {
        Json::Null | Json::Bool(_) | Json::Text(_) => Ok(()),
        Json::Number(digits) => match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(()),
            Ok(_) | Err(_) => Err(format!("the number {} fits no double", short(digits))),
        },
        Json::List(items) => items.iter().try_for_each(has_form),
        Json::Object(members) => {
            let mut names = HashSet::with_capacity(members.len());
            members.iter().try_for_each(|member| {
                if !names.insert(&*member.name) {
                    return Err(format!("the member {} stands there twice", short(&member.name)));
                }
                has_form(&member.value)
            })
        }
    }
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

    fn bytes_of(playbook: &str, signature: &str) -> Result<String, String> {
        let [playbook, signature] =
            [playbook, signature].map(|text| parse(text.as_bytes(), &Limits::default()).unwrap());
        bytes(&playbook, &signature).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn other_signatures_are_away() {
        assert_eq!(
            bytes_of(r#"{"type":"playbook","signatures":[{"id":1},{"id":2}],"priority":1.0}"#, r#"{"id":3}"#)
                .unwrap(),
            r#"{"priority":1,"signatures":[{"id":3}],"type":"playbook"}"#
        );
    }

    #[test]
    fn what_has_no_canonical_form_is_refused() {
        assert!(bytes_of(r#"{"a":[1e400]}"#, "{}").unwrap_err().contains("fits no double"));
        assert!(bytes_of(r#"{"a":{"b":1,"b":2}}"#, "{}").unwrap_err().contains("twice"));
        assert!(bytes_of("{}", r#"{"b":1,"b":2}"#).unwrap_err().contains("twice"));
    }
}
