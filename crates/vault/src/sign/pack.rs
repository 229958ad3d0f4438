//! The signature of a pack of rules: a manifest with the SHA-256 of every file, signed by its publisher.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{Instant, KeyId, Signature};
use serde::{Deserialize, Serialize};

use super::{
    brought::{BroughtKey, BroughtKeyError},
    canonical::{CanonicalError, canonical_of},
    findings::{DocumentKind, Finding, Findings, shown},
    key::{SigningKey, SigningKeyError},
    paper::paper_digest,
    published::fingerprint,
    verify::{check_format, check_signature, read, typed},
};

/// The name of the file with the signature, in the folder of the pack.
pub const PACK_SIGNATURE_FILE: &str = "pack.sig.json";

const FORMAT: &str = "beffroi-pack-signature/1";
const KEY_FORMAT: &str = "beffroi-publisher-key/1";

/// What a publisher signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackManifest {
    /// Always `beffroi-pack-signature/1`.
    pub format: String,
    /// The pack.
    pub pack: String,
    /// Its version with its erratum (`2022-12-27+0`).
    pub version: String,
    /// The name of the publisher, by its own word.
    pub publisher: String,
    /// When it was signed, by the publisher's own word.
    pub signed_at: Instant,
    /// SHA-256 in hexadecimal of every file by its path in the folder.
    pub files: BTreeMap<String, String>,
}

/// A manifest with its signature: the file `pack.sig.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSignature {
    /// What is signed.
    pub manifest: PackManifest,
    /// The signature over its RFC 8785 form.
    pub signature: Signature,
}

/// A publisher whose packs a node takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// What the operator calls it; this name is shown, not the one in the manifest.
    pub name: String,
    /// The Ed25519 public key in base64url without padding, 32 bytes.
    pub public_key: String,
}

impl Publisher {
    /// The fingerprint of the key; nothing when it is no key.
    #[must_use]
    pub fn fingerprint(&self) -> Option<String> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&self.public_key).ok().filter(|bytes| bytes.len() == 32)?;
        Some(fingerprint(&bytes))
    }
}

/// What is known of a pack's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackVerdict {
    /// Always a pack.
    pub kind: DocumentKind,
    /// Whether every file is as it was signed, none is missing and none was added.
    pub intact: bool,
    /// Who signed; absent when it is not intact.
    pub signer: Option<PackSigner>,
    /// Whether it is intact and the key is among the trusted ones.
    pub trusted: bool,
    /// When it was signed, by the signer's own word.
    pub signed_at: Option<Instant>,
    /// Which pack.
    pub pack: Option<String>,
    /// Which version of it.
    pub version: Option<String>,
    /// Everything found, at most a hundred.
    pub findings: Vec<Finding>,
}

/// Who signed a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackSigner {
    /// The publisher as the operator calls it, when trusted; else by its own word.
    pub name: String,
    /// The fingerprint of the key, to compare with what the publisher tells.
    pub fingerprint: String,
}

/// Signs the files of a pack by their paths in its folder.
///
/// # Errors
/// [`CanonicalError`] when there is no canonical form, which a manifest always has.
pub fn sign_pack(
    files: &BTreeMap<String, Vec<u8>>,
    (pack, version): (&str, &str),
    publisher: &PublisherKey,
    signed_at: Instant,
) -> Result<PackSignature, CanonicalError> {
    let manifest = PackManifest {
        format: FORMAT.to_owned(),
        pack: pack.to_owned(),
        version: version.to_owned(),
        publisher: publisher.name.clone(),
        signed_at,
        files: signed(files).map(|(path, bytes)| (path.clone(), paper_digest(bytes))).collect(),
    };
    let signature = publisher.key.sign(FORMAT, &canonical_of(&manifest)?);
    Ok(PackSignature { manifest, signature })
}

