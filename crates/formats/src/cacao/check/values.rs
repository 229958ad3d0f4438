//! One value against what its member asks for.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{
    inspector::{Inspector, Step, not_an_identifier},
    model::{self, Class, Kind, Of},
};
use crate::{
    Json,
    cacao::{identifier, timestamp::Moment},
    json::short,
};

const TIME: &str = "CACAO 2.0, 10 (timestamp)";
const IDENTIFIER: &str = "CACAO 2.0, 10.10";

/// Checks one value.
pub fn check<'d>(
    inspector: &mut Inspector<'d>,
    class: &'static Class,
    kind: &'static Kind,
    value: &'d Json<'_>,
) {
    match kind {
        Kind::Text => drop(text(inspector, value)),
        Kind::Truth => truth(inspector, value),
        Kind::Constant(word) => constant(inspector, class, word, value),
        Kind::Closed(words) => closed(inspector, class, words, value),
        Kind::Open(words, name) => open(inspector, words, name, value),
        Kind::Whole { text, schema } => {
            let range = if inspector.is_text() { *text } else { *schema };
            whole(inspector, class, range, value);
        }
        Kind::Id(of) => id(inspector, *of, value),
        Kind::Time => time(inspector, value, false),
        Kind::TimeInMilliseconds => time(inspector, value, true),
        Kind::TimeOrNull => {
            if *value != Json::Null {
                time(inspector, value, false);
            }
        }
        Kind::Base64 => base64(inspector, value),
        Kind::RequestLine => request_line(inspector, value),
        Kind::Port => port(inspector, value),
        Kind::Value => {
            if *value != Json::Null {
                text(inspector, value);
            }
        }
        Kind::List { of, least, least_by_schema } => {
            let least = if inspector.is_text() { *least } else { *least_by_schema };
            list(inspector, class, of, least, value);
        }
        Kind::Object(class) => inspector.class(class, value),
        Kind::Dictionary(entries) => inspector.dictionary(class, *entries, value),
        Kind::Command => command(inspector, value),
        Kind::PolicyReferences => policy_references(inspector, value),
        Kind::Ipv4 => address(inspector, value, "an IPv4 address", |text| text.parse::<Ipv4Addr>().is_ok()),
        Kind::Ipv6 => address(inspector, value, "an IPv6 address", |text| text.parse::<Ipv6Addr>().is_ok()),
        Kind::Mac => address(inspector, value, "a hardware address", is_mac),
        Kind::Vlan => vlan(inspector, value),
    }
}

/// The text, if it is one.
pub fn text<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>) -> Option<&'d str> {
    let found = value.as_text();
    if found.is_none() {
        wrong_type(inspector, "a text", value);
    }
    found
}

fn wrong_type(inspector: &mut Inspector<'_>, wanted: &str, value: &Json<'_>) {
    inspector
        .error("cacao.type", "CACAO 2.0, 10", || format!("{wanted} is expected, here is {}", value.kind()));
}

/// A list of texts.
pub fn texts<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>) {
    list(inspector, &model::COMMON_COMMAND, &Kind::Text, 0, value);
}

fn truth(inspector: &mut Inspector<'_>, value: &Json<'_>) {
    if !matches!(value, Json::Bool(_)) {
        wrong_type(inspector, "true or false", value);
    }
}

fn constant(inspector: &mut Inspector<'_>, class: &'static Class, word: &str, value: &Json<'_>) {
    if value.as_text() != Some(word) {
        inspector.error("cacao.constant", class.source, || {
            format!("this is \"{word}\" in {}, not {}", class.name, value.in_short())
        });
    }
}

fn closed<'d>(inspector: &mut Inspector<'d>, class: &'static Class, words: &[&str], value: &'d Json<'_>) {
    if let Some(word) = text(inspector, value)
        && !words.contains(&word)
    {
        inspector.error("cacao.vocabulary", class.source, || {
            format!("\"{}\" is none of the words allowed here: {}", short(word), words.join(", "))
        });
    }
}

fn open<'d>(inspector: &mut Inspector<'d>, words: &[&str], name: &str, value: &'d Json<'_>) {
    if let Some(word) = text(inspector, value)
        && inspector.is_text()
        && !words.contains(&word)
    {
        inspector.note("cacao.vocabulary.open", "CACAO 2.0, 10 (open-vocab)", || {
            format!("\"{}\" is not in the vocabulary of {name}: others may not know it", short(word))
        });
    }
}

