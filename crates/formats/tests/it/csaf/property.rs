//! Whatever stands in a document: nothing panics, and what is read is written the same.

use std::fs;

use formats::{
    Limits, Profile,
    csaf::{self, Options},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::own;

/// A value of any kind, often one that the standard knows.
fn any_value() -> impl Strategy<Value = Value> {
    const KNOWN: &[&str] = &[
        "P1",
        "csaf_vex",
        "2.1",
        "known_affected",
        "self",
        "2026-05-15T12:30:00Z",
        "1.0.0",
        "vers:npm/>=1|<2",
        "",
    ];
    let leaf = prop_oneof![
        prop::sample::select(KNOWN).prop_map(|word| json!(word)),
        ".{0,12}".prop_map(|text| json!(text)),
        any::<i32>().prop_map(|number| json!(number)),
        Just(json!(null)),
        any::<bool>().prop_map(|truth| json!(truth)),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| json!(items)),
            prop::collection::vec(("[a-z_]{1,12}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Goes down by the steps and puts the value there.
fn spoil(document: &mut Value, steps: &[usize], value: &Value) {
    let Some((step, rest)) = steps.split_first() else {
        *document = value.clone();
        return;
    };
    match document {
        Value::Object(members) if !members.is_empty() => {
            let at = step % members.len();
            spoil(members.values_mut().nth(at).unwrap(), rest, value);
        }
        Value::Array(items) if !items.is_empty() => {
            let at = step % items.len();
            spoil(&mut items[at], rest, value);
        }
        _ => *document = value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn spoilt_advisories_are_checked_and_converted(
        which in 0_usize..2,
        spots in prop::collection::vec((prop::collection::vec(any::<usize>(), 1..9), any_value()), 1..4),
    ) {
        let path = &own("valid").into_iter().filter(|path| path.to_string_lossy().contains("full")).nth(which).unwrap();
        let mut document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        for (steps, value) in &spots {
            spoil(&mut document, steps, value);
        }
        let bytes = document.to_string().into_bytes();
        for profile in [Profile::Text, Profile::Schema] {
            let once = csaf::check_bytes(&bytes, &Options { profile, ..Options::default() });
            prop_assert_eq!(&once, &csaf::check_bytes(&bytes, &Options { profile, ..Options::default() }));
        }
        for advisory in csaf::read(&bytes, &Limits::default()).items {
            prop_assert_eq!(&serde_json::from_str::<Value>(&advisory.to_string()).unwrap(), &document);
            let assigner = csaf::Assigner { organisation: "x", short_name: None };
            prop_assert_eq!(csaf::to_stix(&advisory), csaf::to_stix(&advisory));
            prop_assert_eq!(csaf::to_cve(&advisory, &assigner), csaf::to_cve(&advisory, &assigner));
        }
    }
}

/// Many remediations that each refer to a large group: there is a bound, and it is told.
#[test]
fn groups_are_not_looked_into_without_end() {
    let path = own("valid").into_iter().find(|path| path.ends_with("full-2.0.json")).unwrap();
    let mut document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let ids: Vec<String> = (0..5_000).map(|number| format!("N{number}")).collect();
    let products: Vec<Value> = ids.iter().map(|id| json!({"name": id, "product_id": id})).collect();
    document["product_tree"]["full_product_names"] = json!(products);
    document["product_tree"]["product_groups"] = json!([{"group_id": "ALL", "product_ids": ids}]);
    let one = document["vulnerabilities"][0]["remediations"][0].clone();
    document["vulnerabilities"][0]["remediations"] = json!(vec![one; 250]);
    let mut options = Options::default();
    options.limits.findings = usize::MAX;
    let report = csaf::check_bytes(document.to_string().as_bytes(), &options);
    assert!(report.findings.iter().any(|found| found.rule == "csaf.groups"));
}

/// As deep as any reader goes: everything that walks down a tree comes back.
#[test]
fn the_deepest_trees_are_walked() {
    let depth = (Limits::DEEPEST - 6) / 2;
    let mut branch = json!({"category": "vendor", "name": "x", "product": {"name": "x", "product_id": "x"}});
    for _ in 0..depth {
        branch = json!({"branches": [branch], "category": "product_family", "name": "x"});
    }
    let path = own("valid").into_iter().find(|path| path.ends_with("full-2.1.json")).unwrap();
    let mut document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    document["product_tree"]["branches"] = json!([branch]);
    let bytes = document.to_string().into_bytes();
    let limits = Limits { depth: Limits::DEEPEST, ..Limits::default() };
    let report = csaf::check_bytes(&bytes, &Options { limits, ..Options::default() });
    assert!(report.findings.iter().any(|found| found.rule == "csaf.6.1.34"), "{report:#?}");
    let advisory = csaf::read(&bytes, &limits).items.remove(0);
    assert_eq!(csaf::to_stix(&advisory).items.len(), 1);
}
