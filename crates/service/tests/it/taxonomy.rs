//! Own terms below official values: kept, chosen, filed, retired, exported.

use model::{Caller, Function, TaxonomyHead, TermId};
use regime::{Screen, taxonomy::TaxonomyEdit};
use serde_json::{Value, json};
use service::{
    Error,
    view::{AnswerIn, ChangeTaxonomy, ImportTaxonomy, OwnTerm, SaveAnswers, TaxonomyView},
};
use testkit::{Place, TestNode};

use crate::story::{file, officer, on_both, open, problems, ransomware, reporter, save, stage, with_more};

on_both!(
    a_term_is_chosen_filed_and_retired,
    laws_read_the_official_value,
    versions_are_read_back,
    others_read_what_is_published,
    a_file_of_machine_tags_is_taken,
);

async fn keeper(node: &TestNode, place: &Place) -> Caller {
    node.person(place, &[Function::Administrator]).await
}

fn describe(namespace: &str, published: bool) -> TaxonomyEdit {
    let head = TaxonomyHead {
        namespace: namespace.to_owned(),
        title: "Terms of the hospital".to_owned(),
        description: String::new(),
        published,
    };
    TaxonomyEdit::Describe { head }
}

fn add(list: &str, below: &str, slug: &str, label: &str) -> TaxonomyEdit {
    let value = json!({
        "kind": "add", "list": list, "below": below, "slug": slug,
        "label": {"en": label, "fr": format!("{label} (fr)")},
        "matches": [{"kind": "close", "to": "ms-caro-malware:malware-type=\"Ransom\""}],
    });
    serde_json::from_value(value).unwrap()
}

async fn change(node: &TestNode, by: &Caller, changes: Vec<TaxonomyEdit>) -> TaxonomyView {
    let base_version = node.service.taxonomy(by, None).await.unwrap().version;
    node.service.change_taxonomy(by, None, ChangeTaxonomy { base_version, changes }).await.unwrap()
}

fn terms(view: &TaxonomyView) -> Vec<OwnTerm> {
    let values = view.lists.iter().flat_map(|list| &list.values);
    values
        .flat_map(|value| value.terms.iter().chain(value.values.iter().flat_map(|one| &one.terms)))
        .cloned()
        .collect()
}

fn id_of(view: &TaxonomyView, slug: &str) -> TermId {
    terms(view).into_iter().find(|own| own.term.slug == slug).unwrap().term.id
}

/// A save of the type of the incident with own terms.
fn of_type(base_revision: i64, value: &str, terms: Option<Vec<TermId>>) -> SaveAnswers {
    let answer = AnswerIn { value: Some(json!(value)), terms, estimated: false, how: None };
    let answers = [("incident_type".to_owned(), answer)].into_iter().collect();
    SaveAnswers { answers, ..SaveAnswers::at(base_revision) }
}

async fn begun(node: &TestNode) -> (Caller, TaxonomyView) {
    let keeper = keeper(node, &node.world.hospital).await;
    let changes = vec![
        describe("hospital-x", false),
        add("rsit", "infected-system", "double-extortion", "Double extortion"),
        add("rsit", "infected-system", "wiper", "Wiper in disguise"),
        add("rsit#groups", "information-content-security", "ward", "On a ward"),
    ];
    let view = change(node, &keeper, changes).await;
    (keeper, view)
}

