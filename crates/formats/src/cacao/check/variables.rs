//! Variables: declared where they are used, constants untouched, values of their type (section 10.18).

use std::{
    cell::RefCell,
    collections::HashMap,
    net::{Ipv4Addr, Ipv6Addr},
};

use super::{
    graph::{Graph, Node},
    inspector::{Inspector, Step, is_variable_name},
};
use crate::{Json, Member, cacao::identifier, json::short};

const SOURCE: &str = "CACAO 2.0, 10.18";

/// All rules about variables.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, graph: &Graph<'d>) {
    let declared = playbook.get("playbook_variables").and_then(Json::as_object).unwrap_or_default();
    let global: HashMap<&str, &Json<'_>> =
        declared.iter().map(|member| (&*member.name, &member.value)).collect();
    inspector.within(Step::Name("playbook_variables"), |inspector| values(inspector, declared));
    let scopes = Scopes { global, graph, users: users(graph) };
    for node in &graph.nodes {
        scopes.step(inspector, node);
    }
    for name in ["agent_definitions", "target_definitions", "authentication_info_definitions"] {
        for member in playbook.get(name).and_then(Json::as_object).unwrap_or_default() {
            inspector.at(&[Step::Name(name), Step::Name(&member.name)], |inspector| {
                scopes.definition(inspector, &member.name, &member.value);
            });
        }
    }
}

/// What is declared where.
struct Scopes<'g, 'd> {
    global: HashMap<&'d str, &'d Json<'d>>,
    graph: &'g Graph<'d>,
    /// The steps that use each agent or target.
    users: HashMap<&'d str, Vec<usize>>,
}

/// The steps that use each agent or target.
fn users<'d>(graph: &Graph<'d>) -> HashMap<&'d str, Vec<usize>> {
    let mut users: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let targets = node.value.get("targets").and_then(Json::as_list).unwrap_or_default();
        for id in node.value.get("agent").into_iter().chain(targets).filter_map(Json::as_text) {
            users.entry(id).or_default().push(at);
        }
    }
    users
}

impl<'d> Scopes<'_, 'd> {
    fn step(&self, inspector: &mut Inspector<'d>, node: &Node<'d>) {
        let local = node.value.get("step_variables").and_then(Json::as_object).unwrap_or_default();
        let place = node.place();
        inspector.at(&[place[0], place[1], Step::Name("step_variables")], |inspector| {
            values(inspector, local);
            for member in local.iter().filter(|member| self.global.contains_key(&*member.name)) {
                inspector.within(Step::Name(&member.name), |inspector| {
                    inspector.warning("cacao.variable.shadow", SOURCE, || {
                        "the playbook has a variable of the same name: give this one another".to_owned()
                    });
                });
            }
        });
        let declared: HashMap<&str, &Json<'_>> =
            local.iter().map(|member| (&*member.name, &member.value)).collect();
        let find = |name: &str| declared.get(name).or_else(|| self.global.get(name)).copied();
        inspector.at(&place, |inspector| {
            for name in ["condition", "switch"] {
                if let Some(text) = node.value.get(name).and_then(Json::as_text) {
                    inspector.within(Step::Name(name), |inspector| {
                        undeclared(inspector, text, |name| find(name).is_some())
                    });
                }
            }
            if let Some(commands) = node.value.get("commands") {
                inspector.within(Step::Name("commands"), |inspector| {
                    each_text(inspector, commands, &|inspector, text| {
                        undeclared(inspector, text, |name| find(name).is_some())
                    });
                });
            }
            for list in ["in_args", "out_args"] {
                let names = node.value.get(list).and_then(Json::as_list).unwrap_or_default();
                for (index, name) in names.iter().enumerate() {
                    let Some(name) = name.as_text() else { continue };
                    inspector.at(&[Step::Name(list), Step::Index(index)], |inspector| {
                        argument(inspector, name, list == "out_args", find(name.trim_end_matches(":value")));
                    });
                }
            }
        });
    }

    /// An agent, target or authentication: it may use the variables of the playbook, and those of the steps
    /// that use it. Each name is looked for once.
    fn definition(&self, inspector: &mut Inspector<'d>, id: &str, value: &'d Json<'_>) {
        let known: RefCell<HashMap<String, bool>> = RefCell::default();
        each_text(inspector, value, &|inspector, text| {
            undeclared(inspector, text, |name| {
                if self.global.contains_key(name) {
                    return true;
                }
                let seen = known.borrow().get(name).copied();
                seen.unwrap_or_else(|| {
                    let found = self.has_step_variable(id, name);
                    known.borrow_mut().insert(name.to_owned(), found);
                    found
                })
            });
        });
    }

    fn has_step_variable(&self, id: &str, name: &str) -> bool {
        let has =
            |node: &Node<'d>| node.value.get("step_variables").and_then(|local| local.get(name)).is_some();
        match self.users.get(id) {
            Some(users) => users.iter().filter_map(|at| self.graph.node(*at)).any(has),
            // Authentication information is used by way of an agent: any step will do.
            None => self.graph.nodes.iter().any(has),
        }
    }
}

