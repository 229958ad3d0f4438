//! The laws this node knows: those in the program and those in folders, read at start.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, bail};
use regime::Library;
use rust_embed::RustEmbed;

use crate::{config::Regimes, packs};

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

/// Everything in the program and in the folders.
///
/// # Errors
/// A folder that cannot be read or holds no law; then every problem of every file at once.
pub fn library(regimes: &Regimes) -> anyhow::Result<Library> {
    read(&files(regimes)?)
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

/// The files in the program and in the folders; a pack of a folder takes the place of the same version.
///
/// # Errors
/// A folder that cannot be read or holds no law; a pack whose signature is broken, or is wanted and not trusted.
pub fn files(regimes: &Regimes) -> anyhow::Result<Files> {
    let mut files = embedded();
    for folder in &regimes.folders {
        let here = || format!("in the folder of laws {}", folder.display());
        for warning in doubts(regimes, folder).with_context(here)? {
            tracing::warn!("{warning}");
        }
        let found = add_folder(&mut files, folder)?;
        if regimes.require_signed && found.iter().any(|path| path.starts_with("vocabularies/")) {
            bail!(
                "{} brings vocabularies, which nobody signs: take them out, or set regimes.require_signed = false",
                folder.display()
            );
        }
    }
    Ok(files)
}

/// Adds the files of a folder, whoever signed them, and says which.
///
/// # Errors
/// A folder that cannot be read or holds no law.
pub fn add_folder(files: &mut Files, folder: &Path) -> anyhow::Result<Vec<String>> {
    let found = read_folder(folder).with_context(|| format!("in the folder of laws {}", folder.display()))?;
    make_room(files, &found);
    let paths = found.keys().cloned().collect();
    files.extend(found);
    Ok(paths)
}

/// What the signatures of the packs in a folder leave open, one line for each pack.
///
/// # Errors
/// A pack whose signature is broken; one that is not signed by a publisher where that is required.
pub fn doubts(regimes: &Regimes, folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut doubts = Vec::new();
    for place in packs::places(&[folder.to_owned()])? {
        let pack = packs::Folder::read(&place)?;
        let verdict = pack.verify(&regimes.publishers);
        let words = format!("the pack in {} is {}", place.display(), verdict.words());
        if verdict.trusted {
            continue;
        }
        if pack.is_signed() && !verdict.intact {
            let found: Vec<&str> = verdict.findings.iter().map(|finding| finding.message.as_str()).collect();
            bail!(
                "{words}: {}; sign it again, or take {} away",
                found.join("; "),
                vault::PACK_SIGNATURE_FILE
            );
        }
        if regimes.require_signed {
            bail!("{words}, and regimes.require_signed wants the signature of one of regimes.publishers");
        }
        doubts.push(words);
    }
    Ok(doubts)
}

/// Makes room for the packs among `found`: the same version goes, another version that stands in a folder of the
/// same name moves into a folder of its own.
pub fn make_room(files: &mut Files, found: &Files) {
    for root in packs(found) {
        let own = version(found, &root);
        for there in packs(files).into_iter().filter(|there| name_of(there) == name_of(&root)) {
            let version = version(files, &there);
            let same = own.is_none() || version.is_none() || own == version;
            if !same && there != root {
                continue;
            }
            for path in paths(files, &there) {
                let Some(bytes) = files.remove(&path) else { continue };
                let inside = path.strip_prefix(&format!("regimes/{there}/")).unwrap_or_default();
                if let Some(version) = version.as_ref().filter(|_| !same) {
                    files.insert(format!("regimes/{}/{version}/{inside}", name_of(&there)), bytes);
                }
            }
        }
    }
}

/// The paths of a pack's files, without those of other versions that stand in folders below it.
#[must_use]
pub fn paths(files: &Files, root: &str) -> Vec<String> {
    let prefix = format!("regimes/{root}/");
    let below: Vec<String> = packs(files)
        .into_iter()
        .filter(|other| other != root)
        .map(|other| format!("regimes/{other}/"))
        .filter(|other| other.starts_with(&prefix))
        .collect();
    let own =
        |path: &&String| path.starts_with(&prefix) && !below.iter().any(|other| path.starts_with(other));
    files.keys().filter(own).cloned().collect()
}

/// The folder of a pack: `LAW`, `LAW/VERSION`, or of `LAW` alone the newest of its versions.
#[must_use]
pub fn root(files: &Files, wanted: &str) -> Option<String> {
    let all = packs(files);
    let exact = all.iter().find(|root| root.as_str() == wanted && root.contains('/'));
    let versions = || all.iter().filter(|root| name_of(root) == wanted);
    let of_version = || {
        let (name, sought) = wanted.split_once('/')?;
        let plain = all.iter().find(|root| root.as_str() == name)?;
        (version(files, plain).as_deref() == Some(sought)).then_some(plain)
    };
    exact.or_else(|| versions().max_by_key(|root| age(files, root))).or_else(of_version).cloned()
}

fn name_of(root: &str) -> &str {
    root.split('/').next().unwrap_or(root)
}

fn age(files: &Files, root: &str) -> Option<(String, i64)> {
    let version = version(files, root)?;
    let (text, erratum) = version.split_once('+')?;
    Some((text.to_owned(), erratum.parse().ok()?))
}

/// The version of a pack with its erratum; nothing while its `pack.toml` cannot be read.
#[must_use]
pub fn version(files: &Files, root: &str) -> Option<String> {
    let bytes = files.get(&format!("regimes/{root}/pack.toml"))?;
    let table: toml::Table = toml::from_str(std::str::from_utf8(bytes).ok()?).ok()?;
    let erratum = table.get("erratum").and_then(toml::Value::as_integer).unwrap_or_default();
    Some(format!("{}+{erratum}", table.get("version")?.as_str()?))
}

/// The folders of the packs among `files` below `regimes/`: `LAW`, or `LAW/VERSION`.
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
        // A folder that is named by its version is one of several of a pack.
        let named = packs::Folder::read(folder).and_then(|pack| pack.name()).ok();
        let root = match named.filter(|(_, version)| version == name) {
            Some((id, version)) => format!("{id}/{version}"),
            None => name.to_owned(),
        };
        collect(folder, &format!("regimes/{root}"), &mut files)?;
    } else if folder.join("regimes").is_dir() || folder.join("vocabularies").is_dir() {
        for part in ["regimes", "vocabularies"] {
            if folder.join(part).is_dir() {
                collect(&folder.join(part), part, &mut files)?;
            }
        }
    } else {
        collect(folder, "regimes", &mut files)?;
    }
    if let Some(loose) = files.keys().find(|path| is_loose(path)) {
        bail!("{loose} stands in no pack, so that no signature could cover it: move it into its pack");
    }
    if files.keys().all(|path| !path.ends_with("/pack.toml") && !path.starts_with("vocabularies/")) {
        bail!(
            "no pack.toml stands in it or one folder below; name a pack, a folder of packs, or a data root"
        );
    }
    Ok(files)
}

