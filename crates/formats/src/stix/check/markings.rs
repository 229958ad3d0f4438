//! Marking definitions, and what marks an object (section 7.2).

use super::inspector::Inspector;
use crate::{
    Json, Profile,
    json::short,
    stix::marking::{self, Predefined},
    walk::Step,
};

const MARKING: &str = "STIX 2.1, 7.2.1";
const TLP: &str = "STIX 2.1, 7.2.1.4";
const GRANULAR: &str = "STIX 2.1, 7.2.3";

/// What a marking definition defines.
pub fn definition<'d>(inspector: &mut Inspector<'d>, object: &'d Json<'d>) {
    let kind = object.get("definition_type").and_then(Json::as_text);
    let definition = object.get("definition");
    if let Some(value) = definition.filter(|value| value.as_object().is_none()) {
        inspector.within(Step::Name("definition"), |inspector| {
            inspector.wrong_type(MARKING, "an object", value);
        });
        return;
    }
    match (kind, definition) {
        (Some("tlp"), Some(_)) => tlp(inspector, object),
        (Some("statement"), Some(definition))
            if definition.get("statement").and_then(Json::as_text).is_none() =>
        {
            inspector.error("stix.marking.statement", "STIX 2.1, 7.2.1.3", || {
                "the definition of a statement has a text statement".to_owned()
            });
        }
        (Some("statement"), _) | (None, _) => {}
        (Some(other), _) => {
            inspector.advise("stix.201.marking-definition-type", MARKING, || {
                format!("the definition_type {} should be statement or tlp", short(other))
            });
        }
    }
    if kind.is_none_or(|kind| !matches!(kind, "statement" | "tlp")) && object.get("extensions").is_none() {
        inspector.advise("stix.401.extensions-use", MARKING, || {
            "a marking of one's own should be an extension".to_owned()
        });
    }
    extended(inspector, object);
}

/// A TLP marking of version 1 is one of the four that are predefined.
fn tlp(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let level = object.get("definition").and_then(|definition| definition.get("tlp")).and_then(Json::as_text);
    let id = object.get("id").and_then(Json::as_text);
    let known = level.and_then(Predefined::tlp_1).filter(|known| id == Some(known.id));
    let members = object.as_object().unwrap_or_default();
    let fits = known.is_some_and(|known| {
        let created = object.get("created").and_then(Json::as_text);
        let name = object.get("name").and_then(Json::as_text);
        let same_name = name == Some(known.name) || name.is_none() && inspector.profile == Profile::Text;
        let plain = ["type", "spec_version", "id", "created", "definition_type", "definition", "name"];
        created == Some(known.created)
            && same_name
            && members.iter().all(|member| plain.contains(&member.name.as_ref()))
    });
    if !fits {
        inspector.error("stix.marking.tlp", TLP, || {
            "a TLP marking is one of the four that the standard defines, with its identifier and nothing else"
                .to_owned()
        });
    }
}

/// A marking of TLP 2.0 or PAP is one of those that their extensions define.
fn extended(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let Some(level) = marking::extended_level(object) else { return };
    let id = object.get("id").and_then(Json::as_text);
    if Predefined::all().any(|known| known.level == level && Some(known.id) == id) {
        return;
    }
    let expected = Predefined::all().find(|known| known.level == level);
    inspector.text_error(
        "stix.marking.predefined",
        "TLP 2.0 and PAP marking definitions for STIX 2.1",
        || {
            let id = expected.map_or("one of the predefined ones", |known| known.id);
            format!("this level has a marking definition of its own: use {id}")
        },
    );
}

/// References to markings, and selectors that must lead somewhere.
pub fn marks<'d>(inspector: &mut Inspector<'d>, object: &'d Json<'d>) {
    let own = object.get("id").and_then(Json::as_text);
    let is_marking = object.get("type").and_then(Json::as_text) == Some("marking-definition");
    let is_own = |value: Option<&Json<'_>>| is_marking && value.and_then(Json::as_text) == own;
    let refs = object.get("object_marking_refs").and_then(Json::as_list).unwrap_or_default();
    if refs.iter().any(|value| is_own(Some(value))) {
        inspector.text_error("stix.marking.self", MARKING, || "a marking cannot mark itself".to_owned());
    }
    let granular = object.get("granular_markings").and_then(Json::as_list).unwrap_or_default();
    for (index, mark) in granular.iter().enumerate() {
        inspector.within(Step::Name("granular_markings"), |inspector| {
            inspector.within(Step::Index(index), |inspector| {
                if mark.get("marking_ref").is_some() && is_own(mark.get("marking_ref")) {
                    inspector.text_error("stix.marking.self", GRANULAR, || {
                        "a marking cannot mark itself".to_owned()
                    });
                }
                if inspector.profile == Profile::Schema && mark.get("marking_ref").is_none() {
                    inspector
                        .error("stix.property.missing", GRANULAR, || "marking_ref is missing".to_owned());
                }
                let selectors = mark.get("selectors").and_then(Json::as_list).unwrap_or_default();
                for selector in selectors.iter().filter_map(Json::as_text) {
                    selected(inspector, object, selector);
                }
            });
        });
    }
}

fn selected(inspector: &mut Inspector<'_>, object: &Json<'_>, selector: &str) {
    if !marking::is_selector(selector) {
        inspector.error("stix.selector.form", GRANULAR, || {
            format!("\"{}\" is no selector: write property.[0].key", short(selector))
        });
    } else if marking::select(object, selector).is_none() {
        inspector.text_error("stix.selector.nothing", GRANULAR, || {
            format!("the selector \"{}\" leads to nothing in this object", short(selector))
        });
    }
}