/// Does something with every text of a value, at its place. The nesting is bounded by that of the document.
fn each_text<'d>(
    inspector: &mut Inspector<'d>,
    value: &'d Json<'_>,
    act: &dyn Fn(&mut Inspector<'d>, &'d str),
) {
    match value {
        Json::Text(text) => act(inspector, text),
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                inspector.within(Step::Index(index), |inspector| each_text(inspector, item, act));
            }
        }
        Json::Object(members) => {
            for member in members {
                inspector
                    .within(Step::Name(&member.name), |inspector| each_text(inspector, &member.value, act));
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn undeclared(inspector: &mut Inspector<'_>, text: &str, is_declared: impl Fn(&str) -> bool) {
    for name in references(text) {
        if !is_declared(name) {
            inspector.error("cacao.variable.undeclared", SOURCE, || {
                format!(
                    "nobody declares {} here: add it to playbook_variables or step_variables",
                    short(name)
                )
            });
        }
    }
}

fn argument(inspector: &mut Inspector<'_>, name: &str, is_written: bool, declaration: Option<&Json<'_>>) {
    let Some(declaration) = declaration else {
        inspector.error("cacao.variable.undeclared", SOURCE, || {
            format!("nobody declares {}: add it to playbook_variables or step_variables", short(name))
        });
        return;
    };
    if is_written && declaration.get("constant") == Some(&Json::Bool(true)) {
        inspector.error("cacao.variable.constant", "CACAO 2.0, 10.18.3", || {
            format!("{} is constant and cannot be written: take another, or let it change", short(name))
        });
    }
}

/// The variables that a text refers to as `__name__:value`.
pub fn references(text: &str) -> impl Iterator<Item = &str> {
    // Few texts have a colon, and that is quickly seen.
    let searched = if text.contains(':') { text } else { "" };
    searched.match_indices("__:value").filter_map(|(at, _)| {
        let before = text.get(..at + 2)?;
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = before.bytes().rev().take_while(|byte| is_inner(*byte)).count();
        let run = before.get(before.len() - length..)?;
        let begin = run.find("__")?;
        run.get(begin..).filter(|name| is_variable_name(name))
    })
}

/// The first values of variables against their types.
fn values<'d>(inspector: &mut Inspector<'d>, variables: &'d [Member<'_>]) {
    for member in variables {
        let text = |name: &str| member.value.get(name).and_then(Json::as_text);
        let (Some(kind), Some(value)) = (text("type"), text("value")) else { continue };
        if value.is_empty() || value.contains("__:value") || is_of_type(kind, value) {
            continue;
        }
        inspector.at(&[Step::Name(&member.name), Step::Name("value")], |inspector| {
            inspector.warning("cacao.variable.value", "CACAO 2.0, 10.18.3", || {
                format!(
                    "\"{}\" is no {}: write a value of the type, or change the type",
                    short(value),
                    short(kind)
                )
            });
        });
    }
}

fn is_of_type(kind: &str, value: &str) -> bool {
    let is_hex = |length: usize| value.len() == length && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    match kind {
        "bool" => matches!(value, "true" | "false" | "True" | "False"),
        "integer" => value.parse::<i32>().is_ok(),
        "long" => value.parse::<i64>().is_ok(),
        "float" => value.parse::<f64>().is_ok_and(f64::is_finite),
        "hexstring" => value.len().is_multiple_of(2) && value.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "ipv4-addr" => is_network(value, 32, |address| address.parse::<Ipv4Addr>().is_ok()),
        "ipv6-addr" => is_network(value, 128, |address| address.parse::<Ipv6Addr>().is_ok()),
        "md5-hash" => is_hex(32),
        "sha256-hash" => is_hex(64),
        "uuid" => identifier::is_uuid(value),
        "uri" => value.split_once(':').is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty()),
        _ => true,
    }
}

/// An address, or a network in CIDR notation.
fn is_network(value: &str, most: u8, is_address: impl Fn(&str) -> bool) -> bool {
    match value.split_once('/') {
        None => is_address(value),
        Some((address, length)) => {
            is_address(address) && length.parse::<u8>().is_ok_and(|length| length <= most)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn references_are_found_in_any_text() {
        let found = |text| references(text).collect::<Vec<&str>>();
        assert_eq!(found("ssh __user__:value@__host-1__:value"), ["__user__", "__host-1__"]);
        assert_eq!(found("[ipv4-addr:value = '__ip__:value']"), ["__ip__"]);
        assert_eq!(found("__:value ____:value x__:value __1a__:value é__b__:value"), ["__b__"]);
        assert_eq!(found(""), [""; 0]);
    }
}
