//! Playbooks to JSON, in the order of the sections of CACAO 2.0.

mod parts;
mod writer;

use super::Playbook;
use writer::Writer;

/// Compact JSON; `{:#}` is indented.
impl std::fmt::Display for Playbook {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let json = self.to_json();
        if out.alternate() { write!(out, "{json:#}") } else { write!(out, "{json}") }
    }
}
