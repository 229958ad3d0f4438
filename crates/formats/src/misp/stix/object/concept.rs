//! Objects that are concepts: people, places, techniques, weaknesses, rules.

use super::{One, attributes};
use crate::{
    Json, Member,
    misp::{
        Attribute,
        stix::{
            attribute::{cve, valid},
            draft::Draft,
            galaxy::url,
            table::{Form, Step},
            value,
            writer::Writer,
        },
    },
};

impl<'e> One<'e> {
    pub fn concept(&self, writer: &mut Writer<'e>, form: &'static Form) -> Option<Vec<String>> {
        let kind: &'static str = &form.kind;
        let mut fields = Fields::default();
        for (role, attribute) in &self.roles {
            self.field(&mut fields, form, role, *attribute);
        }
        self.name(&mut fields, form);
        is_whole(kind, &fields).then_some(())?;
        let id = writer.claim(kind, self.object.uuid(), &self.seed());
        let mut draft = writer.draft(kind, id.clone(), self.seconds);
        if let Some(rule) = &form.rule {
            draft.text("pattern_type", rule.as_str());
            let version = fields.has("pattern_version");
            valid_from(&mut draft, self.seconds, version);
            draft.put(
                "kill_chain_phases",
                attributes::kill_chain(self.object.meta_category().unwrap_or("misc")),
            );
        }
        if let Some(class) = form
            .class
            .as_deref()
            .or((kind == "identity" && !fields.has("identity_class")).then_some("unknown"))
        {
            draft.text("identity_class", class);
        }
        if kind == "attack-pattern" {
            draft.put(
                "kill_chain_phases",
                attributes::kill_chain(self.object.meta_category().unwrap_or("misc")),
            );
        }
        if kind == "malware" && !fields.has("is_family") {
            draft.put("is_family", Json::Bool(false));
        }
        if kind == "location"
            && let Some(radius) = fields.precision.take()
        {
            draft.put("precision", Json::Number(radius.into()));
        }
        if let Some(comment) = self.comment().filter(|_| !fields.has("description")) {
            draft.text("x_misp_comment", comment);
        }
        self.fill(&mut draft, fields);
        self.finish(writer, draft, self.labels());
        Some(vec![id])
    }

    fn fill(&self, draft: &mut Draft<'e>, fields: Fields<'e>) {
        draft.members().extend(fields.members);
        if !fields.references.is_empty() {
            draft.put("external_references", Json::List(fields.references));
        }
        if !fields.contact.is_empty() {
            let words: Vec<String> = fields
                .contact
                .iter()
                .map(|(role, values)| format!("{role}: {}", values.join("; ")))
                .collect();
            draft.text("contact_information", words.join(" / "));
        }
        draft.members().extend(self.customs(&fields.left));
    }

