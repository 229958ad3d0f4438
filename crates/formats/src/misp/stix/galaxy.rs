//! Clusters of galaxies to STIX: techniques, malware, actors, sectors, places, or an object of our own.

use super::{attribute::cve, draft::Draft, ids, table, value, writer::Writer};
use crate::{
    Json, Member,
    misp::{Cluster, Galaxy, time, types::lenient},
};

/// Writes the clusters that are not there yet; gives their identifiers and how they are linked.
pub fn write<'e>(
    writer: &mut Writer<'e>,
    galaxies: impl Iterator<Item = Galaxy<'e>>,
    seconds: i64,
) -> Vec<(String, &'e str)> {
    let mut links = Vec::new();
    for galaxy in galaxies {
        for cluster in galaxy.clusters() {
            let id = id_of(galaxy, cluster);
            if !writer.has(&id) {
                let kind = ids::kind_of(&id).to_owned();
                writer.claim(&kind, Some(ids::uuid_of(&id)), &id);
                let mut draft = Draft::new(kind.clone(), id.clone());
                draft.text("created_by_ref", writer.creator.clone());
                let made = lenient::number(cluster.0, "timestamp").unwrap_or(seconds);
                writer.times(&mut draft, writer.seconds(Some(made)));
                fill(&mut draft, &kind, galaxy, cluster);
                writer.objects.push(draft.done());
            }
            links.push((id, lenient::text(cluster.0, "relationship_type").unwrap_or_default()));
        }
    }
    links
}

/// Old servers export clusters without UUID: it then follows from the tag.
fn id_of(galaxy: Galaxy<'_>, cluster: Cluster<'_>) -> String {
    let kind = kind_of(galaxy, cluster);
    let stix = table::galaxy(kind).unwrap_or("x-misp-galaxy-cluster");
    match cluster.uuid().filter(|uuid| ids::is_fit(uuid)) {
        Some(uuid) => format!("{stix}--{uuid}"),
        None => format!("{stix}--{}", ids::of_text(&tag_of(kind, cluster))),
    }
}

fn kind_of<'e>(galaxy: Galaxy<'e>, cluster: Cluster<'e>) -> &'e str {
    let own = cluster.kind().filter(|kind| !kind.is_empty());
    own.or_else(|| galaxy.kind()).unwrap_or("unknown")
}

fn tag_of(kind: &str, cluster: Cluster<'_>) -> String {
    cluster.tag_name().filter(|tag| !tag.is_empty()).map_or_else(
        || format!("misp-galaxy:{kind}=\"{}\"", cluster.value().unwrap_or_default()),
        str::to_owned,
    )
}

fn fill<'e>(draft: &mut Draft<'e>, stix: &str, galaxy: Galaxy<'e>, cluster: Cluster<'e>) {
    let kind = kind_of(galaxy, cluster);
    let galaxy_name = galaxy.name().unwrap_or(kind);
    let mut labels = vec![
        Json::text(format!("misp:galaxy-name=\"{galaxy_name}\"")),
        Json::text(format!("misp:galaxy-type=\"{kind}\"")),
    ];
    labels.extend(cluster.tag_name().filter(|tag| !tag.is_empty()).map(Json::text));
    let value = cluster.value().filter(|value| !value.is_empty()).unwrap_or("unknown");
    let description = cluster.description().filter(|text| !text.is_empty());
    let about = galaxy.description().unwrap_or_default();
    let both =
        || format!("{about} | {}", if kind == "country" { value } else { description.unwrap_or(value) });
    if stix == "x-misp-galaxy-cluster" {
        draft.put("labels", Json::List(labels));
        draft.text("x_misp_name", galaxy_name);
        draft.text("x_misp_type", kind);
        draft.text("x_misp_value", value);
        draft.text("x_misp_description", both());
        custom_meta(draft, cluster);
        return;
    }
    let name =
        if kind.starts_with("mitre-") { value.split(" - ").next().unwrap_or(value).trim() } else { value };
    draft.text("name", if stix == "location" { place_name(kind, name) } else { name.to_owned() });
    match stix {
        "identity" => {
            draft.text("identity_class", "class");
            draft.text("description", description.unwrap_or(about));
        }
        "location" if kind != "stix-2.1-location" => draft.text("description", both()),
        "malware" => draft.put("is_family", Json::Bool(false)),
        _ => {}
    }
    if let Some(text) =
        description.filter(|_| !matches!(stix, "identity" | "location") || kind == "stix-2.1-location")
    {
        draft.text("description", text);
    }
    let mut meta = Meta { stix, value: name, draft, references: Vec::new(), renamed: Vec::new() };
    if stix == "vulnerability" {
        meta.references.extend(cve(value));
    }
    meta.write(cluster);
    if stix == "location" {
        place(draft, kind, cluster);
    }
    draft.put("labels", Json::List(labels));
}

