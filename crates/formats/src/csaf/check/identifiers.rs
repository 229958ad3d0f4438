//! Products and groups: defined once, defined at all, used (6.1.1 to 6.1.5, 6.2.1; of 2.1: 6.3.22).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    findings::Findings,
    survey::{Survey, items, part, text},
    tests,
};
use crate::json::short;

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    let (products, groups) = survey.uses();
    let defined: HashSet<&str> = survey.products.iter().map(|product| product.id).collect();
    for used in products.iter().filter(|used| !defined.contains(used.id)) {
        findings.fail(&tests::UNDEFINED_PRODUCT, || {
            let why = "no product of the tree has this product_id: define it there, or mend the name";
            (used.place.clone(), format!("\"{}\": {why}", short(used.id)))
        });
    }
    doubled_products(survey, findings);
    circles(survey, findings);
    nested(survey, findings);
    for used in groups.iter().filter(|used| !survey.groups.contains_key(used.id)) {
        findings.fail(&tests::UNDEFINED_GROUP, || {
            let why = "no product group has this group_id: define it in the tree, or mend the name";
            (used.place.clone(), format!("\"{}\": {why}", short(used.id)))
        });
    }
    doubled_groups(survey, findings);
    if survey.category != "csaf_informational_advisory" {
        let used: HashSet<&str> = products.iter().map(|used| used.id).collect();
        for product in survey.products.iter().filter(|product| !used.contains(product.id)) {
            findings.fail(&tests::UNUSED_PRODUCT, || {
                let why = "nothing refers to this product: give it a status, or leave it away";
                (format!("{}/product_id", product.place), format!("\"{}\": {why}", short(product.id)))
            });
        }
    }
}

fn doubled_products(survey: &Survey<'_>, findings: &mut Findings) {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for product in &survey.products {
        if let Some(before) = first.get(product.id) {
            findings.fail(&tests::DOUBLE_PRODUCT, || {
                let message = format!(
                    "\"{}\" is defined at {before} already: each id is one product",
                    short(product.id)
                );
                (format!("{}/product_id", product.place), message)
            });
        } else {
            first.insert(product.id, &product.place);
        }
    }
}

fn doubled_groups(survey: &Survey<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for (index, group) in items(survey.tree, "product_groups").iter().enumerate() {
        let Some(id) = part(group, "group_id").as_text() else { continue };
        if !seen.insert(id) {
            findings.fail(&tests::DOUBLE_GROUP, || {
                let message = format!("the group \"{}\" is defined before: each id is one group", short(id));
                (format!("/product_tree/product_groups/{index}/group_id"), message)
            });
        }
    }
}

/// What a relationship or a path is made of must not be made of itself.
fn circles(survey: &Survey<'_>, findings: &mut Findings) {
    let edges = edges(survey);
    let mut done: HashSet<&str> = HashSet::new();
    for start in &survey.products {
        if done.contains(start.id) {
            continue;
        }
        // The way from the start, each with the number of the next edge to take.
        let mut way: Vec<(&str, usize)> = vec![(start.id, 0)];
        let mut open: HashSet<&str> = HashSet::from([start.id]);
        while let Some((id, next)) = way.last_mut() {
            let found = edges.get(id).and_then(|edges| edges.get(*next));
            let Some((target, place)) = found else {
                done.insert(id);
                open.remove(id);
                way.pop();
                continue;
            };
            *next += 1;
            if open.contains(target) {
                findings.fail(&tests::CIRCULAR_PRODUCT, || {
                    let message =
                        format!("\"{}\" is made of itself: a product refers to others only", short(target));
                    (place.clone(), message)
                });
            } else if !done.contains(target) {
                open.insert(target);
                way.push((target, 0));
            }
        }
    }
}

/// A path that is made of paths (CSAF 2.1, 6.3.22).
fn nested(survey: &Survey<'_>, findings: &mut Findings) {
    let paths = items(survey.tree, "product_paths");
    let defined: HashSet<&str> =
        paths.iter().map(|path| text(part(path, "full_product_name"), "product_id")).collect();
    if paths.is_empty() {
        return;
    }
    let edges = edges(survey);
    for (target, place) in edges.values().flatten().filter(|(target, _)| defined.contains(target)) {
        findings.fail(&tests::NESTED_PATH, || {
            (
                place.clone(),
                format!("\"{}\" is a path itself: write one path with all its steps", short(target)),
            )
        });
    }
}

type Edges<'d> = BTreeMap<&'d str, Vec<(&'d str, String)>>;

fn edges<'d>(survey: &Survey<'d>) -> Edges<'d> {
    let mut edges = Edges::new();
    for (index, value) in items(survey.tree, "relationships").iter().enumerate() {
        let from = edges.entry(text(part(value, "full_product_name"), "product_id")).or_default();
        for name in ["product_reference", "relates_to_product_reference"] {
            from.push((text(value, name), format!("/product_tree/relationships/{index}/{name}")));
        }
    }
    for (index, value) in items(survey.tree, "product_paths").iter().enumerate() {
        let from = edges.entry(text(part(value, "full_product_name"), "product_id")).or_default();
        let place = format!("/product_tree/product_paths/{index}");
        let name = "beginning_product_reference";
        from.push((text(value, name), format!("{place}/{name}")));
        for (step, value) in items(value, "subpaths").iter().enumerate() {
            let name = "next_product_reference";
            from.push((text(value, name), format!("{place}/subpaths/{step}/{name}")));
        }
    }
    edges
}
