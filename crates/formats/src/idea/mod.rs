//! IDEA (IDEA0, the format of Warden and Mentat) to IDMEFv2.
//!
//! IDEA shares its categories with the older drafts of IDMEFv2, so its events take the same way to draft 08;
//! what neither has a place for is kept in the attachment `Legacy`, with every loss named.

mod ends;

use std::borrow::Cow;

use crate::{
    Json, Limits, Loss, Member, Reading,
    idmef::{self, Alert},
    reading::documents,
};

/// Reads events of IDEA, one or many, as alerts of IDMEFv2.
#[must_use]
pub fn read(bytes: &[u8], limits: &Limits) -> Reading<Alert> {
    documents(bytes, limits, "an event", to_idmef)
}

/// One event as an alert.
#[must_use]
pub fn to_idmef(event: Json<'static>) -> Reading<Alert> {
    let Json::Object(members) = event else {
        return idmef::read_value(event);
    };
    let mut losses = Vec::new();
    let mut alert = Vec::new();
    let mut put = |name: &'static str, value| alert.push(Member { name: Cow::Borrowed(name), value });
    let mut rest = Vec::new();
    let mut created = None;
    let mut detected = None;
    for Member { name, value } in members {
        match (name.as_ref(), value) {
            ("Format", _) => {}
            ("CreateTime", value) => created = Some(value),
            ("DetectTime", value) => detected = Some(value),
            ("EventTime", value) => put("StartTime", value),
            ("CeaseTime", value) => put("EndTime", value),
            ("Ref", value) => put("Ref", references(value)),
            ("CorrelID", value) => put("CorrelID", value),
            ("AggrID" | "RelID", value) => put("RelID", value),
            ("PredID", value) => put("PredID", value),
            ("AltNames", value) => put("AltNames", value),
            ("ID", value) => put("ID", value),
            ("Category", value) => put("Category", value),
            ("Confidence", value) => put("Confidence", value),
            ("Description", value) => put("Description", value),
            ("Note", value) => put("Note", value),
            ("Source", Json::List(items)) => put("Source", ends::ends("Source", items, &mut losses)),
            ("Target", Json::List(items)) => put("Target", ends::ends("Target", items, &mut losses)),
            ("Attach", Json::List(items)) => put("Attachment", ends::attachments(items, &mut losses)),
            ("Node", Json::List(items)) => nodes(items, &mut put, &mut rest, &mut losses),
            (_, value) => rest.push(Member { name, value }),
        }
    }
    // An event need not say when it was made; when it was seen is the next best.
    match (created, detected) {
        (Some(created), detected) => {
            put("CreateTime", created);
            if let Some(detected) = detected {
                rest.push(Member { name: Cow::Borrowed("DetectTime"), value: detected });
            }
        }
        (None, Some(detected)) => put("CreateTime", detected),
        (None, None) => {}
    }
    alert.extend(rest);
    let mut reading = idmef::read_value(Json::Object(alert));
    losses.append(&mut reading.losses);
    Reading { items: reading.items, losses }
}