/// Countries begin with a capital letter, regions with a number that is no part of their name.
fn place_name(kind: &str, name: &str) -> String {
    match kind {
        "region" => name.split_once(" - ").map_or(name, |(_, plain)| plain).to_owned(),
        "country" => {
            let mut letters = name.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
        _ => name.to_owned(),
    }
}

/// Every place needs a country, a region or coordinates (STIX 2.1, 4.11).
fn place<'e>(draft: &mut Draft<'e>, kind: &str, cluster: Cluster<'e>) {
    let has = |draft: &mut Draft<'e>, name: &str| draft.members().iter().any(|member| member.name == name);
    if has(draft, "country") || has(draft, "region") || has(draft, "latitude") {
        return;
    }
    let iso = cluster.0.get("meta").and_then(|meta| meta.get("ISO")).and_then(Json::as_text);
    match iso {
        Some(iso) if kind == "country" => draft.text("country", iso),
        Some(_) | None => {
            let name = cluster.value().unwrap_or_default();
            let plain = name.split(" - ").last().unwrap_or(name).to_lowercase().replace(' ', "-");
            draft.text(
                "region",
                match plain.as_str() {
                    "latin-america-and-the-caribbean" => "latin-america-caribbean".to_owned(),
                    "australia-and-new-zealand" => "australia-new-zealand".to_owned(),
                    _ => plain,
                },
            );
        }
    }
}

/// The meta data of a cluster, on their way to properties.
struct Meta<'d, 'e> {
    stix: &'d str,
    value: &'e str,
    draft: &'d mut Draft<'e>,
    references: Vec<Json<'e>>,
    renamed: Vec<Member<'e>>,
}

impl<'e> Meta<'_, 'e> {
    fn write(mut self, cluster: Cluster<'e>) {
        for member in cluster.0.get("meta").and_then(Json::as_object).unwrap_or_default() {
            self.one(&member.name, &member.value);
        }
        if !self.references.is_empty() {
            self.draft.put("external_references", Json::List(self.references));
        }
        if !self.renamed.is_empty() {
            self.draft.put("x_misp_original_names", Json::Object(self.renamed));
        }
    }

    fn one(&mut self, name: &'e str, value: &'e Json<'e>) {
        let texts: Vec<&'e str> = match value {
            Json::List(items) => items.iter().filter_map(Json::as_text).collect(),
            Json::Text(text) => vec![text],
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => Vec::new(),
        };
        match (name, self.stix) {
            ("external_id" | "Technique ID", "identity" | "location") | ("refs", "identity") => {}
            ("external_id" | "Technique ID", _) if !texts.is_empty() => {
                self.references.extend(texts.into_iter().map(external));
            }
            ("refs", _) => self.references.extend(texts.into_iter().filter(|text| !text.is_empty()).map(url)),
            ("kill_chain", "attack-pattern" | "malware" | "tool") => self.phases(&texts),
            (
                "synonyms",
                "attack-pattern" | "campaign" | "intrusion-set" | "malware" | "threat-actor" | "tool",
            ) => {
                let others: Vec<&str> = texts.into_iter().filter(|text| *text != self.value).collect();
                self.draft.texts("aliases", others);
            }
            ("aliases", "vulnerability") => self.references.extend(texts.into_iter().map(external)),
            ("first_seen" | "last_seen", "campaign" | "intrusion-set" | "malware" | "threat-actor") => {
                if let Some(instant) = texts.first().and_then(|text| time::nanoseconds(text)) {
                    self.draft.text(name, time::of_nanoseconds(instant));
                }
            }
            ("type" | "labels" | "malware_types", "malware") => self.draft.texts("malware_types", texts),
            ("type" | "labels" | "tool_types", "tool") => self.draft.texts("tool_types", texts),
            ("type" | "labels" | "threat_actor_types", "threat-actor") => {
                self.draft.texts("threat_actor_types", texts)
            }
            ("country" | "region" | "administrative_area", "location") => {
                if let Some(text) = texts.first() {
                    self.draft.text(name, *text);
                }
            }
            (_, "identity") => {}
            _ => self.custom(name, value),
        }
    }

    fn custom(&mut self, name: &'e str, value: &'e Json<'e>) {
        // STIX has no empty lists (2.9).
        if value.as_list().is_some_and(<[Json<'_>]>::is_empty) {
            return;
        }
        let property = value::custom(name);
        if property.strip_prefix("x_misp_") != Some(name) {
            self.renamed.push(Member { name: property.clone().into(), value: Json::text(name) });
        }
        self.draft.put(property, value.clone());
    }

    fn phases(&mut self, texts: &[&'e str]) {
        let phases: Vec<Json<'e>> = texts
            .iter()
            .filter_map(|text| {
                let (chain, _) = text.split_once(':')?;
                let (_, phase) = text.rsplit_once(':')?;
                Some(Json::object([
                    ("kill_chain_name", Json::text(chain)),
                    ("phase_name", Json::text(phase)),
                ]))
            })
            .collect();
        if !phases.is_empty() {
            self.draft.put("kill_chain_phases", Json::List(phases));
        }
    }
}

fn custom_meta<'e>(draft: &mut Draft<'e>, cluster: Cluster<'e>) {
    let members = cluster.0.get("meta").and_then(Json::as_object).unwrap_or_default();
    if members.is_empty() {
        return;
    }
    let plain = |name: &str| value::custom(name).trim_start_matches("x_misp_").to_owned();
    let meta =
        members.iter().map(|member| Member { name: plain(&member.name).into(), value: member.value.clone() });
    draft.put("x_misp_meta", Json::Object(meta.collect()));
}

