//! What is another organisation's is not there: every use case is tried by its owner, who succeeds, and by
//! others, who are told nothing.

use std::{fs, path::Path};

use model::{Caller, FilingId, Function, IncidentId, Subject};
use regime::Screen;
use serde_json::json;
use service::{
    Error, From, Proof, Service,
    view::{
        AcceptLink, AskApproval, ChangeOrganisation, ChangePerson, ChangeTaxonomy, DecideApproval, EndLink,
        EnterOrganisation, ExtendHold, FileStage, GiveReason, GiveRoles, ImportTaxonomy, InboxQuery,
        InviteAdministrator, InvitePerson, KeepChain, MakeCalendarFeed, MakeClient, MarkIncident,
        OpenIncident, OverrideStage, PlaceHold, ReadNotices, ReadinessState, RegistrationWords,
        RemarkApproval, RequestStage, Respond, SaveReadinessPoint, SaveReminderPlan, StatisticsQuery,
        TableKind, TellOthers,
    },
};
use testkit::TestNode;

use crate::story::{answers, file, on_both, open_ransomware, save, settle, stage};

on_both!(what_is_anothers_is_not_there, administration);

/// Every function that there is: only the organisation stands in the way.
const ALL: &[Function] = Function::ALL;

/// The answer of a stranger tells nothing.
fn nothing<T>(what: &str, who: &Caller, answer: &Result<T, Error>) {
    assert!(matches!(answer, Err(Error::NotFound(_) | Error::Denied(_))), "{what} by {}", who.name);
}

struct Door<'a> {
    service: &'a Service,
    owner: &'a Caller,
    strangers: &'a [Caller],
}

/// Tries a use case as each stranger, then as the owner.
macro_rules! closed {
    ($door:expr, $who:ident => $call:expr) => {{
        for $who in $door.strangers {
            nothing(stringify!($call), $who, &$call.await);
        }
        let $who = $door.owner;
        $call.await.unwrap_or_else(|error| panic!("{} by its owner: {error}", stringify!($call)))
    }};
}

async fn what_is_anothers_is_not_there(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let ada = node.person(&world.hospital, ALL).await;
    let carl = node.person(&world.csirt, ALL).await;
    let others = [
        node.person(&world.clinic, ALL).await,
        node.person(&world.cloud, ALL).await,
        node.person(&world.foreign_csirt, ALL).await,
        node.person(&world.authority, ALL).await,
    ];
    let id = open_ransomware(&node, &ada).await.id;
    // The recipient sees what was filed to it, not the record behind it.
    let not_the_reporter: Vec<Caller> = others.iter().chain([&carl]).cloned().collect();
    let filing =
        reporting(Door { service, owner: &ada, strangers: &not_the_reporter }, id, world.csirt.id).await;
    let not_the_recipient: Vec<Caller> = others.iter().chain([&ada]).cloned().collect();
    desk(Door { service, owner: &carl, strangers: &not_the_recipient }, filing).await;
    documents(service, (&ada, &carl), &others, filing).await;
    lists(&node, (&ada, &carl), &others).await;
    let [clinic, cleo, foreign, authority] = others.clone();
    links(&node, (&ada, &cleo), &[clinic, foreign, authority, carl.clone()], id).await;
    approvals(&node, &ada, &not_the_reporter).await;
    keeping(&node, &ada, &not_the_reporter).await;
    readiness(service, &ada, &not_the_reporter).await;
    terms(service, &ada, &not_the_reporter).await;
}

