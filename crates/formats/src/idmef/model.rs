//! The classes and attributes of every version, as a table: what the reader, the checks and the paths go by.
//! Facts of draft-lehmann-idmefv2-08, sections 5.2 to 5.7, and of the schemas of the versions before it.

use super::{
    version::{ALL, DRAFTS, DRAFTS_06, ONLY_07, ONLY_203, SINCE_07, SINCE_08, UNTIL_06, Version, Versions},
    words::{self, Word},
};

/// What a value is made of.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// The name of the version itself.
    Version,
    /// Any text.
    Text,
    /// A name that should say something: any text, not an empty one.
    Name,
    Uuid,
    Time,
    Geo,
    UnLocode,
    Uri,
    Ip,
    Email,
    /// The name of an attachment or observable.
    Label,
    /// A reference to an attachment by its name.
    Handle,
    Media,
    Protocol,
    Hash,
    Port,
    Size,
    Confidence,
    /// Any number.
    Number,
    Path,
    Ti,
    /// A text that holds JSON.
    Zone,
    Encoding,
    Content,
    Words(&'static [Word]),
}

/// An attribute of a class.
#[derive(Debug)]
pub struct Attribute {
    pub name: &'static str,
    pub kind: Kind,
    /// Whether it is a list.
    pub many: bool,
    pub versions: Versions,
    pub required: Option<Versions>,
}

/// A class.
#[derive(Debug)]
pub struct Class {
    pub name: &'static str,
    pub source: &'static str,
    pub attributes: &'static [Attribute],
    /// The versions that have it.
    pub versions: Versions,
    /// Whether an alert has a list of them.
    pub many: bool,
}

impl Class {
    /// The attribute of this name in this version.
    pub fn attribute(&self, version: Version, name: &str) -> Option<(usize, &'static Attribute)> {
        self.attributes
            .iter()
            .enumerate()
            .find(|(_, attribute)| attribute.name == name && attribute.versions.has(version))
    }

    /// The attributes that this version demands.
    pub fn required(&self, version: Version) -> impl Iterator<Item = (usize, &'static Attribute)> {
        let demanded = move |attribute: &Attribute| attribute.required.is_some_and(|set| set.has(version));
        self.attributes.iter().enumerate().filter(move |(_, attribute)| demanded(attribute))
    }
}

const fn one(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, many: false, versions: ALL, required: None }
}

const fn many(name: &'static str, kind: Kind) -> Attribute {
    Attribute { many: true, ..one(name, kind) }
}

impl Attribute {
    const fn within(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }

    const fn demanded(self, versions: Versions) -> Self {
        Self { required: Some(versions), ..self }
    }
}

const SINCE_06: Versions = Versions::span(Version::V06, Version::V09Dev);
const ONLY_06: Versions = Versions::span(Version::V06, Version::V06);
const SINCE_04: Versions = Versions::span(Version::V04, Version::V09Dev);
const UNTIL_03: Versions = Versions::span(Version::V203, Version::V03);
const UNTIL_05: Versions = Versions::span(Version::V203, Version::V05);
const UNTIL_07: Versions = Versions::span(Version::V203, Version::V07);

/// The classes within an alert, in the order of the draft; those that newer versions removed last.
pub static PARTS: [&Class; 7] = [&ANALYZER, &SENSOR, &SOURCE, &TARGET, &ATTACHMENT, &VECTOR, &OBSERVABLE];

/// The part of this name in this version.
pub fn part(version: Version, name: &str) -> Option<&'static Class> {
    PARTS.into_iter().find(|class| class.name == name && class.versions.has(version))
}

