//! JSON to text: compact, or with two spaces per level.

use std::fmt;

use super::{Json, Member};

/// Compact; `{:#}` gives one line per value, indented by two spaces.
impl fmt::Display for Json<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let indent = if out.alternate() { Some(0) } else { None };
        write(self, indent, out)
    }
}

fn write(value: &Json<'_>, indent: Option<usize>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Json::Null => out.write_str("null"),
        Json::Bool(truth) => write!(out, "{truth}"),
        Json::Number(digits) => out.write_str(digits),
        Json::Text(text) => quoted(text, out),
        Json::List(items) if items.is_empty() => out.write_str("[]"),
        Json::List(items) => {
            let inner = indent.map(|indent| indent + 1);
            out.write_str("[")?;
            for (index, item) in items.iter().enumerate() {
                separate(index, inner, out)?;
                write(item, inner, out)?;
            }
            line(indent, out)?;
            out.write_str("]")
        }
        Json::Object(members) if members.is_empty() => out.write_str("{}"),
        Json::Object(members) => object(members, indent, out),
    }
}

fn object(members: &[Member<'_>], indent: Option<usize>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let inner = indent.map(|indent| indent + 1);
    out.write_str("{")?;
    for (index, member) in members.iter().enumerate() {
        separate(index, inner, out)?;
        quoted(&member.name, out)?;
        out.write_str(if indent.is_some() { ": " } else { ":" })?;
        write(&member.value, inner, out)?;
    }
    line(indent, out)?;
    out.write_str("}")
}

fn separate(index: usize, indent: Option<usize>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if index > 0 {
        out.write_str(",")?;
    }
    line(indent, out)
}

fn line(indent: Option<usize>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match indent {
        Some(indent) => write!(out, "\n{:1$}", "", indent * 2),
        None => Ok(()),
    }
}

fn quoted(text: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_str("\"")?;
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.write_str(plain)?;
        let mut characters = from.chars();
        match characters.next() {
            Some('"') => out.write_str("\\\"")?,
            Some('\\') => out.write_str("\\\\")?,
            Some('\n') => out.write_str("\\n")?,
            Some('\r') => out.write_str("\\r")?,
            Some('\t') => out.write_str("\\t")?,
            Some(other) => write!(out, "\\u{:04x}", u32::from(other))?,
            None => {}
        }
        rest = characters.as_str();
    }
    out.write_str(rest)?;
    out.write_str("\"")
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
