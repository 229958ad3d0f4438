//! The samples of others: cases of the reference validator, examples, ATT&CK and ATLAS.

use std::{fs, path::Path};

use formats::{
    Finding, Json, Limits, Severity, parse,
    stix::{Options, check, check_bytes},
};

use crate::{files, shared};

fn json(path: &Path) -> Json<'static> {
    parse(&fs::read(path).unwrap(), &Limits::default()).unwrap().into_owned()
}

/// The names and codes of the recommendations that a case switches off.
fn words(options: &Json<'_>, name: &str) -> Vec<String> {
    let listed = |value: &Json<'_>| match value {
        Json::Text(text) => text.split(',').map(str::to_owned).collect(),
        Json::List(items) => items.iter().filter_map(Json::as_text).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    options.get(name).map(listed).unwrap_or_default()
}

/// Code and name of a rule such as `stix.213.identity-class`.
fn code(finding: &Finding) -> Option<(&str, &str)> {
    let (code, name) = finding.rule.strip_prefix("stix.")?.split_once('.')?;
    code.parse::<u16>().ok().map(|_| (code, name))
}

/// Where we judge otherwise than the reference validator, and the section that decides.
const OTHERWISE: &[(&str, usize, &str)] = &[
    ("test_network_traffic_", 8, "2.9: the identifier referred to has a UUID of 35 digits"),
    ("test_pattern_custom_object_noprefix", 2, "11: a type without x- is no error"),
];

/// Recommendations that the case has and we give under another code.
const OTHER_CODE: &[(&str, &str)] =
    &[("test_observable_object_extensions_prefix_lax", "x-foobar does begin with x-: 101, not 102")];

#[test]
fn all_cases_of_the_reference_validator_have_its_verdict() {
    let Some(path) = shared("samples/stix2.1/validator-cases.json") else { return };
    let cases = json(&path);
    let cases = cases.as_list().unwrap();
    assert_eq!(cases.len(), 240);
    let mut wrong = Vec::new();
    let mut otherwise = 0;
    for case in cases {
        let name = case.get("test").unwrap().as_text().unwrap();
        let options = case.get("options").unwrap();
        let expected = case.get("valid") == Some(&Json::Bool(true));
        let report = check(case.get("instance").unwrap(), &Options::default());
        let disabled = words(options, "disabled");
        let is_on = |finding: &Finding| {
            code(finding).is_none_or(|(code, name)| {
                !disabled.iter().any(|word| word == name || code.starts_with(word.as_str()))
            })
        };
        let strict = options.get("strict") == Some(&Json::Bool(true));
        let valid = !report.findings.iter().any(|finding| match finding.severity {
            Severity::Error => true,
            Severity::Warning => strict && is_on(finding),
            Severity::Note => false,
        });
        if valid != expected {
            if OTHERWISE.iter().any(|(other, ..)| name.contains(other)) {
                otherwise += 1;
                continue;
            }
            let reasons = case.get("reasons").unwrap();
            wrong.push(format!(
                "{name}: {reasons}\n{:#?}\n{}",
                report.findings,
                case.get("instance").unwrap()
            ));
        }
        // The warnings of the case are among ours.
        let warnings = case.get("warnings").unwrap().as_list().unwrap();
        for warning in warnings.iter().filter_map(Json::as_text) {
            let wanted =
                warning.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(code, _)| code);
            let Some(wanted) = wanted else { continue };
            if OTHER_CODE.iter().any(|(other, _)| name.contains(other)) {
                continue;
            }
            if !report.findings.iter().any(|finding| code(finding).is_some_and(|(code, _)| code == wanted)) {
                wrong.push(format!("{name}: no {wanted}: {:#?}", report.findings));
            }
        }
    }
    assert_eq!(otherwise, OTHERWISE.iter().map(|(_, count, _)| count).sum::<usize>());
    assert!(wrong.is_empty(), "{} of 240 differ:\n{}", wrong.len(), wrong.join("\n"));
}
#[test]
fn examples_are_as_the_standard_says() {
    let Some(folder) = shared("samples/stix2.1") else { return };
    for name in [
        "oasis-examples",
        "cti-documentation",
        "attack",
        "atlas",
        "incident-extension",
        "coa-playbook-extension",
    ] {
        for path in files(&folder.join(name), ".json") {
            let report = check_bytes(&fs::read(&path).unwrap(), &Options::default());
            let errors: Vec<_> = report
                .findings
                .iter()
                .filter(|found| found.severity == Severity::Error)
                .map(|f| format!("{} {} {}", f.rule, f.pointer, f.message))
                .take(6)
                .collect();
            println!(
                "{} {} errors {errors:#?} unlisted {}",
                path.display(),
                report.findings.len(),
                report.unlisted
            );
        }
    }
}
