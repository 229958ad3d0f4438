//! Signatures of filings and receipts, and their verification without us.

mod agreement;
mod brought;
mod canonical;
mod findings;
mod key;
mod pack;
mod package;
mod paper;
mod published;
mod strict;
mod trust;
mod verify;
mod write;

pub use brought::{BroughtKey, BroughtKeyError};
pub use canonical::{CanonicalError, digest_of};
pub use findings::{DocumentKind, Finding, Severity, Signer, Verdict};
pub use key::{SigningKey, SigningKeyError};
pub use pack::{
    PACK_SIGNATURE_FILE, PackManifest, PackSignature, PackSigner, PackVerdict, Publisher, PublisherKey,
    PublisherKeyError, sign_pack, verify_pack,
};
pub use package::{
    PACKAGE_SEAL, PACKAGE_SUMS, PackageBody, PackageSeal, package_sums, seal_package, verify_package,
};
pub use paper::{paper_digest, verify_with_paper};
pub use published::{PublishedKey, TrustError, fingerprint, read_trust};
pub use verify::{DOCUMENT_LIMIT, verify};
pub use write::{SignError, disclose, filing_digest, sign_filing, sign_receipt};