/// A file that lies beside the packs instead of in one.
fn is_loose(path: &str) -> bool {
    path.strip_prefix("regimes/").is_some_and(|rest| !rest.contains('/'))
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

    fn regimes(folders: &[&Path]) -> Regimes {
        let folders = folders.iter().map(|folder| (*folder).to_owned()).collect();
        Regimes { folders, publishers: vec![], require_signed: false }
    }

    #[test]
    fn the_program_brings_its_laws() {
        let library = library(&regimes(&[])).unwrap();
        assert!(!library.packs().is_empty());
    }

    #[test]
    fn a_folder_without_laws_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = format!("{:#}", library(&regimes(&[folder.path()])).err().unwrap());
        assert!(error.contains("pack.toml") && error.contains(folder.path().to_str().unwrap()), "{error}");
    }

    #[test]
    fn another_version_stands_beside_that_of_the_program_and_the_same_takes_its_place() {
        let name = packs(&embedded()).first().cloned().unwrap();
        let text = String::from_utf8(embedded()[&format!("regimes/{name}/pack.toml")].clone()).unwrap();
        let own = version(&embedded(), &name).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join(&name);
        std::fs::create_dir(&pack).unwrap();
        let roots = |text: &str| {
            std::fs::write(pack.join("pack.toml"), text).unwrap();
            let files = files(&regimes(&[folder.path()])).unwrap();
            packs(&files).into_iter().filter(|root| name_of(root) == name).collect::<Vec<_>>()
        };
        assert_eq!(roots(&text), std::slice::from_ref(&name));
        let (date, _) = own.split_once('+').unwrap();
        let corrected = text.replacen(
            &format!("version = \"{date}\""),
            &format!("version = \"{date}\"\nerratum = 77"),
            1,
        );
        let corrected =
            corrected.lines().filter(|line| !line.starts_with("erratum = ") || line.ends_with("77"));
        assert_eq!(roots(&corrected.collect::<Vec<_>>().join("\n")), [format!("{name}/{own}"), name.clone()]);
    }

    #[test]
    fn a_pack_in_a_folder_takes_the_place_of_its_namesake() {
        let name = packs(&embedded()).first().cloned().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join(&name);
        std::fs::create_dir(&pack).unwrap();
        std::fs::write(pack.join("pack.toml"), "id = 1").unwrap();
        let files = files(&regimes(&[folder.path()])).unwrap();
        let of_pack: Vec<_> =
            files.keys().filter(|path| path.starts_with(&format!("regimes/{name}/"))).collect();
        assert_eq!(of_pack, [&format!("regimes/{name}/pack.toml")]);
        let error = format!("{:#}", read(&files).err().unwrap());
        assert!(error.contains("pack.toml"), "{error}");
    }
}
