//! Who speaks, to whom, in which language (6.1.12, 6.1.15, 6.1.26, 6.1.28, 6.2.10 to 6.2.15; of 2.1: 6.1.38 to
//! 6.1.41, 6.1.54, 6.2.22, 6.2.28 to 6.2.30, 6.2.38, 6.2.43).

use super::{
    findings::{Findings, Test},
    profile::DocumentProfile,
    survey::{Survey, items, part, text},
    tests,
};
use crate::{
    Json,
    csaf::{
        Version,
        syntax::{MAX_UUID, NIL_UUID, language, license},
    },
    json::short,
};

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    languages(survey, findings);
    let publisher = part(survey.document, "publisher");
    if text(publisher, "category") == "translator" && survey.document.get("source_lang").is_none() {
        findings.fail(&tests::TRANSLATOR, || {
            let message = "source_lang is missing: a translator says from which language".to_owned();
            ("/document".to_owned(), message)
        });
    }
    category(survey, findings);
    distribution(survey, findings);
    canonical(survey, findings);
    sorting(survey.root, findings);
    if survey.version == Version::V21 {
        sharing(survey, findings);
        newer(survey, findings);
    }
}

fn languages(survey: &Survey<'_>, findings: &mut Findings) {
    let tag = |name: &str| part(survey.document, name).as_text();
    for name in ["lang", "source_lang"] {
        let Some(tag) = tag(name) else { continue };
        let mut say = |test: &Test, why: &str| {
            findings.fail(test, || (format!("/document/{name}"), format!("\"{}\": {why}", short(tag))));
        };
        if let Some(why) = language::flaw(tag).filter(|_| language::is_tag(tag)) {
            say(&tests::LANGUAGE, why);
        }
        if language::is_private(tag) {
            say(
                &tests::PRIVATE_LANGUAGE,
                "a part for private use is understood by few: use a registered one",
            );
        }
        if tag.eq_ignore_ascii_case("i-default") {
            say(&tests::DEFAULT_LANGUAGE, "this names no language: say which one it is");
        }
    }
    let same = |one: &str, two: &str| one.eq_ignore_ascii_case(two);
    if tag("lang").zip(tag("source_lang")).is_some_and(|(one, two)| same(one, two)) {
        findings.fail(&tests::TRANSLATION, || {
            let message = "lang is the same: a translation has another language than its source".to_owned();
            ("/document/source_lang".to_owned(), message)
        });
    }
    if tag("lang").is_none() {
        findings.fail(&tests::MISSING_LANGUAGE, || {
            ("/document".to_owned(), "lang is missing: say in which language this is".to_owned())
        });
    }
}

/// The name of a profile only where the profile is meant (6.1.26).
fn category(survey: &Survey<'_>, findings: &mut Findings) {
    let profile = DocumentProfile::of(survey.category, survey.version);
    let say = |why: &str| ("/document/category".to_owned(), format!("\"{}\" {why}", short(survey.category)));
    if profile == DocumentProfile::Base && survey.category != "csaf_base" {
        let bare = |text: &str| -> String {
            let kept = text.chars().filter(|one| !one.is_whitespace() && !matches!(one, '-' | '_'));
            kept.flat_map(char::to_lowercase).collect()
        };
        let folded = bare(survey.category);
        let near = DocumentProfile::ALL.into_iter().filter(|profile| *profile != DocumentProfile::Base).find(
            |profile| {
                let name = profile.category();
                profile.is_in(survey.version)
                    && (folded == bare(name) || folded == bare(name.trim_start_matches("csaf_")))
            },
        );
        if let Some(near) = near {
            findings.fail(&tests::PROHIBITED_CATEGORY, || {
                say(&format!("is too near to a profile: write {} or another word", near.category()))
            });
        } else if survey.category.to_lowercase().starts_with("csaf_") {
            findings.fail(&tests::PROHIBITED_CATEGORY, || {
                say("begins with csaf_, which belongs to the profiles of the standard: leave it away")
            });
        }
    }
    if profile == DocumentProfile::DeprecatedSecurityAdvisory {
        findings.fail(&tests::DEPRECATED_PROFILE, || say("is deprecated: write csaf_security_advisory"));
    }
}

fn distribution(survey: &Survey<'_>, findings: &mut Findings) {
    let label = part(part(part(survey.document, "distribution"), "tlp"), "label");
    if survey.version == Version::V20 && label.as_text().is_none_or(str::is_empty) {
        findings.fail(&tests::MISSING_TLP, || {
            let message = "distribution.tlp.label is missing: say to whom this may be passed on".to_owned();
            ("/document/distribution".to_owned(), message)
        });
    }
}

/// Its address: a reference of the category self, https, at the end the name that the identifier gives (CSAF, 5.1).
pub fn canonical_url<'d>(survey: &Survey<'d>) -> Option<&'d str> {
    let end = format!("/{}", file_name(text(survey.tracking, "id")));
    let own = items(survey.document, "references").iter().filter(|one| text(one, "category") == "self");
    own.map(|reference| text(reference, "url")).find(|url| url.starts_with("https://") && url.ends_with(&end))
}

