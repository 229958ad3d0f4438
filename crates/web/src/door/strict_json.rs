//! JSON as the doors take it (RFC 8259, narrower where it is silent): nested at most 32 deep, no
//! name twice in an object, no NUL character in a text. Each refusal says where.

use std::{cell::RefCell, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How deep arrays and objects may be nested.
pub const DEEPEST: usize = 32;

/// Why a body is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where, as a JSON pointer (RFC 6901); absent when the text is no JSON at all.
    pub pointer: Option<String>,
    /// The rule: `json`, `depth`, `duplicate_name`, `nul`.
    pub rule: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Reads one JSON value.
///
/// # Errors
/// The first [`Flaw`].
pub fn read(bytes: &[u8]) -> Result<Value, Flaw> {
    let flaw = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let part = Part { place: &Place::Root, depth: 0, flaw: &flaw };
    let value = part.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        flaw.into_inner().unwrap_or_else(|| Flaw {
            pointer: None,
            rule: "json",
            message: format!("the body is not JSON (RFC 8259): {error}"),
        })
    })
}

/// A name as a token of a JSON pointer (RFC 6901 section 3).
#[must_use]
pub fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

enum Place<'a> {
    Root,
    Name(&'a Place<'a>, &'a str),
    Index(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Name(parent, name) => format!("{}/{}", parent.pointer(), token(name)),
            Self::Index(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }
}

struct Part<'a> {
    place: &'a Place<'a>,
    depth: usize,
    flaw: &'a RefCell<Option<Flaw>>,
}

impl Part<'_> {
    fn refuse<E: serde::de::Error>(&self, place: &Place<'_>, rule: &'static str, message: String) -> E {
        self.flaw.replace(Some(Flaw { pointer: Some(place.pointer()), rule, message }));
        E::custom(rule)
    }

    fn deeper<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= DEEPEST {
            let message = format!("arrays and objects are nested at most {DEEPEST} deep");
            return Err(self.refuse(self.place, "depth", message));
        }
        Ok(self.depth + 1)
    }

    fn text<E: serde::de::Error>(&self, text: &str) -> Result<(), E> {
        if text.contains('\0') {
            return Err(self.refuse(self.place, "nul", "a text holds no NUL character (U+0000)".to_owned()));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<Value, E> {
        self.text(&value)?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut items = Vec::new();
        loop {
            let place = Place::Index(self.place, items.len());
            match sequence.next_element_seed(Part { place: &place, depth, flaw: self.flaw })? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut members = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            self.text(&name)?;
            let place = Place::Name(self.place, &name);
            if members.contains_key(&name) {
                let message = format!("the name {name:?} stands twice in one object; say each once");
                return Err(self.refuse(&place, "duplicate_name", message));
            }
            let value = object.next_value_seed(Part { place: &place, depth, flaw: self.flaw })?;
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rule(text: &str) -> (Option<String>, &'static str) {
        let flaw = read(text.as_bytes()).unwrap_err();
        (flaw.pointer, flaw.rule)
    }

    #[test]
    fn reads_what_serde_json_reads() {
        let text = r#"{"a": [1, -2, 2.5, true, null, "ü\n"], "b": {}}"#;
        assert_eq!(read(text.as_bytes()).unwrap(), json!({"a": [1, -2, 2.5, true, null, "ü\n"], "b": {}}));
    }

    #[test]
    fn says_where_a_name_stands_twice() {
        assert_eq!(rule(r#"{"a/b": [{"c": 1, "c": 2}]}"#), (Some("/a~1b/0/c".to_owned()), "duplicate_name"));
    }

    #[test]
    fn nests_to_the_bound_and_no_deeper() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(nested(DEEPEST).as_bytes()).is_ok());
        assert_eq!(rule(&nested(DEEPEST + 1)).1, "depth");
        assert_eq!(rule(&"[".repeat(100_000)).1, "depth");
        assert_eq!(rule(&r#"{"a":"#.repeat(100_000)).1, "depth");
    }

    #[test]
    fn no_text_holds_nul() {
        assert_eq!(rule(r#"["x", "a\u0000b"]"#), (Some("/1".to_owned()), "nul"));
        assert_eq!(rule(r#"{"a\u0000": 1}"#).1, "nul");
    }

    #[test]
    fn what_is_no_json_has_no_pointer() {
        for text in ["", "{", "{} {}", "nul", "{'a': 1}", "1e999", "\u{feff}{}", "{\"a\": \"\0\"}", "NaN"] {
            assert_eq!(rule(text), (None, "json"), "{text:?}");
        }
        assert_eq!(read(b"\"\xff\"").unwrap_err().rule, "json");
    }
}
