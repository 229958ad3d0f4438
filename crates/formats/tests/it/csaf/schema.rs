//! The profile `schema` against the published schemas themselves: the same verdict on samples, and on samples with
//! something spoilt.

use std::{fs, path::Path};

use formats::{
    Limits, Profile,
    csaf::{Options, Version, check_bytes},
};
use serde_json::{Value, json};

use super::own;
use crate::{files, shared};

/// Values at the edges of the patterns.
fn odd_values() -> Vec<Value> {
    let mut values: Vec<Value> = ODD_TEXTS.iter().flat_map(|text| [json!(text), json!([text])]).collect();
    values.extend([
        json!(null),
        json!(true),
        json!(0),
        json!(-0.1),
        json!(0.05),
        json!(7.55),
        json!(9.3),
        json!(10),
        json!(10.1),
        json!([]),
        json!({}),
        json!([0]),
        json!(["a", "a"]),
        json!(["a", "b"]),
        json!([{}]),
        json!([{"text": "x"}]),
        json!([[]]),
        json!({"a": 1}),
        json!({"a": 1, "b": 2, "c": 3}),
        json!({"text": "x"}),
        json!([null]),
        json!([{"category": "external", "summary": "x", "url": "y"}]),
        json!({"label": "AMBER"}),
        json!({"category": "other", "name": "x", "product": {"name": "x", "product_id": "y"}}),
        json!({"version": "3.0", "vectorString": "CVSS:3.0/AV:N", "baseScore": 1, "baseSeverity": "LOW"}),
    ]);
    values
}

/// Every place in a document.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places(member, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    if !at.is_empty() {
        found.push(at.to_owned());
    }
}

