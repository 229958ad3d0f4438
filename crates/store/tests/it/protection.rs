//! Second factors, half sessions, links to new passwords, allowances, registrations, and how
//! organisations stand.

use std::collections::BTreeMap;

use model::{KeyId, RegistrationId, SessionId};
use policy::{Action, for_node};
use store::{
    Browser, Error, NewHalfSession, NewReset, NewSession, Registration, RegistrationForm, RegistrationState,
    RegistrationWord, SecondFactor, Standing, UserState,
};

use crate::{
    bench::{Bench, on_both, permitted},
    sample::{self, at},
};

on_both!(
    a_second_factor_is_confirmed_and_its_steps_are_used_once,
    recovery_codes_are_used_once,
    a_half_session_ends,
    a_link_to_a_new_password_is_used_once,
    uses_are_counted_within_their_window,
    a_registration_is_for_its_country,
    a_disabled_organisation_is_closed,
    sessions_are_listed_and_people_renamed,
);

fn factor(n: u64, user: model::UserId) -> SecondFactor {
    SecondFactor {
        id: KeyId::new(at(n), sample::chance(n)),
        user,
        secret: vec![7; 20],
        created_at: at(n),
        confirmed_at: None,
        last_step: 0,
        failures: 0,
        locked_until: None,
    }
}

async fn a_second_factor_is_confirmed_and_its_steps_are_used_once(bench: Bench) {
    let (ada, scope) = (sample::user(10, bench.hospital.id, "Ada"), bench.hospital());
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    let foreign = tx.begin_second_factor(&bench.csirt(), &factor(1, ada.id)).await;
    assert!(matches!(foreign, Err(Error::OutOfScope(_))));
    drop(tx);
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    tx.begin_second_factor(&scope, &factor(1, ada.id)).await.unwrap();
    tx.begin_second_factor(&scope, &factor(2, ada.id)).await.unwrap();
    assert!(tx.second_factor(ada.id, true).await.unwrap().is_none());
    let held = tx.hold_second_factor(ada.id, false).await.unwrap().unwrap();
    assert_eq!((held.id, held.secret.as_slice()), (factor(2, ada.id).id, &[7; 20][..]));
    assert!(!format!("{held:?}").contains('7') || !format!("{held:?}").contains("secret"));
    tx.confirm_second_factor(&held, at(3), 100).await.unwrap();
    assert!(tx.users_with_second_factor(&scope).await.unwrap().contains(&ada.id));
    assert!(tx.users_with_second_factor(&bench.csirt()).await.unwrap().is_empty());
    let used = tx.hold_second_factor(ada.id, true).await.unwrap().unwrap();
    assert_eq!((used.last_step, used.confirmed_at), (100, Some(at(3))));
    assert!(!tx.use_step(&used, 100).await.unwrap());
    tx.count_wrong_code(&used, at(60)).await.unwrap();
    tx.count_wrong_code(&used, at(90)).await.unwrap();
    let wrong = tx.second_factor(ada.id, true).await.unwrap().unwrap();
    assert_eq!((wrong.failures, wrong.locked_until), (2, Some(at(90))));
    assert!(tx.use_step(&used, 101).await.unwrap());
    assert!(!tx.use_step(&used, 101).await.unwrap() && !tx.use_step(&used, 99).await.unwrap());
    let right = tx.second_factor(ada.id, true).await.unwrap().unwrap();
    assert_eq!((right.last_step, right.failures, right.locked_until), (101, 0, None));
    // A new one takes the place of the old one only when it is confirmed.
    tx.begin_second_factor(&scope, &factor(4, ada.id)).await.unwrap();
    assert_eq!(tx.second_factor(ada.id, true).await.unwrap().unwrap().id, used.id);
    let next = tx.second_factor(ada.id, false).await.unwrap().unwrap();
    tx.confirm_second_factor(&next, at(5), 102).await.unwrap();
    assert_eq!(tx.second_factor(ada.id, true).await.unwrap().unwrap().id, next.id);
    assert!(tx.remove_second_factor(&scope, ada.id).await.unwrap());
    assert!(!tx.remove_second_factor(&scope, ada.id).await.unwrap());
}

