//! What administrators and operators may do, and what nobody may.

use model::{Caller, Function, OrganisationRole, Role, RoleScope, Subject, UserId};
use serde_json::json;
use service::{
    Error, From, NewUser, SignIn,
    view::{
        ChangeOrganisation, ChangePerson, EnterOrganisation, GiveRoles, InviteAdministrator, InvitePerson,
        MakeClient, PersonState,
    },
};
use testkit::TestNode;

use crate::story::{on_both, problems, refusal};

on_both!(
    a_person_is_invited_by_mail_and_changed,
    nobody_raises_the_own_functions_or_gives_the_node_away,
    the_last_administrator_stays,
    two_administrators_do_not_remove_each_other_at_once,
    who_is_disabled_is_out_at_once_with_every_machine_of_theirs,
    an_address_known_elsewhere_is_answered_the_same,
    an_organisation_is_kept_by_its_administrators,
    an_operator_keeps_the_node_and_no_records,
    gaps_in_the_directory_of_recipients_are_shown,
    an_account_sees_the_authorities_and_itself,
);

const PASSWORD: &str = "eleven towers and a bell";

fn invite(mail: &str, functions: &[Function]) -> InvitePerson {
    InvitePerson { name: "Bob Kremer".to_owned(), mail: mail.to_owned(), functions: functions.to_vec() }
}

fn functions(functions: &[Function]) -> ChangePerson {
    ChangePerson { functions: Some(functions.to_vec()), ..Default::default() }
}

async fn boss(node: &TestNode) -> Caller {
    node.session(&node.world.hospital, &[Function::Administrator]).await.caller
}

fn id(caller: &Caller) -> UserId {
    match caller.subject {
        Subject::User(user) => user,
        Subject::Client(_) => panic!("a machine"),
    }
}

/// The texts of the mails that would leave now, by address.
async fn mails(node: &TestNode) -> Vec<(String, String)> {
    let mut mails = Vec::new();
    for errand in node.service.errands(200).await.unwrap() {
        mails.push((errand.mail.address.clone(), errand.mail.text.clone()));
        node.service.settle(&errand, service::Outcome::Done).await.unwrap();
    }
    mails
}

async fn a_person_is_invited_by_mail_and_changed(node: TestNode) {
    let boss = boss(&node).await;
    let person =
        node.service.invite_person(&boss, invite("Bob@Example.eu", &[Function::Reporter])).await.unwrap();
    assert_eq!((person.mail.as_str(), person.state), ("bob@example.eu", PersonState::Invited));
    let again = node.service.invite_person(&boss, invite("bob@example.eu", &[Function::Reporter])).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(refusal(again), @"bob@example.eu has an account in this organisation already");
    }
    let sent = mails(&node).await;
    assert_eq!(sent.len(), 1);
    node.service.invite_again(&boss, person.id).await.unwrap();
    let text = mails(&node).await.remove(0).1;
    let token = text.split("/invitation/").nth(1).unwrap().trim();
    node.service.accept_invitation(token, PASSWORD.to_owned()).await.unwrap();
    assert!(refusal(node.service.invite_again(&boss, person.id).await).contains("needs no invitation"));
    let change = ChangePerson {
        name: Some("Robert Kremer".to_owned()),
        functions: Some(vec![Function::Auditor, Function::Auditor]),
    };
    let changed = node.service.change_person(&boss, person.id, change).await.unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.functions.as_slice()),
        ("Robert Kremer", &[Function::Auditor][..])
    );
    let none = node.service.change_person(&boss, person.id, functions(&[])).await;
    assert_eq!(problems(none), ["/functions: count"]);
    let listed = node.service.people(&boss).await.unwrap();
    assert_eq!(listed.people.len(), 2);
    assert!(!listed.functions.contains(&Function::Operator));
    // No mailbox is a target: five invitations a day, whoever sends them.
    let other =
        node.service.invite_person(&boss, invite("carl@example.eu", &[Function::Reporter])).await.unwrap();
    for _ in 0..10 {
        node.service.invite_again(&boss, other.id).await.unwrap();
    }
    assert_eq!(mails(&node).await.len(), 5);
}