async fn reporting(door: Door<'_>, id: IncidentId, csirt: model::OrganisationId) -> FilingId {
    let Door { service, .. } = door;
    let key = stage("early_warning");
    closed!(door, who => service.incident(who, id));
    closed!(door, who => service.history(who, id));
    closed!(door, who => service.form(who, id, &key, (Screen::Full, "en")));
    closed!(door, who => service.preview(who, id, &key));
    let input = || FileStage::to(1, csirt);
    let filed = closed!(door, who => service.file_stage(who, (id, &key), input(), Some("k")));
    closed!(door, who => service.save_answers(who, id, save(1, json!({"ongoing": true}))));
    let mark = || MarkIncident { base_revision: 2, report: Default::default(), groups: Default::default() };
    closed!(door, who => service.mark_incident(who, id, mark()));
    closed!(door, who => service.incident_migrations(who, id));
    // The version it is under already: a repeat that changes nothing, for its owner.
    let to = testkit::library().pack("nis2").unwrap().version();
    let over = service::view::MigrateIncident { base_revision: 2, to };
    closed!(door, who => service.migrate_incident(who, (id, "nis2"), &over));
    let base_revision = service.incident(door.owner, id).await.unwrap().revision;
    let elsewhere = service::view::NoteFiledElsewhere {
        base_revision,
        at: service.clock().now(),
        to: "Portal".to_owned(),
        way: model::Way::Portal,
        reference: None,
        proof_sha256: None,
        note: None,
    };
    let noted = closed!(door, who => service.note_filed_elsewhere(who, (id, &key), elsewhere.clone()));
    let mistake = service::view::TakeBackFiledElsewhere {
        base_revision: noted.revision,
        at: elsewhere.at,
        reason: "Another case.".to_owned(),
    };
    closed!(door, who => service.take_back_filed_elsewhere(who, (id, &key), mistake.clone()));
    closed!(door, who => service.incident_links(who, id));
    closed!(door, who => service.sent_filing(who, filed.filing));
    filed.filing
}

/// What was told about an incident, for who told and for who was told.
async fn links(node: &TestNode, (ada, cleo): (&Caller, &Caller), others: &[Caller], id: IncidentId) {
    let service = &node.service;
    let told = [node.world.cloud.id];
    let tell = || TellOthers { organisations: told.to_vec(), note: "It does not answer.".to_owned() };
    let because = || EndLink { reason: "It was another cause.".to_owned() };
    let tells = Door { service, owner: ada, strangers: others };
    let is_told = Door { service, owner: cleo, strangers: others };
    closed!(tells, who => service.tell_others(who, id, tell(), None));
    let found = service.find_others(ada, "cloud of").await.unwrap();
    assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), told);
    assert!(service.find_others(ada, "of").await.unwrap().is_empty(), "nobody lists the organisations");
    let link = service.links_waiting(cleo).await.unwrap().links[0].id;
    for who in others {
        assert!(service.links_waiting(who).await.map_or(true, |waiting| waiting.links.is_empty()));
    }
    closed!(is_told, who => service.decline_link(who, link, because()));
    closed!(tells, who => service.tell_others(who, id, tell(), None));
    let link = service.links_waiting(cleo).await.unwrap().links[0].id;
    closed!(is_told, who => service.accept_link(who, link, AcceptLink::default()));
    closed!(tells, who => service.end_link(who, link, because()));
}

/// Own terms, while their organisation has not published them.
async fn terms(service: &Service, ada: &Caller, strangers: &[Caller]) {
    let of = Some(ada.organisation);
    let door = Door { service, owner: ada, strangers };
    let change: ChangeTaxonomy = serde_json::from_value(json!({"base_version": 0, "changes": [
        {"kind": "describe", "head": {"namespace": "hospital", "title": "Terms of the hospital"}},
        {"kind": "add", "list": "rsit", "below": "phishing", "slug": "parcel", "label": {"en": "Fake parcel notice"}},
    ]}))
    .unwrap();
    closed!(door, who => service.change_taxonomy(who, of, change.clone()));
    let document =
        json!({"namespace": "x", "description": "X", "version": 1, "predicates": [{"value": "x"}]});
    let import: ImportTaxonomy = serde_json::from_value(json!({
        "base_version": 1, "document": document.to_string(), "list": "rsit", "below": "phishing"
    }))
    .unwrap();
    closed!(door, who => service.import_taxonomy(who, of, import.clone()));
    closed!(door, who => service.taxonomy(who, of));
    closed!(door, who => service.taxonomy_versions(who, of));
    closed!(door, who => service.taxonomy_version(who, of, 1));
    closed!(door, who => service.taxonomy_file(who, of, "machinetag.json"));
}