fn json_at(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Puts the schemas that another refers to into it, so that the validator needs no net.
fn with_referred(mut schema: Value, folder: &Path) -> Value {
    let parts = [
        ("https://www.first.org/cvss/cvss-v2.0.json", "cvss/cvss-v2.0.json"),
        ("https://www.first.org/cvss/cvss-v3.0.json", "cvss/cvss-v3.0.json"),
        ("https://www.first.org/cvss/cvss-v3.1.json", "cvss/cvss-v3.1.json"),
        ("https://www.first.org/cvss/cvss-v4.0.json", "cvss/cvss-v4.0.json"),
        (
            "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/extension-content.json",
            "csaf_2.1/extension-content.json",
        ),
    ];
    for (number, (address, file)) in parts.into_iter().enumerate() {
        let mut part = json_at(&folder.join(file));
        redirect(&mut part, &|target| {
            let name = target.rsplit('/').next().unwrap();
            format!("#/$defs/part{number}_{name}")
        });
        for list in ["definitions", "$defs"] {
            if let Some(Value::Object(members)) = part.as_object_mut().unwrap().remove(list) {
                for (name, member) in members {
                    schema["$defs"][format!("part{number}_{name}")] = member;
                }
            }
        }
        part.as_object_mut().unwrap().retain(|name, _| !matches!(name.as_str(), "$schema" | "$id" | "id"));
        schema["$defs"][format!("part{number}")] = part;
        redirect(&mut schema, &|target| {
            if target == address { format!("#/$defs/part{number}") } else { target.to_owned() }
        });
    }
    let metaschema = json_at(&folder.join("csaf_2.1/extension-metaschema.json"));
    schema["$defs"]["part4_content_schema_t"] = metaschema["$defs"]["content_schema_t"].clone();
    // The schema of SSVC is not at hand.
    schema["$defs"]["ssvc"] = json!({"type": "object"});
    redirect(&mut schema, &|target| {
        if target.contains("SSVC") { "#/$defs/ssvc".to_owned() } else { target.to_owned() }
    });
    // The keywords are those of 2020-12, the vocabulary of 2.1 only asserts formats besides.
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema
}

fn redirect(schema: &mut Value, change: &dyn Fn(&str) -> String) {
    match schema {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match (name.as_str(), member.as_str()) {
                    ("$ref", Some(target)) => *member = json!(change(target)),
                    _ => redirect(member, change),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn compare(version: Version, validator: &jsonschema::Validator, document: &Value) -> bool {
    let options = Options { profile: Profile::Schema, version: Some(version), limits: Limits::default() };
    let report = check_bytes(document.to_string().as_bytes(), &options);
    let theirs = validator.is_valid(document);
    assert_eq!(
        report.is_valid(),
        theirs,
        "{}: we find {:#?}, they find {:#?}",
        version.text(),
        report.findings,
        validator
            .iter_errors(document)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect::<Vec<_>>()
    );
    theirs
}

#[test]
fn the_profile_schema_says_what_the_published_schemas_say() {
    let Some(folder) = shared("standards/csaf") else { return };
    let mut seeds: Vec<Value> = own("valid").iter().map(|path| json_at(path)).collect();
    for path in files(&folder.join("samples"), ".json") {
        // The large one has nothing in it that the others lack.
        if !path.to_string_lossy().contains("cisco") {
            seeds.push(json_at(&path));
        }
    }
    let odd = odd_values();
    let (mut compared, mut valid) = (0, 0);
    for (version, file) in
        [(Version::V20, "csaf_2.0/csaf_json_schema.json"), (Version::V21, "csaf_2.1/csaf.json")]
    {
        let schema = with_referred(json_at(&folder.join(file)), &folder);
        let validator = jsonschema::options().should_validate_formats(false).build(&schema).unwrap();
        for seed in &seeds {
            let is_its_own = seed["document"]["csaf_version"] == version.text();
            compare(version, &validator, seed);
            if !is_its_own {
                continue;
            }
            let mut all = Vec::new();
            places(seed, "", &mut all);
            let is_full = all.len() > 200;
            for (at, place) in all.iter().enumerate() {
                // Every odd value meets every kind of place of the full documents sooner or later.
                let step = if is_full { 53 } else { 97 };
                for value in odd.iter().skip(at % step).step_by(step) {
                    let mut spoilt = seed.clone();
                    *spoilt.pointer_mut(place).unwrap() = value.clone();
                    valid += usize::from(compare(version, &validator, &spoilt));
                    compared += 1;
                }
                let mut changed = seed.clone();
                let (parent, name) = place.rsplit_once('/').unwrap();
                if let Some(Value::Object(members)) = changed.pointer_mut(parent) {
                    let kept = members.remove(name).unwrap();
                    valid += usize::from(compare(version, &validator, &changed));
                    changed.pointer_mut(parent).unwrap()[format!("{name}x")] = kept;
                    valid += usize::from(compare(version, &validator, &changed));
                    compared += 2;
                }
            }
        }
    }
    assert!(compared > 2_500 && valid > 400, "{compared} compared, {valid} valid");
}

/// Texts at the edges of the patterns.
const ODD_TEXTS: &[&str] = &[
    "",
    " ",
    "x",
    "a b",
    "_a",
    "a.",
    "a\nb",
    "1",
    "01",
    "1.2.3",
    "1.2.3-rc.1+b",
    "1.2.3-01",
    "0",
    "2.0",
    "2.1",
    "3.0",
    "3.1",
    "de",
    "de-",
    "en-US-x-y",
    "zh-cmn-Hans-CN",
    "i-default",
    "x-",
    "a-DE",
    "CVE-2026-123",
    "CVE-2026-12345",
    "CWE-0",
    "CWE-1234567",
    "cpe:/a:b:c:1.0",
    "cpe:/a:b:c:1:2:3:4:5",
    "CPE:/",
    "cpe:2.3:a:b:c:1.0:*:*:*:*:*:*:*",
    "cpe:2.3:a:b:c\\:d:?1.0??:*:*:de-AT:*:*:*:*",
    "cpe:2.3:a:b:c:1.0:*:*:*:*:*:*",
    "cpe:2.3:x:b:c:1:*:*:*:*:*:*:*",
    "cpe:2.3:a:b*:c\\**:*:*:*:*:*:*:*:*",
    "cpe:2.3:a:**b:c:*:*:*:*:*:*:*:*",
    "cpe:2.3:a:b:c:*:*:*:deutsch:*:*:*:*",
    "pkg:npm/left-pad@1.3.0",
    "pkg:Npm/a",
    "pkg:/a",
    "pkg:npm/",
    "pkg:npm/\n",
    "d41d8cd98f00b204e9800998ecf8427e",
    "D41D8CD98F00B204E9800998ECF8427E",
    "d41d8",
    "sha256",
    "SHA-256",
    "AV:N/AC:L/Au:N/C:P/I:P/A:P",
    "AV:N/AV:L",
    "AV:N/",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.0/AV:N/AV:N",
    "CVSS:3.1/AV:X",
    "CVSS:3.1/CR:H/MS:X",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/MSI:S/U:Clear",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MSC:S",
    "CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
    "NETWORK",
    "LOW",
    "HIGH",
    "NOT_DEFINED",
    "CRITICAL",
    "NONE",
    "SAFETY",
    "vendor",
    "final",
    "external",
    "legacy",
    "fix_planned",
    "WHITE",
    "CLEAR",
    "0.5",
    "1.0",
    "1.01",
    ".5",
    "00000000-0000-0000-0000-000000000000",
    "5868d6ea-0c2e-4f3b-9a5a-0c7d7a2f6b11",
    "5868d6ea-0c2e-1f3b-9a5a-0c7d7a2f6b11",
    "4.13",
    "4.013",
    "4.1.2.3",
    "10.0.01",
    "https://example.com/a/b_1.0.0.json",
    "https://example.com/b_1.0.json",
    "http://example.com/b_1.0.0.json",
    "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/extension-content.json_1.0.0.json",
];
