//! The enumerations, in the order of the schemas.

pub const PUBLISHER: &[&str] = &["coordinator", "discoverer", "other", "translator", "user", "vendor"];
pub const PUBLISHER_21: &[&str] =
    &["coordinator", "discoverer", "multiplier", "other", "translator", "user", "vendor"];
pub const TLP: &[&str] = &["AMBER", "GREEN", "RED", "WHITE"];
pub const TLP_21: &[&str] = &["AMBER", "AMBER+STRICT", "CLEAR", "GREEN", "RED"];
pub const STATUS: &[&str] = &["draft", "final", "interim"];
pub const NOTE: &[&str] =
    &["description", "details", "faq", "general", "legal_disclaimer", "other", "summary"];
pub const REFERENCE: &[&str] = &["external", "self"];
pub const BRANCH: &[&str] = &[
    "architecture",
    "host_name",
    "language",
    "legacy",
    "patch_level",
    "product_family",
    "product_name",
    "product_version",
    "product_version_range",
    "service_pack",
    "specification",
    "vendor",
];
pub const BRANCH_21: &[&str] = &[
    "architecture",
    "host_name",
    "language",
    "patch_level",
    "platform",
    "product_family",
    "product_name",
    "product_version",
    "product_version_range",
    "service_pack",
    "specification",
    "vendor",
];
pub const RELATIONSHIP: &[&str] = &[
    "default_component_of",
    "external_component_of",
    "installed_on",
    "installed_with",
    "optional_component_of",
];
pub const FLAG: &[&str] = &[
    "component_not_present",
    "inline_mitigations_already_exist",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_not_present",
];
pub const PARTY: &[&str] = &["coordinator", "discoverer", "other", "user", "vendor"];
pub const INVOLVEMENT: &[&str] =
    &["completed", "contact_attempted", "disputed", "in_progress", "not_contacted", "open"];
pub const REMEDIATION: &[&str] =
    &["mitigation", "no_fix_planned", "none_available", "vendor_fix", "workaround"];
pub const REMEDIATION_21: &[&str] = &[
    "fix_planned",
    "mitigation",
    "no_fix_planned",
    "none_available",
    "optional_patch",
    "vendor_fix",
    "workaround",
];
pub const RESTART: &[&str] = &[
    "connected",
    "dependencies",
    "machine",
    "none",
    "parent",
    "service",
    "system",
    "vulnerable_component",
    "zone",
];
pub const THREAT: &[&str] = &["exploit_status", "impact", "target_set"];
pub const RATING: &[&str] = &["critical", "high", "low", "medium", "none"];
pub const EXTENSION: &[&str] = &["essential", "significant", "supplementary"];
pub const SEVERITY: &[&str] = &["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"];
