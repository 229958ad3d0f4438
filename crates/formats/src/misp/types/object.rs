//! Objects and their references.

use super::{AnalystData, Attribute, lenient};
use crate::Json;

/// An object: attributes that belong together, after a template (core format, 2.6).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Object<'e>(pub &'e Json<'e>);

impl<'e> Object<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// The name of its template.
    #[must_use]
    pub fn name(&self) -> Option<&'e str> {
        lenient::text(self.0, "name")
    }

    /// The kind of template.
    #[must_use]
    pub fn meta_category(&self) -> Option<&'e str> {
        lenient::text(self.0, "meta-category")
    }

    /// What the template says of itself.
    #[must_use]
    pub fn description(&self) -> Option<&'e str> {
        lenient::text(self.0, "description")
    }

    /// The template.
    #[must_use]
    pub fn template_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "template_uuid")
    }

    /// Its version.
    #[must_use]
    pub fn template_version(&self) -> Option<i64> {
        lenient::number(self.0, "template_version")
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

    /// What people say of it.
    #[must_use]
    pub fn comment(&self) -> Option<&'e str> {
        lenient::text(self.0, "comment")
    }

    /// Whether it was withdrawn.
    #[must_use]
    pub fn deleted(&self) -> Option<bool> {
        lenient::flag(self.0, "deleted")
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

    /// Its attributes.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'e>> {
        lenient::list(self.0, "Attribute").iter().map(Attribute)
    }

    /// Where it points.
    pub fn references(&self) -> impl Iterator<Item = Reference<'e>> {
        lenient::list(self.0, "ObjectReference").iter().map(Reference)
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

/// From an object to another, or to an attribute (core format, 2.7).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference<'e>(pub &'e Json<'e>);

impl<'e> Reference<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// What it points to.
    #[must_use]
    pub fn referenced_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "referenced_uuid")
    }

    /// The object it comes from.
    #[must_use]
    pub fn object_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "object_uuid")
    }

    /// How the two belong together.
    #[must_use]
    pub fn relationship_type(&self) -> Option<&'e str> {
        lenient::text(self.0, "relationship_type")
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

    /// Whether it was withdrawn.
    #[must_use]
    pub fn deleted(&self) -> Option<bool> {
        lenient::flag(self.0, "deleted")
    }
}
