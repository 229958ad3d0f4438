//! Packs of laws by the command line: signed, verified, installed with their examples, refused with a reason.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Ground, Run};

/// A place with the invented law in a folder of its own, and a key of a publisher.
struct Office {
    ground: Ground,
}

impl Office {
    fn new() -> Self {
        let ground = Ground::new("");
        let office = Self { ground };
        copy(&testkit::invented_law().join("regimes/lanterns"), &office.law());
        office.ground.fine(&["regime", "key", "new", "office.key", "--name", "Lantern Office"]);
        office
    }

    fn law(&self) -> PathBuf {
        self.ground.path("lanterns")
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let path = self.law().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }

    fn sign(&self) -> Value {
        self.ground.json(&["regime", "sign", "--key", "office.key", "lanterns"])
    }

    /// From now on the configuration trusts the office; `more` stands in the same table.
    fn trust(&self, more: &str) {
        let signature = std::fs::read(self.law().join("pack.sig.json")).unwrap();
        let signature: Value = serde_json::from_slice(&signature).unwrap();
        let key = signature["signature"]["public_key"].as_str().unwrap();
        let text = std::fs::read_to_string(self.ground.path("beffroi.toml")).unwrap();
        let trusted =
            format!("[regimes]\npublishers = [{{ name = 'The Office', public_key = {key:?} }}]\n{more}\n");
        self.ground.write("beffroi.toml", format!("{text}\n{trusted}").as_bytes());
    }

    fn install(&self, more: &[&str]) -> Run {
        self.ground.run(&[&["regime", "install", "lanterns", "--to", "laws"], more].concat())
    }

    fn installed(&self, version: &str) -> PathBuf {
        self.ground.path("laws").join("lanterns").join(version)
    }

