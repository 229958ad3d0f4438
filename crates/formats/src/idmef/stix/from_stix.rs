//! STIX to alerts. What we made comes back as it was, with what was changed in the STIX objects; a sighting
//! or an incident of somebody else becomes an alert each, and so does what was observed and not sighted.

mod attachments;
mod categories;
mod ends;
mod foreign;
mod observables;
mod own;
mod parties;
mod store;

use std::collections::HashSet;

use super::{carried::part, words};
use crate::{
    Json, Limits, Loss, Reading,
    idmef::{Alert, read},
    parse,
    reading::documents,
};
use store::Store;

/// Reads STIX 2.1 as alerts of draft 08: a bundle, a list of objects, an object, or several of these one
/// after the other. What an alert has no place for is named as a loss, and kept in its attachment `Stix`.
#[must_use]
pub fn from_stix(bytes: &[u8], limits: &Limits) -> Reading<Alert> {
    if let Ok(value) = parse(bytes, limits) {
        return from_stix_value(&value.into_owned(), limits);
    }
    documents(bytes, limits, "a bundle", |value| from_stix_value(&value, limits))
}

/// Reads STIX 2.1 that is JSON already.
#[must_use]
pub fn from_stix_value(value: &Json<'static>, limits: &Limits) -> Reading<Alert> {
    let store = Store::of(value);
    let mut run =
        Run { limits, budget: limits.bytes.saturating_mul(2), used: HashSet::new(), losses: Vec::new() };
    let mut reading = Reading::default();
    let (own, others): (Vec<usize>, Vec<usize>) =
        store.places().partition(|place| part(store.at(*place), "alert").is_some());
    for place in own {
        let alert = own::alert(&store, place, &mut run);
        run.finish(&store, place, alert, &mut reading);
    }
    own::claim_rest(&store, &mut run);
    for kind in ["incident", "sighting", "observed-data"] {
        for place in others.iter().copied().filter(|place| store.kind(*place) == kind) {
            if !run.used.contains(&place) {
                let alert = foreign::alert(&store, place, &mut run);
                run.finish(&store, place, alert, &mut reading);
            }
        }
    }
    unused(&store, &mut run);
    reading.losses.extend(run.losses);
    reading
}

/// What goes on over all alerts of one document.
#[derive(Debug)]
struct Run<'l> {
    limits: &'l Limits,
    /// How many bytes may still be repeated: many alerts may refer to the same large object.
    budget: usize,
    used: HashSet<usize>,
    losses: Vec<Loss>,
}

impl Run<'_> {
    /// Takes an object up as part of an alert. The first time is free; many alerts that refer to the same
    /// large object do not make more of it than the budget allows.
    fn visit(&mut self, store: &Store<'_>, place: usize) -> bool {
        // Small objects cost what the reference to them costs.
        let cost = store.weight(place).saturating_sub(256) + 16;
        self.used.insert(place) || self.spend(store.pointer(place), cost)
    }

    fn spend(&mut self, pointer: String, bytes: usize) -> bool {
        let left = self.budget.checked_sub(bytes);
        self.budget = left.unwrap_or_default();
        if left.is_none() {
            self.lose(
                pointer,
                "an object that many refer to",
                "repeated more often than the limit of bytes allows",
            );
        }
        left.is_some()
    }

    fn lose(&mut self, pointer: String, what: impl Into<String>, why: &str) {
        self.losses.push(Loss { pointer, what: what.into(), why: why.to_owned() });
    }

    fn finish(
        &mut self,
        store: &Store<'_>,
        place: usize,
        alert: Json<'static>,
        reading: &mut Reading<Alert>,
    ) {
        self.used.insert(place);
        let typed = read::typed(alert);
        reading.items.extend(typed.items);
        let pointer = store.pointer(place);
        self.losses.extend(typed.losses.into_iter().map(|loss| Loss {
            pointer: pointer.clone(),
            what: format!("{} of the alert: {}", loss.pointer, loss.what),
            why: loss.why,
        }));
    }
}

/// Objects that no alert has to do with.
fn unused(store: &Store<'_>, run: &mut Run<'_>) {
    for place in store.places() {
        let kind = store.kind(place);
        let known = matches!(kind, "extension-definition" | "marking-definition");
        if run.used.contains(&place) || known {
            continue;
        }
        let why = match kind {
            "indicator" | "malware" | "attack-pattern" => "intelligence that nobody has sighted is no alert",
            "" => "not an object of STIX",
            _ => "no sighting, no incident and no observed data refers to it",
        };
        run.lose(store.pointer(place), store.describe(place), why);
    }
}