/// What keeps a record, and erasing it.
async fn keeping(node: &TestNode, ada: &Caller, strangers: &[Caller]) {
    let service = &node.service;
    let id = open_ransomware(node, ada).await.id;
    let door = Door { service, owner: ada, strangers };
    let why = || GiveReason { reason: "Nobody needs it.".to_owned() };
    let place = || PlaceHold { basis: "Claims".to_owned(), what: "All".to_owned(), ..PlaceHold::default() };
    closed!(door, who => service.preservation(who, id));
    let hold = closed!(door, who => service.place_hold(who, id, place())).holds[0].id;
    let extend = || ExtendHold { ends_at: None, reason: "It lasts.".to_owned() };
    closed!(door, who => service.extend_hold(who, (id, hold), extend()));
    closed!(door, who => service.lift_hold(who, (id, hold), why()));
    settle(node, ada, id).await;
    closed!(door, who => service.erase_incident(who, id, why()));
}

/// Each organisation has a checklist of its own.
async fn readiness(service: &Service, ada: &Caller, strangers: &[Caller]) {
    let point = SaveReadinessPoint {
        base_revision: 0,
        state: ReadinessState::Done,
        note: "Nightjar".to_owned(),
        responsible: String::new(),
        done_on: None,
        review_on: None,
    };
    service.save_readiness_point(ada, "hashes", point).await.unwrap();
    assert_eq!(service.readiness(ada).await.unwrap().counts.done, 1);
    assert_eq!(service.readiness_history(ada).await.unwrap().changes.len(), 1);
    for stranger in strangers {
        let seen = service.readiness(stranger).await.unwrap();
        assert_eq!((seen.revision, seen.counts.done), (0, 0), "{}", stranger.name);
        assert!(!format!("{seen:?}").contains("Nightjar"));
        assert!(service.readiness_history(stranger).await.unwrap().changes.is_empty());
        service.first_hour_card(stranger).await.unwrap();
    }
}

/// What is asked to be approved, for the organisation whose filing it is and nobody without a seat.
async fn approvals(node: &TestNode, ada: &Caller, strangers: &[Caller]) {
    let service = &node.service;
    let (id, key) = (open_ransomware(node, ada).await.id, stage("early_warning"));
    let bob = node.person(&node.world.hospital, ALL).await;
    let door = Door { service, owner: ada, strangers };
    let every = || KeepChain {
        chain: serde_json::from_value(json!({
            "covers": ["*"],
            "steps": [{"name": "One", "who": {"kind": "function", "function": "approver"}, "count": 1}]
        }))
        .unwrap(),
        replaces: None,
    };
    closed!(door, who => service.approval_chain(who, Some(id)));
    closed!(door, who => service.keep_approval_chain(who, Some(id), every()));
    let ask = || AskApproval { base_revision: 1, late_reason: None, note: None };
    let request = closed!(door, who => service.ask_approval(who, (id, &key), ask(), None)).summary.id;
    closed!(door, who => service.approval(who, request));
    closed!(door, who => service.incident_approvals(who, id));
    let say = || RemarkApproval { text: "Is this final?".to_owned() };
    closed!(door, who => service.remark_approval(who, request, say(), None));
    closed!(door, who => service.withdraw_approval(who, request));
    let again = service.ask_approval(ada, (id, &key), ask(), None).await.unwrap().summary.id;
    let decide = || DecideApproval { verdict: model::ApprovalVerdict::Approved, remark: None };
    let approver = Door { service, owner: &bob, strangers };
    closed!(approver, who => service.decide_approval(who, again, decide(), None));
    let input = |reason: &str| OverrideStage {
        base_revision: Some(2),
        recipient: node.world.csirt.id,
        also: vec![],
        late_reason: None,
        reason: reason.to_owned(),
    };
    service.save_answers(ada, id, save(1, json!({"title": "Another matter"}))).await.unwrap();
    closed!(approver, who => service.override_stage(who, (id, &key), input("It cannot wait any more."), None));
    for who in strangers {
        assert!(service.approvals(who).await.unwrap().approvals.is_empty());
    }
    assert_eq!(service.approvals(&bob).await.unwrap().approvals.len(), 2);
    closed!(door, who => service.remove_approval_chain(who, Some(id)));
}

async fn desk(door: Door<'_>, filing: FilingId) {
    let Door { service, .. } = door;
    closed!(door, who => service.received_filing(who, filing));
    closed!(door, who => service.acknowledge(who, filing));
    closed!(door, who => service.respond(who, filing, Respond { text: "Isolate.".to_owned(), ..Respond::default() }, None));
    let ask = || RequestStage { duty: stage("intermediate_report"), due_at: None, text: "More?".to_owned() };
    closed!(door, who => service.request_stage(who, filing, ask(), None));
}

