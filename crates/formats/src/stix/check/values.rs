//! Single values: their type, and what is written in them.

use super::{
    dictionaries,
    inspector::{Inspector, fits},
};
use crate::{
    Json, Profile,
    json::short,
    stix::{
        identifier::{is_type_name, parts, type_of},
        model::{self, Class, Kind, Precision, Property, References},
        registries,
        words::{self, Vocabulary},
    },
    syntax::{address, binary, country::is_country, cpe::is_cpe_23, spelling, time::Parts},
    walk::Step,
};

const TIME: &str = "STIX 2.1, 2.16 (RFC 3339)";
const IDENTIFIER: &str = "STIX 2.1, 2.9";

/// Checks one value of a property.
pub fn check<'d>(
    inspector: &mut Inspector<'d>,
    class: &Class,
    property: &'static Property,
    value: &'d Json<'d>,
) {
    match (property.kind, value) {
        (Kind::Free, _) => free(inspector, class, property, value),
        (Kind::Boolean, Json::Bool(_)) => {}
        (Kind::Integer(least, most), Json::Number(digits)) => {
            integer(inspector, class.source, digits, (least, most));
        }
        (Kind::Number(least, most), Json::Number(digits)) => {
            let number: f64 = digits.parse().unwrap_or(f64::NAN);
            if !(least..=most).contains(&number) {
                inspector.error("stix.number.range", class.source, || {
                    format!("{digits} is outside of {least} to {most}")
                });
            }
        }
        (Kind::Part(part), value) => inspector.part(part, value),
        (Kind::Hashes, value) => dictionaries::hashes(inspector, class, value),
        (Kind::Dictionary(entries), value) => {
            dictionaries::dictionary(inspector, (class, property.name), entries, value);
        }
        (Kind::Extensions, value) => dictionaries::extensions(inspector, class, value),
        (Kind::Objects, value) => dictionaries::objects(inspector, value),
        (kind, Json::Text(text)) if expected(kind) == "a text" => {
            in_text(inspector, (class, property), text);
        }
        (kind, value) => inspector.wrong_type(class.source, expected(kind), value),
    }
}

const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "true or false",
        Kind::Integer(..) => "a whole number",
        Kind::Number(..) => "a number",
        Kind::Hashes | Kind::Dictionary(_) | Kind::Part(_) | Kind::Extensions | Kind::Objects => "an object",
        Kind::Free => "a value",
        Kind::Text
        | Kind::Time(_)
        | Kind::Reference(_)
        | Kind::ObjectReference(_)
        | Kind::Words(_)
        | Kind::Enumeration(_)
        | Kind::Binary
        | Kind::Hex
        | Kind::Uri
        | Kind::Email
        | Kind::Domain
        | Kind::Ipv4
        | Kind::Ipv6
        | Kind::Mac
        | Kind::MediaType { .. }
        | Kind::CharacterSet
        | Kind::Protocol
        | Kind::Cpe
        | Kind::Language
        | Kind::SoftwareLanguage
        | Kind::Country
        | Kind::RegistryKey
        | Kind::RelationshipType => "a text",
    }
}

fn free(inspector: &mut Inspector<'_>, class: &Class, property: &Property, value: &Json<'_>) {
    match (property.name, value) {
        (_, Json::Null) => null(inspector),
        ("id", Json::Text(text)) => id(inspector, class, text),
        ("id", value) => inspector.wrong_type(IDENTIFIER, "a text", value),
        _ => {}
    }
}

pub fn null(inspector: &mut Inspector<'_>) {
    inspector.error("stix.null", "STIX 2.1, 2", || "null says nothing: leave the property away".to_owned());
}

fn id(inspector: &mut Inspector<'_>, class: &Class, text: &str) {
    // Objects within observed data of version 2.0 have keys, no identifiers.
    let Some((kind, _)) = parts(text) else {
        inspector.error("stix.id.form", IDENTIFIER, || {
            format!("\"{}\" is no identifier: write type--UUID, the UUID of version 1 to 5", short(text))
        });
        return;
    };
    let known = model::class(class.name).is_some();
    if known && kind != class.name {
        inspector.error("stix.id.type", IDENTIFIER, || {
            format!("the identifier names the type {}, the object {}", short(kind), class.name)
        });
    }
}

