//! What metrics of 2.1 hold beside CVSS: SSVC (6.1.47, 6.1.49), EPSS (6.1.51, 6.2.41), ratings in words (6.1.56, 6.2.47,
//! 6.3.18); and what of CVSS only 2.1 asks (6.3.12).

use std::collections::HashSet;

use super::{
    document::canonical_url,
    findings::Findings,
    newer::later,
    survey::{Survey, Vulnerability, items, part, text, texts},
    tests,
};
use crate::{Json, csaf::syntax::time::nanoseconds, json::short};

/// How old an EPSS may be beside the last revision.
const FIFTEEN_DAYS: i128 = 15 * 86_400 * 1_000_000_000;

const CVSS: [&str; 3] = ["cvss_v2", "cvss_v3", "cvss_v4"];

/// `released`: the last revision of a document that is not a draft.
pub fn check(survey: &Survey<'_>, released: Option<i128>, findings: &mut Findings) {
    let address = canonical_url(survey);
    for vulnerability in &survey.vulnerabilities {
        let metrics = items(vulnerability.value, "metrics");
        for (index, metric) in metrics.iter().enumerate() {
            let content = part(metric, "content");
            let place = format!("/vulnerabilities/{}/metrics/{index}/content", vulnerability.index);
            dates(content, &place, released, findings);
            targets(survey, *vulnerability, (content, &place), findings);
            let source = part(metric, "source").as_text();
            rating(content, &place, source.is_none_or(|source| Some(source) == address), findings);
            if CVSS.iter().any(|name| content.get(name).is_some()) && content.get("cvss_v4").is_none() {
                findings.fail(&tests::MISSING_CVSS_4, || {
                    (place.clone(), "cvss_v4 is missing beside the older score: add it".to_owned())
                });
            }
        }
        old_epss(*vulnerability, released, findings);
        both(metrics, vulnerability.index, findings);
    }
}

fn dates(content: &Json<'_>, place: &str, released: Option<i128>, findings: &mut Findings) {
    for (name, test) in [("epss", &tests::EPSS_DATE), ("ssvc_v2", &tests::SSVC_DATE)] {
        let at = nanoseconds(text(part(content, name), "timestamp"));
        later(test, (at, released), || format!("{place}/{name}/timestamp"), findings);
    }
}

/// An SSVC is about this vulnerability, or about the document when it has no other.
fn targets(
    survey: &Survey<'_>,
    vulnerability: Vulnerability<'_>,
    (content, place): (&Json<'_>, &str),
    findings: &mut Findings,
) {
    let ids = items(vulnerability.value, "ids").iter().map(|id| text(id, "text"));
    let single = survey.vulnerabilities.len() == 1;
    let document = Some(text(survey.tracking, "id")).filter(|_| single);
    let known: HashSet<&str> = ids.chain([text(vulnerability.value, "cve")]).chain(document).collect();
    for (index, target) in texts(part(content, "ssvc_v2"), "target_ids") {
        if !known.contains(target) {
            findings.fail(&tests::SSVC_TARGET, || {
                let why = "an SSVC is about the cve or an id of its vulnerability";
                (format!("{place}/ssvc_v2/target_ids/{index}"), format!("\"{}\": {why}", short(target)))
            });
        }
    }
}

fn rating(content: &Json<'_>, place: &str, is_own: bool, findings: &mut Findings) {
    if content.get("qualitative_severity_rating").is_none() {
        return;
    }
    let place = || format!("{place}/qualitative_severity_rating");
    findings.fail(&tests::QUALITATIVE_RATING, || {
        (place(), "a rating in words cannot be recomputed: give a CVSS vector".to_owned())
    });
    if is_own {
        findings.fail(&tests::OWN_RATING, || {
            (
                place(),
                "this is the rating of the publisher: who knows the product can give a CVSS vector"
                    .to_owned(),
            )
        });
    }
}

fn old_epss(vulnerability: Vulnerability<'_>, released: Option<i128>, findings: &mut Findings) {
    let metrics = items(vulnerability.value, "metrics").iter().enumerate();
    let dated = metrics.filter_map(|(index, metric)| {
        let epss = part(part(metric, "content"), "epss");
        Some((nanoseconds(text(epss, "timestamp"))?, index))
    });
    let Some((newest, index)) = dated.max() else { return };
    if released.is_some_and(|released| released - newest > FIFTEEN_DAYS) {
        findings.fail(&tests::OLD_EPSS, || {
            let place =
                format!("/vulnerabilities/{}/metrics/{index}/content/epss/timestamp", vulnerability.index);
            (
                place,
                "this is older than the last revision by more than 15 days: take the EPSS of today"
                    .to_owned(),
            )
        });
    }
}

/// A CVSS and a rating in words of the same source for the same product (6.1.56).
fn both(metrics: &[Json<'_>], vulnerability: usize, findings: &mut Findings) {
    let holds = |metric: &Json<'_>, wanted: &[&str]| {
        wanted.iter().any(|name| part(metric, "content").get(name).is_some())
    };
    let mut scored: HashSet<(&str, Option<&str>)> = HashSet::new();
    for metric in metrics.iter().filter(|metric| holds(metric, &CVSS)) {
        let source = part(metric, "source").as_text();
        scored.extend(texts(metric, "products").map(|(_, id)| (id, source)));
    }
    for (index, metric) in metrics.iter().enumerate() {
        let source = part(metric, "source").as_text();
        let is_scored = |(_, id): (usize, &str)| scored.contains(&(id, source));
        if holds(metric, &["qualitative_severity_rating"]) && texts(metric, "products").any(is_scored) {
            findings.fail(&tests::CVSS_AND_RATING, || {
                let place = format!("/vulnerabilities/{vulnerability}/metrics/{index}/content");
                let message = "a product has a CVSS and a rating in words of the same source: keep the CVSS";
                (place, message.to_owned())
            });
        }
    }
}
