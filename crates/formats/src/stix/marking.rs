//! Data markings (section 7.2): TLP of both versions, PAP, selectors, and redaction.

use super::extension;
use crate::{Json, Member};

/// A level of the Traffic Light Protocol or of the Permissible Actions Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// TLP 1, as STIX 2.1 defines it: `white`, `green`, `amber`, `red`.
    Tlp1(&'static str),
    /// TLP 2.0: `clear`, `green`, `amber`, `amber+strict`, `red`.
    Tlp2(&'static str),
    /// PAP: `clear`, `white`, `green`, `amber`, `red`.
    Pap(&'static str),
}

/// A marking definition that everybody knows.
#[derive(Clone, Copy, Debug)]
pub struct Predefined {
    /// Its identifier.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub level: Level,
    /// When it was defined.
    pub created: &'static str,
}

const TLP_1: &str = "2017-01-20T00:00:00.000Z";
const TLP_2: &str = "2022-10-01T00:00:00.000Z";

const fn known(id: &'static str, name: &'static str, level: Level, created: &'static str) -> Predefined {
    Predefined { id, name, level, created }
}

static PREDEFINED: [Predefined; 14] = [
    known(
        "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
        "TLP:WHITE",
        Level::Tlp1("white"),
        TLP_1,
    ),
    known(
        "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
        "TLP:GREEN",
        Level::Tlp1("green"),
        TLP_1,
    ),
    known(
        "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
        "TLP:AMBER",
        Level::Tlp1("amber"),
        TLP_1,
    ),
    known("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED", Level::Tlp1("red"), TLP_1),
    known(
        "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        "TLP:CLEAR",
        Level::Tlp2("clear"),
        TLP_2,
    ),
    known(
        "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        "TLP:GREEN",
        Level::Tlp2("green"),
        TLP_2,
    ),
    known(
        "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        "TLP:AMBER",
        Level::Tlp2("amber"),
        TLP_2,
    ),
    known(
        "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        "TLP:AMBER+STRICT",
        Level::Tlp2("amber+strict"),
        TLP_2,
    ),
    known("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED", Level::Tlp2("red"), TLP_2),
    known(
        "marking-definition--ad15a0cd-55b6-4588-a14c-a66105329b92",
        "PAP:CLEAR",
        Level::Pap("clear"),
        TLP_2,
    ),
    known(
        "marking-definition--a3bea94c-b469-41dc-9cfe-d6e7daba7730",
        "PAP:WHITE",
        Level::Pap("white"),
        TLP_2,
    ),
    known(
        "marking-definition--c43594d1-4b11-4c59-93ab-1c9b14d53ce9",
        "PAP:GREEN",
        Level::Pap("green"),
        "2022-10-09T00:00:00.000Z",
    ),
    known(
        "marking-definition--60f8932b-e51e-4458-b265-a2e8be9a80ab",
        "PAP:AMBER",
        Level::Pap("amber"),
        "2022-10-02T00:00:00.000Z",
    ),
    known(
        "marking-definition--740d36e5-7714-4c30-961a-3ae632ceee0e",
        "PAP:RED",
        Level::Pap("red"),
        "2022-10-06T00:00:00.000Z",
    ),
];

impl Predefined {
    /// All of them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        PREDEFINED.iter()
    }

    /// The one of this identifier.
    #[must_use]
    pub fn of(id: &str) -> Option<&'static Self> {
        Self::all().find(|known| known.id == id)
    }

    /// The one of a level of TLP 1.
    #[must_use]
    pub fn tlp_1(level: &str) -> Option<&'static Self> {
        Self::all().find(|known| matches!(known.level, Level::Tlp1(name) if name == level))
    }

    /// The one of a level of TLP 2.0.
    #[must_use]
    pub fn tlp_2(level: &str) -> Option<&'static Self> {
        Self::all().find(|known| matches!(known.level, Level::Tlp2(name) if name == level))
    }

    /// The one of a level of PAP.
    #[must_use]
    pub fn pap(level: &str) -> Option<&'static Self> {
        Self::all().find(|known| matches!(known.level, Level::Pap(name) if name == level))
    }

    /// The object, as it travels in a bundle: consumers know those of TLP 1 without it, the others need it.
    #[must_use]
    pub fn object(&self) -> Json<'static> {
        let content = match self.level {
            Level::Tlp1(level) => {
                return Json::object([
                    ("type", Json::text("marking-definition")),
                    ("spec_version", Json::text("2.1")),
                    ("id", Json::text(self.id)),
                    ("created", Json::text(self.created)),
                    ("definition_type", Json::text("tlp")),
                    ("name", Json::text(self.name)),
                    ("definition", Json::object([("tlp", Json::text(level))])),
                ]);
            }
            Level::Tlp2(level) => (extension::TLP_2, "tlp_2_0", level),
            Level::Pap(level) => (extension::PAP, "pap", level),
        };
        let (definition, property, level) = content;
        let level = Json::object([
            ("extension_type", Json::text("property-extension")),
            (property, Json::text(level)),
        ]);
        Json::object([
            ("type", Json::text("marking-definition")),
            ("spec_version", Json::text("2.1")),
            ("id", Json::text(self.id)),
            ("created", Json::text(self.created)),
            ("name", Json::text(self.name)),
            ("extensions", Json::object([(definition, level)])),
        ])
    }
}