/// Verifies the files of a pack, `pack.sig.json` among them, against the publishers that one trusts. A key of the
/// node itself is none: only what is named here is trusted.
///
/// Rules of findings: `unsigned`, `json`, `structure`, `format`, `signature-invalid`, `file-changed`,
/// `file-missing`, `file-extra`, `signer-unknown`.
#[must_use]
pub fn verify_pack(files: &BTreeMap<String, Vec<u8>>, trust: &[Publisher]) -> PackVerdict {
    let mut findings = Findings::default();
    let Some(document) = files.get(PACK_SIGNATURE_FILE) else {
        let message = format!("the pack has no {PACK_SIGNATURE_FILE}: nothing shows who made it");
        findings.error("unsigned", message);
        return refused(None, findings);
    };
    let Some(value) = read(document, &mut findings) else { return refused(None, findings) };
    let Some(signed) = typed::<PackSignature>(&value, &mut findings) else { return refused(None, findings) };
    check_format(&signed.manifest.format, FORMAT, &mut findings);
    check_signature(value.get("manifest"), FORMAT, &signed.signature, &mut findings);
    compare(&signed.manifest, files, &mut findings);
    if findings.errors() > 0 {
        return refused(Some(&signed.manifest), findings);
    }
    let PackManifest { publisher, signed_at, .. } = &signed.manifest;
    let known = trust.iter().find(|known| known.public_key == signed.signature.public_key);
    if known.is_none() {
        let message = format!(
            "the key of {} is not among the publishers that are trusted: compare its fingerprint with what the \
             publisher tells you by another way",
            shown(publisher)
        );
        findings.error("signer-unknown", message);
    }
    let key = BASE64_URL_SAFE_NO_PAD.decode(&signed.signature.public_key).unwrap_or_default();
    let name = known.map_or_else(|| shown(publisher), |known| known.name.clone());
    PackVerdict {
        intact: true,
        signer: Some(PackSigner { name, fingerprint: fingerprint(&key) }),
        trusted: known.is_some(),
        signed_at: Some(*signed_at),
        ..refused(Some(&signed.manifest), findings)
    }
}

impl PackVerdict {
    /// Whether `rule` was found broken.
    #[must_use]
    pub fn has(&self, rule: &str) -> bool {
        self.findings.iter().any(|finding| finding.rule == rule)
    }

    /// The verdict in a few words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match (self.intact, self.trusted) {
            (true, true) => "intact, signer trusted",
            (true, false) => "intact, signer unknown",
            (false, _) if self.has("unsigned") => "not signed",
            (false, _) => "not intact",
        }
    }
}

fn refused(manifest: Option<&PackManifest>, findings: Findings) -> PackVerdict {
    PackVerdict {
        kind: DocumentKind::Pack,
        intact: false,
        signer: None,
        trusted: false,
        signed_at: None,
        pack: manifest.map(|manifest| shown(&manifest.pack)),
        version: manifest.map(|manifest| shown(&manifest.version)),
        findings: findings.into_list(),
    }
}

fn signed(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(path, _)| *path != PACK_SIGNATURE_FILE)
}

fn compare(manifest: &PackManifest, files: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) {
    let here: BTreeMap<&String, &Vec<u8>> = signed(files).collect();
    let paths: BTreeSet<&String> = manifest.files.keys().chain(here.keys().copied()).collect();
    for path in paths {
        match (manifest.files.get(path), here.get(path)) {
            (Some(digest), Some(bytes)) if *digest == paper_digest(bytes) => {}
            (Some(_), Some(_)) => {
                findings.error("file-changed", format!("{} was changed after it was signed", shown(path)));
            }
            (Some(_), None) => {
                findings.error("file-missing", format!("{} was signed and is not there", shown(path)));
            }
            (None, _) => findings.error("file-extra", format!("{} was never signed", shown(path))),
        }
    }
}

/// The private key of a publisher with its name.
#[derive(Debug)]
pub struct PublisherKey {
    /// The publisher.
    pub name: String,
    key: SigningKey,
}

/// Why a file is no key of a publisher.
#[derive(Debug, thiserror::Error)]
pub enum PublisherKeyError {
    /// Not of that form.
    #[error("this is no publisher's key as `beffroi regime key new` writes it: {0}")]
    Form(String),
    /// Its seed is none.
    #[error(transparent)]
    Seed(#[from] SigningKeyError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    format: String,
    name: String,
    key: KeyId,
    seed: String,
}

impl PublisherKey {
    /// A new key from the system's chance.
    ///
    /// # Errors
    /// As [`SigningKey::generate`].
    pub fn generate(name: &str, id: KeyId) -> Result<Self, SigningKeyError> {
        Ok(Self { name: name.to_owned(), key: SigningKey::generate(id)? })
    }

    /// The key of a file.
    ///
    /// # Errors
    /// [`PublisherKeyError`]; the message holds nothing of the file.
    pub fn read(bytes: &[u8]) -> Result<Self, PublisherKeyError> {
        let other = |what: &str| PublisherKeyError::Form(what.to_owned());
        let file: KeyFile = serde_json::from_slice(bytes).map_err(|_| other("it has another form"))?;
        if file.format != KEY_FORMAT {
            return Err(other("it has another format"));
        }
        let seed =
            BASE64_URL_SAFE_NO_PAD.decode(&file.seed).map_err(|_| other("its seed is not base64url"))?;
        Ok(Self { name: file.name, key: SigningKey::from_seed(file.key, &seed)? })
    }

