//! The node with a certificate of its own.

use std::process::Command;

use testkit::skipped;

use crate::support::{Ground, Serving};

#[test]
fn the_node_speaks_tls_with_its_own_certificate() {
    let ground =
        Ground::new("[tls]\ncertificate = 'certificate.pem'\nprivate_key = 'private-key.pem'\n").ready();
    if !certificate(&ground) {
        skipped("TLS with an own certificate: openssl and curl are needed");
        return;
    }
    let node = Serving::start(ground.command(&["serve"]));
    let url = format!("https://localhost:{}/readyz", node.address.port());
    for version in ["--tlsv1.2", "--tlsv1.3"] {
        let answer = curl(&ground, &[version, "--cacert", "certificate.pem", &url]);
        assert!(answer.status.success(), "{version}: {answer:?}");
    }
    assert!(!curl(&ground, &["--tls-max", "1.1", "--cacert", "certificate.pem", &url]).status.success());
    let headers = curl(&ground, &["--cacert", "certificate.pem", "--head", &url.replace("readyz", "login")]);
    let headers = String::from_utf8_lossy(&headers.stdout).to_lowercase();
    assert!(headers.contains("strict-transport-security"), "{headers}");
    assert!(headers.contains("__host-"), "{headers}");
}

#[test]
fn a_certificate_that_is_none_is_named() {
    let ground =
        Ground::new("[tls]\ncertificate = 'certificate.pem'\nprivate_key = 'private-key.pem'\n").ready();
    ground.write("certificate.pem", b"no certificate");
    ground.write("private-key.pem", b"no key");
    let (code, complaint) = ground.refused(&["serve"]);
    assert_eq!(code, 1);
    assert!(complaint.contains("certificate.pem") && complaint.contains("PEM"), "{complaint}");
}

fn certificate(ground: &Ground) -> bool {
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .arg("-keyout")
        .arg(ground.path("private-key.pem"))
        .arg("-out")
        .arg(ground.path("certificate.pem"))
        .output();
    made.is_ok_and(|made| made.status.success()) && Command::new("curl").arg("--version").output().is_ok()
}

fn curl(ground: &Ground, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--fail", "--noproxy", "*"]).args(arguments);
    command.current_dir(ground.path("")).output().unwrap()
}
