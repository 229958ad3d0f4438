//! Flows: the main one, that for exceptions, and one per branch, each up to its own end step.
//!
//! INVARIANT: each step belongs to the first flow that reaches it, and is looked at once; so this takes as
//! long as the workflow has ways, however it is knotted.

use super::{
    graph::{Edge, Graph, StepKind},
    inspector::Inspector,
};
use crate::json::short;

const BRANCH: &str = "CACAO 2.0, 4.7 to 4.10";

/// How many meetings of flows are told apart.
const MOST_EXPLAINED: usize = 200;

/// All rules that look at whole paths.
pub fn check<'d>(inspector: &mut Inspector<'d>, graph: &Graph<'d>) {
    cycles(inspector, graph);
    let mut flows = Flows {
        graph,
        owner: vec![None; graph.nodes.len()],
        parents: Vec::new(),
        branches: Vec::new(),
        met: 0,
    };
    flows.walk(inspector);
    unreachable(inspector, graph, &flows.owner);
}

/// How far the search for cycles has come with a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Depth first, without recursion: a way to a step that is still open closes a cycle.
fn cycles<'d>(inspector: &mut Inspector<'d>, graph: &Graph<'d>) {
    let mut marks = vec![Mark::New; graph.nodes.len()];
    for root in graph.start.into_iter().chain(graph.exception).chain(0..graph.nodes.len()) {
        if marks.get(root) != Some(&Mark::New) {
            continue;
        }
        let mut path = vec![(root, 0)];
        set(&mut marks, root, Mark::Open);
        while let Some((at, next)) = path.last_mut() {
            let Some(node) = graph.node(*at) else { break };
            let Some(edge) = node.edges.get(*next) else {
                set(&mut marks, *at, Mark::Done);
                path.pop();
                continue;
            };
            *next += 1;
            let Some(to) = edge.to else { continue };
            match marks.get(to) {
                Some(Mark::New) => {
                    set(&mut marks, to, Mark::Open);
                    path.push((to, 0));
                }
                Some(Mark::Open) => inspector.at(&node.place_of(edge), |inspector| {
                    inspector.error("cacao.cycle", "CACAO 2.0, 4.9", || {
                        "this leads back to a step that came before: repeat by a while step, whose \
                        body ends in an end step of its own"
                            .to_owned()
                    });
                }),
                Some(Mark::Done) | None => {}
            }
        }
    }
}

fn set(marks: &mut [Mark], at: usize, mark: Mark) {
    if let Some(place) = marks.get_mut(at) {
        *place = mark;
    }
}

/// A branch that is to be walked: the flow in which it begins, the step, and which of its ways.
type Branch = (usize, usize, usize);

struct Flows<'g, 'd> {
    graph: &'g Graph<'d>,
    /// The flow of each step.
    owner: Vec<Option<usize>>,
    /// The flow in which each flow begins; none for the main flow and that for exceptions.
    parents: Vec<Option<usize>>,
    branches: Vec<Branch>,
    /// How often two flows met.
    met: usize,
}

impl<'d> Flows<'_, 'd> {
    fn walk(&mut self, inspector: &mut Inspector<'d>) {
        let graph = self.graph;
        for root in graph.start.into_iter().chain(graph.exception) {
            if self.owner.get(root) == Some(&None) {
                self.begin(inspector, None, root);
            }
        }
        let mut next = 0;
        while let Some((parent, at, way)) = self.branches.get(next).copied() {
            next += 1;
            let Some((node, edge)) = graph.node(at).and_then(|node| Some((node, node.edges.get(way)?)))
            else {
                continue;
            };
            let Some(root) = edge.to else { continue };
            match self.owner.get(root).copied().flatten() {
                None => self.begin(inspector, Some(parent), root),
                Some(other) => {
                    self.parents.push(Some(parent));
                    let flow = self.parents.len() - 1;
                    self.meet(inspector, flow, other, (node.place_of(edge), edge));
                }
            }
        }
    }

    /// A flow from this step to its ends.
    fn begin(&mut self, inspector: &mut Inspector<'d>, parent: Option<usize>, root: usize) {
        self.parents.push(parent);
        let flow = self.parents.len() - 1;
        let mut open = vec![root];
        self.own(root, flow);
        while let Some(at) = open.pop() {
            let Some(node) = self.graph.node(at) else { continue };
            for (way, edge) in node.edges.iter().enumerate() {
                if edge.is_branch {
                    self.branches.push((flow, at, way));
                    continue;
                }
                let Some(to) = edge.to else { continue };
                match self.owner.get(to).copied().flatten() {
                    None => {
                        self.own(to, flow);
                        open.push(to);
                    }
                    Some(other) if other == flow => {}
                    Some(other) => self.meet(inspector, flow, other, (node.place_of(edge), edge)),
                }
            }
        }
    }

    fn own(&mut self, at: usize, flow: usize) {
        if let Some(owner) = self.owner.get_mut(at) {
            *owner = Some(flow);
        }
    }

    /// Two flows meet in a step: a branch must have an end of its own.
    fn meet(
        &mut self,
        inspector: &mut Inspector<'d>,
        flow: usize,
        other: usize,
        (place, edge): (Vec<super::inspector::Step<'d>>, &Edge<'d>),
    ) {
        // The flow for exceptions is no branch: it may end where the main flow ends.
        if self.parents.get(flow).copied().flatten().is_none() {
            return;
        }
        // Beyond what anyone reads, the longer way to the better words is not gone.
        self.met += 1;
        let is_ancestor = self.met < MOST_EXPLAINED && self.is_ancestor(flow, other);
        inspector.at(&place, |inspector| {
            if is_ancestor {
                inspector.error("cacao.branch.parent", BRANCH, || {
                    format!(
                        "the branch leads to {} of the flow around it: give it an end step of \
                    its own, and follow on from the step that branches",
                        short(edge.id)
                    )
                });
            } else {
                inspector.error("cacao.branch.shared", BRANCH, || {
                    format!(
                        "another branch leads to {} as well: give each an end step of its own",
                        short(edge.id)
                    )
                });
            }
        });
    }

    fn is_ancestor(&self, flow: usize, other: usize) -> bool {
        let mut at = self.parents.get(flow).copied().flatten();
        while let Some(parent) = at {
            if parent == other {
                return true;
            }
            at = self.parents.get(parent).copied().flatten();
        }
        false
    }
}

/// Steps that no flow reached; a second start step is named by a rule of its own.
fn unreachable<'d>(inspector: &mut Inspector<'d>, graph: &Graph<'d>, owner: &[Option<usize>]) {
    if graph.start.is_none() {
        return;
    }
    for (node, owner) in graph.nodes.iter().zip(owner) {
        if owner.is_none() && node.kind != StepKind::Start {
            inspector.at(&node.place(), |inspector| {
                inspector.error("cacao.step.unreachable", "CACAO 2.0, 4", || {
                    "no way leads from the start, or from the exception step, to this step: lead \
                    one to it, or leave it away"
                        .to_owned()
                });
            });
        }
    }
}