pub static ALERT: Class = Class {
    name: "Alert",
    source: "draft-lehmann-idmefv2-08, 5.2",
    versions: ALL,
    many: false,
    attributes: &[
        one("Version", Kind::Version).demanded(ALL),
        one("ID", Kind::Uuid).demanded(ALL),
        one("Entity", Kind::Text).within(UNTIL_03),
        one("OrganisationName", Kind::Text).within(SINCE_04),
        one("OrganisationId", Kind::Text).within(SINCE_04),
        one("EntityName", Kind::Text).within(SINCE_04),
        one("EntityId", Kind::Text).within(SINCE_04),
        many("EntitySector", Kind::Words(&words::ENTITY_SECTOR)).within(SINCE_07),
        many("Type", Kind::Words(&words::TYPE)).within(SINCE_07),
        many("Category", Kind::Words(&words::CATEGORY)),
        one("ext-Category", Kind::Text).within(DRAFTS_06),
        many("ext-Category", Kind::Text).within(SINCE_07),
        one("Cause", Kind::Words(&words::CAUSE)),
        one("Description", Kind::Text),
        one("Status", Kind::Words(&words::STATUS)).within(UNTIL_07),
        many("Status", Kind::Words(&words::STATUS)).within(SINCE_08),
        one("Severity", Kind::Words(&words::SEVERITY)).within(ONLY_203),
        one("Priority", Kind::Words(&words::PRIORITY)).within(DRAFTS),
        one("Confidence", Kind::Confidence),
        one("Note", Kind::Text),
        one("CreateTime", Kind::Time).demanded(ALL),
        one("StartTime", Kind::Time),
        one("EndTime", Kind::Time).within(DRAFTS),
        one("CeaseTime", Kind::Time).within(ONLY_203),
        one("DeleteTime", Kind::Time).within(ONLY_203),
        one("ReportTime", Kind::Time).within(SINCE_08),
        many("AltNames", Kind::Text),
        many("AltCategory", Kind::Text),
        many("Ref", Kind::Uri),
        many("CorrelID", Kind::Uuid),
        many("AggrCondition", Kind::Path),
        many("PredID", Kind::Uuid),
        many("RelID", Kind::Uuid),
    ],
};

pub static ANALYZER: Class = Class {
    name: "Analyzer",
    source: "draft-lehmann-idmefv2-08, 5.3",
    versions: ALL,
    many: false,
    attributes: &[
        one("ID", Kind::Uuid).within(SINCE_06).demanded(ONLY_07),
        one("IP", Kind::Ip).demanded(UNTIL_05),
        one("Name", Kind::Name).demanded(ALL),
        one("Hostname", Kind::Text),
        one("Model", Kind::Text).demanded(ONLY_203),
        one("Type", Kind::Words(&words::ANALYZER_TYPE)).within(ONLY_203),
        many("Type", Kind::Words(&words::ANALYZER_TYPE)).within(DRAFTS_06),
        many("Category", Kind::Words(&words::ANALYZER_CATEGORY)).demanded(ONLY_203),
        one("ext-Category", Kind::Text).within(DRAFTS_06),
        many("ext-Category", Kind::Text).within(SINCE_07),
        many("Data", Kind::Words(&words::ANALYZER_DATA)).demanded(ONLY_203),
        one("ext-Data", Kind::Text).within(DRAFTS_06),
        many("ext-Data", Kind::Text).within(SINCE_07),
        many("Method", Kind::Words(&words::ANALYZER_METHOD)).demanded(ONLY_203),
        one("ext-Method", Kind::Text).within(DRAFTS_06),
        many("ext-Method", Kind::Text).within(SINCE_07),
        one("GeoLocation", Kind::Geo),
        one("UnLocation", Kind::UnLocode),
        one("Location", Kind::Text),
    ],
};

pub static SENSOR: Class = Class {
    name: "Sensor",
    source: "draft-lehmann-idmefv2-08, 5.4",
    versions: ALL,
    many: true,
    attributes: &[
        one("ID", Kind::Uuid).within(SINCE_06).demanded(ONLY_07),
        one("IP", Kind::Ip).demanded(UNTIL_05),
        one("Name", Kind::Name).demanded(ALL),
        one("Hostname", Kind::Text),
        one("Model", Kind::Text).demanded(ONLY_203),
        one("GeoLocation", Kind::Geo).within(DRAFTS),
        one("UnLocation", Kind::UnLocode),
        one("Location", Kind::Text),
        one("CaptureZone", Kind::Zone),
    ],
};

