//! The alert of draft 08 (sections 5.2 to 5.7), typed.
//!
//! Every part has `other`: members that are not of draft 08, and values that do not follow its types. They
//! are carried as they came and written back in their place, so that nothing is lost by reading; an alert
//! without any `other` that has its mandatory members is a valid one.

use super::{
    AnalyzerCategory, AnalyzerData, AnalyzerMethod, Category, Cause, Email, EntitySector, GeoLocation, Hash,
    IncidentType, Ip, Label, MediaType, PathText, Priority, Protocol, SourceCategory, Status, TargetCategory,
    Ti, Time, UnLocode, Uri, Uuid, Version,
};
use crate::Json;

/// What is carried without being understood: name and value.
pub type Other = Vec<(String, Json<'static>)>;

/// An alert.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alert {
    /// The version that it came in; what it is written in is always draft 08.
    pub came_as: Option<Version>,
    /// Identifier of the alert; mandatory.
    pub id: Option<Uuid>,
    /// The organisation, for a manager of several.
    pub organisation_name: Option<String>,
    /// Its official number.
    pub organisation_id: Option<String>,
    /// The part of the organisation where it happened.
    pub entity_name: Option<String>,
    /// Its number.
    pub entity_id: Option<String>,
    /// The sectors in which the entity works.
    pub entity_sector: Vec<EntitySector>,
    /// Cyber, physical, availability, combined.
    pub incident_type: Vec<IncidentType>,
    /// What kind of incident.
    pub category: Vec<Category>,
    /// Private categories; only with the category `Other.ext-value`.
    pub ext_category: Vec<String>,
    /// Why it happened.
    pub cause: Option<Cause>,
    /// In one sentence, for people.
    pub description: Option<String>,
    /// Where the alert stands in its life.
    pub status: Vec<Status>,
    /// How soon to act.
    pub priority: Option<Priority>,
    /// From 0 to 1, with the digits that it was written with.
    pub confidence: Option<String>,
    /// More for people.
    pub note: Option<String>,
    /// When the alert was made; mandatory.
    pub create_time: Option<Time>,
    /// When the event began.
    pub start_time: Option<Time>,
    /// When the event ended.
    pub end_time: Option<Time>,
    /// When it was reported.
    pub report_time: Option<Time>,
    /// Identifiers elsewhere, of tickets for example.
    pub alt_names: Vec<String>,
    /// Categories of other taxonomies.
    pub alt_category: Vec<String>,
    /// Where to read more.
    pub reference: Vec<Uri>,
    /// The alerts that this one was concluded from.
    pub correl_id: Vec<Uuid>,
    /// What aggregated alerts have in common.
    pub aggr_condition: Vec<PathText>,
    /// The alerts that this one replaces.
    pub pred_id: Vec<Uuid>,
    /// Related alerts.
    pub rel_id: Vec<Uuid>,
    /// Who says so; mandatory.
    pub analyzer: Option<Analyzer>,
    /// What captured the data.
    pub sensor: Vec<Sensor>,
    /// Where it came from.
    pub source: Vec<Source>,
    /// What it met.
    pub target: Vec<Target>,
    /// Files and data.
    pub attachment: Vec<Attachment>,
    /// Carried along.
    pub other: Other,
}

/// What analysed the data and made the alert.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analyzer {
    /// Identifier.
    pub id: Option<Uuid>,
    /// Address.
    pub ip: Option<Ip>,
    /// Name; mandatory.
    pub name: Option<String>,
    /// Name of the machine.
    pub hostname: Option<String>,
    /// Product, maker, version.
    pub model: Option<String>,
    /// What kind of tool.
    pub category: Vec<AnalyzerCategory>,
    /// Private kinds.
    pub ext_category: Vec<String>,
    /// What data it looks at.
    pub data: Vec<AnalyzerData>,
    /// Private kinds of data.
    pub ext_data: Vec<String>,
    /// How it concludes.
    pub method: Vec<AnalyzerMethod>,
    /// Private methods.
    pub ext_method: Vec<String>,
    /// Coordinates.
    pub geo_location: Option<GeoLocation>,
    /// Code of the place.
    pub un_location: Option<UnLocode>,
    /// The name of the place in the house.
    pub location: Option<String>,
    /// Carried along.
    pub other: Other,
}

/// What captured the data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sensor {
    /// Identifier.
    pub id: Option<Uuid>,
    /// Address.
    pub ip: Option<Ip>,
    /// Name; mandatory.
    pub name: Option<String>,
    /// Name of the machine.
    pub hostname: Option<String>,
    /// Product, maker, version.
    pub model: Option<String>,
    /// Coordinates.
    pub geo_location: Option<GeoLocation>,
    /// Code of the place.
    pub un_location: Option<UnLocode>,
    /// The name of the place in the house.
    pub location: Option<String>,
    /// What it sees, as JSON in a text.
    pub capture_zone: Option<String>,
    /// Carried along.
    pub other: Other,
}

/// Where the event came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Identifier; mandatory.
    pub id: Option<Uuid>,
    /// Address.
    pub ip: Option<Ip>,
    /// Name of the machine; empty when it was sought and not found.
    pub hostname: Option<String>,
    /// What kind of thing was observed.
    pub category: Vec<SourceCategory>,
    /// For people.
    pub note: Option<String>,
    /// What threat intelligence knows.
    pub ti: Vec<Ti>,
    /// Account.
    pub user: Option<String>,
    /// Mail address.
    pub email: Option<Email>,
    /// From the lowest layer to the highest.
    pub protocol: Vec<Protocol>,
    /// Ports.
    pub port: Vec<u16>,
    /// Coordinates.
    pub geo_location: Option<GeoLocation>,
    /// Code of the place.
    pub un_location: Option<UnLocode>,
    /// The name of the place in the house.
    pub location: Option<String>,
    /// Names of attachments.
    pub attachment: Vec<Label>,
    /// Carried along.
    pub other: Other,
}

/// What the event met.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// Identifier; mandatory.
    pub id: Option<Uuid>,
    /// Address.
    pub ip: Option<Ip>,
    /// Name of the machine; empty when it was sought and not found.
    pub hostname: Option<String>,
    /// What kind of asset.
    pub category: Vec<TargetCategory>,
    /// For people.
    pub note: Option<String>,
    /// The service or process that suffers.
    pub service: Option<String>,
    /// Account.
    pub user: Option<String>,
    /// Mail address.
    pub email: Option<Email>,
    /// Ports.
    pub port: Vec<u16>,
    /// Coordinates.
    pub geo_location: Option<GeoLocation>,
    /// Code of the place.
    pub un_location: Option<UnLocode>,
    /// The name of the place in the house.
    pub location: Option<String>,
    /// Names of attachments.
    pub attachment: Vec<Label>,
    /// Carried along.
    pub other: Other,
}

/// How the content of an attachment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A JSON object in a text; so too when nothing is said.
    Json,
    /// Base64 with padding.
    Base64,
}

/// A file or data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attachment {
    /// Its name within the alert; mandatory.
    pub name: Option<Label>,
    /// The name of the file.
    pub file_name: Option<String>,
    /// Hashes of the raw content.
    pub hash: Vec<Hash>,
    /// Bytes of the raw content.
    pub size: Option<u64>,
    /// Where to read more.
    pub reference: Vec<Uri>,
    /// Where the content is.
    pub external_uri: Vec<Uri>,
    /// For people.
    pub note: Option<String>,
    /// Media type.
    pub content_type: Option<MediaType>,
    /// How the content is written.
    pub content_encoding: Option<Encoding>,
    /// The content.
    pub content: Option<String>,
    /// Carried along.
    pub other: Other,
}
