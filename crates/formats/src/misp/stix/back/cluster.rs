//! Clusters of galaxies from STIX.

use super::{Reader, attribute::member, labelled, text};
use crate::{
    Json, Member,
    misp::stix::{ids, table, value},
};

impl<'b> Reader<'b, '_> {
    /// Adds the cluster that an object is to the galaxies among the members.
    pub fn cluster(&self, members: &mut Vec<Member<'b>>, object: &'b Json<'b>) {
        let kind =
            labelled(object, "galaxy-type").or_else(|| text(object, "x_misp_type")).unwrap_or("unknown");
        let cluster = self.cluster_of(object, kind);
        let at = match members.iter().position(|member| member.name == "Galaxy") {
            Some(at) => at,
            None => {
                members.push(member("Galaxy", Json::List(Vec::new())));
                members.len() - 1
            }
        };
        let Some(Json::List(galaxies)) = members.get_mut(at).map(|member| &mut member.value) else { return };
        let known =
            galaxies.iter_mut().find(|galaxy| galaxy.get("type").and_then(Json::as_text) == Some(kind));
        match known {
            Some(Json::Object(galaxy)) => super::push_to(galaxy, "GalaxyCluster", cluster),
            Some(_) | None => {
                let name =
                    labelled(object, "galaxy-name").or_else(|| text(object, "x_misp_name")).unwrap_or(kind);
                let mut galaxy = vec![member("name", Json::text(name)), member("type", Json::text(kind))];
                galaxy.extend(about(object).map(|about| member("description", Json::text(about))));
                galaxy.push(member("GalaxyCluster", Json::List(vec![cluster])));
                galaxies.push(Json::Object(galaxy));
            }
        }
    }

    /// The tag that links the cluster of an object.
    pub fn cluster_tag(&self, object: &'b Json<'b>) -> Json<'b> {
        let kind =
            labelled(object, "galaxy-type").or_else(|| text(object, "x_misp_type")).unwrap_or("unknown");
        Json::object([("name", Json::text(format!("misp-galaxy:{kind}=\"{}\"", name_of(object, kind))))])
    }

    fn cluster_of(&self, object: &'b Json<'b>, kind: &'b str) -> Json<'b> {
        let id = text(object, "id").unwrap_or_default();
        let name = name_of(object, kind);
        let mut members = vec![
            member("uuid", Json::text(self.bundle.uuid_of(id))),
            member("type", Json::text(kind)),
            member("value", Json::text(name.clone())),
            member("tag_name", Json::text(format!("misp-galaxy:{kind}=\"{name}\""))),
        ];
        let custom =
            text(object, "x_misp_description").and_then(|text| text.split_once(" | ")).map(|(_, text)| text);
        let own = text(object, "description").map(|text| match ids::kind_of(id) {
            "location" => text.split_once(" | ").map_or(text, |(_, own)| own),
            _ => text,
        });
        members.extend(custom.or(own).map(|text| member("description", Json::text(text))));
        let meta = meta(object);
        if !meta.is_empty() {
            members.push(member("meta", Json::Object(meta)));
        }
        Json::Object(members)
    }
}

fn about<'b>(object: &'b Json<'b>) -> Option<&'b str> {
    let whole = text(object, "x_misp_description").or_else(|| text(object, "description"))?;
    whole.split_once(" | ").map(|(about, _)| about)
}

/// Techniques and the like have their number behind the name, regions before it.
fn name_of(object: &Json<'_>, kind: &str) -> String {
    let name = text_of(object, "x_misp_value").or_else(|| text_of(object, "name")).unwrap_or("unknown");
    let references = object.get("external_references").and_then(Json::as_list).unwrap_or_default();
    let number = match kind {
        "region" => table::region(name),
        _ => references.iter().find_map(|reference| text_of(reference, "external_id")),
    };
    match number {
        Some(number) if kind == "region" => format!("{number} - {name}"),
        Some(number) if kind.starts_with("mitre-") => format!("{name} - {number}"),
        Some(_) | None => name.to_owned(),
    }
}

fn text_of<'j>(object: &'j Json<'_>, name: &str) -> Option<&'j str> {
    object.get(name).and_then(Json::as_text)
}

fn meta<'b>(object: &'b Json<'b>) -> Vec<Member<'b>> {
    let mut found = Vec::new();
    let references = object.get("external_references").and_then(Json::as_list).unwrap_or_default();
    let texts = |name: &str| -> Vec<Json<'b>> {
        references.iter().filter_map(|reference| text(reference, name)).map(Json::text).collect()
    };
    let lists =
        [("external_id", texts("external_id")), ("refs", texts("url")), ("kill_chain", phases(object))];
    found.extend(
        lists
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(name, items)| member(name, Json::List(items))),
    );
    for (property, name) in [
        ("aliases", "synonyms"),
        ("malware_types", "malware_types"),
        ("tool_types", "tool_types"),
        ("threat_actor_types", "threat_actor_types"),
        ("country", "country"),
        ("region", "region"),
        ("administrative_area", "administrative_area"),
        ("first_seen", "first_seen"),
        ("last_seen", "last_seen"),
        ("goals", "goals"),
        ("roles", "roles"),
        ("resource_level", "resource_level"),
        ("primary_motivation", "primary_motivation"),
        ("sophistication", "sophistication"),
        ("objective", "objective"),
        ("tool_version", "tool_version"),
    ] {
        found.extend(object.get(property).map(|value| member(name, value.clone())));
    }
    let renamed = object.get("x_misp_original_names");
    for own in object.as_object().unwrap_or_default() {
        let Some(plain) = own.name.strip_prefix("x_misp_") else { continue };
        if matches!(plain, "name" | "type" | "value" | "description" | "original_names" | "meta" | "comment")
        {
            continue;
        }
        let name = renamed.and_then(|renamed| text(renamed, &own.name)).unwrap_or(plain);
        found.push(Member { name: name.into(), value: own.value.clone() });
    }
    found.extend(object.get("x_misp_meta").and_then(Json::as_object).unwrap_or_default().iter().cloned());
    found
}