async fn a_term_is_chosen_filed_and_retired(node: TestNode) {
    let (keeper, view) = begun(&node).await;
    let reporter = reporter(&node, &node.world.hospital).await;
    let incident = open(&node, &reporter, ransomware(node.service.clock().now())).await;
    let (service, double) = (&node.service, id_of(&view, "double-extortion"));
    // Asked by the form: the official value, and the own terms below it.
    let form =
        service.form(&reporter, incident.id, &stage("incident_notification"), (Screen::Full, "en")).await;
    let form = serde_json::to_value(form.unwrap()).unwrap();
    assert_eq!(offered(&form, "incident_class"), [("information-content-security".to_owned(), 1)]);
    // A term that stands below another value is refused, one below the value is kept beside it.
    let wrong = service.save_answers(&reporter, incident.id, of_type(1, "spam", Some(vec![double]))).await;
    assert_eq!(problems(wrong), ["/answers/incident_type/terms: below_the_value"]);
    let saved =
        service.save_answers(&reporter, incident.id, of_type(1, "infected-system", Some(vec![double])));
    let saved = saved.await.unwrap();
    let answer = saved.answers["incident_type"].clone();
    assert_eq!(answer.value, Some(json!("infected-system")), "laws read the official value");
    assert_eq!(answer.terms[0].tag, "hospital-x:rsit.infected-system=\"double-extortion\"");
    // In use: not deleted, but retired. The record keeps it as it was chosen.
    let refused = ChangeTaxonomy { base_version: 1, changes: vec![TaxonomyEdit::Delete { term: double }] };
    assert_eq!(problems(service.change_taxonomy(&keeper, None, refused).await), ["/changes/0/term: in_use"]);
    let wiper = id_of(&view, "wiper");
    let retire = TaxonomyEdit::Retire { term: double, replaced_by: Some(wiper) };
    let view = change(&node, &keeper, vec![retire]).await;
    let own = terms(&view).into_iter().find(|own| own.term.id == double).unwrap();
    assert_eq!((own.used, own.term.retired.unwrap().since), (1, 2));
    let again =
        service.save_answers(&reporter, incident.id, of_type(2, "infected-system", None)).await.unwrap();
    assert_eq!((again.revision, &again.answers["incident_type"].terms), (2, &answer.terms));
    let cleared =
        service.save_answers(&reporter, incident.id, of_type(2, "infected-system", Some(vec![]))).await;
    assert_eq!(cleared.unwrap().answers["incident_type"].terms, []);
    let anew =
        service.save_answers(&reporter, incident.id, of_type(3, "infected-system", Some(vec![double]))).await;
    assert_eq!(problems(anew), ["/answers/incident_type/terms: retired_term"]);
    // Used once, used for ever; what nothing used goes.
    let refused = ChangeTaxonomy { base_version: 2, changes: vec![TaxonomyEdit::Delete { term: double }] };
    assert_eq!(problems(service.change_taxonomy(&keeper, None, refused).await), ["/changes/0/term: in_use"]);
    let ward = id_of(&view, "ward");
    let view = change(&node, &keeper, vec![TaxonomyEdit::Delete { term: ward }]).await;
    assert!(terms(&view).iter().all(|own| own.term.id != ward));
    let history = service.history(&reporter, incident.id).await.unwrap();
    let told = serde_json::to_string(&history).unwrap();
    assert!(told.contains("Double extortion (fr)"), "the history reads it: {told}");
}

/// The values of a field below which own terms are offered, with how many.
fn offered(form: &Value, field: &str) -> Vec<(String, usize)> {
    let sections = form["sections"].as_array().unwrap().iter();
    let mut fields = sections.flat_map(|section| section["fields"].as_array().unwrap());
    let view = fields.find(|view| view["field"] == field).unwrap();
    let choices = view["choices"].as_array().unwrap().iter();
    let terms = |choice: &Value| choice["terms"].as_array().map_or(0, Vec::len);
    choices
        .filter(|choice| terms(choice) > 0)
        .map(|choice| (choice["id"].as_str().unwrap().to_owned(), terms(choice)))
        .collect()
}

