//! The metrics of CVSS 4.0; the numbers are the steps of a metric within its macro vector (FIRST, CVSS 4.0
//! specification, 2 to 5 and 8).

use super::{Group, Metric, value};

pub static AV: Metric = Metric {
    code: "AV",
    member: "attackVector",
    group: Group::Base,
    values: &[
        value("N", "NETWORK", 0.0),
        value("A", "ADJACENT", 0.1),
        value("L", "LOCAL", 0.2),
        value("P", "PHYSICAL", 0.3),
    ],
};

pub static AC: Metric = Metric {
    code: "AC",
    member: "attackComplexity",
    group: Group::Base,
    values: &[value("L", "LOW", 0.0), value("H", "HIGH", 0.1)],
};

pub static AT: Metric = Metric {
    code: "AT",
    member: "attackRequirements",
    group: Group::Base,
    values: &[value("N", "NONE", 0.0), value("P", "PRESENT", 0.1)],
};

pub static PR: Metric = Metric {
    code: "PR",
    member: "privilegesRequired",
    group: Group::Base,
    values: &[value("N", "NONE", 0.0), value("L", "LOW", 0.1), value("H", "HIGH", 0.2)],
};

pub static UI: Metric = Metric {
    code: "UI",
    member: "userInteraction",
    group: Group::Base,
    values: &[value("N", "NONE", 0.0), value("P", "PASSIVE", 0.1), value("A", "ACTIVE", 0.2)],
};

pub static VC: Metric = Metric {
    code: "VC",
    member: "vulnConfidentialityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.0), value("L", "LOW", 0.1), value("N", "NONE", 0.2)],
};

pub static VI: Metric = Metric {
    code: "VI",
    member: "vulnIntegrityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.0), value("L", "LOW", 0.1), value("N", "NONE", 0.2)],
};

pub static VA: Metric = Metric {
    code: "VA",
    member: "vulnAvailabilityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.0), value("L", "LOW", 0.1), value("N", "NONE", 0.2)],
};

pub static SC: Metric = Metric {
    code: "SC",
    member: "subConfidentialityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.1), value("L", "LOW", 0.2), value("N", "NONE", 0.3)],
};

pub static SI: Metric = Metric {
    code: "SI",
    member: "subIntegrityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.1), value("L", "LOW", 0.2), value("N", "NONE", 0.3)],
};

pub static SA: Metric = Metric {
    code: "SA",
    member: "subAvailabilityImpact",
    group: Group::Base,
    values: &[value("H", "HIGH", 0.1), value("L", "LOW", 0.2), value("N", "NONE", 0.3)],
};

pub static E: Metric = Metric {
    code: "E",
    member: "exploitMaturity",
    group: Group::Temporal,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("A", "ATTACKED", 0.0),
        value("P", "PROOF_OF_CONCEPT", 0.0),
        value("U", "UNREPORTED", 0.0),
    ],
};

pub static CR: Metric = Metric {
    code: "CR",
    member: "confidentialityRequirement",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("H", "HIGH", 0.0),
        value("M", "MEDIUM", 0.1),
        value("L", "LOW", 0.2),
    ],
};

pub static IR: Metric = Metric {
    code: "IR",
    member: "integrityRequirement",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("H", "HIGH", 0.0),
        value("M", "MEDIUM", 0.1),
        value("L", "LOW", 0.2),
    ],
};

pub static AR: Metric = Metric {
    code: "AR",
    member: "availabilityRequirement",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("H", "HIGH", 0.0),
        value("M", "MEDIUM", 0.1),
        value("L", "LOW", 0.2),
    ],
};

pub static MAV: Metric = Metric {
    code: "MAV",
    member: "modifiedAttackVector",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("N", "NETWORK", 0.0),
        value("A", "ADJACENT", 0.1),
        value("L", "LOCAL", 0.2),
        value("P", "PHYSICAL", 0.3),
    ],
};

pub static MAC: Metric = Metric {
    code: "MAC",
    member: "modifiedAttackComplexity",
    group: Group::Environmental,
    values: &[value("X", "NOT_DEFINED", 0.0), value("L", "LOW", 0.0), value("H", "HIGH", 0.1)],
};

pub static MAT: Metric = Metric {
    code: "MAT",
    member: "modifiedAttackRequirements",
    group: Group::Environmental,
    values: &[value("X", "NOT_DEFINED", 0.0), value("N", "NONE", 0.0), value("P", "PRESENT", 0.1)],
};