    /// The file to be kept, readable by nobody else.
    #[must_use]
    pub fn text(&self) -> zeroize::Zeroizing<String> {
        let file = KeyFile {
            format: KEY_FORMAT.to_owned(),
            name: self.name.clone(),
            key: self.key.id(),
            seed: BASE64_URL_SAFE_NO_PAD.encode(self.key.seed().as_slice()),
        };
        zeroize::Zeroizing::new(serde_json::to_string_pretty(&file).unwrap_or_default())
    }

    /// The same key for signatures whose form others define.
    ///
    /// # Errors
    /// As [`BroughtKey::read`].
    pub fn brought(&self) -> Result<BroughtKey, BroughtKeyError> {
        BroughtKey::of_seed(self.key.seed().as_slice())
    }

    /// What is published of it.
    #[must_use]
    pub fn publisher(&self) -> Publisher {
        Publisher { name: self.name.clone(), public_key: self.key.public_key() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Files = BTreeMap<String, Vec<u8>>;

    fn key() -> PublisherKey {
        let at = "2026-03-06T15:30:00Z".parse().unwrap();
        PublisherKey::generate("Lantern Office", KeyId::new(at, [7; 10])).unwrap()
    }

    fn pack(key: &PublisherKey) -> Files {
        let mut files = Files::from([
            ("pack.toml".to_owned(), b"id = 'lanterns'".to_vec()),
            ("text/en.ftl".to_owned(), b"pack = Lanterns".to_vec()),
        ]);
        let at = "2026-03-06T15:30:00Z".parse().unwrap();
        let signature = sign_pack(&files, ("lanterns", "2025-06-01+0"), key, at).unwrap();
        files.insert(PACK_SIGNATURE_FILE.to_owned(), serde_json::to_vec_pretty(&signature).unwrap());
        files
    }

    fn rules(files: &Files, trust: &[Publisher]) -> Vec<String> {
        verify_pack(files, trust).findings.into_iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn a_signed_pack_is_intact_and_trusted_only_by_who_knows_the_key() {
        let (key, other) = (key(), key());
        let files = pack(&key);
        let verdict = verify_pack(&files, &[Publisher { name: "The Office".to_owned(), ..key.publisher() }]);
        assert!(verdict.intact && verdict.trusted, "{verdict:?}");
        assert_eq!(verdict.signer.unwrap().name, "The Office", "the operator's name for it");
        for trust in [vec![], vec![Publisher { name: key.name.clone(), ..other.publisher() }]] {
            let verdict = verify_pack(&files, &trust);
            assert!(verdict.intact && !verdict.trusted);
            assert_eq!(
                (verdict.words(), rules(&files, &trust)),
                ("intact, signer unknown", vec!["signer-unknown".to_owned()])
            );
        }
    }

    #[test]
    fn what_was_done_to_it_afterwards_is_named() {
        let key = key();
        let trust = [key.publisher()];
        let spoilt = |spoil: &dyn Fn(&mut Files)| {
            let mut files = pack(&key);
            spoil(&mut files);
            let verdict = verify_pack(&files, &trust);
            assert!(!verdict.intact && !verdict.trusted && verdict.signer.is_none());
            rules(&files, &trust).join(" ")
        };
        assert_eq!(spoilt(&|files| files.get_mut("pack.toml").unwrap().push(b' ')), "file-changed");
        assert_eq!(spoilt(&|files| drop(files.remove("text/en.ftl"))), "file-missing");
        assert_eq!(spoilt(&|files| drop(files.insert("forms/x.toml".to_owned(), vec![]))), "file-extra");
        assert_eq!(spoilt(&|files| drop(files.remove(PACK_SIGNATURE_FILE))), "unsigned");
        let rewritten = |from: &str, to: &str| {
            spoilt(&|files| {
                let text = String::from_utf8(files[PACK_SIGNATURE_FILE].clone()).unwrap();
                assert!(text.contains(from));
                files.insert(PACK_SIGNATURE_FILE.to_owned(), text.replace(from, to).into_bytes());
            })
        };
        assert_eq!(rewritten("2025-06-01+0", "2025-06-01+1"), "signature-invalid");
        assert_eq!(rewritten("Lantern Office", "Another"), "signature-invalid");
        assert_eq!(rewritten("\"pack\":", "\"hidden\": 1, \"pack\":"), "structure");
    }

    #[test]
    fn a_key_file_is_read_again_and_another_says_so() {
        let key = key();
        let again = PublisherKey::read(key.text().as_bytes()).unwrap();
        assert_eq!(again.publisher(), key.publisher());
        let error = PublisherKey::read(b"{\"seed\": \"secret\"}").unwrap_err().to_string();
        assert!(error.contains("regime key new") && !error.contains("secret"), "{error}");
        assert!(key.publisher().fingerprint().is_some());
        assert!(Publisher { name: String::new(), public_key: "short".to_owned() }.fingerprint().is_none());
    }
}