fn phases<'b>(object: &'b Json<'b>) -> Vec<Json<'b>> {
    let phases = object.get("kill_chain_phases").and_then(Json::as_list).unwrap_or_default();
    phases
        .iter()
        .filter_map(|phase| {
            let (chain, name) = (text(phase, "kill_chain_name")?, text(phase, "phase_name")?);
            Some(Json::text(format!("{chain}:{name}")))
        })
        .collect()
}

/// The galaxy that an object of others belongs to.
pub fn galaxy_of(kind: &str) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        "attack-pattern" => ("stix-2.1-attack-pattern", "STIX 2.1 Attack Pattern"),
        "campaign" => ("stix-2.1-campaign", "STIX 2.1 Campaign"),
        "course-of-action" => ("stix-2.1-course-of-action", "STIX 2.1 Course of Action"),
        "intrusion-set" => ("stix-2.1-intrusion-set", "STIX 2.1 Intrusion Set"),
        "location" => ("stix-2.1-location", "STIX 2.1 Location"),
        "malware" => ("stix-2.1-malware", "STIX 2.1 Malware"),
        "sector" => ("sector", "Sector"),
        "threat-actor" => ("stix-2.1-threat-actor", "STIX 2.1 Threat Actor"),
        "tool" => ("stix-2.1-tool", "STIX 2.1 Tool"),
        "vulnerability" => ("stix-2.1-vulnerability", "STIX 2.1 Vulnerability"),
        _ => return None,
    })
}

impl<'b> Reader<'b, '_> {
    /// A concept of others, as a cluster of the galaxy for its type.
    pub fn foreign_cluster(&mut self, object: &'b Json<'b>, kind: &str) -> bool {
        let Some((galaxy, whole, tag)) = self.foreign_galaxy(object, kind) else { return false };
        self.taken.take(object);
        join(&mut self.members, galaxy, whole);
        self.add("Tag", tag);
        true
    }

    /// The galaxy with the one cluster, and the tag that links it.
    pub fn foreign_galaxy(
        &self,
        object: &'b Json<'b>,
        kind: &str,
    ) -> Option<(&'static str, Json<'b>, Json<'b>)> {
        let (galaxy, name) = galaxy_of(kind)?;
        let id = text(object, "id").unwrap_or_default();
        let value = text(object, "name").unwrap_or("unknown");
        let tag = format!("misp-galaxy:{galaxy}=\"{value}\"");
        let mut members = vec![
            member("uuid", Json::text(self.bundle.uuid_of(id))),
            member("type", Json::text(galaxy)),
            member("value", Json::text(value)),
            member("tag_name", Json::text(tag.clone())),
        ];
        members.extend(text(object, "description").map(|text| member("description", Json::text(text))));
        let mut meta = meta(object);
        meta.extend(left(object));
        if !meta.is_empty() {
            members.push(member("meta", Json::Object(meta)));
        }
        let whole = Json::object([
            ("name", Json::text(name)),
            ("type", Json::text(galaxy)),
            ("GalaxyCluster", Json::List(vec![Json::Object(members)])),
        ]);
        Some((galaxy, whole, Json::object([("name", Json::text(tag))])))
    }
}

/// Adds a galaxy of one cluster to those among the members.
pub fn join<'b>(members: &mut Vec<Member<'b>>, kind: &str, galaxy: Json<'b>) {
    let galaxies = members.iter_mut().find(|member| member.name == "Galaxy").map(|member| &mut member.value);
    if let Some(Json::List(items)) = galaxies
        && let Some(Json::Object(known)) =
            items.iter_mut().find(|item| item.get("type").and_then(Json::as_text) == Some(kind))
    {
        let cluster =
            galaxy.get("GalaxyCluster").and_then(Json::as_list).and_then(|items| items.first()).cloned();
        if let Some(cluster) = cluster {
            super::push_to(known, "GalaxyCluster", cluster);
        }
        return;
    }
    super::push_to(members, "Galaxy", galaxy);
}

/// Properties that have no other place go into the meta data under their names.
fn left<'b>(object: &'b Json<'b>) -> Vec<Member<'b>> {
    const KNOWN: [&str; 27] = [
        "type",
        "spec_version",
        "id",
        "created_by_ref",
        "created",
        "modified",
        "name",
        "description",
        "external_references",
        "kill_chain_phases",
        "aliases",
        "malware_types",
        "tool_types",
        "threat_actor_types",
        "country",
        "region",
        "administrative_area",
        "first_seen",
        "last_seen",
        "goals",
        "roles",
        "resource_level",
        "primary_motivation",
        "sophistication",
        "objective",
        "tool_version",
        "object_marking_refs",
    ];
    let members = object.as_object().unwrap_or_default().iter();
    let is_left =
        |member: &&Member<'b>| !KNOWN.contains(&member.name.as_ref()) && !member.name.starts_with("x_misp_");
    members
        .filter(is_left)
        .map(|member| Member { name: member.name.clone(), value: as_meta(&member.value) })
        .collect()
}

/// Meta data are texts and lists of texts.
fn as_meta<'b>(found: &'b Json<'b>) -> Json<'b> {
    match found {
        Json::List(items) => Json::List(items.iter().map(as_meta).collect()),
        Json::Object(_) => Json::text(found.to_string()),
        Json::Null => Json::text("null"),
        other => value::to_text("", other).map_or(Json::Null, Json::Text),
    }
}