/// An identifier in the list that its beginning tells.
fn external<'e>(id: &'e str) -> Json<'e> {
    let source = match id.split_once('-').map(|(prefix, _)| prefix) {
        Some("CAPEC") if is_number(id, "CAPEC-") => "capec",
        Some("CVE") if cve(id).is_some() => "cve",
        Some("CWE") => "cwe",
        Some("MOB") => "mitre-mobile-attack",
        Some("PRE") => "mitre-pre-attack",
        Some("REF") => "reference_from_CAPEC",
        Some(_) => "NIST Mobile Threat Catalogue",
        None if id.bytes().all(|byte| byte.is_ascii_digit()) => "WASC",
        None => "mitre-attack",
    };
    Json::object([("source_name", Json::text(source)), ("external_id", Json::text(id))])
}

fn is_number(id: &str, prefix: &str) -> bool {
    let digits = id.strip_prefix(prefix).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// An address.
pub fn url<'e>(address: &'e str) -> Json<'e> {
    Json::object([("source_name", Json::text("url")), ("url", Json::text(address))])
}

/// How an object of one type is tied to one of another (STIX 2.1, appendix B); all else is related.
const RELATIONS: [(&str, &str, &str); 33] = [
    ("indicator", "attack-pattern", "indicates"),
    ("indicator", "campaign", "indicates"),
    ("indicator", "intrusion-set", "indicates"),
    ("indicator", "malware", "indicates"),
    ("indicator", "threat-actor", "indicates"),
    ("indicator", "tool", "indicates"),
    ("attack-pattern", "identity", "targets"),
    ("attack-pattern", "location", "targets"),
    ("attack-pattern", "tool", "uses"),
    ("attack-pattern", "vulnerability", "targets"),
    ("campaign", "attack-pattern", "uses"),
    ("campaign", "identity", "targets"),
    ("campaign", "intrusion-set", "attributed-to"),
    ("campaign", "malware", "uses"),
    ("campaign", "threat-actor", "attributed-to"),
    ("campaign", "tool", "uses"),
    ("campaign", "vulnerability", "targets"),
    ("course-of-action", "attack-pattern", "mitigates"),
    ("course-of-action", "tool", "mitigates"),
    ("intrusion-set", "attack-pattern", "uses"),
    ("intrusion-set", "identity", "targets"),
    ("intrusion-set", "malware", "uses"),
    ("intrusion-set", "threat-actor", "attributed-to"),
    ("intrusion-set", "tool", "uses"),
    ("intrusion-set", "vulnerability", "targets"),
    ("malware", "attack-pattern", "uses"),
    ("malware", "intrusion-set", "authored-by"),
    ("malware", "threat-actor", "authored-by"),
    ("threat-actor", "attack-pattern", "uses"),
    ("threat-actor", "malware", "uses"),
    ("threat-actor", "tool", "uses"),
    ("threat-actor", "vulnerability", "targets"),
    ("tool", "identity", "targets"),
];

/// Ties what stands for a part to a cluster.
pub fn link(writer: &mut Writer<'_>, part: &[String], cluster: &str, seconds: i64) {
    let Some(source) = part.first() else { return };
    let kinds = (ids::kind_of(source), ids::kind_of(cluster));
    let known =
        RELATIONS.iter().find(|(from, to, _)| (*from, *to) == kinds).map(|(_, _, relation)| *relation);
    writer.relate(source, known.unwrap_or("related-to"), cluster, seconds);
}
