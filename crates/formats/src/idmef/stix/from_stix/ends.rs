//! Sources and targets of our own alerts.

use std::collections::HashSet;

use super::{
    Run,
    observables::Observables,
    own::GONE,
    parties,
    store::{digits, text, texts},
    words,
};
use crate::{Json, idmef::stix::carried::Carried};

type Same = fn(&str) -> Option<String>;

const HELD: [(&str, &str, &str, Same); 4] = [
    ("IP", "ip_ref", "value", |text| words::address(text).map(|(_, value)| value)),
    ("Hostname", "hostname_ref", "value", words::domain),
    ("Email", "email_ref", "value", |text| Some(text.to_owned())),
    ("User", "user_ref", "account_login", |text| Some(text.to_owned())),
];

pub fn all(
    observables: &mut Observables<'_, '_>,
    parts: &[Json<'static>],
    run: &mut Run<'_>,
    is_source: bool,
) -> Vec<Json<'static>> {
    parts.iter().map(|part| one(observables, part, run, is_source)).collect()
}

fn one(
    observables: &mut Observables<'_, '_>,
    part: &Json<'static>,
    run: &mut Run<'_>,
    is_source: bool,
) -> Json<'static> {
    let mut own = Carried::of(Some(part), run.limits);
    for (attribute, reference, property, same) in HELD {
        let Some(id) = own.reference(reference) else { continue };
        match observables.claim(id, run).and_then(|object| text(object, property)) {
            Some(value) => own.heard(attribute, value, same),
            None => {
                own.take(attribute);
                run.lose(observables.pointer.clone(), attribute, GONE);
            }
        }
    }
    traffic(observables, &mut own, run, is_source);
    parties::place_of(observables.store, &mut own, run);
    own.into_json()
}

fn traffic(observables: &mut Observables<'_, '_>, own: &mut Carried<'_>, run: &mut Run<'_>, is_source: bool) {
    let ids = own.references("traffic_refs");
    let flows: Vec<&Json<'static>> = ids.iter().filter_map(|id| observables.claim(id, run)).collect();
    let Some(first) = flows.first() else {
        if !ids.is_empty() {
            run.lose(observables.pointer.clone(), "Port", GONE);
        }
        return;
    };
    let name = if is_source { "src_port" } else { "dst_port" };
    let mut seen = HashSet::new();
    let said = flows.iter().filter_map(|flow| digits(flow, name));
    let said: Vec<&str> = said.filter(|port| seen.insert(*port)).collect();
    if !said.is_empty() && ports(own) != said {
        let list = said.into_iter().map(|port| Json::Number(port.to_owned().into())).collect();
        own.set("Port", Json::List(list));
    }
    if is_source {
        protocols(own, &texts(first, "protocols"));
    }
}

/// The ports that were carried, each once.
fn ports(own: &Carried<'_>) -> Vec<String> {
    let items = own.get("Port").and_then(Json::as_list).unwrap_or_default();
    let mut seen = HashSet::new();
    let digits = items.iter().filter_map(|item| match item {
        Json::Number(digits) => Some(digits.to_string()).filter(|digits| digits.parse::<u16>().is_ok()),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
    });
    digits.filter(|digits| seen.insert(digits.clone())).collect()
}

fn protocols(own: &mut Carried<'_>, said: &[&str]) {
    let carried: Vec<String> = own.texts("Protocol").iter().map(|name| name.to_lowercase()).collect();
    let ours =
        matches!(said, ["ipv4" | "ipv6"]) && (own.is_absent("Protocol") || own.get("Protocol").is_some());
    if said.is_empty() || carried == said || carried.is_empty() && ours {
        return;
    }
    let list = said.iter().map(|name| Json::text((*name).to_owned())).collect();
    own.set("Protocol", Json::List(list));
}