    fn verify(&self) -> Value {
        serde_json::from_str(&self.ground.run(&["--json", "verify", "lanterns"]).out).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_signature_says_what_was_done_to_a_pack() {
    let office = Office::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(office.ground.path("office.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads the key");
    }
    let (_, again) = office.ground.refused(&["regime", "key", "new", "office.key", "--name", "X"]);
    assert!(again.contains("never overwritten"), "{again}");
    assert_eq!(office.verify()["findings"][0]["rule"], "unsigned");
    let signed = office.sign();
    assert_eq!((&signed["pack"], &signed["version"]), (&"lanterns".into(), &"2025-06-01+2".into()));
    let unknown = office.verify();
    assert_eq!((&unknown["intact"], &unknown["trusted"]), (&true.into(), &false.into()));
    assert_eq!(unknown["signer"]["fingerprint"], signed["fingerprint"]);
    office.trust("");
    let known = office.verify();
    assert_eq!((&known["trusted"], &known["signer"]["name"]), (&true.into(), &"The Office".into()));
    assert!(office.ground.fine(&["verify", "lanterns/pack.sig.json"]).starts_with("intact, signer trusted"));
    for (spoil, rule) in [("text/en.ftl", "file-changed"), ("more.txt", "file-extra")] {
        let path = office.law().join(spoil);
        let before = std::fs::read(&path).ok();
        std::fs::write(&path, "pack = Another").unwrap();
        assert_eq!(office.verify()["findings"][0]["rule"], rule);
        match before {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
    }
    assert_eq!(office.verify()["trusted"], true);
    std::fs::remove_file(office.law().join("fields.toml")).unwrap();
    assert_eq!(office.verify()["findings"][0]["rule"], "file-missing");
}

#[test]
fn only_a_pack_that_is_trusted_and_whose_examples_hold_is_installed() {
    let office = Office::new();
    let refused = office.install(&[]);
    assert!(refused.err.contains("not signed") && refused.err.contains("--unsigned"), "{refused:?}");
    office.sign();
    let refused = office.install(&[]);
    assert!(refused.err.contains("signer unknown") && refused.err.contains("fingerprint"), "{refused:?}");
    office.trust("folders = ['laws']");
    std::fs::create_dir(office.ground.path("laws")).unwrap();
    copy(&testkit::root().join("regimes/gdpr"), &office.ground.path("laws/gdpr"));
    // A clock that does not do what its examples say.
    office.change("pack.toml", "hours = 4 }", "hours = 5 }");
    let refused = office.install(&["--unsigned"]);
    assert!(refused.err.contains("file-changed") && refused.err.contains("Get it again"), "{refused:?}");
    office.sign();
    let refused = office.install(&[]);
    assert_eq!(refused.code, 1);
    assert!(refused.out.contains("cases/darkness.toml") && refused.out.contains("expected"), "{refused:?}");
    assert!(!office.installed("2025-06-01+2").exists(), "nothing is left");
    office.change("pack.toml", "hours = 5 }", "hours = 4 }");
    office.sign();
    let done = office.install(&[]);
    assert!(done.code == 0 && done.out.contains("signed by    The Office"), "{done:?}");
    assert!(!done.out.contains("WARNING"), "{done:?}");
    assert!(office.installed("2025-06-01+2/pack.sig.json").is_file());
    assert!(office.install(&[]).out.contains("there already"));

    // A correction beside it.
    office.change("pack.toml", "erratum = 2", "erratum = 3");
    office.sign();
    assert_eq!(office.install(&[]).code, 0);
    let list = office.ground.json(&["regime", "list"]);
    let lanterns: Vec<(&str, &str, &str)> = list["regimes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|law| law["id"] == "lanterns")
        .map(|law| {
            let text = |key: &str| law[key].as_str().unwrap();
            (text("version"), text("status"), text("signer"))
        })
        .collect();
    assert_eq!(
        lanterns,
        [("2025-06-01+3", "in force", "The Office"), ("2025-06-01+2", "running cases only", "The Office")]
    );
    let diff = office.ground.run(&["regime", "diff", "lanterns/2025-06-01+2", "lanterns"]);
    assert_eq!((diff.code, diff.out.as_str()), (1, "The law\n    erratum: 2 becomes 3\n"));
    // The same version with other files is another pack.
    office.change("pack.toml", "years = 7", "years = 8");
    office.sign();
    let refused = office.install(&[]);
    assert!(refused.err.contains("a version never changes"), "{refused:?}");
}

#[test]
fn a_node_may_want_every_pack_signed() {
    let office = Office::new();
    office.sign();
    office.trust("folders = ['lanterns']\nrequire_signed = true");
    assert!(office.ground.fine(&["regime", "list"]).contains("The Office"));
    office.change("pack.toml", "years = 7", "years = 8");
    let (_, refused) = office.ground.refused(&["regime", "list"]);
    assert!(refused.contains("pack.toml was changed after it was signed"), "{refused}");
    std::fs::remove_file(office.law().join("pack.sig.json")).unwrap();
    let (_, refused) = office.ground.refused(&["regime", "list"]);
    assert!(refused.contains("not signed") && refused.contains("require_signed"), "{refused}");
    let path = office.ground.path("beffroi.toml");
    let text =
        std::fs::read_to_string(&path).unwrap().replace("require_signed = true", "require_signed = false");
    std::fs::write(&path, text).unwrap();
    office.ground.fine(&["regime", "list"]);
    let doctor = office.ground.run(&["doctor"]).out;
    assert!(doctor.contains("WARNING  signatures of laws") && doctor.contains("not signed"), "{doctor}");
}

#[test]
fn no_law_hides_from_the_look_at_its_signature() {
    let office = Office::new();
    office.sign();
    office.trust("folders = ['laws']\nrequire_signed = true");
    copy(&office.law(), &office.ground.path("laws/lanterns"));
    office.ground.fine(&["regime", "list"]);
    // In a folder that has the name of a part of a pack, and deeper than packs are kept.
    for hidden in ["laws/text", "laws/a/b/c/d/e/forms"] {
        let folder = office.ground.path(hidden);
        copy(&testkit::root().join("regimes/gdpr"), &folder);
        let (_, refused) = office.ground.refused(&["regime", "list"]);
        assert!(refused.contains("not signed") && refused.contains(hidden), "{refused}");
        std::fs::remove_dir_all(folder).unwrap();
    }
    // What is let in without a signature would stop the node at its next start.
    let unsigned = office.ground.path("gdpr");
    copy(&testkit::root().join("regimes/gdpr"), &unsigned);
    let (_, refused) = office.ground.refused(&["regime", "install", "gdpr", "--to", "laws", "--unsigned"]);
    assert!(refused.contains("require_signed"), "{refused}");
    office.ground.write("laws/notes.txt", b"a loose file");
    office.ground.fine(&["regime", "list"]);
}

#[test]
fn an_archive_is_installed_as_its_folder() {
    let office = Office::new();
    office.sign();
    office.trust("");
    let made = std::process::Command::new("tar")
        .args(["-czf", "lanterns.tar.gz", "lanterns"])
        .current_dir(office.ground.path("."))
        .status();
    assert!(made.unwrap().success());
    let done = office.ground.run(&["regime", "install", "lanterns.tar.gz", "--to", "laws"]);
    assert!(done.code == 0 && done.out.contains("The Office"), "{done:?}");
    assert!(done.out.contains("folders = [\"laws\"]"), "it tells what to configure: {done:?}");
    let (code, _) = office.ground.refused(&["regime", "install", "office.key", "--to", "laws"]);
    assert_eq!(code, 2);
}

#[test]
fn the_walk_of_the_handbook_ends_with_a_passing_case() {
    let ground = Ground::new("");
    let handbook = std::fs::read_to_string(testkit::root().join("docs/adding-a-regime.md")).unwrap();
    for file in ["pack.toml", "forms/report.toml", "text/en.ftl", "cases/wells.toml"] {
        let (_, after) = handbook.split_once(&format!("`wells/{file}`")).unwrap();
        let (_, block) = after.split_once("\n```").unwrap();
        let (_, content) = block.split_once('\n').unwrap();
        let (content, _) = content.split_once("\n```").unwrap();
        let path = ground.path("wells").join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("{content}\n")).unwrap();
    }
    let done = ground.run(&["regime", "install", "wells", "--to", "laws", "--unsigned"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("5 worked, 8 expectations, nothing to mend"), "{done:?}");
    assert!(done.out.contains("WARNING: nobody you trust has signed this pack"), "{done:?}");
}