/// The level that a marking definition gives by an extension.
pub(super) fn extended_level(object: &Json<'_>) -> Option<Level> {
    let extensions = object.get("extensions")?;
    let level = |definition: &str, property: &str| extensions.get(definition)?.get(property)?.as_text();
    let tlp = level(extension::TLP_2, "tlp_2_0").and_then(Predefined::tlp_2);
    let pap = || level(extension::PAP, "pap").and_then(Predefined::pap);
    tlp.or_else(pap).map(|known| known.level)
}

/// The levels that the markings of an object name; markings of the bundle need not be at hand.
#[must_use]
pub fn levels(object: &Json<'_>) -> Vec<Level> {
    let refs = object.get("object_marking_refs").and_then(Json::as_list).unwrap_or_default();
    refs.iter().filter_map(Json::as_text).filter_map(Predefined::of).map(|known| known.level).collect()
}

/// Whether a text has the form of a selector (section 7.2.3).
#[must_use]
pub fn is_selector(text: &str) -> bool {
    let name = |part: &str, least: usize| {
        (least..=250).contains(&part.len())
            && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
    };
    let index = |part: &str| {
        let digits = part.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut parts = text.split('.');
    let first = parts.next().unwrap_or_default();
    text == "id" || name(first, 3) && parts.all(|part| index(part) || name(part, 1))
}

/// What a selector selects in an object, if there is anything.
#[must_use]
pub fn select<'o>(object: &'o Json<'_>, selector: &str) -> Option<&'o Json<'o>> {
    let mut value = object;
    for part in selector.split('.') {
        value = match part.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(index) => value.as_list()?.get(index.parse::<usize>().ok()?)?,
            None => value.get(part)?,
        };
    }
    Some(value)
}

/// What the granular markings of an object say of each of its parts: selector and identifier of the marking.
pub fn granular<'o>(object: &'o Json<'_>) -> impl Iterator<Item = (&'o str, &'o str)> {
    let marks = object.get("granular_markings").and_then(Json::as_list).unwrap_or_default();
    marks.iter().flat_map(|mark| {
        let reference = mark.get("marking_ref").and_then(Json::as_text);
        let selectors = mark.get("selectors").and_then(Json::as_list).unwrap_or_default();
        selectors.iter().filter_map(Json::as_text).filter_map(move |selector| Some((selector, reference?)))
    })
}

