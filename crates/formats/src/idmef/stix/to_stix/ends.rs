//! Sources and targets: addresses, names, accounts, mail addresses, places.

use super::{Building, Parts, Remainder, parties, text, words};

pub fn add(building: &mut Building<'_>, rest: &mut Remainder, parts: &mut Parts) {
    for (index, source) in rest.parts("Source").into_iter().enumerate() {
        let source = end(building, source, &format!("source/{index}"), (parts, true));
        parts.sources.push(source);
    }
    for (index, target) in rest.parts("Target").into_iter().enumerate() {
        let target = end(building, target, &format!("target/{index}"), (parts, false));
        parts.targets.push(target);
    }
}

/// One source or target, with the observables that say what can be said of it.
fn end(
    building: &mut Building<'_>,
    mut rest: Remainder,
    part: &str,
    (parts, attacks): (&mut Parts, bool),
) -> Remainder {
    let address = rest.text("IP").and_then(words::address).map(|found| ("IP", "ip_ref", found));
    let name = rest.text("Hostname").and_then(words::domain);
    let name = name.map(|name| ("Hostname", "hostname_ref", ("domain-name", name)));
    let mail = rest.text("Email").filter(|mail| is_plain_mail(mail)).map(str::to_owned);
    let mail = mail.map(|mail| ("Email", "email_ref", ("email-addr", mail)));
    let user = rest.text("User").map(str::to_owned);
    let user = user.map(|user| ("User", "user_ref", ("user-account", user)));
    let mut first = None;
    for (attribute, reference, (kind, value)) in [address, name, mail, user].into_iter().flatten() {
        let property = if kind == "user-account" { "account_login" } else { "value" };
        let Some(id) = building.observable(kind, vec![(property, text(value.clone()))]) else { continue };
        rest.said(attribute, &value);
        rest.refer(reference, &id);
        if attacks && kind != "user-account" {
            parts.comparisons.push(format!("{kind}:value = '{}'", escaped(&value)));
        }
        first = first.or_else(|| Some(id.clone()));
        parts.observables.push(id);
    }
    let place = parties::place(building, &mut rest, part);
    if let (Some(id), Some(place)) = (first, place) {
        building.relate(&id, "related-to", &place);
    }
    rest
}

/// Addresses that every reader of STIX takes.
fn is_plain_mail(mail: &str) -> bool {
    crate::syntax::address::is_email(mail)
        && !mail.contains(['"', '['])
        && mail.rsplit_once('@').is_some_and(|(_, domain)| words::domain(domain).is_some())
}

/// As a text of a pattern.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\'', "\\'")
}
