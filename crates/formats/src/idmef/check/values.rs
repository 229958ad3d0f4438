//! Single values: their type, and what is written in them.

use super::inspector::{Inspector, is_text};
use crate::{
    Json, Profile, Severity,
    idmef::{
        keywords,
        model::{Attribute, Class, Kind},
        path::Path,
        syntax::{self, Flaw},
        version::Version,
        words::{self, Word},
    },
    json::short,
};

const CONTENT: &str = "draft-lehmann-idmefv2-08, 5.7";

/// Checks one value of an attribute.
pub fn check<'d>(inspector: &mut Inspector<'d>, class: &Class, attribute: &Attribute, value: &'d Json<'_>) {
    let flaw = match (value, attribute.kind) {
        (Json::Text(text), kind) if is_text(kind) => in_text(inspector, class, attribute, text),
        (Json::Text(_), Kind::Content) => None,
        (Json::Object(_), Kind::Content) => content_object(inspector),
        (Json::Number(digits), Kind::Port | Kind::Size | Kind::Confidence | Kind::Number) => {
            number(inspector, attribute.kind, digits)
        }
        (value, kind) => {
            let message = format!(
                "{} is {}, here is {} ({})",
                attribute.name,
                expected(kind),
                value.kind(),
                value.in_short()
            );
            Some(Flaw::error("idmef.type", class.source, message))
        }
    };
    if let Some(flaw) = flaw {
        inspector.add(flaw);
    }
}

const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Port | Kind::Size => "a whole number, without quotes",
        Kind::Confidence | Kind::Number => "a number, without quotes",
        Kind::Content => "a text: JSON as one string, or Base64",
        Kind::Version
        | Kind::Text
        | Kind::Name
        | Kind::Uuid
        | Kind::Time
        | Kind::Geo
        | Kind::UnLocode
        | Kind::Uri
        | Kind::Ip
        | Kind::Email
        | Kind::Label
        | Kind::Handle
        | Kind::Media
        | Kind::Protocol
        | Kind::Hash
        | Kind::Path
        | Kind::Ti
        | Kind::Zone
        | Kind::Encoding
        | Kind::Words(_) => "a text, in quotes",
    }
}

fn content_object(inspector: &Inspector<'_>) -> Option<Flaw> {
    let is_refused = inspector.profile == Profile::Text || inspector.version == Version::V203;
    is_refused.then(|| {
        Flaw::error(
            "idmef.content.object",
            CONTENT,
            "Content is a text: serialise the JSON object into a string",
        )
    })
}

fn in_text(inspector: &Inspector<'_>, class: &Class, attribute: &Attribute, text: &str) -> Option<Flaw> {
    match attribute.kind {
        Kind::Version => version(inspector.version, text),
        Kind::Words(table) => keyword(inspector, class, attribute, (table, text)),
        kind => match inspector.profile {
            Profile::Schema => (!syntax::accepts(kind, text)).then(|| {
                let message = format!("\"{}\" does not match the pattern of {}", short(text), attribute.name);
                // The rule of the text that says most about it, if there is one.
                let rule =
                    by_the_text(inspector.version, kind, text).map_or("idmef.pattern", |flaw| flaw.rule);
                Flaw::error(rule, "published JSON Schema of this version", message)
            }),
            Profile::Text => by_the_text(inspector.version, kind, text),
        },
    }
}

fn version(version: Version, text: &str) -> Option<Flaw> {
    (text != version.text()).then(|| {
        let message = format!("\"{}\" is not {}, the version checked against", short(text), version.text());
        Flaw::error("idmef.version", "draft-lehmann-idmefv2-08, 5.2", message)
    })
}

