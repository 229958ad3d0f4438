//! Collects the members of one object.

use std::borrow::Cow;

use crate::{
    Json, Member,
    cacao::{Dictionary, Extensions, Identifier, Other, Timestamp},
};

/// Collects members; what was carried along under the same name has the last word.
pub struct Writer<'a> {
    members: Vec<Member<'a>>,
    other: &'a Other,
}

impl<'a> Writer<'a> {
    pub const fn over(other: &'a Other) -> Self {
        Self { members: Vec::new(), other }
    }

    pub fn put(&mut self, name: &'a str, value: Json<'a>) {
        if !self.other.iter().any(|(other, _)| other == name) {
            self.members.push(Member { name: Cow::Borrowed(name), value });
        }
    }

    pub fn text(&mut self, name: &'a str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.put(name, Json::text(text));
        }
    }

    pub fn id(&mut self, name: &'a str, id: Option<&'a Identifier>) {
        self.text(name, id.map(Identifier::as_str));
    }

    pub fn time(&mut self, name: &'a str, time: Option<&'a Timestamp>) {
        self.text(name, time.map(Timestamp::as_str));
    }

    pub fn truth(&mut self, name: &'a str, truth: Option<bool>) {
        if let Some(truth) = truth {
            self.put(name, Json::Bool(truth));
        }
    }

    pub fn whole(&mut self, name: &'a str, number: Option<u64>) {
        if let Some(number) = number {
            self.put(name, Json::Number(Cow::Owned(number.to_string())));
        }
    }

    pub fn list<T>(&mut self, name: &'a str, items: &'a [T], write: impl Fn(&'a T) -> Json<'a>) {
        if !items.is_empty() {
            self.put(name, Json::List(items.iter().map(write).collect()));
        }
    }

    pub fn texts(&mut self, name: &'a str, texts: &'a [String]) {
        self.list(name, texts, |text| Json::text(text.as_str()));
    }

    pub fn ids(&mut self, name: &'a str, ids: &'a [Identifier]) {
        self.list(name, ids, |id| Json::text(id.as_str()));
    }

    pub fn dictionary<T>(
        &mut self,
        name: &'a str,
        entries: &'a Dictionary<T>,
        write: impl Fn(&'a T) -> Json<'a>,
    ) {
        if !entries.is_empty() {
            let member =
                |(key, value): &'a (String, T)| Member { name: Cow::Borrowed(key), value: write(value) };
            self.put(name, Json::Object(entries.iter().map(member).collect()));
        }
    }

    pub fn extensions(&mut self, name: &'a str, entries: &'a Extensions) {
        self.dictionary(name, entries, Clone::clone);
    }

    /// Members that were kept as they are.
    pub fn raw(&mut self, members: &'a Other) {
        for (name, value) in members {
            self.put(name, value.clone());
        }
    }

    pub fn finish(mut self) -> Json<'a> {
        for (name, value) in self.other {
            self.members.push(Member { name: Cow::Borrowed(name), value: value.clone() });
        }
        Json::Object(self.members)
    }
}
