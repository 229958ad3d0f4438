//! Is this playbook as the standard says, and if not, what is to be mended?
//!
//! Under [`Profile::Text`] the sections of CACAO 2.0 decide, under [`Profile::Schema`] the schema that was
//! published with it. Where they differ, see the README of this folder.

mod definitions;
mod flows;
mod graph;
mod inspector;
mod model;
mod published;
mod secrets;
mod signatures;
mod summary;
mod validity;
mod values;
mod variables;
mod words;
mod workflow;

use crate::{Json, Limits, Profile, Report, parse};
use graph::Graph;
use inspector::Inspector;

pub(super) use secrets::{is_secret_header, is_secret_name, is_secret_oauth_header};
pub(super) use variables::references as variable_references;

/// How to check.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whose word counts.
    pub profile: Profile,
    /// Whether signatures are verified: that costs more than all the rest.
    pub verify: bool,
    /// The time at which validity is asked for, in milliseconds since 1970; without it nothing expires.
    pub now_ms: Option<i64>,
    /// Bounds.
    pub limits: Limits,
}

impl Default for Options {
    /// By the text, with signatures, at no time in particular.
    fn default() -> Self {
        Self { profile: Profile::Text, verify: true, now_ms: None, limits: Limits::default() }
    }
}

/// Reads and checks one playbook.
#[must_use]
pub fn check_bytes(bytes: &[u8], options: &Options) -> Report {
    match parse(bytes, &options.limits) {
        Ok(document) => check(&document, options),
        Err(fault) => Report::unreadable(&fault, String::new(), "CACAO 2.0, 2 (RFC 8259)"),
    }
}

/// Checks one playbook.
#[must_use]
pub fn check(document: &Json<'_>, options: &Options) -> Report {
    let mut inspector = Inspector::new(options.profile, options.limits.findings);
    inspector.class(&model::PLAYBOOK, document);
    match options.profile {
        Profile::Text => relations(&mut inspector, document, options),
        Profile::Schema => published::check(&mut inspector, document),
    }
    inspector.into_report()
}

/// All that concerns more than one member.
fn relations<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, options: &Options) {
    let graph = Graph::of(playbook);
    validity::check(inspector, playbook, options.now_ms);
    definitions::check(inspector, playbook, &graph);
    workflow::check(inspector, playbook, &graph);
    flows::check(inspector, &graph);
    variables::check(inspector, playbook, &graph);
    summary::check(inspector, playbook, &graph);
    secrets::check(inspector, playbook, &graph);
    signatures::check(inspector, playbook, options);
}
