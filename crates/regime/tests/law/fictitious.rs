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
