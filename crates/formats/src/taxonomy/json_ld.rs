//! SKOS in JSON-LD 1.1, with its context inside: nobody need fetch one.

use super::{
    Scheme,
    graph::{Node, PREFIXES, Value, nodes},
};
use crate::{Json, Member};

/// The scheme in JSON-LD.
#[must_use]
pub fn json_ld(scheme: &Scheme) -> Json<'static> {
    let context = PREFIXES.iter().map(|(prefix, address)| member(prefix, Json::text(*address)));
    let graph = nodes(scheme).into_iter().map(node).collect();
    Json::Object(vec![
        member("@context", Json::Object(context.collect())),
        member("@graph", Json::List(graph)),
    ])
}

fn node(node: Node) -> Json<'static> {
    let mut members = vec![member("@id", Json::text(node.iri)), member("@type", Json::text(node.class))];
    for (property, value) in node.said {
        let value = match value {
            Value::Iri(address) => Json::Object(vec![member("@id", Json::text(address))]),
            Value::Words { text, language } => Json::Object(vec![
                member("@language", Json::text(language)),
                member("@value", Json::text(text)),
            ]),
            Value::Text(text) => Json::text(text),
            Value::True => Json::Bool(true),
        };
        match members.iter_mut().find(|known| known.name == property) {
            Some(Member { value: Json::List(values), .. }) => values.push(value),
            Some(_) | None => members.push(member(property, Json::List(vec![value]))),
        }
    }
    Json::Object(members)
}

fn member(name: &str, value: Json<'static>) -> Member<'static> {
    Member { name: name.to_owned().into(), value }
}