async fn laws_read_the_official_value(node: TestNode) {
    let (_, view) = begun(&node).await;
    let reporter = reporter(&node, &node.world.hospital).await;
    let mut facts = ransomware(node.service.clock().now());
    let class = json!({"incident_class": "information-content-security"});
    facts.as_object_mut().unwrap().extend(class.as_object().unwrap().clone());
    let plain = open(&node, &reporter, facts.clone()).await;
    let with_term = open(&node, &reporter, facts).await;
    let service = &node.service;
    let answer = AnswerIn {
        value: Some(json!("information-content-security")),
        terms: Some(vec![id_of(&view, "ward")]),
        estimated: false,
        how: None,
    };
    let answers = [("incident_class".to_owned(), answer)].into_iter().collect();
    let change = SaveAnswers { answers, ..SaveAnswers::at(1) };
    let with_term = service.save_answers(&reporter, with_term.id, change).await.unwrap();
    assert_eq!(with_term.duties, plain.duties, "the same duties for the same reasons");
    assert_eq!(with_term.questions, plain.questions);
    let more = service
        .save_answers(
            &reporter,
            with_term.id,
            save(2, with_more(json!({"affected_services": "Admissions."}))),
        )
        .await
        .unwrap();
    let key = stage("incident_notification");
    let (csv, stix, report) = (
        service.draft_export(&reporter, (more.id, &key), (None, "csv")).await.unwrap(),
        service.draft_export(&reporter, (more.id, &key), (None, "stix")).await.unwrap(),
        service.draft_export(&reporter, (more.id, &key), (None, "report")).await.unwrap(),
    );
    let tag = "hospital-x:rsit.groups.information-content-security=";
    assert!(String::from_utf8_lossy(&csv.bytes).contains(tag));
    assert!(String::from_utf8(stix.bytes).unwrap().contains(tag));
    for bytes in [&report.bytes, &csv.bytes] {
        let back = regime::export::import(service.library(), None, bytes).unwrap();
        assert_eq!(back.answers["incident_class"], "information-content-security");
        let left = back.losses.iter().find(|loss| loss.rule == "own_terms").unwrap();
        assert!(left.message.starts_with(tag), "named, not dropped in silence: {left:?}");
    }
    let report: Value = serde_json::from_slice(&report.bytes).unwrap();
    let class = report["fields"].as_array().unwrap().iter().find(|one| one["field"] == "incident_class");
    let class = class.unwrap();
    assert_eq!(class["value"], "information-content-security");
    assert_eq!(class["terms"][0]["label"]["en"], "On a ward");
    // The recipient reads its label, and the signature covers it.
    let filed = file(&node, &reporter, more.id, "incident_notification").await;
    let officer = officer(&node, &node.world.csirt).await;
    let received = service.received_filing(&officer, filed.filing).await.unwrap();
    let received = serde_json::to_value(&received).unwrap().to_string();
    assert!(received.contains("On a ward"), "{received}");
}

async fn versions_are_read_back(node: TestNode) {
    let (keeper, first) = begun(&node).await;
    let rename = TaxonomyEdit::Change {
        term: id_of(&first, "wiper"),
        list: "rsit".to_owned(),
        below: "c2-server".to_owned(),
        label: [("en".to_owned(), "Wiper".to_owned())].into_iter().collect(),
        help: Default::default(),
        matches: vec![],
    };
    change(&node, &keeper, vec![rename.clone()]).await;
    let same = change(&node, &keeper, vec![rename.clone()]).await;
    assert_eq!(same.version, 2, "nothing changed");
    let service = &node.service;
    let stale = ChangeTaxonomy { base_version: 1, changes: vec![rename] };
    let stale = service.change_taxonomy(&keeper, None, stale).await;
    assert!(matches!(stale, Err(Error::Conflict { revision: 2, .. })), "{stale:?}");
    let versions = service.taxonomy_versions(&keeper, None).await.unwrap().versions;
    assert_eq!(
        versions.iter().map(|one| (one.version, one.changes.len())).collect::<Vec<_>>(),
        [(2, 1), (1, 4)]
    );
    let before = service.taxonomy_version(&keeper, None, 1).await.unwrap().taxonomy;
    let wiper = before.terms.iter().find(|term| term.slug == "wiper").unwrap();
    assert_eq!((wiper.below.as_str(), wiper.label["en"].as_str()), ("infected-system", "Wiper in disguise"));
    let missing = service.taxonomy_version(&keeper, None, 3).await;
    assert!(matches!(missing, Err(Error::NotFound(_))));
    let reporter = reporter(&node, &node.world.hospital).await;
    let refused = ChangeTaxonomy { base_version: 2, changes: vec![describe("hospital-x", true)] };
    let refused = service.change_taxonomy(&reporter, None, refused).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
}

