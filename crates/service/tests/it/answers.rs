//! The record: every answer with its author, its history, and two people at one desk.

use model::{AnswerSource, Function};
use serde_json::{Value, json};
use service::{
    Error,
    view::{AnswerIn, History, SaveAnswers},
};
use testkit::TestNode;

use crate::story::{answers, at, duty, hours, on_both, open, open_ransomware, problems, reporter, save};

on_both!(
    each_answer_keeps_who_when_and_how,
    unknown_yet_is_an_answer,
    two_people_at_different_questions_both_win,
    two_people_at_the_same_question_see_both_values,
    a_field_cleared_by_another_is_not_filled_unseen,
    what_nobody_can_have_seen_is_no_base,
    wrong_input_is_named_with_its_place,
    awareness_may_be_dated_back_and_everyone_sees_it,
    many_saves_at_once_all_count,
    an_opened_record_is_opened_once,
);

/// A history in words, newest first.
fn words(history: &History) -> String {
    let value = |answer: Option<&model::Answer>| match answer {
        None => "nothing".to_owned(),
        Some(answer) => answer.value.as_ref().map_or_else(|| "unknown yet".to_owned(), Value::to_string),
    };
    let lines: Vec<String> = history
        .changes
        .iter()
        .map(|change| {
            let (before, after) = (value(change.before.as_ref()), value(change.after.as_ref()));
            format!("{} at {}: {} from {before} to {after}", change.revision, change.at, change.label)
        })
        .collect();
    lines.join("\n")
}