async fn recovery_codes_are_used_once(bench: Bench) {
    let (ada, scope) = (sample::user(10, bench.hospital.id, "Ada"), bench.hospital());
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    tx.set_recovery_codes(ada.id, &["one".to_owned(), "two".to_owned()]).await.unwrap();
    assert_eq!(tx.recovery_codes_left(ada.id).await.unwrap(), 2);
    assert!(!tx.use_recovery_code(ada.id, "three", at(1)).await.unwrap());
    assert!(tx.use_recovery_code(ada.id, "one", at(1)).await.unwrap());
    assert!(!tx.use_recovery_code(ada.id, "one", at(2)).await.unwrap());
    assert_eq!(tx.recovery_codes_left(ada.id).await.unwrap(), 1);
    tx.set_recovery_codes(ada.id, &[]).await.unwrap();
    assert_eq!(tx.recovery_codes_left(ada.id).await.unwrap(), 0);
}

async fn a_half_session_ends(bench: Bench) {
    let (ada, scope) = (sample::user(10, bench.hospital.id, "Ada"), bench.hospital());
    let half = |n: u64, token| NewHalfSession {
        id: SessionId::new(at(n), sample::chance(n)),
        token,
        user: ada.id,
        created_at: at(1),
        expires_at: at(100),
    };
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    tx.insert_half_session(&half(1, "one")).await.unwrap();
    assert!(tx.half_session("one", at(2)).await.unwrap().is_none(), "the account is not active yet");
    tx.set_user_state(&scope, ada.id, UserState::Active).await.unwrap();
    let found = tx.half_session("one", at(2)).await.unwrap().unwrap();
    assert_eq!((found.user.id, found.failures), (ada.id, 0));
    assert!(tx.half_session("One", at(2)).await.unwrap().is_none());
    assert!(tx.half_session("one", at(100)).await.unwrap().is_none(), "it has ended");
    assert!(tx.signed_in("one", at(2)).await.unwrap().is_none(), "it is no session");
    tx.count_half_failure(found.id, 2).await.unwrap();
    assert_eq!(tx.half_session("one", at(2)).await.unwrap().unwrap().failures, 1);
    tx.count_half_failure(found.id, 2).await.unwrap();
    assert!(tx.half_session("one", at(2)).await.unwrap().is_none(), "tried too often");
    tx.insert_half_session(&half(2, "two")).await.unwrap();
    assert!(tx.delete_half_session(half(2, "two").id).await.unwrap());
    assert!(!tx.delete_half_session(half(2, "two").id).await.unwrap());
    tx.insert_half_session(&half(3, "three")).await.unwrap();
    tx.delete_sessions_of(&scope, ada.id, None).await.unwrap();
    assert!(tx.half_session("three", at(2)).await.unwrap().is_none());
    tx.insert_half_session(&half(4, "four")).await.unwrap();
    assert_eq!(tx.prune_half_sessions(at(100)).await.unwrap(), 1);
}

async fn a_link_to_a_new_password_is_used_once(bench: Bench) {
    let (ada, scope) = (sample::user(10, bench.hospital.id, "Ada"), bench.hospital());
    let link = |n: u64, token| NewReset {
        id: KeyId::new(at(n), sample::chance(n)),
        token,
        user: ada.id,
        created_at: at(1),
        expires_at: at(100),
    };
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    tx.set_user_state(&scope, ada.id, UserState::Active).await.unwrap();
    assert!(matches!(tx.insert_reset(&bench.csirt(), &link(1, "one")).await, Err(Error::OutOfScope(_))));
    tx.insert_reset(&scope, &link(1, "one")).await.unwrap();
    tx.insert_reset(&scope, &link(2, "two")).await.unwrap();
    assert!(tx.reset("one", at(100)).await.unwrap().is_none(), "it has ended");
    let one = tx.reset("one", at(50)).await.unwrap().unwrap();
    assert!(tx.use_reset(&one, at(50)).await.unwrap());
    assert!(!tx.use_reset(&one, at(51)).await.unwrap());
    assert!(tx.reset("two", at(51)).await.unwrap().is_none(), "the other one ended with it");
    tx.insert_reset(&scope, &link(3, "three")).await.unwrap();
    tx.end_resets(ada.id, at(52)).await.unwrap();
    assert!(tx.reset("three", at(53)).await.unwrap().is_none());
    assert_eq!(tx.password_of(&scope, ada.id).await.unwrap(), None);
    tx.set_password(&scope, ada.id, "$argon2id$").await.unwrap();
    assert_eq!(tx.password_of(&scope, ada.id).await.unwrap().as_deref(), Some("$argon2id$"));
    assert_eq!(tx.password_of(&bench.csirt(), ada.id).await.unwrap(), None);
    // A password does not open a disabled account.
    tx.set_user_state(&scope, ada.id, UserState::Disabled).await.unwrap();
    tx.set_password(&scope, ada.id, "$argon2id$2").await.unwrap();
    assert_eq!(tx.user(&scope, ada.id).await.unwrap().unwrap().state, UserState::Disabled);
}

