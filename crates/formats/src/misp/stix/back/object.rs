//! Objects from STIX.

mod concept;
mod contents;
mod family;
mod inner;
mod kind;
mod looked_for;
mod observed;
mod received;

use std::borrow::Cow;

pub use concept::{concept, custom};
pub use looked_for::of_tests;
pub use received::received;

use super::{
    Reader,
    attribute::{common, member},
    labelled,
    pattern::Tests,
    text,
};
use crate::{
    Json,
    misp::{
        check,
        stix::{ids, table, value},
        words,
    },
};

/// An object in the making.
pub struct Made<'b> {
    name: Cow<'b, str>,
    meta: &'b str,
    uuid: String,
    /// Role, type where it is not told by the role, value, and what an attribute has besides.
    found: Vec<Found<'b>>,
}

#[derive(Clone)]
pub struct Found<'b> {
    pub role: Cow<'b, str>,
    pub kind: &'static str,
    pub value: Cow<'b, str>,
    pub data: Option<Cow<'b, str>>,
    pub uuid: Option<&'b str>,
}

impl<'b> Made<'b> {
    pub fn new(name: impl Into<Cow<'b, str>>, meta: &'b str, uuid: String) -> Self {
        Self { name: name.into(), meta, uuid, found: Vec::new() }
    }

    pub fn put(&mut self, role: impl Into<Cow<'b, str>>, kind: &'static str, value: Cow<'b, str>) {
        self.found.push(Found { role: role.into(), kind, value, data: None, uuid: None });
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The object of MISP; `tested` are the values that an indicator looks for.
    pub fn done(self, from: &'b Json<'b>, tested: Option<&Tests>) -> Json<'b> {
        let Self { name, meta, uuid, found } = self;
        let mut counts: Vec<(Cow<'b, str>, usize)> = Vec::new();
        let attributes: Vec<Json<'b>> = found
            .into_iter()
            .map(|one| {
                let nth = match counts.iter_mut().find(|(role, _)| *role == one.role) {
                    Some((_, count)) => {
                        *count += 1;
                        *count
                    }
                    None => {
                        counts.push((one.role.clone(), 0));
                        0
                    }
                };
                one.done(&uuid, nth, tested)
            })
            .collect();
        let mut members = vec![
            member("uuid", Json::text(uuid)),
            member("name", Json::Text(name)),
            member("meta-category", Json::text(meta)),
        ];
        let said = || {
            let is_loose = matches!(text(from, "type"), Some("indicator" | "observed-data"));
            text(from, "description").or_else(|| text(from, "name")).filter(|_| is_loose)
        };
        members.extend(
            text(from, "x_misp_comment").or_else(said).map(|comment| member("comment", Json::text(comment))),
        );
        common(&mut members, from);
        // Tags of objects stand on their attributes; STIX does not say on which.
        members.retain(|member| member.name != "Tag");
        members.push(member("Attribute", Json::List(attributes)));
        Json::Object(members)
    }
}

impl<'b> Found<'b> {
    fn done(self, object: &str, nth: usize, tested: Option<&Tests>) -> Json<'b> {
        let Self { role, kind, value, data, uuid } = self;
        let kind = fitting(kind, &value);
        let looked_for = |tests: &Tests| {
            tests.all.iter().any(|(_, text)| *text == value || data.as_ref().is_some_and(|data| text == data))
        };
        let uuid = match uuid {
            Some(uuid) => uuid.to_owned(),
            None => ids::of_text(&format!("{object} {role} {nth}")),
        };
        let mut members = vec![
            member("uuid", Json::text(uuid)),
            member("object_relation", Json::Text(role)),
            member("type", Json::text(kind)),
            member("category", Json::text(words::default_category(kind).unwrap_or("Other"))),
            member("to_ids", Json::Bool(tested.is_some_and(looked_for))),
            member("value", Json::Text(value)),
            member("distribution", Json::text("5")),
        ];
        members.extend(data.map(|data| member("data", Json::Text(data))));
        Json::Object(members)
    }
}

impl<'b> Reader<'b, '_> {
    /// The objects that an object of the bundle stands for; indicators that go with observed data wait for it.
    pub fn objects(&mut self, object: &'b Json<'b>, stix: &str, name: &'b str) -> Option<Vec<Json<'b>>> {
        let id = text(object, "id")?;
        let partner = self.bundle.partner(id).filter(|partner| labelled(partner, "name") == Some(name));
        let meta = labelled(object, "meta-category").unwrap_or("misc");
        let mut made = Made::new(name, meta, self.bundle.uuid_of(id));
        match (stix, table::observable(name), table::concept(name)) {
            ("indicator", Some(_), _) if partner.is_some() => {
                self.taken.take(object);
                None
            }
            ("indicator", Some(form), _) => {
                let tests = Tests::read(text(object, "pattern")?)?;
                let (read, family) = of_tests(&mut made, form, &tests);
                if read < tests.all.len() {
                    self.lose(object, "its pattern has tests that the object has no role for");
                }
                let all = std::iter::once(made).chain(family).filter(|made| !made.is_empty());
                let objects: Vec<_> = all.map(|made| made.done(object, Some(&tests))).collect();
                (!objects.is_empty()).then_some(objects)
            }
            ("observed-data", Some(form), _) => {
                let scos: Vec<&'b Json<'b>> = self.bundle.refs(object, "object_refs").collect();
                let tested = partner.and_then(|indicator| text(indicator, "pattern")).and_then(Tests::read);
                let mut family = self.observable(&mut made, form, &scos)?;
                scos.iter().for_each(|sco| self.taken.take(sco));
                if let Some(indicator) = partner {
                    self.taken.take(indicator);
                }
                let mut objects = vec![made.done(object, tested.as_ref())];
                objects.extend(family.drain(..).map(|made| made.done(object, tested.as_ref())));
                Some(objects)
            }
            (_, _, Some(form)) => {
                concept(&mut made, form, object);
                Some(vec![made.done(object, None)])
            }
            ("malware" | "tool", _, _) if name == "script" => {
                concept::script(&mut made, object);
                Some(vec![made.done(object, None)])
            }
            ("note", _, _) => {
                made.put("text", "text", Cow::Borrowed(text(object, "content")?));
                customs(&mut made.found, object);
                Some(vec![made.done(object, None)])
            }
            _ => None,
        }
    }
}

/// The type, or text where the value is not one of that type and servers would refuse it.
pub fn fitting(kind: &'static str, value: &str) -> &'static str {
    if check::flaw(kind, value).is_some() && check::is_refused(kind) { "text" } else { kind }
}

/// Properties of our own, each a role.
pub fn customs<'b>(found: &mut Vec<Found<'b>>, object: &'b Json<'b>) {
    for own in object.as_object().unwrap_or_default() {
        let Some(name) = own.name.strip_prefix("x_misp_") else { continue };
        if matches!(name, "comment" | "author_ref" | "opinion" | "original_names" | "meta" | "process_name") {
            continue;
        }
        let role = name.replace('_', "-");
        let items = match &own.value {
            Json::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        for item in items {
            let data = text(item, "data").map(Cow::Borrowed);
            let inner = item.get("value").unwrap_or(item);
            let Some(value) = value::to_text("", inner) else { continue };
            let known = words::known(&role);
            let kind = match (&data, inner) {
                (Some(_), _) => "attachment",
                (None, Json::Bool(_)) => "boolean",
                (None, _) => known.filter(|kind| check::flaw(kind, &value).is_none()).unwrap_or("text"),
            };
            found.push(Found { role: Cow::Owned(role.clone()), kind, value, data, uuid: None });
        }
    }
}
