//! The seal of a package: a signature over the list of its files, so that `sha256sum -c` and we check the same.

use std::collections::BTreeMap;

use model::{Instant, Party, Signature};
use serde::{Deserialize, Serialize};

use super::{
    canonical::canonical_of,
    findings::{DocumentKind, Findings, Verdict, shown},
    key::SigningKey,
    paper::paper_digest,
    published::PublishedKey,
    trust::{Claim, judge},
    verify::{check_format, check_signature, judged, read, refused, typed},
    write::SignError,
};

/// The list of the files with their SHA-256, in the form that `sha256sum -c` reads.
pub const PACKAGE_SUMS: &str = "SHA256SUMS";
/// The signature over that list.
pub const PACKAGE_SEAL: &str = "SHA256SUMS.sig.json";
/// The format name of a seal.
pub(crate) const SEAL_FORMAT: &str = "beffroi-package-seal/1";

/// What is signed of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageBody {
    /// Always `beffroi-package-seal/1`.
    pub format: String,
    /// Who hands it over.
    pub from: Party,
    /// The reference of the filing that it belongs to.
    pub reference: String,
    /// As of when.
    pub as_of: Instant,
    /// SHA-256 of the list of files, in hexadecimal.
    pub sums_sha256: String,
}

/// The seal of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageSeal {
    /// What is signed.
    pub seal: PackageBody,
    /// The signature.
    pub signature: Signature,
}

/// The list of files as `sha256sum` writes it, in the order of their names.
#[must_use]
pub fn package_sums(files: &BTreeMap<String, Vec<u8>>) -> String {
    files.iter().map(|(name, bytes)| format!("{}  {name}\n", paper_digest(bytes))).collect()
}

/// Signs a list of files by the key of the organisation that hands them over.
///
/// # Errors
/// [`SignError`], which no list causes.
pub fn seal_package(
    sums: &str,
    (from, reference): (Party, String),
    as_of: Instant,
    key: &SigningKey,
) -> Result<PackageSeal, SignError> {
    let sums_sha256 = paper_digest(sums.as_bytes());
    let seal = PackageBody { format: SEAL_FORMAT.to_owned(), from, reference, as_of, sums_sha256 };
    let signature = key.sign(SEAL_FORMAT, &canonical_of(&seal)?);
    Ok(PackageSeal { seal, signature })
}

/// Verifies the files of a package by their names, the list and its seal among them.
///
/// Rules of findings: `unsigned`, `sums-missing`, `sums-changed`, `file-changed`, `file-missing`, `file-extra`, and
/// those of [`super::verify`] for a signature and its key.
#[must_use]
pub fn verify_package(files: &BTreeMap<String, Vec<u8>>, trust: &[PublishedKey]) -> Verdict {
    let mut findings = Findings::default();
    match files.get(PACKAGE_SUMS) {
        Some(sums) => compare(sums, files, &mut findings),
        None => findings.error("sums-missing", format!("the package has no {PACKAGE_SUMS}")),
    }
    let Some(document) = files.get(PACKAGE_SEAL) else {
        findings.error("unsigned", format!("the package has no {PACKAGE_SEAL}: nothing shows who made it"));
        return refused(DocumentKind::Package, findings);
    };
    let Some(value) = read(document, &mut findings) else { return refused(DocumentKind::Package, findings) };
    let Some(sealed) = typed::<PackageSeal>(&value, &mut findings) else {
        return refused(DocumentKind::Package, findings);
    };
    check_format(&sealed.seal.format, SEAL_FORMAT, &mut findings);
    check_signature(value.get("seal"), SEAL_FORMAT, &sealed.signature, &mut findings);
    if files.get(PACKAGE_SUMS).is_some_and(|sums| paper_digest(sums) != sealed.seal.sums_sha256) {
        findings.error("sums-changed", format!("{PACKAGE_SUMS} was changed after it was signed"));
    }
    if findings.errors() > 0 {
        return refused(DocumentKind::Package, findings);
    }
    let at = sealed.seal.as_of;
    let claim = Claim { party: &sealed.seal.from, signature: &sealed.signature, signed_at: at, seen_at: at };
    if let Err(doubt) = judge(&claim, trust) {
        findings.error(doubt.rule, doubt.message);
    }
    judged(DocumentKind::Package, &claim, findings)
}

