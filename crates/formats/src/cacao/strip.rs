//! Takes secrets out of a playbook that is to be shared (section 6).
//!
//! A secret becomes a reference to a new external variable, so that the playbook stays valid and runs when
//! the caller gives the value. What cannot be typed is searched by names. Extensions are not searched: what
//! they hold only their makers know.

use std::collections::HashSet;

use super::{
    Authentication, Command, Logic, Other, Playbook, Step, Variable, VariableValue,
    check::{is_secret_header, is_secret_name, is_secret_oauth_header, variable_references},
};
use crate::{Json, Loss, pointer};

/// The playbook without secrets, and what was taken out: without the secrets themselves. Signatures go too
/// when anything did, for they would not hold. Identifier and `modified` stay: whoever publishes the copy
/// gives it a version of its own.
#[must_use]
pub fn strip_secrets(playbook: &Playbook) -> (Playbook, Vec<Loss>) {
    let mut stripper = Stripper { taken: names(playbook), ..Stripper::default() };
    let mut stripped = playbook.clone();
    for (key, authentication) in &mut stripped.authentication_info_definitions {
        stripper.authentication(key, authentication);
    }
    for (key, step) in &mut stripped.workflow {
        stripper.step(key, step);
    }
    for (name, definitions) in [
        ("agent_definitions", &mut stripped.agent_definitions),
        ("target_definitions", &mut stripped.target_definitions),
    ] {
        for (key, agent) in definitions {
            stripper.other(&[name, key], &mut agent.other);
        }
    }
    // Twice: what refers to a variable may stand behind the variable.
    stripper.other(&[], &mut stripped.other);
    stripper.other(&[], &mut stripped.other);
    // Last: only now it is known which variables are used to authenticate.
    for (name, variable) in &mut stripped.playbook_variables {
        stripper.variable(&["playbook_variables", name], name, variable, true);
    }
    for (key, step) in &mut stripped.workflow {
        for (name, variable) in &mut step.step_variables {
            stripper.variable(&["workflow", key, "step_variables", name], name, variable, false);
        }
    }
    stripped.playbook_variables.append(&mut stripper.added);
    if !stripper.losses.is_empty() {
        for (index, _) in stripped.signatures.iter().enumerate() {
            let place = ["signatures", &index.to_string()];
            stripper.losses.push(Loss::at(
                &place,
                "a signature",
                "it does not hold without the secrets; sign the copy",
            ));
        }
        stripped.signatures.clear();
    }
    (stripped, stripper.losses)
}

/// The names of all variables, wherever they are declared.
fn names(playbook: &Playbook) -> HashSet<String> {
    let of_steps = playbook.workflow.iter().flat_map(|(_, step)| &step.step_variables);
    playbook.playbook_variables.iter().chain(of_steps).map(|(name, _)| name.clone()).collect()
}

#[derive(Default)]
struct Stripper {
    losses: Vec<Loss>,
    /// Names of variables that are in use.
    taken: HashSet<String>,
    /// The number of the last name that was given.
    count: usize,
    /// Variables that hold a secret.
    secret: HashSet<String>,
    /// Variables in place of secrets.
    added: Vec<(String, Variable)>,
}

impl Stripper {
    fn lose(&mut self, place: &[&str], why: &str) {
        self.losses.push(Loss::at(place, "a secret", why));
    }

    fn authentication(&mut self, key: &str, authentication: &mut Authentication) {
        let place = ["authentication_info_definitions", key];
        let is_header = authentication.oauth_header.as_deref().is_some_and(is_secret_oauth_header);
        self.text(&[place[0], key, "password"], &mut authentication.password);
        self.text(&[place[0], key, "token"], &mut authentication.token);
        if is_header {
            self.text(&[place[0], key, "oauth_header"], &mut authentication.oauth_header);
        }
        self.other(&place, &mut authentication.other);
    }

    /// A secret that stands here becomes a reference; of one that stands in a variable the name is kept.
    fn text(&mut self, place: &[&str], text: &mut Option<String>) {
        let Some(secret) = text.as_mut().filter(|text| !text.is_empty()) else { return };
        let names: Vec<String> = variable_references(secret).map(str::to_owned).collect();
        if names.is_empty() {
            *secret = self.replacement(place);
        }
        self.secret.extend(names);
    }

