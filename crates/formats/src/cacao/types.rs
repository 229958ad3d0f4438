//! The playbook of CACAO 2.0 (sections 3 to 10), typed.
//!
//! Dictionaries keep their order. Every part has `other`: members that CACAO 2.0 does not have, and values of
//! another JSON type than it asks for. They are carried as they came and written back in the part in which
//! they stood, so that nothing is lost by reading. Texts are kept whatever they say: whether an identifier
//! is one is for [`super::check`] to tell.

mod agent;
mod authentication;
mod command;
mod marking;
mod signature;
mod step;

pub use agent::{Address, AgentTarget, AgentTargetType, CivicLocation, Contact};
pub use authentication::{Authentication, AuthenticationType};
pub use command::{Command, CommandType};
pub use marking::{Marking, MarkingType};
pub use signature::Signature;
pub use step::{Logic, Step};

use super::{Identifier, Timestamp};
use crate::Json;

/// What is carried without being understood: name and value.
pub type Other = Vec<(String, Json<'static>)>;

/// A dictionary: keys and values in the order of the document.
pub type Dictionary<T> = Vec<(String, T)>;

/// Extensions in use: the identifier of the extension definition, and what it puts here.
pub type Extensions = Dictionary<Json<'static>>;

/// A playbook (section 3.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playbook {
    /// `playbook`, in every valid one.
    pub object_type: Option<String>,
    /// `cacao-2.0`, in every valid one.
    pub spec_version: Option<String>,
    /// Identifier; with `modified` it names one version.
    pub id: Option<Identifier>,
    /// Name for people.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Operational roles, such as `mitigation`.
    pub playbook_types: Vec<String>,
    /// What it does, in words of the vocabulary of activities.
    pub playbook_activities: Vec<String>,
    /// Which features it uses, for those who do not read it whole.
    pub playbook_processing_summary: Option<ProcessingSummary>,
    /// Who made it: a STIX identity.
    pub created_by: Option<Identifier>,
    /// When the first version was made.
    pub created: Option<Timestamp>,
    /// When this version was made.
    pub modified: Option<Timestamp>,
    /// Whether its maker took it back.
    pub revoked: Option<bool>,
    /// From when it may be run.
    pub valid_from: Option<Timestamp>,
    /// Until when it may be run.
    pub valid_until: Option<Timestamp>,
    /// The playbooks that it was made from.
    pub derived_from: Vec<Identifier>,
    /// Related objects of CACAO or STIX.
    pub related_to: Vec<Identifier>,
    /// 1 is the most urgent, 100 the least, 0 undefined.
    pub priority: Option<u64>,
    /// 1 is the mildest condition, 100 the worst, 0 undefined.
    pub severity: Option<u64>,
    /// 1 is the smallest effect on the organisation, 100 the largest, 0 undefined.
    pub impact: Option<u64>,
    /// The sectors that it is for.
    pub industry_sectors: Vec<String>,
    /// Labels of its maker.
    pub labels: Vec<String>,
    /// Where to read more.
    pub external_references: Vec<ExternalReference>,
    /// The markings that hold for it.
    pub markings: Vec<Identifier>,
    /// Global variables, by name.
    pub playbook_variables: Dictionary<Variable>,
    /// The start step.
    pub workflow_start: Option<Identifier>,
    /// The step for what no other route handles.
    pub workflow_exception: Option<Identifier>,
    /// The steps, by identifier.
    pub workflow: Dictionary<Step>,
    /// Extensions of the playbook itself.
    pub playbook_extensions: Extensions,
    /// Ways to authenticate, by identifier.
    pub authentication_info_definitions: Dictionary<Authentication>,
    /// Who carries commands out, by identifier.
    pub agent_definitions: Dictionary<AgentTarget>,
    /// What commands act upon, by identifier.
    pub target_definitions: Dictionary<AgentTarget>,
    /// The extensions that parts of this playbook use, by identifier.
    pub extension_definitions: Dictionary<ExtensionDefinition>,
    /// Markings, by identifier.
    pub data_marking_definitions: Dictionary<Marking>,
    /// Signatures, each over the playbook without the others.
    pub signatures: Vec<Signature>,
    /// Carried along.
    pub other: Other,
}

/// Which features a playbook uses (section 10.14).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProcessingSummary {
    /// Only manual commands.
    pub manual_playbook: Option<bool>,
    /// Calls other playbooks.
    pub external_playbooks: Option<bool>,
    /// Has parallel steps.
    pub parallel_processing: Option<bool>,
    /// Has if conditions.
    pub if_logic: Option<bool>,
    /// Has loops.
    pub while_logic: Option<bool>,
    /// Has switches.
    pub switch_logic: Option<bool>,
    /// Has delays or timeouts.
    pub temporal_logic: Option<bool>,
    /// Is marked.
    pub data_markings: Option<bool>,
    /// Is signed.
    pub digital_signatures: Option<bool>,
    /// Is countersigned.
    pub countersigned_signatures: Option<bool>,
    /// Uses extensions.
    pub extensions: Option<bool>,
    /// Carried along.
    pub other: Other,
}

/// The value of a variable (section 10.18.3): null is "not known", the empty text is "known to be empty".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum VariableValue {
    /// Nothing is said.
    #[default]
    Unset,
    /// `null`
    Null,
    /// A text, whatever the type of the variable.
    Text(String),
}

/// A variable (section 10.18.3).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variable {
    /// Its type, such as `ipv4-addr`.
    pub variable_type: Option<String>,
    /// What it holds.
    pub description: Option<String>,
    /// Its first value.
    pub value: VariableValue,
    /// Whether it may not change.
    pub constant: Option<bool>,
    /// Whether the caller gives its first value; only for variables of the playbook.
    pub external: Option<bool>,
    /// Carried along.
    pub other: Other,
}

/// Where to read more (the data type `external-reference`, section 10).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExternalReference {
    /// Name; mandatory.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Identifier given by the source.
    pub external_id: Option<String>,
    /// Identifier of a STIX or CACAO object.
    pub reference_id: Option<String>,
    /// Carried along.
    pub other: Other,
}

/// The definition of an extension (section 8).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExtensionDefinition {
    /// `extension-definition`, in every valid one.
    pub object_type: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Who made it: a STIX identity.
    pub created_by: Option<Identifier>,
    /// Address or text of its schema.
    pub schema: Option<String>,
    /// Version, as in semantic versioning.
    pub version: Option<String>,
    /// Where to read more.
    pub external_references: Vec<ExternalReference>,
    /// Carried along.
    pub other: Other,
}
