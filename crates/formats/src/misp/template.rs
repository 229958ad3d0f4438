//! Templates of objects: which attributes an object of a name has, and of which types. They belong to the
//! MISP project and to communities; whoever checks names those to go by.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    check::{Inspector, Place},
    types::lenient,
};
use crate::{Json, Loss, json::short};

const SOURCE: &str = "misp-object-template-format, 2.2";

/// Templates, by the names of their objects.
#[derive(Clone, Debug, Default)]
pub struct Templates(BTreeMap<String, Template>);

#[derive(Clone, Debug)]
struct Template {
    /// Relations and the types of their attributes.
    attributes: BTreeMap<String, String>,
    /// Relations that stand at most once.
    single: BTreeSet<String>,
    required: Vec<String>,
    required_one_of: Vec<String>,
}

impl Templates {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a template (`definition.json`): its name, `attributes` with their `misp-attribute`, `required`,
    /// `requiredOneOf`. A later one of the same name counts.
    ///
    /// # Errors
    /// What is no template.
    pub fn add(&mut self, template: &Json<'_>) -> Result<(), Loss> {
        let lost = |why: &'static str| Loss::at(&[], template.in_short(), why);
        let name = lenient::text(template, "name").ok_or_else(|| lost("a template has a name"))?;
        let attributes = template.get("attributes").and_then(Json::as_object);
        let attributes = attributes.ok_or_else(|| lost("a template has attributes"))?;
        let texts = |name: &str| -> Vec<String> {
            lenient::list(template, name).iter().filter_map(Json::as_text).map(str::to_owned).collect()
        };
        let mut types = BTreeMap::new();
        let mut single = BTreeSet::new();
        for attribute in attributes {
            if let Some(kind) = lenient::text(&attribute.value, "misp-attribute") {
                types.insert(attribute.name.to_string(), kind.to_owned());
            }
            if lenient::flag(&attribute.value, "multiple") != Some(true) {
                single.insert(attribute.name.to_string());
            }
        }
        let template = Template {
            attributes: types,
            single,
            required: texts("required"),
            required_one_of: texts("requiredOneOf"),
        };
        self.0.insert(name.to_owned(), template);
        Ok(())
    }

    /// Looks at the objects of an event whose templates are known.
    pub(super) fn check(&self, inspector: &mut Inspector, place: &Place<'_>, event: &Json<'_>) {
        inspector.each(place, event, "Object", |inspector, at, object| {
            let template = lenient::text(object, "name").and_then(|name| self.0.get(name));
            if let Some(template) = template.filter(|_| lenient::flag(object, "deleted") != Some(true)) {
                template.check(inspector, at, object);
            }
        });
    }
}

impl Template {
    fn check(&self, inspector: &mut Inspector, place: &Place<'_>, object: &Json<'_>) {
        let mut seen = BTreeSet::new();
        inspector.each(place, object, "Attribute", |inspector, at, attribute| {
            let relation = lenient::text(attribute, "object_relation").unwrap_or_default();
            let Some(expected) = self.attributes.get(relation) else {
                inspector.warning(&at.name("object_relation"), "misp.template.relation", SOURCE, || {
                    format!("the template has no relation \"{}\"", short(relation))
                });
                return;
            };
            let kind = lenient::text(attribute, "type").unwrap_or_default();
            if kind != expected {
                inspector.warning(&at.name("type"), "misp.template.type", SOURCE, || {
                    format!("{relation} is of type {expected} in the template, here of {}", short(kind))
                });
            }
            if !seen.insert(relation.to_owned()) && self.single.contains(relation) {
                inspector.warning(&at.name("object_relation"), "misp.template.multiple", SOURCE, || {
                    format!("{relation} stands at most once in the template")
                });
            }
        });
        for relation in self.required.iter().filter(|relation| !seen.contains(*relation)) {
            inspector.error(place, "misp.template.required", SOURCE, || {
                format!("the template demands {relation}: servers refuse the object without it")
            });
        }
        let one_of = &self.required_one_of;
        if !one_of.is_empty() && !one_of.iter().any(|relation| seen.contains(relation)) {
            inspector.error(place, "misp.template.required", SOURCE, || {
                let some: Vec<&str> = one_of.iter().take(8).map(String::as_str).collect();
                format!(
                    "the template demands at least one of {}: servers refuse the object without",
                    some.join(", ")
                )
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Limits,
        misp::{Options, check_with},
        parse,
    };

    const DOOR: &str = r#"{"name":"door","attributes":{"lock":{"misp-attribute":"text"},
        "seen":{"misp-attribute":"datetime","multiple":true},"url":{"misp-attribute":"url"}},
        "required":["lock"],"requiredOneOf":["seen","url"]}"#;

    fn json(text: &str) -> Json<'_> {
        parse(text.as_bytes(), &Limits::default()).unwrap()
    }

    fn rules(attributes: &str) -> Vec<&'static str> {
        let mut templates = Templates::default();
        templates.add(&json(DOOR)).unwrap();
        let event = format!(
            r#"{{"Event":{{"uuid":"9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7001","info":"x","date":"2026-05-15",
               "Object":[{{"name":"door","Attribute":[{attributes}]}},{{"name":"window","Attribute":[]}}]}}}}"#
        );
        let report = check_with(&json(&event), &Options::default(), &templates);
        report
            .findings
            .iter()
            .map(|found| found.rule)
            .filter(|rule| rule.starts_with("misp.template"))
            .collect()
    }

    #[test]
    fn objects_follow_their_template() {
        let lock = r#"{"object_relation":"lock","type":"text","value":"a"}"#;
        let url = r#"{"object_relation":"url","type":"url","value":"https://example.org/"}"#;
        assert_eq!(rules(&format!("{lock},{url}")), [""; 0]);
        assert_eq!(rules(url), ["misp.template.required"]);
        assert_eq!(rules(lock), ["misp.template.required"]);
        assert_eq!(rules(&format!("{lock},{lock},{url}")), ["misp.template.multiple"]);
        let odd = r#"{"object_relation":"url","type":"text","value":"a"},{"object_relation":"key","type":"text","value":"a"}"#;
        assert_eq!(rules(&format!("{lock},{odd}")), ["misp.template.type", "misp.template.relation"]);
    }

    #[test]
    fn what_is_no_template_is_told() {
        let mut templates = Templates::default();
        assert!(templates.add(&json("{}")).is_err() && templates.add(&json(r#"{"name":"x"}"#)).is_err());
        assert!(templates.is_empty());
    }
}
