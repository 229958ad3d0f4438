//! Sightings, notes, opinions and reports to STIX.

use super::{draft::Draft, ids, writer::Writer};
use crate::{
    Json,
    misp::{AnalystData, EventReport, Sighting, time},
    stix::is_language_tag,
};

/// Sightings are sightings; what says that it was wrong is an opinion.
pub fn sightings<'e>(writer: &mut Writer<'e>, sightings: impl Iterator<Item = Sighting<'e>>, of: &[String]) {
    for sighting in sightings {
        match sighting.kind() {
            Some(0) => seen(writer, sighting, of),
            Some(1) => disagreed(writer, sighting, of),
            Some(_) | None => {}
        }
    }
}

fn seen<'e>(writer: &mut Writer<'e>, sighting: Sighting<'e>, of: &[String]) {
    let Some(target) = of.iter().find(|id| ids::kind_of(id) != "observed-data").or_else(|| of.first()) else {
        return;
    };
    let organisation = sighting.organisation();
    let seer = organisation.and_then(|seer| Some(writer.identity(seer.uuid(), seer.name()?)));
    let id = writer.claim("sighting", sighting.uuid(), &format!("sighting {target}"));
    let mut draft = Draft::new("sighting", id);
    writer.times(&mut draft, writer.seconds(sighting.date()));
    if let Some(source) = sighting.source().filter(|source| !source.is_empty()) {
        draft.text("description", source);
    }
    draft.text("sighting_of_ref", target.clone());
    if of.len() > 1 {
        draft
            .texts("observed_data_refs", of.iter().filter(|id| ids::kind_of(id) == "observed-data").cloned());
    }
    draft.texts("where_sighted_refs", seer);
    writer.objects.push(draft.done());
}

fn disagreed<'e>(writer: &mut Writer<'e>, sighting: Sighting<'e>, of: &[String]) {
    let organisation = sighting.organisation();
    let seer = organisation.and_then(|seer| Some((writer.identity(seer.uuid(), seer.name()?), seer.name()?)));
    let id = writer.claim("opinion", sighting.uuid(), &format!("false positive {}", of.join(" ")));
    let mut draft = Draft::new("opinion", id);
    writer.times(&mut draft, writer.seconds(sighting.date()));
    draft.text("explanation", "False positive Sighting");
    if let Some((id, name)) = seer {
        draft.texts("authors", [name]);
        draft.text("x_misp_author_ref", id);
    }
    if let Some(source) = sighting.source().filter(|source| !source.is_empty()) {
        draft.text("x_misp_source", source);
    }
    draft.text("opinion", "strongly-disagree");
    draft.texts("object_refs", of.iter().cloned());
    writer.objects.push(draft.done());
}

/// Notes and opinions of analysts on what these objects stand for.
pub fn analyst<'e>(writer: &mut Writer<'e>, [notes, opinions]: [Vec<AnalystData<'e>>; 2], on: &[String]) {
    for note in notes {
        let mut draft = analyst_draft(writer, "note", note);
        draft.text("content", note.note().filter(|note| !note.is_empty()).unwrap_or("-"));
        if let Some(language) = note.language().filter(|language| is_language_tag(language)) {
            draft.text("lang", language);
        }
        author(&mut draft, note, "misp:context-layer=\"Analyst Note\"");
        finish(writer, draft, on);
    }
    for opinion in opinions {
        let mut draft = analyst_draft(writer, "opinion", opinion);
        let degree = opinion.opinion().unwrap_or(50);
        if let Some(comment) = opinion.comment().filter(|comment| !comment.is_empty()) {
            draft.text("explanation", comment);
        }
        draft.text("opinion", words_of(degree));
        draft.put("x_misp_opinion", Json::Number(degree.to_string().into()));
        author(&mut draft, opinion, "misp:context-layer=\"Analyst Opinion\"");
        finish(writer, draft, on);
    }
}

fn analyst_draft<'e>(writer: &mut Writer<'e>, kind: &'static str, data: AnalystData<'e>) -> Draft<'e> {
    let id = writer.claim(kind, data.uuid(), data.object_uuid().unwrap_or_default());
    let mut draft = Draft::new(kind, id);
    let changed = time::of_seconds(writer.changed);
    let instant = |text: Option<&str>| text.and_then(time::seconds).map(time::of_seconds);
    let created = instant(data.created()).unwrap_or_else(|| changed.clone());
    let modified = instant(data.modified()).unwrap_or(changed).max(created.clone());
    draft.text("created_by_ref", writer.creator.clone());
    draft.text("created", created);
    draft.text("modified", modified);
    draft
}

fn author<'e>(draft: &mut Draft<'e>, data: AnalystData<'e>, label: &'static str) {
    draft.texts("authors", data.authors().filter(|authors| !authors.is_empty()));
    draft.texts("labels", [label]);
}

fn finish<'e>(writer: &mut Writer<'e>, mut draft: Draft<'e>, on: &[String]) {
    draft.texts("object_refs", on.iter().cloned());
    writer.objects.push(draft.done());
}

/// The degrees of STIX (10.21).
const fn words_of(opinion: i64) -> &'static str {
    match opinion {
        i64::MIN..=20 => "strongly-disagree",
        21..=40 => "disagree",
        41..=60 => "neutral",
        61..=80 => "agree",
        81.. => "strongly-agree",
    }
}

/// Reports are notes on the objects that they name, or on the whole.
pub fn reports<'e>(writer: &mut Writer<'e>, whole: &str) {
    for (index, report) in writer.event.reports().enumerate() {
        let mut on = named(writer, report);
        if on.is_empty() {
            on.push(whole.to_owned());
        }
        let id = writer.claim("note", report.uuid(), &format!("report {index}"));
        let mut draft = writer.draft("note", id.clone(), writer.seconds(report.timestamp()));
        draft.text("abstract", report.name().unwrap_or_default());
        draft.text("content", report.content().filter(|content| !content.is_empty()).unwrap_or("-"));
        draft.texts("labels", ["misp:data-layer=\"Event Report\""]);
        finish(writer, draft, &on);
        if let Some(uuid) = report.uuid() {
            writer.stands_for.entry(uuid).or_default().push(id);
        }
    }
}

/// The objects that the references `@[attribute](uuid)` of a report name.
fn named(writer: &Writer<'_>, report: EventReport<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let content = report.content().unwrap_or_default();
    for (_, rest) in content.match_indices("](").filter_map(|(at, _)| content.split_at_checked(at + 2)) {
        let uuid = rest.split(')').next().unwrap_or_default();
        for id in writer.stands_for.get(uuid).into_iter().flatten() {
            if !found.contains(id) {
                found.push(id.clone());
            }
        }
    }
    found
}
