//! What bundles of others hold: indicators, observables and concepts without labels of MISP.

use std::borrow::Cow;

use super::{
    Reader, Stands,
    attribute::{common, member},
    form::{attribute_of, form_of, form_of_tests, says_nothing_more, says_one_thing, single},
    object::{self, Made},
    pattern::Tests,
    text,
};
use crate::{
    Json,
    misp::{
        stix::{table, value},
        words,
    },
};

impl<'b> Reader<'b, '_> {
    /// Takes up an object of others, if anything in MISP stands for it.
    pub fn foreign(&mut self, object: &'b Json<'b>, kind: &str) {
        match kind {
            "indicator" => self.indicator(object),
            "observed-data" => self.observation(object),
            "identity" => self.identity(object),
            "malware-analysis" => self.concept(object, "malware-analysis", "misc"),
            "location" if object.get("latitude").is_some() => self.concept(object, "geolocation", "misc"),
            _ if self.foreign_cluster(object, kind) => {}
            _ => self.alone(object, kind),
        }
    }

    /// An observable that no observed data hold.
    fn alone(&mut self, object: &'b Json<'b>, kind: &str) {
        if form_of(object, kind).is_none() && single(kind).is_none() {
            return;
        }
        let held = self.is_held(object);
        if !held {
            self.observable_of(object, object, None, &[object]);
        }
    }

    /// Whether another object speaks for an observable.
    fn is_held(&self, sco: &'b Json<'b>) -> bool {
        let Some(id) = text(sco, "id") else { return false };
        self.bundle.objects().any(|other| {
            let members = other.as_object().unwrap_or_default();
            members.iter().any(|member| match &member.value {
                Json::Text(text) => member.name.ends_with("_ref") && text == id && !is_relation(other),
                Json::List(items) => {
                    member.name.ends_with("_refs")
                        && matches!(text(other, "type"), Some(kind) if kind != "report" && kind != "grouping")
                        && items.iter().any(|item| item.as_text() == Some(id))
                        && !matches!(text(other, "type"), Some("note" | "opinion" | "sighting"))
                }
                _ => false,
            })
        })
    }

    fn observation(&mut self, object: &'b Json<'b>) {
        let scos: Vec<&'b Json<'b>> = self.bundle.refs(object, "object_refs").collect();
        let tests = text(object, "id")
            .and_then(|id| self.bundle.partner(id))
            .and_then(|indicator| text(indicator, "pattern"))
            .and_then(Tests::read);
        self.taken.take(object);
        let mut any = false;
        self.foreign.extend(scos.iter().copied());
        for sco in &scos {
            let referred = scos.iter().any(|other| refers_to(other, sco));
            if !referred && !self.taken.is_taken(sco) {
                any |= self.observable_of(object, sco, tests.as_ref(), &scos);
            }
        }
        for sco in &scos {
            if !self.taken.is_taken(sco) && any {
                self.observable_of(object, sco, tests.as_ref(), &scos);
            }
        }
        if object.get("objects").is_some() || !any {
            self.lose(object, "its observables are not read in this form");
        }
    }

    /// One observable: an attribute when it says one thing, an object when it says more.
    fn observable_of(
        &mut self,
        from: &'b Json<'b>,
        sco: &'b Json<'b>,
        tests: Option<&Tests>,
        all: &[&'b Json<'b>],
    ) -> bool {
        let kind = text(sco, "type").unwrap_or_default();
        let id = text(sco, "id").unwrap_or_default();
        if let Some((attribute, property)) =
            single(kind).filter(|(_, property)| says_one_thing(sco, property))
        {
            let Some(text) = sco.get(property).and_then(|found| value::to_text(property, found)) else {
                return false;
            };
            let to_ids = tests.is_some_and(|tests| tests.all.iter().any(|(_, tested)| *tested == text));
            let made = self.plain_attribute(from, id, attribute, (text, to_ids));
            self.taken.take(sco);
            self.stand_beside(from, sco, Stands::Attribute(made));
            if let Some(name) = super::text(sco, "display_name") {
                let seed = format!("{id} display name");
                let named =
                    self.plain_attribute(from, &seed, "email-dst-display-name", (Cow::Borrowed(name), false));
                self.parts.push((sco, Stands::Attribute(named)));
            }
            return true;
        }
        let Some((name, meta)) = form_of(sco, kind) else { return false };
        let Some(form) = table::observable(name) else { return false };
        let mut made = Made::new(name, meta, self.bundle.uuid_of(id));
        let Some(family) = self.observable(&mut made, form, &alone_first(sco, all)) else { return false };
        if made.is_empty() {
            return false;
        }
        if name == "email" {
            object::received(&mut made, sco);
        }
        let mut objects = vec![made.done(from, tests)];
        objects.extend(family.into_iter().map(|made| made.done(from, tests)));
        self.taken.take(sco);
        self.parts_of(sco, name);
        self.stand_beside(from, sco, Stands::Objects(objects));
        true
    }

    /// Observables whose values stand in the object already.
    fn parts_of(&mut self, sco: &'b Json<'b>, name: &str) {
        let members: &[&str] = match name {
            "domain-ip" => &["resolves_to_refs"],
            "email" => &["from_ref", "to_refs", "cc_refs", "bcc_refs", "sender_ref"],
            "network-traffic" | "network-socket" | "http-request" => &["src_ref", "dst_ref"],
            "process" => &["image_ref", "parent_ref", "child_refs"],
            _ => &[],
        };
        for member in members {
            let found: Vec<&'b Json<'b>> =
                self.bundle.referred(sco, member).into_iter().chain(self.bundle.refs(sco, member)).collect();
            for part in found {
                if says_nothing_more(part) {
                    self.taken.take(part);
                }
            }
        }
    }

    /// Observables that nothing else brought along.
    pub fn leftovers(&mut self, objects: &[&'b Json<'b>]) {
        for object in objects {
            let kind = text(object, "type").unwrap_or_default();
            let is_observable = form_of(object, kind).is_some() || single(kind).is_some();
            if is_observable
                && !self.taken.is_taken(object)
                && self.observable_of(object, object, None, &[object])
            {
                self.foreign.push(object);
            }
        }
    }

    /// A part that stands for an observable and for the observed data around it.
    fn stand_beside(&mut self, from: &'b Json<'b>, sco: &'b Json<'b>, stands: Stands<'b>) {
        if let Some(id) = text(from, "id") {
            self.standing.entry(id).or_insert(self.parts.len());
        }
        self.stand(sco, stands);
    }

    fn plain_attribute(
        &self,
        from: &'b Json<'b>,
        id: &str,
        kind: &'static str,
        (value, to_ids): (Cow<'b, str>, bool),
    ) -> Json<'b> {
        let kind = super::object::fitting(kind, &value);
        let mut members = vec![
            member("uuid", Json::text(self.bundle.uuid_of(id))),
            member("type", Json::text(kind)),
            member("category", Json::text(words::default_category(kind).unwrap_or("Other"))),
            member("value", Json::Text(value)),
            member("to_ids", Json::Bool(to_ids)),
        ];
        members.extend(
            text(from, "description")
                .or_else(|| text(from, "name"))
                .map(|text| member("comment", Json::text(text))),
        );
        common(&mut members, from);
        Json::Object(members)
    }

    fn indicator(&mut self, object: &'b Json<'b>) {
        let (Some(id), Some(pattern)) = (text(object, "id"), text(object, "pattern")) else { return };
        self.taken.take(object);
        let language = text(object, "pattern_type").unwrap_or("stix");
        if language != "stix" {
            self.rule(object, id, language, pattern);
            return;
        }
        let Some(tests) = Tests::read(pattern) else {
            self.as_pattern(object, id, pattern);
            return;
        };
        if self.is_covered(id, &tests) {
            return;
        }
        if self.as_attributes(object, id, &tests) {
            return;
        }
        let kind = tests
            .all
            .first()
            .and_then(|(path, _)| path.split_once(':'))
            .map(|(kind, _)| kind)
            .unwrap_or_default();
        let form =
            form_of_tests(kind, &tests).and_then(|(name, meta)| Some((name, meta, table::observable(name)?)));
        let Some((name, meta, form)) = form else {
            self.as_pattern(object, id, pattern);
            return;
        };
        let mut made = Made::new(name, meta, self.bundle.uuid_of(id));
        let (read, family) = object::of_tests(&mut made, form, &tests);
        let all = std::iter::once(made).chain(family).filter(|made| !made.is_empty());
        let objects: Vec<_> = all.map(|made| made.done(object, Some(&tests))).collect();
        if objects.is_empty() {
            self.as_pattern(object, id, pattern);
            return;
        }
        self.stand(object, Stands::Objects(objects));
        if read < tests.all.len() {
            // What the object does not hold, the pattern does.
            let whole = self.plain_attribute(
                object,
                &format!("{id} pattern"),
                "stix2-pattern",
                (Cow::Borrowed(pattern), true),
            );
            self.parts.push((object, Stands::Attribute(whole)));
        }
    }

    /// Whether the observed data that an indicator is based on say all that it looks for.
    fn is_covered(&self, id: &'b str, tests: &Tests) -> bool {
        let Some(observed) = self.bundle.partner(id) else { return false };
        let mut found = Vec::new();
        self.bundle.refs(observed, "object_refs").for_each(|sco| leaves(sco, &mut found));
        !found.is_empty() && tests.all.iter().all(|(_, tested)| found.iter().any(|leaf| leaf == tested))
    }

    /// Each test an attribute, when each says one thing of its own.
    fn as_attributes(&mut self, object: &'b Json<'b>, id: &str, tests: &Tests) -> bool {
        let kinds: Option<Vec<&'static str>> = tests.all.iter().map(|(path, _)| attribute_of(path)).collect();
        let Some(kinds) = kinds else { return false };
        let is_address = tests.all.iter().all(|(path, _)| path.starts_with("email-addr:"));
        let is_plain = tests.all.len() == 1 || tests.is_choice || is_address;
        if !is_plain {
            return false;
        }
        for (nth, (kind, (path, tested))) in kinds.iter().zip(&tests.all).enumerate() {
            let seed = if nth == 0 { id.to_owned() } else { format!("{id} {nth}") };
            let tested =
                if path == "autonomous-system:number" { format!("AS{tested}") } else { tested.clone() };
            let made = self.plain_attribute(object, &seed, kind, (Cow::Owned(tested), true));
            if nth == 0 {
                self.stand(object, Stands::Attribute(made));
            } else {
                self.parts.push((object, Stands::Attribute(made)));
            }
        }
        true
    }

    fn as_pattern(&mut self, object: &'b Json<'b>, id: &str, pattern: &'b str) {
        let made = self.plain_attribute(object, id, "stix2-pattern", (Cow::Borrowed(pattern), true));
        self.stand(object, Stands::Attribute(made));
    }

    /// A rule of a detection language: an object where it has a name, an attribute otherwise.
    fn rule(&mut self, object: &'b Json<'b>, id: &'b str, language: &str, pattern: &'b str) {
        let known = words::known(language);
        match (table::concept(language), known) {
            (Some(form), _) => {
                let mut made = Made::new(language.to_owned(), "misc", self.bundle.uuid_of(id));
                object::concept(&mut made, form, object);
                self.stand(object, Stands::Objects(vec![made.done(object, None)]));
            }
            (None, Some(kind)) => {
                let made = self.plain_attribute(object, id, kind, (Cow::Borrowed(pattern), true));
                self.stand(object, Stands::Attribute(made));
            }
            (None, None) => {
                let made = self.plain_attribute(object, id, "text", (Cow::Borrowed(pattern), false));
                self.stand(object, Stands::Attribute(made));
            }
        }
    }

    fn identity(&mut self, object: &'b Json<'b>) {
        let id = text(object, "id").unwrap_or_default();
        let creates = |other: &Json<'b>| {
            ["created_by_ref", "x_misp_author_ref"].iter().any(|name| text(other, name) == Some(id))
                || other
                    .get("where_sighted_refs")
                    .and_then(Json::as_list)
                    .is_some_and(|refs| refs.iter().any(|one| one.as_text() == Some(id)))
        };
        if self.bundle.objects().any(creates) {
            self.taken.take(object);
            return;
        }
        if text(object, "identity_class") == Some("class") {
            self.foreign_cluster(object, "sector");
            return;
        }
        self.concept(object, "identity", "misc");
    }

    fn concept(&mut self, object: &'b Json<'b>, name: &'static str, meta: &'static str) {
        let Some(form) = table::concept(name) else { return };
        let mut made = Made::new(name, meta, self.bundle.uuid_of(text(object, "id").unwrap_or_default()));
        object::concept(&mut made, form, object);

        if !made.is_empty() {
            self.stand(object, Stands::Objects(vec![made.done(object, None)]));
        }
    }
}

