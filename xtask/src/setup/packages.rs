//! Installs packages of the system where that is ours to do: as root on Debian and its kin.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// Whether we run as root.
pub fn is_root() -> bool {
    command::ask(Command::new("id").arg("-u")).as_deref() == Some("0")
}

/// Installs a package with apt-get, or fails with the words that tell how to do it by hand.
pub fn install(package: &str) -> Result<()> {
    if command::find("apt-get").is_none() {
        bail!("{package} is not installed: install it with the package tool of this system, then run again");
    }
    if !is_root() {
        bail!(
            "{package} is not installed: run `sudo apt-get update && sudo apt-get install -y \
             --no-install-recommends {package}`, then run again"
        );
    }
    println!("installing {package} with apt-get");
    command::must(apt_get().args(["-qq", "update"]))?;
    command::must(apt_get().args(["-qq", "-y", "--no-install-recommends", "install", package]))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    // Another installation may be under way: wait for it rather than fail.
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=300"]);
    command
}
