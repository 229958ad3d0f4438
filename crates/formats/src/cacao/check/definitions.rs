//! References to definitions, identifiers, times, and what a playbook says of its own content.

use std::collections::{HashMap, HashSet};

use super::{
    graph::{Graph, StepKind},
    inspector::{Inspector, Step},
    words::PLAYBOOK_TYPES,
};
use crate::{
    Json, Member,
    cacao::{identifier, timestamp::instant},
    json::short,
    syntax::uuid::version,
};

const PLAYBOOK: &str = "CACAO 2.0, 3.1";

/// All rules about definitions and what refers to them.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    order(inspector, playbook);
    steps(inspector, playbook, graph);
    agents(inspector, playbook, "agent_definitions");
    agents(inspector, playbook, "target_definitions");
    authentications(inspector, playbook);
    markings(inspector, playbook);
    extensions(inspector, playbook, graph);
    uuids(inspector, playbook);
    content(inspector, playbook, graph);
}

fn members<'d>(object: &'d Json<'_>, name: &str) -> &'d [Member<'d>] {
    object.get(name).and_then(Json::as_object).unwrap_or_default()
}

/// The keys of a dictionary.
fn keys<'d>(object: &'d Json<'_>, name: &str) -> HashSet<&'d str> {
    members(object, name).iter().map(|member| &*member.name).collect()
}

fn items<'d>(object: &'d Json<'_>, name: &str) -> &'d [Json<'d>] {
    object.get(name).and_then(Json::as_list).unwrap_or_default()
}

/// Times that follow one another, here and in the signatures.
pub fn order<'d>(inspector: &mut Inspector<'d>, object: &'d Json<'_>) {
    let time = |name: &str| object.get(name).and_then(Json::as_text).and_then(instant);
    if let (Some(created), Some(modified)) = (time("created"), time("modified"))
        && modified < created
    {
        inspector.within(Step::Name("modified"), |inspector| {
            inspector.error("cacao.modified.order", PLAYBOOK, || {
                "modified lies before created: it is the same for a first version, later for others"
                    .to_owned()
            });
        });
    }
    let is_revoked = object.get("revoked") == Some(&Json::Bool(true));
    if let (Some(from), Some(until)) = (time("valid_from"), time("valid_until"))
        && until <= from
        && !is_revoked
    {
        inspector.within(Step::Name("valid_until"), |inspector| {
            inspector.error("cacao.valid_until.order", PLAYBOOK, || {
                "valid_until must lie behind valid_from".to_owned()
            });
        });
    }
}

/// Agents and targets of the steps.
fn steps<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    let (agents, targets) = (keys(playbook, "agent_definitions"), keys(playbook, "target_definitions"));
    for node in graph.nodes.iter().filter(|node| node.kind == StepKind::Action) {
        let place = node.place();
        if let Some(agent) = node.value.get("agent").and_then(Json::as_text)
            && !agents.contains(agent)
        {
            inspector.at(&[place[0], place[1], Step::Name("agent")], |inspector| {
                inspector.error("cacao.agent.dangling", "CACAO 2.0, 4.5", || {
                    format!(
                        "there is no {} among the agent_definitions: add it, or name another",
                        short(agent)
                    )
                });
            });
        }
        for (index, target) in items(node.value, "targets").iter().enumerate() {
            let Some(target) = target.as_text().filter(|target| !targets.contains(target)) else { continue };
            inspector.at(&[place[0], place[1], Step::Name("targets"), Step::Index(index)], |inspector| {
                inspector.error("cacao.target.dangling", "CACAO 2.0, 4.5", || {
                    format!(
                        "there is no {} among the target_definitions: add it, or name another",
                        short(target)
                    )
                });
            });
        }
    }
}

/// The authentication information of agents or targets.
fn agents<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, name: &'static str) {
    let known = keys(playbook, "authentication_info_definitions");
    for agent in members(playbook, name) {
        let Some(id) = agent.value.get("authentication_info").and_then(Json::as_text) else { continue };
        if !known.contains(id) {
            let place = [Step::Name(name), Step::Name(&agent.name), Step::Name("authentication_info")];
            inspector.at(&place, |inspector| {
                inspector.error("cacao.authentication.dangling", "CACAO 2.0, 7", || {
                    format!("there is no {} among the authentication_info_definitions: add it", short(id))
                });
            });
        }
    }
}

