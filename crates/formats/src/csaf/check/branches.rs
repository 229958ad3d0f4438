//! Branches of the product tree (6.1.31, 6.2.18, 6.3.9 to 6.3.11; of 2.1: 6.1.34, 6.1.50, 6.1.57 to 6.1.59,
//! 6.2.48).

use std::collections::HashSet;

use super::{
    findings::Findings,
    survey::{Branch, Product, Survey},
    tests,
};
use crate::{
    csaf::{Version, syntax::vers},
    json::short,
};

/// How deep branches may nest (CSAF 2.1, 6.1.34).
const DEEPEST: usize = 30;

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for branch in &survey.branches {
        match branch.category {
            "product_version" => version(branch, findings),
            "product_version_range" => range(survey, branch, findings),
            "vendor" if survey.version == Version::V21 => vendor(branch, findings),
            _ => {}
        }
        if survey.version == Version::V21 && branch.depth == DEEPEST + 1 {
            findings.fail(&tests::BRANCH_DEPTH, || {
                (branch.place.clone(), format!("branches nest {DEEPEST} deep at most: flatten the tree"))
            });
        }
    }
    for product in survey.products.iter().filter(|product| product.branch.is_some()) {
        trail(survey, product, findings);
    }
}

fn version(branch: &Branch<'_>, findings: &mut Findings) {
    let place = || format!("{}/name", branch.place);
    if vers::smells_of_range(branch.name) {
        findings.fail(&tests::RANGE_IN_VERSION, || {
            let why = "a product_version is one version: use product_version_range with a vers";
            (place(), format!("\"{}\": {why}", short(branch.name)))
        });
    }
    let mut signs = branch.name.chars();
    let is_v = matches!(signs.next(), Some('v' | 'V'));
    if is_v && signs.next().is_some_and(|sign| sign.is_ascii_digit()) {
        findings.fail(&tests::V_AS_VERSION, || {
            (place(), format!("\"{}\": leave the v away, it hinders comparing", short(branch.name)))
        });
    }
}

fn range(survey: &Survey<'_>, branch: &Branch<'_>, findings: &mut Findings) {
    let place = || format!("{}/name", branch.place);
    let name = || short(branch.name);
    if !vers::is_vers(branch.name) {
        findings.fail(&tests::RANGE_WITHOUT_VERS, || {
            (place(), format!("\"{}\" is no vers: write as vers:generic/>=1.0|<1.4", name()))
        });
    }
    findings.fail(&tests::VERSION_RANGE, || {
        (place(), format!("\"{}\" is a range: name the versions one by one where they are known", name()))
    });
    if survey.version == Version::V20 {
        return;
    }
    if let Some(why) = vers::flaw(branch.name) {
        findings.fail(&tests::RANGE_RULES, || (place(), format!("\"{}\": {why}", name())));
    }
    if vers::is_single(branch.name) {
        findings.fail(&tests::SINGLE_AS_RANGE, || {
            (place(), format!("\"{}\" is one version: use product_version", name()))
        });
    }
}

fn vendor(branch: &Branch<'_>, findings: &mut Findings) {
    let letters: String = branch.name.chars().filter(|one| one.is_alphanumeric()).collect();
    if letters.eq_ignore_ascii_case("opensource") {
        findings.fail(&tests::OPEN_SOURCE_VENDOR, || {
            (format!("{}/name", branch.place), "name the project as vendor; open source is none".to_owned())
        });
    }
}

fn trail(survey: &Survey<'_>, product: &Product<'_>, findings: &mut Findings) {
    let mut categories: Vec<&str> = survey.above(product.branch).map(|branch| branch.category).collect();
    categories.reverse();
    let mut rest = categories.iter();
    let wanted = ["vendor", "product_name", "product_version"];
    if !wanted.iter().all(|wanted| rest.any(|category| category == wanted)) {
        findings.fail(&tests::BRANCH_CATEGORIES, || {
            let way = if categories.is_empty() { "nothing".to_owned() } else { categories.join(", ") };
            let message =
                format!("above it stand {way}: let vendor, product_name and product_version lead to it");
            (product.place.clone(), message)
        });
    }
    if survey.version == Version::V20 {
        return;
    }
    let mut seen = HashSet::new();
    let families = |category: &&&str| **category != "product_family";
    if let Some(twice) = categories.iter().filter(families).find(|category| !seen.insert(**category)) {
        findings.fail(&tests::STACKED_BRANCHES, || {
            (
                product.place.clone(),
                format!("two branches above it are a {twice}: only product_family may repeat"),
            )
        });
    }
    if seen.contains("product_version") && seen.contains("product_version_range") {
        findings.fail(&tests::VERSION_AND_RANGE, || {
            let message = "a version and a range of versions lead to it: keep one of them".to_owned();
            (product.place.clone(), message)
        });
    }
}