fn canonical(survey: &Survey<'_>, findings: &mut Findings) {
    if canonical_url(survey).is_none() {
        findings.fail(&tests::CANONICAL_URL, || {
            let name = file_name(text(survey.tracking, "id"));
            let message =
                format!("no reference of the category self gives its address, https://…/{name}: add one");
            ("/document/references".to_owned(), message)
        });
    }
}

/// Small letters, digits, plus and hyphen stay; a run of all else is one underscore (CSAF, 5.1).
pub fn file_name(id: &str) -> String {
    let mut name = String::new();
    for one in id.to_lowercase().chars() {
        if one.is_ascii_lowercase() || one.is_ascii_digit() || matches!(one, '+' | '-') {
            name.push(one);
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    name + ".json"
}

/// Members in alphabetical order, once for the document: it would be said of every object.
fn sorting(root: &Json<'_>, findings: &mut Findings) {
    let mut place = Vec::new();
    if let Some(place) = unsorted(root, &mut place) {
        findings.fail(&tests::SORTING, || {
            (place, "members of this object do not stand in alphabetical order: sort all of them".to_owned())
        });
    }
}

fn unsorted(value: &Json<'_>, place: &mut Vec<String>) -> Option<String> {
    match value {
        Json::Object(members) => {
            if !members.is_sorted_by(|one, two| one.name <= two.name) {
                let names: Vec<&str> = place.iter().map(String::as_str).collect();
                return Some(crate::pointer::of(&names));
            }
            members.iter().find_map(|member| {
                place.push(member.name.clone().into_owned());
                let found = unsorted(&member.value, place);
                place.pop();
                found
            })
        }
        Json::List(items) => items.iter().enumerate().find_map(|(index, item)| {
            place.push(index.to_string());
            let found = unsorted(item, place);
            place.pop();
            found
        }),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => None,
    }
}

fn sharing(survey: &Survey<'_>, findings: &mut Findings) {
    let distribution = part(survey.document, "distribution");
    let is_clear = text(part(distribution, "tlp"), "label") == "CLEAR";
    let Some(group) = distribution.get("sharing_group") else { return };
    let (id, name) = (text(group, "id"), part(group, "name").as_text());
    let mut say = |test: &Test, member: &str, why: &str| {
        findings.fail(test, || (format!("/document/distribution/sharing_group{member}"), why.to_owned()));
    };
    if id == MAX_UUID && !is_clear {
        say(
            &tests::MAX_UUID_NOT_PUBLIC,
            "/id",
            "the max UUID means everybody: the traffic light is not CLEAR",
        );
    }
    if is_clear && id != MAX_UUID && !(id == NIL_UUID && survey.status == "draft") {
        say(
            &tests::PUBLIC_WITHOUT_MAX_UUID,
            "/id",
            "the traffic light is CLEAR: the group is the max UUID, or none",
        );
    }
    let pairs = [(MAX_UUID, "Public"), (NIL_UUID, "No sharing allowed")];
    for (uuid, word) in pairs {
        if name == Some(word) && id != uuid {
            say(&tests::SHARING_NAME_INVALID, "/name", &format!("\"{word}\" is the name of {uuid} only"));
        }
        if id == uuid && name != Some(word) {
            say(&tests::SHARING_NAME_MISSING, "/name", &format!("the name of {uuid} is \"{word}\""));
        }
    }
    if id == MAX_UUID {
        say(&tests::MAX_UUID, "/id", "a group of everybody says nothing: leave it away");
    }
    if id == NIL_UUID {
        say(&tests::NIL_UUID, "/id", "the nil UUID is for drafts: name the group before you pass this on");
    }
    if is_clear {
        say(
            &tests::SHARING_GROUP_PUBLIC,
            "",
            "the traffic light is CLEAR: a group says nothing, leave it away",
        );
    }
}

fn newer(survey: &Survey<'_>, findings: &mut Findings) {
    let id = text(survey.tracking, "id");
    if !id.is_empty() && text(survey.document, "title").contains(id) {
        findings.fail(&tests::ID_IN_TITLE, || {
            ("/document/title".to_owned(), "the title repeats the identifier: leave it away there".to_owned())
        });
    }
    let license = part(survey.document, "license_expression").as_text();
    if let Some((license, why)) = license.and_then(|license| Some((license, license::flaw(license)?))) {
        findings.fail(&tests::LICENSE_EXPRESSION, || {
            ("/document/license_expression".to_owned(), format!("\"{}\": {why}", short(license)))
        });
    }
    if survey.document.get("license_expression").is_none() {
        findings.fail(&tests::MISSING_LICENSE, || {
            let message = "license_expression is missing: say how others may use this (SPDX)".to_owned();
            ("/document".to_owned(), message)
        });
    }
}

#[cfg(test)]
mod unit {
    #[test]
    fn a_file_is_called_after_the_document() {
        assert_eq!(super::file_name("Example Company - 2019-YH3234"), "example_company_-_2019-yh3234.json");
        assert_eq!(super::file_name("RHBA-2019:0024"), "rhba-2019_0024.json");
    }
}
