//! The worked deadlines of the laws.

use std::collections::BTreeMap;

use model::{Country, Instant};
use regime::clock::{Bound, Clock, Events, Locality, deadline, zone};

use crate::{CALENDAR, clock, shared};

#[derive(serde::Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(serde::Deserialize)]
struct Vector {
    id: String,
    pack: String,
    #[serde(default)]
    track: Option<String>,
    stage: String,
    country: Country,
    zone: String,
    #[serde(default)]
    entity: BTreeMap<String, serde_json::Value>,
    events: BTreeMap<String, OneOrMore>,
    due: Instant,
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(Instant),
    More(Vec<Instant>),
}

impl Vector {
    fn clock(&self) -> Clock {
        let stage = self.stage.replace("authority:", "authority_");
        let stage = match &self.track {
            Some(track) => format!("{track}_{stage}"),
            None if self.entity.contains_key("affects") => format!("{stage}_trust_services"),
            None => stage,
        };
        clock(&self.pack, &stage)
    }

    fn events(&self) -> Events {
        let mut events = Events::new();
        for (name, instants) in &self.events {
            let instants = match instants {
                OneOrMore::One(instant) => vec![*instant],
                OneOrMore::More(instants) => instants.clone(),
            };
            for instant in instants {
                match name.strip_prefix("submitted:") {
                    Some(stage) => events.submitted(stage, instant),
                    None => events.happened(name.clone(), instant),
                }
            }
        }
        events
    }
}

#[test]
fn all_worked_deadlines_are_right_to_the_microsecond() {
    let Some(text) = shared("standards/law/deadline_vectors.json") else { return };
    let vectors = serde_json::from_str::<Vectors>(&text).unwrap().vectors;
    assert_eq!(vectors.len(), 27);
    for vector in vectors {
        let zone = zone(&vector.zone).unwrap();
        let locality = Locality { zone: &zone, country: vector.country, calendar: &CALENDAR };
        let excluded = vector.entity.get("entity_type").is_some_and(|kind| kind == "credit_institution");
        let found = deadline(&vector.clock(), &vector.events(), &locality, Some(excluded)).unwrap().unwrap();
        assert_eq!(found.at, vector.due, "{}: {:#?}", vector.id, found.steps);
        assert_eq!(found.bound, Bound::Exact, "{}", vector.id);
    }
}
