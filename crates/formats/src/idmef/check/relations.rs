//! What must agree between the parts of an alert.

use super::inspector::Inspector;
use crate::{
    Json,
    idmef::{
        model::{self, Class},
        syntax::{self, Flaw},
        version::Version,
    },
    json::{Member, short},
    walk::Step,
};

const ALERT: &str = "draft-lehmann-idmefv2-08, 5.2";
const EXTENSION: &str = "draft-lehmann-idmefv2-08, 4.1.1";
const ATTACHMENT: &str = "draft-lehmann-idmefv2-08, 5.7";

/// All that concerns more than one member.
pub fn alert<'d>(inspector: &mut Inspector<'d>, alert: &'d Json<'_>) {
    extensions(inspector, &model::ALERT, alert);
    if let Some(analyzer) = alert.get("Analyzer") {
        inspector
            .within(Step::Name("Analyzer"), |inspector| extensions(inspector, &model::ANALYZER, analyzer));
    }
    times(inspector, alert);
    status(inspector, alert);
    references_to_itself(inspector, alert);
    attachments(inspector, alert);
    ends(inspector, &model::SOURCE, alert);
    ends(inspector, &model::TARGET, alert);
}

/// The values of a member, whether it is a list or not.
fn texts<'d>(object: &'d Json<'_>, name: &str) -> Vec<&'d str> {
    match object.get(name) {
        Some(Json::List(items)) => items.iter().filter_map(Json::as_text).collect(),
        Some(one) => one.as_text().into_iter().collect(),
        None => Vec::new(),
    }
}

fn extensions<'d>(inspector: &mut Inspector<'d>, class: &'static Class, object: &'d Json<'_>) {
    let version = inspector.version;
    for attribute in class.attributes.iter().filter(|attribute| attribute.versions.has(version)) {
        let Some(extended) = attribute.name.strip_prefix("ext-") else { continue };
        let marked =
            texts(object, extended).iter().any(|word| matches!(*word, "ext-value" | "Other.ext-value"));
        let set = object.get(attribute.name).is_some();
        let marker = match (class.name, inspector.version >= Version::V07, extended) {
            ("Alert", true, "Category") => "Other.ext-value",
            _ => "ext-value",
        };
        if set && !marked {
            inspector.within(Step::Name(attribute.name), |inspector| {
                let message =
                    format!("this needs the keyword {marker} in {extended}: add it, or leave this away");
                inspector.add(Flaw::error("idmef.extension.unmarked", EXTENSION, message));
            });
        }
        if marked && !set {
            inspector.within(Step::Name(extended), |inspector| {
                let message =
                    format!("{marker} says that {} has the value, but it is missing", attribute.name);
                inspector.add(Flaw::error("idmef.extension.missing", EXTENSION, message));
            });
        }
    }
}

fn times<'d>(inspector: &mut Inspector<'d>, alert: &'d Json<'_>) {
    let instant = |name: &str| alert.get(name).and_then(Json::as_text).and_then(syntax::nanoseconds);
    let last = if inspector.version == Version::V203 { "CeaseTime" } else { "EndTime" };
    if let (Some(start), Some(end)) = (instant("StartTime"), instant(last))
        && end < start
    {
        inspector.within(Step::Name(last), |inspector| {
            inspector.add(Flaw::warning(
                "idmef.time.order",
                ALERT,
                "the event ends before it starts (StartTime)",
            ));
        });
    }
}

fn status<'d>(inspector: &mut Inspector<'d>, alert: &'d Json<'_>) {
    const AGAINST: [(&str, &str); 5] = [
        ("Closed", "Open"),
        ("FalsePositive", "Open"),
        ("FalsePositive", "Incident"),
        ("Event", "Incident"),
        ("Event", "Open"),
    ];
    let words = texts(alert, "Status");
    for (one, other) in AGAINST {
        if words.contains(&one) && words.contains(&other) {
            inspector.within(Step::Name("Status"), |inspector| {
                let message = format!("{one} and {other} exclude each other: keep the one that holds now");
                inspector.add(Flaw::warning("idmef.status", ALERT, message));
            });
        }
    }
}

fn references_to_itself<'d>(inspector: &mut Inspector<'d>, alert: &'d Json<'_>) {
    let Some(own) = alert.get("ID").and_then(Json::as_text) else { return };
    for name in ["PredID", "CorrelID", "RelID"] {
        let ids = alert.get(name).and_then(Json::as_list).unwrap_or_default();
        // UUIDs are compared without regard to case (3.3.10).
        let Some(index) =
            ids.iter().position(|id| id.as_text().is_some_and(|id| id.eq_ignore_ascii_case(own)))
        else {
            continue;
        };
        inspector.within(Step::Name(name), |inspector| {
            inspector.within(Step::Index(index), |inspector| {
                let message = "the alert names itself here: an update has an ID of its own";
                inspector.add(Flaw::warning("idmef.self", ALERT, message));
            });
        });
    }
}

fn attachments<'d>(inspector: &mut Inspector<'d>, alert: &'d Json<'_>) {
    let items = alert.get("Attachment").and_then(Json::as_list).unwrap_or_default();
    let mut names: Vec<(&str, usize)> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        names.extend(item.get("Name").and_then(Json::as_text).map(|name| (name, index)));
    }
    names.sort_unstable();
    for pair in names.windows(2) {
        if let [(one, _), (other, index)] = pair
            && one == other
        {
            let index = *index;
            inspector.within(Step::Name("Attachment"), |inspector| {
                inspector.within(Step::Index(index), |inspector| {
                    let message =
                        format!("another attachment has the name \"{}\" too: each has its own", short(other));
                    inspector.add(Flaw::error(
                        "idmef.attachment.double",
                        "draft-lehmann-idmefv2-08, 3.3.8",
                        message,
                    ));
                });
            });
        }
    }
    inspector.within(Step::Name("Attachment"), |inspector| {
        for (index, item) in items.iter().enumerate() {
            inspector.within(Step::Index(index), |inspector| content(inspector, item));
        }
    });
    for class in ["Source", "Target"] {
        handles(inspector, alert, class, &names);
    }
}

