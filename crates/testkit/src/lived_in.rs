//! A node that has lived: three organisations that report, each with many incidents, a twentieth of them open.

use std::collections::BTreeMap;

use model::{Caller, Function, Instant, Subject, UserId};
use serde_json::{Value, json};
use service::{
    Clock, Service,
    view::{AnswerIn, OpenIncident},
};
use store::{Options, Store};
use vault::MasterKey;

use crate::{
    Place, World,
    bulk::{Pattern, load_like, look_anew},
    laws,
};

/// Of so many incidents one is open; the others were judged not significant.
const OPEN_ONE_IN: u64 = 20;

/// A node with many incidents, on the machine's clock.
pub struct LivedIn {
    /// The use cases.
    pub service: Service,
    /// The organisations.
    pub world: World,
    /// Those who report.
    pub reporters: Vec<Reporter>,
    /// An officer of the CSIRT that receives.
    pub officer: Caller,
}

/// Somebody who reports, with the incidents of the organisation.
pub struct Reporter {
    /// The person.
    pub caller: Caller,
    /// The incidents with an open duty, oldest first.
    pub open: Vec<model::IncidentId>,
    /// The other incidents, oldest first.
    pub closed: Vec<model::IncidentId>,
}

impl LivedIn {
    /// Makes the tables, enters the world and loads `incidents` in three equal parts, with twenty answers each.
    pub async fn make(options: &Options, master: MasterKey, incidents: u64) -> Self {
        let clock = Clock::System;
        let store = Store::open(options, master).await.expect("the store opens");
        store.migrate(clock.now()).await.expect("the tables are made");
        let service = Service::new(store, laws::library(), clock);
        let world = World::enter(&service).await;
        let mut reporters = Vec::new();
        for place in [&world.hospital, &world.clinic, &world.cloud] {
            reporters.push(Reporter::with(&service, place, incidents / 3).await);
        }
        look_anew(&service).await;
        let officer = person(&world.csirt, Function::Officer, &service);
        Self { service, world, reporters, officer }
    }
}

impl Reporter {
    async fn with(service: &Service, place: &Place, incidents: u64) -> Self {
        let caller = person(place, Function::Reporter, service);
        let now = service.clock().now();
        let open = Pattern::open(service, &caller, answers(now, "significant")).await;
        let closed = Pattern::open(service, &caller, answers(now, "not_significant")).await;
        let is_open = |number: u64| number.is_multiple_of(OPEN_ONE_IN);
        let minutes = 1..incidents + 1;
        let loaded =
            load_like(service, minutes.clone(), |number| if is_open(number) { &open } else { &closed }).await;
        let mut reporter = Self { caller, open: Vec::new(), closed: Vec::new() };
        for (number, incident) in minutes.rev().zip(loaded) {
            if is_open(number) { &mut reporter.open } else { &mut reporter.closed }.push(incident);
        }
        reporter
    }
}

/// Somebody of `place`, without an account: the use cases are called directly.
fn person(place: &Place, function: Function, service: &Service) -> Caller {
    Caller {
        subject: Subject::User(UserId::new(service.clock().now(), vault::random())),
        name: format!("{} of {}", function.name(), place.name),
        organisation: place.id,
        roles: place.roles.clone(),
        functions: vec![function],
    }
}

/// Twenty answers as people give them in the first days, awareness one hour ago.
#[must_use]
pub fn answers(now: Instant, significance: &str) -> OpenIncident {
    let ago = |minutes: u64| now.minus(std::time::Duration::from_secs(minutes * 60)).to_string();
    let given = json!({
        "title": "Ransomware on the file servers of two clinics",
        "summary": SUMMARY,
        "occurred_at": ago(300),
        "detected_at": ago(90),
        "aware_at": ago(75),
        "aware_significant_at": ago(60),
        "discovery": "staff",
        "significance_decision": significance,
        "significance_reason": "Wards work on paper; operations that can wait are put off until the day after tomorrow.",
        "severity": "large",
        "suspected_malicious": true,
        "incident_class": "information-content-security",
        "affected_services": "Patient files and laboratory results of both clinics; emergency admission runs on paper.",
        "affected_properties": ["availability", "integrity"],
        "users_affected": {"min": 1200, "max": 1500},
        "cross_border": false,
        "affected_countries": ["LU"],
        "measures_taken": MEASURES,
        "contacts": [
            {"name": "Anna Hoffmann", "part": "primary", "telephone": "+352 00 00 01"},
            {"name": "Duty officer, day and night", "part": "technical", "telephone": "+352 00 00 02"},
        ],
        "tlp": "TLP:AMBER",
    });
    let given: BTreeMap<String, Value> = serde_json::from_value(given).expect("answers by field");
    let answers = given
        .into_iter()
        .map(|(field, value)| {
            (field, AnswerIn { value: Some(value), terms: None, estimated: false, how: None })
        })
        .collect();
    OpenIncident { answers, ..OpenIncident::default() }
}

const SUMMARY: &str = "Since five in the morning the file servers of both clinics encrypt what lies on them; \
a note asks for money. Staff noticed it when laboratory results did not open. The network between the clinics is \
cut, the servers are off, and what the backups of last night hold is being examined on a machine apart.";

const MEASURES: &str = "05:40 network between the clinics cut. 05:55 file servers and the domain controller switched \
off. 06:10 wards on paper. 06:30 provider of the backups called; last night's backup is whole and not encrypted. \
07:15 passwords of all administrators changed from a clean machine.";
