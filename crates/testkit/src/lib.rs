//! For tests only: a whole node in memory of one process, on SQLite or PostgreSQL, with a clock that the
//! test turns, a small world of organisations in it, and doors to talk to it.
//!
//! Nothing here replaces a part of the node: the store is the real store, the router the real router. What
//! a test needs quickly (a person without a password, a machine client, a hundred thousand incidents) is
//! made through the same use cases and tables. A helper that cannot do its part fails the test on the spot,
//! therefore panics are allowed here. No crate of the program depends on this one.

#![expect(clippy::expect_used, clippy::panic, reason = "a helper of tests fails the test on the spot")]

mod bulk;
mod damage;
pub mod http;
mod laws;
mod lived_in;
mod mail;
mod node;
mod postgres;
mod skip;
mod world;

pub use bulk::{Pattern, load_filings, load_incidents, load_like, look_anew};
pub use damage::run_on_file;
pub use http::{Answer, Request};
pub use laws::{collect, files, invented_law, library, root};
pub use lived_in::{LivedIn, Reporter, answers};
pub use mail::{ArrivedMail, MailManners, MailServer};
pub use node::{Session, TestNode};
pub use postgres::{VARIABLE as POSTGRES, cut_connections, fresh_database};
pub use skip::skipped;
pub use world::{Place, World};
