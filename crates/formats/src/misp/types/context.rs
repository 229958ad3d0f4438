//! What gives an event its context: tags, galaxies, organisations, reports, the word of analysts.

use super::lenient;
use crate::Json;

/// A tag, free or of a taxonomy (core format, 2.10).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tag<'e>(pub &'e Json<'e>);

impl<'e> Tag<'e> {
    /// Its text, as `tlp:green` or `rsit:availability="ddos"`.
    #[must_use]
    pub fn name(&self) -> Option<&'e str> {
        lenient::text(self.0, "name")
    }

    /// Its colour, `#` and six digits.
    #[must_use]
    pub fn colour(&self) -> Option<&'e str> {
        lenient::text(self.0, "colour")
    }

    /// Whether it may leave the server.
    #[must_use]
    pub fn exportable(&self) -> Option<bool> {
        lenient::flag(self.0, "exportable")
    }

    /// Whether it is for this server only.
    #[must_use]
    pub fn local(&self) -> Option<bool> {
        lenient::flag(self.0, "local")
    }

    /// How it belongs to what it is tied to.
    #[must_use]
    pub fn relationship_type(&self) -> Option<&'e str> {
        lenient::text(self.0, "relationship_type")
    }
}

/// A galaxy, with those of its clusters that are linked (core format, 2.14).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Galaxy<'e>(pub &'e Json<'e>);

impl<'e> Galaxy<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<&'e str> {
        lenient::text(self.0, "name")
    }

    /// Its type, as `mitre-attack-pattern`.
    #[must_use]
    pub fn kind(&self) -> Option<&'e str> {
        lenient::text(self.0, "type")
    }

    /// What it is about.
    #[must_use]
    pub fn description(&self) -> Option<&'e str> {
        lenient::text(self.0, "description")
    }

    /// The clusters linked.
    pub fn clusters(&self) -> impl Iterator<Item = Cluster<'e>> {
        lenient::list(self.0, "GalaxyCluster").iter().map(Cluster)
    }
}

/// A cluster of a galaxy: a threat actor, a technique, a sector...
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster<'e>(pub &'e Json<'e>);

impl<'e> Cluster<'e> {
    /// Its identifier; missing in exports of old servers.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// The type of its galaxy.
    #[must_use]
    pub fn kind(&self) -> Option<&'e str> {
        lenient::text(self.0, "type")
    }

    /// Its name.
    #[must_use]
    pub fn value(&self) -> Option<&'e str> {
        lenient::text(self.0, "value")
    }

    /// The tag that links it.
    #[must_use]
    pub fn tag_name(&self) -> Option<&'e str> {
        lenient::text(self.0, "tag_name")
    }

    /// What it is.
    #[must_use]
    pub fn description(&self) -> Option<&'e str> {
        lenient::text(self.0, "description")
    }

    /// Where it is from.
    #[must_use]
    pub fn source(&self) -> Option<&'e str> {
        lenient::text(self.0, "source")
    }
}

/// An organisation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Organisation<'e>(pub &'e Json<'e>);

impl<'e> Organisation<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<&'e str> {
        lenient::text(self.0, "name")
    }
}

/// A sharing group, as it travels with an event (core format, 2.15).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharingGroup<'e>(pub &'e Json<'e>);

impl<'e> SharingGroup<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<&'e str> {
        lenient::text(self.0, "name")
    }

    /// To whom it may go.
    #[must_use]
    pub fn releasability(&self) -> Option<&'e str> {
        lenient::text(self.0, "releasability")
    }

    /// What it is for.
    #[must_use]
    pub fn description(&self) -> Option<&'e str> {
        lenient::text(self.0, "description")
    }

    /// Who made it.
    #[must_use]
    pub fn organisation_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "organisation_uuid")
    }

    /// Whether it is in use.
    #[must_use]
    pub fn active(&self) -> Option<bool> {
        lenient::flag(self.0, "active")
    }

    /// Whether it may go to any server that knows a member.
    #[must_use]
    pub fn roaming(&self) -> Option<bool> {
        lenient::flag(self.0, "roaming")
    }
}

/// A report on the event, in Markdown (core format, 2.16).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventReport<'e>(pub &'e Json<'e>);

impl<'e> EventReport<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// Its title.
    #[must_use]
    pub fn name(&self) -> Option<&'e str> {
        lenient::text(self.0, "name")
    }

    /// Its text.
    #[must_use]
    pub fn content(&self) -> Option<&'e str> {
        lenient::text(self.0, "content")
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

    /// Whether it was withdrawn.
    #[must_use]
    pub fn deleted(&self) -> Option<bool> {
        lenient::flag(self.0, "deleted")
    }
}

/// A note, an opinion or a relationship that an analyst adds to what others own (core format, 2.17).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnalystData<'e>(pub &'e Json<'e>);

impl<'e> AnalystData<'e> {
    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "uuid")
    }

    /// What it is about.
    #[must_use]
    pub fn object_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "object_uuid")
    }

    /// The kind of what it is about.
    #[must_use]
    pub fn object_type(&self) -> Option<&'e str> {
        lenient::text(self.0, "object_type")
    }

    /// Who says so.
    #[must_use]
    pub fn authors(&self) -> Option<&'e str> {
        lenient::text(self.0, "authors")
    }

    /// The text of a note.
    #[must_use]
    pub fn note(&self) -> Option<&'e str> {
        lenient::text(self.0, "note")
    }

    /// The language of a note.
    #[must_use]
    pub fn language(&self) -> Option<&'e str> {
        lenient::text(self.0, "language")
    }

    /// 0 strong disagreement to 100 strong agreement, 50 neutral.
    #[must_use]
    pub fn opinion(&self) -> Option<i64> {
        lenient::number(self.0, "opinion")
    }

    /// The words to an opinion.
    #[must_use]
    pub fn comment(&self) -> Option<&'e str> {
        lenient::text(self.0, "comment")
    }

    /// How the two belong together.
    #[must_use]
    pub fn relationship_type(&self) -> Option<&'e str> {
        lenient::text(self.0, "relationship_type")
    }

    /// The other.
    #[must_use]
    pub fn related_object_uuid(&self) -> Option<&'e str> {
        lenient::text(self.0, "related_object_uuid")
    }

    /// The kind of the other.
    #[must_use]
    pub fn related_object_type(&self) -> Option<&'e str> {
        lenient::text(self.0, "related_object_type")
    }

    /// When it was made.
    #[must_use]
    pub fn created(&self) -> Option<&'e str> {
        lenient::text(self.0, "created")
    }

    /// When it was last changed.
    #[must_use]
    pub fn modified(&self) -> Option<&'e str> {
        lenient::text(self.0, "modified")
    }
}
