//! Recommendations about whole objects: the coded checks that no single value decides.

use super::{dictionaries, inspector::Inspector};
use crate::{
    Json, Profile, Severity,
    finding::Flaw,
    json::short,
    stix::{
        identifier,
        model::{self, Class, Sort},
        relationships, words,
    },
    syntax::uuid,
    walk::Step,
};

/// What should be otherwise, or is worth knowing.
pub fn object<'d>(inspector: &mut Inspector<'d>, class: Option<&'static Class>, object: &'d Json<'d>) {
    let members = object.as_object().unwrap_or_default();
    let kind = object.get("type").and_then(Json::as_text).unwrap_or_default();
    if inspector.siblings.is_none() {
        uuid_version(inspector, class, object);
    }
    custom_type(inspector, kind, members.iter().any(|member| member.name == "extensions"), || {
        dictionaries::uses(members, &["new-sdo", "new-sco", "new-sro"])
    });
    if let Some(class) = class {
        custom_properties(inspector, class, object);
    }
    for (index, reference) in list(object, "external_references").iter().enumerate() {
        if reference.get("url").is_some() && reference.get("hashes").is_none() {
            inspector.within(Step::Name("external_references"), |inspector| {
                inspector.within(Step::Index(index), |inspector| {
                    inspector.advise("stix.302.extref-hashes", "STIX 2.1, 2.5", || {
                        "a reference with a url should have hashes of what is there".to_owned()
                    });
                });
            });
        }
    }
    for phase in list(object, "kill_chain_phases") {
        for name in ["kill_chain_name", "phase_name"] {
            let text = phase.get(name).and_then(Json::as_text).unwrap_or("ok");
            if !words::is_well_written(text) {
                inspector.advise("stix.121.kill-chain-names", "STIX 2.1, 2.11", || {
                    format!("the {name} \"{}\" should be in small letters, with hyphens", short(text))
                });
            }
        }
    }
    by_type(inspector, kind, object);
}

fn list<'d>(object: &'d Json<'d>, name: &str) -> &'d [Json<'d>] {
    object
        .as_object()
        .unwrap_or_default()
        .iter()
        .find(|member| member.name == name)
        .and_then(|member| member.value.as_list())
        .unwrap_or_default()
}

/// Random for objects that people make, deterministic for observables (section 2.9).
fn uuid_version(inspector: &mut Inspector<'_>, class: Option<&'static Class>, object: &Json<'_>) {
    let Some(id) = object.get("id").and_then(Json::as_text) else { return };
    let Some((kind, own)) = identifier::parts(id) else { return };
    let version = uuid::version(own);
    let is_observable = class.is_some_and(|class| class.sort == Sort::Observable);
    inspector.within(Step::Name("id"), |inspector| {
        if is_observable && kind != "process" {
            if version != Some(5) {
                inspector.advise("stix.103.uuid-check", "STIX 2.1, 2.9", || {
                    "the identifier of an observable should have a UUID of version 5".to_owned()
                });
            } else if let Some(derived) = identifier::observable(object).filter(|derived| derived != id) {
                let message = format!("what this observable says makes the identifier {derived}");
                inspector.add(Flaw {
                    severity: Severity::Note,
                    ..Flaw::warning("stix.id.deterministic", "STIX 2.1, 2.9", message)
                });
            }
        } else if version != Some(4) {
            inspector.advise("stix.103.uuid-check", "STIX 2.1, 2.9", || {
                "the identifier should have a random UUID, of version 4".to_owned()
            });
        }
    });
}

fn custom_type(inspector: &mut Inspector<'_>, kind: &str, extended: bool, explained: impl Fn() -> bool) {
    if model::is_standard(kind) || kind == "action" || extended && explained() {
        return;
    }
    inspector.advise("stix.401.extensions-use", "STIX 2.1, 7.3", || {
        format!(
            "the type {} should come with an extension that is a new-sdo, new-sco or new-sro",
            short(kind)
        )
    });
    prefixed(inspector, ("x-", '-'), kind);
}

fn custom_properties<'d>(inspector: &mut Inspector<'d>, class: &'static Class, object: &'d Json<'d>) {
    let members = object.as_object().unwrap_or_default();
    let explained = dictionaries::uses(members, &["toplevel-property-extension"]);
    for member in members {
        let name: &'d str = &member.name;
        if explained || class.property(name).is_some() {
            continue;
        }
        inspector.within(Step::Name(name), |inspector| {
            inspector.advise("stix.401.extensions-use", "STIX 2.1, 7.3", || {
                format!("the property {} should be in an extension", short(name))
            });
            prefixed(inspector, ("x_", '_'), name);
            if class.sort == Sort::Observable {
                small_keys(inspector, &member.value);
            }
        });
    }
}