async fn each_answer_keeps_who_when_and_how(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let bob = reporter(&node, &node.world.hospital).await;
    let view = open(&node, &ada, json!({"title": "Ransomware"})).await;
    node.service.clock().advance(hours(2));
    let estimate = AnswerIn {
        value: Some(json!({"min": 100, "max": 400})),
        terms: None,
        estimated: true,
        how: Some(AnswerSource::Imported),
    };
    let estimated = SaveAnswers {
        answers: [("users_affected".to_owned(), estimate)].into(),
        ..SaveAnswers::at(view.revision)
    };
    let view = node.service.save_answers(&bob, view.id, estimated).await.unwrap();
    let title = &view.answers["title"];
    assert_eq!(
        (&title.by, title.at, title.how),
        (&ada.actor(), at("2026-03-06T15:30:00Z"), AnswerSource::Typed)
    );
    let users = &view.answers["users_affected"];
    assert_eq!(
        (&users.by, users.at, users.how),
        (&bob.actor(), at("2026-03-06T17:30:00Z"), AnswerSource::Imported)
    );
    assert!(users.estimated && !title.estimated);

    // The same answer again is no change.
    let again = save(view.revision, json!({"title": "Ransomware"}));
    assert_eq!(node.service.save_answers(&bob, view.id, again).await.unwrap().revision, view.revision);
    let history = node.service.history(&ada, view.id).await.unwrap();
    insta::allow_duplicates! {
        insta::assert_snapshot!(words(&history), @r#"
        2 at 2026-03-06T17:30:00Z: How many users are affected by the disruption from nothing to {"min":100,"max":400}
        1 at 2026-03-06T15:30:00Z: What happened, in one line from nothing to "Ransomware"
        "#);
    }
}

async fn unknown_yet_is_an_answer(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open(&node, &ada, json!({"title": "Ransomware", "cross_border": null})).await;
    assert_eq!(view.answers["cross_border"].value, None);
    assert!(!view.answers.contains_key("suspected_malicious"));
    let known = save(view.revision, json!({"cross_border": true}));
    let view = node.service.save_answers(&ada, view.id, known).await.unwrap();
    let unsure = save(view.revision, json!({"cross_border": null}));
    let view = node.service.save_answers(&ada, view.id, unsure).await.unwrap();
    assert_eq!(view.answers["cross_border"].value, None);
    let history = node.service.history(&ada, view.id).await.unwrap();
    insta::allow_duplicates! {
        insta::assert_snapshot!(words(&history), @r#"
        3 at 2026-03-06T15:30:00Z: Can it have an effect in another country? from true to unknown yet
        2 at 2026-03-06T15:30:00Z: Can it have an effect in another country? from unknown yet to true
        1 at 2026-03-06T15:30:00Z: Can it have an effect in another country? from nothing to unknown yet
        1 at 2026-03-06T15:30:00Z: What happened, in one line from nothing to "Ransomware"
        "#);
    }
}

async fn two_people_at_different_questions_both_win(node: TestNode) {
    let (ada, bob) =
        (reporter(&node, &node.world.hospital).await, reporter(&node, &node.world.hospital).await);
    let seen = open(&node, &ada, json!({"title": "Ransomware"})).await;
    let hers = save(seen.revision, json!({"severity": "large"}));
    node.service.save_answers(&ada, seen.id, hers).await.unwrap();
    let his = save(seen.revision, json!({"ongoing": true}));
    let view = node.service.save_answers(&bob, seen.id, his).await.unwrap();
    assert_eq!(view.revision, 3);
    assert_eq!(view.answers["severity"].value, Some(json!("large")));
    assert_eq!(view.answers["ongoing"].value, Some(json!(true)));
}

async fn two_people_at_the_same_question_see_both_values(node: TestNode) {
    let (ada, bob) =
        (reporter(&node, &node.world.hospital).await, reporter(&node, &node.world.hospital).await);
    let seen = open(&node, &ada, json!({"title": "Ransomware"})).await;
    let hers = save(seen.revision, json!({"severity": "large"}));
    let after = node.service.save_answers(&ada, seen.id, hers).await.unwrap();
    let his = save(seen.revision, json!({"severity": "minor", "ongoing": true}));
    let Err(Error::Conflict { revision, conflicts }) = node.service.save_answers(&bob, seen.id, his).await
    else {
        panic!("no conflict")
    };
    assert_eq!((revision, conflicts.len()), (after.revision, 1));
    assert_eq!(conflicts[0].field, "severity");
    assert_eq!(conflicts[0].yours.as_ref().unwrap().value, Some(json!("minor")));
    let theirs = conflicts[0].theirs.as_ref().unwrap();
    assert_eq!((&theirs.value, &theirs.by), (&Some(json!("large")), &ada.actor()));
    // Nothing of his save was taken; the same value as hers is no conflict.
    let view = node.service.incident(&bob, seen.id).await.unwrap();
    assert!(!view.answers.contains_key("ongoing"));
    let agreed = save(seen.revision, json!({"severity": "large", "ongoing": true}));
    let view = node.service.save_answers(&bob, seen.id, agreed).await.unwrap();
    assert_eq!((view.answers["severity"].by.clone(), view.revision), (ada.actor(), 3));
}

async fn a_field_cleared_by_another_is_not_filled_unseen(node: TestNode) {
    let (ada, bob) =
        (reporter(&node, &node.world.hospital).await, reporter(&node, &node.world.hospital).await);
    let seen = open(&node, &ada, json!({"title": "Ransomware", "severity": "minor"})).await;
    let clear =
        |base_revision| SaveAnswers { clear: vec!["severity".to_owned()], ..SaveAnswers::at(base_revision) };
    node.service.save_answers(&ada, seen.id, clear(seen.revision)).await.unwrap();
    let his = save(seen.revision, json!({"severity": "large"}));
    let Err(Error::Conflict { conflicts, .. }) = node.service.save_answers(&bob, seen.id, his).await else {
        panic!("no conflict")
    };
    assert_eq!(conflicts[0].theirs, None);
    // And the other way round: what was answered since is not cleared unseen.
    let now = node.service.incident(&bob, seen.id).await.unwrap();
    let filled = save(now.revision, json!({"severity": "large"}));
    node.service.save_answers(&bob, seen.id, filled).await.unwrap();
    let Err(Error::Conflict { conflicts, .. }) =
        node.service.save_answers(&ada, seen.id, clear(now.revision)).await
    else {
        panic!("no conflict")
    };
    assert_eq!((conflicts[0].yours.is_none(), conflicts[0].theirs.is_some()), (true, true));
}

async fn what_nobody_can_have_seen_is_no_base(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open(&node, &ada, json!({"title": "Ransomware"})).await;
    let ahead = save(i64::MAX, json!({"title": "Nothing happened"}));
    assert_eq!(problems(node.service.save_answers(&ada, view.id, ahead).await), ["/base_revision: seen"]);
    let both = SaveAnswers {
        answers: answers(json!({"severity": "minor"})),
        clear: vec!["severity".to_owned()],
        ..SaveAnswers::at(view.revision)
    };
    let refused = problems(node.service.save_answers(&ada, view.id, both).await);
    assert_eq!(refused, ["/clear/0: answered_or_cleared"]);
}

async fn wrong_input_is_named_with_its_place(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open(&node, &ada, json!({"title": "Ransomware"})).await;
    let wrong = json!({
        "titel": "typing error",
        "entity.sector": "health",
        "a/b~c": 1,
        "ongoing": "yes",
        "users_affected": -3,
        "severity": "apocalyptic",
        "aware_significant_at": "99999-01-01T00:00:00Z",
        "summary": "x".repeat(4001),
        "contacts": [{"telephone": "+352 00 00 01"}],
    });
    let mut all = save(view.revision, wrong);
    all.clear.push("nothing".to_owned());
    let refused = problems(node.service.save_answers(&ada, view.id, all).await);
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused.join("\n"), @"
        /answers/aware_significant_at/value: wrong_instant
        /answers/a~1b~0c: unknown_field
        /answers/contacts/value: missing_column
        /answers/entity.sector: unknown_field
        /answers/ongoing/value: wrong_type
        /answers/severity/value: not_in_vocabulary
        /answers/summary/value: too_long
        /answers/titel: unknown_field
        /answers/users_affected/value: too_small
        /clear/0: unknown_field
        ");
    }
    assert_eq!(node.service.incident(&ada, view.id).await.unwrap().revision, 1);
    let stranger = node.person(&node.world.hospital, &[Function::Auditor]).await;
    let denied = node.service.save_answers(&stranger, view.id, save(1, json!({"ongoing": true}))).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
}

async fn awareness_may_be_dated_back_and_everyone_sees_it(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    node.service.clock().advance(hours(3));
    let earlier =
        json!({"aware_significant_at": "2026-03-05T09:00:00Z", "aware_reason": "The night shift knew."});
    let reasons = [("aware_significant_at".to_owned(), "The night shift knew.".to_owned())].into();
    let explained = SaveAnswers { reasons, ..save(view.revision, earlier) };
    let view = node.service.save_answers(&ada, view.id, explained).await.unwrap();
    let early_warning = duty(&view, "early_warning");
    assert_eq!(early_warning.due.as_ref().unwrap().at, at("2026-03-06T09:00:00Z"));
    assert_eq!(early_warning.state, model::DutyState::Late);
    let history = node.service.history(&ada, view.id).await.unwrap();
    let change = history.changes.iter().find(|change| change.field == "aware_significant_at").unwrap();
    assert_eq!(change.before.as_ref().unwrap().value, Some(json!("2026-03-06T15:30:00Z")));
    assert_eq!((change.at, &change.by), (at("2026-03-06T18:30:00Z"), &ada.actor()));
}

async fn many_saves_at_once_all_count(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let view = open(&node, &ada, json!({"title": "Ransomware"})).await;
    let fields = json!({
        "severity": "large", "ongoing": true, "summary": "s", "description": "d", "affected_services": "a",
        "measures_taken": "m", "measures_planned": "p", "root_cause": "human_error", "personal_data": true,
        "cross_border": false,
    });
    let saves = fields.as_object().unwrap().clone().into_iter().map(|(field, value)| {
        let (service, ada, id) = (node.service.clone(), ada.clone(), view.id);
        tokio::spawn(async move { service.save_answers(&ada, id, save(1, json!({field: value}))).await })
    });
    for saving in saves.collect::<Vec<_>>() {
        saving.await.unwrap().unwrap();
    }
    let view = node.service.incident(&ada, view.id).await.unwrap();
    assert_eq!((view.revision, view.answers.len()), (11, 11));
    assert_eq!(node.service.history(&ada, view.id).await.unwrap().changes.len(), 11);
}

async fn an_opened_record_is_opened_once(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let open = || service::view::OpenIncident {
        answers: answers(json!({"title": "Ransomware"})),
        ..Default::default()
    };
    let opening = (0..10).map(|_| {
        let (service, ada, open) = (node.service.clone(), ada.clone(), open());
        tokio::spawn(async move { service.open_incident(&ada, open, Some("a key")).await.unwrap().id })
    });
    let mut ids = Vec::new();
    for opened in opening.collect::<Vec<_>>() {
        ids.push(opened.await.unwrap());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(node.service.incidents(&ada, None, None, 10).await.unwrap().incidents.len(), 1);
}
