//! The objects of the bundle: what all have in common.

use std::collections::HashSet;

use super::super::{
    Advisory, Version,
    look::{items, part, text},
    syntax::time::{in_utc, nanoseconds},
};
use crate::{
    Json, Loss, Member,
    stix::{identifier, is_language_tag, marking::Predefined, source_of},
    syntax::address::fault_of_uri,
};

/// The name space of identifiers of what advisories say.
const SPACE: [u8; 16] = *b"beffroi:csaf2stx";

/// A publisher is the same in all its advisories, so its times cannot be those of one: the day on which CSAF 2.0
/// became a standard.
const PUBLISHERS_SINCE: &str = "2022-11-18T00:00:00.000Z";

/// Where an advisory has no date that can be read.
const NO_DATE: &str = "1970-01-01T00:00:00.000Z";

/// An object that is being filled.
pub struct Object(Vec<Member<'static>>);

impl Object {
    pub fn put(&mut self, name: &'static str, value: Json<'static>) {
        self.0.push(Member { name: name.into(), value });
    }

    /// A text that says something.
    pub fn text(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.put(name, Json::text(text.to_owned()));
        }
    }

    /// A list with something in it, each item once.
    pub fn list(&mut self, name: &'static str, items: Vec<Json<'static>>) {
        let mut seen = HashSet::new();
        let items: Vec<_> = items.into_iter().filter(|item| seen.insert(item.to_string())).collect();
        if !items.is_empty() {
            self.put(name, Json::List(items));
        }
    }

    pub fn into_json(self) -> Json<'static> {
        Json::Object(self.0)
    }
}

/// The bundle that is being filled.
pub struct Builder<'d> {
    document: &'d Json<'d>,
    name_space: String,
    publisher: String,
    created: String,
    pub modified: String,
    marking: Option<&'static Predefined>,
    lang: Option<&'d str>,
    objects: Vec<Json<'static>>,
    ids: HashSet<String>,
    pub losses: Vec<Loss>,
}

impl<'d> Builder<'d> {
    pub fn over(advisory: &'d Advisory) -> Self {
        let document = advisory.document();
        let namespace = text(part(document, "publisher"), "namespace");
        let date = |name: &str| nanoseconds(text(advisory.tracking(), name));
        let created = date("initial_release_date").or_else(|| date("current_release_date"));
        let modified = date("current_release_date").max(created);
        let written = |at: Option<i128>| at.map_or_else(|| NO_DATE.to_owned(), in_utc);
        let key = format!("{namespace} {}", text(part(document, "publisher"), "name"));
        let lang = part(document, "lang").as_text().filter(|tag| !tag.is_empty());
        let odd = lang.filter(|tag| !is_language_tag(tag));
        let odd = odd.map(|tag| Loss::at(&["document", "lang"], tag, "no language (RFC 5646)"));
        let mut builder = Self {
            document,
            lang: lang.filter(|tag| is_language_tag(tag)),
            name_space: format!("{namespace} {}", advisory.id()),
            publisher: identifier::derived("identity", SPACE, &key),
            created: written(created),
            modified: written(modified),
            marking: advisory.tlp().and_then(|label| marking(label, advisory.version())),
            objects: Vec::new(),
            ids: HashSet::new(),
            losses: odd.into_iter().collect(),
        };
        builder.objects.extend(builder.marking.map(Predefined::object));
        builder
    }

    /// The identifier of an object of this advisory.
    pub fn id(&self, kind: &str, key: &str) -> String {
        identifier::derived(kind, SPACE, &format!("{} {kind} {key}", self.name_space))
    }

    /// An object of this advisory, to be filled.
    pub fn object(&self, kind: &'static str, id: &str) -> Object {
        let mut object = Object(Vec::new());
        object.put("type", Json::text(kind));
        object.put("spec_version", Json::text("2.1"));
        object.put("id", Json::text(id.to_owned()));
        object.put("created_by_ref", Json::text(self.publisher.clone()));
        object.put("created", Json::text(self.created.clone()));
        object.put("modified", Json::text(self.modified.clone()));
        object.text("lang", self.lang);
        self.marked(&mut object);
        object
    }