fn is_relation(object: &Json<'_>) -> bool {
    matches!(object.get("type").and_then(Json::as_text), Some("relationship" | "sighting"))
}

fn refers_to(other: &Json<'_>, sco: &Json<'_>) -> bool {
    let Some(id) = sco.get("id").and_then(Json::as_text) else { return false };
    other.as_object().unwrap_or_default().iter().any(|member| match &member.value {
        Json::Text(text) => member.name.ends_with("_ref") && text == id,
        Json::List(items) => {
            member.name.ends_with("_refs") && items.iter().any(|item| item.as_text() == Some(id))
        }
        _ => false,
    })
}

/// The observable first, then what it may refer to.
fn alone_first<'b>(sco: &'b Json<'b>, all: &[&'b Json<'b>]) -> Vec<&'b Json<'b>> {
    let kind = text(sco, "type");
    let others = all.iter().filter(|other| text(other, "type") != kind).copied();
    std::iter::once(sco).chain(others).collect()
}

/// All texts and numbers of an observable.
fn leaves(json: &Json<'_>, found: &mut Vec<String>) {
    match json {
        Json::Text(text) | Json::Number(text) => found.push(text.to_string()),
        Json::List(items) => items.iter().for_each(|item| leaves(item, found)),
        Json::Object(members) => members.iter().for_each(|member| leaves(&member.value, found)),
        Json::Null | Json::Bool(_) => {}
    }
}
