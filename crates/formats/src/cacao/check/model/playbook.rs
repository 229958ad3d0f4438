//! Playbooks, commands, variables, markings, extension definitions and signatures.

use super::{
    super::words::{ACTIVITIES, PLAYBOOK_TYPES, SECTORS, SIGNATURE_ALGORITHMS, TLP_LEVELS, VARIABLE_TYPES},
    Attribute, Class, Entries, Kind, Of, list, loose_list, may, must, must_by_text,
};

const SCORE: Kind = Kind::Whole { text: (0, 100), schema: (0, 100) };

pub static PLAYBOOK: Class = Class {
    name: "a playbook",
    source: "CACAO 2.0, 3.1",
    common: &[],
    own: &[
        must("type", Kind::Constant("playbook")),
        must("spec_version", Kind::Constant("cacao-2.0")),
        must("id", Kind::Id(Of::Playbook)),
        must("name", Kind::Text),
        may("description", Kind::Text),
        may("playbook_types", loose_list(&Kind::Open(&PLAYBOOK_TYPES, "playbook types"))),
        may("playbook_activities", list(&ACTIVITY)),
        may("playbook_processing_summary", Kind::Object(&SUMMARY)),
        must("created_by", Kind::Id(Of::Identity)),
        must("created", Kind::TimeInMilliseconds),
        must("modified", Kind::TimeInMilliseconds),
        may("revoked", Kind::Truth),
        may("valid_from", Kind::Time),
        may("valid_until", Kind::Time),
        may("derived_from", list(&Kind::Id(Of::Playbook))),
        may("related_to", list(&Kind::Id(Of::Any))),
        may("priority", SCORE),
        may("severity", SCORE),
        may("impact", SCORE),
        may("industry_sectors", list(&SECTOR)),
        may("labels", list(&Kind::Text)),
        may("external_references", list(&A_REFERENCE)),
        may("markings", list(&Kind::Id(Of::Any))),
        may("playbook_variables", Kind::Dictionary(Entries::PlaybookVariables)),
        must("workflow_start", Kind::Id(Of::Any)),
        may("workflow_exception", Kind::Id(Of::Any)),
        must("workflow", Kind::Dictionary(Entries::Workflow)),
        may("playbook_extensions", Kind::Dictionary(Entries::PlaybookExtensions)),
        may("authentication_info_definitions", Kind::Dictionary(Entries::Authentications)),
        may("agent_definitions", Kind::Dictionary(Entries::Agents)),
        may("target_definitions", Kind::Dictionary(Entries::Targets)),
        may("extension_definitions", Kind::Dictionary(Entries::ExtensionDefinitions)),
        may("data_marking_definitions", Kind::Dictionary(Entries::Markings)),
        may("signatures", list(&Kind::Object(&SIGNATURE))),
    ],
    is_open: false,
};

const ACTIVITY: Kind = Kind::Open(&ACTIVITIES, "playbook activities");
pub const SECTOR: Kind = Kind::Open(&SECTORS, "industry sectors");

static SUMMARY: Class = Class {
    name: "a processing summary",
    source: "CACAO 2.0, 10.14",
    common: &[],
    own: &[
        may("manual_playbook", Kind::Truth),
        may("external_playbooks", Kind::Truth),
        may("parallel_processing", Kind::Truth),
        may("if_logic", Kind::Truth),
        may("while_logic", Kind::Truth),
        may("switch_logic", Kind::Truth),
        may("temporal_logic", Kind::Truth),
        may("data_markings", Kind::Truth),
        may("digital_signatures", Kind::Truth),
        may("countersigned_signatures", Kind::Truth),
        may("extensions", Kind::Truth),
    ],
    is_open: false,
};

pub static A_REFERENCE: Kind = Kind::Object(&REFERENCE);

static REFERENCE: Class = Class {
    name: "an external reference",
    source: "CACAO 2.0, 10 (external-reference)",
    common: &[],
    own: &[
        must("name", Kind::Text),
        may("description", Kind::Text),
        may("source", Kind::Text),
        may("url", Kind::Text),
        may("external_id", Kind::Text),
        may("reference_id", Kind::Text),
    ],
    is_open: false,
};

pub static VARIABLE: Class = Class {
    name: "a variable",
    source: "CACAO 2.0, 10.18.3",
    common: &[],
    own: &[
        must("type", Kind::Open(&VARIABLE_TYPES, "variable types")),
        may("description", Kind::Text),
        may("value", Kind::Value),
        may("constant", Kind::Truth),
        may("external", Kind::Truth),
    ],
    is_open: false,
};

pub static EXTENSION_DEFINITION: Class = Class {
    name: "an extension definition",
    source: "CACAO 2.0, 8",
    common: &[],
    own: &[
        must("type", Kind::Constant("extension-definition")),
        must("name", Kind::Text),
        may("description", Kind::Text),
        must("created_by", Kind::Id(Of::Identity)),
        must("schema", Kind::Text),
        must("version", Kind::Text),
        may("external_references", loose_list(&A_REFERENCE)),
    ],
    is_open: false,
};

