//! What the parts of an event share on the way to STIX: identifiers, times, labels, markings.

use std::collections::{HashMap, HashSet};

use super::{draft::Draft, ids, marking};
use crate::{
    Json,
    misp::{Event, Galaxy, Tag, time},
};

/// A part of the event that a STIX object stands for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The attribute of this index.
    Attribute(usize),
    /// The object of this index, with those that are written into it.
    Object(usize),
}

/// The bundle in the making.
#[derive(Debug)]
pub struct Writer<'e> {
    pub event: &'e Event<'e>,
    /// The identity that made the event.
    pub creator: String,
    /// When the event was last changed, in seconds since 1970.
    pub changed: i64,
    pub objects: Vec<Json<'e>>,
    pub relations: Vec<Json<'e>>,
    ids: HashSet<String>,
    /// The objects that stand for what MISP calls by this UUID; the first is the one to point to.
    pub stands_for: HashMap<&'e str, Vec<String>>,
    /// Which object stands for which part, by the index in `objects`.
    pub parts: Vec<(usize, Part)>,
    markings: Vec<&'static str>,
}

/// What tags become.
#[derive(Debug, Default)]
pub struct Tagged<'e> {
    pub labels: Vec<&'e str>,
    markings: Vec<&'static str>,
    confidence: Option<u8>,
}

impl<'e> Writer<'e> {
    pub fn new(event: &'e Event<'e>) -> Self {
        let day = event.date().and_then(time::seconds);
        let changed = event.timestamp().filter(|seconds| is_year_fit(*seconds)).or(day).unwrap_or(0);
        let mut writer = Self {
            event,
            creator: String::new(),
            changed,
            objects: Vec::new(),
            relations: Vec::new(),
            ids: HashSet::new(),
            stands_for: HashMap::new(),
            parts: Vec::new(),
            markings: Vec::new(),
        };
        let creator = event.creator();
        let name =
            creator.and_then(|creator| creator.name()).filter(|name| !name.is_empty()).unwrap_or("unknown");
        writer.creator = writer.identity(creator.and_then(|creator| creator.uuid()), name);
        writer
    }

    /// The identity of an organisation.
    pub fn identity(&mut self, uuid: Option<&'e str>, name: &'e str) -> String {
        let uuid = match uuid.filter(|uuid| ids::is_fit(uuid)) {
            Some(uuid) => uuid.to_owned(),
            None => ids::of_text(&format!("organisation {name}")),
        };
        let id = format!("identity--{uuid}");
        if self.ids.insert(id.clone()) {
            let mut draft = Draft::new("identity", id.clone());
            self.times(&mut draft, self.changed);
            draft.text("name", name);
            draft.text("identity_class", "organization");
            self.objects.push(draft.done());
        }
        id
    }