async fn uses_are_counted_within_their_window(bench: Bench) {
    let mut tx = bench.write().await;
    assert_eq!(tx.count_use("a", at(1000), at(900)).await.unwrap(), 1);
    assert_eq!(tx.count_use("a", at(1050), at(950)).await.unwrap(), 2);
    assert_eq!(tx.count_use("b", at(1050), at(950)).await.unwrap(), 1);
    assert_eq!(tx.count_use("a", at(1100), at(1000)).await.unwrap(), 1, "the window is over");
    assert_eq!(tx.count_use("a", at(1101), at(1001)).await.unwrap(), 2);
    // A clock that is set back by a day locks nobody for a day.
    assert_eq!(tx.count_use("a", at(10), at(0)).await.unwrap(), 1);
    assert_eq!(tx.prune_allowances(at(1051)).await.unwrap(), 2);
}

fn registration(n: u64, country: &str) -> Registration {
    Registration {
        id: RegistrationId::new(at(n), sample::chance(n)),
        country: country.parse().unwrap(),
        state: RegistrationState::Unconfirmed,
        revision: 1,
        created_at: at(n),
        updated_at: at(n),
        expires_at: at(500),
        form: RegistrationForm {
            name: "Clinic".to_owned(),
            zone: "Europe/Luxembourg".to_owned(),
            profile: BTreeMap::new(),
            contact: "Lea".to_owned(),
            mail: "lea@example.org".to_owned(),
            words: vec![RegistrationWord { at: at(n), by: "Lea".to_owned(), text: "Hello".to_owned() }],
        },
    }
}

async fn a_registration_is_for_its_country(bench: Bench) {
    let officers = permitted(&bench.csirt, Action::VetRegistrations);
    let mut tx = bench.write().await;
    let mut one = registration(1, "LU");
    tx.insert_registration(&one, "link").await.unwrap();
    tx.insert_registration(&registration(2, "BE"), "other").await.unwrap();
    assert_eq!(tx.undecided_registrations(at(3)).await.unwrap(), 2);
    assert!(tx.registrations(&officers, at(3)).await.unwrap().is_empty(), "not confirmed yet");
    assert_eq!(tx.registration_by_token("link", at(3)).await.unwrap().unwrap(), one);
    assert!(tx.registration_by_token("link", at(500)).await.unwrap().is_none());
    one.state = RegistrationState::Open;
    assert!(tx.update_registration(&one, None, at(4)).await.unwrap());
    assert!(!tx.update_registration(&one, None, at(5)).await.unwrap(), "somebody was quicker");
    assert!(tx.registration_by_token("link", at(5)).await.unwrap().is_none(), "the link is used");
    let listed = tx.registrations(&officers, at(5)).await.unwrap();
    assert_eq!(listed.iter().map(|one| (one.id, one.revision)).collect::<Vec<_>>(), [(one.id, 2)]);
    assert_eq!(listed[0].form, one.form);
    assert!(tx.registration(&officers, one.id).await.unwrap().is_some());
    assert!(tx.registration(&officers, registration(2, "BE").id).await.unwrap().is_none());
    for scope in [bench.csirt(), bench.hospital(), permitted(&bench.csirt, Action::ReadReceivedFilings)] {
        assert!(tx.registration(&scope, one.id).await.unwrap().is_none());
        assert!(tx.registrations(&scope, at(5)).await.unwrap().is_empty());
    }
    assert_eq!(tx.prune_registrations(at(500)).await.unwrap(), 2);
    assert!(tx.registration(&officers, one.id).await.unwrap().is_none());
}

