//! What the properties of one object have to do with each other, type by type.

use super::{inspector::Inspector, markings, values};
use crate::{
    Json, Limits, Profile,
    finding::Flaw,
    json::short,
    stix::{
        external, identifier,
        model::{Class, Sort},
        pattern::{Pattern, PatternFinding, Vocabulary},
        registries,
    },
    syntax::uuid,
    walk::Step,
};

/// Checks an object whose properties were looked at one by one.
pub fn object<'d>(inspector: &mut Inspector<'d>, class: Option<&'static Class>, object: &'d Json<'d>) {
    if class.is_none_or(|class| !matches!(class.sort, Sort::Observable | Sort::Marking)) {
        inspector.order(
            "STIX 2.1, 3.2",
            ("created", object.get("created")),
            ("modified", member(object, "modified")),
            false,
        );
    }
    markings::marks(inspector, object);
    for (index, reference) in list(object, "external_references").iter().enumerate() {
        inspector.within(Step::Name("external_references"), |inspector| {
            inspector.within(Step::Index(index), |inspector| external_reference(inspector, reference));
        });
    }
    let Some(class) = class else { return };
    match class.name {
        "marking-definition" => markings::definition(inspector, object),
        "language-content" => translations(inspector, object),
        "extension-definition" => extension_definition(inspector, object),
        "impact" => impact(inspector, object),
        "indicator" => pattern(inspector, object),
        "email-message" => header_fields(inspector, object),
        _ => {}
    }
    if class.sort == Sort::Observable && inspector.siblings.is_none() {
        observable_id(inspector, class, object);
    }
}

fn member<'d>(object: &'d Json<'d>, name: &str) -> Option<&'d Json<'d>> {
    object.as_object()?.iter().rev().find(|member| member.name == name).map(|member| &member.value)
}

fn list<'d>(object: &'d Json<'d>, name: &str) -> &'d [Json<'d>] {
    member(object, name).and_then(Json::as_list).unwrap_or_default()
}

/// CVE and CAPEC have numbers of a form of their own (section 2.5).
fn external_reference(inspector: &mut Inspector<'_>, reference: &Json<'_>) {
    let text = |name: &str| reference.get(name).and_then(Json::as_text);
    let numbered = text("external_id").and_then(external::source_of);
    let fine = match text("source_name") {
        Some(source @ ("cve" | "capec")) => numbered == Some(source),
        Some(_) | None => numbered.is_none(),
    };
    if !fine {
        inspector.error("stix.external-reference", "STIX 2.1, 2.5", || {
            "a CVE has the source_name cve and an external_id as CVE-2026-0001, a CAPEC has capec and CAPEC-1".to_owned()
        });
    }
}

fn translations<'d>(inspector: &mut Inspector<'d>, object: &'d Json<'d>) {
    let languages = member(object, "contents").and_then(Json::as_object).unwrap_or_default();
    inspector.within(Step::Name("contents"), |inspector| {
        values::each(inspector, languages, |inspector, name, value| {
            if !registries::is_language_tag(name) {
                inspector.text_error("stix.language", "STIX 2.1, 7.1 (RFC 5646)", || {
                    format!("\"{}\" is no language, as fr and de-AT are", short(name))
                });
            }
            for translation in value.as_object().unwrap_or_default() {
                let name: &'d str = &translation.name;
                let own = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
                if !(2..=250).contains(&name.len()) || !name.bytes().all(own) {
                    inspector.text_error("stix.property.name", "STIX 2.1, 7.1", || {
                        format!("\"{}\" is no name of a property", short(name))
                    });
                }
            }
        });
    });
}

fn extension_definition(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let toplevel = list_has(object, "extension_types", "toplevel-property-extension");
    let lists = object.get("extension_properties").is_some();
    if lists && !toplevel {
        inspector.error("stix.extension.properties", "STIX 2.1, 7.3", || {
            "only a toplevel-property-extension lists extension_properties".to_owned()
        });
    }
}

fn list_has(object: &Json<'_>, name: &str, word: &str) -> bool {
    let items = object.get(name).and_then(Json::as_list).unwrap_or_default();
    items.iter().any(|item| item.as_text() == Some(word))
}

/// The pattern of an indicator, if it is one of STIX. The schemas take it for any text.
fn pattern<'d>(inspector: &mut Inspector<'d>, object: &'d Json<'d>) {
    let text = |name: &str| object.get(name).and_then(Json::as_text);
    let is_ours = text("pattern_type") == Some("stix") && inspector.profile == Profile::Text;
    let Some(pattern) = text("pattern").filter(|_| is_ours) else { return };
    inspector.within(Step::Name("pattern"), |inspector| {
        let parsed = match Pattern::parse(pattern, &Limits::default()) {
            Ok(parsed) => parsed,
            Err(error) => {
                inspector.error("stix.pattern.syntax", "STIX 2.1, 9", || error.to_string());
                return;
            }
        };
        for PatternFinding { severity, rule, span, message, source } in
            parsed.check(&Vocabulary::default(), inspector.profile)
        {
            let message = format!("at {}: {message}", span.start + 1);
            inspector.add(Flaw { severity, rule, message, source });
        }
    });
}

/// An impact carries the extension that its category names (Incident Extension Suite, 2.3).
fn impact(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let Some(category) = object.get("impact_category").and_then(Json::as_text) else { return };
    let name = if category.ends_with("-ext") { category.to_owned() } else { format!("{category}-ext") };
    let extensions = object.get("extensions");
    if extensions.is_none_or(|extensions| extensions.get(&name).is_none()) {
        inspector.text_error("stix.impact.category", "Incident Extension Suite 2.1, 2.3", || {
            format!("an impact of the category {} has the extension {}", short(category), short(&name))
        });
    }
}

/// Header fields that have a property of their own do not stand among the others (section 6.6).
fn header_fields(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let fields = object.get("additional_header_fields").and_then(Json::as_object).unwrap_or_default();
    let own = [
        "date",
        "received_lines",
        "content_type",
        "from_ref",
        "sender_ref",
        "to_refs",
        "cc_refs",
        "bcc_refs",
        "subject",
    ];
    if !fields.is_empty() && fields.iter().all(|field| own.contains(&field.name.as_ref())) {
        inspector.error("stix.header-fields", "STIX 2.1, 6.6", || {
            "these header fields have properties of their own".to_owned()
        });
    }
}

/// The version of the UUID of an observable (section 2.9).
fn observable_id<'d>(inspector: &mut Inspector<'d>, class: &'static Class, object: &'d Json<'d>) {
    let Some(id) = object.get("id").and_then(Json::as_text) else { return };
    let Some((_, own)) = identifier::parts(id) else { return };
    let version = uuid::version(own);
    let contributes = class.contributing.iter().any(|name| object.get(name).is_some());
    inspector.within(Step::Name("id"), |inspector| {
        if class.name == "process" && version != Some(4) {
            inspector.text_error("stix.id.process", "STIX 2.1, 6.13", || {
                "the identifier of a process has a random UUID, of version 4".to_owned()
            });
        } else if !contributes && !class.contributing.is_empty() && version != Some(4) {
            inspector.text_error("stix.id.contributing", "STIX 2.1, 2.9", || {
                format!(
                    "without any of {} the identifier has a random UUID, of version 4",
                    class.contributing.join(", ")
                )
            });
        }
    });
}
