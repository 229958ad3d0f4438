//! The same work done by the peers in Python, beside our own figures: only where python3 is, in a virtual
//! environment below `target/`, each at a pinned version.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{command, setup::python};

/// The peers of the benchmark `formats`.
const PEERS: [&str; 6] = [
    "idmefv2==0.8",
    "jsonschema==4.26.0",
    "stix2-validator==3.2.0",
    "stix2-patterns==2.1.2",
    "stix2-matcher==3.0.0",
    "misp-stix==2026.10.12",
];

/// Measures the peers; prints why where that cannot be done.
pub fn formats(root: &Path) {
    if let Err(error) = measure(root) {
        println!("SKIPPED: figures of the peers: {error:#}");
    }
}

fn measure(root: &Path) -> Result<()> {
    let own = python::environment(root, "peers", &PEERS)?;
    let script = root.join("crates/formats/benches/formats/peers.py");
    let documents = [
        document(root, "BEFFROI_BENCH_ALERT", None, "idmef/valid/full.json"),
        document(
            root,
            "BEFFROI_BENCH_BUNDLE",
            Some("stix2.1/attack/ics-attack-18.1.json"),
            "stix/valid/indicator.json",
        ),
        document(
            root,
            "BEFFROI_BENCH_PATTERNS",
            Some("stix2.1/pattern-syntax-cases.json"),
            "stix/patterns/checks.json",
        ),
        document(
            root,
            "BEFFROI_BENCH_EVENT",
            Some("misp/events/eset-swc-candiru-misp.misp.json"),
            "misp/valid/full.json",
        ),
    ];
    command::must(Command::new(&own).arg(script).args(documents))
}

/// The document that the benchmark takes: the file that a variable names, else the shared sample where it is
/// at hand, else one of our corpus.
fn document(root: &Path, variable: &str, sample: Option<&str>, own: &str) -> PathBuf {
    let shared =
        sample.map(|sample| root.join("../shared/samples").join(sample)).filter(|path| path.exists());
    let usual = shared.unwrap_or_else(|| root.join("corpus").join(own));
    std::env::var_os(variable).map_or(usual, PathBuf::from)
}
