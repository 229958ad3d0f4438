//! Signatures over playbooks (section 10.15): made, countersigned, verified.
//!
//! To sign: take all other signatures away, put the new one in without its value, write the canonical bytes
//! (RFC 8785), hash them, sign the digest. What exactly is signed, two readings are about: the published
//! example signs the digest as lower-case hexadecimal text, others the canonical bytes. Both are verified,
//! and the verdict says which one held. Keys never come here: who signs does so in a closure.

mod algorithm;
mod canonical;
mod certificate;
mod make;
mod trust;
mod verify;

pub use canonical::DigestReading;
pub use make::{SignError, countersign, sign, signing_input};
pub use trust::{TrustList, TrustedKey};
pub(super) use verify::decoded;
pub use verify::{Broken, Untrusted, Verdict, verify};