async fn nobody_raises_the_own_functions_or_gives_the_node_away(node: TestNode) {
    let (boss, service) = (boss(&node).await, &node.service);
    let more = functions(&[Function::Administrator, Function::Approver]);
    assert!(
        refusal(service.change_person(&boss, id(&boss), more).await)
            .contains("nobody gives functions to oneself")
    );
    let operator = functions(&[Function::Administrator, Function::Operator]);
    assert_eq!(
        problems(service.change_person(&boss, id(&boss), operator).await),
        ["/functions: not_to_give"]
    );
    let new = invite("bob@example.eu", &[Function::Operator]);
    assert_eq!(problems(service.invite_person(&boss, new).await), ["/functions: not_to_give"]);
    let client = |function| MakeClient { name: "x".to_owned(), functions: vec![function], valid_days: 1 };
    for function in [Function::Operator, Function::Administrator, Function::Approver] {
        let made = service.make_machine_client(&boss, client(function)).await.map(drop);
        assert_eq!(problems(made), ["/functions: not_to_give"]);
    }
    // Who keeps the node is above who keeps the organisation.
    let keeper = node.person(&node.world.hospital, &[Function::Operator, Function::Reporter]).await;
    for refused in [
        service.disable_person(&boss, id(&keeper)).await,
        service.reset_second_factor(&boss, id(&keeper)).await,
        service.change_person(&boss, id(&keeper), functions(&[Function::Reporter])).await,
        service.invite_again(&boss, id(&keeper)).await,
    ] {
        assert!(refusal(refused).contains("keeps this node"));
    }
    // Somebody without the function gets nowhere, and another organisation's people are not there.
    let reporter = node.person(&node.world.hospital, &[Function::Reporter]).await;
    assert!(matches!(
        service.change_person(&reporter, id(&reporter), functions(&[Function::Administrator])).await,
        Err(Error::Denied(_))
    ));
    let stranger = node.session(&node.world.clinic, &[Function::Administrator]).await.caller;
    assert!(matches!(service.disable_person(&stranger, id(&reporter)).await, Err(Error::NotFound(_))));
    assert!(matches!(service.node_organisations(&boss).await, Err(Error::Denied(_))));
}

async fn the_last_administrator_stays(node: TestNode) {
    let (first, service) = (boss(&node).await, &node.service);
    let lesser = functions(&[Function::Administrator]);
    service.change_person(&first, id(&first), lesser).await.unwrap();
    // An invited one keeps nothing yet.
    let invited = node.person(&node.world.hospital, &[Function::Administrator]).await;
    let second =
        node.session(&node.world.hospital, &[Function::Administrator, Function::Reporter]).await.caller;
    service.change_person(&second, id(&second), functions(&[Function::Reporter])).await.unwrap();
    let last = service.change_person(&invited, id(&first), functions(&[Function::Reporter])).await;
    assert!(refusal(last).contains("the last administrator"));
    let dropped = service.disable_person(&invited, id(&first)).await;
    assert!(refusal(dropped).contains("the last administrator"));
    assert!(
        refusal(service.disable_person(&first, id(&first)).await).contains("nobody disables the own account")
    );
}

async fn two_administrators_do_not_remove_each_other_at_once(node: TestNode) {
    let (one, two) = (boss(&node).await, boss(&node).await);
    let (a, b) = tokio::join!(
        node.service.disable_person(&one, id(&two)),
        node.service.disable_person(&two, id(&one)),
    );
    let succeeded = usize::from(a.is_ok()) + usize::from(b.is_ok());
    assert_eq!(succeeded, 1, "{a:?} {b:?}");
}

async fn who_is_disabled_is_out_at_once_with_every_machine_of_theirs(node: TestNode) {
    let (boss, service) = (boss(&node).await, &node.service);
    let new = NewUser {
        organisation: node.world.hospital.id,
        name: "Ada Weber".to_owned(),
        mail: "ada@example.eu".to_owned(),
        functions: vec![Function::Administrator],
    };
    let invitation = service.invite_user(new).await.unwrap();
    service.accept_invitation(&invitation.token, PASSWORD.to_owned()).await.unwrap();
    let sign_in =
        || SignIn { mail: "ada@example.eu".to_owned(), password: PASSWORD.to_owned(), from: From::default() };
    let session = service.sign_in(sign_in()).await.unwrap().session().unwrap();
    let ada = service.session(&session.token).await.unwrap().caller;
    let made = service
        .make_machine_client(
            &ada,
            MakeClient { name: "SIEM".to_owned(), functions: vec![Function::Reporter], valid_days: 30 },
        )
        .await
        .unwrap();
    let machine = service.client(&made.secret).await.unwrap();
    assert!(service.machine_clients(&boss).await.unwrap().clients[0].last_used_at.is_some());
    let other = node.client(&node.world.hospital, &[Function::Reporter]).await;
    // A machine keeps nobody's accounts and has none of its own.
    assert!(matches!(service.account_security(&machine, None).await, Err(Error::Denied(_))));
    let disabled = service.disable_person(&boss, id(&ada)).await.unwrap();
    assert_eq!(disabled.state, PersonState::Disabled);
    assert!(matches!(service.session(&session.token).await, Err(Error::NotSignedIn)));
    assert!(matches!(service.client(&made.secret).await, Err(Error::NotSignedIn)));
    service.client(&other).await.unwrap();
    assert!(service.sign_in(sign_in()).await.is_err());
    assert_eq!(service.enable_person(&boss, id(&ada)).await.unwrap().state, PersonState::Active);
    assert!(service.sign_in(sign_in()).await.is_ok());
    assert!(matches!(service.client(&made.secret).await, Err(Error::NotSignedIn)), "what ended stays ended");
    let third = service
        .make_machine_client(
            &boss,
            MakeClient { name: "x".to_owned(), functions: vec![Function::Auditor], valid_days: 1 },
        )
        .await
        .unwrap();
    service.revoke_machine_client(&boss, third.client).await.unwrap();
    service.revoke_machine_client(&boss, third.client).await.unwrap();
    assert!(matches!(service.client(&third.secret).await, Err(Error::NotSignedIn)));
}