/// A key management service and a secret exclude each other.
fn authentications<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>) {
    const SOURCE: &str = "CACAO 2.0, 6";
    for member in members(playbook, "authentication_info_definitions") {
        let has = |name: &str| member.value.get(name).is_some();
        let kms = member.value.get("kms") == Some(&Json::Bool(true));
        let place = [Step::Name("authentication_info_definitions"), Step::Name(&member.name)];
        inspector.at(&place, |inspector| {
            if kms && !has("kms_key_identifier") {
                inspector.error("cacao.authentication.kms.key", SOURCE, || {
                    "kms is true, but kms_key_identifier is missing: name the key".to_owned()
                });
            }
            if !kms && has("kms_key_identifier") {
                inspector.error("cacao.authentication.kms.flag", SOURCE, || {
                    "kms_key_identifier is set, so kms must be true".to_owned()
                });
            }
            if kms && has("kms_key_identifier") && ["user_id", "password", "token"].into_iter().any(has) {
                // Which of them are forbidden differs by type in the text; a user beside a key is common.
                let is_secret = has("password") || has("token");
                let words = || "kms holds the secret: leave user_id, password and token away".to_owned();
                if is_secret {
                    inspector.error("cacao.authentication.kms.secret", SOURCE, words);
                } else {
                    inspector.warning("cacao.authentication.kms.user", SOURCE, words);
                }
            }
            let kind = member.value.get("type").and_then(Json::as_text);
            if !kms && kind == Some("oauth2") && !has("token") {
                inspector.error("cacao.authentication.token", SOURCE, || {
                    "token is missing, and no key management service holds it: refer to a \
                    variable"
                        .to_owned()
                });
            }
        });
    }
}

fn markings<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>) {
    let known = keys(playbook, "data_marking_definitions");
    for (index, id) in items(playbook, "markings").iter().enumerate() {
        let Some(id) = id.as_text().filter(|id| !known.contains(id)) else { continue };
        inspector.at(&[Step::Name("markings"), Step::Index(index)], |inspector| {
            inspector.error("cacao.marking.dangling", PLAYBOOK, || {
                format!("there is no {} among the data_marking_definitions: add it", short(id))
            });
        });
    }
    for member in members(playbook, "data_marking_definitions") {
        let place = [Step::Name("data_marking_definitions"), Step::Name(&member.name)];
        inspector.at(&place, |inspector| order(inspector, &member.value));
        let Some(id) = member.value.get("id").and_then(Json::as_text).filter(|id| *id != member.name) else {
            continue;
        };
        inspector.at(&[place[0], place[1], Step::Name("id")], |inspector| {
            inspector.error("cacao.marking.key", "CACAO 2.0, 9.1", || {
                format!("the id {} is not the key under which the marking stands", short(id))
            });
        });
    }
}

/// Extensions in use, wherever they are.
fn extensions<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    const USERS: [(&str, &str); 4] = [
        ("agent_definitions", "agent_target_extensions"),
        ("target_definitions", "agent_target_extensions"),
        ("authentication_info_definitions", "authentication_info_extensions"),
        ("data_marking_definitions", "marking_extensions"),
    ];
    let known = keys(playbook, "extension_definitions");
    let mut uses = Uses { inspector, known };
    uses.of(&[], playbook, "playbook_extensions");
    for node in &graph.nodes {
        uses.of(&node.place(), node.value, "step_extensions");
    }
    for (definitions, name) in USERS {
        for member in members(playbook, definitions) {
            uses.of(&[Step::Name(definitions), Step::Name(&member.name)], &member.value, name);
        }
    }
}

struct Uses<'i, 'd> {
    inspector: &'i mut Inspector<'d>,
    known: HashSet<&'d str>,
}

impl<'d> Uses<'_, 'd> {
    fn of(&mut self, place: &[Step<'d>], object: &'d Json<'_>, name: &'static str) {
        for member in members(object, name) {
            if self.known.contains(&*member.name) {
                continue;
            }
            let mut place = place.to_vec();
            place.extend([Step::Name(name), Step::Name(&member.name)]);
            self.inspector.at(&place, |inspector| {
                inspector.error("cacao.extension.dangling", "CACAO 2.0, 8", || {
                    format!("there is no {} among the extension_definitions: add it", short(&member.name))
                });
            });
        }
    }
}

