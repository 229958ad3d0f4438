//! The signature of a pack of laws, against the publishers that one trusts.

use std::path::{Path, PathBuf};

use vault::{PACK_SIGNATURE_FILE, PackVerdict, Publisher};

use crate::{
    output::{Outcome, Output, Unreadable, read_input},
    packs::Folder,
};

/// The folder of the pack that a path names: itself, or the folder of its `pack.sig.json`.
pub fn folder(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return Some(path.to_owned());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (path.file_name()? == PACK_SIGNATURE_FILE).then(|| parent.to_owned())
}

/// Verifies the pack in a folder against the publishers of the configuration and the keys in these files.
///
/// # Errors
/// Files that cannot be read.
pub fn run(
    folder: &Path,
    trust: &[PathBuf],
    publishers: &[Publisher],
    output: Output,
) -> anyhow::Result<Outcome> {
    let mut known = publishers.to_vec();
    for file in trust {
        let read = vault::read_trust(&read_input(file)?)
            .map_err(|error| Unreadable(format!("{}: {error}", file.display())))?;
        known.extend(read.into_iter().map(|key| Publisher { name: key.name, public_key: key.public_key }));
    }
    let verdict = Folder::read(folder)?.verify(&known);
    output.print(&verdict, in_words)?;
    Ok(if verdict.intact && verdict.trusted { Outcome::Fine } else { Outcome::Found })
}

fn in_words(verdict: &PackVerdict) -> String {
    let mut text = format!("{}\n", verdict.words());
    if let (Some(pack), Some(version)) = (&verdict.pack, &verdict.version) {
        text += &format!("pack         {pack} {version}\n");
    }
    if let Some(signer) = &verdict.signer {
        text += &format!("signed by    {}\nfingerprint  {}\n", signer.name, signer.fingerprint);
    }
    if let Some(at) = verdict.signed_at {
        text += &format!("signed at    {at}\n");
    }
    for finding in &verdict.findings {
        text += &format!("error: {} ({})\n", finding.message, finding.rule);
    }
    text
}
