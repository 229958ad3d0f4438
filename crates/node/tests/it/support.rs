//! A place with a configuration, and the binary run in it.

use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;
use testkit::{Answer, Request};

/// A folder with `beffroi.toml`, a key file and room for the data.
pub struct Ground {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Ground {
    /// A configuration over the defaults: a free port, the data in `data/`, the key in `key`, and `more`.
    pub fn new(more: &str) -> Self {
        Self::with_database("sqlite:data/beffroi.sqlite", more)
    }

    /// The same on another database.
    pub fn with_database(url: &str, more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "[listen]\naddress = '127.0.0.1:0'\n[database]\nurl = {url:?}\n[keys]\nmaster_key_file = 'key'\n\
             [log]\nlevel = 'warn'\n{more}"
        );
        std::fs::write(folder.path().join("beffroi.toml"), text).unwrap();
        Self { folder, environment: Vec::new() }
    }

    /// With a master key and the tables.
    pub fn ready(self) -> Self {
        let key = self.path("key");
        self.fine(&["key", "generate", key.to_str().unwrap()]);
        self.fine(&["migrate"]);
        self
    }

    pub fn environment(&mut self, name: &str, value: &str) {
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = binary();
        command
            .arg("--config")
            .arg(self.path("beffroi.toml"))
            .args(arguments)
            .current_dir(self.folder.path());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Run {
        finish(self.command(arguments), b"")
    }

    /// Runs a command that must end with 0; its output.
    pub fn fine(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {run:?}");
        run.out
    }

    /// Runs a command with `--json` that must end with 0; its answer.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let text = self.fine(&[&["--json"], arguments].concat());
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Runs a command that must not end with 0; its exit code and its complaint.
    pub fn refused(&self, arguments: &[&str]) -> (i32, String) {
        let run = self.run(arguments);
        assert_ne!(run.code, 0, "{arguments:?}: {run:?}");
        (run.code, run.err)
    }

    /// Starts the node and waits until it has said its address.
    pub fn serve(&self) -> Serving {
        Serving::start(self.command(&["--json", "serve"]))
    }
}

/// The binary under test, without what the developer's environment says.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_beffroi"));
    command.env_remove("BEFFROI_CONFIG").env_remove("BEFFROI_MASTER_KEY").env_remove("BEFFROI_FAIL_POINT");
    command
}

/// How a command ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs `command` with `input` on its standard input.
pub fn finish(mut command: Command, input: &[u8]) -> Run {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let written = child.stdin.take().unwrap().write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    drop(written);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Run { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// A serving child; killed when dropped.
pub struct Serving {
    child: Child,
    pub address: SocketAddr,
}

impl Serving {
    pub fn start(mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        match said_address(&mut lines) {
            Ok(address) => Self::running(child, lines, address),
            Err(said) => {
                let end = child.wait_with_output().unwrap();
                panic!("the node ended: {said}{}", String::from_utf8_lossy(&end.stderr));
            }
        }
    }

    fn running(mut child: Child, mut out: impl BufRead + Send + 'static, address: SocketAddr) -> Self {
        // Both pipes are read to the end, so that the node never waits for a reader.
        let err = child.stderr.take().unwrap();
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        std::thread::spawn(move || {
            for line in BufReader::new(err).lines().map_while(Result::ok) {
                eprintln!("node: {line}");
            }
        });
        Self { child, address }
    }

    pub fn send(&self, request: Request) -> Answer {
        request.send(self.address).unwrap()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until the child has ended by itself.
    pub fn ended(mut self) -> Option<i32> {
        for _ in 0..500 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the node still runs");
    }

    /// SIGTERM, as an init system sends it; the exit code.
    pub fn terminate(self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.ended()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Reads until the node has said its address; what it said instead when it ends before.
fn said_address(lines: &mut impl BufRead) -> Result<SocketAddr, String> {
    let mut said = String::new();
    while lines.read_line(&mut said).unwrap() > 0 {
        if let Some(address) = address_in(&said) {
            return Ok(address);
        }
    }
    Err(said)
}

fn address_in(said: &str) -> Option<SocketAddr> {
    let (_before, rest) = said.split_once("://")?;
    let address: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != '"' && *c != '/').collect();
    rest.contains('\n').then(|| address.parse().ok())?
}

/// A whole file.
pub fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
