//! The metrics of CVSS 3.0 and 3.1 and their weights (FIRST, CVSS 3.1 specification, 2 to 4 and 7.4).

use super::{Group, Metric, value};

pub static AV: Metric = Metric {
    code: "AV",
    member: "attackVector",
    group: Group::Base,
    values: &[
        value("N", "NETWORK", 0.85),
        value("A", "ADJACENT_NETWORK", 0.62),
        value("L", "LOCAL", 0.55),
        value("P", "PHYSICAL", 0.2),
    ],
};

pub static AC: Metric = Metric {
    code: "AC",
    member: "attackComplexity",
    group: Group::Base,
    values: &[value("L", "LOW", 0.77), value("H", "HIGH", 0.44)],
};

pub static PR: Metric = Metric {
    code: "PR",
    member: "privilegesRequired",
    group: Group::Base,
    values: &[value("N", "NONE", 0.85), value("L", "LOW", 0.62), value("H", "HIGH", 0.27)],
};

pub static UI: Metric = Metric {
    code: "UI",
    member: "userInteraction",
    group: Group::Base,
    values: &[value("N", "NONE", 0.85), value("R", "REQUIRED", 0.62)],
};

pub static S: Metric = Metric {
    code: "S",
    member: "scope",
    group: Group::Base,
    values: &[value("U", "UNCHANGED", 0.0), value("C", "CHANGED", 0.0)],
};

pub static C: Metric = Metric {
    code: "C",
    member: "confidentialityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.56), value("L", "LOW", 0.22), value("N", "NONE", 0.0)],
};

pub static I: Metric = Metric {
    code: "I",
    member: "integrityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.56), value("L", "LOW", 0.22), value("N", "NONE", 0.0)],
};

pub static A: Metric = Metric {
    code: "A",
    member: "availabilityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.56), value("L", "LOW", 0.22), value("N", "NONE", 0.0)],
};

pub static E: Metric = Metric {
    code: "E",
    member: "exploitCodeMaturity",
    group: Group::Temporal,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("U", "UNPROVEN", 0.91),
        value("P", "PROOF_OF_CONCEPT", 0.94),
        value("F", "FUNCTIONAL", 0.97),
        value("H", "HIGH", 1.0),
    ],
};

pub static RL: Metric = Metric {
    code: "RL",
    member: "remediationLevel",
    group: Group::Temporal,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("O", "OFFICIAL_FIX", 0.95),
        value("T", "TEMPORARY_FIX", 0.96),
        value("W", "WORKAROUND", 0.97),
        value("U", "UNAVAILABLE", 1.0),
    ],
};

pub static RC: Metric = Metric {
    code: "RC",
    member: "reportConfidence",
    group: Group::Temporal,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("U", "UNKNOWN", 0.92),
        value("R", "REASONABLE", 0.96),
        value("C", "CONFIRMED", 1.0),
    ],
};

pub static CR: Metric = Metric {
    code: "CR",
    member: "confidentialityRequirement",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("L", "LOW", 0.5),
        value("M", "MEDIUM", 1.0),
        value("H", "HIGH", 1.5),
    ],
};

pub static IR: Metric = Metric {
    code: "IR",
    member: "integrityRequirement",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("L", "LOW", 0.5),
        value("M", "MEDIUM", 1.0),
        value("H", "HIGH", 1.5),
    ],
};

pub static AR: Metric = Metric {
    code: "AR",
    member: "availabilityRequirement",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("L", "LOW", 0.5),
        value("M", "MEDIUM", 1.0),
        value("H", "HIGH", 1.5),
    ],
};

pub static MAV: Metric = Metric {
    code: "MAV",
    member: "modifiedAttackVector",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("N", "NETWORK", 0.85),
        value("A", "ADJACENT_NETWORK", 0.62),
        value("L", "LOCAL", 0.55),
        value("P", "PHYSICAL", 0.2),
    ],
};

pub static MAC: Metric = Metric {
    code: "MAC",
    member: "modifiedAttackComplexity",
    group: Group::Environmental,
    values: &[value("X", "NOT_DEFINED", 1.0), value("L", "LOW", 0.77), value("H", "HIGH", 0.44)],
};

pub static MPR: Metric = Metric {
    code: "MPR",
    member: "modifiedPrivilegesRequired",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("N", "NONE", 0.85),
        value("L", "LOW", 0.62),
        value("H", "HIGH", 0.27),
    ],
};

pub static MUI: Metric = Metric {
    code: "MUI",
    member: "modifiedUserInteraction",
    group: Group::Environmental,
    values: &[value("X", "NOT_DEFINED", 1.0), value("N", "NONE", 0.85), value("R", "REQUIRED", 0.62)],
};

pub static MS: Metric = Metric {
    code: "MS",
    member: "modifiedScope",
    group: Group::Environmental,
    values: &[value("X", "NOT_DEFINED", 1.0), value("U", "UNCHANGED", 0.0), value("C", "CHANGED", 0.0)],
};

pub static MC: Metric = Metric {
    code: "MC",
    member: "modifiedConfidentialityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("H", "HIGH", 0.56),
        value("L", "LOW", 0.22),
        value("N", "NONE", 0.0),
    ],
};

pub static MI: Metric = Metric {
    code: "MI",
    member: "modifiedIntegrityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("H", "HIGH", 0.56),
        value("L", "LOW", 0.22),
        value("N", "NONE", 0.0),
    ],
};

pub static MA: Metric = Metric {
    code: "MA",
    member: "modifiedAvailabilityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 1.0),
        value("H", "HIGH", 0.56),
        value("L", "LOW", 0.22),
        value("N", "NONE", 0.0),
    ],
};

/// All, in the order of the vector.
pub static METRICS: [&Metric; 22] = [
    &AV, &AC, &PR, &UI, &S, &C, &I, &A, &E, &RL, &RC, &CR, &IR, &AR, &MAV, &MAC, &MPR, &MUI, &MS, &MC, &MI,
    &MA,
];
