//! Alerts to JSON: draft 08, in the order of its sections.

use std::borrow::Cow;

use super::{
    Alert, Analyzer, Attachment, Checked, Encoding, Keyword, List, Other, Sensor, Source, Target, Version,
};
use crate::{Json, Member};

/// Compact JSON; `{:#}` is indented.
impl std::fmt::Display for Alert {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let json = self.to_json();
        if out.alternate() { write!(out, "{json:#}") } else { write!(out, "{json}") }
    }
}

impl Alert {
    /// The alert as JSON of draft 08.
    #[must_use]
    pub fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("Version", Some(Version::V08.text()));
        to.checked("ID", self.id.as_ref());
        to.text("OrganisationName", self.organisation_name.as_deref());
        to.text("OrganisationId", self.organisation_id.as_deref());
        to.text("EntityName", self.entity_name.as_deref());
        to.text("EntityId", self.entity_id.as_deref());
        to.keywords("EntitySector", &self.entity_sector);
        to.keywords("Type", &self.incident_type);
        to.keywords("Category", &self.category);
        to.texts("ext-Category", &self.ext_category);
        to.keyword("Cause", self.cause);
        to.text("Description", self.description.as_deref());
        to.keywords("Status", &self.status);
        to.keyword("Priority", self.priority);
        to.number("Confidence", self.confidence.as_deref());
        to.text("Note", self.note.as_deref());
        to.checked("CreateTime", self.create_time.as_ref());
        to.checked("StartTime", self.start_time.as_ref());
        to.checked("EndTime", self.end_time.as_ref());
        to.checked("ReportTime", self.report_time.as_ref());
        to.texts("AltNames", &self.alt_names);
        to.texts("AltCategory", &self.alt_category);
        to.all_checked("Ref", &self.reference);
        to.all_checked("CorrelID", &self.correl_id);
        to.all_checked("AggrCondition", &self.aggr_condition);
        to.all_checked("PredID", &self.pred_id);
        to.all_checked("RelID", &self.rel_id);
        if let Some(analyzer) = &self.analyzer {
            to.put("Analyzer", analyzer.to_json());
        }
        to.parts("Sensor", &self.sensor, Sensor::to_json);
        to.parts("Source", &self.source, Source::to_json);
        to.parts("Target", &self.target, Target::to_json);
        to.parts("Attachment", &self.attachment, Attachment::to_json);
        to.finish()
    }
}

impl Analyzer {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.checked("ID", self.id.as_ref());
        to.checked("IP", self.ip.as_ref());
        to.text("Name", self.name.as_deref());
        to.text("Hostname", self.hostname.as_deref());
        to.text("Model", self.model.as_deref());
        to.keywords("Category", &self.category);
        to.texts("ext-Category", &self.ext_category);
        to.keywords("Data", &self.data);
        to.texts("ext-Data", &self.ext_data);
        to.keywords("Method", &self.method);
        to.texts("ext-Method", &self.ext_method);
        to.checked("GeoLocation", self.geo_location.as_ref());
        to.checked("UnLocation", self.un_location.as_ref());
        to.text("Location", self.location.as_deref());
        to.finish()
    }
}

impl Sensor {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.checked("ID", self.id.as_ref());
        to.checked("IP", self.ip.as_ref());
        to.text("Name", self.name.as_deref());
        to.text("Hostname", self.hostname.as_deref());
        to.text("Model", self.model.as_deref());
        to.checked("GeoLocation", self.geo_location.as_ref());
        to.checked("UnLocation", self.un_location.as_ref());
        to.text("Location", self.location.as_deref());
        to.text("CaptureZone", self.capture_zone.as_deref());
        to.finish()
    }
}

impl Source {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.checked("ID", self.id.as_ref());
        to.checked("IP", self.ip.as_ref());
        to.text("Hostname", self.hostname.as_deref());
        to.keywords("Category", &self.category);
        to.text("Note", self.note.as_deref());
        to.all_checked("TI", &self.ti);
        to.text("User", self.user.as_deref());
        to.checked("Email", self.email.as_ref());
        to.all_checked("Protocol", &self.protocol);
        to.ports(&self.port);
        to.checked("GeoLocation", self.geo_location.as_ref());
        to.checked("UnLocation", self.un_location.as_ref());
        to.text("Location", self.location.as_deref());
        to.all_checked("Attachment", &self.attachment);
        to.finish()
    }
}

