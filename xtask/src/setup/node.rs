//! Node.js and the packages of the folders that it builds or runs.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::command;

/// The oldest major version that the pages and the browser tests are built with.
const OLDEST: u32 = 20;

/// Fails with what to install unless Node.js and npm are here and new enough.
pub fn check() -> Result<()> {
    let version = command::ask(Command::new("node").arg("--version"));
    let Some(version) = version else {
        bail!("Node.js is not installed: install version {OLDEST} or newer with npm (https://nodejs.org)");
    };
    if major(&version).is_none_or(|major| major < OLDEST) {
        bail!("Node.js {version} is too old: install version {OLDEST} or newer (https://nodejs.org)");
    }
    if command::find("npm").is_none() {
        bail!("npm is not installed: it comes with Node.js {OLDEST} or newer (https://nodejs.org)");
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// `npm ci` in the folder, unless what is installed comes from this very lock file.
pub fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| {
        format!("{} is missing: run `npm install` there and commit the lock file", lock.display())
    })?;
    let marker = folder.join("node_modules/.installed-from");
    if fs::read(&marker).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("npm ci in {}", folder.display());
    command::must(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))?;
    fs::create_dir_all(folder.join("node_modules"))?;
    fs::write(&marker, wanted).with_context(|| format!("cannot write {}", marker.display()))
}

/// An npm command in the folder.
pub fn npm(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("20"), None);
    }

    #[test]
    fn nothing_is_installed_twice_from_the_same_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        let lock = "{\"lockfileVersion\":3}";
        fs::write(folder.path().join("package-lock.json"), lock).unwrap();
        fs::create_dir(folder.path().join("node_modules")).unwrap();
        fs::write(folder.path().join("node_modules/.installed-from"), lock).unwrap();
        install(folder.path()).unwrap();
    }

    #[test]
    fn a_missing_lock_file_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let message = install(folder.path()).unwrap_err().to_string();
        assert!(message.ends_with("run `npm install` there and commit the lock file"), "{message}");
    }
}