    fn field(&self, fields: &mut Fields<'e>, form: &'static Form, role: &'e str, attribute: Attribute<'e>) {
        let Some(text) = attribute.value().filter(|text| !text.is_empty()) else { return };
        let name = self.object.name().unwrap_or_default();
        match (name, role) {
            (_, role) if form.contact.iter().any(|known| known == role) => fields.reach(role, text),
            ("attack-pattern", "id")
                if text.trim_start_matches("CAPEC-").bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                fields.references.push(Json::object([
                    ("source_name", Json::text("capec")),
                    (
                        "external_id",
                        Json::text(if text.contains('-') {
                            text.to_owned()
                        } else {
                            format!("CAPEC-{text}")
                        }),
                    ),
                ]))
            }
            ("vulnerability", "id") if !fields.has("name") => {
                fields.members.push(Member { name: "name".into(), value: Json::text(text) });
                fields.references.extend(cve(text));
            }
            ("vulnerability" | "attack-pattern", "references")
            | ("sigma" | "yara", "reference")
            | ("suricata", "ref") => fields.references.push(url(text)),
            ("geolocation", "accuracy-radius") if text.parse::<u32>().is_ok() => {
                fields.precision = Some(format!("{text}000"))
            }
            _ => match form.path(role).map(|path| &path.steps) {
                Some(steps) if attribute.data().is_none() => fields.put(steps, role, attribute),
                Some(_) | None => fields.left.push((role, attribute)),
            },
        }
    }

    /// The names of a person make one.
    fn name(&self, fields: &mut Fields<'e>, form: &'static Form) {
        if fields.has("name") || form.kind != "identity" {
            return;
        }
        let parts: Vec<&str> =
            ["first-name", "middle-name", "last-name"].iter().filter_map(|role| self.value(role)).collect();
        if parts.is_empty() {
            return;
        }
        fields.left.retain(|(role, _)| !matches!(*role, "first-name" | "middle-name" | "last-name"));
        fields.members.insert(0, Member { name: "name".into(), value: Json::text(parts.join(" ")) });
    }

    /// A script is malware when it is said to be malicious, a tool otherwise.
    pub fn script(&self, writer: &mut Writer<'e>) -> Option<Vec<String>> {
        let kind = if self.value("state") == Some("Malicious") { "malware" } else { "tool" };
        let name = self.value("filename").or_else(|| self.value("script-as-attachment")).unwrap_or("script");
        let id = writer.claim(kind, self.object.uuid(), &self.seed());
        let mut draft = writer.draft(kind, id.clone(), self.seconds);
        draft.text("name", name);
        draft.put("kill_chain_phases", attributes::kill_chain(self.object.meta_category().unwrap_or("misc")));
        if let Some(comment) = self.value("comment") {
            draft.text("description", comment);
        }
        if kind == "malware" {
            draft.put("is_family", Json::Bool(false));
            draft.texts("implementation_languages", self.values("language"));
        }
        let is_left =
            |role: &str| !(matches!(role, "filename" | "comment") || kind == "malware" && role == "language");
        let left: Vec<_> = self.roles.iter().filter(|(role, _)| is_left(role)).copied().collect();
        draft.members().extend(self.customs(&left));
        self.finish(writer, draft, self.labels());
        Some(vec![id])
    }

    /// A note on what the annotation points to.
    pub fn annotation(&self, writer: &mut Writer<'e>) -> Option<Vec<String>> {
        let text = self.value("text")?;
        let on: Vec<String> = self
            .object
            .references()
            .filter_map(|reference| reference.referenced_uuid())
            .filter_map(|uuid| writer.stands_for.get(uuid))
            .flatten()
            .cloned()
            .collect();
        if on.is_empty() {
            return None;
        }
        let id = writer.claim("note", self.object.uuid(), &self.seed());
        let mut draft = writer.draft("note", id.clone(), self.seconds);
        draft.text("content", text);
        draft.texts("object_refs", on);
        let left: Vec<_> = self.roles.iter().filter(|(role, _)| *role != "text").copied().collect();
        draft.members().extend(self.customs(&left));
        self.finish(writer, draft, self.labels());
        Some(vec![id])
    }
}

fn valid_from(draft: &mut Draft<'_>, seconds: i64, has_version: bool) {
    valid(draft, seconds);
    if has_version {
        draft.members().retain(|member| member.name != "pattern_version");
    }
}

/// The members of a concept in the making.
#[derive(Default)]
struct Fields<'e> {
    members: Vec<Member<'e>>,
    references: Vec<Json<'e>>,
    contact: Vec<(&'e str, Vec<&'e str>)>,
    precision: Option<String>,
    left: Vec<(&'e str, Attribute<'e>)>,
}

impl<'e> Fields<'e> {
    fn has(&self, name: &str) -> bool {
        self.members.iter().any(|member| member.name == name)
    }

    fn reach(&mut self, role: &'e str, text: &'e str) {
        match self.contact.iter_mut().find(|(known, _)| *known == role) {
            Some((_, values)) => values.push(text),
            None => self.contact.push((role, vec![text])),
        }
    }

    fn put(&mut self, steps: &'static [Step], role: &'e str, attribute: Attribute<'e>) {
        let Some((step, text)) = steps.first().zip(attribute.value()) else { return };
        let name = step.name();
        let value = value::for_property(name, text);
        let known = self.members.iter_mut().find(|member| member.name == name);
        match (value, step, known) {
            (Some(value), Step::Grow(_), Some(member)) => {
                if let Json::List(items) = &mut member.value {
                    items.push(value);
                }
            }
            (Some(value), Step::Grow(_), None) => {
                self.members.push(Member { name: name.into(), value: Json::List(vec![value]) })
            }
            (Some(value), _, None) => self.members.push(Member { name: name.into(), value }),
            (Some(_) | None, _, _) => self.left.push((role, attribute)),
        }
    }
}

/// What STIX cannot do without is there.
fn is_whole(kind: &str, fields: &Fields<'_>) -> bool {
    match kind {
        "location" => {
            fields.has("region") || fields.has("country") || fields.has("latitude") && fields.has("longitude")
        }
        "indicator" => fields.has("pattern"),
        _ => fields.has("name"),
    }
}
