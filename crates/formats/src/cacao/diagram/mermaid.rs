//! Mermaid: a flowchart.

use std::fmt::Write;

use super::{Picture, Shape};
use crate::cacao::Playbook;

/// The workflow as a flowchart of Mermaid.
#[must_use]
pub fn to_mermaid(playbook: &Playbook) -> String {
    let picture = Picture::of(playbook);
    let mut out = String::from("flowchart TD\n");
    let _infallible = write_all(&picture, &mut out);
    out
}

fn write_all(picture: &Picture, out: &mut String) -> std::fmt::Result {
    for (at, node) in picture.nodes.iter().enumerate() {
        let lines: Vec<String> = node.lines.iter().map(|line| escaped(line)).collect();
        let (open, close) = brackets(node.shape);
        writeln!(out, "  n{at}{open}\"{}\"{close}", lines.join("<br/>"))?;
    }
    for edge in &picture.edges {
        let arrow = if edge.is_branch { "-.->" } else { "-->" };
        let label =
            if edge.label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(&edge.label)) };
        writeln!(out, "  n{} {arrow}{label} n{}", edge.from, edge.to)?;
    }
    if let Some(at) = picture.exception {
        writeln!(out, "  exception([\"exception\"]) -.-> n{at}")?;
    }
    for (at, _) in picture.nodes.iter().enumerate().filter(|(_, node)| node.shape == Shape::Missing) {
        writeln!(out, "  style n{at} stroke:#c00,stroke-dasharray:4")?;
    }
    Ok(())
}

const fn brackets(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Start => ("((", "))"),
        Shape::End => ("(((", ")))"),
        Shape::Action | Shape::Unknown | Shape::Missing => ("[", "]"),
        Shape::Playbook => ("[[", "]]"),
        Shape::Parallel => ("[/", "/]"),
        Shape::Decision => ("{", "}"),
    }
}

/// Letters, digits and harmless signs stand as they are, all else by its number: Mermaid looks for directives,
/// Markdown, HTML and its own words within texts too.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let is_plain = character.is_alphanumeric() || matches!(character, ' ' | '.' | ',' | '-' | '…');
        if is_plain {
            out.push(character);
        } else {
            let _infallible = write!(out, "#{};", u32::from(character));
        }
    }
    out
}