async fn an_address_known_elsewhere_is_answered_the_same(node: TestNode) {
    let (boss, service) = (boss(&node).await, &node.service);
    let stranger = node.session(&node.world.clinic, &[Function::Administrator]).await.caller;
    let known =
        service.invite_person(&stranger, invite("known@example.eu", &[Function::Reporter])).await.unwrap();
    mails(&node).await;
    let one = service.invite_person(&boss, invite("known@example.eu", &[Function::Reporter])).await.unwrap();
    let two =
        service.invite_person(&boss, invite("unknown@example.eu", &[Function::Reporter])).await.unwrap();
    let told = |person: &service::view::Person| (person.state, person.functions.clone(), person.changeable);
    assert_eq!(told(&one), told(&two));
    assert_ne!(one.id, known.id);
    let listed = service.people(&boss).await.unwrap();
    assert_eq!(listed.people.iter().filter(|person| person.state == PersonState::Invited).count(), 2);
    service.invite_again(&boss, one.id).await.unwrap();
    let sent = mails(&node).await;
    let texts: Vec<&str> =
        sent.iter().filter(|(to, _)| to == "known@example.eu").map(|(_, text)| text.as_str()).collect();
    assert!(
        texts.len() == 2
            && texts
                .iter()
                .all(|text| text.contains("has an account there already") && !text.contains("/invitation/"))
    );
}

async fn an_organisation_is_kept_by_its_administrators(node: TestNode) {
    let (boss, service) = (boss(&node).await, &node.service);
    let before = service.organisation_profile(&boss).await.unwrap();
    assert!(
        before
            .fields
            .iter()
            .any(|field| field.field == "entity.sector" && field.value == Some(json!("health")))
    );
    let change = ChangeOrganisation {
        name: Some("Hospital of the Far North".to_owned()),
        zone: Some("Europe/Brussels".to_owned()),
        country: "BE".parse().ok(),
        profile: [
            ("entity.turnover_eur".to_owned(), json!(1_000_000)),
            ("entity.class".to_owned(), json!(null)),
        ]
        .into(),
        second_factor_required: None,
    };
    let after = service.change_own_organisation(&boss, change).await.unwrap();
    assert_eq!(
        (after.organisation.name.as_str(), after.organisation.zone.as_str()),
        ("Hospital of the Far North", "Europe/Brussels")
    );
    assert_eq!(after.organisation.roles, before.organisation.roles, "roles are given by who keeps the node");
    for (change, named) in [
        (
            ChangeOrganisation { zone: Some("Moon/Crater".to_owned()), ..Default::default() },
            "/zone: known_zone",
        ),
        (ChangeOrganisation { country: "XX".parse().ok(), ..Default::default() }, "/country: known_country"),
        (ChangeOrganisation { name: Some(" ".to_owned()), ..Default::default() }, "/name: length"),
    ] {
        assert_eq!(problems(service.change_own_organisation(&boss, change).await), [named]);
    }
}

