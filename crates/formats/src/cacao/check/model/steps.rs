//! Workflow steps (section 4).

use super::{Attribute, Class, Entries, Kind, Of, list, may, must, playbook::A_REFERENCE};

const STEP: Kind = Kind::Id(Of::Any);

const OF_STEPS: &[Attribute] = &[
    may("name", Kind::Text),
    may("description", Kind::Text),
    may("external_references", list(&A_REFERENCE)),
    may("delay", Kind::Whole { text: (0, i64::MAX), schema: (1, i64::MAX) }),
    may("timeout", Kind::Whole { text: (0, i64::MAX), schema: (i64::MIN, i64::MAX) }),
    may("step_variables", Kind::Dictionary(Entries::StepVariables)),
    may("owner", Kind::Id(Of::Identity)),
    may("on_completion", STEP),
    may("on_success", STEP),
    may("on_failure", STEP),
    may("step_extensions", Kind::Dictionary(Entries::Extensions)),
];

const fn of_step(name: &'static str, source: &'static str, own: &'static [Attribute]) -> Class {
    Class { name, source, common: OF_STEPS, own, is_open: false }
}

static START: Class = of_step("a start step", "CACAO 2.0, 4.3", &[must("type", Kind::Constant("start"))]);

static END: Class = of_step("an end step", "CACAO 2.0, 4.4", &[must("type", Kind::Constant("end"))]);

static ACTION: Class = of_step(
    "an action step",
    "CACAO 2.0, 4.5",
    &[
        must("type", Kind::Constant("action")),
        must("commands", list(&Kind::Command)),
        must("agent", STEP),
        may("targets", list(&Kind::Id(Of::Any))),
        may("in_args", list(&Kind::Text)),
        may("out_args", list(&Kind::Text)),
    ],
);

static PLAYBOOK_ACTION: Class = of_step(
    "a playbook action step",
    "CACAO 2.0, 4.6",
    &[
        must("type", Kind::Constant("playbook-action")),
        must("playbook_id", Kind::Id(Of::Playbook)),
        may("playbook_version", Kind::Time),
        may("in_args", list(&Kind::Text)),
        may("out_args", list(&Kind::Text)),
    ],
);

static PARALLEL: Class = of_step(
    "a parallel step",
    "CACAO 2.0, 4.7",
    &[
        must("type", Kind::Constant("parallel")),
        must("next_steps", Kind::List { of: &STEP, least: 2, least_by_schema: 2 }),
    ],
);

static IF: Class = of_step(
    "an if step",
    "CACAO 2.0, 4.8",
    &[
        must("type", Kind::Constant("if-condition")),
        must("condition", Kind::Text),
        must("on_true", STEP),
        may("on_false", STEP),
    ],
);

static WHILE: Class = of_step(
    "a while step",
    "CACAO 2.0, 4.9",
    &[must("type", Kind::Constant("while-condition")), must("condition", Kind::Text), must("on_true", STEP)],
);

static SWITCH: Class = of_step(
    "a switch step",
    "CACAO 2.0, 4.10",
    &[
        must("type", Kind::Constant("switch-condition")),
        must("switch", Kind::Text),
        must("cases", Kind::Dictionary(Entries::Cases)),
    ],
);

/// The class of a step of this type.
pub fn step(kind: &str) -> Option<&'static Class> {
    match kind {
        "start" => Some(&START),
        "end" => Some(&END),
        "action" => Some(&ACTION),
        "playbook-action" => Some(&PLAYBOOK_ACTION),
        "parallel" => Some(&PARALLEL),
        "if-condition" => Some(&IF),
        "while-condition" => Some(&WHILE),
        "switch-condition" => Some(&SWITCH),
        _ => None,
    }
}
