//! The workflow as a picture: Graphviz (DOT) and Mermaid (flowchart).
//!
//! Names come from strangers: nothing of them is written but as an escaped label, and every node has a name of
//! ours. The same playbook gives the same text.

mod dot;
mod mermaid;

pub use dot::to_dot;
pub use mermaid::to_mermaid;

use std::collections::HashMap;

use super::{AgentTarget, Logic, Playbook, Step};

/// How much of a name is shown.
const MOST: usize = 80;

/// What a node is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Start,
    End,
    Action,
    Playbook,
    Parallel,
    Decision,
    Unknown,
    /// A step that a way names and the workflow does not have.
    Missing,
}

struct Node {
    shape: Shape,
    /// Lines, not escaped yet.
    lines: Vec<String>,
}

struct Edge {
    from: usize,
    to: usize,
    label: String,
    is_branch: bool,
}

/// What is drawn, without the language that it is written in.
struct Picture {
    title: String,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// Where it goes when something breaks.
    exception: Option<usize>,
}

impl Picture {
    fn of(playbook: &Playbook) -> Self {
        let index: HashMap<&str, usize> =
            playbook.workflow.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
        let agents: HashMap<&str, &AgentTarget> =
            playbook.agent_definitions.iter().map(|(id, agent)| (id.as_str(), agent)).collect();
        let mut nodes: Vec<Node> =
            playbook.workflow.iter().map(|(id, step)| node(&agents, id, step)).collect();
        let place = |nodes: &mut Vec<Node>, id: &'_ str| match index.get(id) {
            Some(at) => *at,
            None => {
                nodes.push(Node { shape: Shape::Missing, lines: vec!["missing".to_owned(), shown(id)] });
                nodes.len() - 1
            }
        };
        let mut edges = Vec::new();
        for (from, (_, step)) in playbook.workflow.iter().enumerate() {
            for (label, next, is_branch) in step.ways() {
                let to = place(&mut nodes, next.as_str());
                edges.push(Edge { from, to, label: shown(label), is_branch });
            }
        }
        let exception = playbook.workflow_exception.as_ref().map(|id| place(&mut nodes, id.as_str()));
        Self { title: shown(playbook.name.as_deref().unwrap_or_default()), nodes, edges, exception }
    }
}

fn node(agents: &HashMap<&str, &AgentTarget>, id: &str, step: &Step) -> Node {
    let shape = match &step.logic {
        Logic::Start => Shape::Start,
        Logic::End => Shape::End,
        Logic::Action { .. } => Shape::Action,
        Logic::PlaybookAction { .. } => Shape::Playbook,
        Logic::Parallel { .. } => Shape::Parallel,
        Logic::If { .. } | Logic::While { .. } | Logic::Switch { .. } => Shape::Decision,
        Logic::Unknown(_) => Shape::Unknown,
    };
    let name = step.name.as_deref().or(step.logic.step_type()).unwrap_or(id);
    let mut lines = vec![shown(name)];
    match &step.logic {
        Logic::Action { agent: Some(agent), .. } => {
            let named = agents.get(agent.as_str()).and_then(|agent| agent.name.as_deref());
            let name = named.unwrap_or(agent.as_str());
            lines.push(format!("by {}", shown(name)));
        }
        Logic::If { condition: Some(text), .. }
        | Logic::While { condition: Some(text), .. }
        | Logic::Switch { switch: Some(text), .. } => lines.push(shown(text)),
        Logic::PlaybookAction { playbook_id: Some(id), .. } => lines.push(shown(id.as_str())),
        Logic::Start
        | Logic::End
        | Logic::Action { .. }
        | Logic::PlaybookAction { .. }
        | Logic::Parallel { .. }
        | Logic::If { .. }
        | Logic::While { .. }
        | Logic::Switch { .. }
        | Logic::Unknown(_) => {}
    }
    Node { shape, lines }
}

/// The beginning of a text, on one line; nothing in it turns the line of who reads it.
fn shown(text: &str) -> String {
    let is_hidden = |character: char| {
        character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let mut shown: String =
        text.chars().take(MOST).map(|character| if is_hidden(character) { ' ' } else { character }).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}