fn integer(inspector: &mut Inspector<'_>, source: &'static str, digits: &str, (least, most): (i64, i64)) {
    let number = digits.parse::<i128>().ok().or_else(|| {
        let number: f64 = digits.parse().ok()?;
        // JSON Schema counts 5.0 as whole.
        (number.fract() == 0.0 && number.abs() < 1e18).then_some(number as i128)
    });
    match number {
        None => {
            inspector.error("stix.type", source, || format!("a whole number is expected, here is {digits}"))
        }
        Some(number) if number < i128::from(least) || number > i128::from(most) => {
            inspector.error("stix.number.range", source, || {
                let most = if most == i64::MAX { "more".to_owned() } else { most.to_string() };
                format!("{digits} is outside of {least} to {most}")
            });
        }
        Some(_) => {}
    }
}

fn in_text<'d>(inspector: &mut Inspector<'d>, (class, property): (&Class, &Property), text: &'d str) {
    let source = class.source;
    match property.kind {
        Kind::Time(precision) => time(inspector, text, precision),
        Kind::Reference(references) => reference(inspector, source, references, text),
        Kind::ObjectReference(types) => object_reference(inspector, source, types, text),
        Kind::Words(vocabulary) => word(inspector, source, vocabulary, text),
        Kind::Enumeration(words) => enumeration(inspector, source, words, text),
        Kind::Hex => hex(inspector, text),
        Kind::MediaType { mandatory } => media_type(inspector, source, mandatory, text),
        Kind::Uri => {
            if let Some(hint) = address::fault_of_uri(text) {
                inspector.error("stix.uri", "STIX 2.1, 2.5 (RFC 3986)", || {
                    format!("\"{}\" is no URI: {hint}", short(text))
                });
            }
        }
        Kind::Protocol if !registries::is_service_name(text) => {
            inspector.advise("stix.272.protocols", source, || {
                format!("\"{}\" is no protocol that IANA knows, as tcp, ipv4 and http are", short(text))
            });
        }
        Kind::Country if !is_country(text) => inspector.advise("stix.277.countries", source, || {
            format!("\"{}\" is no code of ISO 3166-1, two capital letters as FR", short(text))
        }),
        kind => {
            if let Some((rule, what)) = misfit(inspector.profile, kind, text) {
                inspector.error(rule, source, || format!("\"{}\" is not {what}", short(text)));
            }
        }
    }
}

/// The rule that a text breaks, and what it should be: for kinds where a test says yes or no.
fn misfit(profile: Profile, kind: Kind, text: &str) -> Option<(&'static str, &'static str)> {
    let by_profile = |schema: bool, text: bool| match profile {
        Profile::Schema => schema,
        Profile::Text => text,
    };
    let (fine, rule, what) = match kind {
        Kind::Binary => (binary::is_base64(text), "stix.binary", "Base64 with its padding"),
        Kind::Email => (address::is_email(text), "stix.email", "a mail address, name@example.org"),
        Kind::Domain => {
            // Names of services have underscores, which the schema does not know.
            let fine = address::is_domain_name(text) && by_profile(!text.contains('_'), true);
            (fine, "stix.domain", "a domain name, www.example.org")
        }
        Kind::Ipv4 => (address::is_ipv4_prefix(text), "stix.ipv4", "an IPv4 address or prefix, 192.0.2.0/24"),
        Kind::Ipv6 => {
            (address::is_ipv6_prefix(text), "stix.ipv6", "an IPv6 address or prefix, 2001:db8::/32")
        }
        Kind::Mac => (address::is_mac(text), "stix.mac", "a MAC address in small letters, d2:fb:49:24:37:18"),
        Kind::Cpe => (is_cpe_23(text), "stix.cpe", "a CPE 2.3, cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*"),
        Kind::RegistryKey => (
            !has_short_hive(text),
            "stix.registry-key",
            "a key with its hive in full, HKEY_LOCAL_MACHINE and so on",
        ),
        Kind::RelationshipType => {
            let fine = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
            let fine = !text.is_empty() && text.bytes().all(fine);
            (fine, "stix.relationship.type", "of small letters, digits and hyphens only")
        }
        Kind::CharacterSet => {
            let form = |byte: u8| byte.is_ascii_alphanumeric() || b"/.+_:-".contains(&byte);
            let well_formed = (2..=250).contains(&text.len()) && text.bytes().all(form);
            let fine = by_profile(well_formed, registries::is_character_set(text));
            (fine, "stix.character-set", "a character set that IANA knows, as UTF-8 is")
        }
        Kind::Language => {
            let fine = by_profile(true, registries::is_language_tag(text));
            (fine, "stix.language", "a language (RFC 5646), as fr and de-AT are")
        }
        Kind::SoftwareLanguage => {
            let known = registries::is_language(text) || registries::is_language_tag(text);
            let fine = by_profile(is_loose_language(text), known);
            (fine, "stix.language", "a language of ISO 639, as fra and deu are")
        }
        Kind::Text
        | Kind::Boolean
        | Kind::Integer(..)
        | Kind::Number(..)
        | Kind::Time(_)
        | Kind::Reference(_)
        | Kind::ObjectReference(_)
        | Kind::Words(_)
        | Kind::Enumeration(_)
        | Kind::Hashes
        | Kind::Hex
        | Kind::Uri
        | Kind::MediaType { .. }
        | Kind::Protocol
        | Kind::Country
        | Kind::Dictionary(_)
        | Kind::Part(_)
        | Kind::Extensions
        | Kind::Objects
        | Kind::Free => return None,
    };
    (!fine).then_some((rule, what))
}

