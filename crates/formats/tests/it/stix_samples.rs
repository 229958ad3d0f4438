//! The samples of others: cases of the reference validator, examples, ATT&CK and ATLAS.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use formats::{
    Finding, Json, Limits, Severity, parse,
    stix::{Options, check},
};

use crate::shared;

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
fn code(finding: &Finding) -> Option<(&'static str, &'static str)> {
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

/// File, objects, objects with an error, and by code the objects with such a warning: what stix2-validator 3.2.0
/// says of them. In one file of ATLAS it warns of one relationship more: the Incident Extension Suite suggests that
/// an incident targets an identity.
type Verdict = (&'static str, usize, usize, &'static [(&'static str, usize)]);

const EXAMPLES: &[Verdict] = &[
    ("oasis-examples/indicator-for-c2-ip-address.json", 1, 0, &[]),
    ("oasis-examples/indicator-to-campaign-relationship.json", 3, 0, &[]),
    ("oasis-examples/indicators-for-C2-with-COA.json", 8, 0, &[]),
    ("oasis-examples/infrastructure.json", 10, 0, &[("103", 2)]),
    ("oasis-examples/interop-objectmarking-test.json", 1, 0, &[]),
    ("oasis-examples/malicious-email-indicator-with-attachment.json", 6, 0, &[]),
    ("oasis-examples/threat-reports/apt1.json", 76, 0, &[("302", 6)]),
    ("oasis-examples/threat-reports/poisonivy.json", 155, 0, &[("302", 1)]),
    ("cti-documentation/apt1.json", 76, 0, &[("302", 6)]),
    ("cti-documentation/defining-campaigns-threat-actors-intrusion-sets.json", 26, 0, &[("302", 3)]),
    ("cti-documentation/identifying-a-threat-actor-profile.json", 3, 0, &[]),
    ("cti-documentation/indicator-for-malicious-url.json", 3, 0, &[]),
    ("cti-documentation/malware-indicator-for-file-hash.json", 3, 0, &[]),
    ("cti-documentation/poisonivy.json", 155, 0, &[("302", 1)]),
    ("cti-documentation/sighting-of-an-indicator.json", 4, 0, &[]),
    ("cti-documentation/sighting-of-observed-data.json", 8, 0, &[]),
    ("cti-documentation/threat-actor-leveraging-attack-patterns-and-malware.json", 7, 0, &[("302", 1)]),
    ("cti-documentation/using-granular-markings.json", 4, 0, &[]),
    ("cti-documentation/using-marking-definitions.json", 4, 0, &[]),
    ("incident-extension/incident-core-example.json", 1, 0, &[]),
    ("coa-playbook-extension/bundle--b52036d3-4b50-4f29-bb5d-943f3417ff21.json", 3, 0, &[("302", 1)]),
    ("coa-playbook-extension/course-of-action--e06259ad-a154-4e23-bc0a-e229ccb3456f.json", 1, 0, &[]),
    (
        "atlas/AMLCS0010__Microsoft_Azure_Service_Disruption_full.json",
        13,
        1,
        &[("103", 12), ("218", 1), ("302", 10), ("401", 11)],
    ),
    (
        "atlas/AMLCS0011__Microsoft_Edge_AI_Evasion_full.json",
        10,
        1,
        &[("103", 9), ("218", 1), ("302", 7), ("401", 8)],
    ),
    (
        "atlas/AMLCS0012__Face_Identification_System_Evasion_via_Physical_Countermeasures_full.json",
        14,
        1,
        &[("103", 13), ("218", 1), ("302", 11), ("401", 12)],
    ),
    (
        "atlas/AMLCS0017_Report-New_Jersey_Man_Indicted_in_Fraud_Scheme_to_Steal_California_Unemployment.json",
        19,
        4,
        &[("103", 10), ("111", 1), ("202", 4), ("227", 1), ("302", 5), ("401", 17)],
    ),
    (
        "atlas/AMLCS0018_Report-Careful_Who_You_Colab_With__abusing_google_colaboratory_full.json",
        32,
        15,
        &[("103", 17), ("111", 2), ("202", 9), ("227", 2), ("302", 10), ("401", 30)],
    ),
    (
        "atlas/AMLCS0019_Report-PoisonGPT__How_We_Hid_a_Lobotomized_LLM_on_Hugging_Face_to_Spread_Fake_News_full.json",
        27,
        14,
        &[("103", 13), ("111", 2), ("202", 8), ("227", 2), ("302", 10), ("401", 25)],
    ),
    (
        "atlas/AMLCS0020_Report-Indirect_Prompt_Injection_Threats__Bing_Chat_Data_Pirate_full.json",
        16,
        7,
        &[("103", 9), ("111", 1), ("202", 5), ("227", 1), ("302", 5), ("401", 14)],
    ),
    ("atlas/stix-atlas.json", 538, 2, &[("103", 538), ("202", 69), ("302", 222), ("401", 188)]),
    ("attack/ics-attack-18.1.json", 1826, 0, &[("202", 770), ("302", 829), ("401", 1825)]),
];

#[test]
fn examples_have_the_verdict_of_the_reference_validator() {
    let Some(folder) = shared("samples/stix2.1") else { return };
    let mut wrong = Vec::new();
    for (file, count, faulty, warned) in EXAMPLES {
        let document = json(&folder.join(file));
        let objects =
            document.get("objects").and_then(Json::as_list).unwrap_or(std::slice::from_ref(&document));
        let mut invalid = 0;
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for object in objects {
            let report = check(
                object,
                &Options { limits: Limits { findings: 10_000, ..Limits::default() }, ..Options::default() },
            );
            invalid += usize::from(!report.is_valid());
            let of_object: BTreeSet<&str> = report
                .findings
                .iter()
                .filter(|found| found.severity == Severity::Warning)
                .filter_map(code)
                .map(|(code, _)| code)
                .collect();
            of_object.into_iter().for_each(|code| *codes.entry(code).or_default() += 1);
        }
        let expected: BTreeMap<&str, usize> = warned.iter().copied().collect();
        if (objects.len(), invalid, &codes) != (*count, *faulty, &expected) {
            wrong.push(format!(
                "{file}: {} objects, {invalid} invalid, {codes:?}; expected {count}, {faulty}, {expected:?}",
                objects.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