async fn documents(
    service: &Service,
    (ada, carl): (&Caller, &Caller),
    strangers: &[Caller],
    filing: FilingId,
) {
    for owner in [ada, carl] {
        let door = Door { service, owner, strangers };
        closed!(door, who => service.receipt(who, filing));
        closed!(door, who => service.filing_document(who, filing));
        closed!(door, who => service.filing_paper(who, filing));
        closed!(door, who => service.receipt_paper(who, filing));
        closed!(door, who => service.filing_exports(who, filing));
        closed!(door, who => service.filing_export(who, filing, "report"));
    }
}

/// Lists of others are there and empty; what everyone may know is the same for all.
async fn lists(node: &TestNode, (ada, carl): (&Caller, &Caller), others: &[Caller]) {
    let service = &node.service;
    let counts = async |who: &Caller| {
        (
            service.incidents(who, None, None, 10).await.unwrap().incidents.len(),
            service.open_duties(who).await.unwrap().duties.len(),
            service.sent_filings(who).await.unwrap().filings.len(),
            service.inbox(who, &InboxQuery::default()).await.map_or(0, |inbox| inbox.rows.len()),
        )
    };
    for who in others {
        assert_eq!(counts(who).await, (0, 0, 0, 0), "{}", who.name);
    }
    let year = StatisticsQuery { from: "2026".to_owned(), ..StatisticsQuery::default() };
    let rows = async |who: &Caller| {
        let table = service.annual_table(who, &year, TableKind::Csv).await.unwrap();
        let reports = service.statistics(who, &year).await.unwrap().reports;
        let file = service.statistics_file(who, &year, TableKind::Csv).await.unwrap();
        let counted = String::from_utf8(file.bytes).unwrap().contains(&format!("\r\nreports,{reports},\r\n"));
        (String::from_utf8(table.bytes).unwrap().lines().count(), reports, counted)
    };
    assert_eq!(rows(&others[2]).await, (1, 0, true), "its heading alone");
    assert_eq!(rows(carl).await, (2, 1, true));
    let (incidents, open, sent, received) = counts(ada).await;
    assert_eq!((incidents, open > 0, sent, received), (1, true, 1, 0));
    assert_eq!(counts(carl).await, (0, 0, 0, 1));
    for who in others.iter().chain([ada, carl]) {
        assert_eq!(service.directory(who).await.unwrap().len(), 6);
        assert_eq!(service.me(who, None).await.unwrap().organisation.id, who.organisation);
    }
    // A key is its owner's: the same word of another opens another record.
    let open = || OpenIncident { answers: answers(json!({"title": "Mine"})), ..OpenIncident::default() };
    let mine = service.open_incident(ada, open(), Some("one word")).await.unwrap();
    let theirs = service.open_incident(&others[0], open(), Some("one word")).await.unwrap();
    assert_ne!((mine.id, mine.organisation), (theirs.id, theirs.organisation));
    let report =
        service::view::ImportReport { format: None, document: "field,value\ntitle,A report\n".to_owned() };
    let brought = service.import_report(ada, &report, None).await.unwrap().incident;
    for who in others {
        nothing("incident", who, &service.incident(who, brought.id).await);
    }
    let nobody = node.person(&node.world.hospital, &[Function::Administrator]).await;
    nothing("wizard", &nobody, &service.wizard(&nobody).await);
    nothing("import", &nobody, &service.import_report(&nobody, &report, None).await);
    service.wizard(ada).await.unwrap();
    personal(service, ada, others).await;
    let more = open_ransomware(node, ada).await;
    let door = Door { service, owner: ada, strangers: others };
    let key = stage("early_warning");
    closed!(door, who => service.preview_paper(who, (more.id, &key), None));
    closed!(door, who => service.draft_exports(who, (more.id, &key), None));
    closed!(door, who => service.draft_export(who, (more.id, &key), (None, "report")));
    file(node, ada, more.id, "early_warning").await;
}

