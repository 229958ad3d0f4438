//! Is this advisory as the standard says, and if not, what is to be mended?
//!
//! Under [`Profile::Text`] the schema, the tests of section 6 and the syntax of URIs and dates decide, under
//! [`Profile::Schema`] the published schema alone.

mod branches;
mod document;
mod findings;
mod helpers;
mod identifiers;
mod inspector;
mod metrics;
mod newer;
mod profile;
mod same;
mod scores;
mod status;
mod survey;
mod tests;
mod tracking;
mod vulnerabilities;

use super::{model, version::Version};
use crate::{Json, Limits, Profile, Report, Severity, parse};
use findings::Findings;
use inspector::Inspector;

pub use document::file_name;
pub use profile::DocumentProfile;
pub use status::Status;
pub(super) use status::{Standing, standings};
pub(super) use survey::{Product, Survey, Vulnerability};

/// How to check.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whose word counts.
    pub profile: Profile,
    /// The version to check against; by default the one that the document names, else 2.0.
    pub version: Option<Version>,
    /// Bounds.
    pub limits: Limits,
}

impl Default for Options {
    /// Thirty branches, each an object in a list, lead to a product with its hashes: 96 levels.
    fn default() -> Self {
        let limits = Limits { depth: 96, ..Limits::default() };
        Self { profile: Profile::default(), version: None, limits }
    }
}

/// Reads and checks one advisory.
#[must_use]
pub fn check_bytes(bytes: &[u8], options: &Options) -> Report {
    match parse(bytes, &options.limits) {
        Ok(document) => check(&document, options),
        Err(fault) => Report::unreadable(&fault, String::new(), "CSAF, 2 (RFC 8259)"),
    }
}

/// Checks one advisory.
#[must_use]
pub fn check(document: &Json<'_>, options: &Options) -> Report {
    let version = options.version.unwrap_or_else(|| version_of(document));
    let mut findings = Findings::new(version, options.limits.findings);
    Inspector::new(&mut findings, options.profile, version).class(&model::DOCUMENT_ROOT, document);
    if options.profile == Profile::Text {
        let survey = Survey::of(document, version);
        run(&survey, &mut findings);
    }
    findings.into_report()
}

/// The version that the document names; 2.0 when it names none that we know.
#[must_use]
pub fn version_of(document: &Json<'_>) -> Version {
    let named = document.get("document").and_then(|document| document.get("csaf_version"));
    named.and_then(Json::as_text).and_then(Version::parse).unwrap_or(Version::V20)
}

fn run(survey: &Survey<'_>, findings: &mut Findings) {
    document::check(survey, findings);
    tracking::check(survey, findings);
    profile::check(survey, findings);
    identifiers::check(survey, findings);
    branches::check(survey, findings);
    helpers::check(survey, findings);
    vulnerabilities::check(survey, findings);
    scores::check(survey, findings);
    if survey.version == Version::V21 {
        newer::check(survey, findings);
    }
    if survey.is_exhausted() {
        let message = "so much refers to large groups that not all were looked into, and findings about their products may be \
                       wrong: name products directly";
        let place = "/product_tree/product_groups".to_owned();
        findings.put(Severity::Warning, "csaf.groups", "CSAF, 3.2.2.3", (place, message.to_owned()));
    }
}
