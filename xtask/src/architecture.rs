//! Which way things point: the arrows between crates, and what only some of them may use.
//!
//! Reads `cargo metadata` and answers in sentences; see ARCHITECTURE.md for the reasons.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

/// The crates by rank; a crate may depend on lower ranks only.
const RANKS: [&[&str]; 6] = [
    &["model"],
    &["regime", "policy", "formats", "triage", "playbook", "paper", "vault"],
    &["store"],
    &["service"],
    &["web", "exchange"],
    &["node"],
];

/// Crates that decide with values only: no runtime, no storage, no chance, no network.
const PURE: [&str; 7] = ["model", "regime", "policy", "formats", "triage", "playbook", "paper"];

/// What a pure crate may not ask for itself.
const NOT_PURE: [&str; 9] =
    ["tokio", "async-std", "sqlx", "rusqlite", "rand", "getrandom", "fastrand", "reqwest", "axum"];

/// What a pure crate may not pull in by way of others.
const NOT_PURE_BY_OTHERS: [&str; 5] = ["tokio", "sqlx", "axum", "hyper", "reqwest"];

/// Doors: what stands behind each crate of others, and which of ours may open it.
const DOORS: [(&str, &[&str]); 6] = [
    ("sqlx", &["store"]),
    ("axum", &["web"]),
    ("axum-server", &["web", "node"]),
    ("reqwest", &["exchange"]),
    ("lettre", &["exchange"]),
    ("rust-embed", &["web", "node"]),
];

/// Outside the ranks: the chores, and the parts that only tests use.
const OUTSIDE: [&str; 3] = ["xtask", "testkit", "fuzz"];

/// Cryptography comes from aws-lc alone: one library to watch, and no system OpenSSL.
const BANNED: [&str; 4] = ["ring", "openssl", "openssl-sys", "native-tls"];

/// One crate of the workspace: what it names in its manifest.
#[derive(Debug, Default)]
struct Crate {
    needs: BTreeSet<String>,
    needs_for_tests: BTreeSet<String>,
}

/// One line per arrow that points the wrong way and per door opened by the wrong crate.
///
/// Errors when the text is not the output of `cargo metadata --format-version 1`.
pub fn violations(metadata: &Value) -> Result<Vec<String>> {
    let graph = Graph::read(metadata)?;
    let crates = members(metadata, &graph)?;
    let mut found = Vec::new();
    for (name, parts) in &crates {
        arrows(name, parts, &crates, &mut found);
        if PURE.contains(&name.as_str()) {
            purity(name, parts, &graph.reach(name), &mut found);
        }
        doors(name, parts, &mut found);
    }
    Ok(found)
}

/// One line per banned crate in what `cargo tree --prefix none` prints, a package per line.
///
/// Not read from the metadata: its graph also holds what no feature of ours switches on.
pub fn banned(tree: &str) -> Vec<String> {
    let built: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let found = BANNED.iter().filter(|name| built.contains(**name));
    found.map(|name| format!("{name} is built: `cargo tree --invert {name}` tells who wants it; choose the feature that builds on aws-lc-rs")).collect()
}

fn arrows(name: &str, parts: &Crate, crates: &BTreeMap<String, Crate>, found: &mut Vec<String>) {
    if OUTSIDE.contains(&name) {
        return;
    }
    let Some(own) = rank(name) else {
        found.push(format!("{name} has no rank: give it one in xtask/src/architecture.rs"));
        return;
    };
    for other in parts.needs.iter().filter(|other| crates.contains_key(*other)) {
        if rank(other).is_none_or(|rank| rank >= own) {
            found.push(format!("{name} depends on {other}, which is not of a lower rank"));
        }
    }
    for other in parts.needs_for_tests.iter().filter(|other| crates.contains_key(*other)) {
        if other != "testkit" && rank(other).is_none_or(|rank| rank >= own) {
            found.push(format!("the tests of {name} depend on {other}, which is not of a lower rank"));
        }
    }
}

