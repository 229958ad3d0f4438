//! Organisations, people, sessions, invitations, clients and signing keys.

use model::{ClientId, Function, InvitationId, KeyId, Party, Role, SessionId, Subject};
use policy::{Action, for_node};
use store::{Browser, Client, Error, NewInvitation, NewSession, Throttle, UserState};
use vault::SigningKey;

use crate::{
    bench::{Bench, on_both, permitted},
    sample::{self, at},
};

on_both!(
    organisations_are_found_by_role,
    an_organisation_changes,
    a_person_is_invited_and_signs_in,
    a_session_ends,
    guessing_is_slowed_down,
    a_machine_client_calls_until_it_is_revoked,
    keys_sign_publish_and_end,
);

async fn organisations_are_found_by_role(bench: Bench) {
    let directory = permitted(&bench.hospital, Action::ReadDirectory);
    let mut tx = bench.read().await;
    let found = tx.organisations_holding(&directory, &[Role::Csirt, Role::CompetentAuthority]).await.unwrap();
    assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["CSIRT national"]);
    assert!(tx.organisations_holding(&directory, &[]).await.unwrap().is_empty());
    assert!(tx.organisations_holding(&directory, &[Role::Finder]).await.unwrap().is_empty());
    assert_eq!(tx.organisations(&directory).await.unwrap().len(), 3);
}

async fn an_organisation_changes(bench: Bench) {
    let mut hospital = bench.hospital.clone();
    hospital.name = "Hôpital du Kirchberg et du Centre".to_owned();
    hospital.profile.insert("entity.turnover_eur".to_owned(), serde_json::json!(90_000_000));
    hospital
        .roles
        .push(model::OrganisationRole { role: Role::Manufacturer, scope: model::RoleScope::default() });
    let mut tx = bench.write().await;
    tx.update_organisation(&bench.hospital(), &hospital, at(9)).await.unwrap();
    assert!(matches!(
        tx.update_organisation(&bench.csirt(), &hospital, at(9)).await,
        Err(Error::OutOfScope(_))
    ));
    tx.commit().await.unwrap();

    let mut tx = bench.read().await;
    assert_eq!(tx.organisation(&bench.hospital(), hospital.id).await.unwrap(), Some(hospital.clone()));
    // What is known of it for the laws is for its own people.
    let seen = tx.organisation(&bench.csirt(), hospital.id).await.unwrap().unwrap();
    assert_eq!((seen.name.as_str(), seen.profile.len()), (hospital.name.as_str(), 0));
    let found = tx.organisations_holding(&bench.csirt(), &[Role::Manufacturer]).await.unwrap();
    assert_eq!(found.len(), 1);
}

async fn a_person_is_invited_and_signs_in(bench: Bench) {
    let ada = sample::user(10, bench.hospital.id, "Ada");
    let scope = bench.hospital();
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    let invitation = NewInvitation {
        id: InvitationId::new(at(1), sample::chance(1)),
        token: "the-link",
        user: ada.id,
        created_at: at(1),
        expires_at: at(100),
    };
    tx.insert_invitation(&scope, &invitation).await.unwrap();
    assert!(matches!(tx.insert_invitation(&bench.csirt(), &invitation).await, Err(Error::OutOfScope(_))));
    tx.commit().await.unwrap();

    let mut tx = bench.write().await;
    assert!(tx.invitation("another-link").await.unwrap().is_none());
    let found = tx.invitation("the-link").await.unwrap().unwrap();
    assert_eq!((found.user, found.organisation, found.used_at), (ada.id, bench.hospital.id, None));
    assert!(!tx.use_invitation(found.id, at(100)).await.unwrap(), "it has ended");
    assert!(tx.use_invitation(found.id, at(50)).await.unwrap());
    assert!(!tx.use_invitation(found.id, at(51)).await.unwrap(), "it was used");
    assert_eq!(tx.invitation("the-link").await.unwrap().unwrap().used_at, Some(at(50)));
    assert_eq!(tx.account("ada@hopital.example").await.unwrap().unwrap().password_hash, None);
    tx.set_password(&scope, ada.id, "$argon2id$first").await.unwrap();
    tx.set_password(&scope, ada.id, "$argon2id$second").await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = bench.write().await;
    let account = tx.account("  ADA@hopital.Example ").await.unwrap().unwrap();
    assert_eq!(account.password_hash.as_deref(), Some("$argon2id$second"));
    assert_eq!(
        (account.user.state, account.user.functions.as_slice()),
        (UserState::Active, &[Function::Reporter][..])
    );
    assert!(!format!("{account:?}").contains("argon2id"));
    assert!(tx.account("eve@hopital.example").await.unwrap().is_none());
    tx.set_functions(&scope, ada.id, &[Function::Auditor, Function::Administrator]).await.unwrap();
    assert!(matches!(tx.set_functions(&bench.csirt(), ada.id, &[]).await, Err(Error::OutOfScope(_))));
    let people = tx.users(&scope).await.unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].functions, [Function::Administrator, Function::Auditor]);
    assert_eq!(people[0].profile, ada.profile);
    assert_eq!(tx.user(&scope, ada.id).await.unwrap().as_ref(), people.first());
    drop(tx);

    let mut again = sample::user(11, bench.cloud.id, "Ada");
    again.profile.mail = "Ada@Hopital.example".to_owned();
    let taken = bench.write().await.insert_user(&for_node(bench.cloud.id), &again).await;
    assert!(matches!(taken, Err(Error::Taken(_))), "{taken:?}");
}

