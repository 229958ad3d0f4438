//! Workflow steps (section 4).

use super::{Command, Dictionary, Extensions, ExternalReference, Other, Variable};
use crate::cacao::{Identifier, Timestamp};

/// A workflow step (section 4.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// What it does.
    pub logic: Logic,
    /// Name for people.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Where to read more.
    pub external_references: Vec<ExternalReference>,
    /// Milliseconds to wait before it begins.
    pub delay: Option<u64>,
    /// Milliseconds after which it has failed.
    pub timeout: Option<u64>,
    /// Variables of this step, by name.
    pub step_variables: Dictionary<Variable>,
    /// Who is responsible: a STIX identity.
    pub owner: Option<Identifier>,
    /// What follows, however it ends.
    pub on_completion: Option<Identifier>,
    /// What follows success.
    pub on_success: Option<Identifier>,
    /// What follows failure.
    pub on_failure: Option<Identifier>,
    /// Extensions of this step.
    pub step_extensions: Extensions,
    /// Carried along.
    pub other: Other,
}

/// What a step does, with the members that only its type has (sections 4.3 to 4.10).
#[derive(Clone, Debug, PartialEq)]
pub enum Logic {
    /// `start`
    Start,
    /// `end`, of the playbook or of a branch
    End,
    /// `action`
    Action {
        /// In the order in which they are carried out.
        commands: Vec<Command>,
        /// Who carries them out: a key of the agent definitions.
        agent: Option<Identifier>,
        /// What they act upon: keys of the target definitions.
        targets: Vec<Identifier>,
        /// Names of variables that are passed in.
        in_args: Vec<String>,
        /// Names of variables that come back.
        out_args: Vec<String>,
    },
    /// `playbook-action`
    PlaybookAction {
        /// The playbook to run.
        playbook_id: Option<Identifier>,
        /// Its `modified`; the latest when absent.
        playbook_version: Option<Timestamp>,
        /// Names of variables that are passed in.
        in_args: Vec<String>,
        /// Names of variables that come back.
        out_args: Vec<String>,
    },
    /// `parallel`
    Parallel {
        /// The first step of each branch.
        next_steps: Vec<Identifier>,
    },
    /// `if-condition`
    If {
        /// A boolean expression in STIX patterning.
        condition: Option<String>,
        /// The first step of the branch for true.
        on_true: Option<Identifier>,
        /// The first step of the branch for false.
        on_false: Option<Identifier>,
    },
    /// `while-condition`
    While {
        /// A boolean expression in STIX patterning.
        condition: Option<String>,
        /// The first step of the body.
        on_true: Option<Identifier>,
    },
    /// `switch-condition`
    Switch {
        /// The variable that decides.
        switch: Option<String>,
        /// Values, each with the first step of its branch; `default` for all others.
        cases: Dictionary<Identifier>,
    },
    /// A type that CACAO 2.0 does not have, or none.
    Unknown(Option<String>),
}

impl Default for Logic {
    fn default() -> Self {
        Self::Unknown(None)
    }
}

impl Logic {
    /// The type of the step, as it is written.
    #[must_use]
    pub fn step_type(&self) -> Option<&str> {
        match self {
            Self::Start => Some("start"),
            Self::End => Some("end"),
            Self::Action { .. } => Some("action"),
            Self::PlaybookAction { .. } => Some("playbook-action"),
            Self::Parallel { .. } => Some("parallel"),
            Self::If { .. } => Some("if-condition"),
            Self::While { .. } => Some("while-condition"),
            Self::Switch { .. } => Some("switch-condition"),
            Self::Unknown(text) => text.as_deref(),
        }
    }
}

impl Step {
    /// Where it leads: the word on the way, the next step, and whether the way is a branch that comes back.
    #[must_use]
    pub fn ways(&self) -> Vec<(&str, &Identifier, bool)> {
        let mut ways = Vec::new();
        match &self.logic {
            Logic::Parallel { next_steps } => {
                ways.extend(next_steps.iter().map(|next| ("parallel", next, true)))
            }
            Logic::If { on_true, on_false, .. } => {
                ways.extend(on_true.iter().map(|next| ("true", next, true)));
                ways.extend(on_false.iter().map(|next| ("false", next, true)));
            }
            Logic::While { on_true, .. } => {
                ways.extend(on_true.iter().map(|next| ("while true", next, true)))
            }
            Logic::Switch { cases, .. } => {
                ways.extend(cases.iter().map(|(value, next)| (value.as_str(), next, true)));
            }
            Logic::Start
            | Logic::End
            | Logic::Action { .. }
            | Logic::PlaybookAction { .. }
            | Logic::Unknown(_) => {}
        }
        ways.extend(self.on_completion.iter().map(|next| ("", next, false)));
        ways.extend(self.on_success.iter().map(|next| ("success", next, false)));
        ways.extend(self.on_failure.iter().map(|next| ("failure", next, false)));
        ways
    }
}
