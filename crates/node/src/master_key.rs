//! Finding the master key: in the environment, or in a file that only the node's account can read and
//! that does not lie beside the data.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vault::MasterKey;

use crate::config::Config;

/// The environment variable that goes before the file.
pub const VARIABLE: &str = "BEFFROI_MASTER_KEY";

/// The master key of the node.
///
/// # Errors
/// None found, a file inside the data folder, a file that others can read, or no key in it.
pub fn find(config: &Config) -> anyhow::Result<MasterKey> {
    if let Ok(text) = std::env::var(VARIABLE) {
        return MasterKey::read(&text).with_context(|| format!("in the environment variable {VARIABLE}"));
    }
    let file = &config.keys.master_key_file;
    refuse_beside_data(file, config.database.folder().as_deref())?;
    let text = std::fs::read_to_string(file).with_context(|| {
        format!(
            "cannot read the master key file {}; make one with `beffroi key generate {}`, or set {VARIABLE}",
            file.display(),
            file.display()
        )
    })?;
    refuse_readable_by_others(file)?;
    MasterKey::read(&text).with_context(|| format!("in the master key file {}", file.display()))
}

/// Writes a fresh key to `file`, readable by its owner only.
///
/// # Errors
/// When the file exists already (a key is never overwritten) or cannot be written.
pub fn generate(file: &Path) -> anyhow::Result<MasterKey> {
    let key = MasterKey::generate();
    write_secret(file, &key.text())?;
    Ok(key)
}

/// Writes a key and the end of its line to a file that is not there yet, readable by its owner only.
///
/// # Errors
/// When the file exists already (a key is never overwritten) or cannot be written.
pub fn write_secret(file: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file).with_context(|| {
        format!("cannot make the key file {}; an existing key is never overwritten", file.display())
    })?;
    opened.write_all(text.as_bytes())?;
    opened.write_all(b"\n")?;
    Ok(opened.sync_all()?)
}

/// Refuses a key file inside the data folder, also behind links: a backup of the data would hold its key.
///
/// # Errors
/// Naming both paths and the remedy.
pub fn refuse_beside_data(file: &Path, data: Option<&Path>) -> anyhow::Result<()> {
    let Some(data) = data else { return Ok(()) };
    let (file_there, data_there) = (place(file), place(data));
    if file_there.starts_with(&data_there) {
        bail!(
            "the master key file {} lies inside the data folder {}, so that every copy of the data would hold \
             its key; move the key file elsewhere and set keys.master_key_file, or set {VARIABLE}",
            file.display(),
            data.display()
        );
    }
    Ok(())
}

/// Where a path leads, links followed; what does not exist yet is taken as written.
fn place(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in whole.ancestors() {
        if let (Ok(there), Ok(rest)) = (ancestor.canonicalize(), whole.strip_prefix(ancestor)) {
            return there.join(rest);
        }
    }
    whole
}

#[cfg(unix)]
fn refuse_readable_by_others(file: &Path) -> anyhow::Result<()> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(file)?.permissions());
    if mode & 0o007 != 0 {
        bail!(
            "the master key file {} can be opened by every account of this machine; run `chmod 600 {}`",
            file.display(),
            file.display()
        );
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_readable_by_others(_file: &Path) -> anyhow::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_beside_the_data_is_refused_also_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        std::os::unix::fs::symlink(&data, folder.path().join("link")).unwrap();
        refuse_beside_data(&folder.path().join("key"), Some(&data)).unwrap();
        refuse_beside_data(&folder.path().join("data.key"), Some(&data)).unwrap();
        for inside in ["data/key", "data/deep/er/key", "link/key", "data/../data/key"] {
            let error = refuse_beside_data(&folder.path().join(inside), Some(&data)).unwrap_err().to_string();
            assert!(error.contains("move the key file"), "{error}");
        }
        let through_link = folder.path().join("link");
        assert!(refuse_beside_data(&data.join("key"), Some(&through_link)).is_err());
    }

    #[test]
    fn a_key_is_never_overwritten_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        let key = generate(&file).unwrap();
        let read = MasterKey::read(&std::fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(read.id(), key.id());
        assert!(generate(&file).unwrap_err().to_string().contains("never overwritten"));
        refuse_readable_by_others(&file).unwrap();
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        assert!(refuse_readable_by_others(&file).unwrap_err().to_string().contains("chmod 600"));
    }
}
