//! Tags of the traffic light protocol are marking definitions in STIX, those of confidence a number.

use crate::Json;

/// Tag, word, identifier, whether it is of the second version.
const TLP: [(&str, &str, &str, bool); 6] = [
    ("tlp:white", "white", "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", false),
    ("tlp:green", "green", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", false),
    ("tlp:amber", "amber", "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", false),
    ("tlp:red", "red", "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", false),
    ("tlp:clear", "clear", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", true),
    ("tlp:amber+strict", "amber+strict", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", true),
];

/// Identifiers of the second version whose words the first has too.
const SECOND: [(&str, &str); 3] = [
    ("tlp:green", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
    ("tlp:amber", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
    ("tlp:red", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"),
];

const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// The marking definition of a tag.
pub fn of_tag(name: &str) -> Option<&'static str> {
    TLP.iter().find(|(tag, ..)| *tag == name).map(|(_, _, id, _)| *id)
}

/// The tag of a marking definition, of either version.
pub fn to_tag(id: &str) -> Option<&'static str> {
    let first = TLP.iter().find(|(_, _, known, _)| *known == id).map(|(tag, ..)| *tag);
    first.or_else(|| SECOND.iter().find(|(_, known)| *known == id).map(|(tag, _)| *tag))
}

/// The marking definition itself, as the standard has it (7.2.1.4), or the committee note for the second version.
pub fn definition<'e>(id: &'static str) -> Option<Json<'e>> {
    let (_, word, _, is_second) = TLP.iter().find(|(_, _, known, _)| *known == id)?;
    let name = format!("TLP:{}", word.to_ascii_uppercase());
    let created = if *is_second { "2022-10-01T00:00:00.000Z" } else { "2017-01-20T00:00:00.000Z" };
    let head = [("type", "marking-definition"), ("spec_version", "2.1"), ("id", id), ("created", created)];
    let mut members: Vec<(&str, Json<'e>)> = head.map(|(name, text)| (name, Json::text(text))).to_vec();
    members.push(("name", Json::text(name)));
    if *is_second {
        let inner = Json::object([
            ("extension_type", Json::text("property-extension")),
            ("tlp_2_0", Json::text(*word)),
        ]);
        members.push(("extensions", Json::object([(TLP_2, inner)])));
    } else {
        members.push(("definition_type", Json::text("tlp")));
        members.push(("definition", Json::object([("tlp", Json::text(*word))])));
    }
    Some(Json::Object(
        members.into_iter().map(|(name, value)| crate::Member { name: name.into(), value }).collect(),
    ))
}

/// How sure a tag of confidence is, from 0 to 100.
pub fn confidence(name: &str) -> Option<u8> {
    let word = name.strip_prefix("misp:confidence-level=\"")?.strip_suffix('"')?;
    match word {
        "completely-confident" => Some(100),
        "usually-confident" => Some(75),
        "fairly-confident" => Some(50),
        "rarely-confident" => Some(25),
        "unconfident" => Some(0),
        _ => None,
    }
}
