//! Relations, sightings, notes and opinions from STIX.

use super::{Reader, Stands, attribute::member, ids, labelled, push_to, seconds, text};
use crate::{Json, Member, misp::stix::marking};

impl<'b> Reader<'b, '_> {
    /// Notes and opinions: reports, the word of analysts, or a text of others.
    pub fn note(&mut self, object: &'b Json<'b>, kind: &str) {
        self.taken.take(object);
        let id = text(object, "id").unwrap_or_default();
        let uuid = self.bundle.uuid_of(id);
        if text(object, "content").is_some_and(|content| content.starts_with("This MISP Event is empty")) {
            return;
        }
        if labelled(object, "data-layer") == Some("Event Report") {
            let report = Json::object([
                ("uuid", Json::text(uuid)),
                ("name", Json::text(text(object, "abstract").unwrap_or("Report"))),
                ("content", Json::text(text(object, "content").unwrap_or_default())),
                ("timestamp", Json::text(seconds(object, "modified").unwrap_or_default())),
                ("distribution", Json::text("5")),
                ("deleted", Json::Bool(false)),
            ]);
            self.add("EventReport", report);
            return;
        }
        let is_sighting = kind == "opinion" && text(object, "explanation") == Some("False positive Sighting");
        let made = match (is_sighting, kind) {
            (true, _) => self.disagreed(object, uuid),
            (false, "note") => self.analyst_note(object, uuid),
            (false, _) => self.analyst_opinion(object, uuid),
        };
        let name = if is_sighting {
            "Sighting"
        } else if kind == "note" {
            "Note"
        } else {
            "Opinion"
        };
        let target = self
            .bundle
            .refs(object, "object_refs")
            .find_map(|on| self.standing.get(text(on, "id")?).copied());
        let place = match (target, is_sighting) {
            (Some(at), true) => self.tagged_part(at),
            (Some(at), false) => self.part(at),
            (None, _) => None,
        };
        match place {
            Some(members) => push_to(members, name, made),
            None if is_sighting => self.lose(object, "an opinion on nothing that became an attribute"),
            None => self.add(name, made),
        }
    }

    fn analyst_note(&self, object: &'b Json<'b>, uuid: String) -> Json<'b> {
        let mut members = vec![
            member("uuid", Json::text(uuid)),
            member("note", Json::text(text(object, "content").unwrap_or_default())),
        ];
        members.extend(text(object, "lang").map(|language| member("language", Json::text(language))));
        Json::Object(self.analysed(object, members))
    }

    fn analyst_opinion(&self, object: &'b Json<'b>, uuid: String) -> Json<'b> {
        let degree = match object.get("x_misp_opinion") {
            Some(Json::Number(digits)) => digits.to_string(),
            Some(_) | None => match text(object, "opinion") {
                Some("strongly-disagree") => "0",
                Some("disagree") => "25",
                Some("agree") => "75",
                Some("strongly-agree") => "100",
                Some(_) | None => "50",
            }
            .to_owned(),
        };
        let mut members = vec![member("uuid", Json::text(uuid)), member("opinion", Json::text(degree))];
        members.extend(text(object, "explanation").map(|words| member("comment", Json::text(words))));
        Json::Object(self.analysed(object, members))
    }

    fn analysed(&self, object: &'b Json<'b>, mut members: Vec<Member<'b>>) -> Vec<Member<'b>> {
        let author = object
            .get("authors")
            .and_then(Json::as_list)
            .and_then(|authors| authors.first())
            .and_then(Json::as_text);
        members.extend(author.map(|author| member("authors", Json::text(author))));
        for name in ["created", "modified"] {
            if let Some(time) = text(object, name) {
                let plain: String =
                    time.chars().take(19).map(|letter| if letter == 'T' { ' ' } else { letter }).collect();
                members.push(member(name, Json::text(plain)));
            }
        }
        members
    }

    fn disagreed(&mut self, object: &'b Json<'b>, uuid: String) -> Json<'b> {
        let mut members = vec![member("uuid", Json::text(uuid)), member("type", Json::text("1"))];
        members.extend(seconds(object, "modified").map(|date| member("date_sighting", Json::text(date))));
        members.extend(text(object, "x_misp_source").map(|source| member("source", Json::text(source))));
        if let Some(seer) = self.bundle.referred(object, "x_misp_author_ref") {
            self.taken.take(seer);
            members.push(member("Organisation", self.organisation(seer)));
        }
        Json::Object(members)
    }

    fn part(&mut self, at: usize) -> Option<&mut Vec<Member<'b>>> {
        self.parts.get_mut(at)?.1.members()
    }

    fn tagged_part(&mut self, at: usize) -> Option<&mut Vec<Member<'b>>> {
        self.parts.get_mut(at)?.1.tagged()
    }

    /// Relations and sightings, once all parts are known; clusters that nothing else is tied to are the event's.
    pub fn links(&mut self, objects: &[&'b Json<'b>]) {
        let mut tied: Vec<&'b str> = Vec::new();
        for object in objects {
            match text(object, "type") {
                Some("relationship") => self.relation(object, &mut tied),
                Some("sighting") => self.sighting(object),
                Some(_) | None => {}
            }
        }
        let named: Vec<&'b Json<'b>> = objects
            .iter()
            .filter(|object| {
                labelled(object, "galaxy-type").is_some()
                    || text(object, "type") == Some("x-misp-galaxy-cluster")
            })
            .filter(|object| text(object, "id").is_none_or(|id| !tied.contains(&id)))
            .copied()
            .collect();
        let mut members = std::mem::take(&mut self.members);
        for object in named {
            self.cluster(&mut members, object);
            push_to(&mut members, "Tag", self.cluster_tag(object));
        }
        self.members = members;
        for object in objects {
            let is_marking = text(object, "type") == Some("marking-definition");
            if is_marking && text(object, "id").and_then(marking::to_tag).is_some() {
                self.taken.take(object);
            }
        }
    }

    fn relation(&mut self, object: &'b Json<'b>, tied: &mut Vec<&'b str>) {
        let (Some(source), Some(target)) = (text(object, "source_ref"), text(object, "target_ref")) else {
            return;
        };
        let relation = text(object, "relationship_type").unwrap_or("related-to");
        let from = self.standing.get(source).copied();
        let to = self.standing.get(target).copied();
        let cluster = self.bundle.get(target).filter(|cluster| {
            labelled(cluster, "galaxy-type").is_some()
                || text(cluster, "type") == Some("x-misp-galaxy-cluster")
        });
        if let (Some(from), Some(cluster)) = (from, cluster) {
            self.taken.take(object);
            tied.push(target);
            let mut members = match self.tagged_part(from) {
                Some(members) => std::mem::take(members),
                None => return,
            };
            self.cluster(&mut members, cluster);
            push_to(&mut members, "Tag", self.cluster_tag(cluster));
            if let Some(place) = self.tagged_part(from) {
                *place = members;
            }
            return;
        }
        let concept =
            self.bundle.get(target).and_then(|concept| self.foreign_galaxy(concept, ids::kind_of(target)));
        if let (Some(from), Some((_, galaxy, tag)), "indicates" | "related-to") = (from, concept, relation) {
            self.taken.take(object);
            if let Some(place) = self.tagged_part(from) {
                push_to(place, "Galaxy", galaxy);
                push_to(place, "Tag", tag);
            }
            return;
        }
        if relation == "based-on"
            && ids::kind_of(source) == "indicator"
            && ids::kind_of(target) == "observed-data"
        {
            self.taken.take(object);
            return;
        }
        self.reference(object, from, to);
    }

    /// From one object of MISP to another part.
    fn reference(&mut self, object: &'b Json<'b>, from: Option<usize>, to: Option<usize>) {
        let (Some(source), Some(target)) = (text(object, "source_ref"), text(object, "target_ref")) else {
            return;
        };
        let relation = text(object, "relationship_type").unwrap_or("related-to");
        let is_object = from
            .and_then(|at| self.parts.get(at))
            .is_some_and(|(_, stands)| matches!(stands, Stands::Objects(_)));
        if is_object && to.is_some() {
            let referenced =
                to.and_then(|at| self.uuid_of_part(at)).unwrap_or_else(|| self.bundle.uuid_of(target));
            let mut members = vec![
                member("uuid", Json::text(self.bundle.uuid_of(text(object, "id").unwrap_or_default()))),
                member("object_uuid", Json::text(self.bundle.uuid_of(source))),
                member("referenced_uuid", Json::text(referenced)),
                member("relationship_type", Json::text(relation)),
            ];
            members.extend(seconds(object, "modified").map(|time| member("timestamp", Json::text(time))));
            members.extend(text(object, "description").map(|text| member("comment", Json::text(text))));
            self.taken.take(object);
            if let Some(place) = from.and_then(|from| self.part(from)) {
                push_to(place, "ObjectReference", Json::Object(members));
            }
        }
    }

    fn uuid_of_part(&self, at: usize) -> Option<String> {
        let (_, stands) = self.parts.get(at)?;
        let json = match stands {
            Stands::Attribute(attribute) => attribute,
            Stands::Objects(family) => family.first()?,
        };
        json.get("uuid").and_then(Json::as_text).map(str::to_owned)
    }

    fn sighting(&mut self, object: &'b Json<'b>) {
        let Some(of) = text(object, "sighting_of_ref") else { return };
        let partner = self.bundle.partner(of).and_then(|partner| text(partner, "id"));
        let at = self.standing.get(of).or_else(|| self.standing.get(partner?)).copied();
        let Some(at) = at else { return };
        self.taken.take(object);
        let mut members = vec![
            member("uuid", Json::text(self.bundle.uuid_of(text(object, "id").unwrap_or_default()))),
            member("type", Json::text("0")),
        ];
        members.extend(seconds(object, "modified").map(|date| member("date_sighting", Json::text(date))));
        members.extend(text(object, "description").map(|source| member("source", Json::text(source))));
        let seer = self.bundle.refs(object, "where_sighted_refs").next();
        if let Some(seer) = seer {
            self.taken.take(seer);
            members.push(member("Organisation", self.organisation(seer)));
        }
        if let Some(place) = self.tagged_part(at) {
            push_to(place, "Sighting", Json::Object(members));
        }
    }
}

