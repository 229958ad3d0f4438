//! Who and where: identities and locations.

use super::{
    Run,
    own::GONE,
    store::{Store, digits, text, texts},
    words,
};
use crate::{
    Json, canonical,
    idmef::{
        keywords::sector_to_stix,
        stix::{
            carried::{Carried, part},
            to_stix::industries,
        },
    },
};

pub fn of_alert(store: &Store<'_>, place: usize, alert: &mut Carried<'_>, run: &mut Run<'_>) {
    if let Some(id) = alert.reference("analyzer_ref") {
        let analyzer = system(store, id, "analyzer", run).unwrap_or_else(|| {
            run.lose(store.pointer(place), "the analyzer", GONE);
            Json::object([("Name", Json::text("unknown"))])
        });
        alert.set("Analyzer", analyzer);
    }
    let mut sensors = Vec::new();
    for id in alert.references("sensor_refs") {
        match system(store, id, "sensor", run) {
            Some(sensor) => sensors.push(sensor),
            None => run.lose(store.pointer(place), "a sensor", GONE),
        }
    }
    if !sensors.is_empty() {
        alert.set("Sensor", Json::List(sensors));
    }
    party(store, (alert, place), ("organisation", "organisation_ref"), run);
    party(store, (alert, place), ("entity", "entity_ref"), run);
}

fn system(store: &Store<'_>, id: &str, role: &str, run: &mut Run<'_>) -> Option<Json<'static>> {
    let place = store.place(id).filter(|place| run.visit(store, *place))?;
    let identity = store.at(place);
    let mut own = Carried::of(part(identity, role), run.limits);
    let name = text(identity, "name").unwrap_or_default();
    let default =
        ["Hostname", "IP"].into_iter().find_map(|name| own.text(name).filter(|text| !text.is_empty()));
    if !(own.is_absent("Name") && name == default.unwrap_or("unnamed")) {
        // What could not be a name is carried as it was, unless somebody gave it one.
        let odd = own.get("Name").is_some() && name == default.unwrap_or("unnamed");
        if !odd {
            own.set("Name", Json::text(name.to_owned()));
        }
    }
    place_of(store, &mut own, run);
    Some(own.into_json())
}

/// Coordinates, country and name of the place that is referred to.
pub fn place_of(store: &Store<'_>, own: &mut Carried<'_>, run: &mut Run<'_>) {
    let Some(id) = own.reference("location_ref") else { return };
    let Some(place) = store.place(id).filter(|place| run.visit(store, *place)) else {
        run.lose(String::new(), id, GONE);
        return;
    };
    let location = store.at(place);
    let mut there = Carried::of(part(location, "location"), run.limits);
    if let Some(name) = text(location, "name") {
        there.set("Location", Json::text(name.to_owned()));
    }
    match coordinates(location) {
        Some(plain) => {
            let same = |text: &str| words::coordinates(text).map(|(one, other)| format!("{one},{other}"));
            there.heard("GeoLocation", &plain, same);
        }
        None => drop(there.take("GeoLocation")),
    }
    let country = text(location, "country").unwrap_or_default();
    let agrees = there.text("UnLocation").is_none_or(|code| code.get(..2) == Some(country));
    if !agrees || there.get("UnLocation").is_none() && !country.is_empty() {
        there.take("UnLocation");
        let pointer = format!("{}/country", store.pointer(place));
        run.lose(pointer, country, "an alert has the code of a place, not of a country alone");
    }
    own.pour(there);
}

/// As an alert writes them.
pub fn coordinates(location: &Json<'static>) -> Option<String> {
    let number = |name: &str| {
        digits(location, name).and_then(|digits| {
            canonical(&Json::Number(digits.to_owned().into())).filter(|digits| !digits.contains('e'))
        })
    };
    Some(format!("{},{}", number("latitude")?, number("longitude")?))
}

/// An organisation or an entity.
fn party(
    store: &Store<'_>,
    (alert, head): (&mut Carried<'_>, usize),
    (role, reference): (&'static str, &str),
    run: &mut Run<'_>,
) {
    let Some(id) = alert.reference(reference) else { return };
    let Some(place) = store.place(id).filter(|place| run.visit(store, *place)) else {
        run.lose(store.pointer(head), role, GONE);
        return;
    };
    let identity = store.at(place);
    let mut own = Carried::of(part(identity, role), run.limits);
    let [called, number] = match role {
        "entity" => ["EntityName", "EntityId"],
        _ => ["OrganisationName", "OrganisationId"],
    };
    let name = text(identity, "name").unwrap_or_default();
    let default = own.text(number).filter(|text| !text.is_empty()).unwrap_or("unnamed");
    let ours = name == default && (own.is_absent(called) || own.get(called).is_some());
    if !ours {
        own.set(called, Json::text(name.to_owned()));
    }
    let said = texts(identity, "sectors");
    if role == "entity" && industries(&own.texts("EntitySector")) != said {
        sectors(store, place, &mut own, run);
    }
    alert.pour(own);
}

/// The sectors of an identity, in the words of the draft.
pub fn sectors(store: &Store<'_>, place: usize, own: &mut Carried<'_>, run: &mut Run<'_>) {
    own.take("EntitySector");
    for (index, sector) in texts(store.at(place), "sectors").into_iter().enumerate() {
        match sector_of(sector) {
            Some(word) if !own.texts("EntitySector").contains(&word) => own.add("EntitySector", &word),
            Some(_) => {}
            None => {
                let pointer = format!("{}/sectors/{index}", store.pointer(place));
                run.lose(pointer, sector, "draft 08 has no such sector");
            }
        }
    }
}

/// The sector that this is the best word for, or the rest of the family that it stands for.
fn sector_of(industry: &str) -> Option<String> {
    let rows = || sector_to_stix().rows().filter(|row| row.to.first().is_some_and(|word| word == industry));
    let same = rows().find(|row| row.fit == crate::Fit::Same);
    let other = || rows().find(|row| row.from.ends_with(".Other"));
    same.or_else(other).or_else(|| rows().next()).map(|row| row.from.clone())
}
