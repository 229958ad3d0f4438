//! What malware, techniques and events say of the category of an alert.

use std::{collections::HashMap, sync::LazyLock};

use super::store::{text, texts};
use crate::{
    Fit, Json,
    idmef::{category_to_stix, stix::ATTACK},
};

/// From the words of the table to the category that says it best.
static CATEGORIES: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let mut rows: HashMap<&'static str, Vec<(&'static str, Fit)>> = HashMap::new();
    for row in category_to_stix().rows() {
        for (index, word) in row.to.iter().enumerate() {
            // What stands behind the first is not what the fit is about.
            let fit = if index == 0 { row.fit } else { Fit::Near };
            rows.entry(word).or_default().push((&row.from, fit));
        }
    }
    rows.into_iter().filter_map(|(word, rows)| Some((word, best(&rows)?))).collect()
});

/// The one that fits, or the rest of the family that all are of.
fn best(rows: &[(&'static str, Fit)]) -> Option<String> {
    let family = |category: &'static str| category.split('.').next().unwrap_or_default();
    if let Some((same, _)) = rows.iter().find(|(_, fit)| *fit == Fit::Same) {
        return Some((*same).to_owned());
    }
    let (first, _) = rows.first()?;
    if rows.len() == 1 {
        return Some((*first).to_owned());
    }
    let one_family = rows.iter().all(|(category, _)| family(category) == family(first));
    one_family.then(|| format!("{}.Other", family(first)))
}

fn category(kind: &str, word: &str) -> Option<&'static str> {
    CATEGORIES.get(format!("{kind}:{word}").as_str()).map(String::as_str)
}

/// The categories of malware, the rest of the family if no type says more.
pub fn of_malware(malware: &Json<'static>) -> Vec<&'static str> {
    let types = texts(malware, "malware_types");
    let found: Vec<&'static str> = types.into_iter().filter_map(|word| category("malware", word)).collect();
    if found.is_empty() { vec!["Malware.Other"] } else { found }
}

/// The category of a technique, or of the one that it is a part of.
pub fn of_technique(id: &str) -> Option<&'static str> {
    let whole = id.split('.').next().unwrap_or(id);
    category("attack-pattern", id).or_else(|| category("attack-pattern", whole))
}

/// The category of an event of the incident suite.
pub fn of_event(event: &str) -> Option<&'static str> {
    category("event", event)
}

/// The identifier of a technique of ATT&CK.
pub fn technique<'j>(object: &'j Json<'static>) -> Option<&'j str> {
    let references = object.get("external_references").and_then(Json::as_list).unwrap_or_default();
    let of_attack = references.iter().find(|reference| text(reference, "source_name").is_some_and(is_attack));
    of_attack.and_then(|reference| text(reference, "external_id"))
}

/// Each matrix of ATT&CK has a name of its own.
fn is_attack(source: &str) -> bool {
    source.starts_with(ATTACK) || source == "mitre-ics-attack" || source == "mitre-mobile-attack"
}
