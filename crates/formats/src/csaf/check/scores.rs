//! Scores and metrics (6.1.7 to 6.1.10, 6.2.3, 6.2.19, 6.3.1, 6.3.2).

use std::collections::{HashMap, HashSet};

use super::{
    findings::Findings,
    status::{Standing, Status, standings},
    survey::{Survey, Vulnerability, items, part, text, texts},
    tests,
};
use crate::{
    Json,
    csaf::cvss::{Scheme, Scores, Vector, severity, tenths},
    json::short,
};

/// A CVSS object and the products it is for.
struct Score<'d> {
    place: String,
    value: &'d Json<'d>,
    scheme: Scheme,
    products: HashSet<&'d str>,
    source: Option<&'d str>,
}

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for vulnerability in &survey.vulnerabilities {
        let scores = scores(*vulnerability);
        doubled(&scores, findings);
        for score in &scores {
            one(score, findings);
        }
        let standings = standings(*vulnerability);
        unscored(&scores, &standings, (*vulnerability, findings));
        fixed(&scores, &standings, findings);
        only_two(&scores, findings);
    }
}

fn scores(vulnerability: Vulnerability<'_>) -> Vec<Score<'_>> {
    let mut found = Vec::new();
    for list in ["scores", "metrics"] {
        for (index, item) in items(vulnerability.value, list).iter().enumerate() {
            let (value, inner) = match list {
                "scores" => (item, ""),
                _ => (part(item, "content"), "/content"),
            };
            for name in ["cvss_v2", "cvss_v3", "cvss_v4"] {
                let object = part(value, name);
                let Some(scheme) = Scheme::parse(text(object, "version")) else { continue };
                found.push(Score {
                    place: format!("/vulnerabilities/{}/{list}/{index}{inner}/{name}", vulnerability.index),
                    value: object,
                    scheme,
                    products: texts(item, "products").map(|(_, id)| id).collect(),
                    source: part(item, "source").as_text(),
                });
            }
        }
    }
    found
}

fn doubled(scores: &[Score<'_>], findings: &mut Findings) {
    let mut seen = HashSet::new();
    for score in scores {
        let version = text(score.value, "version");
        let mut products: Vec<&str> = score.products.iter().copied().collect();
        products.sort_unstable();
        let twice = products.into_iter().filter(|product| !seen.insert((*product, version, score.source)));
        if let Some(product) = twice.last() {
            findings.fail(&tests::DOUBLE_SCORE, || {
                let message = format!(
                    "\"{}\" has a CVSS {version} before: one vector of a version each",
                    short(product)
                );
                (score.place.clone(), message)
            });
        }
    }
}

fn one(score: &Score<'_>, findings: &mut Findings) {
    if score.scheme == Scheme::ThreeZero {
        findings.fail(&tests::CVSS_30, || {
            (score.place.clone(), "CVSS 3.0 is superseded: score by 3.1 or 4.0".to_owned())
        });
    }
    let Some(vector) = Vector::parse(score.scheme, text(score.value, "vectorString")) else { return };
    let place = || format!("{}/vectorString", score.place);
    if let Some(code) = vector.doubled {
        findings.fail(&tests::CVSS_INVALID, || {
            (place(), format!("{code} stands twice in the vector: leave one away"))
        });
    }
    if let Some(code) = vector.missing() {
        findings.fail(&tests::CVSS_INVALID, || {
            (place(), format!("{code} is missing: a vector has all base metrics"))
        });
    }
    inconsistent(score, &vector, findings);
    if let Some(scores) = vector.scores() {
        computation(score, scores, (&vector, findings));
    }
}

fn inconsistent(score: &Score<'_>, vector: &Vector, findings: &mut Findings) {
    for (metric, value) in vector.pairs() {
        let Some(word) = part(score.value, metric.member).as_text() else { continue };
        let said = value.map_or("NOT_DEFINED", |value| value.word);
        if word != said {
            findings.fail(&tests::CVSS_INCONSISTENT, || {
                let message = format!("the vector says {said} ({}), here is {}", metric.code, short(word));
                (format!("{}/{}", score.place, metric.member), message)
            });
        }
    }
}

fn computation(score: &Score<'_>, scores: Scores, (vector, findings): (&Vector, &mut Findings)) {
    let of_base = base_only(vector).unwrap_or(scores.base);
    let expected = [
        ("baseScore", "baseSeverity", scores.base),
        ("temporalScore", "temporalSeverity", scores.temporal),
        ("environmentalScore", "environmentalSeverity", scores.environmental),
    ];
    for (member, word, computed) in expected {
        let Json::Number(digits) = part(score.value, member) else { continue };
        // In CVSS 4.0 the one score may be that of the base metrics, or of all.
        let given = tenths(digits);
        let right = if score.scheme == Scheme::Four && given == Some(of_base) { of_base } else { computed };
        if given != Some(right) {
            findings.fail(&tests::CVSS_COMPUTATION, || {
                let message = format!("the vector gives {}.{}, here is {digits}", right / 10, right % 10);
                (format!("{}/{member}", score.place), message)
            });
        }
        let said = part(score.value, word).as_text().filter(|_| score.scheme != Scheme::Two);
        if let Some(said) = said.filter(|said| *said != severity(right)) {
            findings.fail(&tests::CVSS_COMPUTATION, || {
                let message = format!("the vector gives {}, here is {}", severity(right), short(said));
                (format!("{}/{word}", score.place), message)
            });
        }
    }
}

/// The score of the base metrics of a vector of 4.0.
fn base_only(vector: &Vector) -> Option<u32> {
    vector.base().scores().map(|scores| scores.base)
}

/// Affected products without any score (6.2.3).
fn unscored(
    scores: &[Score<'_>],
    standings: &[Standing<'_>],
    (vulnerability, findings): (Vulnerability<'_>, &mut Findings),
) {
    let mut scored: HashSet<&str> = scores.iter().flat_map(|score| score.products.iter().copied()).collect();
    for metric in items(vulnerability.value, "metrics") {
        scored.extend(texts(metric, "products").map(|(_, id)| id));
    }
    for standing in standings.iter().filter(|standing| standing.status == Status::Affected) {
        if !scored.contains(standing.product) {
            findings.fail(&tests::MISSING_SCORE, || {
                let message = format!(
                    "\"{}\" is affected and has no score: add a CVSS for it",
                    short(standing.product)
                );
                (standing.place.clone(), message)
            });
        }
    }
}

/// A fixed product has nothing left to score (6.2.19).
fn fixed(scores: &[Score<'_>], standings: &[Standing<'_>], findings: &mut Findings) {
    let mut first: HashMap<&str, &Score<'_>> = HashMap::new();
    for score in scores.iter().filter(|score| !is_zero(score)) {
        for product in &score.products {
            first.entry(product).or_insert(score);
        }
    }
    for standing in standings.iter().filter(|standing| standing.status == Status::Fixed) {
        if first.contains_key(standing.product) {
            findings.fail(&tests::CVSS_OF_FIXED, || {
                let message = format!(
                    "\"{}\" is fixed and scored: score the affected products only, or give an environmental score of 0",
                    short(standing.product)
                );
                (standing.place.clone(), message)
            });
        }
    }
}

fn is_zero(score: &Score<'_>) -> bool {
    let given = match part(score.value, "environmentalScore") {
        Json::Number(digits) => tenths(digits),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
    };
    let computed = || Vector::parse(score.scheme, text(score.value, "vectorString"))?.scores();
    given.or_else(|| computed().map(|scores| scores.environmental)) == Some(0)
}

fn only_two(scores: &[Score<'_>], findings: &mut Findings) {
    let newer = scores.iter().filter(|score| score.scheme != Scheme::Two);
    let covered: HashSet<(&str, Option<&str>)> =
        newer.flat_map(|score| score.products.iter().map(|id| (*id, score.source))).collect();
    for score in scores.iter().filter(|score| score.scheme == Scheme::Two) {
        if score.products.iter().any(|id| !covered.contains(&(*id, score.source))) {
            findings.fail(&tests::ONLY_CVSS_2, || {
                (
                    score.place.clone(),
                    "CVSS 2.0 is the only score of its products: add one of 3.1 or 4.0".to_owned(),
                )
            });
        }
    }
}
