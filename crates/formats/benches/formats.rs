//! What it costs to read and to check documents of other people's formats, on one core.

#![expect(clippy::expect_used, reason = "a benchmark that cannot begin says so and ends")]

use std::{fs, hint::black_box, path::Path, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use formats::{
    CheckOptions, Checker, Format, Limits, Profile, Splitter,
    idmef::{Options, check, check_bytes, read},
    parse, stix,
};

/// The alert of the comparison (`BEFFROI_BENCH_ALERT` names a file), else the full one of our corpus.
fn alert() -> Vec<u8> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/idmef/valid/full.json");
    let path = std::env::var_os("BEFFROI_BENCH_ALERT").map_or(own, Into::into);
    fs::read(path).expect("the alert is read")
}

fn alerts(criterion: &mut Criterion) {
    let alert = alert();
    let limits = Limits::default();
    let mut group = criterion.benchmark_group("idmefv2");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(3));
    group.bench_function("parse", |bencher| bencher.iter(|| black_box(parse(black_box(&alert), &limits))));
    for (name, profile) in
        [("parse and check by the text", Profile::Text), ("parse and check by the schema", Profile::Schema)]
    {
        let options = Options { profile, ..Options::default() };
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(check_bytes(black_box(&alert), &options)))
        });
    }
    let document = parse(&alert, &limits).expect("the alert is JSON");
    let options = Options::default();
    group.bench_function("check alone", |bencher| {
        bencher.iter(|| black_box(check(black_box(&document), &options)))
    });
    group.bench_function("read as typed alert", |bencher| {
        bencher.iter(|| black_box(read(black_box(&alert), &limits)))
    });
    group.finish();
}

/// The bundle of the comparison: `BEFFROI_BENCH_BUNDLE` names a file; else the largest of the shared samples
/// where they are at hand, else one of our corpus.
fn bundle() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = root.join("../shared/samples/stix2.1/attack/ics-attack-18.1.json");
    let own = root.join("corpus/stix/valid/indicator.json");
    let usual = if shared.exists() { shared } else { own };
    let path = std::env::var_os("BEFFROI_BENCH_BUNDLE").map_or(usual, Into::into);
    println!("bundle: {}", path.display());
    fs::read(path).expect("the bundle is read")
}

fn bundles(criterion: &mut Criterion) {
    let bundle = bundle();
    let limits = Limits { bytes: usize::MAX, values: usize::MAX, ..Limits::default() };
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
        bencher.iter(|| black_box(parse(black_box(&bundle), &limits)).is_ok())
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
    let document = parse(&bundle, &limits).expect("the bundle is JSON");
    group.bench_function("check alone", |bencher| {
        bencher.iter(|| black_box(stix::check(black_box(&document), &stix::Options::default())).is_valid());
    });
    group.finish();
}

fn stream(criterion: &mut Criterion) {
    let line = parse(&alert(), &Limits::default()).expect("the alert is JSON").to_string() + "\n";
    let stream = line.repeat(1_000);
    let mut group = criterion.benchmark_group("stream");
    group.throughput(Throughput::Bytes(stream.len() as u64)).sample_size(20);
    group.bench_function("split", |bencher| {
        bencher.iter(|| {
            let mut splitter = Splitter::new(&Limits::default());
            let mut count = 0;
            for part in stream.as_bytes().chunks(64 << 10) {
                splitter.push(part);
                count += splitter.by_ref().count();
            }
            black_box(count)
        });
    });
    group.finish();
}

criterion_group!(benches, alerts, bundles, stream);
criterion_main!(benches);
