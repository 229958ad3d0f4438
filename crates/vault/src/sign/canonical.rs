//! The canonical form that is hashed and signed: RFC 8785 over I-JSON (RFC 7493).

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Serialize;
use serde_json::Value;

/// The largest whole number that every reader of JSON holds exactly, 2^53 - 1 (RFC 7493 section 2.2).
const EXACT: u64 = 9_007_199_254_740_991;

/// Why a value has no canonical form.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// A whole number that readers would round.
    #[error(
        "the number {0} is beyond 2^53 - 1 and would be rounded by readers: write it as text (RFC 7493 section 2.2)"
    )]
    Number(String),
    /// Not a JSON value.
    #[error("the value has no JSON form: {0}")]
    Json(#[from] serde_json::Error),
}

/// The canonical bytes of `value`, member names in UTF-16 order, numbers as ECMAScript writes them.
///
/// # Errors
/// [`CanonicalError`] when a whole number is not exact in a double: two documents would share
/// one canonical form.
pub(crate) fn canonical(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    exact(value)?;
    Ok(serde_jcs::to_vec(value)?)
}

/// The canonical bytes of a typed document.
pub(crate) fn canonical_of<T: Serialize>(document: &T) -> Result<Vec<u8>, CanonicalError> {
    canonical(&serde_json::to_value(document)?)
}

/// The digest of a field group: SHA-256 over `[salt, group, content]` (as RFC 9901 section 4.2
/// digests a disclosure, but canonical), with the group's marking as the fourth where it has one.
pub(crate) fn group_digest(
    salt: &str,
    group: &str,
    content: &Value,
    marking: Option<&Value>,
) -> Result<String, CanonicalError> {
    let mut parts = vec![Value::from(salt), Value::from(group), content.clone()];
    parts.extend(marking.cloned());
    Ok(hashed(&canonical(&Value::Array(parts))?))
}

/// SHA-256 of `bytes` in base64url without padding.
pub(crate) fn hashed(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, bytes))
}

/// SHA-256 over the canonical form of `document` in base64url without padding: two documents with the same
/// digest say the same.
///
/// # Errors
/// [`CanonicalError`] when it has no canonical form.
pub fn digest_of<T: Serialize>(document: &T) -> Result<String, CanonicalError> {
    Ok(hashed(&canonical_of(document)?))
}

fn exact(value: &Value) -> Result<(), CanonicalError> {
    match value {
        Value::Number(number) => {
            let whole = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            match whole {
                Some(size) if size > EXACT => Err(CanonicalError::Number(number.to_string())),
                Some(_) | None => Ok(()),
            }
        }
        Value::Array(items) => items.iter().try_for_each(exact),
        Value::Object(members) => members.values().try_for_each(exact),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canon(text: &str) -> String {
        String::from_utf8(canonical(&serde_json::from_str(text).unwrap()).unwrap()).unwrap()
    }

    /// The bit patterns and forms of RFC 8785 appendix B.
    #[test]
    fn numbers_are_written_as_ecmascript_does() {
        for (bits, form) in [
            (0x0000_0000_0000_0000_u64, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            let value = Value::from(f64::from_bits(bits));
            let got = String::from_utf8(canonical(&value).unwrap()).unwrap();
            assert_eq!(got, form, "{bits:x}");
        }
    }

    /// RFC 8785 section 3.2.2: literals, numbers and escapes.
    #[test]
    fn literals_and_strings_have_one_form() {
        assert_eq!(
            canon(
                r#"{ "z": [56.0, 1e30, 4.50, 2e-3, 0.000000000000000000000000001], "s": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "l": [null, true, false] }"#
            ),
            "{\"l\":[null,true,false],\"s\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"z\":[56,1e+30,4.5,0.002,1e-27]}"
        );
        assert_eq!(
            canon(r#""\b\t\n\f\r\u0001\u001f\u007f\u2028""#),
            "\"\\b\\t\\n\\f\\r\\u0001\\u001f\u{7f}\u{2028}\""
        );
    }

    /// RFC 8785 section 3.2.3: names sort by UTF-16 code units, so that a surrogate pair comes
    /// before U+FB33.
    #[test]
    fn names_sort_by_utf16() {
        let text = r#"{"\ufb33":7,"\ud83d\ude02":6,"\u20ac":5,"\u00f6":4,"\u0080":3,"1":2,"\r":1}"#;
        let expected = "{\"\\r\":1,\"1\":2,\"\u{80}\":3,\"ö\":4,\"€\":5,\"😂\":6,\"\u{fb33}\":7}";
        assert_eq!(canon(text), expected);
        assert_eq!(canon(r#"{"b":{"d":1,"c":[]},"a":{}}"#), r#"{"a":{},"b":{"c":[],"d":1}}"#);
    }

    #[test]
    fn numbers_that_readers_would_round_are_refused() {
        for text in ["9007199254740992", "-9007199254740992", "[{\"a\":18446744073709551615}]"] {
            assert!(canonical(&serde_json::from_str(text).unwrap()).is_err(), "{text}");
        }
        assert_eq!(canon("-9007199254740991"), "-9007199254740991");
    }
}