/// Whether the hive is written by its initials.
fn has_short_hive(key: &str) -> bool {
    let hive = key.split('\\').next().unwrap_or_default().to_ascii_uppercase();
    matches!(hive.as_str(), "HKLM" | "HKCC" | "HKCR" | "HKCU" | "HKU")
}

/// Three small letters, or two with subtags.
fn is_loose_language(text: &str) -> bool {
    let (first, rest) = text.split_once('-').map_or((text, None), |(first, rest)| (first, Some(rest)));
    let small = first.bytes().all(|byte| byte.is_ascii_lowercase());
    small
        && match rest {
            None => matches!(first.len(), 2 | 3),
            Some(rest) => {
                first.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }
        }
}

fn time(inspector: &mut Inspector<'_>, text: &str, precision: Precision) {
    let parts = Parts::read(text).filter(|parts| {
        parts.offset == Some(0)
            && !parts.is_small
            && text.ends_with('Z')
            && parts.is_clock()
            && parts.is_loose_date()
    });
    let Some(parts) = parts.filter(|parts| parts.is_named_date()) else {
        inspector.error("stix.time.form", TIME, || {
            format!("\"{}\" is no timestamp in UTC: write 2026-05-15T12:30:00.000Z", short(text))
        });
        return;
    };
    if !parts.is_date() {
        inspector.text_error("stix.time.date", TIME, || {
            format!("\"{}\" names a day that does not exist", short(text))
        });
    }
    match precision {
        Precision::Millisecond if parts.digits < 3 => {
            inspector.error("stix.time.precision", "STIX 2.1, 3.2", || {
                format!(
                    "\"{}\" must be exact to the millisecond: write three digits, as in 00.000Z",
                    short(text)
                )
            });
        }
        Precision::Second if parts.digits > 0 => {
            inspector.error("stix.time.precision", "STIX 2.1, 6.7.6", || {
                format!("\"{}\" must be exact to the second: leave the fraction away", short(text))
            });
        }
        Precision::Any | Precision::Millisecond | Precision::Second => {}
    }
}

fn reference(inspector: &mut Inspector<'_>, source: &'static str, references: References, text: &str) {
    if parts(text).is_none() {
        inspector.error("stix.reference.form", IDENTIFIER, || {
            format!("\"{}\" is no identifier: write type--UUID", short(text))
        });
        return;
    }
    let kind = type_of(text);
    let fine = match references {
        References::Any => true,
        References::Of(types) => types.contains(&kind),
        References::Not(types) => !types.contains(&kind),
        References::Observables => model::class(kind)
            .is_none_or(|class| matches!(class.sort, model::Sort::Observable | model::Sort::Relationship)),
    };
    if !fine {
        inspector.error("stix.reference.type", source, || match references {
            References::Of(types) => format!("{kind} cannot stand here, only {}", types.join(" or ")),
            References::Any | References::Not(_) | References::Observables => {
                format!("{kind} cannot stand here")
            }
        });
    }
}

/// A reference between observables: an identifier, or a key of the observed data around it.
fn object_reference(inspector: &mut Inspector<'_>, source: &'static str, types: &[&str], text: &str) {
    let Some(siblings) = inspector.siblings else {
        if !fits(text, types) {
            inspector.text_error("stix.reference.type", source, || {
                let types = if types.is_empty() { "any object".to_owned() } else { types.join(" or ") };
                format!("\"{}\" is no identifier of {types}", short(text))
            });
        }
        return;
    };
    let target = siblings.iter().find(|member| member.name == text);
    let kind = target.and_then(|member| member.value.get("type")).and_then(Json::as_text);
    match (target, kind) {
        (None, _) => inspector.text_error("stix.reference.missing", "STIX 2.1, 4.14", || {
            format!("\"{}\" is no key of an object of this observed data", short(text))
        }),
        (Some(_), Some(kind)) if !types.is_empty() && !types.contains(&kind) => {
            inspector.text_error("stix.reference.type", source, || {
                format!("{} cannot stand here, only {}", short(kind), types.join(" or "))
            });
        }
        (Some(_), _) => {}
    }
}

