//! Bytes to events. One event, bare or wrapped, a list of them, the answers of a server to a search, or one
//! after the other. Nothing of an event is changed by reading.

use super::Event;
use crate::{Json, Limits, Loss, Member, Reading, Splitter, parse, pointer};

/// Reads events.
#[must_use]
pub fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Reading<Event<'a>> {
    match parse(bytes, limits) {
        Ok(json) => read_value(json),
        Err(fault) => one_by_one(bytes, limits, &fault.to_string()),
    }
}

/// Reads events that are JSON already.
#[must_use]
pub fn read_value(json: Json<'_>) -> Reading<Event<'_>> {
    let mut reading = Reading::default();
    collect(json, &mut String::new(), &mut reading);
    reading
}

/// What is no JSON text may be several, one per line.
fn one_by_one(bytes: &[u8], limits: &Limits, fault: &str) -> Reading<Event<'static>> {
    let mut splitter = Splitter::new(limits);
    splitter.push(bytes);
    splitter.finish();
    let pieces: Vec<_> = splitter.collect();
    let mut reading = Reading::default();
    for piece in &pieces {
        let place = format!("/{}", piece.index);
        match parse(&piece.bytes, limits) {
            Ok(json) => reading.append(&place, read_value(json.into_owned())),
            Err(own) => {
                let why = if pieces.len() == 1 { fault.to_owned() } else { own.to_string() };
                reading.losses.push(Loss {
                    pointer: if pieces.len() == 1 { String::new() } else { place },
                    what: format!(
                        "line {}: {}",
                        piece.line,
                        crate::json::short(&String::from_utf8_lossy(&piece.bytes))
                    ),
                    why: format!("this is not JSON: {why}"),
                });
            }
        }
    }
    reading
}

fn collect<'a>(json: Json<'a>, place: &mut String, reading: &mut Reading<Event<'a>>) {
    match json {
        Json::List(items) => {
            for (index, item) in items.into_iter().enumerate() {
                within(place, &index.to_string(), |place| collect(item, place, reading));
            }
        }
        Json::Object(members) => object(members, place, reading),
        other @ (Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_)) => reading.losses.push(Loss {
            pointer: place.clone(),
            what: other.in_short(),
            why: "an event is an object, and there is no event here".to_owned(),
        }),
    }
}

/// `{"response": ..}` is the answer of a server; anything else an event, or attributes without one.
fn object<'a>(mut members: Vec<Member<'a>>, place: &mut String, reading: &mut Reading<Event<'a>>) {
    if let Some(at) = members.iter().position(|member| member.name == "response") {
        let answer = members.swap_remove(at).value;
        within(place, "response", |place| collect(answer, place, reading));
        return;
    }
    if members.iter().any(|member| member.name == "Event" && member.value.as_list().is_some()) {
        for member in members {
            if member.name == "Event" {
                within(place, "Event", |place| collect(member.value, place, reading));
            }
        }
        return;
    }
    reading.items.extend(Event::new(Json::Object(members)));
}

fn within(place: &mut String, step: &str, act: impl FnOnce(&mut String)) {
    let length = place.len();
    pointer::push(place, step);
    act(place);
    place.truncate(length);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn infos(text: &str) -> Vec<String> {
        let reading = read(text.as_bytes(), &Limits::default());
        assert_eq!(reading.losses, []);
        reading.items.iter().map(|event| event.info().unwrap_or("-").to_owned()).collect()
    }

    #[test]
    fn events_come_in_many_wrappings() {
        assert_eq!(infos(r#"{"Event":{"info":"a"}}"#), ["a"]);
        assert_eq!(infos(r#"{"Event":{"Event":{"info":"a"}}}"#), ["a"]);
        assert_eq!(infos(r#"{"info":"a","Attribute":[]}"#), ["a"]);
        assert_eq!(infos(r#"{"response":[{"Event":{"info":"a"}},{"Event":{"info":"b"}}]}"#), ["a", "b"]);
        assert_eq!(infos(r#"[{"Event":{"info":"a"}},{"info":"b"}]"#), ["a", "b"]);
        assert_eq!(infos("{\"Event\":{\"info\":\"a\"}}\n{\"Event\":{\"info\":\"b\"}}\n"), ["a", "b"]);
        assert_eq!(infos(r#"{"response":{"Attribute":[{"type":"md5"}]}}"#), ["-"]);
        assert_eq!(infos(r#"{"response":[]}"#), [""; 0]);
    }

    #[test]
    fn what_is_no_event_is_named() {
        let reading = read(b"{\"response\":[7]}", &Limits::default());
        assert_eq!(reading.losses[0].pointer, "/response/0");
        let reading = read(b"{\"Event\":", &Limits::default());
        assert!(reading.losses[0].why.contains("ends"), "{:?}", reading.losses);
        assert_eq!(reading.losses[0].pointer, "");
    }
}
