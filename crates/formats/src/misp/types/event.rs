//! The event (core format, 2.1).

use super::{
    AnalystData, Attribute, EventReport, Galaxy, Object, Organisation, Proposal, SharingGroup, Tag, lenient,
};
use crate::{Json, Member};

/// An event: what happened, with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a>(Json<'a>);

impl<'a> Event<'a> {
    /// The event in this object: `{"Event": {..}}`, however often wrapped, or the event itself.
    #[must_use]
    pub fn new(json: Json<'a>) -> Option<Self> {
        let Json::Object(mut members) = json else { return None };
        let wrapped = |member: &Member<'_>| member.name == "Event" && member.value.as_object().is_some();
        while let Some(at) = members.iter().rposition(wrapped) {
            let Json::Object(inner) = members.swap_remove(at).value else { return None };
            members = inner;
        }
        Some(Self(Json::Object(members)))
    }

    /// As JSON, without the wrapper.
    #[must_use]
    pub const fn json(&self) -> &Json<'a> {
        &self.0
    }

    /// As JSON, without the wrapper.
    #[must_use]
    pub fn into_json(self) -> Json<'a> {
        self.0
    }

    /// The same event without a tie to the input.
    #[must_use]
    pub fn into_owned(self) -> Event<'static> {
        Event(self.0.into_owned())
    }

    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&str> {
        lenient::text(&self.0, "uuid")
    }

    /// What it is about, in one line.
    #[must_use]
    pub fn info(&self) -> Option<&str> {
        lenient::text(&self.0, "info")
    }

    /// The day it is of, `YYYY-MM-DD`.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        lenient::text(&self.0, "date")
    }

    /// Whether it was published.
    #[must_use]
    pub fn published(&self) -> Option<bool> {
        lenient::flag(&self.0, "published")
    }

    /// When it was last changed, in seconds since 1970.
    #[must_use]
    pub fn timestamp(&self) -> Option<i64> {
        lenient::number(&self.0, "timestamp")
    }

    /// When it was published, 0 for never.
    #[must_use]
    pub fn publish_timestamp(&self) -> Option<i64> {
        lenient::number(&self.0, "publish_timestamp")
    }

    /// Who may have it: 0 organisation, 1 community, 2 connected communities, 3 all, 4 sharing group.
    #[must_use]
    pub fn distribution(&self) -> Option<i64> {
        lenient::number(&self.0, "distribution")
    }

    /// The sharing group, with distribution 4.
    #[must_use]
    pub fn sharing_group_id(&self) -> Option<i64> {
        lenient::number(&self.0, "sharing_group_id")
    }

    /// 1 high, 2 medium, 3 low, 4 undefined.
    #[must_use]
    pub fn threat_level_id(&self) -> Option<i64> {
        lenient::number(&self.0, "threat_level_id")
    }

    /// 0 initial, 1 ongoing, 2 complete.
    #[must_use]
    pub fn analysis(&self) -> Option<i64> {
        lenient::number(&self.0, "analysis")
    }

    /// The event that it extends.
    #[must_use]
    pub fn extends_uuid(&self) -> Option<&str> {
        lenient::text(&self.0, "extends_uuid")
    }

    /// Whether it came from elsewhere and may not be changed here.
    #[must_use]
    pub fn locked(&self) -> Option<bool> {
        lenient::flag(&self.0, "locked")
    }

    /// Who made it.
    #[must_use]
    pub fn creator(&self) -> Option<Organisation<'_>> {
        self.0.get("Orgc").map(Organisation)
    }

    /// Who holds this copy.
    #[must_use]
    pub fn holder(&self) -> Option<Organisation<'_>> {
        self.0.get("Org").map(Organisation)
    }

    /// The sharing group, whole.
    #[must_use]
    pub fn sharing_group(&self) -> Option<SharingGroup<'_>> {
        self.0.get("SharingGroup").map(SharingGroup)
    }

    /// Its attributes.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'_>> {
        lenient::list(&self.0, "Attribute").iter().map(Attribute)
    }

    /// Its objects.
    pub fn objects(&self) -> impl Iterator<Item = Object<'_>> {
        lenient::list(&self.0, "Object").iter().map(Object)
    }

    /// What others propose to add.
    pub fn proposals(&self) -> impl Iterator<Item = Proposal<'_>> {
        lenient::list(&self.0, "ShadowAttribute").iter().map(Proposal)
    }

    /// Its tags.
    pub fn tags(&self) -> impl Iterator<Item = Tag<'_>> {
        lenient::list(&self.0, "Tag").iter().map(Tag)
    }

    /// What it is linked to in galaxies.
    pub fn galaxies(&self) -> impl Iterator<Item = Galaxy<'_>> {
        lenient::list(&self.0, "Galaxy").iter().map(Galaxy)
    }

    /// Its reports.
    pub fn reports(&self) -> impl Iterator<Item = EventReport<'_>> {
        lenient::list(&self.0, "EventReport").iter().map(EventReport)
    }

    /// Notes of analysts.
    pub fn notes(&self) -> impl Iterator<Item = AnalystData<'_>> {
        lenient::list(&self.0, "Note").iter().map(AnalystData)
    }

    /// Opinions of analysts.
    pub fn opinions(&self) -> impl Iterator<Item = AnalystData<'_>> {
        lenient::list(&self.0, "Opinion").iter().map(AnalystData)
    }

    /// Relationships that analysts see.
    pub fn relationships(&self) -> impl Iterator<Item = AnalystData<'_>> {
        lenient::list(&self.0, "Relationship").iter().map(AnalystData)
    }
}
