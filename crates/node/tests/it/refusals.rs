//! What the node refuses to do, and how it says so.

use std::{net::TcpListener, os::unix::fs::PermissionsExt};

use crate::support::{Ground, text};

#[test]
fn a_key_inside_the_data_folder_is_refused() {
    let ground = Ground::new("").ready();
    let key = text(&ground.path("key"));
    ground.write("data/key", key.as_bytes());
    let config = text(&ground.path("beffroi.toml")).replace("'key'", "'data/key'");
    ground.write("beffroi.toml", config.as_bytes());
    let (code, complaint) = ground.refused(&["serve"]);
    assert_eq!(code, 1);
    assert!(complaint.contains("inside the data folder"), "{complaint}");
    assert!(complaint.contains("move the key file elsewhere"), "{complaint}");
    let inside = ground.path("data/another-key");
    let (_, complaint) = ground.refused(&["key", "generate", inside.to_str().unwrap()]);
    assert!(complaint.contains("inside the data folder") && !inside.exists(), "{complaint}");
}

#[test]
fn a_key_that_every_account_can_read_is_refused() {
    let ground = Ground::new("").ready();
    std::fs::set_permissions(ground.path("key"), PermissionsExt::from_mode(0o644)).unwrap();
    let (_, complaint) = ground.refused(&["serve"]);
    assert!(complaint.contains("chmod 600"), "{complaint}");
}

#[test]
fn plain_http_for_other_machines_is_refused() {
    let ground = Ground::new("").ready();
    let (code, complaint) = ground.refused(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(code, 2);
    assert!(complaint.contains("behind_proxy") && complaint.contains("tls.certificate"), "{complaint}");
}

#[test]
fn a_busy_address_is_named() {
    let ground = Ground::new("").ready();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    let (code, complaint) = ground.refused(&["serve", "--listen", &address]);
    assert_eq!(code, 1);
    assert!(complaint.contains(&address) && complaint.contains("another port"), "{complaint}");
}

#[test]
fn another_master_key_does_not_open_the_data() {
    let mut ground = Ground::new("").ready();
    let other = ground.path("other-key");
    ground.fine(&["key", "generate", other.to_str().unwrap()]);
    ground.environment("BEFFROI_MASTER_KEY", text(&other).trim());
    let (code, complaint) = ground.refused(&["serve"]);
    assert_eq!(code, 1);
    assert!(complaint.contains("the master key does not open this data"), "{complaint}");
    let (_, complaint) = ground.refused(&["migrate"]);
    assert!(complaint.contains("the master key does not open this data"), "{complaint}");
}

#[test]
fn a_key_that_is_none_is_not_repeated() {
    let mut ground = Ground::new("").ready();
    ground.environment("BEFFROI_MASTER_KEY", "hunter2-hunter2");
    let (_, complaint) = ground.refused(&["serve"]);
    assert!(complaint.contains("BEFFROI_MASTER_KEY") && !complaint.contains("hunter2"), "{complaint}");
}

#[test]
fn without_a_key_no_database_is_left_behind() {
    let ground = Ground::new("");
    let (_, complaint) = ground.refused(&["migrate"]);
    assert!(complaint.contains("beffroi key generate"), "{complaint}");
    assert!(!ground.path("data").exists());
    let key = ground.path("key");
    ground.fine(&["key", "generate", key.to_str().unwrap()]);
    let (_, complaint) = ground.refused(&["serve"]);
    assert!(complaint.contains("beffroi migrate"), "{complaint}");
    assert!(!ground.path("data").exists());
}

#[test]
fn a_configuration_with_a_mistake_is_bad_usage() {
    let ground = Ground::new("[tls]\ncertificat = 'x'\n");
    let (code, complaint) = ground.refused(&["doctor"]);
    assert_eq!(code, 2);
    assert!(complaint.contains("certificat") && complaint.contains("beffroi.toml"), "{complaint}");
}

#[tokio::test]
async fn tables_of_a_newer_program_are_refused_and_left_alone() {
    let ground = Ground::new("").ready();
    let file = ground.path("data/beffroi.sqlite");
    testkit::run_on_file(&file, "INSERT INTO schema_version (version, name) VALUES (9000, 'future')").await;
    for command in ["serve", "migrate", "doctor"] {
        let run = ground.run(&[command]);
        assert_eq!(run.code, 1, "{command}: {run:?}");
        let said = format!("{}{}", run.out, run.err);
        assert!(said.contains("newer program"), "{command}: {said}");
    }
}
