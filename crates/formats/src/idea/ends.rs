//! Sources, targets and attachments of IDEA: many addresses to one, many names to one.

use std::{borrow::Cow, net::IpAddr};

use crate::{Json, Loss, Member};

/// Sources or targets: an end with several addresses becomes several ends.
pub fn ends(class: &str, items: Vec<Json<'static>>, losses: &mut Vec<Loss>) -> Json<'static> {
    let mut found = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        match item {
            Json::Object(members) => end((class, index), members, &mut found, losses),
            other => found.push(other),
        }
    }
    Json::List(found)
}

fn end(
    (class, index): (&str, usize),
    members: Vec<Member<'static>>,
    found: &mut Vec<Json<'static>>,
    losses: &mut Vec<Loss>,
) {
    let number = index.to_string();
    let mut addresses = Vec::new();
    let mut kept = Vec::new();
    for Member { name, value } in members {
        let member = name.into_owned();
        let renamed = match member.as_str() {
            "IP4" | "IP6" => {
                let left = single_addresses(value, &mut addresses, |place, text| {
                    losses.push(Loss::at(
                        &[class, &number, &member, &place.to_string()],
                        text,
                        "no single address; kept in the attachment Legacy",
                    ));
                });
                kept.extend(left.map(|value| Member { name: Cow::Owned(member), value }));
                continue;
            }
            // Targets of IDMEFv2 have no protocol; there it falls to what is kept aside.
            "Proto" if class == "Source" => "Protocol",
            "AttachHand" => {
                kept.push(Member { name: Cow::Borrowed("Attachment"), value: labels(value) });
                continue;
            }
            "Hostname" | "Email" => {
                let (first, others) = first_of(value);
                if let Some(others) = others {
                    losses.push(Loss::at(
                        &[class, &number, &member],
                        others.in_short(),
                        "IDMEFv2 takes one; the others are kept in the attachment Legacy",
                    ));
                    kept.push(Member { name: Cow::Owned(format!("{member}.others")), value: others });
                }
                kept.push(Member { name: Cow::Owned(member), value: first });
                continue;
            }
            // The type of an end in IDEA is a role (Botnet, Phishing), not an observable.
            "Type" => "EndType",
            other => other,
        };
        kept.push(Member { name: Cow::Owned(renamed.to_owned()), value });
    }
    let mut addresses = addresses.into_iter();
    let mut first = Vec::new();
    first.extend(addresses.next().map(|value| Member { name: Cow::Borrowed("IP"), value }));
    // Ports and protocols hold for every address of the end.
    let shared: Vec<Member<'static>> =
        kept.iter().filter(|member| matches!(member.name.as_ref(), "Port" | "Protocol")).cloned().collect();
    first.extend(kept);
    found.push(Json::Object(first));
    for address in addresses {
        let mut next = vec![Member { name: Cow::Borrowed("IP"), value: address }];
        next.extend(shared.iter().cloned());
        found.push(Json::Object(next));
    }
}

/// Takes the single addresses; what is a range or a network stays, and is told of.
fn single_addresses(
    value: Json<'static>,
    addresses: &mut Vec<Json<'static>>,
    mut tell: impl FnMut(usize, String),
) -> Option<Json<'static>> {
    let items = match value {
        Json::List(items) => items,
        one @ Json::Text(_) => vec![one],
        other => return Some(other),
    };
    let mut left = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        match item.as_text().and_then(|text| text.parse::<IpAddr>().ok()) {
            // As RFC 5952 advises.
            Some(address) => addresses.push(Json::text(address.to_string())),
            None => {
                tell(place, item.in_short());
                left.push(item);
            }
        }
    }
    (!left.is_empty()).then_some(Json::List(left))
}

fn first_of(value: Json<'static>) -> (Json<'static>, Option<Json<'static>>) {
    match value {
        Json::List(mut items) if !items.is_empty() => {
            let others = items.split_off(1);
            let first = items.pop().unwrap_or(Json::Null);
            (first, (!others.is_empty()).then_some(Json::List(others)))
        }
        other => (other, None),
    }
}

/// Handles may hold what names of attachments may not.
fn labels(value: Json<'static>) -> Json<'static> {
    match value {
        Json::List(items) => Json::List(items.into_iter().map(labels).collect()),
        Json::Text(text) => Json::text(label(&text)),
        other => other,
    }
}

fn label(handle: &str) -> String {
    handle.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Attachments: `Handle` is the name; content that says no encoding is plain text there, and JSON here.
pub fn attachments(items: Vec<Json<'static>>, losses: &mut Vec<Loss>) -> Json<'static> {
    let mut found = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let Json::Object(members) = item else {
            found.push(item);
            continue;
        };
        let encoded = members.iter().any(|member| member.name == "ContentEncoding");
        let mut kept = Vec::with_capacity(members.len());
        let mut named = false;
        for Member { name, value } in members {
            let member = match (name.as_ref(), value) {
                ("Handle", value) => {
                    named = true;
                    Member { name: Cow::Borrowed("Name"), value: labels(value) }
                }
                ("FileName", value) => {
                    let (first, others) = first_of(value);
                    kept.extend(others.map(|value| Member { name: Cow::Borrowed("FileName.others"), value }));
                    Member { name: Cow::Borrowed("FileName"), value: first }
                }
                ("Content", Json::Text(text)) if !encoded => {
                    kept.push(Member { name: Cow::Borrowed("ContentEncoding"), value: Json::text("base64") });
                    losses.push(Loss::at(
                        &["Attach", &index.to_string(), "Content"],
                        "plain text",
                        "IDMEFv2 has JSON or Base64: it is in Base64",
                    ));
                    Member {
                        name: Cow::Borrowed("Content"),
                        value: Json::text(crate::idmef::base64(text.as_bytes())),
                    }
                }
                (_, value) => Member { name, value },
            };
            kept.push(member);
        }
        if !named {
            let name = format!("attachment{}", index + 1);
            kept.insert(0, Member { name: Cow::Borrowed("Name"), value: Json::text(name) });
        }
        found.push(Json::Object(kept));
    }
    Json::List(found)
}
