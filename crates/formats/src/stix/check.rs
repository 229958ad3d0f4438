//! Is this object, or this bundle, as STIX 2.1 says, and if not, what is to be mended?
//!
//! Under [`Profile::Text`] the OASIS Standard decides, under [`Profile::Schema`] the JSON Schemas that were
//! published beside it. A recommendation of the standard is a warning whose rule carries the code of the
//! reference validator: `stix.213.identity-class`. Where text and schema differ, see the README.

mod advice;
mod bundle;
mod dictionaries;
mod inspector;
mod markings;
mod relations;
mod values;

use crate::{Json, Limits, Part, Piece, Profile, Report, parse, walk::Step};
pub use bundle::Ids;
use inspector::Inspector;

const SOURCE: &str = "STIX 2.1, 2 (RFC 8259)";

/// How to check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whose word counts.
    pub profile: Profile,
    /// Bounds.
    pub limits: Limits,
}

/// Reads and checks one object or one bundle.
#[must_use]
pub fn check_bytes(bytes: &[u8], options: &Options) -> Report {
    match parse(bytes, &options.limits) {
        Ok(document) => check(&document, options),
        Err(fault) => Report::unreadable(&fault, String::new(), SOURCE),
    }
}

/// Checks a piece of a stream that was cut at [`super::OBJECTS`]: an object of a bundle, what is around
/// them, or a document of its own. `ids` remembers what the stream held before.
#[must_use]
pub fn check_piece(piece: &Piece, ids: &mut Ids, options: &Options) -> Report {
    let document = match parse(&piece.bytes, &options.limits) {
        Ok(document) => document,
        Err(fault) => {
            let pointer = match piece.part {
                Part::Item(at) => format!("/objects/{at}"),
                Part::Whole | Part::Frame => String::new(),
            };
            return Report::unreadable(&fault, pointer, SOURCE);
        }
    };
    let mut inspector = Inspector::new(options);
    match piece.part {
        Part::Item(at) => inspector.within(Step::Name("objects"), |inspector| {
            inspector.within(Step::Index(at), |inspector| {
                ids.in_bundle = true;
                bundle::item(inspector, &document, ids);
            });
        }),
        Part::Frame if bundle::is_bundle(&document) => {
            bundle::frame(&mut inspector, &document, ids.bundle_ends())
        }
        Part::Frame | Part::Whole if bundle::is_bundle(&document) => {
            bundle::check(&mut inspector, &document, ids)
        }
        Part::Frame | Part::Whole => bundle::item(&mut inspector, &document, ids),
    }
    inspector.into_report()
}

/// Checks one object, or a bundle with all that it holds.
#[must_use]
pub fn check(document: &Json<'_>, options: &Options) -> Report {
    let mut inspector = Inspector::new(options);
    if bundle::is_bundle(document) {
        bundle::check(&mut inspector, document, &mut Ids::default());
    } else {
        inspector.object(document);
    }
    inspector.into_report()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str, profile: Profile) -> Vec<String> {
        let report = check_bytes(text.as_bytes(), &Options { profile, ..Options::default() });
        report.findings.into_iter().map(|found| format!("{} {}", found.pointer, found.rule)).collect()
    }

    fn identity(members: &str) -> String {
        format!(
            r#"{{"type":"identity","spec_version":"2.1","id":"identity--311b2d2d-f010-4473-83ec-1edf84858f4c",
               "created":"2026-05-15T12:30:00.000Z","modified":"2026-05-15T12:30:00.000Z"{members}}}"#
        )
    }

    #[test]
    fn every_place_is_named() {
        let named = r#","name":"ACME","identity_class":"organization""#;
        assert_eq!(rules(&identity(named), Profile::Text), [""; 0]);
        assert_eq!(
            rules(&identity(r#","roles":[],"sectors":["Sea farming"],"lang":7,"Odd":1"#), Profile::Text),
            [
                "/roles stix.list.empty",
                "/sectors/0 stix.215.industry-sector",
                "/sectors/0 stix.111.open-vocab-format",
                "/lang stix.type",
                "/Odd stix.property.name",
                " stix.property.missing",
                "/Odd stix.401.extensions-use",
                "/Odd stix.102.custom-prefix-lax",
            ]
        );
    }

    #[test]
    fn the_text_knows_the_calendar_and_the_schema_does_not() {
        let text = identity(r#","name":"x""#).replace("2026-05-15T12:30:00.000Z", "2026-02-31T12:30:00.000Z");
        assert_eq!(rules(&text, Profile::Text), ["/created stix.time.date", "/modified stix.time.date"]);
        assert_eq!(rules(&text, Profile::Schema), [""; 0]);
    }

    #[test]
    fn bundles_name_the_place_within() {
        let text = format!(
            r#"{{"type":"bundle","id":"bundle--311b2d2d-f010-4473-83ec-1edf84858f4c","objects":[{},{}]}}"#,
            identity(r#","name":"x""#),
            identity(r#","name":7"#)
        );
        assert_eq!(
            rules(&text, Profile::Text),
            ["/objects/1/name stix.type", "/objects/1 stix.203.duplicate-ids"]
        );
    }

    #[test]
    fn what_is_no_object_is_told_so() {
        for wrong in ["[]", "7", "null", "\"x\""] {
            assert_eq!(rules(wrong, Profile::Text), [" stix.object"], "{wrong}");
        }
        assert_eq!(rules("{", Profile::Text), [" json.syntax"]);
        assert_eq!(rules("{}", Profile::Text), [" stix.type.missing"]);
    }
}
