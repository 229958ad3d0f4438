//! Agents and targets (section 7).

use super::{Dictionary, Extensions, Other};
use crate::cacao::Identifier;

/// The type of an agent or target: an open vocabulary (section 7.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentTargetType {
    /// A group of people.
    Group,
    /// A person.
    Individual,
    /// A place.
    Location,
    /// An organisation.
    Organization,
    /// A sector of industry.
    Sector,
    /// An interface over HTTP.
    HttpApi,
    /// A Linux system.
    Linux,
    /// Something at a network address.
    NetAddress,
    /// A kind of security infrastructure.
    SecurityCategory,
    /// A system reached over SSH.
    Ssh,
    /// A word of one's own.
    Own(String),
}

impl AgentTargetType {
    /// The words of the vocabulary.
    pub const ALL: [Self; 10] = [
        Self::Group,
        Self::Individual,
        Self::Location,
        Self::Organization,
        Self::Sector,
        Self::HttpApi,
        Self::Linux,
        Self::NetAddress,
        Self::SecurityCategory,
        Self::Ssh,
    ];

    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Group => "group",
            Self::Individual => "individual",
            Self::Location => "location",
            Self::Organization => "organization",
            Self::Sector => "sector",
            Self::HttpApi => "http-api",
            Self::Linux => "linux",
            Self::NetAddress => "net-address",
            Self::SecurityCategory => "security-category",
            Self::Ssh => "ssh",
            Self::Own(text) => text,
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.text() == text).unwrap_or_else(|| Self::Own(text.to_owned()))
    }
}

/// An agent or target (section 7.1), with the members of all types: which of them its type has is for
/// [`crate::cacao::check`] to tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentTarget {
    /// Its type; mandatory.
    pub agent_type: Option<AgentTargetType>,
    /// Name for people; mandatory.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Where it is.
    pub location: Option<CivicLocation>,
    /// Extensions of this agent or target.
    pub agent_target_extensions: Extensions,
    /// How to reach the people.
    pub contact: Option<Contact>,
    /// Names of places, for a location.
    pub logical: Vec<String>,
    /// The sector, for a sector.
    pub sector: Option<String>,
    /// Network addresses.
    pub address: Option<Address>,
    /// Port of TCP, as a text.
    pub port: Option<String>,
    /// A key of the definitions of authentication information.
    pub authentication_info: Option<Identifier>,
    /// Kinds of security infrastructure.
    pub category: Vec<String>,
    /// Carried along.
    pub other: Other,
}

/// Network addresses by kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// Domain names.
    pub dname: Vec<String>,
    /// IPv4 addresses.
    pub ipv4: Vec<String>,
    /// IPv6 addresses.
    pub ipv6: Vec<String>,
    /// Hardware addresses.
    pub l2mac: Vec<String>,
    /// VLAN numbers, as texts; numbers, as the schema has them, are carried in `other`.
    pub vlan: Vec<String>,
    /// Addresses of resources.
    pub url: Vec<String>,
    /// Carried along.
    pub other: Other,
}

/// How to reach people (the data type `contact`, section 10).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contact {
    /// Mail addresses, by what they are for.
    pub email: Dictionary<String>,
    /// Telephone numbers, by what they are for.
    pub phone: Dictionary<String>,
    /// Anything else.
    pub contact_details: Option<String>,
    /// Carried along.
    pub other: Other,
}

/// A place (the data type `civic-location`, section 10).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CivicLocation {
    /// Name.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Floor, room, rack.
    pub building_details: Option<String>,
    /// Wiring closet, rack, socket.
    pub network_details: Option<String>,
    /// A word of the closed list of regions.
    pub region: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// State or province.
    pub administrative_area: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Street and number.
    pub street_address: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Degrees north, as a text.
    pub latitude: Option<String>,
    /// Degrees east, as a text.
    pub longitude: Option<String>,
    /// Metres, as a text.
    pub precision: Option<String>,
    /// Carried along.
    pub other: Other,
}
