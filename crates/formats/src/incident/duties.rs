//! Duties as the command line prints them.

use crate::{
    Json, Loss, Reading,
    stix::{
        instant,
        regulatory::{Duty, State},
    },
};

/// The duties of the document that `beffroi duties --json` prints, or of its list, as they travel in STIX.
/// Recipients, reasons and steps of computation are not carried; what has no key and no state is named.
#[must_use]
pub fn duties(document: &Json<'_>) -> Reading<Duty> {
    let list = document.get("duties").unwrap_or(document);
    let mut reading = Reading::default();
    let Some(items) = list.as_list() else {
        reading.losses.push(Loss::at(&[], list.in_short(), "duties are a list, or an object with duties"));
        return reading;
    };
    for (at, item) in items.iter().enumerate() {
        match duty(item) {
            Some(duty) => reading.items.push(duty),
            None => reading.losses.push(Loss::at(
                &["duties", &at.to_string()],
                item.in_short(),
                "a duty has a key of three parts and one of the states",
            )),
        }
    }
    reading
}

fn duty(item: &Json<'_>) -> Option<Duty> {
    let text = |value: &Json<'_>, name: &str| value.get(name).and_then(Json::as_text).map(str::to_owned);
    let key = text(item, "key")?;
    let mut parts = key.split('.').skip(1);
    let (track, stage) = (parts.next()?, parts.next()?);
    let state = State::parse(&text(item, "state")?.replace('_', "-"))?;
    let mut duty = Duty::new(text(item, "law")?, stage, state);
    duty.track = Some(track.to_owned());
    duty.regulation_version = text(item, "pack_version");
    duty.legal_basis = text(item, "article").filter(|article| !article.is_empty());
    duty.authority = item.get("recipients").and_then(Json::as_list).and_then(|all| receiver(all));
    if let Some(due) = item.get("due").filter(|due| due.as_object().is_some()) {
        let time = |name: &str| text(due, name).filter(|time| instant(time).is_some());
        duty.due = time("at");
        duty.anchor_time = time("anchor_at");
        duty.anchor = text(due, "anchor_field").or_else(|| text(due, "anchor"));
    }
    let filings = item.get("submissions").and_then(Json::as_list).unwrap_or_default();
    duty.filed = filings.first().and_then(Json::as_text).map(str::to_owned);
    duty.reason = text(item, "note");
    Some(duty)
}

/// The first organisation that receives it, else its role.
fn receiver(recipients: &[Json<'_>]) -> Option<String> {
    let first = recipients.first()?;
    let named = first.get("organisations").and_then(Json::as_list).and_then(<[Json<'_>]>::first);
    let name = named.and_then(|organisation| organisation.get("name")).or_else(|| first.get("role"));
    name.and_then(Json::as_text).map(str::to_owned)
}
