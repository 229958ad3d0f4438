//! What a record tells in words: descriptions, solutions, workarounds, exploits, credits, the time line.

use super::{
    super::{
        advisory::best_note,
        look::{items, part, text, texts},
        syntax::time::{in_utc, nanoseconds},
    },
    Members, Record,
};
use crate::{Json, Loss};

/// How long a text may be.
const LONGEST: usize = 4096;

impl Record<'_, '_> {
    /// The text, cut where the record has no more room, which is named.
    pub(super) fn cut(&mut self, what: &str, text: &str, most: usize) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        if text.chars().nth(most).is_some() {
            let index = self.vulnerability.index.to_string();
            let why = format!("a CVE record has room for {most} characters; the rest is cut off");
            self.losses.push(Loss::at(
                &["vulnerabilities", &index],
                format!("{what}: {}", crate::json::short(text)),
                why,
            ));
        }
        Some(text.chars().take(most).collect())
    }

    /// The language of the texts, as a record takes it; without one, or with one that a record cannot name: `en`.
    fn language(&self) -> String {
        let tag = text(self.advisory.document(), "lang");
        let parts: Vec<&str> = tag.split('-').collect();
        let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let fits = match parts.as_slice() {
            [language] => (2..=4).contains(&language.len()) && letters(language),
            [language, region] => {
                (2..=4).contains(&language.len()) && letters(language) && region.len() == 2 && letters(region)
            }
            _ => false,
        };
        if fits {
            tag.to_owned()
        } else {
            super::super::syntax::language::primary(tag).get(..2).unwrap_or("en").to_owned()
        }
    }

    fn is_english(&self) -> bool {
        let language = self.language();
        language == "en" || language.starts_with("en-")
    }

    fn described(&self, value: &str) -> Json<'static> {
        Json::object([("lang", Json::text(self.language())), ("value", Json::text(value.to_owned()))])
    }

    /// What the notes say. A record needs one text in English: where there is none, it says where to read.
    pub(super) fn descriptions(&mut self) -> Vec<Json<'static>> {
        let own = self.vulnerability.description().or_else(|| best_note(self.advisory.document()));
        let own = own.or(self.vulnerability.title).unwrap_or_else(|| self.advisory.title()).to_owned();
        let mut found: Vec<Json<'static>> =
            self.cut("description", &own, LONGEST).iter().map(|text| self.described(text)).collect();
        if !self.is_english() || found.is_empty() {
            let text = format!("Described in the advisory {} of its publisher.", self.advisory.id());
            found.push(Json::object([("lang", Json::text("en")), ("value", Json::text(text))]));
            let why = "a CVE record is described in English; a sentence that leads to the advisory stands in its place";
            self.losses.push(Loss::at(&["document", "lang"], self.language(), why));
        }
        found
    }

    /// Everything else in words.
    pub(super) fn told(&mut self, cna: &mut Members) {
        let value = self.vulnerability.json;
        let lists = [
            ("workarounds", "remediations", ["workaround", "mitigation"]),
            ("solutions", "remediations", ["vendor_fix", "optional_patch"]),
            ("exploits", "threats", ["exploit_status", ""]),
        ];
        for (member, list, categories) in lists {
            let mut found = Vec::new();
            for item in items(value, list).iter().filter(|item| categories.contains(&text(item, "category")))
            {
                found.extend(
                    self.cut(member, text(item, "details"), LONGEST).map(|text| self.described(&text)),
                );
            }
            cna.list(member, found);
        }
        cna.list("timeline", self.timeline());
        cna.list("credits", self.credits());
        let told = lists.map(|(_, _, categories)| categories);
        let described = self.vulnerability.description();
        for list in ["remediations", "threats", "notes"] {
            for (index, item) in items(value, list).iter().enumerate() {
                let category = text(item, "category");
                let is_told = match list {
                    "notes" => part(item, "text").as_text() == described,
                    _ => told.iter().any(|categories| categories.contains(&category)),
                };
                if !is_told {
                    self.losses.push(Loss {
                        pointer: format!("/vulnerabilities/{}/{list}/{index}", self.vulnerability.index),
                        what: category.to_owned(),
                        why: "a CVE record has no place for texts of this kind beside the others".to_owned(),
                    });
                }
            }
        }
    }

    fn timeline(&self) -> Vec<Json<'static>> {
        let events = [
            ("discovery_date", "discovered"),
            ("release_date", "made public"),
            ("disclosure_date", "made public"),
        ];
        let dated = events
            .into_iter()
            .filter_map(|(member, word)| Some((nanoseconds(text(self.vulnerability.json, member))?, word)));
        let told = dated.map(|(at, word)| {
            Json::object([
                ("time", Json::text(in_utc(at))),
                ("lang", Json::text("en")),
                ("value", Json::text(word)),
            ])
        });
        told.collect()
    }

    fn credits(&self) -> Vec<Json<'static>> {
        let mut found = Vec::new();
        for thanks in items(self.vulnerability.json, "acknowledgments") {
            let organisation = part(thanks, "organization").as_text();
            let named = texts(thanks, "names").map(|(_, name)| match organisation {
                Some(organisation) => format!("{name}, {organisation}"),
                None => name.to_owned(),
            });
            let mut names: Vec<String> = named.filter(|name| !name.is_empty()).collect();
            if names.is_empty() {
                names.extend(organisation.map(str::to_owned));
            }
            found.extend(names.into_iter().map(|name| {
                let name: String = name.chars().take(LONGEST).collect();
                Json::object([
                    ("lang", Json::text("en")),
                    ("value", Json::text(name)),
                    ("type", Json::text("finder")),
                ])
            }));
        }
        found
    }
}
