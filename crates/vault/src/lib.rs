//! What keeps documents secret and what proves them: envelope encryption, holder keys, blind
//! tokens, and the signatures of filings and receipts.
//!
//! Every document has a data key of its own, wrapped by the key of each holder; holder keys are
//! wrapped by the master key. Associated data binds a sealed value to its place, its owner and
//! its revision, so that nothing opens after a swap or a rollback. A signature covers salted
//! digests of field groups, so that a redacted copy still verifies.
//!
//! This crate reads no file, no clock and no database, and never writes a key to a log: `Debug`
//! of anything secret prints its identifier only. Keys in memory are overwritten when dropped.
//! The only chance is the system's ([`random`]); the only primitives are those of aws-lc-rs.

mod holder;
mod keyring;
mod master;
mod one_time;
mod place;
mod random;
mod seal;
mod sealed;
mod secret;
mod sign;

pub use holder::{Holder, HolderError, WrappedHolderKey, create_holder_key};
pub use keyring::{Keyring, UnlockError};
pub use master::{MasterKey, MasterKeyError};
pub use one_time::{ONE_TIME_PERIOD, base32, one_time_code, one_time_step};
pub use place::Place;
pub use random::random;
pub use sealed::{SealError, Sealed, WrappedDataKey};
pub use sign::{
    BroughtKey, BroughtKeyError, CanonicalError, DOCUMENT_LIMIT, DocumentKind, Finding, PACK_SIGNATURE_FILE,
    PACKAGE_SEAL, PACKAGE_SUMS, PackManifest, PackSignature, PackSigner, PackVerdict, PackageBody,
    PackageSeal, PublishedKey, Publisher, PublisherKey, PublisherKeyError, Severity, SignError, Signer,
    SigningKey, SigningKeyError, TrustError, Verdict, digest_of, disclose, filing_digest, fingerprint,
    package_sums, paper_digest, read_trust, seal_package, sign_filing, sign_pack, sign_receipt, verify,
    verify_pack, verify_package, verify_with_paper,
};