pub static SOURCE: Class = Class {
    name: "Source",
    source: "draft-lehmann-idmefv2-08, 5.5",
    versions: ALL,
    many: true,
    attributes: &[
        one("ID", Kind::Uuid).within(SINCE_06).demanded(SINCE_07),
        one("IP", Kind::Ip),
        one("Hostname", Kind::Text),
        many("Category", Kind::Words(&words::SOURCE_CATEGORY)).within(SINCE_08),
        one("Note", Kind::Text),
        many("TI", Kind::Ti),
        one("User", Kind::Text),
        one("Email", Kind::Email),
        many("Protocol", Kind::Protocol),
        many("Port", Kind::Port),
        one("GeoLocation", Kind::Geo),
        one("UnLocation", Kind::UnLocode),
        one("Location", Kind::Text),
        many("Attachment", Kind::Handle),
        many("Observable", Kind::Label).within(ONLY_203),
    ],
};

pub static TARGET: Class = Class {
    name: "Target",
    source: "draft-lehmann-idmefv2-08, 5.6",
    versions: ALL,
    many: true,
    attributes: &[
        one("ID", Kind::Uuid).within(SINCE_06).demanded(SINCE_07),
        one("IP", Kind::Ip),
        one("Hostname", Kind::Text),
        many("Category", Kind::Words(&words::TARGET_CATEGORY)).within(SINCE_08),
        one("Note", Kind::Text),
        one("Service", Kind::Text),
        one("User", Kind::Text),
        one("Email", Kind::Email),
        many("Port", Kind::Port),
        one("GeoLocation", Kind::Geo),
        one("UnLocation", Kind::UnLocode),
        one("Location", Kind::Text),
        many("Attachment", Kind::Handle),
        many("Observable", Kind::Label).within(ONLY_203),
    ],
};

pub static ATTACHMENT: Class = Class {
    name: "Attachment",
    source: "draft-lehmann-idmefv2-08, 5.7",
    versions: ALL,
    many: true,
    attributes: &[
        one("Name", Kind::Label).demanded(ALL),
        one("FileName", Kind::Text),
        many("Hash", Kind::Hash),
        one("Size", Kind::Size),
        many("Ref", Kind::Uri),
        many("ExternalURI", Kind::Uri),
        one("Note", Kind::Text),
        one("ContentType", Kind::Media),
        one("ContentEncoding", Kind::Encoding),
        one("Content", Kind::Content),
    ],
};

pub static VECTOR: Class = Class {
    name: "Vector",
    source: "published schema of draft 06",
    versions: UNTIL_06,
    many: true,
    attributes: &[
        one("ID", Kind::Uuid).within(ONLY_06),
        many("Category", Kind::Words(&words::VECTOR_CATEGORY)).demanded(UNTIL_05),
        one("ext-Category", Kind::Text).within(DRAFTS_06),
        one("Name", Kind::Text),
        one("Note", Kind::Text),
        one("Size", Kind::Words(&words::VECTOR_SIZE)).within(ONLY_203),
        many("TI", Kind::Text),
        one("GeoLocation", Kind::Geo),
        one("GeoRadius", Kind::Number),
        one("UnLocation", Kind::UnLocode),
        one("Location", Kind::Text),
        many("Attachment", Kind::Handle),
        many("Observable", Kind::Label).within(ONLY_203),
    ],
};

pub static OBSERVABLE: Class = Class {
    name: "Observable",
    source: "published schema of 2.0.3",
    versions: ONLY_203,
    many: true,
    attributes: &[
        one("Name", Kind::Label).demanded(ALL),
        one("Reference", Kind::Text),
        one("Content", Kind::Text).demanded(ALL),
    ],
};
