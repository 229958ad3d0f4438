//! Does the processing summary say what the workflow does (section 10.14)?

use super::{
    graph::{Graph, StepKind},
    inspector::{Inspector, Step},
};
use crate::Json;

const SOURCE: &str = "CACAO 2.0, 10.14";

/// Each feature that the summary speaks of.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    let Some(summary) = playbook.get("playbook_processing_summary") else { return };
    let has = |kind: StepKind| graph.count(kind) > 0;
    let any_step = |name: &str| graph.nodes.iter().any(|node| node.value.get(name).is_some());
    let signatures = playbook.get("signatures").and_then(Json::as_list).unwrap_or_default();
    let features = [
        ("manual_playbook", is_manual(graph)),
        ("external_playbooks", has(StepKind::PlaybookAction)),
        ("parallel_processing", has(StepKind::Parallel)),
        ("if_logic", has(StepKind::If)),
        ("while_logic", has(StepKind::While)),
        ("switch_logic", has(StepKind::Switch)),
        ("temporal_logic", any_step("delay") || any_step("timeout")),
        ("data_markings", playbook.get("markings").is_some()),
        ("digital_signatures", !signatures.is_empty()),
        ("countersigned_signatures", signatures.iter().any(|signature| signature.get("signature").is_some())),
        ("extensions", has_extensions(playbook, graph)),
    ];
    for (name, is_used) in features {
        let Some(Json::Bool(said)) = summary.get(name) else { continue };
        if *said == is_used {
            continue;
        }
        inspector.at(&[Step::Name("playbook_processing_summary"), Step::Name(name)], |inspector| {
            let words = || format!("{name} is {said}, the playbook says otherwise: write {is_used}");
            if name == "manual_playbook" {
                // What is manual beside manual commands, the text leaves open.
                inspector.warning("cacao.summary.manual", SOURCE, words);
            } else if *said && name.ends_with("signatures") {
                // A signature that is added later changes nothing else in the playbook.
                inspector.warning("cacao.summary.signature", SOURCE, words);
            } else {
                inspector.error("cacao.summary.mismatch", SOURCE, words);
            }
        });
    }
}

/// Whether people carry out all that is done.
fn is_manual(graph: &Graph<'_>) -> bool {
    let mut commands = graph
        .nodes
        .iter()
        .flat_map(|node| node.value.get("commands").and_then(Json::as_list).unwrap_or_default())
        .peekable();
    commands.peek().is_some()
        && commands.all(|command| command.get("type").and_then(Json::as_text) == Some("manual"))
}

fn has_extensions(playbook: &Json<'_>, graph: &Graph<'_>) -> bool {
    let uses = |name: &str, member: &str| {
        let definitions = playbook.get(name).and_then(Json::as_object).unwrap_or_default();
        definitions.iter().any(|definition| definition.value.get(member).is_some())
    };
    playbook.get("playbook_extensions").is_some()
        || graph.nodes.iter().any(|node| node.value.get("step_extensions").is_some())
        || uses("agent_definitions", "agent_target_extensions")
        || uses("target_definitions", "agent_target_extensions")
        || uses("authentication_info_definitions", "authentication_info_extensions")
        || uses("data_marking_definitions", "marking_extensions")
}