async fn others_read_what_is_published(node: TestNode) {
    let (keeper_here, _) = begun(&node).await;
    let (service, hospital) = (&node.service, node.world.hospital.id);
    let stranger = keeper(&node, &node.world.csirt).await;
    for of in [Some(hospital), None] {
        let file = service.taxonomy_file(&stranger, of, "machinetag.json").await;
        assert!(matches!(file, Err(Error::NotFound(_))), "{file:?}");
    }
    let taken = ChangeTaxonomy { base_version: 0, changes: vec![describe("hospital-x", false)] };
    let taken = service.change_taxonomy(&stranger, None, taken).await;
    assert_eq!(problems(taken), ["/head/namespace: taken"]);
    change(&node, &keeper_here, vec![describe("hospital-x", true)]).await;
    let seen = service.taxonomy(&stranger, Some(hospital)).await.unwrap();
    assert_eq!(terms(&seen).len(), 3);
    let file = service.taxonomy_file(&stranger, Some(hospital), "skos.ttl").await.unwrap();
    assert!(String::from_utf8(file.bytes).unwrap().contains("\"Double extortion (fr)\"@fr"));
    let versions = service.taxonomy_versions(&stranger, Some(hospital)).await;
    assert!(matches!(versions, Err(Error::NotFound(_))), "who changed what stays at home");
    let change = ChangeTaxonomy { base_version: 2, changes: vec![describe("hospital-y", true)] };
    let change = service.change_taxonomy(&stranger, Some(hospital), change).await;
    assert!(matches!(change, Err(Error::NotFound(_))), "{change:?}");
}

async fn a_file_of_machine_tags_is_taken(node: TestNode) {
    let (keeper, _) = begun(&node).await;
    let service = &node.service;
    let document = json!({
        "namespace": "cert-old", "description": "Ours of old", "version": 3,
        "predicates": [{"value": "lure", "expanded": "Lure"}],
        "values": [{"predicate": "lure", "entry": [
            {"value": "Fake Invoice", "expanded": "Fake invoice", "colour": "#ff0000"},
            {"value": "parcel"}
        ]}]
    });
    let wanted = |base_version, only_look, place: Option<&str>| ImportTaxonomy {
        base_version,
        document: document.to_string(),
        list: place.map(|_| "rsit".to_owned()),
        below: place.map(str::to_owned),
        only_look,
    };
    let nowhere = service.import_taxonomy(&keeper, None, wanted(1, false, None)).await;
    assert_eq!(problems(nowhere), ["/predicates/0: official_value"]);
    let look = service.import_taxonomy(&keeper, None, wanted(1, true, Some("phishing"))).await.unwrap();
    assert_eq!((look.version, look.changes.len(), look.losses.len()), (1, 2, 1));
    let done = service.import_taxonomy(&keeper, None, wanted(1, false, Some("phishing"))).await.unwrap();
    assert_eq!((done.version, done.changes.len()), (2, 2));
    let view = service.taxonomy(&keeper, None).await.unwrap();
    let invoice = terms(&view).into_iter().find(|own| own.term.slug == "fake-invoice").unwrap();
    assert_eq!(invoice.term.matches[0].to, "cert-old:lure=\"Fake Invoice\"");
    let again = service.import_taxonomy(&keeper, None, wanted(2, false, Some("phishing"))).await.unwrap();
    assert_eq!((again.version, again.changes.len()), (2, 0), "it is there already");
    let mut broken = wanted(2, false, None);
    broken.document = "{\"namespace\": 5}".to_owned();
    assert!(matches!(service.import_taxonomy(&keeper, None, broken).await, Err(Error::Invalid(_))));
}
