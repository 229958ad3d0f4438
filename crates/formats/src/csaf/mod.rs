//! Security advisories and VEX documents of the Common Security Advisory Framework, 2.0 and 2.1.
//!
//! [`check`] says whether a document is as the standard says: the schema, the mandatory tests of section 6.1 by
//! number, the optional ones (6.2) as warnings, the informative ones (6.3) as notes.

mod advisory;
mod carried;
mod check;
mod cvss;
mod cwe;
mod look;
mod model;
mod syntax;
mod to_cve;
mod to_stix;
mod version;

pub use advisory::{Advisory, Product, Vulnerability, read};
pub use check::{DocumentProfile, Options, Status, check, check_bytes, file_name, version_of};
pub use to_cve::{Assigner, to_cve};
pub use to_stix::to_stix;
pub use version::Version;
