//! Extensions whose content we know: the Incident Extension Suite (draft of 20 February 2024, prose form),
//! TLP 2.0, PAP, and a CACAO playbook in a course of action.

use super::{
    Class, Kind, Property, References, Rule, Sort,
    common::{COUNTS, DESCRIPTION, NAME},
    many, must, one, part, text, texts, time, truth,
};
use crate::stix::{extension as id, words as ov};

const SUITE: &str = "Incident Extension Suite 2.1";
const LEVEL: Kind = Kind::Integer(0, 100);
const AMOUNT: Kind = Kind::Number(0.0, f64::MAX);
const COUNT: Kind = Kind::Integer(0, i64::MAX);
const RECOVERABILITY: Property = one("recoverability", Kind::Enumeration(ov::RECOVERABILITY));
const START: Property = time("start_time");
const START_FIDELITY: Property = one("start_time_fidelity", Kind::Enumeration(ov::FIDELITY));
const END: Property = time("end_time");
const END_FIDELITY: Property = one("end_time_fidelity", Kind::Enumeration(ov::FIDELITY));
const TIMES: Rule = Rule::Order { first: "start_time", then: "end_time", strict: false };
const CHANGES: Property = many("changed_objects", Kind::Part(&STATE_CHANGE));
const EVENT: Kind = Kind::Reference(References::Of(&["event"]));
const TASK: Kind = Kind::Reference(References::Of(&["task"]));
const CONDITION: Property = must(one("condition_type", Kind::Enumeration(ov::CONDITION)));
const TRANSITION: Property = must(one("transition_type", Kind::Enumeration(ov::TRANSITION)));

const fn domain(
    name: &'static str,
    properties: &'static [Property],
    rules: &'static [Rule],
    extensions: &'static [&'static Class],
) -> Class {
    Class { name, sort: Sort::Domain, source: SUITE, properties, rules, extensions, contributing: &[] }
}

static EVENT_OBJECT: Class = domain(
    "event",
    &[
        must(one("status", Kind::Enumeration(ov::EVENT_STATUS))),
        CHANGES,
        DESCRIPTION,
        END,
        END_FIDELITY,
        many("event_types", Kind::Words(&ov::EVENT_TYPE)),
        text("goal"),
        NAME,
        many("sighting_refs", Kind::Reference(References::Of(&["sighting"]))),
        START,
        START_FIDELITY,
        many("subevents", Kind::Part(&EVENT_ENTRY)),
    ],
    &[TIMES],
    &[],
);

static IMPACT: Class = domain(
    "impact",
    &[
        must(text("impact_category")),
        one("criticality", LEVEL),
        DESCRIPTION,
        END,
        END_FIDELITY,
        COUNTS,
        many("impacted_refs", Kind::Reference(References::Any)),
        RECOVERABILITY,
        START,
        START_FIDELITY,
        one("superseded_by_ref", Kind::Reference(References::Of(&["impact"]))),
    ],
    &[TIMES, Rule::Needs("superseded_by_ref", &["end_time"])],
    &[&AVAILABILITY, &CONFIDENTIALITY, &EXTERNAL, &INTEGRITY, &MONETARY, &PHYSICAL, &TRACEABILITY],
);

static TASK_OBJECT: Class = domain(
    "task",
    &[
        must(one("outcome", Kind::Enumeration(ov::TASK_OUTCOME))),
        CHANGES,
        many("task_types", Kind::Words(&ov::TASK_TYPE)),
        DESCRIPTION,
        END,
        END_FIDELITY,
        text("error"),
        COUNTS,
        NAME,
        one("priority", LEVEL),
        START,
        START_FIDELITY,
        many("subtasks", Kind::Part(&TASK_ENTRY)),
    ],
    &[TIMES],
    &[],
);

pub static ALL: &[&Class] = &[&EVENT_OBJECT, &IMPACT, &TASK_OBJECT];

/// The properties that an extension of this identifier adds, where we know it.
pub fn extension(identifier: &str) -> Option<&'static Class> {
    [
        (id::INCIDENT_CORE, &INCIDENT_CORE),
        (id::TLP_2, &TLP_2),
        (id::PAP, &PAP),
        (id::PLAYBOOK, &PLAYBOOK),
        (id::REGULATORY, &REGULATORY),
        (id::RECORD, &RECORD),
    ]
    .into_iter()
    .find(|(known, _)| *known == identifier)
    .map(|(_, class)| class)
}

