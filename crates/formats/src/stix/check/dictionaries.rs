//! Hashes, dictionaries, extensions, and the objects of observed data by their keys.

use super::{
    inspector::Inspector,
    values::{each, hex, null},
};
use crate::{
    Json, Member, Profile,
    json::short,
    stix::{
        identifier,
        model::{self, Class, EXTENSION, Entries, Sort},
        registries, words,
    },
    syntax::binary,
};

const DICTIONARY: &str = "STIX 2.1, 2.4";
const HASHES: &str = "STIX 2.1, 2.8";
const EXTENSIONS: &str = "STIX 2.1, 7.3";

/// Whether an extension of one of these types is in use.
pub fn uses(members: &[Member<'_>], types: &[&str]) -> bool {
    let extensions = members.iter().find(|member| member.name == "extensions");
    let all = extensions.and_then(|member| member.value.as_object()).unwrap_or_default();
    all.iter().any(|extension| {
        extension
            .value
            .get("extension_type")
            .and_then(Json::as_text)
            .is_some_and(|kind| types.contains(&kind))
    })
}

/// Algorithms and values.
pub fn hashes<'d>(inspector: &mut Inspector<'d>, class: &Class, value: &'d Json<'d>) {
    let Some(members) = value.as_object() else {
        inspector.wrong_type(HASHES, "an object", value);
        return;
    };
    if members.is_empty() {
        empty(inspector);
    }
    let external = class.name == "external-reference";
    each(inspector, members, |inspector, name, value| {
        let known = words::HASH_ALGORITHMS.iter().find(|(known, _)| *known == name);
        let fits = (3..=250).contains(&name.len()) && name.bytes().all(is_key_byte);
        if !fits || external && known.is_none() && inspector.profile == Profile::Schema {
            inspector.error("stix.hash.name", HASHES, || {
                format!("\"{}\" is no name of a hash algorithm, as SHA-256 is", short(name))
            });
        }
        if known.is_none() && !name.starts_with("x_") {
            inspector.advise("stix.241.hash-algo", HASHES, || {
                format!("\"{}\" is not in hash-algorithm-ov, as SHA-256 is", short(name))
            });
        }
        if name.len() > 30 {
            inspector.advise("stix.150.hash-length", HASHES, || {
                format!("the name \"{}\" should have at most 30 characters", short(name))
            });
        }
        match (value.as_text(), known) {
            (None, _) => inspector.wrong_type(HASHES, "a text", value),
            (Some(text), Some((algorithm, digits))) => hash_value(inspector, (algorithm, *digits), text),
            (Some(_), None) => {}
        }
    });
}

fn hash_value(inspector: &mut Inspector<'_>, (algorithm, digits): (&str, usize), text: &str) {
    let fine = match algorithm {
        "SSDEEP" => {
            (1..=128).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+:.".contains(&byte))
        }
        "TLSH" => text.len() == 70 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        _ => text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
    };
    if !fine {
        inspector.error("stix.hash.value", HASHES, || match digits {
            0 => format!("\"{}\" is no {algorithm}", short(text)),
            _ => format!("a {algorithm} has {digits} hexadecimal digits, not \"{}\"", short(text)),
        });
    }
}

const fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn empty(inspector: &mut Inspector<'_>) {
    inspector.error("stix.dictionary.empty", DICTIONARY, || "this is empty: leave it away".to_owned());
}

fn key(inspector: &mut Inspector<'_>, name: &str) {
    if name.len() > 250 || !name.bytes().all(is_key_byte) {
        inspector.error("stix.dictionary.key", DICTIONARY, || {
            format!("\"{}\" is no key: up to 250 letters, digits, underscores and hyphens", short(name))
        });
    }
}

/// A dictionary of the standard.
pub fn dictionary<'d>(
    inspector: &mut Inspector<'d>,
    (class, property): (&Class, &'static str),
    entries: Entries,
    value: &'d Json<'d>,
) {
    let Some(members) = value.as_object() else {
        inspector.wrong_type(class.source, "an object", value);
        return;
    };
    if members.is_empty() && !matches!(entries, Entries::Counts) {
        empty(inspector);
    }
    let source = class.source;
    each(inspector, members, |inspector, name, value| {
        match property {
            // Names of variables and of settings are those of the system.
            "environment_variables" | "startup_info" | "impacted_entity_counts" => {}
            _ => key(inspector, name),
        }
        recommended_key(inspector, source, property, name);
        entry(inspector, source, entries, value);
    });
}