fn handles<'d>(inspector: &mut Inspector<'d>, alert: &'d Json<'_>, class: &'d str, names: &[(&str, usize)]) {
    for (place, end) in alert.get(class).and_then(Json::as_list).unwrap_or_default().iter().enumerate() {
        for (index, handle) in
            end.get("Attachment").and_then(Json::as_list).unwrap_or_default().iter().enumerate()
        {
            let Some(handle) = handle.as_text() else { continue };
            if names.binary_search_by(|(name, _)| (*name).cmp(handle)).is_ok() {
                continue;
            }
            for step in [Step::Name(class), Step::Index(place), Step::Name("Attachment"), Step::Index(index)]
            {
                inspector.enter(step);
            }
            let message = format!("no attachment of this alert has the name \"{}\"", short(handle));
            inspector.add(Flaw::error(
                "idmef.attachment.dangling",
                "draft-lehmann-idmefv2-08, 5.5 and 5.6",
                message,
            ));
            inspector.leave(4);
        }
    }
}

/// Content, its encoding, its size and its hashes.
fn content<'d>(inspector: &mut Inspector<'d>, attachment: &'d Json<'_>) {
    let Some(text) = attachment.get("Content").and_then(Json::as_text) else { return };
    let encoding = attachment.get("ContentEncoding").and_then(Json::as_text).unwrap_or("json");
    let decoded;
    let raw: &[u8] = match encoding.to_ascii_lowercase().as_str() {
        "base64" => {
            let Some(bytes) = syntax::base64(text) else {
                let message =
                    "the content is not Base64 with its padding (RFC 4648, section 4), without line breaks";
                inspector.within(Step::Name("Content"), |inspector| {
                    inspector.add(Flaw::error("idmef.content.base64", ATTACHMENT, message));
                });
                return;
            };
            decoded = bytes;
            &decoded
        }
        "json" => {
            is_json(inspector, text);
            text.as_bytes()
        }
        _ => return,
    };
    let length = attachment.get("Size");
    if let Some(Json::Number(digits)) = length
        && digits.parse::<usize>().is_ok_and(|size| size != raw.len())
    {
        inspector.within(Step::Name("Size"), |inspector| {
            let message = format!("the content has {} bytes, not {digits}", raw.len());
            inspector.add(Flaw::warning("idmef.size.other", ATTACHMENT, message));
        });
    }
    for (index, hash) in attachment.get("Hash").and_then(Json::as_list).unwrap_or_default().iter().enumerate()
    {
        let Some((function, digits)) = hash.as_text().and_then(|hash| hash.split_once(':')) else { continue };
        let Some(right) = syntax::digest(function, raw) else { continue };
        if right.len() == digits.len() && !right.eq_ignore_ascii_case(digits) {
            inspector.within(Step::Name("Hash"), |inspector| {
                inspector.within(Step::Index(index), |inspector| {
                    let message = format!("the content has another hash: {function}:{right}");
                    inspector.add(Flaw::error("idmef.hash.other", ATTACHMENT, message));
                });
            });
        }
    }
}

fn is_json(inspector: &mut Inspector<'_>, text: &str) {
    let flaw = match crate::parse(text.as_bytes(), &crate::Limits::default()) {
        Ok(Json::Object(_)) => return,
        Ok(other) => {
            let message =
                format!("the content is {}: the encoding json is meant for an object", other.kind());
            Flaw::warning("idmef.content.json", ATTACHMENT, message)
        }
        Err(fault) => {
            let message =
                format!("the content is not JSON ({fault}): where ContentEncoding is not base64, it must be");
            Flaw::error("idmef.content.json", ATTACHMENT, message)
        }
    };
    inspector.within(Step::Name("Content"), |inspector| inspector.add(flaw));
}

/// What sources and targets say about themselves.
fn ends<'d>(inspector: &mut Inspector<'d>, class: &'static Class, alert: &'d Json<'_>) {
    let items = alert.get(class.name).and_then(Json::as_list).unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        let Some(members) = item.as_object() else { continue };
        inspector.enter(Step::Name(class.name));
        inspector.enter(Step::Index(index));
        if texts(item, "Category").contains(&"ext-value") {
            let message =
                format!("{} has no ext-Category, so ext-value says nothing: leave it away", class.name);
            inspector.within(Step::Name("Category"), |inspector| {
                inspector.add(Flaw::warning("idmef.extension.impossible", EXTENSION, message));
            });
        }
        threat_intelligence(inspector, class, members, item);
        inspector.leave(2);
    }
}

fn threat_intelligence<'d>(
    inspector: &mut Inspector<'d>,
    class: &Class,
    members: &[Member<'_>],
    item: &'d Json<'_>,
) {
    for (index, entry) in item.get("TI").and_then(Json::as_list).unwrap_or_default().iter().enumerate() {
        let Some((attribute, _)) = entry.as_text().and_then(|entry| entry.split_once(':')) else { continue };
        let is_known = class.attribute(inspector.version, attribute).is_some();
        if is_known && members.iter().any(|member| member.name == attribute) {
            continue;
        }
        inspector.within(Step::Name("TI"), |inspector| {
            inspector.within(Step::Index(index), |inspector| {
                let message =
                    format!("\"{}\" is no attribute that this {} has", short(attribute), class.name);
                inspector.add(Flaw::warning("idmef.ti.attribute", "draft-lehmann-idmefv2-08, 5.5", message));
            });
        });
    }
}
