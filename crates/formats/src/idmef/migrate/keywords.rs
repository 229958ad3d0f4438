//! Keywords that draft 08 does not have.

use std::borrow::Cow;

use super::{Object, is_older};
use crate::{
    Fit, Json, Loss,
    idmef::{
        Version, keywords,
        words::{self, Word},
    },
};

/// Where keywords stand: class, attribute, its table, and the marker of its private extension, if it has one.
struct Place {
    class: &'static str,
    attribute: &'static str,
    extension: Option<(&'static str, &'static str)>,
    table: &'static [Word],
}

const ALERT: [Place; 6] = [
    Place {
        class: "Alert",
        attribute: "Category",
        extension: Some(("ext-Category", "Other.ext-value")),
        table: &words::CATEGORY,
    },
    Place { class: "Alert", attribute: "EntitySector", extension: None, table: &words::ENTITY_SECTOR },
    Place { class: "Alert", attribute: "Type", extension: None, table: &words::TYPE },
    Place { class: "Alert", attribute: "Status", extension: None, table: &words::STATUS },
    Place { class: "Alert", attribute: "Cause", extension: None, table: &words::CAUSE },
    Place { class: "Alert", attribute: "Priority", extension: None, table: &words::PRIORITY },
];

const ANALYZER: [Place; 3] = [
    Place {
        class: "Analyzer",
        attribute: "Category",
        extension: Some(("ext-Category", "ext-value")),
        table: &words::ANALYZER_CATEGORY,
    },
    Place {
        class: "Analyzer",
        attribute: "Data",
        extension: Some(("ext-Data", "ext-value")),
        table: &words::ANALYZER_DATA,
    },
    Place {
        class: "Analyzer",
        attribute: "Method",
        extension: Some(("ext-Method", "ext-value")),
        table: &words::ANALYZER_METHOD,
    },
];

/// What became of a keyword.
enum Fate {
    Stays,
    Becomes(&'static str),
    Private(&'static str, &'static str),
}

/// Brings the keywords of alert and analyzer to draft 08.
pub fn bring(alert: &mut Object, version: Option<Version>, losses: &mut Vec<Loss>) {
    let label = version.map_or("IDMEFv2", Version::text);
    let older = is_older(version);
    let mut former = Vec::new();
    for place in &ALERT {
        former.extend(in_place(alert, place, (older, ""), losses));
    }
    // What the old category said more exactly is not forgotten.
    alert.extend("AltCategory", former.into_iter().map(|word| format!("{label}:{word}")));
    if let Some(analyzer @ Json::Object(_)) = alert.get_mut("Analyzer") {
        let mut object = Object::from(std::mem::replace(analyzer, Json::Null));
        for place in &ANALYZER {
            in_place(&mut object, place, (older, "/Analyzer"), losses);
        }
        if let Some(analyzer) = alert.get_mut("Analyzer") {
            *analyzer = Json::Object(object.0);
        }
    }
}

/// The old categories that today's say less exactly.
fn in_place(
    object: &mut Object,
    place: &Place,
    (older, prefix): (bool, &str),
    losses: &mut Vec<Loss>,
) -> Vec<String> {
    let mut former = Vec::new();
    let mut private = Vec::new();
    let mut marker = None;
    let mut moved = false;
    let Some(value) = object.get_mut(place.attribute) else { return former };
    let items: Vec<&mut Json<'static>> = match value {
        Json::List(items) => items.iter_mut().collect(),
        one => vec![one],
    };
    for item in items {
        let Json::Text(text) = item else { continue };
        let is_exact =
            keywords::moved_to(place.class, place.attribute, text).is_some_and(|row| row.fit == Fit::Same);
        let (now, why) = match fate(place, text, older) {
            Fate::Stays => continue,
            Fate::Becomes(now) => {
                if place.attribute == "Category" && !is_exact {
                    former.push(text.to_string());
                }
                (now, format!("draft 08 says {now}"))
            }
            Fate::Private(attribute, now) => {
                marker = Some(attribute);
                private.push(text.to_string());
                (now, format!("draft 08 has no keyword for it: kept as a private one in {attribute}"))
            }
        };
        if !is_exact {
            losses.push(Loss {
                pointer: format!("{prefix}/{}", place.attribute),
                what: text.to_string(),
                why,
            });
        }
        *text = Cow::Borrowed(now);
        moved = true;
    }
    if moved && let Some(value) = object.get_mut(place.attribute) {
        drop_doubles(value);
    }
    if let Some(attribute) = marker {
        object.as_list(attribute);
        object.extend(attribute, private);
    }
    former
}

fn fate(place: &Place, text: &str, older: bool) -> Fate {
    let word = words::place(place.table, text).and_then(|at| place.table.get(at));
    if word.is_some_and(|word| word.is_in(Version::V08)) {
        return Fate::Stays;
    }
    if let Some(now) = keywords::moved(place.class, place.attribute, text) {
        return Fate::Becomes(now);
    }
    if !older {
        return Fate::Stays;
    }
    let mut alike = place.table.iter().filter(|word| word.is_in(Version::V08));
    if let Some(word) = alike.find(|word| word.text.eq_ignore_ascii_case(text.trim())) {
        return Fate::Becomes(word.text);
    }
    match place.extension {
        Some((attribute, marker)) => Fate::Private(attribute, marker),
        None => Fate::Stays,
    }
}

/// Two old keywords may have become one.
fn drop_doubles(value: &mut Json<'static>) {
    if let Json::List(items) = value {
        let mut seen: Vec<Json<'static>> = Vec::with_capacity(items.len().min(256));
        items.retain(|item| {
            let again = item.as_text().is_some() && seen.contains(item);
            if !again && seen.len() < 256 {
                seen.push(item.clone());
            }
            !again
        });
    }
}
