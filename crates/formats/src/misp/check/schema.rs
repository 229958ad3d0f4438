//! What the published lax schema of the format holds: the kinds of values, member by member. Anything more
//! may be there, anything may be missing but the event itself.

use super::inspector::{Inspector, Place};
use crate::Json;

const SOURCE: &str = "the lax JSON schema of the core format";

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Truth,
    Any,
    /// An object of this class.
    One(fn() -> &'static [Rule]),
    /// A list or an object of this class.
    Loose(fn() -> &'static [Rule]),
    /// A list of objects of this class.
    Many(fn() -> &'static [Rule]),
    Texts,
}

/// Members, and the kind that they all are of.
type Rule = (&'static [&'static str], Kind);

const EVENT: &[Rule] = &[
    (
        &[
            "id",
            "orgc_id",
            "org_id",
            "date",
            "threat_level_id",
            "info",
            "uuid",
            "attribute_count",
            "analysis",
            "timestamp",
            "distribution",
            "publish_timestamp",
            "sharing_group_id",
            "event_creator_email",
        ],
        Kind::Text,
    ),
    (&["published", "proposal_email_lock", "locked", "disable_correlation"], Kind::Truth),
    (&["Org", "Orgc"], Kind::One(|| ORGANISATION)),
    (&["SharingGroup"], Kind::Loose(|| SHARING_GROUP)),
    (&["Attribute", "ShadowAttribute"], Kind::Many(|| ATTRIBUTE)),
    (&["RelatedEvent"], Kind::Many(|| RELATED)),
    (&["Galaxy"], Kind::Many(|| GALAXY)),
    (&["Tag"], Kind::Many(|| TAG)),
];
const RELATED: &[Rule] = &[(&["Event"], Kind::One(|| EVENT))];
const ORGANISATION: &[Rule] = &[(&["id", "name", "uuid"], Kind::Text)];
const SHARING_GROUP: &[Rule] = &[
    (
        &[
            "id",
            "name",
            "releasability",
            "description",
            "uuid",
            "organisation_uuid",
            "org_id",
            "sync_user_id",
            "created",
            "modified",
        ],
        Kind::Text,
    ),
    (&["active", "local", "roaming"], Kind::Truth),
    (&["Organisation"], Kind::One(|| ORGANISATION)),
    (&["SharingGroupOrg"], Kind::Many(|| GROUP_MEMBER)),
    (&["SharingGroupServer"], Kind::Many(|| GROUP_SERVER)),
];
const GROUP_MEMBER: &[Rule] = &[
    (&["id", "sharing_group_id", "org_id"], Kind::Text),
    (&["extend"], Kind::Truth),
    (&["Organisation"], Kind::One(|| ORGANISATION)),
];
const GROUP_SERVER: &[Rule] = &[
    (&["id", "sharing_group_id", "server_id"], Kind::Text),
    (&["all_orgs"], Kind::Truth),
    (&["Server"], Kind::One(|| SERVER)),
];
const SERVER: &[Rule] = &[(&["id", "url", "name"], Kind::Text)];
const ATTRIBUTE: &[Rule] = &[
    (
        &[
            "id",
            "type",
            "category",
            "uuid",
            "event_id",
            "distribution",
            "timestamp",
            "comment",
            "sharing_group_id",
            "value",
            "data",
        ],
        Kind::Text,
    ),
    (&["to_ids", "deleted", "disable_correlation"], Kind::Truth),
    (&["SharingGroup"], Kind::Loose(|| SHARING_GROUP)),
    (&["ShadowAttribute"], Kind::Many(|| ATTRIBUTE)),
    (&["Tag"], Kind::Many(|| TAG)),
];
const TAG: &[Rule] = &[(&["id", "name", "colour"], Kind::Text), (&["exportable", "hide_tag"], Kind::Truth)];
const GALAXY: &[Rule] = &[
    (&["id", "uuid", "name", "type", "description", "version"], Kind::Text),
    (&["GalaxyCluster"], Kind::Many(|| CLUSTER)),
];
const CLUSTER: &[Rule] = &[
    (
        &["id", "uuid", "type", "value", "tag_name", "description", "galaxy_id", "source", "tag_id"],
        Kind::Text,
    ),
    (&["authors"], Kind::Texts),
    (&["meta"], Kind::One(|| &[(&[], Kind::Any)])),
];

/// The whole document.
pub fn document(inspector: &mut Inspector, document: &Json<'_>) {
    let root = Place::Root;
    match document.get("Event") {
        Some(event) => value(inspector, &root.name("Event"), event, Kind::One(|| EVENT)),
        None => {
            inspector.error(&root, "misp.schema.event", SOURCE, || "the member Event is missing".to_owned())
        }
    }
}

fn value(inspector: &mut Inspector, place: &Place<'_>, value: &Json<'_>, kind: Kind) {
    match (kind, value) {
        (Kind::Any, _)
        | (Kind::Text, Json::Text(_))
        | (Kind::Truth, Json::Bool(_))
        | (Kind::Loose(_), Json::List(_)) => {}
        (Kind::One(class) | Kind::Loose(class), Json::Object(_)) => members(inspector, place, value, class()),
        (Kind::Many(class), Json::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                self::value(inspector, &place.index(index), item, Kind::One(class));
            }
        }
        (Kind::Texts, Json::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                self::value(inspector, &place.index(index), item, Kind::Text);
            }
        }
        (Kind::Text, _) => wrong(inspector, place, value, "a text"),
        (Kind::Truth, _) => wrong(inspector, place, value, "true or false"),
        (Kind::One(_) | Kind::Loose(_), _) => wrong(inspector, place, value, "an object"),
        (Kind::Many(_) | Kind::Texts, _) => wrong(inspector, place, value, "a list"),
    }
}

fn members(inspector: &mut Inspector, place: &Place<'_>, object: &Json<'_>, class: &[Rule]) {
    for (names, kind) in class {
        for name in *names {
            if let Some(member) = object.get(name) {
                value(inspector, &place.name(name), member, *kind);
            }
        }
    }
}

fn wrong(inspector: &mut Inspector, place: &Place<'_>, value: &Json<'_>, words: &str) {
    inspector.error(place, "misp.schema.kind", SOURCE, || {
        format!("the schema has {words} here, this is {}", value.in_short())
    });
}
