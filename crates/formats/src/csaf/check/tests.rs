//! The tests of section 6 that are made, by number. 6.1.8 is made by the structural check, as are 6.1.37
//! and 6.2.20.

use super::findings::Test;
use crate::Severity;

const fn mandatory(rule: &'static str, source: &'static str) -> Test {
    Test { rule, source, severity: Severity::Error }
}

const fn optional(rule: &'static str, source: &'static str) -> Test {
    Test { severity: Severity::Warning, ..mandatory(rule, source) }
}

const fn informative(rule: &'static str, source: &'static str) -> Test {
    Test { severity: Severity::Note, ..mandatory(rule, source) }
}

pub const UNDEFINED_PRODUCT: Test = mandatory("csaf.6.1.1", "CSAF, 6.1.1");
pub const DOUBLE_PRODUCT: Test = mandatory("csaf.6.1.2", "CSAF, 6.1.2");
pub const CIRCULAR_PRODUCT: Test = mandatory("csaf.6.1.3", "CSAF, 6.1.3");
pub const UNDEFINED_GROUP: Test = mandatory("csaf.6.1.4", "CSAF, 6.1.4");
pub const DOUBLE_GROUP: Test = mandatory("csaf.6.1.5", "CSAF, 6.1.5");
pub const CONTRADICTING_STATUS: Test = mandatory("csaf.6.1.6", "CSAF, 6.1.6");
pub const DOUBLE_SCORE: Test = mandatory("csaf.6.1.7", "CSAF, 6.1.7");
pub const CVSS_INVALID: Test = mandatory("csaf.6.1.8", "CSAF, 6.1.8");
pub const CVSS_COMPUTATION: Test = mandatory("csaf.6.1.9", "CSAF, 6.1.9");
pub const CVSS_INCONSISTENT: Test = mandatory("csaf.6.1.10", "CSAF, 6.1.10");
pub const CWE: Test = mandatory("csaf.6.1.11", "CSAF, 6.1.11");
pub const LANGUAGE: Test = mandatory("csaf.6.1.12", "CSAF, 6.1.12");
pub const PURL: Test = mandatory("csaf.6.1.13", "CSAF, 6.1.13");
pub const SORTED_HISTORY: Test = mandatory("csaf.6.1.14", "CSAF, 6.1.14");
pub const TRANSLATOR: Test = mandatory("csaf.6.1.15", "CSAF, 6.1.15");
pub const LATEST_VERSION: Test = mandatory("csaf.6.1.16", "CSAF, 6.1.16");
pub const DRAFT_STATUS: Test = mandatory("csaf.6.1.17", "CSAF, 6.1.17");
pub const RELEASED_HISTORY: Test = mandatory("csaf.6.1.18", "CSAF, 6.1.18");
pub const PRE_RELEASE_HISTORY: Test = mandatory("csaf.6.1.19", "CSAF, 6.1.19");
pub const NON_DRAFT_VERSION: Test = mandatory("csaf.6.1.20", "CSAF, 6.1.20");
pub const MISSING_REVISION: Test = mandatory("csaf.6.1.21", "CSAF, 6.1.21");
pub const DOUBLE_REVISION: Test = mandatory("csaf.6.1.22", "CSAF, 6.1.22");
pub const DOUBLE_CVE: Test = mandatory("csaf.6.1.23", "CSAF, 6.1.23");
pub const DOUBLE_INVOLVEMENT: Test = mandatory("csaf.6.1.24", "CSAF, 6.1.24");
pub const DOUBLE_HASH: Test = mandatory("csaf.6.1.25", "CSAF, 6.1.25");
pub const PROHIBITED_CATEGORY: Test = mandatory("csaf.6.1.26", "CSAF, 6.1.26");
pub const DOCUMENT_NOTES: Test = mandatory("csaf.6.1.27.1", "CSAF, 6.1.27.1");
pub const DOCUMENT_REFERENCES: Test = mandatory("csaf.6.1.27.2", "CSAF, 6.1.27.2");
pub const NO_VULNERABILITIES: Test = mandatory("csaf.6.1.27.3", "CSAF, 6.1.27.3");
pub const PRODUCT_TREE: Test = mandatory("csaf.6.1.27.4", "CSAF, 6.1.27.4");
pub const VULNERABILITY_NOTES: Test = mandatory("csaf.6.1.27.5", "CSAF, 6.1.27.5");
pub const PRODUCT_STATUS: Test = mandatory("csaf.6.1.27.6", "CSAF, 6.1.27.6");
pub const VEX_STATUS: Test = mandatory("csaf.6.1.27.7", "CSAF, 6.1.27.7");
pub const VULNERABILITY_ID: Test = mandatory("csaf.6.1.27.8", "CSAF, 6.1.27.8");
pub const IMPACT_STATEMENT: Test = mandatory("csaf.6.1.27.9", "CSAF, 6.1.27.9");
pub const ACTION_STATEMENT: Test = mandatory("csaf.6.1.27.10", "CSAF, 6.1.27.10");
pub const VULNERABILITIES: Test = mandatory("csaf.6.1.27.11", "CSAF, 6.1.27.11");
pub const TRANSLATION: Test = mandatory("csaf.6.1.28", "CSAF, 6.1.28");
pub const REMEDIATION_PRODUCT: Test = mandatory("csaf.6.1.29", "CSAF, 6.1.29");
pub const MIXED_VERSIONING: Test = mandatory("csaf.6.1.30", "CSAF, 6.1.30");
pub const RANGE_IN_VERSION: Test = mandatory("csaf.6.1.31", "CSAF, 6.1.31");
pub const FLAG_PRODUCT: Test = mandatory("csaf.6.1.32", "CSAF, 6.1.32");
pub const DOUBLE_FLAG: Test = mandatory("csaf.6.1.33", "CSAF, 6.1.33");
pub const UNUSED_PRODUCT: Test = optional("csaf.6.2.1", "CSAF, 6.2.1");
pub const MISSING_REMEDIATION: Test = optional("csaf.6.2.2", "CSAF, 6.2.2");
pub const MISSING_SCORE: Test = optional("csaf.6.2.3", "CSAF, 6.2.3");
pub const BUILD_METADATA: Test = optional("csaf.6.2.4", "CSAF, 6.2.4");
pub const OLDER_INITIAL_DATE: Test = optional("csaf.6.2.5", "CSAF, 6.2.5");
pub const OLDER_CURRENT_DATE: Test = optional("csaf.6.2.6", "CSAF, 6.2.6");
pub const INVOLVEMENT_DATE: Test = optional("csaf.6.2.7", "CSAF, 6.2.7");
pub const ONLY_MD5: Test = optional("csaf.6.2.8", "CSAF, 6.2.8");
pub const ONLY_SHA1: Test = optional("csaf.6.2.9", "CSAF, 6.2.9");
pub const MISSING_TLP: Test = optional("csaf.6.2.10", "CSAF, 6.2.10");
pub const CANONICAL_URL: Test = optional("csaf.6.2.11", "CSAF, 6.2.11");
pub const MISSING_LANGUAGE: Test = optional("csaf.6.2.12", "CSAF, 6.2.12");
pub const SORTING: Test = optional("csaf.6.2.13", "CSAF, 6.2.13");
pub const PRIVATE_LANGUAGE: Test = optional("csaf.6.2.14", "CSAF, 6.2.14");
pub const DEFAULT_LANGUAGE: Test = optional("csaf.6.2.15", "CSAF, 6.2.15");
pub const MISSING_HELPER: Test = optional("csaf.6.2.16", "CSAF, 6.2.16");
pub const CVE_IN_IDS: Test = optional("csaf.6.2.17", "CSAF, 6.2.17");
pub const RANGE_WITHOUT_VERS: Test = optional("csaf.6.2.18", "CSAF, 6.2.18");
pub const CVSS_OF_FIXED: Test = optional("csaf.6.2.19", "CSAF, 6.2.19");
pub const ONLY_CVSS_2: Test = informative("csaf.6.3.1", "CSAF, 6.3.1");
pub const CVSS_30: Test = informative("csaf.6.3.2", "CSAF, 6.3.2");
pub const MISSING_CVE: Test = informative("csaf.6.3.3", "CSAF, 6.3.3");
pub const MISSING_CWE: Test = informative("csaf.6.3.4", "CSAF, 6.3.4");
pub const SHORT_HASH: Test = informative("csaf.6.3.5", "CSAF, 6.3.5");
pub const BRANCH_CATEGORIES: Test = informative("csaf.6.3.9", "CSAF, 6.3.9");
pub const VERSION_RANGE: Test = informative("csaf.6.3.10", "CSAF, 6.3.10");
pub const V_AS_VERSION: Test = informative("csaf.6.3.11", "CSAF, 6.3.11");

