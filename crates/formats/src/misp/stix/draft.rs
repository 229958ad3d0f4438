//! A STIX object in the making.

use std::borrow::Cow;

use crate::{Json, Member};

/// Members so far.
#[derive(Clone, Debug)]
pub struct Draft<'e>(Vec<Member<'e>>);

impl<'e> Draft<'e> {
    /// Of this type, with this identifier.
    pub fn new(kind: impl Into<Cow<'e, str>>, id: impl Into<Cow<'e, str>>) -> Self {
        let mut draft = Self(Vec::with_capacity(12));
        draft.text("type", kind);
        draft.text("spec_version", "2.1");
        draft.text("id", id);
        draft
    }

    /// Adds a member.
    pub fn put(&mut self, name: impl Into<Cow<'e, str>>, value: Json<'e>) {
        self.0.push(Member { name: name.into(), value });
    }

    /// Adds a text.
    pub fn text(&mut self, name: impl Into<Cow<'e, str>>, text: impl Into<Cow<'e, str>>) {
        self.put(name, Json::text(text));
    }

    /// Adds a list of texts, unless it is empty.
    pub fn texts<T: Into<Cow<'e, str>>>(
        &mut self,
        name: impl Into<Cow<'e, str>>,
        texts: impl IntoIterator<Item = T>,
    ) {
        let items: Vec<Json<'e>> = texts.into_iter().map(Json::text).collect();
        if !items.is_empty() {
            self.put(name, Json::List(items));
        }
    }

    /// The members, to be changed in place.
    pub fn members(&mut self) -> &mut Vec<Member<'e>> {
        &mut self.0
    }

    /// The object.
    pub fn done(self) -> Json<'e> {
        Json::Object(self.0)
    }
}