/// Names of one's own begin with x and with who made them, as versions before 2.1 had it.
pub fn prefixed(inspector: &mut Inspector<'_>, (prefix, separator): (&str, char), name: &str) {
    let (rule, message) = match name.strip_prefix(prefix) {
        None => {
            ("stix.102.custom-prefix-lax", format!("older readers expect a name that begins with {prefix}"))
        }
        Some(rest) if rest.split(separator).filter(|part| !part.is_empty()).count() < 2 => (
            "stix.101.custom-prefix",
            format!("older readers expect who made it behind {prefix}, as in {prefix}example{separator}name"),
        ),
        Some(_) => return,
    };
    if inspector.profile == Profile::Text {
        inspector.add(Flaw { severity: Severity::Note, ..Flaw::warning(rule, "STIX 2.1, 11", message) });
    }
}

/// Keys of dictionaries in observables are in small letters (section 2.4).
fn small_keys<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'d>) {
    for member in value.as_object().unwrap_or_default() {
        if member.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            let name = short(&member.name);
            inspector.advise("stix.142.observable-dictionary-keys", "STIX 2.1, 2.4", || {
                format!("the key \"{name}\" should be in small letters")
            });
        }
        if member.name != "hashes" {
            small_keys(inspector, &member.value);
        }
    }
}

fn by_type(inspector: &mut Inspector<'_>, kind: &str, object: &Json<'_>) {
    let has = |name: &str| object.get(name).is_some();
    match kind {
        "indicator" if !has("name") || !has("description") => {
            inspector.advise("stix.303.indicator-properties", "STIX 2.1, 4.7", || {
                "an indicator should have a name and a description".to_owned()
            });
        }
        "observed-data" if has("objects") => {
            inspector.advise("stix.304.deprecated-properties", "STIX 2.1, 4.14", || {
                "objects is deprecated: give the observables in the bundle and name them in object_refs"
                    .to_owned()
            });
        }
        "network-traffic" if !has("src_port") || !has("dst_port") => {
            inspector.advise("stix.301.network-traffic-ports", "STIX 2.1, 6.12", || {
                "network traffic should have both src_port and dst_port".to_owned()
            });
        }
        "malware-analysis" => product(inspector, object),
        "process" => priority(inspector, object),
        "relationship" => relationship(inspector, object),
        "extension-definition" => {
            if !has("description") {
                inspector.advise("stix.305.extension-description", "STIX 2.1, 7.3", || {
                    "an extension should have a description".to_owned()
                });
            }
            let toplevel = list_has(object, "toplevel-property-extension");
            if toplevel && !has("extension_properties") {
                inspector.advise("stix.306.extension-properties", "STIX 2.1, 7.3", || {
                    "a toplevel-property-extension should list its extension_properties".to_owned()
                });
            }
        }
        _ => {}
    }
}

fn list_has(object: &Json<'_>, word: &str) -> bool {
    let types = object.get("extension_types").and_then(Json::as_list).unwrap_or_default();
    types.iter().any(|item| item.as_text() == Some(word))
}

fn product(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let Some(product) = object.get("product").and_then(Json::as_text) else { return };
    if product != "anonymized" && !words::is_well_written(product) {
        inspector.advise("stix.143.malware-analysis-product", "STIX 2.1, 4.12", || {
            format!(
                "the product \"{}\" should be in small letters, with hyphens between its words",
                short(product)
            )
        });
    }
}

fn priority(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let windows = object.get("extensions").and_then(|all| all.get("windows-process-ext"));
    let Some(priority) = windows.and_then(|own| own.get("priority")).and_then(Json::as_text) else { return };
    if !priority.ends_with("_CLASS") {
        inspector.advise("stix.149.windows-process-priority-format", "STIX 2.1, 6.13.2", || {
            format!("the priority \"{}\" should end in _CLASS", short(priority))
        });
    }
}

/// The relationships that the standard suggests (section 4, each table "Relationships").
fn relationship(inspector: &mut Inspector<'_>, object: &Json<'_>) {
    let text = |name: &str| object.get(name).and_then(Json::as_text);
    let (Some(kind), Some(source), Some(target)) =
        (text("relationship_type"), text("source_ref"), text("target_ref"))
    else {
        return;
    };
    let (source, target) = (identifier::type_of(source), identifier::type_of(target));
    if is_no_object(source) || is_no_object(target) {
        return;
    }
    if let Err(hint) = relationships::suggested(source, kind, target) {
        inspector.advise("stix.202.relationship-types", "STIX 2.1, 3.7", || {
            format!("{hint}; here {} {} {}", short(source), short(kind), short(target))
        });
    }
}

fn is_no_object(kind: &str) -> bool {
    matches!(
        kind,
        "bundle"
            | "language-content"
            | "marking-definition"
            | "sighting"
            | "relationship"
            | "extension-definition"
    )
}
