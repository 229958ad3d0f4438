//! The workflow as a graph: steps, and the ways between them.

use std::collections::HashMap;

use super::inspector::Step as Place;
use crate::Json;

/// The type of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    Start,
    End,
    Action,
    PlaybookAction,
    Parallel,
    If,
    While,
    Switch,
    Unknown,
}

impl StepKind {
    fn of(step: &Json<'_>) -> Self {
        match step.get("type").and_then(Json::as_text) {
            Some("start") => Self::Start,
            Some("end") => Self::End,
            Some("action") => Self::Action,
            Some("playbook-action") => Self::PlaybookAction,
            Some("parallel") => Self::Parallel,
            Some("if-condition") => Self::If,
            Some("while-condition") => Self::While,
            Some("switch-condition") => Self::Switch,
            Some(_) | None => Self::Unknown,
        }
    }
}

/// A way from a step to another.
#[derive(Debug)]
pub struct Edge<'d> {
    /// The member that names the next step.
    pub member: &'d str,
    /// Its place in that member, if this is a list or dictionary.
    pub part: Option<Place<'d>>,
    /// The identifier that stands there.
    pub id: &'d str,
    /// The step of this identifier, if there is one.
    pub to: Option<usize>,
    /// Whether a branch begins here, which comes back to the step.
    pub is_branch: bool,
}

/// A step.
#[derive(Debug)]
pub struct Node<'d> {
    pub id: &'d str,
    pub kind: StepKind,
    pub value: &'d Json<'d>,
    pub edges: Vec<Edge<'d>>,
}

/// All steps of a playbook.
#[derive(Debug)]
pub struct Graph<'d> {
    pub nodes: Vec<Node<'d>>,
    pub start: Option<usize>,
    pub exception: Option<usize>,
}

impl<'d> Graph<'d> {
    /// The graph of a playbook; empty when there is no workflow.
    pub fn of(playbook: &'d Json<'_>) -> Self {
        let members = playbook.get("workflow").and_then(Json::as_object).unwrap_or_default();
        let mut index = HashMap::with_capacity(members.len());
        for (place, member) in members.iter().enumerate() {
            index.insert(&*member.name, place);
        }
        let nodes = members
            .iter()
            .map(|member| Node {
                id: &member.name,
                kind: StepKind::of(&member.value),
                value: &member.value,
                edges: edges(&member.value, &index),
            })
            .collect();
        let named =
            |name: &str| playbook.get(name).and_then(Json::as_text).and_then(|id| index.get(id).copied());
        let (start, exception) = (named("workflow_start"), named("workflow_exception"));
        Self { nodes, start, exception }
    }

    pub fn node(&self, place: usize) -> Option<&Node<'d>> {
        self.nodes.get(place)
    }

    /// How many steps are of this type.
    pub fn count(&self, kind: StepKind) -> usize {
        self.nodes.iter().filter(|node| node.kind == kind).count()
    }
}

impl<'d> Node<'d> {
    /// The place of a way in the document.
    pub fn place_of(&self, edge: &Edge<'d>) -> Vec<Place<'d>> {
        let mut place = vec![Place::Name("workflow"), Place::Name(self.id), Place::Name(edge.member)];
        place.extend(edge.part);
        place
    }

    /// The place of the step in the document.
    pub fn place(&self) -> [Place<'d>; 2] {
        [Place::Name("workflow"), Place::Name(self.id)]
    }
}

fn edges<'d>(step: &'d Json<'_>, index: &HashMap<&str, usize>) -> Vec<Edge<'d>> {
    let mut edges = Vec::new();
    for member in step.as_object().unwrap_or_default() {
        let name: &'d str = &member.name;
        let mut push = |part: Option<Place<'d>>, value: &'d Json<'_>, is_branch: bool| {
            if let Some(id) = value.as_text() {
                edges.push(Edge { member: name, part, id, to: index.get(id).copied(), is_branch });
            }
        };
        match name {
            "on_completion" | "on_success" | "on_failure" => push(None, &member.value, false),
            "on_true" | "on_false" => push(None, &member.value, true),
            "next_steps" => {
                for (at, item) in member.value.as_list().unwrap_or_default().iter().enumerate() {
                    push(Some(Place::Index(at)), item, true);
                }
            }
            "cases" => {
                for case in member.value.as_object().unwrap_or_default() {
                    push(Some(Place::Name(&case.name)), &case.value, true);
                }
            }
            _ => {}
        }
    }
    edges
}
