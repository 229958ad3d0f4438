//! The real binary, serving on a free port of this machine, for the benchmarks of whole nodes.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use testkit::Request;

/// The master key of the measured data: 32 bytes in hexadecimal.
pub const KEY: &str = "5b0c1f9e27d84a63f1705ec2889ab34d0e6d72c5413f98ab60e7d2194c8f35a6";

/// Writes the configuration of a node on the database at `url` into `folder`.
pub fn configuration(folder: &Path, url: &str) -> PathBuf {
    let file = folder.join("beffroi.toml");
    let text =
        format!("[listen]\naddress = '127.0.0.1:0'\n[database]\nurl = {url:?}\n[log]\nlevel = 'warn'\n");
    std::fs::write(&file, text).expect("the configuration is written");
    file
}

/// A node that serves; killed when dropped.
pub struct Node {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it took until it answered.
    pub started: Duration,
}

impl Node {
    /// Starts it and waits until `path` answers with 200.
    pub fn start(configuration: &Path, path: &str) -> Self {
        let begun = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_beffroi"))
            .arg("--config")
            .arg(configuration)
            .args(["--json", "serve"])
            .env("BEFFROI_MASTER_KEY", KEY)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the node starts");
        let mut said = String::new();
        let out = child.stdout.take().expect("its output");
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            said += &line;
            if line.contains("://") {
                break;
            }
        }
        let address = said.split_once("://").and_then(|(_, rest)| rest.split_once('"'));
        let address = address.and_then(|(address, _)| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("the node says no address: {said}"));
        while Request::get(path).send(address).map_or(0, |answer| answer.status) != 200 {
            assert!(begun.elapsed() < Duration::from_secs(30), "{path} does not answer");
            sleep(Duration::from_millis(1));
        }
        Self { child, address, started: begun.elapsed() }
    }

    /// The resident memory now and at its height, as Linux tells it.
    pub fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kept = |line: &&str| line.starts_with("VmRSS") || line.starts_with("VmHWM");
        let lines: Vec<String> = status
            .lines()
            .filter(kept)
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if lines.is_empty() { "not told by this system".to_owned() } else { lines.join(", ") }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
