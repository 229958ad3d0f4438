//! JSON in its canonical form (RFC 8785, JCS).

use std::fmt::Write as _;

use super::{Json, Member};

/// The canonical text of a value: members in the order of their names in UTF-16, numbers as ECMAScript
/// writes them. None when a number does not fit an IEEE 754 double.
#[must_use]
pub fn canonical(value: &Json<'_>) -> Option<String> {
    let mut text = String::new();
    write(value, &mut text)?;
    Some(text)
}

fn write(value: &Json<'_>, out: &mut String) -> Option<()> {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Json::Number(digits) => number(digits, out)?,
        Json::Text(text) => quoted(text, out),
        Json::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Json::Object(members) => {
            let mut sorted: Vec<&Member<'_>> = members.iter().collect();
            sorted.sort_by(|one, other| one.name.encode_utf16().cmp(other.name.encode_utf16()));
            out.push('{');
            for (at, member) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                quoted(&member.name, out);
                out.push(':');
                write(&member.value, out)?;
            }
            out.push('}');
        }
    }
    Some(())
}

fn number(digits: &str, out: &mut String) -> Option<()> {
    // Whole numbers of up to 15 digits are their own canonical form.
    let plain = digits.strip_prefix('-').unwrap_or(digits);
    if plain.len() <= 15 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        out.push_str(if plain == "0" { "0" } else { digits });
        return Some(());
    }
    let value: f64 = digits.parse().ok().filter(|value: &f64| value.is_finite())?;
    out.push_str(ryu_js::Buffer::new().format_finite(value));
    Some(())
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control @ '\0'..='\u{1f}' => {
                let _fits = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    fn canonical_of(text: &str) -> Option<String> {
        canonical(&parse(text.as_bytes(), &Limits::default()).unwrap())
    }

    /// The examples of RFC 8785, sections 3.2.2 and 3.2.3.
    #[test]
    fn the_examples_of_the_rfc() {
        assert_eq!(
            canonical_of(
                r#"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
                   "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#
            )
            .unwrap(),
            r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        );
        assert_eq!(
            canonical_of(r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#)
                .unwrap(),
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}"
        );
    }

    #[test]
    fn numbers_beyond_doubles_have_no_form() {
        assert_eq!(
            canonical_of("[-0,0,10,1234567890123456789,1.0]").unwrap(),
            "[0,0,10,1234567890123456800,1]"
        );
        assert_eq!(canonical_of("1e400"), None);
    }
}
