//! The metrics of CVSS 2.0 and their weights (FIRST, A Complete Guide to CVSS 2.0, 2.1 to 2.3).

use super::{Group, Metric, value};

pub static AV: Metric = Metric {
    code: "AV",
    member: "accessVector",
    group: Group::Base,
    values: &[value("L", "LOCAL", 0.395), value("A", "ADJACENT_NETWORK", 0.646), value("N", "NETWORK", 1.0)],
};

pub static AC: Metric = Metric {
    code: "AC",
    member: "accessComplexity",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.35), value("M", "MEDIUM", 0.61), value("L", "LOW", 0.71)],
};

pub static AU: Metric = Metric {
    code: "Au",
    member: "authentication",
    group: Group::Base,
    values: &[value("M", "MULTIPLE", 0.45), value("S", "SINGLE", 0.56), value("N", "NONE", 0.704)],
};

pub static C: Metric = Metric {
    code: "C",
    member: "confidentialityImpact",
    group: Group::Base,
    values: &[value("N", "NONE", 0.0), value("P", "PARTIAL", 0.275), value("C", "COMPLETE", 0.66)],
};

pub static I: Metric = Metric {
    code: "I",
    member: "integrityImpact",
    group: Group::Base,
    values: &[value("N", "NONE", 0.0), value("P", "PARTIAL", 0.275), value("C", "COMPLETE", 0.66)],
};

pub static A: Metric = Metric {
    code: "A",
    member: "availabilityImpact",
    group: Group::Base,
    values: &[value("N", "NONE", 0.0), value("P", "PARTIAL", 0.275), value("C", "COMPLETE", 0.66)],
};

pub static E: Metric = Metric {
    code: "E",
    member: "exploitability",
    group: Group::Temporal,
    values: &[
        value("U", "UNPROVEN", 0.85),
        value("POC", "PROOF_OF_CONCEPT", 0.9),
        value("F", "FUNCTIONAL", 0.95),
        value("H", "HIGH", 1.0),
        value("ND", "NOT_DEFINED", 1.0),
    ],
};

pub static RL: Metric = Metric {
    code: "RL",
    member: "remediationLevel",
    group: Group::Temporal,
    values: &[
        value("OF", "OFFICIAL_FIX", 0.87),
        value("TF", "TEMPORARY_FIX", 0.9),
        value("W", "WORKAROUND", 0.95),
        value("U", "UNAVAILABLE", 1.0),
        value("ND", "NOT_DEFINED", 1.0),
    ],
};

pub static RC: Metric = Metric {
    code: "RC",
    member: "reportConfidence",
    group: Group::Temporal,
    values: &[
        value("UC", "UNCONFIRMED", 0.9),
        value("UR", "UNCORROBORATED", 0.95),
        value("C", "CONFIRMED", 1.0),
        value("ND", "NOT_DEFINED", 1.0),
    ],
};

pub static CDP: Metric = Metric {
    code: "CDP",
    member: "collateralDamagePotential",
    group: Group::Environmental,
    values: &[
        value("N", "NONE", 0.0),
        value("L", "LOW", 0.1),
        value("LM", "LOW_MEDIUM", 0.3),
        value("MH", "MEDIUM_HIGH", 0.4),
        value("H", "HIGH", 0.5),
        value("ND", "NOT_DEFINED", 0.0),
    ],
};

pub static TD: Metric = Metric {
    code: "TD",
    member: "targetDistribution",
    group: Group::Environmental,
    values: &[
        value("N", "NONE", 0.0),
        value("L", "LOW", 0.25),
        value("M", "MEDIUM", 0.75),
        value("H", "HIGH", 1.0),
        value("ND", "NOT_DEFINED", 1.0),
    ],
};

pub static CR: Metric = Metric {
    code: "CR",
    member: "confidentialityRequirement",
    group: Group::Environmental,
    values: &[
        value("L", "LOW", 0.5),
        value("M", "MEDIUM", 1.0),
        value("H", "HIGH", 1.51),
        value("ND", "NOT_DEFINED", 1.0),
    ],
};

pub static IR: Metric = Metric {
    code: "IR",
    member: "integrityRequirement",
    group: Group::Environmental,
    values: &[
        value("L", "LOW", 0.5),
        value("M", "MEDIUM", 1.0),
        value("H", "HIGH", 1.51),
        value("ND", "NOT_DEFINED", 1.0),
    ],
};

pub static AR: Metric = Metric {
    code: "AR",
    member: "availabilityRequirement",
    group: Group::Environmental,
    values: &[
        value("L", "LOW", 0.5),
        value("M", "MEDIUM", 1.0),
        value("H", "HIGH", 1.51),
        value("ND", "NOT_DEFINED", 1.0),
    ],
};

/// All, in the order of the vector.
pub static METRICS: [&Metric; 14] = [&AV, &AC, &AU, &C, &I, &A, &E, &RL, &RC, &CDP, &TD, &CR, &IR, &AR];
