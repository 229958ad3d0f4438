//! The short enumerations of an alert. Keywords as the drafts spell them, in the order of their bytes.

use super::{ALL, DRAFTS, ONLY_203, SINCE_07, SINCE_08, Word, word};

/// `Alert.Type` (draft 08, Table 1).
pub static TYPE: [Word; 4] = [
    word("Availability", SINCE_07),
    word("Combined", SINCE_07),
    word("Cyber", SINCE_07),
    word("Physical", SINCE_07),
];

/// `Alert.Cause` (draft 08, Table 2).
pub static CAUSE: [Word; 7] = [
    word("Error", ALL),
    word("Hazard", DRAFTS),
    word("Malfunction", ALL),
    word("Malicious", ALL),
    word("Natural", ONLY_203),
    word("Normal", ALL),
    word("Unknown", ALL),
];

/// `Alert.Status` (draft 08, Table 3).
pub static STATUS: [Word; 6] = [
    word("Closed", SINCE_07),
    word("Event", ALL),
    word("FalsePositive", SINCE_07),
    word("Incident", ALL),
    word("Open", SINCE_07),
    word("Reported", SINCE_08),
];

/// `Alert.Priority` (draft 08, Table 4).
pub static PRIORITY: [Word; 5] = [
    word("High", DRAFTS),
    word("Info", DRAFTS),
    word("Low", DRAFTS),
    word("Medium", DRAFTS),
    word("Unknown", DRAFTS),
];

/// `Alert.Severity` of 2.0.3.
pub static SEVERITY: [Word; 5] = [
    word("High", ONLY_203),
    word("Info", ONLY_203),
    word("Low", ONLY_203),
    word("Medium", ONLY_203),
    word("Unknown", ONLY_203),
];
