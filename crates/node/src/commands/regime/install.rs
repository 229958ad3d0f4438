//! Taking a pack into a folder of laws: verified, read with the laws that are there, its examples worked.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use regime::{Library, ReadProblem};
use serde_json::json;
use vault::PackVerdict;

use crate::{
    config::Regimes,
    laws,
    output::{Outcome, Output, Unreadable},
    packs::{self, Folder},
};

/// Installs the pack in `from` to `to`/PACK/VERSION; other versions stay.
///
/// # Errors
/// A pack that cannot be read, a signature that is refused, another pack of the same version.
pub fn install(
    regimes: &Regimes,
    (from, to): (&Path, &Path),
    unsigned: bool,
    output: Output,
) -> anyhow::Result<Outcome> {
    let pack = Folder::read(from)?;
    let (id, version) = pack.name()?;
    let verdict = pack.verify(&regimes.publishers);
    refuse(&pack, &verdict, unsigned)?;
    let listed = regimes.folders.iter().any(|folder| same(folder, to));
    if regimes.require_signed && listed && !verdict.trusted {
        bail!(Unreadable(format!(
            "{} is one of regimes.folders, and regimes.require_signed would refuse the pack at the next start",
            to.display()
        )));
    }
    let place = to.join(&id).join(&version);
    if place.exists() {
        return there_already(&pack, &place, output);
    }
    let (cases, expectations, problems) = tried(regimes, &pack, to)?;
    let found: Vec<_> = problems
        .iter()
        .map(|problem| json!({ "file": problem.file, "key": problem.key, "rule": problem.rule }))
        .collect();
    let fine = problems.is_empty();
    if fine {
        copy(&pack, &place)?;
    }
    let answer = json!({
        "installed": fine, "pack": id, "version": version, "folder": place, "examples": cases,
        "signer": verdict.signer, "trusted": verdict.trusted, "problems": found
    });
    output.print(&answer, |_| {
        if !fine {
            let lines: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
            return format!("not installed, {} to mend:\n{lines}", problems.len());
        }
        let mut text = String::new();
        if !verdict.trusted {
            text += &format!(
                "WARNING: nobody you trust has signed this pack ({}). Its deadlines are only as good as where it \
                 came from.\n",
                verdict.words()
            );
        }
        let _fits = writeln!(
            text,
            "{id} {version} is installed in {}\nsigned by    {}\nexamples     {cases} worked, {expectations} \
             expectations, nothing to mend",
            place.display(),
            packs::signer_in_words(&verdict)
        );
        if cases == 0 {
            text += "WARNING: the pack has no worked example (cases/*.toml): nothing shows that its clocks are right.\n";
        }
        if !listed {
            text += &format!("Name the folder in the configuration: [regimes] folders = [{:?}]\n", to.display().to_string());
        }
        text + "A node reads its laws when it starts: restart it.\n"
    })?;
    Ok(if fine { Outcome::Fine } else { Outcome::Found })
}

/// A broken signature is refused whatever was said; an absent or unknown one unless it was said.
fn refuse(pack: &Folder, verdict: &PackVerdict, unsigned: bool) -> anyhow::Result<()> {
    if verdict.trusted || (unsigned && (verdict.intact || !pack.is_signed())) {
        return Ok(());
    }
    let findings: String = verdict
        .findings
        .iter()
        .map(|finding| format!("\n  {} ({})", finding.message, finding.rule))
        .collect();
    let remedy = if verdict.intact || !pack.is_signed() {
        "\nName its publisher under [regimes] publishers, or say --unsigned to take it all the same."
    } else {
        "\nGet it again from its publisher; if you are the publisher, sign it again."
    };
    let signer = verdict.signer.as_ref().map_or_else(String::new, |signer| {
        format!("\n  it says it is by {}, fingerprint {}", signer.name, signer.fingerprint)
    });
    bail!("not installed: {}{signer}{findings}{remedy}", verdict.words())
}

fn there_already(pack: &Folder, place: &Path, output: Output) -> anyhow::Result<Outcome> {
    let there = Folder::read(place)?;
    if there.files != pack.files {
        bail!(
            "{} holds other files: a version never changes; count `erratum` up in pack.toml, and sign it anew",
            place.display()
        );
    }
    output.print(&json!({ "installed": true, "folder": place }), |_| {
        format!("{} is there already, the same to the byte", place.display())
    })?;
    Ok(Outcome::Fine)
}

/// Reads the pack together with the laws that are there, and works its examples.
fn tried(regimes: &Regimes, pack: &Folder, to: &Path) -> anyhow::Result<(usize, usize, Vec<ReadProblem>)> {
    let (id, version) = pack.name()?;
    let mut regimes = regimes.clone();
    // The first pack makes the folder one that can be read.
    regimes.folders.retain(|folder| !same(folder, to));
    if to.is_dir() && !packs::places(&[to.to_owned()])?.is_empty() {
        regimes.folders.push(to.to_owned());
    }
    let own = pack.in_library(&id, &version);
    let mut files = laws::files(&regimes)?;
    laws::make_room(&mut files, &own);
    files.extend(own.clone());
    Ok(match Library::read(&files) {
        Ok(library) => {
            let worked = regime::examples(&library, &own);
            (worked.cases, worked.expectations, worked.problems)
        }
        Err(problems) => (0, 0, problems),
    })
}

fn same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole(one) == whole(other)
}

/// Writes everything beside its place, then moves it there at once: a node never sees half a pack.
fn copy(pack: &Folder, place: &Path) -> anyhow::Result<()> {
    let folder = place.parent().context("the place has no folder")?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let half: PathBuf = folder.join(format!(".{name}.{}", std::process::id()));
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let written = pack.files.iter().try_for_each(|(path, bytes)| {
        let file = half.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(&half))?;
        std::fs::write(&file, bytes)?;
        std::fs::File::open(&file)?.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&half, place));
    if moved.is_err() {
        let _nothing_to_tidy = std::fs::remove_dir_all(&half);
    }
    moved.with_context(|| format!("cannot write {}", place.display()))
}
