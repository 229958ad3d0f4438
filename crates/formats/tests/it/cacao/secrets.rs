//! Secrets do not leave the house unseen.

use formats::{
    Limits,
    cacao::{Options, check, read, strip_secrets},
};

/// A playbook with a secret in every place that we know.
const LOOSE: &str = r#"{
  "type": "playbook", "spec_version": "cacao-2.0", "id": "playbook--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a01",
  "name": "Isolate a host", "created_by": "identity--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a02",
  "created": "2026-03-01T08:00:00.000Z", "modified": "2026-03-01T08:00:00.000Z",
  "workflow_start": "start--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a03",
  "workflow": {
    "start--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a03": {"type": "start", "on_completion": "action--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a04"},
    "action--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a04": {"type": "action", "agent": "http-api--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a06",
      "commands": [{"type": "http-api", "command": "POST /isolate HTTP/1.1",
        "headers": {"Authorization": ["Bearer hunter1"], "X-Api-Key": ["__secret_1__:value"], "Accept": ["*/*"]}}],
      "on_completion": "end--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a05"},
    "end--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a05": {"type": "end"}
  },
  "playbook_variables": {"__secret_1__": {"type": "string", "value": "hunter2", "constant": true}},
  "agent_definitions": {"http-api--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a06": {"type": "http-api", "name": "EDR",
    "address": {"dname": ["edr.example.org"]}, "authentication_info": "oauth2--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a07"}},
  "authentication_info_definitions": {
    "oauth2--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a07": {"type": "oauth2", "oauth_header": "OAuth realm=x oauth_token=hunter3", "token": "hunter4"},
    "user-auth--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a08": {"type": "user-auth", "username": "ops", "password": "hunter5"},
    "http-basic--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a09": {"type": "http-basic", "user_id": "ops", "password": "__secret_1__:value"},
    "api-key--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a10": {"type": "api-key", "api_key": "hunter6", "password": ["hunter7"]}
  }
}"#;

#[test]
fn secrets_are_warned_of_in_their_place_and_not_repeated() {
    let document = formats::parse(LOOSE.as_bytes(), &Limits::default()).unwrap();
    let report = check(&document, &Options::default());
    let found: Vec<String> = report
        .findings
        .iter()
        .filter(|found| found.rule.starts_with("cacao.secret."))
        .map(|found| {
            format!("{} {}", found.rule, found.pointer.replace("3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a", ""))
        })
        .collect();
    assert_eq!(
        found,
        [
            "cacao.secret.plain /authentication_info_definitions/oauth2--07/oauth_header",
            "cacao.secret.plain /authentication_info_definitions/oauth2--07/token",
            "cacao.secret.plain /authentication_info_definitions/user-auth--08/password",
            "cacao.secret.variable /playbook_variables/__secret_1__/value",
            "cacao.secret.plain /authentication_info_definitions/api-key--10/api_key",
            "cacao.secret.header /workflow/action--04/commands/0/headers/Authorization",
        ]
    );
    assert!(!format!("{:?}", report.findings).contains("hunter"));
}

#[test]
fn a_stripped_playbook_is_valid_and_holds_no_secret() {
    let playbook = read(LOOSE.as_bytes(), &Limits::default()).items.remove(0);
    let (stripped, losses) = strip_secrets(&playbook);
    let written = stripped.to_string();
    assert!(!written.contains("hunter"), "{written}");
    assert!(!format!("{losses:?}").contains("hunter"));
    assert_eq!(losses.len(), 7, "{losses:#?}");
    // What was there before is not overwritten: the new variables have names of their own.
    assert!(
        written.contains("\"__secret_5__\"") && written.contains("\"token\":\"__secret_2__:value\""),
        "{written}"
    );
    let report = check(&stripped.to_json(), &Options::default());
    assert!(report.is_valid(), "{:#?}", report.findings);
    assert!(!report.findings.iter().any(|found| found.rule.starts_with("cacao.secret.")));
    assert_eq!(strip_secrets(&stripped), (stripped, Vec::new()));
}

/// Definitions that are not typed because one of them is broken are searched by names.
#[test]
fn secrets_in_what_could_not_be_typed_are_found() {
    let broken = LOOSE.replace(r#""type": "user-auth""#, r#""type": ["user-auth"]"#).replace(
        r#""api-key--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a10": {"#,
        r#""x": 7, "api-key--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f2a10": {"#,
    );
    let broken = broken.replace(r#""commands": [{"#, r#""commands": [1, {"#);
    let playbook = read(broken.as_bytes(), &Limits::default()).items.remove(0);
    assert!(playbook.authentication_info_definitions.is_empty());
    let (stripped, losses) = strip_secrets(&playbook);
    assert!(!losses.is_empty());
    assert!(!stripped.to_string().contains("hunter"), "{stripped:#}");
}
