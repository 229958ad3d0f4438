//! What the extension carries of a class of IDMEFv2: its attributes without those that STIX holds, and the
//! identifiers of the objects that hold them.

use std::{borrow::Cow, collections::HashSet};

use crate::{
    Json, Limits, Member, parse,
    stix::extension::{IDMEF, travels},
};

/// Names that the extension needs for itself.
const ABSENT: &str = "absent_members";
const ODD: &str = "odd_members";
const NOTHING: &str = "nothing_more";

/// Deeper than this, a value travels as a text, lest the bundle is nested too deep to be read.
const DEEPEST: usize = 8;

/// An object of an alert from which one takes what STIX can hold; what is left travels in the extension.
#[derive(Debug, Default)]
pub struct Remainder {
    members: Vec<Member<'static>>,
    references: Vec<Member<'static>>,
    absent: Vec<Json<'static>>,
}

impl Remainder {
    pub fn of(value: Json<'static>) -> Self {
        let members = match value {
            Json::Object(members) => members,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => Vec::new(),
        };
        Self { members, ..Self::default() }
    }

    pub fn get(&self, name: &str) -> Option<&Json<'static>> {
        self.members.iter().rev().find(|member| member.name == name).map(|member| &member.value)
    }

    /// A text that is not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::as_text).filter(|text| !text.is_empty())
    }

    /// A list of texts, none of them empty.
    pub fn texts(&self, name: &str) -> Option<Vec<String>> {
        self.get(name).and_then(plain_texts)
    }

    /// The digits of a list of ports.
    pub fn ports(&self, name: &str) -> Vec<u16> {
        let items = self.get(name).and_then(Json::as_list).unwrap_or_default();
        items.iter().filter_map(port).collect()
    }

    /// The ports of a list that holds nothing else.
    pub fn plain_ports(&self, name: &str) -> Option<Vec<u16>> {
        let count = self.get(name)?.as_list()?.len();
        Some(self.ports(name)).filter(|ports| !ports.is_empty() && ports.len() == count)
    }

    /// The object that holds something, by its name here.
    pub fn reference(&self, name: &str) -> Option<String> {
        let found = self.references.iter().find(|member| member.name == name)?;
        found.value.as_text().map(str::to_owned)
    }

    /// Takes a member out: STIX says the same.
    pub fn take(&mut self, name: &str) -> Option<Json<'static>> {
        let mut taken = None;
        while let Some(at) = self.members.iter().position(|member| member.name == name) {
            taken = Some(self.members.remove(at).value);
        }
        taken
    }

    /// Moves a member over to the object that it belongs to.
    pub fn give(&mut self, name: &'static str, other: &mut Self) {
        if let Some(value) = self.take(name) {
            other.members.push(Member { name: Cow::Borrowed(name), value });
        }
    }

    /// STIX says something here; whether it is the very text of the alert decides what still travels.
    pub fn said(&mut self, name: &'static str, text: &str) {
        match self.get(name) {
            Some(value) if value.as_text() == Some(text) => drop(self.take(name)),
            Some(_) => {}
            None => self.lacks(name),
        }
    }

    /// The alert has no such attribute, although STIX has to say something.
    pub fn lacks(&mut self, name: &'static str) {
        if self.get(name).is_none() {
            self.absent.push(Json::text(name));
        }
    }

    /// Names the object that holds something.
    pub fn refer(&mut self, name: &'static str, identifier: &str) {
        self.put(name, Json::text(identifier.to_owned()));
    }

    /// Names the objects that hold something.
    pub fn refer_all(&mut self, name: &'static str, identifiers: &[String]) {
        if !identifiers.is_empty() {
            self.put(name, Json::List(identifiers.iter().map(|id| Json::text(id.clone())).collect()));
        }
    }

    /// Something else that the way back needs.
    pub fn put(&mut self, name: &'static str, value: Json<'static>) {
        self.references.push(Member { name: Cow::Borrowed(name), value });
    }

    /// The objects of a list that holds nothing else, taken out.
    pub fn parts(&mut self, name: &str) -> Vec<Self> {
        let items = self.get(name).and_then(Json::as_list).unwrap_or_default();
        if items.is_empty() || items.iter().any(|item| item.as_object().is_none()) {
            return Vec::new();
        }
        match self.take(name) {
            Some(Json::List(items)) => items.into_iter().map(Self::of).collect(),
            _ => Vec::new(),
        }
    }

    /// The object of this name, taken out.
    pub fn part(&mut self, name: &str) -> Option<Self> {
        self.get(name)?.as_object()?;
        self.take(name).map(Self::of)
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty() && self.references.is_empty() && self.absent.is_empty()
    }

    /// As it travels. Null, empty lists and the like, which STIX does not have, travel as JSON in a text.
    pub fn into_json(self) -> Json<'static> {
        let mut all = self.references;
        let mut odd = Vec::new();
        let mut seen = HashSet::new();
        for member in self.members {
            let fine = seen.insert(member.name.clone())
                && is_key(&member.name)
                && travels(&member.value, DEEPEST, is_name);
            if fine { all.push(member) } else { odd.push(member) }
        }
        if !self.absent.is_empty() {
            all.push(Member { name: Cow::Borrowed(ABSENT), value: Json::List(self.absent) });
        }
        if !odd.is_empty() {
            let text = Json::Object(odd).to_string();
            all.push(Member { name: Cow::Borrowed(ODD), value: Json::text(text) });
        }
        if all.is_empty() {
            all.push(Member { name: Cow::Borrowed(NOTHING), value: Json::Bool(true) });
        }
        Json::Object(all)
    }
}

