//! Who may do what: one typed table of actions, read in one place.
//!
//! [`permit`] is the only maker of a [`Scope`], and every tenant read of `store` takes a
//! `Scope`: a query without permission does not compile. `policy` decides with values it is
//! handed; it has no input or output, no clock and no database, and it never answers
//! "does it exist": what is outside a scope is simply not found.

mod action;
mod scope;

pub use action::Action;
pub use scope::{Denied, Scope, ScopeKind, for_node, permit, permit_over, permit_to_count};