async fn an_operator_keeps_the_node_and_no_records(node: TestNode) {
    let service = &node.service;
    let keeper = node.session(&node.world.authority, &[Function::Operator]).await.caller;
    let role = |role, country: Option<&str>| OrganisationRole {
        role,
        scope: RoleScope { country: country.and_then(|text| text.parse().ok()), ..RoleScope::default() },
    };
    let enter = EnterOrganisation {
        name: "Financial Supervision".to_owned(),
        country: "LU".parse().unwrap(),
        zone: "Europe/Luxembourg".to_owned(),
        roles: vec![],
    };
    let all = service.enter_organisation(&keeper, enter).await.unwrap();
    let new = all.organisations.iter().find(|one| one.organisation.name == "Financial Supervision").unwrap();
    let id = new.organisation.id;
    let roles = GiveRoles {
        roles: vec![role(Role::FinancialAuthority, Some("LU")), role(Role::FinancialAuthority, Some("LU"))],
    };
    let all = service.give_roles(&keeper, id, roles).await.unwrap();
    let given = all.organisations.iter().find(|one| one.organisation.id == id).unwrap();
    assert_eq!(given.organisation.roles, [role(Role::FinancialAuthority, Some("LU"))]);
    let wrong = RoleScope { regime: Some("no-such-law".to_owned()), ..RoleScope::default() };
    let wrong = GiveRoles { roles: vec![OrganisationRole { role: Role::Csirt, scope: wrong }] };
    assert_eq!(problems(service.give_roles(&keeper, id, wrong).await), ["/regime: known_pack"]);
    let admin = InviteAdministrator { name: "Eva Roth".to_owned(), mail: "eva@example.eu".to_owned() };
    service.invite_administrator(&keeper, id, admin).await.unwrap();
    assert_eq!(mails(&node).await.len(), 1);

    // Disabled: nobody of it gets in, and nothing is filed with it.
    let officer = node.session(&node.world.csirt, &[Function::Officer]).await;
    let machine = node.client(&node.world.csirt, &[Function::Officer]).await;
    let csirt = node.world.csirt.id;
    service.let_organisation_work(&keeper, csirt, false).await.unwrap();
    let token = officer.cookie.trim_start_matches("beffroi=");
    assert!(matches!(service.session(token).await, Err(Error::NotSignedIn)));
    assert!(matches!(service.client(&machine).await, Err(Error::NotSignedIn)));
    let reporter = node.person(&node.world.hospital, &[Function::Reporter]).await;
    let directory = service.directory(&reporter).await.unwrap();
    assert!(!directory.iter().any(|one| one.id == csirt));
    service.let_organisation_work(&keeper, csirt, true).await.unwrap();
    service.client(&machine).await.unwrap();
    let own = service.let_organisation_work(&keeper, node.world.authority.id, false).await;
    assert!(refusal(own).contains("your own organisation"));

    assert!(matches!(service.incidents(&keeper, None, None, 10).await, Err(Error::Denied(_))));
    assert!(matches!(service.people(&keeper).await, Err(Error::Denied(_))));
    let nobody = model::OrganisationId::from_uuid(uuid::Uuid::nil());
    assert!(matches!(service.let_organisation_work(&keeper, nobody, false).await, Err(Error::NotFound(_))));
}

async fn gaps_in_the_directory_of_recipients_are_shown(node: TestNode) {
    let (boss, service) = (boss(&node).await, &node.service);
    let own = service.recipient_directory(&boss).await.unwrap();
    assert!(own.lines.iter().all(|line| line.country.to_string() == "LU"));
    let nis2 = own.lines.iter().find(|line| line.pack == "nis2").unwrap();
    assert!(!nis2.gap && nis2.organisations.iter().any(|one| one.name == "CSIRT of Luxembourg"));
    assert_eq!(own.gaps, own.lines.iter().filter(|line| line.organisations.is_empty()).count());
    let keeper = node.person(&node.world.authority, &[Function::Operator]).await;
    let all = service.recipient_directory(&keeper).await.unwrap();
    assert!(all.lines.iter().any(|line| line.country.to_string() == "BE"));
    let reporter = node.person(&node.world.hospital, &[Function::Reporter]).await;
    assert!(matches!(service.recipient_directory(&reporter).await, Err(Error::Denied(_))));
}

async fn an_account_sees_the_authorities_and_itself(node: TestNode) {
    let names = async |who: &Caller| -> Vec<String> {
        node.service.directory(who).await.unwrap().into_iter().map(|one| one.name).collect()
    };
    let reporter = node.person(&node.world.hospital, &[Function::Reporter]).await;
    let seen = names(&reporter).await;
    assert!(
        seen.contains(&"Hospital of the North".to_owned())
            && seen.contains(&"CSIRT of Luxembourg".to_owned())
    );
    assert!(
        !seen.iter().any(|name| name == "Clinic of the South" || name == "Cloud of the West"),
        "{seen:?}"
    );
    let keys = node.service.published_keys(&reporter).await.unwrap().keys;
    assert!(keys.iter().all(|key| key.organisation != node.world.clinic.id) && keys.len() == seen.len());
    for who in [
        node.person(&node.world.csirt, &[Function::Officer]).await,
        node.person(&node.world.hospital, &[Function::Operator]).await,
    ] {
        assert_eq!(names(&who).await.len(), 6);
    }
}
