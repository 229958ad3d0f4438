//! Playbooks travel in STIX and MISP, and come out as they went in.

use std::{collections::BTreeSet, fs};

use formats::{
    Json, Limits,
    cacao::{
        CarryError, Playbook, STIX_EXTENSION, TrustList, from_misp, from_stix, read, to_course_of_action,
        to_misp_object, to_stix_bundle, verify,
    },
    parse,
};

use super::{corpus::corpus, json};
use crate::{files, shared};

fn playbooks() -> Vec<Playbook> {
    let mut paths = corpus("valid");
    if let Some(folder) = shared("samples/cacao2.0") {
        for part in ["valid", "upstream"] {
            paths.extend(files(&folder.join(part), ".json"));
        }
    }
    paths.iter().map(|path| read(&fs::read(path).unwrap(), &Limits::default()).items.remove(0)).collect()
}

#[test]
fn a_playbook_goes_through_stix_and_misp_unchanged() {
    for playbook in playbooks() {
        let name = playbook.name.clone().unwrap();
        let object = to_course_of_action(&playbook).unwrap();
        let bundle = to_stix_bundle(&playbook).unwrap();
        for value in [&object, &bundle, &parse(bundle.to_string().as_bytes(), &Limits::default()).unwrap()] {
            let reading = from_stix(value, &Limits::default());
            assert_eq!(reading.items, std::slice::from_ref(&playbook), "{name}");
            assert_eq!(object, to_course_of_action(&reading.items[0]).unwrap());
        }
        let report = formats::stix::check(&bundle, &formats::stix::Options::default());
        assert!(report.is_valid(), "{name}: {:#?}", report.findings);
        let object = to_misp_object(&playbook).unwrap();
        let event = Json::object([("Event", Json::object([("Object", Json::List(vec![object.clone()]))]))]);
        for value in [&object, &event] {
            assert_eq!(from_misp(value, &Limits::default()).items, std::slice::from_ref(&playbook), "{name}");
        }
    }
}

#[test]
fn a_signature_holds_after_the_journey() {
    let signed = corpus("valid").into_iter().find(|path| path.ends_with("signed-twice.json")).unwrap();
    let playbook = read(&fs::read(signed).unwrap(), &Limits::default()).items.remove(0);
    let back = from_stix(&to_stix_bundle(&playbook).unwrap(), &Limits::default()).items.remove(0);
    let back = from_misp(&to_misp_object(&back).unwrap(), &Limits::default()).items.remove(0);
    let verdicts = verify(&back.to_json(), &TrustList::default(), None);
    assert!(verdicts.len() == 2 && verdicts.iter().all(|verdict| verdict.intact.is_ok()));
}

/// What others see without opening the playbook.
#[test]
fn the_card_says_what_the_playbook_says() {
    let path = corpus("valid").into_iter().find(|path| path.ends_with("full.json")).unwrap();
    let playbook = read(&fs::read(path).unwrap(), &Limits::default()).items.remove(0);
    let object = to_course_of_action(&playbook).unwrap();
    let extension = object.get("extensions").unwrap().get(STIX_EXTENSION).unwrap();
    let shown = |value: &Json<'_>| {
        let mut members = value.as_object().unwrap().to_vec();
        members.retain(|member| !matches!(&*member.name, "playbook_bin" | "extensions"));
        Json::Object(members).to_string()
    };
    assert_eq!(
        shown(&object),
        r#"{"type":"course-of-action","spec_version":"2.1","id":"course-of-action--7b1f0c52-4d0a-4f7e-9c3b-5a2e8d6f1000","created_by_ref":"identity--7b1f0c52-4d0a-4f7e-9c3b-5a2e8d6f1005","created":"2026-03-01T08:00:00.000Z","modified":"2026-03-02T08:00:00.000Z","revoked":false,"name":"Every property","description":"The smallest workflow: start, one action, end.","labels":["nis2","Ügyelet"],"object_marking_refs":["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"]}"#
    );
    assert_eq!(
        shown(extension),
        r#"{"extension_type":"property-extension","playbook_id":"playbook--7b1f0c52-4d0a-4f7e-9c3b-5a2e8d6f1000","created":"2026-03-01T08:00:00.000Z","modified":"2026-03-02T08:00:00.000Z","playbook_creator":"identity--7b1f0c52-4d0a-4f7e-9c3b-5a2e8d6f1005","revoked":false,"labels":["nis2","Ügyelet"],"description":"The smallest workflow: start, one action, end.","playbook_valid_from":"2026-03-01T08:00:00.000Z","playbook_valid_until":"2027-03-01T08:00:00.500Z","playbook_creation_time":"2026-03-01T08:00:00.000Z","playbook_modification_time":"2026-03-02T08:00:00.000Z","playbook_impact":0,"playbook_severity":80,"playbook_priority":1,"organization_type":"energy","playbook_type":["investigation","mitigation"],"playbook_standard":"CACAO","playbook_abstraction":"executable"}"#
    );
    let bundle = to_stix_bundle(&playbook).unwrap();
    let types: Vec<&str> = bundle
        .get("objects")
        .unwrap()
        .as_list()
        .unwrap()
        .iter()
        .map(|object| object.get("type").unwrap().as_text().unwrap())
        .collect();
    assert_eq!(types, ["extension-definition", "marking-definition", "course-of-action"]);
    let turned = Playbook { created: Some("2027-01-01T00:00:00Z".into()), ..playbook.clone() };
    let object = to_course_of_action(&turned).unwrap();
    assert_eq!(object.get("created"), object.get("modified"));
    assert_eq!(from_stix(&object, &Limits::default()).items, [turned]);
    let timeless = Playbook { modified: Some("soon".into()), ..playbook.clone() };
    assert_eq!(to_course_of_action(&timeless), Err(CarryError::Time("modified")));
    let nameless = Playbook { name: None, ..playbook };
    assert_eq!(to_course_of_action(&nameless), Err(CarryError::Missing("name")));
}

