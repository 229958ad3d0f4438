//! Steps and what follows them: start, end, successors, references.

use super::{
    graph::{Graph, Node, StepKind},
    inspector::{Inspector, Step},
};
use crate::{Json, json::short};

const PLAYBOOK: &str = "CACAO 2.0, 3.1";
const STEP: &str = "CACAO 2.0, 4.1";

/// All rules that look at one step and its next.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    if graph.nodes.is_empty() {
        return;
    }
    ends(inspector, playbook, graph);
    counts(inspector, graph);
    for node in &graph.nodes {
        successors(inspector, node);
        references(inspector, graph, node);
    }
}

/// Where the workflow begins, and where it goes when something breaks.
fn ends<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    let named = |name: &str| playbook.get(name).and_then(Json::as_text);
    if let Some(id) = named("workflow_start") {
        inspector.within(Step::Name("workflow_start"), |inspector| {
            match graph.start.and_then(|at| graph.node(at)) {
                None => inspector.error("cacao.start.dangling", PLAYBOOK, || {
                    format!("there is no step {} in the workflow: name its start step", short(id))
                }),
                Some(node) if node.kind != StepKind::Start => {
                    inspector.error("cacao.start.type", PLAYBOOK, || {
                        "a workflow begins with a start step: name one, which leads here by on_completion"
                            .to_owned()
                    });
                }
                Some(_) => {}
            }
        });
    }
    if let (Some(id), None) = (named("workflow_exception"), graph.exception) {
        inspector.within(Step::Name("workflow_exception"), |inspector| {
            inspector.error("cacao.exception.dangling", PLAYBOOK, || {
                format!("there is no step {} in the workflow: name one of its steps", short(id))
            });
        });
    }
}

/// At least a start, an end and something to do.
fn counts(inspector: &mut Inspector<'_>, graph: &Graph<'_>) {
    inspector.within(Step::Name("workflow"), |inspector| {
        let starts = graph.count(StepKind::Start);
        if starts != 1 {
            inspector.error("cacao.start.count", PLAYBOOK, || {
                format!("the workflow has {starts} start steps: it needs one, and no more")
            });
        }
        if graph.count(StepKind::End) == 0 {
            inspector.error("cacao.end.none", PLAYBOOK, || {
                "the workflow has no end step: add one, and lead the last step to it".to_owned()
            });
        }
        if graph.count(StepKind::Action) + graph.count(StepKind::PlaybookAction) == 0 {
            inspector.error("cacao.action.none", PLAYBOOK, || {
                "the workflow does nothing: it needs an action or a playbook-action".to_owned()
            });
        }
    });
}

fn successors<'d>(inspector: &mut Inspector<'d>, node: &Node<'d>) {
    let has = |name: &str| node.value.get(name).is_some();
    let (completion, success, failure) = (has("on_completion"), has("on_success"), has("on_failure"));
    inspector.at(&node.place(), |inspector| match node.kind {
        StepKind::End => {
            if completion || success || failure {
                inspector.error("cacao.end.successor", "CACAO 2.0, 4.4", || {
                    "an end step leads nowhere: leave on_completion, on_success and on_failure away"
                        .to_owned()
                });
            }
        }
        StepKind::Start if success || failure => {
            inspector.error("cacao.start.successor", "CACAO 2.0, 4.3", || {
                "a start step cannot fail: use on_completion, not on_success or on_failure".to_owned()
            });
        }
        StepKind::Start
        | StepKind::Action
        | StepKind::PlaybookAction
        | StepKind::Parallel
        | StepKind::If
        | StepKind::While
        | StepKind::Switch
        | StepKind::Unknown => {
            if completion && (success || failure) {
                inspector.error("cacao.step.successor.both", STEP, || {
                    "on_completion stands beside on_success or on_failure: use the one or the others"
                        .to_owned()
                });
            } else if !completion && !success {
                inspector.error("cacao.step.successor.none", STEP, || {
                    "nothing follows this step: set on_completion, or on_success with \
                    on_failure"
                        .to_owned()
                });
            }
        }
    });
}

fn references<'d>(inspector: &mut Inspector<'d>, graph: &Graph<'d>, node: &Node<'d>) {
    for edge in &node.edges {
        let target = edge.to.and_then(|to| graph.node(to));
        let is_start = target.is_some_and(|target| target.kind == StepKind::Start);
        if target.is_some() && !is_start {
            continue;
        }
        inspector.at(&node.place_of(edge), |inspector| {
            if is_start {
                inspector.error("cacao.start.target", "CACAO 2.0, 4.3", || {
                    "no step leads back to the start: repeat by a while step".to_owned()
                });
            } else {
                inspector.error("cacao.step.dangling", STEP, || {
                    format!("there is no step {} in the workflow: add it, or name another", short(edge.id))
                });
            }
        });
    }
}
