//! Who: analyzer and sensors as systems, organisation and entity as organisations, and where they are.

use super::{Building, Members, Parts, Remainder, extension, text, texts, words};
use crate::{Json, idmef::keywords::sector_to_stix, syntax::country::is_country};

pub fn add(building: &mut Building<'_>, rest: &mut Remainder, parts: &mut Parts) {
    let analyzer = rest.part("Analyzer");
    let has_analyzer = analyzer.is_some();
    building.author = Some(building.id("identity", "analyzer"));
    let author = system(building, analyzer.unwrap_or_default(), ("analyzer", "analyzer"));
    if has_analyzer {
        rest.refer("analyzer_ref", &author);
    }
    let mut sensors = Vec::new();
    for (index, sensor) in rest.parts("Sensor").into_iter().enumerate() {
        sensors.push(system(building, sensor, ("sensor", &format!("sensor/{index}"))));
    }
    rest.refer_all("sensor_refs", &sensors);
    let organisation = party(building, rest, ["OrganisationName", "OrganisationId"], "organisation");
    if let Some(id) = &organisation {
        rest.refer("organisation_ref", id);
    }
    let entity = party(building, rest, ["EntityName", "EntityId"], "entity");
    if let Some(id) = &entity {
        rest.refer("entity_ref", id);
    }
    if let (Some(entity), Some(organisation)) = (&entity, &organisation) {
        building.relate(entity, "related-to", organisation);
    }
    parts.entity = entity.or(organisation);
}

/// An analyzer or a sensor.
fn system(building: &mut Building<'_>, mut rest: Remainder, (role, part): (&'static str, &str)) -> String {
    let name = ["Name", "Hostname", "IP"].into_iter().find_map(|name| rest.text(name));
    let name = name.unwrap_or("unnamed").to_owned();
    rest.said("Name", &name);
    let place = place(building, &mut rest, part);
    let members = vec![
        ("name", text(name)),
        ("roles", texts([role])),
        ("identity_class", text("system")),
        ("extensions", extension(vec![(role, rest.into_json())])),
    ];
    let id = building.add("identity", part, members);
    if let Some(place) = place {
        building.relate(&id, "located-at", &place);
    }
    id
}

/// The organisation, or the entity, which has its sectors.
fn party(
    building: &mut Building<'_>,
    rest: &mut Remainder,
    [name, number]: [&'static str; 2],
    part: &'static str,
) -> Option<String> {
    let mut own = Remainder::default();
    rest.give(name, &mut own);
    rest.give(number, &mut own);
    let mut members: Members = Vec::new();
    if part == "entity" {
        rest.give("EntitySector", &mut own);
        let sectors = own.texts("EntitySector").map(|sectors| industries(&sectors)).unwrap_or_default();
        if !sectors.is_empty() {
            members.push(("sectors", texts(sectors)));
        }
    }
    if own.is_empty() {
        return None;
    }
    let called = own.text(name).or_else(|| own.text(number)).unwrap_or("unnamed").to_owned();
    own.said(name, &called);
    members.insert(0, ("name", text(called)));
    members.insert(1, ("identity_class", text("organization")));
    if !own.is_empty() {
        members.push(("extensions", extension(vec![(part, own.into_json())])));
    }
    Some(building.add("identity", part, members))
}

/// The sectors in the words of STIX, each once.
pub fn industries(sectors: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for sector in sectors {
        for industry in sector_to_stix().get(sector).map(|row| row.to.iter()).into_iter().flatten() {
            if !found.contains(industry) {
                found.push(industry.clone());
            }
        }
    }
    found
}

/// Coordinates, country and name of a place. A name alone is no location of STIX.
pub fn place(building: &mut Building<'_>, rest: &mut Remainder, part: &str) -> Option<String> {
    let coordinates = rest.text("GeoLocation").and_then(words::coordinates);
    let country = rest.text("UnLocation").and_then(|code| code.get(..2)).filter(|code| is_country(code));
    let mut members: Members = Vec::new();
    if coordinates.is_none() && country.is_none() {
        return None;
    }
    let mut own = Remainder::default();
    let country = country.map(str::to_owned);
    if let Some(name) = rest.text("Location") {
        members.push(("name", text(name)));
        rest.take("Location");
    }
    if let Some((latitude, longitude)) = coordinates {
        let plain = format!("{latitude},{longitude}");
        members.push(("latitude", Json::Number(latitude.into())));
        members.push(("longitude", Json::Number(longitude.into())));
        rest.give("GeoLocation", &mut own);
        own.said("GeoLocation", &plain);
    }
    if let Some(country) = country {
        members.push(("country", text(country)));
        rest.give("UnLocation", &mut own);
    }
    if !own.is_empty() {
        members.push(("extensions", extension(vec![("location", own.into_json())])));
    }
    let id = building.add("location", part, members);
    rest.refer("location_ref", &id);
    Some(id)
}
