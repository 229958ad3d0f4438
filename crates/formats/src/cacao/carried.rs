//! Playbooks within other formats: a card of metadata, and the playbook itself in Base64. Secrets travel with
//! it: whoever shares takes them out first ([`super::strip_secrets`]).

mod misp;
mod stix;

pub use misp::{from_misp, to_misp_object};
pub use stix::{EXTENSION as STIX_EXTENSION, from_stix, to_course_of_action, to_stix_bundle};

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{Identifier, Playbook, Timestamp, read, sign::decoded};
use crate::{Json, Limits, Loss, Reading, json::short};

/// What other formats know of a playbook.
#[derive(Clone, Debug, Default, PartialEq)]
struct Card {
    id: Option<String>,
    name: Option<String>,
    description: Option<String>,
    creator: Option<String>,
    created: Option<String>,
    modified: Option<String>,
    revoked: Option<bool>,
    valid_from: Option<String>,
    valid_until: Option<String>,
    labels: Vec<String>,
    types: Vec<String>,
    organization_types: Vec<String>,
    impact: Option<u64>,
    severity: Option<u64>,
    priority: Option<u64>,
    /// The notation of the content, such as `cacao` or `BPMN`.
    standard: Option<String>,
    /// The playbook, in Base64.
    content: Option<String>,
}

impl Card {
    fn of(playbook: &Playbook) -> Self {
        let text = |time: &Option<Timestamp>| time.as_ref().map(|time| time.as_str().to_owned());
        let id = |id: &Option<Identifier>| id.as_ref().map(|id| id.as_str().to_owned());
        Self {
            id: id(&playbook.id),
            name: playbook.name.clone(),
            description: playbook.description.clone(),
            creator: id(&playbook.created_by),
            created: text(&playbook.created),
            modified: text(&playbook.modified),
            revoked: playbook.revoked,
            valid_from: text(&playbook.valid_from),
            valid_until: text(&playbook.valid_until),
            labels: playbook.labels.clone(),
            types: playbook.playbook_types.clone(),
            organization_types: playbook.industry_sectors.clone(),
            impact: playbook.impact,
            severity: playbook.severity,
            priority: playbook.priority,
            standard: Some("CACAO".to_owned()),
            content: Some(BASE64_STANDARD.encode(playbook.to_string())),
        }
    }

    /// The playbook that the card carries; when it carries none that we can read, one with what the card says.
    fn playbook(self, place: &str, limits: &Limits) -> Reading<Playbook> {
        match self.content(limits) {
            Ok(mut reading) => {
                let losses = std::mem::take(&mut reading.losses);
                let within = |loss: Loss| Loss {
                    what: format!("{}: {}", loss.pointer, loss.what),
                    pointer: place.to_owned(),
                    ..loss
                };
                reading.losses = losses.into_iter().map(within).collect();
                let differences =
                    reading.items.first().map(|playbook| self.differences(playbook)).unwrap_or_default();
                reading.losses.extend(differences.into_iter().map(|what| Loss {
                    pointer: place.to_owned(),
                    what,
                    why: "the playbook itself says otherwise, and has the last word".to_owned(),
                }));
                reading
            }
            Err(why) => {
                let what = "a playbook that cannot be read".to_owned();
                let why = format!("{why}; what is said about it became a playbook without a workflow");
                Reading {
                    items: vec![self.stub()],
                    losses: vec![Loss { pointer: place.to_owned(), what, why }],
                }
            }
        }
    }

    fn content(&self, limits: &Limits) -> Result<Reading<Playbook>, String> {
        let standard = self.standard.as_deref().unwrap_or("cacao");
        if !standard.to_ascii_lowercase().contains("cacao") {
            return Err(format!("it is of the standard \"{}\", not of CACAO", short(standard)));
        }
        let content = self.content.as_deref().ok_or("it is not embedded")?;
        if content.len() / 4 > limits.bytes / 3 {
            return Err(format!("it is larger than {} bytes", limits.bytes));
        }
        let bytes = decoded(content).ok_or("it is no Base64")?;
        let reading = read(&bytes, limits);
        let is_playbook = |playbook: &Playbook| playbook.object_type.as_deref() == Some("playbook");
        if reading.items.len() == 1 && reading.items.iter().all(is_playbook) {
            Ok(reading)
        } else {
            Err("the embedded text is no playbook of CACAO".to_owned())
        }
    }

    /// What the card says otherwise than the playbook in it.
    fn differences(&self, playbook: &Playbook) -> Vec<String> {
        let inner = Self::of(playbook);
        let mut found = Vec::new();
        // On a card the UUID may stand without the type.
        let is_same = |outer: &str| inner.id.as_deref().is_some_and(|inner| inner.ends_with(outer));
        if let Some(id) = self.id.as_deref().filter(|id| !is_same(id)) {
            found.push(format!("playbook id \"{}\"", short(id)));
        }
        let milliseconds =
            |text: &Option<String>| Timestamp::new(text.clone().unwrap_or_default()).milliseconds();
        if let Some(modified) = &self.modified
            && milliseconds(&self.modified) != milliseconds(&inner.modified)
        {
            found.push(format!("modification time \"{}\"", short(modified)));
        }
        if self.revoked == Some(true) && inner.revoked != Some(true) {
            found.push("revoked".to_owned());
        }
        found
    }

    fn stub(self) -> Playbook {
        let id = |text: Option<String>| text.map(Identifier::new);
        let time = |text: Option<String>| text.map(Timestamp::new);
        Playbook {
            object_type: Some("playbook".to_owned()),
            spec_version: Some("cacao-2.0".to_owned()),
            id: id(self.id),
            name: self.name,
            description: self.description,
            created_by: id(self.creator),
            created: time(self.created),
            modified: time(self.modified),
            revoked: self.revoked,
            valid_from: time(self.valid_from),
            valid_until: time(self.valid_until),
            labels: self.labels,
            playbook_types: self.types,
            industry_sectors: self.organization_types,
            impact: self.impact,
            severity: self.severity,
            priority: self.priority,
            ..Playbook::default()
        }
    }
}

/// Why a playbook is not put into another format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryError {
    /// The other format cannot do without it.
    #[error("the playbook has no {0}: the other format cannot do without it")]
    Missing(&'static str),
    /// The other format cannot do without it, and it is no timestamp.
    #[error("{0} of the playbook is missing or no timestamp: the other format cannot do without it")]
    Time(&'static str),
}

/// The text of a member, as text.
fn text(object: &Json<'_>, name: &str) -> Option<String> {
    object.get(name).and_then(Json::as_text).map(str::to_owned)
}

/// One text, or a list of them.
fn texts(object: &Json<'_>, name: &str) -> Vec<String> {
    match object.get(name) {
        Some(Json::List(items)) => items.iter().filter_map(Json::as_text).map(str::to_owned).collect(),
        Some(one) => one.as_text().map(str::to_owned).into_iter().collect(),
        None => Vec::new(),
    }
}