impl Target {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.checked("ID", self.id.as_ref());
        to.checked("IP", self.ip.as_ref());
        to.text("Hostname", self.hostname.as_deref());
        to.keywords("Category", &self.category);
        to.text("Note", self.note.as_deref());
        to.text("Service", self.service.as_deref());
        to.text("User", self.user.as_deref());
        to.checked("Email", self.email.as_ref());
        to.ports(&self.port);
        to.checked("GeoLocation", self.geo_location.as_ref());
        to.checked("UnLocation", self.un_location.as_ref());
        to.text("Location", self.location.as_deref());
        to.all_checked("Attachment", &self.attachment);
        to.finish()
    }
}

impl Encoding {
    /// As it stands on the wire.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Base64 => "base64",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Json, Self::Base64].into_iter().find(|encoding| encoding.text() == text)
    }
}

impl Attachment {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.checked("Name", self.name.as_ref());
        to.text("FileName", self.file_name.as_deref());
        to.all_checked("Hash", &self.hash);
        if let Some(size) = self.size {
            to.put("Size", Json::Number(Cow::Owned(size.to_string())));
        }
        to.all_checked("Ref", &self.reference);
        to.all_checked("ExternalURI", &self.external_uri);
        to.text("Note", self.note.as_deref());
        to.checked("ContentType", self.content_type.as_ref());
        to.text("ContentEncoding", self.content_encoding.map(Encoding::text));
        to.text("Content", self.content.as_deref());
        to.finish()
    }
}

/// Collects members; what was carried along under the same name has the last word.
struct Writer<'a> {
    members: Vec<Member<'a>>,
    other: &'a Other,
}

impl<'a> Writer<'a> {
    const fn over(other: &'a Other) -> Self {
        Self { members: Vec::new(), other }
    }

    fn put(&mut self, name: &'a str, value: Json<'a>) {
        if !self.other.iter().any(|(other, _)| other == name) {
            self.members.push(Member { name: Cow::Borrowed(name), value });
        }
    }

    fn text(&mut self, name: &'a str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.put(name, Json::text(text));
        }
    }

    fn number(&mut self, name: &'a str, digits: Option<&'a str>) {
        if let Some(digits) = digits {
            self.put(name, Json::Number(Cow::Borrowed(digits)));
        }
    }

    fn checked<S>(&mut self, name: &'a str, text: Option<&'a Checked<S>>) {
        self.text(name, text.map(Checked::as_str));
    }

    fn keyword<L: List>(&mut self, name: &'a str, word: Option<Keyword<L>>) {
        self.text(name, word.map(|word| word.text()));
    }

    fn list(&mut self, name: &'a str, items: Vec<Json<'a>>) {
        if !items.is_empty() {
            self.put(name, Json::List(items));
        }
    }

    fn texts(&mut self, name: &'a str, texts: &'a [String]) {
        self.list(name, texts.iter().map(|text| Json::text(text.as_str())).collect());
    }

    fn all_checked<S>(&mut self, name: &'a str, texts: &'a [Checked<S>]) {
        self.list(name, texts.iter().map(|text| Json::text(text.as_str())).collect());
    }

    fn keywords<L: List>(&mut self, name: &'a str, words: &'a [Keyword<L>]) {
        self.list(name, words.iter().map(|word| Json::text(word.text())).collect());
    }

    fn ports(&mut self, ports: &'a [u16]) {
        self.list("Port", ports.iter().map(|port| Json::Number(Cow::Owned(port.to_string()))).collect());
    }

    fn parts<T>(&mut self, name: &'a str, parts: &'a [T], write: impl Fn(&'a T) -> Json<'a>) {
        self.list(name, parts.iter().map(write).collect());
    }

    fn finish(mut self) -> Json<'a> {
        for (name, value) in self.other {
            self.members.push(Member { name: Cow::Borrowed(name), value: value.clone() });
        }
        Json::Object(self.members)
    }
}