pub const AFFECTED_PRODUCTS: Test = mandatory("csaf.6.1.27.12", "CSAF 2.1, 6.1.27.12");
pub const WITHDRAWAL_NOTES: Test = mandatory("csaf.6.1.27.14", "CSAF 2.1, 6.1.27.14");
pub const NO_PRODUCT_TREE: Test = mandatory("csaf.6.1.27.15", "CSAF 2.1, 6.1.27.15");
pub const WITHDRAWAL_HISTORY: Test = mandatory("csaf.6.1.27.16", "CSAF 2.1, 6.1.27.16");
pub const WITHDRAWAL_REASON: Test = mandatory("csaf.6.1.27.17", "CSAF 2.1, 6.1.27.17");
pub const SUPERSESSION_REASON: Test = mandatory("csaf.6.1.27.18", "CSAF 2.1, 6.1.27.18");
pub const SUPERSEDING_REFERENCE: Test = mandatory("csaf.6.1.27.19", "CSAF 2.1, 6.1.27.19");
pub const BRANCH_DEPTH: Test = mandatory("csaf.6.1.34", "CSAF 2.1, 6.1.34");
pub const CONTRADICTING_REMEDIATIONS: Test = mandatory("csaf.6.1.35", "CSAF 2.1, 6.1.35");
pub const STATUS_AGAINST_REMEDIATION: Test = mandatory("csaf.6.1.36", "CSAF 2.1, 6.1.36");
pub const MAX_UUID_NOT_PUBLIC: Test = mandatory("csaf.6.1.38", "CSAF 2.1, 6.1.38");
pub const PUBLIC_WITHOUT_MAX_UUID: Test = mandatory("csaf.6.1.39", "CSAF 2.1, 6.1.39");
pub const SHARING_NAME_INVALID: Test = mandatory("csaf.6.1.40", "CSAF 2.1, 6.1.40");
pub const SHARING_NAME_MISSING: Test = mandatory("csaf.6.1.41", "CSAF 2.1, 6.1.41");
pub const PURLS_DIFFER: Test = mandatory("csaf.6.1.42", "CSAF 2.1, 6.1.42");
pub const STARS_IN_MODEL: Test = mandatory("csaf.6.1.43", "CSAF 2.1, 6.1.43");
pub const STARS_IN_SERIAL: Test = mandatory("csaf.6.1.44", "CSAF 2.1, 6.1.44");
pub const DISCLOSURE_DATE: Test = mandatory("csaf.6.1.45", "CSAF 2.1, 6.1.45");
pub const SSVC_TARGET: Test = mandatory("csaf.6.1.47", "CSAF 2.1, 6.1.47");
pub const SSVC_DATE: Test = mandatory("csaf.6.1.49", "CSAF 2.1, 6.1.49");
pub const RANGE_RULES: Test = mandatory("csaf.6.1.50", "CSAF 2.1, 6.1.50");
pub const EPSS_DATE: Test = mandatory("csaf.6.1.51", "CSAF 2.1, 6.1.51");
pub const EXPLOITATION_DATES: Test = mandatory("csaf.6.1.52", "CSAF 2.1, 6.1.52");
pub const EXPLOITATION_ORDER: Test = mandatory("csaf.6.1.53", "CSAF 2.1, 6.1.53");
pub const LICENSE_EXPRESSION: Test = mandatory("csaf.6.1.54", "CSAF 2.1, 6.1.54");
pub const CVSS_AND_RATING: Test = mandatory("csaf.6.1.56", "CSAF 2.1, 6.1.56");
pub const STACKED_BRANCHES: Test = mandatory("csaf.6.1.57", "CSAF 2.1, 6.1.57");
pub const VERSION_AND_RANGE: Test = mandatory("csaf.6.1.58", "CSAF 2.1, 6.1.58");
pub const SINGLE_AS_RANGE: Test = mandatory("csaf.6.1.59", "CSAF 2.1, 6.1.59");
pub const STARS_IN_SKU: Test = mandatory("csaf.6.1.61", "CSAF 2.1, 6.1.61");
pub const DISCOVERY_DATE: Test = mandatory("csaf.6.1.62", "CSAF 2.1, 6.1.62");
pub const HASH_LENGTH: Test = mandatory("csaf.6.1.63", "CSAF 2.1, 6.1.63");
pub const SAME_REVISION_DATES: Test = optional("csaf.6.2.21", "CSAF 2.1, 6.2.21");
pub const ID_IN_TITLE: Test = optional("csaf.6.2.22", "CSAF 2.1, 6.2.22");
pub const STATUS_BESIDE_REMEDIATION: Test = optional("csaf.6.2.27", "CSAF 2.1, 6.2.27");
pub const MAX_UUID: Test = optional("csaf.6.2.28", "CSAF 2.1, 6.2.28");
pub const NIL_UUID: Test = optional("csaf.6.2.29", "CSAF 2.1, 6.2.29");
pub const SHARING_GROUP_PUBLIC: Test = optional("csaf.6.2.30", "CSAF 2.1, 6.2.30");
pub const SAME_HELPER: Test = optional("csaf.6.2.32", "CSAF 2.1, 6.2.32");
pub const DEPRECATED_PROFILE: Test = optional("csaf.6.2.38", "CSAF 2.1, 6.2.38");
pub const OLD_EPSS: Test = optional("csaf.6.2.41", "CSAF 2.1, 6.2.41");
pub const MISSING_LICENSE: Test = optional("csaf.6.2.43", "CSAF 2.1, 6.2.43");
pub const OWN_RATING: Test = optional("csaf.6.2.47", "CSAF 2.1, 6.2.47");
pub const OPEN_SOURCE_VENDOR: Test = optional("csaf.6.2.48", "CSAF 2.1, 6.2.48");
pub const MISSING_CVSS_4: Test = informative("csaf.6.3.12", "CSAF 2.1, 6.3.12");
pub const QUALITATIVE_RATING: Test = informative("csaf.6.3.18", "CSAF 2.1, 6.3.18");
pub const NESTED_PATH: Test = informative("csaf.6.3.22", "CSAF 2.1, 6.3.22");
