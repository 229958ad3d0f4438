//! `docs/api.md`, run as it is written, against a real listener.

use std::{path::Path, process::Command};

use model::Function;
use testkit::TestNode;

#[tokio::test(flavor = "multi_thread")]
async fn the_six_commands_of_the_documentation_work_as_written() {
    let node = TestNode::sqlite().await;
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api.md")).unwrap();
    let script: Vec<&str> =
        text.split("```sh\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    assert_eq!(
        script.len(),
        9,
        "the main job is six commands, two more are of other formats, one of own terms"
    );
    if ["curl", "jq"].iter().any(|tool| Command::new(tool).arg("--version").output().is_err()) {
        return testkit::skipped("the commands of docs/api.md need curl and jq");
    }
    let address = node.listen().await;
    let secret = node.client(&node.world.hospital, &[Function::Reporter]).await;
    let administrator = node.client(&node.world.hospital, &[Function::Administrator]).await;
    let folder = std::env::temp_dir().join(format!("beffroi-walkthrough-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", &script.join("\n")]).current_dir(&folder);
    command.env("SERVER", format!("http://{address}")).env("SECRET", secret);
    command.env("ADMINISTRATOR", administrator);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");

    let receipt = std::fs::read(folder.join("receipt.json")).unwrap();
    let keys = vault::read_trust(&std::fs::read(folder.join("keys.json")).unwrap()).unwrap();
    let verdict = vault::verify(&receipt, &keys);
    assert!(verdict.intact && verdict.trusted, "{verdict:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}
