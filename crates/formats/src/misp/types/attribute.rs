//! Attributes, proposals to change them, sightings of them.

use super::{AnalystData, Galaxy, Organisation, Tag, lenient};
use crate::Json;

/// An attribute: one value with its type (core format, 2.4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribute<'e>(pub &'e Json<'e>);

impl<'e> Attribute<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// Its type: one of the 194, as `ip-dst`.
    #[must_use]
    pub fn kind(&self) -> Option<&'e str> {
        lenient::text(self.0, "type")
    }

    /// Its category: one of the 16.
    #[must_use]
    pub fn category(&self) -> Option<&'e str> {
        lenient::text(self.0, "category")
    }

    /// The value; composite types hold two, parted by `|`.
    #[must_use]
    pub fn value(&self) -> Option<&'e str> {
        lenient::text(self.0, "value")
    }

    /// Whether it is meant for detection.
    #[must_use]
    pub fn to_ids(&self) -> Option<bool> {
        lenient::flag(self.0, "to_ids")
    }

    /// What people say of it.
    #[must_use]
    pub fn comment(&self) -> Option<&'e str> {
        lenient::text(self.0, "comment")
    }

    /// When it was last changed, in seconds since 1970.
    #[must_use]
    pub fn timestamp(&self) -> Option<i64> {
        lenient::number(self.0, "timestamp")
    }

    /// Who may have it: 0 to 4, or 5 as the event says.
    #[must_use]
    pub fn distribution(&self) -> Option<i64> {
        lenient::number(self.0, "distribution")
    }

    /// The sharing group, with distribution 4.
    #[must_use]
    pub fn sharing_group_id(&self) -> Option<i64> {
        lenient::number(self.0, "sharing_group_id")
    }

    /// Whether it was withdrawn.
    #[must_use]
    pub fn deleted(&self) -> Option<bool> {
        lenient::flag(self.0, "deleted")
    }

    /// Whether it is left out of correlation.
    #[must_use]
    pub fn disable_correlation(&self) -> Option<bool> {
        lenient::flag(self.0, "disable_correlation")
    }

    /// Its role in the object that holds it.
    #[must_use]
    pub fn object_relation(&self) -> Option<&'e str> {
        lenient::text(self.0, "object_relation")
    }

    /// When it was first seen, ISO 8601.
    #[must_use]
    pub fn first_seen(&self) -> Option<&'e str> {
        lenient::text(self.0, "first_seen")
    }

    /// When it was last seen, ISO 8601.
    #[must_use]
    pub fn last_seen(&self) -> Option<&'e str> {
        lenient::text(self.0, "last_seen")
    }

    /// The bytes of an attachment, in Base64.
    #[must_use]
    pub fn data(&self) -> Option<&'e str> {
        lenient::text(self.0, "data")
    }

    /// Its tags.
    pub fn tags(&self) -> impl Iterator<Item = Tag<'e>> {
        lenient::list(self.0, "Tag").iter().map(Tag)
    }

    /// What it is linked to in galaxies.
    pub fn galaxies(&self) -> impl Iterator<Item = Galaxy<'e>> {
        lenient::list(self.0, "Galaxy").iter().map(Galaxy)
    }

    /// Where it was seen.
    pub fn sightings(&self) -> impl Iterator<Item = Sighting<'e>> {
        lenient::list(self.0, "Sighting").iter().map(Sighting)
    }

    /// What others propose to change.
    pub fn proposals(&self) -> impl Iterator<Item = Proposal<'e>> {
        lenient::list(self.0, "ShadowAttribute").iter().map(Proposal)
    }

    /// Notes of analysts.
    pub fn notes(&self) -> impl Iterator<Item = AnalystData<'e>> {
        lenient::list(self.0, "Note").iter().map(AnalystData)
    }

    /// Opinions of analysts.
    pub fn opinions(&self) -> impl Iterator<Item = AnalystData<'e>> {
        lenient::list(self.0, "Opinion").iter().map(AnalystData)
    }

    /// Relationships that analysts see.
    pub fn relationships(&self) -> impl Iterator<Item = AnalystData<'e>> {
        lenient::list(self.0, "Relationship").iter().map(AnalystData)
    }
}

/// A proposal to change, add or remove an attribute (core format, 2.5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal<'e>(pub &'e Json<'e>);

impl<'e> Proposal<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// The type proposed.
    #[must_use]
    pub fn kind(&self) -> Option<&'e str> {
        lenient::text(self.0, "type")
    }

    /// The category proposed.
    #[must_use]
    pub fn category(&self) -> Option<&'e str> {
        lenient::text(self.0, "category")
    }

    /// The value proposed.
    #[must_use]
    pub fn value(&self) -> Option<&'e str> {
        lenient::text(self.0, "value")
    }

    /// Whether it would be meant for detection.
    #[must_use]
    pub fn to_ids(&self) -> Option<bool> {
        lenient::flag(self.0, "to_ids")
    }

    /// Why.
    #[must_use]
    pub fn comment(&self) -> Option<&'e str> {
        lenient::text(self.0, "comment")
    }

    /// When it was made, in seconds since 1970.
    #[must_use]
    pub fn timestamp(&self) -> Option<i64> {
        lenient::number(self.0, "timestamp")
    }

    /// The attribute to change, 0 for a new one.
    #[must_use]
    pub fn old_id(&self) -> Option<i64> {
        lenient::number(self.0, "old_id")
    }

    /// Whether it proposes to remove.
    #[must_use]
    pub fn to_delete(&self) -> Option<bool> {
        lenient::flag(self.0, "proposal_to_delete")
    }

    /// The event.
    #[must_use]
    pub fn event_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "event_uuid")
    }

    /// Who proposes.
    #[must_use]
    pub fn organisation(&self) -> Option<Organisation<'e>> {
        self.0.get("Org").map(Organisation)
    }
}

/// A sighting of an attribute (core format, 2.12).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting<'e>(pub &'e Json<'e>);

impl<'e> Sighting<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// 0 seen, 1 false positive, 2 expired.
    #[must_use]
    pub fn kind(&self) -> Option<i64> {
        lenient::number(self.0, "type")
    }

    /// When, in seconds since 1970.
    #[must_use]
    pub fn date(&self) -> Option<i64> {
        lenient::number(self.0, "date_sighting")
    }

    /// By what.
    #[must_use]
    pub fn source(&self) -> Option<&'e str> {
        lenient::text(self.0, "source")
    }

    /// The attribute.
    #[must_use]
    pub fn attribute_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "attribute_uuid")
    }

    /// Who saw it; nobody when anonymous.
    #[must_use]
    pub fn organisation(&self) -> Option<Organisation<'e>> {
        self.0.get("Organisation").map(Organisation)
    }
}
