//! Events of MISP, playbooks of CACAO, advisories of CSAF.

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, Throughput};
use formats::{cacao, csaf, misp, parse};

use crate::{document, no_limits};

/// An event to STIX and back, from bytes to bytes, per attribute.
pub fn events(criterion: &mut Criterion) {
    let bytes = document(
        "BEFFROI_BENCH_EVENT",
        "misp/events/eset-swc-candiru-misp.misp.json",
        "misp/valid/full.json",
    );
    let limits = no_limits();
    let count = bytes.windows(8).filter(|window| *window == b"\"to_ids\"").count();
    let mut group = criterion.benchmark_group("misp");
    group
        .throughput(Throughput::Elements(count as u64))
        .measurement_time(Duration::from_secs(3))
        .sample_size(20);
    let to_stix = |bytes: &[u8]| -> Vec<String> {
        misp::read(bytes, &limits).items.iter().map(|event| misp::to_stix(event).compact()).collect()
    };
    group.bench_function("to STIX", |bencher| bencher.iter(|| black_box(to_stix(black_box(&bytes)))));
    let bundle = to_stix(&bytes).pop().expect("there is an event");
    group.bench_function("back from STIX", |bencher| {
        bencher.iter(|| {
            let json = parse(black_box(bundle.as_bytes()), &limits).expect("it is JSON");
            let events: Vec<String> =
                misp::from_stix(&json).items.iter().map(|event| event.json().compact()).collect();
            black_box(events)
        });
    });
    group.bench_function("check", |bencher| {
        bencher.iter(|| {
            black_box(misp::check_bytes(
                black_box(&bytes),
                &misp::Options { limits, ..misp::Options::default() },
            ))
        });
    });
    group.finish();
}

/// Playbooks, checked.
pub fn playbooks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cacao");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(3));
    for (name, variable, sample, own) in [
        (
            "check a playbook",
            "BEFFROI_BENCH_PLAYBOOK",
            "cacao2.0/valid/ransomware.json",
            "cacao/valid/minimal.json",
        ),
        (
            "check the full one, its signatures verified",
            "BEFFROI_BENCH_SIGNED",
            "none",
            "cacao/valid/full.json",
        ),
    ] {
        let bytes = document(variable, sample, own);
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(cacao::check_bytes(black_box(&bytes), &cacao::Options::default())));
        });
    }
    group.finish();
}

/// Advisories, checked and converted.
pub fn advisories(criterion: &mut Criterion) {
    let bytes = document("BEFFROI_BENCH_ADVISORY", "none", "csaf/valid/full-2.0.json");
    let mut group = criterion.benchmark_group("csaf");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(3));
    group.bench_function("check", |bencher| {
        bencher.iter(|| black_box(csaf::check_bytes(black_box(&bytes), &csaf::Options::default())));
    });
    let advisory = csaf::read(&bytes, &no_limits()).items.pop().expect("there is an advisory");
    group
        .bench_function("to STIX", |bencher| bencher.iter(|| black_box(csaf::to_stix(black_box(&advisory)))));
    group.finish();
}
