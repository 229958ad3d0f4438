//! Attributes from STIX.

use std::borrow::Cow;

use super::{Reader, labelled, pattern::Tests, seconds, tags, text};
use crate::{
    Json, Member,
    misp::{
        check,
        stix::{
            ids,
            table::{self, Path, Step},
            value,
        },
        time, words,
    },
};

impl<'b> Reader<'b, '_> {
    /// The attribute that an object of the bundle stands for; indicators that go with observed data wait for it.
    pub fn attribute(&mut self, object: &'b Json<'b>, stix: &str, kind: &'b str) -> Option<Json<'b>> {
        let id = text(object, "id")?;
        let partner = self.bundle.partner(id).filter(|partner| labelled(partner, "type") == Some(kind));
        match stix {
            "indicator" if partner.is_some() => {
                self.taken.take(object);
                None
            }
            "indicator" => {
                let (value, data) = if table::rule(kind).is_some() {
                    (Cow::Borrowed(text(object, "pattern")?), None::<Cow<'_, str>>)
                } else {
                    from_pattern(kind, text(object, "pattern")?)?
                };
                Some(self.written(object, Some(object), kind, (value, data)))
            }
            "observed-data" => {
                let scos: Vec<&'b Json<'b>> = self.bundle.refs(object, "object_refs").collect();
                let found = self.observed(&scos, kind)?;
                scos.iter().for_each(|sco| self.taken.take(sco));
                if let Some(indicator) = partner {
                    self.taken.take(indicator);
                }
                Some(self.written(object, partner, kind, found))
            }
            _ => {
                let value = Cow::Borrowed(text(object, "name")?);
                Some(self.written(object, None, kind, (value, None)))
            }
        }
    }

    fn written(
        &self,
        object: &'b Json<'b>,
        indicator: Option<&'b Json<'b>>,
        kind: &'b str,
        (value, data): (Cow<'b, str>, Option<Cow<'b, str>>),
    ) -> Json<'b> {
        let category =
            labelled(object, "category").or_else(|| words::default_category(kind)).unwrap_or("Other");
        let mut members = vec![
            member("uuid", Json::text(self.bundle.uuid_of(text(object, "id").unwrap_or_default()))),
            member("type", Json::text(kind)),
            member("category", Json::text(category)),
            member("value", Json::Text(value)),
            member("to_ids", Json::Bool(indicator.is_some())),
        ];
        let comment = text(indicator.unwrap_or(object), "description");
        members.extend(comment.map(|comment| member("comment", Json::text(comment))));
        members.extend(data.map(|data| member("data", Json::Text(data))));
        common(&mut members, object);
        Json::Object(members)
    }

    /// The value, and the bytes of an attachment.
    fn observed(&self, scos: &[&'b Json<'b>], kind: &str) -> Option<(Cow<'b, str>, Option<Cow<'b, str>>)> {
        let paths = table::attribute(kind)?;
        let mut parts = Vec::with_capacity(2);
        for path in paths {
            let found = root(scos, &path.kind).and_then(|root| self.at(root, &path.steps).first().copied());
            // Others have the address alone where we have the traffic around it.
            let found = found.or_else(|| {
                (paths.len() == 1).then(|| scos.iter().find_map(|sco| sco.get("value"))).flatten()
            })?;
            parts.push(value::to_text(path.last(), found)?);
        }
        let data = match kind {
            "attachment" | "malware-sample" => scos
                .iter()
                .find(|sco| text(sco, "type") == Some("artifact"))
                .and_then(|sco| text(sco, "payload_bin"))
                .map(Cow::Borrowed),
            _ => None,
        };
        Some((joined(parts)?, data))
    }

    /// The values at the end of a path.
    pub fn at(&self, from: &'b Json<'b>, steps: &[Step]) -> Vec<&'b Json<'b>> {
        self.at_owned(from, steps, None).into_iter().map(|(found, _)| found).collect()
    }

    /// As above, each with the identifier of the observable that it was found in, beyond the first.
    pub fn at_owned(
        &self,
        from: &'b Json<'b>,
        steps: &[Step],
        owner: Option<&'b str>,
    ) -> Vec<(&'b Json<'b>, Option<&'b str>)> {
        let Some((step, rest)) = steps.split_first() else { return vec![(from, owner)] };
        let Some(inner) = named(from, step.name()) else { return Vec::new() };
        let refer = |id: &'b Json<'b>| {
            let found = self.bundle.get(id.as_text()?)?;
            Some((found, text(found, "id")))
        };
        let items = inner.as_list().unwrap_or(std::slice::from_ref(inner));
        let next: Vec<(&'b Json<'b>, Option<&'b str>)> = match step {
            Step::Name(_) => vec![(inner, owner)],
            Step::Ref(_) => refer(inner).into_iter().collect(),
            Step::Refs(_) => items.iter().filter_map(refer).collect(),
            Step::Grow(_) => items.iter().map(|item| (item, owner)).collect(),
            Step::First(_) => items.iter().take(1).map(|item| (item, owner)).collect(),
        };
        next.into_iter().flat_map(|(next, owner)| self.at_owned(next, rest, owner)).collect()
    }
}