    /// An identifier that no other object of the bundle has: that of MISP, or one that follows from `seed`.
    pub fn claim(&mut self, kind: &str, uuid: Option<&str>, seed: &str) -> String {
        if let Some(uuid) = uuid.filter(|uuid| ids::is_fit(uuid)) {
            let id = format!("{kind}--{uuid}");
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
        let event = self.event.uuid().unwrap_or_default();
        let mut id = format!("{kind}--{}", ids::of_text(&format!("{event} {kind} {seed}")));
        while !self.ids.insert(id.clone()) {
            id = format!("{kind}--{}", ids::of_text(&id));
        }
        id
    }

    /// Whether the bundle has this object.
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Begins an object that the creator made, last changed at these seconds.
    pub fn draft(&self, kind: &'static str, id: String, seconds: i64) -> Draft<'e> {
        let mut draft = Draft::new(kind, id);
        draft.text("created_by_ref", self.creator.clone());
        self.times(&mut draft, seconds);
        draft
    }

    /// When something was made and last changed.
    pub fn times(&self, draft: &mut Draft<'e>, seconds: i64) {
        let time = time::of_seconds(seconds);
        draft.text("created", time.clone());
        draft.text("modified", time);
    }

    /// The seconds of a part, or of the event where it has none.
    pub fn seconds(&self, timestamp: Option<i64>) -> i64 {
        timestamp.filter(|seconds| is_year_fit(*seconds)).unwrap_or(self.changed)
    }

    /// What tags become, without those that clusters stand for.
    pub fn tagged(&mut self, tags: impl Iterator<Item = Tag<'e>>, linked: &[String]) -> Tagged<'e> {
        let mut tagged = Tagged::default();
        for name in tags.filter_map(|tag| tag.name()) {
            if let Some(id) = marking::of_tag(name) {
                tagged.markings.push(id);
                if !self.markings.contains(&id) {
                    self.markings.push(id);
                }
                continue;
            }
            if let Some(confidence) = marking::confidence(name) {
                tagged.confidence = Some(tagged.confidence.map_or(confidence, |known| known.min(confidence)));
            }
            if !name.is_empty()
                && !tagged.labels.contains(&name)
                && !linked.iter().any(|linked| linked == name)
            {
                tagged.labels.push(name);
            }
        }
        tagged
    }

    /// Writes what tags became.
    pub fn tag(&self, draft: &mut Draft<'e>, labels: Vec<String>, tagged: &Tagged<'e>) {
        let own = labels.into_iter().map(Json::text);
        let all: Vec<Json<'e>> = own.chain(tagged.labels.iter().map(|label| Json::text(*label))).collect();
        if !all.is_empty() {
            draft.put("labels", Json::List(all));
        }
        if let Some(confidence) = tagged.confidence {
            draft.put("confidence", Json::Number(confidence.to_string().into()));
        }
        draft.texts("object_marking_refs", tagged.markings.iter().copied());
    }

    /// From one object to another; the same relation is written once.
    pub fn relate(&mut self, source: &str, relation: &'e str, target: &str, seconds: i64) {
        let id = format!("relationship--{}", ids::of_text(&format!("{source} - {relation} - {target}")));
        self.relation(id, (source, relation, target), seconds);
    }

    /// As above, with an identifier.
    pub fn relation(&mut self, id: String, (source, relation, target): (&str, &'e str, &str), seconds: i64) {
        if !self.ids.insert(id.clone()) {
            return;
        }
        // STIX knows small letters, digits and hyphens (5.1); what stood there is kept as a difference.
        let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let said = if relation.bytes().all(fine) { relation } else { "related-to" };
        let mut draft = self.draft("relationship", id, seconds);
        draft.text("relationship_type", said);
        draft.text("source_ref", source.to_owned());
        draft.text("target_ref", target.to_owned());
        self.relations.push(draft.done());
    }

    /// The objects that stand for a part; the first is the one that carries what STIX cannot say.
    pub fn stand_for(&mut self, uuid: Option<&'e str>, part: Part, first: usize, ids: Vec<String>) {
        self.parts.push((first, part));
        if let Some(uuid) = uuid {
            self.stands_for.entry(uuid).or_default().extend(ids);
        }
    }

    /// The marking definitions in use.
    pub fn marking_objects(&self) -> impl Iterator<Item = Json<'e>> + '_ {
        self.markings.iter().filter_map(|id| marking::definition(id))
    }

    /// The tags that the clusters of these galaxies stand for.
    pub fn linked(galaxies: impl Iterator<Item = Galaxy<'e>>) -> Vec<String> {
        galaxies
            .flat_map(|galaxy| {
                let kind = galaxy.kind().unwrap_or_default();
                galaxy
                    .clusters()
                    .map(move |cluster| {
                        format!("misp-galaxy:{kind}=\"{}\"", cluster.value().unwrap_or_default())
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    }
}

/// From 1970 to 9999, what STIX can write.
const fn is_year_fit(seconds: i64) -> bool {
    seconds > 0 && seconds < 253_402_300_800
}
