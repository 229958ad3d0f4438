//! Tests that only 2.1 has: dates (6.1.45, 6.1.52, 6.1.53, 6.1.62) and remediations (6.1.35, 6.1.36,
//! 6.2.27).

use std::collections::{BTreeMap, HashMap};

use super::{
    findings::{Findings, Test},
    status::{Status, standings},
    survey::{Survey, Vulnerability, items, part, text},
    tests,
};
use crate::{Json, csaf::syntax::time::nanoseconds, json::short};

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    let history = items(survey.tracking, "revision_history").iter();
    let newest = history.filter_map(|item| nanoseconds(text(item, "date"))).max();
    // Nothing is known better than at the last revision.
    let released = newest.filter(|_| survey.is_released());
    let label = text(part(part(survey.document, "distribution"), "tlp"), "label");
    let public = released.filter(|_| label == "CLEAR");
    for vulnerability in &survey.vulnerabilities {
        let place = format!("/vulnerabilities/{}", vulnerability.index);
        let value = vulnerability.value;
        let disclosure = nanoseconds(text(value, "disclosure_date"));
        later(&tests::DISCLOSURE_DATE, (disclosure, public), || format!("{place}/disclosure_date"), findings);
        let discovery = nanoseconds(text(value, "discovery_date"));
        let until = released.into_iter().chain(disclosure).min();
        later(&tests::DISCOVERY_DATE, (discovery, until), || format!("{place}/discovery_date"), findings);
        exploitations(value, &place, released, findings);
        remediations(survey, *vulnerability, findings);
    }
    super::metrics::check(survey, released, findings);
}

pub fn later(
    test: &Test,
    (at, limit): (Option<i128>, Option<i128>),
    place: impl FnOnce() -> String,
    findings: &mut Findings,
) {
    if at.zip(limit).is_some_and(|(at, limit)| at > limit) {
        findings.fail(test, || {
            let message = "this is later than the last revision, or than the date that it comes before: mend one of both";
            (place(), message.to_owned())
        });
    }
}

fn exploitations(value: &Json<'_>, place: &str, released: Option<i128>, findings: &mut Findings) {
    for (index, item) in items(value, "first_known_exploitation_dates").iter().enumerate() {
        let place = format!("{place}/first_known_exploitation_dates/{index}");
        let (date, exploitation) =
            (nanoseconds(text(item, "date")), nanoseconds(text(item, "exploitation_date")));
        for (name, at) in [("date", date), ("exploitation_date", exploitation)] {
            later(&tests::EXPLOITATION_DATES, (at, released), || format!("{place}/{name}"), findings);
        }
        later(
            &tests::EXPLOITATION_ORDER,
            (exploitation, date),
            || format!("{place}/exploitation_date"),
            findings,
        );
    }
}

/// What cannot be true beside any other category (6.1.35).
const ALONE: [&str; 2] = ["none_available", "optional_patch"];
/// Of these one only.
const ONE_OF: [&str; 3] = ["no_fix_planned", "fix_planned", "vendor_fix"];

fn remediations(survey: &Survey<'_>, vulnerability: Vulnerability<'_>, findings: &mut Findings) {
    let mut statuses: HashMap<&str, Vec<Status>> = HashMap::new();
    for standing in standings(vulnerability) {
        statuses.entry(standing.product).or_default().push(standing.status);
    }
    let mut categories: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (index, item) in items(vulnerability.value, "remediations").iter().enumerate() {
        let place = || format!("/vulnerabilities/{}/remediations/{index}", vulnerability.index);
        let category = text(item, "category");
        let mut products: Vec<&str> = survey.products_of(item).into_iter().collect();
        products.sort_unstable();
        let clashing = |product: &&&str| {
            let earlier = categories.get(**product).map(Vec::as_slice).unwrap_or_default();
            earlier.iter().any(|other| clashes(other, category))
        };
        if let Some(product) = products.iter().find(clashing) {
            findings.fail(&tests::CONTRADICTING_REMEDIATIONS, || {
                (place(), format!("{category} contradicts another remediation of \"{}\"", short(product)))
            });
        }
        let wrong = |product: &&&str| {
            statuses
                .get(**product)
                .is_some_and(|all| all.iter().any(|status| is_prohibited(*status, category)))
        };
        if let Some(product) = products.iter().find(wrong) {
            findings.fail(&tests::STATUS_AGAINST_REMEDIATION, || {
                (place(), format!("{category} contradicts the status of \"{}\"", short(product)))
            });
        }
        let odd = |product: &&&str| {
            statuses
                .get(**product)
                .is_some_and(|all| all.iter().any(|status| is_discouraged(*status, category)))
        };
        if let Some(product) = products.iter().find(odd) {
            findings.fail(&tests::STATUS_BESIDE_REMEDIATION, || {
                (
                    place(),
                    format!("{category} does not fit the status of \"{}\": is it meant?", short(product)),
                )
            });
        }
        for product in products {
            categories.entry(product).or_default().push(category);
        }
    }
}

fn clashes(one: &str, two: &str) -> bool {
    let alone = ALONE.contains(&one) || ALONE.contains(&two);
    one != two && (alone || ONE_OF.contains(&one) && ONE_OF.contains(&two))
}

fn is_prohibited(status: Status, category: &str) -> bool {
    match status {
        Status::Affected => category == "optional_patch",
        Status::NotAffected => {
            matches!(category, "workaround" | "mitigation" | "vendor_fix" | "none_available")
        }
        Status::Fixed => matches!(
            category,
            "none_available" | "fix_planned" | "no_fix_planned" | "vendor_fix" | "mitigation" | "workaround"
        ),
        Status::UnderInvestigation | Status::Unknown | Status::Recommended => false,
    }
}

fn is_discouraged(status: Status, category: &str) -> bool {
    match status {
        Status::NotAffected => matches!(category, "fix_planned" | "no_fix_planned"),
        Status::Fixed => category == "optional_patch",
        Status::UnderInvestigation | Status::Unknown => {
            matches!(category, "workaround" | "mitigation" | "vendor_fix" | "fix_planned")
        }
        Status::Affected | Status::Recommended => false,
    }
}
