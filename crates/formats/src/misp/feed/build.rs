//! Events to the files of a feed.

use super::{Files, HASHES, MANIFEST, entry, hashes};
use crate::{
    Json, Loss, Member,
    misp::{Event, check::is_uuid, types::lenient},
    pointer,
};

/// What goes into a feed.
#[derive(Clone, Copy, Debug)]
pub struct Options<'g> {
    /// The distributions that may go out to whoever fetches the feed. What says nothing, goes; what says 5,
    /// goes with what holds it.
    pub distributions: &'g [i64],
    /// Whether tags that are local to the server go too.
    pub local_tags: bool,
}

impl Default for Options<'_> {
    /// This community and wider; no sharing group, no own organisation, no local tag.
    fn default() -> Self {
        Self { distributions: &[1, 2, 3], local_tags: false }
    }
}

/// The files; what may not go out, or cannot, is named.
#[must_use]
pub fn build(events: &[Event<'_>], options: Options<'_>) -> (Files, Vec<Loss>) {
    let mut files = Files::new();
    let mut losses = Vec::new();
    let mut manifest = Vec::new();
    let mut lines = String::new();
    for (index, event) in events.iter().enumerate() {
        let mut place = pointer::of(&[&index.to_string()]);
        let Some(uuid) = event.uuid().filter(|uuid| is_uuid(uuid)) else {
            losses.push(Loss {
                pointer: place,
                what: "an event without UUID".into(),
                why: "a feed names events by it".into(),
            });
            continue;
        };
        let mut filter = Filter { options, losses: &mut losses, place: &mut place };
        if !filter.may_go(event.json(), "the event") {
            continue;
        }
        let Some(event) = Event::new(filter.class(event.json(), &EVENT)) else { continue };
        for hash in hashes(&event) {
            lines += &format!("{hash},{uuid}\n");
        }
        manifest.push(Member { name: uuid.to_owned().into(), value: entry(&event) });
        files.insert(format!("{uuid}.json"), format!("{event:#}").into_bytes());
    }
    files.insert(MANIFEST.to_owned(), format!("{:#}", Json::Object(manifest)).into_bytes());
    files.insert(HASHES.to_owned(), lines.into_bytes());
    (files, losses)
}

/// The class of an inner part; a function, since statics may not name each other freely.
type Inner = fn() -> &'static Class;

/// What of a part travels in a feed: its members, and the parts it holds.
struct Class {
    members: &'static [&'static str],
    parts: &'static [(&'static str, Inner)],
}

static EVENT: Class = Class {
    members: &[
        "uuid",
        "info",
        "threat_level_id",
        "analysis",
        "timestamp",
        "publish_timestamp",
        "published",
        "date",
        "extends_uuid",
        "protected",
        "CryptographicKey",
    ],
    parts: &[
        ("Orgc", || &ORGANISATION),
        ("Tag", || &TAG),
        ("Attribute", || &ATTRIBUTE),
        ("Object", || &OBJECT),
        ("Galaxy", || &GALAXY),
        ("EventReport", || &REPORT),
        ("Note", || &ANALYST),
        ("Opinion", || &ANALYST),
        ("Relationship", || &ANALYST),
    ],
};
static ORGANISATION: Class = Class { members: &["name", "uuid"], parts: &[] };
static TAG: Class = Class { members: &["name", "colour", "relationship_type", "local"], parts: &[] };
static ATTRIBUTE: Class = Class {
    members: &[
        "uuid",
        "value",
        "category",
        "type",
        "comment",
        "data",
        "deleted",
        "timestamp",
        "to_ids",
        "disable_correlation",
        "first_seen",
        "last_seen",
        "object_relation",
    ],
    parts: &[
        ("Tag", || &TAG),
        ("Galaxy", || &GALAXY),
        ("Note", || &ANALYST),
        ("Opinion", || &ANALYST),
        ("Relationship", || &ANALYST),
    ],
};
static OBJECT: Class = Class {
    members: &[
        "name",
        "meta-category",
        "description",
        "template_uuid",
        "template_version",
        "uuid",
        "timestamp",
        "comment",
        "first_seen",
        "last_seen",
        "deleted",
    ],
    parts: &[
        ("Attribute", || &ATTRIBUTE),
        ("ObjectReference", || &REFERENCE),
        ("Note", || &ANALYST),
        ("Opinion", || &ANALYST),
        ("Relationship", || &ANALYST),
    ],
};
static REFERENCE: Class = Class {
    members: &["uuid", "timestamp", "relationship_type", "comment", "object_uuid", "referenced_uuid"],
    parts: &[],
};
static GALAXY: Class = Class {
    members: &["uuid", "name", "type", "description", "version", "icon", "namespace"],
    parts: &[("GalaxyCluster", || &CLUSTER)],
};
static CLUSTER: Class = Class {
    members: &[
        "uuid",
        "type",
        "value",
        "tag_name",
        "description",
        "source",
        "authors",
        "version",
        "meta",
        "relationship_type",
    ],
    parts: &[],
};
static REPORT: Class =
    Class { members: &["uuid", "name", "content", "timestamp", "deleted"], parts: &[("Tag", || &TAG)] };