/// Notices, calendars and live pages are each person's own.
async fn personal(service: &Service, ada: &Caller, others: &[Caller]) {
    let waiting = service.notices(ada, None, 50).await.unwrap().notices;
    let ids = waiting.iter().map(|notice| notice.id).collect();
    service.make_calendar_feed(ada, MakeCalendarFeed { titles: true }).await.unwrap();
    for who in others {
        let theirs = service.read_notices(who, ReadNotices { ids: Vec::clone(&ids) }).await.unwrap().notices;
        assert!(theirs.iter().all(|notice| !ids.contains(&notice.id)), "{}", who.name);
        assert!(!service.calendar_feed(who).await.unwrap().active);
        service.end_calendar_feed(who).await.unwrap();
        drop(service.listen(who, None).await.unwrap());
    }
    let unread = service.notices(ada, None, 50).await.unwrap().notices;
    assert_eq!(json!(unread), json!(waiting), "nobody else reads them");
    assert!(service.calendar_feed(ada).await.unwrap().active, "nobody else ends it");
}

/// People, clients, the node: who keeps one organisation keeps nothing of another.
async fn administration(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let owner = &node.session(&world.hospital, &[Function::Administrator]).await.caller;
    let strangers = &[
        node.session(&world.clinic, &[Function::Administrator]).await.caller,
        node.person(&world.hospital, &[Function::Reporter, Function::Auditor]).await,
        node.person(&world.csirt, &[Function::Officer]).await,
    ];
    let Subject::User(bob) = node.person(&world.hospital, &[Function::Reporter]).await.subject else {
        panic!()
    };
    let door = Door { service, owner, strangers };
    closed!(door, who => service.change_person(who, bob, ChangePerson { name: Some("Bob".to_owned()), ..Default::default() }));
    closed!(door, who => service.invite_again(who, bob));
    closed!(door, who => service.disable_person(who, bob));
    closed!(door, who => service.enable_person(who, bob));
    let plan = service.reminder_plan(owner).await.unwrap();
    let save = || SaveReminderPlan { base_revision: plan.revision, steps: plan.steps.clone() };
    let colleagues = Door { service, owner, strangers: &strangers[1..] };
    closed!(colleagues, who => service.reminder_plan(who));
    closed!(colleagues, who => service.save_reminder_plan(who, save()));
    let eve = &node.session(&world.hospital, &[Function::Reporter]).await.caller;
    let from = From::source("here");
    let proof = |code| Proof { password: "a bell in every town".to_owned(), code };
    let setup = service.set_up_second_factor(eve, proof(None), &from).await.unwrap();
    let key = crate::second_factor::key_of(&setup);
    let code = |steps| crate::second_factor::shown(&node, &key, steps);
    service.confirm_second_factor(eve, None, &code(-1)).await.unwrap();
    service.renew_recovery_codes(eve, proof(Some(code(0))), &from).await.unwrap();
    service.remove_second_factor(eve, proof(Some(code(1))), &from).await.unwrap();
    let setup = service.set_up_second_factor(eve, proof(None), &from).await.unwrap();
    let key = crate::second_factor::key_of(&setup);
    service.confirm_second_factor(eve, None, &crate::second_factor::shown(&node, &key, 0)).await.unwrap();
    let Subject::User(eve_id) = eve.subject else { panic!() };
    closed!(door, who => service.reset_second_factor(who, eve_id));
    let made = MakeClient { name: "SIEM".to_owned(), functions: vec![Function::Reporter], valid_days: 1 };
    let client = service.make_machine_client(owner, made).await.unwrap().client;
    closed!(door, who => service.revoke_machine_client(who, client));
    let new = InvitePerson {
        name: "Al".to_owned(),
        mail: "al@example.eu".to_owned(),
        functions: vec![Function::Auditor],
    };
    service.invite_person(owner, new).await.unwrap();
    // Lists hold the caller's own and nothing else.
    let [stranger, ..] = strangers;
    assert_eq!(service.people(stranger).await.unwrap().people.len(), 1);
    assert!(service.machine_clients(stranger).await.unwrap().clients.is_empty());
    assert_eq!(service.organisation_profile(stranger).await.unwrap().organisation.id, world.clinic.id);
    let change = ChangeOrganisation { name: Some("Clinic".to_owned()), ..Default::default() };
    service.change_own_organisation(stranger, change).await.unwrap();
    assert_eq!(service.organisation_profile(owner).await.unwrap().organisation.name, world.hospital.name);
    service.recipient_directory(owner).await.unwrap();
    assert_eq!(service.published_keys(owner).await.unwrap().keys.len(), 4);
    let session = node.session(&world.hospital, &[Function::Reporter]).await;
    let token = session.cookie.trim_start_matches("beffroi=");
    let id = service.session(token).await.unwrap().id;
    let own = Door { service, owner: &session.caller, strangers };
    closed!(own, who => service.end_session(who, id));
    assert!(service.account_security(&session.caller, None).await.unwrap().sessions.is_empty());
    service.end_other_sessions(&session.caller, None).await.unwrap();
    let change = (proof(None), "another bell in town".to_owned());
    service.change_password(&session.caller, None, change, &from).await.unwrap();
    operators(&node, owner).await;
}

