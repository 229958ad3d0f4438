//! Bundles of STIX: read, checked.

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, Throughput};
use formats::{CheckOptions, Checker, Format, parse, stix};

use crate::{document, no_limits};

/// Reading and checking the bundle of the comparison, per object.
pub fn all(criterion: &mut Criterion) {
    let bundle =
        document("BEFFROI_BENCH_BUNDLE", "stix2.1/attack/ics-attack-18.1.json", "stix/valid/indicator.json");
    let limits = no_limits();
    let count = stix::read(&bundle, &limits).items.len();
    let mut group = criterion.benchmark_group("stix");
    group
        .throughput(Throughput::Elements(count as u64))
        .measurement_time(Duration::from_secs(3))
        .sample_size(30);
    group.bench_function("heads decoded, bytes kept", |bencher| {
        bencher.iter(|| black_box(stix::read(black_box(&bundle), &limits)).items.len());
    });
    group.bench_function("parse", |bencher| {
        bencher.iter(|| black_box(parse(black_box(&bundle), &limits)).is_ok());
    });
    group.bench_function("parse and check by the text, as a stream", |bencher| {
        bencher.iter(|| {
            let mut checker = Checker::new(Format::Stix, CheckOptions::default()).expect("STIX is checked");
            let mut splitter = checker.splitter();
            let mut valid = 0;
            for part in bundle.chunks(256 << 10) {
                splitter.push(part);
                valid += splitter.by_ref().filter(|piece| checker.check(piece).is_valid()).count();
            }
            black_box(valid)
        });
    });
    let parsed = parse(&bundle, &limits).expect("the bundle is JSON");
    group.bench_function("check alone", |bencher| {
        bencher.iter(|| black_box(stix::check(black_box(&parsed), &stix::Options::default())).is_valid());
    });
    group.finish();
}