/// A member; hashes are written in many ways.
fn named<'b>(object: &'b Json<'b>, name: &str) -> Option<&'b Json<'b>> {
    object.get(name).or_else(|| {
        let plain = |name: &str| name.replace('-', "").to_uppercase();
        let is_hash =
            name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        let found = object.as_object()?.iter().find(|member| is_hash && plain(&member.name) == plain(name));
        found.map(|member| &member.value)
    })
}

/// The observable of this type that the others belong to.
pub fn root<'b>(scos: &[&'b Json<'b>], kind: &str) -> Option<&'b Json<'b>> {
    scos.iter().find(|sco| text(sco, "type") == Some(kind)).copied()
}

pub fn joined<'b>(mut parts: Vec<Cow<'b, str>>) -> Option<Cow<'b, str>> {
    if parts.len() == 1 { parts.pop() } else { Some(Cow::Owned(parts.join("|"))) }
}

/// The value that a pattern tests for.
fn from_pattern<'b>(kind: &str, pattern: &'b str) -> Option<(Cow<'b, str>, Option<Cow<'b, str>>)> {
    let tests = Tests::read(pattern)?;
    let single;
    let paths: &[Path] = match (table::attribute(kind), table::pattern_only(kind)) {
        (Some(paths), _) => paths,
        (None, Some(path)) => {
            single = [path.clone()];
            &single
        }
        (None, None) => return None,
    };
    let mut parts = Vec::with_capacity(2);
    for path in paths {
        let text = tests.at(path).next().or_else(|| other_place(kind, path, &tests));
        let single = tests
            .all
            .first()
            .filter(|_| paths.len() == 1 && tests.all.len() == 1)
            .map(|(_, text)| text.clone());
        let text = text.or(single)?;
        parts.push(Cow::Owned(match path.last() {
            "number" if !text.starts_with("AS") => format!("AS{text}"),
            // Their writer escapes what needs none.
            "data" => text.replace("\\%", "%"),
            _ => text,
        }));
    }
    let data = match kind {
        "attachment" | "malware-sample" => tests.value("file:content_ref.payload_bin"),
        _ => None,
    };
    Some((joined(parts)?, data.filter(|data| check::is_base64(data)).map(Cow::Owned)))
}

/// Names of hosts stand in patterns of others as domains.
fn other_place(kind: &str, path: &Path, tests: &Tests) -> Option<String> {
    let is_host = kind == "hostname|port" && path.last() == "value";
    if is_host { tests.value("domain-name:value") } else { None }
}

/// What an object of our own says.
pub fn custom<'b>(object: &'b Json<'b>) -> Json<'b> {
    let own = |name: &str| text(object, name);
    let kind = own("x_misp_type").unwrap_or("text");
    let id = own("id").unwrap_or_default();
    let uuid = ids::uuid_of(id);
    let mut members = vec![
        member("uuid", Json::text(if check::is_uuid(uuid) { uuid.to_owned() } else { ids::of_text(id) })),
        member("type", Json::text(kind)),
        member(
            "category",
            Json::text(own("x_misp_category").or_else(|| words::default_category(kind)).unwrap_or("Other")),
        ),
        member("value", object.get("x_misp_value").cloned().unwrap_or(Json::text(""))),
        member("to_ids", Json::Bool(labelled(object, "to_ids") == Some("True"))),
    ];
    members.extend(own("x_misp_comment").map(|comment| member("comment", Json::text(comment))));
    members.extend(own("x_misp_data").map(|data| member("data", Json::text(data))));
    common(&mut members, object);
    Json::Object(members)
}

/// What attributes and objects alike take from the object that stands for them.
pub fn common<'b>(members: &mut Vec<Member<'b>>, object: &'b Json<'b>) {
    if let Some(seconds) = seconds(object, "modified") {
        members.push(member("timestamp", Json::text(seconds)));
    }
    let changed = text(object, "modified").and_then(time::nanoseconds);
    let seen = |name: &str| text(object, name).filter(|time| time::nanoseconds(time) != changed);
    for (from, to) in [("first_observed", "first_seen"), ("last_observed", "last_seen")] {
        if let Some(time) = seen(from) {
            members.push(member(to, Json::text(time)));
        }
    }
    members.push(member("distribution", Json::text("5")));
    let tags = tags(object);
    if !tags.is_empty() {
        members.push(member("Tag", Json::List(tags)));
    }
}

pub fn member<'b>(name: &'static str, value: Json<'b>) -> Member<'b> {
    Member { name: name.into(), value }
}
