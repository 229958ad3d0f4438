//! One record, several readers: each recipient gets its copy and nothing else, marked as the reporter marked
//! it; and an instant that starts a clock is changed only with a reason.

use std::{collections::BTreeMap, sync::Arc};

use model::{Caller, Country, DutyKey, Marking, OrganisationRole, Pap, Role, RoleScope, Tlp};
use regime::Library;
use serde_json::{Value, json};
use service::{
    NewOrganisation,
    view::{FileStage, FilingView, InboxQuery, IncidentView, MarkIncident, OpenIncident, SaveAnswers},
};
use testkit::{Place, TestNode};

use crate::story::{
    answers, at, duty, file, hours, officer, on_both, open, open_ransomware, problems, ransomware, reporter,
    save,
};

on_both!(
    a_clock_is_moved_only_with_a_reason,
    a_back_dated_instant_says_why,
    marks_travel_under_the_signature,
    an_auditor_looks_without_a_trace,
);

/// An organisation besides those of the small world.
pub async fn enter(node: &TestNode, name: &str, role: Role, profile: Value) -> Place {
    let country: Country = "LU".parse().unwrap();
    let of_country = role.is_authority().then_some(country);
    let roles =
        vec![OrganisationRole { role, scope: RoleScope { country: of_country, ..RoleScope::default() } }];
    let Value::Object(profile) = profile else { panic!("a profile is an object") };
    let new = NewOrganisation {
        name: name.to_owned(),
        country,
        zone: "Europe/Luxembourg".to_owned(),
        roles: roles.clone(),
        profile: profile.into_iter().collect(),
    };
    let id = node.service.create_organisation(new).await.unwrap();
    Place { id, name: name.to_owned(), roles }
}