    /// A reference to a new external variable.
    fn replacement(&mut self, place: &[&str]) -> String {
        let name = loop {
            self.count += 1;
            let name = format!("__secret_{}__", self.count);
            if !self.taken.contains(&name) {
                break name;
            }
        };
        let variable = Variable {
            variable_type: Some("string".to_owned()),
            description: Some(format!("Taken out of {}", pointer::of(place))),
            external: Some(true),
            ..Variable::default()
        };
        self.lose(place, &format!("taken out; the external variable {name} stands in its place"));
        let reference = format!("{name}:value");
        self.added.push((name, variable));
        reference
    }

    fn step(&mut self, key: &str, step: &mut Step) {
        if let Logic::Action { commands, .. } = &mut step.logic {
            for (index, command) in commands.iter_mut().enumerate() {
                self.command(&["workflow", key, "commands", &index.to_string()], command);
            }
        }
        self.other(&["workflow", key], &mut step.other);
    }

    fn command(&mut self, place: &[&str], command: &mut Command) {
        for (name, values) in &mut command.headers {
            if !is_secret_header(name) {
                continue;
            }
            let place = [place, &["headers", name]].concat();
            for value in values {
                let mut text = Some(std::mem::take(value));
                self.text(&place, &mut text);
                *value = text.unwrap_or_default();
            }
        }
        self.other(place, &mut command.other);
    }

    /// The value of a variable that is used to authenticate; a caller can give those of the playbook.
    fn variable(&mut self, place: &[&str], name: &str, variable: &mut Variable, is_global: bool) {
        let has_value = matches!(&variable.value, VariableValue::Text(text) if !text.is_empty());
        let is_odd = variable.other.iter().any(|(name, _)| name == "value");
        if self.secret.contains(name) && (has_value || is_odd) {
            variable.value = VariableValue::Unset;
            variable.other.retain(|(name, _)| name != "value");
            if is_global {
                variable.external = Some(true);
            }
            self.lose(place, "its value is used to authenticate and was taken out; the caller gives it");
        }
    }

    /// What could not be typed, by the names of its members.
    fn other(&mut self, place: &[&str], other: &mut Other) {
        for (name, value) in std::mem::take(other) {
            let mut here: Vec<String> = place.iter().map(|part| (*part).to_owned()).collect();
            here.push(name.clone());
            if self.is_suspect(&name, &value) {
                self.suspect(&here);
                continue;
            }
            other.push((name, self.scrubbed(&mut here, value)));
        }
    }

    fn suspect(&mut self, place: &[String]) {
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        self.lose(&place, "a member of this name holds a secret as a rule; taken out");
    }

    /// As deep as the document.
    fn scrubbed(&mut self, place: &mut Vec<String>, value: Json<'static>) -> Json<'static> {
        match value {
            Json::List(items) => {
                let mut kept = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    place.push(index.to_string());
                    kept.push(self.scrubbed(place, item));
                    place.pop();
                }
                Json::List(kept)
            }
            Json::Object(members) => {
                let mut kept = Vec::with_capacity(members.len());
                for mut member in members {
                    place.push(member.name.clone().into_owned());
                    let is_value =
                        member.name == "value" && place.iter().any(|part| self.secret.contains(part));
                    if is_value || self.is_suspect(&member.name, &member.value) {
                        self.suspect(place);
                    } else {
                        member.value = self.scrubbed(place, member.value);
                        kept.push(member);
                    }
                    place.pop();
                }
                Json::Object(kept)
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => value,
        }
    }

    /// Whether a member of this name holds a secret; a reference to variables is none, but these do.
    fn is_suspect(&mut self, name: &str, value: &Json<'_>) -> bool {
        let text = value.as_text();
        let is_header = name == "oauth_header" && text.is_some_and(is_secret_oauth_header);
        if !(is_header || is_secret_name(name) || is_secret_header(name)) {
            return false;
        }
        let names: Vec<String> = text.into_iter().flat_map(variable_references).map(str::to_owned).collect();
        let is_reference = !names.is_empty();
        self.secret.extend(names);
        !is_reference
    }
}