fn purity(name: &str, parts: &Crate, reach: &BTreeSet<String>, found: &mut Vec<String>) {
    for other in NOT_PURE.iter().filter(|other| parts.needs.contains(**other)) {
        found.push(format!("{name} is pure and depends on {other}: take time and chance as arguments"));
    }
    for other in NOT_PURE_BY_OTHERS.iter().filter(|other| reach.contains(**other)) {
        if !parts.needs.contains(*other) {
            found.push(format!("{name} is pure and pulls in {other} by way of others"));
        }
    }
}

fn doors(name: &str, parts: &Crate, found: &mut Vec<String>) {
    for (behind, keepers) in DOORS {
        if parts.needs.contains(behind) && !keepers.contains(&name) && !OUTSIDE.contains(&name) {
            found.push(format!("{name} depends on {behind}: that is for {} alone", keepers.join(" and ")));
        }
    }
}

fn rank(name: &str) -> Option<usize> {
    RANKS.iter().position(|rank| rank.contains(&name))
}

/// What is reached from each package, without what only tests need.
struct Graph {
    names: BTreeMap<String, String>,
    arrows: BTreeMap<String, Vec<String>>,
}

impl Graph {
    fn read(metadata: &Value) -> Result<Self> {
        let mut names = BTreeMap::new();
        for package in list(metadata, "packages")? {
            names.insert(text(package, "id")?, text(package, "name")?);
        }
        let mut arrows = BTreeMap::new();
        let resolve = metadata.get("resolve").context("cargo metadata has no resolve")?;
        for node in list(resolve, "nodes")? {
            let mut to = Vec::new();
            for other in list(node, "deps")? {
                let kinds = list(other, "dep_kinds")?;
                if kinds.iter().any(|kind| kind.get("kind").and_then(Value::as_str) != Some("dev")) {
                    to.push(text(other, "pkg")?);
                }
            }
            arrows.insert(text(node, "id")?, to);
        }
        Ok(Self { names, arrows })
    }

    /// The names of all packages reached from the member of this name.
    fn reach(&self, name: &str) -> BTreeSet<String> {
        // A member comes from a path; a package of the same name from elsewhere is not meant.
        let is_member = |id: &str| id.starts_with("path+");
        let start = self.names.iter().find(|(id, of)| *of == name && is_member(id)).map(|(id, _)| id);
        let mut reached: BTreeSet<&String> = BTreeSet::new();
        let mut open: Vec<&String> = start.into_iter().collect();
        while let Some(id) = open.pop() {
            for other in self.arrows.get(id).into_iter().flatten() {
                if reached.insert(other) {
                    open.push(other);
                }
            }
        }
        reached.into_iter().filter_map(|id| self.names.get(id)).cloned().collect()
    }
}

fn members(metadata: &Value, graph: &Graph) -> Result<BTreeMap<String, Crate>> {
    let ids = list(metadata, "workspace_members")?;
    let ids: BTreeSet<&str> = ids.iter().filter_map(Value::as_str).collect();
    let mut crates = BTreeMap::new();
    for package in list(metadata, "packages")? {
        let id = text(package, "id")?;
        if !ids.contains(id.as_str()) {
            continue;
        }
        let mut parts = Crate::default();
        for dependency in list(package, "dependencies")? {
            let name = text(dependency, "name")?;
            match dependency.get("kind").and_then(Value::as_str) {
                Some("dev") => parts.needs_for_tests.insert(name),
                _ => parts.needs.insert(name),
            };
        }
        crates.insert(graph.names.get(&id).cloned().unwrap_or(id), parts);
    }
    Ok(crates)
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value.get(key).and_then(Value::as_array).with_context(|| format!("cargo metadata has no list {key}"))
}

