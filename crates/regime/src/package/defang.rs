//! Addresses that nobody follows by accident, for paper: as analysts write them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::spec::PackageSpec;
use crate::{Library, content::value_text, export::Report};

/// An address, domain, URL or mail address that no program makes a link of: `hxxps://bad[.]example`. What is none of
/// them stays as it is.
#[must_use]
pub fn defanged(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, text),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    if scheme.is_none() && (host.contains(char::is_whitespace) || !host.contains(['.', ':', '@'])) {
        return text.to_owned();
    }
    let host = host.replace('.', "[.]").replace('@', "[@]");
    // Of an address of IPv6 the first pair of colons tells that it is one.
    let host = if host.matches(':').count() > 1 { host.replacen(':', "[:]", 1) } else { host };
    let scheme = scheme.map(|scheme| {
        let lower = scheme.to_lowercase();
        if lower.starts_with("http") {
            format!("hxxp{}://", &lower.replacen("http", "", 1))
        } else {
            format!("{lower}[://]")
        }
    });
    format!("{}{host}{path}", scheme.unwrap_or_default())
}

/// The report with every observable defanged: in its own cells, and wherever it stands in other texts.
pub(super) fn printed(library: &Library, package: &PackageSpec, report: &Report, zone: &str) -> Report {
    let mut printed = report.clone();
    for one in &package.observables {
        let answers = printed.groups.values_mut().filter_map(|group| group.get_mut(&one.field));
        for answer in answers {
            answer.earlier.clear();
            let Some(Value::Array(rows)) = &mut answer.value else { continue };
            for cell in rows.iter_mut().filter_map(|row| row.get_mut(&one.value)) {
                if let Value::String(text) = cell {
                    *text = defanged(text);
                }
            }
            if let Some(value) = &answer.value {
                answer.text = value_text(library, &one.field, value, zone);
            }
        }
    }
    let known: BTreeSet<&str> = package
        .observables
        .iter()
        .flat_map(|one| super::rows(report, &one.field).filter_map(|row| row.get(&one.value)?.as_str()))
        .filter(|value| defanged(value) != **value)
        .collect();
    // The longest first: an address within a URL would spoil it.
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_by_key(|value| std::cmp::Reverse(value.len()));
    let spared: Vec<&String> = package.observables.iter().map(|one| &one.field).collect();
    for (field, answer) in printed.groups.values_mut().flatten() {
        if spared.contains(&field) {
            continue;
        }
        for value in &known {
            answer.text = answer.text.replace(*value, &defanged(value));
        }
        if let Some(value) = &mut answer.value {
            in_texts(value, &known);
        }
    }
    printed
}

fn in_texts(value: &mut Value, known: &[&str]) {
    match value {
        Value::String(text) => {
            for one in known {
                *text = text.replace(*one, &defanged(one));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| in_texts(value, known)),
        Value::Object(members) => members.values_mut().for_each(|value| in_texts(value, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
