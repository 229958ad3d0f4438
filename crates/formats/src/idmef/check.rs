//! Is this alert as the draft says, and if not, what is to be mended?
//!
//! Under [`Profile::Text`] the sections of draft 08 decide, under [`Profile::Schema`] the schema that was
//! published with the version of the alert. Where they differ, see the README of this folder.

mod inspector;
mod relations;
mod values;

use super::{model, version::Version};
use crate::{Json, Limits, Profile, Report, parse};
use inspector::Inspector;

/// How to check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whose word counts.
    pub profile: Profile,
    /// The version to check against; by default the one that the alert names.
    pub version: Option<Version>,
    /// Bounds.
    pub limits: Limits,
}

/// Reads and checks one alert.
#[must_use]
pub fn check_bytes(bytes: &[u8], options: &Options) -> Report {
    match parse(bytes, &options.limits) {
        Ok(document) => check(&document, options),
        Err(fault) => Report::unreadable(&fault, String::new(), "draft-lehmann-idmefv2-08, 5.8 (RFC 8259)"),
    }
}

/// Checks one alert.
#[must_use]
pub fn check(document: &Json<'_>, options: &Options) -> Report {
    let named = document.get("Version").and_then(Json::as_text);
    let version = options.version.or_else(|| named.and_then(Version::parse));
    let version = version.unwrap_or_else(|| named.map_or(Version::V08, Version::guess));
    let mut inspector = Inspector::new(options.profile, version, options.limits.findings);
    inspector.class(&model::ALERT, document);
    if options.profile == Profile::Text {
        relations::alert(&mut inspector, document);
    }
    inspector.into_report()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(members: &str, profile: Profile) -> Vec<String> {
        let text = format!(
            r#"{{"Version":"2.D.V08","ID":"9f1c4a6d-8e1b-1f9a-9d3e-3a1d2c7f7b01",
               "CreateTime":"2026-05-15T12:30:00Z","Analyzer":{{"Name":"a"}}{members}}}"#
        );
        let report = check_bytes(text.as_bytes(), &Options { profile, ..Options::default() });
        report.findings.into_iter().map(|found| format!("{} {}", found.pointer, found.rule)).collect()
    }

    fn text(members: &str) -> Vec<String> {
        findings(members, Profile::Text)
    }

    #[test]
    fn every_place_is_named() {
        assert_eq!(text(""), [""; 0]);
        assert_eq!(
            text(
                r#","Source":[{"ID":"9f1c4a6d-8e1b-1f9a-9d3e-3a1d2c7f7b02","Port":[1,0]},{"Port":"x","a/b":1}]"#
            ),
            [
                "/Source/0/Port/1 idmef.port",
                "/Source/1/Port idmef.list",
                "/Source/1/a~1b idmef.member.unknown",
                "/Source/1 idmef.member.missing",
            ]
        );
    }

    #[test]
    fn doubled_members_are_seen() {
        assert_eq!(text(r#","Priority":"Low","Priority":"High""#), ["/Priority json.duplicate"]);
    }

    #[test]
    fn not_more_than_the_limit_is_listed_and_the_rest_counted() {
        let ports = vec!["0"; 500].join(",");
        let alert = format!(r#"{{"Target":[{{"Port":[{ports}]}}]}}"#);
        let limits = Limits { findings: 10, ..Limits::default() };
        let report = check_bytes(alert.as_bytes(), &Options { limits, ..Options::default() });
        assert_eq!((report.findings.len(), report.unlisted), (10, 495));
        assert!(!report.is_valid());
    }

    #[test]
    fn a_wish_for_another_version_is_granted() {
        let options = Options { version: Some(Version::V06), ..Options::default() };
        let alert = br#"{"Version":"2.D.V08","ID":"9f1c4a6d-8e1b-1f9a-9d3e-3a1d2c7f7b01","CreateTime":"2026-05-15T12:30:00Z","Analyzer":{"Name":"a"}}"#;
        let report = check_bytes(alert, &options);
        assert_eq!(report.version.as_deref(), Some("2.D.V06"));
        assert_eq!(report.findings[0].rule, "idmef.version");
    }

    #[test]
    fn what_is_no_object_is_told_so() {
        for wrong in ["[]", "7", "null", "\"x\""] {
            let report = check_bytes(wrong.as_bytes(), &Options::default());
            assert_eq!(report.findings[0].rule, "idmef.object", "{wrong}");
        }
        assert_eq!(check_bytes(b"{", &Options::default()).findings[0].rule, "json.syntax");
    }
}