fn text(value: &Value, key: &str) -> Result<String> {
    let text = value.get(key).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("cargo metadata has no text {key}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Metadata of a workspace in which each crate needs the named others; `dev:` marks a test-only need.
    fn workspace(crates: &[(&str, &[&str])], foreign: &[(&str, &[&str])]) -> Value {
        let all = || crates.iter().chain(foreign);
        let id = |name: &str| match crates.iter().any(|(own, _)| *own == name) {
            true => format!("path+file:///beffroi/crates/{name}#0.1.0"),
            false => format!("registry+https://registry.example#{name}@1.0.0"),
        };
        let kind = |need: &str| need.strip_prefix("dev:").map(|_| "dev");
        let bare = |need: &str| need.strip_prefix("dev:").unwrap_or(need).to_owned();
        let packages: Vec<_> = all()
            .map(|(name, needs)| {
                let needs: Vec<_> =
                    needs.iter().map(|need| json!({"name": bare(need), "kind": kind(need)})).collect();
                json!({"id": id(name), "name": name, "dependencies": needs})
            })
            .collect();
        let nodes: Vec<_> = all()
            .map(|(name, needs)| {
                let deps: Vec<_> = needs
                    .iter()
                    .map(|need| json!({"pkg": id(&bare(need)), "dep_kinds": [{"kind": kind(need)}]}))
                    .collect();
                json!({"id": id(name), "deps": deps})
            })
            .collect();
        let members: Vec<_> = crates.iter().map(|(name, _)| id(name)).collect();
        json!({"packages": packages, "workspace_members": members, "resolve": {"nodes": nodes}})
    }

    fn found(crates: &[(&str, &[&str])], foreign: &[(&str, &[&str])]) -> Vec<String> {
        violations(&workspace(crates, foreign)).unwrap()
    }

    #[test]
    fn arrows_that_point_down_are_fine() {
        let crates: &[(&str, &[&str])] = &[
            ("model", &[]),
            ("policy", &["model"]),
            ("store", &["model", "policy", "sqlx"]),
            ("testkit", &["store", "sqlx"]),
            ("service", &["store", "dev:testkit"]),
            ("xtask", &[]),
        ];
        assert!(found(crates, &[("sqlx", &["tokio"]), ("tokio", &[])]).is_empty());
    }

    #[test]
    fn sideways_and_upwards_are_refused() {
        assert_eq!(
            found(&[("regime", &["policy"]), ("policy", &[])], &[]),
            ["regime depends on policy, which is not of a lower rank"]
        );
        assert_eq!(
            found(&[("store", &["dev:service"]), ("service", &[])], &[]),
            ["the tests of store depend on service, which is not of a lower rank"]
        );
        assert_eq!(
            found(&[("service", &["testkit"]), ("testkit", &[])], &[]),
            ["service depends on testkit, which is not of a lower rank"]
        );
    }

    #[test]
    fn a_new_crate_needs_a_rank() {
        assert_eq!(
            found(&[("gossip", &[])], &[]),
            ["gossip has no rank: give it one in xtask/src/architecture.rs"]
        );
    }

    #[test]
    fn a_pure_crate_stays_pure_by_way_of_others_too() {
        assert_eq!(
            found(&[("regime", &["rand"])], &[("rand", &[])]),
            ["regime is pure and depends on rand: take time and chance as arguments"]
        );
        assert_eq!(
            found(&[("paper", &["printer"])], &[("printer", &["tokio"]), ("tokio", &[])]),
            ["paper is pure and pulls in tokio by way of others"]
        );
        assert!(found(&[("paper", &["dev:printer"])], &[("printer", &["tokio"]), ("tokio", &[])]).is_empty());
    }

    #[test]
    fn each_door_has_its_keeper() {
        assert_eq!(
            found(&[("service", &["sqlx"])], &[("sqlx", &[])]),
            ["service depends on sqlx: that is for store alone"]
        );
        assert_eq!(
            found(&[("node", &["axum"])], &[("axum", &[])]),
            ["node depends on axum: that is for web alone"]
        );
    }

    #[test]
    fn banned_cryptography_is_found_however_deep() {
        assert!(
            banned("node v0.1.0 (/beffroi/crates/node)\naws-lc-rs v1.19.0\nring-buffer v1.0.0 (*)")
                .is_empty()
        );
        let found = banned("node v0.1.0 (/beffroi/crates/node)\nrustls v0.23.0\nring v0.17.14 (*)");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("ring is built: `cargo tree --invert ring` tells who wants it"));
    }

    #[test]
    fn what_is_no_metadata_is_an_error() {
        assert_eq!(violations(&json!({})).unwrap_err().to_string(), "cargo metadata has no list packages");
    }
}
