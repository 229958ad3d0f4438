//! The objects of CACAO 2.0: their members, of which kind, and which of them must be there. Where the text
//! and the published schema differ, both are named.

mod agents;
mod playbook;
mod steps;

pub use agents::{agent_target, authentication};
pub use playbook::{A_REFERENCE, COMMON_COMMAND, EXTENSION_DEFINITION, PLAYBOOK, VARIABLE, command, marking};
pub use steps::step;

/// A class of objects.
#[derive(Debug)]
pub struct Class {
    /// What messages call it.
    pub name: &'static str,
    /// The section that defines it.
    pub source: &'static str,
    /// The members that it shares with its family.
    pub common: &'static [Attribute],
    /// Its own members.
    pub own: &'static [Attribute],
    /// Whether members that are not listed are allowed by the text: only in objects of types of one's own.
    pub is_open: bool,
}

/// A member of a class.
#[derive(Debug)]
pub struct Attribute {
    pub name: &'static str,
    pub kind: Kind,
    pub need: Need,
}

/// Whether a member must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// In both profiles.
    Must,
    /// Text: yes. Schema: no.
    MustByText,
    /// Text: no. Schema: yes.
    MustBySchema,
    /// In neither.
    May,
}

/// What a reference or identifier must name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Any,
    Playbook,
    Identity,
    Signature,
}

/// What stands in a dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    Workflow,
    PlaybookVariables,
    /// Where the schema leaves the keys open.
    StepVariables,
    Agents,
    Targets,
    Authentications,
    ExtensionDefinitions,
    Markings,
    /// Extensions in use.
    Extensions,
    /// The same at the playbook, where the schema closes its keys.
    PlaybookExtensions,
    /// HTTP headers: lists of texts.
    Headers,
    /// Mail addresses or telephone numbers.
    Contacts,
    /// Cases of a switch.
    Cases,
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Text,
    Truth,
    /// Exactly this text.
    Constant(&'static str),
    /// A word of a closed vocabulary.
    Closed(&'static [&'static str]),
    /// A word of an open vocabulary; its name.
    Open(&'static [&'static str], &'static str),
    /// A whole number in this range of the text; of the schema.
    Whole {
        text: (i64, i64),
        schema: (i64, i64),
    },
    Id(Of),
    Time,
    /// With exactly three digits behind the point.
    TimeInMilliseconds,
    TimeOrNull,
    /// Base64 (RFC 4648, 4).
    Base64,
    /// An HTTP request line.
    RequestLine,
    /// The number of a port, as a text.
    Port,
    /// The value of a variable: text or null.
    Value,
    /// At least so many items by the text; by the schema.
    List {
        of: &'static Kind,
        least: usize,
        least_by_schema: usize,
    },
    Object(&'static Class),
    Dictionary(Entries),
    /// Commands of an action.
    Command,
    /// The external references of a policy of FIRST.
    PolicyReferences,
    /// IPv4, IPv6, MAC, VLAN addresses.
    Ipv4,
    Ipv6,
    Mac,
    Vlan,
}

pub const fn must(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, need: Need::Must }
}

pub const fn must_by_text(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, need: Need::MustByText }
}

pub const fn may(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, need: Need::May }
}

/// A list of at least one.
pub const fn list(of: &'static Kind) -> Kind {
    Kind::List { of, least: 1, least_by_schema: 1 }
}

/// A list of which the schema does not say how many it has.
pub const fn loose_list(of: &'static Kind) -> Kind {
    Kind::List { of, least: 1, least_by_schema: 0 }
}

impl Class {
    /// The place of an attribute in the table, and the attribute.
    pub fn attribute(&self, name: &str) -> Option<(usize, &'static Attribute)> {
        self.attributes().enumerate().find(|(_, attribute)| attribute.name == name)
    }

    /// All members.
    pub fn attributes(&self) -> impl Iterator<Item = &'static Attribute> {
        self.common.iter().chain(self.own)
    }
}
