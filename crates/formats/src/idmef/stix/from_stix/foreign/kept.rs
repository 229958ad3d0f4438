//! What has no place in an alert: named as lost, and kept in the attachment `Stix`.

use std::collections::BTreeSet;

use super::{COMMON, Draft, Run, own};
use crate::{Json, idmef::stix::carried::Carried, stix::extension::INCIDENT_CORE};

pub(super) const KEPT: &str = "an alert has no place for it; kept in the attachment Stix";
const TOO_OFTEN: &str = "an alert has no place for it, and it is repeated too often to be kept everywhere";

pub(super) fn attach(alert: &mut Carried<'_>, kept: Vec<Json<'static>>) {
    if kept.is_empty() {
        return;
    }
    let content = Json::object([("objects", Json::List(kept))]).to_string();
    let attachment = Json::object([
        ("Name", Json::text("Stix")),
        ("ContentType", Json::text("application/stix+json")),
        ("ContentEncoding", Json::text("json")),
        ("Content", Json::text(content)),
    ]);
    let mut list = match alert.take("Attachment") {
        Some(Json::List(list)) => list,
        _ => Vec::new(),
    };
    list.push(attachment);
    alert.set("Attachment", Json::List(list));
}

impl Draft<'_, '_> {
    /// The objects that are kept whole: those with properties that found no place. The markings of all
    /// objects hold for the alert.
    pub(super) fn leftovers(&mut self, run: &mut Run<'_>) -> Vec<Json<'static>> {
        let observables = self.observables.claimed.iter().copied();
        let places: BTreeSet<usize> = self.taken.keys().copied().chain(observables).collect();
        let mut kept = Vec::new();
        for place in places {
            own::markings_of_other(self.store, place, &mut self.alert, run);
            let lost = self.lost(place);
            if lost.is_empty() && !self.keep.contains(&place) {
                continue;
            }
            // What is kept is a copy of what was read already.
            let room = run.spend(self.store.pointer(place), self.store.weight(place));
            for name in lost {
                let pointer = format!("{}{name}", self.store.pointer(place));
                run.lose(pointer, self.store.describe(place), if room { KEPT } else { TOO_OFTEN });
            }
            if room {
                kept.push(self.store.at(place).clone());
            }
        }
        kept
    }

    /// Pointers to what found no place.
    fn lost(&self, place: usize) -> Vec<String> {
        if self.observables.odd.contains(&place) {
            return vec![String::new()];
        }
        let Some(names) = self.taken.get(&place) else { return Vec::new() };
        let members = self.store.at(place).as_object().unwrap_or_default().iter();
        let is_lost = |name: &str| !COMMON.contains(&name) && !names.contains(&name);
        let lost = members.filter(|member| match (member.name.as_ref(), member.value.as_object()) {
            ("extensions", Some(all)) => all.iter().any(|one| one.name != INCIDENT_CORE),
            (name, _) => is_lost(name),
        });
        lost.map(|member| format!("/{}", member.name)).collect()
    }
}
