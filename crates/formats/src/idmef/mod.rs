//! IDMEFv2, the Incident Detection Message Exchange Format: alerts of draft 08, read from every version in
//! the wild, checked against the text or the published schema, built so that they cannot be invalid.

mod build;
mod check;
mod checked;
mod keyword;
mod keywords;
mod migrate;
mod model;
mod path;
mod read;
mod stix;
mod syntax;
mod types;
mod version;
mod words;
mod write;

pub use build::{AlertBuilder, BuildError};
pub use check::{Options, check, check_bytes};
pub use checked::{
    Checked, Email, GeoLocation, Hash, Ip, Label, MediaType, PathText, Protocol, Syntax, Ti, Time, UnLocode,
    Uri, Uuid,
};
pub use keyword::{
    AnalyzerCategory, AnalyzerData, AnalyzerMethod, Category, Cause, EntitySector, IncidentType, Keyword,
    List, Priority, SourceCategory, Status, TargetCategory,
};
pub use keywords::{category_to_rsit, category_to_stix, former_keywords, sector_to_law, sector_to_stix};
pub use path::{Path, PathError};
pub use read::{read, read_value};
pub use stix::{from_stix, from_stix_value, to_stix, to_stix_bundle};
pub(crate) use syntax::to_base64 as base64;
pub use types::{Alert, Analyzer, Attachment, Encoding, Other, Sensor, Source, Target};
pub use version::Version;
pub use words::label;