fn compare(sums: &[u8], files: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) {
    let text = String::from_utf8_lossy(sums);
    let listed: BTreeMap<&str, &str> =
        text.lines().filter_map(|line| line.split_once("  ").map(|(digest, name)| (name, digest))).collect();
    for (name, digest) in &listed {
        match files.get(*name) {
            Some(bytes) if paper_digest(bytes) == *digest => {}
            Some(_) => {
                findings.error("file-changed", format!("{} was changed after it was listed", shown(name)));
            }
            None => findings.error("file-missing", format!("{} is listed and is not there", shown(name))),
        }
    }
    let own = [PACKAGE_SUMS, PACKAGE_SEAL];
    let extra = |name: &&String| !own.contains(&name.as_str()) && !listed.contains_key(name.as_str());
    for name in files.keys().filter(extra) {
        findings.error("file-extra", format!("{} was never listed", shown(name)));
    }
}

#[cfg(test)]
mod tests {
    use model::{KeyId, OrganisationId};

    use super::*;

    type Files = BTreeMap<String, Vec<u8>>;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn package() -> (Files, PublishedKey) {
        let filed = at("2026-03-06T15:30:00Z");
        let key = SigningKey::from_seed(KeyId::new(filed, [7; 10]), &[9; 32]).unwrap();
        let from = Party { organisation: OrganisationId::new(filed, [1; 10]), name: "Hospital".to_owned() };
        let published = key.published(&from, filed);
        let mut files =
            Files::from([("a.json".to_owned(), b"{}".to_vec()), ("b.csv".to_owned(), b"x\r\n".to_vec())]);
        let sums = package_sums(&files);
        let seal = seal_package(&sums, (from, "KLMNP-22345-QRSTV".to_owned()), filed, &key).unwrap();
        files.insert(PACKAGE_SUMS.to_owned(), sums.into_bytes());
        files.insert(PACKAGE_SEAL.to_owned(), serde_json::to_vec_pretty(&seal).unwrap());
        (files, published)
    }

    #[test]
    fn a_package_is_intact_and_trusted_by_who_knows_the_key() {
        let (files, key) = package();
        let verdict = verify_package(&files, std::slice::from_ref(&key));
        assert_eq!(verdict.to_string(), "intact, signer trusted", "{verdict:?}");
        assert_eq!(
            (verdict.kind, verdict.signer.unwrap().name),
            (DocumentKind::Package, "Hospital".to_owned())
        );
        assert_eq!(verify_package(&files, &[]).to_string(), "intact, signer unknown");
        let ended = PublishedKey { valid_until: Some(at("2026-03-06T15:00:00Z")), ..key };
        assert_eq!(verify_package(&files, &[ended]).to_string(), "intact, signer refused");
        assert_eq!(package().0, files, "the same files are sealed alike");
    }

    #[test]
    fn what_was_done_to_it_is_named() {
        let (files, key) = package();
        let rules = |spoil: &dyn Fn(&mut Files)| {
            let mut spoilt = files.clone();
            spoil(&mut spoilt);
            let verdict = verify_package(&spoilt, std::slice::from_ref(&key));
            assert!(!verdict.intact && !verdict.trusted && verdict.signer.is_none());
            verdict.findings.into_iter().map(|finding| finding.rule).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(rules(&|files| files.get_mut("a.json").unwrap().push(b' ')), "file-changed");
        assert_eq!(rules(&|files| drop(files.remove("b.csv"))), "file-missing");
        assert_eq!(rules(&|files| drop(files.insert("c".to_owned(), vec![]))), "file-extra");
        assert_eq!(rules(&|files| drop(files.remove(PACKAGE_SEAL))), "unsigned");
        assert_eq!(rules(&|files| drop(files.remove(PACKAGE_SUMS))), "sums-missing");
        let relisted = |files: &mut Files| {
            files.insert("a.json".to_owned(), b"[]".to_vec());
            let listed =
                Files::from_iter(["a.json", "b.csv"].map(|name| (name.to_owned(), files[name].clone())));
            files.insert(PACKAGE_SUMS.to_owned(), package_sums(&listed).into_bytes());
        };
        assert_eq!(rules(&relisted), "sums-changed");
        let renamed = |files: &mut Files| {
            let seal = String::from_utf8(files[PACKAGE_SEAL].clone()).unwrap();
            files.insert(PACKAGE_SEAL.to_owned(), seal.replace("Hospital", "Clinic").into_bytes());
        };
        assert_eq!(rules(&renamed), "signature-invalid");
    }
}
