//! `cargo xtask demo`: from a fresh checkout to a running node with believable data.

use std::{env, os::unix::process::CommandExt, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{command, setup::node, ui, workspace};

/// What is passed on to `beffroi demo`.
#[derive(Args)]
pub struct Demo {
    /// Port on 127.0.0.1 (default: 8080)
    #[arg(long)]
    port: Option<u16>,
    /// Folder of the demonstration data (default: data/demo in the repository)
    #[arg(long)]
    data: Option<PathBuf>,
    /// Start again with new data
    #[arg(long)]
    fresh: bool,
}

/// Builds what is stale and becomes the node; returns only on an error.
pub fn run(demo: &Demo) -> Result<std::process::ExitCode> {
    let root = workspace::root()?;
    let target = workspace::target_folder(&workspace::metadata(&root)?)?;
    if ui::is_there(&root) {
        node::check()?;
        ui::build_when_stale(&root, &target)?;
    } else {
        println!("the pages (ui/package.json) are not there yet: the node will serve the API alone");
    }
    command::must(command::cargo(&root).args(["build", "--profile", "demo", "--package", "node"]))?;
    let mut beffroi = Command::new(target.join("demo/beffroi"));
    beffroi.arg("demo").args(passed_on(demo)?).current_dir(&root);
    let error = beffroi.exec();
    bail!("cannot start `{}`: {error}", command::show(&beffroi))
}

/// The options as the binary reads them; a relative folder is meant from where the person stands.
fn passed_on(demo: &Demo) -> Result<Vec<String>> {
    let mut arguments = Vec::new();
    if let Some(port) = demo.port {
        arguments.extend(["--port".to_owned(), port.to_string()]);
    }
    if let Some(data) = &demo.data {
        let folder = env::current_dir()?.join(data);
        let folder = folder.to_str().context("the path of --data must be UTF-8")?;
        arguments.extend(["--data".to_owned(), folder.to_owned()]);
    }
    if demo.fresh {
        arguments.push("--fresh".to_owned());
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_left_to_the_binary() {
        let nothing = Demo { port: None, data: None, fresh: false };
        assert!(passed_on(&nothing).unwrap().is_empty());
        let all = Demo { port: Some(9090), data: Some("/srv/demo".into()), fresh: true };
        assert_eq!(passed_on(&all).unwrap(), ["--port", "9090", "--data", "/srv/demo", "--fresh"]);
    }
}
