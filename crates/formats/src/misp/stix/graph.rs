//! Observables that refer to each other, built value by value along paths.

use std::borrow::Cow;

use super::{
    draft::Draft,
    ids,
    table::{Path, Step},
    value,
};
use crate::{Json, Member};

/// An observable.
#[derive(Debug)]
struct Node<'e> {
    /// The references that lead to it from the root.
    key: String,
    id: String,
    members: Vec<Member<'e>>,
}

/// Observables; the first is the root.
#[derive(Debug)]
pub struct Graph<'e> {
    nodes: Vec<Node<'e>>,
}

/// The place is taken, or the value does not fit there.
#[derive(Debug)]
pub struct Unfit;

impl<'e> Graph<'e> {
    /// One observable of this type.
    pub fn new(kind: &str, uuid: &str) -> Self {
        Self {
            nodes: vec![Node { key: String::new(), id: ids::observable(kind, uuid), members: Vec::new() }],
        }
    }

    /// Sets the value at the end of the path; observables on the way are made, named after `uuid`.
    ///
    /// # Errors
    /// [`Unfit`], and nothing was changed.
    pub fn put(&mut self, path: &'static Path, text: &'e str, uuid: &str) -> Result<(), Unfit> {
        let value = value::for_path(path, text).ok_or(Unfit)?;
        let target = self.check(path, text).ok_or(Unfit)?;
        let mut node = 0;
        let mut key = String::new();
        let mut local: Vec<&'static Step> = Vec::new();
        for step in &path.steps {
            local.push(step);
            let (Step::Ref(name) | Step::Refs(name)) = step else { continue };
            let is_many =
                matches!(step, Step::Refs(_)) || local.iter().any(|step| matches!(step, Step::Grow(_)));
            key = format!("{key}/{name}");
            let known = if is_many { None } else { self.nodes.iter().position(|node| node.key == key) };
            let next = match known {
                Some(next) => next,
                None => self.refer(
                    node,
                    &local,
                    Node {
                        key: key.clone(),
                        id: ids::observable(target_kind(name, target), uuid),
                        members: Vec::new(),
                    },
                ),
            };
            node = next;
            local.clear();
        }
        let members = &mut self.nodes.get_mut(node).ok_or(Unfit)?.members;
        set(members, &local, value);
        Ok(())
    }

