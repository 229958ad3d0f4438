//! The laws this node knows: those in the program and those in folders, read at start.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use regime::Library;
use rust_embed::RustEmbed;
use service::view::RegimeSummary;

/// Path relative to the data root (`regimes/…/pack.toml`, `vocabularies/….toml`) to content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The packs in the program.
#[derive(RustEmbed)]
#[folder = "../../regimes"]
struct EmbeddedRegimes;

/// The vocabularies in the program.
#[derive(RustEmbed)]
#[folder = "../../vocabularies"]
struct EmbeddedVocabularies;

/// What one folder holds is bounded, so that a wrong path does not read a whole disk.
const MOST_FILES: usize = 10_000;
const LARGEST_FILE: u64 = 8 * 1024 * 1024;

/// Everything in the program and in `folders`.
///
/// # Errors
/// A folder that cannot be read or holds no law; then every problem of every file at once.
pub fn library(folders: &[PathBuf]) -> anyhow::Result<Library> {
    read(&files(folders)?)
}

/// The library made of `files`.
///
/// # Errors
/// Every problem of every file at once, each naming file, key and rule.
pub fn read(files: &Files) -> anyhow::Result<Library> {
    Library::read(files).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        anyhow::anyhow!("the laws cannot be read, {} to mend:\n{}", lines.len(), lines.join("\n"))
    })
}

/// The files in the program and in `folders`; a pack of a folder takes the place of one of the same name.
///
/// # Errors
/// A folder that cannot be read or holds no law.
pub fn files(folders: &[PathBuf]) -> anyhow::Result<Files> {
    let mut files = embedded();
    for folder in folders {
        let found =
            read_folder(folder).with_context(|| format!("in the folder of laws {}", folder.display()))?;
        for pack in packs(&found) {
            let prefix = format!("regimes/{pack}/");
            files.retain(|path, _| !path.starts_with(&prefix));
        }
        files.extend(found);
    }
    Ok(files)
}

/// The laws of `library` as the API lists them.
#[must_use]
pub fn summaries(library: &Library) -> Vec<RegimeSummary> {
    library
        .packs()
        .iter()
        .map(|pack| RegimeSummary {
            id: pack.id().to_owned(),
            law: pack.law.law.clone(),
            title: pack.title("en"),
            version: pack.version(),
        })
        .collect()
}

/// The names of the packs among `files`.
#[must_use]
pub fn packs(files: &Files) -> Vec<String> {
    files
        .keys()
        .filter_map(|path| path.strip_prefix("regimes/")?.strip_suffix("/pack.toml"))
        .map(str::to_owned)
        .collect()
}

/// The files of the pack in `folder`, relative to it.
///
/// # Errors
/// A folder that cannot be read.
pub fn pack_folder(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    collect(folder, "", &mut files)?;
    Ok(files)
}

fn embedded() -> Files {
    let regimes = EmbeddedRegimes::iter()
        .filter_map(|path| Some((format!("regimes/{path}"), EmbeddedRegimes::get(&path)?.data.into_owned())));
    let vocabularies = EmbeddedVocabularies::iter().filter_map(|path| {
        Some((format!("vocabularies/{path}"), EmbeddedVocabularies::get(&path)?.data.into_owned()))
    });
    regimes.chain(vocabularies).collect()
}

/// A pack, a folder of packs, or a data root: all three end as paths under `regimes/` and `vocabularies/`.
fn read_folder(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    if folder.join("pack.toml").is_file() {
        let whole = folder.canonicalize()?;
        let name = whole.file_name().and_then(|name| name.to_str()).context("the folder has no name")?;
        collect(folder, &format!("regimes/{name}"), &mut files)?;
    } else if folder.join("regimes").is_dir() || folder.join("vocabularies").is_dir() {
        for part in ["regimes", "vocabularies"] {
            if folder.join(part).is_dir() {
                collect(&folder.join(part), part, &mut files)?;
            }
        }
    } else {
        collect(folder, "regimes", &mut files)?;
    }
    if files.keys().all(|path| !path.ends_with("/pack.toml") && !path.starts_with("vocabularies/")) {
        bail!(
            "no pack.toml stands in it or one folder below; name a pack, a folder of packs, or a data root"
        );
    }
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let target = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if path.is_dir() {
            collect(&path, &target, files)?;
        } else if ["toml", "ftl"]
            .iter()
            .any(|end| path.extension().is_some_and(|extension| extension == *end))
        {
            add(&path, target, files)?;
        }
    }
    Ok(())
}

fn add(path: &Path, target: String, files: &mut Files) -> anyhow::Result<()> {
    if files.len() >= MOST_FILES {
        bail!("more than {MOST_FILES} files; is this a folder of laws?");
    }
    let size = std::fs::metadata(path)?.len();
    if size > LARGEST_FILE {
        bail!("{} has {size} bytes; a file of a law has at most {LARGEST_FILE}", path.display());
    }
    files.insert(target, std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_brings_its_laws() {
        let library = library(&[]).unwrap();
        assert!(!library.packs().is_empty());
    }

    #[test]
    fn a_folder_without_laws_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = format!("{:#}", library(&[folder.path().to_owned()]).err().unwrap());
        assert!(error.contains("pack.toml") && error.contains(folder.path().to_str().unwrap()), "{error}");
    }

    #[test]
    fn a_pack_in_a_folder_takes_the_place_of_its_namesake() {
        let name = packs(&embedded()).first().cloned().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join(&name);
        std::fs::create_dir(&pack).unwrap();
        std::fs::write(pack.join("pack.toml"), "id = 1").unwrap();
        let files = files(&[folder.path().to_owned()]).unwrap();
        let of_pack: Vec<_> =
            files.keys().filter(|path| path.starts_with(&format!("regimes/{name}/"))).collect();
        assert_eq!(of_pack, [&format!("regimes/{name}/pack.toml")]);
        let error = format!("{:#}", read(&files).err().unwrap());
        assert!(error.contains("pack.toml"), "{error}");
    }
}
