//! What is said of a vulnerability and its products (6.1.6, 6.1.11, 6.1.23, 6.1.24, 6.1.29, 6.1.32, 6.1.33, 6.2.2,
//! 6.2.7, 6.2.17, 6.3.3, 6.3.4).

use std::collections::{HashMap, HashSet};

use super::{
    findings::{Findings, Test},
    status::{Status, groups, standings},
    survey::{Survey, Vulnerability, items, part, text},
    tests,
};
use crate::{
    Json,
    csaf::{
        Version, cwe,
        syntax::{Form, is_cve, time::nanoseconds},
    },
    json::short,
};

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for vulnerability in &survey.vulnerabilities {
        let place = format!("/vulnerabilities/{}", vulnerability.index);
        let cve = part(vulnerability.value, "cve").as_text();
        if let Some(cve) = cve.filter(|cve| !seen.insert(*cve)) {
            findings.fail(&tests::DOUBLE_CVE, || {
                (
                    format!("{place}/cve"),
                    format!("{} stands in the list before: make one of both", short(cve)),
                )
            });
        }
        if cve.is_none() {
            findings.fail(&tests::MISSING_CVE, || {
                (place.clone(), "cve is missing: others find a vulnerability by it".to_owned())
            });
        }
        identifiers(vulnerability.value, &place, findings);
        weaknesses(survey, vulnerability.value, &place, findings);
        status(survey, *vulnerability, &place, findings);
        involvements(survey, vulnerability.value, &place, findings);
        without_products(vulnerability.value, &place, findings);
        flags(survey, vulnerability.value, &place, findings);
    }
}

fn identifiers(value: &Json<'_>, place: &str, findings: &mut Findings) {
    for (index, id) in items(value, "ids").iter().enumerate() {
        let visible: String = text(id, "text").chars().filter(|one| !one.is_whitespace()).collect();
        if is_cve(&visible) {
            findings.fail(&tests::CVE_IN_IDS, || {
                (format!("{place}/ids/{index}"), format!("{visible} belongs into the member cve"))
            });
        }
    }
}

fn weaknesses(survey: &Survey<'_>, value: &Json<'_>, place: &str, findings: &mut Findings) {
    let single = value.get("cwe").map(|cwe| (format!("{place}/cwe"), cwe));
    let many = items(value, "cwes").iter().enumerate();
    let many = many.map(|(index, cwe)| (format!("{place}/cwes/{index}"), cwe));
    let all: Vec<_> = single.into_iter().chain(many).collect();
    if all.is_empty() {
        findings.fail(&tests::MISSING_CWE, || {
            let name = if survey.version == Version::V20 { "cwe" } else { "cwes" };
            (place.to_owned(), format!("{name} is missing: say which kind of weakness this is"))
        });
    }
    for (place, cwe) in all {
        let (id, name) = (text(cwe, "id"), text(cwe, "name"));
        if !Form::Cwe.fits(id) {
            continue;
        }
        let say = |why: String| move || (place, why);
        match cwe::names(id) {
            None => findings.fail(&tests::CWE, say(format!("there is no {id} in the list of weaknesses"))),
            Some(names) if names.iter().all(|known| known != &name) => {
                let latest = names.last().copied().unwrap_or_default();
                findings.fail(&tests::CWE, say(format!("{id} is called \"{latest}\"")));
            }
            Some(_) => {}
        }
    }
}

fn status(survey: &Survey<'_>, vulnerability: Vulnerability<'_>, place: &str, findings: &mut Findings) {
    let standings = standings(vulnerability);
    for (product, groups) in groups(&standings) {
        if groups.len() > 1 {
            findings.fail(&tests::CONTRADICTING_STATUS, || {
                let names: Vec<&str> = groups.iter().map(|group| group.name()).collect();
                let message =
                    format!("\"{}\" is {} at once: decide for one", short(product), names.join(" and "));
                (format!("{place}/product_status"), message)
            });
        }
    }
    let remediations = items(vulnerability.value, "remediations");
    let helped: HashSet<&str> = remediations.iter().flat_map(|one| survey.products_of(one)).collect();
    let open = |status| matches!(status, Status::Affected | Status::UnderInvestigation);
    for standing in standings.iter().filter(|standing| open(standing.status)) {
        if !helped.contains(standing.product) {
            findings.fail(&tests::MISSING_REMEDIATION, || {
                let message = format!(
                    "\"{}\" is {} and has no remediation: say what to do, if only that there is none yet",
                    short(standing.product),
                    standing.status.name()
                );
                (standing.place.clone(), message)
            });
        }
    }
}

fn involvements(survey: &Survey<'_>, value: &Json<'_>, place: &str, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for (index, involvement) in items(value, "involvements").iter().enumerate() {
        let date = part(involvement, "date").as_text();
        let instant = date.and_then(nanoseconds);
        let mut products: Vec<&str> = match survey.version {
            Version::V20 => Vec::new(),
            Version::V21 => survey.products_of(involvement).into_iter().collect(),
        };
        products.sort_unstable();
        let party = text(involvement, "party");
        if !seen.insert((party, instant, products)) {
            findings.fail(&tests::DOUBLE_INVOLVEMENT, || {
                let message =
                    format!("the {} is involved at this date before: make one of both", short(party));
                (format!("{place}/involvements/{index}"), message)
            });
        }
        if date.is_none() {
            findings.fail(&tests::INVOLVEMENT_DATE, || {
                (format!("{place}/involvements/{index}"), "date is missing: say since when".to_owned())
            });
        }
    }
}

fn without_products(value: &Json<'_>, place: &str, findings: &mut Findings) {
    let lists: [(&str, &Test); 2] =
        [("remediations", &tests::REMEDIATION_PRODUCT), ("flags", &tests::FLAG_PRODUCT)];
    for (list, test) in lists {
        for (index, item) in items(value, list).iter().enumerate() {
            if item.get("product_ids").is_none() && item.get("group_ids").is_none() {
                findings.fail(test, || {
                    let message =
                        "product_ids and group_ids are missing: say for which products this is".to_owned();
                    (format!("{place}/{list}/{index}"), message)
                });
            }
        }
    }
}

/// One justification for a product (6.1.33).
fn flags(survey: &Survey<'_>, value: &Json<'_>, place: &str, findings: &mut Findings) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, flag) in items(value, "flags").iter().enumerate() {
        let mut products: Vec<&str> = survey.products_of(flag).into_iter().collect();
        products.sort_unstable();
        let twice = products.into_iter().filter(|product| *first.entry(product).or_insert(index) != index);
        if let Some(product) = twice.last() {
            findings.fail(&tests::DOUBLE_FLAG, || {
                let message =
                    format!("\"{}\" has a flag before: one justification for a product", short(product));
                (format!("{place}/flags/{index}"), message)
            });
        }
    }
}