static ANALYST: Class = Class {
    members: &[
        "uuid",
        "object_uuid",
        "object_type",
        "authors",
        "created",
        "modified",
        "note",
        "language",
        "opinion",
        "comment",
        "related_object_uuid",
        "related_object_type",
        "relationship_type",
        "note_type_name",
        "Note",
        "Opinion",
        "Relationship",
    ],
    parts: &[],
};

struct Filter<'f> {
    options: Options<'f>,
    losses: &'f mut Vec<Loss>,
    place: &'f mut String,
}

impl Filter<'_> {
    fn class(&mut self, part: &Json<'_>, class: &'static Class) -> Json<'static> {
        let mut kept = Vec::new();
        for member in part.as_object().unwrap_or_default() {
            let name = member.name.as_ref();
            let value = match class.parts.iter().find(|(known, _)| *known == name) {
                Some((_, inner)) => self.part(name, &member.value, inner()),
                None if class.members.contains(&name) && member.value != Json::Null => {
                    Some(member.value.clone().into_owned())
                }
                None => None,
            };
            kept.extend(value.map(|value| Member { name: name.to_owned().into(), value }));
        }
        Json::Object(kept)
    }

    fn part(&mut self, name: &str, value: &Json<'_>, class: &'static Class) -> Option<Json<'static>> {
        let length = self.place.len();
        pointer::push(self.place, name);
        let part = match value {
            Json::Object(_) => Some(self.class(value, class)),
            Json::List(items) => {
                Some(self.list(name, items, class)).filter(|kept| !kept.is_empty()).map(Json::List)
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => None,
        };
        self.place.truncate(length);
        part
    }

    fn list(&mut self, name: &str, items: &[Json<'_>], class: &'static Class) -> Vec<Json<'static>> {
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let length = self.place.len();
            pointer::push(self.place, &index.to_string());
            let goes = if name == "Tag" { self.tag_goes(item) } else { self.may_go(item, name) };
            if goes {
                kept.push(self.class(item, class));
            }
            self.place.truncate(length);
        }
        kept
    }

    fn may_go(&mut self, part: &Json<'_>, what: &str) -> bool {
        let Some(distribution) = lenient::number(part, "distribution") else { return true };
        if distribution == 5 || self.options.distributions.contains(&distribution) {
            return true;
        }
        self.lose(what, format!("its distribution {distribution} does not go to whoever fetches the feed"));
        false
    }

    fn tag_goes(&mut self, tag: &Json<'_>) -> bool {
        let is_local = lenient::flag(tag, "local") == Some(true) && !self.options.local_tags;
        if is_local || lenient::flag(tag, "exportable") == Some(false) {
            self.lose(
                lenient::text(tag, "name").unwrap_or("a tag"),
                "the tag stays on its server".to_owned(),
            );
            return false;
        }
        true
    }

    fn lose(&mut self, what: &str, why: String) {
        self.losses.push(Loss { pointer: self.place.clone(), what: crate::json::short(what), why });
    }
}