fn keyword(
    inspector: &Inspector<'_>,
    class: &Class,
    attribute: &Attribute,
    (table, text): (&'static [Word], &str),
) -> Option<Flaw> {
    let place = words::place(table, text);
    let word = place.and_then(|place| table.get(place));
    if word.is_some_and(|word| word.is_in(inspector.version)) {
        return None;
    }
    let now = keywords::moved(class.name, attribute.name, text);
    let hint = match (now, words::nearest(table, inspector.version, text)) {
        (Some(now), _) if inspector.version >= Version::V07 => format!(": today it is {now}"),
        (_, Some(near)) => format!(": did you mean {near}?"),
        (Some(_) | None, None) => String::new(),
    };
    let message = format!(
        "\"{}\" is no keyword of {}.{} in {}{hint}",
        short(text),
        class.name,
        attribute.name,
        inspector.version.text()
    );
    Some(Flaw::error("idmef.keyword", class.source, message))
}

fn by_the_text(version: Version, kind: Kind, text: &str) -> Option<Flaw> {
    match kind {
        Kind::Name => text.trim().is_empty().then(|| {
            let message = "an empty name tells nobody who sent this: name the organisation and the tool";
            Flaw::warning("idmef.name.empty", "draft-lehmann-idmefv2-08, 5.3", message)
        }),
        Kind::Uuid => syntax::uuid(text),
        Kind::Time => syntax::time(text),
        Kind::Geo => syntax::geo(text),
        Kind::UnLocode => syntax::unlocode(text),
        Kind::Uri => syntax::uri(text),
        Kind::Ip => syntax::ip(text),
        Kind::Email => syntax::email(text),
        Kind::Label | Kind::Handle => syntax::label(text),
        Kind::Media => syntax::media(text),
        Kind::Protocol => syntax::protocol(text),
        Kind::Hash => syntax::hash(text),
        Kind::Path => Path::parse_for(text, version).err().map(|error| {
            let message = format!("\"{}\" is no IDMEF path: {error}", short(text));
            Flaw::error("idmef.path", "draft-lehmann-idmefv2-08, 3.3.12", message)
        }),
        Kind::Ti => syntax::threat_intelligence(text),
        Kind::Zone => capture_zone(text),
        Kind::Encoding => encoding(text),
        Kind::Version
        | Kind::Text
        | Kind::Content
        | Kind::Words(_)
        | Kind::Port
        | Kind::Size
        | Kind::Confidence
        | Kind::Number => None,
    }
}

fn capture_zone(text: &str) -> Option<Flaw> {
    let limits = crate::Limits::default();
    crate::parse(text.as_bytes(), &limits).err().map(|fault| {
        let message = format!("the capture zone should be JSON, written as one string: {fault}");
        Flaw::warning("idmef.zone", "draft-lehmann-idmefv2-08, 5.4", message)
    })
}

fn encoding(text: &str) -> Option<Flaw> {
    match text {
        "json" | "base64" => None,
        _ if matches!(text.to_ascii_lowercase().as_str(), "json" | "base64") => Some(Flaw {
            severity: Severity::Warning,
            ..Flaw::error(
                "idmef.encoding.case",
                CONTENT,
                format!("write {} small", text.to_ascii_lowercase()),
            )
        }),
        _ => {
            let message = format!("\"{}\" is no encoding of this format: json and base64 are", short(text));
            Some(Flaw::error("idmef.encoding", CONTENT, message))
        }
    }
}

fn number(inspector: &Inspector<'_>, kind: Kind, digits: &str) -> Option<Flaw> {
    // 2.0.3 is the only version whose schema applies the range of ports, and 02 to 05 have none for Confidence.
    let text = inspector.profile == Profile::Text;
    match kind {
        Kind::Port | Kind::Size if digits.contains(['.', 'e', 'E']) => Some(Flaw::error(
            "idmef.type",
            "draft-lehmann-idmefv2-08, 3.2.1",
            format!("{} is no whole number", short(digits)),
        )),
        Kind::Port if text || inspector.version == Version::V203 => {
            let is_port = digits.parse::<u16>().is_ok_and(|port| port > 0);
            (!is_port).then(|| {
                let message = format!("{} is no port: they go from 1 to 65535", short(digits));
                Flaw::error("idmef.port", "draft-lehmann-idmefv2-08, 5.5 and 5.6", message)
            })
        }
        Kind::Size if text => digits.starts_with('-').then(|| {
            Flaw::error(
                "idmef.size.negative",
                CONTENT,
                "a size is never negative: count the bytes of the content",
            )
        }),
        Kind::Confidence
            if text
                || !matches!(
                    inspector.version,
                    Version::V02 | Version::V03 | Version::V04 | Version::V05
                ) =>
        {
            let is_share = digits.parse::<f64>().is_ok_and(|number| (0.0..=1.0).contains(&number));
            (!is_share).then(|| {
                let message =
                    format!("{} is no confidence: it goes from 0 to 1, so 80 % is 0.8", short(digits));
                Flaw::error("idmef.confidence", "draft-lehmann-idmefv2-08, 5.2", message)
            })
        }
        _ => None,
    }
}
