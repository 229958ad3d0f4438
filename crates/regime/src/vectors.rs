//! Worked deadlines: what a file of known dues says, and what the packs say.

use std::collections::BTreeMap;

use model::{Country, DutyKey, Instant};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Case, Library, Pack, Problem, Submission, clock,
    clock::Events,
    duties::due::{Dues, Found},
    evaluate::World,
};

/// What came of a file of worked deadlines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many were computed and compared.
    pub checked: usize,
    /// How many speak of a pack that this library does not have.
    pub no_pack: usize,
    /// What was computed.
    pub results: Vec<VectorResult>,
    /// Where the computed due is not the expected one, in words.
    pub differences: Vec<String>,
}

/// One computed due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VectorResult {
    /// The identifier of the vector.
    pub id: String,
    /// The due; absent when the clock does not run.
    pub due: Option<Instant>,
}

#[derive(Deserialize)]
struct VectorFile {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    pack: String,
    #[serde(default)]
    track: Option<String>,
    #[serde(default)]
    profile: Option<String>,
    stage: String,
    country: Country,
    zone: String,
    #[serde(default)]
    entity: BTreeMap<String, Value>,
    #[serde(default)]
    events: BTreeMap<String, Moments>,
    #[serde(default)]
    due: Option<Instant>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Moments {
    One(Instant),
    Several(Vec<Instant>),
}

/// Computes the dues of a file of worked deadlines and compares them with the expected ones.
///
/// # Errors
/// A [`Problem`] when the file has another shape.
pub fn vectors(library: &Library, file: &[u8]) -> Result<Report, Vec<Problem>> {
    let file: VectorFile = serde_json::from_slice(file).map_err(|error| {
        vec![Problem {
            field: String::new(),
            pointer: String::new(),
            rule: "wrong_shape".to_owned(),
            message: format!("a file of worked deadlines is an object with vectors: {error}"),
        }]
    })?;
    let mut report = Report::default();
    for vector in &file.vectors {
        let name = vector.profile.as_ref().unwrap_or(&vector.pack);
        let Some(pack) = library.pack(name) else {
            report.no_pack += 1;
            continue;
        };
        report.checked += 1;
        let found = computed(library, pack, vector);
        let due = found.deadline.as_ref().map(|deadline| deadline.at);
        if due != vector.due {
            let said = |due: Option<Instant>| due.map_or_else(|| "none".to_owned(), |due| due.to_string());
            let why = found.error.unwrap_or_default();
            report.differences.push(format!(
                "{}: expected {}, got {} {why}",
                vector.id,
                said(vector.due),
                said(due)
            ));
        }
        report.results.push(VectorResult { id: vector.id.clone(), due });
    }
    Ok(report)
}

fn computed(library: &Library, pack: &Pack, vector: &Vector) -> Found {
    let zone = match clock::zone(&vector.zone) {
        Ok(zone) => zone,
        Err(error) => return Found { error: Some(error.to_string()), ..Found::default() },
    };
    let (case, events) = case(library, pack, vector);
    let track = vector.track.as_deref();
    let world = World::new(library.vocabularies(), pack, &case, "en").within(track);
    let dues = Dues {
        library,
        world: &world,
        events: &events,
        zone: &zone,
        country: vector.country,
        ordinary: true,
    };
    if let Some(duty) = vector.stage.strip_prefix("authority:") {
        let duty = pack.law.authority.iter().find(|candidate| candidate.id == duty);
        return match duty.and_then(|duty| duty.clock.as_ref()) {
            Some(clock) => dues.of_clock(clock),
            None => Found { error: Some("no such duty of an authority".to_owned()), ..Found::default() },
        };
    }
    let stage = match &vector.track {
        Some(track) => pack.stage(track, &vector.stage),
        None => pack.stage_named(&vector.stage),
    };
    match stage {
        Some((track, stage)) => {
            let key =
                DutyKey { pack: pack.id().to_owned(), track: track.id.clone(), stage: stage.id.clone() };
            dues.of(stage, &key, &case)
        }
        None => Found { error: Some("no such stage".to_owned()), ..Found::default() },
    }
}

/// The facts of the vector in the words of the vocabularies: `entity_type` is `entity.type`, `affects`
/// names the kinds of services affected, anything else is a fact of the entity by that name.
fn case(library: &Library, pack: &Pack, vector: &Vector) -> (Case, Events) {
    let mut case = Case {
        entity: BTreeMap::new(),
        facts: BTreeMap::new(),
        country: vector.country,
        zone: vector.zone.clone(),
        submissions: vec![],
        requests: vec![],
        opened: None,
        simulated: vec![],
    };
    for (name, value) in &vector.entity {
        match name.as_str() {
            "entity_type" => case.entity.insert("entity.type".to_owned(), Value::Array(vec![value.clone()])),
            "affects" => {
                case.facts.insert("affected_service_kinds".to_owned(), Value::Array(vec![value.clone()]))
            }
            other => case.entity.insert(format!("entity.{other}"), value.clone()),
        };
    }
    let mut events = Events::new();
    for (name, moments) in &vector.events {
        let moments = match moments {
            Moments::One(at) => std::slice::from_ref(at),
            Moments::Several(all) => all.as_slice(),
        };
        for at in moments {
            let stage = name.strip_prefix("submitted:").map(|stage| stage.split('(').next().unwrap_or(stage));
            let Some(stage) = stage else {
                events.happened(name.clone(), *at);
                if let Some(field) = library.vocabularies().field_of_event(name) {
                    case.facts.insert(field.id.clone(), Value::String(at.to_string()));
                }
                continue;
            };
            events.submitted(stage, *at);
            if let Some(track) = pack.track_of(stage, vector.track.as_deref()) {
                let duty =
                    DutyKey { pack: pack.id().to_owned(), track: track.id.clone(), stage: stage.to_owned() };
                case.submissions.push(Submission { duty, at: *at, acknowledged: false, corrects: false });
            }
        }
    }
    (case, events)
}