/// The Lantern Act, with two magistrates for sabotage, of whom one alone may read of the lamplighters and
/// of the severity.
fn lanterns() -> Arc<Library> {
    let mut files = testkit::files();
    testkit::collect(&testkit::invented_law().join("regimes"), "regimes", &mut files);
    let mut change = |file: &str, from: &str, to: &str| {
        let path = format!("regimes/lanterns/{file}");
        let text = String::from_utf8(files[&path].clone()).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        files.insert(path, text.replacen(from, to, 1).into_bytes());
    };
    change("pack.toml", r#"is = "defect" } },"#, r#"is = "sabotage" } },"#);
    change(
        "pack.toml",
        "[rules.keeps_lanterns]",
        "[[visibility]]\nfields = [\"severity\"]\nroles = [\"prosecutor\"]\n\n[rules.keeps_lanterns]",
    );
    change(
        "forms/lantern.toml",
        "  { field = \"darkness\",",
        "  { field = \"severity\", basis = \"voluntary\", optional = [\"all\"] },\n  { field = \"darkness\",",
    );
    Arc::new(Library::read(&files).unwrap_or_else(|problems| panic!("{problems:?}")))
}

/// A keeper of lanterns with both magistrates.
struct Harbour {
    node: TestNode,
    keeper: Caller,
    prosecutor: Place,
    surveillance: Place,
}

const CANARY: &str = "Nightingale Canary";

impl Harbour {
    async fn open() -> (Self, IncidentView) {
        let node = TestNode::with_laws(lanterns()).await;
        let place = enter(&node, "Harbour", Role::ReportingEntity, json!({"entity.lanterns": 1000})).await;
        let prosecutor = enter(&node, "Prosecutor", Role::Prosecutor, json!({})).await;
        let surveillance = enter(&node, "Surveillance", Role::MarketSurveillanceAuthority, json!({})).await;
        let keeper = reporter(&node, &place).await;
        let now = node.now();
        let fields = json!({
            "title": "Darkness at the quay",
            "darkness_seen_at": now,
            "judged_serious_at": now,
            "lanterns_out": 200,
            "severity": "large",
            "lantern_cause": "sabotage",
            "lamplighters": [{"name": CANARY}],
        });
        let view = open(&node, &keeper, fields).await;
        (Self { node, keeper, prosecutor, surveillance }, view)
    }

    /// To the surveillance first, and in the same act to the prosecutor.
    fn to_both(&self, base_revision: i64) -> FileStage {
        FileStage { also: vec![self.prosecutor.id], ..FileStage::to(base_revision, self.surveillance.id) }
    }
}

fn first_word() -> DutyKey {
    "lanterns.darkness.first_word".parse().unwrap()
}

fn fields_of(view: &FilingView) -> Vec<&str> {
    view.groups.iter().flat_map(|group| &group.fields).map(|field| field.field.as_str()).collect()
}

#[tokio::test]
async fn each_recipient_gets_its_copy_and_nothing_else() {
    let (harbour, view) = Harbour::open().await;
    let (node, keeper) = (&harbour.node, &harbour.keeper);
    let preview = node.service.preview(keeper, view.id, &first_word()).await.unwrap();
    let shown: Vec<(&str, Vec<&str>, Vec<&str>)> = preview
        .to
        .iter()
        .map(|copy| {
            let fields = copy.groups.iter().flat_map(|group| &group.fields);
            (
                copy.organisation.name.as_str(),
                fields.map(|field| field.field.as_str()).collect(),
                copy.withheld.iter().map(|part| part.title.as_str()).collect(),
            )
        })
        .collect();
    let common = ["title", "darkness_seen_at", "judged_serious_at", "lanterns_out", "lantern_cause"];
    let [prosecutors, surveillances] = shown.as_slice() else { panic!("{shown:?}") };
    let both = ["title", "severity", common[1], common[2], common[3], common[4], "lamplighters"];
    assert_eq!(*prosecutors, ("Prosecutor", both.to_vec(), vec![]));
    assert_eq!(*surveillances, ("Surveillance", common.to_vec(), vec!["Assessment", "For the magistrate"]));
    let filed =
        node.service.file_stage(keeper, (view.id, &first_word()), harbour.to_both(1), None).await.unwrap();
    let [other] = filed.others.as_slice() else { panic!("{filed:?}") };

    let surveillance = officer(node, &harbour.surveillance).await;
    let received = node.service.received_filing(&surveillance, filed.filing).await.unwrap();
    assert_eq!(
        received.groups,
        preview.to.iter().find(|to| to.organisation.name == "Surveillance").unwrap().groups
    );
    assert!(!fields_of(&received).contains(&"lamplighters") && !fields_of(&received).contains(&"severity"));
    // Neither filing, receipt, inbox, document nor audit of what it holds tells what it may not read.
    let receipt = node.service.receipt(&surveillance, filed.filing).await.unwrap();
    let document = node.service.filing_document(&surveillance, filed.filing).await.unwrap();
    let inbox = node.service.inbox(&surveillance, &InboxQuery::default()).await.unwrap();
    for text in
        [json!(received), json!(receipt), json!(document), json!(inbox)].map(|value| value.to_string())
    {
        assert!(
            !text.contains(CANARY) && !text.contains("large") && !text.contains("lamplighters"),
            "{text}"
        );
        assert!(!text.contains(&other.reference) && !text.contains("Prosecutor"), "{text}");
    }
    assert_eq!(inbox.rows.len(), 1);
    assert_eq!(inbox.rows[0].severity, None);
    assert!(node.service.received_filing(&surveillance, other.filing).await.is_err());

    let prosecutor = officer(node, &harbour.prosecutor).await;
    let received = node.service.received_filing(&prosecutor, other.filing).await.unwrap();
    assert!(fields_of(&received).contains(&"lamplighters"));
    let inbox = node.service.inbox(&prosecutor, &InboxQuery::default()).await.unwrap();
    assert_eq!(inbox.rows[0].severity.as_deref(), Some("Large"));

    // A correction says to each only what changed for it.
    let change = save(1, json!({"severity": "minor", "lanterns_out": 300}));
    node.service.save_answers(keeper, view.id, change).await.unwrap();
    let again =
        node.service.file_stage(keeper, (view.id, &first_word()), harbour.to_both(2), None).await.unwrap();
    let changed = |view: FilingView| view.changes.into_iter().map(|one| one.field).collect::<Vec<_>>();
    let corrected = node.service.received_filing(&surveillance, again.filing).await.unwrap();
    assert_eq!((corrected.version, corrected.versions.len()), (2, 2));
    assert_eq!(changed(corrected), ["lanterns_out"]);
    let corrected = node.service.received_filing(&prosecutor, again.others[0].filing).await.unwrap();
    assert_eq!(changed(corrected), ["lanterns_out", "severity"]);
}

#[tokio::test]
async fn one_act_reaches_every_recipient_or_nobody() {
    let (harbour, view) = Harbour::open().await;
    let (node, keeper) = (&harbour.node, &harbour.keeper);
    let file = async |input: FileStage, key: &str| {
        node.service.file_stage(keeper, (view.id, &first_word()), input, Some(key)).await
    };
    for also in [node.world.csirt.id, harbour.surveillance.id] {
        let input = FileStage { also: vec![also], ..FileStage::to(1, harbour.surveillance.id) };
        assert_eq!(problems(file(input, "wrong").await), ["/also: one_of_the_recipients"]);
    }
    assert_eq!(node.service.sent_filings(keeper).await.unwrap().filings.len(), 0);
    let filed = file(harbour.to_both(1), "one").await.unwrap();
    let again = file(harbour.to_both(1), "one").await.unwrap();
    assert_eq!((filed.receipt, filed.others[0].receipt), (again.receipt, again.others[0].receipt));
    assert_eq!(node.service.sent_filings(keeper).await.unwrap().filings.len(), 2);
    let stands = node.service.incident(keeper, view.id).await.unwrap();
    let first = stands.duties.iter().find(|duty| duty.key == first_word()).unwrap();
    assert_eq!(first.submissions.len(), 1, "one act counts once, whoever receives it");
    // A further version goes to one of them; the other keeps its first.
    file(FileStage::to(1, harbour.prosecutor.id), "two").await.unwrap();
    let preview = node.service.preview(keeper, view.id, &first_word()).await.unwrap();
    let versions: BTreeMap<_, _> = preview
        .to
        .iter()
        .map(|to| (to.organisation.name.as_str(), to.before.as_ref().map(|before| before.version)))
        .collect();
    assert_eq!(versions, BTreeMap::from([("Prosecutor", Some(2)), ("Surveillance", Some(1))]));
}

async fn a_clock_is_moved_only_with_a_reason(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let aware = node.now();
    let view = open_ransomware(&node, &ada).await;
    let earlier = aware.minus(hours(2));
    let wanted = json!({"aware_significant_at": earlier});
    let refused = node.service.save_answers(&ada, view.id, save(1, wanted.clone())).await;
    assert_eq!(problems(refused), ["/reasons/aware_significant_at: reason_required"]);
    let cleared = SaveAnswers { clear: vec!["aware_significant_at".to_owned()], ..SaveAnswers::at(1) };
    let refused = node.service.save_answers(&ada, view.id, cleared).await;
    assert_eq!(problems(refused), ["/reasons/aware_significant_at: reason_required"]);
    // The same instant in other words moves nothing; nor does an answer that starts no clock.
    let same = json!({"aware_significant_at": aware, "ongoing": true});
    let view = node.service.save_answers(&ada, view.id, save(1, same)).await.unwrap();
    let reason = "The log of the gateway shows the first alarm two hours before.";
    let explained = SaveAnswers {
        reasons: [("aware_significant_at".to_owned(), reason.to_owned())].into(),
        ..save(view.revision, wanted)
    };
    let due = duty(&view, "early_warning").due.clone().unwrap().at;
    let view = node.service.save_answers(&ada, view.id, explained).await.unwrap();
    assert_eq!(duty(&view, "early_warning").due.clone().unwrap().at, due.minus(hours(2)));
    let history = node.service.history(&ada, view.id).await.unwrap();
    assert_eq!(history.changes[0].reason.as_deref(), Some(reason));
    // Whoever receives the filing reads what stood before, until when, by whom and why.
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let carl = officer(&node, &node.world.csirt).await;
    let received = node.service.received_filing(&carl, filed.filing).await.unwrap();
    let mut fields = received.groups.iter().flat_map(|group| &group.fields);
    let field = fields.find(|field| field.field == "aware_significant_at").unwrap();
    let [before] = field.earlier.as_slice() else { panic!("{field:?}") };
    assert_eq!(before.value, Some(json!(aware)));
    assert_eq!((before.reason.as_deref(), before.until), (Some(reason), node.now()));
    assert_eq!(before.by, ada.name);
}

async fn a_back_dated_instant_says_why(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let long_ago = node.now().minus(hours(25));
    let back_dated =
        |reasons: BTreeMap<String, String>| OpenIncident { answers: answers(ransomware(long_ago)), reasons };
    let refused = node.service.open_incident(&ada, back_dated(BTreeMap::new()), None).await;
    assert_eq!(problems(refused), ["/reasons/aware_significant_at: reason_required"]);
    let spoilt = |reason: &str| BTreeMap::from([("aware_significant_at".to_owned(), reason.to_owned())]);
    for (reason, rule) in [("  ", "reason_required"), ("a\u{202e}b", "control_character")] {
        let refused = node.service.open_incident(&ada, back_dated(spoilt(reason)), None).await;
        assert_eq!(problems(refused), [format!("/reasons/aware_significant_at: {rule}")]);
    }
    let too_long = "x".repeat(4001);
    let refused = node.service.open_incident(&ada, back_dated(spoilt(&too_long)), None).await;
    assert_eq!(problems(refused), ["/reasons/aware_significant_at: length"]);
    let reason = "The night shift wrote it into another book.";
    let view = node.service.open_incident(&ada, back_dated(spoilt(reason)), None).await.unwrap();
    let [earlier] = view.earlier["aware_significant_at"].as_slice() else { panic!("{:?}", view.earlier) };
    assert_eq!((earlier.value.clone(), earlier.reason.as_deref()), (None, Some(reason)));
    // Just a day back wants none, and neither does an instant that starts no clock.
    let today = json!({"aware_significant_at": node.now().minus(hours(24)), "occurred_at": at("2020-01-01T00:00:00Z")});
    open(&node, &ada, today).await;
}

async fn marks_travel_under_the_signature(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let group = view.groups.iter().find(|group| group.id == "significance").or(view.groups.first()).unwrap();
    let marks = |base_revision, groups: BTreeMap<String, Marking>| MarkIncident {
        base_revision,
        report: Marking { tlp: Some(Tlp::Amber), pap: Some(Pap::Green) },
        groups,
    };
    let red = Marking { tlp: Some(Tlp::Red), pap: None };
    let wrong = marks(1, [("no_such_group".to_owned(), red)].into());
    let refused = problems(node.service.mark_incident(&ada, view.id, wrong).await);
    assert_eq!(refused, ["/groups/no_such_group: unknown_group"]);
    let wanted = marks(1, view.groups.iter().map(|group| (group.id.clone(), red)).collect());
    let marked = node.service.mark_incident(&ada, view.id, wanted.clone()).await.unwrap();
    assert_eq!(marked.revision, 2);
    assert_eq!(
        node.service
            .mark_incident(&ada, view.id, MarkIncident { base_revision: 2, ..wanted.clone() })
            .await
            .unwrap()
            .revision,
        2
    );
    // Whoever did not see these marks does not change them.
    let unseen = node.service.mark_incident(&ada, view.id, marks(1, BTreeMap::new())).await;
    assert!(matches!(unseen, Err(service::Error::Conflict { revision: 2, .. })), "{unseen:?}");
    let labels: Vec<_> = node.service.history(&ada, view.id).await.unwrap().changes;
    assert!(labels.iter().any(|change| change.label == "How the report is marked"), "{labels:?}");
    assert!(labels.iter().any(|change| change.label.contains(&group.title)), "{labels:?}");
    // The answer to the form's own question narrows the report, and never widens it.
    let view =
        node.service.save_answers(&ada, view.id, save(2, json!({"tlp": "TLP:AMBER+STRICT"}))).await.unwrap();
    assert_eq!(view.marks.report, Marking { tlp: Some(Tlp::AmberStrict), pap: Some(Pap::Green) });
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let carl = officer(&node, &node.world.csirt).await;
    let document = node.service.filing_document(&carl, filed.filing).await.unwrap();
    assert_eq!(document.head.marking, view.marks.report);
    for disclosure in document.disclosures.values() {
        assert_eq!(disclosure.marking, Some(Marking { tlp: Some(Tlp::Red), pap: Some(Pap::Green) }));
    }
    let inbox = node.service.inbox(&carl, &InboxQuery::default()).await.unwrap();
    assert_eq!(inbox.rows[0].marking, view.marks.report);
    let mut stripped = json!(document);
    stripped["head"]["marking"] = json!({"tlp": "TLP:CLEAR"});
    assert!(!vault::verify(stripped.to_string().as_bytes(), &[]).intact);
}

async fn an_auditor_looks_without_a_trace(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let filed = file(&node, &ada, view.id, "early_warning").await;
    let auditor = node.person(&node.world.csirt, &[model::Function::Auditor]).await;
    node.service.received_filing(&auditor, filed.filing).await.unwrap();
    let unread = async || node.service.inbox(&auditor, &InboxQuery::default()).await.unwrap().rows[0].unread;
    assert!(unread().await);
    assert!(node.service.sent_filing(&ada, filed.filing).await.unwrap().reads.is_empty());
    let carl = officer(&node, &node.world.csirt).await;
    node.service.received_filing(&carl, filed.filing).await.unwrap();
    node.service.received_filing(&carl, filed.filing).await.unwrap();
    assert!(!unread().await);
    assert_eq!(node.service.sent_filing(&ada, filed.filing).await.unwrap().reads.len(), 1);
}