impl<'b> Stands<'b> {
    /// The members of the attribute, or of the first object.
    fn members(&mut self) -> Option<&mut Vec<Member<'b>>> {
        match self {
            Self::Attribute(Json::Object(members)) => Some(members),
            Self::Attribute(_) => None,
            Self::Objects(family) => match family.first_mut() {
                Some(Json::Object(members)) => Some(members),
                Some(_) | None => None,
            },
        }
    }

    /// Where tags, galaxies and sightings stand: objects of MISP have them on their attributes.
    pub fn tagged(&mut self) -> Option<&mut Vec<Member<'b>>> {
        let is_object = matches!(self, Self::Objects(_));
        let members = self.members()?;
        if !is_object {
            return Some(members);
        }
        let attributes = members.iter().position(|member| member.name == "Attribute");
        let has_first = attributes.and_then(|at| members.get(at)).is_some_and(|member| {
            member
                .value
                .as_list()
                .is_some_and(|items| items.first().is_some_and(|item| item.as_object().is_some()))
        });
        if !has_first {
            return Some(members);
        }
        match attributes.and_then(|at| members.get_mut(at)).map(|member| &mut member.value) {
            Some(Json::List(items)) => match items.first_mut() {
                Some(Json::Object(attribute)) => Some(attribute),
                Some(_) | None => None,
            },
            Some(_) | None => None,
        }
    }
}