/// The node is kept by its operator, and registrations are vetted by the officers of their country.
async fn operators(node: &TestNode, boss: &Caller) {
    let (service, world) = (&node.service, &node.world);
    let keeper = &node.session(&world.authority, &[Function::Operator]).await.caller;
    let strangers =
        &[boss.clone(), node.person(&world.csirt, &[Function::Officer, Function::Administrator]).await];
    let door = Door { service, owner: keeper, strangers };
    closed!(door, who => service.node_organisations(who));
    closed!(door, who => service.read_jobs(who));
    let enter = || EnterOrganisation {
        name: "Bank".to_owned(),
        country: "LU".parse().unwrap(),
        zone: "Europe/Luxembourg".to_owned(),
        roles: vec![],
    };
    let bank = closed!(door, who => service.enter_organisation(who, enter())).organisations;
    let id = bank.iter().find(|one| one.organisation.name == "Bank").unwrap().organisation.id;
    closed!(door, who => service.give_roles(who, id, GiveRoles { roles: vec![] }));
    let admin = || InviteAdministrator { name: "Eva".to_owned(), mail: "eva@example.eu".to_owned() };
    closed!(door, who => service.invite_administrator(who, id, admin()));
    closed!(door, who => service.let_organisation_work(who, id, false));

    let officer = &node.person(&world.csirt, &[Function::Officer]).await;
    let strangers = &[keeper.clone(), boss.clone(), node.person(&world.foreign_csirt, ALL).await];
    let door = Door { service, owner: officer, strangers };
    let words = || RegistrationWords { text: "Why?".to_owned() };
    for act in ["accept", "refuse"] {
        let id = crate::registrations::confirmed(node, "Any", &format!("{act}@example.org")).await;
        closed!(door, who => service.registration(who, id));
        closed!(door, who => service.ask_registration(who, id, words()));
        if act == "accept" {
            closed!(door, who => service.accept_registration(who, id));
        } else {
            closed!(door, who => service.refuse_registration(who, id, words()));
        }
    }
    assert_eq!(service.registrations(officer).await.unwrap().registrations.len(), 2);

    let contact = testkit::World::contact_point(service).await;
    let owner = &node.person(&contact, &[Function::Officer]).await;
    let (pack, duty, period) = ("nis2".to_owned(), "summary".to_owned(), "2025-Q4".to_owned());
    let query = &service::view::SummaryQuery { pack, duty, period };
    let door = Door { service, owner, strangers };
    closed!(door, who => service.summary(who, query));
    closed!(door, who => service.summary_file(who, query, TableKind::Pdf));
    let owed = async |who: &Caller| service.summaries(who).await.map_or(0, |summaries| summaries.owed.len());
    assert_eq!((owed(owner).await, owed(&strangers[2]).await), (1, 0));
    assert!(service.registrations(&strangers[2]).await.unwrap().registrations.is_empty());
}

/// Every public method that takes a caller is called above.
#[test]
fn no_door_is_forgotten() {
    let here = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tenancy.rs")).unwrap();
    let mut sources = String::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
    let mut doors = 0;
    for method in sources.split("pub async fn ").skip(1) {
        let name = method.split('(').next().unwrap();
        let arguments = method.split(") ->").next().unwrap();
        if arguments.contains("&Caller") {
            doors += 1;
            assert!(here.contains(&format!("service.{name}(")), "{name} is not tried by a stranger");
        }
    }
    assert!(doors >= 20, "{doors}");
}

fn collect(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