fn recommended_key(inspector: &mut Inspector<'_>, source: &'static str, property: &str, name: &str) {
    let known = match property {
        "ipfix" => registries::is_ipfix_element(name),
        "request_header" => registries::is_http_request_header(name),
        "options" => registries::is_socket_option(name),
        "impacted_entity_counts" => words::ENTITY_TYPE.words.contains(&name),
        "document_info_dict" => [
            "Title",
            "Author",
            "Subject",
            "Keywords",
            "Creator",
            "Producer",
            "CreationDate",
            "ModDate",
            "Trapped",
        ]
        .contains(&name),
        _ => return,
    };
    if known {
        return;
    }
    let (rule, what) = match property {
        "ipfix" => ("stix.273.ipfix", "an information element of IPFIX"),
        "request_header" => ("stix.274.http-request-headers", "a header field of requests"),
        "options" => ("stix.275.socket-options", "a socket option"),
        "impacted_entity_counts" => (words::ENTITY_TYPE.rule, "in entity-type-ov"),
        _ => ("stix.276.pdf-doc-info", "a key of the document information dictionary of PDF"),
    };
    inspector.advise(rule, source, || format!("\"{}\" is not {what}", short(name)));
    let is_option = |name: &str| {
        let mut parts = name.split('_');
        let family = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        ["SO", "ICMP", "ICMP6", "IP", "IPV6", "MCAST", "TCP", "IRLMP"].contains(&family)
            && !rest.is_empty()
            && rest.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    if property == "options" && !is_option(name) {
        inspector.error("stix.socket-option", source, || {
            format!(
                "\"{}\" must begin with SO_, ICMP_, ICMP6_, IP_, IPV6_, MCAST_, TCP_ or IRLMP_",
                short(name)
            )
        });
    }
}

fn entry<'d>(inspector: &mut Inspector<'d>, source: &'static str, entries: Entries, value: &'d Json<'d>) {
    let is_text = matches!(value, Json::Text(_));
    let texts = |items: &[Json<'_>]| items.iter().all(|item| matches!(item, Json::Text(_)));
    let whole = || match value {
        Json::Number(digits) => digits.parse::<i128>().is_ok(),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => false,
    };
    let (fine, expected) = match entries {
        Entries::Any => (!matches!(value, Json::Null), "a value"),
        Entries::Text => (is_text, "a text"),
        Entries::TextOrInteger => (is_text || whole(), "a text or a whole number"),
        Entries::TextOrTexts => {
            let list = value.as_list().is_some_and(|items| items.len() >= 2 && texts(items));
            (is_text || list, "a text, or a list of at least two")
        }
        Entries::Texts => {
            (value.as_list().is_some_and(|items| !items.is_empty() && texts(items)), "a list of texts")
        }
        Entries::Integer => (whole(), "a whole number"),
        Entries::Counts => {
            let count = matches!(value, Json::Number(digits) if digits.parse::<u64>().is_ok());
            (count, "a whole number, zero or more")
        }
        Entries::Translations => {
            let loose = inspector.profile == Profile::Schema && !matches!(value, Json::Null);
            (loose || value.as_object().is_some(), "an object")
        }
    };
    if !fine {
        inspector.wrong_type(source, expected, value);
    }
}

/// The extensions of an object: predefined ones by their names, others by their definitions.
pub fn extensions<'d>(inspector: &mut Inspector<'d>, class: &Class, value: &'d Json<'d>) {
    let Some(members) = value.as_object() else {
        inspector.wrong_type(EXTENSIONS, "an object", value);
        return;
    };
    if members.is_empty() {
        empty(inspector);
    }
    each(inspector, members, |inspector, name, value| {
        let is_definition = identifier::parts(name).is_some_and(|(kind, _)| kind == "extension-definition");
        if !is_definition && !is_predefined_name(name) {
            inspector.error("stix.extension.name", EXTENSIONS, || {
                format!(
                    "\"{}\" is neither the identifier of an extension definition nor a predefined name as ntfs-ext",
                    short(name)
                )
            });
            super::advice::prefixed(inspector, ("x-", '-'), name.strip_suffix("-ext").unwrap_or(name));
            return;
        }
        let Some(content) = value.as_object() else {
            inspector.wrong_type(EXTENSIONS, "an object", value);
            return;
        };
        if content.is_empty() {
            empty(inspector);
        }
        if is_definition {
            inspector.class(&EXTENSION, content);
            if let Some(known) = model::known_extension(name).filter(|_| inspector.profile == Profile::Text) {
                inspector.class(known, content);
            }
        } else if let Some(known) = class.extension(name) {
            inspector.class(known, content);
        } else if !matches!(class.sort, Sort::Part) {
            inspector.advise("stix.401.extensions-use", EXTENSIONS, || {
                format!("{name} is no extension of {}: use one with an extension definition", class.name)
            });
        }
        each(inspector, content, |inspector, name, value| {
            if !matches!(name, "extension_type") && class.extension(name).is_none() {
                custom_value(inspector, name, value);
            }
        });
    });
}

fn is_predefined_name(name: &str) -> bool {
    name.strip_suffix("-ext").is_some_and(|rest| {
        rest.split('-').enumerate().all(|(at, part)| {
            !part.is_empty()
                && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'))
                && (at > 0 || part.starts_with(|letter: char| letter.is_ascii_lowercase()))
        })
    })
}

/// A value of which nobody knows what it means: what holds for every value of the standard.
pub fn custom_value<'d>(inspector: &mut Inspector<'d>, name: &str, value: &'d Json<'d>) {
    match value {
        Json::Null => null(inspector),
        Json::List(items) if items.is_empty() => {
            inspector
                .error("stix.list.empty", "STIX 2.1, 2.11", || "this is empty: leave it away".to_owned());
        }
        Json::Text(text) if name.ends_with("_hex") => hex(inspector, text),
        Json::Text(text) if name.ends_with("_bin") && !binary::is_base64(text) => {
            inspector.error("stix.binary", "STIX 2.1, 2.1", || {
                format!("\"{}\" is no Base64 with its padding", short(text))
            });
        }
        Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {}
    }
}

/// The objects of observed data by their keys, as before version 2.1.
pub fn objects<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'d>) {
    let Some(members) = value.as_object() else {
        inspector.wrong_type("STIX 2.1, 4.14", "an object", value);
        return;
    };
    if members.is_empty() {
        empty(inspector);
    }
    let around = inspector.siblings.replace(members);
    each(inspector, members, |inspector, name, value| {
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            inspector.advise("stix.141.observable-object-keys", "STIX 2.1, 4.14", || {
                format!("the key \"{}\" should be a number", short(name))
            });
        }
        // Nothing is nested any deeper: observed data within observed data would be.
        let nested = value.get("type").and_then(Json::as_text) == Some("observed-data");
        if nested {
            inspector.error("stix.object", "STIX 2.1, 4.14", || {
                "observables stand here, no observed data".to_owned()
            });
        } else {
            inspector.object(value);
        }
    });
    inspector.siblings = around;
}