fn whole(inspector: &mut Inspector<'_>, class: &'static Class, (least, most): (i64, i64), value: &Json<'_>) {
    let Json::Number(digits) = value else { return wrong_type(inspector, "a whole number", value) };
    let number = digits.parse::<f64>().ok().filter(|number| number.is_finite() && number.fract() == 0.0);
    let Some(number) = number else { return wrong_type(inspector, "a whole number", value) };
    // The bounds are small, or as far as the type goes.
    #[expect(clippy::cast_precision_loss, reason = "bounds that are not exact are out of reach")]
    let is_within = least as f64 <= number && number <= most as f64;
    if !is_within {
        inspector.error("cacao.range", class.source, || {
            let upper = if most == i64::MAX { String::new() } else { format!(" and at most {most}") };
            format!("{} is out of range: at least {least}{upper}", short(digits))
        });
    }
}

fn id<'d>(inspector: &mut Inspector<'d>, of: Of, value: &'d Json<'_>) {
    let Some(text) = text(inspector, value) else { return };
    let Some((prefix, _)) = identifier::parts(text) else {
        inspector.error("cacao.identifier", IDENTIFIER, || not_an_identifier(text));
        return;
    };
    if !inspector.is_text() {
        return;
    }
    match of {
        Of::Playbook if prefix != "playbook" => {
            inspector.error("cacao.identifier.playbook", IDENTIFIER, || {
                format!("this names a playbook, so it begins with playbook--, not with {prefix}--")
            });
        }
        Of::Identity if prefix != "identity" => {
            inspector.error("cacao.identifier.identity", IDENTIFIER, || {
                format!("this names a STIX identity, so it begins with identity--, not with {prefix}--")
            });
        }
        Of::Signature if prefix != "jss" => {
            inspector.error("cacao.identifier.prefix", IDENTIFIER, || {
                format!("this names a signature, so it begins with jss--, not with {prefix}--")
            });
        }
        Of::Any | Of::Playbook | Of::Identity | Of::Signature => {}
    }
}

fn time<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>, in_milliseconds: bool) {
    let Some(text) = text(inspector, value) else { return };
    let Some(moment) = Moment::read(text) else {
        inspector.error("cacao.timestamp", TIME, || {
            format!("\"{}\" is no timestamp in UTC: write 2026-01-15T09:00:00.000Z", short(text))
        });
        return;
    };
    if !inspector.is_text() {
        return;
    }
    if !moment.exists {
        inspector.error("cacao.timestamp.date", TIME, || {
            format!("\"{}\" names a day that the calendar does not have", short(text))
        });
    }
    if in_milliseconds && moment.digits != 3 {
        inspector.error("cacao.timestamp.milliseconds", "CACAO 2.0, 3.1", || {
            format!("\"{}\" has {} digits behind the point: write exactly three", short(text), moment.digits)
        });
    }
}

fn base64<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>) {
    let Some(text) = text(inspector, value) else { return };
    let digits = text.trim_end_matches('=');
    let is_padded = text.len() % 4 == 0 && text.len() - digits.len() <= 2;
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    if inspector.is_text() && !(is_padded && digits.bytes().all(is_digit)) {
        inspector.error("cacao.base64", "RFC 4648, 4", || {
            format!("\"{}\" is no Base64 with padding", short(text))
        });
    }
}

fn request_line<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>) {
    let Some(text) = text(inspector, value) else { return };
    let mut parts = text.split(' ');
    let (method, target, version, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
    let is_method =
        |method: &str| method.starts_with("__") || method.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_version = |version: &str| version.starts_with("HTTP/");
    let is_line = method.is_some_and(is_method) && target.is_some() && version.is_some_and(is_version);
    if !is_line || rest.is_some() {
        inspector.warning("cacao.command.request", "CACAO 2.0, 5 (http-api)", || {
            format!(
                "\"{}\" is no request line: write method, target and version, as in GET /hosts HTTP/1.1",
                short(text)
            )
        });
    }
}

/// Variables stand for values that are known only when the playbook runs.
fn is_variable(text: &str) -> bool {
    text.contains("__:value")
}

fn port<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>) {
    let Some(text) = text(inspector, value) else { return };
    let is_port = text.parse::<u16>().is_ok_and(|port| port > 0);
    if inspector.is_text() && !is_port && !is_variable(text) {
        inspector.warning("cacao.port", "CACAO 2.0, 7", || {
            format!("\"{}\" is no port: write a number from 1 to 65535 in quotes", short(text))
        });
    }
}

