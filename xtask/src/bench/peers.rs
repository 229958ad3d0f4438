//! The same work done by the peers in Python, beside our own figures: only where python3 is, in a virtual
//! environment below `target/`, each at a pinned version.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::command;

/// The peers of the benchmark `formats`.
const PEERS: [&str; 2] = ["idmefv2==0.8", "jsonschema==4.26.0"];

/// Measures the peers; prints why where that cannot be done.
pub fn formats(root: &Path) {
    if let Err(error) = measure(root) {
        println!("SKIPPED: figures of the peers: {error:#}");
    }
}

fn measure(root: &Path) -> Result<()> {
    let python = command::find("python3").context("python3 is not here")?;
    let home = root.join("target/peers");
    let own = home.join("bin/python");
    let marker = home.join(".installed");
    let wanted = PEERS.join("\n");
    if !fs::read_to_string(&marker).is_ok_and(|installed| installed == wanted) {
        command::must(Command::new(python).args(["-m", "venv", "--clear"]).arg(&home))?;
        command::must(Command::new(&own).args(["-m", "pip", "install", "--quiet"]).args(PEERS))?;
        fs::write(&marker, &wanted).with_context(|| format!("cannot write {}", marker.display()))?;
    }
    let alert = std::env::var_os("BEFFROI_BENCH_ALERT")
        .map_or_else(|| root.join("corpus/idmef/valid/full.json"), Into::into);
    command::must(Command::new(&own).arg(root.join("crates/formats/benches/peers.py")).arg(alert))
}