fn word(inspector: &mut Inspector<'_>, source: &'static str, vocabulary: &'static Vocabulary, text: &str) {
    if vocabulary.words.contains(&text) {
        return;
    }
    inspector.advise(vocabulary.rule, source, || {
        let hint = spelling::nearest(vocabulary.words.iter().copied(), text);
        let hint = hint.map(|word| format!("; {word} is one")).unwrap_or_default();
        format!("\"{}\" is not in {}{hint}", short(text), vocabulary.name)
    });
    if !words::is_well_written(text) {
        inspector.advise("stix.111.open-vocab-format", "STIX 2.1, 2.13", || {
            format!("\"{}\" should be in small letters, with hyphens between its words", short(text))
        });
    }
}

fn enumeration(
    inspector: &mut Inspector<'_>,
    source: &'static str,
    words: &'static [&'static str],
    text: &str,
) {
    if words.contains(&text) {
        return;
    }
    inspector.error("stix.enumeration", source, || {
        let hint = spelling::nearest(words.iter().copied(), text);
        let hint = hint.map(|word| format!("do you mean {word}?"));
        let hint = hint.unwrap_or_else(|| format!("write one of {}", words.join(", ")));
        format!("\"{}\" is no value of this enumeration: {hint}", short(text))
    });
}

pub fn hex(inspector: &mut Inspector<'_>, text: &str) {
    if text.is_empty() || !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        inspector.error("stix.hex", "STIX 2.1, 2.7", || {
            format!("\"{}\" is not an even number of hexadecimal digits", short(text))
        });
    }
}

fn media_type(inspector: &mut Inspector<'_>, source: &'static str, mandatory: bool, text: &str) {
    const TOP: [&str; 9] =
        ["application", "audio", "font", "image", "message", "model", "multipart", "text", "video"];
    let subtype = |byte: u8| byte.is_ascii_alphanumeric() || b".+_-".contains(&byte);
    let well_formed = text
        .split_once('/')
        .is_some_and(|(top, rest)| TOP.contains(&top) && rest.bytes().next().is_some_and(subtype));
    let message = || format!("\"{}\" is no media type that IANA knows, as text/plain is", short(text));
    if registries::is_media_type(text) {
        return;
    }
    match (mandatory, inspector.profile) {
        (true, Profile::Schema) if well_formed => {}
        (true, _) => inspector.error("stix.media-type", source, message),
        (false, _) => inspector.advise("stix.271.mime-type", source, message),
    }
}

/// The name of a type of one's own (section 3.1).
pub fn type_name(inspector: &mut Inspector<'_>, name: &str) {
    let loose = name.strip_suffix('-').unwrap_or(name);
    let fine = is_type_name(loose)
        && (3..=250).contains(&name.len())
        && !loose.contains("--")
        && !name.starts_with(|letter: char| letter.is_ascii_digit());
    if !fine {
        inspector.error("stix.type.name", "STIX 2.1, 3.1", || {
            format!(
                "\"{}\" is no name of a type: 3 to 250 small letters, digits and single hyphens",
                short(name)
            )
        });
    } else if name == "action" {
        inspector.error("stix.type.reserved", "STIX 2.1, 11.1", || "the type action is reserved".to_owned());
    }
}

/// The name of a property of one's own (section 3.1).
pub fn property_name(inspector: &mut Inspector<'_>, name: &str) {
    let mut bytes = name.bytes();
    let fine = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
        && bytes.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    if !fine || !(3..=250).contains(&name.len()) {
        inspector.error("stix.property.name", "STIX 2.1, 3.1", || {
            format!(
                "\"{}\" is no name of a property: 3 to 250 small letters, digits and underscores",
                short(name)
            )
        });
    } else if matches!(name, "severity" | "action" | "username" | "phone_numbers") {
        inspector
            .error("stix.property.reserved", "STIX 2.1, 11.2", || format!("the property {name} is reserved"));
    }
}

/// A step into a member, for those that look into dictionaries.
pub fn each<'d>(
    inspector: &mut Inspector<'d>,
    members: &'d [crate::Member<'d>],
    mut act: impl FnMut(&mut Inspector<'d>, &'d str, &'d Json<'d>),
) {
    for member in members {
        let name: &'d str = &member.name;
        inspector.within(Step::Name(name), |inspector| act(inspector, name, &member.value));
    }
}
