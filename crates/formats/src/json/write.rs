//! JSON to text: compact, or with two spaces per level.

use std::fmt::{self, Write as _};

use super::{Json, Member, parse::plain};

impl Json<'_> {
    /// The compact text, without the second copy that `to_string` makes.
    #[must_use]
    pub fn compact(&self) -> String {
        let mut text = String::new();
        write(self, None, &mut text);
        text
    }
}

/// Compact; `{:#}` gives one line per value, indented by two spaces.
impl fmt::Display for Json<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A text grows faster than a formatter takes its pieces.
        if !out.alternate() {
            return out.write_str(&self.compact());
        }
        let mut text = String::new();
        write(self, Some(0), &mut text);
        out.write_str(&text)
    }
}

fn write(value: &Json<'_>, indent: Option<usize>, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(digits) => out.push_str(digits),
        Json::Text(text) => quoted(text, out),
        Json::List(items) if items.is_empty() => out.push_str("[]"),
        Json::List(items) => {
            let inner = indent.map(|indent| indent + 1);
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, inner, out);
                write(item, inner, out);
            }
            line(indent, out);
            out.push(']');
        }
        Json::Object(members) if members.is_empty() => out.push_str("{}"),
        Json::Object(members) => object(members, indent, out),
    }
}

fn object(members: &[Member<'_>], indent: Option<usize>, out: &mut String) {
    let inner = indent.map(|indent| indent + 1);
    out.push('{');
    for (index, member) in members.iter().enumerate() {
        separate(index, inner, out);
        quoted(&member.name, out);
        out.push_str(if indent.is_some() { ": " } else { ":" });
        write(&member.value, inner, out);
    }
    line(indent, out);
    out.push('}');
}

fn separate(index: usize, indent: Option<usize>, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    line(indent, out);
}

fn line(indent: Option<usize>, out: &mut String) {
    if let Some(indent) = indent {
        out.push('\n');
        (0..indent).for_each(|_| out.push_str("  "));
    }
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = plain(rest.as_bytes()) {
        let (run, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(run);
        let mut characters = from.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(other) => {
                let _fits = write!(out, "\\u{:04x}", u32::from(other));
            }
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indented_and_compact() {
        let value = Json::object([
            ("a", Json::List(vec![Json::Null, Json::Bool(true)])),
            ("b", Json::object([])),
            ("c\"\u{1}", Json::text("x\ny")),
        ]);
        assert_eq!(value.to_string(), r#"{"a":[null,true],"b":{},"c\"\u0001":"x\ny"}"#);
        assert_eq!(
            format!("{value:#}"),
            "{\n  \"a\": [\n    null,\n    true\n  ],\n  \"b\": {},\n  \"c\\\"\\u0001\": \"x\\ny\"\n}"
        );
    }
}
