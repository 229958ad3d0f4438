//! Events to STIX 2.1 bundles, and back.
//!
//! Names, types and labels are those that readers of MISP bundles know (`misp:type`, `misp:category`,
//! `x-misp-attribute`...). What STIX has no place for stands in a property extension, on the object that
//! stands for the part it belongs to. Nothing depends on a clock or on chance: times and identifiers follow from
//! the event.

mod attribute;
mod back;
mod context;
mod draft;
mod extend;
mod galaxy;
mod graph;
mod ids;
mod marking;
mod object;
mod patch;
mod pattern;
mod table;
mod value;
mod writer;

use super::{Event, time};
use crate::Json;
use draft::Draft;
use writer::Writer;

pub use back::read as from_stix;

/// The bundle of an event.
#[must_use]
pub fn to_stix<'e>(event: &'e Event<'e>) -> Json<'e> {
    let mut writer = Writer::new(event);
    let kind = if is_published(event) { "report" } else { "grouping" };
    let whole = writer.claim(kind, event.uuid(), "event");
    let at = writer.objects.len();
    let changed = writer.changed;
    galaxy::write(&mut writer, event.galaxies(), changed);
    attribute::write(&mut writer);
    object::write(&mut writer);
    context::reports(&mut writer, &whole);
    for report in event.reports() {
        let on = report.uuid().and_then(|uuid| writer.stands_for.get(uuid)).cloned().unwrap_or_default();
        context::analyst(&mut writer, [list(report.0, "Note"), list(report.0, "Opinion")], &on);
    }
    context::analyst(
        &mut writer,
        [event.notes().collect(), event.opinions().collect()],
        std::slice::from_ref(&whole),
    );
    let relations = std::mem::take(&mut writer.relations);
    writer.objects.extend(relations);
    if writer.objects.len() == at {
        empty(&mut writer, &whole);
    }
    let made = report(&mut writer, kind, whole.clone(), at);
    writer.objects.insert(at, made);
    // The report stands before what it is about.
    let parts: Vec<_> = writer.parts.iter().map(|(place, part)| (place + 1, *part)).collect();
    let markings: Vec<Json<'e>> = writer.marking_objects().collect();
    writer.objects.extend(markings);
    bundle(event, extend::extend(event, writer.objects, &parts, &whole))
}

fn list<'e>(json: &'e Json<'e>, name: &str) -> Vec<super::AnalystData<'e>> {
    super::types::lenient::list(json, name).iter().map(super::AnalystData).collect()
}

/// Published, and with a time of it.
fn is_published(event: &Event<'_>) -> bool {
    event.published() == Some(true)
}

/// A report needs something to be about (STIX 2.1, 4.16).
fn empty<'e>(writer: &mut Writer<'e>, whole: &str) {
    let id = writer.claim("note", writer.event.uuid(), "empty");
    let mut draft = writer.draft("note", id, writer.changed);
    draft.text("content", "This MISP Event is empty and contains no attribute, object, galaxy or tag.");
    draft.texts("object_refs", [whole.to_owned()]);
    writer.objects.push(draft.done());
}

/// The report, or the grouping of what is not published.
fn report<'e>(writer: &mut Writer<'e>, kind: &'static str, id: String, at: usize) -> Json<'e> {
    let event = writer.event;
    let mut draft = writer.draft(kind, id, writer.changed);
    draft.text("name", event.info().filter(|info| !info.is_empty()).unwrap_or("unknown"));
    if kind == "report" {
        let published = writer.seconds(event.publish_timestamp());
        draft.text("published", time::of_nanoseconds(i128::from(published) * 1_000_000_000));
    } else {
        draft.text("context", "suspicious-activity");
    }
    let refs: Vec<String> =
        writer.objects.iter().skip(at).filter_map(attribute::id_of).map(str::to_owned).collect();
    draft.texts("object_refs", refs);
    let linked = Writer::linked(event.galaxies());
    let tagged = writer.tagged(event.tags(), &linked);
    let own = vec!["Threat-Report".to_owned(), TOOL.to_owned()];
    writer.tag(&mut draft, own, &tagged);
    draft.done()
}

/// The label by which readers of MISP know a bundle whose labels they can trust.
const TOOL: &str = "misp:tool=\"MISP-STIX-Converter\"";

fn bundle<'e>(event: &Event<'e>, objects: Vec<Json<'e>>) -> Json<'e> {
    let uuid = match event.uuid().filter(|uuid| ids::is_fit(uuid)) {
        Some(uuid) => uuid.to_owned(),
        None => ids::of_text(&format!("bundle {}", event.info().unwrap_or_default())),
    };
    let mut draft = Draft::new("bundle", format!("bundle--{uuid}"));
    draft.members().retain(|member| member.name != "spec_version");
    draft.put("objects", Json::List(objects));
    draft.done()
}
