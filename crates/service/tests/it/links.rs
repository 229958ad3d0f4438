//! A bank tells its provider, a provider its customers: each keeps its own record, and neither reads the
//! other's.

use model::{Caller, Function};
use serde_json::json;
use service::{
    Error,
    view::{AcceptLink, EndLink, LinkState, OpenIncident, TellOthers},
};
use testkit::{Place, TestNode};

use crate::story::{answers, on_both, open_ransomware, problems, ransomware, refusal, reporter};

on_both!(
    a_provider_keeps_an_incident_of_its_own,
    what_does_not_concern_one_is_declined,
    a_link_is_taken_back_from_either_side,
    strangers_find_no_link,
    telling_is_bounded,
);

const NOTE: &str = "Canary note: your data centre does not answer.";

fn tell_to(places: &[&Place]) -> TellOthers {
    TellOthers { organisations: places.iter().map(|place| place.id).collect(), note: NOTE.to_owned() }
}

fn because(reason: &str) -> EndLink {
    EndLink { reason: reason.to_owned() }
}

async fn a_provider_keeps_an_incident_of_its_own(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let ada = reporter(&node, &world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let tell = || tell_to(&[&world.cloud, &world.clinic]);
    let told = service.tell_others(&ada, view.id, tell(), Some("once")).await.unwrap();
    assert_eq!(told.links.len(), 2);
    let again = service.tell_others(&ada, view.id, tell(), Some("once")).await.unwrap();
    assert_eq!(again.links, told.links, "a repeat tells nobody twice");
    let cleo = reporter(&node, &world.cloud).await;
    let waiting = service.links_waiting(&cleo).await.unwrap().links;
    let [link] = waiting.as_slice() else { panic!("{waiting:?}") };
    assert_eq!(
        (link.name.as_str(), link.note.as_str(), link.incident, link.told_by_us, link.at),
        ("Hospital of the North", NOTE, None, false, node.now())
    );
    // Its own awareness instant, its own clocks.
    let open = OpenIncident { answers: answers(ransomware(node.now())), ..OpenIncident::default() };
    let accept = || AcceptLink { incident: None, open: open.clone() };
    let linked = service.accept_link(&cleo, link.id, accept()).await.unwrap();
    let own = linked.incident.unwrap();
    assert_eq!(service.accept_link(&cleo, link.id, accept()).await.unwrap().incident, Some(own));
    assert_eq!(service.incidents(&cleo, None, None, 10).await.unwrap().incidents.len(), 1);
    assert!(matches!(service.incident(&cleo, view.id).await, Err(Error::NotFound(_))));
    assert!(matches!(service.incident(&ada, own).await, Err(Error::NotFound(_))));
    // Each side finds the link at its own incident, and no trace of the other's.
    let at_hospital = service.incident_links(&ada, view.id).await.unwrap().links;
    let seen = at_hospital.iter().find(|link| link.name == "Cloud of the West").unwrap();
    assert_eq!((seen.state, seen.incident), (LinkState::Linked, Some(view.id)));
    assert!(!json!(at_hospital).to_string().contains(&own.to_string()));
    let at_cloud = service.incident_links(&cleo, own).await.unwrap().links;
    assert_eq!(at_cloud.len(), 1);
    assert!(!json!(at_cloud).to_string().contains(&view.id.to_string()));
    assert!(service.links_waiting(&cleo).await.unwrap().links.is_empty());
}

async fn what_does_not_concern_one_is_declined(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let ada = reporter(&node, &world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    service.tell_others(&ada, view.id, tell_to(&[&world.cloud]), None).await.unwrap();
    let cleo = reporter(&node, &world.cloud).await;
    let id = service.links_waiting(&cleo).await.unwrap().links[0].id;
    assert_eq!(problems(service.decline_link(&cleo, id, because(" ")).await), ["/reason: length"]);
    // Only who was told answers.
    assert!(matches!(service.decline_link(&ada, id, because("no")).await, Err(Error::NotFound(_))));
    service.decline_link(&cleo, id, because("None of our services is involved.")).await.unwrap();
    let links = service.incident_links(&ada, view.id).await.unwrap().links;
    assert_eq!(links[0].state, LinkState::Declined);
    assert_eq!(links[0].answer.as_deref(), Some("None of our services is involved."));
    refusal(service.accept_link(&cleo, id, AcceptLink::default()).await);
    refusal(service.end_link(&ada, id, because("again")).await);
    // One may tell anew.
    service.tell_others(&ada, view.id, tell_to(&[&world.cloud]), None).await.unwrap();
}

async fn a_link_is_taken_back_from_either_side(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let ada = reporter(&node, &world.hospital).await;
    let cleo = reporter(&node, &world.cloud).await;
    let view = open_ransomware(&node, &ada).await;
    let own = open_ransomware(&node, &cleo).await;
    for ends in [&ada, &cleo] {
        service.tell_others(&ada, view.id, tell_to(&[&world.cloud]), None).await.unwrap();
        let id = service.links_waiting(&cleo).await.unwrap().links[0].id;
        // Who was told answers or declines; before that it has nothing to take back.
        refusal(service.end_link(&cleo, id, because("no")).await);
        let accept = AcceptLink { incident: Some(own.id), open: OpenIncident::default() };
        service.accept_link(&cleo, id, accept).await.unwrap();
        let ended = service.end_link(ends, id, because("It was another cause.")).await.unwrap();
        assert_eq!(ended.state, LinkState::Ended);
    }
    assert_eq!(service.incident_links(&cleo, own.id).await.unwrap().links.len(), 2);
    // Not the incident of somebody else.
    service.tell_others(&ada, view.id, tell_to(&[&world.cloud]), None).await.unwrap();
    let id = service.links_waiting(&cleo).await.unwrap().links[0].id;
    let accept = AcceptLink { incident: Some(view.id), open: OpenIncident::default() };
    assert!(matches!(service.accept_link(&cleo, id, accept).await, Err(Error::NotFound("incident"))));
}

async fn strangers_find_no_link(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let ada = reporter(&node, &world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let told = service.tell_others(&ada, view.id, tell_to(&[&world.cloud]), None).await.unwrap();
    let id = told.links[0].id;
    let cleo = reporter(&node, &world.cloud).await;
    let mut strangers: Vec<Caller> = vec![node.person(&world.hospital, &[Function::Officer]).await];
    for place in [&world.clinic, &world.csirt, &world.authority] {
        strangers.push(node.person(place, Function::ALL).await);
    }
    for who in &strangers {
        let none = |refused: bool| assert!(refused, "{}", who.name);
        let tells_nothing = |error: &Error| matches!(error, Error::NotFound(_) | Error::Denied(_));
        none(service.incident_links(who, view.id).await.is_err_and(|error| tells_nothing(&error)));
        let tell = service.tell_others(who, view.id, tell_to(&[&world.cloud]), None).await;
        none(tell.is_err_and(|error| tells_nothing(&error)));
        none(
            service
                .accept_link(who, id, AcceptLink::default())
                .await
                .is_err_and(|error| tells_nothing(&error)),
        );
        none(service.decline_link(who, id, because("no")).await.is_err_and(|error| tells_nothing(&error)));
        none(service.end_link(who, id, because("no")).await.is_err_and(|error| tells_nothing(&error)));
        if let Ok(waiting) = service.links_waiting(who).await {
            assert!(waiting.links.is_empty());
        }
    }
    assert_eq!(service.links_waiting(&cleo).await.unwrap().links[0].state, LinkState::Told);
}

async fn telling_is_bounded(node: TestNode) {
    let (service, world) = (&node.service, &node.world);
    let ada = reporter(&node, &world.hospital).await;
    let view = open_ransomware(&node, &ada).await;
    let refused = async |tell: TellOthers| problems(service.tell_others(&ada, view.id, tell, None).await);
    let nobodys = "0195d2a4-5c00-7000-8000-00000000dead".parse().unwrap();
    assert_eq!(refused(tell_to(&[])).await, ["/organisations: length"]);
    assert_eq!(refused(tell_to(&[&world.hospital])).await, ["/organisations: another"]);
    let unknown = TellOthers { organisations: vec![nobodys], note: NOTE.to_owned() };
    assert_eq!(refused(unknown).await, ["/organisations: known"]);
    for (note, rule) in [
        (String::new(), "length"),
        ("x".repeat(2001), "length"),
        ("\u{202e}".to_owned(), "control_character"),
    ] {
        let tell = TellOthers { note, ..tell_to(&[&world.cloud]) };
        assert_eq!(refused(tell).await, [format!("/note: {rule}")]);
    }
    service.tell_others(&ada, view.id, tell_to(&[&world.cloud]), None).await.unwrap();
    assert_eq!(refused(tell_to(&[&world.cloud])).await, ["/organisations: told_already"]);
}
