//! The outward doors: the only crate that calls out. Today it sends mail.
//!
//! The node hands it errands of `service` and is told how each went; nothing here opens the database,
//! decides who is told what, or keeps anything. Every way out is encrypted, or stays on this machine;
//! every answer is waited for within bounds.

mod mail;

pub use mail::{MailError, MailServer, Post, Security};
