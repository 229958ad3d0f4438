//! A full disk: a clear answer, nothing lost, and work goes on after room was made.

use std::{path::Path, process::Command};

use serde_json::json;
use testkit::{Request, skipped};

use crate::{
    report::{answers, client, enter_organisations, open},
    support::Ground,
};

/// A small file system of its own, unmounted when dropped.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    fn mount(at: &'a Path) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs"])
            .arg(at)
            .output()
            .is_ok_and(|done| done.status.success());
        mounted.then_some(Self(at))
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _done = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let ground = Ground::new("");
    let data = ground.path("data");
    let Some(_small) = Small::mount(&data) else {
        skipped("a full disk: mounting a small tmpfs needs root");
        return;
    };
    let ground = ground.ready();
    let (hospital, _) = enter_organisations(&ground);
    let secret = client(&ground, &hospital, "reporter");
    let node = ground.serve();
    let first = open(node.address, &secret, "first").unwrap().expect(201);

    let ballast = data.join("ballast");
    fill(&ballast);
    let refused = fill_up(|key| open(node.address, &secret, key).unwrap().status);
    assert!(refused == 507 || refused == 503, "a full disk is answered clearly, got {refused}");
    let path = format!("/api/reporting/v1/incidents/{}", first["id"].as_str().unwrap());
    let save = Request::patch(&format!("{path}/answers")).bearer(&secret).json(&json!({
        "base_revision": first["revision"], "answers": answers(),
    }));
    let refusal = node.send(save);
    assert!(refusal.status == 507 || refusal.status == 503 || refusal.status == 200, "{}", refusal.text());
    let read = node.send(Request::get(&path).bearer(&secret)).expect(200);
    assert_eq!(read["title"], first["title"], "reading goes on");

    std::fs::remove_file(&ballast).unwrap();
    open(node.address, &secret, "after").unwrap().expect(201);
    let again = open(node.address, &secret, "first").unwrap().expect(201);
    assert_eq!(again["id"], first["id"], "the answer of before is still remembered");
    assert_eq!(node.terminate(), Some(0));
    ground.fine(&["doctor"]);
}

/// Fills the file system with a file.
fn fill(ballast: &Path) {
    let mut room = vec![0_u8; 64 * 1024];
    let mut file = std::fs::File::create(ballast).unwrap();
    while std::io::Write::write_all(&mut file, &room).is_ok() {}
    room.truncate(512);
    while std::io::Write::write_all(&mut file, &room).is_ok() {}
}

/// Repeats `change` until it is refused: the database may have some pages left of its own.
fn fill_up(change: impl Fn(&str) -> u16) -> u16 {
    (0..500).map(|n| change(&format!("fill-{n}"))).find(|status| *status != 201).expect("the disk fills up")
}