static SIGNATURE: Class = Class {
    name: "a signature",
    source: "CACAO 2.0, 10.15",
    common: &[],
    own: &[
        must("type", Kind::Constant("jss")),
        must("id", Kind::Id(Of::Signature)),
        may("created_by", Kind::Id(Of::Identity)),
        must("created", Kind::TimeInMilliseconds),
        must("modified", Kind::TimeInMilliseconds),
        may("revoked", Kind::Truth),
        must("signee", Kind::Text),
        may("valid_from", Kind::Time),
        may("valid_until", Kind::Time),
        must("related_to", Kind::Id(Of::Playbook)),
        must("related_version", Kind::Time),
        must("hash_algorithm", Kind::Text),
        must("algorithm", Kind::Open(&SIGNATURE_ALGORITHMS, "signature algorithms")),
        may("public_key", Kind::Text),
        may("public_cert_chain", list(&Kind::Text)),
        may("cert_url", Kind::Text),
        may("thumbprint", Kind::Text),
        must("value", Kind::Text),
        may("signature", Kind::Object(&SIGNATURE)),
    ],
    is_open: false,
};

/// What the schema checks of each command, whatever its type.
pub static COMMON_COMMAND: Class =
    Class { name: "a command", source: "CACAO 2.0, 5.1", common: OF_COMMANDS, own: &[], is_open: true };

const OF_COMMANDS: &[Attribute] = &[
    must("type", Kind::Text),
    may("description", Kind::Text),
    may("version", Kind::Text),
    may("playbook_activity", ACTIVITY),
    may("external_references", loose_list(&A_REFERENCE)),
];

const fn of_command(name: &'static str, own: &'static [Attribute]) -> Class {
    Class { name, source: "CACAO 2.0, 5", common: OF_COMMANDS, own, is_open: false }
}

/// `command` or `command_b64`: which of them, is a rule of its own.
static TEXT_COMMAND: Class =
    of_command("a command of this type", &[may("command", Kind::Text), may("command_b64", Kind::Base64)]);

static ENCODED_COMMAND: Class =
    of_command("a command of this type", &[must_by_text("command_b64", Kind::Base64)]);

static HTTP_API_COMMAND: Class = of_command(
    "a command of type http-api",
    &[
        must_by_text("command", Kind::RequestLine),
        may("headers", Kind::Dictionary(Entries::Headers)),
        may("content", Kind::Text),
        may("content_b64", Kind::Base64),
    ],
);

static OPENC2_COMMAND: Class = of_command(
    "a command of type openc2-http",
    &[
        must_by_text("command", Kind::RequestLine),
        must_by_text("content_b64", Kind::Base64),
        may("headers", Kind::Dictionary(Entries::Headers)),
    ],
);

/// The class of a command of this type, by the text.
pub fn command(kind: &str) -> Option<&'static Class> {
    match kind {
        "manual" | "bash" | "caldera-cmd" | "powershell" | "ssh" => Some(&TEXT_COMMAND),
        "elastic" | "jupyter" | "kestrel" | "sigma" | "yara" => Some(&ENCODED_COMMAND),
        "http-api" => Some(&HTTP_API_COMMAND),
        "openc2-http" => Some(&OPENC2_COMMAND),
        _ => None,
    }
}

const OF_MARKINGS: &[Attribute] = &[
    must("id", Kind::Id(Of::Any)),
    must("created_by", Kind::Id(Of::Identity)),
    must("created", Kind::Time),
    may("revoked", Kind::Truth),
    may("valid_from", Kind::Time),
    may("valid_until", Kind::Time),
    may("labels", list(&Kind::Text)),
    may("marking_extensions", Kind::Dictionary(Entries::Extensions)),
];

static STATEMENT: Class = Class {
    name: "a statement marking",
    source: "CACAO 2.0, 9.3",
    common: OF_MARKINGS,
    own: &[
        must("type", Kind::Constant("marking-statement")),
        may("name", Kind::Text),
        may("description", Kind::Text),
        may("external_references", list(&A_REFERENCE)),
        must("statement", Kind::Text),
    ],
    is_open: false,
};

static TLP: Class = Class {
    name: "a TLP marking",
    source: "CACAO 2.0, 9.4",
    common: OF_MARKINGS,
    own: &[
        must("type", Kind::Constant("marking-tlp")),
        may("name", Kind::Text),
        may("description", Kind::Text),
        may("external_references", list(&A_REFERENCE)),
        must("tlpv2_level", Kind::Closed(&TLP_LEVELS)),
    ],
    is_open: false,
};

/// The text has external references as everywhere; the schema wants texts there and objects as well, which
/// only an empty list would be, if it allowed one.
static IEP: Class = Class {
    name: "an IEP marking",
    source: "CACAO 2.0, 9.5",
    common: OF_MARKINGS,
    own: &[
        must("type", Kind::Constant("marking-iep")),
        must("name", Kind::Text),
        must("description", Kind::Text),
        must("tlp", Kind::Text),
        must("iep_version", Kind::Whole { text: ANY, schema: ANY }),
        must("start_date", Kind::Time),
        must("end_date", Kind::TimeOrNull),
        must("encrypt_in_transit", Kind::Text),
        must("permitted_actions", Kind::Text),
        must("affected_party_notifications", Kind::Text),
        must("attribution", Kind::Text),
        must("unmodified_resale", Kind::Text),
        must("external_references", Kind::PolicyReferences),
    ],
    is_open: false,
};

const ANY: (i64, i64) = (i64::MIN, i64::MAX);

/// The class of a marking of this type.
pub fn marking(kind: &str) -> Option<&'static Class> {
    match kind {
        "marking-statement" => Some(&STATEMENT),
        "marking-tlp" => Some(&TLP),
        "marking-iep" => Some(&IEP),
        _ => None,
    }
}