pub static MPR: Metric = Metric {
    code: "MPR",
    member: "modifiedPrivilegesRequired",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("N", "NONE", 0.0),
        value("L", "LOW", 0.1),
        value("H", "HIGH", 0.2),
    ],
};

pub static MUI: Metric = Metric {
    code: "MUI",
    member: "modifiedUserInteraction",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("N", "NONE", 0.0),
        value("P", "PASSIVE", 0.1),
        value("A", "ACTIVE", 0.2),
    ],
};

pub static MVC: Metric = Metric {
    code: "MVC",
    member: "modifiedVulnConfidentialityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("H", "HIGH", 0.0),
        value("L", "LOW", 0.1),
        value("N", "NONE", 0.2),
    ],
};

pub static MVI: Metric = Metric {
    code: "MVI",
    member: "modifiedVulnIntegrityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("H", "HIGH", 0.0),
        value("L", "LOW", 0.1),
        value("N", "NONE", 0.2),
    ],
};

pub static MVA: Metric = Metric {
    code: "MVA",
    member: "modifiedVulnAvailabilityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("H", "HIGH", 0.0),
        value("L", "LOW", 0.1),
        value("N", "NONE", 0.2),
    ],
};

pub static MSC: Metric = Metric {
    code: "MSC",
    member: "modifiedSubConfidentialityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("H", "HIGH", 0.1),
        value("L", "LOW", 0.2),
        value("N", "NEGLIGIBLE", 0.3),
    ],
};

pub static MSI: Metric = Metric {
    code: "MSI",
    member: "modifiedSubIntegrityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("S", "SAFETY", 0.0),
        value("H", "HIGH", 0.1),
        value("L", "LOW", 0.2),
        value("N", "NEGLIGIBLE", 0.3),
    ],
};

pub static MSA: Metric = Metric {
    code: "MSA",
    member: "modifiedSubAvailabilityImpact",
    group: Group::Environmental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("S", "SAFETY", 0.0),
        value("H", "HIGH", 0.1),
        value("L", "LOW", 0.2),
        value("N", "NEGLIGIBLE", 0.3),
    ],
};

pub static S: Metric = Metric {
    code: "S",
    member: "Safety",
    group: Group::Supplemental,
    values: &[value("X", "NOT_DEFINED", 0.0), value("N", "NEGLIGIBLE", 0.0), value("P", "PRESENT", 0.0)],
};

pub static AUTOMATABLE: Metric = Metric {
    code: "AU",
    member: "Automatable",
    group: Group::Supplemental,
    values: &[value("X", "NOT_DEFINED", 0.0), value("N", "NO", 0.0), value("Y", "YES", 0.0)],
};

pub static R: Metric = Metric {
    code: "R",
    member: "Recovery",
    group: Group::Supplemental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("A", "AUTOMATIC", 0.0),
        value("U", "USER", 0.0),
        value("I", "IRRECOVERABLE", 0.0),
    ],
};

pub static V: Metric = Metric {
    code: "V",
    member: "valueDensity",
    group: Group::Supplemental,
    values: &[value("X", "NOT_DEFINED", 0.0), value("D", "DIFFUSE", 0.0), value("C", "CONCENTRATED", 0.0)],
};

pub static RE: Metric = Metric {
    code: "RE",
    member: "vulnerabilityResponseEffort",
    group: Group::Supplemental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("L", "LOW", 0.0),
        value("M", "MODERATE", 0.0),
        value("H", "HIGH", 0.0),
    ],
};

pub static U: Metric = Metric {
    code: "U",
    member: "providerUrgency",
    group: Group::Supplemental,
    values: &[
        value("X", "NOT_DEFINED", 0.0),
        value("Clear", "CLEAR", 0.0),
        value("Green", "GREEN", 0.0),
        value("Amber", "AMBER", 0.0),
        value("Red", "RED", 0.0),
    ],
};

/// All, in the order of the vector.
pub static METRICS: [&Metric; 32] = [
    &AV,
    &AC,
    &AT,
    &PR,
    &UI,
    &VC,
    &VI,
    &VA,
    &SC,
    &SI,
    &SA,
    &E,
    &CR,
    &IR,
    &AR,
    &MAV,
    &MAC,
    &MAT,
    &MPR,
    &MUI,
    &MVC,
    &MVI,
    &MVA,
    &MSC,
    &MSI,
    &MSA,
    &S,
    &AUTOMATABLE,
    &R,
    &V,
    &RE,
    &U,
];