async fn a_disabled_organisation_is_closed(bench: Bench) {
    let (ada, scope) = (sample::user(10, bench.hospital.id, "Ada"), bench.hospital());
    let browser = Browser::default();
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    tx.set_password(&scope, ada.id, "$argon2id$").await.unwrap();
    let session = NewSession {
        id: SessionId::new(at(1), sample::chance(1)),
        token: "one",
        user: ada.id,
        csrf_token: "csrf",
        browser: &browser,
        created_at: at(1),
        expires_at: at(100),
    };
    tx.insert_session(&session).await.unwrap();
    assert!(tx.hold_organisation(&scope).await.unwrap());
    assert!(
        !tx.hold_organisation(&for_node(model::OrganisationId::from_uuid(uuid::Uuid::nil()))).await.unwrap()
    );
    let standing = tx.standing(&scope).await.unwrap();
    assert_eq!(standing, Standing { active: true, second_factor_required: false });
    let closed = Standing { active: false, second_factor_required: true };
    tx.set_standing(&scope, closed).await.unwrap();
    assert_eq!(tx.standing(&scope).await.unwrap(), closed);
    let all = tx.standings(&permitted(&bench.csirt, Action::ReadDirectory)).await.unwrap();
    assert_eq!((all[&bench.hospital.id], all[&bench.csirt.id].active), (closed, true));
    assert!(tx.signed_in("one", at(2)).await.unwrap().is_none());
    let directory = permitted(&bench.csirt, Action::ReadDirectory);
    assert!(matches!(tx.standing(&directory).await, Err(Error::OutOfScope(_))));
    let entities = tx.organisations_holding(&directory, &[model::Role::ReportingEntity]).await.unwrap();
    assert!(entities.iter().all(|one| one.id != bench.hospital.id));
}

async fn sessions_are_listed_and_people_renamed(bench: Bench) {
    let (ada, scope) = (sample::user(10, bench.hospital.id, "Ada"), bench.hospital());
    let browser = Browser { agent: "Firefox".to_owned(), source: "192.0.2.1".to_owned() };
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    for (n, token) in [(1, "one"), (2, "two")] {
        let session = NewSession {
            id: SessionId::new(at(n), sample::chance(n)),
            token,
            user: ada.id,
            csrf_token: "csrf",
            browser: &browser,
            created_at: at(n),
            expires_at: at(100),
        };
        tx.insert_session(&session).await.unwrap();
    }
    let listed = tx.sessions_of(&scope, ada.id, at(50)).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.created_at).collect::<Vec<_>>(), [at(2), at(1)]);
    assert_eq!(listed[0].browser, browser);
    assert!(tx.sessions_of(&bench.csirt(), ada.id, at(50)).await.unwrap().is_empty());
    assert_eq!(tx.delete_sessions_of(&scope, ada.id, Some(listed[0].id)).await.unwrap(), 1);
    assert_eq!(tx.sessions_of(&scope, ada.id, at(50)).await.unwrap().len(), 1);
    tx.rename_user(&scope, &ada, "Ada Lovelace").await.unwrap();
    assert!(matches!(tx.rename_user(&bench.csirt(), &ada, "Eve").await, Err(Error::OutOfScope(_))));
    tx.note_sign_in(ada.id, at(7)).await.unwrap();
    let renamed = tx.user(&scope, ada.id).await.unwrap().unwrap();
    assert_eq!((renamed.profile.name.as_str(), renamed.last_signed_in_at), ("Ada Lovelace", Some(at(7))));
    // An address that is known elsewhere: it looks the same, and nobody signs in to it.
    let shadow = sample::user(11, bench.csirt.id, "Ada");
    tx.insert_shadow_user(&bench.csirt(), &shadow).await.unwrap();
    assert_eq!(tx.account(&ada.profile.mail).await.unwrap().unwrap().user.id, ada.id);
    assert_eq!(tx.user(&bench.csirt(), shadow.id).await.unwrap().unwrap().profile.mail, ada.profile.mail);
}
