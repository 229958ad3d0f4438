//! `beffroi playbook`: signatures of CACAO playbooks (CACAO 2.0, section 10.15). `beffroi verify` reads them.

use std::path::{Path, PathBuf};

use anyhow::Context;
use base64::{Engine, prelude::BASE64_STANDARD};
use clap::Subcommand;
use formats::{
    Limits, Severity,
    cacao::{self, DigestReading, Identifier, Playbook, Signature, Timestamp},
};
use model::Instant;
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};
use service::Clock;
use vault::{BroughtKey, PublisherKey};

use crate::output::{Outcome, Output, Unreadable, read_input};

/// Signatures of playbooks.
#[derive(Debug, Subcommand)]
pub enum PlaybookCommand {
    /// Sign a playbook, or what somebody else signed; the signed playbook goes to the standard output.
    Sign(Sign),
    /// Print the public part of a key in PEM, for those who shall trust it.
    PublicKey {
        /// The private key, as for `sign`.
        #[arg(value_name = "KEYFILE")]
        key: PathBuf,
    },
}

/// Sign a playbook.
#[derive(Debug, clap::Args)]
pub struct Sign {
    /// The private key: PEM without a password (Ed25519, P-256, P-384, P-521, RSA), or a file of `regime key new`.
    #[arg(long, value_name = "KEYFILE")]
    key: PathBuf,
    /// Who signs, in words; a key of `regime key new` brings its name.
    #[arg(long, value_name = "NAME")]
    signee: Option<String>,
    /// Sign this signature of the playbook instead, or the last of those that countersign it.
    #[arg(long, value_name = "JSS-ID")]
    countersign: Option<String>,
    /// Until when the signature holds, such as 2027-12-31T00:00:00Z.
    #[arg(long, value_name = "INSTANT")]
    valid_until: Option<Instant>,
    /// Sign the canonical bytes themselves, not their digest as text: for tools that read the standard so;
    /// `beffroi validate` then says that the published example does otherwise.
    #[arg(long)]
    canonical_bytes: bool,
    /// The playbook; `-` is the standard input.
    #[arg(default_value = "-", value_name = "FILE")]
    file: PathBuf,
}

impl PlaybookCommand {
    /// Does it.
    ///
    /// # Errors
    /// Keys and playbooks that cannot be read; a playbook that is not valid.
    pub fn run(self, output: Output) -> anyhow::Result<Outcome> {
        match self {
            Self::Sign(sign) => sign.run(Clock::System.now()),
            Self::PublicKey { key } => {
                let pem = read_key(&key)?.0.public_key().map(|der| pem(&der))?;
                output.print(&serde_json::json!({ "public_key": pem }), |_| pem.clone())?;
                Ok(Outcome::Fine)
            }
        }
    }
}

impl Sign {
    fn run(&self, now: Instant) -> anyhow::Result<Outcome> {
        let (key, name) = read_key(&self.key)?;
        let Some(signee) = self.signee.clone().or(name) else {
            return Err(Unreadable("who signs? Name it with --signee".to_owned()).into());
        };
        let playbook = self.playbook(now)?;
        let begun = self.begun((&key, signee), now)?;
        let reading =
            if self.canonical_bytes { DigestReading::CanonicalBytes } else { DigestReading::HexDigest };
        let mut refused = None;
        let make = |bytes: &[u8]| {
            key.sign(bytes).unwrap_or_else(|error| {
                refused = Some(error);
                vec![]
            })
        };
        let signed = match &self.countersign {
            Some(over) => cacao::countersign(&playbook, &Identifier::new(over), begun, reading, make),
            None => cacao::sign(&playbook, begun, reading, make),
        };
        let signed = signed.with_context(|| Unreadable(format!("{} is not signed", self.file.display())))?;
        if let Some(error) = refused {
            return Err(error.into());
        }
        Output::Words.print(&signed.to_string(), |_| format!("{signed:#}"))?;
        Ok(Outcome::Fine)
    }

    /// The playbook, if it is one and valid: a signature over a mistake would have to be made again.
    fn playbook(&self, now: Instant) -> anyhow::Result<Playbook> {
        let bytes = read_input(&self.file)?;
        let refused = |why: String| Unreadable(format!("{}: {why}", self.file.display()));
        let now_ms = Some(now.timestamp().as_millisecond());
        let report = cacao::check_bytes(&bytes, &cacao::Options { now_ms, ..cacao::Options::default() });
        let errors = || report.findings.iter().filter(|finding| finding.severity == Severity::Error);
        if let Some(first) = errors().next() {
            let (count, pointer, message) = (errors().count(), &first.pointer, &first.message);
            return Err(refused(format!(
                "the playbook is not valid, and is not signed before it is: {pointer} {message} (errors: {count}; \
                 `beffroi validate` lists them)"
            ))
            .into());
        }
        let mut reading = cacao::read(&bytes, &Limits::default());
        if let Some(loss) = reading.losses.first() {
            return Err(refused(format!("{} {}", loss.pointer, loss.why)).into());
        }
        let single = if reading.items.len() == 1 { reading.items.pop() } else { None };
        single.ok_or_else(|| refused("one playbook is signed at a time".to_owned()).into())
    }

    fn begun(&self, (key, signee): (&BroughtKey, String), now: Instant) -> anyhow::Result<Signature> {
        let timestamp = |at: Instant| Timestamp::new(format!("{:.3}", at.timestamp()));
        let id = uuid::Builder::from_random_bytes(vault::random()).into_uuid();
        Ok(Signature {
            object_type: Some("jss".to_owned()),
            id: Some(Identifier::new(format!("jss--{id}"))),
            created: Some(timestamp(now)),
            modified: Some(timestamp(now)),
            signee: Some(signee),
            valid_until: self.valid_until.map(timestamp),
            hash_algorithm: Some("sha-256".to_owned()),
            algorithm: Some(key.algorithm().to_owned()),
            public_key: Some(BASE64_STANDARD.encode(key.public_key()?)),
            ..Signature::default()
        })
    }
}

/// A private key of a file, and the name that stands in it.
fn read_key(file: &Path) -> anyhow::Result<(BroughtKey, Option<String>)> {
    let bytes = zeroize::Zeroizing::new(read_input(file)?);
    let wrong = |why: String| Unreadable(format!("{}: {why}", file.display()));
    if bytes.trim_ascii_start().starts_with(b"{") {
        let key = PublisherKey::read(&bytes).map_err(|error| wrong(error.to_string()))?;
        return Ok((key.brought()?, Some(key.name)));
    }
    let der = PrivateKeyDer::from_pem_slice(&bytes).map_err(|_| {
        wrong("it is neither a private key in PEM nor one of `beffroi regime key new`".to_owned())
    })?;
    let key = BroughtKey::read(der.secret_der()).map_err(|error| wrong(error.to_string()))?;
    Ok((key, None))
}

/// A public key in PEM (RFC 7468).
fn pem(der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n");
    format!("-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n")
}