async fn a_session_ends(bench: Bench) {
    let ada = sample::user(10, bench.hospital.id, "Ada");
    let scope = bench.hospital();
    let browser = Browser { agent: "Firefox on Linux".to_owned(), source: "192.0.2.1".to_owned() };
    let session = |n: u64, token: &'static str| NewSession {
        id: SessionId::new(at(1), sample::chance(n)),
        token,
        user: ada.id,
        csrf_token: "csrf",
        browser: &browser,
        created_at: at(1),
        expires_at: at(100),
    };
    let mut tx = bench.write().await;
    tx.insert_user(&scope, &ada).await.unwrap();
    tx.set_password(&scope, ada.id, "$argon2id$").await.unwrap();
    tx.insert_session(&session(1, "one")).await.unwrap();
    tx.insert_session(&session(2, "two")).await.unwrap();
    tx.insert_session(&session(3, "three")).await.unwrap();

    let signed_in = tx.signed_in("one", at(99)).await.unwrap().unwrap();
    assert_eq!(signed_in.caller.subject, Subject::User(ada.id));
    assert_eq!((signed_in.caller.name.as_str(), signed_in.csrf_token.as_str()), ("Ada", "csrf"));
    assert_eq!(signed_in.caller.organisation, bench.hospital.id);
    assert_eq!(signed_in.caller.roles, bench.hospital.roles);
    assert_eq!(signed_in.caller.functions, [Function::Reporter]);
    assert!(tx.signed_in("One", at(99)).await.unwrap().is_none(), "another token");
    assert!(tx.signed_in("one", at(100)).await.unwrap().is_none(), "it has ended");

    tx.touch_session(signed_in.session, at(50), at(200)).await.unwrap();
    let later = tx.signed_in("one", at(150)).await.unwrap().unwrap();
    assert_eq!((later.last_seen_at, later.expires_at), (at(50), at(200)));
    assert_eq!(tx.prune_sessions(at(150)).await.unwrap(), 2);
    tx.set_user_state(&scope, ada.id, UserState::Disabled).await.unwrap();
    assert!(tx.signed_in("one", at(150)).await.unwrap().is_none(), "a disabled account");
    assert!(matches!(
        tx.set_user_state(&bench.csirt(), ada.id, UserState::Active).await,
        Err(Error::OutOfScope(_))
    ));
    tx.set_user_state(&scope, ada.id, UserState::Active).await.unwrap();
    assert!(tx.delete_session(signed_in.session).await.unwrap());
    assert!(!tx.delete_session(signed_in.session).await.unwrap());
    tx.insert_session(&session(4, "four")).await.unwrap();
    assert_eq!(tx.delete_sessions_of(&bench.csirt(), ada.id, None).await.unwrap(), 0);
    assert_eq!(tx.delete_sessions_of(&scope, ada.id, None).await.unwrap(), 1);
}

async fn guessing_is_slowed_down(bench: Bench) {
    let mut tx = bench.write().await;
    // An address without an account is counted just the same.
    assert_eq!(tx.throttle("eve@example.org").await.unwrap(), Throttle::default());
    assert_eq!(tx.count_failure("eve@example.org", at(1)).await.unwrap(), 1);
    assert_eq!(tx.count_failure(" EVE@example.org", at(2)).await.unwrap(), 2);
    tx.lock_sign_in("eve@example.org", at(60)).await.unwrap();
    let throttle = tx.throttle("Eve@example.org").await.unwrap();
    assert_eq!(throttle, Throttle { failures: 2, locked_until: Some(at(60)) });
    assert_eq!(tx.prune_throttles(at(30)).await.unwrap(), 0);
    assert_eq!(tx.prune_throttles(at(61)).await.unwrap(), 1);
    assert_eq!(tx.count_failure("bob@example.org", at(1)).await.unwrap(), 1);
    tx.clear_throttle("bob@example.org").await.unwrap();
    assert_eq!(tx.throttle("bob@example.org").await.unwrap().failures, 0);
}