/// References in IDEA may be `cve:CVE-2013-2266`, which is a URI only as a URN.
fn references(value: Json<'static>) -> Json<'static> {
    let Json::List(items) = value else { return value };
    Json::List(
        items
            .into_iter()
            .map(|item| match item {
                Json::Text(text) if text.starts_with("cve:") => Json::text(format!("urn:{text}")),
                other => other,
            })
            .collect(),
    )
}

/// The first node made the event; others passed it on.
fn nodes(
    items: Vec<Json<'static>>,
    put: &mut impl FnMut(&'static str, Json<'static>),
    rest: &mut Vec<Member<'static>>,
    losses: &mut Vec<Loss>,
) {
    let mut items = items.into_iter();
    let Some(Json::Object(members)) = items.next() else { return };
    let mut analyzer = Vec::new();
    let mut methods = Vec::new();
    let mut add = |name: &'static str, value| analyzer.push(Member { name: Cow::Borrowed(name), value });
    for Member { name, value } in members {
        match (name.as_ref(), value) {
            ("Name", value) => add("Name", value),
            ("SW", Json::List(software)) => {
                let names: Vec<&str> = software.iter().filter_map(Json::as_text).collect();
                add("Model", Json::text(names.join(", ")));
            }
            ("SW", text @ Json::Text(_)) => add("Model", text),
            ("Type" | "Tags", Json::List(types)) => methods.extend(types),
            ("Note", value) => add("Location", value),
            (_, value) => {
                rest.push(Member { name: Cow::Owned(format!("Node.{name}")), value });
            }
        }
    }
    // The types of a node mix tools, data and methods: those that IDMEFv2 knows are told apart.
    let mut sorted: [(&'static str, Vec<Json<'static>>); 2] = [("Data", Vec::new()), ("Method", Vec::new())];
    for item in methods {
        let word = item.as_text().unwrap_or_default();
        let [data, method] = &mut sorted;
        let place = if idmef::AnalyzerData::parse(word).is_some() { data } else { method };
        place.1.push(item);
    }
    for (name, words) in sorted {
        if !words.is_empty() {
            add(name, Json::List(words));
        }
    }
    put("Analyzer", Json::Object(analyzer));
    for (index, other) in items.enumerate() {
        losses.push(Loss::at(
            &["Node", &(index + 1).to_string()],
            "a node that passed the event on",
            "IDMEFv2 has one analyzer; kept in the attachment Legacy",
        ));
        rest.push(Member { name: Cow::Owned(format!("Node/{}", index + 1)), value: other });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idmef::{Options, check};

    const EVENT: &str = r#"{
        "Format": "IDEA0", "ID": "4390fc3f-c753-4a3e-bc83-1b44f24baf75",
        "DetectTime": "2026-03-06T10:00:07Z", "EventTime": "2026-03-06T07:36:00Z", "WinStartTime": "2026-03-06T05:00:00Z",
        "Category": ["Recon.Scanning", "Anomaly.Connection"], "Ref": ["cve:CVE-2013-2266"], "Confidence": 1.0, "ConnCount": 20,
        "Source": [{"Type": ["Botnet"], "IP4": ["192.0.2.5", "192.0.2.0/25"], "Proto": ["tcp", "ssh"], "AttachHand": ["att_1"]}],
        "Target": [{"IP6": ["2001:db8::1"], "Port": [22, 445], "Email": ["a@example.org", "b@example.org"]}],
        "Attach": [{"Handle": "att_1", "FileName": ["x.txt"], "Content": "not json", "Hash": ["sha1:0bee89b07a248e27c83fc3d5951213c1"]}],
        "Node": [{"Name": "eu.example.probe", "Type": ["Flow", "Statistical"], "SW": ["Nemea"]}, {"Name": "relay"}]
    }"#;

    #[test]
    fn an_event_becomes_a_valid_alert_and_every_loss_is_named() {
        let reading = read(EVENT.as_bytes(), &Limits::default());
        let alert = &reading.items[0];
        let report = check(&alert.to_json(), &Options::default());
        assert!(report.is_valid(), "{:#?}", report.findings);
        assert_eq!(alert.category[0].text(), "Recon.Network");
        assert_eq!(alert.ext_category, ["Anomaly.Connection"]);
        assert_eq!(alert.reference[0].as_str(), "urn:cve:CVE-2013-2266");
        assert_eq!(alert.source.len(), 1);
        assert_eq!(alert.source[0].ip.as_ref().unwrap().as_str(), "192.0.2.5");
        assert_eq!(alert.source[0].attachment[0].as_str(), "att1");
        assert_eq!(alert.attachment[0].content.as_deref(), Some("bm90IGpzb24="));
        let analyzer = alert.analyzer.as_ref().unwrap();
        assert_eq!((analyzer.data[0].text(), analyzer.method[0].text()), ("Flow", "Statistical"));
        let legacy = alert.attachment.last().unwrap().content.as_deref().unwrap();
        for kept in ["WinStartTime", "ConnCount", "192.0.2.0/25", "Botnet", "b@example.org", "relay"] {
            assert!(legacy.contains(kept), "{kept} is not in {legacy}");
        }
        let places: Vec<&str> = reading.losses.iter().map(|loss| loss.pointer.as_str()).collect();
        for place in ["/Source/0/IP4/1", "/Target/0/Email", "/Category", "/ConnCount", "/Node/1"] {
            assert!(places.contains(&place), "{place} is not in {places:?}");
        }
    }

    #[test]
    fn nothing_makes_it_stop() {
        for odd in
            ["{}", "[]", "7", "{\"Source\":7,\"Node\":[7],\"Attach\":[7]}", "{\"Target\":[{\"IP4\":7}]}", "{"]
        {
            let reading = read(odd.as_bytes(), &Limits::default());
            assert!(reading.items.len() <= 1);
        }
    }
}
