//! A private PostgreSQL cluster: made, started, and gone without a trace at the end, however it ends.
//!
//! It listens on a Unix socket in a folder that only its owner can enter, and on no network. Its
//! settings for durability are those it ships with: what we measure and test is what we promise.

use std::{
    fs,
    io::Write,
    os::unix::{
        fs::{DirBuilderExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use super::packages;
use crate::command;

/// Stops the server and removes its folder once its input closes: at the end of this process, be it a
/// return, a panic, ctrl-c or a kill, none of which a destructor would all see.
const GUARD: &str = r#"trap '' INT TERM HUP
cat >/dev/null
"$1" -D "$2/data" -m fast -t 20 stop >/dev/null 2>&1 || "$1" -D "$2/data" -m immediate stop >/dev/null 2>&1
rm -rf "$2""#;

/// A running cluster. Dropping it stops the server and deletes the data.
pub struct Cluster {
    folder: PathBuf,
    guard: Child,
}

/// The programs `initdb` and `pg_ctl` in one folder; installed as root where absent.
///
/// Errors with what to install when they are absent and cannot be installed from here.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(programs) = find() {
        return Ok(programs);
    }
    packages::install("postgresql").context("store tests need the PostgreSQL server (initdb, pg_ctl)")?;
    find().context("postgresql was installed but initdb is neither in /usr/lib/postgresql nor on the path")
}

/// The newest version in the folders of the distributions, else what is on the search path.
fn find() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = Vec::new();
    for entry in fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten() {
        let version = entry.file_name().to_string_lossy().parse();
        versions.extend(version.ok().map(|version| (version, entry.path().join("bin"))));
    }
    versions.sort();
    let on_path = command::find("initdb").and_then(|file| file.parent().map(Path::to_path_buf));
    let has_both = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file();
    versions.into_iter().rev().map(|(_, folder)| folder).chain(on_path).find(has_both)
}

impl Cluster {
    /// Makes and starts a cluster with the programs in the folder; `name` tells it from others of this
    /// process.
    pub fn start(programs: &Path, name: &str) -> Result<Self> {
        let owner = if packages::is_root() { Some(unprivileged()?) } else { None };
        // Short, since the path of a socket may have no more than about a hundred characters.
        let folder = PathBuf::from(format!("/tmp/beffroi-pg-{}-{name}", std::process::id()));
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("cannot make {}: if it was left behind, remove it", folder.display()))?;
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group))?;
        }
        let mut guard = Command::new("sh");
        guard.args(["-c", GUARD, "guard"]).args([&programs.join("pg_ctl"), &folder]);
        // A group of its own: ctrl-c is for us, the guard then has work to do.
        guard.current_dir("/").process_group(0);
        guard.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let guard = give_up_root(&mut guard, owner).spawn();
        let guard = guard.context("cannot start the guard of the PostgreSQL cluster")?;
        let cluster = Self { folder, guard };
        cluster.make_and_start(programs, owner)?;
        Ok(cluster)
    }

    fn make_and_start(&self, programs: &Path, owner: Option<(u32, u32)>) -> Result<()> {
        let data = self.folder.join("data");
        let mut make = Command::new(programs.join("initdb"));
        make.arg("-D").arg(&data).args(["--username=postgres", "--auth=trust", "--no-sync"]);
        make.args(["--encoding=UTF8", "--locale=C"]);
        quietly(give_up_root(make.current_dir(&self.folder), owner))?;
        let mut settings = fs::OpenOptions::new().append(true).open(data.join("postgresql.conf"))?;
        writeln!(settings, "listen_addresses = ''")?;
        writeln!(settings, "unix_socket_directories = '{}'", self.folder.display())?;
        writeln!(settings, "max_connections = 200")?;
        let mut start = Command::new(programs.join("pg_ctl"));
        start.arg("-D").arg(&data).arg("-l").arg(self.folder.join("log")).args(["-w", "-t", "60", "start"]);
        if let Err(error) = quietly(give_up_root(start.current_dir(&self.folder), owner)) {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            return Err(error.context(format!("PostgreSQL did not start:\n{log}")));
        }
        self.write_restart(programs, owner)
    }

    /// A script for tests that pull the server away under load: it stops it as a power cut would, and starts
    /// it again.
    fn write_restart(&self, programs: &Path, owner: Option<(u32, u32)>) -> Result<()> {
        let as_owner = owner.map_or_else(String::new, |(user, group)| {
            format!("setpriv --reuid {user} --regid {group} --clear-groups ")
        });
        let (program, folder) = (programs.join("pg_ctl"), self.folder.display());
        let script = format!(
            "cd /\nexec {as_owner}{} -D {folder}/data -l {folder}/log -m immediate -w -t 60 restart >/dev/null\n",
            program.display()
        );
        fs::write(self.restart(), script).context("cannot write the script that restarts the cluster")
    }

    /// The script that restarts the server, for `sh`.
    pub fn restart(&self) -> PathBuf {
        self.folder.join("restart")
    }

    /// The address of its database `postgres` for its superuser, as sqlx and libpq read it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@localhost:5432/postgres?host={}", self.folder.display())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        if let Err(error) = self.guard.wait() {
            eprintln!("warning: the PostgreSQL cluster in {} may still run: {error}", self.folder.display());
        }
    }
}

/// The user as whom the server runs when we are root, whom initdb refuses.
fn unprivileged() -> Result<(u32, u32)> {
    for name in ["postgres", "nobody"] {
        let number = |flag: &str| command::ask(Command::new("id").args([flag, name]))?.parse().ok();
        if let (Some(user), Some(group)) = (number("-u"), number("-g")) {
            return Ok((user, group));
        }
    }
    bail!("initdb refuses root and there is neither a user postgres nor nobody: add the user postgres")
}

/// Runs a command without showing its output unless it fails.
fn quietly(command: &mut Command) -> Result<()> {
    let shown = command::show(command);
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("`{shown}` failed: {}", errors.trim());
    }
    Ok(())
}

/// Has the command give up root for the owner.
fn give_up_root(command: &mut Command, owner: Option<(u32, u32)>) -> &mut Command {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing_behind() {
        let Some(programs) = find() else {
            crate::test::skips::note("PostgreSQL is not installed: the cluster was not tried");
            return;
        };
        let cluster = Cluster::start(&programs, "own").unwrap();
        let folder = cluster.folder.clone();
        let psql = programs.join("psql");
        let answer = command::ask(Command::new(psql).args([&cluster.url(), "-Atc", "show fsync"]));
        assert_eq!(answer.as_deref(), Some("on"));
        drop(cluster);
        assert!(!folder.exists());
    }
}
