//! A scheme as statements of SKOS, before it is written in one way or another.

use std::collections::BTreeMap;

use super::{Predicate, Scheme, Term, Words, uuid_of};

/// A thing with what is said of it, in order.
pub struct Node {
    pub iri: String,
    pub class: &'static str,
    pub said: Vec<(&'static str, Value)>,
}

/// What is said of a thing.
pub enum Value {
    Iri(String),
    Words { text: String, language: String },
    Text(String),
    True,
}

/// The prefixes that the names of properties begin with.
pub const PREFIXES: [(&str, &str); 3] = [
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("dct", "http://purl.org/dc/terms/"),
];

const CONCEPT: &str = "skos:Concept";

/// The scheme itself, its terms, and the terms of others that they are mapped to by a machine tag.
pub fn nodes(scheme: &Scheme) -> Vec<Node> {
    let mut graph = Graph { scheme, nodes: vec![], tops: vec![], elsewhere: BTreeMap::new() };
    for predicate in &scheme.predicates {
        graph.predicate(predicate);
    }
    let mut nodes = vec![graph.whole()];
    nodes.append(&mut graph.nodes);
    nodes.extend(graph.elsewhere.into_iter().map(|(iri, tag)| Node {
        iri,
        class: CONCEPT,
        said: vec![("skos:notation", Value::Text(tag))],
    }));
    nodes
}

struct Graph<'a> {
    scheme: &'a Scheme,
    nodes: Vec<Node>,
    tops: Vec<String>,
    /// By address: the machine tag of a term that is not of this scheme.
    elsewhere: BTreeMap<String, String>,
}

impl Graph<'_> {
    fn whole(&self) -> Node {
        let scheme = self.scheme;
        let mut said = words("dct:title", &scheme.title);
        said.extend(words("dct:description", &scheme.description));
        said.push(("skos:notation", Value::Text(scheme.namespace.clone())));
        said.push(("owl:versionInfo", Value::Text(scheme.version_words.clone())));
        said.extend(scheme.source.iter().map(|source| ("dct:source", Value::Text(source.clone()))));
        said.extend(scheme.licence.iter().map(|licence| ("dct:rights", Value::Text(licence.clone()))));
        said.extend(self.tops.iter().map(|top| ("skos:hasTopConcept", Value::Iri(top.clone()))));
        Node { iri: urn(&scheme.uuid), class: "skos:ConceptScheme", said }
    }

    fn predicate(&mut self, predicate: &Predicate) {
        if predicate.own {
            let tag = self.scheme.tag(&predicate.term.value, None);
            self.term(&predicate.term, tag, true);
        }
        for value in &predicate.values {
            let tag = self.scheme.tag(&predicate.term.value, Some(&value.value));
            self.term(value, tag, !predicate.own);
        }
    }

    fn term(&mut self, term: &Term, tag: String, top: bool) {
        let iri = urn(&term.uuid);
        let mut said = words("skos:prefLabel", &term.label);
        said.extend(words("skos:definition", &term.help));
        said.push(("skos:notation", Value::Text(tag)));
        said.push(("skos:inScheme", Value::Iri(urn(&self.scheme.uuid))));
        if top {
            said.push(("skos:topConceptOf", Value::Iri(urn(&self.scheme.uuid))));
            self.tops.push(iri.clone());
        }
        said.extend(term.broader.iter().map(|uuid| ("skos:broader", Value::Iri(urn(uuid)))));
        for (property, to) in &term.matches {
            let to = self.address(to);
            said.push((property_of(property), Value::Iri(to)));
        }
        let english = |note: &String| Value::Words { text: note.clone(), language: "en".to_owned() };
        said.extend(term.notes.iter().map(|note| ("skos:historyNote", english(note))));
        if let Some(replaced_by) = &term.retired {
            said.push(("owl:deprecated", Value::True));
            said.extend(replaced_by.iter().map(|uuid| ("dct:isReplacedBy", Value::Iri(urn(uuid)))));
        }
        self.nodes.push(Node { iri, class: CONCEPT, said });
    }

    /// Of an address itself; of a machine tag the address that follows from it, and the tag is said beside.
    fn address(&mut self, to: &str) -> String {
        if ["http://", "https://", "urn:"].iter().any(|scheme| to.starts_with(scheme)) {
            return to.to_owned();
        }
        let iri = urn(&uuid_of(to));
        self.elsewhere.insert(iri.clone(), to.to_owned());
        iri
    }
}

fn urn(uuid: &str) -> String {
    format!("urn:uuid:{uuid}")
}

fn property_of(name: &str) -> &'static str {
    match name {
        "exactMatch" => "skos:exactMatch",
        "closeMatch" => "skos:closeMatch",
        "broadMatch" => "skos:broadMatch",
        "narrowMatch" => "skos:narrowMatch",
        _ => "skos:relatedMatch",
    }
}

fn words(property: &'static str, words: &Words) -> Vec<(&'static str, Value)> {
    let said = words.iter().filter(|(_, text)| !text.is_empty());
    said.map(|(language, text)| (property, Value::Words { text: text.clone(), language: language.clone() }))
        .collect()
}