static INCIDENT_CORE: Class = part(
    "incident-core",
    SUITE,
    &[
        must(one("determination", Kind::Enumeration(ov::DETERMINATION))),
        must(one("investigation_status", Kind::Words(&ov::INVESTIGATION_STATUS))),
        one("criticality", LEVEL),
        many("detection_methods", Kind::Words(&ov::DETECTION_METHOD)),
        many("events", Kind::Part(&EVENT_ENTRY)),
        many("event_refs", EVENT),
        many("impact_refs", Kind::Reference(References::Of(&["impact"]))),
        // A schema of the suite has a list here, its prose a dictionary: both are in use.
        one("impacted_entity_counts", Kind::Free),
        many("incident_types", Kind::Words(&ov::EVENT_TYPE)),
        RECOVERABILITY,
        many("scores", Kind::Part(&SCORE)),
        many("tasks", Kind::Part(&TASK_ENTRY)),
        many("task_refs", TASK),
    ],
    &[],
);

static TLP_2: Class = part(
    "tlp-2.0",
    "TLP 2.0 marking definition for STIX 2.1",
    &[must(one("tlp_2_0", Kind::Enumeration(&["clear", "green", "amber", "amber+strict", "red"])))],
    &[],
);

static PAP: Class = part(
    "pap",
    "PAP marking definition for STIX 2.1",
    &[must(one("pap", Kind::Enumeration(&["clear", "green", "amber", "red", "white"])))],
    &[],
);

/// Each member as the extension has it; `playbooks` and `playbook_base64` are those of older forks.
static PLAYBOOK: Class = part(
    "course-of-action-playbook",
    "STIX 2.1 course of action playbook extension",
    &[
        time("created"),
        time("modified"),
        text("playbook_id"),
        time("playbook_creation_time"),
        time("playbook_modification_time"),
        one("playbook_creator", Kind::Reference(References::Of(&["identity"]))),
        truth("revoked"),
        time("playbook_valid_from"),
        time("playbook_valid_until"),
        text("description"),
        texts("labels"),
        one("playbook_impact", LEVEL),
        one("playbook_severity", LEVEL),
        one("playbook_priority", LEVEL),
        one("organization_type", Kind::Free),
        one("playbook_type", Kind::Free),
        text("playbook_standard"),
        text("playbook_abstraction"),
        one("playbook_bin", Kind::Binary),
        one("playbook_base64", Kind::Binary),
        one("playbooks", Kind::Free),
    ],
    &[],
);

/// Ours, see `stix::regulatory`.
static REGULATORY: Class = part(
    "regulatory-reporting",
    "docs/stix-extension.md",
    &[must(many("reporting_duties", Kind::Part(&DUTY)))],
    &[],
);

/// Ours, see `incident`.
static RECORD: Class = part(
    "incident-record",
    "docs/stix-extension.md",
    &[
        must(one("form", Kind::Enumeration(&["record", "case"]))),
        one("record", Kind::Free),
        one("odd", Kind::Free),
        one("stated", Kind::Free),
    ],
    &[],
);

static DUTY: Class = part(
    "reporting-duty",
    "docs/stix-extension.md",
    &[
        must(text("regulation")),
        must(text("stage")),
        must(one("state", Kind::Enumeration(crate::stix::regulatory::STATES))),
        text("regulation_version"),
        text("legal_basis"),
        text("track"),
        text("authority"),
        one("authority_ref", Kind::Reference(References::Of(&["identity"]))),
        one("country", Kind::Country),
        text("anchor"),
        time("anchor_time"),
        time("due"),
        time("filed"),
        time("acknowledged"),
        text("reason"),
        one("receipt_sha256", Kind::Hex),
        one("task_ref", TASK),
    ],
    &[
        Rule::WhenText { property: "state", is: "filed", not: false, needs: "filed" },
        Rule::WhenText { property: "state", is: "acknowledged", not: false, needs: "filed" },
        Rule::Order { first: "filed", then: "acknowledged", strict: false },
    ],
);

static STATE_CHANGE: Class = part(
    "state-change",
    "Incident Extension Suite 2.1, 3.5",
    &[
        must(one("state_change_type", Kind::Words(&ov::STATE_CHANGE))),
        one("initial_ref", Kind::Reference(References::Any)),
        one("result_ref", Kind::Reference(References::Any)),
    ],
    &[
        Rule::Some(&["initial_ref", "result_ref"]),
        Rule::WhenText { property: "state_change_type", is: "input", not: false, needs: "initial_ref" },
        Rule::WhenText { property: "state_change_type", is: "output", not: false, needs: "result_ref" },
    ],
);