/// The members that we write are those of the published extension, the relations those of the template.
#[test]
fn the_card_has_only_what_extension_and_template_know() {
    let path = corpus("valid").into_iter().find(|path| path.ends_with("full.json")).unwrap();
    let playbook = read(&fs::read(path).unwrap(), &Limits::default()).items.remove(0);
    if let Some(folder) = shared("standards/stix2.1/coa-playbook-extension") {
        let schema = json(&folder.join("course-of-action_playbook.json"));
        let known = extension_properties(&schema).unwrap();
        let object = to_course_of_action(&playbook).unwrap();
        let extension = object.get("extensions").unwrap().get(STIX_EXTENSION).unwrap();
        for member in extension.as_object().unwrap() {
            assert!(known.get(&member.name).is_some(), "{} is not in the extension", member.name);
        }
    }
    if let Some(path) = shared("standards/misp/objects/security-playbook.json") {
        let template = json(&path);
        let object = to_misp_object(&playbook).unwrap();
        let mut seen = BTreeSet::new();
        for attribute in object.get("Attribute").unwrap().as_list().unwrap() {
            let text = |name: &str| attribute.get(name).unwrap().as_text().unwrap();
            let known = template.get("attributes").unwrap().get(text("object_relation")).unwrap();
            assert_eq!(known.get("misp-attribute").unwrap().as_text(), Some(text("type")));
            let is_again = !seen.insert(text("object_relation").to_owned());
            assert!(!is_again || known.get("multiple") == Some(&Json::Bool(true)));
        }
        assert!(seen.contains("playbook-base64"));
        assert_eq!(object.get("template_uuid"), template.get("uuid"));
        assert_eq!(object.get("template_version").unwrap().as_text(), Some("3"));
        assert_eq!(template.get("version"), Some(&Json::Number("3".into())));
    }
}

/// The properties of the extension, wherever the schema keeps them.
fn extension_properties<'j>(value: &'j Json<'j>) -> Option<&'j Json<'j>> {
    if value.get("playbook_id").is_some() {
        return Some(value);
    }
    value.as_object().unwrap_or_default().iter().find_map(|member| extension_properties(&member.value))
}

#[test]
fn samples_of_the_extension_are_read() {
    let Some(folder) = shared("samples/stix2.1/coa-playbook-extension") else { return };
    for path in files(&folder, ".json") {
        let reading = from_stix(&json(&path), &Limits::default());
        // They carry a placeholder and no playbook: what the card says is what there is.
        let playbook = &reading.items[0];
        assert_eq!(playbook.name.as_deref(), Some("playbook"));
        assert_eq!(playbook.labels, ["CVE-2021-44228"]);
        assert_eq!((playbook.impact, playbook.severity, playbook.priority), (Some(1), Some(90), Some(0)));
        assert_eq!(playbook.playbook_types, ["detection", "investigation"]);
        assert_eq!(reading.losses.len(), 1, "{:#?}", reading.losses);
        assert!(reading.losses[0].why.contains("no playbook of CACAO"), "{:#?}", reading.losses);
    }
}

#[test]
fn older_forms_are_read_and_contradictions_are_named() {
    let playbook = playbooks().remove(0);
    let object = to_course_of_action(&playbook).unwrap().to_string();
    let value = |text: &str| parse(text.as_bytes(), &Limits::default()).unwrap().into_owned();

    let older = from_stix(&value(&object.replace("playbook_bin", "playbook_base64")), &Limits::default());
    assert_eq!(older.items, std::slice::from_ref(&playbook));

    let content = object.split(r#""playbook_bin":""#).nth(1).unwrap().split('"').next().unwrap();
    let nested = format!(
        r#"{{"type":"course-of-action","name":"Two","extensions":{{"{STIX_EXTENSION}":{{"playbooks":[{{"playbook_base64":"{content}"}},{{"playbook_base64":"{content}"}}]}}}}}}"#
    );
    assert_eq!(from_stix(&value(&nested), &Limits::default()).items.len(), 2);

    let other = object
        .replacen(r#""revoked":false"#, r#""revoked":true"#, 1)
        .replace(r#""playbook_modification_time":""#, r#""playbook_modification_time":"1"#);
    let reading = from_stix(&value(&other), &Limits::default());
    assert_eq!(reading.items, std::slice::from_ref(&playbook));
    let named: Vec<&str> = reading.losses.iter().map(|loss| loss.what.as_str()).collect();
    assert!(
        named.contains(&"revoked") && named.iter().any(|what| what.starts_with("modification time")),
        "{named:?}"
    );

    let bpmn = from_stix(&value(&object.replace("\"CACAO\"", "\"BPMN\"")), &Limits::default());
    assert!(bpmn.items[0].workflow.is_empty() && bpmn.losses[0].why.contains("BPMN"));
    let indicator = from_stix(&value(r#"[{"type":"indicator"}]"#), &Limits::default());
    assert_eq!((indicator.items.len(), indicator.losses[0].pointer.as_str()), (0, "/0"));
}
