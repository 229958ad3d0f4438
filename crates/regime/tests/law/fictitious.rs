//! A law is only a folder: an invented one is loaded at run time, asked, clocked, shown and filed, without a
//! word of it in any program.

use model::{DutyState, OrganisationRole, Role, RoleScope};
use regime::{Basis, DirectoryEntry, Library, Screen, content, duties, form};
use serde_json::json;

use crate::{add_files, at, case, library_files, read, root};

fn library() -> Library {
    read(&files())
}

fn files() -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = library_files();
    add_files(&mut files, &root().join("crates/regime/tests/fictitious-law"), "regimes");
    files
}

fn prosecutor() -> DirectoryEntry {
    let scope = RoleScope { regime: Some("lanterns".into()), ..RoleScope::default() };
    DirectoryEntry {
        organisation: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
        name: "Magistrate of the Harbour Town".into(),
        zone: "Europe/Athens".into(),
        roles: vec![OrganisationRole { role: Role::Prosecutor, scope }],
    }
}

#[test]
fn it_is_asked_clocked_shown_and_filed() {
    let library = library();
    let mut case = case(
        json!({ "entity.lanterns": 2000, "entity.harbour_lights": false }),
        json!({ "darkness_seen_at": "2026-05-15T20:00:00Z", "lantern_cause": "sabotage", "darkness": 9000 }),
    );
    let now = at("2026-05-16T08:00:00Z");
    let directory = [prosecutor()];
    let first = |case: &regime::Case| {
        duties(&library, case, &directory, now)
            .into_iter()
            .find(|duty| duty.key.stage == "first_word")
            .unwrap()
    };

    let duty = first(&case);
    assert_eq!((duty.law.as_str(), duty.pack_version.as_str()), ("Lantern Act", "2025-06-01+2"));
    assert_eq!(duty.state, DutyState::Due);
    assert_eq!(duty.recipients[0].organisations[0].name, "Magistrate of the Harbour Town");
    let due = duty.due.unwrap();
    assert!(due.provisional, "nobody has judged it serious yet: at most a day after it was seen");
    assert_eq!(due.authority_time.as_deref(), Some("Monday 18 May 2026, 13:00 (Europe/Athens)"));
    assert_eq!(
        duty.missing.iter().map(|missing| missing.field.as_str()).collect::<Vec<_>>(),
        ["judged_serious_at"]
    );

    case.facts.insert("judged_serious_at".into(), json!("2026-05-16T06:00:00Z"));
    let duty = first(&case);
    assert_eq!(duty.due.unwrap().entity_time, "Monday 18 May 2026, 12:00 (Europe/Luxembourg)");

    let view = form(&library, &case, &duty.key, Screen::First, "en").unwrap();
    assert_eq!(view.missing.iter().map(|missing| missing.field.as_str()).collect::<Vec<_>>(), ["title"]);
    assert_eq!(view.sections[0].fields[1].basis, Basis::Law);
    case.facts.insert("title".into(), json!("Darkness at the quay"));
    assert!(form(&library, &case, &duty.key, Screen::Full, "en").unwrap().ready);

    let filed = content(&library, &case, &duty.key, "en", Role::Prosecutor);
    assert_eq!(filed.keys().collect::<Vec<_>>(), ["lantern_secrets", "lanterns", "summary"]);
    assert_eq!(filed["lanterns"]["darkness"].text, "2 hours 30 minutes");
    assert_eq!(filed["lanterns"]["lanterns_out"].text, "unknown yet");
}

#[test]
fn a_later_stage_refuses_what_is_still_to_be_found_out() {
    let library = library();
    let case = case(json!({}), json!({ "lantern_cause": "to_be_found_out" }));
    let rules = |key: &str| -> Vec<String> {
        let view = form(&library, &case, &key.parse().unwrap(), Screen::Full, "en").unwrap();
        view.problems.into_iter().map(|problem| problem.rule).collect()
    };
    assert!(rules("lanterns.darkness.first_word").is_empty());
    assert_eq!(rules("lanterns.darkness.account"), ["not_at_this_stage"]);
}

#[test]
fn its_worked_examples_hold() {
    let library = library();
    let examples = regime::examples(&library, &files());
    let problems: Vec<String> = examples.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn it_lets_another_authority_know_when_it_says_so() {
    let mut files = files();
    let mut change = |path: &str, from: &str, to: &str| {
        let path = format!("regimes/lanterns/{path}");
        let text = String::from_utf8(files[&path].clone()).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        files.insert(path, text.replacen(from, to, 1).into_bytes());
    };
    let rule = "[[copies]]\nof = \"magistrate\"\nto = \"harbour\"\narticle = \"s. 6\"\n\
                when = { field = \"lantern_cause\", is = \"sabotage\" }\n\n[[tracks]]";
    change(
        "pack.toml",
        "[recipients]\n",
        "[recipients]\nharbour = [{ first_of = [\"spoc\"], article = \"s. 6\" }]\n",
    );
    change("pack.toml", "[[tracks]]", rule);
    let wrong = Library::read(&files).unwrap_err();
    assert!(wrong.iter().any(|problem| problem.key == "copies-harbour"), "{wrong:?}");
    let mut change = |path: &str, more: &str| {
        let path = format!("regimes/lanterns/{path}");
        let text = String::from_utf8(files[&path].clone()).unwrap();
        files.insert(path, format!("{text}{more}").into_bytes());
    };
    change("text/en.ftl", "copies-harbour = for the harbour\n");
    let library = read(&files);

    let key = "lanterns.darkness.first_word".parse().unwrap();
    let harbour = DirectoryEntry {
        name: "Harbour".into(),
        roles: vec![OrganisationRole { role: Role::Spoc, scope: RoleScope::default() }],
        ..prosecutor()
    };
    let facts =
        |cause: serde_json::Value| json!({ "lantern_cause": cause, "darkness": 9000, "lanterns_out": 300 });
    let informed = |cause| {
        let case = case(json!({ "entity.lanterns": 2000 }), facts(cause));
        let directory = [prosecutor(), harbour.clone()];
        let copies = regime::copies(&library, (&case, &directory), &key, at("2026-05-16T08:00:00Z"));
        copies.into_iter().map(|copy| (copy.why, copy.organisations[0].name.clone())).collect::<Vec<_>>()
    };
    assert_eq!(informed(json!("sabotage")), [("s. 6: for the harbour".to_owned(), "Harbour".to_owned())]);
    assert!(informed(json!("wind")).is_empty());
    assert!(informed(json!(null)).is_empty(), "while it is open nobody is told");

    // What the law keeps for the prosecutor stays there: a copy is never wider than the law's own rule.
    let case = case(json!({ "entity.lanterns": 2000 }), facts(json!("sabotage")));
    let groups = |role| content(&library, &case, &key, "en", role).into_keys().collect::<Vec<_>>();
    let (whole, copy) = (groups(Role::Prosecutor), groups(Role::Spoc));
    assert!(whole.contains(&"lantern_secrets".to_owned()) && !copy.contains(&"lantern_secrets".to_owned()));
    assert!(!copy.is_empty() && copy.iter().all(|group| whole.contains(group)));
    assert!(groups(Role::Csirt).is_empty(), "nobody else sees anything");
}