fn address<'d>(
    inspector: &mut Inspector<'d>,
    value: &'d Json<'_>,
    what: &str,
    is_address: impl Fn(&str) -> bool,
) {
    let Some(text) = text(inspector, value) else { return };
    if inspector.is_text() && !is_address(text) && !is_variable(text) {
        inspector.warning("cacao.address", "CACAO 2.0, 7", || {
            format!("\"{}\" is not {what}: put it under the key of its kind", short(text))
        });
    }
}

fn is_mac(text: &str) -> bool {
    text.len() == 17
        && text.bytes().enumerate().all(
            |(at, byte)| {
                if at % 3 == 2 { byte == b':' } else { byte.is_ascii_hexdigit() }
            },
        )
}

/// A text by the text of the standard, a number by its schema: both are in the wild, and both are accepted.
fn vlan(inspector: &mut Inspector<'_>, value: &Json<'_>) {
    let number = match value {
        Json::Text(text) if is_variable(text) => return,
        Json::Text(digits) | Json::Number(digits) => digits.parse::<u16>().ok(),
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => None,
    };
    if inspector.is_text() && number.is_none_or(|number| number > 4095) {
        inspector.warning("cacao.address", "CACAO 2.0, 7", || {
            format!("{} is no number of a VLAN: write 0 to 4095", value.in_short())
        });
    }
}

fn list<'d>(
    inspector: &mut Inspector<'d>,
    class: &'static Class,
    of: &'static Kind,
    least: usize,
    value: &'d Json<'_>,
) {
    let Some(items) = value.as_list() else { return wrong_type(inspector, "a list", value) };
    if items.len() < least {
        inspector.error("cacao.list.short", class.source, || {
            let count = items.len();
            format!(
                "the list has {count} items and needs {least} at least: add what is missing, or \
                leave it away"
            )
        });
    }
    for (index, item) in items.iter().enumerate() {
        inspector.within(Step::Index(index), |inspector| check(inspector, class, of, item));
    }
}

/// A command: by its type in the text, by what all have in common in the schema.
fn command<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>) {
    let kind = value.get("type").and_then(Json::as_text);
    let own = if inspector.is_text() { kind.and_then(model::command) } else { None };
    inspector.class(own.unwrap_or(&model::COMMON_COMMAND), value);
    if !inspector.is_text() {
        return;
    }
    let has = |name: &str| value.get(name).is_some();
    let takes_both = has("command") && has("command_b64");
    if takes_both || (has("content") && has("content_b64")) {
        inspector.error("cacao.command.both", "CACAO 2.0, 5", || {
            "plain text and Base64 are both set: leave one of them away".to_owned()
        });
    }
    let needs_one = matches!(kind, Some("manual" | "bash" | "caldera-cmd" | "powershell" | "ssh"));
    if needs_one && !has("command") && !has("command_b64") {
        inspector.error("cacao.command.none", "CACAO 2.0, 5", || {
            "there is nothing to carry out: set command or command_b64".to_owned()
        });
    }
    let line = value.get("command").and_then(Json::as_text);
    if kind == Some("openc2-http") && line.is_some_and(|line| !line.starts_with("POST ")) {
        inspector.within(Step::Name("command"), |inspector| {
            inspector.error("cacao.command.method", "CACAO 2.0, 5 (openc2-http)", || {
                "the method of an OpenC2 command over HTTP is POST".to_owned()
            });
        });
    }
}

/// The schema asks for items that are texts and objects at once, so none passes; the text has references.
fn policy_references<'d>(inspector: &mut Inspector<'d>, value: &'d Json<'_>) {
    if inspector.is_text() {
        list(inspector, &model::COMMON_COMMAND, &model::A_REFERENCE, 0, value);
    } else {
        wrong_type(inspector, "what nothing can be", value);
    }
}

/// What the schema accepts as the step of a case: the end of the text decides.
pub fn ends_as_a_case(text: &str) -> bool {
    const KINDS: [&str; 8] = [
        "action",
        "end",
        "if-condition",
        "parallel",
        "playbook",
        "start",
        "switch-condition",
        "while-condition",
    ];
    let Some((before, uuid)) = text.len().checked_sub(36).and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let Some(before) = before.strip_suffix("--") else { return false };
    identifier::is_uuid(uuid) && KINDS.iter().any(|kind| before.ends_with(kind))
}