static EVENT_ENTRY: Class = part(
    "event-entry",
    "Incident Extension Suite 2.1, 3.3",
    &[
        must(one("event_ref", EVENT)),
        many("next_steps", Kind::Part(&EVENT_SEQUENCE_ENTRY)),
        truth("sequence_start"),
    ],
    &[],
);

static EVENT_SEQUENCE_ENTRY: Class = part(
    "event-sequence-entry",
    "Incident Extension Suite 2.1, 3.2",
    &[must(one("event_ref", EVENT)), CONDITION, TRANSITION],
    &[],
);

static TASK_ENTRY: Class = part(
    "task-entry",
    "Incident Extension Suite 2.1, 3.7",
    &[
        must(one("task_ref", TASK)),
        many("next_steps", Kind::Part(&TASK_SEQUENCE_ENTRY)),
        truth("sequence_start"),
    ],
    &[],
);

static TASK_SEQUENCE_ENTRY: Class = part(
    "task-sequence-entry",
    "Incident Extension Suite 2.1, 3.6",
    &[must(one("task_ref", TASK)), CONDITION, TRANSITION],
    &[],
);

static SCORE: Class = part(
    "incident-score",
    "Incident Extension Suite 2.1, 3.4",
    &[must(text("name")), must(one("value", Kind::Number(f64::MIN, f64::MAX))), DESCRIPTION],
    &[],
);

static AVAILABILITY: Class = part(
    "availability-ext",
    "Incident Extension Suite 2.1, 2.3.2.1",
    &[must(one("availability_impact", LEVEL))],
    &[],
);

static CONFIDENTIALITY: Class = part(
    "confidentiality-ext",
    "Incident Extension Suite 2.1, 2.3.2.2",
    &[
        must(one("loss_type", Kind::Enumeration(ov::LOSS_TYPE))),
        one("information_type", Kind::Words(&ov::INFORMATION_TYPE)),
        one("record_count", COUNT),
        one("record_size", COUNT),
    ],
    &[Rule::WhenText { property: "loss_type", is: "none", not: true, needs: "information_type" }],
);

static EXTERNAL: Class = part(
    "external-ext",
    "Incident Extension Suite 2.1, 2.3.2.3",
    &[must(one("impact_type", Kind::Words(&ov::EXTERNAL_IMPACT)))],
    &[],
);

static INTEGRITY: Class = part(
    "integrity-ext",
    "Incident Extension Suite 2.1, 2.3.2.4",
    &[
        must(one("alteration", Kind::Enumeration(ov::ALTERATION))),
        one("information_type", Kind::Words(&ov::INFORMATION_TYPE)),
        one("record_count", COUNT),
        one("record_size", COUNT),
    ],
    &[Rule::WhenText { property: "alteration", is: "none", not: true, needs: "information_type" }],
);

static MONETARY: Class = part(
    "monetary-ext",
    "Incident Extension Suite 2.1, 2.3.2.5",
    &[
        must(one("variety", Kind::Words(&ov::MONETARY_IMPACT))),
        one("conversion_rate", AMOUNT),
        time("conversion_time"),
        text("currency"),
        text("currency_actual"),
        one("max_amount", AMOUNT),
        one("min_amount", AMOUNT),
    ],
    &[
        Rule::Needs("conversion_rate", &["currency_actual", "conversion_time"]),
        Rule::Needs("currency_actual", &["currency", "conversion_rate"]),
        Rule::Needs("conversion_time", &["conversion_rate"]),
        Rule::Needs("min_amount", &["max_amount", "currency"]),
        Rule::Needs("max_amount", &["min_amount"]),
        Rule::NotLarger("min_amount", "max_amount"),
    ],
);

static PHYSICAL: Class = part(
    "physical-ext",
    "Incident Extension Suite 2.1, 2.3.2.6",
    &[
        must(one("impact_type", Kind::Enumeration(ov::PHYSICAL_IMPACT))),
        one("asset_type", Kind::Words(&ov::ASSET_TYPE)),
    ],
    &[Rule::WhenText { property: "impact_type", is: "none", not: true, needs: "asset_type" }],
);

static TRACEABILITY: Class = part(
    "traceability-ext",
    "Incident Extension Suite 2.1, 2.3.2.7",
    &[must(one("traceability_impact", Kind::Enumeration(ov::TRACEABILITY)))],
    &[],
);