/// What is left of an object for somebody who may not see all of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Redacted {
    /// The whole object: nothing had to go.
    Whole(Json<'static>),
    /// The object without the parts that these selectors name.
    Part(Json<'static>, Vec<String>),
    /// Nothing: the object itself is withheld, or what is left would say nothing true.
    Nothing,
}

/// Takes out of an object what `may_see` forbids: the object when one of its own markings is forbidden,
/// parts that a granular marking forbids. A mandatory property that is forbidden takes the object with it,
/// as does an item of a list (the places of the others would move). Marks that lead to nothing any more go
/// too.
#[must_use]
pub fn redact(object: &Json<'_>, may_see: impl Fn(&str) -> bool) -> Redacted {
    let refs = object.get("object_marking_refs").and_then(Json::as_list).unwrap_or_default();
    if refs.iter().filter_map(Json::as_text).any(|id| !may_see(id)) {
        return Redacted::Nothing;
    }
    let forbidden: Vec<String> = granular(object)
        .filter(|(_, marking)| !may_see(marking))
        .map(|(selector, _)| selector.to_owned())
        .collect();
    let mut left = object.clone().into_owned();
    if forbidden.is_empty() {
        return Redacted::Whole(left);
    }
    let required = |name: &str| {
        let kind = object.get("type").and_then(Json::as_text).unwrap_or_default();
        super::model::class(kind)
            .and_then(|class| class.property(name))
            .map_or(matches!(name, "type" | "id" | "spec_version" | "created" | "modified"), |property| {
                property.required
            })
    };
    for selector in &forbidden {
        let mut parts = selector.split('.');
        let first = parts.next().unwrap_or_default();
        let whole_property = parts.next().is_none();
        if whole_property && required(first)
            || selector.split('.').any(|part| part.starts_with('[')) && required(first)
        {
            return Redacted::Nothing;
        }
        take_out(&mut left, &selector.split('.').collect::<Vec<_>>());
    }
    clean_marks(&mut left);
    Redacted::Part(left, forbidden)
}

/// Takes a part out; a list goes whole, since the places of its other items would move.
fn take_out(value: &mut Json<'static>, path: &[&str]) {
    let Some((first, rest)) = path.split_first() else { return };
    let Json::Object(members) = value else { return };
    let goes = rest.is_empty() || rest.first().is_some_and(|next| next.starts_with('['));
    if goes {
        members.retain(|member| member.name != *first);
    } else if let Some(member) = members.iter_mut().find(|member| member.name == *first) {
        take_out(&mut member.value, rest);
    }
}

/// Granular marks of what is no longer there go as well.
fn clean_marks(object: &mut Json<'static>) {
    let there = object.clone();
    let Json::Object(members) = object else { return };
    for member in members.iter_mut().filter(|member| member.name == "granular_markings") {
        let Json::List(marks) = &mut member.value else { continue };
        for mark in marks.iter_mut() {
            let Json::Object(parts) = mark else { continue };
            for Member { value, .. } in parts.iter_mut().filter(|part| part.name == "selectors") {
                if let Json::List(selectors) = value {
                    selectors
                        .retain(|item| item.as_text().is_some_and(|text| select(&there, text).is_some()));
                }
            }
        }
        marks.retain(|mark| {
            mark.get("selectors").and_then(Json::as_list).is_some_and(|list| !list.is_empty())
        });
    }
    members.retain(|member| {
        member.name != "granular_markings" || member.value.as_list().is_some_and(|marks| !marks.is_empty())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    fn json(text: &str) -> Json<'static> {
        parse(text.as_bytes(), &Limits::default()).unwrap().into_owned()
    }

    #[test]
    fn selectors_lead_into_the_object() {
        let object = json(r#"{"name":"x","labels":["a","b"],"hashes":{"MD5":"y"}}"#);
        assert_eq!(select(&object, "labels.[1]"), Some(&Json::text("b")));
        assert_eq!(select(&object, "hashes.MD5"), Some(&Json::text("y")));
        assert_eq!(select(&object, "labels.[2]"), None);
        assert!(is_selector("labels.[1]") && is_selector("id") && !is_selector("[0]") && !is_selector("Na"));
    }

    #[test]
    fn what_may_not_be_seen_is_gone_and_nothing_points_to_it() {
        let red = Predefined::tlp_2("red").unwrap().id;
        let object = json(&format!(
            r#"{{"type":"indicator","name":"n","description":"secret","pattern":"[x:y=1]","labels":["a"],
               "granular_markings":[{{"marking_ref":"{red}","selectors":["description","labels.[0]"]}}]}}"#
        ));
        let Redacted::Part(left, gone) = redact(&object, |id| id != red) else { panic!() };
        assert_eq!(left.to_string(), r#"{"type":"indicator","name":"n","pattern":"[x:y=1]"}"#);
        assert_eq!(gone, ["description", "labels.[0]"]);
        assert_eq!(redact(&object, |_| true), Redacted::Whole(object.clone()));
        let needed = json(&object.to_string().replace("\"description\",", "\"pattern\","));
        assert_eq!(redact(&needed, |id| id != red), Redacted::Nothing);
    }

    #[test]
    fn marked_objects_are_withheld_whole() {
        let amber = Predefined::tlp_1("amber").unwrap();
        let object = json(&format!(r#"{{"type":"note","object_marking_refs":["{}"]}}"#, amber.id));
        assert_eq!(redact(&object, |_| false), Redacted::Nothing);
        assert_eq!(levels(&object), [Level::Tlp1("amber")]);
    }
}
