//! What national laws need of the format: desks, roles held under another law, questions added to a form, rules
//! that begin later, answers kept back in some cases only, duties of authorities that belong to one track.

use model::{DutyKey, OrganisationRole, Role, RoleScope};
use regime::{DirectoryEntry, Library, authority_duties, content, duties};
use serde_json::json;

use crate::{at, case, library_files, read};

const LAW: &str = r#"
format = "beffroi-pack/1"
id = "lamps"
law = "Lamps"
kind = "regulation"
version = "2026-01-01"
valid_from = "2026-01-01"
sources = []
retention = { source = "none" }

[recipients]
desk = [{ first_of = ["csirt"], article = "1", desk = "north", when = { field = "ongoing", is = true } },
        { first_of = ["csirt"], article = "1", desk = "south", when = { field = "ongoing", is = false } }]
others = [{ first_of = ["competent_authority"], article = "2", regime = "nis2" }]

[rules.later]
since = "2027-12-11"
article = "9"

[[visibility]]
fields = ["description"]
roles = ["competent_authority"]
when = { field = "suspected_malicious", is = true }

[[tracks]]
id = "dark"
applies = { always = true }
stages = [{ id = "word", article = "1", recipients = "desk", form = "lamp", clock = { from = "aware", hours = 24 } }]

[[tracks]]
id = "dim"
applies = { rule = "later" }
stages = [{ id = "word", article = "2", recipients = "others", form = "lamp", clock = { from = "aware", hours = 48 } }]

[[authority]]
id = "answer"
article = "3"
by = "csirt"
track = "dim"
clock = { submitted = "word", hours = 8 }
recipients = "desk"
"#;

const FORM: &str = r#"
format = "beffroi-form/1"
[[sections]]
id = "lamp"
fields = [{ field = "title", basis = "law", required = ["all"] }, { field = "description", basis = "law", if_available = ["all"] }]
"#;

const TEXTS: &str = "pack = Lamps\nrule-later = Since then\ntrack-dark = Dark\ntrack-dim = Dim\nstage-word = Word\nauthority-answer = Answer\nsection-lamp = Lamp\nsection-more = More\n";

fn library(profile: Option<(&str, &str)>) -> Library {
    let mut files = library_files();
    let mut put = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
    put("regimes/lamps/pack.toml", LAW);
    put("regimes/lamps/forms/lamp.toml", FORM);
    put("regimes/lamps/text/en.ftl", TEXTS);
    if let Some((pack, form)) = profile {
        put("regimes/lamps-lu/pack.toml", pack);
        put("regimes/lamps-lu/forms/lamp.toml", form);
        put("regimes/lamps-lu/text/en.ftl", "pack = Lampes\n");
    }
    read(&files)
}

fn holder(id: u8, name: &str, role: Role, scope: RoleScope) -> DirectoryEntry {
    DirectoryEntry {
        organisation: format!("01890a5d-ac96-774b-bcce-b302099a80{id:02}").parse().unwrap(),
        name: name.into(),
        zone: "Europe/Luxembourg".into(),
        roles: vec![OrganisationRole { role, scope }],
    }
}

fn names(duties: &[regime::Duty], key: &str) -> Vec<String> {
    let duty = duties.iter().find(|duty| duty.key.to_string() == key).unwrap();
    let held = duty.recipients.iter().flat_map(|recipient| &recipient.organisations);
    held.map(|one| one.name.clone()).collect()
}

#[test]
fn a_desk_and_a_role_under_another_law_say_who_receives() {
    let library = library(None);
    let at_desk = |desk: Option<&str>| RoleScope { desk: desk.map(str::to_owned), ..RoleScope::default() };
    let under = |law: &str| RoleScope { regime: Some(law.to_owned()), ..RoleScope::default() };
    let directory = [
        holder(1, "North", Role::Csirt, at_desk(Some("north"))),
        holder(2, "South", Role::Csirt, at_desk(Some("south"))),
        holder(3, "Everywhere", Role::Csirt, at_desk(None)),
        holder(4, "Of the other law", Role::CompetentAuthority, under("nis2")),
        holder(5, "Of lamps", Role::CompetentAuthority, under("lamps")),
    ];
    let told = |facts| duties(&library, &case(json!({}), facts), &directory, at("2028-01-01T00:00:00Z"));
    let north = told(json!({ "ongoing": true }));
    assert_eq!(names(&north, "lamps.dark.word"), ["North", "Everywhere"]);
    assert_eq!(names(&told(json!({ "ongoing": false })), "lamps.dark.word"), ["South", "Everywhere"]);
    assert_eq!(names(&north, "lamps.dim.word"), ["Of the other law"]);
}

