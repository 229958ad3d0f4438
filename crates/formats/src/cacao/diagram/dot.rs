//! Graphviz: the language DOT.

use std::fmt::Write;

use super::{Picture, Shape};
use crate::cacao::Playbook;

/// The workflow in DOT, for `dot -Tsvg`.
#[must_use]
pub fn to_dot(playbook: &Playbook) -> String {
    let picture = Picture::of(playbook);
    let mut out = String::from("digraph playbook {\n");
    let _infallible = write_all(&picture, &mut out);
    out
}

fn write_all(picture: &Picture, out: &mut String) -> std::fmt::Result {
    writeln!(out, "  graph [rankdir=TB, labelloc=t, label=\"{}\"];", escaped(&picture.title))?;
    writeln!(out, "  node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];")?;
    for (at, node) in picture.nodes.iter().enumerate() {
        let lines: Vec<String> = node.lines.iter().map(|line| escaped(line)).collect();
        writeln!(out, "  n{at} [{}, label=\"{}\"];", style(node.shape), lines.join("\\n"))?;
    }
    for edge in &picture.edges {
        let style = if edge.is_branch { "dashed" } else { "solid" };
        writeln!(
            out,
            "  n{} -> n{} [style={style}, label=\"{}\"];",
            edge.from,
            edge.to,
            escaped(&edge.label)
        )?;
    }
    if let Some(at) = picture.exception {
        writeln!(
            out,
            "  exception [shape=plaintext, label=\"exception\"];\n  exception -> n{at} [style=dotted];"
        )?;
    }
    out.write_str("}\n")
}

const fn style(shape: Shape) -> &'static str {
    match shape {
        Shape::Start => "shape=circle",
        Shape::End => "shape=doublecircle",
        Shape::Action => "shape=box",
        Shape::Playbook => "shape=component",
        Shape::Parallel => "shape=parallelogram",
        Shape::Decision => "shape=diamond",
        Shape::Unknown => "shape=box, style=dashed",
        Shape::Missing => "shape=box, style=dashed, color=red",
    }
}

/// For a text in quotes: there `"` and `\` mean something, and entities as of HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}
