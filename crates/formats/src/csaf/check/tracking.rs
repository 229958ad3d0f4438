//! Versions and the history of revisions (6.1.14, 6.1.16 to 6.1.22, 6.1.30, 6.2.4 to 6.2.6; of 2.1: 6.2.21).

use std::{cmp::Ordering, collections::HashSet};

use super::{
    findings::Findings,
    survey::{Survey, items, text},
    tests,
};
use crate::{
    csaf::{
        Version,
        syntax::{Number, time::nanoseconds},
    },
    json::short,
};

const HISTORY: &str = "/document/tracking/revision_history";
const VERSION: &str = "/document/tracking/version";

/// A revision that can be compared.
#[derive(Clone, Copy)]
struct Revision<'d> {
    index: usize,
    at: i128,
    number: Number<'d>,
    written: &'d str,
}

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    let history = items(survey.tracking, "revision_history");
    let mut revisions = Vec::with_capacity(history.len());
    for (index, item) in history.iter().enumerate() {
        let written = text(item, "number");
        if let (Some(number), Some(at)) = (Number::parse(written), nanoseconds(text(item, "date"))) {
            revisions.push(Revision { index, at, number, written });
        }
    }
    each(survey, &revisions, findings);
    let version = text(survey.tracking, "version");
    let number = Number::parse(version);
    if let Some(number) = number {
        document_version(survey, (version, number), findings);
    }
    mixed(&revisions, number, findings);
    // An order can be told only when every date and number can be read.
    if revisions.len() == history.len() && !revisions.is_empty() {
        revisions.sort_by(|one, two| one.at.cmp(&two.at).then_with(|| one.number.order(two.number)));
        order(&revisions, findings);
        if let Some(number) = number {
            latest(survey, &revisions, (version, number), findings);
        }
        dates(survey, &revisions, findings);
    }
}

fn each(survey: &Survey<'_>, revisions: &[Revision<'_>], findings: &mut Findings) {
    let mut seen = HashSet::new();
    let mut instants = HashSet::new();
    for revision in revisions {
        let place = || format!("{HISTORY}/{}/number", revision.index);
        let written = short(revision.written);
        if survey.is_released() && revision.number.major() == "0" {
            findings.fail(&tests::RELEASED_HISTORY, || {
                let status = survey.status;
                (
                    place(),
                    format!(
                        "{written} is a version before the first; a {status} document has none in its history"
                    ),
                )
            });
        }
        if revision.number.pre().is_some() {
            findings.fail(&tests::PRE_RELEASE_HISTORY, || {
                (place(), format!("{written} is a pre-release: the history names releases only"))
            });
        }
        if !seen.insert(revision.written) {
            findings.fail(&tests::DOUBLE_REVISION, || {
                (place(), format!("{written} stands in the history before: each version has one entry"))
            });
        }
        if revision.number.build().is_some() {
            findings.fail(&tests::BUILD_METADATA, || {
                (place(), format!("{written} has build metadata: leave what stands behind the + away"))
            });
        }
        if survey.version == Version::V21 && !instants.insert(revision.at) {
            findings.fail(&tests::SAME_REVISION_DATES, || {
                let place = format!("{HISTORY}/{}/date", revision.index);
                (place, "another revision has the same date: each has its own".to_owned())
            });
        }
    }
}

fn document_version(survey: &Survey<'_>, (version, number): (&str, Number<'_>), findings: &mut Findings) {
    let place = || VERSION.to_owned();
    let version = short(version);
    if (number.major() == "0" || number.pre().is_some()) && survey.status != "draft" {
        findings.fail(&tests::DRAFT_STATUS, || {
            (place(), format!("{version} is a version of a draft, the status is {}", short(survey.status)))
        });
    }
    if number.pre().is_some() && survey.is_released() {
        findings.fail(&tests::NON_DRAFT_VERSION, || {
            (
                place(),
                format!("{version} is a pre-release: a {} document has a version without one", survey.status),
            )
        });
    }
}

fn mixed(revisions: &[Revision<'_>], version: Option<Number<'_>>, findings: &mut Findings) {
    let first = version.or_else(|| revisions.first().map(|revision| revision.number));
    let Some(first) = first else { return };
    let other = revisions.iter().find(|revision| revision.number.is_whole() != first.is_whole());
    if let Some(revision) = other {
        findings.fail(&tests::MIXED_VERSIONING, || {
            let message = format!(
                "{}: whole numbers and semantic versions are mixed in this document: keep to one kind",
                short(revision.written)
            );
            (format!("{HISTORY}/{}/number", revision.index), message)
        });
    }
}

/// By date, numbers rise, and none is left out.
fn order(revisions: &[Revision<'_>], findings: &mut Findings) {
    let pairs = || revisions.iter().zip(revisions.iter().skip(1));
    if let Some((_, later)) = pairs().find(|(one, two)| one.number.order(two.number) == Ordering::Greater) {
        findings.fail(&tests::SORTED_HISTORY, || {
            let message =
                format!("{} is lower than that of an earlier date: numbers rise with time", later.written);
            (format!("{HISTORY}/{}/number", later.index), message)
        });
    }
    let gap = pairs().find(|(one, two)| skips(one.number, two.number));
    let begins = revisions.first().filter(|first| !matches!(first.number.major(), "0" | "1"));
    if let Some(revision) = begins.or_else(|| gap.map(|(_, later)| later)) {
        findings.fail(&tests::MISSING_REVISION, || {
            let message = format!(
                "a version before {} is missing: the history begins with 0 or 1 and leaves none out",
                short(revision.written)
            );
            (format!("{HISTORY}/{}/number", revision.index), message)
        });
    }
}

/// Whether a whole number, or a major version, is left out.
fn skips(one: Number<'_>, two: Number<'_>) -> bool {
    match (one.core(), two.core()) {
        (Some([one, ..]), Some([two, ..])) => two > one.saturating_add(1),
        _ => false,
    }
}

fn latest(
    survey: &Survey<'_>,
    revisions: &[Revision<'_>],
    (version, number): (&str, Number<'_>),
    findings: &mut Findings,
) {
    let Some(last) = revisions.last() else { return };
    let same_core = number.is_whole() == last.number.is_whole() && number.core() == last.number.core();
    // A draft may be a pre-release of what its history ends with.
    let same_pre = survey.status == "draft" || number.pre() == last.number.pre();
    if !(same_core && same_pre) {
        findings.fail(&tests::LATEST_VERSION, || {
            let message = format!(
                "the history ends with {}, the version of the document is {}: let both be the same",
                short(last.written),
                short(version)
            );
            (VERSION.to_owned(), message)
        });
    }
}

fn dates(survey: &Survey<'_>, revisions: &[Revision<'_>], findings: &mut Findings) {
    let date = |name: &str| nanoseconds(text(survey.tracking, name));
    let (Some(oldest), Some(newest)) = (revisions.first(), revisions.last()) else { return };
    if date("initial_release_date").is_some_and(|initial| initial < oldest.at) {
        findings.fail(&tests::OLDER_INITIAL_DATE, || {
            let message = "the first revision is later than this: let it be the date of the first".to_owned();
            ("/document/tracking/initial_release_date".to_owned(), message)
        });
    }
    if date("current_release_date").is_some_and(|current| current < newest.at) {
        findings.fail(&tests::OLDER_CURRENT_DATE, || {
            let message = "the last revision is later than this: let it be the date of the last".to_owned();
            ("/document/tracking/current_release_date".to_owned(), message)
        });
    }
}
