//! Secrets that travel with the playbook: legal, and seldom meant (section 6).

use std::collections::{HashMap, HashSet};

use super::{
    graph::Graph,
    inspector::{Inspector, Step},
    variables::references,
};
use crate::{Json, json::short};

const SOURCE: &str = "CACAO 2.0, 6";

/// Warns of each secret. The secret itself is not in the message.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    let objects =
        playbook.get("authentication_info_definitions").and_then(Json::as_object).unwrap_or_default();
    if objects.is_empty() {
        return headers(inspector, graph);
    }
    let declared = playbook.get("playbook_variables").and_then(Json::as_object).unwrap_or_default();
    let declared: HashMap<&str, &Json<'_>> =
        declared.iter().map(|member| (&*member.name, &member.value)).collect();
    let mut seen = HashSet::new();
    for object in objects {
        for member in object.value.as_object().unwrap_or_default() {
            let Some(text) = member.value.as_text() else { continue };
            let is_header = member.name == "oauth_header" && is_secret_oauth_header(text);
            if text.is_empty() || !(is_secret_name(&member.name) || is_header) {
                continue;
            }
            let place = [
                Step::Name("authentication_info_definitions"),
                Step::Name(&object.name),
                Step::Name(&member.name),
            ];
            let mut names = references(text).peekable();
            if names.peek().is_none() {
                inspector.at(&place, |inspector| {
                    inspector.warning("cacao.secret.plain", SOURCE, || {
                        format!(
                            "{} stands here for all to read: refer to an external variable, or \
                        to a key management service",
                            short(&member.name)
                        )
                    });
                });
            }
            for name in names {
                if seen.insert(name) {
                    variable(inspector, declared.get(name).copied(), name);
                }
            }
        }
    }
    headers(inspector, graph);
}

/// A secret that stands in the variable to which the authentication refers.
fn variable<'d>(inspector: &mut Inspector<'d>, declaration: Option<&Json<'_>>, name: &'d str) {
    let value =
        declaration.and_then(|variable| variable.get("value")).and_then(Json::as_text).unwrap_or_default();
    if !value.is_empty() {
        inspector.at(
            &[Step::Name("playbook_variables"), Step::Name(name), Step::Name("value")],
            |inspector| {
                inspector.warning("cacao.secret.variable", SOURCE, || {
                    format!(
                        "{} is used to authenticate, and its value stands here for all to read: \
                make it external, without a value",
                        short(name)
                    )
                });
            },
        );
    }
}

/// Headers of HTTP commands that authenticate.
fn headers<'d>(inspector: &mut Inspector<'d>, graph: &Graph<'d>) {
    for node in &graph.nodes {
        let commands = node.value.get("commands").and_then(Json::as_list).unwrap_or_default();
        for (index, command) in commands.iter().enumerate() {
            let headers = command.get("headers").and_then(Json::as_object).unwrap_or_default();
            for header in headers.iter().filter(|header| is_secret_header(&header.name)) {
                let values = header.value.as_list().unwrap_or_default();
                let is_plain =
                    |value: &Json<'_>| value.as_text().is_some_and(|text| references(text).next().is_none());
                if values.iter().any(is_plain) {
                    let [workflow, step] = node.place();
                    let place = [
                        workflow,
                        step,
                        Step::Name("commands"),
                        Step::Index(index),
                        Step::Name("headers"),
                        Step::Name(&header.name),
                    ];
                    inspector.at(&place, |inspector| {
                        inspector.warning("cacao.secret.header", "CACAO 2.0, 5 (http-api)", || {
                            "this header authenticates and stands here for all to read: refer to an \
                            external variable"
                                .to_owned()
                        });
                    });
                }
            }
        }
    }
}

/// Members of authentication information that hold a secret, also in types of one's own.
pub fn is_secret_name(name: &str) -> bool {
    const PARTS: [&str; 9] = [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "api_key",
        "apikey",
        "private_key",
        "access_key",
    ];
    let small = name.to_ascii_lowercase().replace('-', "_");
    PARTS.iter().any(|part| small.contains(part))
}

/// HTTP headers that hold a secret.
pub fn is_secret_header(name: &str) -> bool {
    const NAMES: [&str; 5] = ["authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The header of OAuth is a name, or a name and a scheme; with more it holds what authenticates.
pub fn is_secret_oauth_header(text: &str) -> bool {
    text.contains('=') || text.split_ascii_whitespace().count() > 2
}
