//! Folders and archives of packs with all their files, and what their signatures say.

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vault::{PACK_SIGNATURE_FILE, PackVerdict, Publisher};

use crate::{archive, output::Unreadable};

/// What one pack holds is bounded, so that a wrong path does not read a whole disk.
const MOST_FILES: usize = 2_000;
/// The largest file, in bytes; an archive has at most so many altogether, times eight.
pub const LARGEST_FILE: u64 = 8 * 1024 * 1024;

/// The files of a pack by their paths in its folder, `pack.sig.json` among them.
#[derive(Debug)]
pub struct Folder {
    /// Where it came from.
    pub from: PathBuf,
    /// Path to content.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// Reads a folder, or an archive (`.tar`, `.tar.gz`, `.tgz`) of one.
    ///
    /// # Errors
    /// What cannot be read, holds no pack, is too large, or is no plain file.
    pub fn read(from: &Path) -> anyhow::Result<Self> {
        let mut files = BTreeMap::new();
        if from.is_dir() {
            collect(from, "", &mut files)?;
        } else {
            let most = LARGEST_FILE * 8;
            let file = std::fs::File::open(from)
                .with_context(|| Unreadable(format!("cannot read {}", from.display())))?;
            let mut bytes = Vec::new();
            file.take(most + 1).read_to_end(&mut bytes)?;
            files = archive::read(&bytes, most)
                .with_context(|| Unreadable(format!("in the archive {}", from.display())))?;
        }
        if files.len() > MOST_FILES || files.values().any(|bytes| bytes.len() as u64 > LARGEST_FILE) {
            bail!(Unreadable(too_large(from)));
        }
        if !files.contains_key("pack.toml") {
            bail!(Unreadable(format!("{} is no pack: no pack.toml stands in it", from.display())));
        }
        Ok(Self { from: from.to_owned(), files })
    }

    /// The pack and its version as `pack.toml` says them.
    ///
    /// # Errors
    /// A `pack.toml` that does not say them.
    pub fn name(&self) -> anyhow::Result<(String, String)> {
        let file = || self.from.join("pack.toml").display().to_string();
        let text = self.files.get("pack.toml").map(|bytes| String::from_utf8_lossy(bytes));
        let table: toml::Table = toml::from_str(&text.unwrap_or_default())
            .map_err(|error| Unreadable(format!("{}: {error}", file())))?;
        let key = |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        let id = key("id").filter(|id| is_name(id));
        let version = key("version").filter(|version| version.parse::<jiff::civil::Date>().is_ok());
        let (Some(id), Some(version)) = (id, version) else {
            bail!(Unreadable(format!(
                "{}: a pack that is signed or installed says its id (letters, digits, hyphens) and its own version \
                 (a date)",
                file()
            )));
        };
        let erratum = table.get("erratum").and_then(toml::Value::as_integer).unwrap_or_default();
        Ok((id, format!("{version}+{erratum}")))
    }

    /// What its signature says.
    pub fn verify(&self, publishers: &[Publisher]) -> PackVerdict {
        vault::verify_pack(&self.files, publishers)
    }

    /// Whether there is a signature, whatever it says.
    pub fn is_signed(&self) -> bool {
        self.files.contains_key(PACK_SIGNATURE_FILE)
    }

    /// The files that the library reads, as paths under `regimes/ID/VERSION/`.
    pub fn in_library(&self, id: &str, version: &str) -> BTreeMap<String, Vec<u8>> {
        let rules = |path: &String| path.ends_with(".toml") || path.ends_with(".ftl");
        let files = self.files.iter().filter(|(path, _)| rules(path));
        files.map(|(path, bytes)| (format!("regimes/{id}/{version}/{path}"), bytes.clone())).collect()
    }
}

fn too_large(path: &Path) -> String {
    format!("{}: a pack has at most {MOST_FILES} files of at most {LARGEST_FILE} bytes", path.display())
}

fn is_name(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
}

/// Who signed a pack, in a few words.
pub fn signer_in_words(verdict: &PackVerdict) -> String {
    match (&verdict.signer, verdict.trusted) {
        (Some(signer), true) => signer.name.clone(),
        (Some(signer), false) => format!("{} (not trusted)", signer.name),
        (None, _) if verdict.has("unsigned") => "nobody".to_owned(),
        (None, _) => "(signature broken)".to_owned(),
    }
}

/// Every folder with a pack in these folders.
///
/// # Errors
/// Folders that cannot be listed.
pub fn places(folders: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut places = Vec::new();
    for folder in folders {
        below(folder, &mut places)?;
    }
    Ok(places)
}

/// As deep as laws are read, whatever a folder is called: nothing that is read escapes the look at its signature.
fn below(folder: &Path, places: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if folder.join("pack.toml").is_file() {
        places.push(folder.to_owned());
    }
    for (_, path) in entries(folder)? {
        if path.is_dir() {
            below(&path, places)?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let listed = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in listed {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            bail!("{} holds a name that is no text", folder.display())
        };
        if !name.starts_with('.') {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    for (name, path) in entries(folder)? {
        let target = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let kind = std::fs::symlink_metadata(&path)?;
        if kind.is_symlink() {
            bail!("{} is a link; a pack holds plain files only", path.display());
        }
        // Another version of the pack below it is a pack of its own.
        if kind.is_dir() && !path.join("pack.toml").is_file() {
            collect(&path, &target, files)?;
        } else if kind.is_file() {
            if files.len() >= MOST_FILES || kind.len() > LARGEST_FILE {
                bail!(too_large(&path));
            }
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(target, bytes);
        }
    }
    Ok(())
}