#[test]
fn a_rule_that_begins_later_holds_for_what_is_opened_since() {
    let library = library(None);
    let applies = |opened: &str| {
        let mut case = case(json!({}), json!({}));
        case.opened = Some(at(opened));
        let all = duties(&library, &case, &[], at("2028-01-01T00:00:00Z"));
        all.into_iter().find(|duty| duty.key.to_string() == "lamps.dim.word").unwrap().reasons.verdict
    };
    assert_eq!(applies("2027-12-10T23:59:59Z"), regime::Verdict::No);
    assert_eq!(applies("2027-12-11T00:00:00Z"), regime::Verdict::Yes);
}

#[test]
fn an_answer_is_kept_back_in_some_cases_only() {
    let library = library(None);
    let key: DutyKey = "lamps.dark.word".parse().unwrap();
    let seen = |malicious: serde_json::Value| {
        let facts = json!({ "title": "Dark", "description": "All lamps.", "suspected_malicious": malicious });
        let filed = content(&library, &case(json!({}), facts), &key, "en", Role::Csirt);
        filed.values().any(|answers| answers.contains_key("description"))
    };
    assert!(!seen(json!(true)) && seen(json!(false)));
    assert!(!seen(json!(null)), "while it is open, the rule holds");
}

#[test]
fn a_duty_of_the_authority_counts_from_the_filing_of_its_own_track() {
    let library = library(None);
    let mut case = case(json!({}), json!({}));
    let due = |case: &regime::Case| {
        let all = authority_duties(&library, case, &[], at("2026-03-06T16:00:00Z"));
        let duty = all.into_iter().find(|duty| duty.key.to_string() == "lamps.authority.answer").unwrap();
        duty.due.map(|due| due.at)
    };
    let filed = |track: &str, at_text: &str| regime::Submission {
        duty: format!("lamps.{track}.word").parse().unwrap(),
        at: at(at_text),
        acknowledged: false,
        corrects: false,
    };
    case.submissions.push(filed("dark", "2026-03-06T10:00:00Z"));
    assert_eq!(due(&case), None);
    case.submissions.push(filed("dim", "2026-03-06T12:00:00Z"));
    assert_eq!(due(&case), Some(at("2026-03-06T20:00:00Z")));
}

#[test]
fn a_profile_adds_questions_to_the_form_of_its_law() {
    let pack = "id = \"lamps-lu\"\nlaw = \"Lampes\"\nkind = \"profile\"\nchanges = \"lamps\"\ncountries = [\"LU\"]\nversion = \"2026-01-01\"\nvalid_from = \"2026-01-01\"\n";
    let form = r#"
format = "beffroi-form/1"
adds = true
[[sections]]
id = "lamp"
fields = [{ field = "description", basis = "law", required = ["all"] }]
[[sections]]
id = "more"
fields = [{ field = "own_reference", basis = "law", if_available = ["all"] }]
"#;
    let added = library(Some((pack, form)));
    let asked = |pack: &str, library: &Library| -> Vec<String> {
        let form = &library.pack(pack).unwrap().forms["lamp"];
        form.fields()
            .map(|asked| format!("{} {:?}", asked.field, asked.obligation("word").unwrap()))
            .collect()
    };
    assert_eq!(asked("lamps", &added), ["title Required", "description IfAvailable"]);
    assert_eq!(
        asked("lamps-lu", &added),
        ["title Required", "description Required", "own_reference IfAvailable"]
    );
    let replaced = library(Some((pack, &form.replace("adds = true", ""))));
    assert_eq!(asked("lamps-lu", &replaced), ["description Required", "own_reference IfAvailable"]);
}
