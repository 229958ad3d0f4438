//! `cargo xtask bench [NAME]`: the benchmarks of the workspace; figures go to docs/performance.md by hand.

mod peers;

use std::{path::Path, process::ExitCode};

use anyhow::{Result, bail};
use clap::Args;
use serde_json::Value;

use crate::{command, setup::postgres, workspace};

/// Which benchmarks, and what they are told.
#[derive(Args)]
pub struct Bench {
    /// One benchmark by its name (default: all)
    name: Option<String>,
    /// Words for the benchmark itself, for example a filter
    #[arg(last = true)]
    rest: Vec<String>,
}

/// A benchmark: package and target.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    package: String,
    name: String,
}

/// Runs them one after the other with `TEST_POSTGRES_URL` set to a private cluster.
pub fn run(bench: &Bench) -> Result<ExitCode> {
    let root = workspace::root()?;
    let all = targets(&workspace::metadata(&root)?);
    let chosen: Vec<&Target> =
        all.iter().filter(|target| bench.name.as_ref().is_none_or(|name| *name == target.name)).collect();
    if chosen.is_empty() {
        let names: Vec<_> = all.iter().map(|target| target.name.as_str()).collect();
        bail!("no benchmark of this name; there are: {}", names.join(", "));
    }
    let cluster = match postgres::find_or_install() {
        Ok(programs) => Some(postgres::Cluster::start(&programs, "bench")?),
        Err(error) => {
            println!("SKIPPED: figures on PostgreSQL: {error:#}");
            None
        }
    };
    let url = cluster.as_ref().map(postgres::Cluster::url);
    let mut failed = Vec::new();
    for target in chosen {
        println!("\n=== {} ({})", target.name, target.package);
        if let Err(error) = run_one(&root, target, &bench.rest, url.as_deref()) {
            println!("{error:#}");
            failed.push(target.name.clone());
        }
        if target.name == "formats" {
            peers::formats(&root);
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}

fn run_one(root: &Path, target: &Target, rest: &[String], postgres_url: Option<&str>) -> Result<()> {
    let mut bench = command::cargo(root);
    // By name in the whole workspace, not by package: all benchmarks then share one build.
    bench.args(["bench", "--workspace", "--bench", &target.name, "--"]).args(rest);
    // Else the figures of runs before would lie in the folder of each package.
    bench.env("CRITERION_HOME", root.join("target/criterion"));
    if let Some(url) = postgres_url {
        bench.env("TEST_POSTGRES_URL", url);
    }
    command::must(&mut bench)
}

fn targets(metadata: &Value) -> Vec<Target> {
    let list =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let name = |value: &Value| value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let members = list(metadata, "workspace_members");
    let mut found = Vec::new();
    for package in list(metadata, "packages") {
        if !package.get("id").is_some_and(|id| members.contains(id)) {
            continue;
        }
        for target in list(&package, "targets") {
            if list(&target, "kind").iter().any(|kind| kind == "bench") {
                found.push(Target { package: name(&package), name: name(&target) });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_benches_of_our_own_are_run() {
        let metadata = json!({
            "workspace_members": ["own"],
            "packages": [
                {"id": "own", "name": "vault", "targets": [
                    {"name": "vault", "kind": ["lib"]}, {"name": "seal", "kind": ["bench"]}]},
                {"id": "foreign", "name": "serde", "targets": [{"name": "big", "kind": ["bench"]}]},
            ],
        });
        assert_eq!(targets(&metadata), [Target { package: "vault".to_owned(), name: "seal".to_owned() }]);
    }
}
