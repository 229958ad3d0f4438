//! SKOS in Turtle (RDF 1.1 Turtle, W3C Recommendation of 25 February 2014).

use std::fmt::Write as _;

use super::{
    Scheme,
    graph::{Node, PREFIXES, Value, nodes},
};

/// The scheme in Turtle.
#[must_use]
pub fn turtle(scheme: &Scheme) -> String {
    let mut text = String::new();
    for (prefix, address) in PREFIXES {
        let _infallible = writeln!(text, "@prefix {prefix}: <{address}> .");
    }
    for node in nodes(scheme) {
        text.push('\n');
        write_node(&node, &mut text);
    }
    text
}

fn write_node(node: &Node, text: &mut String) {
    iri(&node.iri, text);
    text.push_str(" a ");
    text.push_str(node.class);
    for (property, value) in &node.said {
        text.push_str(" ;\n  ");
        text.push_str(property);
        text.push(' ');
        match value {
            Value::Iri(address) => iri(address, text),
            Value::Words { text: said, language } => {
                quoted(said, text);
                text.push('@');
                text.push_str(language);
            }
            Value::Text(said) => quoted(said, text),
            Value::True => text.push_str("true"),
        }
    }
    text.push_str(" .\n");
}

/// IRIREF (section 6.5, 18): what must not stand in it is written as a number.
fn iri(address: &str, text: &mut String) {
    text.push('<');
    for c in address.chars() {
        if c <= ' ' || "<>\"{}|^`\\".contains(c) {
            let _infallible = write!(text, "\\u{:04X}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text.push('>');
}

/// STRING_LITERAL_QUOTE (section 6.5, 22).
fn quoted(said: &str, text: &mut String) {
    text.push('"');
    for c in said.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if c.is_control() => {
                let _infallible = write!(text, "\\u{:04X}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}
