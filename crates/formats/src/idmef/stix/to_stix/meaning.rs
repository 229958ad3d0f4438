//! What it means: malware and techniques by category, techniques that the alert names, an indicator for
//! what attacks.

use super::{Building, Members, Parts, Remainder, extension, text, texts, words};
use crate::{
    Json,
    idmef::{category_to_stix, stix::objects::attack_reference, words::label},
};

/// A pattern needs not compare with more.
const MOST_COMPARISONS: usize = 64;

/// What the categories and the names of techniques lead to.
#[derive(Debug, Default)]
pub struct Meaning {
    /// Malware and attack patterns, those of the categories first.
    pub threats: Vec<String>,
    pub is_incident: bool,
    /// What happened, in the words of the incident suite.
    pub events: Vec<String>,
    /// The kind of indicator that sources of this are.
    kinds: Vec<&'static str>,
    names: Vec<String>,
}

pub fn add(building: &mut Building<'_>, rest: &mut Remainder) -> Meaning {
    let mut meaning = Meaning::default();
    for category in rest.texts("Category").unwrap_or_default() {
        of_category(building, &category, &mut meaning);
    }
    let status = rest.texts("Status").unwrap_or_default();
    meaning.is_incident |=
        ["Incident", "Reported", "Closed"].iter().any(|word| status.iter().any(|own| own == word));
    techniques(building, rest, &mut meaning);
    meaning
}

fn of_category(building: &mut Building<'_>, category: &str, meaning: &mut Meaning) {
    let Some(row) = category_to_stix().get(category) else { return };
    for target in &row.to {
        let (kind, word) = target.split_once(':').unwrap_or((target, ""));
        match kind {
            "incident" => meaning.is_incident = true,
            "event" => meaning.events.push(word.to_owned()),
            "malware" => {
                let members = vec![
                    ("name", text(label(category))),
                    ("malware_types", texts([word])),
                    ("is_family", Json::Bool(false)),
                ];
                meaning.threats.push(building.add("malware", category, members));
                meaning.kinds.push("malicious-activity");
                meaning.names.push(label(category));
            }
            "attack-pattern" => {
                let members =
                    vec![("name", text(label(category))), ("external_references", attack_reference(word))];
                meaning.threats.push(building.add("attack-pattern", category, members));
                let is_look = category.starts_with("Recon.");
                meaning.kinds.push(if is_look { "anomalous-activity" } else { "malicious-activity" });
                meaning.names.push(label(category));
            }
            _ => {}
        }
    }
    meaning.events.dedup();
}

/// Categories of other taxonomies that name a technique become attack patterns of that name.
fn techniques(building: &mut Building<'_>, rest: &mut Remainder, meaning: &mut Meaning) {
    let Some(categories) = rest.texts("AltCategory") else { return };
    let mut found = false;
    let mut items = Vec::new();
    for (index, category) in categories.iter().enumerate() {
        let Some(id) = words::attack_id(category) else {
            items.push(text(category.clone()));
            continue;
        };
        found = true;
        let members = vec![
            ("name", text(category.clone())),
            ("external_references", attack_reference(id)),
            ("extensions", extension(vec![("technique", Json::Bool(true))])),
        ];
        let id = building.add("attack-pattern", &format!("alt/{index}"), members);
        items.push(Json::object([("object_ref", text(id.clone()))]));
        meaning.threats.push(id);
    }
    if found {
        rest.take("AltCategory");
        rest.put("alt_category", Json::List(items));
    }
}

impl Meaning {
    /// An indicator for what attacks, where the category says that something does.
    pub fn indicator(
        &self,
        building: &mut Building<'_>,
        parts: &Parts,
        (first, observed): (&str, Option<&str>),
    ) -> Option<String> {
        let mut comparisons: Vec<&str> = Vec::new();
        for comparison in &parts.comparisons {
            if !comparisons.contains(&comparison.as_str()) && comparisons.len() < MOST_COMPARISONS {
                comparisons.push(comparison);
            }
        }
        if comparisons.is_empty() || self.kinds.is_empty() {
            return None;
        }
        let mut kinds = self.kinds.clone();
        kinds.sort_unstable();
        kinds.dedup();
        let pattern: Vec<String> = comparisons.iter().map(|one| format!("[{one}]")).collect();
        let subject = self.names.join(", ");
        let members: Members = vec![
            ("name", text(format!("Source of {subject}"))),
            ("description", text("What an alert names as a source, or as a file that came with it.")),
            ("indicator_types", texts(kinds)),
            ("pattern", text(pattern.join(" OR "))),
            ("pattern_type", text("stix")),
            ("pattern_version", text("2.1")),
            ("valid_from", text(first)),
        ];
        let id = building.add("indicator", "source", members);
        for threat in &self.threats {
            building.relate(&id, "indicates", threat);
        }
        if let Some(observed) = observed {
            building.relate(&id, "based-on", observed);
        }
        Some(id)
    }
}
