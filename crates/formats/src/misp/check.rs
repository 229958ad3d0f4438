//! Is this event one that servers take, and if not, what is to be mended?
//!
//! Under [`Profile::Text`] the core format and the words of `describeTypes` decide, under [`Profile::Schema`]
//! the lax schema that is published with the format, which holds the kinds of values alone.

mod attribute;
mod context;
mod event;
mod inspector;
mod schema;
mod values;

use super::Templates;
pub(super) use crate::syntax::{binary::is_base64, uuid::is_uuid};
use crate::{Json, Limits, Profile, Report, parse};
pub(super) use inspector::{Inspector, Place};
pub(super) use values::{flaw, is_refused};

/// How to check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whose word counts.
    pub profile: Profile,
    /// Bounds.
    pub limits: Limits,
}

/// Reads and checks one event, bare or wrapped.
#[must_use]
pub fn check_bytes(bytes: &[u8], options: &Options) -> Report {
    check_bytes_with(bytes, options, &Templates::default())
}

/// Reads and checks one event, its objects by these templates too.
#[must_use]
pub fn check_bytes_with(bytes: &[u8], options: &Options, templates: &Templates) -> Report {
    match parse(bytes, &options.limits) {
        Ok(document) => check_with(&document, options, templates),
        Err(fault) => Report::unreadable(&fault, String::new(), "misp-core-format, 2 (RFC 8259)"),
    }
}

/// Checks one event, bare or wrapped.
#[must_use]
pub fn check(document: &Json<'_>, options: &Options) -> Report {
    check_with(document, options, &Templates::default())
}

/// Checks one event, its objects by these templates too.
#[must_use]
pub fn check_with(document: &Json<'_>, options: &Options, templates: &Templates) -> Report {
    let mut inspector = Inspector::new(options.limits.findings);
    let root = Place::Root;
    let wrapped = document.get("Event");
    let (place, inner) = match wrapped {
        Some(inner) => (root.name("Event"), inner),
        None => (root, document),
    };
    match options.profile {
        Profile::Schema => schema::document(&mut inspector, document),
        Profile::Text => match inner.as_object() {
            Some(_) => {
                event::check(&mut inspector, &place, inner);
                templates.check(&mut inspector, &place, inner);
            }
            None => inspector.error(&place, "misp.event", "misp-core-format, 2.1", || {
                format!("an event is an object, here is {}", inner.kind())
            }),
        },
    }
    inspector.into_report()
}