    /// Whether the place is free; gives the type that a reference by value leads to.
    fn check(&self, path: &'static Path, text: &str) -> Option<&'static str> {
        let by_value = value::kind_of_address(text);
        let leads_by_value =
            path.steps.iter().any(|step| matches!(step.name(), "src_ref" | "dst_ref" | "resolves_to_refs"))
                && path.last() == "value";
        if leads_by_value
            && by_value == "domain-name"
            && (path.steps.iter().any(|step| step.name() == "resolves_to_refs"))
        {
            return None;
        }
        let is_free = match path.steps.split_last() {
            Some((Step::Name(last), before)) => !self.is_taken(before, last),
            Some(_) | None => true,
        };
        is_free.then_some(by_value)
    }

    fn is_taken(&self, before: &[Step], last: &str) -> bool {
        let mut key = String::new();
        let mut local: Vec<&Step> = Vec::new();
        for step in before {
            match step {
                Step::Ref(name) if local.is_empty() => key = format!("{key}/{name}"),
                Step::Refs(_) | Step::Grow(_) => return false,
                Step::Ref(_) | Step::Name(_) | Step::First(_) => local.push(step),
            }
        }
        let Some(node) = self.nodes.iter().find(|node| node.key == key) else { return false };
        let mut members = node.members.as_slice();
        for step in local {
            let inner = members.iter().find(|member| member.name == step.name()).map(|member| &member.value);
            let inner = match inner {
                Some(Json::List(items)) => items.first(),
                other => other,
            };
            match inner {
                Some(Json::Object(inner)) => members = inner,
                Some(_) | None => return false,
            }
        }
        members.iter().any(|member| member.name == last)
    }

    fn refer(&mut self, from: usize, local: &[&'static Step], node: Node<'e>) -> usize {
        let id = node.id.clone();
        // Two values of one attribute may lead to the same observable.
        if let Some(known) = self.nodes.iter().position(|known| known.id == id) {
            return known;
        }
        self.nodes.push(node);
        if let Some(from) = self.nodes.get_mut(from) {
            set(&mut from.members, local, Json::text(id));
        }
        self.nodes.len() - 1
    }

    /// Adds a member to the root.
    pub fn fix(&mut self, name: impl Into<Cow<'e, str>>, value: Json<'e>) {
        if let Some(root) = self.nodes.first_mut() {
            root.members.push(Member { name: name.into(), value });
        }
    }

    /// Whether the root has this member.
    pub fn has(&self, name: &str) -> bool {
        self.nodes.first().is_some_and(|root| root.members.iter().any(|member| member.name == name))
    }

    /// The members of the root.
    pub fn root(&mut self) -> Option<&mut Vec<Member<'e>>> {
        self.nodes.first_mut().map(|node| &mut node.members)
    }

    /// Adds an observable that the root refers to.
    pub fn add(&mut self, name: &'static str, kind: &str, uuid: &str, members: Vec<Member<'e>>) {
        let id = ids::observable(kind, uuid);
        self.fix(name, Json::text(id.clone()));
        self.nodes.push(Node { key: format!("/{name}"), id, members });
    }

    /// Adds an observable that nothing refers to.
    pub fn beside(&mut self, kind: &str, uuid: &str, members: Vec<Member<'e>>) {
        self.nodes.push(Node { key: format!("+{kind}"), id: ids::observable(kind, uuid), members });
    }

    /// Adds a member to the observable of this identifier, unless it has it.
    pub fn say(&mut self, id: &str, member: Member<'e>) {
        if let Some(node) = self.nodes.iter_mut().find(|node| node.id == id)
            && !node.members.iter().any(|known| known.name == member.name)
        {
            node.members.push(member);
        }
    }

    /// The identifier of the observable that refs of this name lead to.
    pub fn id_of(&self, name: &str) -> Option<&str> {
        let key = format!("/{name}");
        self.nodes.iter().find(|node| node.key == key).map(|node| node.id.as_str())
    }

    /// Whether anything was said of the root.
    pub fn is_empty(&self) -> bool {
        self.nodes.first().is_none_or(|root| root.members.is_empty())
    }

    /// The observables.
    pub fn done(self) -> Vec<Json<'e>> {
        self.nodes
            .into_iter()
            .map(|node| {
                let mut draft = Draft::new(ids::kind_of(&node.id).to_owned(), node.id.clone());
                draft.members().extend(node.members);
                draft.done()
            })
            .collect()
    }
}

/// What a reference of this name leads to.
fn target_kind(name: &str, by_value: &'static str) -> &'static str {
    match name {
        "src_ref" | "dst_ref" | "resolves_to_refs" => by_value,
        "from_ref" | "to_refs" | "cc_refs" | "bcc_refs" | "sender_ref" => "email-addr",
        "parent_directory_ref" => "directory",
        "content_ref" => "artifact",
        "parent_ref" | "child_refs" => "process",
        "belongs_to_refs" => "autonomous-system",
        _ => "file",
    }
}

fn set<'e>(members: &mut Vec<Member<'e>>, steps: &[&'static Step], value: Json<'e>) {
    let Some((step, rest)) = steps.split_first() else { return };
    let name = step.name();
    let at = match members.iter().position(|member| member.name == name) {
        Some(at) => at,
        None => {
            let empty = match (step, rest.is_empty()) {
                (Step::Grow(_) | Step::First(_) | Step::Refs(_), _) => Json::List(Vec::new()),
                (Step::Name(_) | Step::Ref(_), true) => Json::Null,
                (Step::Name(_) | Step::Ref(_), false) => Json::Object(Vec::new()),
            };
            members.push(Member { name: Cow::Owned(name.to_owned()), value: empty });
            members.len() - 1
        }
    };
    let Some(member) = members.get_mut(at) else { return };
    match (&mut member.value, step) {
        (Json::List(items), Step::Grow(_) | Step::Refs(_)) if rest.is_empty() => items.push(value),
        (Json::List(items), Step::Grow(_)) => {
            let mut inner = Vec::new();
            set(&mut inner, rest, value);
            items.push(Json::Object(inner));
        }
        (Json::List(items), Step::First(_)) => {
            if items.is_empty() {
                items.push(Json::Object(Vec::new()));
            }
            if let Some(Json::Object(inner)) = items.first_mut() {
                set(inner, rest, value);
            }
        }
        (Json::Object(inner), _) if !rest.is_empty() => set(inner, rest, value),
        (place, _) => *place = value,
    }
}
