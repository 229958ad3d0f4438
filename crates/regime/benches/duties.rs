//! What it costs to decide on one incident, to draw its form, and to read the laws at start.

#![expect(clippy::expect_used, reason = "a benchmark that cannot begin says so and ends")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    hint::black_box,
    path::Path,
};

use criterion::{Criterion, criterion_group, criterion_main};
use model::{DutyKey, DutyState, Instant, OrganisationId, OrganisationRole, Role, RoleScope};
use regime::{
    Case, DirectoryEntry, Library, Screen, case_from_json, duties,
    finder::{assumptions, next_question},
    form,
};
use serde_json::json;

fn add_files(files: &mut BTreeMap<String, Vec<u8>>, root: &Path, folder: &str) {
    for entry in fs::read_dir(root.join(folder)).expect("the folder is read") {
        let entry = entry.expect("an entry");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add_files(files, root, &path);
        } else {
            files.insert(path, fs::read(entry.path()).expect("the file is read"));
        }
    }
}

fn files() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = BTreeMap::new();
    add_files(&mut files, &root, "vocabularies");
    add_files(&mut files, &root, "regimes");
    files
}

fn case(document: &serde_json::Value) -> Case {
    case_from_json(document.to_string().as_bytes()).expect("the case is read")
}

/// Nothing but the State.
fn nothing() -> Case {
    case(&json!({"country": "LU", "zone": "Europe/Luxembourg"}))
}

/// A hospital that has just begun: nothing is decided.
fn begun() -> Case {
    case(&json!({
        "country": "LU", "zone": "Europe/Luxembourg",
        "entity": {"sector": "health", "type": ["healthcare_provider"], "class": "essential"},
        "facts": {"title": "Ransomware on the file servers", "aware_at": "2026-03-06T15:00:00Z"},
    }))
}

/// A cloud provider whose significance follows from numbers, with a record that is nearly whole.
fn measured() -> Case {
    case(&json!({
        "country": "LU", "zone": "Europe/Luxembourg",
        "entity": {"sector": "digital_infrastructure", "type": ["cloud_computing_service_provider"],
                   "class": "essential", "turnover_eur": 80_000_000},
        "facts": {
            "title": "Intruder in the control plane", "summary": "Object storage was down.",
            "occurred_at": "2026-03-06T14:00:00Z", "detected_at": "2026-03-06T14:20:00Z",
            "aware_at": "2026-03-06T14:50:00Z", "aware_significant_at": "2026-03-06T15:30:00Z",
            "discovery": "monitoring", "suspected_malicious": true, "severity": "large",
            "incident_class": "intrusions", "cross_border": true, "affected_countries": ["LU", "BE", "DE"],
            "users_affected": {"min": 9000, "max": 14000}, "outage_duration": 3120,
            "financial_loss": {"amount": 310_000, "currency": "EUR"}, "unauthorised_access": true,
            "affected_properties": ["availability", "integrity"], "measures_taken": "Account locked.",
            "contacts": [{"name": "Jonas Becker", "part": "primary", "telephone": "+352 00 00 01"}],
            "tlp": "TLP:AMBER",
        },
    }))
}

/// A bank whose provider fails, with facts for the classification that are nearly whole.
fn hit_through_its_provider() -> Case {
    case(&json!({
        "country": "LU", "zone": "Europe/Luxembourg",
        "entity": {"sector": "banking", "type": ["credit_institution"], "class": "essential",
                   "financial_entity": true, "size": "large"},
        "facts": {
            "aware_at": "2026-03-06T14:50:00Z", "classified_major_at": "2026-03-06T15:30:00Z",
            "critical_functions_affected": true, "unauthorised_access": false,
            "clients_affected": {"min": 9000, "max": 40_000}, "service_clients": 300_000,
            "transactions_hit": true, "transactions_affected": 12_000, "reputational_effects": ["media"],
            "incident_duration": 14_400, "had_downtime": true, "service_downtime": 10_800,
            "downtime_critical": true, "affected_countries": ["LU", "BE"], "affected_properties": ["availability"],
            "costs_losses": {"amount": 64_000, "currency": "EUR"}, "personal_data": true,
        },
    }))
}

fn directory() -> Vec<DirectoryEntry> {
    let entry = |number: u8, role, country: &str| DirectoryEntry {
        organisation: OrganisationId::new(Instant::MIN, [number; 10]),
        name: format!("Authority {number}"),
        zone: "Europe/Luxembourg".to_owned(),
        roles: vec![OrganisationRole {
            role,
            scope: RoleScope { country: country.parse().ok(), ..RoleScope::default() },
        }],
    };
    vec![entry(1, Role::Csirt, "LU"), entry(2, Role::CompetentAuthority, "LU"), entry(3, Role::Csirt, "BE")]
}

fn decide(criterion: &mut Criterion) {
    let library = Library::read(&files()).expect("the laws are read");
    let directory = directory();
    let now: Instant = "2026-03-06T16:00:00Z".parse().expect("an instant");
    let mut group = criterion.benchmark_group("one incident");
    for (name, case) in [
        ("nothing known", nothing()),
        ("begun", begun()),
        ("nearly whole", measured()),
        ("bank", hit_through_its_provider()),
    ] {
        group.bench_function(format!("duties, {name}"), |bencher| {
            bencher.iter(|| duties(&library, black_box(&case), &directory, now));
        });
        let all = duties(&library, &case, &directory, now);
        let unknown = BTreeSet::new();
        group.bench_function(format!("next question, {name}"), |bencher| {
            bencher.iter(|| next_question(&library, black_box(&case), (&all, &unknown), now));
        });
        group.bench_function(format!("what is assumed, {name}"), |bencher| {
            bencher.iter(|| assumptions(&library, black_box(&case), &unknown, now));
        });
        let open = all.iter().find(|duty| matches!(duty.state, DutyState::Due | DutyState::Undecided));
        let key: DutyKey = open.expect("a duty is open").key.clone();
        for (words, screen) in [("first screen", Screen::First), ("full screen", Screen::Full)] {
            group.bench_function(format!("form, {words}, {name}"), |bencher| {
                bencher.iter(|| form(&library, black_box(&case), &key, screen, "en"));
            });
        }
    }
    group.finish();
}

fn read(criterion: &mut Criterion) {
    let files = files();
    criterion.bench_function("the laws are read", |bencher| {
        bencher.iter(|| Library::read(black_box(&files)));
    });
}

criterion_group!(benches, decide, read);
criterion_main!(benches);