    /// An observable, to be filled and then given its identifier.
    pub fn observable(&self, kind: &'static str) -> Object {
        let mut object = Object(Vec::new());
        object.put("type", Json::text(kind));
        object.put("spec_version", Json::text("2.1"));
        self.marked(&mut object);
        object
    }

    fn marked(&self, object: &mut Object) {
        let refs = self.marking.map(|level| Json::text(level.id));
        object.list("object_marking_refs", refs.into_iter().collect());
    }

    /// Takes an object in, unless it is there.
    pub fn put(&mut self, object: Object) {
        let object = object.into_json();
        if self.ids.insert(text(&object, "id").to_owned()) {
            self.objects.push(object);
        }
    }

    /// Takes an observable in and tells its identifier.
    pub fn put_observable(&mut self, mut object: Object) -> Option<String> {
        let id = identifier::observable(&Json::Object(object.0.clone()))?;
        object.0.insert(2, Member { name: "id".into(), value: Json::text(id.clone()) });
        self.put(object);
        Some(id)
    }

    /// Whether an object of this identifier is in.
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    pub fn relationship(&mut self, from: &str, kind: &str, to: &str) {
        let id = self.id("relationship", &format!("{from} {kind} {to}"));
        let mut object = self.object("relationship", &id);
        object.text("relationship_type", Some(kind));
        object.text("source_ref", Some(from));
        object.text("target_ref", Some(to));
        self.put(object);
    }

    pub fn publisher(&mut self) {
        let publisher = part(self.document, "publisher");
        let mut object = Object(Vec::new());
        for (name, value) in [
            ("type", "identity"),
            ("spec_version", "2.1"),
            ("id", &self.publisher),
            ("created", PUBLISHERS_SINCE),
            ("modified", PUBLISHERS_SINCE),
        ] {
            object.text(name, Some(value));
        }
        let name = text(publisher, "name");
        object.text("name", Some(if name.is_empty() { "unnamed publisher" } else { name }));
        let role = part(publisher, "category").as_text();
        object.list("roles", role.map(|role| Json::text(role.to_owned())).into_iter().collect());
        object.text("identity_class", Some("organization"));
        object.text("contact_information", part(publisher, "contact_details").as_text());
        let namespace = text(publisher, "namespace");
        object.list("external_references", url("publisher", "", namespace).into_iter().collect());
        self.put(object);
    }

    /// The identifiers of all that is in so far, in its order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.objects.iter().map(|object| text(object, "id"))
    }

    pub fn finish(self) -> Vec<Json<'static>> {
        self.objects
    }
}

/// CSAF 2.0 means the first version of the protocol, 2.1 the second.
fn marking(label: &str, version: Version) -> Option<&'static Predefined> {
    let label = label.to_ascii_lowercase();
    match version {
        Version::V20 => Predefined::tlp_1(&label),
        Version::V21 => Predefined::tlp_2(&label),
    }
}

/// A name in another system. A number of CVE or CAPEC has that source, wherever the advisory says it, and
/// nothing else has it (STIX 2.1, 2.5).
pub fn external(system: &str, id: &str) -> Json<'static> {
    let source = source_of(id).unwrap_or(match system {
        "" | "cve" | "capec" => "external",
        other => other,
    });
    let mut object = Object(Vec::new());
    object.text("source_name", Some(source));
    object.text("description", Some(system).filter(|system| *system != source));
    object.put("external_id", Json::text(id.to_owned()));
    object.into_json()
}

/// An address, if anything is said at all; what is no URI stands in the description.
pub fn url(name: &'static str, description: &str, url: &str) -> Option<Json<'static>> {
    let is_uri = fault_of_uri(url).is_none();
    let description = if is_uri { description.to_owned() } else { format!("{description} {url}") };
    let description = description.trim();
    let mut object = Object(Vec::new());
    object.text("source_name", Some(name));
    object.text("description", Some(description));
    object.text("url", Some(url).filter(|_| is_uri));
    (is_uri || !description.is_empty()).then(|| object.into_json())
}

/// The references of a document or a vulnerability.
pub fn references(value: &Json<'_>) -> Vec<Json<'static>> {
    let all = items(value, "references").iter();
    all.filter_map(|reference| {
        let name = if text(reference, "category") == "self" { "self" } else { "external" };
        url(name, text(reference, "summary"), text(reference, "url"))
    })
    .collect()
}