/// The texts of a list that holds nothing else, and no empty one.
fn plain_texts(value: &Json<'_>) -> Option<Vec<String>> {
    let texts = value.as_list()?.iter().map(|item| item.as_text().filter(|text| !text.is_empty()));
    let texts: Option<Vec<String>> = texts.map(|text| text.map(str::to_owned)).collect();
    texts.filter(|texts| !texts.is_empty())
}

/// A port from its digits.
fn port(value: &Json<'_>) -> Option<u16> {
    match value {
        Json::Number(digits) => digits.parse().ok(),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
    }
}

/// The name of an attribute, and none that the extension has for itself: these are in small letters.
fn is_key(name: &str) -> bool {
    let own = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    !own && is_name(name)
}

fn is_name(name: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=250).contains(&name.len()) && name.bytes().all(fine)
}

/// The extension with these parts.
pub fn extension(parts: Vec<(&'static str, Json<'static>)>) -> Json<'static> {
    let kind = Member { name: Cow::Borrowed("extension_type"), value: Json::text("property-extension") };
    let parts = parts.into_iter().map(|(name, value)| Member { name: Cow::Borrowed(name), value });
    Json::object([(IDMEF, Json::Object(std::iter::once(kind).chain(parts).collect()))])
}

/// A part of our extension on an object, if there is one.
pub fn part<'j, 'a>(object: &'j Json<'a>, name: &str) -> Option<&'j Json<'a>> {
    object.get("extensions")?.get(IDMEF)?.get(name).filter(|part| part.as_object().is_some())
}

/// A list of parts of our extension on an object.
pub fn parts<'j, 'a>(object: &'j Json<'a>, name: &str) -> &'j [Json<'a>] {
    let list = object.get("extensions").and_then(|all| all.get(IDMEF)).and_then(|own| own.get(name));
    list.and_then(Json::as_list).unwrap_or_default()
}

/// What came back in the extension: the attributes as they were, without those that STIX holds.
#[derive(Debug, Default)]
pub struct Carried<'j> {
    source: Option<&'j Json<'static>>,
    members: Vec<Member<'static>>,
}

impl<'j> Carried<'j> {
    pub fn of(part: Option<&'j Json<'static>>, limits: &Limits) -> Self {
        let all = part.and_then(Json::as_object).unwrap_or_default();
        let mut members: Vec<Member<'static>> =
            all.iter().filter(|member| is_key(&member.name)).cloned().collect();
        let odd = part.and_then(|part| part.get(ODD)).and_then(Json::as_text);
        if let Some(Ok(Json::Object(odd))) = odd.map(|text| parse(text.as_bytes(), limits)) {
            let owned = odd.into_iter().map(|member| Member {
                name: Cow::Owned(member.name.into_owned()),
                value: member.value.into_owned(),
            });
            members.extend(owned);
        }
        Self { source: part, members }
    }

    /// The object that holds something, by its name here.
    pub fn reference(&self, name: &str) -> Option<&'j str> {
        self.source?.get(name)?.as_text()
    }

    pub fn references(&self, name: &str) -> Vec<&'j str> {
        let list = self.source.and_then(|part| part.get(name)).and_then(Json::as_list).unwrap_or_default();
        list.iter().filter_map(Json::as_text).collect()
    }

    /// What was put beside the attributes.
    pub fn extra(&self, name: &str) -> Option<&'j Json<'static>> {
        self.source?.get(name)
    }

    pub fn get(&self, name: &str) -> Option<&Json<'static>> {
        self.members.iter().rev().find(|member| member.name == name).map(|member| &member.value)
    }

    /// Whether the alert had no such attribute although STIX had to say something.
    pub fn is_absent(&self, name: &str) -> bool {
        self.references(ABSENT).contains(&name)
    }

    pub fn take(&mut self, name: &str) -> Option<Json<'static>> {
        let mut taken = None;
        while let Some(at) = self.members.iter().position(|member| member.name == name) {
            taken = Some(self.members.remove(at).value);
        }
        taken
    }

    /// What STIX says has the word; the text that was carried stays where it says the same in other words.
    pub fn heard(&mut self, name: &'static str, said: &str, same: impl Fn(&str) -> Option<String>) {
        let agrees = |value: &Json<'_>| value.as_text().and_then(&same).is_some_and(|text| text == said);
        if !self.get(name).is_some_and(agrees) {
            self.set(name, Json::text(said.to_owned()));
        }
    }

    pub fn set(&mut self, name: &'static str, value: Json<'static>) {
        self.take(name);
        self.members.push(Member { name: Cow::Borrowed(name), value });
    }

    /// Appends to a list of texts.
    pub fn add(&mut self, name: &'static str, text: &str) {
        match self.take(name) {
            None => self.set(name, Json::List(vec![Json::text(text.to_owned())])),
            Some(Json::List(mut items)) => {
                items.push(Json::text(text.to_owned()));
                self.set(name, Json::List(items));
            }
            Some(other) => self.set(name, other),
        }
    }

    /// A list of texts, none of them empty; else nothing.
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.get(name).and_then(plain_texts).unwrap_or_default()
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::as_text)
    }

    /// Moves everything over to another object.
    pub fn pour(&mut self, other: Carried<'_>) {
        self.members.extend(other.members);
    }

    pub fn into_json(self) -> Json<'static> {
        Json::Object(self.members)
    }
}