/// A UUID belongs to one object; steps have random ones.
fn uuids<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>) {
    const DEFINITIONS: [&str; 6] = [
        "workflow",
        "authentication_info_definitions",
        "agent_definitions",
        "target_definitions",
        "extension_definitions",
        "data_marking_definitions",
    ];
    let mut seen: HashMap<&str, &str> = HashMap::new();
    if let Some((prefix, uuid)) = playbook.get("id").and_then(Json::as_text).and_then(identifier::parts) {
        seen.insert(uuid, prefix);
    }
    let mut by_name = 0;
    for name in DEFINITIONS {
        for member in members(playbook, name) {
            let Some((prefix, uuid)) = identifier::parts(&member.name) else { continue };
            by_name += usize::from(name == "workflow" && version(uuid) != Some(4));
            // An agent may be a target too.
            if seen.insert(uuid, prefix).is_some_and(|other| other != prefix) {
                inspector.at(&[Step::Name(name), Step::Name(&member.name)], |inspector| {
                    inspector.error("cacao.identifier.reused", "CACAO 2.0, 10.10", || {
                        "an object of another type has the same UUID: give each its own".to_owned()
                    });
                });
            }
        }
    }
    if by_name > 0 {
        inspector.within(Step::Name("workflow"), |inspector| {
            inspector.note("cacao.identifier.random", "CACAO 2.0, 10.10", || {
                format!(
                    "{by_name} steps have a UUID that is not random (version 4), as those of steps \
                    should be"
                )
            });
        });
    }
}

/// What the playbook says of its own content: activities, sectors, references.
fn content<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    let types = items(playbook, "playbook_types");
    let is_known = |word: &Json<'_>| word.as_text().is_some_and(|word| PLAYBOOK_TYPES.contains(&word));
    let activities = items(playbook, "playbook_activities");
    if types.iter().any(is_known) && activities.is_empty() {
        inspector.error("cacao.activities.missing", PLAYBOOK, || {
            "playbook_types is set, so playbook_activities must name at least one activity".to_owned()
        });
    }
    let mut done: HashSet<&str> = HashSet::new();
    for node in &graph.nodes {
        for command in items(node.value, "commands") {
            done.extend(command.get("playbook_activity").and_then(Json::as_text));
        }
    }
    for (index, activity) in activities.iter().enumerate() {
        let Some(activity) = activity.as_text().filter(|activity| !done.contains(activity)) else { continue };
        inspector.at(&[Step::Name("playbook_activities"), Step::Index(index)], |inspector| {
            inspector.warning("cacao.activities.unused", PLAYBOOK, || {
                format!(
                    "no command has the activity {}: name it at the command, or leave it away",
                    short(activity)
                )
            });
        });
    }
    sectors(inspector, playbook);
    references(inspector, playbook, graph);
}

fn sectors<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>) {
    let listed: HashSet<&str> =
        items(playbook, "industry_sectors").iter().filter_map(Json::as_text).collect();
    for name in ["agent_definitions", "target_definitions"] {
        for member in members(playbook, name) {
            let Some(sector) = member.value.get("sector").and_then(Json::as_text) else { continue };
            if listed.contains(sector) {
                continue;
            }
            inspector.at(&[Step::Name(name), Step::Name(&member.name), Step::Name("sector")], |inspector| {
                inspector.warning("cacao.sector.unlisted", PLAYBOOK, || {
                    format!(
                        "{} is not among the industry_sectors of the playbook: add it there",
                        short(sector)
                    )
                });
            });
        }
    }
}

/// External references of steps and commands, by name, against those of the playbook.
fn references<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    let name = |reference: &'d Json<'d>| reference.get("name").and_then(Json::as_text);
    let listed: HashSet<&str> = items(playbook, REFERENCES).iter().filter_map(name).collect();
    for node in &graph.nodes {
        let place = node.place();
        unlisted(inspector, &place, node.value, &listed);
        for (index, command) in items(node.value, "commands").iter().enumerate() {
            let place = [place[0], place[1], Step::Name("commands"), Step::Index(index)];
            unlisted(inspector, &place, command, &listed);
        }
    }
}

const REFERENCES: &str = "external_references";

fn unlisted<'d>(
    inspector: &mut Inspector<'d>,
    place: &[Step<'d>],
    object: &'d Json<'_>,
    listed: &HashSet<&str>,
) {
    for (index, reference) in items(object, REFERENCES).iter().enumerate() {
        let name = reference.get("name").and_then(Json::as_text);
        let Some(name) = name.filter(|name| !listed.contains(name)) else { continue };
        let place = [place, &[Step::Name(REFERENCES), Step::Index(index)]].concat();
        inspector.at(&place, |inspector| {
            inspector.warning("cacao.reference.unlisted", PLAYBOOK, || {
                format!(
                    "\"{}\" is not among the external_references of the playbook: add it there",
                    short(name)
                )
            });
        });
    }
}
