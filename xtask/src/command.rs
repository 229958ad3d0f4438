//! Commands that are started: quietly, in the open, or in the open with their output kept.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// How a command ended, and what it printed on both outputs in the order of arrival.
pub struct Ended {
    pub well: bool,
    pub lines: Vec<String>,
}

/// A cargo command in the repository, free of the variables that belong to the build of xtask itself.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command.current_dir(root);
    command
}

/// The program on the search path, if it is there.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// What a command answers on its standard output, trimmed; nothing when it fails or does not exist.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command in the open and fails, naming it, unless it ends well.
pub fn must(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command in the open and keeps what it prints, line by line.
pub fn run(command: &mut Command) -> Result<Ended> {
    let shown = show(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let (sender, receiver) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        forward(output, sender.clone());
    }
    if let Some(errors) = child.stderr.take() {
        forward(errors, sender);
    }
    let mut lines = Vec::new();
    let status: ExitStatus = loop {
        match receiver.recv_timeout(Duration::from_millis(300)) {
            Ok(line) => {
                println!("{line}");
                lines.push(line);
            }
            // A grandchild that outlives the command keeps the pipe open: do not wait for it.
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait()? {
                    break status;
                }
            }
            Err(RecvTimeoutError::Disconnected) => break child.wait()?,
        }
    };
    Ok(Ended { well: status.success(), lines })
}

fn forward(pipe: impl Read + Send + 'static, to: Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if to.send(text).is_err() {
                return;
            }
        }
    });
}

/// The command as a person would type it.
pub fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_outputs_are_kept_and_the_end_is_known() {
        let ended = run(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"])).unwrap();
        assert!(!ended.well);
        let mut lines = ended.lines;
        lines.sort();
        assert_eq!(lines, ["err", "out"]);
    }

    #[test]
    fn a_grandchild_that_lives_on_does_not_hold_us_up() {
        let ended = run(Command::new("sh").args(["-c", "sleep 20 & echo done"])).unwrap();
        assert!(ended.well);
        assert_eq!(ended.lines, ["done"]);
    }

    #[test]
    fn a_command_that_does_not_exist_is_named() {
        let error = must(&mut Command::new("no-such-program")).unwrap_err();
        assert_eq!(error.to_string(), "cannot start `no-such-program`");
    }
}