async fn a_machine_client_calls_until_it_is_revoked(bench: Bench) {
    let scope = bench.hospital();
    let client = |n: u64, expires_at| Client {
        id: ClientId::new(at(1), sample::chance(n)),
        organisation: bench.hospital.id,
        name: "SIEM".to_owned(),
        functions: vec![Function::Reporter],
        created_at: at(1),
        expires_at,
        revoked_at: None,
        last_used_at: None,
        made_by: None,
    };
    let (first, second) = (client(1, None), client(2, Some(at(100))));
    let mut tx = bench.write().await;
    tx.insert_client(&scope, &first, "secret one").await.unwrap();
    tx.insert_client(&scope, &second, "secret two").await.unwrap();
    assert!(matches!(
        tx.insert_client(&bench.csirt(), &client(3, None), "x").await,
        Err(Error::OutOfScope(_))
    ));
    assert_eq!(tx.clients(&scope).await.unwrap(), [first.clone(), second]);
    assert!(tx.clients(&bench.csirt()).await.unwrap().is_empty());

    let (caller, used) = tx.client_by_secret("secret one", at(5)).await.unwrap().unwrap();
    assert_eq!(used, None);
    tx.note_client_use(first.id, at(5)).await.unwrap();
    assert_eq!(tx.client_by_secret("secret one", at(6)).await.unwrap().unwrap().1, Some(at(5)));
    assert_eq!((caller.subject, caller.name.as_str()), (Subject::Client(first.id), "SIEM"));
    assert_eq!((caller.functions, caller.roles), (vec![Function::Reporter], bench.hospital.roles.clone()));
    assert!(tx.client_by_secret("secret two", at(99)).await.unwrap().is_some());
    assert!(tx.client_by_secret("secret two", at(100)).await.unwrap().is_none(), "it has ended");
    assert!(tx.client_by_secret("secret three", at(5)).await.unwrap().is_none());
    assert!(!tx.revoke_client(&bench.csirt(), first.id, at(6)).await.unwrap());
    assert!(tx.revoke_client(&scope, first.id, at(6)).await.unwrap());
    assert!(!tx.revoke_client(&scope, first.id, at(7)).await.unwrap());
    assert!(tx.client_by_secret("secret one", at(7)).await.unwrap().is_none());
}

async fn keys_sign_publish_and_end(bench: Bench) {
    let scope = bench.csirt();
    let party = Party { organisation: bench.csirt.id, name: bench.csirt.name.clone() };
    let key = |n: u64| SigningKey::generate(KeyId::new(at(n), sample::chance(n))).unwrap();
    let (first, second) = (key(1), key(2));
    let mut tx = bench.write().await;
    assert!(tx.signing_key(&scope, at(5)).await.unwrap().is_none());
    tx.insert_signing_key(&scope, &first, &first.published(&party, at(1))).await.unwrap();
    tx.insert_signing_key(&scope, &second, &second.published(&party, at(10))).await.unwrap();
    let forged = key(3);
    assert!(matches!(
        tx.insert_signing_key(&bench.hospital(), &forged, &forged.published(&party, at(1))).await,
        Err(Error::OutOfScope(_))
    ));
    assert!(tx.signing_key(&scope, at(0)).await.unwrap().is_none(), "not valid yet");
    assert_eq!(tx.signing_key(&scope, at(5)).await.unwrap().unwrap().public_key(), first.public_key());
    assert_eq!(tx.signing_key(&scope, at(10)).await.unwrap().unwrap().public_key(), second.public_key());
    assert!(tx.signing_key(&bench.hospital(), at(10)).await.unwrap().is_none());

    assert!(!tx.revoke_signing_key(&bench.hospital(), second.id(), at(20)).await.unwrap());
    assert!(tx.revoke_signing_key(&scope, second.id(), at(20)).await.unwrap());
    assert!(!tx.revoke_signing_key(&scope, second.id(), at(21)).await.unwrap());
    assert_eq!(tx.signing_key(&scope, at(30)).await.unwrap().unwrap().id(), first.id());
    assert!(tx.end_signing_key(&scope, first.id(), at(40)).await.unwrap());
    assert!(!tx.end_signing_key(&bench.hospital(), first.id(), at(40)).await.unwrap());
    assert!(tx.signing_key(&scope, at(40)).await.unwrap().is_none());

    let published = tx.published_keys(&permitted(&bench.hospital, Action::ReadDirectory)).await.unwrap();
    assert_eq!(published.len(), 2);
    assert_eq!(published[0].valid_until, Some(at(40)));
    assert_eq!(published[1].revoked_at, Some(at(20)));
    assert_eq!(published[1].public_key, second.public_key());
}
